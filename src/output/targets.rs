//! Targets: what every envelope needs in a month, and the plan that gives it to them, with a reason per line.

use serde_json::{Value, json};

use super::budget::described;
use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::budget::apply::{Applied, Given, Share};
use crate::budget::targets::{Needed, Targets};
use crate::domain::transaction::Amount;
use crate::error::Result;

impl Answer for Targets {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.targets.iter().map(|needed| Ok(serde_json::to_value(needed)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "category",
            "slug",
            "target",
            "asked",
            "assigned",
            "missing",
            "available",
            "goal",
            "currency",
        ]);
        let shown = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| amount.to_string());
        sheet.rows = self
            .targets
            .iter()
            .map(|needed| {
                vec![
                    needed.category.clone(),
                    needed.category_slug.clone(),
                    needed.target.join("; "),
                    shown(needed.asked),
                    needed.assigned.to_string(),
                    shown(needed.missing),
                    needed.available.to_string(),
                    shown(needed.goal),
                    self.currency.to_string(),
                ]
            })
            .collect();
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        self.summary.is_some()
    }

    fn document(&self, style: &Style) -> Document {
        let document = match &self.summary {
            Some(summary) => Document::new().lines(format!("{}\n", visible(summary))),
            None => Document::new().title(format!("Targets, {} ({})", described(self.month), self.currency)),
        };
        match (&self.lack, &self.summary) {
            (Some(lack), None) => document.lines(format!("{}\n", visible(lack))),
            (Some(_), Some(_)) => document,
            (None, _) => document.table(needs(&self.targets, style)),
        }
    }
}

fn needs(targets: &[Needed], style: &Style) -> Table {
    let mut table = Table::new(&[
        ("Envelope", Side::Left),
        ("Target", Side::Left),
        ("Needs", Side::Right),
        ("Assigned", Side::Right),
        ("Missing", Side::Right),
        ("", Side::Left),
    ])
    .yielding(&[5, 3, 2]);
    let shown = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| style.amount(amount));
    for needed in targets {
        let mut lines = needed.target.iter();
        let first = lines.next().map_or_else(String::new, |line| visible(line).into_owned());
        table.row(vec![
            visible(&needed.called).into_owned(),
            first,
            shown(needed.asked),
            style.amount(needed.assigned),
            shown(needed.missing.filter(|missing| !missing.minor.is_zero())),
            state(needed, style),
        ]);
        for line in lines.chain(&needed.problem) {
            table.row(vec![String::new(), visible(line).into_owned()]);
        }
    }
    table
}

fn state(needed: &Needed, style: &Style) -> String {
    match (needed.goal, needed.missing) {
        (Some(goal), Some(_)) => {
            format!("{} of the goal {}", style.amount(needed.available), style.amount(goal))
        }
        (None, Some(missing)) if missing.minor.is_zero() => match above(needed) {
            Some(above) => format!("{} above its limit", style.amount(above)),
            None => "funded".to_owned(),
        },
        _ => String::new(),
    }
}

/// What an envelope has above its limit and has not given back.
fn above(needed: &Needed) -> Option<Amount> {
    let asked = needed.asked.filter(|asked| asked.minor.is_negative())?;
    let above = needed.assigned.minor.checked_sub(asked.minor).ok()?;
    Some(Amount { minor: above, ..asked })
        .filter(|above| !above.minor.is_zero() && !above.minor.is_negative())
}

impl Answer for Applied {
    fn json(&self) -> Result<Value> {
        let mut value = serde_json::to_value(self)?;
        value["transactions"] = json!([]);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["month", "category", "slug", "line", "asked", "given", "reason", "currency"]);
        for share in &self.categories {
            sheet.rows.extend(share.lines.iter().map(|given| {
                vec![
                    self.month.to_string(),
                    share.category.clone(),
                    share.category_slug.clone(),
                    given.line.clone(),
                    given.asked.to_string(),
                    given.given.to_string(),
                    given.reason.clone(),
                    self.currency.to_string(),
                ]
            }));
        }
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        self.operation.is_some()
    }

    fn document(&self, style: &Style) -> Document {
        let mut document = Document::new().lines(format!("{}\n", visible(&self.summary)));
        if !self.categories.is_empty() {
            document = document.gap().table(plan(self, style)).gap();
        }
        let mut end = format!(
            "to be budgeted {} {currency}, {} before\n",
            style.amount(self.to_be_budgeted),
            style.amount(self.to_be_budgeted_before),
            currency = self.currency
        );
        if !self.skipped.is_empty() {
            let names: Vec<_> = self.skipped_called.iter().map(|name| visible(name)).collect();
            end.push_str(&format!(
                "left alone, as money is assigned: {} (`--overwrite` plans them anew)\n",
                names.join(", ")
            ));
        }
        document.lines(end)
    }
}

/// A row for each line, and below it why it is given that much.
fn plan(applied: &Applied, style: &Style) -> Table {
    let mut table = Table::new(&[
        ("Envelope", Side::Left),
        ("Before", Side::Right),
        ("Assigned", Side::Right),
        ("Line", Side::Left),
        ("Asks", Side::Right),
        ("Gets", Side::Right),
    ])
    .yielding(&[1, 4, 2]);
    for share in &applied.categories {
        let mut head = head(share, style);
        for given in &share.lines {
            let own = std::mem::replace(&mut head, vec![String::new(); 3]);
            table.row([own, line(given, style)].concat());
            if !given.reason.is_empty() {
                table.row([vec![String::new(); 3], vec![reason(&given.reason)]].concat());
            }
        }
        if let Some(back) = share.given_back {
            let note = format!("{} is above the limit and goes back", style.amount(back));
            table.row([vec![String::new(); 3], vec![reason(&note)]].concat());
        }
    }
    table
}

fn head(share: &Share, style: &Style) -> Vec<String> {
    vec![visible(&share.called).into_owned(), style.amount(share.before), style.amount(share.assigned)]
}

fn line(given: &Given, style: &Style) -> Vec<String> {
    vec![visible(&given.line).into_owned(), style.amount(given.asked), style.amount(given.given)]
}

fn reason(text: &str) -> String {
    format!("\u{a0}\u{a0}{}", visible(text))
}
