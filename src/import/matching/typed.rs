//! Which rows of a file are transactions that nobody's bank has claimed: typed, scheduled, the leg of a transfer, or
//! seen pending. All pairs with the same payee first, nearest days first; then all others; ties by the earlier day,
//! then the lower id. What the user confirmed goes before all, what the user refused is never answered. Pure: `matching`
//! gathers rows and candidates, and applies what is answered.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use chrono::{Days, NaiveDate};

use crate::import::answers::Said;

/// How many days a typed transaction may be away from the bank's day, on either side.
pub const DAYS: u64 = 7;

/// A row that may be one of the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its place in the file.
    pub index: usize,
    /// The bank's day.
    pub date: NaiveDate,
    /// In minor units of the account.
    pub amount: i64,
    /// Whom the bank names, when the book knows that payee.
    pub payee: Option<i64>,
    /// Whether the bank numbers it, by a number that can be believed.
    pub has_id: bool,
    /// Whether the bank has booked it.
    pub is_booked: bool,
    /// Whether the file says that it is what was there when its books began.
    pub is_start: bool,
    /// Whether the file says what it was for, and names no other account of the user's: it is no side of a transfer.
    pub is_spent: bool,
}

/// A transaction, by its total in the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The transaction.
    pub transaction: i64,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// In minor units of the account.
    pub amount: i64,
    /// Its payee.
    pub payee: Option<i64>,
    /// The bank showed it before as not booked; only a booked row, of the same day or later, is it.
    pub was_pending: bool,
    /// It is the leg of a transfer.
    pub is_leg: bool,
    /// It is what was there when the book began: no bank's row.
    pub is_start: bool,
    /// This source numbered it, by a number that can be believed: a row with another number is another row.
    pub has_id: bool,
    /// Rows of other sources are it: only a row of the day and amount that it has here is it, too.
    pub is_claimed: bool,
}

impl Candidate {
    fn may_be(&self, row: &Waiting) -> bool {
        !(self.has_id && row.has_id)
            && (row.is_booked || !self.was_pending)
            && (row.is_start || !self.is_start)
            && !(row.is_spent && self.is_leg)
            && (!self.is_claimed || row.date == self.date)
    }
}

/// A row and the candidate that it is, with the days from the candidate's to the row's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The row's place in the file.
    pub index: usize,
    /// What it is.
    pub candidate: Candidate,
    /// The row's day less the candidate's.
    pub days: i8,
}

/// Rows that are still free, by what they must share with a candidate.
type Free = HashMap<(i64, Option<i64>), BTreeMap<NaiveDate, VecDeque<Waiting>>>;

/// Pairs rows with candidates, each at most once, by what the user said first.
pub fn pairs(rows: &[Waiting], mut candidates: Vec<Candidate>, said: &Said) -> Vec<Pair> {
    candidates.sort_unstable_by_key(|candidate| (candidate.date, candidate.transaction));
    candidates.dedup_by_key(|candidate| candidate.transaction);
    let mut rows = rows.to_vec();
    rows.sort_unstable_by_key(|row| row.index);
    let mut found = confirmed(&mut rows, &mut candidates, said);
    let same_payee = |payee: Option<i64>| payee.map(Some);
    let any_payee = |_| Some(None);
    for key in [&same_payee as &dyn Fn(Option<i64>) -> Option<Option<i64>>, &any_payee] {
        let mut free = Free::new();
        for row in &rows {
            if let Some(payee) = key(row.payee) {
                free.entry((row.amount, payee)).or_default().entry(row.date).or_default().push_back(*row);
            }
        }
        let before = found.len();
        for distance in 0..=DAYS {
            candidates.retain(|candidate| {
                let of = key(candidate.payee).and_then(|payee| free.get_mut(&(candidate.amount, payee)));
                let pair = of.and_then(|rows| take(rows, candidate, distance, said));
                found.extend(pair);
                pair.is_none()
            });
        }
        let taken: HashSet<usize> = found[before..].iter().map(|pair| pair.index).collect();
        rows.retain(|row| !taken.contains(&row.index));
    }
    found
}

/// Takes what the user confirmed out of the rows and the candidates, if both are still there and may be one.
fn confirmed(rows: &mut Vec<Waiting>, candidates: &mut Vec<Candidate>, said: &Said) -> Vec<Pair> {
    let of: HashMap<i64, Candidate> = candidates.iter().map(|one| (one.transaction, *one)).collect();
    let pair = |row: &Waiting| {
        let candidate = *of.get(&said.confirmed(row.index)?)?;
        let days = i8::try_from((row.date - candidate.date).num_days()).ok()?;
        let is_near = u64::from(days.unsigned_abs()) <= DAYS;
        let is_possible = is_near && candidate.amount == row.amount && candidate.may_be(row);
        is_possible.then_some(Pair { index: row.index, candidate, days })
    };
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    for pair in rows.iter().filter_map(pair) {
        if taken.insert(pair.candidate.transaction) {
            found.push(pair);
        }
    }
    let done: HashSet<usize> = found.iter().map(|pair: &Pair| pair.index).collect();
    rows.retain(|row| !done.contains(&row.index));
    candidates.retain(|candidate| !taken.contains(&candidate.transaction));
    found
}

/// Takes the row so many days away, the earlier day first.
fn take(
    rows: &mut BTreeMap<NaiveDate, VecDeque<Waiting>>,
    candidate: &Candidate,
    distance: u64,
    said: &Said,
) -> Option<Pair> {
    let days = i8::try_from(distance).ok()?;
    let earlier = candidate.date.checked_sub_days(Days::new(distance)).map(|date| (date, -days));
    let later = candidate.date.checked_add_days(Days::new(distance)).map(|date| (date, days));
    for (date, days) in
        [earlier.filter(|_| !candidate.was_pending || distance == 0), later].into_iter().flatten()
    {
        let Some(of_day) = rows.get_mut(&date) else { continue };
        let is_it = |row: &Waiting| candidate.may_be(row) && !said.refuses(row.index, candidate.transaction);
        if let Some(place) = of_day.iter().position(is_it) {
            return of_day.remove(place).map(|row| Pair { index: row.index, candidate: *candidate, days });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESCO: Option<i64> = Some(1);
    const SHELL: Option<i64> = Some(2);

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
    }

    fn row(index: usize, date: u32, payee: Option<i64>) -> Waiting {
        Waiting {
            index,
            date: day(date),
            amount: -500,
            payee,
            has_id: false,
            is_booked: true,
            is_start: false,
            is_spent: false,
        }
    }

    fn typed(transaction: i64, date: u32, payee: Option<i64>) -> Candidate {
        Candidate {
            transaction,
            date: day(date),
            amount: -500,
            payee,
            was_pending: false,
            is_leg: false,
            is_start: false,
            has_id: false,
            is_claimed: false,
        }
    }

    fn paired(rows: &[Waiting], candidates: &[Candidate]) -> Vec<(usize, i64)> {
        paired_by(&Said::default(), rows, candidates)
    }

    fn paired_by(said: &Said, rows: &[Waiting], candidates: &[Candidate]) -> Vec<(usize, i64)> {
        let pairs = pairs(rows, candidates.to_vec(), said);
        let mut found: Vec<_> = pairs.iter().map(|pair| (pair.index, pair.candidate.transaction)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_same_payee_goes_before_a_nearer_day() {
        let rows = [row(0, 17, TESCO)];
        assert_eq!(paired(&rows, &[typed(1, 15, TESCO), typed(2, 17, None)]), [(0, 1)]);
    }

    #[test]
    fn pairs_are_made_by_distance_and_not_in_the_order_of_the_file() {
        let rows = [row(0, 8, TESCO), row(1, 12, TESCO)];
        assert_eq!(paired(&rows, &[typed(7, 12, TESCO)]), [(1, 7)]);
    }

    #[test]
    fn ties_go_to_the_earlier_day_and_then_to_the_lower_id() {
        let rows = [row(0, 10, None)];
        assert_eq!(paired(&rows, &[typed(1, 12, SHELL), typed(2, 8, SHELL)]), [(0, 2)]);
        assert_eq!(paired(&rows, &[typed(2, 8, SHELL), typed(1, 8, SHELL)]), [(0, 1)]);
    }

    #[test]
    fn nothing_is_joined_beyond_seven_days_or_twice() {
        assert_eq!(paired(&[row(0, 9, TESCO)], &[typed(1, 1, TESCO)]), []);
        assert_eq!(paired(&[row(0, 8, TESCO)], &[typed(1, 1, TESCO)]), [(0, 1)]);
        assert_eq!(paired(&[row(0, 1, TESCO), row(1, 1, TESCO)], &[typed(1, 1, TESCO)]), [(0, 1)]);
    }

    #[test]
    fn what_is_refused_is_never_answered_and_the_next_one_is() {
        let rows = [row(0, 10, TESCO)];
        let there = [typed(1, 10, TESCO), typed(2, 9, TESCO), typed(3, 10, None)];
        let no = Said::default().and_no(0, 1);
        assert_eq!(paired_by(&no, &rows, &there), [(0, 2)]);
        let no = no.and_no(0, 2);
        assert_eq!(paired_by(&no, &rows, &there), [(0, 3)]);
        assert_eq!(paired_by(&no.and_no(0, 3), &rows, &there), []);
        // Another row of that day may be what the first is not.
        let rows = [row(0, 10, TESCO), row(1, 10, TESCO)];
        assert_eq!(paired_by(&Said::default().and_no(0, 1), &rows, &there[..1]), [(1, 1)]);
    }

    #[test]
    fn what_is_confirmed_goes_before_what_is_more_alike() {
        let rows = [row(0, 10, TESCO), row(1, 8, None)];
        let there = [typed(1, 10, TESCO), typed(2, 8, SHELL)];
        assert_eq!(paired(&rows, &there), [(0, 1), (1, 2)]);
        assert_eq!(paired_by(&Said::default().and_yes(1, 1), &rows, &there), [(0, 2), (1, 1)]);
        // What cannot be one any more is as if nobody had said it.
        let far = [typed(1, 20, TESCO), typed(2, 8, SHELL)];
        assert_eq!(paired_by(&Said::default().and_yes(0, 1), &rows, &far), [(1, 2)]);
    }

    #[test]
    fn what_was_there_at_the_beginning_is_no_banks_row() {
        let start = Candidate { is_start: true, ..typed(1, 1, None) };
        assert_eq!(paired(&[row(0, 1, None)], &[start]), []);
        assert_eq!(paired(&[Waiting { is_start: true, ..row(0, 1, None) }], &[start]), [(0, 1)]);
    }

    #[test]
    fn another_amount_is_another_row() {
        let rows = [Waiting { amount: -501, ..row(0, 1, TESCO) }];
        assert_eq!(paired(&rows, &[typed(1, 1, TESCO)]), []);
    }

    #[test]
    fn what_was_pending_is_booked_later_and_never_earlier() {
        let pending = Candidate { was_pending: true, ..typed(1, 5, TESCO) };
        assert_eq!(paired(&[row(0, 4, TESCO)], &[pending]), []);
        assert_eq!(paired(&[row(0, 12, TESCO)], &[pending]), [(0, 1)]);
        let still_pending = Waiting { is_booked: false, ..row(0, 5, TESCO) };
        assert_eq!(paired(&[still_pending], &[pending]), []);
    }

    #[test]
    fn two_believed_numbers_are_two_rows() {
        let numbered = Candidate { has_id: true, was_pending: true, ..typed(1, 5, TESCO) };
        let row = row(0, 5, TESCO);
        assert_eq!(paired(&[Waiting { has_id: true, ..row }], &[numbered]), []);
        assert_eq!(paired(&[row], &[numbered]), [(0, 1)]);
    }
}
