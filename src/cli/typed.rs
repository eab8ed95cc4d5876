//! What was typed, read: amounts, days, periods, months, queries and template lines, by the user's settings and day.
//! Words that were meant as one but not quoted are told here.

use chrono::NaiveDate;

use super::context::Context;
use crate::domain::money::{AmountInput, Currency, Exact, parse_amount};
use crate::domain::query::{Query, Reading as QueryReading, joined};
use crate::domain::target::{Line, Reading};
use crate::domain::when::{Lean, Month, Period, Step, join_hint, parse_date, parse_period};
use crate::error::{OrUsage, Problem, Result};

impl Context {
    /// An amount as it was typed.
    ///
    /// # Errors
    /// A text that is no amount.
    pub fn amount(&self, text: &str) -> Result<AmountInput> {
        parse_amount(text, self.decimal_mark()).usage()
    }

    /// A day as it was typed, today without one.
    ///
    /// # Errors
    /// A text that is no day; one whose words were meant as one but not quoted.
    pub fn date(&self, text: Option<&str>) -> Result<NaiveDate> {
        let Some(text) = text else { return Ok(self.today) };
        self.refuse_unquoted(text, &["-d", "--date", "--at"])?;
        parse_date(text, self.today, self.config.date_order()?).usage()
    }

    /// The query that words of the command line make together.
    ///
    /// # Errors
    /// Words that make none, with the place.
    pub fn query(&self, words: &[String]) -> Result<Query> {
        let reading = QueryReading { today: self.today, mark: self.decimal_mark() };
        Query::parse(&joined(words.iter().map(String::as_str)), &reading).usage()
    }

    /// A period as it was typed.
    ///
    /// # Errors
    /// A text that is no period; one whose words were meant as one but not quoted.
    pub fn period(&self, text: &str) -> Result<Period> {
        self.refuse_unquoted(text, &["-p", "--period"])?;
        parse_period(text, self.today, Lean::Past).usage()
    }

    /// A template line of a target as it was typed, with those of its amounts that were rounded.
    ///
    /// # Errors
    /// A text that is none, with the place.
    pub fn target_line(&self, text: &str, currency: &Currency) -> Result<(Line, Vec<Exact>)> {
        let order = self.config.date_order()?;
        let reading = Reading { today: self.today, mark: self.decimal_mark(), order, currency };
        Line::parse_exact(text, &reading).usage()
    }

    /// A month as it was typed, for budgets: the nearest of that name.
    ///
    /// # Errors
    /// A text that is no period, or one that is not one month.
    pub fn month(&self, text: &str) -> Result<Month> {
        self.refuse_unquoted(text, &["-p", "--period"])?;
        let period = parse_period(text, self.today, Lean::Nearest).usage()?;
        let month = period.from.map(Month::of);
        month.filter(|month| period == Period::of(Step::Month, month.first_day())).ok_or_else(|| {
            Problem::usage(format!("`{}` is not one month", crate::domain::name::visible(text)))
                .hint("budgets are by month: `-p 2026-03`, `-p mar`, `-p 'next month'`")
                .into()
        })
    }

    /// `-d 5 mar` gives clap the day 5 and a payee `mar`.
    fn refuse_unquoted(&self, value: &str, flags: &[&str]) -> Result<()> {
        let Some((flag, rest)) = self.behind_flag(value, flags) else { return Ok(()) };
        let words: Vec<&str> =
            std::iter::once(value).chain(self.argv[rest..].iter().map(String::as_str)).take(4).collect();
        match join_hint(&words) {
            Some(hint) => Err(Problem::usage(format!(
                "`{flag} {value}` is followed by a word that seems to belong to it"
            ))
            .hint(hint)
            .into()),
            None => Ok(()),
        }
    }

    /// The flag that `value` was given to (`-d 5`, `-d5`, `--date=5`), and where the words behind it begin.
    fn behind_flag<'f>(&self, value: &str, flags: &[&'f str]) -> Option<(&'f str, usize)> {
        self.argv.iter().enumerate().find_map(|(at, word)| {
            flags.iter().find_map(|flag| {
                let joined = word.strip_prefix(flag).map(|rest| rest.strip_prefix('=').unwrap_or(rest));
                if word == flag && self.argv.get(at + 1).is_some_and(|next| next == value) {
                    return Some((*flag, at + 2));
                }
                joined.filter(|joined| *joined == value).map(|_| (*flag, at + 1))
            })
        })
    }
}
