//! Days of journals: the year first, or left to a directive.

use chrono::NaiveDate;

use super::scan::Scan;

/// Reads `2026-01-02`, `2026/1/2`, `2026.1.2`, or `1/2` in the year that is said.
///
/// # Errors
/// For a text that is no such day, and for one without a year where none is said.
pub fn read(scan: &mut Scan<'_>, year: Option<i32>) -> Result<NaiveDate, String> {
    let begin = scan.rest();
    let mut numbers = Vec::with_capacity(3);
    let mut mark = None;
    loop {
        numbers.push(scan.take_while(|c| c.is_ascii_digit()));
        let next = scan.peek().filter(|c| matches!(c, '-' | '/' | '.')).filter(|_| numbers.len() < 3);
        match next {
            Some(c) if mark.is_none_or(|mark| mark == c) => mark = Some(c),
            _ => break,
        }
        scan.take(1);
    }
    let text = || &begin[..begin.len() - scan.rest().len()];
    let day = |year: &str, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let found = match numbers[..] {
        [year, month, date] if year.len() == 4 && month.len() <= 2 && date.len() <= 2 => {
            day(year, month, date)
        }
        [month, date] if month.len() <= 2 && date.len() <= 2 => {
            let lack = || format!("`{}` has no year, and no `Y` directive before it says one", text());
            day(&year.ok_or_else(lack)?.to_string(), month, date)
        }
        _ => None,
    };
    found.ok_or_else(|| format!("`{}` is no day", if text().is_empty() { scan.next_word() } else { text() }))
}

/// Whether a text begins with a day that has its year.
pub fn begins(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && read(&mut Scan::new(text), None).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_the_year_that_is_said() {
        let read = |text, year| read(&mut Scan::new(text), year).map(|day| day.to_string());
        for text in ["2026-01-02", "2026/1/2 x", "2026.01.2=2026.01.05"] {
            assert_eq!(read(text, None).as_deref(), Ok("2026-01-02"), "{text}");
        }
        assert_eq!(read("1/2", Some(2026)).as_deref(), Ok("2026-01-02"));
        let lack = "`1/2` has no year, and no `Y` directive before it says one";
        assert_eq!(read("1/2", None), Err(lack.to_owned()));
        for text in ["2026-02-30", "2026-1/2", "26/01/02", "", "2026", "2026-", "20261-01-02"] {
            assert!(read(text, None).is_err(), "{text}");
        }
    }
}
