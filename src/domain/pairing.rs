//! What two lists tell of the same, as the sides of transfers, each on its own day: paired in the order of the days.

use chrono::NaiveDate;

/// Which of two lists belong together.
#[derive(Debug)]
pub struct Paired<T> {
    /// One of the first list with one of the second.
    pub pairs: Vec<(T, T)>,
    /// What is left of the first, and of the second.
    pub left: (Vec<T>, Vec<T>),
}

/// Pairs two lists that are in the order of their days, the earliest first; `are_one` says of two days whether they may be
/// the same.
pub fn pair<T: Copy>(
    first: Vec<T>,
    second: Vec<T>,
    day: impl Fn(T) -> NaiveDate,
    are_one: impl Fn(NaiveDate, NaiveDate) -> bool,
) -> Paired<T> {
    let (mut pairs, mut left) = (Vec::new(), (Vec::new(), Vec::new()));
    let (mut ones, mut others) = (first.into_iter().peekable(), second.into_iter().peekable());
    while let (Some(one), Some(other)) = (ones.peek().copied(), others.peek().copied()) {
        if are_one(day(one), day(other)) {
            pairs.push((one, other));
            ones.next();
            others.next();
        } else if day(one) < day(other) {
            left.0.extend(ones.next());
        } else {
            left.1.extend(others.next());
        }
    }
    left.0.extend(ones);
    left.1.extend(others);
    Paired { pairs, left }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[u32]) -> Vec<NaiveDate> {
        days.iter().map(|day| NaiveDate::from_ymd_opt(2026, 1, *day).unwrap()).collect()
    }

    #[test]
    fn the_earliest_are_paired_first() {
        let near = |a: NaiveDate, b: NaiveDate| (a - b).num_days().abs() <= 3;
        let found = pair(days(&[1, 9, 20]), days(&[3, 11, 30]), |day| day, near);
        assert_eq!(found.pairs.len(), 2);
        assert_eq!(found.left, (days(&[20]), days(&[30])));
        let same = pair(days(&[1, 2, 2]), days(&[2, 3]), |day| day, |a, b| a == b);
        assert_eq!((same.pairs.len(), same.left), (1, (days(&[1, 2]), days(&[3]))));
    }
}
