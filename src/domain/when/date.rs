//! DATE of cli.md: one day, as `-d` takes it.

use chrono::NaiveDate;

use super::day::Frame;
use super::numbers::DateOrder;
use super::range::parse_period;
use super::reading::{Reading, read};
use super::span::Lean;
use super::words::{WEEKDAYS, trimmed};
use crate::domain::invalid::Invalid;
use crate::domain::name::near;

/// The day that a text names, in any case, blanks around it ignored, 60 characters at most. Always from
/// [`FIRST_DAY`](super::FIRST_DAY) to [`LAST_DAY`](super::LAST_DAY). Years have four digits.
///
/// | text | day |
/// |---|---|
/// | `2026-03-05`, `2026-3-5`, `2026/03/05`, `2026.03.05`, `20260305` | that day |
/// | `today`, `yesterday`, `tomorrow` | |
/// | `fri`, `friday`, `last fri` | the last one before today; three letters or more of the name |
/// | `3d ago`, `-3d`, `2 weeks ago`, `1m ago`, `1q ago`, `1y ago` | counted back |
/// | `15` | of this month if not in the future, else of the last, which must have it |
/// | `5 mar`, `mar 5`, `5mar`, `5-mar`, `5 march` | the last one that is not in the future |
/// | `5 mar 2025`, `mar 5 2025`, `2025 mar 5`, `5-mar-2025` | that day |
/// | `25/12`, `12/25/2026`, `4/4` | that day: only one reading is possible |
/// | `05/03`, `05.03`, `05-03` | with an `order` only, the last one not in the future; `Ymd` is `03/05` |
/// | `05/03/2026`, `05.03.2026`, `05-03-2026` | with the `order` `Dmy` or `Mdy` only |
///
/// A month or year that is counted back to and has no such day gives its last: on 31 March `1m ago` is
/// 28 February. Nothing else is moved: `29 feb` is that of the last leap year, `15` must be there.
///
/// # Errors
/// Anything else, a day that does not exist, one outside the days that are kept, a text that names a period.
pub fn parse_date(text: &str, today: NaiveDate, order: Option<DateOrder>) -> Result<NaiveDate, Invalid> {
    let text = trimmed(text, "date")?;
    let frame = Frame { today, lean: Lean::Past, order, not_before: None };
    match read(text) {
        Some(Reading::Day(day)) => day.resolve(&frame).map_err(|reason| Invalid {
            message: format!("`{text}` is not a date: {reason}"),
            hint: reason.hint,
        }),
        _ => Err(not_a_day(text, today)),
    }
}

fn not_a_day(text: &str, today: NaiveDate) -> Invalid {
    match parse_period(text, today, Lean::Past) {
        Ok(period) => {
            let error = Invalid::new(format!("`{text}` is a period, not a date"));
            match period.from {
                Some(first) => error.hint(format!("its first day is `{first}`")),
                None => error,
            }
        }
        Err(_) => Invalid::new(format!("`{text}` is not a date")).hint(match near_name(text) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!(
                "a date is `{today}`, `yesterday`, `fri`, `15`, `5mar` or `3d ago`; see `groat help dates`"
            ),
        }),
    }
}

/// The day's name that a word is a slip from.
fn near_name(text: &str) -> Option<&'static str> {
    let names = ["today", "yesterday", "tomorrow"].into_iter().chain(WEEKDAYS.map(|(name, _)| name));
    near(&text.to_lowercase(), names.map(|name| (name, name))).first().copied()
}
