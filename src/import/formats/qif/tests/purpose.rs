//! Categories, classes, transfers and splits.

use super::*;

/// What a record says it was for: `other account | parts | tags`.
fn purpose(fields: &str) -> String {
    let outcome = read(&format!("!Account\nNMine\n^\n!Type:Bank\nD2020-01-01\n{fields}\n^\n"));
    let Some(line) = outcome.lines.first() else { return reasons(&outcome).join("; ") };
    let purpose = line.purpose.clone().unwrap_or_default();
    let parts = purpose.parts.iter().map(|part| {
        let of = part.category.clone().or(part.other_account.as_ref().map(|name| format!("[{name}]")));
        let memo = part.memo.as_ref().map_or(String::new(), |memo| format!(" ({memo})"));
        format!("{} {}{memo}", of.unwrap_or("-".into()), part.amount)
    });
    let other = line.other_account.as_deref().unwrap_or("-");
    format!("{other} | {} | {}", parts.collect::<Vec<_>>().join(", "), purpose.tags.join(", "))
}

#[test]
fn records_say_what_they_were_for() {
    let cases = [
        ("T-5.00", "- |  | "),
        ("T-5.00\nLFood:Groceries", "- | Food:Groceries -5.00 | "),
        ("T-5.00\nLFood/home", "- | Food -5.00 | home"),
        ("T-5.00\nL/home", "- |  | home"),
        ("T-5.00\nL[Savings]", "Savings |  | "),
        ("T-5.00\nL[Savings]/home", "Savings |  | home"),
        ("T-5.00\nL--Split--", "- |  | "),
        (
            "T-10.00\nL--Split--\nS[Savings]\n$-9.00\nSFood\nEbread\n$-1.00",
            "- | [Savings] -9.00, Food -1.00 (bread) | ",
        ),
        ("SFood/a\n$-1\nSFun/b\n%50%\n$1\nLFood/a\nT0", "- | Food -1, Fun 1 | a, b"),
        ("T-3\nL[Savings]\nSFood\n$-3", "- | Food -3 | "),
        ("T-3\nSFood\n$-1\n$-2", "- | Food -1, - -2 | "),
        ("T100\nPOpening Balance\nL[Mine]", "- | Starting balances 100 | "),
        ("T100\nPAnfangssaldo\nL[Mine]", "- | Starting balances 100 | "),
        ("T100\nPTo me\nL[Other]", "Other |  | "),
    ];
    for (fields, expected) in cases {
        assert_eq!(purpose(fields), expected, "{fields}");
    }
}

#[test]
fn splits_that_do_not_sum_are_rejected() {
    let cases = [
        ("T75.00\nScategory\n$23", "5: the splits sum to 23, but the total is 75.00"),
        ("T5\nSFood", "5: the split of `Food` has no amount"),
        ("T5\nS[Savings]\n%50%", "5: the split of `Savings` has no amount"),
        ("T5\nEonly\n%50%", "5: the split has no amount"),
        ("T5\nSFood\n$=5", "5: the amount `=5` is not a number"),
    ];
    for (fields, expected) in cases {
        assert_eq!(purpose(fields), expected, "{fields}");
    }
}
