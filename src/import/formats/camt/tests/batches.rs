//! Entries of several payments: when each is a row, and by what they are told apart.

use super::*;

/// A payment of so much, with these elements besides.
fn payment(amount: &str, more: &str) -> String {
    format!("<TxDtls>\n{more}<AmtDtls><TxAmt><Amt Ccy=\"EUR\">{amount}</Amt></TxAmt></AmtDtls></TxDtls>")
}

fn batch(more: &str, payments: &[String]) -> Outcome {
    read(&file(&format!("<Ntry>{DEBIT}{more}<NtryDtls>{}</NtryDtls></Ntry>", payments.concat())))
}

/// The amounts and bank's ids of the rows.
fn rows(outcome: &Outcome) -> Vec<(String, &str)> {
    let rows = outcome.lines.iter();
    rows.map(|line| (line.amount.to_string(), line.bank_id.as_deref().unwrap_or("-"))).collect()
}

fn reference(text: &str) -> String {
    format!("<Refs><AcctSvcrRef>{text}</AcctSvcrRef></Refs>")
}

#[test]
fn each_payment_of_a_batch_is_a_row() {
    let name = |name: &str| format!("<RltdPties><Cdtr><Pty><Nm>{name}</Nm></Pty></Cdtr></RltdPties>");
    let payments = [payment("10.00", &name("A")), payment("2.50", &name("B"))];
    let outcome = batch("<AcctSvcrRef>E</AcctSvcrRef><AddtlNtryInf>batch</AddtlNtryInf>", &payments);
    assert_eq!(rows(&outcome), [("-10.00".to_owned(), "E#1"), ("-2.50".to_owned(), "E#2")]);
    let [first, second] = &outcome.lines[..] else { panic!("{outcome:?}") };
    assert_eq!((first.payee.as_deref(), second.payee.as_deref()), (Some("A"), Some("B")));
    assert_eq!((first.line, second.line), (3, 4));
    assert_eq!(first.raw, payments[0]);
    assert_eq!(second.memo.as_deref(), Some("batch"));
    let booking = first.booking.as_ref().expect("it is one of two payments");
    assert_eq!((booking.reference.as_deref(), booking.total.to_string()), (Some("E"), "-12.50".to_owned()));
    assert_eq!(first.booking, second.booking);
    assert_eq!(outcome.facts.notes, [""; 0]);
}

#[test]
fn references_that_a_batch_repeats_are_told_apart() {
    let cases = [
        (["R1", "R2"], ["R1", "R2"]),
        (["R", "R"], ["R#1", "R#2"]),
        (["R", "NONREF"], ["R", "E#2"]),
        (["NOTPROVIDED", "0"], ["E#1", "E#2"]),
        (["R", "E"], ["R", "E#2"]),
    ];
    for (references, expected) in cases {
        let payments =
            [payment("10.00", &reference(references[0])), payment("2.50", &reference(references[1]))];
        let outcome = batch("<AcctSvcrRef>E</AcctSvcrRef>", &payments);
        let ids: Vec<_> = rows(&outcome).into_iter().map(|(_, id)| id).collect();
        assert_eq!(ids, expected);
    }
    let nameless = batch("", &[payment("10.00", ""), payment("2.50", "")]);
    assert!(nameless.lines.iter().all(|line| line.bank_id.is_none()));
}

#[test]
fn details_that_do_not_sum_are_one_row_and_said() {
    let note = "1 entry of several payments is one row: their amounts are not shown or do not sum to it";
    let with = |amount: &str, currency: &str| payment(amount, "").replace("EUR", currency);
    let cases = [
        [with("10.00", "EUR"), with("2.49", "EUR")],
        [with("10.00", "EUR"), with("2.50", "USD")],
        [with("10.00", "EUR"), "<TxDtls/>".to_owned()],
        [with("10.00", "EUR"), with("2,50", "EUR")],
    ];
    for payments in cases {
        let outcome = batch("<AcctSvcrRef>E</AcctSvcrRef>", &payments);
        assert_eq!(rows(&outcome), [("-12.50".to_owned(), "E")], "{payments:?}");
        assert_eq!(outcome.lines[0].booking, None);
        assert_eq!(outcome.facts.notes, [note]);
    }
}

#[test]
fn one_row_for_several_payments_says_what_all_of_them_say() {
    let common = "<RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>";
    let memo = |text: &str| format!("{common}<RmtInf><Ustrd>{text}</Ustrd></RmtInf>");
    let outcome =
        batch("<AddtlNtryInf>all</AddtlNtryInf>", &[payment("1", &memo("a")), payment("2", &memo("b"))]);
    let line = &outcome.lines[0];
    assert_eq!((line.payee.as_deref(), line.memo.as_deref()), (Some("Shop"), Some("all")));
    assert!(line.raw.starts_with("<Ntry>") && line.raw.ends_with("</Ntry>"));
}

#[test]
fn a_single_payment_has_the_entrys_amount() {
    let other = "<Amt Ccy=\"SEK\">0</Amt><AmtDtls><TxAmt><Amt Ccy=\"EUR\">9.99</Amt></TxAmt></AmtDtls>";
    assert_eq!(row_of(&detail(other)).amount.to_string(), "-12.50");
}

#[test]
fn payments_may_go_both_ways() {
    let own = |amount: &str, side: &str| {
        format!("<TxDtls><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd></TxDtls>")
    };
    let outcome = batch("", &[own("15.00", "DBIT"), own("2.50", "CRDT")]);
    assert_eq!(rows(&outcome), [("-15.00".to_owned(), "-"), ("2.50".to_owned(), "-")]);
}

#[test]
fn the_amount_in_the_accounts_currency_is_taken_wherever_it_stands() {
    let foreign = "<TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"USD\">11.00</Amt></InstdAmt>\
        <CntrValAmt><Amt Ccy=\"EUR\">10.00</Amt></CntrValAmt></AmtDtls></TxDtls>";
    let plain = "<TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">2.50</Amt></InstdAmt></AmtDtls></TxDtls>";
    let outcome = batch("", &[foreign.to_owned(), plain.to_owned()]);
    assert_eq!(rows(&outcome), [("-10.00".to_owned(), "-"), ("-2.50".to_owned(), "-")]);
}

#[test]
fn payments_in_several_blocks_are_one_batch() {
    let blocks = [payment("10.00", ""), "</NtryDtls><NtryDtls>".to_owned(), payment("2.50", "")];
    assert_eq!(batch("", &blocks).lines.len(), 2);
}
