//! The budget of a month as people and scripts see it: every envelope in its group, and what is to be budgeted.

use super::envelopes::Envelopes;
use super::targets;
use crate::db::connection::DbConn;
use crate::domain::category::Category;
use crate::domain::envelope::Envelope;
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};

/// One envelope. Spending is negative in its activity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// The category's name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
    /// What it is called where its group is not shown.
    #[serde(skip)]
    pub called: String,
    /// What moves gave it this month, less what they took.
    pub assigned: Amount,
    /// The sum of its postings in accounts on budget this month.
    pub activity: Amount,
    /// What it has now: rollover, assigned and activity.
    pub available: Amount,
    /// What came from the month before.
    pub rollover: Amount,
    /// Whether it keeps a deficit.
    pub carryover: bool,
    /// Whether its category is hidden.
    pub hidden: bool,
    /// The template lines of its target; none without one.
    pub target: Option<Vec<String>>,
}

/// A group and its envelopes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Group {
    /// The group's name.
    pub group: String,
    /// In the order in which they are shown.
    pub categories: Vec<Line>,
}

/// The sums of all envelopes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// What is assigned.
    pub assigned: Amount,
    /// What was spent; negative.
    pub activity: Amount,
    /// What there is.
    pub available: Amount,
}

/// The budget of a month. `to_be_budgeted + held + totals.available` is what the accounts on budget have at its end,
/// less `uncategorised_to_date` and `in_transit`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BudgetMonth {
    /// Which.
    pub month: Month,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// What has no envelope yet; negative when more was given out than there is.
    pub to_be_budgeted: Amount,
    /// What came in through income categories, starting balances included.
    pub income: Amount,
    /// What is kept for the next month.
    pub held: Amount,
    /// What was overspent last month and is not kept by its envelope; never positive.
    pub overspent_last_month: Amount,
    /// What later months assign.
    pub assigned_later: Amount,
    /// Postings without a category up to the month's end, legs of transfers on budget left out.
    pub uncategorised_to_date: Amount,
    /// Legs of transfers on budget whose other leg comes in a later month.
    pub in_transit: Amount,
    /// Up to the last month that assigns later, the first with the least to be budgeted, and how much that is.
    #[serde(skip)]
    pub least_later: Option<(Month, Amount)>,
    /// Whether anybody budgets: without, every expense would look overspent, and all of it given out.
    #[serde(skip)]
    pub is_used: bool,
    /// Every envelope.
    pub groups: Vec<Group>,
    /// Their sums.
    pub totals: Totals,
}

impl BudgetMonth {
    /// The envelopes, without their groups.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.groups.iter().flat_map(|group| &group.categories)
    }

    /// The envelopes from which more was spent than there was; none where nobody budgets.
    pub fn overspent(&self) -> impl Iterator<Item = &Line> {
        self.lines().filter(|line| self.is_overspent(line))
    }

    /// Whether more was spent from an envelope than there was; never where nobody budgets.
    pub fn is_overspent(&self, line: &Line) -> bool {
        self.is_used && line.available.minor.is_negative()
    }

    /// Whether more is given out than there is; never where nobody budgets.
    pub fn is_overgiven(&self) -> bool {
        self.is_used && self.to_be_budgeted.minor.is_negative()
    }
}

/// The budget of a month.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn budget(conn: &mut DbConn, month: Month, book: &Currency) -> Result<BudgetMonth> {
    let envelopes = Envelopes::load(conn)?;
    let state = envelopes.at(month)?;
    let amount = |minor: Minor| Amount { minor, exponent: book.exponent };
    let mut groups: Vec<Group> = Vec::new();
    for (at, (category, envelope)) in envelopes.categories.iter().zip(&state.envelopes).enumerate() {
        let target = targets::lines_of(&envelopes, category, month, book)?;
        let line = line(category, envelopes.called(at), envelope, target, amount);
        match groups.last_mut().filter(|last| last.group == category.group_name) {
            Some(group) => group.categories.push(line),
            None => groups.push(Group { group: category.group_name.clone(), categories: vec![line] }),
        }
    }
    let activity = Minor::checked_sum(state.envelopes.iter().map(|envelope| envelope.activity)).usage()?;
    let later = envelopes.series.later(month).usage()?;
    Ok(BudgetMonth {
        month,
        currency: book.code,
        to_be_budgeted: amount(state.to_be_budgeted),
        income: amount(state.income),
        held: amount(state.held),
        overspent_last_month: amount(state.overspent_last_month),
        assigned_later: amount(later.assigned),
        least_later: later.least.map(|(month, left)| (month, amount(left))),
        uncategorised_to_date: amount(state.uncategorised_to_date),
        in_transit: amount(state.in_transit),
        totals: Totals {
            assigned: amount(state.assigned),
            activity: amount(activity),
            available: amount(state.available().usage()?),
        },
        is_used: envelopes.is_budgeted(),
        groups,
    })
}

fn line(
    category: &Category,
    called: &str,
    envelope: &Envelope,
    target: Option<Vec<String>>,
    amount: impl Fn(Minor) -> Amount,
) -> Line {
    Line {
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        called: called.to_owned(),
        assigned: amount(envelope.assigned),
        activity: amount(envelope.activity),
        available: amount(envelope.available),
        rollover: amount(envelope.rollover),
        carryover: envelope.is_carried,
        hidden: category.is_hidden,
        target,
    }
}
