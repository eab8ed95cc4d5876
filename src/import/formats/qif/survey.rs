//! The first pass: every date and amount is counted, so that one order and one decimal mark fit all, at flat memory.

use std::collections::HashSet;

use super::super::text::votes::{self, DateVotes, MarkVotes, Verdict};
use super::super::text::{Encoded, amounts};
use super::super::{DateOrder, Facts, FormatName, Options, SurveyError};
use super::dates;
use super::entries::{Item, LeftOut};
use super::fields::Fields;
use super::row::Reading;
use super::sides::Sides;
use crate::domain::invalid::Invalid;

/// Nobody has more accounts.
const MOST_ACCOUNTS: usize = 10_000;

/// What the records of a file have in common.
pub struct Survey {
    facts: Facts,
    dates: DateVotes,
    marks: MarkVotes,
    accounts: HashSet<String>,
    sides: Sides,
    /// How to read, but for what is settled in the end.
    reading: Reading,
}

impl Survey {
    /// A survey of no records yet.
    pub fn new(encoded: Encoded, options: &Options) -> Self {
        let mut facts = Facts::new(FormatName::Qif);
        facts.described.push(("encoding".to_owned(), encoded.encoding.name().to_owned()));
        let reading = Reading {
            date_format: options.date_format.clone(),
            currency: options.currency.clone(),
            ..Reading::default()
        };
        let (dates, marks) = (DateVotes::default(), MarkVotes::default());
        Survey { facts, dates, marks, accounts: HashSet::new(), sides: Sides::default(), reading }
    }

    /// Counts one record.
    ///
    /// # Errors
    /// For a file with more accounts than anybody has.
    pub fn count(&mut self, item: &Item<'_>) -> Result<(), SurveyError> {
        self.facts.row_count += 1;
        if item.fault.is_some() {
            return Ok(());
        }
        if let Some(account) = item.account.filter(|account| !self.accounts.contains(*account)) {
            if self.accounts.len() == MOST_ACCOUNTS {
                let message = format!("the file names more than {MOST_ACCOUNTS} accounts");
                return Err(Invalid::new(message).hint("export one account at a time").into());
            }
            self.accounts.insert(account.to_owned());
            self.facts.see_account(account);
        }
        if let Some(code) = item.currency.filter(|_| self.reading.currency.is_none()) {
            self.facts.see_currency(code);
        }
        let fields = Fields::of(&item.record.raw);
        if let Some(text) = fields.date
            && let Some(read) = self.reading.date_text(text)
        {
            self.dates.count(read, item.record.line, &dates::plain(text));
            self.sides.see(item, &fields, read);
        }
        for text in fields.amounts() {
            if let Some(read) = amounts::read(text) {
                self.marks.count(read, item.record.line, text);
            }
        }
        Ok(())
    }

    /// What was found, and how the rows are to be read.
    ///
    /// # Errors
    /// For a file without sections, and where order or mark stay open.
    pub fn settle(mut self, left_out: &LeftOut, options: &Options) -> Result<(Facts, Reading), SurveyError> {
        if !left_out.has_sections {
            let message = "the file is no QIF: no line opens a section, such as `!Type:Bank`";
            let hint = "leave out `--input-format`, and the file's content says what it is";
            return Err(Invalid::new(message).hint(hint).into());
        }
        self.reading.order = settled(options.date_order, self.dates.verdict(), votes::ask_order)?;
        self.reading.decimal = settled(options.decimal, self.marks.verdict(), votes::ask_mark)?;
        let Survey { mut facts, mut reading, sides, accounts, .. } = self;
        reading.accounts = accounts;
        reading.apart = sides.apart(&reading);
        describe(&mut facts, &reading);
        facts.date_order = reading.order;
        facts.decimal = reading.decimal;
        facts.notes = notes(left_out);
        if let Some(code) = reading.currency.as_ref().filter(|_| facts.row_count > 0) {
            facts.see_currency(code);
        }
        Ok((facts, reading))
    }
}

/// What was said, else what the rows say; none where nothing depends on it.
fn settled<T>(
    said: Option<T>,
    verdict: Verdict<T>,
    ask: impl Fn(u64, &str) -> Invalid,
) -> Result<Option<T>, SurveyError> {
    match (said, verdict) {
        (Some(said), _) => Ok(Some(said)),
        (None, Verdict::Any) => Ok(None),
        (None, Verdict::Settled(found)) => Ok(Some(found)),
        (None, Verdict::Open(line, text)) => Err(SurveyError::Open(ask(line, &text))),
    }
}

fn describe(facts: &mut Facts, reading: &Reading) {
    let order = reading.order.map(DateOrder::words).map(str::to_owned);
    let dates = reading.date_format.clone().or(order).map(|value| ("dates", value));
    let decimal = reading.decimal.map(|mark| ("decimal mark", format!("`{mark}`")));
    facts
        .described
        .extend([dates, decimal].into_iter().flatten().map(|(what, value)| (what.to_owned(), value)));
}

/// What was left out, one sentence each.
fn notes(left_out: &LeftOut) -> Vec<String> {
    let counted = |count: u64, one: &str, many: &str| {
        let (name, verb) = if count == 1 { (one, "is") } else { (many, "are") };
        (count > 0).then(|| format!("{count} {name} {verb} left out: investments are not kept"))
    };
    let unknown = left_out.unknown.iter().map(|(header, count)| {
        let (name, verb) = if *count == 1 { ("record", "is") } else { ("records", "are") };
        format!("{count} {name} of the section `!{header}` {verb} left out: it is not known")
    });
    let investments = [
        counted(left_out.trades, "trade", "trades"),
        counted(left_out.securities, "security", "securities"),
        counted(left_out.prices, "list of prices", "lists of prices"),
    ];
    investments.into_iter().flatten().chain(unknown).collect()
}
