//! The amount of a row, parted as a rule says: fixed amounts first, then percentages of what they leave, then the rest.
//!
//! The parts always sum to the whole. Percentages are rounded half to even at each step of their running sum, so that
//! those that come to 100% share out everything, to the last cent.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Part, Share};
use crate::domain::invalid::Invalid;
use crate::domain::money::{Minor, format_human, half_even};
use crate::domain::target::Percent;

/// Refuses parts that could share out no amount, or only by chance.
///
/// # Errors
/// Two that take the rest; percentages above 100, or below it without a part that takes the rest.
pub fn refuse_unfit(parts: &[Part]) -> Result<(), Invalid> {
    let rests = parts.iter().filter(|part| part.share.is_none()).count();
    if rests > 1 {
        return Err(Invalid::new("only one part can take what is left")
            .hint("give the others an amount or a percentage: `groceries=30%`"));
    }
    let percents = parts.iter().filter_map(percent);
    let sum: i128 = percents.map(Percent::parts).sum();
    let shown = || Decimal::from_i128_with_scale(sum * 100, Percent::WHOLE.ilog10()).normalize();
    if sum > Percent::WHOLE {
        return Err(Invalid::new(format!("the percentages come to {}%: more than the whole", shown())));
    }
    if rests == 0 && sum > 0 && sum < Percent::WHOLE {
        return Err(Invalid::new(format!("the percentages come to {}%: less than the whole", shown()))
            .hint("a part without a share takes what is left: `--split groceries=30% --split household`"));
    }
    Ok(())
}

/// Refuses amounts that are finer than the finest currency that they can be of, or too large for it.
///
/// # Errors
/// Such an amount.
pub fn refuse_too_fine(parts: &[Part], exponent: u32) -> Result<(), Invalid> {
    parts.iter().try_for_each(|part| fixed(part, exponent).map(drop))
}

/// The amounts of the parts, in minor units with the sign of the whole; some may be 0.
///
/// # Errors
/// A whole that the parts do not share out: 0, less than the fixed amounts, or another than they come to; an amount that
/// the currency has no units for.
pub fn split(parts: &[Part], whole: Minor, exponent: u32) -> Result<Vec<Minor>, Invalid> {
    let size = i128::from(whole.0).abs();
    if size == 0 {
        return Err(Invalid::new("there is nothing to share out"));
    }
    let fixed: Vec<i128> = parts.iter().map(|part| fixed(part, exponent)).collect::<Result<_, _>>()?;
    let left = size - fixed.iter().sum::<i128>();
    if left < 0 {
        return Err(unfit("are more than", size - left, size, exponent));
    }
    let mut shared = 0;
    let mut percents = 0;
    let mut sizes = fixed;
    for (part, size) in parts.iter().zip(&mut sizes) {
        if let Some(percent) = percent(part) {
            percents += percent.parts();
            let up_to_here = half_even(left * percents, Percent::WHOLE);
            *size = up_to_here - shared;
            shared = up_to_here;
        }
    }
    match parts.iter().position(|part| part.share.is_none()) {
        Some(rest) => sizes[rest] = left - shared,
        None if left > shared => return Err(unfit("are less than", size - left + shared, size, exponent)),
        None => {}
    }
    let signed = sizes.into_iter().map(|size| if whole.is_negative() { -size } else { size });
    signed.map(|size| i64::try_from(size).map(Minor).map_err(|_| too_large())).collect()
}

fn percent(part: &Part) -> Option<Percent> {
    match part.share {
        Some(Share::Percent(percent)) => Some(percent),
        _ => None,
    }
}

/// A fixed amount in minor units, never rounded; 0 for other parts.
fn fixed(part: &Part, exponent: u32) -> Result<i128, Invalid> {
    let Some(Share::Amount(amount)) = &part.share else { return Ok(0) };
    let scale = 10_u64.checked_pow(exponent).map(Decimal::from);
    let scaled = scale.and_then(|scale| amount.checked_mul(scale)).ok_or_else(too_large)?;
    if !scaled.fract().is_zero() {
        return Err(too_fine(*amount, exponent));
    }
    scaled.to_i64().map(i128::from).ok_or_else(too_large)
}

fn too_fine(amount: Decimal, exponent: u32) -> Invalid {
    let amount = amount.round_dp(10);
    match exponent {
        0 => Invalid::new(format!("a part of {amount} has decimals, and the currency has none"))
            .hint("write it without decimals"),
        _ => Invalid::new(format!(
            "a part of {amount} has more than the {exponent} decimals of the currency"
        ))
        .hint(format!(
            "write it with at most {exponent} decimals; `N%` is a share, and the rest takes what is left"
        )),
    }
}

fn too_large() -> Invalid {
    Invalid::new("a part is more than an amount can be")
}

fn unfit(are: &str, sum: i128, whole: i128, exponent: u32) -> Invalid {
    let shown = |size: i128| {
        i64::try_from(size).map_or_else(|_| size.to_string(), |size| format_human(Minor(size), exponent))
    };
    Invalid::new(format!("its parts of {} {are} the {} there are", shown(sum), shown(whole)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::DecimalMark;

    fn parts(shares: &[&str]) -> Vec<Part> {
        let share = |text: &&str| match *text {
            "rest" => None,
            text => Some(Share::parse(text, DecimalMark::Point).unwrap()),
        };
        shares.iter().map(|text| Part { category: None, share: share(text) }).collect()
    }

    fn amounts(shares: &[&str], whole: i64) -> Result<Vec<i64>, String> {
        let amounts = split(&parts(shares), Minor(whole), 2).map_err(|invalid| invalid.message)?;
        Ok(amounts.into_iter().map(|minor| minor.0).collect())
    }

    #[test]
    fn fixed_amounts_come_first_then_percentages_of_what_is_left_then_the_rest() {
        for (shares, whole, expected) in [
            (&["100", "50%", "rest"][..], 20_000, &[10_000, 5_000, 5_000][..]),
            (&["100", "100%", "rest"], 15_000, &[10_000, 5_000, 0]),
            (&["rest", "12.50"], -4_560, &[-3_310, -1_250]),
            (&["30%", "rest"], -4_560, &[-1_368, -3_192]),
            (&["50%", "50%"], 1, &[0, 1]),
            (&["50%", "50%"], 3, &[2, 1]),
            (&["33.3333%", "33.3333%", "33.3334%"], -10_000, &[-3_333, -3_334, -3_333]),
            (&["60", "40"], 10_000, &[6_000, 4_000]),
            (&["rest"], -5, &[-5]),
            (&["0.0100", "rest"], 100, &[1, 99]),
            (&["10"], 1_000, &[1_000]),
        ] {
            assert_eq!(amounts(shares, whole).as_deref(), Ok(expected), "{shares:?} of {whole}");
        }
        let ten = ["10%"; 10];
        assert_eq!(amounts(&ten, 15).unwrap().iter().sum::<i64>(), 15);
        assert_eq!(split(&parts(&["1.0", "rest"]), Minor(500), 0).unwrap(), [Minor(1), Minor(499)]);
    }

    #[test]
    fn what_cannot_be_shared_out_is_told() {
        for (shares, whole, told) in [
            (&["100", "100"][..], 10_000, "its parts of 200.00 are more than the 100.00 there are"),
            (&["100", "rest"], -9_999, "its parts of 100.00 are more than the 99.99 there are"),
            (&["60", "40"], 20_000, "its parts of 100.00 are less than the 200.00 there are"),
            (&["50%", "rest"], 0, "there is nothing to share out"),
            (&["0.005", "rest"], 100, "a part of 0.005 has more than the 2 decimals of the currency"),
            (&["10/3", "rest"], 900, "a part of 3.3333333333 has more than the 2 decimals of the currency"),
            (&["99999999999999999999", "rest"], 900, "a part is more than an amount can be"),
        ] {
            assert_eq!(amounts(shares, whole), Err(told.to_owned()), "{shares:?} of {whole}");
        }
        let told = split(&parts(&["1.6", "rest"]), Minor(500), 0).unwrap_err().message;
        assert_eq!(told, "a part of 1.6 has decimals, and the currency has none");
    }

    #[test]
    fn parts_that_never_fit_are_refused() {
        for shares in [&["rest", "rest"][..], &["60%", "60%"], &["60%", "10%"], &["10", "50%"]] {
            assert!(refuse_unfit(&parts(shares)).is_err(), "{shares:?}");
        }
        for shares in
            [&["rest"][..], &["60%", "40%"], &["60%", "rest"], &["60", "40"], &["100%", "10", "rest"], &[]]
        {
            assert!(refuse_unfit(&parts(shares)).is_ok(), "{shares:?}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_whole_and_go_its_way(
            whole in any::<i64>().prop_filter("not the one that cannot be negated", |whole| *whole != i64::MIN && *whole != 0),
            cuts in prop::collection::vec(1_i64..=500_000, 1..8),
        ) {
            let total: i64 = cuts.iter().sum();
            let texts: Vec<String> = cuts.iter().map(|cut| {
                Decimal::new(cut * 1_000_000 / total, 4).to_string() + "%"
            }).filter(|text| !text.starts_with("0.0000")).chain(["rest".to_owned()]).collect();
            let parts = parts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let amounts = split(&parts, Minor(whole), 2).unwrap();
            prop_assert_eq!(amounts.iter().map(|minor| i128::from(minor.0)).sum::<i128>(), i128::from(whole));
            for (part, amount) in parts.iter().zip(amounts) {
                prop_assert!(amount.is_zero() || amount.is_negative() == (whole < 0));
                if let Some(percent) = percent(part) {
                    let exact = i128::from(whole).abs() * percent.parts() / Percent::WHOLE;
                    prop_assert!((i128::from(amount.0).abs() - exact).abs() <= 1);
                }
            }
        }
    }
}
