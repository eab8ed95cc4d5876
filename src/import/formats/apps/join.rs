//! The rows that a day's entries make: the parts of one transaction as one row with parts, all others as they are.

use rust_decimal::Decimal;

use super::super::{FilePart, Rejected, Row};
use super::entry::{Entry, Split};
use super::left_out::LeftOut;
use super::program::Program;
use super::splits::{self, Group};
use super::window::Slot;

/// The rows, in the file's order; a joined one stands where its first entry does.
pub fn rows(program: Program, slots: Vec<Slot>, left_out: &mut LeftOut) -> Vec<Row> {
    let entries = slots.iter().map(|slot| match slot {
        Slot::Entry(entry) => Some(entry),
        Slot::Row(_) => None,
    });
    let found = splits::find(program, &entries.collect::<Vec<_>>());
    let mut slots: Vec<Option<Slot>> = slots.into_iter().map(Some).collect();
    left_out.mixed_splits += found.mixed.len() as u64;
    found.mixed.iter().for_each(|place| slots[*place] = None);
    for place in found.mixed_parts {
        if let Some(Slot::Entry(entry)) = &mut slots[place] {
            entry.split = None;
        }
    }
    for place in found.lost {
        if let Some(Slot::Entry(entry)) = slots[place].take() {
            slots[place] = Some(Slot::Row(rejected(&entry)));
        }
    }
    for group in found.groups {
        let (place, row) = joined(&mut slots, group);
        slots[place] = Some(Slot::Row(row));
    }
    slots.into_iter().flatten().map(|slot| row(slot, left_out)).collect()
}

fn row(slot: Slot, left_out: &mut LeftOut) -> Row {
    match slot {
        Slot::Row(row) => row,
        Slot::Entry(entry) => {
            let is_alone = matches!(entry.split, Some(Split::Part { of: 2.., .. }));
            // The other account has a transfer's part as a row of its own, which is whole.
            left_out.single_parts += u64::from(is_alone && entry.other_account.is_none());
            Row::Line(entry.into_line())
        }
    }
}

fn rejected(entry: &Entry) -> Row {
    let of = match entry.split {
        Some(Split::Whole { of, .. }) => of,
        _ => 0,
    };
    let reason =
        format!("of the {of} parts of the split not all are on its day, or they do not come to its total");
    Row::Rejected(Rejected { line: entry.line, text: entry.raw.clone(), reason })
}

/// An entry with its place.
type Placed = (usize, Entry);

/// Takes the entries of a group out of their slots; the row that they make, and its place.
fn joined(slots: &mut [Option<Slot>], group: Group) -> (usize, Row) {
    let mut taken = |place: usize| match slots[place].take() {
        Some(Slot::Entry(entry)) => Some(entry),
        _ => None,
    };
    let (head, whole) = (group.whole, group.whole.and_then(&mut taken));
    let parts: Vec<Placed> =
        group.parts.into_iter().filter_map(|place| Some((place, taken(place)?))).collect();
    let (parts, further) = told_apart(parts);
    let place = parts.iter().map(|(place, _)| *place).chain(head).min().unwrap_or_default();
    for (place, entry) in further {
        slots[place] = Some(Slot::Entry(entry));
    }
    (place, put_together(whole, parts.into_iter().map(|(_, part)| part).collect()))
}

/// The parts, and those that go to an account to which another of them goes: that account has a row for each, and so is
/// each a row of its own. Firefly III has one row for all of them there, too.
fn told_apart(parts: Vec<Placed>) -> (Vec<Placed>, Vec<Placed>) {
    let (mut own, mut further): (Vec<Placed>, Vec<Placed>) = (Vec::new(), Vec::new());
    for (place, entry) in parts {
        let is_like = |(_, known): &Placed| known.other_account == entry.other_account;
        let is_part = matches!(entry.split, Some(Split::Part { .. }));
        if is_part && entry.other_account.is_some() && own.iter().any(is_like) {
            let memo = memo_of(&entry);
            further.push((place, Entry { split: None, memo, ..entry }));
        } else {
            own.push((place, entry));
        }
    }
    (own, further)
}

fn put_together(whole: Option<Entry>, parts: Vec<Entry>) -> Row {
    let (line, raw) = texts(whole.iter().chain(&parts));
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount));
    let Some(amount) = sum else {
        return Row::Rejected(Rejected {
            line,
            text: raw,
            reason: "the parts sum to more than can be counted".into(),
        });
    };
    let bank_id =
        parts.iter().filter_map(|part| part.bank_id.clone()).min_by_key(|id| (id.len(), id.clone()));
    let payee = parts.iter().find_map(|part| part.payee.clone());
    let mut row = match whole {
        Some(whole) => Entry {
            memo: memo_of(&whole),
            payee: whole.payee.or(payee),
            ..Entry::new(whole.account, whole.date, amount)
        },
        None => head(&parts, payee, amount),
    };
    row.currency = parts.iter().find_map(|part| part.currency.clone());
    for tag in parts.iter().flat_map(|part| &part.tags) {
        if !row.tags.contains(tag) {
            row.tags.push(tag.clone());
        }
    }
    let is_unconfirmed = parts.iter().any(|part| part.is_unconfirmed);
    row = Entry { line, raw, bank_id, is_unconfirmed, ..row };
    row.other_account = only_transfer(&parts);
    if row.other_account.is_none() {
        let parts = file_parts(parts, row.payee.as_deref());
        return Row::Line(row.into_line_of(parts));
    }
    row.other_amount = sum_there(&parts);
    Row::Line(row.into_line())
}

/// The row's own words where no entry stands for the whole.
fn head(parts: &[Entry], payee: Option<String>, amount: Decimal) -> Entry {
    let first = parts.first();
    let account = first.map(|part| part.account.clone()).unwrap_or_default();
    let date = first.map(|part| part.date).unwrap_or_default();
    let memo = first.and_then(|part| match &part.split {
        Some(Split::Group { title, .. }) => Some(title.clone()),
        _ => None,
    });
    Entry { payee, memo, ..Entry::new(account, date, amount) }
}

/// The first line of the entries, and their texts in the file's order.
fn texts<'a>(entries: impl Iterator<Item = &'a Entry>) -> (u64, String) {
    let mut texts: Vec<_> = entries.map(|entry| (entry.line, entry.raw.as_str())).collect();
    texts.sort_by_key(|(line, _)| *line);
    let line = texts.first().map_or(0, |(line, _)| *line);
    (line, texts.into_iter().map(|(_, raw)| raw).collect::<Vec<_>>().join("\n"))
}

/// The other account, where all parts went there and nothing else is said of them: that is a transfer as a whole.
fn only_transfer(parts: &[Entry]) -> Option<String> {
    let other = parts.first()?.other_account.as_ref()?;
    let is_same = |part: &Entry| part.other_account.as_ref() == Some(other) && part.category.is_none();
    parts.iter().all(is_same).then(|| other.clone())
}

/// What the other account has of all parts, which are in one currency there.
fn sum_there(parts: &[Entry]) -> Option<(Decimal, Option<String>)> {
    let (_, currency) = parts.first()?.other_amount.as_ref()?;
    let there = |part: &Entry| {
        part.other_amount.as_ref().filter(|(_, code)| code == currency).map(|(amount, _)| *amount)
    };
    let sum = parts.iter().map(there).try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))?;
    Some((sum, currency.clone()))
}

fn file_parts(parts: Vec<Entry>, payee: Option<&str>) -> Vec<FilePart> {
    let of = |part: Entry| {
        let memo = memo_of(&part);
        let other_payee = part.payee.filter(|own| Some(own.as_str()) != payee);
        let memo = match (other_payee, memo) {
            (Some(payee), Some(memo)) => Some(format!("{payee}, {memo}")),
            (payee, memo) => payee.or(memo),
        };
        let Entry { category, other_account, other_amount, amount, .. } = part;
        FilePart { category, other_account, other_amount, amount, memo, ..FilePart::default() }
    };
    parts.into_iter().map(of).collect()
}

/// The memo without the marker of a split.
fn memo_of(entry: &Entry) -> Option<String> {
    match &entry.split {
        Some(Split::Part { memo, .. } | Split::Whole { memo, .. }) => memo.clone(),
        _ => entry.memo.clone(),
    }
}
