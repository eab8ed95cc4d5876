//! Queries in tables: what they are read as, where they stop being one, and that printing loses nothing.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::money::{Currency, DecimalMark, iso_currency};

const READING: Reading =
    Reading { today: NaiveDate::from_ymd_opt(2026, 1, 15).unwrap(), mark: DecimalMark::Point };

fn read(text: &str) -> Result<Query, Misread> {
    Query::parse(text, &READING)
}

#[track_caller]
fn good(text: &str) -> Query {
    read(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
}

/// The tree without places: `(and a (not b))`.
fn tree(text: &str) -> String {
    fn of(node: &Node) -> String {
        let list = |name: &str, parts: &[Node]| {
            format!("({name} {})", parts.iter().map(of).collect::<Vec<_>>().join(" "))
        };
        match node {
            Node::And(parts) => list("and", parts),
            Node::Or(parts) => list("or", parts),
            Node::Not(part) => format!("(not {})", of(part)),
            Node::Term(term) => term.kind.to_string(),
        }
    }
    good(text).root().map_or_else(String::new, of)
}

#[test]
fn or_binds_weaker_than_words_side_by_side_and_not_stronger() {
    for (text, expected) in [
        ("", ""),
        ("  \t\n", ""),
        ("tesco", "tesco"),
        ("tesco lidl", "(and tesco lidl)"),
        ("tesco and lidl", "(and tesco lidl)"),
        ("tesco or lidl", "(or tesco lidl)"),
        ("a b or c d", "(or (and a b) (and c d))"),
        ("a (b or c) d", "(and a (or b c) d)"),
        ("not a b", "(and (not a) b)"),
        ("not (a b)", "(not (and a b))"),
        ("not(a)", "(not a)"),
        ("not not a", "(not (not a))"),
        ("a or not b", "(or a (not b))"),
        ("NOT a OR b AND c", "(or (not a) (and b c))"),
        ("((a))", "a"),
        ("(a b) c", "(and a b c)"),
        ("a or (b or c)", "(or a b c)"),
        ("(a)(b)", "(and a b)"),
        ("\"not\" \"or\" \"(\"", "(and \"not\" \"or\" \"(\")"),
        ("nothing order android", "(and nothing order android)"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn terms_are_read_as_their_field_says() {
    for (text, expected) in [
        ("cat:food", "cat:food"),
        ("CAT:Food/eating-out", "cat:Food/eating-out"),
        ("cat:food:eating-out", "cat:food:eating-out"),
        ("cat:\"eating out\"", "cat:\"eating out\""),
        ("cat:none", "is:uncategorised"),
        ("cat:\"None\"", "is:uncategorised"),
        ("acct:checking", "acct:checking"),
        ("payee:/^tes?co$/", "payee:/^tes?co$/"),
        ("payee:none", "payee:none"),
        ("note:\"two words\"", "note:\"two words\""),
        ("note:\"a \\\"b\\\" \\\\ c\"", "note:\"a \\\"b\\\" \\\\ c\""),
        ("tag:holiday by:sam", "(and tag:holiday by:sam)"),
        ("/two words/", "/two words/"),
        ("/a\\/b/", "/a\\/b/"),
        ("amt:50", "amt:50"),
        ("amt:=50", "amt:50"),
        ("amt:>50", "amt:>50"),
        ("amt:>=50", "amt:>=50"),
        ("amt:<50.5", "amt:<50.5"),
        ("amt:<=1,234.56", "amt:<=1234.56"),
        ("amt:50..100", "amt:50..100"),
        ("amt:50..", "amt:>=50"),
        ("amt:..100", "amt:<=100"),
        ("amt:-12.50", "amt:-12.5"),
        ("amt:(12.50)", "amt:-12.5"),
        ("amt:\"> 50\"", "amt:>50"),
        ("amt:50EUR", "amt:\"50 EUR\""),
        ("amt:>£50", "amt:\">50 £\""),
        ("amt:45/3", "amt:15"),
        ("in:", "in:"),
        ("(out:)", "out:"),
        ("in:>50", "in:>50"),
        ("out:50..100", "out:50..100"),
        ("date:2026-03", "date:2026-03"),
        ("date:mar", "date:2025-03"),
        ("date:\"last month\"", "date:2025-12"),
        ("date:2026-01..2026-03", "date:2026Q1"),
        ("date:2026-01-05..", "date:2026-01-05.."),
        ("is:pending", "is:pending"),
        ("is:Uncategorised", "is:uncategorised"),
        ("id:12 op:3", "(and id:12 op:3)"),
        ("12:30", "12:30"),
        ("http://x", "http://x"),
        ("a:b", "a:b"),
        ("sainsbury's", "sainsbury's"),
        ("5\"", "\"5\\\"\""),
        ("tesco(express)", "\"tesco(express)\""),
        ("(tesco(express))", "\"tesco(express)\""),
        ("Robert');", "\"Robert');\""),
        ("M&S 100% * ?", "(and M&S 100% * ?)"),
        ("и食", "и食"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

/// Each line of the table: query, the part that the carets stand below, a piece of the message.
#[test]
fn what_is_no_query_is_told_with_the_place() {
    for (text, place, message) in [
        ("amt:>x", "x", "`amt:>x`: `x` is not an amount"),
        ("cat:food amt:>x tesco", "x", "`amt:>x`: `x` is not"),
        ("amt:", "", "`amt:`: no amount"),
        ("amt:>", "", "`amt:>`: no amount"),
        ("amt:50..x", "x", "`x` is not an amount"),
        ("amt:..", "..", "neither end is given"),
        ("amt:100..50", "100..50", "it ends below where it begins"),
        ("amt:>-5", "-5", "sizes are compared"),
        ("out:+5..6", "+5", "sizes are compared"),
        ("amt:\"> x\"", "x", "`x` is not"),
        ("amt:\"\\>x\" a", "\"\\>x\"", "is not"),
        ("amt:/5/", "/5/", "is not an amount"),
        ("in:lots", "lots", "`lots` is not an amount"),
        ("a (b or c", "(", "`(` is not closed"),
        ("(", "(", "`(` is not closed"),
        ("a)", ")", "`)` closes nothing"),
        (")", ")", "`)` closes nothing"),
        ("a () b", "()", "nothing stands between"),
        ("a or", "or", "nothing stands behind `or`"),
        ("or a", "or", "nothing stands before `or`"),
        ("a or or b", "or b", "nothing stands before `or`"),
        ("(a or) b", "or", "nothing stands behind `or`"),
        ("and a", "and", "nothing stands before `and`"),
        ("a and", "and", "nothing stands behind `and`"),
        ("a not", "not", "nothing stands behind `not`"),
        ("NOT", "NOT", "nothing stands behind `not`"),
        ("\"corner", "\"", "the quote is not closed"),
        ("note:\"corner", "\"", "the quote is not closed"),
        ("\"a\"b", "b", "something follows the closing quote"),
        ("\"\" a", "\"\"", "there is nothing to look for"),
        ("_", "_", "there is nothing to look for"),
        ("note:", "", "`note:`: there is nothing to look for"),
        ("cat: food", " food", "`cat:`: there is nothing to look for"),
        ("/usr/bin", "bin", "something follows the closing `/`"),
        ("/usr", "/", "the `/` is not closed"),
        ("payee:/x", "/", "the `/` is not closed"),
        ("//", "//", "there is nothing to look for"),
        ("a /b(c/", "(", "unclosed group"),
        ("/ab*** [z-a]/", "z-a", "invalid character class range"),
        ("payee:/\\p{Klingon}/", "\\p{Klingon}", "Unicode property not found"),
        ("/(a{1000}){1000}/", "(a{1000}){1000}", "it is too large"),
        ("date:someday", "someday", "`someday` is not a period"),
        ("date:", "", "no period"),
        ("is:clear", "clear", "no such state"),
        ("is:", "", "no such state"),
        ("id:x", "x", "not a number"),
        ("id:-1", "-1", "not a number"),
        ("op:99999999999999999999", "99999999999999999999", "not a number"),
        ("amount:5", "amount:", "there is no field `amount:`"),
        ("amt>5", "amt>5", "a field ends with a colon"),
        ("tesco >50", ">50", "a field ends with a colon"),
        ("tesco acount:x", "acount:", "there is no field `acount:`"),
        ("食費 amt:ü", "ü", "is not an amount"),
    ] {
        let misread = read(text).expect_err(text);
        let said = &misread.reason.message;
        assert!(said.contains(message), "{text}: {said}");
        assert!(!said.contains('\n') && misread.reason.hint.as_ref().is_none_or(|hint| !hint.contains('\n')));
        let [shown, carets] = &misread.place[..] else { panic!("{text}: no place") };
        assert_eq!(shown, text);
        // The first of equal parts is not always meant; what stands behind `or` tells which.
        let at = if place.is_empty() { text.len() } else { text.rfind(place).unwrap() };
        let column = unicode_width::UnicodeWidthStr::width(&text[..at]);
        assert_eq!(carets.find('^'), Some(column), "{text}\n{shown}\n{carets}");
    }
}

#[test]
fn hints_say_what_to_type() {
    for (text, hint) in [
        ("amt:", "quotes: `'amt:>50'`"),
        ("amt>5", "did you mean `'amt:>5'`?"),
        ("AMOUNT>=5", "did you mean `'amt:>=5'`?"),
        (">50", "did you mean `'amt:>50'`?"),
        ("<=50", "did you mean `'amt:<=50'`?"),
        ("amt=5", "did you mean `'amt:5'`?"),
        ("category=food", "did you mean `'cat:food'`?"),
        (
            "categry:food",
            "did you mean `cat:`? As text it needs quotes, and a shell takes one pair away: `'\"categry:food\"'`",
        ),
        ("desc:x", "did you mean `payee:`?"),
        ("is:uncategorized", "did you mean `is:uncategorised`?"),
        ("is:x", "pending, cleared, reconciled, uncategorised, split or transfer"),
        ("amt:>-5", "`out:>50`"),
        ("/usr/bin", "`\\/`"),
        ("a or", "as text it needs quotes, and a shell takes one pair away: `'\"or\"'`"),
        ("date:jan-mar", "jan..mar"),
    ] {
        let said = read(text).expect_err(text).reason.hint.unwrap_or_default();
        assert!(said.contains(hint), "{text}: {said}");
    }
}

#[test]
fn queries_are_bounded() {
    let long = |text: &str, count: usize| text.repeat(count);
    for (text, message) in [
        (long("(", 100_000), "the query is 100000 characters long, and 10000 are the most"),
        (long("(", 9_000), "more than 10 parentheses and `not`"),
        (long("not ", 2_000) + "a", "more than 10 parentheses and `not`"),
        (long("a ", 201), "a query has at most 200 terms"),
        (long("(a or ", 11), "more than 10"),
        (format!("/{}/", long("(", 5_000)), "unclosed group"),
        (format!("/{}a{}/", long("(", 200), long(")", 200)), "exceed the maximum"),
    ] {
        let misread = read(&text).unwrap_err();
        assert!(misread.reason.message.contains(message), "{}", misread.reason.message);
        assert!(misread.reason.message.len() < 300, "{}", misread.reason.message);
        assert!(misread.place.iter().all(|line| line.chars().count() <= 76));
    }
    good(&(long("(", 10) + "a" + &long(")", 10)));
    good(&long("a ", 200));
    good(&format!("\"{}\"", long("a", 9_000)));
}

#[test]
fn what_is_hidden_is_shown_in_the_place() {
    let misread = read("a\u{1b}[31m \u{202e}b amt:\u{7}").unwrap_err();
    assert_eq!(misread.place[0], "a␛[31m \\u{202e}b amt:␇");
    assert!(!misread.reason.message.contains('\u{7}'), "{}", misread.reason.message);
}

#[test]
fn sizes_are_exact_in_every_currency() {
    let limits = |text: &str, code: &str| {
        let code = crate::domain::money::CurrencyCode::parse(code).unwrap();
        let currency: Currency = iso_currency(code).unwrap();
        let query = good(text);
        let Some(Node::Term(Term { kind: Kind::Amount(range), .. })) = query.root() else { panic!("{text}") };
        range.limits_in(&currency).unwrap().map(|limits| (limits.low, limits.high))
    };
    for (text, code, expected) in [
        ("amt:50", "EUR", Some((Some(5000), Some(5000)))),
        ("amt:50", "JPY", Some((Some(50), Some(50)))),
        ("amt:50", "KWD", Some((Some(50_000), Some(50_000)))),
        ("amt:>50", "EUR", Some((Some(5001), None))),
        ("amt:>=50", "EUR", Some((Some(5000), None))),
        ("amt:<50", "EUR", Some((None, Some(4999)))),
        ("amt:<=50", "EUR", Some((None, Some(5000)))),
        ("amt:>50.50", "JPY", Some((Some(51), None))),
        ("amt:>=50.50", "JPY", Some((Some(51), None))),
        ("amt:<50.50", "JPY", Some((None, Some(50)))),
        ("amt:<=50.50", "JPY", Some((None, Some(50)))),
        // Nothing is 50 and a half yen.
        ("amt:50.50", "JPY", Some((Some(51), Some(50)))),
        ("amt:50..100", "EUR", Some((Some(5000), Some(10_000)))),
        ("amt:>50EUR", "EUR", Some((Some(5001), None))),
        ("amt:>50EUR", "GBP", None),
        ("amt:>£50", "GBP", Some((Some(5001), None))),
    ] {
        assert_eq!(limits(text, code), expected, "{text} {code}");
    }
    let query = good("amt:>92233720368547758.07");
    let Some(Node::Term(Term { kind: Kind::Amount(range), .. })) = query.root() else { panic!() };
    let currency = iso_currency(crate::domain::money::CurrencyCode::parse("EUR").unwrap()).unwrap();
    assert!(range.limits_in(&currency).is_err());
}

#[test]
fn a_decimal_mark_is_read_as_it_is_configured() {
    let comma = Reading { mark: DecimalMark::Comma, ..READING };
    for (text, expected) in [("amt:1,234", "amt:1.2340"), ("amt:1.234", "amt:1234")] {
        let query = Query::parse(text, &comma).unwrap();
        assert_eq!(query.to_string(), expected);
        assert_eq!(kinds(&Query::parse(expected, &READING).unwrap()), kinds(&query));
    }
}

#[test]
fn patterns_fit_in_any_case_of_any_script() {
    for (pattern, text, fits) in [
        ("bakery", "Corner Bakery", true),
        ("\"corner bakery\"", "CORNER-BAKERY", true),
        ("\"corner bakery\"", "bakery corner", false),
        ("strasse", "Hauptstraße", true),
        ("straße", "HAUPTSTRASSE", true),
        ("istanbul", "İSTANBUL KART", true),
        ("kırşehir", "KIRŞEHİR", true),
        ("οδος", "ΟΔΟΣ", true),
        ("οδός", "ΟΔΟΣ", true),
        ("\"ΣΚΛΑΒΕΝΙΤΗΣ\"", "Σκλαβενίτης", true),
        ("пятёрочка", "ПЯТЁРОЧКА", true),
        ("cafe\u{301}", "CAFÉ", true),
        ("cafe", "CAFÉ", false),
        ("/^corner/", "CORNER BAKERY", true),
        ("/(?-i)^corner/", "CORNER BAKERY", false),
        ("/^bakery/", "CORNER BAKERY", false),
        ("/caf[eé]$/", "CAFÉ", true),
        ("/οδοσ/", "ΟΔΟΣ", true),
        ("/e\u{301}/", "É", true),
        ("/a\\/b/", "A/B", true),
    ] {
        let query = good(pattern);
        let Some(Node::Term(Term { kind: Kind::Word(pattern), .. })) = query.root() else { panic!() };
        let key = crate::domain::name::fold(text);
        assert_eq!(pattern.matcher().fits(&Text::new(text, &key)), fits, "{pattern} in {text}");
    }
}

#[test]
fn flags_are_joined_to_all_of_a_query() {
    let query = good("a or b").and(Kind::category("None".to_owned()));
    assert_eq!(query.to_string(), "(a or b) is:uncategorised");
    assert_eq!(good("").and(Kind::Id(3)).to_string(), "id:3");
    assert_eq!(good("a b").and(Kind::category("x y".to_owned())).to_string(), "a b cat:\"x y\"");
}

#[test]
fn a_query_says_which_days_it_is_about() {
    for (text, period) in [
        ("tesco", None),
        ("tesco date:2026-02", Some("2026-02")),
        ("date:2026-02 date:2026", Some("2026-02")),
        ("date:2026-02 or date:2025-02", Some("all")),
        ("not date:2026-02", Some("all")),
    ] {
        assert_eq!(good(text).period().map(|period| period.to_string()).as_deref(), period, "{text}");
    }
}

/// The kinds of the terms and how they are joined, without where they stand.
fn kinds(query: &Query) -> String {
    format!("{query} = {:?}", query.terms().into_iter().map(|term| &term.kind).collect::<Vec<_>>())
}

/// Pieces of which queries are made, good ones and bad.
fn piece() -> impl Strategy<Value = String> {
    let word = "[a-zé食\"\\\\/():.]{0,6}";
    prop_oneof![
        3 => proptest::sample::select(vec!["(", ")", "not", "or", "and", "OR", "\"", "/", ":"]).prop_map(str::to_owned),
        3 => (proptest::sample::select(vec!["cat", "acct", "payee", "tag", "note", "by"]), word)
            .prop_map(|(field, value)| format!("{field}:{value}")),
        2 => (proptest::sample::select(vec!["amt", "in", "out"]), "[<>=]{0,2}[-+]?[0-9]{1,4}([.,][0-9]{1,3})?(EUR|£)?(\\.\\.[0-9]{1,5})?")
            .prop_map(|(field, value)| format!("{field}:{value}")),
        1 => proptest::sample::select(vec!["date:mar", "date:2026Q1..", "is:split", "id:4", "op:12", "cat:none"]).prop_map(str::to_owned),
        1 => "/[a-c.*+\\[(\\\\]{0,5}/",
        1 => "\"[a-c \\\\]{0,5}\"",
        3 => word,
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(pieces in proptest::collection::vec(piece(), 0..8)) {
        let text = pieces.join(" ");
        if let Ok(query) = read(&text) {
            let printed = query.to_string();
            let again = read(&printed);
            prop_assert!(again.is_ok(), "{text} is printed as {printed}: {again:?}");
            let again = again.unwrap();
            prop_assert_eq!(kinds(&again), kinds(&query), "{} is printed as {}", text, printed);
            let without_places = |query: &Query| format!("{:?}", query.root()).replace(char::is_numeric, "");
            prop_assert_eq!(without_places(&again), without_places(&query));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "(?s).{0,80}", pieces in proptest::collection::vec(piece(), 0..8)) {
        for text in [text, pieces.join(" ")] {
            if let Err(misread) = read(&text) {
                let [shown, carets] = &misread.place[..] else { panic!("no place") };
                prop_assert!(carets.contains('^') && !shown.contains(char::is_control));
            }
        }
    }

    #[test]
    fn any_words_of_a_shell_make_one_text(words in proptest::collection::vec("(?s).{0,12}", 0..5)) {
        let text = joined(words.iter().map(String::as_str));
        let _ = read(&text);
    }
}
