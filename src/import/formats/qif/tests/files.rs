//! Whole files of our own.

use super::*;

const WHOLE: &str = "\
# exported by hand
!Option:AutoSwitch
!Account
NChecking
TBank
D my account
^
NVisa
TCCard
^
!Clear:AutoSwitch
!Account
NChecking
TBank
^
!Type:Bank
D1/13/20
U-1,000.00
T-1,000.00
C*
N1005
PBank  Of\tMortgage
ABank Of Mortgage
A12 Street
LHouse:Mortgage
^
D1/14/20
T5.00
NATM
^
!Type:Cat
NFood
DWhat we eat
E
^
!Account
NVisa
TCCard
^
!Type:CCard
D1/15/20
T-7.00
MLunch
N12
CR
L[Checking]
^
!Type:Invst
D1/15/20
NBuy
T100.00
^
!Type:Prices
\"ABC\",5,\"1/1/20\"
^
!Type:Invoice
D1/15/20
T9.00
^
!Type:Cash
D1/16/20
T-2.00
^
";

#[test]
fn descriptions_of_accounts_may_say_their_currencies() {
    let text = "!Account\nNTravel\nTBank\nDUSD\n^\n!Type:Bank\nD2026-01-02\nT33.50\nL[Checking]\n^\n\
                !Account\nNChecking\nTBank\nDfor all\n^\n!Type:Bank\nD2026-01-02\nT-30\nL[Travel]\n^\n";
    let outcome = read(text);
    let stated: Vec<_> = outcome.lines.iter().map(|line| line.currency.as_deref()).collect();
    assert_eq!((stated, outcome.facts.currencies), (vec![Some("USD"), None], vec!["USD".to_owned()]));
    let said = Options { currency: Some("CAD".into()), ..Options::default() };
    let outcome = try_read(text.as_bytes(), &said).unwrap();
    assert!(outcome.lines.iter().all(|line| line.currency.as_deref() == Some("CAD")));
    assert_eq!(outcome.facts.currencies, ["CAD"]);
}

#[test]
fn whole_files_are_read() {
    for text in [WHOLE.to_owned(), WHOLE.replace('\n', "\r\n"), WHOLE.replace('\n', "\r")] {
        let outcome = read(&text);
        let expected = [
            "17: 2020-01-13 -1000.00 Bank Of Mortgage Checking",
            "27: 2020-01-14 5.00 - Checking",
            "41: 2020-01-15 -7.00 - Visa",
            // Nobody said whose cash it is.
            "61: 2020-01-16 -2.00 - -",
        ];
        assert_eq!(shown(&outcome), expected);
        assert_eq!(outcome.facts.row_count, 4);
        assert_eq!(outcome.facts.accounts, ["Checking", "Visa"]);
        let memos: Vec<_> = outcome.lines.iter().map(|line| line.memo.as_deref()).collect();
        assert_eq!(memos, [Some("check 1005"), None, Some("Lunch"), None]);
        assert_eq!(outcome.lines[2].other_account.as_deref(), Some("Checking"));
        let notes = [
            "1 trade is left out: investments are not kept",
            "1 list of prices is left out: investments are not kept",
            "1 record of the section `!Type:Invoice` is left out: it is not known",
        ];
        assert_eq!(outcome.facts.notes, notes);
        assert!(
            outcome
                .lines
                .iter()
                .all(|line| !line.is_pending && line.bank_id.is_none() && line.currency.is_none())
        );
    }
}

#[test]
fn an_opening_balance_names_the_account_where_nothing_else_does() {
    let text = "!Type:Bank\nD1/13/20\nT5\nPOpening Balance\nL[Main]\n^\nD1/14/20\nT6\n^\n\
                !Type:Bank\nD1/13/20\nT7\nPOpening Balance\nL[Other]\n^\n!Account\nNMine\n^\n!Type:Bank\nD1/13/20\nT8\nPOpening Balance\nL[Else]\n^\n";
    let expected = [
        "2: 2020-01-13 5 Opening Balance Main",
        "7: 2020-01-14 6 - Main",
        "11: 2020-01-13 7 Opening Balance Other",
        "20: 2020-01-13 8 Opening Balance Mine",
    ];
    assert_eq!(shown(&read(text)), expected);
}

#[test]
fn an_account_of_a_list_is_nobodys() {
    let text = "!Account\nNA\n^\nNB\n^\n!Type:Bank\nD1/13/20\nT5\n^\n";
    assert_eq!(shown(&read(text)), ["7: 2020-01-13 5 - -"]);
}

#[test]
fn the_last_record_counts_if_it_is_whole() {
    let head = "!Type:Bank\nD1/13/20\nT5\n^\n";
    let cases = [
        ("D1/14/20\nT6\n", None),
        ("D1/14/20\nT6\nPShop", None),
        ("T6\nD1/14/20\n!Type:Cat\nNx\n^", None),
        ("D1/14/20\nT6\n\n^", None),
        ("D1/14/20\nT6", Some("5: the file ends in the record's last line, which may have been longer")),
        (
            "D1/14/20\nPShop\n",
            Some("5: the record is cut off: it ends without `^`, and its date or amount is missing"),
        ),
        (
            "T6\n!Type:Cat\n",
            Some("5: the record is cut off: it ends without `^`, and its date or amount is missing"),
        ),
    ];
    for (tail, reason) in cases {
        let outcome = read(&format!("{head}{tail}"));
        assert_eq!(reasons(&outcome), reason.into_iter().collect::<Vec<_>>(), "{tail}");
        assert_eq!(outcome.lines.len(), if reason.is_some() { 1 } else { 2 }, "{tail}");
    }
}

#[test]
fn a_bad_record_stops_nothing() {
    let records = [
        ("T5", "the record has no date (`D`)"),
        ("D1/13/20", "the record has no amount (`T`)"),
        ("Dsoon\nT5", "the date `soon` cannot be read"),
        ("D13/13/20\nT5", "the date `13/13/20` cannot be read"),
        ("D1/13/20\nTmuch", "the amount `much` is not a number"),
        (
            "D1/13/20\nT5\nPa\nD1/14/20\nT6",
            "the record has two lines with `T`: a `^` between two transactions may be missing",
        ),
    ];
    let all: String = records.iter().map(|(fields, _)| format!("{fields}\n^\n")).collect();
    let outcome = read(&format!("D1\nT5\n^\nprose\n!Type:Bank\n{all}D1/13/20\nT7\n^\n"));
    let found: Vec<_> = outcome.rejected.iter().map(|row| row.reason.as_str()).collect();
    let expected: Vec<_> = records.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(found[0], "it stands before any section, such as `!Type:Bank`");
    assert_eq!(found[1..], expected);
    assert_eq!((outcome.lines.len(), outcome.facts.row_count), (1, 8));
    assert_eq!((outcome.rejected[1].line, outcome.rejected[1].text.as_str()), (6, "T5"));
}

#[test]
fn two_amounts_for_one_field() {
    let amount =
        |fields: &str| read(&format!("!Type:Bank\nD1/13/20\n{fields}\n^\n")).lines[0].amount.to_string();
    assert_eq!(amount("U-10.00\nT-10.00"), "-10.00");
    assert_eq!(amount("U-1,010.0\nT-1010.00"), "-1010.00");
    assert_eq!(amount("T\nU-11.00"), "-11.00");
    let outcome = read("!Type:Bank\nD1/13/20\nU-11.00\nT-10.00\n^\nD1/14/20\nT-1.00\n^\n");
    assert_eq!(outcome.rejected[0].reason, "the amounts `-10.00` (`T`) and `-11.00` (`U`) differ");
    assert_eq!(outcome.lines.len(), 1);
}

#[test]
fn what_the_file_cannot_say_may_be_said() {
    let options =
        Options { currency: Some("CAD".into()), encoding: Some("latin-1".into()), ..Options::default() };
    let outcome = try_read(b"!Type:Bank\nD1/13/20\nT5\nPCaf\xe9\n^\n", &options).unwrap();
    assert_eq!(
        (outcome.lines[0].payee.as_deref(), outcome.lines[0].currency.as_deref()),
        (Some("Café"), Some("CAD"))
    );
    assert_eq!(outcome.facts.currencies, ["CAD"]);
}

#[test]
fn other_files_are_refused() {
    for bytes in [&b""[..], b"Date,Amount\n2024-01-01,5\n", b"D1/1/20\nT5\n^\n"] {
        assert_eq!(
            invalid(bytes).message,
            "the file is no QIF: no line opens a section, such as `!Type:Bank`"
        );
    }
    assert_eq!(read("!Type:Cat\nNFood\n^\n").facts.row_count, 0);
}
