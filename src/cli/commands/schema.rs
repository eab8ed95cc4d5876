//! `schema`: the JSON Schema of an answer.

use clap::Args;

use crate::cli::context::Context;
use crate::error::{Problem, Result};
use crate::output;

/// The JSON Schemas, by name.
const SCHEMAS: &[(&str, &str)] = &[];

/// The JSON Schema of an answer
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which; lists them without it
    #[arg(value_name = "NAME")]
    name: Option<String>,
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
