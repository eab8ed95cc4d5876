//! `schema`: the JSON Schema of an answer.

use clap::Args;

use crate::cli::context::Context;
use crate::error::{Problem, Result};
use crate::output;

/// The JSON Schemas, by name: each stands alone, and describes every key of its answer.
const SCHEMAS: &[(&str, &str)] = &[
    ("transaction", include_str!("../../output/schemas/transaction.json")),
    ("list", include_str!("../../output/schemas/list.json")),
    ("changed", include_str!("../../output/schemas/changed.json")),
    ("accounts", include_str!("../../output/schemas/accounts.json")),
    ("account", include_str!("../../output/schemas/account.json")),
    ("categories", include_str!("../../output/schemas/categories.json")),
    ("category", include_str!("../../output/schemas/category.json")),
    ("groups", include_str!("../../output/schemas/groups.json")),
    ("group", include_str!("../../output/schemas/group.json")),
    ("payees", include_str!("../../output/schemas/payees.json")),
    ("tags", include_str!("../../output/schemas/tags.json")),
    ("log", include_str!("../../output/schemas/log.json")),
    ("balance", include_str!("../../output/schemas/balance.json")),
    ("budget", include_str!("../../output/schemas/budget.json")),
    ("budget-changed", include_str!("../../output/schemas/budget-changed.json")),
    ("budget-target", include_str!("../../output/schemas/budget-target.json")),
    ("budget-apply", include_str!("../../output/schemas/budget-apply.json")),
    ("budget-explain", include_str!("../../output/schemas/budget-explain.json")),
    ("report-spending", include_str!("../../output/schemas/report-spending.json")),
    ("report-income", include_str!("../../output/schemas/report-income.json")),
    ("report-budget", include_str!("../../output/schemas/report-budget.json")),
    ("report-networth", include_str!("../../output/schemas/report-networth.json")),
    ("report-payees", include_str!("../../output/schemas/report-payees.json")),
    ("report-register", include_str!("../../output/schemas/report-register.json")),
    ("report-summary", include_str!("../../output/schemas/report-summary.json")),
    ("overview", include_str!("../../output/schemas/overview.json")),
    ("check", include_str!("../../output/schemas/check.json")),
    ("rules", include_str!("../../output/schemas/rules.json")),
    ("rule-test", include_str!("../../output/schemas/rule-test.json")),
    ("rule-apply", include_str!("../../output/schemas/rule-apply.json")),
    ("rule-learn", include_str!("../../output/schemas/rule-learn.json")),
    ("rule", include_str!("../../output/schemas/rule.json")),
    ("import", include_str!("../../output/schemas/import.json")),
    ("imports", include_str!("../../output/schemas/imports.json")),
    ("import-list", include_str!("../../output/schemas/import-list.json")),
    ("import-show", include_str!("../../output/schemas/import-show.json")),
    ("reconcile", include_str!("../../output/schemas/reconcile.json")),
    ("demo", include_str!("../../output/schemas/demo.json")),
    ("profile", include_str!("../../output/schemas/profile.json")),
    ("profile-list", include_str!("../../output/schemas/profile-list.json")),
    ("db-info", include_str!("../../output/schemas/db-info.json")),
    ("db-history", include_str!("../../output/schemas/db-history.json")),
    ("db-verify", include_str!("../../output/schemas/db-verify.json")),
    ("db-query", include_str!("../../output/schemas/db-query.json")),
    ("config-list", include_str!("../../output/schemas/config-list.json")),
    ("error", include_str!("../../output/schemas/error.json")),
];

/// Print the JSON Schema of an answer
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat schema
  $ groat schema list")]
pub struct SchemaArgs {
    /// Its name; without one the names are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// The names of the schemas.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, _)| *name)
}

impl SchemaArgs {
    /// Shows it.
    pub fn run(self, _cx: &mut Context) -> Result<u8> {
        let Some(name) = self.name else {
            let names: String = SCHEMAS.iter().map(|(name, _)| format!("{name}\n")).collect();
            output::raw(&names)?;
            return Ok(0);
        };
        let Some((_, text)) = SCHEMAS.iter().find(|(known, _)| *known == name) else {
            return Err(Problem::not_found(format!(
                "no schema is called `{}`",
                crate::domain::name::visible(&name)
            ))
            .hint("`groat schema` lists them")
            .into());
        };
        output::raw(text)?;
        Ok(0)
    }
}
