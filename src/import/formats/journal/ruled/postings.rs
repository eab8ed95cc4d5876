//! The postings of a record: accounts and amounts by hledger's rules for numbered and unnumbered fields.
//!
//! A numbered amount goes before the unnumbered ones; of several the zeros do not count. The unnumbered ones are of the
//! first posting, and the second one takes what is left.

use super::super::costs::Cost;
use super::super::transaction::{Posting, Quantity};
use super::assigned::Assigned;
use super::field::{Field, Kind};
use super::money::{self, Money, Reading};
use super::said::Said;

/// The first posting's account where nothing names one.
pub const UNKNOWN: &str = "assets:unknown";

/// What the others are for where nothing says it.
const UNKNOWN_PURPOSE: &str = "expenses:unknown";

/// Amounts by kind, and whether they count the other way.
const AMOUNTS: [(Kind, bool); 3] = [(Kind::Amount, false), (Kind::AmountIn, false), (Kind::AmountOut, true)];

/// The texts of a posting's amounts with the currency before them, and whether they count the other way.
pub fn amounts(assigned: &Assigned<'_>, posting: u8) -> Vec<(String, bool)> {
    let filled = |number: u8| {
        AMOUNTS.into_iter().filter_map(move |(kind, is_out)| {
            let text = assigned.filled(Field::of_posting(kind, number));
            // The sign before a blank cell is no amount.
            text.filter(|text| !money::signed(text).1.is_empty()).map(|text| (text, is_out))
        })
    };
    let numbered: Vec<_> = filled(posting).collect();
    if numbered.is_empty() && posting == 1 { filled(0).collect() } else { numbered }
}

/// The currency before the amounts of a posting; blank where none is said.
pub fn currency(assigned: &Assigned<'_>, posting: u8) -> String {
    let numbered = assigned.filled(Field::of_posting(Kind::Currency, posting));
    let own = || if posting == 1 { assigned.filled(Field::of(Kind::Currency)) } else { None };
    numbered.or_else(own).unwrap_or_default()
}

/// All postings; the first one is what the record says of its account. `most` is the highest number of any in the
/// rules.
///
/// # Errors
/// For amounts that are none, and for a first posting without one.
pub fn postings(
    assigned: &Assigned<'_>,
    reading: &Reading,
    most: u8,
    year: i32,
) -> Result<Vec<Posting>, String> {
    let mut all = Vec::new();
    for number in 1..=most.max(2) {
        let account = assigned.filled(Field::of_posting(Kind::Account, number));
        let money = moved(assigned, reading, number)?;
        let account = match (account, number) {
            (Some(account), _) => account,
            (None, 1) => UNKNOWN.to_owned(),
            (None, _) if number == 2 || money.is_some() => UNKNOWN_PURPOSE.to_owned(),
            (None, _) => continue,
        };
        if number == 1 && money.is_none() {
            return Err("it has no amount".to_owned());
        }
        all.push(posting(assigned, number, &account, money, year)?);
    }
    Ok(all)
}

fn posting(
    assigned: &Assigned<'_>,
    number: u8,
    account: &str,
    money: Option<Money>,
    year: i32,
) -> Result<Posting, String> {
    let said = Said::of(assigned.filled(Field::of_posting(Kind::Comment, number)).as_deref(), year)?;
    let inner = [('(', ')'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| account.strip_prefix(*open).and_then(|inner| inner.strip_suffix(*close)));
    let (quantity, cost) = match money {
        Some(money) => (Quantity::Given(money.amount), money.cost),
        None => (Quantity::Missing(None), Cost::None),
    };
    Ok(Posting {
        account: inner.unwrap_or(account).to_owned(),
        is_virtual: inner.is_some(),
        date: said.date,
        quantity,
        cost,
        asserted: None,
        memo: said.text,
        tags: said.tags,
        is_unconfirmed: None,
    })
}

/// What a posting moves; none where its fields are blank.
fn moved(assigned: &Assigned<'_>, reading: &Reading, posting: u8) -> Result<Option<Money>, String> {
    let before = currency(assigned, posting);
    let mut all = Vec::new();
    for (text, is_out) in amounts(assigned, posting) {
        let mut money = reading.read(&text, &before)?;
        if is_out && !money.amount.number.is_zero() {
            money.amount.number = -money.amount.number;
        }
        all.push((text, money));
    }
    let is_nothing = |(_, money): &(String, Money)| money.amount.number.is_zero();
    if all.len() > 1 && !all.iter().all(is_nothing) {
        all.retain(|money| !is_nothing(money));
    }
    match &all[..] {
        [(one, _), (other, _), ..] if !all.iter().all(is_nothing) => {
            Err(format!("two amounts are filled: `{one}` and `{other}`"))
        }
        _ => Ok(all.into_iter().next().map(|(_, money)| money)),
    }
}
