//! Where a number of a budget comes from: the month that was asked for part by part, earlier ones as their sums.

use serde_json::Value;

use super::budget::described;
use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::budget::explain::{Explained, MonthParts, Part, PartKind};
use crate::error::Result;

/// An explanation, and whether earlier months are shown part by part too.
pub struct Explanation {
    /// What was found.
    pub explained: Explained,
    /// Whether every month is taken apart.
    pub is_whole: bool,
}

impl Answer for Explanation {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(&self.explained)?)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["month", "kind", "date", "name", "transaction", "operation", "amount", "currency"]);
        for month in &self.explained.months {
            sheet.rows.extend(month.parts.iter().map(|part| {
                vec![
                    month.month.to_string(),
                    word(part.kind).to_owned(),
                    part.date.map_or_else(String::new, |date| date.to_string()),
                    part.name.clone().unwrap_or_default(),
                    part.transaction.map_or_else(String::new, |id| id.to_string()),
                    part.operation.map_or_else(String::new, |id| id.to_string()),
                    part.amount.to_string(),
                    self.explained.currency.to_string(),
                ]
            }));
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let explained = &self.explained;
        let what = explained.called.as_ref().map_or_else(
            || "To be budgeted".to_owned(),
            |category| format!("Available in {}", visible(category)),
        );
        let title = format!("{what}, {} ({})", described(explained.month), explained.currency);
        let mut table = Table::new(&[
            ("Month", Side::Left),
            ("", Side::Left),
            ("Amount", Side::Right),
            ("Leaves", Side::Right),
        ]);
        for month in &explained.months {
            let is_apart = self.is_whole || month.month == explained.month;
            month_rows(&mut table, month, is_apart, style);
        }
        let total = vec!["Total".to_owned(), String::new(), style.amount(explained.amount)];
        table.total(total, style);
        Document::new().title(title).table(table)
    }
}

fn month_rows(table: &mut Table, month: &MonthParts, is_apart: bool, style: &Style) {
    let parts = i64::try_from(month.parts.len()).unwrap_or(i64::MAX);
    let count = super::text::counted(parts, "part", "parts");
    let count = if is_apart { String::new() } else { count };
    table.row(vec![month.month.to_string(), count, style.amount(month.amount), style.amount(month.balance)]);
    for part in month.parts.iter().filter(|_| is_apart) {
        table.row(vec![String::new(), told(part), style.amount(part.amount)]);
    }
}

fn told(part: &Part) -> String {
    let name = part.name.as_deref().map(visible);
    match (part.kind, part.amount.minor.is_negative()) {
        (PartKind::Move, is_out) => {
            let way = if is_out { "moved to" } else { "moved from" };
            let operation = part.operation.map_or_else(String::new, |id| format!(" (operation {id})"));
            format!("{way} {}{operation}", name.unwrap_or_default())
        }
        (PartKind::Transaction, _) => {
            let date = part.date.map_or_else(String::new, |date| date.to_string());
            let id = part.transaction.map_or_else(String::new, |id| format!(" ({id})"));
            format!("{date} {}{id}", name.unwrap_or("(no payee)".into()))
        }
        (PartKind::Overspent, _) => format!("{} was overspent the month before", name.unwrap_or_default()),
        (PartKind::Held, true) => "held for the next month".to_owned(),
        (PartKind::Held, false) => "held the month before".to_owned(),
    }
}

fn word(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Move => "move",
        PartKind::Transaction => "transaction",
        PartKind::Overspent => "overspent",
        PartKind::Held => "held",
    }
}
