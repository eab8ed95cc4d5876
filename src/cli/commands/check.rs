//! `check`: for cron. Silent and exit 0 when all is well, exit 10 when something was found.

use clap::Args;

use crate::cli::context::Context;
use crate::error::{Problem, Result};
use crate::output::CheckAnswer;
use crate::report::check;

/// Exit code when a check found something.
const FOUND: u8 = 10;

/// Check the book, for cron: silent when all is well
#[derive(Debug, Args)]
#[command(after_help = "Exit code 10 when something was found, else 0.")]
pub struct CheckArgs {
    /// Which checks: book [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

impl CheckArgs {
    /// Runs the checks.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        if let Some(unknown) = self.names.iter().find(|name| *name != "book") {
            return Err(Problem::usage(format!(
                "no check is called `{}`",
                crate::domain::name::visible(unknown)
            ))
            .hint("checks are `book`")
            .into());
        }
        let findings = cx.read(|conn, _| check::book(conn))?;
        let code = if findings.is_empty() { 0 } else { FOUND };
        cx.out.answer(&CheckAnswer(findings))?;
        Ok(code)
    }
}
