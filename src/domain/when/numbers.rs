//! `05/03` and `05/03/2026`: days of which only a configured order says what is the month, unless no month has one of
//! the two numbers.

use chrono::NaiveDate;

use super::calendar::{day_in, month_in};
use super::day::{Frame, of_year};
use crate::domain::invalid::Invalid;

/// In which order the numbers of a date stand: the setting `date_order`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateOrder {
    /// Year, month, day; without a year, month and day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// The order as it is typed and stored: `dmy`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::Ymd => "ymd",
            DateOrder::Dmy => "dmy",
            DateOrder::Mdy => "mdy",
        }
    }

    /// The order as it is told: `day, month, year`.
    pub fn words(self) -> &'static str {
        match self {
            DateOrder::Ymd => "year, month, day",
            DateOrder::Dmy => "day, month, year",
            DateOrder::Mdy => "month, day, year",
        }
    }

    /// Reads `ymd`, `dmy` or `mdy`, in any case.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim().to_ascii_lowercase().as_str() {
            "ymd" => Ok(DateOrder::Ymd),
            "dmy" => Ok(DateOrder::Dmy),
            "mdy" => Ok(DateOrder::Mdy),
            _ => Err(Invalid::new(format!("`{}` is not an order of dates", text.trim()))
                .hint("write `dmy` (31/12/2026), `mdy` (12/31/2026) or `ymd` (2026/12/31)")),
        }
    }
}

/// Two numbers and perhaps a year behind them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Numbers {
    pub first: u32,
    pub second: u32,
    pub year: Option<u32>,
}

impl Numbers {
    pub(super) fn resolve(self, frame: &Frame) -> Result<NaiveDate, Invalid> {
        let Some(order) = frame.order.or_else(|| self.only_order()) else {
            let once = "say once which comes first: `groat config set date_order dmy` (or `mdy`)";
            return Err(Invalid::new("it does not say which number is the day")
                .hint(format!("write {}, or {once}", self.in_iso(frame))));
        };
        if order == DateOrder::Ymd && self.year.is_some() {
            return Err(Invalid::new("its year comes last and `date_order` is `ymd`")
                .hint(format!("write {}", self.in_iso(frame))));
        }
        self.read_as(order, frame)
    }

    /// The order that the numbers leave alone: no month is above 12, and two equal numbers are one day either way.
    fn only_order(self) -> Option<DateOrder> {
        match (self.first > 12, self.second > 12) {
            (true, _) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            (false, false) => (self.first == self.second).then_some(DateOrder::Dmy),
        }
    }

    /// The days this can mean, in ISO, for a hint: `2026-03-05` or `2026-05-03`.
    pub(super) fn in_iso(self, frame: &Frame) -> String {
        let mut days: Vec<_> = [DateOrder::Dmy, DateOrder::Mdy]
            .into_iter()
            .filter_map(|order| self.read_as(order, frame).ok())
            .collect();
        days.dedup();
        match *days {
            [one] => format!("`{one}`"),
            [one, other] => format!("`{one}` or `{other}`"),
            _ => "the day in ISO (year-month-day)".to_owned(),
        }
    }

    fn read_as(self, order: DateOrder, frame: &Frame) -> Result<NaiveDate, Invalid> {
        let (month, day) = match order {
            DateOrder::Dmy => (self.second, self.first),
            DateOrder::Ymd | DateOrder::Mdy => (self.first, self.second),
        };
        match self.year {
            Some(year) => day_in(month_in(year, month)?, day),
            None => of_year(month, day, frame),
        }
    }
}
