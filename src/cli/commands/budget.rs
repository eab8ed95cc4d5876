//! `budget`: the month's envelopes, and giving them money. One subcommand an operation of the area `budget`.

use clap::{Args, Subcommand};

use crate::budget::assign::{self, Assignment};
use crate::budget::hold::{self, Hold};
use crate::budget::{Changed, apply, carryover, cover, explain, month, moving, targets};
use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::dialect::Isolation;
use crate::db::writer::Writer;
use crate::domain::when::Month;
use crate::error::{Problem, Result};
use crate::output::Explanation;

/// Show the month's envelopes and give them money
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat budget
  $ groat budget assign groceries 300
  $ groat budget assign insurance 1200/12 -p 'next month'
  $ groat budget move 20 groceries 'eating out'

`groat help envelopes` says what the numbers mean.")]
pub struct BudgetArgs {
    /// Which month: 2026-03, mar, 'next month' [default: this month]
    #[arg(short, long, value_name = "MONTH", global = true)]
    period: Option<String>,
    #[command(subcommand)]
    command: Option<BudgetCommand>,
}

#[derive(Debug, Subcommand)]
enum BudgetCommand {
    /// Set or change what a month gives to an envelope
    #[command(after_help = "Examples:
  $ groat budget assign groceries 300
  $ groat budget assign groceries +25
  $ groat budget assign groceries --average 3

It may be more than there is to be budgeted: groat says so.")]
    Assign {
        /// The envelope: a category's name, or group/name
        #[arg(value_name = "CAT")]
        category: String,
        /// How much: 300 or =300 sets it, +25 and -25 change it; 1200/12 is reckoned
        #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true, required_unless_present = "average")]
        amount: Option<String>,
        /// What was spent on average in so many complete months before
        #[arg(long, value_name = "MONTHS", conflicts_with = "amount", value_parser = months, allow_negative_numbers = true)]
        average: Option<u32>,
    },
    /// Move money from one envelope to another
    Move {
        /// How much, above 0
        #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true)]
        amount: String,
        /// Where it is: a category, or `tbb` for what is to be budgeted
        #[arg(value_name = "FROM")]
        from: String,
        /// Where it goes: a category, or `tbb`
        #[arg(value_name = "TO")]
        to: String,
    },
    /// Cover what is overspent, as far as the source has money
    Cover {
        /// The overspent category, or `tbb` when more was given out than there is
        #[arg(value_name = "CAT")]
        category: String,
        /// Where the money comes from [default: tbb]
        #[arg(long, value_name = "CAT")]
        from: Option<String>,
    },
    /// Keep money out of what is to be budgeted, for the next month
    Hold {
        /// How much in all; `max` for all there is, 0 for nothing
        #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true)]
        amount: String,
    },
    /// Assign what was assigned the month before
    Copy,
    /// Show or set what an envelope asks for each month
    #[command(after_help = "Examples:
  $ groat budget target
  $ groat budget target groceries '300 up to 400'
  $ groat budget target 'eating out' 'average 3 months' remainder
  $ groat budget target groceries ''

`groat help targets` has all template lines.")]
    Target {
        /// Whose [default: all that have one]
        #[arg(value_name = "CAT")]
        category: Option<String>,
        /// Template lines, each quoted; an empty one clears the target
        #[arg(value_name = "LINE", allow_negative_numbers = true)]
        lines: Vec<String>,
    },
    /// Assign what the targets ask for; with -n only show it
    #[command(after_help = "Examples:
  $ groat budget target groceries '300 up to 400'
  $ groat budget apply -n -p 'next month'

What has something assigned stays as it is, unless --overwrite plans it anew.
Priority 0 may take to be budgeted below zero; 1, 2 and so on get what is left,
then the remainders.")]
    Apply {
        /// Plan envelopes anew that have something assigned
        #[arg(long)]
        overwrite: bool,
    },
    /// Show where a number comes from, down to moves and transactions
    #[command(after_help = "Examples:
  $ groat budget explain groceries
  $ groat budget explain -p 'next month'")]
    Explain {
        /// The envelope whose available is explained [default: to be budgeted]
        #[arg(value_name = "CAT")]
        category: Option<String>,
        /// Take every month apart, not only the one that was asked for
        #[arg(long)]
        all: bool,
    },
    /// Let an overspent envelope keep its deficit, from the month on
    Carryover {
        /// A category's name, or group/name
        #[arg(value_name = "CAT")]
        category: String,
        /// on or off
        #[arg(value_name = "on|off", action = clap::ArgAction::Set, value_parser = switch)]
        is_on: bool,
    },
}

impl BudgetArgs {
    /// Shows the month, or changes it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let month = match &self.period {
            Some(text) => cx.month(text)?,
            None => Month::of(cx.today),
        };
        match self.command {
            None => {
                let budget = cx.read(|conn, book| month::budget(conn, month, book.currency()))?;
                cx.out.answer(&budget)?;
                Ok(0)
            }
            Some(command) => command.run(cx, month),
        }
    }
}

impl BudgetCommand {
    fn run(self, cx: &Context, month: Month) -> Result<u8> {
        let current = Month::of(cx.today);
        match self {
            BudgetCommand::Assign { category, amount, average } => {
                let to = match (amount, average) {
                    (Some(amount), _) => assignment(cx, &amount)?,
                    (None, Some(months)) => Assignment::Average(months),
                    (None, None) => {
                        return Err(Problem::usage("give an amount, or `--average MONTHS`").into());
                    }
                };
                change(cx, |w| assign::assign(w, month, current, &category, &to))
            }
            BudgetCommand::Move { amount, from, to } => {
                let amount = cx.amount(&amount)?;
                change(cx, |w| moving::move_money(w, month, &amount, &from, &to))
            }
            BudgetCommand::Cover { category, from } => {
                change(cx, |w| cover::cover(w, month, &category, from.as_deref()))
            }
            BudgetCommand::Hold { amount } => {
                let hold = if amount == "max" { Hold::Max } else { Hold::Amount(cx.amount(&amount)?) };
                change(cx, |w| hold::hold(w, month, &hold))
            }
            BudgetCommand::Target { category, lines } => target(cx, month, category.as_deref(), &lines),
            BudgetCommand::Apply { overwrite } => {
                let applied =
                    cx.write(Isolation::Budgeting, |w| apply::apply(w, month, current, overwrite))?;
                cx.out.answer(&applied)?;
                applied.warnings.iter().for_each(|warning| cx.out.warn(warning));
                Ok(0)
            }
            BudgetCommand::Explain { category, all } => {
                let explained = cx
                    .read(|conn, book| explain::explain(conn, month, category.as_deref(), book.currency()))?;
                cx.out.answer(&Explanation { explained, is_whole: all })?;
                Ok(0)
            }
            BudgetCommand::Copy => change(cx, |w| assign::copy(w, month)),
            BudgetCommand::Carryover { category, is_on } => {
                change(cx, |w| carryover::set(w, month, current, &category, is_on))
            }
        }
    }
}

fn change(cx: &Context, work: impl FnMut(&mut Writer<'_>) -> Result<Changed>) -> Result<u8> {
    let changed = cx.write(Isolation::Budgeting, work)?;
    cx.out.answer(&changed)?;
    changed.notes.iter().for_each(|note| cx.out.note(note));
    Ok(0)
}

/// Without lines the targets are shown; empty ones clear.
fn target(cx: &Context, month: Month, category: Option<&str>, lines: &[String]) -> Result<u8> {
    let current = Month::of(cx.today);
    let answer = match category {
        Some(category) if !lines.is_empty() => {
            let texts: Vec<&String> = lines.iter().filter(|line| !line.trim().is_empty()).collect();
            cx.write(Isolation::Budgeting, |w| {
                let currency = w.currency.clone();
                let read = texts.iter().map(|text| cx.target_line(text, &currency));
                let (lines, rounded): (Vec<_>, Vec<_>) =
                    read.collect::<Result<Vec<_>>>()?.into_iter().unzip();
                targets::set(w, month, current, category, &lines, &rounded.concat())
            })?
        }
        _ => cx.read(|conn, book| targets::list(conn, month, current, category, book.currency()))?,
    };
    cx.out.answer(&answer)?;
    answer.notes.iter().for_each(|note| cx.out.note(note));
    Ok(0)
}

/// `300` and `=300` set, `+25` and `-25` change.
fn assignment(cx: &Context, text: &str) -> Result<Assignment> {
    match text.strip_prefix('=') {
        Some(amount) => Ok(Assignment::To(cx.amount(amount)?)),
        None if text.starts_with(['+', '-', '\u{2212}']) => Ok(Assignment::By(cx.amount(text)?)),
        None => Ok(Assignment::To(cx.amount(text)?)),
    }
}

fn months(text: &str) -> Result<u32, String> {
    let (least, most) = assign::AVERAGED.into_inner();
    let count = text.parse().ok().filter(|count| assign::AVERAGED.contains(count));
    count.ok_or_else(|| format!("an average is of {least} to {most} months"))
}

fn switch(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("it is `on` or `off`".to_owned()),
    }
}
