//! Statements, reports and notifications: their balances, and whether they add up.

use super::*;

fn balance(kind: &str, amount: &str, side: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>"
    )
}

fn notes(balances: &[String], more: &str) -> Vec<String> {
    read(&file(&format!("{}<Ntry>{DEBIT}</Ntry>{more}", balances.concat()))).facts.notes
}

#[test]
fn a_statement_that_adds_up_has_no_note() {
    let closing = balance("CLBD", "2.50", "DBIT");
    for opening in ["OPBD", "PRCD"] {
        assert_eq!(notes(&[balance(opening, "10.00", "CRDT"), closing.clone()], ""), [""; 0]);
    }
    assert_eq!(notes(&[closing], ""), [""; 0]);
}

#[test]
fn a_statement_that_does_not_add_up_is_said() {
    let note = "the statement S1 of DE02120300000000202051: opening 10.00 and entries of -12.50 give -2.50, but it \
                closes with 2.50 EUR";
    let balances = [balance("OPBD", "10.00", "CRDT"), balance("CLBD", "2.50", "CRDT")];
    assert_eq!(notes(&balances, ""), [note]);
    // Pending entries are in no balance, and what is rejected may be what is missing.
    let pending = format!("<Ntry>{DEBIT}</Ntry>").replace("BOOK", "PDNG");
    assert_eq!(notes(&balances, &pending), [note]);
    assert_eq!(notes(&balances, "<Ntry/>"), [""; 0]);
}

#[test]
fn a_balance_that_cannot_be_read_is_said() {
    let found = notes(&[balance("OPBD", "10,00", "CRDT"), balance("CLBD", "2.50", "")], "");
    let which = "the statement S1 of DE02120300000000202051";
    assert_eq!(
        found,
        [
            format!("{which}: its opening balance cannot be read"),
            format!("{which}: its closing balance cannot be read")
        ]
    );
}

#[test]
fn closing_booked_balances_are_kept_and_no_others() {
    let interim =
        balance("CLBD", "7.00", "CRDT").replace("</CdOrPrtry>", "</CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>");
    let all = [
        balance("OPBD", "1.00", "CRDT"),
        interim,
        balance("CLBD", "2.50", "DBIT"),
        balance("CLAV", "3.00", "CRDT"),
    ];
    let balances = read(&file(&all.concat())).facts.balances;
    let [kept] = &balances[..] else { panic!("{balances:?}") };
    assert_eq!((kept.amount.to_string().as_str(), kept.currency.as_deref()), ("-2.50", Some("EUR")));
    assert_eq!(
        (kept.date.to_string().as_str(), kept.account.as_deref()),
        ("2026-03-05", Some("DE02120300000000202051"))
    );
}

#[test]
fn the_last_balance_of_a_day_is_the_one_at_its_end() {
    let statement = |amount: &str| {
        format!(
            "<Stmt><Acct><Id><Othr><Id>77</Id></Othr></Id></Acct>{}</Stmt>",
            balance("CLBD", amount, "CRDT")
        )
    };
    let text = format!("<BkToCstmrStmt>{}{}</BkToCstmrStmt>", statement("1.00"), statement("2.00"));
    let facts = read(&text).facts;
    assert_eq!(facts.accounts, ["77"]);
    assert_eq!(facts.balances.len(), 1);
    assert_eq!(facts.balances[0].amount.to_string(), "2.00");
}

#[test]
fn each_statement_has_its_own_account() {
    let statement = |account: &str| {
        format!("<Stmt><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry>{DEBIT}</Ntry></Stmt>")
    };
    let text = format!("<BkToCstmrStmt>{}{}</BkToCstmrStmt>", statement("DE1"), statement("DE2"));
    let outcome = read(&text);
    let accounts: Vec<_> = outcome.lines.iter().filter_map(|line| line.account.as_deref()).collect();
    assert_eq!(accounts, ["DE1", "DE2"]);
    assert_eq!(outcome.facts.accounts, accounts);
}

#[test]
fn reports_and_notifications_are_read_and_said() {
    let cases = [
        ("BkToCstmrAcctRpt", "Rpt", "camt.052.001.08", "it is an interim report (camt.052)"),
        ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt.054.001.04", "it is a notification (camt.054)"),
    ];
    for (message, part, version, beginning) in cases {
        let text = file(&format!("<Ntry>{DEBIT}</Ntry>")).replace("BkToCstmrStmt", message);
        let text = text.replace("Stmt>", &format!("{part}>")).replace("camt.053.001.08", version);
        let outcome = read(&text);
        assert_eq!(outcome.lines.len(), 1, "{text}");
        assert_eq!(outcome.facts.described[1].1, version);
        let [note] = &outcome.facts.notes[..] else { panic!("{:?}", outcome.facts.notes) };
        assert!(note.starts_with(beginning), "{note}");
        // Only what a statement shows is booked without saying so.
        let unsaid = read(&text.replace("<Sts><Cd>BOOK</Cd></Sts>", ""));
        assert_eq!(unsaid.reasons(), [(3, "the entry does not say whether it is booked (`Sts`)")]);
    }
}

#[test]
fn a_statement_without_entries_is_one() {
    let facts = read(&file("")).facts;
    assert_eq!((facts.row_count, facts.accounts.len()), (0, 1));
    assert_eq!(facts.currencies, ["EUR"]);
}
