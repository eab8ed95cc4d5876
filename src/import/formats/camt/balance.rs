//! One `Bal` of a statement: what kind it is, how much and of which day.
//!
//! `items` hands it the elements below `Bal`; `summary` checks the statement by the booked ones.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::leaf::Leaf;
use super::{amount, date};

/// A booked balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// At which end of the statement it stands.
    pub end: End,
    /// Whether it is that of a page or of a moment, with more to come.
    pub is_interim: bool,
    /// What is owed is negative.
    pub amount: Decimal,
    /// A code.
    pub currency: String,
    /// The day; none where it is not readable.
    pub date: Option<NaiveDate>,
}

/// Where in the statement a balance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `OPBD`.
    Opening,
    /// `PRCD`, the closing balance of the statement before.
    Previous,
    /// `CLBD`.
    Closing,
}

/// Reads a balance.
#[derive(Debug, Default)]
pub struct BalanceReader {
    end: Option<End>,
    is_interim: bool,
    amount: Option<Decimal>,
    currency: Option<String>,
    side: Option<String>,
    date: Option<NaiveDate>,
}

impl BalanceReader {
    /// Takes in an element below `Bal`; available and forward balances are no booked ones.
    pub fn take(&mut self, leaf: Leaf<'_>) {
        let text = leaf.text;
        match leaf.path {
            "Tp/CdOrPrtry/Cd" => {
                self.end = match text {
                    "OPBD" => Some(End::Opening),
                    "PRCD" => Some(End::Previous),
                    "CLBD" => Some(End::Closing),
                    _ => None,
                };
            }
            "Tp/SubTp/Cd" => self.is_interim = text == "INTM",
            "Amt" => {
                self.amount = amount::read(text);
                self.currency = leaf.currency.map(str::to_owned);
            }
            "CdtDbtInd" => self.side = Some(text.to_owned()),
            "Dt/Dt" | "Dt/DtTm" => self.date = date::read(text),
            _ => {}
        }
    }

    /// The balance, if it is a booked one; `currency` is that of an amount which states none.
    ///
    /// # Errors
    /// For a booked one whose amount, currency or indicator cannot be read: its end.
    pub fn finish(self, currency: Option<&str>) -> Result<Option<Balance>, End> {
        let Some(end) = self.end else { return Ok(None) };
        let side = self.side.as_deref().and_then(amount::side).ok_or(end)?;
        let value = self.amount.ok_or(end)?;
        let currency =
            self.currency.as_deref().or(currency).filter(|code| amount::is_currency(code)).ok_or(end)?;
        Ok(Some(Balance {
            end,
            is_interim: self.is_interim,
            amount: amount::signed(value, side),
            currency: currency.to_owned(),
            date: self.date,
        }))
    }
}
