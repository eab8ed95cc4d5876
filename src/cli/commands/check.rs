//! `check`: for cron. Silent and exit 0 when all is well, exit 10 when something was found.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::error::{Problem, Result};
use crate::output::CheckAnswer;
use crate::report::check;
use crate::report::check::balance::Reach;

/// Exit code when a check found something.
const FOUND: u8 = 10;

/// The names of the checks.
pub const CHECKS: [&str; 4] = ["book", "budget", "balance", "reconcile"];

/// Check the book, the budget and the accounts, for cron: silent when all is well
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat check book
  $ groat check budget --at 2026-01-31
  $ groat check balance --floor -500
  $ groat check reconcile

`budget` finds envelopes that are overspent, more given out than there is,
targets that lack money, holds without money, and transfers with a category
where none belongs; `balance` cash, checking and savings accounts below a floor;
`reconcile` accounts that do not hold what the newest imported file states, or
what they were reconciled with. Exit code 10 when something was found, else 0.

Envelopes are no finding while nothing was assigned or held and none has a
target. Without a NAME, `balance` leaves accounts out that money never came
into: what they held at first was never said.")]
pub struct CheckArgs {
    /// Which checks: book, budget, balance, reconcile [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The month of this day, and the accounts at its end [default: today]
    #[arg(long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    at: Option<String>,
    /// What an account may not fall below [default: 0]
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    floor: Option<String>,
}

impl CheckArgs {
    /// Runs the checks.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        if let Some(unknown) = self.names.iter().find(|name| !CHECKS.contains(&name.as_str())) {
            return Err(Problem::usage(format!(
                "no check is called `{}`",
                crate::domain::name::visible(unknown)
            ))
            .hint("checks are `book`, `budget`, `balance` and `reconcile`")
            .into());
        }
        if self.floor.is_some() && !self.is_wanted("balance") {
            return Err(Problem::usage("`--floor` is for the check `balance`")
                .hint("`groat check balance --floor 100`")
                .into());
        }
        let at = cx.date(self.at.as_deref())?;
        let floor = self.floor.as_deref().map(|text| cx.amount(text)).transpose()?;
        let reach = if self.names.is_empty() { Reach::Known } else { Reach::All };
        let answer = cx.read(|conn, book| {
            let mut answer = CheckAnswer { findings: Vec::new(), pace: None };
            if self.is_wanted("book") {
                answer.findings.extend(check::book(conn)?);
            }
            if self.is_wanted("budget") {
                let (found, pace) = check::budget::check(conn, at, cx.today, book.currency())?;
                answer.findings.extend(found);
                answer.pace = pace;
            }
            if self.is_wanted("balance") {
                answer.findings.extend(check::balance::check(conn, at, floor.as_ref(), reach)?);
            }
            if self.is_wanted("reconcile") {
                answer.findings.extend(check::reconcile::check(conn, at)?);
            }
            Ok(answer)
        })?;
        let code = if answer.findings.is_empty() { 0 } else { FOUND };
        cx.out.answer(&answer)?;
        Ok(code)
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|wanted| wanted == name)
    }
}
