//! `overview`: the dashboard of `groat` alone.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input};
use crate::error::Result;
use crate::output::Answer;
use crate::report::overview::overview;

pub const TOOL: Tool = Tool {
    name: "overview",
    title: "Overview",
    about: "This month's income and spending, and what every account holds today (at).",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "month": {"type": "string"},
                "currency": {"type": "string"},
                "income": {"type": "string"},
                "spending": {"type": "string"},
                "balances": {"type": "object"}
            },
            "required": ["month", "currency", "income", "spending", "balances"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {}

fn run(call: &Call<'_>) -> Result<Value> {
    call.arguments::<Arguments>()?;
    let value = call.book.read(|conn| overview(conn, call.book.today(), call.book.currency()))?;
    value.json()
}
