//! What a change to a budget answers: the operation, and how the envelopes that it touched stand now.

use super::envelopes::{Envelopes, Place};
use crate::db::writer::Writer;
use crate::domain::envelope::Envelope;
use crate::domain::ids::OperationId;
use crate::domain::money::Currency;
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::Result;

/// An envelope after a change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Touched {
    /// Its name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
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
    /// The envelopes that it touched, as they are now.
    pub categories: Vec<Touched>,
    /// For people, on stderr.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl Changed {
    /// Reads the budget anew and tells of these places.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub(super) fn tell(
        w: &mut Writer<'_>,
        month: Month,
        places: &[Place],
        summary: String,
        notes: Vec<String>,
    ) -> Result<Changed> {
        let envelopes = Envelopes::load(w.conn())?;
        Changed::tell_of(w, &envelopes, month, places, summary, notes)
    }

    /// Tells of these places in a budget that was read after the change.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub(super) fn tell_of(
        w: &Writer<'_>,
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
        let mut changed = Changed {
            operation,
            summary,
            month,
            currency: currency.code,
            to_be_budgeted: Amount { minor: state.to_be_budgeted, exponent: currency.exponent },
            held: Amount { minor: state.held, exponent: currency.exponent },
            categories: places.iter().filter_map(touched).collect(),
            notes,
        };
        if state.to_be_budgeted.is_negative() && operation.is_some() {
            changed.notes.push(format!(
                "more is given out than there is: to be budgeted is {} {}",
                changed.to_be_budgeted, currency.code
            ));
        }
        Ok(changed)
    }
}

fn touched(envelopes: &Envelopes, at: usize, envelope: Envelope, currency: &Currency) -> Touched {
    let category = &envelopes.categories[at];
    Touched {
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        assigned: Amount { minor: envelope.assigned, exponent: currency.exponent },
        available: Amount { minor: envelope.available, exponent: currency.exponent },
    }
}
