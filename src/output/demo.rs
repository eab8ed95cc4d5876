//! What `demo` made.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::text::visible;
use super::{Answer, Sheet, Style};
use crate::domain::ids::OperationId;
use crate::domain::money::CurrencyCode;
use crate::error::Result;

/// An example household and where it is.
pub struct DemoMade {
    /// None in a dry run.
    pub operation: Option<OperationId>,
    /// Redacted.
    pub url: String,
    /// What the book is kept in.
    pub currency: CurrencyCode,
    /// How many there are.
    pub transactions: u64,
    /// The day of the first.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl DemoMade {
    fn summary(&self) -> String {
        let transactions = match self.transactions {
            1 => "1 transaction".to_owned(),
            count => format!("{count} transactions"),
        };
        format!(
            "made a household of {transactions} in {}, {} to {}: {}",
            self.currency, self.from, self.to, self.url
        )
    }
}

impl Answer for DemoMade {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "operation": self.operation,
            "summary": self.summary(),
            "url": self.url,
            "currency": self.currency,
            "transactions": self.transactions,
            "period": {"from": self.from, "to": self.to},
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(Sheet::of_object(&self.json()?))
    }

    fn text(&self, _style: &Style) -> String {
        format!("{}\n", visible(&self.summary()))
    }

    fn is_confirmation(&self) -> bool {
        true
    }
}
