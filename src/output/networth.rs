//! Net worth over time: a table a currency, or the accounts beside each other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::money::CurrencyCode;
use crate::domain::when::Month;
use crate::error::Result;
use crate::report::networth::{AccountPoint, NetWorth, Point};

impl Answer for NetWorth {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "report": "networth",
            "period": {"from": self.period.from, "to": self.period.to},
            "currency": self.currency,
            "rows": self.rows,
            "accounts": self.accounts,
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        match &self.accounts {
            Some(accounts) => accounts.iter().map(|point| Ok(serde_json::to_value(point)?)).collect(),
            None => self.rows.iter().map(|point| Ok(serde_json::to_value(point)?)).collect(),
        }
    }

    fn sheet(&self) -> Result<Sheet> {
        if let Some(accounts) = &self.accounts {
            let mut sheet =
                Sheet::new(&["account", "kind", "currency", "month", "date", "balance", "change"]);
            sheet.rows = accounts.iter().map(account_cells).collect();
            return Ok(sheet);
        }
        let mut sheet = Sheet::new(&["month", "date", "currency", "assets", "liabilities", "net", "change"]);
        sheet.rows = self.rows.iter().map(cells).collect();
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        if self.rows.is_empty() {
            let title = format!("Net worth, {} ({})", self.period.describe(), self.currency);
            return Document::new().title(title).lines("nothing is recorded up to then\n");
        }
        if let Some(accounts) = &self.accounts {
            let title = format!("Balances, {}", self.period.describe());
            return Document::new().title(title).table(beside(accounts, style));
        }
        let mut currencies: Vec<CurrencyCode> = self.rows.iter().map(|point| point.currency).collect();
        currencies.dedup();
        let mut document = Document::new();
        for (at, currency) in currencies.into_iter().enumerate() {
            let apart = if currency == self.currency { "" } else { ", not converted" };
            let title = format!("Net worth, {} ({currency}{apart})", self.period.describe());
            let points = self.rows.iter().filter(|point| point.currency == currency);
            document = if at > 0 { document.gap() } else { document };
            document = document.title(title).table(over_time(points, style));
        }
        document
    }
}

fn cells(point: &Point) -> Vec<String> {
    vec![
        point.month.to_string(),
        point.date.to_string(),
        point.currency.to_string(),
        point.assets.to_string(),
        point.liabilities.to_string(),
        point.net.to_string(),
        point.change.to_string(),
    ]
}

fn account_cells(point: &AccountPoint) -> Vec<String> {
    vec![
        point.account.clone(),
        point.kind.as_str().to_owned(),
        point.currency.to_string(),
        point.month.to_string(),
        point.date.to_string(),
        point.balance.to_string(),
        point.change.to_string(),
    ]
}

fn over_time<'a>(points: impl Iterator<Item = &'a Point>, style: &Style) -> Table {
    let mut table = Table::new(&[
        ("At the end of", Side::Left),
        ("Assets", Side::Right),
        ("Liabilities", Side::Right),
        ("Net", Side::Right),
        ("Change", Side::Right),
    ]);
    for point in points {
        let amounts = [point.assets, point.liabilities, point.net, point.change].map(|a| style.amount(a));
        table.row([&[end(point.month, point.date)][..], &amounts].concat());
    }
    table
}

/// A column an account, a row a month.
fn beside(accounts: &[AccountPoint], style: &Style) -> Table {
    let mut table = Table::new(&[("At the end of", Side::Left)]).folding();
    let mut rows: BTreeMap<Month, Vec<String>> = BTreeMap::new();
    let mut last = None;
    for point in accounts {
        if last != Some((&point.account, point.currency)) {
            last = Some((&point.account, point.currency));
            table.column(&format!("{} {}", visible(&point.account), point.currency), Side::Right);
        }
        let row = rows.entry(point.month).or_insert_with(|| vec![end(point.month, point.date)]);
        row.push(style.amount(point.balance));
    }
    rows.into_values().for_each(|row| table.row(row));
    table
}

/// The month, or the day in it up to which is counted.
fn end(month: Month, date: chrono::NaiveDate) -> String {
    if date == month.last_day() { month.to_string() } else { date.to_string() }
}
