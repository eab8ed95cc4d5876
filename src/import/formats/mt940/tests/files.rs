//! Whole files of our own.

use super::*;

const WHOLE: &str = "\
Your statement, kindly sent by the bank

{1:F01BANKNL2AXXX0000000000}{2:I940BANKNL2AXXXXN3020}{4:
:20:REF1
:25:NL12 BANK 0123 4567 89 EUR
:28C:00001/001
:60F:C231229EUR100,00
:61:2401021229D9,NTRFNONREF//NONREF
:86:/NAME/SHOP/REMI/Bread
:61:2312310102RC1,50NTRFX//B1
Supplement
:86:short line

more
:61:240102RD0,5NTRFX//B2
:62F:C240102EUR90,
:64:C240102EUR90,
:86:about the statement
-}
{1:F01BANKNL2AXXX0000000000}{2:I940BANKNL2AXXXXN3020}{4:
:20:REF2
:25:50880050/123
:28C:2/1
:60F:D240103DEM5,
:61:240103C2,NTRF
:62F:D240103DEM4,
-}{5:{CHK:1}}
";

#[test]
fn whole_files_are_read() {
    for text in [WHOLE.to_owned(), WHOLE.replace('\n', "\r\n"), WHOLE.replace('\n', "\r")] {
        let outcome = read(&text);
        let expected = [
            "8: 2023-12-29 -9 EUR NL12BANK0123456789",
            "10: 2024-01-02 -1.50 EUR NL12BANK0123456789",
            "15: 2024-01-02 0.5 EUR NL12BANK0123456789",
            "25: 2024-01-03 2 DEM 50880050/123",
        ];
        assert_eq!(shown(&outcome), expected);
        assert_eq!(reasons(&outcome), [""; 0]);
        let facts = &outcome.facts;
        assert_eq!((facts.row_count, &facts.currencies[..]), (4, &["EUR".to_owned(), "DEM".to_owned()][..]));
        assert_eq!(facts.accounts, ["NL12BANK0123456789", "50880050/123"]);
        let balances: Vec<_> = facts.balances.iter().map(|b| format!("{} {}", b.date, b.amount)).collect();
        assert_eq!(balances, ["2024-01-02 90", "2024-01-03 -4"]);
        let note =
            "the statement 2/1 of 50880050/123: opening -5 and entries of 2 give -3, but it closes with -4";
        assert_eq!(facts.notes, [note]);
    }
}

#[test]
fn rows_have_their_own_text_and_no_placeholders() {
    let outcome = read(WHOLE);
    assert_eq!(outcome.lines[1].raw, ":61:2312310102RC1,50NTRFX//B1\nSupplement\n:86:short line\n\nmore");
    assert_eq!(outcome.lines[1].memo.as_deref(), Some("short line more Supplement"));
    let ids: Vec<_> = outcome.lines.iter().map(|line| line.bank_id.as_deref()).collect();
    assert_eq!(ids, [None, Some("B1"), Some("B2"), None]);
    assert_eq!(outcome.lines[2].memo.as_deref(), Some("X"));
}

#[test]
fn a_bad_entry_stops_nothing() {
    let text = ":20:a\n:25:1\n:60F:C240101EUR0,\n:61:240102X5,NTRF\n:86:text\n:61:240102C5,NTRF\n:62F:C240102EUR9,\n";
    let outcome = read(text);
    assert_eq!(shown(&outcome), ["6: 2024-01-02 5 EUR 1"]);
    let reason = "4: `X5,NTRF` begins neither with `C`, `D`, `RC` nor `RD`: money in or out is open";
    assert_eq!((reasons(&outcome), outcome.facts.row_count), (vec![reason.to_owned()], 2));
    assert_eq!(outcome.rejected[0].text, ":61:240102X5,NTRF\n:86:text");
    // What the rejected entry was worth is not known, so nothing can be expected of the balances.
    assert_eq!(outcome.facts.notes, [""; 0]);
}

/// Digits may be missing of the amount, words of the details: of that entry nothing is believed.
#[test]
fn an_entry_in_which_the_file_ends_is_rejected() {
    let before = ":20:a\n:25:1\n:60F:C240101EUR0,\n:61:240102D5,NTRF\n:86:text\n";
    let torn = ":61:240103D1234,56NTRFNONREF//B2\n:86:166?00KIND?32Rent";
    for length in 4..=torn.len() {
        let outcome = read(&format!("{before}{}", &torn[..length]));
        let is_between = torn[..length].ends_with('\n');
        let expected: &[&str] = if is_between {
            &["4: 2024-01-02 -5 EUR 1", "6: 2024-01-03 -1234.56 EUR 1"]
        } else {
            &["4: 2024-01-02 -5 EUR 1"]
        };
        assert_eq!(shown(&outcome), expected, "{}", &torn[..length]);
        assert_eq!(outcome.rejected.len(), usize::from(!is_between));
        assert!(outcome.rejected.iter().all(|row| row.reason == "the file ends in the entry"));
    }
}

#[test]
fn statements_that_do_not_add_up_are_told() {
    let statement = |opening: &str, entries: &str, closing: &str| {
        read(&format!(":20:a\n:25:DE12\n:28C:1/2\n{opening}\n{entries}\n{closing}\n-\n")).facts.notes
    };
    let entry = ":61:240102C5,00NTRF";
    let cases = [
        (":60F:C240101EUR0,00", entry, ":62F:C240102EUR5,", None),
        (
            ":60F:C240101EUR0,00",
            entry,
            ":62F:C240102EUR7,00",
            Some(
                "the statement 1/2 of DE12: opening 0.00 and entries of 5.00 give 5.00, but it closes with 7.00",
            ),
        ),
        (":60M:C240101EUR1,", entry, ":62M:C240102EUR6,", None),
        (":60F:C240101EUR0,", "", ":62F:C240101EUR0,", None),
        (":60F:C240101EUR0,", ":61:240102EC5,NTRF", ":62F:C240101EUR0,", None),
        ("", entry, ":62F:C240102EUR7,00", None),
        (
            ":60F:C240101EUR0,",
            entry,
            "",
            Some("the statement 1/2 of DE12 has no closing balance: the file may have been cut off"),
        ),
        (
            ":60F:C240101EUR0,",
            entry,
            ":62F:C240101USD5,",
            Some("the statement 1/2 of DE12 opens in EUR and closes in USD"),
        ),
        (
            ":60F:C240101EUR0",
            entry,
            ":62F:EUR5",
            Some("the statement 1/2 of DE12: its closing balance `EUR5` cannot be read"),
        ),
        (
            ":60F:C240101EUR",
            entry,
            ":62F:C240102EUR5,",
            Some("the statement 1/2 of DE12: its opening balance `C240101EUR` cannot be read"),
        ),
    ];
    for (opening, entries, closing, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(statement(opening, entries, closing), expected, "{opening} {entries} {closing}");
    }
}

#[test]
fn one_message_may_hold_several_statements() {
    let text = ":20:a\n:25:1EUR\n:60F:C240101EUR0,\n:61:240102C5,NTRF\n:62F:C240102EUR5,\n\
                :60F:C240102EUR5,\n:61:240103C1,NTRF\n:62F:C240103EUR6,\n-\n:61:240104C9,NTRF\n";
    let outcome = read(text);
    let expected = ["4: 2024-01-02 5 EUR 1", "7: 2024-01-03 1 EUR 1", "10: 2024-01-04 9 - -"];
    assert_eq!(shown(&outcome), expected);
    assert_eq!(outcome.facts.notes, ["1 entry stands outside of any statement that names its account"]);
    assert_eq!(outcome.facts.balances.len(), 2);
}

#[test]
fn a_dash_inside_a_statement_ends_nothing() {
    let text = ":20:a\n:25:1\n:60F:C240101EUR0,\n:61:240102C5,NTRF\n:86:list\n-\n:61:240103C1,NTRF\n:62F:C240103EUR6,\n-";
    assert_eq!(shown(&read(text)), ["4: 2024-01-02 5 EUR 1", "7: 2024-01-03 1 EUR 1"]);
    assert_eq!(read(text).facts.notes, [""; 0]);
}

#[test]
fn the_currency_may_be_said_where_none_is_stated() {
    let options = Options { currency: Some("CHF".into()), ..Options::default() };
    let text = ":20:a\n:25:1\n:61:240102C5,NTRF\n:20:b\n:25:1\n:60F:C240101EUR0,\n:61:240102C5,NTRF\n:62F:C240101EUR5,";
    let outcome = try_read(text.as_bytes(), &options).unwrap();
    assert_eq!(shown(&outcome), ["3: 2024-01-02 5 CHF 1", "7: 2024-01-02 5 EUR 1"]);
    assert_eq!(outcome.facts.currencies, ["CHF", "EUR"]);
}

#[test]
fn other_encodings_are_read() {
    let text = ":20:a\n:25:1\n:60F:C240101EUR0,\n:61:240102C5,NTRF\n:86:?20Bücher?32Jürgen Groß\n:62F:C240102EUR5,\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes().to_vec(), latin, utf16, [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
        let outcome = try_read(&bytes, &Options::default()).unwrap();
        assert_eq!(outcome.lines[0].payee.as_deref(), Some("Jürgen Groß"));
        assert_eq!(outcome.lines[0].memo.as_deref(), Some("Bücher"));
    }
}

#[test]
fn other_files_are_refused() {
    for bytes in [&b""[..], b"Date,Amount\n2024-01-01,5\n", b":20:only a reference\n"] {
        let message = "the file is no MT940: it has neither an account (`:25:`) nor an entry (`:61:`)";
        assert_eq!(invalid(bytes).message, message);
    }
}
