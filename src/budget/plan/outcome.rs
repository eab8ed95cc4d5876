//! What a plan says.

use crate::domain::ids::CategoryId;
use crate::domain::money::Minor;
use crate::domain::when::Month;

/// What would be assigned in a month, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The month.
    pub month: Month,
    /// What is to be budgeted before it.
    pub before: Minor,
    /// What is to be budgeted after it: the money that the categories gain is missing there.
    pub after: Minor,
    /// The categories that it touches, in the order in which they are shown.
    pub categories: Vec<Planned>,
    /// Those that ask, but have something assigned and are not planned anew.
    pub skipped: Vec<CategoryId>,
    /// What somebody should look at, each a sentence.
    pub warnings: Vec<String>,
}

/// What a category would have assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub category: CategoryId,
    /// As shown.
    pub name: String,
    /// What is assigned now.
    pub before: Minor,
    /// What would be: what the lines are given, less what is given back.
    pub after: Minor,
    /// What it has above its limit.
    pub given_back: Option<GivenBack>,
    /// One for each of its lines, as written.
    pub lines: Vec<PlannedLine>,
}

/// What goes back to be budgeted because it is more than the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenBack {
    /// Above zero.
    pub amount: Minor,
    /// Why.
    pub reason: String,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// Its canonical text.
    pub line: String,
    /// What it asks for, before its limit.
    pub asked: Minor,
    /// What it is given.
    pub given: Minor,
    /// How the amount came about and why it is not all that was asked for; empty where there is nothing to say.
    pub reason: String,
}
