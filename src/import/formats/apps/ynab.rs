//! YNAB's register: two columns of money with the user's sign of the currency, transfers named by their payee, one row
//! for each part of a split. YNAB 4 has other headings for groups, and pots for the income of this month and the next.

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
    let (amount, currency) = money(fields, reading)?;
    let date = reading.date(fields.get(Column::Date))?;
    let mut entry = Entry::new(fields.account()?, date, amount);
    entry.currency = currency.map(str::to_owned);
    (entry.payee, entry.other_account) = parties(fields.get(Column::Payee));
    entry.category = category_of(fields);
    entry.memo = fields.text(Column::Memo).or_else(|| check(fields));
    entry.tags = fields.text(Column::Flag).into_iter().collect();
    if let Some((Marker::Part { number, of }, memo)) = markers::of_ynab(fields.get(Column::Memo)) {
        let memo = one_line(memo);
        if of == 1 { entry.memo = memo } else { entry.split = Some(Split::Part { number, of, memo }) }
    }
    match &*fold(fields.get(Column::Cleared)) {
        "uncleared" | "u" => entry.is_unconfirmed = true,
        "reconciled" | "r" => left_out.reconciled += 1,
        _ => {}
    }
    Ok(entry)
}

/// What came in less what went out, and the currency that stands beside it.
fn money(fields: &Fields<'_>, reading: &Reading) -> Result<(Decimal, Option<&'static str>), String> {
    let [outflow, inflow] = [Column::Outflow, Column::Inflow].map(|column| fields.get(column));
    if outflow.is_empty() && inflow.is_empty() {
        return Err("the row has neither an outflow nor an inflow".to_owned());
    }
    let read = |text: &str| if text.is_empty() { Ok((Decimal::ZERO, None)) } else { reading.amount(text) };
    let ((out, out_currency), (into, in_currency)) = (read(outflow)?, read(inflow)?);
    let amount = into.checked_sub(out).ok_or_else(|| format!("the amount `{outflow}` is too large"))?;
    Ok((amount, out_currency.or(in_currency)))
}

/// The payee, or the own account on the other side: `Transfer : Savings`, in YNAB 4 also `Shop / Transfer : Savings`.
fn parties(text: &str) -> (Option<String>, Option<String>) {
    let (payee, transfer) = match text.split_once(" / Transfer :") {
        Some((payee, account)) => (payee, Some(account)),
        None => (text, transfer(text)),
    };
    match transfer.and_then(one_line) {
        Some(account) if payee.len() < text.len() => (one_line(payee), Some(account)),
        Some(account) => (None, Some(account)),
        None => (one_line(text), None),
    }
}

fn transfer(text: &str) -> Option<&str> {
    let (start, rest) = text.split_at_checked("transfer".len())?;
    let rest = rest.trim_start().strip_prefix(':');
    rest.filter(|_| start.eq_ignore_ascii_case("transfer"))
}

fn category_of(fields: &Fields<'_>) -> Option<String> {
    let (group, name) = names(fields);
    let is_pot = matches!(&*fold(group), "inflow") || is_income_pot(&fold(group), &fold(name));
    match () {
        () if category::is_starting(fields.get(Column::Payee)) && (is_pot || name.is_empty()) => {
            Some(category::STARTING.to_owned())
        }
        () if is_pot => Some(category::INCOME.to_owned()),
        () if fold(group) == "hidden categories" => hidden(name).or_else(|| category::path(group, name)),
        () => category::path(group, name),
    }
}

/// `Ready to Assign` without a group, and YNAB 4's `Income: Available this month`.
fn is_income_pot(group: &str, name: &str) -> bool {
    match group {
        "" => matches!(name, "ready to assign" | "to be budgeted"),
        "income" => name.starts_with("available "),
        _ => false,
    }
}

/// The group and the name of the category, from columns of their own, else from the one that has both.
fn names<'a>(fields: &Fields<'a>) -> (&'a str, &'a str) {
    let [group, name, sub, path] =
        [Column::Group, Column::Category, Column::SubCategory, Column::CategoryPath]
            .map(|column| fields.get(column));
    let is_ynab_4 = !sub.is_empty();
    let both = if path.is_empty() { name } else { path };
    match both.split_once(':') {
        _ if is_ynab_4 => (group, sub),
        Some((group_of, name_of)) if group.is_empty() => (group_of.trim(), name_of.trim()),
        _ => (group, name),
    }
}

/// YNAB 4 keeps where a hidden category stood: ``Everyday ` Spending Money ` 11``.
fn hidden(name: &str) -> Option<String> {
    let mut parts = name.split('`').map(str::trim);
    let (group, name) = (parts.next()?, parts.next()?);
    category::path(group, name)
}

/// The number of a cheque.
fn check(fields: &Fields<'_>) -> Option<String> {
    fields.text(Column::Check).map(|number| format!("check {number}"))
}
