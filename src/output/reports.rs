//! The dashboard, and findings of checks.

use serde_json::{Value, json};

use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::report::check::Finding;
use crate::report::overview::Overview;

impl Answer for Overview {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn sheet(&self) -> Result<Sheet> {
        self.balances.sheet()
    }

    fn document(&self, style: &Style) -> Document {
        let month = crate::domain::when::Period::of(crate::domain::when::Step::Month, self.month.first_day());
        let mut text = format!(
            "  in   {} {currency}\n  out  {} {currency}\n",
            style.amount(self.income),
            style.amount(self.spending),
            currency = self.currency,
        );
        if self.uncategorised > 0 {
            let those = counted(self.uncategorised, "posting has", "postings have");
            text.push_str(&format!("  {those} no category: `groat list -c none -p {}`\n", self.month));
        }
        Document::new().title(month.describe()).lines(text).gap().and(self.balances.document(style))
    }
}

/// What checks found.
pub struct CheckAnswer(pub Vec<Finding>);

impl Answer for CheckAnswer {
    fn json(&self) -> Result<Value> {
        Ok(json!({"findings": self.0}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.0.iter().map(|finding| Ok(serde_json::to_value(finding)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["check", "severity", "message"]);
        let row = |f: &Finding| vec![f.check.to_owned(), f.severity.to_owned(), f.message.clone()];
        sheet.rows = self.0.iter().map(row).collect();
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        self.0
            .iter()
            .map(|finding| format!("{}: {}\n", finding.severity, visible(&finding.message)))
            .collect()
    }
}
