//! CAMT.053: the id is `AcctSvcrRef`, of the entry or, where one is several payments, of each payment.

use super::Line;

pub fn single(lines: &[Line]) -> String {
    statement(lines.iter().map(|line| {
        let details = format!("<TxDtls>{}</TxDtls>", party(line));
        entry(line, line.minor.abs(), &reference(line), &details)
    }))
}

/// Payments of a day and a direction that stand together in the file are an entry.
pub fn batched(lines: &[Line]) -> String {
    let batches = lines.chunk_by(|one, next| one.date == next.date && one.is_in() == next.is_in());
    statement(batches.map(|batch| {
        let sum = batch.iter().map(|line| line.minor.abs()).sum();
        let payments = batch.iter().map(|line| {
            let amount = format!("<AmtDtls><TxAmt><Amt Ccy=\"USD\">{}</Amt></TxAmt></AmtDtls>", line.size());
            format!("<TxDtls><Refs>{}</Refs>{amount}{}</TxDtls>", reference(line), party(line))
        });
        entry(&batch[0], sum, "", &payments.collect::<String>())
    }))
}

fn statement(entries: impl Iterator<Item = String>) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\
         <BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>USD</Ccy></Acct>\n\
         {}</Stmt></BkToCstmrStmt></Document>\n",
        entries.collect::<String>()
    )
}

fn entry(line: &Line, minor: i64, reference: &str, details: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"USD\">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{}</Dt></BookgDt>\
         {reference}<NtryDtls>{details}</NtryDtls></Ntry>\n",
        super::decimal(minor),
        if line.is_in() { "CRDT" } else { "DBIT" },
        line.date
    )
}

/// Without an id some banks leave it out, and others say that there is none.
fn reference(line: &Line) -> String {
    match (&line.id, line.variant) {
        (Some(id), _) => format!("<AcctSvcrRef>{id}</AcctSvcrRef>"),
        (None, 0) => String::new(),
        (None, _) => "<AcctSvcrRef>NONREF</AcctSvcrRef>".to_owned(),
    }
}

/// The other side: who got what went out, and who sent what came in.
fn party(line: &Line) -> String {
    if line.payee.is_empty() {
        return String::new();
    }
    let side = if line.is_in() { "Dbtr" } else { "Cdtr" };
    format!("<RltdPties><{side}><Nm>{}</Nm></{side}></RltdPties>", line.payee)
}
