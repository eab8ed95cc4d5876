//! What a plan is made from.

use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::target::Line;
use crate::domain::when::Month;

/// The month as it is before the plan.
#[derive(Debug, Clone)]
pub struct Input {
    /// What is planned.
    pub month: Month,
    /// The month of today: averages are of complete months.
    pub current_month: Month,
    /// Negative if more is assigned than there is.
    pub to_be_budgeted: Minor,
    /// Digits after the mark in the book's currency, for the reasons.
    pub exponent: u32,
    /// In the order in which they are shown.
    pub categories: Vec<CategoryInput>,
    /// Whether categories that have something assigned are planned anew.
    pub overwrite: bool,
}

/// A category of expenses.
#[derive(Debug, Clone)]
pub struct CategoryInput {
    /// Its identity.
    pub id: CategoryId,
    /// As shown.
    pub name: String,
    /// Hidden ones are not planned.
    pub is_visible: bool,
    /// What is assigned in the month now.
    pub assigned: Minor,
    /// What came from the month before; below zero only where its deficit is carried.
    pub rollover: Minor,
    /// Its lines, as written.
    pub targets: Vec<Target>,
}

/// A line, and what its name stands for.
#[derive(Debug, Clone)]
pub struct Target {
    /// The line.
    pub line: Line,
    /// The income category that `line.category()` names; none where it names none, or none that there is.
    pub income: Option<CategoryId>,
}

/// What happened in other months, and what came in. A failure refuses the line that asked.
#[allow(clippy::missing_errors_doc, reason = "said above")]
pub trait History {
    /// What was assigned to a category in a month.
    fn assigned(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid>;

    /// The sum of a category's postings in a month; spending is negative.
    fn activity(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid>;

    /// What was available in a category at the end of a month.
    fn available(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid>;

    /// What came in through an income category in a month, through all of them with none.
    fn income(&self, category: Option<CategoryId>, month: Month) -> Result<Minor, Invalid>;
}

impl CategoryInput {
    /// Whether a line of it asks for money: `goal` does not.
    pub(super) fn asks(&self) -> bool {
        self.targets.iter().any(|target| target.line.asks())
    }
}
