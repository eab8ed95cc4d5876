//! `report`: values worked out from the book.

use clap::Args;

use crate::cli::context::Context;
use crate::domain::when::{Period, Step};
use crate::error::{Problem, Result};
use crate::report::spending::{Axis, spending};

/// Report on spending
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report
  $ groat report --by payee -p 2026
  $ groat report --by category,month -p ytd
  $ groat report -p 'last month' --csv")]
pub struct ReportArgs {
    /// Which report [default: spending, the only one so far]
    #[arg(value_name = "NAME")]
    words: Vec<String>,
    /// When: 2026-03, mar, 2026Q1, 'last month', 2026-01..2026-03 [default: this month]
    #[arg(short, long, value_name = "PERIOD")]
    period: Option<String>,
    /// A row for each category, group, payee, account, tag, day, week, month, quarter or year; a second one, after a
    /// comma, for the columns
    #[arg(long, value_name = "AXIS[,AXIS]", default_value = "category")]
    by: String,
}

impl ReportArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let period = match self.period.as_deref() {
            Some(text) => cx.period(text)?,
            None => Period::of(Step::Month, cx.today),
        };
        self.refuse_words()?;
        let (axis, second) = axes(&self.by)?;
        let report = cx.read(|conn, book| spending(conn, period, axis, second, book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }

    fn refuse_words(&self) -> Result<()> {
        let shown = |word: &String| crate::domain::name::visible(word).into_owned();
        match self.words.as_slice() {
            [] => Ok(()),
            [first, ..] if first != "spending" => {
                Err(Problem::usage(format!("no report is called `{}`", shown(first)))
                    .hint("reports are `spending`; a period goes behind `-p`, an axis behind `--by`")
                    .into())
            }
            [_] => Ok(()),
            [_, next, ..] => Err(Problem::usage(format!(
                "`{}` is not understood yet: a report takes no query so far",
                shown(next)
            ))
            .hint("`groat list` takes words; a report takes `-p PERIOD` and `--by AXIS`")
            .into()),
        }
    }
}

fn axes(text: &str) -> Result<(Axis, Option<Axis>)> {
    let axes = text.split(',').map(|word| axis(word.trim())).collect::<Result<Vec<Axis>>>()?;
    match axes.as_slice() {
        [one] => Ok((*one, None)),
        [one, two] if one != two => Ok((*one, Some(*two))),
        [_, _] => Err(Problem::usage(format!("`--by {text}` names one axis twice")).into()),
        _ => Err(Problem::usage(format!("`--by {text}` names more than two axes")).into()),
    }
}

fn axis(word: &str) -> Result<Axis> {
    Axis::ALL.into_iter().find(|axis| axis.as_str() == word).ok_or_else(|| {
        Problem::usage(format!("`{}` is no axis", crate::domain::name::visible(word)))
            .hint(format!("axes are {}", Axis::ALL.map(Axis::as_str).join(", ")))
            .into()
    })
}
