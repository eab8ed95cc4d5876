//! The payments that rows booked as one which stood there as pending one by one (`pending`): each has a line beside that
//! of its row, its share of it.

use std::collections::BTreeMap;

use super::super::Matcher;
use super::super::others::beginning;
use super::day::{Group, Open, Shown};
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, KnownLine, Share};
use crate::domain::ids::AccountId;
use crate::error::Result;
use crate::import::decision::Decision;
use crate::import::key;

/// All of an account, by the lines of their rows.
#[derive(Debug, Default)]
pub struct Shares(BTreeMap<i64, Vec<Share>>);

impl Shares {
    /// Those of the account, where it has bookings, as a source sees them.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(conn: &mut DbConn, account: AccountId, source: &str, has_bookings: bool) -> Result<Shares> {
        let mut of: BTreeMap<i64, Vec<Share>> = BTreeMap::new();
        if has_bookings {
            for share in statement_lines::shares(conn, account, source)? {
                if let Some(whole) = key::whole_of(&share.line.row_key) {
                    of.entry(whole).or_default().push(share);
                }
            }
        }
        Ok(Shares(of))
    }

    /// Whether that line is a row's any of whose payments is in the book, and not deleted.
    pub fn are_there(&self, whole: i64) -> bool {
        self.of(whole).iter().any(|share| share.line.transaction_id.is_some())
    }

    /// The payments that are in the book.
    pub(super) fn transactions(&self) -> impl Iterator<Item = i64> {
        self.0.values().flatten().filter_map(|share| share.line.transaction_id)
    }

    fn of(&self, whole: i64) -> &[Share] {
        self.0.get(&whole).map_or(&[], Vec::as_slice)
    }

    /// The bookings of a day, but for those whose payments the source has shown one by one itself.
    pub(super) fn of_day<'a>(
        &'a self,
        source: &'a str,
        is_of_day: impl Fn(&str) -> bool + 'a,
    ) -> impl Iterator<Item = Group> + 'a {
        let open = self.0.values().filter(|all| all.iter().all(|share| !share.is_shown));
        open.filter_map(move |all| {
            let first = &all.first()?.line;
            let booking = first.booking.as_deref().filter(|booking| is_of_day(booking))?;
            let of_day = beginning(booking).to_owned();
            let lines = all.iter().map(|share| share.line.clone()).collect();
            Some(Group::new(booking, of_day, first.source == source, lines))
        })
    }
}

impl Matcher<'_> {
    /// Decides a payment of a booking that is known in part: whether it is one that the user deleted.
    pub(super) fn is_deleted_share(&mut self, shown: &Shown, row: &Open) -> bool {
        if self.request.how.restores_deleted || self.matched.decisions[row.index] != Decision::New {
            return false;
        }
        let amount = key::amount_of(&row.key);
        let is_it = |line: &&KnownLine| {
            let number = line.booking.as_deref().and_then(|booking| booking.strip_prefix(&shown.of_day));
            let speaks_against = |number: &str| {
                let is_believed = line.source == self.source && !self.ids_unreliable && !number.is_empty();
                is_believed && shown.reference.as_deref().is_some_and(|own| own != number)
            };
            line.transaction_id.is_none()
                && line.amount == amount
                && number.is_some_and(|number| !speaks_against(number))
                && !self.claimed.contains(line.id)
        };
        let found = self.shares.0.values().flatten().map(|share| &share.line).find(is_it).map(|line| line.id);
        if let Some(line) = found {
            self.claimed.insert(line);
            self.matched.decisions[row.index] = Decision::Deleted { line: None };
        }
        found.is_some()
    }

    /// A row that is there has its shares with it: who holds the one holds the others.
    pub(in super::super) fn add_shares(&mut self) {
        if self.shares.0.is_empty() {
            return;
        }
        for (index, decision) in self.matched.decisions.iter().enumerate() {
            let line = match decision {
                Decision::Duplicate { line, .. } | Decision::Deleted { line: Some(line) } => *line,
                _ => continue,
            };
            let shares = self.shares.of(line);
            if !shares.is_empty() {
                let lines = shares.iter().map(|share| share.line.id).collect();
                self.matched.also.entry(index).or_insert(lines);
            }
        }
    }
}
