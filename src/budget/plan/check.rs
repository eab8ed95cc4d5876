//! What can be wrong with the lines of a category that each read well.

use super::input::{CategoryInput, Input, Target};
use super::refused::{BadLine, Refused};
use crate::domain::invalid::Invalid;
use crate::domain::name::excerpt;
use crate::domain::target::{Ask, By};
use crate::domain::when::Month;

/// # Errors
/// The bad lines of all visible categories.
pub(super) fn check_all(input: &Input) -> Result<(), Refused> {
    let visible = input.categories.iter().filter(|category| category.is_visible);
    let bad: Vec<BadLine> = visible.flat_map(|category| bad_lines(category, input.month)).collect();
    if bad.is_empty() { Ok(()) } else { Err(Refused::Lines(bad)) }
}

/// The lines that cannot be planned in that month.
pub(super) fn bad_lines(category: &CategoryInput, month: Month) -> Vec<BadLine> {
    let each = category.targets.iter().enumerate();
    each.filter_map(|(at, target)| {
        let earlier = &category.targets[..at];
        let reason = wrong_alone(target, month).or_else(|| wrong_beside(target, earlier))?;
        let line = target.line.to_string();
        Some(BadLine { category: category.id, name: category.name.clone(), line, reason })
    })
    .collect()
}

fn wrong_alone(target: &Target, month: Month) -> Option<Invalid> {
    match &target.line.ask {
        Ask::Schedule { .. } => Some(
            Invalid::new("schedules do not exist yet")
                .hint("until they do, save with `500 by 2027-03 repeat every year`"),
        ),
        Ask::By(by) if by.spend_from.is_none() && by.next_due(month).is_none() => Some(
            Invalid::new(format!("`{}` is past, and it does not repeat", by.month))
                .hint("give it a later month or `repeat every year`, or remove it"),
        ),
        _ => match target.line.category() {
            Some(name) if target.income.is_none() => Some(
                Invalid::new(format!("there is no income category `{}`", excerpt(name)))
                    .hint("`groat category list` shows the names"),
            ),
            _ => None,
        },
    }
}

fn wrong_beside(target: &Target, earlier: &[Target]) -> Option<Invalid> {
    let is_second = |is: fn(&Target) -> bool| is(target) && earlier.iter().any(is);
    if is_second(|target| target.line.limit.is_some()) {
        return Some(
            Invalid::new("it is a second limit")
                .hint("one limit covers the whole envelope: keep one `up to`"),
        );
    }
    if is_second(|target| matches!(&target.line.ask, Ask::By(By { spend_from: Some(_), .. }))) {
        return Some(
            Invalid::new("it is a second `spend from`").hint("an envelope has one `spend from` at most"),
        );
    }
    if is_second(|target| matches!(target.line.ask, Ask::Goal(_))) {
        return Some(Invalid::new("it is a second `goal`").hint("an envelope has one `goal` at most"));
    }
    let other = earlier.iter().find(|other| is_dated(other) && other.line.priority != target.line.priority);
    other.filter(|_| is_dated(target)).map(|other| {
        let (one, two) = (target.line.priority, other.line.priority);
        Invalid::new(format!("its priority is {one}, and that of `{}` is {two}", other.line))
            .hint("all `by` and `schedule` lines of an envelope are planned together: give them one priority")
    })
}

/// Whether the line is planned together with the others of its sort.
fn is_dated(target: &Target) -> bool {
    match &target.line.ask {
        Ask::By(by) => by.spend_from.is_none(),
        Ask::Schedule { .. } => true,
        _ => false,
    }
}
