//! `report spending`, and `report` alone: what was spent, by one axis or by two.

use clap::Args;

use super::asked_period;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::spending::{axes, spending};

/// What was spent, by category or any other axis
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report spending --by payee -p 2026
  $ groat report spending --by month,group -p ytd
  $ groat report spending coffee or tesco --by month -p 2026
  $ groat report spending cat:food 'amt:>20' date:2026")]
pub struct SpendingArgs {
    /// Only what fits: words in payee or note, cat:food, 'amt:>50'; see `groat help queries`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    by: By,
}

/// What rows and columns are.
#[derive(Debug, Args)]
pub struct By {
    /// A row for each category, group, payee, account, tag, day, week, month, quarter or year; a second one, after a
    /// comma, for the columns [default: category]
    #[arg(long, value_name = "AXIS[,AXIS]")]
    by: Option<String>,
}

impl By {
    /// Whether it was typed.
    pub fn is_given(&self) -> bool {
        self.by.is_some()
    }
}

impl SpendingArgs {
    /// Those of `report` without a name.
    pub fn by(query: Vec<String>, by: By) -> SpendingArgs {
        SpendingArgs { query, by }
    }

    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let query = cx.query(&self.query)?;
        let period = asked_period(cx, period, &query)?;
        let (axis, second) = axes(self.by.by.as_deref().unwrap_or("category"))?;
        let report = cx.read(|conn, book| spending(conn, &query, period, axis, second, book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}
