//! Comments of hledger's and ledger's transactions and postings: text, tags and days.
//!
//! hledger's tags are `name:value` up to a comma, anywhere; ledger's are `:name:name:`, or `Name: value` at
//! the beginning, where `note` and `memo` are texts. Neither takes what is plainly none: a web address, or a time of day. Days stand in brackets
//! (`[1/2]`, behind a `=` the second one, which is passed over) or, in hledger, in the tag `date`.

use chrono::NaiveDate;

use super::dates;
use super::dialect::Dialect;
use super::scan::Scan;
use super::transaction::{join, tidy};
use crate::domain::when::is_time_of_day;

/// What groat's own export puts before remarks, lest a word with a colon in them be a tag.
const REMARKS: [&str; 2] = ["note: ", "memo: "];

/// What a comment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// The text without tags and days; never blank.
    pub text: Option<String>,
    /// Tags as `name` or `name:value`.
    pub tags: Vec<String>,
    /// A day of its own.
    pub date: Option<NaiveDate>,
}

impl Remark {
    /// Takes in a further line of a comment; a day without a year is in `year`.
    ///
    /// # Errors
    /// For a tag `date` that is no day.
    pub fn read(&mut self, comment: &str, dialect: Dialect, year: i32) -> Result<(), String> {
        let text = self.take_days(comment, year);
        let rest = match dialect {
            Dialect::Ledger => self.take_ledger_tags(&text),
            _ => self.take_hledger_tags(&text, year)?,
        };
        self.text = join(self.text.take(), tidy(&rest));
        Ok(())
    }

    /// The text without days in brackets.
    fn take_days(&mut self, text: &str, year: i32) -> String {
        let mut rest = String::with_capacity(text.len());
        let mut scan = Scan::new(text);
        while let Some(before) = scan.take_until("[") {
            rest.push_str(before);
            let mut ahead = scan;
            let day = ahead.take_until("]").and_then(|inner| bracketed(inner, year));
            match day {
                Some(first) => {
                    self.date = first.or(self.date);
                    scan = ahead;
                }
                None => rest.push('['),
            }
        }
        rest.push_str(scan.rest());
        rest
    }

    fn take_ledger_tags(&mut self, text: &str) -> String {
        let text = text.trim();
        if let Some(said) = REMARKS.iter().find_map(|key| text.strip_prefix(key)) {
            return said.to_owned();
        }
        if let Some((name, value)) = text.split_once(':')
            && !name.is_empty()
            && !name.contains(char::is_whitespace)
            && (value.is_empty() || value.starts_with([' ', '\t', ':']))
        {
            self.tag(name, value.trim_start_matches(':'));
            return String::new();
        }
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            match word.strip_prefix(':').and_then(|word| word.strip_suffix(':')) {
                Some(names) if !names.is_empty() => names.split(':').for_each(|name| self.tag(name, "")),
                _ => words.push(word),
            }
        }
        words.join(" ")
    }

    fn take_hledger_tags(&mut self, text: &str, year: i32) -> Result<String, String> {
        let mut kept: Vec<&str> = Vec::new();
        for piece in text.split(',') {
            let Some((name_at, colon)) = tag_in(piece) else {
                kept.push(piece.trim());
                continue;
            };
            kept.push(piece[..name_at].trim());
            let (name, value) = (&piece[name_at..colon], piece[colon + 1..].trim());
            match name {
                "date" if !value.is_empty() => {
                    self.date = Some(dates::read(&mut Scan::new(value), Some(year))?);
                }
                "date2" | "date" => {}
                _ => self.tag(name, value),
            }
        }
        kept.retain(|piece| !piece.is_empty());
        Ok(kept.join(", "))
    }

    /// hledger hides names that begin with `_`, which it has made itself.
    fn tag(&mut self, name: &str, value: &str) {
        if name.is_empty() || name.starts_with('_') {
            return;
        }
        self.tags.push(tag(name, value));
    }
}

/// A tag as it is kept: its name, with `:value` where it has one.
pub fn tag(name: &str, value: &str) -> String {
    match tidy(value) {
        Some(value) => format!("{}:{value}", name.trim()),
        None => name.trim().to_owned(),
    }
}

/// Where a tag's name begins and its colon stands.
fn tag_in(piece: &str) -> Option<(usize, usize)> {
    piece.match_indices(':').find_map(|(colon, _)| {
        let before = &piece[..colon];
        let at = before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let (name, behind) = (&piece[at..colon], &piece[colon + 1..]);
        // What stands behind a further colon of a word is still that of the first.
        let is_tag = !name.is_empty() && !name.contains(':') && !behind.starts_with("//");
        (is_tag && !is_time_of_day(name, behind)).then_some((at, colon))
    })
}

/// The first day in brackets, if any stands before the second; none where they hold no days.
fn bracketed(inner: &str, year: i32) -> Option<Option<NaiveDate>> {
    let is_day = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '=');
    if !inner.chars().all(is_day) || !inner.contains(['-', '/', '.']) {
        return None;
    }
    let (first, second) =
        inner.split_once('=').map_or((inner, None), |(first, second)| (first, Some(second)));
    let whole = |text: &str| {
        let mut scan = Scan::new(text);
        dates::read(&mut scan, Some(year)).ok().filter(|_| scan.is_done())
    };
    if let Some(second) = second {
        whole(second)?;
    }
    if first.is_empty() { Some(None) } else { whole(first).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str, dialect: Dialect) -> (String, Vec<String>, Option<String>) {
        let mut remark = Remark::default();
        remark.read(comment, dialect, 2026).unwrap();
        (remark.text.unwrap_or_default(), remark.tags, remark.date.map(|day| day.to_string()))
    }

    #[test]
    fn comments_of_hledger_have_tags_and_days() {
        let cases: [(&str, &str, &[&str], Option<&str>); 16] = [
            ("plain  text ", "plain text", &[], None),
            ("lunch, trip:rome, with Bob", "lunch, with Bob", &["trip:rome"], None),
            ("trip:", "", &["trip"], None),
            ("for a:b c, d:", "for", &["a:b c", "d"], None),
            ("date:1/5", "", &[], Some("2026-01-05")),
            ("date:2025-12-31, x", "x", &[], Some("2025-12-31")),
            ("[2026/01/03=1/4] x", "x", &[], Some("2026-01-03")),
            ("[=2026/01/03]", "", &[], None),
            ("see https://a.b/c at 12:30 [note]", "see https://a.b/c at 12:30 [note]", &[], None),
            ("_generated:~ monthly", "", &[], None),
            // A year is a tag as any other word is, but for times.
            ("2026:", "", &["2026"], None),
            ("2026:x, 7:, trip:", "", &["2026:x", "7", "trip"], None),
            ("at 2026: x", "at", &["2026:x"], None),
            ("12:99", "", &["12:99"], None),
            ("at 12:30:15 or 1:05", "at 12:30:15 or 1:05", &[], None),
            ("see https://a.b:80/c", "see https://a.b:80/c", &[], None),
        ];
        for (comment, text, tags, date) in cases {
            let found = read(comment, Dialect::Hledger);
            assert_eq!((found.0.as_str(), found.2.as_deref()), (text, date), "{comment}");
            assert_eq!(found.1, tags, "{comment}");
        }
        assert!(Remark::default().read("date:x", Dialect::Hledger, 2026).is_err());
    }

    #[test]
    fn comments_of_ledger_have_other_tags() {
        let cases: [(&str, &str, &[&str], Option<&str>); 12] = [
            ("note: weekly shop", "weekly shop", &[], None),
            ("memo: Kind: of :thing:", "Kind: of :thing:", &[], None),
            ("notes: x", "", &["notes:x"], None),
            (":one:two:", "", &["one", "two"], None),
            ("Sample: Another Value", "", &["Sample:Another Value"], None),
            ("hastag: not block", "", &["hastag:not block"], None),
            ("text :one: more", "text more", &["one"], None),
            ("This is a note!", "This is a note!", &[], None),
            ("[2026/01/03] paid", "paid", &[], Some("2026-01-03")),
            (":2026:", "", &["2026"], None),
            ("2026: x", "", &["2026:x"], None),
            ("12:30", "12:30", &[], None),
        ];
        for (comment, text, tags, date) in cases {
            let found = read(comment, Dialect::Ledger);
            assert_eq!((found.0.as_str(), found.2.as_deref()), (text, date), "{comment}");
            assert_eq!(found.1, tags, "{comment}");
        }
    }
}
