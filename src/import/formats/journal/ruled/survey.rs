//! The first pass over the records: what all of them say of the order of days, the decimal mark and the codes.

use std::io::{self, Read};

use super::super::super::csv::records::{Record, Records};
use super::super::super::csv::seen::Ids;
use super::super::super::text::dates;
use super::super::super::text::votes::{self, DateVotes, MarkVotes, Verdict};
use super::super::super::{DateOrder, Options, SurveyError};
use super::assigned::Assigned;
use super::field::{Field, Kind};
use super::money::{self, Reading};
use super::postings::amounts;
use super::row::Settled;
use super::rules::Rules;

/// What the records have in common.
pub struct Votes {
    dates: DateVotes,
    marks: MarkVotes,
    codes: Ids,
    least_width: Option<usize>,
}

impl Votes {
    /// Goes through all records.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn count<R: Read>(mut records: Records<R>, rules: &Rules) -> io::Result<Votes> {
        let (dates, marks, codes) = (DateVotes::default(), MarkVotes::default(), Ids::default());
        let mut votes = Votes { dates, marks, codes, least_width: None };
        let mut record = Record::default();
        let mut to_skip = 0;
        while records.read(&mut record)? {
            if to_skip > 0 {
                to_skip -= 1;
                continue;
            }
            let assigned = Assigned::new(rules, &record.fields);
            if assigned.ends() {
                break;
            }
            match assigned.skipped() {
                Some(count) => to_skip = count.saturating_sub(1),
                None => votes.see(&record, &assigned),
            }
        }
        Ok(votes)
    }

    fn see(&mut self, record: &Record, assigned: &Assigned<'_>) {
        if record.flaw.is_some() {
            return;
        }
        let text = assigned.filled(Field::of(Kind::Date)).unwrap_or_default();
        if let Some(read) = dates::read(&text) {
            self.dates.count(read, record.line, &text);
        }
        for (text, _) in amounts(assigned, 1) {
            if let Some(read) = money::plain(&text) {
                self.marks.count(read, record.line, &text);
            }
        }
        let account = assigned.filled(Field::of_posting(Kind::Account, 1)).unwrap_or_default();
        let code = assigned.filled(Field::of(Kind::Code)).unwrap_or_default();
        self.codes.count(&code, &account, "");
        if !record.is_last {
            let cells = record.fields.len();
            self.least_width = Some(self.least_width.map_or(cells, |least| least.min(cells)));
        }
    }

    /// Settles how the file is read: by what the user says, else the rules, else all records.
    ///
    /// # Errors
    /// `Open` where the order of days or the decimal mark stays so.
    pub fn settle(self, rules: &Rules, options: &Options) -> Result<Settled, SurveyError> {
        let date_format = options.date_format.clone().or_else(|| match options.date_order {
            Some(_) => None,
            None => rules.settings.date_format.clone(),
        });
        let order = match (&date_format, options.date_order) {
            (Some(_), _) => DateOrder::Ymd,
            (None, Some(order)) => order,
            (None, None) => match self.dates.verdict() {
                Verdict::Any => DateOrder::Ymd,
                Verdict::Settled(order) => order,
                Verdict::Open(line, text) => return Err(SurveyError::Open(votes::ask_order(line, &text))),
            },
        };
        let mark = match options.decimal.or(rules.settings.decimal) {
            Some(mark) => mark,
            None => match self.marks.verdict() {
                Verdict::Any => '.',
                Verdict::Settled(mark) => mark,
                Verdict::Open(line, text) => return Err(SurveyError::Open(votes::ask_mark(line, &text))),
            },
        };
        Ok(Settled {
            reading: Reading { mark, currency: options.currency.clone().unwrap_or_default() },
            order,
            date_format,
            codes_are_ids: self.codes.are_ids(),
            least_width: self.least_width.unwrap_or_default(),
        })
    }
}
