//! Which date order and which decimal mark all rows of a file allow, and the question where both do.
//!
//! `survey` counts every cell; `settle` asks for the verdict. Few rows against many are errors of
//! their own, not a vote.

use super::amounts::{self, AmountText};
use super::dates::{self, DateText};
use crate::domain::invalid::Invalid;
use crate::import::formats::DateOrder;

/// What the rows say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<T> {
    /// No row needs it.
    Any,
    /// Rows settle it.
    Settled(T),
    /// Rows could be either; the line and text of one.
    Open(u64, String),
}

/// Rows against which one is an error.
const MANY: u64 = 10;

/// How the dates of a column can be read, counted.
#[derive(Clone, Debug, Default)]
pub struct DateVotes {
    /// Rows that need an order.
    numbers: u64,
    /// Those of them with dots.
    dotted: u64,
    /// Rows that are dates under this order and not under the other one.
    dmy: u64,
    mdy: u64,
    /// Rows with the year first in two digits, and no dates otherwise.
    ymd: u64,
    /// One that is two different days.
    example: Option<(u64, String)>,
    short: ShortYears,
}

impl DateVotes {
    /// Counts one cell.
    pub fn count(&mut self, read: DateText, line: u64, text: &str) {
        if matches!(read, DateText::Day(_)) {
            return;
        }
        self.numbers += 1;
        self.dotted += u64::from(read.is_dotted());
        self.short.count(read, line, text);
        match (read.day(DateOrder::Dmy), read.day(DateOrder::Mdy)) {
            (Some(dmy), Some(mdy)) if dmy == mdy => {}
            (Some(_), Some(_)) => {
                self.example.get_or_insert_with(|| (line, text.to_owned()));
            }
            (Some(_), None) => self.dmy += 1,
            (None, Some(_)) => self.mdy += 1,
            (None, None) => self.ymd += 1,
        }
    }

    /// The order that all rows allow; nobody writes the month first and dots between.
    pub fn verdict(&self) -> Verdict<DateOrder> {
        let sides = [(self.dmy, DateOrder::Dmy), (self.mdy, DateOrder::Mdy), (self.ymd, DateOrder::Ymd)];
        let (most, order) = sides.into_iter().rev().max_by_key(|(votes, _)| *votes).unwrap_or(sides[0]);
        let others = self.dmy + self.mdy + self.ymd - most;
        let is_dotted = self.numbers > 0 && self.dotted == self.numbers;
        match (&self.example, self.short.doubt(self.numbers)) {
            (_, Some((line, text))) if order != DateOrder::Ymd => Verdict::Open(line, text),
            _ if most > 0 && most >= others * MANY => Verdict::Settled(order),
            _ if most == 0 && is_dotted => Verdict::Settled(DateOrder::Dmy),
            (Some((line, text)), _) => Verdict::Open(*line, text.clone()),
            // Contradictory rows without one that is open: each has one reading alone.
            _ if most > 0 => Verdict::Settled(order),
            _ => Verdict::Any,
        }
    }
}

/// Whether years of two digits may come first: `26-03-01`, `26-03-25` would pass for days of March
/// 2001 and 2025.
#[derive(Clone, Debug, Default)]
struct ShortYears {
    rows: u64,
    /// The numbers that stand first and last, as bits.
    firsts: u128,
    lasts: u128,
    example: Option<(u64, String)>,
}

impl ShortYears {
    fn count(&mut self, read: DateText, line: u64, text: &str) {
        let Some([first, _, last]) = read.short_year_first() else { return };
        self.rows += 1;
        self.firsts |= 1 << first.min(127);
        self.lasts |= 1 << last.min(127);
        self.example.get_or_insert_with(|| (line, text.to_owned()));
    }

    /// An example, where every row allows it and the last number varies more than the first, as days do.
    fn doubt(&self, rows: u64) -> Option<(u64, String)> {
        let varies_last = self.lasts.count_ones() > self.firsts.count_ones();
        self.example.clone().filter(|_| self.rows == rows && varies_last)
    }
}

/// How the amounts of a column can be read, counted.
#[derive(Clone, Debug, Default)]
pub struct MarkVotes {
    dot: u64,
    comma: u64,
    example: Option<(u64, String)>,
}

impl MarkVotes {
    /// Counts one cell.
    pub fn count(&mut self, read: AmountText, line: u64, text: &str) {
        match read.magnitudes() {
            [Some(dot), Some(comma)] if dot == comma => {}
            [Some(_), Some(_)] => {
                self.example.get_or_insert_with(|| (line, text.to_owned()));
            }
            [Some(_), None] => self.dot += 1,
            [None, Some(_)] => self.comma += 1,
            [None, None] => {}
        }
    }

    /// The mark that all rows allow.
    pub fn verdict(&self) -> Verdict<char> {
        let (dot, comma) = (self.dot, self.comma);
        let (most, others, mark) = if dot >= comma { (dot, comma, '.') } else { (comma, dot, ',') };
        match &self.example {
            _ if most > 0 && most >= others * MANY => Verdict::Settled(mark),
            Some((line, text)) => Verdict::Open(*line, text.clone()),
            None if most > 0 => Verdict::Settled(mark),
            None => Verdict::Any,
        }
    }
}

/// The question for the date order, with what each answer makes of the example.
pub fn ask_order(line: u64, text: &str) -> Invalid {
    let orders = [("dmy", DateOrder::Dmy), ("mdy", DateOrder::Mdy), ("ymd", DateOrder::Ymd)];
    let read = dates::read(text);
    let answers = orders.into_iter().filter_map(|(word, order)| {
        let day = read?.day(order)?;
        Some(format!("`--date-order {word}` for {}", day.format("%-d %B %Y")))
    });
    let answers: Vec<_> = answers.collect();
    Invalid::new(format!("the date order is open: `{text}` in line {line}, and no row settles it"))
        .hint(format!("say {}", answers.join(", or ")))
}

/// The question for the decimal mark, likewise.
pub fn ask_mark(line: u64, text: &str) -> Invalid {
    let read = amounts::read(text);
    let answers = ['.', ','].into_iter().filter_map(|mark| {
        let value = read?.value(mark)?;
        Some(format!("`--decimal {mark}` for {value}"))
    });
    let answers: Vec<_> = answers.collect();
    Invalid::new(format!("the decimal mark is open: `{text}` in line {line}, and no row settles it"))
        .hint(format!("say {}", answers.join(", or ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(rows: &[&str]) -> Verdict<DateOrder> {
        let mut votes = DateVotes::default();
        for (line, text) in (2..).zip(rows) {
            votes.count(dates::read(text).unwrap(), line, text);
        }
        votes.verdict()
    }

    fn mark(rows: &[&str]) -> Verdict<char> {
        let mut votes = MarkVotes::default();
        for (line, text) in (2..).zip(rows) {
            votes.count(amounts::read(text).unwrap(), line, text);
        }
        votes.verdict()
    }

    #[test]
    fn all_rows_settle_the_order() {
        assert_eq!(order(&["05/03/2026", "25/03/2026"]), Verdict::Settled(DateOrder::Dmy));
        assert_eq!(order(&["6/12/15", "6/13/15"]), Verdict::Settled(DateOrder::Mdy));
        assert_eq!(order(&["01/01/2026", "02/02/2026"]), Verdict::Any);
        assert_eq!(order(&["2026-01-02"]), Verdict::Any);
        assert_eq!(order(&["01.04.2019", "03.04.19"]), Verdict::Settled(DateOrder::Dmy));
        assert_eq!(order(&["32-01-13"]), Verdict::Settled(DateOrder::Ymd));
        assert_eq!(order(&["01/01/2026", "05/03/2026"]), Verdict::Open(3, "05/03/2026".into()));
        assert_eq!(order(&["05/13/2026", "13/05/2026", "5/6/2026"]), Verdict::Open(4, "5/6/2026".into()));
    }

    #[test]
    fn a_short_year_may_come_first() {
        assert_eq!(order(&["26-03-01", "26-03-25"]), Verdict::Open(2, "26-03-01".into()));
        assert_eq!(order(&["01-03-26", "25-03-26"]), Verdict::Settled(DateOrder::Dmy));
        assert_eq!(order(&["26.03.01", "26.03.25"]), Verdict::Settled(DateOrder::Dmy));
        assert_eq!(order(&["25/03/26"]), Verdict::Settled(DateOrder::Dmy));
    }

    #[test]
    fn all_rows_settle_the_mark() {
        assert_eq!(mark(&["1,234", "5.00"]), Verdict::Settled('.'));
        assert_eq!(mark(&["1,234", "5,5"]), Verdict::Settled(','));
        assert_eq!(mark(&["1,234,567", "1,234"]), Verdict::Settled('.'));
        assert_eq!(mark(&["1'234.567"]), Verdict::Settled('.'));
        assert_eq!(mark(&["0.125"]), Verdict::Settled('.'));
        assert_eq!(mark(&["1234.567"]), Verdict::Settled('.'));
        assert_eq!(mark(&["50", "-3"]), Verdict::Any);
        assert_eq!(mark(&["7", "1.234"]), Verdict::Open(3, "1.234".into()));
        assert_eq!(mark(&["5.00", "5,00", "1,234"]), Verdict::Open(4, "1,234".into()));
    }

    #[test]
    fn questions_tell_what_each_answer_means() {
        let order = ask_order(7, "05/03/2026");
        assert_eq!(order.message, "the date order is open: `05/03/2026` in line 7, and no row settles it");
        let hint = "say `--date-order dmy` for 5 March 2026, or `--date-order mdy` for 3 May 2026";
        assert_eq!(order.hint.as_deref(), Some(hint));
        let hint = "say `--decimal .` for -1234, or `--decimal ,` for -1.234";
        assert_eq!(ask_mark(7, "-1,234").hint.as_deref(), Some(hint));
    }
}
