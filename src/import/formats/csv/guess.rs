//! Which column is what where no heading says it: by what the cells hold.
//!
//! `dialect` asks for what neither the user nor a header word names. A guess is never silent: each comes
//! with its reason, which is shown, and what the cells leave open is asked, naming the flag. Who and what
//! a row is about is found in each row by itself (`is_wordy`), so that the same row reads the same in
//! another file.

use csv::StringRecord;
use iso_currency::Currency;

use super::super::text::amounts;
use super::super::text::dates;
use super::cells::cell;
use super::guess_money::{self, Found};
use super::headers::{AccountColumn, Columns, Money};
use super::phrases;
use super::said::Said;
use super::words::{Role, meaning};
use crate::domain::invalid::Invalid;

/// What the cells show; what was said or is known by its heading is not in it.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// The day.
    pub date: Option<usize>,
    /// The amount.
    pub money: Option<Money>,
    /// Whether a plus is money out, as the balance beside it shows.
    pub is_inverted: bool,
    balance: Option<usize>,
    currency: Option<usize>,
    account: Option<usize>,
    /// Whether there is no heading at all.
    is_nameless: bool,
    /// What was guessed and why, to be shown.
    pub reasons: Vec<(&'static str, String)>,
}

/// The first rows of a file, and what is known of their columns.
pub struct Sample<'a> {
    /// Rows of one width.
    rows: Vec<&'a StringRecord>,
    names: &'a [String],
    said: &'a Said,
    columns: Vec<Shape>,
}

/// What the cells of one column have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    filled: usize,
    dates: usize,
    numbers: usize,
    /// Numbers that show to be money: by decimals, a sign or a currency.
    money: usize,
    codes: usize,
    ibans: usize,
    /// Neither said nor known by its heading.
    is_free: bool,
}

impl<'a> Sample<'a> {
    /// Looks at the rows; those of another width than the first are left out.
    pub fn new(
        rows: impl Iterator<Item = &'a StringRecord>,
        names: &'a [String],
        said: &'a Said,
    ) -> Sample<'a> {
        let mut rows: Vec<_> = rows.collect();
        let width = rows.first().map_or(0, |row| row.len());
        rows.retain(|row| row.len() == width && row.iter().any(|text| dates::read(text).is_some()));
        let is_named = |column: usize| names.get(column).is_some_and(|name| meaning(name).is_some());
        let columns = (0..width)
            .map(|column| Shape { is_free: !said.has(column) && !is_named(column), ..shape(&rows, column) });
        let columns = columns.collect();
        Sample { rows, names, said, columns }
    }

    /// What the cells show.
    ///
    /// # Errors
    /// What they leave open, naming the flags.
    pub fn guess(&self) -> Result<Guess, Invalid> {
        let mut guess = Guess { is_nameless: self.names.iter().all(String::is_empty), ..Guess::default() };
        guess.date = self.date(&mut guess.reasons)?;
        self.money(&mut guess)?;
        guess.currency = self.currency(&guess);
        guess.account = self.account(&guess);
        Ok(guess)
    }

    fn free(&self) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(|column| self.columns[*column].is_free)
    }

    fn has(&self, role: Role) -> bool {
        self.names.iter().any(|name| meaning(name).is_some_and(|meaning| meaning.role == role))
    }

    fn date(&self, reasons: &mut Vec<(&'static str, String)>) -> Result<Option<usize>, Invalid> {
        if self.said.date.is_some() || self.has(Role::Date) {
            return Ok(None);
        }
        let all = self.rows.len();
        let dated: Vec<_> = self.free().filter(|column| self.columns[*column].dates == all).collect();
        let (column, why) = match dated[..] {
            [] => return Ok(None),
            [one] => (one, "every row has a day there"),
            [first, ..] => match self.sorted(&dated)[..] {
                _ if self.are_alike(&dated) => (first, "every row has a day there, the first of equal ones"),
                [one] => (one, "the rows are in the order of its days"),
                _ => return Err(self.ask_date(&dated)),
            },
        };
        reasons.push(("date", why.to_owned()));
        Ok(Some(column))
    }

    fn day(&self, row: usize, column: usize) -> Option<dates::DateText> {
        dates::read(cell(self.rows[row], column))
    }

    fn are_alike(&self, columns: &[usize]) -> bool {
        let is_alike =
            |row: usize| columns.iter().all(|column| self.day(row, *column) == self.day(row, columns[0]));
        (0..self.rows.len()).all(is_alike)
    }

    /// Those of the columns whose days go one way, and not all stay one.
    fn sorted(&self, columns: &[usize]) -> Vec<usize> {
        let is_sorted = |column: &usize| {
            let key = |row: usize| self.day(row, *column).map(dates::DateText::for_order);
            let keys: Vec<_> = (0..self.rows.len()).map(key).collect();
            keys.first() != keys.last() && (keys.is_sorted() || keys.is_sorted_by(|a, b| a >= b))
        };
        columns.iter().copied().filter(is_sorted).collect()
    }

    fn ask_date(&self, columns: &[usize]) -> Invalid {
        let flag =
            |column: &usize| format!("`--date-column {}` for `{}`", column + 1, cell(self.rows[0], *column));
        let flags: Vec<_> = columns.iter().map(flag).collect();
        Invalid::new(format!(
            "{} columns have a day in every row, and nothing says which one counts",
            columns.len()
        ))
        .hint(format!("say {}", flags.join(", or ")))
    }

    fn money(&self, guess: &mut Guess) -> Result<(), Invalid> {
        let has_money = [Role::Amount, Role::Debit, Role::Credit].into_iter().any(|role| self.has(role));
        if self.said.money().is_some() || has_money {
            return Ok(());
        }
        let is_money = |column: &usize| {
            let shape = self.columns[*column];
            Some(*column) != guess.date && shape.numbers > 0 && shape.numbers == shape.filled
        };
        let numbers: Vec<_> = self.free().filter(is_money).collect();
        let mut candidates: Vec<_> =
            numbers.iter().copied().filter(|column| self.columns[*column].money > 0).collect();
        if candidates.is_empty() && guess.is_nameless {
            // Whole numbers can be anything; alone, and not too long for money, they are the amount.
            candidates.extend(numbers.iter().copied().filter(|column| self.is_short(*column)));
        }
        match guess_money::find(&self.rows, &candidates, self.balance())? {
            None => {}
            Some(Found { money, balance, is_inverted, why }) => {
                guess.reasons.push(("amount", why));
                (guess.money, guess.is_inverted) = (Some(money), is_inverted);
                guess.balance = balance.filter(|_| self.balance().is_none());
            }
        }
        Ok(())
    }

    /// The balance that is said or known.
    fn balance(&self) -> Option<usize> {
        let known = |name: &String| meaning(name).is_some_and(|meaning| meaning.role == Role::Balance);
        self.said.balance.or_else(|| self.names.iter().position(known))
    }

    fn is_short(&self, column: usize) -> bool {
        self.rows.iter().all(|row| {
            let text = cell(row, column);
            text.len() <= 9 && (!text.starts_with('0') || text.len() == 1)
        })
    }

    /// The column of codes right behind the amount, else the first.
    fn currency(&self, guess: &Guess) -> Option<usize> {
        let codes: Vec<_> =
            self.free().filter(|column| self.columns[*column].codes == self.rows.len()).collect();
        let behind = guess.used().into_iter().map(|column| column + 1).find(|column| codes.contains(column));
        let is_known = self.said.currency.is_some() || self.has(Role::Currency) || self.has(Role::Valuta);
        behind.or_else(|| codes.first().copied()).filter(|_| !is_known)
    }

    /// The very first column, where it is an account in every row: further on it would be the other party's.
    fn account(&self, guess: &Guess) -> Option<usize> {
        let is_own =
            self.columns.first().is_some_and(|shape| shape.is_free && shape.ibans == self.rows.len());
        (is_own && guess.is_nameless && self.said.account.is_none()).then_some(0)
    }
}

impl Guess {
    fn used(&self) -> Vec<usize> {
        let money = match self.money {
            None => [None, None],
            Some(Money::Amount(column)) => [Some(column), None],
            Some(Money::Sides { debit, credit }) => [debit, credit],
        };
        let others = [self.date, self.balance, self.currency, self.account];
        money.into_iter().chain(others).flatten().collect()
    }

    /// Fills in what neither the user nor a heading says.
    pub fn complete(&self, columns: &mut Columns) {
        columns.balance = columns.balance.or(self.balance);
        columns.currency = columns.currency.or(self.currency);
        if columns.accounts.is_empty() {
            columns.accounts.extend(self.account.map(|column| AccountColumn { column, is_name: false }));
        }
    }
}

fn shape(rows: &[&StringRecord], column: usize) -> Shape {
    let mut shape = Shape::default();
    for text in rows.iter().map(|row| cell(row, column)).filter(|text| !text.is_empty()) {
        let number = amounts::read(text);
        shape.filled += 1;
        shape.dates += usize::from(dates::read(text).is_some());
        shape.numbers += usize::from(number.is_some());
        shape.money += usize::from(number.is_some_and(|read| is_money(text, &read)));
        shape.codes += usize::from(is_code(text));
        shape.ibans += usize::from(is_iban(text));
    }
    shape
}

/// Whether a number shows that it is money: one or two decimals, a sign, a side or a currency.
fn is_money(text: &str, read: &amounts::AmountText) -> bool {
    let behind =
        text.rfind(['.', ',']).map(|at| text[at + 1..].bytes().take_while(u8::is_ascii_digit).count());
    let has_sign = read.is_negative || text.starts_with('+');
    matches!(behind, Some(1..=2)) || has_sign || read.side.is_some() || read.currency.is_some()
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) && Currency::from_code(text).is_some()
}

fn is_iban(text: &str) -> bool {
    let bare: Vec<u8> = text.bytes().filter(|b| *b != b' ').collect();
    (15..=34).contains(&bare.len())
        && bare[..2].iter().all(u8::is_ascii_uppercase)
        && bare[2..4].iter().all(u8::is_ascii_digit)
        && bare[4..].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether a cell of a row without headings is a text: it has letters, and is no code, account, date,
/// number or direction of money.
pub fn is_wordy(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !is_code(text)
        && !is_iban(text)
        && phrases::side(text).is_none()
        && dates::read(text).is_none()
        && amounts::read(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_the_other_cells() {
        for text in ["Corner Shop", "REWE 24", "Überweisung", "AB"] {
            assert!(is_wordy(text), "{text}");
        }
        for text in [
            "",
            "EUR",
            "DE02120300000000202051",
            "NL91 ABNA 0417 1643 00",
            "12 Mar 2026",
            "5.00 EUR",
            "Bij",
            "x",
            "77",
        ] {
            assert!(!is_wordy(text), "{text}");
        }
    }
}
