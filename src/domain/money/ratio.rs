//! Parts of a whole and averages, rounded half to even. Reports call them; shares that must add up are in `shares`.

use super::minor::Minor;

/// `part` of `whole` in percent with one decimal (`"28.3"`, `"-4.0"`); none where the whole is zero or below.
pub fn percent_of(part: Minor, whole: Minor) -> Option<String> {
    if whole.0 <= 0 {
        return None;
    }
    let tenths = half_even(i128::from(part.0) * 1000, i128::from(whole.0));
    let sign = if tenths < 0 { "-" } else { "" };
    Some(format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10))
}

/// The sum shared out equally among so many; zero among none.
pub fn average(sum: Minor, count: usize) -> Minor {
    let Some(count) = i128::try_from(count).ok().filter(|count| *count > 0) else { return Minor::ZERO };
    // It is no further from zero than the sum, which fits.
    Minor(i64::try_from(half_even(i128::from(sum.0), count)).unwrap_or(sum.0))
}

/// The quotient, half to even; the divisor is positive.
pub fn half_even(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    match rest.cmp(&(divisor - rest)) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient.rem_euclid(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_have_one_decimal_and_are_rounded_half_to_even() {
        for (part, whole, said) in [
            (135_000, 210_000, Some("64.3")),
            (1, 2000, Some("0.0")),
            (3, 2000, Some("0.2")),
            (-1, 2000, Some("0.0")),
            (-3, 2000, Some("-0.2")),
            (-210_000, 210_000, Some("-100.0")),
            (5, 0, None),
            (5, -1, None),
            (i64::MAX, i64::MAX, Some("100.0")),
            (i64::MIN, 1, Some("-922337203685477580800.0")),
        ] {
            assert_eq!(percent_of(Minor(part), Minor(whole)).as_deref(), said, "{part} of {whole}");
        }
    }

    #[test]
    fn averages_are_rounded_half_to_even() {
        for (sum, count, said) in [
            (10, 4, 2),
            (14, 4, 4),
            (-10, 4, -2),
            (-14, 4, -4),
            (10, 3, 3),
            (5, 0, 0),
            (i64::MIN, 1, i64::MIN),
        ] {
            assert_eq!(average(Minor(sum), count), Minor(said), "{sum} by {count}");
        }
    }
}
