//! What each category needs in a month and how much of it is there, whatever is left to give: what `plan` would ask for
//! it, if everybody else who has something kept it.

use std::collections::HashMap;

use super::check::bad_lines;
use super::input::{CategoryInput, History, Input};
use super::refused::{BadLine, Refused};
use super::round::narrow;
use super::run::Run;
use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::target::Ask;

/// What a category needs in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Which.
    pub category: CategoryId,
    /// As shown.
    pub name: String,
    /// What is assigned now.
    pub assigned: Minor,
    /// What its lines ask for together within its limit, less what is above the limit; remainders ask for nothing.
    /// Or the lines that cannot be planned.
    pub asked: Result<Minor, Refused>,
    /// What its balance is shown against.
    pub goal: Option<Minor>,
}

impl Need {
    /// What is still to be assigned; zero when funded, none where it cannot be worked out.
    ///
    /// # Errors
    /// A difference beyond 64 bits.
    pub fn missing(&self) -> Result<Option<Minor>, Invalid> {
        match &self.asked {
            Ok(asked) => Ok(Some(asked.checked_sub(self.assigned)?.max(Minor::ZERO))),
            Err(_) => Ok(None),
        }
    }
}

/// What every visible category with a line needs, in the order in which they are shown, as if there were enough: of
/// those that have nothing yet what `plan` would give them; of each other one the same, were it alone planned anew.
/// Lines that cannot be planned stop their own category alone.
pub fn needs(input: &Input, history: &dyn History) -> Vec<Need> {
    let shown =
        input.categories.iter().filter(|category| category.is_visible && !category.targets.is_empty());
    let bad: HashMap<CategoryId, Vec<BadLine>> =
        shown.clone().map(|category| (category.id, bad_lines(category, input.month))).collect();
    let is_sound = |category: &CategoryInput| bad.get(&category.id).is_none_or(Vec::is_empty);
    let serve = |own: Option<CategoryId>| {
        let is_planned = |category: &CategoryInput| category.assigned.is_zero() || Some(category.id) == own;
        let run = Run::new(input, history, |category| is_sound(category) && is_planned(category));
        let mut run = run.unlimited();
        run.give_back();
        run.serve_levels().map(|()| run)
    };
    let unassigned = serve(None);
    let asked = |category: &CategoryInput| match bad.get(&category.id) {
        Some(lines) if !lines.is_empty() => Err(Refused::Lines(lines.clone())),
        _ if category.assigned.is_zero() => given(&unassigned, category),
        _ => given(&serve(Some(category.id)), category),
    };
    shown.map(|category| need(category, asked(category))).collect()
}

/// What a category is given when it was served.
fn given(served: &Result<Run<'_>, Refused>, category: &CategoryInput) -> Result<Minor, Refused> {
    let run = served.as_ref().map_err(Clone::clone)?;
    let seat = run.seats.iter().find(|seat| seat.category.id == category.id);
    narrow(seat.map_or(0, |seat| seat.assigned())).map_err(Refused::Sum)
}

fn need(category: &CategoryInput, asked: Result<Minor, Refused>) -> Need {
    let goal = category.targets.iter().find_map(|target| match target.line.ask {
        Ask::Goal(amount) => Some(amount.minor),
        _ => None,
    });
    Need { category: category.id, name: category.name.clone(), assigned: category.assigned, asked, goal }
}
