//! `list_transactions`: what `groat list` shows.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input};
use crate::db::listing::{Sort, SortKey};
use crate::error::Result;
use crate::ledger::list::{Request, list};
use crate::mcp::answers::{self, PAGE};

pub const TOOL: Tool = Tool {
    name: "list_transactions",
    title: "List transactions",
    about: "Transactions that fit a query, newest first: how many in all, then a page of them.",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "total": {"type": "integer"},
                "transactions": {"type": "array"},
                "next_cursor": {"type": "string"}
            },
            "required": ["total", "transactions"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// Words in payee or note; cat: acct: payee: tag: note: amt:>50 amt:5..9 date:2026-01 date:2026-01-05..2026-02-03
    /// is:uncategorised|pending|transfer in: out: id:; not, or, (), "quoted", /regex/ [default: all]
    query: Option<String>,
    /// next_cursor of the last answer
    #[serde(rename = "cursor")]
    _cursor: Option<String>,
}

fn run(call: &Call<'_>) -> Result<Value> {
    let wanted: Arguments = call.arguments()?;
    let request = Request {
        query: call.query(wanted.query.as_deref())?,
        sort: Sort { key: SortKey::Date, is_descending: true },
        limit: Some(PAGE),
        page: i64::try_from(call.page()?)?,
    };
    let page = call.book.read(|conn| list(conn, &request, call.book.currency()))?;
    let mut answer = json!({"total": page.total});
    answers::add_page(&mut answer, call, &page)?;
    Ok(answer)
}
