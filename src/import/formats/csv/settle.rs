//! What the whole file decides: the layout made of what the first pass counted.
//!
//! The last step of `survey`. What the user said stands; what rows leave open is asked, never guessed.

use super::super::text::currency;
use super::super::text::dates;
use super::super::text::fold;
use super::super::text::votes::{self, Verdict};
use super::super::{DateOrder, Options, Signs, SurveyError};
use super::dialect::Dialect;
use super::flags::FlagWords;
use super::guess::Guess;
use super::headers::{Columns, Money};
use super::layout::{Currency, Layout};
use super::seen::{Ids, Values};
use super::survey::Survey;
use crate::domain::invalid::Invalid;

impl Survey {
    /// Settles everything, or says what is open.
    pub fn settle(
        mut self,
        dialect: Dialect,
        words: FlagWords,
        guess: Option<Guess>,
        options: &Options,
    ) -> Result<Layout, SurveyError> {
        let (order, decimal) = match (self.order(&dialect, options), self.mark(options)) {
            (Ok(order), Ok(mark)) => (order, mark),
            (Err(open), Ok(_)) | (Ok(_), Err(open)) => return Err(SurveyError::Open(open)),
            (Err(order), Err(mark)) => return Err(SurveyError::Open(both(order, mark))),
        };
        let currency = currency_of(&self.columns, &dialect, options);
        let directions = self.directions(options).map_err(SurveyError::Open)?;
        let accounts = self.choose_account(options);
        self.choose_id(options);
        let guess = guess.unwrap_or_default();
        Ok(Layout {
            width: usual_width(&self.widths, self.rows).max(dialect.names.len()),
            least_width: self.least_width.unwrap_or_else(|| named_width(&dialect.names)),
            least_scale: self.least_scales[usize::from(decimal == Some(','))].unwrap_or(0),
            is_newest_first: self.is_newest_first(order),
            is_one_sided: directions.signs == Some(Signs::Unsigned) && self.is_one_sided(options),
            order,
            decimal,
            directions,
            words,
            is_in_cents: options.in_cents.unwrap_or_else(|| is_in_cents(&self.columns, &dialect)),
            is_inverted: options.is_inverted.unwrap_or(guess.is_inverted),
            currencies: stated(self.currencies, currency.as_ref()),
            currency,
            guessed: guess.reasons,
            accounts,
            rows: self.rows,
            left_out: self.left_out,
            columns: self.columns,
            dialect,
        })
    }

    /// The order said, else stated by the header, else settled by the rows or their other dates.
    fn order(&self, dialect: &Dialect, options: &Options) -> Result<Option<DateOrder>, Invalid> {
        let in_header = || dates::order_in_header(dialect.names.get(self.columns.date)?);
        if let Some(order) = options.date_order.or_else(in_header) {
            return Ok(Some(order));
        }
        match (self.dates.verdict(), self.other_dates.verdict()) {
            (Verdict::Settled(order), _) | (Verdict::Open(..), Verdict::Settled(order)) => Ok(Some(order)),
            (Verdict::Any, _) => Ok(None),
            (Verdict::Open(line, text), _) => Err(votes::ask_order(line, &text)),
        }
    }

    /// The mark said, else settled by the rows or their balances.
    fn mark(&mut self, options: &Options) -> Result<Option<char>, Invalid> {
        if let Some(mark) = options.decimal {
            return Ok(Some(mark));
        }
        match (self.marks.verdict(), self.balance_marks.verdict()) {
            (Verdict::Settled(mark), _) | (_, Verdict::Settled(mark)) => Ok(Some(mark)),
            (Verdict::Open(line, text), _) => Err(votes::ask_mark(line, &text)),
            (Verdict::Any, Verdict::Any) => Ok(None),
            (Verdict::Any, Verdict::Open(..)) => {
                // Balances alone are not worth a question: nothing depends on them.
                self.columns.balance = None;
                Ok(None)
            }
        }
    }

    /// Whether the rows go back in time.
    fn is_newest_first(&self, order: Option<DateOrder>) -> bool {
        let order = order.unwrap_or(DateOrder::Dmy);
        let days = self.ends.and_then(|(first, last)| Some((first.day(order)?, last.day(order)?)));
        days.is_some_and(|(first, last)| first > last)
    }

    /// Whether several amounts in one column all count as money in.
    fn is_one_sided(&self, options: &Options) -> bool {
        self.rows > 2 && options.is_inverted.is_none()
    }

    /// The first column of accounts whose values can be, one that is filled in every row if there is one; a name where
    /// the number is masked. Rows that leave a chosen one blank are nobody's.
    fn choose_account(&mut self, options: &Options) -> Vec<String> {
        let is_said = options.account_column.is_some();
        let (values, columns) =
            (std::mem::take(&mut self.accounts), std::mem::take(&mut self.columns.accounts));
        let mut fit: Vec<_> = values.into_iter().zip(columns).collect();
        if !is_said {
            self.left_out.crowded =
                fit.iter().find(|(values, _)| values.is_full()).map(|(_, account)| account.column);
            fit.retain(|(values, _)| values.is_of_few());
            if fit.iter().any(|(values, _)| values.is_everywhere()) {
                fit.retain(|(values, _)| values.is_everywhere());
            }
        }
        let is_masked = fit.first().is_some_and(|(values, _)| values.len() == 1);
        let named = fit.iter().position(|(values, account)| account.is_name && values.len() > 1);
        let at = named.filter(|_| is_masked).unwrap_or(0);
        let Some((values, account)) = fit.into_iter().nth(at) else { return Vec::new() };
        self.columns.accounts = vec![account];
        values.into_values()
    }

    fn choose_id(&mut self, options: &Options) {
        let is_said = options.id_column.is_some();
        let fits = |(ids, column): (&Ids, &usize)| (is_said || ids.are_ids()).then_some(*column);
        self.columns.ids = self.ids.iter().zip(&self.columns.ids).find_map(fits).into_iter().collect();
    }
}

/// The headers of the amounts.
fn money_names<'a>(columns: &Columns, dialect: &'a Dialect) -> impl Iterator<Item = &'a String> {
    let columns = match columns.money {
        Money::Amount(column) => [Some(column), None],
        Money::Sides { debit, credit } => [debit, credit],
    };
    columns.into_iter().flatten().filter_map(|column| dialect.names.get(column))
}

/// The currency said, else that of the header.
fn currency_of(columns: &Columns, dialect: &Dialect, options: &Options) -> Option<Currency> {
    let said = options.currency.clone().map(|code| Currency { code, is_said: true });
    let in_header = || money_names(columns, dialect).find_map(|name| currency::in_header(name));
    said.or_else(|| in_header().map(|code| Currency { code: code.to_owned(), is_said: false }))
}

/// Whether the header says that amounts are cents: `Amount (cents)`, `amount_in_pence`.
fn is_in_cents(columns: &Columns, dialect: &Dialect) -> bool {
    const WORDS: [&str; 6] = ["cents", "cent", "pence", "centimes", "centavos", "ore"];
    let says = |name: &String| {
        let folded = fold(name);
        WORDS.iter().any(|word| folded.ends_with(&format!(" {word}"))) || folded.ends_with("minor units")
    };
    money_names(columns, dialect).any(says)
}

/// The currencies that rows state, else that of the file.
fn stated(currencies: Values, of_file: Option<&Currency>) -> Vec<String> {
    let mut stated = Vec::new();
    let plain = |sign: String| match of_file {
        Some(of_file) if currency::may_be(&sign, &of_file.code) => of_file.code.clone(),
        _ => sign,
    };
    for code in currencies.into_values().iter().map(|text| plain(currency::of_cell(text))) {
        if !stated.contains(&code) {
            stated.push(code);
        }
    }
    if stated.is_empty() {
        stated.extend(of_file.map(|currency| currency.code.clone()));
    }
    stated
}

/// The width that most rows have, if there is one.
fn usual_width(widths: &[u64], rows: u64) -> usize {
    let most = widths.iter().enumerate().max_by_key(|(_, count)| **count);
    most.filter(|(_, count)| **count * 2 > rows).map_or(0, |(width, _)| width)
}

/// The header's width without the nameless columns at its end.
fn named_width(names: &[String]) -> usize {
    names.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1)
}

fn both(a: Invalid, b: Invalid) -> Invalid {
    let hints: Vec<_> = [a.hint, b.hint].into_iter().flatten().collect();
    Invalid { message: format!("{}; {}", a.message, b.message), hint: Some(hints.join("; ")) }
}
