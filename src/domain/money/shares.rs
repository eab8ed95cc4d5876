//! Shares in percent that add up to exactly 100.0.
//!
//! Rounding each share by itself leaves 99.9 or 100.1; the largest-remainder method hands the
//! missing tenths to the rows that lost most. Reports call it; the drawing is `output/`'s.

use std::cmp::Reverse;

use super::minor::Minor;

/// A whole in the unit of the result, tenths of a percent.
const WHOLE: i128 = 1000;

/// Each row's share of the positive rows' total, in percent with one decimal (`"33.4"`).
///
/// The shares sum to exactly 100.0. A row of zero or below has none, and so have all where no row is
/// positive. Of equal remainders the earlier row is rounded up.
pub fn shares_of(parts: &[Minor]) -> Vec<Option<String>> {
    tenths_of(parts).into_iter().map(|tenths| tenths.map(|t| format!("{}.{}", t / 10, t % 10))).collect()
}

fn tenths_of(parts: &[Minor]) -> Vec<Option<i128>> {
    let positive: Vec<Option<i128>> =
        parts.iter().map(|part| (part.0 > 0).then_some(i128::from(part.0))).collect();
    let total: i128 = positive.iter().flatten().sum();
    // Where there is something to divide the total is positive.
    let mut tenths: Vec<Option<i128>> = positive.iter().map(|row| row.map(|p| p * WHOLE / total)).collect();
    let missing = WHOLE - tenths.iter().flatten().sum::<i128>();

    let mut by_remainder: Vec<(Reverse<i128>, &mut i128)> = (tenths.iter_mut().zip(&positive))
        .filter_map(|(tenth, row)| Some((Reverse(row.as_ref()? * WHOLE % total), tenth.as_mut()?)))
        .collect();
    // The sort is stable, so the earlier of equal rows stays in front.
    by_remainder.sort_by_key(|(remainder, _)| *remainder);
    // Each row lacks less than a tenth, so there are never more tenths missing than rows.
    for (_, tenth) in by_remainder.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        *tenth += 1;
    }
    tenths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shares(parts: &[i64]) -> Vec<String> {
        let parts: Vec<Minor> = parts.iter().copied().map(Minor).collect();
        shares_of(&parts).into_iter().map(|share| share.unwrap_or_else(|| "none".to_owned())).collect()
    }

    #[test]
    fn the_largest_remainder_takes_the_missing_tenth() {
        assert_eq!(shares(&[1, 1, 1]), ["33.4", "33.3", "33.3"]);
        assert_eq!(shares(&[1, 2]), ["33.3", "66.7"]);
        assert_eq!(shares(&[5]), ["100.0"]);
        assert_eq!(shares(&[1, 9_999_999]), ["0.0", "100.0"]);
        assert_eq!(shares(&[1, 1, 1, 1, 1, 1, 1]), ["14.3", "14.3", "14.3", "14.3", "14.3", "14.3", "14.2"]);
    }

    #[test]
    fn rows_of_zero_or_below_have_no_share() {
        assert_eq!(shares(&[300, 0, -50, 100]), ["75.0", "none", "none", "25.0"]);
        assert_eq!(shares(&[0, -1]), ["none", "none"]);
        assert!(shares(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn shares_sum_to_exactly_one_hundred(parts in prop::collection::vec(any::<i64>().prop_map(Minor), 0..50)) {
            let tenths = tenths_of(&parts);
            let expected = if parts.iter().any(|part| part.0 > 0) { WHOLE } else { 0 };
            prop_assert_eq!(tenths.iter().flatten().sum::<i128>(), expected);
            for (part, share) in parts.iter().zip(&tenths) {
                prop_assert_eq!(part.0 > 0, share.is_some());
            }
        }
    }
}
