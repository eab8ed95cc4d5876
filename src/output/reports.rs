//! The dashboard, and findings of checks.

use serde_json::{Value, json};

use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::report::check::Finding;
use crate::report::check::budget::Pace;
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
        if let Some(left) = self.to_be_budgeted {
            text.push_str(&format!("  to be budgeted  {} {}\n", style.amount(left), self.currency));
        }
        if let Some(later) = self.assigned_later.filter(|later| !later.minor.is_zero()) {
            let left = super::budget::left_later(self.least_later, style);
            text.push_str(&format!("  assigned later  {} {}, {left}\n", style.amount(later), self.currency));
        }
        for line in &self.overspent {
            let name = visible(&line.called);
            let cover =
                format!("`groat budget cover {}`", crate::ledger::lookup::quoted(&line.category_slug));
            text.push_str(&format!("  overspent  {name} {}: {cover}\n", style.amount(line.available)));
        }
        Document::new().title(month.describe()).lines(text).gap().and(self.balances.document(style))
    }
}

/// What checks found.
pub struct CheckAnswer {
    /// What wants attention.
    pub findings: Vec<Finding>,
    /// How fast the month's money goes; none where no budget was looked at, or nothing is in it.
    pub pace: Option<Pace>,
}

impl Answer for CheckAnswer {
    fn json(&self) -> Result<Value> {
        Ok(json!({"findings": self.findings, "pace": self.pace}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.findings.iter().map(|finding| Ok(serde_json::to_value(finding)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["check", "severity", "message", "category_slug"]);
        let row = |f: &Finding| {
            let slug = f.category_slug.clone().unwrap_or_default();
            vec![f.check.to_owned(), f.severity.to_owned(), f.message.clone(), slug]
        };
        sheet.rows = self.findings.iter().map(row).collect();
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        let mut text: String = self
            .findings
            .iter()
            .map(|finding| format!("{}: {}\n", finding.severity, visible(&finding.message)))
            .collect();
        // Where all is well nothing is said: cron would send it.
        if let Some(pace) = self.pace.as_ref().filter(|_| !self.findings.is_empty()) {
            text.push_str(&format!(
                "{}% of the month has passed, {}% of what the envelopes had is spent\n",
                pace.elapsed, pace.spent
            ));
        }
        text
    }
}
