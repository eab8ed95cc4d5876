//! One row: the statement line that it is, or all reasons why it is none.
//!
//! `rows` asks for each record that is a row at all. Nothing is guessed here: what a cell means was
//! settled for the whole file.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::amounts::{self, Side};
use super::super::text::currency;
use super::super::text::is_no_id;
use super::super::{DateOrder, FileLine};
use super::cells::{AmountCell, Reading, cell};
use super::guess;
use super::headers::Money;
use super::layout::Layout;
use super::records::{Record, is_blank};

/// A record that is a row, with what is needed to read it.
pub struct RowReader<'a> {
    /// How rows of this file are read.
    pub layout: &'a Layout,
    /// The row.
    pub record: &'a Record,
    /// Its date and amounts.
    pub reading: Reading<'a>,
    /// Where money goes, by the layout's flag; none where its word says nothing.
    pub flagged: Option<Side>,
    /// Whether its status says that it is not booked.
    pub is_pending: bool,
}

impl<'a> RowReader<'a> {
    /// The statement line.
    ///
    /// # Errors
    /// Why the row is none, as one sentence.
    pub fn line(&self) -> Result<FileLine, String> {
        self.refuse_shape()?;
        let (date, amount) = match (self.date(), self.amount()) {
            (Ok(date), Ok(amount)) => (date, amount),
            (Err(date), Err(amount)) => return Err(format!("{date}; {amount}")),
            (Err(reason), _) | (_, Err(reason)) => return Err(reason),
        };
        self.refuse_cut(amount)?;
        let amount = if self.layout.is_inverted { negated(amount) } else { amount };
        let columns = &self.layout.columns;
        let payee = self.payee(amount);
        let bank_id = self.text(columns.ids.first().copied()).filter(|id| !is_no_id(id));
        let account = self.text(columns.accounts.first().map(|account| account.column));
        let balance = self.text(columns.balance).and_then(amounts::read);
        Ok(FileLine {
            line: self.record.line,
            date,
            amount,
            currency: self.currency(),
            payee: payee.map(|column| self.cell(column).to_owned()),
            memo: self.memo(payee),
            bank_id: bank_id.map(str::to_owned),
            // A quote left over from a field that opened without one is not part of a number.
            account: account.map(|account| account.trim_matches('"').to_owned()),
            is_pending: self.is_pending,
            balance: balance.and_then(|read| read.value(self.mark())).map(|value| self.in_units(value)),
            other_account: None,
            booking: None,
            statement: 0,
            purpose: None,
            raw: self.record.raw.clone(),
        })
    }

    fn cell(&self, column: usize) -> &'a str {
        cell(&self.record.fields, column)
    }

    fn text(&self, column: Option<usize>) -> Option<&'a str> {
        column.map(|column| self.cell(column)).filter(|text| !text.is_empty())
    }

    /// Refuses a record that was cut, or whose cells are not where they belong.
    fn refuse_shape(&self) -> Result<(), String> {
        let (cells, Layout { width, least_width, .. }) = (self.record.fields.len(), self.layout);
        if let Some(flaw) = self.record.flaw {
            return Err(flaw.reason().to_owned());
        }
        if cells > *width && self.record.fields.iter().skip(*width).any(|text| !is_blank(text)) {
            let delimiter = char::from(self.layout.dialect.delimiter);
            return Err(format!(
                "it has {cells} fields where others have {width}: a `{delimiter}` within a text may lack its quotes"
            ));
        }
        if self.record.is_last && cells < *least_width {
            return Err(format!("the file ends in the row: it has {cells} of {least_width} fields"));
        }
        Ok(())
    }

    /// Refuses an amount in which the file seems to end: nothing stands behind it, and it has fewer decimals than all
    /// others.
    fn refuse_cut(&self, amount: Decimal) -> Result<(), String> {
        let last = self.record.fields.len().checked_sub(1);
        let is_last = match self.layout.columns.money {
            Money::Amount(column) => last == Some(column),
            Money::Sides { debit, credit } => last.is_some() && (last == debit || last == credit),
        };
        let has_fewer = amount.scale() < self.layout.least_scale;
        if !(self.record.is_last && is_last && has_fewer) {
            return Ok(());
        }
        Err(format!("the file ends in the row: `{amount}` has fewer decimals than every other amount"))
    }

    fn date(&self) -> Result<NaiveDate, String> {
        let Some(text) = self.reading.date_text else {
            return Err(self.lacks("date"));
        };
        if text.is_empty() {
            return Err("the date is empty".to_owned());
        }
        let Some(read) = self.reading.date else { return Err(format!("the date `{text}` cannot be read")) };
        // Where no order is settled, every one gives the same day.
        let order = self.layout.order.unwrap_or(DateOrder::Dmy);
        read.day(order).ok_or_else(|| format!("the date `{text}` does not exist as {}", order.words()))
    }

    fn amount(&self) -> Result<Decimal, String> {
        let Money::Amount(_) = self.layout.columns.money else { return self.amount_of_sides() };
        match self.reading.debit.text {
            None => Err(self.lacks("amount")),
            Some(_) if self.reading.debit.is_empty() => Err("the amount is empty".to_owned()),
            Some(text) => {
                let value = self.value(&self.reading.debit, text)?;
                self.directed(value)
            }
        }
    }

    fn lacks(&self, what: &str) -> String {
        let (cells, columns) = (self.record.fields.len(), self.layout.dialect.names.len());
        format!("the {what} is missing: the row ends after {cells} of {columns} fields")
    }

    fn mark(&self) -> char {
        self.layout.decimal.unwrap_or('.')
    }

    /// The number in a cell, signed as it stands.
    fn value(&self, amount: &AmountCell<'_>, text: &str) -> Result<Decimal, String> {
        let read = amount.read.ok_or_else(|| format!("the amount `{text}` is not a number"))?;
        let value = read.value(self.mark()).ok_or_else(|| {
            format!("the amount `{text}` is not a number with `{}` as its decimal mark", self.mark())
        })?;
        Ok(self.in_units(value))
    }

    /// A number of the file as an amount: whole cents are hundredths.
    fn in_units(&self, value: Decimal) -> Decimal {
        if self.layout.is_in_cents { value * Decimal::new(1, 2) } else { value }
    }

    /// The amount with the direction that a mark beside it, or a column of its own, gives it.
    fn directed(&self, value: Decimal) -> Result<Decimal, String> {
        let marked = self.reading.debit.read.and_then(|read| read.side);
        let side = match self.layout.directions.flag {
            _ if marked.is_some() => marked,
            Some(ref flag) => Some(self.flagged.ok_or_else(|| {
                let (word, column) = (self.cell(flag.column), self.layout.column(flag.column));
                format!("`{word}` in {column} does not say whether money goes in or out")
            })?),
            None => self.layout.directions.is_unmarked_debit.then_some(Side::Debit),
        };
        Ok(match side {
            Some(Side::Debit) => negated(value.abs()),
            Some(Side::Credit) => value.abs(),
            None => value,
        })
    }

    /// The amount of a row with columns for money out and money in.
    fn amount_of_sides(&self) -> Result<Decimal, String> {
        let value = |amount: &AmountCell<'_>| match amount.text {
            Some(text) if !amount.is_empty() => self.value(amount, text).map(Some),
            _ => Ok(None),
        };
        let out =
            |value: Decimal| if self.layout.directions.is_debit_signed { value } else { negated(value) };
        match (value(&self.reading.debit)?, value(&self.reading.credit)?) {
            (None, None) => Err("neither money out nor money in is filled".to_owned()),
            (Some(debit), None) => Ok(out(debit)),
            (None, Some(credit)) => Ok(credit),
            (Some(debit), Some(credit)) if credit.is_zero() => Ok(out(debit)),
            (Some(debit), Some(credit)) if debit.is_zero() => Ok(credit),
            (Some(debit), Some(credit)) => {
                Err(format!("money out (`{debit}`) and money in (`{credit}`) are both filled"))
            }
        }
    }

    /// The currency beside the amount, else of its column, else of the header. A sign that several have is made the
    /// one that the next of these says, if that has it.
    fn currency(&self) -> Option<String> {
        let beside = self.reading.currency().map(str::to_owned);
        let of_column = self.text(self.layout.columns.currency).map(currency::of_cell);
        let of_file = self.layout.currency.as_ref().map(|currency| currency.code.clone());
        currency::plainest([beside, of_column, of_file])
    }

    /// The column of the payee: who sent money that came in, else the first that is filled.
    fn payee(&self, amount: Decimal) -> Option<usize> {
        let columns = &self.layout.columns;
        let payer = columns.payer.filter(|_| amount.is_sign_positive());
        let mut candidates = payer.into_iter().chain(columns.payee.iter().copied());
        candidates.find(|column| is_text(self.cell(*column), columns.is_payee_by_words))
    }

    /// The memo columns, else the texts that are not the payee.
    fn memo(&self, payee: Option<usize>) -> Option<String> {
        let columns = &self.layout.columns;
        let texts = || columns.texts.iter().copied().filter(|column| Some(*column) != payee);
        self.joined(columns.memo.iter().copied(), false).or_else(|| self.joined(texts(), columns.is_by_words))
    }

    fn joined(&self, columns: impl Iterator<Item = usize>, is_by_words: bool) -> Option<String> {
        let mut texts = columns.map(|column| self.cell(column)).filter(|text| is_text(text, is_by_words));
        let mut all = texts.next()?.to_owned();
        for text in texts {
            all.push(' ');
            all.push_str(text);
        }
        Some(all)
    }
}

/// Whether a cell says who or what; without headings, only one with words in it.
fn is_text(text: &str, is_by_words: bool) -> bool {
    !text.is_empty() && (!is_by_words || guess::is_wordy(text))
}

/// The opposite; zero has no sign.
fn negated(value: Decimal) -> Decimal {
    if value.is_zero() { value } else { -value }
}
