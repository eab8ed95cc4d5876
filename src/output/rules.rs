//! Rules: the list of them, and one after it was changed.

use serde_json::{Value, json};

use super::rules_asked::sets;
use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::ledger::rules::{Changed, PartView, RuleView};

/// What the amount of a row becomes: `Groceries`, `Leisure 30%, Groceries`; nothing when the rule does not say.
pub(super) fn shares(parts: &[PartView]) -> String {
    let part = |part: &PartView| {
        let category = part.category.as_deref().unwrap_or("none");
        match &part.share {
            Some(share) => format!("{} {share}", visible(category)),
            None => visible(category).into_owned(),
        }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn sheet_of(rules: &[RuleView]) -> Sheet {
    let mut sheet = Sheet::new(&["id", "order", "query", "category", "payee", "note", "tags", "problem"]);
    for rule in rules {
        sheet.rows.push(vec![
            rule.id.to_string(),
            rule.order.to_string(),
            rule.query.clone(),
            shares(&rule.parts),
            rule.payee.clone().unwrap_or_default(),
            rule.note.clone().unwrap_or_default(),
            rule.tags.join(", "),
            rule.problem.clone().unwrap_or_default(),
        ]);
    }
    sheet
}

/// Every rule.
pub struct RuleList(pub Vec<RuleView>);

impl Answer for RuleList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"rules": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.0.iter().map(|rule| Ok(serde_json::to_value(rule)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet_of(&self.0))
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "there are no rules yet: `groat rule add payee:tesco -c groceries` makes one\n"
                .to_owned()
                .into();
        }
        let mut columns = vec![("Rule", Side::Right), ("Takes", Side::Left), ("Category", Side::Left)];
        type Column = (&'static str, fn(&RuleView) -> String);
        let other: [Column; 4] = [
            ("Payee", |rule| rule.payee.clone().unwrap_or_default()),
            ("Tags", |rule| rule.tags.join(", ")),
            ("Note", |rule| rule.note.clone().unwrap_or_default()),
            ("", |rule| rule.problem.as_ref().map_or_else(String::new, |why| format!("takes no row: {why}"))),
        ];
        let used: Vec<_> =
            other.into_iter().filter(|(_, of)| self.0.iter().any(|rule| !of(rule).is_empty())).collect();
        columns.extend(used.iter().map(|(name, _)| (*name, Side::Left)));
        let mut table = Table::new(&columns);
        for rule in &self.0 {
            let mut cells = vec![rule.id.to_string(), visible(&rule.query).into_owned(), shares(&rule.parts)];
            cells.extend(used.iter().map(|(_, of)| visible(&of(rule)).into_owned()));
            table.row(cells);
        }
        table.into()
    }
}

/// One rule after it was changed.
pub struct RuleObject<'a> {
    /// As it is now.
    pub changed: &'a Changed,
    /// What was done: "added", "edited".
    pub verb: &'a str,
}

impl Answer for RuleObject<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = serde_json::to_value(&self.changed.rule)?;
        value["operation"] = json!(self.changed.operation);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet_of(std::slice::from_ref(&self.changed.rule)))
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        let rule = &self.changed.rule;
        format!("{} rule {}: {} gets {}\n", self.verb, rule.id, visible(&rule.query), sets(rule))
    }
}
