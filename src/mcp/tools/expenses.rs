//! `query_expenses_by_category`: what was spent in one category, and on what.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input, period};
use crate::error::Result;
use crate::mcp::answers::{self, PAGE};
use crate::report::expenses::expenses;

pub const TOOL: Tool = Tool {
    name: "query_expenses_by_category",
    title: "Expenses in a category",
    about: "What was spent in one category: total, count, and the transactions, newest first.",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "category": {"type": ["string", "null"]},
                "currency": {"type": "string"},
                "total": {"type": "string"},
                "count": {"type": "integer"},
                "transactions": {"type": "array"},
                "next_cursor": {"type": "string"}
            },
            "required": ["total", "currency", "transactions"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// Name, group/name or the beginning of one; none is what has no category
    category: String,
    /// First day, YYYY-MM-DD, included [default: the first there is]
    from: Option<String>,
    /// Last day, YYYY-MM-DD, included [default: the last there is]
    to: Option<String>,
    /// next_cursor of the last answer
    #[serde(rename = "cursor")]
    _cursor: Option<String>,
}

fn run(call: &Call<'_>) -> Result<Value> {
    let wanted: Arguments = call.arguments()?;
    let period = period(wanted.from.as_deref(), wanted.to.as_deref())?;
    let page = call.page()?;
    let found =
        call.book.read(|conn| expenses(conn, &wanted.category, period, PAGE, page, call.book.currency()))?;
    let mut answer = json!({
        "category": found.category,
        "category_slug": found.category_slug,
        "period": {"from": period.from, "to": period.to},
        "currency": found.currency,
        "total": found.total,
        "count": found.count,
    });
    answers::add_page(&mut answer, call, &found.page)?;
    Ok(answer)
}
