//! One month's budget, and how the next one follows from it.

use super::{Fact, What};
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::when::Month;

/// An envelope in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Envelope {
    /// What came from the month before: what was available then, or nothing if that was a deficit that is not kept.
    pub rollover: Minor,
    /// What moves gave to it this month, less what they took.
    pub assigned: Minor,
    /// The sum of its postings this month; spending is negative.
    pub activity: Minor,
    /// The sum of the three.
    pub available: Minor,
    /// Whether a deficit is kept, and not taken from what is to be budgeted next month.
    pub is_carried: bool,
}

/// The budget of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthState {
    /// Which.
    pub month: Month,
    /// What came in through income categories.
    pub income: Minor,
    /// What is kept for the next month.
    pub held: Minor,
    /// What was overspent last month and is not kept by its envelope; never positive.
    pub overspent_last_month: Minor,
    /// The sum of what is assigned.
    pub assigned: Minor,
    /// What has no envelope yet; negative when more was given out than there was.
    pub to_be_budgeted: Minor,
    /// The postings without a category up to the end of the month, legs of transfers on budget left out.
    pub uncategorised_to_date: Minor,
    /// Legs of transfers on budget whose other leg is dated in a later month.
    pub in_transit: Minor,
    /// One for each category.
    pub envelopes: Vec<Envelope>,
}

/// What a month adds up to before anything follows from it.
struct Sums {
    income: i128,
    held: i128,
    uncategorised: i128,
    in_transit: i128,
    assigned: Vec<i128>,
    activity: Vec<i128>,
}

impl MonthState {
    /// The month before the first: nothing is anywhere.
    pub(super) fn blank(month: Month, envelopes: usize) -> MonthState {
        MonthState {
            month,
            income: Minor::ZERO,
            held: Minor::ZERO,
            overspent_last_month: Minor::ZERO,
            assigned: Minor::ZERO,
            to_be_budgeted: Minor::ZERO,
            uncategorised_to_date: Minor::ZERO,
            in_transit: Minor::ZERO,
            envelopes: vec![Envelope::default(); envelopes],
        }
    }

    /// What is in all envelopes together.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn available(&self) -> Result<Minor, Invalid> {
        Minor::checked_sum(self.envelopes.iter().map(|envelope| envelope.available))
    }

    /// The month after this one, with the facts of that month.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub(super) fn next(&self, facts: &[Fact]) -> Result<MonthState, Invalid> {
        let sums = Sums::of(facts, self.envelopes.len());
        let mut envelopes = Vec::with_capacity(self.envelopes.len());
        let mut overspent = 0;
        for (at, before) in self.envelopes.iter().enumerate() {
            // The same flag, that of the month before, decides of both.
            let is_kept = before.is_carried || !before.available.is_negative();
            let rollover = if is_kept { wide(before.available) } else { 0 };
            overspent += if is_kept { 0 } else { wide(before.available) };
            envelopes.push(Envelope {
                rollover: narrow(rollover)?,
                assigned: narrow(sums.assigned[at])?,
                activity: narrow(sums.activity[at])?,
                available: narrow(rollover + sums.assigned[at] + sums.activity[at])?,
                is_carried: before.is_carried,
            });
        }
        for fact in facts {
            if let What::Carryover(at) = fact.what {
                envelopes[at].is_carried = fact.amount != 0;
            }
        }
        let assigned: i128 = sums.assigned.iter().sum();
        let from_before = wide(self.to_be_budgeted) + wide(self.held);
        Ok(MonthState {
            month: self.month.next(),
            income: narrow(sums.income)?,
            held: narrow(sums.held)?,
            overspent_last_month: narrow(overspent)?,
            assigned: narrow(assigned)?,
            to_be_budgeted: narrow(sums.income + from_before + overspent - assigned - sums.held)?,
            uncategorised_to_date: narrow(wide(self.uncategorised_to_date) + sums.uncategorised)?,
            in_transit: narrow(wide(self.in_transit) + sums.in_transit)?,
            envelopes,
        })
    }
}

impl Sums {
    fn of(facts: &[Fact], envelopes: usize) -> Sums {
        let mut sums = Sums {
            income: 0,
            held: 0,
            uncategorised: 0,
            in_transit: 0,
            assigned: vec![0; envelopes],
            activity: vec![0; envelopes],
        };
        for fact in facts {
            let sum = match fact.what {
                What::Activity(at) => &mut sums.activity[at],
                What::Assigned(at) => &mut sums.assigned[at],
                What::Income => &mut sums.income,
                What::Held => &mut sums.held,
                What::Uncategorised => &mut sums.uncategorised,
                What::InTransit => &mut sums.in_transit,
                What::Carryover(_) => continue,
            };
            *sum += i128::from(fact.amount);
        }
        sums
    }
}

fn wide(amount: Minor) -> i128 {
    i128::from(amount.0)
}

fn narrow(sum: i128) -> Result<Minor, Invalid> {
    i64::try_from(sum)
        .map(Minor)
        .map_err(|_| Invalid::new(format!("`{sum}` minor units are more than a budget can hold")))
}
