//! The first pass: date order, decimal mark, and the names that rows need of others, counted over all records.

use std::collections::HashSet;

use super::super::text::votes::{self, DateVotes, MarkVotes, Verdict};
use super::super::{Options, SurveyError};
use super::columns::Column;
use super::fields::Fields;
use super::program::Program;
use super::reading::Reading;
use super::sides;
use crate::domain::invalid::Invalid;

/// Nobody has more accounts, or categories.
const MOST_NAMES: usize = 10_000;

/// What the records have in common so far.
pub struct Learned {
    program: Program,
    dates: DateVotes,
    marks: MarkVotes,
    reading: Reading,
}

impl Learned {
    /// Nothing learned yet.
    pub fn new(program: Program, options: &Options) -> Self {
        let reading = Reading {
            date_format: options.date_format.clone(),
            currency: options.currency.clone(),
            has_signs: program.writes_signs(),
            ..Reading::default()
        };
        Learned { program, dates: DateVotes::default(), marks: MarkVotes::default(), reading }
    }

    /// Counts one record, which starts at this line.
    ///
    /// # Errors
    /// For a file with more accounts than anybody has.
    pub fn count(&mut self, line: u64, fields: &Fields<'_>) -> Result<(), SurveyError> {
        let date = fields.get(Column::Date);
        if let Some(read) = self.reading.date_text(date) {
            self.dates.count(read, line, date);
        }
        for column in self.program.money() {
            let text = fields.get(*column);
            if let Some(read) = self.reading.amount_text(text) {
                self.marks.count(read, line, text);
            }
        }
        if let Some(account) = fields.text(Column::Account) {
            see(&mut self.reading.accounts, &account)?;
        }
        if self.program == Program::Firefly {
            self.learn_sides(fields)?;
        }
        Ok(())
    }

    fn learn_sides(&mut self, fields: &Fields<'_>) -> Result<(), SurveyError> {
        let sides = sides::Sides::of(fields);
        sides.own_names().try_for_each(|name| see(&mut self.reading.accounts, name))?;
        let first = sides.first().and_then(|side| side.name.as_ref());
        if let (Some(account), Some(code)) = (first, sides.currency()) {
            self.reading.currencies.entry(account.clone()).or_insert(code);
        }
        // What moves without a foreign amount is the same in both accounts.
        if let Some(code) = sides.currency().filter(|_| fields.get(Column::ForeignAmount).is_empty()) {
            for account in sides.own_names() {
                self.reading.currencies.entry(account.clone()).or_insert_with(|| code.clone());
            }
        }
        let category = fields.text(Column::Category).filter(|_| sides.is_spending());
        if let Some(category) = category.filter(|_| self.reading.spending.len() < MOST_NAMES) {
            self.reading.spending.insert(category);
        }
        Ok(())
    }

    /// How the records are to be read.
    ///
    /// # Errors
    /// Where order or mark stay open.
    pub fn settle(self, options: &Options) -> Result<Reading, SurveyError> {
        let mark = match self.marks.verdict() {
            Verdict::Open(..) if self.program.writes_bare_numbers() => Verdict::Settled('.'),
            verdict => verdict,
        };
        Ok(Reading {
            order: settled(options.date_order, self.dates.verdict(), votes::ask_order)?,
            decimal: settled(options.decimal, mark, votes::ask_mark)?,
            ..self.reading
        })
    }
}

fn see(names: &mut HashSet<String>, name: &str) -> Result<(), SurveyError> {
    if !names.contains(name) {
        if names.len() == MOST_NAMES {
            let message = format!("the file names more than {MOST_NAMES} accounts");
            return Err(Invalid::new(message).hint("export one account at a time").into());
        }
        names.insert(name.to_owned());
    }
    Ok(())
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
