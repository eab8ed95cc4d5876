//! Which of the columns with numbers is the amount, and which the balance, where no heading says it.
//!
//! Balances settle it: from row to row they change by the amount. Without one that does, a single column
//! is the amount, two of which each row fills one are money out and in if signs tell them apart, and
//! everything else is asked. `guess` brings the candidates.

use csv::StringRecord;
use rust_decimal::Decimal;

use super::super::text::amounts;
use super::cells::cell;
use super::headers::Money;
use crate::domain::invalid::Invalid;

/// Where the amount is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its column or columns.
    pub money: Money,
    /// The balance that goes with it.
    pub balance: Option<usize>,
    /// Whether a plus is money out.
    pub is_inverted: bool,
    /// Why, as it is shown.
    pub why: String,
}

/// More columns with numbers than these are not tried against each other.
const MOST: usize = 8;

/// Finds the amount among the candidates; `balance` is one that is known already.
///
/// # Errors
/// Where several readings fit, or none of several columns shows what it is; the hint names the flags.
pub fn find(
    rows: &[&StringRecord],
    candidates: &[usize],
    balance: Option<usize>,
) -> Result<Option<Found>, Invalid> {
    let values = Values::new(rows, candidates, balance);
    match (&values.fits()[..], candidates) {
        (_, []) => Ok(None),
        ([one], _) => Ok(Some(one.clone())),
        (_, [one]) => Ok(Some(Found {
            money: Money::Amount(*one),
            balance: None,
            is_inverted: false,
            why: "the only column of numbers that can be one".to_owned(),
        })),
        ([], [a, b]) if values.are_sides(*a, *b) => values.sides(*a, *b).map(Some),
        _ => Err(values.ask(candidates)),
    }
}

/// The numbers of the candidates, row by row.
struct Values<'a> {
    rows: &'a [&'a StringRecord],
    candidates: &'a [usize],
    balances: Vec<usize>,
    mark: char,
}

impl<'a> Values<'a> {
    fn new(rows: &'a [&'a StringRecord], candidates: &'a [usize], balance: Option<usize>) -> Self {
        let has_comma = |column: &usize| {
            let reads = rows.iter().filter_map(|row| amounts::read(cell(row, *column)));
            reads.map(|read| read.magnitudes()).any(|[dot, comma]| dot.is_none() && comma.is_some())
        };
        let mark = if candidates.iter().any(has_comma) { ',' } else { '.' };
        let balances = balance.map_or_else(|| candidates.to_vec(), |balance| vec![balance]);
        Values { rows, candidates, balances, mark }
    }

    /// The number of a cell, nothing where it is blank.
    fn value(&self, row: usize, column: usize) -> Decimal {
        let read = amounts::read(cell(self.rows[row], column)).and_then(|read| read.value(self.mark));
        read.unwrap_or_default()
    }

    /// Every reading under which balances change by the amounts.
    fn fits(&self) -> Vec<Found> {
        let mut fits = Vec::new();
        if self.candidates.len() > MOST || self.rows.len() < 3 {
            return fits;
        }
        for balance in self.balances.iter().copied() {
            let others = || self.candidates.iter().copied().filter(move |column| *column != balance);
            let why = |what: &str| format!("column {} changes by {what}, as a balance does", balance + 1);
            for one in others() {
                for is_inverted in [false, true] {
                    let amount = |row| if is_inverted { -self.value(row, one) } else { self.value(row, one) };
                    if self.adds_up(balance, amount) {
                        let why = why(if is_inverted { "it, upside down" } else { "it" });
                        let money = Money::Amount(one);
                        fits.push(Found { money, balance: Some(balance), is_inverted, why });
                    }
                }
                for other in others().filter(|other| *other != one && self.are_sides(one, *other)) {
                    // Money out may have its minus already.
                    let out = |row| self.value(row, one).abs();
                    if self.adds_up(balance, |row| self.value(row, other) - out(row)) {
                        let money = Money::Sides { debit: Some(one), credit: Some(other) };
                        let found =
                            Found { money, balance: Some(balance), is_inverted: false, why: why("them") };
                        fits.push(found);
                    }
                }
            }
        }
        fits
    }

    /// Whether the balances change by the amounts in every row, from the first on or from the last.
    fn adds_up(&self, balance: usize, amount: impl Fn(usize) -> Decimal) -> bool {
        let balance = |row| self.value(row, balance);
        let mut pairs = 1..self.rows.len();
        let has_amount = (0..self.rows.len()).any(|row| !amount(row).is_zero());
        has_amount
            && (pairs.clone().all(|row| balance(row) - balance(row - 1) == amount(row))
                || pairs.all(|row| balance(row - 1) - balance(row) == amount(row - 1)))
    }

    /// Whether every row has a number in one of the two and nothing, or zero, in the other, both ways.
    fn are_sides(&self, a: usize, b: usize) -> bool {
        let filled = |row| (!self.value(row, a).is_zero(), !self.value(row, b).is_zero());
        let mut seen = (false, false);
        for (has_a, has_b) in (0..self.rows.len()).map(filled) {
            if has_a && has_b {
                return false;
            }
            seen = (seen.0 || has_a, seen.1 || has_b);
        }
        seen == (true, true)
    }

    /// Two columns of which each row fills one: the one with minus signs is money out.
    fn sides(&self, a: usize, b: usize) -> Result<Found, Invalid> {
        let is_out = |column| (0..self.rows.len()).any(|row| self.value(row, column).is_sign_negative());
        let (debit, credit) = match (is_out(a), is_out(b)) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return Err(self.ask_sides(a, b)),
        };
        let money = Money::Sides { debit: Some(debit), credit: Some(credit) };
        let why = "each row fills one, and minus signs tell which is money out".to_owned();
        Ok(Found { money, balance: None, is_inverted: false, why })
    }

    fn ask_sides(&self, a: usize, b: usize) -> Invalid {
        let filled = (0..self.rows.len()).find(|row| !self.value(*row, a).is_zero()).unwrap_or(0);
        let example = cell(self.rows[filled], a);
        Invalid::new(format!(
            "columns {} and {} are money out and money in, and no row settles which is which",
            a + 1,
            b + 1
        ))
        .hint(format!(
            "say `--debit-column {} --credit-column {}` where `{example}` went out, or `--debit-column {} --credit-column {}`",
            a + 1,
            b + 1,
            b + 1,
            a + 1
        ))
    }

    fn ask(&self, candidates: &[usize]) -> Invalid {
        if let [a, b] = *candidates
            && self.are_sides(a, b)
        {
            return self.ask_sides(a, b);
        }
        let first = self.rows.first();
        let flag = |column: &usize| {
            let example = first.map_or("", |row| cell(row, *column));
            format!("`--amount-column {}` for `{example}`", column + 1)
        };
        let flags: Vec<_> = candidates.iter().take(5).map(flag).collect();
        Invalid::new(format!(
            "{} columns can be the amount, and no row settles which one is",
            candidates.len()
        ))
        .hint(format!(
            "say {}; money out and in have `--debit-column` and `--credit-column`",
            flags.join(", or ")
        ))
    }
}
