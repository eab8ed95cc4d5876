//! What `db` tells: the book's place and size, migrations, flaws, and answers to SQL.

use serde_json::{Map, Value, json};

use super::table::{Side, Table};
use super::text::{counted, iso_instant, visible};
use super::{Answer, Document, Sheet, Style};
use crate::db::connection::ConnectionSettings;
use crate::db::upkeep::info::Size;
use crate::db::upkeep::query::Answer as Rows;
use crate::db::upkeep::verify::Flaw;
use crate::error::Result;

/// Where a book is and how large.
pub struct BookInfo {
    /// Redacted.
    pub url: String,
    /// The file, when it is one.
    pub path: Option<String>,
    /// Which flag, variable or setting named it.
    pub origin: String,
    /// Whether there is a book.
    pub exists: bool,
    /// What values are in.
    pub currency: String,
    /// The schema's version.
    pub schema_version: String,
    /// How large it is.
    pub size: Size,
    /// How connections behave.
    pub settings: ConnectionSettings,
}

impl Answer for BookInfo {
    fn json(&self) -> Result<Value> {
        let seconds = |duration: std::time::Duration| duration.as_secs();
        Ok(json!({
            "backend": self.size.backend,
            "url": self.url,
            "path": self.path,
            "origin": self.origin,
            "exists": self.exists,
            "currency": self.currency,
            "schema_version": self.schema_version,
            "transactions": self.size.transactions,
            "size_bytes": self.size.bytes,
            "pool": {
                "size": self.settings.pool_size,
                "timeout_seconds": seconds(self.settings.pool_timeout),
                "lifetime_seconds": seconds(self.settings.pool_lifetime),
                "test": self.settings.pool_test,
            },
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(Sheet::of_object(&self.json()?))
    }

    fn text(&self, _style: &Style) -> String {
        let exists = if self.exists { "" } else { " (no book there yet)" };
        let lines = [
            ("book", format!("{}{exists}", self.url)),
            ("named by", self.origin.clone()),
            ("backend", self.size.backend.to_owned()),
            ("currency", self.currency.clone()),
            ("schema", self.schema_version.clone()),
            ("transactions", self.size.transactions.to_string()),
            ("size", format!("{} bytes", self.size.bytes)),
            (
                "pool",
                format!(
                    "at most {} connections, {} s to get one, {} s old at most",
                    self.settings.pool_size,
                    self.settings.pool_timeout.as_secs(),
                    self.settings.pool_lifetime.as_secs()
                ),
            ),
        ];
        lines.iter().map(|(name, text)| format!("{name:<13} {}\n", visible(text))).collect()
    }
}

/// The migrations that this groat knows, and which of them the book has had.
pub struct Migrations {
    /// Version, name and, when it was run, the time in UTC.
    pub rows: Vec<(String, String, Option<chrono::NaiveDateTime>)>,
}

impl Answer for Migrations {
    fn json(&self) -> Result<Value> {
        Ok(json!({"migrations": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        let row = |(version, name, at): &(String, String, Option<_>)| json!({"version": version, "name": name, "applied_at": at.map(iso_instant)});
        Ok(self.rows.iter().map(row).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["version", "name", "applied_at"]);
        for (version, name, at) in &self.rows {
            sheet.rows.push(vec![version.clone(), name.clone(), at.map(iso_instant).unwrap_or_default()]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        let mut table = Table::new(&[("Migration", Side::Left), ("Applied", Side::Left)]);
        for (_, name, at) in &self.rows {
            table.row(vec![name.clone(), at.map_or_else(|| "pending".to_owned(), super::text::instant)]);
        }
        table.into()
    }
}

/// What a step of upkeep did.
pub struct Applied {
    /// The keys and values of the JSON object.
    pub object: Value,
    /// What people see.
    pub line: String,
}

impl Answer for Applied {
    fn json(&self) -> Result<Value> {
        Ok(self.object.clone())
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(Sheet::of_object(&self.object))
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        format!("{}\n", visible(&self.line))
    }
}

/// What verifying found.
pub struct Verified {
    /// What is wrong.
    pub flaws: Vec<Flaw>,
    /// How many transactions were looked at.
    pub transactions: i64,
    /// Whether the totals were made anew.
    pub is_repaired: bool,
}

impl Answer for Verified {
    fn json(&self) -> Result<Value> {
        let flaws: Vec<Value> =
            self.flaws.iter().map(|flaw| json!({"check": flaw.check, "message": flaw.message})).collect();
        Ok(
            json!({"ok": flaws.is_empty(), "transactions": self.transactions, "repaired": self.is_repaired, "flaws": flaws}),
        )
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["check", "message"]);
        sheet.rows =
            self.flaws.iter().map(|flaw| vec![flaw.check.to_owned(), flaw.message.clone()]).collect();
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        let repaired = if self.is_repaired { "totals made anew; " } else { "" };
        if self.flaws.is_empty() {
            return format!(
                "{repaired}sound: {} looked at\n",
                counted(self.transactions, "transaction", "transactions")
            );
        }
        let lines: String =
            self.flaws.iter().map(|flaw| format!("{}: {}\n", flaw.check, visible(&flaw.message))).collect();
        format!(
            "{lines}{repaired}{}\n",
            counted(i64::try_from(self.flaws.len()).unwrap_or(i64::MAX), "flaw", "flaws")
        )
    }
}

/// The answer to a SELECT.
pub struct QueryAnswer<'a>(pub &'a Rows);

impl Answer for QueryAnswer<'_> {
    fn json(&self) -> Result<Value> {
        Ok(json!({"columns": self.0.columns, "rows": self.items()?, "more": self.0.has_more}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        let object = |row: &Vec<Option<String>>| {
            let pairs = self.0.columns.iter().cloned().zip(row.iter().map(|cell| json!(cell)));
            Value::Object(pairs.collect::<Map<String, Value>>())
        };
        Ok(self.0.rows.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let rows =
            self.0.rows.iter().map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect());
        Ok(Sheet { header: self.0.columns.clone(), rows: rows.collect() })
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.rows.is_empty() {
            return "no rows\n".to_owned().into();
        }
        let columns: Vec<String> = self.0.columns.iter().map(|name| visible(name).into_owned()).collect();
        let named: Vec<(&str, Side)> = columns.iter().map(|name| (name.as_str(), Side::Left)).collect();
        let mut table = Table::new(&named);
        for row in &self.0.rows {
            table.row(row.iter().map(|cell| visible(cell.as_deref().unwrap_or("")).into_owned()).collect());
        }
        table.into()
    }
}
