//! The register: postings with what the account holds after each.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::report::register::{Register, Row};

const COLUMNS: [&str; 14] = [
    "id",
    "date",
    "payee",
    "note",
    "account",
    "category",
    "category_slug",
    "transfer",
    "amount",
    "balance",
    "running_total",
    "currency",
    "memo",
    "status",
];

impl Answer for Register {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "report": "register",
            "period": {"from": self.period.from, "to": self.period.to},
            "account": self.account,
            "rows": self.rows,
            "total": self.total,
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.rows.iter().map(|row| Ok(serde_json::to_value(row)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&COLUMNS);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        for row in &self.rows {
            sheet.rows.push(vec![
                row.id.to_string(),
                row.date.to_string(),
                text(&row.payee),
                text(&row.note),
                row.account.clone(),
                text(&row.category),
                text(&row.category_slug),
                text(&row.transfer),
                row.amount.to_string(),
                row.balance.map_or_else(String::new, |balance| balance.to_string()),
                row.running_total.map_or_else(String::new, |total| total.to_string()),
                row.currency.to_string(),
                text(&row.memo),
                row.status.clone(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let of = self.account.as_deref().unwrap_or("All accounts");
        let query = self.query.as_ref().map_or_else(String::new, |query| format!(", {}", visible(query)));
        let document = Document::new().title(format!("{}, {}{query}", visible(of), self.period.describe()));
        if self.rows.is_empty() {
            return document.lines("nothing was posted\n");
        }
        let mut table = Table::new(&[
            ("Id", Side::Right),
            ("Date", Side::Left),
            ("Payee", Side::Left),
            ("Category", Side::Left),
        ]);
        if self.account.is_none() {
            table.column("Account", Side::Left);
        }
        let running = if self.query.is_some() { "Total" } else { "Balance" };
        for (name, side) in [("Amount", Side::Right), (running, Side::Right), ("", Side::Left)] {
            table.column(name, side);
        }
        let widest = self.rows.iter().map(|row| row.amount.exponent).max().unwrap_or(0);
        for row in &self.rows {
            let mut cells = vec![
                row.id.to_string(),
                row.date.to_string(),
                visible(row.payee.as_deref().unwrap_or("")).into_owned(),
                purpose(row),
            ];
            cells.extend(self.account.is_none().then(|| visible(&row.account).into_owned()));
            cells.push(style.aligned(row.amount, widest));
            let running = row.balance.or(row.running_total);
            cells.push(running.map_or_else(String::new, |running| style.aligned(running, widest)));
            cells.push(row.currency.to_string());
            table.row(cells);
        }
        let document = document.table(table);
        let shown = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        if shown < self.total {
            let shown = format!("the last {shown} of {} postings; -L 0 for all", self.total);
            return document.lines(format!("{}\n", style.faint(&shown)));
        }
        document
    }
}

/// The category, or where money of a transfer went or came from.
fn purpose(row: &Row) -> String {
    let category = row.category.as_deref().map(|text| visible(text).into_owned());
    let transfer = row.transfer.as_deref().map(|other| {
        let way = if row.amount.minor.is_negative() { "to" } else { "from" };
        format!("{way} {}", visible(other))
    });
    [category, transfer].into_iter().flatten().collect::<Vec<String>>().join(", ")
}
