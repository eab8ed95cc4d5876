//! What stands around the rows: statements, accounts, balances, pending rows, the bank's answers.

use super::*;

fn statement(tag: &str, account: &str, rows: &str) -> String {
    format!("<{tag}><CURDEF>USD{account}<BANKTRANLIST>{rows}</BANKTRANLIST></{tag}>")
}

fn accounts(outcome: &Outcome) -> Vec<&str> {
    outcome.lines.iter().map(|line| line.account.as_deref().unwrap_or("-")).collect()
}

fn bank(bank: &str, number: &str, kind: &str) -> String {
    format!("<BANKACCTFROM><BANKID>{bank}<ACCTID>{number}<ACCTTYPE>{kind}</BANKACCTFROM>")
}

#[test]
fn rows_are_of_the_statement_they_stand_in() {
    let one = row("20260301", "1.00", "");
    let text = [
        "<OFX><STMTTRNRS>".to_owned(),
        statement("STMTRS", &bank("B", "12 \n 34", "CHECKING"), &one),
        statement("STMTRS", &bank("B", "5", "SAVINGS"), ""),
        statement("STMTRS", "", &one),
        "</STMTTRNRS>".to_owned(),
        statement("CCSTMTRS", "<CCACCTFROM><ACCTID>4111</CCACCTFROM>", &one),
        statement(
            "INVSTMTRS",
            "<INVACCTFROM><BROKERID>X<ACCTID>9</INVACCTFROM>",
            &format!("<INVBANKTRAN>{one}</INVBANKTRAN>"),
        ),
        "</OFX>".to_owned(),
    ]
    .concat();
    let outcome = read(&text);
    assert_eq!(accounts(&outcome), ["12 34", "-", "4111", "9"]);
    assert_eq!(outcome.facts.accounts, ["12 34", "5", "4111", "9"]);
    assert_eq!(outcome.facts.currencies, ["USD"]);
    assert_eq!(outcome.facts.notes, [""; 0]);
}

#[test]
fn accounts_with_one_number_are_told_apart() {
    let one = row("20260301", "1.00", "");
    let two = |first: &str, second: &str| {
        let text = statement("STMTRS", first, &one) + &statement("STMTRS", second, &one);
        read(&format!("<OFX>{text}</OFX>"))
    };
    let outcome = two(&bank("A", "1", "CHECKING"), &bank("B", "1", "CHECKING"));
    assert_eq!(accounts(&outcome), ["A 1", "B 1"]);
    let outcome = two(&bank("A", "1", "CHECKING"), &bank("A", "1", "SAVINGS"));
    assert_eq!(accounts(&outcome), ["1 CHECKING", "1 SAVINGS"]);
    let outcome = two(&bank("A", "1", "CHECKING"), &bank("A", "1", "CHECKING"));
    assert_eq!((accounts(&outcome), outcome.facts.accounts.len()), (vec!["1", "1"], 1));
}

#[test]
fn accounts_of_lists_and_orders_are_not_statements() {
    let list = format!(
        "<OFX><ACCTINFO><BANKACCTINFO>{}</BANKACCTINFO></ACCTINFO></OFX>",
        bank("B", "1", "CHECKING")
    );
    let outcome = read(&list);
    assert_eq!(outcome.facts.notes, ["the file lists accounts and has no statement"]);
    assert_eq!((outcome.facts.accounts.len(), outcome.facts.row_count), (0, 0));
}

#[test]
fn what_is_not_booked_is_pending() {
    let rows = row("20260301", "1.00", "")
        + "</BANKTRANLIST><BANKTRANLISTP><DTASOF>20260305<STMTTRNP><DTTRAN>20260304<DTEXPIRE>20260309<TRNAMT>2.00</STMTTRNP>"
        + &row("20260302", "3.00", "")
        + "</BANKTRANLISTP><BANKTRANLIST>"
        + &row("20260303", "4.00", "")
        + "<STMTTRNP><DTPOSTED>20260306<TRNAMT>5.00</STMTTRNP>";
    let outcome = read(&file(&rows));
    let pending: Vec<_> = outcome.lines.iter().map(|line| line.is_pending).collect();
    assert_eq!(pending, [false, true, true, false, true]);
    let shown = shown(&outcome);
    assert_eq!((shown[1].as_str(), shown[4].as_str()), ("2026-03-04 2.00 -", "2026-03-06 5.00 -"));
}

fn balances(fields: &str) -> Outcome {
    read(&file("").replace("</STMTRS>", &format!("{fields}</STMTRS>")))
}

#[test]
fn ledger_balances_are_the_balances() {
    let both = "<LEDGERBAL><BALAMT>-1.234,56<DTASOF>20260331120000[-5:EST]</LEDGERBAL>\
                <AVAILBAL><BALAMT>9,00<DTASOF>20260401</AVAILBAL><BALLIST><BAL><VALUE>7</BAL></BALLIST>";
    let outcome = balances(both);
    let [balance] = &outcome.facts.balances[..] else { panic!("{:?}", outcome.facts) };
    assert_eq!(
        (balance.amount.to_string(), balance.date.to_string()),
        ("-1234.56".into(), "2026-03-31".into())
    );
    assert_eq!((balance.account.as_deref(), balance.currency.as_deref()), (Some("1"), Some("EUR")));
    assert_eq!(outcome.facts.row_count, 0);
}

#[test]
fn balances_that_say_nothing_are_none() {
    for fields in [
        "",
        "<LEDGERBAL><BALAMT></BALAMT><DTASOF></DTASOF></LEDGERBAL>",
        "<LEDGERBAL><BALAMT>   .  <DTASOF>20260301</LEDGERBAL>",
    ] {
        let outcome = balances(fields);
        assert_eq!((outcome.facts.balances.len(), outcome.facts.notes.len()), (0, 0), "{fields}");
    }
    let cases = [
        ("<BALAMT>5.00<DTASOF>00000000", "`5.00`, as it has no date"),
        ("<BALAMT>abc<DTASOF>20260301", "`abc`, as it is no plain number"),
        ("<BALAMT>1,234<DTASOF>20260301", "`1,234`, as it is no plain number"),
    ];
    for (fields, expected) in cases {
        let outcome = balances(&format!("<LEDGERBAL>{fields}</LEDGERBAL>"));
        assert_eq!(outcome.facts.notes, [format!("1 balance is left out, the first in line 4: {expected}")]);
        assert!(outcome.facts.balances.is_empty(), "{fields}");
    }
}

#[test]
fn errors_of_the_bank_are_told() {
    let answer = "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Bad  password</STATUS></SONRS>\
                  </SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>15500<SEVERITY>ERROR</STATUS></STMTTRNRS></OFX>";
    let outcome = read(answer);
    let notes = [
        "the bank answered with an error: 15500 Bad password",
        "the bank answered with an error: 15500 sign-on refused",
    ];
    assert_eq!((outcome.facts.row_count, outcome.facts.notes.as_slice()), (0, &notes.map(str::to_owned)[..]));
    let fine = "<OFX><SONRS><STATUS><CODE>0<SEVERITY>INFO<MESSAGE>OK</STATUS></SONRS></OFX>";
    assert_eq!(read(fine).facts.notes, ["the file has no statement in it"]);
}

#[test]
fn investments_and_loans_are_left_out_with_a_note() {
    let trade = "<BUYMF><INVBUY><INVTRAN><FITID>1<MEMO>x</INVTRAN><TOTAL>-5</INVBUY></BUYMF>";
    let text = format!(
        "<OFX><INVSTMTRS><INVTRANLIST>{trade}{trade}<INVBANKTRAN>{}</INVBANKTRAN>{trade}</INVTRANLIST>\
         <INVPOSLIST><POSMF><INVPOS><UNITS>1</INVPOS></POSMF></INVPOSLIST></INVSTMTRS>\
         <LOANSTMTRS><LOANTRANLIST><LOANSTMTTRN><LOANTRNAMT>5</LOANSTMTTRN></LOANTRANLIST></LOANSTMTRS></OFX>",
        row("20260301", "1.00", "")
    );
    let outcome = read(&text);
    assert_eq!(shown(&outcome), ["2026-03-01 1.00 -"]);
    let notes = [
        "3 trades are left out: investments are not kept",
        "1 holding is left out: investments are not kept",
        "1 row of a loan is left out: payments on loans are not read",
    ];
    assert_eq!(outcome.facts.notes, notes);
}
