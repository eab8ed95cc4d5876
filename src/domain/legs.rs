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
    let partners = partners(all, first.account);
    let is_whole =
        all.iter().zip(&partners).all(|(leg, partner)| leg.account == first.account || partner.is_some());
    if is_whole { partners.iter().map(Option::is_some).collect() } else { vec![true; all.len()] }
}

/// Of each posting that is a leg of a transfer, the account on its other side: that of the posting worth the opposite
/// or, where the money went to several, of the first in another account.
pub fn other_accounts(all: &[Leg]) -> Vec<Option<i64>> {
    let Some(first) = all.first() else { return Vec::new() };
    let partners = partners(all, first.account);
    let other = |(place, is_leg): (usize, bool)| {
        let elsewhere = || all.iter().find(|leg| leg.account != all[place].account);
        let partner = partners[place].map(|partner| &all[partner]).or_else(elsewhere);
        partner.filter(|_| is_leg).map(|leg| leg.account)
    };
    transfer_legs(all).into_iter().enumerate().map(other).collect()
}

/// For each posting of another account than the first, one of the first that is worth the opposite; and the other way
/// round.
fn partners(all: &[Leg], first: i64) -> Vec<Option<usize>> {
    let mut partners = vec![None; all.len()];
    for (place, leg) in all.iter().enumerate().filter(|(_, leg)| leg.account != first) {
        let is_opposite =
            |other: &Leg| other.account == first && leg.worth.checked_neg() == Some(other.worth);
        let free = (0..all.len()).filter(|other| partners[*other].is_none() && is_opposite(&all[*other]));
        if let Some(other) = free.min_by_key(|other| (all[*other].has_category, *other)) {
            (partners[place], partners[other]) = (Some(other), Some(place));
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legs(all: &[(i64, bool, i64)]) -> Vec<Leg> {
        let leg = |&(account, has_category, worth): &(i64, bool, i64)| Leg { account, has_category, worth };
        all.iter().map(leg).collect()
    }

    fn marks(all: &[(i64, bool, i64)]) -> String {
        transfer_legs(&legs(all)).into_iter().map(|is| if is { 't' } else { '-' }).collect()
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

    #[test]
    fn the_other_side_is_the_account_that_has_the_opposite() {
        type Case = (&'static [(i64, bool, i64)], &'static [i64]);
        let cases: [Case; 6] = [
            (&[], &[]),
            (&[(1, true, -5), (2, false, 7)], &[2, 1]),
            (&[(1, true, -100), (1, true, -400), (2, false, 400)], &[0, 2, 1]),
            (
                &[(1, true, -9), (1, false, -5), (1, false, -4), (3, false, 4), (2, false, 5)],
                &[0, 2, 3, 1, 1],
            ),
            (&[(1, false, -5), (1, false, -5), (2, false, 5), (3, false, 5)], &[2, 3, 1, 1]),
            (&[(1, false, -8), (2, false, 3), (3, false, 5)], &[2, 1, 1]),
        ];
        for (all, expected) in cases {
            let found = other_accounts(&legs(all));
            let found: Vec<i64> = found.into_iter().map(|other| other.unwrap_or(0)).collect();
            assert_eq!(found, expected, "{all:?}");
        }
    }
}
