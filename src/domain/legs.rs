//! Which postings of a transaction are legs of a transfer. Most transfers are nothing else; a purchase with cash back,
//! or what a loan is paid off with, is both: parts that are spent, and a part that another account has.

/// A posting as far as this depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// Where it stands.
    pub account: i64,
    /// Whether it has a category.
    pub has_category: bool,
    /// In the book's currency; where that is not known, in its account's.
    pub worth: i64,
}

/// Whether each posting is a leg of a transfer: all of them, where they are worth nothing together or are but two;
/// else those of other accounts than the first, each with a posting of the first that is worth the opposite, one
/// without a category before others.
pub fn transfer_legs(all: &[Leg]) -> Vec<bool> {
    let Some(first) = all.first() else { return Vec::new() };
    if all.iter().all(|leg| leg.account == first.account) {
        return vec![false; all.len()];
    }
    let sum: i128 = all.iter().map(|leg| i128::from(leg.worth)).sum();
    if all.len() == 2 || sum == 0 {
        return vec![true; all.len()];
    }
    let mut is_leg = vec![false; all.len()];
    for (place, leg) in all.iter().enumerate().filter(|(_, leg)| leg.account != first.account) {
        let is_opposite =
            |other: &Leg| other.account == first.account && leg.worth.checked_neg() == Some(other.worth);
        let free = (0..all.len()).filter(|other| !is_leg[*other] && is_opposite(&all[*other]));
        let Some(other) = free.min_by_key(|other| (all[*other].has_category, *other)) else {
            return vec![true; all.len()];
        };
        (is_leg[place], is_leg[other]) = (true, true);
    }
    is_leg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(all: &[(i64, bool, i64)]) -> String {
        let legs: Vec<Leg> = all
            .iter()
            .map(|(account, has_category, worth)| Leg {
                account: *account,
                has_category: *has_category,
                worth: *worth,
            })
            .collect();
        transfer_legs(&legs).into_iter().map(|is| if is { 't' } else { '-' }).collect()
    }

    #[test]
    fn parts_that_are_spent_are_no_legs() {
        type Case = (&'static [(i64, bool, i64)], &'static str);
        let cases: [Case; 8] = [
            (&[], ""),
            (&[(1, true, -5), (1, false, -3)], "--"),
            (&[(1, false, -5), (2, false, 5)], "tt"),
            // Off budget, and in two currencies of which no rate is known.
            (&[(1, true, -5), (2, false, 5)], "tt"),
            (&[(1, false, -5), (2, false, 7)], "tt"),
            // Cash back, and a loan's rate with interest.
            (&[(1, true, -20), (1, false, -5), (2, false, 5)], "-tt"),
            (&[(1, true, -100), (1, true, -400), (2, false, 400)], "-tt"),
            (&[(1, true, -9), (1, false, -5), (1, false, -4), (2, false, 5), (3, false, 4)], "-tttt"),
        ];
        for (all, expected) in cases {
            assert_eq!(marks(all), expected, "{all:?}");
        }
        assert_eq!(marks(&[(1, false, -8), (2, false, 3), (3, false, 5)]), "ttt");
    }
}
