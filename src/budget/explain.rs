//! Where a number of a budget comes from: month by month, down to moves and transactions. The parts add up to it.

use std::collections::BTreeMap;

use super::envelopes::{ATTEMPTS, Envelopes, Place, has};
use crate::db::connection::DbConn;
use crate::db::envelope_items::{self, MoveItem, PostingItem};
use crate::db::totals::{month_key, month_of};
use crate::domain::envelope::{MonthState, Stretch};
use crate::domain::ids::{OperationId, TransactionId};
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// What sort of part it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Money moved in or out.
    Move,
    /// A posting.
    Transaction,
    /// What an envelope overspent the month before, taken from what is to be budgeted.
    Overspent,
    /// Money kept for the next month; what the month before kept comes back.
    Held,
}

/// What adds to a number, or takes from it when negative.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The day of a transaction.
    pub date: Option<chrono::NaiveDate>,
    /// The payee; where a move came from or went; whose overspending it is. None where there is none.
    pub name: Option<String>,
    /// The transaction, as `list` shows it.
    pub transaction: Option<TransactionId>,
    /// The operation that moved it, as `log` shows it.
    pub operation: Option<OperationId>,
    /// How much.
    pub amount: Amount,
}

/// The parts of one month.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MonthParts {
    /// Which.
    pub month: Month,
    /// Their sum.
    pub amount: Amount,
    /// What is left at the end of it.
    pub balance: Amount,
    /// In this order: moves, transactions, what was overspent, what is held.
    pub parts: Vec<Part>,
}

/// An explanation. The sum of `months` is `amount`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Explained {
    /// The month at whose end it holds.
    pub month: Month,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// The category; none is to be budgeted.
    pub category: Option<String>,
    /// `group/category`.
    pub category_slug: Option<String>,
    /// What the category is called where names stand alone.
    #[serde(skip)]
    pub called: Option<String>,
    /// What is available, or to be budgeted.
    pub amount: Amount,
    /// From the month in which it began at 0; months in which nothing happened are left out.
    pub months: Vec<MonthParts>,
}

impl Explained {
    fn adds_up(&self) -> Result<bool> {
        let mut sum = Minor::ZERO;
        for month in &self.months {
            sum = sum.checked_add(month.amount.minor).usage()?;
            if sum != month.balance.minor {
                return Ok(false);
            }
        }
        Ok(sum == self.amount.minor)
    }
}

/// Explains what is available in an envelope, or what is to be budgeted without one. Somebody may write between the
/// statements that read the number and its parts: then both are read again.
///
/// # Errors
/// An unknown category, or one of income; a sum beyond 64 bits.
pub fn explain(
    conn: &mut DbConn,
    month: Month,
    category: Option<&str>,
    book: &Currency,
) -> Result<Explained> {
    for _ in 0..ATTEMPTS {
        let explained = read(conn, month, category, book)?;
        if explained.adds_up()? {
            return Ok(explained);
        }
    }
    Err(Problem::internal(format!("the parts of {} do not add up", category.unwrap_or("tbb"))).into())
}

fn read(conn: &mut DbConn, month: Month, category: Option<&str>, book: &Currency) -> Result<Explained> {
    let envelopes = Envelopes::load(conn)?;
    let place = category.map_or(Ok(Place::ToBeBudgeted), |text| envelopes.place(text))?;
    let first = envelopes.series.first().map_or(month, |first| first.min(month));
    let stretches = envelopes.series.stretches(first, month).usage()?;
    let stretches = since_nothing(&stretches, place);
    let id = envelopes.id(place);
    let from = stretches.first().map_or(month, |stretch| stretch.first);
    let mut parts = Parts { envelopes: &envelopes, place, book, months: BTreeMap::new() };
    for item in envelope_items::moves(conn, id)? {
        parts.add_move(&item);
    }
    for item in envelope_items::postings(conn, id, from.first_day(), month.last_day())? {
        parts.add_posting(item);
    }
    if place == Place::ToBeBudgeted {
        parts.add_overspent_and_held(stretches);
    }
    parts.explained(month, stretches)
}

/// The months since the number began at 0: what was before them does not count any more.
fn since_nothing(stretches: &[Stretch], place: Place) -> &[Stretch] {
    let begins = |stretch: &Stretch| match place {
        Place::ToBeBudgeted => false,
        Place::Envelope(at) => stretch.state.envelopes[at].rollover.is_zero(),
    };
    let first = stretches.iter().rposition(begins).unwrap_or(0);
    &stretches[first..]
}

struct Parts<'a> {
    envelopes: &'a Envelopes,
    place: Place,
    book: &'a Currency,
    months: BTreeMap<i32, Vec<Part>>,
}

impl Parts<'_> {
    fn amount(&self, minor: i64) -> Amount {
        Amount { minor: Minor(minor), exponent: self.book.exponent }
    }

    fn add(&mut self, month: i32, part: Part) {
        self.months.entry(month).or_default().push(part);
    }

    fn add_move(&mut self, item: &MoveItem) {
        let own = self.envelopes.id(self.place);
        let is_in = item.to == own;
        let other = if is_in { item.from } else { item.to };
        let name = match other {
            None => Some("tbb".to_owned()),
            Some(id) => self.envelopes.place_of(id).ok().map(|at| self.envelopes.called(at).to_owned()),
        };
        let amount = self.amount(if is_in { item.amount } else { -item.amount });
        let operation = Some(item.operation);
        let part = Part { kind: PartKind::Move, date: None, name, transaction: None, operation, amount };
        self.add(item.month, part);
    }

    fn add_posting(&mut self, item: PostingItem) {
        let part = Part {
            kind: PartKind::Transaction,
            date: Some(item.date),
            name: item.payee,
            transaction: Some(item.transaction),
            operation: None,
            amount: self.amount(item.value),
        };
        self.add(month_key(item.date), part);
    }

    /// Where several months have the same figures nothing was overspent and nothing is held: then the first of them
    /// has what came of the month before.
    fn add_overspent_and_held(&mut self, stretches: &[Stretch]) {
        let plain =
            |kind, name, amount| Part { kind, date: None, name, transaction: None, operation: None, amount };
        let mut before: Option<&MonthState> = None;
        for stretch in stretches {
            let (state, key) = (&stretch.state, month_key(stretch.first.first_day()));
            for (at, envelope) in before.iter().flat_map(|before| before.envelopes.iter().enumerate()) {
                if envelope.available.is_negative() && !envelope.is_carried {
                    let name = Some(self.envelopes.called(at).to_owned());
                    let part = plain(PartKind::Overspent, name, self.amount(envelope.available.0));
                    self.add(key, part);
                }
            }
            let released = before.map_or(0, |before| before.held.0);
            for amount in [released, -state.held.0].into_iter().filter(|amount| *amount != 0) {
                let part = plain(PartKind::Held, None, self.amount(amount));
                self.add(key, part);
            }
            before = Some(state);
        }
    }

    fn explained(mut self, month: Month, stretches: &[Stretch]) -> Result<Explained> {
        let mut months = Vec::new();
        let mut balance = 0;
        let mut all = std::mem::take(&mut self.months).into_iter().peekable();
        for stretch in stretches {
            balance = has(&stretch.state, self.place);
            let key = |month: Month| month_key(month.first_day());
            while all.next_if(|(of, _)| *of < key(stretch.first)).is_some() {}
            while let Some((of, parts)) = all.next_if(|(of, _)| *of <= key(stretch.last())) {
                let sum = Minor::checked_sum(parts.iter().map(|part| part.amount.minor)).usage()?;
                months.push(MonthParts {
                    month: month_of(of)?,
                    amount: self.amount(sum.0),
                    balance: self.amount(balance),
                    parts,
                });
            }
        }
        let at = match self.place {
            Place::ToBeBudgeted => None,
            Place::Envelope(at) => Some(at),
        };
        let category = at.map(|at| &self.envelopes.categories[at]);
        Ok(Explained {
            month,
            currency: self.book.code,
            category: category.map(|category| category.name.clone()),
            called: at.map(|at| self.envelopes.called(at).to_owned()),
            category_slug: category.map(|category| category.slug.clone()),
            amount: self.amount(balance),
            months,
        })
    }
}
