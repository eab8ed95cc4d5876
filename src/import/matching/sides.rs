//! Which rows of a file are the other side of a transfer that is in the book: the opposite amount in another account,
//! within the days that two banks may be apart, where one side names the account of the other. Pure: `transfers`
//! gathers rows and candidates, and applies what is answered.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::typed::DAYS;
use crate::import::answers::Said;
use crate::import::formats::text::fold;

/// By what an account is named in texts of banks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// The words of its name, folded as texts are.
    pub words: String,
    /// Its numbers, as `number` folds them.
    pub numbers: HashSet<String>,
}

/// One side of what may be a transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// The row's place in the file, or the transaction.
    pub id: i64,
    /// Where it stands, among the accounts that are called.
    pub account: i64,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// In minor units; both sides' accounts are in one currency.
    pub amount: i64,
    /// What is said of it, folded to words.
    pub texts: Vec<String>,
    /// The account on the other side as the bank names it, as `number` folds it.
    pub other: Option<String>,
    /// Whether its file always names the other side of a transfer, as other programs' do: who names none is none.
    pub would_name: bool,
    /// Whether it has a category: then it is offered, and never joined.
    pub has_category: bool,
}

/// A row with the transaction that is its other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The row's place in the file.
    pub row: i64,
    /// The transaction.
    pub transaction: i64,
    /// Where that stands.
    pub account: i64,
    /// The row's day less the transaction's.
    pub days: i8,
    /// Whether one side names the other's account, and nothing speaks against it, or the user said so; else the pair is
    /// only offered.
    pub is_named: bool,
    /// How many others of the amount one of the two might as well belong to.
    pub rivals: usize,
    /// Whether one of the two has a category.
    pub has_category: bool,
}

/// A number as it is compared: without blanks, in lower case.
pub fn number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// Pairs rows with candidates of the opposite amount, each at most once: first what the user confirmed, then where one
/// names the other, then all that look alike, and never what the user refused; by distance, then by the row's place,
/// then by the transaction. Where more on one side are named than there are on the other, nothing says which belong
/// together.
pub fn pairs(rows: &[Side], candidates: &[Side], called: &HashMap<i64, Called>, said: &Said) -> Vec<Pair> {
    let place = |row: i64| usize::try_from(row).unwrap_or(usize::MAX);
    let is_confirmed = |pair: &Pair| said.confirms(place(pair.row), pair.transaction);
    let mut by_amount: HashMap<i64, Vec<&Side>> = HashMap::new();
    for candidate in candidates {
        by_amount.entry(candidate.amount).or_default().push(candidate);
    }
    let mut all: Vec<Pair> = Vec::new();
    for row in rows {
        let opposite = row.amount.checked_neg().and_then(|amount| by_amount.get(&amount));
        all.extend(opposite.into_iter().flatten().filter_map(|candidate| pair(row, candidate, called)));
    }
    all.retain(|pair| !said.refuses(place(pair.row), pair.transaction));
    all.sort_unstable_by_key(|pair| {
        (!is_confirmed(pair), !pair.is_named, pair.days.abs(), pair.row, pair.transaction)
    });
    let possible = all.clone();
    let (mut rows, mut transactions) = (HashSet::new(), HashSet::new());
    all.retain(|pair| {
        let is_free = !rows.contains(&pair.row) && !transactions.contains(&pair.transaction);
        if is_free {
            rows.insert(pair.row);
            transactions.insert(pair.transaction);
        }
        is_free
    });
    for pair in &mut all {
        if is_confirmed(pair) {
            pair.is_named = true;
        } else if pair.is_named {
            pair.rivals = rivals(pair, &possible, &rows, &transactions);
            pair.is_named = pair.rivals == 0;
        }
    }
    all
}

/// What is left over that one side of a pair might as well belong to, where that is named too.
fn rivals(pair: &Pair, possible: &[Pair], rows: &HashSet<i64>, transactions: &HashSet<i64>) -> usize {
    let named = possible.iter().filter(|other| other.is_named);
    let others = named.filter(|other| {
        (other.row == pair.row && !transactions.contains(&other.transaction))
            || (other.transaction == pair.transaction && !rows.contains(&other.row))
    });
    others.count()
}

fn pair(row: &Side, candidate: &Side, called: &HashMap<i64, Called>) -> Option<Pair> {
    let days = i8::try_from((row.date - candidate.date).num_days()).ok()?;
    if u64::from(days.unsigned_abs()) > DAYS {
        return None;
    }
    let row_names = names(row, candidate.account, called);
    let candidate_names = names(candidate, row.account, called);
    let is_denied = (row.would_name && !row_names) || (candidate.would_name && !candidate_names);
    let is_said = (row_names || candidate_names) && !is_denied;
    // What has a category may have been spent after all: it is offered where a side names the other, else not at all.
    let has_category = row.has_category || candidate.has_category;
    if has_category && !is_said {
        return None;
    }
    let is_named = is_said && !has_category;
    Some(Pair {
        row: row.id,
        transaction: candidate.id,
        account: candidate.account,
        days,
        is_named,
        rivals: 0,
        has_category,
    })
}

/// Words before a name that make it the other side of a transfer: a shop may be called as an account is.
const BEFORE: [&str; 26] = [
    "to",
    "from",
    "transfer",
    "transfert",
    "xfer",
    "own",
    "my",
    "into",
    "account",
    "von",
    "vom",
    "an",
    "nach",
    "auf",
    "konto",
    "ubertrag",
    "umbuchung",
    "uberweisung",
    "virement",
    "vers",
    "depuis",
    "compte",
    "de",
    "a",
    "hacia",
    "traspaso",
];

/// Whether a side names an account: by a number; by its name alone; or by its name behind a word such as `to`.
fn names(side: &Side, account: i64, called: &HashMap<i64, Called>) -> bool {
    let Some(called) = called.get(&account) else { return false };
    if let Some(other) = &side.other
        && (called.numbers.contains(other) || fold(other) == called.words)
    {
        return true;
    }
    side.texts.iter().any(|text| *text == called.words || stands_behind(text, &called.words))
}

/// Whether the words stand in the text as whole words, behind one of those that make them an account.
fn stands_behind(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let is_whole = before.ends_with(' ') && (after.is_empty() || after.starts_with(' '));
        is_whole && before.split_whitespace().next_back().is_some_and(|word| BEFORE.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(id: i64, account: i64, day: u32, amount: i64, text: &str) -> Side {
        let date = NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        Side { id, account, date, amount, texts: vec![fold(text)], ..Side::default() }
    }

    fn called() -> HashMap<i64, Called> {
        let one = |name: &str, iban: &str| Called { words: fold(name), numbers: [number(iban)].into() };
        [(1, one("checking", "DE12 3456")), (2, one("savings", "DE99 0001"))].into()
    }

    fn found(rows: &[Side], candidates: &[Side]) -> Vec<(i64, i64, bool)> {
        found_by(&Said::default(), rows, candidates)
    }

    fn found_by(said: &Said, rows: &[Side], candidates: &[Side]) -> Vec<(i64, i64, bool)> {
        pairs(rows, candidates, &called(), said)
            .iter()
            .map(|pair| (pair.row, pair.transaction, pair.is_named))
            .collect()
    }

    #[test]
    fn a_number_or_a_name_on_either_side_is_enough() {
        let row = Side { other: Some(number("de99 0001")), ..side(0, 1, 5, -500, "monthly") };
        assert_eq!(found(&[row], &[side(7, 2, 6, 500, "deposit")]), [(0, 7, true)]);
        let by_name = side(0, 1, 5, -500, "Transfer to Savings, thanks");
        assert_eq!(found(&[by_name], &[side(7, 2, 6, 500, "deposit")]), [(0, 7, true)]);
        let there = side(7, 2, 6, 500, "from CHECKING");
        assert_eq!(found(&[side(0, 1, 5, -500, "monthly")], &[there]), [(0, 7, true)]);
    }

    #[test]
    fn a_shop_may_be_called_as_an_account_is() {
        for text in ["life-savings-plan", "Savings and more", "SAVINGS WORLD to go"] {
            assert_eq!(
                found(&[side(0, 1, 5, -500, text)], &[side(7, 2, 6, 500, "")]),
                [(0, 7, false)],
                "{text}"
            );
        }
        for text in ["Savings", "Transfer Savings", "an Savings", "monthly to savings, rent"] {
            assert_eq!(
                found(&[side(0, 1, 5, -500, text)], &[side(7, 2, 6, 500, "")]),
                [(0, 7, true)],
                "{text}"
            );
        }
    }

    #[test]
    fn who_would_name_the_other_side_and_does_not_is_none() {
        let kiosk = Side { would_name: true, ..side(7, 2, 6, 500, "Kiosk") };
        let row = Side { other: Some(number("de99 0001")), would_name: true, ..side(0, 1, 5, -500, "") };
        assert_eq!(found(std::slice::from_ref(&row), &[kiosk]), [(0, 7, false)]);
        let back = Side { other: Some(number("DE123456")), would_name: true, ..side(8, 2, 7, 500, "") };
        assert_eq!(found(&[row], &[back]), [(0, 8, true)]);
    }

    #[test]
    fn what_has_a_category_is_offered_where_it_is_named() {
        let spent = Side { has_category: true, ..side(7, 2, 6, 500, "standing order") };
        assert_eq!(
            found(&[side(0, 1, 5, -500, "to savings")], std::slice::from_ref(&spent)),
            [(0, 7, false)]
        );
        assert_eq!(found(&[side(0, 1, 5, -500, "shop")], &[spent]), []);
    }

    #[test]
    fn rivals_are_offered_and_not_guessed_at() {
        let there = [side(7, 2, 5, 500, "monthly"), side(8, 2, 6, 500, "rent")];
        assert_eq!(found(&[side(0, 1, 6, -500, "to savings")], &there), [(0, 8, false)]);
        let rows = [side(0, 1, 5, -500, "to savings"), side(1, 1, 6, -500, "to savings")];
        assert_eq!(found(&rows, &there), [(0, 7, true), (1, 8, true)]);
        assert_eq!(found(&rows, &there[..1]), [(0, 7, false)]);
    }

    #[test]
    fn what_is_refused_is_never_answered_and_the_next_one_is() {
        let rows = [side(0, 1, 6, -500, "monthly")];
        let there = [side(7, 2, 5, 500, ""), side(8, 2, 3, 500, "")];
        let no = Said::default().and_no(0, 7);
        assert_eq!(found_by(&no, &rows, &there), [(0, 8, false)]);
        assert_eq!(found_by(&no.and_no(0, 8), &rows, &there), []);
        // What is refused is no rival of what is left.
        let named = [side(0, 1, 6, -500, "to savings")];
        assert_eq!(found_by(&Said::default().and_no(0, 7), &named, &there), [(0, 8, true)]);
    }

    #[test]
    fn what_is_confirmed_goes_first_and_is_joined() {
        let rows = [side(0, 1, 6, -500, "monthly"), side(1, 1, 5, -500, "to savings")];
        let there = [side(7, 2, 5, 500, "")];
        assert_eq!(found(&rows, &there), [(1, 7, true)]);
        assert_eq!(found_by(&Said::default().and_yes(0, 7), &rows, &there), [(0, 7, true)]);
        let spent = Side { has_category: true, ..side(7, 2, 5, 500, "from checking") };
        assert_eq!(found_by(&Said::default().and_yes(0, 7), &rows[..1], &[spent]), [(0, 7, true)]);
        // One of two rivals, by the user's word.
        let rows = [side(0, 1, 5, -500, "to savings"), side(1, 1, 6, -500, "to savings")];
        assert_eq!(found(&rows, &there), [(0, 7, false)]);
        assert_eq!(found_by(&Said::default().and_yes(1, 7), &rows, &there), [(1, 7, true)]);
    }

    #[test]
    fn a_part_of_a_word_names_nobody() {
        let row = side(0, 1, 5, -500, "Savingsbank fee");
        assert_eq!(found(&[row], &[side(7, 2, 6, 500, "deposit")]), [(0, 7, false)]);
    }

    #[test]
    fn amounts_are_opposite_and_days_near() {
        let row = side(0, 1, 10, -500, "to savings");
        assert_eq!(found(std::slice::from_ref(&row), &[side(7, 2, 10, -500, "")]), []);
        assert_eq!(found(std::slice::from_ref(&row), &[side(7, 2, 18, 500, "")]), []);
        assert_eq!(found(&[row], &[side(7, 2, 17, 500, "")]), [(0, 7, true)]);
    }

    #[test]
    fn the_nearest_day_is_taken_and_each_side_once() {
        let rows = [side(0, 1, 1, -500, "to savings"), side(1, 1, 8, -500, "to savings")];
        let there = [side(7, 2, 2, 500, ""), side(8, 2, 8, 500, "")];
        assert_eq!(found(&rows, &there), [(1, 8, true), (0, 7, true)]);
    }
}
