//! Dates as banks write them.
//!
//! A cell is first `read` into what it can mean; `votes` settle the order for the whole file; then
//! each cell has one `day`.

use chrono::{Datelike, NaiveDate};

use super::months;
use crate::import::formats::DateOrder;

/// What the text of a date can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateText {
    /// A day, whatever the order: the year comes first, or the month has a name.
    Day(NaiveDate),
    /// Three numbers that need an order.
    Numbers(Numbers),
}

/// The three numbers of a date, as they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    parts: [u32; 3],
    is_year_short: bool,
    has_dots: bool,
}

impl DateText {
    /// The day that the text means under an order; none for one that does not exist.
    pub fn day(self, order: DateOrder) -> Option<NaiveDate> {
        match self {
            DateText::Day(date) => Some(date),
            DateText::Numbers(Numbers { parts: [a, b, c], is_year_short, .. }) => match order {
                DateOrder::Dmy => day(year(c, is_year_short), b, a),
                DateOrder::Mdy => day(year(c, is_year_short), a, b),
                DateOrder::Ymd if is_year_short => day(year(a, true), b, c),
                DateOrder::Ymd => None,
            },
        }
    }

    /// A value by which dates of one column can be put in order, whatever theirs is: nearly always the day
    /// comes first, and only whether the order is kept counts.
    pub fn for_order(self) -> (u32, u32, u32) {
        match self {
            DateText::Day(date) => (date.year().unsigned_abs(), date.month(), date.day()),
            DateText::Numbers(Numbers { parts: [a, b, c], .. }) if b > 12 => (c, a, b),
            DateText::Numbers(Numbers { parts: [a, b, c], .. }) => (c, b, a),
        }
    }

    /// The numbers of a date that may begin with its year in two digits; dots are never written so.
    pub fn short_year_first(self) -> Option<[u32; 3]> {
        match self {
            DateText::Numbers(Numbers { parts, is_year_short: true, has_dots: false }) => {
                self.day(DateOrder::Ymd).map(|_| parts)
            }
            _ => None,
        }
    }

    /// Whether it is numbers with dots between.
    pub fn is_dotted(self) -> bool {
        matches!(self, DateText::Numbers(Numbers { has_dots: true, .. }))
    }
}

/// Two digits are 1970 to 2069.
fn year(number: u32, is_short: bool) -> u32 {
    match number {
        _ if !is_short => number,
        0..70 => 2000 + number,
        _ => 1900 + number,
    }
}

/// A day of a statement: years far off are no dates but other numbers.
fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Reads the text of a date; a time of day behind it is passed over, so that the bank's own day is
/// kept whatever its zone. None where no order makes a date of it.
pub fn read(text: &str) -> Option<DateText> {
    let text = text.trim();
    if text.len() > 60 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let read = in_digits(text).or_else(|| in_numbers(text)).or_else(|| with_name(text))?;
    let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
    orders.iter().any(|order| read.day(*order).is_some()).then_some(read)
}

/// Reads the text of a date that is written as `format` says; a time of day may stand behind it.
pub fn read_as(text: &str, format: &str) -> Option<DateText> {
    let text = text.trim();
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let (date, rest) = NaiveDate::parse_and_remainder(text, format).ok()?;
    (is_time(rest) && (1900..2200).contains(&date.year())).then_some(DateText::Day(date))
}

/// `20190601`, `01062019`, and `20190601123000` with a time.
fn in_digits(text: &str) -> Option<DateText> {
    let (digits, rest) = split_digits(text);
    let is_whole = match digits.len() {
        8 => is_time(rest),
        12 | 14 => rest.is_empty(),
        _ => false,
    };
    if !is_whole {
        return None;
    }
    let number = |range| digits.get(range).and_then(|part: &str| part.parse().ok());
    let first = day(number(0..4)?, number(4..6)?, number(6..8)?).map(DateText::Day);
    let last = [number(0..2)?, number(2..4)?, number(4..8)?];
    let last = Numbers { parts: last, is_year_short: false, has_dots: false };
    first.or(if digits.len() == 8 { Some(DateText::Numbers(last)) } else { None })
}

/// `2018-02-25 12:34:56 +0000`, `01.04.2019`, `6/12/15`, `2018.03.01.`
fn in_numbers(text: &str) -> Option<DateText> {
    let (first, rest) = split_digits(text);
    let separator =
        rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | ' ' | '\u{2010}'..='\u{2013}'))?;
    let (second, rest) = split_digits(rest.strip_prefix(separator)?.trim_start());
    let (third, rest) = split_digits(rest.strip_prefix(separator)?.trim_start());
    if !is_time(rest) {
        return None;
    }
    let parts = [first.parse().ok()?, second.parse().ok()?, third.parse().ok()?];
    match [first.len(), second.len(), third.len()] {
        [4, 1..=2, 1..=2] => day(parts[0], parts[1], parts[2]).map(DateText::Day),
        [1..=2, 1..=2, last @ (2 | 4)] => {
            Some(DateText::Numbers(Numbers { parts, is_year_short: last == 2, has_dots: separator == '.' }))
        }
        _ => None,
    }
}

/// `14-Dec-2019`, `5 Mar 2026`, `Mar 5, 2026`, `Mon 5. März 26`, `2019-Dec-14`
fn with_name(text: &str) -> Option<DateText> {
    let is_apart = |c: char| matches!(c, ' ' | '-' | '/' | '.' | ',' | '\u{a0}');
    let (mut month, mut numbers, mut rest) = (None, Vec::with_capacity(2), text);
    while month.is_none() || numbers.len() < 2 {
        rest = rest.trim_start_matches(is_apart);
        let (digits, behind) = split_digits(rest);
        if digits.is_empty() {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(length);
            rest = behind;
            match months::month(word) {
                Some(found) if month.is_none() => month = Some(found),
                _ if months::is_day_of_week(word) && numbers.is_empty() => {}
                _ => return None,
            }
        } else if digits.len() <= 4 && numbers.len() < 2 {
            numbers.push(digits);
            rest = behind;
        } else {
            return None;
        }
    }
    if !is_time(rest) {
        return None;
    }
    let year_first = numbers[0].len() == 4;
    let (day_digits, year_digits) =
        if year_first { (numbers[1], numbers[0]) } else { (numbers[0], numbers[1]) };
    let is_short = year_digits.len() == 2;
    let year = year(year_digits.parse().ok()?, is_short);
    (is_short || year_digits.len() == 4).then_some(())?;
    day(year, month?, day_digits.parse().ok()?).map(DateText::Day)
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// Whether what stands behind a date is nothing, a full stop, or a time of day with or without zone.
fn is_time(rest: &str) -> bool {
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let time = rest.trim_start_matches([' ', 'T', 't', ',', '/', '\u{a0}', '\u{202f}']).trim_end();
    if time.is_empty() {
        return true;
    }
    let (hour, behind) = split_digits(time);
    let is_part = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '+' | '-' | ' ' | '\u{202f}' | '/' | '_')
    };
    time.len() < rest.len()
        && (1..=2).contains(&hour.len())
        && behind.starts_with([':', '.'])
        && time.chars().all(is_part)
}

/// The order that a header states, as in `Date (DD/MM/YYYY)`.
pub fn order_in_header(header: &str) -> Option<DateOrder> {
    let letters: String = header.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let stated = |forms: [&str; 3]| forms.iter().any(|form| letters.ends_with(form));
    if stated(["ddmmyyyy", "ddmmyy", "ttmmjjjj"]) || stated(["ddmmjjjj", "jjmmaaaa", "ddmmaaaa"]) {
        Some(DateOrder::Dmy)
    } else if stated(["mmddyyyy", "mmddyy", "mdyyyy"]) {
        Some(DateOrder::Mdy)
    } else if stated(["yyyymmdd", "yymmdd", "jjjjmmtt"]) {
        Some(DateOrder::Ymd)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn dates_that_need_no_order() {
        let cases = [
            ("2018-02-25 12:34:56 +0000", date(2018, 2, 25)),
            ("2026-03-01T23:59:59.123Z", date(2026, 3, 1)),
            ("2026-03-01T00:30:00+14:00", date(2026, 3, 1)),
            ("2015/2/8", date(2015, 2, 8)),
            ("2018.03.01.", date(2018, 3, 1)),
            ("20190601", date(2019, 6, 1)),
            ("20190601123000", date(2019, 6, 1)),
            ("14-Dec-2019", date(2019, 12, 14)),
            ("5 Mar 2026", date(2026, 3, 5)),
            ("05-MAR-26", date(2026, 3, 5)),
            ("Mar 5, 2026", date(2026, 3, 5)),
            ("5. März 2026", date(2026, 3, 5)),
            ("Thu 5 Mar 2026", date(2026, 3, 5)),
            ("02 févr. 2020 10:15", date(2020, 2, 2)),
            ("2019-Dec-14", date(2019, 12, 14)),
            ("2020-02-29", date(2020, 2, 29)),
            ("1 Jan 99", date(1999, 1, 1)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Some(DateText::Day(expected)), "{text}");
        }
    }

    #[test]
    fn dates_that_need_an_order() {
        let cases = [
            ("01.04.2019", DateOrder::Dmy, date(2019, 4, 1)),
            ("01.04.2019", DateOrder::Mdy, date(2019, 1, 4)),
            ("6/13/15", DateOrder::Mdy, date(2015, 6, 13)),
            ("03-04-18 10:20", DateOrder::Dmy, date(2018, 4, 3)),
            ("18-04-03", DateOrder::Ymd, date(2018, 4, 3)),
            ("01062019", DateOrder::Dmy, date(2019, 6, 1)),
            ("25-02-2018 / 13:45", DateOrder::Dmy, date(2018, 2, 25)),
            ("5 3 2026", DateOrder::Dmy, date(2026, 3, 5)),
        ];
        for (text, order, expected) in cases {
            assert_eq!(read(text).and_then(|d| d.day(order)), Some(expected), "{text}");
        }
        assert_eq!(read("31.04.2019").and_then(|d| d.day(DateOrder::Dmy)), None);
    }

    #[test]
    fn dates_are_read_as_it_was_said() {
        assert_eq!(read_as("10/2009/09", "%d/%Y/%m"), Some(DateText::Day(date(2009, 9, 10))));
        assert_eq!(read_as("03.05.2021 10:15", "%m.%d.%Y"), Some(DateText::Day(date(2021, 3, 5))));
        for text in ["", "2009-09-10", "10/2009/09x", "31/2009/02", "10/0009/09"] {
            assert_eq!(read_as(text, "%d/%Y/%m"), None, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        let texts = [
            "",
            "Pending",
            "2019-02-30",
            "31/31/2026",
            "12.50",
            "1234567",
            "123456789",
            "1/2",
            "05/03/2026 lunch",
            "3026-01-01",
            "12:30",
            "Mar 2026",
            "5 Mar",
            "5 Foo 2026",
            "32 Mar 2026",
            "1-2-3",
            "20261301x",
            "2026-01-01x",
            "5 Mar Mar 2026",
            "2026-01-01-01",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_header_may_state_the_order() {
        assert_eq!(order_in_header("Date (DD/MM/YYYY)"), Some(DateOrder::Dmy));
        assert_eq!(order_in_header("Date mm-dd-yyyy"), Some(DateOrder::Mdy));
        assert_eq!(order_in_header("Date"), None);
    }
}
