//! `list_names`: what accounts, categories, payees and tags are called.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Tool, input};
use crate::db::{accounts, categories};
use crate::error::Result;
use crate::ledger::{payees, tags};
use crate::mcp::answers;
use crate::output::{AccountList, Answer, CategoryList, PayeeList, TagList};

pub const TOOL: Tool = Tool {
    name: "list_names",
    title: "List names",
    about: "What the accounts, categories, payees or tags are called.",
    input: input::<Arguments>,
    output: || {
        json!({
            "type": "object",
            "properties": {
                "kind": {"type": "string"},
                "rows": {"type": "array"},
                "next_cursor": {"type": "string"}
            },
            "required": ["kind", "rows"]
        })
    },
    run,
};

#[derive(Deserialize, JsonSchema, serde::Serialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Kind {
    Accounts,
    Categories,
    Payees,
    Tags,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// Which
    kind: Kind,
    /// next_cursor of the last answer
    #[serde(rename = "cursor")]
    _cursor: Option<String>,
}

fn run(call: &Call<'_>) -> Result<Value> {
    let Arguments { kind, .. } = call.arguments()?;
    let rows = call.book.read(|conn| match kind {
        Kind::Accounts => AccountList(accounts::list(conn)?).items(),
        Kind::Categories => CategoryList(categories::list(conn)?).items(),
        Kind::Payees => PayeeList(payees::list(conn)?).items(),
        Kind::Tags => TagList(tags::list(conn)?).items(),
    })?;
    let rows: Vec<Value> = rows.into_iter().map(answers::without_id).collect();
    answers::cut_rows(json!({"kind": kind, "rows": rows}), call)
}
