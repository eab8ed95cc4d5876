//! The list of imports, and one with its rows.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{instant, iso_instant, visible};
use super::{Answer, Document, Sheet, Style};
use crate::db::batches::{Batch, BatchLine};
use crate::error::Result;

/// What became of rows, by what answers call it: the decision that is counted.
const COUNTED: [(&str, &str); 6] = [
    ("new", "new"),
    ("matched", "matched"),
    ("duplicates", "duplicate"),
    ("deleted", "deleted"),
    ("pending", "pending"),
    ("rejected", "rejected"),
];

fn object(batch: &Batch) -> Value {
    let mut object = json!({
        "id": batch.id,
        "account": batch.account,
        "format": batch.format,
        "file": batch.file_name,
        "at": iso_instant(batch.created_at),
        "operation": batch.operation,
    });
    for (key, decision) in COUNTED {
        object[key] = batch.count(decision).into();
    }
    object
}

/// Every batch.
pub struct BatchList(pub Vec<Batch>);

impl Answer for BatchList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"batches": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["id", "account", "format", "file", "at", "operation"]);
        sheet.header.extend(COUNTED.map(|(key, _)| key.to_owned()));
        for batch in &self.0 {
            let mut row = vec![
                batch.id.to_string(),
                batch.account.clone(),
                batch.format.clone(),
                batch.file_name.clone(),
                iso_instant(batch.created_at),
                batch.operation.to_string(),
            ];
            row.extend(COUNTED.map(|(_, decision)| batch.count(decision).to_string()));
            sheet.rows.push(row);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "nothing was imported yet\n".to_owned().into();
        }
        let mut table = Table::new(&[
            ("Batch", Side::Right),
            ("When (UTC)", Side::Left),
            ("Account", Side::Left),
            ("File", Side::Left),
            ("New", Side::Right),
            ("Matched", Side::Right),
            ("Duplicates", Side::Right),
            ("Rejected", Side::Right),
        ]);
        for batch in &self.0 {
            table.row(vec![
                batch.id.to_string(),
                instant(batch.created_at),
                visible(&batch.account).into_owned(),
                visible(&batch.file_name).into_owned(),
                batch.count("new").to_string(),
                batch.count("matched").to_string(),
                batch.count("duplicate").to_string(),
                batch.count("rejected").to_string(),
            ]);
        }
        table.into()
    }
}

/// One batch with its rows.
pub struct BatchShow {
    /// The batch.
    pub batch: Batch,
    /// Its rows in the order of the file.
    pub lines: Vec<BatchLine>,
}

impl Answer for BatchShow {
    fn json(&self) -> Result<Value> {
        let mut value = object(&self.batch);
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|line| {
                json!({
                    "line": line.line,
                    "decision": line.decision,
                    "reason": line.reason,
                    "text": line.raw,
                    "transaction": line.transaction,
                })
            })
            .collect();
        value["lines"] = Value::Array(lines);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["line", "decision", "reason", "text", "transaction"]);
        for line in &self.lines {
            sheet.rows.push(vec![
                line.line.to_string(),
                line.decision.clone(),
                line.reason.clone(),
                line.raw.clone(),
                line.transaction.map_or_else(String::new, |id| id.to_string()),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        let batch = &self.batch;
        let title = format!(
            "Batch {}: {} into {}, {} UTC",
            batch.id,
            visible(&batch.file_name),
            visible(&batch.account),
            instant(batch.created_at)
        );
        let mut table = Table::new(&[
            ("Line", Side::Right),
            ("Decision", Side::Left),
            ("Why", Side::Left),
            ("Id", Side::Right),
            ("Text", Side::Left),
        ]);
        for line in &self.lines {
            table.row(vec![
                line.line.to_string(),
                line.decision.clone(),
                visible(&line.reason).into_owned(),
                line.transaction.map_or_else(String::new, |id| id.to_string()),
                visible(&line.raw).into_owned(),
            ]);
        }
        Document::new().title(title).table(table)
    }
}
