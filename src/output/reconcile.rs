//! An account against its statement: one line when they agree, else both beside each other and what may explain it.

use serde_json::Value;

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::ledger::reconcile::{Reconciliation, locked};

impl Answer for Reconciliation {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "account",
            "currency",
            "date",
            "statement",
            "cleared",
            "pending",
            "difference",
            "reconciled",
            "is_forced",
        ]);
        sheet.rows.push(vec![
            self.account.clone(),
            self.currency.to_string(),
            self.date.to_string(),
            self.statement.to_string(),
            self.cleared.to_string(),
            self.pending.to_string(),
            self.difference.to_string(),
            self.reconciled.to_string(),
            self.is_forced.to_string(),
        ]);
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        self.operation.is_some()
    }

    fn document(&self, style: &Style) -> Document {
        if self.operation.is_some() {
            return format!("{}\n", locked(self)).into();
        }
        let document = Document::new().title(visible(&self.summary)).table(sums(self, style)).gap();
        let proposals: String = self
            .proposals
            .iter()
            .map(|proposal| format!("{}\n  {}\n", proposal.message, proposal.command))
            .collect();
        document
            .lines(proposals)
            .gap()
            .lines("nothing was changed; `--force` locks in spite of the difference\n")
    }
}

fn sums(result: &Reconciliation, style: &Style) -> Table {
    let mut table = Table::new(&[("", Side::Left), ("", Side::Right), ("", Side::Left)]);
    for (what, amount) in [
        ("Statement", result.statement),
        ("Cleared", result.cleared),
        ("Difference", result.difference),
        ("Pending", result.pending),
    ] {
        table.row(vec![what.to_owned(), style.amount(amount), result.currency.to_string()]);
    }
    table
}
