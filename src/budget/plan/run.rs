//! The plan in the making: who sits at the table, what is left, and whose turn it is.

use std::collections::BTreeSet;

use super::ask::{Asked, Asking, ask};
use super::input::{CategoryInput, History, Input};
use super::outcome::Plan;
use super::refused::{BadLine, Refused};
use super::remainder::{Taker, share_out};
use super::round::{narrow, wide};
use super::seat::Seat;
use crate::domain::invalid::Invalid;
use crate::domain::target::Ask;

/// A plan in the making.
pub(super) struct Run<'a> {
    input: &'a Input,
    history: &'a dyn History,
    pub seats: Vec<Seat<'a>>,
    left: i128,
    skipped: Vec<&'a CategoryInput>,
    warnings: Vec<String>,
    /// Whether every level gets what it asks for: what is needed, whatever there is.
    is_unlimited: bool,
}

impl<'a> Run<'a> {
    /// The visible categories that ask and that are planned; what they have assigned is returned.
    pub fn new(
        input: &'a Input,
        history: &'a dyn History,
        is_planned: impl Fn(&CategoryInput) -> bool,
    ) -> Run<'a> {
        let asking = input.categories.iter().filter(|category| category.is_visible && category.asks());
        let (planned, skipped): (Vec<_>, Vec<_>) = asking.partition(|category| is_planned(category));
        let returned: i128 = planned.iter().map(|category| wide(category.assigned)).sum();
        Run {
            input,
            history,
            seats: planned.into_iter().map(|category| Seat::new(category, input)).collect(),
            left: wide(input.to_be_budgeted) + returned,
            skipped,
            warnings: Vec::new(),
            is_unlimited: false,
        }
    }

    /// The same, but that nobody goes short.
    pub fn unlimited(mut self) -> Run<'a> {
        self.is_unlimited = true;
        self
    }

    /// Everybody gives back what is above the limit.
    pub fn give_back(&mut self) {
        for seat in &mut self.seats {
            self.left += seat.give_back();
        }
    }

    /// Serves the priorities from 0 on; in each the categories as shown, in each its lines as written.
    ///
    /// # Errors
    /// A line whose amount cannot be worked out.
    pub fn serve_levels(&mut self) -> Result<(), Refused> {
        for priority in self.levels() {
            let funds = self.left;
            for at in 0..self.seats.len() {
                for line in 0..self.seats[at].lines.len() {
                    let target = &self.seats[at].category.targets[line];
                    if target.line.priority == priority && is_of_level(&target.line.ask) {
                        let served = self.serve(at, line, funds, priority);
                        served.map_err(|reason| self.bad(at, line, reason))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn levels(&self) -> BTreeSet<u32> {
        let targets = self.seats.iter().flat_map(|seat| &seat.category.targets);
        targets.filter(|target| is_of_level(&target.line.ask)).map(|target| target.line.priority).collect()
    }

    fn serve(&mut self, at: usize, line: usize, funds: i128, priority: u32) -> Result<(), Invalid> {
        let Asked { amount, words, warning } = ask(line, &self.seats[at], &self.asking(funds))?;
        narrow(amount)?;
        let seat = &mut self.seats[at];
        seat.lines[line].asked = amount;
        seat.lines[line].words.extend(words);
        self.warnings.extend(warning);
        let trimmed = seat.trimmed(line, amount);
        let given = if priority == 0 || self.is_unlimited { trimmed } else { trimmed.min(self.left.max(0)) };
        if given < trimmed {
            let short = format!("{} short: nothing left at priority {priority}", seat.said(trimmed - given));
            seat.lines[line].words.push(short);
        }
        seat.lines[line].given = given;
        self.left -= given;
        Ok(())
    }

    fn asking(&self, funds: i128) -> Asking<'a> {
        Asking {
            month: self.input.month,
            current_month: self.input.current_month,
            exponent: self.input.exponent,
            history: self.history,
            funds,
        }
    }

    fn bad(&self, at: usize, line: usize, reason: Invalid) -> Refused {
        let category = self.seats[at].category;
        Refused::Lines(vec![BadLine {
            category: category.id,
            name: category.name.clone(),
            line: category.targets[line].line.to_string(),
            reason,
        }])
    }

    /// Shares out what is left. The remainder lines of a category are one taker, with the sum of their weights.
    pub fn share_remainder(&mut self) {
        let seated = self.takers();
        let takers: Vec<Taker> = seated.iter().map(|(_, _, taker)| *taker).collect();
        let pool = self.left.max(0);
        let weights: i128 = takers.iter().map(|taker| taker.weight).sum();
        for ((at, line, taker), given) in seated.into_iter().zip(share_out(pool, &takers)) {
            let seat = &mut self.seats[at];
            let words = match pool {
                0 => "nothing left".to_owned(),
                _ => format!("{} of {weights} shares of {}", taker.weight, seat.said(pool)),
            };
            seat.lines[line].words.push(words);
            if pool > 0 && taker.room == Some(given) {
                seat.say_capped(line);
            }
            (seat.lines[line].asked, seat.lines[line].given) = (given, given);
            self.left -= given;
        }
    }

    /// Who takes a share, with the places of its category and of its first such line.
    fn takers(&mut self) -> Vec<(usize, usize, Taker)> {
        let mut takers = Vec::new();
        for (at, seat) in self.seats.iter_mut().enumerate() {
            let weights: Vec<(usize, u32)> = weights(seat.category);
            let Some((first, _)) = weights.first() else { continue };
            for (line, _) in &weights[1..] {
                seat.lines[*line].words.push("shared out together with the first `remainder`".to_owned());
            }
            let weight = weights.iter().map(|(_, weight)| i128::from(*weight)).sum();
            takers.push((at, *first, Taker { weight, room: seat.room() }));
        }
        takers
    }

    /// The plan as it is shown.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn into_plan(self) -> Result<Plan, Refused> {
        let planned: Result<Vec<_>, Invalid> = self.seats.iter().map(Seat::planned).collect();
        Ok(Plan {
            month: self.input.month,
            before: self.input.to_be_budgeted,
            after: narrow(self.left).map_err(Refused::Sum)?,
            categories: planned.map_err(Refused::Sum)?,
            skipped: self.skipped.iter().map(|category| category.id).collect(),
            warnings: self.warnings,
        })
    }
}

/// Whether a line is served with its priority: remainders come after all of them, goals never.
fn is_of_level(ask: &Ask) -> bool {
    !matches!(ask, Ask::Remainder { .. } | Ask::Goal(_))
}

/// The remainder lines of a category, by their places.
fn weights(category: &CategoryInput) -> Vec<(usize, u32)> {
    let lines = category.targets.iter().enumerate();
    lines
        .filter_map(|(at, target)| match target.line.ask {
            Ask::Remainder { weight } => Some((at, weight)),
            _ => None,
        })
        .collect()
}
