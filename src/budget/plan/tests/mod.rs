//! Plans in tables, by the numbers of the cases that a peer's tests hold, and what is true of every plan.

mod cases;
mod levels;
mod properties;
mod refusals;

use chrono::NaiveDate;

use super::*;
use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::money::{CurrencyCode, DecimalMark, Minor, iso_currency};
use crate::domain::target::{Line, Reading};
use crate::domain::when::Month;

/// The income category `Salary`; `Bonus` does not exist.
const SALARY: CategoryId = CategoryId(1000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Assigned,
    Activity,
    Available,
    Income,
}

/// What happened, by month; everything else is nothing. Of the kind `Income` those of `SALARY` and of all others.
#[derive(Debug, Default, Clone)]
struct Facts(Vec<(Kind, CategoryId, Month, i64)>);

impl Facts {
    fn of(facts: &[(Kind, i64, &str, i64)]) -> Facts {
        let fact =
            |&(kind, id, text, minor): &(Kind, i64, &str, i64)| (kind, CategoryId(id), month(text), minor);
        Facts(facts.iter().map(fact).collect())
    }

    fn sum(&self, kind: Kind, category: Option<CategoryId>, month: Month) -> Result<Minor, Invalid> {
        let is = |fact: &&(Kind, CategoryId, Month, i64)| {
            fact.0 == kind && fact.2 == month && category.is_none_or(|category| fact.1 == category)
        };
        Minor::checked_sum(self.0.iter().filter(is).map(|fact| Minor(fact.3)))
    }
}

impl History for Facts {
    fn assigned(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid> {
        self.sum(Kind::Assigned, Some(category), month)
    }

    fn activity(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid> {
        self.sum(Kind::Activity, Some(category), month)
    }

    fn available(&self, category: CategoryId, month: Month) -> Result<Minor, Invalid> {
        self.sum(Kind::Available, Some(category), month)
    }

    fn income(&self, category: Option<CategoryId>, month: Month) -> Result<Minor, Invalid> {
        self.sum(Kind::Income, category, month)
    }
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn line(text: &str) -> Line {
    let currency = iso_currency(CurrencyCode::parse("EUR").unwrap()).unwrap();
    let today = NaiveDate::from_ymd_opt(2024, 1, 15).unwrap();
    let reading = Reading { today, mark: DecimalMark::Point, order: None, currency: &currency };
    Line::parse(text, &reading).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
}

fn target(text: &str) -> Target {
    let line = line(text);
    let income = line.category().filter(|name| *name == "Salary").map(|_| SALARY);
    Target { line, income }
}

/// A category with nothing in it; the first has the id 1.
fn category(id: i64, lines: &[&str]) -> CategoryInput {
    CategoryInput {
        id: CategoryId(id),
        name: format!("C{id}"),
        is_visible: true,
        assigned: Minor::ZERO,
        rollover: Minor::ZERO,
        targets: lines.iter().map(|text| target(text)).collect(),
    }
}

/// January 2024, with so much to be budgeted and a category for each of these lists of lines.
fn january(to_be_budgeted: i64, lines: &[&[&str]]) -> Input {
    let categories = (1..).zip(lines).map(|(id, lines)| category(id, lines));
    Input {
        month: month("2024-01"),
        current_month: month("2024-01"),
        to_be_budgeted: Minor(to_be_budgeted),
        exponent: 2,
        categories: categories.collect(),
        overwrite: false,
    }
}

#[track_caller]
fn planned(input: &Input) -> Plan {
    plan(input, &Facts::default()).unwrap_or_else(|refused| panic!("{refused}"))
}

/// What each category has afterwards.
fn after(plan: &Plan) -> Vec<i64> {
    plan.categories.iter().map(|planned| planned.after.0).collect()
}

/// What each line is given, and why.
fn told(plan: &Plan) -> Vec<(i64, &str)> {
    let lines = plan.categories.iter().flat_map(|planned| &planned.lines);
    lines.map(|line| (line.given.0, line.reason.as_str())).collect()
}
