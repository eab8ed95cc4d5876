//! The two passes of the survey: what all records settle, and what all rows come to.

use std::collections::HashSet;
use std::io::Read;

use super::super::csv::records::{Record, Records};
use super::super::text::Encoded;
use super::super::{DateOrder, Facts, FormatName, Options, Row, SurveyError};
use super::fields::Fields;
use super::header::Header;
use super::learned::Learned;
use super::reader::{self, Reader};
use super::reading::Reading;

/// There are no more; what is none is told as well, up to here.
const MOST_CURRENCIES: usize = 200;

/// How the records behind the header are to be read.
///
/// # Errors
/// Where date order or decimal mark stay open, and for more accounts than anybody has.
pub fn learn<R: Read>(
    mut records: Records<R>,
    header: &Header,
    options: &Options,
) -> Result<Reading, SurveyError> {
    let mut learned = Learned::new(header.program, options);
    let mut record = Record::default();
    records.read(&mut record)?;
    while records.read(&mut record)? {
        let fields = Fields::new(&header.columns, &record.fields);
        if reader::fault(&record, &fields).is_none() {
            learned.count(record.line, &fields)?;
        }
    }
    learned.settle(options)
}

/// What the rows come to.
///
/// # Errors
/// Where the file cannot be read.
pub fn facts<R: Read>(
    mut rows: Reader<'_, R>,
    encoded: Encoded,
    header: &Header,
    reading: &Reading,
) -> Result<Facts, SurveyError> {
    let mut facts = Facts::new(FormatName::Export(header.program));
    let mut accounts = HashSet::new();
    while let Some(row) = rows.read()? {
        facts.row_count += 1;
        let Row::Line(line) = row else { continue };
        if let Some(account) = line.account.filter(|account| !accounts.contains(account)) {
            facts.accounts.push(account.clone());
            accounts.insert(account);
        }
        if let Some(code) = line.currency.filter(|_| facts.currencies.len() < MOST_CURRENCIES) {
            facts.see_currency(&code);
        }
    }
    facts.notes = rows.left_out().notes();
    facts.date_order = reading.order;
    facts.decimal = reading.decimal;
    describe(&mut facts, encoded, header, reading);
    Ok(facts)
}

fn describe(facts: &mut Facts, encoded: Encoded, header: &Header, reading: &Reading) {
    let order = reading.order.map(DateOrder::words).map(str::to_owned);
    let told = [
        Some(("program", header.program.title().to_owned())),
        Some(("encoding", encoded.encoding.name().to_owned())),
        reading.date_format.clone().or(order).map(|value| ("dates", value)),
        reading.decimal.map(|mark| ("decimal mark", format!("`{mark}`"))),
    ];
    facts.described = told.into_iter().flatten().map(|(what, value)| (what.to_owned(), value)).collect();
}
