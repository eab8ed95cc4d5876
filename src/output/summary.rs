//! The summary of a period: one page for a mail.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::report::summary::{Compared, Summary};

impl Summary {
    /// Section, name and slug of each figure, and the figure.
    fn figures(&self) -> Vec<(&'static str, String, String, Compared)> {
        let whole = |name: &'static str, figure| (name, String::new(), String::new(), figure);
        let mut figures =
            vec![whole("income", self.income), whole("spending", self.spending), whole("net", self.net)];
        for line in &self.categories {
            let (name, slug) = (line.category.clone(), line.category_slug.clone());
            figures.push(("category", name.unwrap_or_default(), slug.unwrap_or_default(), line.spent));
        }
        let payees = self.payees.iter();
        figures.extend(payees.map(|line| ("payee", line.payee.clone(), String::new(), line.spent)));
        figures
    }

    fn in_and_out(&self, style: &Style) -> Table {
        let mut table = self.comparison("", style);
        for (name, figure) in [("In", self.income), ("Out", self.spending), ("Left", self.net)] {
            table.row(self.cells(name.to_owned(), figure, style));
        }
        let percent =
            |rate: &Option<String>| rate.as_ref().map_or_else(String::new, |rate| format!("{rate}%"));
        let mut saved = vec!["Saved".to_owned(), percent(&self.savings_rate)];
        saved.extend(self.previous.map(|_| percent(&self.savings_rate_before)));
        table.row(saved);
        table
    }

    fn comparison(&self, first: &str, _style: &Style) -> Table {
        let mut table = Table::new(&[(first, Side::Left), ("Amount", Side::Right)]);
        if self.previous.is_some() {
            table.column("Before", Side::Right);
            table.column("Change", Side::Right);
        }
        table
    }

    fn cells(&self, name: String, figure: Compared, style: &Style) -> Vec<String> {
        let more = [figure.before, figure.change].into_iter().flatten().map(|amount| style.amount(amount));
        [name, style.amount(figure.amount)].into_iter().chain(more).collect()
    }
}

impl Answer for Summary {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "report": "summary",
            "period": {"from": self.period.from, "to": self.period.to},
            "previous": self.previous.map(|previous| json!({"from": previous.from, "to": previous.to})),
            "currency": self.currency,
            "income": self.income,
            "spending": self.spending,
            "net": self.net,
            "savings_rate": self.savings_rate,
            "savings_rate_before": self.savings_rate_before,
            "categories": self.categories,
            "payees": self.payees,
            "uncategorised": self.uncategorised,
            "balances": self.balances,
        }))
    }

    /// The figures that are compared; `balance` has the accounts.
    fn sheet(&self) -> Result<Sheet> {
        let mut sheet =
            Sheet::new(&["section", "name", "category_slug", "amount", "before", "change", "currency"]);
        let text = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| amount.to_string());
        for (section, name, slug, figure) in self.figures() {
            sheet.rows.push(vec![
                section.to_owned(),
                name,
                slug,
                figure.amount.to_string(),
                text(figure.before),
                text(figure.change),
                self.currency.to_string(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let mut document = Document::new()
            .title(format!("Summary, {} ({})", self.period.describe(), self.currency))
            .table(self.in_and_out(style));
        if let Some(previous) = self.previous {
            let before = format!("before: {}", previous.describe());
            document = document.lines(format!("{}\n", style.faint(&before)));
        }
        if !self.categories.is_empty() {
            let mut table = self.comparison("Category", style);
            for line in &self.categories {
                let name = visible(line.category.as_deref().unwrap_or("Uncategorised")).into_owned();
                table.row(self.cells(name, line.spent, style));
            }
            document = document.gap().title("Most was spent on").table(table);
            let more = i64::try_from(self.more_categories).unwrap_or(i64::MAX);
            if more > 0 {
                let more = format!("and {}", counted(more, "more category", "more categories"));
                document = document.lines(format!("{}\n", style.faint(&more)));
            }
        }
        if !self.payees.is_empty() {
            let mut table = self.comparison("Payee", style);
            for line in &self.payees {
                table.row(self.cells(visible(&line.payee).into_owned(), line.spent, style));
            }
            document = document.gap().title("Most was spent at").table(table);
        }
        if self.uncategorised > 0 {
            let those = counted(self.uncategorised, "posting has", "postings have");
            let hint = format!("{those} no category: `groat list -c none -p {}`\n", self.period);
            document = document.gap().lines(hint);
        }
        let title = format!("Balances on {}", self.balances.at);
        document.gap().title(title).and(self.balances.document(style))
    }
}
