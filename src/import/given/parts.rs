//! The parts of a row as a file gives them: which are transfers, what they come to, and what share of the row's value
//! each has.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::Minor;
use crate::domain::transaction::NewPosting;
use crate::import::formats::{FileLine, FilePart};
use crate::import::plan::minor;

/// A part of a row that is a transfer.
#[derive(Clone, Copy)]
pub struct Part<'l> {
    /// The part; none where it is the row.
    pub of_file: Option<&'l FilePart>,
    /// The account on the other side, as the file names it.
    pub other: Option<&'l String>,
    /// What that has of it, where its currency is another, and which that is.
    pub other_amount: Option<&'l (Decimal, Option<String>)>,
    /// On which day, where that is another.
    pub other_date: Option<NaiveDate>,
    /// What is said of it there.
    pub other_memo: Option<&'l String>,
}

impl Part<'_> {
    /// The part of a row.
    pub fn of(part: &FilePart) -> Part<'_> {
        Part {
            of_file: Some(part),
            other: part.other_account.as_ref(),
            other_amount: part.other_amount.as_ref(),
            other_date: part.other_date,
            other_memo: part.other_memo.as_ref(),
        }
    }
}

/// The parts of a row that are transfers; the row itself where the file gives it no parts.
pub fn transfers(line: &FileLine) -> Vec<Part<'_>> {
    let parts = line.purpose.as_ref().map_or(&[][..], |purpose| &purpose.parts);
    if parts.is_empty() {
        let other = line.other_account.as_ref();
        let whole = Part { of_file: None, other, other_amount: None, other_date: None, other_memo: None };
        return other.map(|_| whole).into_iter().collect();
    }
    parts.iter().filter(|part| part.other_account.is_some()).map(Part::of).collect()
}

/// A row's value, given out to its parts as their amounts are to the whole, so that they sum to it.
pub struct Value {
    value: Option<Minor>,
    whole: Minor,
    /// How much of the amount is given out, and of the value.
    amount: i128,
    given: i128,
}

impl Value {
    /// That of a row.
    pub fn of(whole: &NewPosting) -> Value {
        Value { value: whole.value, whole: whole.amount, amount: 0, given: 0 }
    }

    /// The value of the next part.
    pub fn of_next(&mut self, part: Minor) -> Option<Minor> {
        let value = self.value?;
        self.amount += i128::from(part.0);
        let whole = i128::from(self.whole.0);
        let until = if value == self.whole || whole == 0 {
            self.amount
        } else {
            (i128::from(value.0).checked_mul(self.amount)?) / whole
        };
        let own = until - self.given;
        self.given = until;
        i64::try_from(own).ok().map(Minor)
    }
}

/// The parts of a row with what they come to in minor units. Those of nothing are left out, but for one that says what
/// a row of nothing was for.
pub fn amounts<'l>(line: &'l FileLine, exponent: u32) -> Vec<(&'l FilePart, Minor)> {
    let parts = || line.purpose.iter().flat_map(|purpose| &purpose.parts);
    let counted = |part: &'l FilePart| Some((part, minor(part.amount, exponent)?));
    let something: Vec<_> = parts().filter_map(counted).filter(|(_, amount)| !amount.is_zero()).collect();
    if !something.is_empty() || !line.amount.is_zero() {
        return something;
    }
    let says = |part: &&FilePart| part.category.is_some() && part.other_account.is_none();
    parts().find(says).map(|part| (part, Minor(0))).into_iter().collect()
}
