//! Regular expressions, as few of them as the schemas need: `^...$` of characters, classes such as `[A-Z0-9]`, groups,
//! and `?`, `+`, `*` and `{n}`. Used by `validator`.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

struct Item {
    atom: Atom,
    least: usize,
    most: usize,
}

enum Atom {
    OneOf(Vec<(char, char)>),
    Group(Vec<Item>),
}

/// Whether the whole text matches.
///
/// # Panics
/// At a pattern that says more than this understands.
pub fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let inner = inner.unwrap_or_else(|| panic!("`{pattern}` is not anchored at both ends"));
    let mut rest = inner.chars().peekable();
    let items = sequence(&mut rest);
    assert!(rest.next().is_none(), "`{pattern}` closes a group that is not open");
    let text: Vec<char> = text.chars().collect();
    after(&items, &text, BTreeSet::from([0])).contains(&text.len())
}

fn sequence(rest: &mut Peekable<Chars>) -> Vec<Item> {
    let mut items = Vec::new();
    while rest.peek().is_some_and(|next| *next != ')') {
        let atom = atom(rest);
        let (least, most) = count(rest);
        items.push(Item { atom, least, most });
    }
    items
}

fn atom(rest: &mut Peekable<Chars>) -> Atom {
    match rest.next() {
        Some('(') => {
            let inner = sequence(rest);
            assert!(rest.next() == Some(')'), "a group is not closed");
            Atom::Group(inner)
        }
        Some('[') => {
            let class: String = rest.by_ref().take_while(|next| *next != ']').collect();
            let class: Vec<char> = class.chars().collect();
            let ranges = match class.as_slice() {
                [one] => vec![(*one, *one)],
                _ => class.chunks(3).map(|range| (range[0], range[2])).collect(),
            };
            Atom::OneOf(ranges)
        }
        Some(plain) if plain.is_alphanumeric() || "-:_".contains(plain) => Atom::OneOf(vec![(plain, plain)]),
        other => panic!("a pattern has {other:?}, which is not understood here"),
    }
}

fn count(rest: &mut Peekable<Chars>) -> (usize, usize) {
    let counted = match rest.peek() {
        Some('?') => (0, 1),
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('{') => {
            rest.next();
            let digits: String = rest.by_ref().take_while(|next| *next != '}').collect();
            let exactly = digits.parse().expect("`{n}` holds a number");
            return (exactly, exactly);
        }
        _ => return (1, 1),
    };
    rest.next();
    counted
}

/// Every place where the items may end when they begin at one of these.
fn after(items: &[Item], text: &[char], starts: BTreeSet<usize>) -> BTreeSet<usize> {
    items.iter().fold(starts, |starts, item| {
        let mut ends = if item.least == 0 { starts.clone() } else { BTreeSet::new() };
        let mut at = starts;
        for times in 1..=item.most.min(text.len()) {
            at = match &item.atom {
                Atom::Group(inner) => after(inner, text, at),
                Atom::OneOf(ranges) => {
                    let fits = |at: &usize| {
                        text.get(*at)
                            .is_some_and(|c| ranges.iter().any(|(from, to)| (from..=to).contains(&c)))
                    };
                    at.into_iter().filter(fits).map(|at| at + 1).collect()
                }
            };
            if times >= item.least {
                ends.extend(&at);
            }
        }
        ends
    })
}

#[test]
fn patterns_match_whole_texts() {
    let amount = "^-?[0-9]+([.][0-9]+)?$";
    for (pattern, text, expected) in [
        (amount, "12.50", true),
        (amount, "-12", true),
        (amount, "0.001", true),
        (amount, "12.", false),
        (amount, "+12", false),
        (amount, "1,234.00", false),
        (amount, "", false),
        ("^[0-9]{4}-[0-9]{2}$", "2026-03", true),
        ("^[0-9]{4}-[0-9]{2}$", "2026-3", false),
        ("^[0-9]{4}-[0-9]{2}$", "12026-03", false),
        ("^[A-Za-z]*x$", "xyx", true),
        ("^[A-Za-z]*x$", "xy", false),
        ("^(ab)+$", "abab", true),
        ("^(ab)+$", "aba", false),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
    }
}
