//! The arithmetic of typed amounts: `12.50+3`, `45/3`, `3*4.20`.
//!
//! Times and over bind closer than plus and minus, equals go from left to right, and there are no
//! parentheses. Everything is exact; the one rounding is done when the amount gets its currency.

use super::{fraction::Fraction, number::read_number, territory::DecimalMark};
use crate::domain::invalid::Invalid;

pub(super) const OPERATORS: [char; 4] = ['+', '-', '*', '/'];

struct Operand<'a> {
    operator: char,
    is_negative: bool,
    text: &'a str,
}

/// The value of a number or of several joined by operators; `sign` (`+` or `-`) is the first one's.
///
/// # Errors
/// With the reason alone; `parse_amount` puts the text in front of it.
pub(super) fn evaluate(sign: char, text: &str, mark: DecimalMark) -> Result<Fraction, Invalid> {
    let operands = split(sign, text)?;
    if operands.len() > 1 {
        refuse_dates(&operands)?;
    }
    let (mut total, mut term) = (Fraction::ZERO, Fraction::ZERO);
    for operand in &operands {
        let number = value_of(operand, mark)?;
        match operand.operator {
            '*' => term = term.times(number)?,
            '/' => term = term.over(number)?,
            '-' => (total, term) = (total.plus(term)?, number.negated()),
            _ => (total, term) = (total.plus(term)?, number),
        }
    }
    total.plus(term)
}

fn value_of(operand: &Operand<'_>, mark: DecimalMark) -> Result<Fraction, Invalid> {
    let number = read_number(operand.text, mark)?;
    Ok(if operand.is_negative { number.negated() } else { number })
}

fn split(sign: char, text: &str) -> Result<Vec<Operand<'_>>, Invalid> {
    let mut operands = Vec::new();
    let (mut operator, mut rest) = (sign, text);
    loop {
        let (is_negative, body) = after_own_sign(operator, rest)?;
        let end = body.find(OPERATORS).unwrap_or(body.len());
        let text = body[..end].trim();
        if text.is_empty() {
            return Err(lone_operator());
        }
        operands.push(Operand { operator, is_negative, text });
        let Some(next) = body[end..].chars().next() else { return Ok(operands) };
        (operator, rest) = (next, &body[end + next.len_utf8()..]);
    }
}

/// `10 + -4` and `3*-2` are arithmetic; `10--4` is rather a slip of the finger.
fn after_own_sign(operator: char, rest: &str) -> Result<(bool, &str), Invalid> {
    let rest = rest.trim_start();
    match rest.strip_prefix(['+', '-']) {
        None => Ok((false, rest)),
        Some(_) if rest.starts_with(operator) => Err(doubled_sign()),
        Some(body) => Ok((rest.starts_with('-'), body)),
    }
}

/// `05/03` and `2026-01-15` in the place of the amount were not meant to be reckoned.
fn refuse_dates(operands: &[Operand<'_>]) -> Result<(), Invalid> {
    let leads_with_zero = |text: &str| {
        text.starts_with('0') && text.chars().nth(1).is_some_and(|second| second.is_ascii_digit())
    };
    match operands.iter().find(|operand| leads_with_zero(operand.text)) {
        Some(operand) => Err(Invalid::new(format!("in arithmetic `{}` may not start with 0", operand.text))
            .hint("if a date was meant, say it with `-d`")),
        None => Ok(()),
    }
}

/// What is said of `--5` and `5++3`.
pub(super) fn doubled_sign() -> Invalid {
    Invalid::new("it has two signs in a row").hint("leave one sign out")
}

/// What is said of `12-` and `3**4`.
pub(super) fn lone_operator() -> Invalid {
    Invalid::new("an operator stands without a number beside it").hint("arithmetic looks like `12.50+3`")
}
