//! Dates as Quicken writes them: `6/ 1/10`, `2/14'2020`, `1/ 1'00`.
//!
//! They are put into a form that every bank uses; what they mean is settled by `text::votes` like any other file's.

use std::borrow::Cow;

/// The date with four digits where an apostrophe stands before the year, which Quicken writes from 2000 on, and two
/// where it is one alone. Any other text stays as it is.
pub fn plain(text: &str) -> Cow<'_, str> {
    plain_of(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn plain_of(text: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, '/' | '-' | '.' | '\'' | '\u{2019}');
    if text.len() > 20 {
        return None;
    }
    let mut parts = text.split(is_mark).map(str::trim);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !is_number(first, 2) || !is_number(second, 2) || !is_number(year, 4) {
        return None;
    }
    let mark =
        text.chars().find(|c| is_mark(*c)).filter(|mark| matches!(mark, '/' | '-' | '.')).unwrap_or('/');
    let is_since_2000 =
        text.ends_with(year) && text[..text.len() - year.len()].trim_end().ends_with(['\'', '\u{2019}']);
    let year = match (is_since_2000, year.len()) {
        (true, 1..=2) => format!("20{year:0>2}"),
        (false, 1) => format!("0{year}"),
        _ => year.to_owned(),
    };
    Some(format!("{first}{mark}{second}{mark}{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_get_a_form_that_every_bank_uses() {
        let cases = [
            ("6/ 1/10", "6/1/10"),
            ("2/14'2020", "2/14/2020"),
            ("1/ 1'00", "1/1/2000"),
            ("1/ 1' 5", "1/1/2005"),
            ("12/31'75", "12/31/2075"),
            ("1/ 1/ 5", "1/1/05"),
            ("14.2.2020", "14.2.2020"),
            ("14.2'20", "14.2.2020"),
            ("14-2-20", "14-2-20"),
            ("2020-02-14", "2020-02-14"),
            ("14 Feb 2020", "14 Feb 2020"),
            ("1'2'20", "1/2/2020"),
            ("soon", "soon"),
            ("1/2", "1/2"),
            ("1/2/123456", "1/2/123456"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
