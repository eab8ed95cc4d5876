//! The statement of income and spending: by category and month, with what is left of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::narrow;
use crate::db::connection::DbConn;
use crate::db::flows::{self, Flow};
use crate::db::labels::{self, Label, Labels};
use crate::domain::money::{Currency, CurrencyCode, average, percent_of};
use crate::domain::transaction::Amount;
use crate::domain::when::{Month, Period};
use crate::error::Result;

/// Which half of the statement a category stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// What came in.
    Income,
    /// What went out.
    Spending,
}

/// One category. Amounts are positive in either half; negative where refunds (or repaid income) were more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which half it stands in.
    pub section: Section,
    /// Its name; none is what has no category.
    pub name: Option<String>,
    /// `group/category`.
    pub slug: Option<String>,
    /// Of all months.
    pub amount: Amount,
    /// A month, rounded half to even.
    pub average: Amount,
    /// How many postings.
    pub count: i64,
    /// By month, in the order of `IncomeReport::months`.
    pub months: Vec<Option<Amount>>,
}

/// What came in, went out and was left, in a month or altogether.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sums {
    /// What came in.
    pub income: Amount,
    /// What went out; positive.
    pub spending: Amount,
    /// Income without spending.
    pub net: Amount,
    /// Net of income in percent, one decimal; none without income.
    pub savings_rate: Option<String>,
}

/// The statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomeReport {
    /// Both ends included.
    pub period: Period,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// Every month from the first with income or spending to the last, or to this one if it is in the period.
    pub months: Vec<(Month, Sums)>,
    /// Income first, largest first.
    pub rows: Vec<Row>,
    /// Of all months.
    pub total: Sums,
    /// A month.
    pub average: Sums,
}

/// The statement of a period (ends included).
///
/// # Errors
/// A sum beyond 64 bits.
pub fn income(conn: &mut DbConn, period: Period, today: NaiveDate, book: &Currency) -> Result<IncomeReport> {
    let flows = flows::monthly(conn, period)?;
    let ids = flows.iter().map(|flow| flow.bucket).filter(|bucket| *bucket > 0).collect();
    let labels = labels::load(conn, &BTreeMap::from([(labels::Kind::Category, ids)]))?;
    statement(&flows, &labels, period, today, book)
}

fn statement(
    flows: &[Flow],
    labels: &Labels,
    period: Period,
    today: NaiveDate,
    book: &Currency,
) -> Result<IncomeReport> {
    let months = months(flows, period, today);
    let mut sums: BTreeMap<Month, [i128; 2]> = months.iter().map(|month| (*month, [0; 2])).collect();
    let mut categories: BTreeMap<(Section, i64), Vec<&Flow>> = BTreeMap::new();
    for flow in flows {
        let (section, amount) = part(flow);
        sums.entry(flow.month).or_default()[section as usize] += amount;
        categories.entry((section, flow.bucket)).or_default().push(flow);
    }
    let total = sums.values().fold([0; 2], |all, month| [all[0] + month[0], all[1] + month[1]]);
    let total = sums_of(total, book)?;
    let mut rows = categories
        .into_iter()
        .map(|((section, bucket), flows)| {
            row(section, labels.get(&(labels::Kind::Category, bucket)), &flows, &months, book)
        })
        .collect::<Result<Vec<Row>>>()?;
    rows.sort_by(|a, b| {
        (a.section, std::cmp::Reverse(a.amount.minor), a.name.is_none(), &a.slug).cmp(&(
            b.section,
            std::cmp::Reverse(b.amount.minor),
            b.name.is_none(),
            &b.slug,
        ))
    });
    let share = |amount: Amount| Amount { minor: average(amount.minor, months.len()), ..amount };
    let average = Sums {
        income: share(total.income),
        spending: share(total.spending),
        net: share(total.net),
        savings_rate: total.savings_rate.clone(),
    };
    let months = sums.into_iter().map(|(month, sums)| Ok((month, sums_of(sums, book)?)));
    Ok(IncomeReport {
        period,
        currency: book.code,
        months: months.collect::<Result<_>>()?,
        rows,
        total,
        average,
    })
}

/// Months without anything stand only between others, or before the present one.
fn months(flows: &[Flow], period: Period, today: NaiveDate) -> Vec<Month> {
    let with_something = || flows.iter().map(|flow| flow.month);
    let (Some(first), Some(last)) = (with_something().min(), with_something().max()) else {
        return Vec::new();
    };
    let last = if period.contains(today) { last.max(Month::of(today)) } else { last };
    std::iter::successors(Some(first), |month| Some(month.next()))
        .take_while(|month| *month <= last)
        .collect()
}

fn row(
    section: Section,
    label: Option<&Label>,
    flows: &[&Flow],
    months: &[Month],
    book: &Currency,
) -> Result<Row> {
    let amount = |minor| Amount { minor, exponent: book.exponent };
    let by_month: BTreeMap<Month, i128> = flows.iter().map(|flow| (flow.month, part(flow).1)).collect();
    let cells = months.iter().map(|month| by_month.get(month).map(|sum| Ok(amount(narrow(*sum)?))));
    let sum = narrow(by_month.values().sum())?;
    Ok(Row {
        section,
        name: label.map(|label| label.name.clone()),
        slug: label.map(Label::slug),
        amount: amount(sum),
        average: amount(average(sum, months.len())),
        count: flows.iter().map(|flow| flow.count).sum(),
        months: cells.map(Option::transpose).collect::<Result<_>>()?,
    })
}

/// Which half a flow stands in, and its amount there.
fn part(flow: &Flow) -> (Section, i128) {
    let value = i128::from(flow.value);
    if flow.is_spending { (Section::Spending, -value) } else { (Section::Income, value) }
}

/// What is left of income and spending.
pub(super) fn sums_of([income, spending]: [i128; 2], book: &Currency) -> Result<Sums> {
    let amount = |sum| Ok::<_, anyhow::Error>(Amount { minor: narrow(sum)?, exponent: book.exponent });
    let (income, spending, net) = (amount(income)?, amount(spending)?, amount(income - spending)?);
    Ok(Sums { savings_rate: percent_of(net.minor, income.minor), income, spending, net })
}
