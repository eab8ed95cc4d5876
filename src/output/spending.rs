//! The report on spending: rows by one axis, columns by a second.

use serde_json::{Map, Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::report::spending::{Axis, Row, SpendingReport, told_apart};

impl SpendingReport {
    fn object(&self, row: &Row) -> Value {
        let mut object = Map::new();
        object.insert(self.axis.as_str().to_owned(), json!(row.name));
        if self.axis == Axis::Category {
            object.insert("category_slug".to_owned(), json!(row.slug));
        }
        object.insert("amount".to_owned(), json!(row.amount));
        object.insert("count".to_owned(), json!(row.count));
        object.insert("share".to_owned(), json!(row.share));
        if let Some(second) = self.second {
            let names = self.columns.iter().map(|name| label(name.as_deref(), second));
            let cells = names.zip(&row.columns).filter_map(|(name, cell)| Some((name, json!((*cell)?))));
            object.insert("columns".to_owned(), Value::Object(cells.collect()));
        }
        Value::Object(object)
    }
}

fn label(name: Option<&str>, axis: Axis) -> String {
    name.unwrap_or(axis.lack()).to_owned()
}

impl Answer for SpendingReport {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "report": "spending",
            "period": {"from": self.period.from, "to": self.period.to},
            "currency": self.currency,
            "rows": self.items()?,
            "total": self.total,
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.rows.iter().map(|row| self.object(row)).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut header = vec![self.axis.as_str()];
        if self.axis == Axis::Category {
            header.push("category_slug");
        }
        header.extend(["amount", "currency", "count", "share"]);
        let mut sheet = Sheet::new(&header);
        if let Some(second) = self.second {
            let names = self.columns.iter().map(|name| label(name.as_deref(), second)).collect();
            sheet.header.extend(told_apart(names, &sheet.header));
        }
        for row in &self.rows {
            let mut cells = vec![row.name.clone().unwrap_or_default()];
            if self.axis == Axis::Category {
                cells.push(row.slug.clone().unwrap_or_default());
            }
            cells.extend([
                row.amount.to_string(),
                self.currency.to_string(),
                row.count.to_string(),
                row.share.clone().unwrap_or_default(),
            ]);
            cells.extend(
                row.columns.iter().map(|cell| cell.map_or_else(String::new, |cell| cell.to_string())),
            );
            sheet.rows.push(cells);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let query = self.query.as_ref().map_or_else(String::new, |query| format!(", {}", visible(query)));
        let title = format!("Spending, {}{query} ({})", self.period.describe(), self.currency);
        let document = Document::new().title(title);
        if self.rows.is_empty() {
            return document.lines("nothing was spent\n");
        }
        let mut heading = self.axis.as_str().to_owned();
        heading[..1].make_ascii_uppercase();
        let mut table = Table::new(&[(heading.as_str(), Side::Left)]).folding();
        if let Some(second) = self.second {
            for name in &self.columns {
                table.column(&visible(&label(name.as_deref(), second)), Side::Right);
            }
        }
        table.column("Amount", Side::Right);
        let has_shares = self.second.is_none() && self.rows.iter().any(|row| row.share.is_some());
        if has_shares {
            table.column("Share", Side::Right);
        }
        let cells = |name: String, columns: &[Option<Amount>], amount, share: String| {
            let columns = columns.iter().map(|cell| cell.map_or_else(String::new, |cell| style.amount(cell)));
            [vec![name], columns.collect(), vec![style.amount(amount), share]].concat()
        };
        for row in &self.rows {
            let name = visible(&label(row.name.as_deref(), self.axis)).into_owned();
            let share = row.share.as_ref().map_or_else(String::new, |share| format!("{share}%"));
            table.row(cells(name, &row.columns, row.amount, share));
        }
        let none = vec![None; self.columns.len()];
        table.total(cells("Total".to_owned(), &none, self.total, String::new()), style);
        document.table(table)
    }
}
