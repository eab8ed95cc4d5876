//! Budgeted against actual. As a table: the envelopes over the whole period, then, of several months, what was left of
//! each by month, which goes on below where the terminal is too narrow.

use serde_json::{Map, Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::Result;
use crate::report::budget::{BudgetReport, Row, Sums};

/// What stands behind an amount of which too much was spent, and what keeps the place free behind others.
const OVER: &str = " over";
const NOT_OVER: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

impl Answer for BudgetReport {
    fn json(&self) -> Result<Value> {
        let month = |(month, sums): &(_, Sums)| with(json!({"month": month}), sums);
        let left_out = |(from, to): &(Month, Month)| json!({"from": from, "to": to});
        Ok(json!({
            "report": "budget",
            "period": {"from": self.period.from, "to": self.period.to},
            "currency": self.currency,
            "months": self.months.iter().map(month).collect::<Vec<Value>>(),
            "left_out": self.left_out.iter().map(left_out).collect::<Vec<Value>>(),
            "rows": self.items()?,
            "total": self.total,
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.rows.iter().map(|row| self.object(row)).collect())
    }

    /// A row for each month and category.
    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "month",
            "group",
            "category",
            "category_slug",
            "assigned",
            "activity",
            "spent",
            "left",
            "available",
            "currency",
        ]);
        for (at, (month, _)) in self.months.iter().enumerate() {
            sheet.rows.extend(self.rows.iter().map(|row| {
                let Sums { assigned, activity, spent, left, available } = &row.months[at];
                let names = [month.to_string(), row.group.clone(), row.category.clone(), row.slug.clone()];
                let amounts = [assigned, activity, spent, left, available].map(Amount::to_string);
                [&names[..], &amounts, &[self.currency.to_string()]].concat()
            }));
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let title = format!("Budgeted and spent, {} ({})", self.period.describe(), self.currency);
        let document = Document::new().title(title);
        let document = match self.months.len() {
            0 => document.lines("nothing was budgeted and nothing was spent\n"),
            1 => document.table(self.over_all(style)),
            _ => {
                document.table(self.over_all(style)).gap().title("Left by month").table(self.by_month(style))
            }
        };
        let left_out =
            |(from, to): &(Month, Month)| format!("{from} to {to} left out: nothing was assigned or spent\n");
        match self.left_out.as_slice() {
            [] => document,
            runs => document.gap().lines(runs.iter().map(left_out).collect::<String>()),
        }
    }
}

impl BudgetReport {
    fn object(&self, row: &Row) -> Value {
        let months = self.months.iter().zip(&row.months);
        let columns: Map<String, Value> =
            months.map(|((month, _), sums)| (month.to_string(), json!(sums))).collect();
        let names = json!({
            "group": row.group,
            "category": row.category,
            "category_slug": row.slug,
            "hidden": row.is_hidden,
        });
        let mut object = with(names, &row.sums);
        object["columns"] = columns.into();
        object
    }

    fn over_all(&self, style: &Style) -> Table {
        let mut table = Table::new(&[
            ("Envelope", Side::Left),
            ("Assigned", Side::Right),
            ("Spent", Side::Right),
            ("Left", Side::Right),
            ("", Side::Left),
        ]);
        let amounts = |sums: &Sums| [sums.assigned, sums.spent, sums.left].map(|amount| style.amount(amount));
        self.in_groups(&mut table, style, |row| {
            [&amounts(&row.sums)[..], &[state(&row.sums).to_owned()]].concat()
        });
        // What one envelope lacks is not what another has: together they are over at most.
        let word = if self.total.left.minor.is_negative() { OVER.trim() } else { "" };
        table.total([&["Total".to_owned()][..], &amounts(&self.total), &[word.to_owned()]].concat(), style);
        table
    }

    fn by_month(&self, style: &Style) -> Table {
        let mut table = Table::new(&[("Envelope", Side::Left)]).folding();
        let has_over: Vec<bool> = (0..self.months.len()).map(|at| self.is_any_over(at)).collect();
        for ((month, _), has_over) in self.months.iter().zip(&has_over) {
            let place = if *has_over { NOT_OVER } else { "" };
            table.column(&format!("{month}{place}"), Side::Right);
        }
        let left = |sums: &Sums, has_over: bool| {
            let amount = style.amount(sums.left);
            let word = if sums.left.minor.is_negative() { OVER } else { NOT_OVER };
            if has_over { amount + word } else { amount }
        };
        self.in_groups(&mut table, style, |row| {
            let cells = row.months.iter().zip(&has_over);
            cells
                .map(|(sums, has_over)| if is_blank(sums) { String::new() } else { left(sums, *has_over) })
                .collect()
        });
        let totals = self.months.iter().zip(&has_over).map(|((_, sums), has_over)| left(sums, *has_over));
        table.total(std::iter::once("Total".to_owned()).chain(totals).collect(), style);
        table
    }

    fn is_any_over(&self, month: usize) -> bool {
        let sums = self.rows.iter().map(|row| &row.months[month]);
        sums.chain(self.months.get(month).map(|(_, sums)| sums)).any(|sums| sums.left.minor.is_negative())
    }

    /// A row for each envelope, below the names of the groups.
    fn in_groups(&self, table: &mut Table, style: &Style, cells: impl Fn(&Row) -> Vec<String>) {
        let mut group = None;
        for row in &self.rows {
            if group != Some(&row.group) {
                group = Some(&row.group);
                table.total(vec![visible(&row.group).into_owned()], style);
            }
            let hidden = if row.is_hidden { " (hidden)" } else { "" };
            let name = format!("\u{a0}\u{a0}{}{hidden}", visible(&row.category));
            table.row([vec![name], cells(row)].concat());
        }
    }
}

/// The object with the sums' keys.
fn with(mut object: Value, sums: &Sums) -> Value {
    if let (Some(object), Value::Object(sums)) = (object.as_object_mut(), json!(sums)) {
        object.extend(sums);
    }
    object
}

fn is_blank(sums: &Sums) -> bool {
    sums.assigned.minor.is_zero() && sums.activity.minor.is_zero()
}

/// More can be spent than was assigned where something was left before: then nothing is overspent.
fn state(sums: &Sums) -> &'static str {
    match (sums.left.minor.is_negative(), sums.available.minor.is_negative()) {
        (true, true) => "over, overspent",
        (true, false) => "over",
        (false, true) => "overspent",
        (false, false) => "",
    }
}
