//! Actual Budget's transactions. A split has a row for the whole, which counts as nothing (`Amount` 0, its total in
//! `Split_Amount`), and one for each part with its `Amount`; transfers have the other account's name as their payee.

use rust_decimal::Decimal;

use super::super::text::fold;
use super::category;
use super::columns::Column;
use super::entry::{Entry, Split};
use super::fields::{Fields, one_line};
use super::left_out::LeftOut;
use super::markers::{self, Marker};
use super::reading::Reading;

/// Reads one record.
///
/// # Errors
/// One lower-case sentence.
pub fn read(fields: &Fields<'_>, reading: &Reading, left_out: &mut LeftOut) -> Result<Entry, String> {
    let (amount, _) = reading.amount(fields.get(Column::Amount))?;
    let date = reading.date(fields.get(Column::Date))?;
    let mut entry = Entry::new(fields.account()?, date, amount);
    let payee = fields.text(Column::Payee);
    let is_transfer =
        payee.as_ref().is_some_and(|payee| *payee != entry.account && reading.accounts.contains(payee));
    (entry.payee, entry.other_account) = if is_transfer { (None, payee) } else { (payee, None) };
    entry.category = category_of(fields);
    entry.memo = fields.text(Column::Memo);
    entry.split = split(fields, amount, reading)?;
    if !matches!(entry.split, Some(Split::Whole { .. })) {
        match &*fold(fields.get(Column::Cleared)) {
            "not cleared" => entry.is_unconfirmed = true,
            "reconciled" => left_out.reconciled += 1,
            _ => {}
        }
    }
    Ok(entry)
}

fn split(fields: &Fields<'_>, amount: Decimal, reading: &Reading) -> Result<Option<Split>, String> {
    let text = fields.get(Column::SplitAmount);
    let total = if text.is_empty() { Decimal::ZERO } else { reading.amount(text)?.0 };
    let marker = markers::of_actual(fields.get(Column::Memo));
    match marker {
        Some((Marker::Whole { of }, memo)) if amount.is_zero() => {
            Ok(Some(Split::Whole { of, total, memo: one_line(memo) }))
        }
        _ if !total.is_zero() => {
            Err(format!("the row has the split amount `{text}`, but its notes do not say of how many parts"))
        }
        Some((Marker::Part { number, of }, memo)) => {
            Ok(Some(Split::Part { number, of, memo: one_line(memo) }))
        }
        _ => Ok(None),
    }
}

fn category_of(fields: &Fields<'_>) -> Option<String> {
    let name = fields.get(Column::Category);
    if category::is_starting(name) || (name.is_empty() && category::is_starting(fields.get(Column::Payee))) {
        return Some(category::STARTING.to_owned());
    }
    category::path(fields.get(Column::Group), name)
}
