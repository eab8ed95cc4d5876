//! Rows that this source has not shown before: another source's, or what nobody's bank has claimed, or new. What is
//! gathered here is small: rows and transactions that might be one, and no others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Days, NaiveDate};

use super::others::{self, Asked, Found};
use super::typed::{self, Candidate, DAYS};
use super::{Matched, Matcher, Waiting, transfers};
use crate::db::connection::DbConn;
use crate::db::{batches, payees, statement_lines, unclaimed};
use crate::domain::name::{fold, split_category, visible};
use crate::error::Result;
use crate::import::decision::{Decision, Match};
use crate::import::formats::FileLine;
use crate::import::key;
use crate::import::planned::payee_name;

/// Rows and transactions that might be one.
#[derive(Default)]
pub struct Rest {
    rows: Vec<typed::Waiting>,
    candidates: HashMap<i64, Candidate>,
    /// The lines that showed candidates as pending, by line.
    pending: BTreeMap<i64, unclaimed::StillPending>,
}

impl Matcher<'_> {
    /// Matches rows with what other sources showed; keeps in `open` those that none did.
    pub(super) fn match_others(&mut self, conn: &mut DbConn, open: &mut Vec<&Waiting>) -> Result<()> {
        // Where bookings are about, a day is decided as a whole.
        let is_simple =
            |row: &&&Waiting| row.line.as_ref().is_some_and(|(line, _)| !self.bookings.are_about(line.date));
        let simple: Vec<&Waiting> = open.iter().filter(is_simple).copied().collect();
        if !self.has_others || simple.is_empty() {
            return Ok(());
        }
        let of_days: Vec<String> = simple
            .iter()
            .map(|row| {
                row.line.as_ref().map_or_else(String::new, |(line, amount)| key::of_day(line, *amount))
            })
            .collect();
        let beginnings: HashSet<&String> = of_days.iter().collect();
        let mut beginnings: Vec<String> = beginnings.into_iter().cloned().collect();
        beginnings.sort_unstable();
        let lines = statement_lines::of_others(conn, self.request.account.id, self.source, &beginnings)?;
        let asked: Vec<Asked<'_>> = simple
            .iter()
            .zip(&of_days)
            .map(|(row, of_day)| Asked { index: row.index, key: &row.key, of_day })
            .collect();
        let found = others::find(self.source, &lines, &asked, &mut self.taken);
        let there = found.values().filter_map(|found| match found {
            Found::There(line) => Some(line.id),
            Found::Deleted => None,
        });
        let files = batches::files_of(conn, &there.collect::<Vec<_>>())?;
        for (index, found) in &found {
            let decision = match found {
                Found::There(line) => match line.transaction_id {
                    Some(transaction) => {
                        let by = Match::Source(self.matched.file_number(files.get(&line.id)));
                        Decision::Matched { transaction, by }
                    }
                    None => continue,
                },
                Found::Deleted if self.request.how.restores_deleted => continue,
                Found::Deleted => Decision::Deleted { line: self.matched.attached.get(index).copied() },
            };
            self.matched.decisions[*index] = decision;
        }
        open.retain(|row| self.matched.decisions[row.index].makes_one());
        Ok(())
    }

    /// Keeps the rows that might be typed or pending transactions, and these.
    pub(super) fn gather_typed(&mut self, conn: &mut DbConn, open: &[&Waiting]) -> Result<()> {
        let lines = || open.iter().filter_map(|row| row.line.as_ref());
        let days = || lines().map(|(line, _)| line.date);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(()) };
        let (from, to) = around(first, last);
        let mut amounts: Vec<i64> = lines().map(|(_, amount)| amount.0).collect();
        amounts.sort_unstable();
        amounts.dedup();
        let account = self.request.account.id;
        let mut there: BTreeSet<(i64, NaiveDate)> = BTreeSet::new();
        let typed = unclaimed::typed(conn, account, &amounts, from, to)?;
        // Who keeps a book has a transaction as it is there, whatever a bank's file says of its day.
        let others = match transfers::names_other_sides(self.source) && self.has_others {
            true => unclaimed::of_others(conn, account, self.source, &amounts, (first, last))?,
            false => Vec::new(),
        };
        let claimed = others.into_iter().map(|found| (found, true));
        for (found, is_claimed) in typed.into_iter().map(|found| (found, false)).chain(claimed) {
            there.insert((found.amount, found.date));
            self.rest.candidates.entry(found.transaction_id).or_insert(Candidate {
                transaction: found.transaction_id,
                date: found.date,
                amount: found.amount,
                payee: found.payee_id,
                was_pending: false,
                is_leg: found.is_transfer,
                is_start: found.is_start,
                has_id: false,
                is_claimed,
            });
        }
        for found in unclaimed::still_pending(conn, account, &key::of_pending_days(from, last))? {
            there.insert((found.amount, found.date));
            self.rest.candidates.entry(found.transaction_id).or_insert(Candidate {
                transaction: found.transaction_id,
                date: found.date,
                amount: found.amount,
                payee: found.payee_id,
                was_pending: true,
                is_leg: false,
                is_start: false,
                has_id: found.has_bank_id && found.source == self.source && !self.ids_unreliable,
                is_claimed: false,
            });
            self.rest.pending.insert(found.line_id, found);
        }
        self.keep_rows_near(conn, open, &there)
    }

    /// Keeps the rows that have the amount of a candidate within the days that it may be away.
    fn keep_rows_near(
        &mut self,
        conn: &mut DbConn,
        open: &[&Waiting],
        there: &BTreeSet<(i64, NaiveDate)>,
    ) -> Result<()> {
        if there.is_empty() {
            return Ok(());
        }
        let is_near = |row: &&&Waiting| {
            row.line.as_ref().is_some_and(|(line, amount)| {
                let (from, to) = around(line.date, line.date);
                there.range((amount.0, from)..=(amount.0, to)).next().is_some()
            })
        };
        let kept: Vec<&&Waiting> = open.iter().filter(is_near).collect();
        let payee_key =
            |row: &Waiting| row.line.as_ref().and_then(|(line, _)| payee_name(line)).map(|n| fold(&n));
        let mut keys: Vec<String> = kept.iter().filter_map(|row| payee_key(row)).collect();
        keys.sort_unstable();
        keys.dedup();
        let payees = payees::ids_by_keys(conn, &keys)?;
        for row in kept {
            let Some((line, amount)) = &row.line else { continue };
            self.rest.rows.push(typed::Waiting {
                index: row.index,
                date: line.date,
                amount: amount.0,
                payee: payee_key(row).and_then(|key| payees.get(&key)).copied(),
                has_id: line.bank_id.is_some() && !self.ids_unreliable,
                is_booked: !line.is_pending,
                is_start: is_start(line),
                is_spent: is_spent(line),
            });
        }
        Ok(())
    }

    /// Decides the rows that were kept, over the whole file.
    pub(super) fn match_typed(&mut self) {
        let Rest { mut rows, candidates, pending } = std::mem::take(&mut self.rest);
        rows.retain(|row| self.matched.decisions[row.index].makes_one());
        // What this file still shows as pending is not what it shows as booked.
        let is_shown = |line: &&unclaimed::StillPending| self.claimed.contains(line.line_id);
        let shown: HashSet<i64> = pending.values().filter(is_shown).map(|line| line.transaction_id).collect();
        let is_free = |of: &i64| !shown.contains(of) && !self.taken.transactions.contains(of);
        let free = candidates.into_values().filter(|candidate| is_free(&candidate.transaction)).collect();
        for pair in typed::pairs(&rows, free, self.said) {
            let Candidate { transaction, was_pending, is_leg, .. } = pair.candidate;
            let by = match (was_pending, is_leg) {
                _ if pair.candidate.is_claimed => Match::Kept,
                (true, _) => Match::Pending(pair.days),
                (false, true) => Match::Leg(pair.days),
                (false, false) => Match::Typed(pair.days),
            };
            for line in pending.values().filter(|line| was_pending && line.transaction_id == transaction) {
                self.remember_pending(line.is_made_by_it, transaction, Some(line.date), Some(line.amount));
            }
            self.matched.decisions[pair.index] = Decision::Matched { transaction, by };
        }
    }

    /// Remembers what a pending row said that made a transaction: unless the user changed it, it becomes what the
    /// booked row says.
    pub(super) fn remember_pending(
        &mut self,
        is_made_by_it: bool,
        transaction: i64,
        date: Option<NaiveDate>,
        amount: Option<i64>,
    ) {
        if let (true, Some(date), Some(amount)) = (is_made_by_it, date, amount) {
            self.matched.were_pending.insert(transaction, (date, amount));
        }
    }
}

impl Matched {
    /// The place of a file's name among those that reasons name; one that no name has where there are too many.
    pub(super) fn file_number(&mut self, file: Option<&String>) -> u16 {
        file.map_or(u16::MAX, |file| self.name_number(format!("`{}`", visible(file))))
    }

    /// The place of a name among those that reasons name; one that no name has where there are too many.
    pub(super) fn name_number(&mut self, name: String) -> u16 {
        let place = self.sources.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.sources.push(name);
            self.sources.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}

/// Whether the file says what a row was for, and no account on its other side.
fn is_spent(line: &FileLine) -> bool {
    let parts = line.purpose.as_ref().map_or(&[][..], |purpose| &purpose.parts);
    let is_side = line.other_account.is_some() || parts.iter().any(|part| part.other_account.is_some());
    !is_side && parts.iter().any(|part| part.category.is_some())
}

/// Whether the file says that a row is what was there when its books began.
fn is_start(line: &FileLine) -> bool {
    let parts = line.purpose.as_ref().map_or(&[][..], |purpose| &purpose.parts);
    matches!(parts, [only] if only.category.as_ref().is_some_and(|name| is_of_starts(name)))
}

/// Whether a file's name of a category is that of starting balances, with its group or without.
fn is_of_starts(name: &str) -> bool {
    let (group, own) = split_category(name);
    fold(own) == fold("Starting balances") && group.is_none_or(|group| fold(group) == fold("Income"))
}

/// The days that a transaction may have which is a row of these days.
pub(super) fn around(first: NaiveDate, last: NaiveDate) -> (NaiveDate, NaiveDate) {
    let days = Days::new(DAYS);
    (first.checked_sub_days(days).unwrap_or(first), last.checked_add_days(days).unwrap_or(last))
}
