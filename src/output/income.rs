//! The statement of income and spending. As a table: the months first, then the categories by month, which go on
//! below where the terminal is too narrow.

use serde_json::{Map, Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::report::income::{IncomeReport, Row, Section, Sums};

/// What stands where there is no category.
const LACK: &str = "Uncategorised";

impl IncomeReport {
    fn object(&self, row: &Row) -> Value {
        let cells = self.months.iter().zip(&row.months);
        let columns: Map<String, Value> =
            cells.filter_map(|((month, _), cell)| Some((month.to_string(), json!((*cell)?)))).collect();
        json!({
            "section": row.section,
            "category": row.name,
            "category_slug": row.slug,
            "amount": row.amount,
            "average": row.average,
            "count": row.count,
            "columns": columns,
        })
    }

    fn rows_of(&self, section: Section) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.section == section)
    }

    fn sums_of_months(&self, of: impl Fn(&Sums) -> String) -> Vec<String> {
        self.months.iter().map(|(_, sums)| of(sums)).collect()
    }
}

impl Answer for IncomeReport {
    fn json(&self) -> Result<Value> {
        let month = |(month, sums): &(_, Sums)| {
            let mut object = json!({"month": month});
            if let (Some(object), Value::Object(sums)) = (object.as_object_mut(), json!(sums)) {
                object.extend(sums);
            }
            object
        };
        Ok(json!({
            "report": "income",
            "period": {"from": self.period.from, "to": self.period.to},
            "currency": self.currency,
            "months": self.months.iter().map(month).collect::<Vec<Value>>(),
            "rows": self.items()?,
            "total": self.total,
            "average": self.average,
        }))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.rows.iter().map(|row| self.object(row)).collect())
    }

    /// A row for each category, then the sums as rows of their own sections.
    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["section", "category", "category_slug", "amount", "currency", "average", "count"]);
        sheet.header.extend(self.months.iter().map(|(month, _)| month.to_string()));
        let text = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| amount.to_string());
        for row in &self.rows {
            let cells = [
                section_word(row.section).to_owned(),
                row.name.clone().unwrap_or_default(),
                row.slug.clone().unwrap_or_default(),
                row.amount.to_string(),
                self.currency.to_string(),
                row.average.to_string(),
                row.count.to_string(),
            ];
            sheet.rows.push(cells.into_iter().chain(row.months.iter().map(|cell| text(*cell))).collect());
        }
        let mut sums = |word: &str, of: fn(&Sums) -> String| {
            let none = String::new;
            let currency = if word == "savings-rate" { none() } else { self.currency.to_string() };
            let cells =
                [word.to_owned(), none(), none(), of(&self.total), currency, of(&self.average), none()];
            sheet.rows.push(cells.into_iter().chain(self.sums_of_months(of)).collect());
        };
        sums("total-income", |sums| sums.income.to_string());
        sums("total-spending", |sums| sums.spending.to_string());
        sums("net", |sums| sums.net.to_string());
        sums("savings-rate", |sums| sums.savings_rate.clone().unwrap_or_default());
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let title = format!("Income and spending, {} ({})", self.period.describe(), self.currency);
        let document = Document::new().title(title);
        match self.months.len() {
            0 => document.lines("nothing came in and nothing was spent\n"),
            1 => document.table(self.statement(style)),
            _ => document.table(self.by_month(style)).gap().table(self.statement(style)),
        }
    }
}

impl IncomeReport {
    fn by_month(&self, style: &Style) -> Table {
        let mut table = Table::new(&[
            ("Month", Side::Left),
            ("Income", Side::Right),
            ("Spending", Side::Right),
            ("Net", Side::Right),
            ("Saved", Side::Right),
        ]);
        let cells = |name: String, sums: &Sums| {
            let amounts = [sums.income, sums.spending, sums.net].map(|amount| style.amount(amount));
            [&[name][..], &amounts, &[rate(sums)]].concat()
        };
        for (month, sums) in &self.months {
            table.row(cells(month.to_string(), sums));
        }
        table.total(cells("Total".to_owned(), &self.total), style);
        table.total(cells("Average".to_owned(), &self.average), style);
        table
    }

    /// Categories by month; of one month there is neither total nor average.
    fn statement(&self, style: &Style) -> Table {
        let mut table = Table::new(&[("Category", Side::Left)]).folding();
        let is_long = self.months.len() > 1;
        for (month, _) in &self.months {
            table.column(&if is_long { month.to_string() } else { "Amount".to_owned() }, Side::Right);
        }
        if is_long {
            table.column("Total", Side::Right);
            table.column("Average", Side::Right);
        }
        let sums = |name: &str, of: &dyn Fn(&Sums) -> String| {
            let more = if is_long { vec![of(&self.total), of(&self.average)] } else { Vec::new() };
            [vec![name.to_owned()], self.sums_of_months(of), more].concat()
        };
        for (section, name) in [(Section::Income, "Income"), (Section::Spending, "Spending")] {
            for (at, row) in self.rows_of(section).enumerate() {
                if at == 0 {
                    table.total(vec![name.to_owned()], style);
                }
                let category = visible(row.name.as_deref().unwrap_or(LACK));
                let months =
                    row.months.iter().map(|cell| cell.map_or_else(String::new, |cell| style.amount(cell)));
                let more = [style.amount(row.amount), style.amount(row.average)];
                let more = if is_long { more.to_vec() } else { Vec::new() };
                table.row([vec![format!("\u{a0}\u{a0}{category}")], months.collect(), more].concat());
            }
        }
        table.total(sums("Total income", &|sums| style.amount(sums.income)), style);
        table.total(sums("Total spending", &|sums| style.amount(sums.spending)), style);
        table.total(sums("Net", &|sums| style.amount(sums.net)), style);
        table.total(sums("Saved", &rate), style);
        table
    }
}

fn section_word(section: Section) -> &'static str {
    match section {
        Section::Income => "income",
        Section::Spending => "spending",
    }
}

/// The savings rate for people; nothing without income.
fn rate(sums: &Sums) -> String {
    sums.savings_rate.as_ref().map_or_else(String::new, |rate| format!("{rate}%"))
}
