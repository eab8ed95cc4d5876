//! Imports: what one did or would do, the list of them, and one with its rows.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{counted, instant, iso_instant, visible};
use super::{Answer, Sheet, Style};
use crate::db::batches::{Batch, BatchLine};
use crate::domain::ids::TransactionId;
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::import::{Imported, PlannedRow};

/// What an import did or would do.
pub struct ImportAnswer<'a> {
    /// What was decided and made.
    pub imported: &'a Imported,
    /// The file's name.
    pub file: &'a str,
    /// What was detected, as (what, value).
    pub detected: &'a [(String, String)],
    /// The source, for programs.
    pub source: &'a str,
    /// Nothing was kept.
    pub is_dry_run: bool,
}

const COUNTED: [&str; 5] = ["new", "matched", "duplicate", "deleted", "pending"];

impl ImportAnswer<'_> {
    fn count(&self, word: &str) -> i64 {
        i64::try_from(self.imported.plan.count(word)).unwrap_or(i64::MAX)
    }

    /// New rows come in the order of the transactions that they became.
    fn rows(&self) -> impl Iterator<Item = (&PlannedRow, Option<TransactionId>)> {
        let made = if self.is_dry_run { &[][..] } else { &self.imported.transactions };
        self.imported.plan.shown.iter().enumerate().map(|(index, row)| (row, made.get(index).copied()))
    }

    fn object(&self, row: &PlannedRow, transaction: Option<TransactionId>) -> Value {
        let account = &self.imported.plan.account;
        json!({
            "line": row.line.line,
            "decision": row.decision.word(),
            "reason": row.decision.reason(),
            "date": row.line.date,
            "amount": Amount { minor: row.amount, exponent: account.exponent },
            "currency": account.currency,
            "payee": row.line.payee,
            "transaction": transaction,
        })
    }
}

impl Answer for ImportAnswer<'_> {
    fn json(&self) -> Result<Value> {
        let plan = &self.imported.plan;
        let rows: Vec<Value> = self.rows().map(|(row, id)| self.object(row, id)).collect();
        let detected: Vec<Value> =
            self.detected.iter().map(|(what, value)| json!({"what": what, "value": value})).collect();
        Ok(json!({
            "batch": if self.is_dry_run { None } else { self.imported.batch },
            "format": "csv",
            "account": plan.account.name,
            "source": self.source,
            "file": self.file,
            "new": self.count("new"),
            "matched": self.count("matched"),
            "duplicates": self.count("duplicate"),
            "deleted": self.count("deleted"),
            "pending": self.count("pending"),
            "rejected": plan.rejected,
            "dry_run": self.is_dry_run,
            "transactions": rows,
            "detected": detected,
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["line", "decision", "reason", "date", "amount", "currency", "payee", "transaction"]);
        let account = &self.imported.plan.account;
        for (row, id) in self.rows() {
            sheet.rows.push(vec![
                row.line.line.to_string(),
                row.decision.word().to_owned(),
                row.decision.reason().to_owned(),
                row.line.date.to_string(),
                Amount { minor: row.amount, exponent: account.exponent }.to_string(),
                account.currency.to_string(),
                row.line.payee.clone().unwrap_or_default(),
                id.map_or_else(String::new, |id| id.to_string()),
            ]);
        }
        for rejected in &self.imported.plan.rejected {
            let mut row = vec![rejected.line.to_string(), "rejected".to_owned(), rejected.reason.clone()];
            row.resize(8, String::new());
            sheet.rows.push(row);
        }
        Ok(sheet)
    }

    fn text(&self, style: &Style) -> String {
        let plan = &self.imported.plan;
        let verb = if self.is_dry_run { "would import" } else { "imported" };
        let counts: Vec<String> = COUNTED
            .iter()
            .map(|word| (*word, self.count(word)))
            .filter(|(word, count)| *count > 0 || *word == "new")
            .map(|(word, count)| {
                if word == "duplicate" {
                    counted(count, "duplicate", "duplicates")
                } else {
                    format!("{count} {word}")
                }
            })
            .collect();
        let batch = self
            .imported
            .batch
            .filter(|_| !self.is_dry_run)
            .map_or_else(String::new, |id| format!(" (batch {id})"));
        let mut text = format!(
            "{verb} {} into {}: {}{batch}\n",
            visible(self.file),
            visible(&plan.account.name),
            counts.join(", ")
        );
        if self.is_dry_run {
            for (what, value) in self.detected {
                text.push_str(&format!("  {what:<14} {}\n", visible(value)));
            }
            text.push_str(&self.table(style));
        }
        text
    }

    fn is_confirmation(&self) -> bool {
        !self.is_dry_run
    }
}

impl ImportAnswer<'_> {
    fn table(&self, style: &Style) -> String {
        let mut table = Table::new(&[
            ("Line", Side::Right),
            ("Date", Side::Left),
            ("Payee", Side::Left),
            ("Amount", Side::Right),
            ("", Side::Left),
            ("Decision", Side::Left),
        ]);
        let account = &self.imported.plan.account;
        let mut shown = 0;
        for (row, _) in self.rows() {
            shown += 1;
            table.row(vec![
                row.line.line.to_string(),
                row.line.date.to_string(),
                visible(row.line.payee.as_deref().or(row.line.memo.as_deref()).unwrap_or("")).into_owned(),
                style.amount(Amount { minor: row.amount, exponent: account.exponent }),
                account.currency.to_string(),
                format!("{}: {}", row.decision.word(), row.decision.reason()),
            ]);
        }
        if shown == 0 {
            return String::new();
        }
        let more = self.count("new") - shown;
        let rest = if more > 0 { format!("and {more} more\n") } else { String::new() };
        format!("\n{}{rest}", table.render(style))
    }
}

/// The rejected rows as people see them, on stderr.
pub fn rejected_lines(imported: &Imported, file: &str) -> Vec<String> {
    imported
        .plan
        .rejected
        .iter()
        .map(|rejected| format!("{file}:{}: {}: {}", rejected.line, rejected.reason, rejected.text))
        .collect()
}

fn object(batch: &Batch) -> Value {
    json!({
        "id": batch.id,
        "account": batch.account,
        "format": batch.format,
        "file": batch.file_name,
        "at": iso_instant(batch.created_at),
        "operation": batch.operation,
        "new": batch.count("new"),
        "matched": batch.count("matched"),
        "duplicates": batch.count("duplicate"),
        "deleted": batch.count("deleted"),
        "pending": batch.count("pending"),
        "rejected": batch.count("rejected"),
    })
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
        sheet.header.extend(COUNTED.map(str::to_owned));
        for batch in &self.0 {
            let mut row = vec![
                batch.id.to_string(),
                batch.account.clone(),
                batch.format.clone(),
                batch.file_name.clone(),
                iso_instant(batch.created_at),
                batch.operation.to_string(),
            ];
            row.extend(COUNTED.map(|word| batch.count(word).to_string()));
            sheet.rows.push(row);
        }
        Ok(sheet)
    }

    fn text(&self, style: &Style) -> String {
        if self.0.is_empty() {
            return "nothing was imported yet\n".to_owned();
        }
        let mut table = Table::new(&[
            ("Batch", Side::Right),
            ("When (UTC)", Side::Left),
            ("Account", Side::Left),
            ("File", Side::Left),
            ("New", Side::Right),
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
                batch.count("duplicate").to_string(),
                batch.count("rejected").to_string(),
            ]);
        }
        table.render(style)
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

    fn text(&self, style: &Style) -> String {
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
        format!("{}\n{}", style.heading(&title), table.render(style))
    }
}
