//! Which rule takes which transaction, what rules made of transactions, and rules that are proposed.

use serde_json::{Value, json};

use super::rules::shares;
use super::table::{Side, Table};
use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::import::rules::{Applied, Change, Learned, Said, Tested, TestedRow};
use crate::ledger::rules::RuleView;

/// What a rule does: `Groceries, payee Tesco, tag food`.
pub(super) fn sets(rule: &RuleView) -> String {
    let name =
        |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label} {}", visible(text)));
    let category = Some(shares(&rule.parts)).filter(|shown| !shown.is_empty());
    let tags = (!rule.tags.is_empty()).then(|| rule.tags.join(", "));
    let all = [category, name("payee", &rule.payee), name("tag", &tags), name("note", &rule.note)];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl Answer for Tested {
    fn json(&self) -> Result<Value> {
        Ok(json!({"rows": self.items()?, "total": self.total}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.rows.iter().map(|row| Ok(serde_json::to_value(row)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "transaction",
            "date",
            "payee",
            "memo",
            "amount",
            "currency",
            "category",
            "rule",
            "query",
            "sets",
        ]);
        for row in &self.rows {
            sheet.rows.push(vec![
                row.transaction.map_or_else(String::new, |id| id.to_string()),
                row.date.map_or_else(String::new, |date| date.to_string()),
                row.payee.clone().unwrap_or_default(),
                row.memo.clone().unwrap_or_default(),
                row.amount.map_or_else(String::new, |amount| amount.to_string()),
                row.currency.map_or_else(String::new, |currency| currency.to_string()),
                row.category.clone().unwrap_or_default(),
                row.rule.as_ref().map_or_else(String::new, |rule| rule.id.to_string()),
                row.rule.as_ref().map_or_else(String::new, |rule| rule.query.clone()),
                row.rule.as_ref().map_or_else(String::new, sets),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        if self.rows.is_empty() {
            return "no transactions\n".to_owned().into();
        }
        let has_transactions = self.rows.iter().any(|row| row.transaction.is_some());
        let mut columns = Vec::new();
        if has_transactions {
            columns.extend([("Id", Side::Right), ("Date", Side::Left)]);
        }
        columns.extend([("The bank says", Side::Left), ("Amount", Side::Right), ("", Side::Left)]);
        columns.extend([("Rule", Side::Right), ("As it takes", Side::Left), ("Gives", Side::Left)]);
        let mut table = Table::new(&columns);
        for row in &self.rows {
            let mut cells = Vec::new();
            if has_transactions {
                cells.push(row.transaction.map_or_else(String::new, |id| id.to_string()));
                cells.push(row.date.map_or_else(String::new, |date| date.to_string()));
            }
            cells.extend([
                said(row),
                row.amount.map_or_else(String::new, |amount| style.amount(amount)),
                row.currency.map_or_else(String::new, |currency| currency.to_string()),
            ]);
            match &row.rule {
                Some(rule) => {
                    cells.extend([rule.id.to_string(), visible(&rule.query).into_owned(), sets(rule)]);
                }
                None => cells.extend([String::new(), "no rule".to_owned()]),
            }
            table.row(cells);
        }
        table.into()
    }
}

/// `TESCO STORES 2041; ref 12`.
fn said(row: &TestedRow) -> String {
    let all: Vec<_> = [&row.payee, &row.memo].into_iter().flatten().map(|text| visible(text)).collect();
    all.join("; ")
}

/// What rules made of transactions.
pub struct RulesApplied<'a> {
    /// What was done.
    pub applied: &'a Applied,
    /// Nothing was kept.
    pub is_dry_run: bool,
}

impl Answer for RulesApplied<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = serde_json::to_value(self.applied)?;
        value["dry_run"] = json!(self.is_dry_run);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["transaction", "date", "amount", "currency", "rule", "from", "to"]);
        for change in &self.applied.changes {
            let (from, to) = difference(change);
            sheet.rows.push(vec![
                change.transaction.to_string(),
                change.date.to_string(),
                change.amount.to_string(),
                change.currency.to_string(),
                change.rule.to_string(),
                from,
                to,
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let applied = self.applied;
        let verb = if self.is_dry_run && applied.operation.is_some() { "would have " } else { "" };
        let mut document = Document::from(format!("{verb}{}\n", applied.summary));
        if applied.kept > 0 {
            let kept = i64::try_from(applied.kept).unwrap_or(i64::MAX);
            document = document.lines(format!(
                "{} as you chose the category; `--overwrite` changes them, too\n",
                counted(kept, "transaction stays", "transactions stay")
            ));
        }
        if applied.changes.is_empty() {
            document
        } else {
            document.gap().table(table(&applied.changes, style))
        }
    }

    fn is_confirmation(&self) -> bool {
        !self.is_dry_run
    }
}

fn table(changes: &[Change], style: &Style) -> Table {
    let mut table = Table::new(&[
        ("Id", Side::Right),
        ("Date", Side::Left),
        ("Payee", Side::Left),
        ("Amount", Side::Right),
        ("", Side::Left),
        ("From", Side::Left),
        ("To", Side::Left),
        ("By rule", Side::Right),
    ]);
    for change in changes {
        let (from, to) = difference(change);
        table.row(vec![
            change.transaction.to_string(),
            change.date.to_string(),
            visible(change.from.payee.as_deref().unwrap_or("")).into_owned(),
            style.amount(change.amount),
            change.currency.to_string(),
            visible(&from).into_owned(),
            visible(&to).into_owned(),
            change.rule.to_string(),
        ]);
    }
    table
}

/// What was, and what is, as far as it differs.
fn difference(change: &Change) -> (String, String) {
    let (from, to) = (&change.from, &change.to);
    let (mut was, mut is) = (Vec::new(), Vec::new());
    if from.parts != to.parts {
        was.push(categories(from));
        is.push(categories(to));
    }
    if from.payee != to.payee {
        is.push(format!("payee {}", to.payee.as_deref().unwrap_or("")));
    }
    if from.tags != to.tags {
        let new = to.tags.iter().filter(|tag| !from.tags.contains(tag));
        is.push(format!("tag {}", new.map(String::as_str).collect::<Vec<_>>().join(", ")));
    }
    if from.note != to.note {
        was.extend(from.note.as_ref().map(|note| format!("note {note}")));
        is.push(format!("note {}", to.note.as_deref().unwrap_or("")));
    }
    (was.join(", "), is.join(", "))
}

/// `Groceries`, `none`, `Leisure -13.50, Groceries -31.50`.
fn categories(said: &Said) -> String {
    let name = |category: &Option<String>| category.clone().unwrap_or_else(|| "none".to_owned());
    match said.parts.as_slice() {
        [only] => name(&only.category),
        parts => {
            let parts = parts.iter().map(|part| format!("{} {}", name(&part.category), part.amount));
            parts.collect::<Vec<_>>().join(", ")
        }
    }
}

impl Answer for Learned {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.proposals.iter().map(|proposal| Ok(serde_json::to_value(proposal)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["query", "category", "category_slug", "count", "payees", "command", "rule"]);
        for proposal in &self.proposals {
            sheet.rows.push(vec![
                proposal.query.clone(),
                proposal.category.clone(),
                proposal.category_slug.clone(),
                proposal.count.to_string(),
                proposal.payees.join(", "),
                proposal.command.clone(),
                proposal.rule.map_or_else(String::new, |id| id.to_string()),
            ]);
        }
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        if self.proposals.is_empty() {
            return "no rule to propose: nothing without one always gets the same category\n".to_owned();
        }
        let mut text = self.summary.as_ref().map_or_else(String::new, |summary| format!("{summary}\n\n"));
        for proposal in &self.proposals {
            let count = i64::try_from(proposal.count).unwrap_or(i64::MAX);
            let payees = visible(&proposal.payees.join(", ")).into_owned();
            let evidence = counted(count, "transaction", "transactions");
            text.push_str(&format!("{}\n    {evidence}: {payees}\n", proposal.command));
        }
        text
    }
}
