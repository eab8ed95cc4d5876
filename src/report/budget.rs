//! Budgeted against actual: what envelopes were assigned, what was spent of them and what was left, by month over a
//! period. Read as `groat budget` is; what the words mean is settled in `domain::envelope`. Shown by
//! `output::budget_report`.

use chrono::NaiveDate;

use super::narrow;
use crate::budget::Envelopes;
use crate::db::connection::DbConn;
use crate::domain::category::Category;
use crate::domain::envelope::{Envelope, Series, Stretch};
use crate::domain::money::{Currency, CurrencyCode};
use crate::domain::transaction::Amount;
use crate::domain::when::{Month, Period};
use crate::error::{Problem, Result};

/// What was budgeted and what became of it, in a month or over several.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sums {
    /// What moves gave, less what they took.
    pub assigned: Amount,
    /// The sum of the postings in accounts on budget; spending is negative.
    pub activity: Amount,
    /// Activity with its sign turned: what was spent, refunds taken off.
    pub spent: Amount,
    /// Assigned less spent; negative when more was spent.
    pub left: Amount,
    /// What there is at the end, with what was left in the months before.
    pub available: Amount,
}

/// One envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its group's name.
    pub group: String,
    /// Its category's name.
    pub category: String,
    /// `group/category`.
    pub slug: String,
    /// Whether its category is hidden.
    pub is_hidden: bool,
    /// Over all months.
    pub sums: Sums,
    /// By month, in the order of `BudgetReport::months`.
    pub months: Vec<Sums>,
}

/// What was budgeted and what was spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetReport {
    /// Whole months; both ends included.
    pub period: Period,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// Every month from the first with anything assigned or spent to the period's last, or to the later of this month
    /// and the last with anything, but for those that are left out; with the sums of the rows.
    pub months: Vec<(Month, Sums)>,
    /// The first and the last of more than a year of months in which nothing was assigned or spent.
    pub left_out: Vec<(Month, Month)>,
    /// Envelopes with anything assigned or spent, in the order in which `groat budget` has them.
    pub rows: Vec<Row>,
    /// Of the rows, over all months.
    pub total: Sums,
}

/// What was budgeted and spent in a period (ends included).
///
/// # Errors
/// A period that is not whole months; a sum beyond 64 bits.
pub fn budget(conn: &mut DbConn, period: Period, today: NaiveDate, book: &Currency) -> Result<BudgetReport> {
    if !period.is_whole_months() {
        return Err(not_months(period).into());
    }
    let envelopes = Envelopes::load(conn)?;
    let stretches = stretches(&envelopes.series, period, Month::of(today))?;
    let left_out = left_out(&stretches);
    let is_shown = |month: &Month| !left_out.iter().any(|(first, last)| (first..=last).contains(&month));
    let mut rows = Vec::new();
    let mut totals = vec![Parts::default(); stretches.len()];
    for (at, category) in envelopes.categories.iter().enumerate() {
        if !stretches.iter().any(|stretch| is_used(&stretch.state.envelopes[at])) {
            continue;
        }
        let parts: Vec<Parts> =
            stretches.iter().map(|stretch| Parts::of(&stretch.state.envelopes[at])).collect();
        totals.iter_mut().zip(&parts).for_each(|(total, part)| *total = total.beside(*part));
        let months = by_month(&stretches, &parts, is_shown, book)?;
        rows.push(row(category, &parts, months.into_iter().map(|(_, sums)| sums).collect(), book)?);
    }
    Ok(BudgetReport {
        period,
        currency: book.code,
        months: by_month(&stretches, &totals, is_shown, book)?,
        rows,
        total: Parts::over(&totals).sums(book)?,
        left_out,
    })
}

/// The sums of each month that is shown; `parts` are those of the stretches.
fn by_month(
    stretches: &[Stretch],
    parts: &[Parts],
    is_shown: impl Fn(&Month) -> bool,
    book: &Currency,
) -> Result<Vec<(Month, Sums)>> {
    let mut months = Vec::new();
    for (stretch, part) in stretches.iter().zip(parts) {
        // What is longer than a year is left out as a whole.
        if is_shown(&stretch.first) {
            let sums = part.sums(book)?;
            months.extend(stretch.months().map(|month| (month, sums.clone())));
        }
    }
    Ok(months)
}

/// More than this many months without anything are left out: a mistyped year is not to make thousands of columns.
const MOST_EMPTY: i32 = 12;

/// The first and the last of each run of months in which nothing was assigned or spent, if that is long.
fn left_out(stretches: &[Stretch]) -> Vec<(Month, Month)> {
    let is_empty = |stretch: &Stretch| !is_in_use(stretch);
    let runs = stretches.chunk_by(|one, other| is_empty(one) == is_empty(other));
    let runs = runs.filter(|run| run.iter().all(is_empty));
    let ends = runs.filter_map(|run| Some((run.first()?.first, run.last()?.last())));
    ends.filter(|(first, last)| last.key() - first.key() >= MOST_EMPTY).collect()
}

/// The months to report. Of those to come only what is planned already: nobody has spent anything in the others.
fn stretches(series: &Series, period: Period, current: Month) -> Result<Vec<Stretch>> {
    let (Some(first), Some(last)) = (series.first(), series.last()) else { return Ok(Vec::new()) };
    let first = period.from.map_or(first, |from| first.max(Month::of(from)));
    let last = last.max(current);
    let last = period.to.map_or(last, |to| last.min(Month::of(to)));
    // The dates are sound here: what cannot be counted is in the book, and no mistake of who asks.
    let read = |first, last| series.stretches(first, last).map_err(|sum| Problem::conflict(sum.message));
    let all = read(first, last)?;
    let mut used = all.iter().filter(|stretch| is_in_use(stretch));
    let Some((first_used, last_used)) = used.clone().next().zip(used.next_back()) else {
        return Ok(Vec::new());
    };
    // Once more, as a stretch may reach beyond this month.
    Ok(read(first_used.first, last_used.last().max(current).min(last))?)
}

fn is_in_use(stretch: &Stretch) -> bool {
    stretch.state.envelopes.iter().any(is_used)
}

/// Whether anything was assigned or spent.
fn is_used(envelope: &Envelope) -> bool {
    !envelope.assigned.is_zero() || !envelope.activity.is_zero()
}

fn row(category: &Category, parts: &[Parts], months: Vec<Sums>, book: &Currency) -> Result<Row> {
    Ok(Row {
        group: category.group_name.clone(),
        category: category.name.clone(),
        slug: category.slug.clone(),
        is_hidden: category.is_hidden,
        sums: Parts::over(parts).sums(book)?,
        months,
    })
}

/// What sums are made of.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    assigned: i128,
    activity: i128,
    available: i128,
}

impl Parts {
    fn of(envelope: &Envelope) -> Parts {
        Parts {
            assigned: envelope.assigned.0.into(),
            activity: envelope.activity.0.into(),
            available: envelope.available.0.into(),
        }
    }

    /// Two envelopes in the same month.
    fn beside(self, other: Parts) -> Parts {
        Parts { available: self.available + other.available, ..self.before(other) }
    }

    /// A month and a later one: what is available is not added up, but what there is in the end.
    fn before(self, later: Parts) -> Parts {
        Parts {
            assigned: self.assigned + later.assigned,
            activity: self.activity + later.activity,
            available: later.available,
        }
    }

    /// Months, the earliest first.
    fn over(months: &[Parts]) -> Parts {
        months.iter().fold(Parts::default(), |before, month| before.before(*month))
    }

    fn sums(self, book: &Currency) -> Result<Sums> {
        let amount = |sum| Ok::<_, anyhow::Error>(Amount { minor: narrow(sum)?, exponent: book.exponent });
        Ok(Sums {
            assigned: amount(self.assigned)?,
            activity: amount(self.activity)?,
            spent: amount(-self.activity)?,
            left: amount(self.assigned + self.activity)?,
            available: amount(self.available)?,
        })
    }
}

fn not_months(period: Period) -> Problem {
    let whole = Period {
        from: period.from.map(|from| Month::of(from).first_day()),
        to: period.to.map(|to| Month::of(to).last_day()),
    };
    Problem::usage(format!("`{period}` is not whole months"))
        .hint(format!("budgets are by month: `groat report budget -p {whole}`"))
}
