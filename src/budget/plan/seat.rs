//! A category while the plan is made: what it has been given so far.

use super::input::{CategoryInput, Input};
use super::outcome::{GivenBack, Planned, PlannedLine};
use super::round::{narrow, wide};
use crate::domain::invalid::Invalid;
use crate::domain::money::{Minor, format_human};

/// What a line asked for and was given so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Served {
    pub asked: i128,
    pub given: i128,
    pub words: Vec<String>,
}

/// A category at the table.
pub(super) struct Seat<'a> {
    pub category: &'a CategoryInput,
    pub lines: Vec<Served>,
    pub given_back: i128,
    /// The limit of the month, and whether what is above it may stay.
    pub limit: Option<(i128, bool)>,
    exponent: u32,
}

impl<'a> Seat<'a> {
    /// A category that has nothing yet. It has one limit at most.
    pub fn new(category: &'a CategoryInput, input: &Input) -> Seat<'a> {
        let limit = category.targets.iter().find_map(|target| target.line.limit);
        Seat {
            category,
            lines: vec![Served::default(); category.targets.len()],
            given_back: 0,
            limit: limit.map(|limit| (limit.in_month(input.month), limit.is_held)),
            exponent: input.exponent,
        }
    }

    /// What came from the month before and what this plan has given so far; spending is not counted.
    pub fn balance(&self) -> i128 {
        wide(self.category.rollover) + self.assigned()
    }

    /// What this plan has given so far.
    pub fn assigned(&self) -> i128 {
        self.lines.iter().map(|line| line.given).sum::<i128>() - self.given_back
    }

    /// What still fits below the limit; none without a limit.
    pub fn room(&self) -> Option<i128> {
        self.limit.map(|(limit, _)| (limit - self.balance()).max(0))
    }

    /// Of what a line asks for, what fits below the limit; says so if that is less.
    pub fn trimmed(&mut self, at: usize, asked: i128) -> i128 {
        match self.room() {
            Some(room) if room < asked => {
                self.say_capped(at);
                room
            }
            _ => asked,
        }
    }

    /// Says that a line is not given more because of the limit.
    pub fn say_capped(&mut self, at: usize) {
        let capped = self.limit.map(|(limit, _)| format!("capped at {}", self.said(limit)));
        self.lines[at].words.extend(capped);
    }

    /// Gives back what is above the limit and may not stay; says how much.
    pub fn give_back(&mut self) -> i128 {
        if let Some((limit, false)) = self.limit {
            self.given_back = (self.balance() - limit).max(0);
        }
        self.given_back
    }

    /// An amount in words.
    pub fn said(&self, amount: i128) -> String {
        said(amount, self.exponent)
    }

    /// What the plan says of it.
    ///
    /// # Errors
    /// An amount beyond 64 bits.
    pub fn planned(&self) -> Result<Planned, Invalid> {
        let lines = self.lines.iter().zip(&self.category.targets).map(|(served, target)| {
            Ok(PlannedLine {
                line: target.line.to_string(),
                asked: narrow(served.asked)?,
                given: narrow(served.given)?,
                reason: served.words.join("; "),
            })
        });
        Ok(Planned {
            category: self.category.id,
            name: self.category.name.clone(),
            before: self.category.assigned,
            after: narrow(self.assigned())?,
            given_back: self.said_back()?,
            lines: lines.collect::<Result<_, Invalid>>()?,
        })
    }

    fn said_back(&self) -> Result<Option<GivenBack>, Invalid> {
        let Some((limit, _)) = self.limit.filter(|_| self.given_back > 0) else { return Ok(None) };
        let reason = format!("{} above {} goes back", self.said(self.given_back), self.said(limit));
        Ok(Some(GivenBack { amount: narrow(self.given_back)?, reason }))
    }
}

/// An amount as people read it. What does not fit is refused before it could be shown.
pub(super) fn said(amount: i128, exponent: u32) -> String {
    match i64::try_from(amount) {
        Ok(minor) => format_human(Minor(minor), exponent),
        Err(_) => format!("{amount} minor units"),
    }
}
