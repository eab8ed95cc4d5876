//! CSV files as hledger's rules read them: each record is the transaction that hledger would make of it.
//!
//! `parse` makes `Rules` of a text, once. `survey` then goes through a file twice: for what all records settle, and
//! for its rows, which `rows` streams again. From the bottom up: `field`, `columns` -> `template`, `matching` ->
//! `rules` -> `assigned` (values for a record) -> `money`, `postings` -> `row` -> `reader`. Balancing and booking are
//! those of journals.

mod assigned;
mod columns;
mod field;
mod lines;
mod matching;
mod money;
mod parse;
mod postings;
mod reader;
mod row;
mod rules;
mod said;
mod survey;
mod template;
#[cfg(test)]
mod tests;

use std::io::{self, Read, SeekFrom};

use super::super::csv::records::{Record, Records};
use super::super::text::{self, Encoded, Lines};
use super::super::{Facts, FormatName, Options, ReadSeek, Row, Rows, Statement, SurveyError};
use super::names::Names;
use crate::domain::invalid::Invalid;
use reader::{Found, Reader};
use row::Settled;
pub use rules::Rules;
use survey::Votes;

/// A surveyed CSV file with its rules.
#[derive(Debug)]
pub struct Ruled {
    rules: std::sync::Arc<Rules>,
    encoded: Encoded,
    separator: u8,
    settled: Settled,
    names: Names,
    facts: Facts,
}

/// Goes through the file and settles how its rows are read.
///
/// # Errors
/// For a file without records; where the order of days or the decimal mark stays open.
pub fn survey(
    input: &mut dyn ReadSeek,
    options: &Options,
    rules: &std::sync::Arc<Rules>,
) -> Result<Ruled, SurveyError> {
    let encoding = options.encoding.as_deref().or(rules.settings.encoding.as_deref());
    let encoded = text::detect(input, encoding)?;
    let separator = match options.delimiter.or(rules.settings.separator) {
        Some(said) => u8::try_from(said).unwrap_or(b','),
        None => separator(input, encoded, rules)?,
    };
    let votes = Votes::count(records(input, encoded, separator, rules)?, rules)?;
    let settled = votes.settle(rules, options)?;
    let mut names = Names::default();
    let mut facts = Facts::new(FormatName::Csv);
    let mut reader = Reader::new(records(input, encoded, separator, rules)?, rules, &settled);
    while let Some(found) = reader.read()? {
        facts.row_count += 1;
        if let Found::Row(row) = found {
            names.count(&row.movement.purse);
        }
    }
    facts.notes = reader.notes();
    drop(reader);
    if facts.row_count == 0 {
        return Err(Invalid::new("the file has no rows").into());
    }
    for (name, currency) in names.settle() {
        if name != postings::UNKNOWN {
            facts.accounts.push(name);
        }
        if !currency.is_empty() {
            facts.see_currency(&currency);
        }
    }
    describe(&mut facts, encoded, separator, &settled);
    let rules = std::sync::Arc::clone(rules);
    Ok(Ruled { rules, encoded, separator, settled, names, facts })
}

fn describe(facts: &mut Facts, encoded: Encoded, separator: u8, settled: &Settled) {
    let mut tell = |what: &str, value: String| facts.described.push((what.to_owned(), value));
    tell("encoding", encoded.encoding.name().to_owned());
    tell("delimiter", if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() });
    match &settled.date_format {
        Some(format) => tell("date format", format.clone()),
        None => tell("date order", settled.order.as_str().to_owned()),
    }
    tell("decimal mark", settled.reading.mark.to_string());
    facts.decimal = Some(settled.reading.mark);
    facts.date_order = Some(settled.order).filter(|_| settled.date_format.is_none());
}

/// What parts the columns where nobody says it: a comma, unless the first line has none.
fn separator(input: &mut dyn ReadSeek, encoded: Encoded, rules: &Rules) -> io::Result<u8> {
    let mut record = Record::default();
    for separator in *b",;\t|" {
        records(input, encoded, separator, rules)?.read(&mut record)?;
        if record.fields.len() > 1 {
            return Ok(separator);
        }
    }
    Ok(b',')
}

/// The records of a file from its first row on.
fn records<'a>(
    input: &'a mut dyn ReadSeek,
    encoded: Encoded,
    separator: u8,
    rules: &Rules,
) -> io::Result<Records<impl Read + use<'a>>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    let mut lines = Lines::new(input, encoded.encoding, 0);
    let mut passed = String::new();
    let mut to_skip = rules.settings.skip;
    while to_skip > 0 && lines.read(&mut passed)?.is_some() {
        to_skip -= usize::from(!super::super::csv::records::is_blank(&passed));
        passed.clear();
    }
    Ok(Records::new(lines, separator, rules.width().max(2)))
}

impl Statement for Ruled {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let records = records(input, self.encoded, self.separator, &self.rules)?;
        let mut reader = Reader::new(records, &self.rules, &self.settled);
        Ok(Box::new(std::iter::from_fn(move || {
            Some(match reader.read().transpose()? {
                Err(error) => Err(error),
                Ok(Found::Rejected(rejected)) => Ok(Row::Rejected(rejected)),
                Ok(Found::Row(row)) => Ok(Row::Line(row.line(&self.names))),
            })
        })))
    }

    fn says_purposes(&self) -> bool {
        true
    }

    fn kind(&self) -> String {
        "rules".to_owned()
    }

    fn source(&self) -> String {
        format!("rules:{}", self.rules.fingerprint())
    }
}
