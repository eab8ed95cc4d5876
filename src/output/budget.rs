//! A month's budget: what is to be budgeted on top, then every envelope with a bar; and what a change to it did.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::budget::Changed;
use crate::budget::month::{BudgetMonth, Line};
use crate::domain::transaction::Amount;
use crate::domain::when::{Month, Period, Step};
use crate::error::Result;

/// How many cells a bar has.
const BAR: i128 = 10;

impl Answer for BudgetMonth {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "month",
            "group",
            "category",
            "slug",
            "assigned",
            "activity",
            "available",
            "rollover",
            "carryover",
            "currency",
        ]);
        for group in &self.groups {
            sheet.rows.extend(group.categories.iter().map(|line| {
                vec![
                    self.month.to_string(),
                    group.group.clone(),
                    line.category.clone(),
                    line.category_slug.clone(),
                    line.assigned.to_string(),
                    line.activity.to_string(),
                    line.available.to_string(),
                    line.rollover.to_string(),
                    line.carryover.to_string(),
                    self.currency.to_string(),
                ]
            }));
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let title = format!("Budget, {} ({})", described(self.month), self.currency);
        let document = Document::new().title(title).table(top(self, style)).gap();
        if self.groups.is_empty() {
            return document.lines("no categories yet: `groat category add groceries` makes one\n");
        }
        document.table(envelopes(self, style))
    }
}

/// What is to be budgeted, and what makes it hard to read without knowing.
fn top(budget: &BudgetMonth, style: &Style) -> Table {
    let mut table = Table::new(&[("", Side::Left), ("", Side::Right), ("", Side::Left)]).yielding(&[2]);
    let mut row = |what: &str, amount: Amount, note: String| {
        table.row(vec![what.to_owned(), style.amount(amount), note]);
    };
    let overgiven = if budget.is_overgiven() {
        "more is given out than there is: `groat budget cover tbb --from CATEGORY`"
    } else {
        ""
    };
    row("To be budgeted", budget.to_be_budgeted, overgiven.to_owned());
    let next = described(budget.month.next());
    for (what, amount, note) in [
        ("Held", budget.held, format!("for {next}")),
        ("Overspent last month", budget.overspent_last_month, "taken from what is to be budgeted".to_owned()),
        ("Assigned later", budget.assigned_later, left_later(budget.least_later, style)),
        (
            "Uncategorised",
            budget.uncategorised_to_date,
            "in no envelope: `groat list is:uncategorised`".to_owned(),
        ),
        ("In transit", budget.in_transit, "between accounts".to_owned()),
    ] {
        if !amount.minor.is_zero() {
            row(what, amount, note);
        }
    }
    table
}

/// What is left to be budgeted when later months have assigned what they do.
pub fn left_later(least: Option<(Month, Amount)>, style: &Style) -> String {
    least.map_or_else(String::new, |(month, left)| format!("leaves {} in {month}", style.amount(left)))
}

fn envelopes(budget: &BudgetMonth, style: &Style) -> Table {
    let mut table = Table::new(&[
        ("Envelope", Side::Left),
        ("Assigned", Side::Right),
        ("Activity", Side::Right),
        ("Available", Side::Right),
        ("", Side::Left),
    ])
    .yielding(&[4, 2]);
    for group in &budget.groups {
        let shown: Vec<&Line> = group.categories.iter().filter(|line| is_shown(line)).collect();
        if !shown.is_empty() {
            table.total(vec![visible(&group.group).into_owned()], style);
        }
        for line in shown {
            let hidden = if line.hidden { " (hidden)" } else { "" };
            table.row(vec![
                format!("\u{a0}\u{a0}{}{hidden}", visible(&line.category)),
                style.amount(line.assigned),
                style.amount(line.activity),
                style.amount(line.available),
                state(budget, line),
            ]);
        }
    }
    let totals = [budget.totals.assigned, budget.totals.activity, budget.totals.available];
    table.total(
        [vec!["Total".to_owned()], totals.map(|amount| style.amount(amount)).to_vec()].concat(),
        style,
    );
    table
}

/// A hidden category is shown when it has something to show: its money counts.
fn is_shown(line: &Line) -> bool {
    let is_empty = [line.assigned, line.activity, line.available].iter().all(|amount| amount.minor.is_zero());
    !line.hidden || !is_empty
}

/// How much of what there was is spent, or that more was spent than there was.
fn state(budget: &BudgetMonth, line: &Line) -> String {
    let carried = if line.carryover { ", carried over" } else { "" };
    if budget.is_overspent(line) {
        return format!("overspent{carried}");
    }
    let there = i128::from(line.rollover.minor.0) + i128::from(line.assigned.minor.0);
    let spent = -i128::from(line.activity.minor.0);
    if there <= 0 {
        return String::new();
    }
    let filled = (spent.clamp(0, there) * BAR).div_euclid(there);
    let cells = (0..BAR).map(|cell| if cell < filled { '█' } else { '░' });
    cells.collect()
}

/// `March 2026`.
pub fn described(month: Month) -> String {
    Period::of(Step::Month, month.first_day()).describe()
}

impl Answer for Changed {
    fn json(&self) -> Result<Value> {
        let mut value = serde_json::to_value(self)?;
        value["transactions"] = json!([]);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["month", "category", "slug", "assigned", "available", "currency"]);
        sheet.rows = self
            .categories
            .iter()
            .map(|touched| {
                vec![
                    self.month.to_string(),
                    touched.category.clone(),
                    touched.category_slug.clone(),
                    touched.assigned.to_string(),
                    touched.available.to_string(),
                    self.currency.to_string(),
                ]
            })
            .collect();
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, style: &Style) -> String {
        let mut text = format!("{}\n", visible(&self.summary));
        for touched in &self.categories {
            let name = visible(&touched.called);
            text.push_str(&format!("  {name} has {}\n", style.amount(touched.available)));
        }
        let left = style.amount(self.to_be_budgeted);
        let later = match self.assigned_later {
            later if later.minor.is_zero() => String::new(),
            later => format!(", {} assigned later", style.amount(later)),
        };
        text.push_str(&format!("  to be budgeted {left} {}{later}\n", self.currency));
        text
    }
}
