//! Transfers of which one account's row says more than the other's: it has further parts, or a category. Whichever
//! row comes first, the transaction is made of the one that says more.

use std::collections::{HashMap, VecDeque};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::parts::transfers;
use crate::import::formats::FileLine;

/// A side of a transfer: the account and the other one as the file names them, the day and what the account has of it.
type Side = (String, String, NaiveDate, Decimal);

/// Rows that say more than the other side's, by that one.
#[derive(Debug, Default)]
pub struct FullerRows(HashMap<Side, VecDeque<FileLine>>);

impl FullerRows {
    /// Keeps a row that may say more than its other sides do.
    pub fn see(&mut self, line: &FileLine) {
        let Some(purpose) = line.purpose.as_ref().filter(|_| !line.is_pending) else { return };
        let has_category = purpose.parts.iter().any(|part| part.category.is_some());
        if purpose.parts.len() < 2 && !has_category {
            return;
        }
        let Some(account) = &line.account else { return };
        let mut sides: HashMap<(&String, NaiveDate), Decimal> = HashMap::new();
        for part in &purpose.parts {
            let Some(other) = part.other_account.as_ref().filter(|other| *other != account) else { continue };
            let sum = sides.entry((other, part.other_date.unwrap_or(line.date))).or_default();
            *sum = sum.saturating_add(part.other_amount.as_ref().map_or(-part.amount, |(amount, _)| *amount));
        }
        for ((other, date), amount) in sides {
            // What it looks like in the bank's file is the row's own line's to keep.
            let kept = FileLine { raw: String::new(), ..line.clone() };
            let side = (other.clone(), account.clone(), date, amount.normalize());
            self.0.entry(side).or_default().push_back(kept);
        }
    }

    /// Takes the row that says more than this one, which is a transfer as a whole and has no category.
    pub fn take(&mut self, line: &FileLine) -> Option<FileLine> {
        let parts = line.purpose.as_ref().map_or(&[][..], |purpose| &purpose.parts);
        if self.0.is_empty() || parts.iter().any(|part| part.category.is_some()) {
            return None;
        }
        let sides = transfers(line);
        let other = sides.first()?.other?;
        if sides.len() < parts.len() || sides.iter().any(|side| side.other != Some(other)) {
            return None;
        }
        let side = (line.account.clone()?, other.clone(), line.date, line.amount.normalize());
        self.0.get_mut(&side)?.pop_front()
    }
}
