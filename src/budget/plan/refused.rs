//! Why there is no plan: every line that cannot be planned, at once.

use std::fmt;

use crate::domain::counted;
use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::name::visible;
use crate::error::Problem;

/// What stands in the way of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// These lines; one at least.
    Lines(Vec<BadLine>),
    /// A sum of the whole plan.
    Sum(Invalid),
}

/// A line that cannot be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Whose it is.
    pub category: CategoryId,
    /// The category as shown.
    pub name: String,
    /// Its canonical text.
    pub line: String,
    /// What is wrong with it.
    pub reason: Invalid,
}

impl BadLine {
    /// What is wrong, beside the category's name.
    fn told(&self) -> String {
        format!("`{}`: {}", visible(&self.line), self.reason)
    }
}

impl Refused {
    /// What is wrong, beside the name of this category.
    pub fn told_of(&self, category: CategoryId) -> String {
        let Refused::Lines(lines) = self else { return self.to_string() };
        let told = |line: &BadLine| if line.category == category { line.told() } else { line.to_string() };
        lines.iter().map(told).collect::<Vec<_>>().join("; ")
    }
}

/// `Food: `schedule Rent`: schedules do not exist yet`.
impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", visible(&self.name), self.told())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Sum(reason) => reason.fmt(f),
            Refused::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for Refused {}

/// Refused because of what is there: the lines are stored, nobody has just typed them.
impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        let lines = match refused {
            Refused::Sum(reason) => return Problem::conflict(reason.message),
            Refused::Lines(lines) => lines,
        };
        let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let mut problem =
            Problem::conflict(format!("{} cannot be planned", counted(count, "target", "targets")));
        problem.place = lines.iter().map(ToString::to_string).collect();
        for hint in lines.into_iter().filter_map(|line| line.reason.hint) {
            if !problem.hints.contains(&hint) {
                problem.hints.push(hint);
            }
        }
        problem
    }
}
