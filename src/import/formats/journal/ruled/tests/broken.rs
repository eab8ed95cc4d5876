//! Rules and files of any kind: no panic, no hang, and nothing counted twice.

use proptest::prelude::*;

use super::*;

const RULES: &str = "\
skip 1
fields date, description, amount-in, amount-out, balance
date-format %Y-%m-%d
currency EUR
account1 assets:giro
comment note:%description
if,account2,description
shop,expenses:shop,
%description (rent) (.*),expenses:home,\\1 of \\2

if
coffee
& %amount-out [1-9]
& ! %description tea
 account2 expenses:treats
 skip 2
if END
 end
";

const CSV: &str = "\
Day,What,In,Out,Balance
2026-01-02,Shop,,5.00,95.00
2026-01-03,rent flat,,\"1,500.00\",-5.00
2026-01-04,\"coffee
house\",,3.00,
2026-01-05,Pay,2000.00,,1995.00
";

/// A text with pieces cut out, doubled or replaced.
fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let change = (
        0..text.len(),
        0..40_usize,
        prop::sample::select(vec!["", "%", "\\1", "\n", " ", "if ", "\"", ",", "&", "(", "é", "9"]),
    );
    prop::collection::vec(change, 0..6).prop_map(move |changes| {
        let mut mutated = text.to_owned();
        for (at, length, piece) in changes {
            let at = mutated.floor_char_boundary(at.min(mutated.len()));
            let end = mutated.floor_char_boundary((at + length).min(mutated.len()));
            mutated.replace_range(at..end.max(at), piece);
        }
        mutated
    })
}

proptest! {
    #[test]
    fn nothing_panics(text in mutated(RULES), csv in mutated(CSV)) {
        if let Ok(rules) = rules(&text)
            && let Ok(outcome) = try_read(&rules, csv.as_bytes(), Options::default())
        {
            let lines = csv.lines().count();
            prop_assert!(outcome.lines.len() + outcome.rejected.len() <= 2 * lines, "{text}\n{csv}");
        }
    }
}

#[test]
fn the_unchanged_texts_are_read() {
    let outcome = read(RULES, CSV);
    assert_eq!(
        shown(&outcome),
        [
            "2026-01-02 -5.00 EUR | Shop | shop -5.00 | note:Shop",
            "2026-01-03 -1500.00 EUR | rent of flat | home -1500.00 | note:rent flat",
        ]
    );
}

#[test]
fn a_cut_file_loses_its_last_row_and_no_other() {
    let rules = "fields date,description,amount,balance\n";
    let outcome = read(rules, "2026-01-02,a,1.00,5.00\n2026-01-03,b,2.0");
    assert_eq!(
        shown(&outcome),
        ["2026-01-02 1.00 | a", "rejected 2: the file ends in the row: it has 3 of 4 fields"]
    );
}
