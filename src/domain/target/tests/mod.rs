//! Template lines: what they are read as, where they stop being one, and how often they come back.

mod errors;
mod forms;
mod months;
mod properties;

use chrono::NaiveDate;

use super::*;
use crate::domain::money::{Currency, CurrencyCode, DecimalMark, iso_currency};
use crate::domain::query::Misread;
use crate::domain::when::Month;

fn currency(code: &str) -> Currency {
    iso_currency(CurrencyCode::parse(code).unwrap()).unwrap()
}

fn read_in(text: &str, code: &str, mark: DecimalMark) -> Result<Line, Misread> {
    let today = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    Line::parse(text, &Reading { today, mark, order: None, currency: &currency(code) })
}

fn read(text: &str) -> Result<Line, Misread> {
    read_in(text, "EUR", DecimalMark::Point)
}

#[track_caller]
fn good(text: &str) -> Line {
    read(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}
