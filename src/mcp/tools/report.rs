//! `run_report`: the reports of `groat report`, by name.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input, period};
use crate::error::{Problem, Result};
use crate::mcp::answers;
use crate::output::Answer;
use crate::report::budget::budget;
use crate::report::income::income;
use crate::report::networth::networth;
use crate::report::payees::payees;
use crate::report::register::register;
use crate::report::spending::{axes, spending};
use crate::report::summary::summary;

/// How many postings a register has at most, the last ones: as on the command line.
const LAST: i64 = 1_000;

pub const TOOL: Tool = Tool {
    name: "run_report",
    title: "Run a report",
    about: "A report over a period: spending by any axis; income and spending by month; net worth by month; budgeted and \
            spent by envelope, over whole months; payees; a register of postings with the running balance; a summary \
            against the period before.",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "report": {"type": "string"},
                "currency": {"type": "string"},
                "next_cursor": {"type": "string"}
            },
            "required": ["report"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Name {
    Spending,
    Income,
    Budget,
    NetWorth,
    Payees,
    Register,
    Summary,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// Which
    name: Name,
    /// First day, YYYY-MM-DD, included
    from: String,
    /// Last day, YYYY-MM-DD, included
    to: String,
    /// spending: what rows are, and after a comma columns: category, group, payee, account, tag, day, week, month,
    /// quarter or year [default: category]
    by: Option<String>,
    /// spending, payees, register: only what fits, as in list_transactions
    query: Option<String>,
    /// register, networth: only this account
    account: Option<String>,
    /// next_cursor of the last answer
    #[serde(rename = "cursor")]
    _cursor: Option<String>,
}

fn run(call: &Call<'_>) -> Result<Value> {
    let wanted: Arguments = call.arguments()?;
    refuse_what_it_does_not_take(&wanted)?;
    let period = period(Some(&wanted.from), Some(&wanted.to))?;
    let query = call.query(wanted.query.as_deref())?;
    let (axis, second) = axes(wanted.by.as_deref().unwrap_or("category"))?;
    let (account, accounts) = (wanted.account.as_deref(), wanted.account.as_slice());
    let (today, book) = (call.book.today(), call.book.currency());
    let answer = call.book.read(|conn| match wanted.name {
        Name::Spending => spending(conn, &query, period, axis, second, book)?.json(),
        Name::Income => income(conn, period, today, book)?.json(),
        Name::NetWorth => networth(conn, period, accounts, false, today, book)?.json(),
        Name::Budget => budget(conn, period, today, book)?.json(),
        Name::Payees => payees(conn, &query, period, None, book)?.json(),
        Name::Register => register(conn, &query, period, account, Some(LAST))?.json(),
        Name::Summary => summary(conn, period, today, book)?.json(),
    })?;
    let mut answer = answer;
    // Of a register there are the last postings only; that is not what its rows and pages can say.
    let (shown, total) = (answer["rows"].as_array().map_or(0, Vec::len), answer["total"].as_u64());
    if let (Name::Register, Some(total)) = (&wanted.name, total.filter(|total| *total > shown as u64)) {
        answer["rows_are"] =
            format!("the last {shown} of {total} postings: ask for a shorter period to see earlier ones")
                .into();
    }
    answers::cut_rows(answer, call)
}

fn refuse_what_it_does_not_take(wanted: &Arguments) -> Result<()> {
    let takes: &[&str] = match wanted.name {
        Name::Spending => &["by", "query"],
        Name::Payees => &["query"],
        Name::Register => &["query", "account"],
        Name::NetWorth => &["account"],
        Name::Income | Name::Budget | Name::Summary => &[],
    };
    for (name, argument) in [("by", &wanted.by), ("query", &wanted.query), ("account", &wanted.account)] {
        if argument.is_some() && !takes.contains(&name) {
            return Err(Problem::usage(format!("this report takes no `{name}`"))
                .hint(
                    "spending takes by and query, payees query, register query and account, networth account",
                )
                .into());
        }
    }
    Ok(())
}
