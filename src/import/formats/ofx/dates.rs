//! Days as OFX has them: `20120720`, often with a time and a zone behind.
//!
//! The day is the bank's own. A zone says when that was elsewhere, so it is passed over and moves nothing.

use chrono::NaiveDate;

use super::super::text::dates::{self, DateText};

/// The bank's own day of a date; none for one that does not exist or is not plain.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    // Hours, minutes, seconds and milliseconds may stand directly behind the day.
    if matches!(digits, 8 | 10 | 12 | 14 | 17) {
        let is_time = text[digits..].is_empty() || text[digits..].starts_with(is_behind_time);
        return is_time.then(|| dates::read(&text[..8])).flatten().and_then(whole);
    }
    // A few banks write `2018-05-07`.
    dates::read(text).and_then(whole)
}

/// A day that needs no order.
fn whole(read: DateText) -> Option<NaiveDate> {
    match read {
        DateText::Day(date) => Some(date),
        DateText::Numbers(_) => None,
    }
}

fn is_behind_time(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ':' | '[' | '+' | '-' | 'T' | 'Z')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_banks_own_whatever_the_zone() {
        let cases = [
            ("19881201", "1988-12-01"),
            ("19881201230100", "1988-12-01"),
            ("20001201120000 [0:GMT]", "2000-12-01"),
            ("19881201230100 [-5:EST]", "1988-12-01"),
            ("20120229230100 [-6:CAT]", "2012-02-29"),
            ("20120412120000 [-5.5:XXX]", "2012-04-12"),
            ("20120922230000 [+9:JST]", "2012-09-22"),
            ("20150507164333[-0300:BRT]", "2015-05-07"),
            ("20180507120000[0:GMT]", "2018-05-07"),
            ("20240323000000[-3:GMT]", "2024-03-23"),
            ("20120720000000.000[-4:EDT]", "2012-07-20"),
            ("20110727001702[-5:EST]", "2011-07-27"),
            ("20090401122017.000[-5:EST]", "2009-04-01"),
            ("20180804093914:014", "2018-08-04"),
            ("201805071230", "2018-05-07"),
            ("20180507123000123", "2018-05-07"),
            ("2018-05-07", "2018-05-07"),
            ("2018-05-07T23:59:59-05:00", "2018-05-07"),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        let texts = [
            "",
            "abcdLOL!",
            "881103",
            "19881301",
            "20120231",
            "00000000",
            "00000000000000",
            "201205",
            "201207201",
            "20120720x",
            "01062019",
            "31/12/2019",
            "30000101",
        ];
        for text in texts {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
