//! The report on payees.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::report::payees::PayeesReport;

impl Answer for PayeesReport {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "report": "payees",
            "period": {"from": self.period.from, "to": self.period.to},
            "currency": self.currency,
            "rows": self.rows,
            "total": {"spending": self.spending, "income": self.income, "payees": self.payees},
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.rows.iter().map(|row| Ok(serde_json::to_value(row)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["payee", "spending", "income", "currency", "count", "average", "last"]);
        for row in &self.rows {
            sheet.rows.push(vec![
                row.payee.clone().unwrap_or_default(),
                row.spending.to_string(),
                row.income.to_string(),
                self.currency.to_string(),
                row.count.to_string(),
                row.average.map_or_else(String::new, |average| average.to_string()),
                row.last.to_string(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let query = self.query.as_ref().map_or_else(String::new, |query| format!(", {}", visible(query)));
        let title = format!("Payees, {}{query} ({})", self.period.describe(), self.currency);
        let document = Document::new().title(title);
        if self.rows.is_empty() {
            return document.lines("nobody was paid, and nobody paid\n");
        }
        let mut table = Table::new(&[
            ("Payee", Side::Left),
            ("Spending", Side::Right),
            ("Income", Side::Right),
            ("Times", Side::Right),
            ("Average", Side::Right),
            ("Last", Side::Left),
        ]);
        let unless_zero = |amount: crate::domain::transaction::Amount| {
            if amount.minor.is_zero() { String::new() } else { style.amount(amount) }
        };
        for row in &self.rows {
            table.row(vec![
                visible(row.payee.as_deref().unwrap_or("(no payee)")).into_owned(),
                unless_zero(row.spending),
                unless_zero(row.income),
                row.count.to_string(),
                row.average.map_or_else(String::new, |average| style.amount(average)),
                row.last.to_string(),
            ]);
        }
        let total = ["Total".to_owned(), style.amount(self.spending), style.amount(self.income)];
        table.total(total.to_vec(), style);
        let document = document.table(table);
        if self.rows.len() < self.payees {
            let shown = format!("{} of {} payees; -L 0 for all", self.rows.len(), self.payees);
            return document.lines(format!("{}\n", style.faint(&shown)));
        }
        document
    }
}
