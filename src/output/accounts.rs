//! Accounts and their balances.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::account::Account;
use crate::error::Result;
use crate::ledger::balance::Balances;

fn object(account: &Account) -> Value {
    json!({
        "id": account.id,
        "name": account.name,
        "slug": account.key,
        "kind": account.kind,
        "currency": account.currency,
        "on_budget": account.is_on_budget,
        "closed": account.is_closed,
    })
}

const COLUMNS: [&str; 7] = ["id", "name", "slug", "kind", "currency", "on_budget", "closed"];

fn row(account: &Account) -> Vec<String> {
    vec![
        account.id.to_string(),
        account.name.clone(),
        account.key.clone(),
        account.kind.as_str().to_owned(),
        account.currency.to_string(),
        account.is_on_budget.to_string(),
        account.is_closed.to_string(),
    ]
}

/// Every account.
pub struct AccountList(pub Vec<Account>);

impl Answer for AccountList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"accounts": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&COLUMNS);
        sheet.rows = self.0.iter().map(row).collect();
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "no accounts yet\n".to_owned().into();
        }
        let mut table = Table::new(&[
            ("Account", Side::Left),
            ("Kind", Side::Left),
            ("Currency", Side::Left),
            ("", Side::Left),
        ]);
        for account in &self.0 {
            let mut remarks = Vec::new();
            if !account.is_on_budget {
                remarks.push("off budget");
            }
            if account.is_closed {
                remarks.push("closed");
            }
            table.row(vec![
                visible(&account.name).into_owned(),
                account.kind.as_str().to_owned(),
                account.currency.to_string(),
                remarks.join(", "),
            ]);
        }
        table.into()
    }
}

/// One account after it was changed.
pub struct AccountObject<'a> {
    /// As it is now.
    pub account: &'a Account,
    /// What was done.
    pub summary: &'a str,
    /// The operation.
    pub operation: crate::domain::ids::OperationId,
}

impl Answer for AccountObject<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = object(self.account);
        value["operation"] = json!(self.operation);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&COLUMNS);
        sheet.rows.push(row(self.account));
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        let budget = if self.account.is_on_budget { "" } else { ", off budget" };
        format!(
            "{} ({}, {}{budget})\n",
            visible(self.summary),
            self.account.kind.as_str(),
            self.account.currency
        )
    }
}

impl Answer for Balances {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.accounts.iter().map(|account| Ok(serde_json::to_value(account)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["account", "kind", "currency", "balance", "cleared", "on_budget"]);
        for account in &self.accounts {
            sheet.rows.push(vec![
                account.account.clone(),
                account.kind.as_str().to_owned(),
                account.currency.to_string(),
                account.balance.to_string(),
                account.cleared.to_string(),
                account.on_budget.to_string(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        if self.accounts.is_empty() {
            return "no accounts yet\n".to_owned().into();
        }
        let widest = self.accounts.iter().map(|account| account.balance.exponent).max().unwrap_or(0);
        let mut table = Table::new(&[
            ("Account", Side::Left),
            ("Balance", Side::Right),
            ("Cleared", Side::Right),
            ("", Side::Left),
            ("", Side::Left),
        ]);
        for account in &self.accounts {
            table.row(vec![
                visible(&account.account).into_owned(),
                style.aligned(account.balance, widest),
                style.aligned(account.cleared, widest),
                account.currency.to_string(),
                if account.on_budget { String::new() } else { "off budget".to_owned() },
            ]);
        }
        for total in &self.totals {
            let cells = ["Total".to_owned(), style.aligned(total.balance, widest), String::new()];
            table.total([&cells[..], &[total.currency.to_string()]].concat(), style);
        }
        table.into()
    }
}
