//! What may explain that an account does not agree with its statement: which transactions, cleared, left out or put
//! right, would make it agree. Pure, and the same for the same rows.
//!
//! Rows come nearest to the statement's day first, and are tried in that order.

use crate::db::cleared::Row;
use crate::domain::money::Minor;

/// So many pending rows are tried together.
const TOGETHER: usize = 20;
/// So many explanations of one sort are told.
const TOLD: usize = 3;
/// Equal rows as many days apart may be one, entered twice.
const NEAR_DAYS: i64 = 7;

/// Why rows may explain the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The statement is what is cleared with the other sign.
    StatementSign,
    /// They are pending, and together are the difference.
    Pending,
    /// Two equal ones: one was entered twice.
    Doubled,
    /// It went the other way.
    WrongSign,
    /// Two digits of its amount changed places.
    DigitsSwapped,
    /// The statement has none such.
    NotOnStatement,
    /// The account has no starting balance.
    StartingBalance,
    /// The book has none such.
    Missing,
    /// Digits of some amount may have changed places.
    DivisibleByNine,
}

/// An explanation: rows, and what becomes of the last of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained<'r> {
    /// Why.
    pub reason: Reason,
    /// Which.
    pub rows: Vec<&'r Row>,
    /// The amount that the row should have, where that is what is wrong.
    pub amount: Option<Minor>,
}

/// Explanations of a difference (what the statement has more than the cleared rows), the likeliest first.
pub fn explain<'r>(difference: Minor, pending: &'r [Row], cleared: &'r [Row]) -> Vec<Explained<'r>> {
    let mut found: Vec<Explained<'r>> = sets(difference, pending)
        .into_iter()
        .map(|rows| Explained { reason: Reason::Pending, rows, amount: None })
        .collect();
    let too_much: Vec<&Row> =
        cleared.iter().filter(|row| wide(row.amount) == -wide(difference)).take(TOLD).collect();
    for row in &too_much {
        found.extend(doubled(row, cleared));
    }
    let doubles: Vec<_> = found.iter().flat_map(|one| one.rows.iter().map(|row| row.transaction)).collect();
    let wrong = cleared.iter().filter(|row| 2 * wide(row.amount) == -wide(difference));
    found.extend(wrong.take(TOLD).map(|row| changed(Reason::WrongSign, row, Minor(-row.amount.0))));
    let swapped = cleared.iter().filter_map(|row| Some((row, swapped(row.amount, difference)?)));
    found.extend(swapped.take(TOLD).map(|(row, amount)| changed(Reason::DigitsSwapped, row, amount)));
    let alone = too_much.into_iter().filter(|row| !doubles.contains(&row.transaction));
    found.extend(alone.map(|row| Explained {
        reason: Reason::NotOnStatement,
        rows: vec![row],
        amount: None,
    }));
    found
}

fn changed(reason: Reason, row: &Row, amount: Minor) -> Explained<'_> {
    Explained { reason, rows: vec![row], amount: Some(amount) }
}

fn wide(amount: Minor) -> i128 {
    i128::from(amount.0)
}

/// The fewest rows that sum to the difference: one of all, else two or three of the nearest.
fn sets(difference: Minor, pending: &[Row]) -> Vec<Vec<&Row>> {
    let single: Vec<Vec<&Row>> =
        pending.iter().filter(|row| row.amount == difference).take(TOLD).map(|row| vec![row]).collect();
    if !single.is_empty() {
        return single;
    }
    let near = pending.get(..TOGETHER).unwrap_or(pending);
    let (mut pairs, mut triples) = (Vec::new(), Vec::new());
    for (at, first) in near.iter().enumerate() {
        for (next, second) in near.iter().enumerate().skip(at + 1) {
            let sum = wide(first.amount) + wide(second.amount);
            if sum == wide(difference) {
                pairs.push(vec![first, second]);
            }
            let third =
                near.iter().skip(next + 1).filter(|third| sum + wide(third.amount) == wide(difference));
            triples.extend(third.map(|third| vec![first, second, third]));
        }
    }
    let mut sets = if pairs.is_empty() { triples } else { pairs };
    sets.truncate(TOLD);
    sets
}

/// The row with its double, the one that was recorded later last.
fn doubled<'r>(row: &'r Row, cleared: &'r [Row]) -> Option<Explained<'r>> {
    // Each pair is found from the later one.
    let other = cleared.iter().find(|other| {
        other.transaction < row.transaction
            && other.amount == row.amount
            && (other.date - row.date).num_days().abs() <= NEAR_DAYS
    })?;
    Some(Explained { reason: Reason::Doubled, rows: vec![other, row], amount: None })
}

/// The amount with two neighbouring digits in each other's place, if that makes up for the difference.
fn swapped(amount: Minor, difference: Minor) -> Option<Minor> {
    // Such numbers differ by nine times a power of ten.
    if difference.0 % 9 != 0 {
        return None;
    }
    let digits = amount.0.unsigned_abs().to_string();
    (1..digits.len()).find_map(|at| {
        let mut other: Vec<char> = digits.chars().collect();
        other.swap(at - 1, at);
        let other: i128 = other.into_iter().collect::<String>().parse().ok()?;
        let other = if amount.is_negative() { -other } else { other };
        let is_it = other != 0 && other - wide(amount) == wide(difference);
        i64::try_from(other).ok().filter(|_| is_it).map(Minor)
    })
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDate};

    use super::*;
    use crate::domain::ids::TransactionId;

    /// Rows of these numbers and amounts, each a day before the last.
    fn rows(all: &[(i64, i64)]) -> Vec<Row> {
        let day = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
        let row = |(back, (id, amount)): (i64, &(i64, i64))| Row {
            transaction: TransactionId(*id),
            date: day - Duration::days(back),
            party: None,
            amount: Minor(*amount),
            is_whole: true,
        };
        (0..).zip(all).map(row).collect()
    }

    fn explained(difference: i64, pending: &[(i64, i64)], cleared: &[(i64, i64)]) -> Vec<String> {
        let (pending, cleared) = (rows(pending), rows(cleared));
        explain(Minor(difference), &pending, &cleared)
            .iter()
            .map(|one| {
                let ids: Vec<String> = one.rows.iter().map(|row| row.transaction.to_string()).collect();
                let amount = one.amount.map_or_else(String::new, |amount| format!(" {}", amount.0));
                format!("{:?} {}{amount}", one.reason, ids.join("+"))
            })
            .collect()
    }

    #[test]
    fn pending_rows_that_are_the_difference_explain_it_the_fewest_first() {
        let pending = [(9, -500), (8, -300), (7, -200), (6, -500), (5, -100)];
        assert_eq!(explained(-500, &pending, &[]), ["Pending 9", "Pending 6"]);
        assert_eq!(explained(-600, &pending, &[]), ["Pending 9+5", "Pending 6+5"]);
        assert_eq!(explained(-900, &pending, &[]), ["Pending 9+8+5", "Pending 8+6+5"]);
        assert_eq!(explained(-1600, &pending, &[]), Vec::<String>::new(), "all five are too many");
        assert_eq!(explained(100, &[(2, 300), (1, -200)], &[]), ["Pending 2+1"]);
    }

    #[test]
    fn only_the_nearest_are_tried_together_but_each_alone() {
        let mut pending: Vec<(i64, i64)> = (1..=20).map(|id| (id, -1000 - id)).collect();
        pending.extend([(21, -7), (22, -3)]);
        assert_eq!(explained(-10, &pending, &[]), Vec::<String>::new());
        assert_eq!(explained(-7, &pending, &[]), ["Pending 21"]);
        assert_eq!(explained(-2003, &pending, &[]), ["Pending 1+2"]);
    }

    #[test]
    fn a_cleared_row_that_is_too_much_is_not_on_the_statement_or_doubled() {
        assert_eq!(explained(500, &[], &[(3, -500), (2, -100)]), ["NotOnStatement 3"]);
        assert_eq!(explained(500, &[], &[(3, -500), (2, -500)]), ["Doubled 2+3"]);
        // Recorded later, although of an earlier day.
        assert_eq!(explained(500, &[], &[(2, -500), (3, -500)]), ["Doubled 2+3"]);
        let far = [(9, -500), (8, 0), (7, 0), (6, 0), (5, 0), (4, 0), (3, 0), (2, 0), (1, -500)];
        assert_eq!(explained(500, &[], &far), ["NotOnStatement 9", "NotOnStatement 1"]);
    }

    #[test]
    fn a_row_of_the_other_sign_explains_twice_its_amount() {
        assert_eq!(explained(-1000, &[], &[(2, 500), (1, 300)]), ["WrongSign 2 -500"]);
        assert_eq!(explained(600, &[], &[(1, -300)]), ["WrongSign 1 300"]);
        assert_eq!(explained(i64::MAX, &[], &[(1, i64::MAX), (2, -i64::MAX)]), ["NotOnStatement 2"]);
    }

    #[test]
    fn swapped_digits_explain_their_difference() {
        // 12.43 for 12.34: 0.09 less.
        assert_eq!(explained(9, &[], &[(1, -1243)]), ["DigitsSwapped 1 -1234"]);
        // 21.34 for 12.34: 9.00 less.
        assert_eq!(explained(900, &[], &[(1, -2134)]), ["DigitsSwapped 1 -1234"]);
        assert_eq!(explained(-90, &[], &[(1, 1540)]), ["DigitsSwapped 1 1450"]);
        assert_eq!(explained(90, &[], &[(1, -1234)]), Vec::<String>::new());
        assert_eq!(explained(10, &[], &[(1, -1243)]), Vec::<String>::new());
    }
}
