//! `report`: values worked out from the book. One file a report, with its arguments and its `run`; here one is
//! picked by name, and without a name it is spending, for ever. The flags that all of them take are here too.

mod budget;
mod income;
mod networth;
mod payees;
mod register;
mod spending;
mod summary;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::domain::name::{near, visible};
use crate::domain::query::{Query, is_query};
use crate::domain::when::{Period, Step};
use crate::error::{Problem, Result};
use crate::ledger::lookup::quoted;

/// Report on spending, income, budgets, net worth, payees, or a month on one page
#[derive(Debug, Args)]
#[command(
    override_usage = "groat report [NAME] [QUERY]... [OPTIONS]",
    subcommand_help_heading = "Reports",
    after_help = "Examples:
  $ groat report
  $ groat report --by payee -p 2026
  $ groat report --by category,month -p ytd
  $ groat report -p 'last month' --csv
  $ groat report income -p 2026
  $ groat report summary -p 'last month' -O markdown

`groat report NAME --help` explains each."
)]
pub struct ReportArgs {
    #[command(subcommand)]
    report: Option<Report>,
    /// When: 2026-03, mar, 2026Q1, 'last month', 2026-01..2026-03 [default: this month; of networth the last twelve
    /// months]
    #[arg(short, long, value_name = "PERIOD", global = true)]
    period: Option<String>,
    #[command(flatten)]
    by: spending::By,
    /// A query, if it is more than words; else what is no report's name, and said to be so.
    #[arg(hide = true, value_name = "NAME")]
    words: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Report {
    /// What was spent, by category or any other axis; `report` alone is this
    Spending(spending::SpendingArgs),
    /// What came in and what was spent, by month, with what was saved
    Income(income::IncomeArgs),
    /// What was assigned to each envelope, spent and left, by month
    Budget(budget::BudgetArgs),
    /// What is owned and owed at the end of each month; or balances over time
    #[command(name = "networth")]
    NetWorth(networth::NetWorthArgs),
    /// What was spent at each payee and came in from there, how often and when last
    Payees(payees::PayeesArgs),
    /// Postings, oldest first, each with what the account holds after it
    Register(register::RegisterArgs),
    /// A period on one page, against the one before: in and out, where it went, balances
    Summary(summary::SummaryArgs),
}

impl ReportArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        // First, as words that were meant for the period look like others.
        self.period.as_deref().map(|text| cx.period(text)).transpose()?;
        if let Some(word) = self.words.first().filter(|word| self.report.is_some() || !is_query(word)) {
            return Err(no_such_report(word).into());
        }
        let period = self.period.as_deref();
        match self.report {
            None => spending::SpendingArgs::by(self.words, self.by).run(cx, period),
            Some(_) if self.by.is_given() => Err(flag_before_name().into()),
            Some(Report::Spending(args)) => args.run(cx, period),
            Some(Report::Income(args)) => args.run(cx, period),
            Some(Report::Budget(args)) => args.run(cx, period),
            Some(Report::NetWorth(args)) => args.run(cx, period),
            Some(Report::Payees(args)) => args.run(cx, period),
            Some(Report::Register(args)) => args.run(cx, period),
            Some(Report::Summary(args)) => args.run(cx, period),
        }
    }
}

/// The period that was typed, else this month.
fn this_month_unless(cx: &Context, typed: Option<&str>) -> Result<Period> {
    match typed {
        Some(text) => cx.period(text),
        None => Ok(Period::of(Step::Month, cx.today)),
    }
}

/// The period that was typed, else the one that the query names, else this month.
fn asked_period(cx: &Context, typed: Option<&str>, query: &Query) -> Result<Period> {
    match (typed, query.period()) {
        (None, Some(period)) => Ok(period),
        _ => this_month_unless(cx, typed),
    }
}

fn no_such_report(word: &str) -> Problem {
    let command = Report::augment_subcommands(clap::Command::new("report"));
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let problem = Problem::usage(format!("no report is called `{}`", visible(word)));
    let problem = match near(word, names.iter().map(|name| (*name, *name))).first() {
        Some(first) => problem.hint(format!("did you mean `groat report {first}`?")),
        None => problem,
    };
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    problem
        .hint(format!("reports are {}", listed.join(", ")))
        .hint("a period goes behind `-p`, an axis behind `--by`")
        .hint(format!("words to look for stand behind the name: `groat report spending {}`", quoted(word)))
}

fn flag_before_name() -> Problem {
    Problem::usage("`--by` stands before the name of the report")
        .hint("flags of a report go behind its name: `groat report spending --by payee`")
}
