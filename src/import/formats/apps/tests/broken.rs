//! Files that were broken on the way: nothing panics, and both passes see the same.

use proptest::prelude::*;

use super::super::super::tests_shared::{self, Change};
use super::*;
use crate::import::shared;

/// Files of our own, with most of what the programs write.
fn files() -> Vec<Vec<u8>> {
    let ynab = [
        r#""A","Red","13/08/2026","S","","G","C","Split (1/2) a",€4,00,€0,00,"Cleared""#,
        r#""A","","13/08/2026","S","","G","C","Split (1/2) a","€4,00","€0,00","Cleared""#,
        r#""A","","13/08/2026","Transfer : B","","","","Split (2/2) b","€5,00","€0,00","Cleared""#,
        r#""A","","14/08/2026","Starting Balance","","Inflow","Ready to Assign","m ""q""","","€1.500,00","Uncleared""#,
    ];
    let actual = "A,2026-01-15,S,(SPLIT INTO 2) ,,0,-3,Cleared\nA,2026-01-15,S,(SPLIT INTO 2) ,,0,-30,Cleared\n\
                  A,2026-01-15,S,(SPLIT 1 OF 2) ,Food,-1,0,Cleared\nA,2026-01-15,T,(SPLIT 1 OF 2) ,F,-10,0,Cleared\n\
                  B,2026-01-15,A,\"two\nlines\",,3,0,Not cleared\nA,2026-01-15,S,(SPLIT 2 OF 2) ,Fun,-2,0,Cleared\n\
                  A,2026-01-15,T,(SPLIT 2 OF 2) ,Fun,-20,0,Cleared\nA,2026-01-14,S,,,0.5,0,Reconciled\n";
    let mint = "\"1/15/2023\",\"S\",\"O\",\"1,012.50\",\"debit\",\"Food\",\"A\",\"Tax Related x\",\"n\"\r\
                \"1/5/2023\",\"S\",\"\",\"2.50\",\"credit\",\"Paycheck\",\"A\",\"\",\"\"\r";
    let firefly = "1,5,7,x,x,T,Withdrawal,-1,,EUR,,d,2026-01-02T00:00:00+00:00,W,,Asset account,C,,Expense account,,F,,,t,n\n\
                   1,5,8,x,x,T,Withdrawal,'-2,,EUR,,d,2026-01-02T00:00:00+00:00,W,,Asset account,C,,Expense account,,F,b,,,\n\
                   1,6,9,x,x,,Transfer,2,3,EUR,USD,d,2026-01-02T00:00:00+00:00,W,,Asset account,V,,Loan,1,F,,,,\n";
    vec![
        format!("{}\n{}\n", ynab::HEADER, ynab.join("\n")).into_bytes(),
        format!("{}\n{actual}", actual::HEADER).into_bytes(),
        format!("{}\r{mint}", mint::HEADER).into_bytes(),
        format!("{}\n{firefly}", firefly::HEADER).into_bytes(),
    ]
}

/// Changes nearly always behind the header: without one there is no file to read.
fn change() -> impl Strategy<Value = Change> {
    const ODD: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b",,",
        b"Split (1/2)",
        b"(SPLIT INTO 3) ",
        b"(SPLIT 3 OF 3) ",
        b"Transfer : ",
        b"\xff",
        b"\xc3\xa9",
        b"\0",
        b"-",
        b"'",
        b"0",
        b"1/1/1",
        b"\xe2\x82\xac",
        b"79228162514264337593543950335",
        b"99999999999999999999999999999999",
    ];
    tests_shared::change(ODD, 300)
}

fn changed(bytes: &[u8], changes: &[Change], is_header_kept: bool) -> Vec<u8> {
    let end = bytes.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(0);
    let (header, body) = bytes.split_at(if is_header_kept { end + 1 } else { 0 });
    [header, &tests_shared::changed(body.to_vec(), changes)].concat()
}

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8]) {
    for options in [
        Options::default(),
        ordered(DateOrder::Dmy),
        Options { decimal: Some(','), ..ordered(DateOrder::Mdy) },
    ] {
        if let Ok(outcome) = try_read(bytes, &options) {
            check_outcome(&outcome);
        }
    }
}

fn check_outcome(outcome: &Outcome) {
    assert_eq!((outcome.lines.len() + outcome.rejected.len()) as u64, outcome.facts.row_count);
    assert!(outcome.lines.is_sorted_by_key(|line| line.line));
    assert!(outcome.rejected.is_sorted_by_key(|row| row.line));
    assert!(outcome.rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
    for line in &outcome.lines {
        let account = line.account.as_ref().unwrap();
        assert!(outcome.facts.accounts.contains(account));
        let purpose = line.purpose.clone().unwrap_or_default();
        let sums: Vec<_> = purpose.parts.iter().map(|part| part.amount).collect();
        assert!(sums.is_empty() || sums.iter().sum::<rust_decimal::Decimal>() == line.amount);
        let of_parts =
            purpose.parts.iter().flat_map(|part| [&part.category, &part.other_account, &part.memo]);
        let own = [&line.payee, &line.memo, &line.bank_id, &line.account, &line.other_account];
        let texts = own.into_iter().chain(of_parts).flatten().chain(&purpose.tags);
        assert!(texts.into_iter().all(|text| !text.is_empty() && text.trim() == text), "{line:?}");
    }
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(files()),
        changes in prop::collection::vec(change(), 1..8),
        is_header_kept in prop::bool::weighted(0.9),
    ) {
        check(&changed(&file, &changes, is_header_kept));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
        for header in [ynab::HEADER, actual::HEADER, mint::HEADER, firefly::HEADER] {
            check(&[header.as_bytes(), b"\n", &bytes[..]].concat());
        }
    }

    /// Of an Actual file, what its `Amount` column says in rows that can be read is what the account gets.
    #[test]
    fn no_order_of_splits_changes_the_balance(
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        count in 1_usize..12,
    ) {
        let rows = [
            "S,(SPLIT INTO 2) ,,0,-3", "S,(SPLIT 1 OF 2) ,F,-1,0", "S,(SPLIT 2 OF 2) ,F,-2,0",
            "S,(SPLIT INTO 2) ,,0,-30", "S,(SPLIT 1 OF 2) ,F,-10,0", "S,(SPLIT 2 OF 2) ,F,-20,0",
            "T,(SPLIT INTO 3) ,,0,-6", "T,(SPLIT 1 OF 3) ,F,-1,0", "U,(SPLIT 2 OF 3) ,F,-2,0",
            "U,(SPLIT 3 OF 3) ,F,-3,0", "V,,F,-7,0", "V,(SPLIT 1 OF 9) ,F,-100,0",
        ];
        let chosen: Vec<_> = order.into_iter().take(count).map(|place| rows[place]).collect();
        let sum: i64 = chosen.iter().map(|row| row.split(',').nth(3).unwrap().parse::<i64>().unwrap()).sum();
        let body: Vec<_> = chosen.iter().map(|row| format!("A,2026-01-15,{row},Cleared")).collect();
        let outcome = read(&format!("{}\n{}\n", actual::HEADER, body.join("\n")));
        check_outcome(&outcome);
        assert_eq!(outcome.lines.iter().map(|line| line.amount).sum::<rust_decimal::Decimal>(), sum.into());
    }
}

#[test]
fn a_broken_sample_is_read_or_refused() {
    let Some(path) = shared::find("csv/reubano__csv2ofx/mint.csv") else { return };
    let file = std::fs::read(path).unwrap();
    let changes = prop::collection::vec(change(), 1..6);
    proptest!(ProptestConfig::with_cases(200), |(changes in changes)| check(&changed(&file, &changes, true)));
}
