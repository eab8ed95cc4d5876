//! Bookings that stood there as pending in another form: the whole of them, which the bank then books payment by payment,
//! or their payments, which it books as one. What stands there stays, and is booked.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::super::rest::around;
use super::super::{DAYS, Matcher};
use super::day::{Day, Group, Open, Shown, groups};
use crate::db::connection::DbConn;
use crate::db::statement_lines::KnownLine;
use crate::db::unclaimed::{self, StillPending};
use crate::error::Result;
use crate::import::decision::{Decision, Match};
use crate::import::key;

/// What stands there as pending and is nobody's yet.
struct Pending {
    wholes: Vec<StillPending>,
    groups: Vec<Group>,
}

impl Matcher<'_> {
    /// Decides what of these days nothing else is known of.
    pub(super) fn match_pending_bookings(&mut self, conn: &mut DbConn, days: &[Day]) -> Result<()> {
        let dates = || days.iter().filter_map(Day::date);
        let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Ok(()) };
        let (from, _) = around(first, last);
        let lines =
            unclaimed::still_pending(conn, self.request.account.id, &key::of_pending_days(from, last))?;
        let mut pending = self.free(lines);
        for day in days {
            let Some(date) = day.date() else { continue };
            for shown in &day.bookings {
                if let Some(whole) = take_whole(&mut pending, date, shown, |row| self.is_new(row)) {
                    self.book_whole(whole, date, shown);
                }
            }
            for row in &day.singles {
                if let Some(group) = self.is_new(row).then(|| take_group(&mut pending, date, row)).flatten() {
                    self.book_payments(group, date, row);
                }
            }
        }
        Ok(())
    }

    fn is_new(&self, row: &Open) -> bool {
        self.matched.decisions[row.index] == Decision::New
    }

    /// Those that no row of the file is, nor shows as pending still.
    fn free(&self, lines: Vec<StillPending>) -> Pending {
        let shown: HashSet<i64> = lines
            .iter()
            .filter(|line| self.claimed.contains(line.line_id))
            .map(|line| line.transaction_id)
            .collect();
        let is_free = |line: &StillPending| {
            !shown.contains(&line.transaction_id) && !self.taken.transactions.contains(&line.transaction_id)
        };
        let free = lines.into_iter().filter(is_free);
        let (wholes, payments): (Vec<_>, Vec<_>) = free.partition(|line| line.booking.is_none());
        let payments: Vec<KnownLine> = payments.into_iter().map(known).collect();
        Pending { wholes, groups: groups(self.source, &payments) }
    }

    fn book_whole(&mut self, whole: StillPending, date: NaiveDate, shown: &Shown) {
        let transaction = whole.transaction_id;
        self.taken.transactions.insert(transaction);
        self.bookings.wholes += 1;
        self.bookings.payments += shown.rows.len();
        self.remember_pending(whole.is_made_by_it, transaction, Some(whole.date), Some(whole.amount));
        self.matched.booked_on.insert(transaction, (date, whole.amount));
        for row in &shown.rows {
            self.matched.decisions[row.index] = Decision::Matched { transaction, by: Match::Whole };
        }
    }

    fn book_payments(&mut self, group: Group, date: NaiveDate, row: &Open) {
        let day = group.lines.first().and_then(|line| line.date);
        let days = day.and_then(|day| i8::try_from((date - day).num_days()).ok());
        // It was found by that day.
        let Some(days) = days else { return };
        let mut payments = Vec::new();
        for line in &group.lines {
            let (Some(transaction), Some(amount)) = (line.transaction_id, line.amount) else { continue };
            self.taken.transactions.insert(transaction);
            self.remember_pending(line.decision == "new", transaction, line.date, line.amount);
            self.matched.booked_on.insert(transaction, (date, amount));
            payments.push((transaction, amount));
        }
        if let Some((transaction, _)) = payments.first() {
            let (transaction, by) = (*transaction, Match::Payments(days));
            self.matched.decisions[row.index] = Decision::Matched { transaction, by };
            self.matched.payments.insert(row.index, payments);
        }
    }
}

impl Day {
    fn date(&self) -> Option<NaiveDate> {
        let key = self
            .singles
            .first()
            .map(|row| &row.key)
            .or_else(|| self.bookings.first().map(|shown| &shown.of_day))?;
        key.split('|').next()?.parse().ok()
    }
}

/// The nearest that has the sum of a booking whose payments are all new.
fn take_whole(
    pending: &mut Pending,
    date: NaiveDate,
    shown: &Shown,
    is_new: impl Fn(&Open) -> bool,
) -> Option<StillPending> {
    let total = key::amount_of(&shown.of_day)?;
    if !shown.rows.iter().all(is_new) {
        return None;
    }
    let fits = |(_, line): &(usize, &StillPending)| line.amount == total && is_before(Some(line.date), date);
    let nearest =
        pending.wholes.iter().enumerate().filter(fits).max_by_key(|(_, line)| (line.date, -line.line_id));
    nearest.map(|(at, _)| at).map(|at| pending.wholes.remove(at))
}

/// The nearest whose payments sum to a row.
fn take_group(pending: &mut Pending, date: NaiveDate, row: &Open) -> Option<Group> {
    let amount = key::amount_of(&row.key)?;
    let day = |group: &Group| group.lines.first().and_then(|line| line.date);
    let fits = |(_, group): &(usize, &Group)| {
        let sum: i128 = group.lines.iter().filter_map(|line| line.amount).map(i128::from).sum();
        sum == i128::from(amount) && is_before(day(group), date)
    };
    let nearest = pending
        .groups
        .iter()
        .enumerate()
        .filter(fits)
        .max_by_key(|(at, group)| (day(group), usize::MAX - at));
    nearest.map(|(at, _)| at).map(|at| pending.groups.remove(at))
}

/// Whether a pending row of that day may be booked on the other.
fn is_before(pending: Option<NaiveDate>, booked: NaiveDate) -> bool {
    pending.is_some_and(|day| (0..=DAYS.cast_signed()).contains(&(booked - day).num_days()))
}

fn known(line: StillPending) -> KnownLine {
    KnownLine {
        id: line.line_id,
        source: line.source,
        bank_id: None,
        row_key: String::new(),
        date: Some(line.date),
        amount: Some(line.amount),
        decision: if line.is_made_by_it { "new" } else { "matched" }.to_owned(),
        transaction_id: Some(line.transaction_id),
        booking: line.booking,
    }
}
