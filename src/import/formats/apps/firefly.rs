//! Firefly III's journals: a row in each own account that a journal touches. The sign of `amount` says little (older
//! versions write all with a minus), so the sides decide; `foreign_amount` is the other account's in a transfer
//! between currencies.

use rust_decimal::Decimal;

use super::super::text::{currency, is_no_id};
use super::category;
use super::columns::Column;
use super::entry::{Entry, Split, negated};
use super::fields::{Fields, joined, one_line};
use super::left_out::LeftOut;
use super::reading::Reading;
use super::sides::{Kind, Sides};

/// Reads one record: an entry, or two where both sides are own accounts.
///
/// # Errors
/// One lower-case sentence.
pub fn read(fields: &Fields<'_>, reading: &Reading, left_out: &mut LeftOut) -> Result<Vec<Entry>, String> {
    let sides = Sides::of(fields);
    let mut entries = Vec::with_capacity(2);
    for is_source in [true, false] {
        if sides.side(is_source).kind == Kind::Own {
            entries.push(entry(fields, &sides, is_source, reading)?);
        }
    }
    if entries.is_empty() {
        let [source, destination] = [Column::Source, Column::Destination].map(|column| fields.get(column));
        return Err(format!("neither `{source}` nor `{destination}` is an asset account or a liability"));
    }
    count(fields, entries.len() == 2, left_out);
    Ok(entries)
}

fn entry(fields: &Fields<'_>, sides: &Sides, is_source: bool, reading: &Reading) -> Result<Entry, String> {
    let (side, other) = (sides.side(is_source), sides.side(!is_source));
    let account = side.name.clone().ok_or("the row does not name its own account")?;
    let (amount, currency) = money(fields, sides, &account, reading)?;
    let date = reading.date(fields.get(Column::Date))?;
    let signed = |amount, is_source| if is_source { negated(amount) } else { amount };
    let mut entry = Entry::new(account, date, signed(amount, is_source));
    if let (Kind::Own, Some(name)) = (other.kind, &other.name) {
        let (there, code) = money(fields, sides, name, reading)?;
        entry.other_amount = (code != currency).then(|| (signed(there, !is_source), code));
    }
    entry.currency = currency;
    let name = other.name.clone();
    (entry.payee, entry.other_account) = match other.kind {
        Kind::Own => (None, name),
        Kind::Party => (name, None),
        Kind::Nobody => (None, None),
    };
    entry.category = category_of(fields, sides, reading);
    entry.memo = joined([fields.text(Column::Description), fields.text(Column::Memo)]);
    entry.tags = tags(fields.get(Column::Tags));
    // The source's row bears the journal's number; the destination's another one, where it is the second.
    let id = fields.text(Column::JournalId).filter(|id| !is_no_id(id));
    entry.bank_id = id.map(|id| if is_source || !sides.are_both_own() { id } else { format!("{id}/2") });
    let (group, title) = (fields.text(Column::GroupId), fields.text(Column::GroupTitle));
    entry.split = group.zip(title).map(|(id, title)| Split::Group { id, title });
    Ok(entry)
}

/// The amount without sign, in the account's own currency.
fn money(
    fields: &Fields<'_>,
    sides: &Sides,
    account: &str,
    reading: &Reading,
) -> Result<(Decimal, Option<String>), String> {
    let is_first = sides.first().is_some_and(|first| first.name.as_deref() == Some(account));
    let foreign = fields.text(Column::ForeignCurrency).map(|code| currency::of_cell(&code));
    let own = sides.currency();
    let is_foreign = !is_first
        && foreign.is_some()
        && !fields.get(Column::ForeignAmount).is_empty()
        && reading.currencies.get(account).is_none_or(|known| own.as_ref() != Some(known));
    let (column, code) = if is_foreign { (Column::ForeignAmount, foreign) } else { (Column::Amount, own) };
    Ok((reading.amount(fields.get(column))?.0.abs(), code))
}

/// None between own accounts: nothing was earned or spent. A deposit is income, unless the file has spent on its
/// category, too: then it is money that came back.
fn category_of(fields: &Fields<'_>, sides: &Sides, reading: &Reading) -> Option<String> {
    let name = fields.get(Column::Category);
    match &*sides.what {
        "opening balance" | "liability credit" => Some(category::STARTING.to_owned()),
        "reconciliation" => None,
        _ if sides.are_both_own() => None,
        _ if sides.is_spending() || is_spent_on(name, reading) => category::path("", name),
        _ => category::income(name),
    }
}

fn is_spent_on(name: &str, reading: &Reading) -> bool {
    one_line(name).is_some_and(|name| reading.spending.contains(&name))
}

fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').filter_map(one_line) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn count(fields: &Fields<'_>, is_transfer: bool, left_out: &mut LeftOut) {
    let is_there = |column| u64::from(!fields.get(column).is_empty());
    left_out.budgets += is_there(Column::Budget);
    left_out.bills += is_there(Column::Bill);
    left_out.reconciled += u64::from(matches!(fields.get(Column::Reconciled), "1" | "true"));
    if is_transfer {
        left_out.transfer_categories += is_there(Column::Category);
    } else {
        left_out.foreign += is_there(Column::ForeignAmount);
    }
}
