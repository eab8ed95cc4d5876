//! `summarize_spending`: what was spent in a period, by category.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input, period};
use crate::domain::query::Query;
use crate::error::Result;
use crate::mcp::answers;
use crate::output::Answer;
use crate::report::spending::{Axis, spending};

pub const TOOL: Tool = Tool {
    name: "summarize_spending",
    title: "Spending by category",
    about: "What was spent in a period: the total, then amount, count and share of each category, largest first. \
            category null is what has none.",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "currency": {"type": "string"},
                "total": {"type": "string"},
                "rows": {"type": "array"},
                "next_cursor": {"type": "string"}
            },
            "required": ["total", "currency", "rows"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// First day, YYYY-MM-DD, included
    from: String,
    /// Last day, YYYY-MM-DD, included
    to: String,
    /// next_cursor of the last answer
    #[serde(rename = "cursor")]
    _cursor: Option<String>,
}

fn run(call: &Call<'_>) -> Result<Value> {
    let wanted: Arguments = call.arguments()?;
    let period = period(Some(&wanted.from), Some(&wanted.to))?;
    let report = call
        .book
        .read(|conn| spending(conn, &Query::default(), period, Axis::Category, None, call.book.currency()))?;
    answers::cut_rows(report.json()?, call)
}
