//! The log, and what undo and redo did.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{instant, iso_instant, visible};
use super::{Answer, Document, Sheet, Style};
use crate::db::operations::Operation;
use crate::error::Result;
use crate::history::Undone;

/// The log.
pub struct Log(pub Vec<Operation>);

fn object(operation: &Operation) -> Value {
    json!({
        "id": operation.id,
        "at": iso_instant(operation.at),
        "actor": operation.actor,
        "source": operation.source,
        "command": operation.command,
        "summary": operation.summary,
        "undoes": operation.undoes,
        "undone": operation.is_undone,
    })
}

impl Answer for Log {
    fn json(&self) -> Result<Value> {
        Ok(json!({"operations": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["id", "at", "actor", "source", "command", "summary", "undoes", "undone"]);
        for operation in &self.0 {
            sheet.rows.push(vec![
                operation.id.to_string(),
                iso_instant(operation.at),
                operation.actor.clone(),
                operation.source.clone(),
                operation.command.clone(),
                operation.summary.clone(),
                operation.undoes.map_or_else(String::new, |id| id.to_string()),
                operation.is_undone.to_string(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "nothing was done yet\n".to_owned().into();
        }
        let mut table = Table::new(&[
            ("Op", Side::Right),
            ("When (UTC)", Side::Left),
            ("Who", Side::Left),
            ("What", Side::Left),
        ]);
        for operation in &self.0 {
            let undone = if operation.is_undone { " (undone)" } else { "" };
            table.row(vec![
                operation.id.to_string(),
                instant(operation.at),
                visible(&operation.actor).into_owned(),
                format!("{}{undone}", visible(&operation.summary)),
            ]);
        }
        table.into()
    }
}

/// What undo or redo did.
pub struct UndoAnswer<'a>(pub &'a Undone);

impl Answer for UndoAnswer<'_> {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "operation": self.0.operation,
            "summary": self.0.summary,
            "transactions": self.0.transactions,
            "undid": self.0.target.id,
            "kept": self.0.kept.iter().map(|kept| kept.what.as_str()).collect::<Vec<_>>(),
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["operation", "summary", "undid"]);
        sheet.rows.push(vec![
            self.0.operation.to_string(),
            self.0.summary.clone(),
            self.0.target.id.to_string(),
        ]);
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        let (verb, what) = self.0.summary.split_once(": ").unwrap_or(("undo", &self.0.summary));
        let what = visible(what);
        match verb {
            "redo" => format!("did again: {what}\n"),
            _ => format!("undid operation {}: {what}\n", self.0.target.id),
        }
    }
}
