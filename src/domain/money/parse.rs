//! The text of an amount: cli.md, section 4, AMOUNT.
//!
//! Cuts the text at its first and last digit, has the ends read by `around` and the rest by
//! `arithmetic`, and puts the text in front of whatever reason they give for refusing it.

use unicode_normalization::UnicodeNormalization;

use super::{
    amount::{AmountInput, Sign},
    arithmetic::{OPERATORS, evaluate},
    around::Around,
    fraction::Fraction,
    territory::DecimalMark,
};
use crate::domain::{
    invalid::Invalid,
    name::{excerpt, visible},
};

const LONGEST: usize = 100;
const EXAMPLES: &str = "amounts look like `12.50`, `-3`, `1,234.56`, `3 EUR` or `12.50+3`";

/// Reads an amount; `mark` decides where the text does not (`1,234`). Zero is an amount.
///
/// # Errors
/// When the text is no amount: the message gives the text and the reason.
pub fn parse_amount(text: &str, mark: DecimalMark) -> Result<AmountInput, Invalid> {
    if text.chars().nth(LONGEST).is_some() {
        let message = format!("`{}` is not an amount: it is longer than {LONGEST} characters", excerpt(text));
        return Err(Invalid::new(message).hint(EXAMPLES));
    }
    read(unify(text).trim(), mark).map_err(|why| Invalid {
        message: format!("`{}` is not an amount: {}", visible(text), why.message),
        hint: why.hint.or_else(|| Some(EXAMPLES.to_owned())),
    })
}

/// One form for each meaning: NFC, the true minus as `-`, every kind of blank as ` `, `’` as `'`.
fn unify(text: &str) -> String {
    let unified = |c: char| match c {
        '\u{2212}' => '-',
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.nfc().map(unified).collect()
}

fn read(text: &str, mark: DecimalMark) -> Result<AmountInput, Invalid> {
    let (before, digits, after) = cut(text)?;
    refuse_strangers(digits)?;
    let around = Around::read(before, after)?;
    if around.is_in_parentheses && digits.contains(OPERATORS) {
        return Err(no_parentheses());
    }
    let value = evaluate(around.sign.unwrap_or('+'), digits, mark)?;
    let sign = sign_of(value, around.sign)?;
    Ok(AmountInput { sign, magnitude: value.magnitude()?, stated: around.stated })
}

/// What stands before the first digit, from there to the last digit, and after it.
fn cut(text: &str) -> Result<(&str, &str, &str), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new("it is empty"));
    }
    if text.contains(|c: char| c.is_numeric() && !c.is_ascii_digit()) {
        return Err(Invalid::new("only the digits 0 to 9 are understood"));
    }
    let (Some(mut first), Some(last)) =
        (text.find(|c: char| c.is_ascii_digit()), text.rfind(|c: char| c.is_ascii_digit()))
    else {
        return Err(Invalid::new("it has no digits"));
    };
    // In `.45` and `£.45` the mark is the number's; in `Rs.500` and `B/.500` it ends the abbreviation.
    if let Some(head) = text[..first].strip_suffix(['.', ','])
        && !head.ends_with(|c: char| c.is_alphabetic() || c == '/')
    {
        first = head.len();
    }
    Ok((&text[..first], &text[first..=last], &text[last + 1..]))
}

/// Everything between the first and the last digit belongs to numbers and operators.
fn refuse_strangers(digits: &str) -> Result<(), Invalid> {
    let belongs = |c: char| c.is_ascii_digit() || ".,' ".contains(c) || OPERATORS.contains(&c);
    match digits.chars().find(|&c| !belongs(c)) {
        None => Ok(()),
        Some('e' | 'E') => {
            Err(Invalid::new("exponents are not understood")
                .hint("write the digits out: `100000`, not `1e5`"))
        }
        Some('(' | ')') => Err(no_parentheses()),
        Some(stranger) => {
            let stranger = stranger.to_string();
            Err(Invalid::new(format!("`{}` stands between its digits", visible(&stranger))))
        }
    }
}

fn no_parentheses() -> Invalid {
    Invalid::new("parentheses are a minus around one number, and arithmetic has none")
        .hint("money out is `-12.50` or `(12.50)`")
}

fn sign_of(value: Fraction, written: Option<char>) -> Result<Sign, Invalid> {
    match written {
        None if value.is_negative() => {
            Err(Invalid::new("it comes out below zero, and no sign says that it may")
                .hint("with a sign in front it may: `-5+3` and `+3-5` are both 2 out"))
        }
        None => Ok(Sign::Unsigned),
        Some(_) if value.is_negative() => Ok(Sign::Minus),
        Some('-') if value == Fraction::ZERO => Ok(Sign::Minus),
        Some(_) => Ok(Sign::Plus),
    }
}
