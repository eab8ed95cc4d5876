//! Minor units as text: one form for machines, one for people.
//!
//! Neither names the currency; columns, signs beside the figure and colours are `output/`'s.

use super::minor::Minor;

/// The amount with `exponent` digits after a point, no grouping, `-` for money out: `-12.50`, JPY `-12`.
///
/// It is what JSON and CSV hold. `parse_amount` with `DecimalMark::Point` reads it back unchanged.
///
/// ```
/// use groat::domain::money::{Minor, format_minor};
///
/// assert_eq!(format_minor(Minor(-1_250), 2), "-12.50");
/// assert_eq!(format_minor(Minor(-12), 0), "-12");
/// ```
pub fn format_minor(minor: Minor, exponent: u32) -> String {
    let (digits, whole) = digits(minor, exponent);
    join(minor, &digits[..whole], &digits[whole..])
}

/// The same for people, with commas between thousands: `-1,234.56`.
pub fn format_human(minor: Minor, exponent: u32) -> String {
    let (digits, whole) = digits(minor, exponent);
    join(minor, &group_digits(&digits[..whole]), &digits[whole..])
}

/// The digits without a sign, and how many of them stand before the point: always one at least.
fn digits(minor: Minor, exponent: u32) -> (String, usize) {
    let decimals = usize::try_from(exponent).unwrap_or(usize::MAX);
    let mut digits = minor.0.unsigned_abs().to_string();
    if digits.len() <= decimals {
        digits.insert_str(0, &"0".repeat(decimals - digits.len() + 1));
    }
    let whole = digits.len() - decimals;
    (digits, whole)
}

/// Pieced together by hand: a report of many months has thousands of amounts, and `format!` takes four times as long.
fn join(minor: Minor, whole: &str, fraction: &str) -> String {
    let mut text = String::with_capacity(whole.len() + fraction.len() + 2);
    if minor.is_negative() {
        text.push('-');
    }
    text.push_str(whole);
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

fn group_digits(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_of_the_currency_decides_the_digits_after_the_point() {
        for (minor, exponent, machine, human) in [
            (0, 2, "0.00", "0.00"),
            (5, 2, "0.05", "0.05"),
            (-5, 2, "-0.05", "-0.05"),
            (-1250, 2, "-12.50", "-12.50"),
            (-12, 0, "-12", "-12"),
            (1234, 3, "1.234", "1.234"),
            (-123_456, 2, "-1234.56", "-1,234.56"),
            (100_000, 0, "100000", "100,000"),
            (i64::MIN, 4, "-922337203685477.5808", "-922,337,203,685,477.5808"),
        ] {
            assert_eq!(format_minor(Minor(minor), exponent), machine);
            assert_eq!(format_human(Minor(minor), exponent), human);
        }
    }
}
