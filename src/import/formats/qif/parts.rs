//! What a transaction was for: its splits, or its one category or transfer.

use rust_decimal::Decimal;

use super::super::{FilePart, Purpose};
use super::category::Category;
use super::fields::{Fields, Split};
use super::row::{Reading, one_line};

/// What the book's own counterpart of a first balance is called.
pub const STARTING: &str = "Starting balances";

/// The transaction's purpose, if it states one; its parts sum to `total`. A transfer as a whole has no parts, as its
/// other account is the row's, unless that has it on another day.
///
/// # Errors
/// One lower-case sentence, where a split cannot be read or the splits do not sum to the total.
pub fn read(
    fields: &Fields<'_>,
    total: Decimal,
    is_opening: bool,
    (reading, line): (&Reading, u64),
) -> Result<Option<Box<Purpose>>, String> {
    let parts = if fields.splits.is_empty() {
        let name = if is_opening { Some(STARTING) } else { fields.category.name };
        let moved =
            || fields.category.account.and_then(|account| of_other_day(account, total, (reading, line)));
        name.map(|name| of_name(name, total)).or_else(moved).into_iter().collect()
    } else {
        splits(&fields.splits, total, (reading, line))?
    };
    let classes = fields.splits.iter().map(|split| split.category.class);
    let mut tags = Vec::new();
    for tag in std::iter::once(fields.category.class).chain(classes).flatten().filter_map(one_line) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let is_bare = parts.is_empty() && tags.is_empty();
    Ok((!is_bare).then(|| Box::new(Purpose { parts, tags, ..Purpose::default() })))
}

fn of_name(name: &str, amount: Decimal) -> FilePart {
    FilePart { category: one_line(name), amount, ..FilePart::default() }
}

fn of_other_day(account: &str, amount: Decimal, (reading, line): (&Reading, u64)) -> Option<FilePart> {
    let other_date = Some(reading.other_day(line, Some(account))?);
    Some(FilePart { other_account: one_line(account), other_date, amount, ..FilePart::default() })
}

fn splits(
    splits: &[Split<'_>],
    total: Decimal,
    (reading, line): (&Reading, u64),
) -> Result<Vec<FilePart>, String> {
    let mut sum = Decimal::ZERO;
    let mut parts = Vec::with_capacity(splits.len());
    for split in splits {
        let Category { name, account, .. } = split.category;
        let Some(text) = split.amount else {
            let of = name.or(account).map_or(String::new(), |name| format!(" of `{name}`"));
            return Err(format!("the split{of} has no amount"));
        };
        let amount = reading.amount(text)?;
        sum = sum
            .checked_add(amount)
            .ok_or_else(|| format!("the splits sum to more than can be counted, at `{text}`"))?;
        let memo = split.memo.and_then(one_line);
        parts.push(FilePart {
            category: name.and_then(one_line),
            other_account: account.and_then(one_line),
            other_date: reading.other_day(line, account),
            amount,
            memo,
            ..FilePart::default()
        });
    }
    if sum == total { Ok(parts) } else { Err(format!("the splits sum to {sum}, but the total is {total}")) }
}
