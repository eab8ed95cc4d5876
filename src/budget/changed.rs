//! What a change to a budget answers: the operation, and how the envelopes that it touched stand now.

use super::envelopes::{Envelopes, Place, has};
use super::moving::human;
use crate::db::writer::Writer;
use crate::domain::envelope::{Envelope, Later, MonthState};
use crate::domain::ids::OperationId;
use crate::domain::money::Currency;
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};

/// An envelope after a change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Touched {
    /// Its name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
    /// What it is called where names stand alone.
    #[serde(skip)]
    pub called: String,
    /// This month, by moves.
    pub assigned: Amount,
    /// What it has now.
    pub available: Amount,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// The operation; none if everything was so already.
    pub operation: Option<OperationId>,
    /// What it is called in the log; or that nothing was to be done.
    pub summary: String,
    /// The month.
    pub month: Month,
    /// What amounts are in.
    pub currency: crate::domain::money::CurrencyCode,
    /// What has no envelope yet, after it.
    pub to_be_budgeted: Amount,
    /// What is kept for the next month.
    pub held: Amount,
    /// What later months assign.
    pub assigned_later: Amount,
    /// The envelopes that it touched, as they are now.
    pub categories: Vec<Touched>,
    /// For people, on stderr.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl Changed {
    /// Reads the budget anew and tells of these places; `before` is how it was.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub(super) fn tell(
        w: &mut Writer<'_>,
        before: &Envelopes,
        month: Month,
        places: &[Place],
        summary: String,
        notes: Vec<String>,
    ) -> Result<Changed> {
        let envelopes = Envelopes::load(w.conn())?;
        Changed::tell_of(w, before, &envelopes, month, places, summary, notes)
    }

    /// Tells of these places in a budget that was read after the change.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub(super) fn tell_of(
        w: &Writer<'_>,
        before: &Envelopes,
        envelopes: &Envelopes,
        month: Month,
        places: &[Place],
        summary: String,
        notes: Vec<String>,
    ) -> Result<Changed> {
        let operation = if w.has_begun() { Some(w.operation()?) } else { None };
        let currency = w.currency.clone();
        let state = envelopes.at(month)?;
        let touched = |place: &Place| match place {
            Place::ToBeBudgeted => None,
            Place::Envelope(at) => Some(touched(envelopes, *at, state.envelopes[*at], &currency)),
        };
        let later = envelopes.series.later(month).usage()?;
        let mut changed = Changed {
            operation,
            summary,
            month,
            currency: currency.code,
            to_be_budgeted: Amount { minor: state.to_be_budgeted, exponent: currency.exponent },
            held: Amount { minor: state.held, exponent: currency.exponent },
            assigned_later: Amount { minor: later.assigned, exponent: currency.exponent },
            categories: places.iter().filter_map(touched).collect(),
            notes,
        };
        if operation.is_some() {
            changed.notes.extend(newly_overspent(before, envelopes, &state, places, &currency)?);
            changed.notes.extend(overgiven(&state, &later, &currency));
        }
        Ok(changed)
    }
}

/// Envelopes that have less than nothing, and had not before.
fn newly_overspent(
    before: &Envelopes,
    after: &Envelopes,
    state: &MonthState,
    places: &[Place],
    currency: &Currency,
) -> Result<Vec<String>> {
    let had = before.at(state.month)?;
    let is_new = |place: &&Place| has(state, **place) < 0 && has(&had, **place) >= 0;
    let envelopes = places.iter().filter(|place| **place != Place::ToBeBudgeted).filter(is_new);
    let note = |place: &Place| {
        let shown = human(has(state, *place), currency);
        format!("{} is overspent: it has {shown} {}", after.name(*place), currency.code)
    };
    Ok(envelopes.map(note).collect())
}

/// What is said when more is given out than there is: in a month, or by later ones that assign already.
pub(super) fn overgiven(state: &MonthState, later: &Later, currency: &Currency) -> Option<String> {
    let (left, code) = (state.to_be_budgeted, currency.code);
    if left.is_negative() {
        let left = human(left.0, currency);
        return Some(format!("more is given out than there is: to be budgeted is {left} {code}"));
    }
    let (month, left) = later.least.filter(|(_, left)| left.is_negative())?;
    let (assigned, left) = (human(later.assigned.0, currency), human(left.0, currency));
    Some(format!(
        "{assigned} {code} is assigned in later months, more than there is: to be budgeted is {left} {code} in {month}"
    ))
}

fn touched(envelopes: &Envelopes, at: usize, envelope: Envelope, currency: &Currency) -> Touched {
    let category = &envelopes.categories[at];
    Touched {
        called: envelopes.called(at).to_owned(),
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        assigned: Amount { minor: envelope.assigned, exponent: currency.exponent },
        available: Amount { minor: envelope.available, exponent: currency.exponent },
    }
}
