//! Whole files: those of other projects' test suites, what banks do to theirs, and what the way does to them.

use std::io::Cursor;

use super::super::tests_shared::*;
use super::super::{Facts, FileLine, Options, Rejected, Row, Statement, SurveyError};
use super::survey;

mod batches;
mod broken;
mod large;
mod quirks;
mod refused;
mod samples;
mod statements;

impl Outcome {
    /// The reasons of the rejected rows, with their lines.
    pub fn reasons(&self) -> Vec<(u64, &str)> {
        self.rejected.iter().map(|rejected| (rejected.line, rejected.reason.as_str())).collect()
    }
}

/// Both passes over a file.
pub fn try_read(bytes: &[u8], options: &Options) -> Result<Outcome, SurveyError> {
    let mut input = Cursor::new(bytes);
    Outcome::of(&survey(&mut input, options)?, &mut input)
}

/// Both passes over a file that can be read.
pub fn read(text: &str) -> Outcome {
    try_read(text.as_bytes(), &Options::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A statement with these elements in it.
pub fn file(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\
         <BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>\n\
         {inner}\n</Stmt></BkToCstmrStmt></Document>\n"
    )
}

/// The elements that every entry has, of 12.50 EUR booked on 5 March 2026.
pub const DEBIT: &str = "<Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
    <BookgDt><Dt>2026-03-05</Dt></BookgDt>";

/// The one row of a statement with one such entry, which has these elements besides.
pub fn row_of(more: &str) -> FileLine {
    let mut outcome = read(&file(&format!("<Ntry>{DEBIT}{more}</Ntry>")));
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (1, 0), "{outcome:?}");
    outcome.lines.remove(0)
}

/// Its payment, with these elements in it.
pub fn detail(inner: &str) -> String {
    format!("<NtryDtls><TxDtls>{inner}</TxDtls></NtryDtls>")
}
