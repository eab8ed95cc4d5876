//! `>50`, `50..100`, `12.50`: amounts compared by their size.

use super::ast::Span;
use super::misread::Fault;
use crate::domain::invalid::Invalid;
use crate::domain::money::{AmountInput, Currency, DecimalMark, Sign, parse_amount};

/// Sizes from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The smallest; none is nothing.
    pub low: Option<Bound>,
    /// The largest; none is anything.
    pub high: Option<Bound>,
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The amount as it was written.
    pub amount: AmountInput,
    /// Whether it belongs to the range itself.
    pub is_included: bool,
}

/// A range in minor units of one currency, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The smallest size.
    pub low: Option<i64>,
    /// The largest size.
    pub high: Option<i64>,
}

impl Range {
    /// What the range comes to in a currency, exactly: nothing is rounded, so that 50.005 fits nothing in euros. None
    /// if the range is stated in another currency.
    ///
    /// # Errors
    /// A bound that is more than an amount can be.
    pub fn limits_in(&self, currency: &Currency) -> Result<Option<Limits>, Invalid> {
        if self.bounds().any(|bound| !bound.amount.may_be_in(currency)) {
            return Ok(None);
        }
        let low = self.low.as_ref().map(|bound| {
            let (floor, is_exact) = bound.amount.floor_in(currency)?;
            if bound.is_included && is_exact {
                Ok(floor)
            } else {
                floor.checked_add(1).ok_or_else(|| too_large(currency))
            }
        });
        let high = self.high.as_ref().map(|bound| {
            let (floor, is_exact) = bound.amount.floor_in(currency)?;
            Ok(if bound.is_included || !is_exact { floor } else { floor - 1 })
        });
        Ok(Some(Limits { low: low.transpose()?, high: high.transpose()? }))
    }

    /// The currency that is written beside it, if any.
    pub fn stated(&self) -> Option<String> {
        self.bounds().find_map(|bound| bound.amount.stated.as_ref()).map(ToString::to_string)
    }

    fn bounds(&self) -> impl Iterator<Item = &Bound> {
        self.low.iter().chain(&self.high)
    }
}

/// Reads what stands behind `amt:`, `in:` or `out:`; `from` is where the value begins in the query, `term` what is
/// shown of it all.
///
/// # Errors
/// A value that is no amount and no range.
pub(super) fn read_range(term: &str, value: &str, from: usize, mark: DecimalMark) -> Result<Range, Fault> {
    let reader = Reader { term, mark };
    let whole = Part { text: value, from };
    let comparisons = [(">=", true, true), (">", true, false), ("<=", false, true), ("<", false, false)];
    for (sign, is_low, is_included) in comparisons {
        if value.starts_with(sign) {
            let bound = Some(Bound { amount: reader.unsigned(whole.after(sign.len()))?, is_included });
            return Ok(if is_low {
                Range { low: bound, high: None }
            } else {
                Range { low: None, high: bound }
            });
        }
    }
    if let Some(at) = value.find("..") {
        return reader.between(whole, Part { text: &value[..at], from }, whole.after(at + 2));
    }
    let equal = if value.starts_with('=') { whole.after(1) } else { whole };
    let bound = Some(Bound { amount: reader.amount(equal)?, is_included: true });
    Ok(Range { low: bound.clone(), high: bound })
}

/// A piece of the value, and where it begins in the query.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    from: usize,
}

impl<'a> Part<'a> {
    fn after(self, bytes: usize) -> Part<'a> {
        Part { text: &self.text[bytes..], from: self.from + bytes }
    }

    fn trimmed_span(self) -> Span {
        let from = self.from + self.text.len() - self.text.trim_start().len();
        Span { from, to: from + self.text.trim().len() }
    }
}

fn too_large(currency: &Currency) -> Invalid {
    Invalid::new(format!("no amount in {} can be that large", currency.code))
}

struct Reader<'a> {
    term: &'a str,
    mark: DecimalMark,
}

impl Reader<'_> {
    fn between(&self, whole: Part<'_>, low: Part<'_>, high: Part<'_>) -> Result<Range, Fault> {
        let end = |part: Part<'_>| match part.text.trim() {
            "" => Ok(None),
            _ => self.unsigned(part).map(|amount| Some(Bound { amount, is_included: true })),
        };
        let range = Range { low: end(low)?, high: end(high)? };
        match (&range.low, &range.high) {
            (None, None) => {
                Err(self.fault(whole, "neither end is given", "write `50..100`, `50..` or `..100`"))
            }
            (Some(low), Some(high)) if low.amount.magnitude > high.amount.magnitude => {
                Err(self.fault(whole, "it ends below where it begins", "the smaller amount comes first"))
            }
            _ => Ok(range),
        }
    }

    /// An amount of a comparison: there a sign could be meant as one, and sizes have none.
    fn unsigned(&self, part: Part<'_>) -> Result<AmountInput, Fault> {
        let amount = self.amount(part)?;
        if amount.sign == Sign::Unsigned {
            return Ok(amount);
        }
        Err(self.fault(
            part,
            "sizes are compared, and they have no sign",
            "more than 50 out is `out:>50`, more than 50 in `in:>50`",
        ))
    }

    fn amount(&self, part: Part<'_>) -> Result<AmountInput, Fault> {
        if part.text.trim().is_empty() {
            return Err(self.fault(
                part,
                "no amount",
                "write `amt:>50`, `amt:50..100` or `amt:12.50`; in a shell `<` and `>` need quotes: `'amt:>50'`",
            ));
        }
        parse_amount(part.text.trim(), self.mark).map_err(|invalid| {
            let message = format!("`{}`: {}", self.term, invalid.message);
            Fault::at(part.trimmed_span(), Invalid { message, hint: invalid.hint })
        })
    }

    fn fault(&self, part: Part<'_>, what: &str, hint: &str) -> Fault {
        Fault::at(part.trimmed_span(), Invalid::new(format!("`{}`: {what}", self.term)).hint(hint))
    }
}
