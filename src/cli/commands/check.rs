//! `check`: for cron. Silent and exit 0 when all is well, exit 10 when something was found.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::error::{Problem, Result};
use crate::output::CheckAnswer;
use crate::report::check;

/// Exit code when a check found something.
const FOUND: u8 = 10;

/// The names of the checks.
pub const CHECKS: [&str; 2] = ["book", "budget"];

/// Check the book and the budget, for cron: silent when all is well
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat check book
  $ groat check budget --at 2026-01-31

`budget` finds envelopes that are overspent, more given out than there is, targets
that lack money, holds without money, and transfers with a category where none
belongs. Exit code 10 when something was found, else 0.")]
pub struct CheckArgs {
    /// Which checks: book, budget [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The budget of the month of this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    at: Option<String>,
}

impl CheckArgs {
    /// Runs the checks.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        if let Some(unknown) = self.names.iter().find(|name| !CHECKS.contains(&name.as_str())) {
            return Err(Problem::usage(format!(
                "no check is called `{}`",
                crate::domain::name::visible(unknown)
            ))
            .hint("checks are `book` and `budget`")
            .into());
        }
        let at = cx.date(self.at.as_deref())?;
        let is_wanted = |name: &str| self.names.is_empty() || self.names.iter().any(|wanted| wanted == name);
        let answer = cx.read(|conn, book| {
            let mut findings = if is_wanted("book") { check::book(conn)? } else { Vec::new() };
            let mut pace = None;
            if is_wanted("budget") {
                let (found, its_pace) = check::budget::check(conn, at, book.currency())?;
                findings.extend(found);
                pace = its_pace;
            }
            Ok(CheckAnswer { findings, pace })
        })?;
        let code = if answer.findings.is_empty() { 0 } else { FOUND };
        cx.out.answer(&answer)?;
        Ok(code)
    }
}
