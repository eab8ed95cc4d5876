//! What was spent in one category, and on what: the sum as the report on spending has it, and a page of the
//! transactions behind it.

use super::spending::{self, Axis};
use crate::db::connection::DbConn;
use crate::db::listing::{Sort, SortKey};
use crate::db::names;
use crate::domain::category::CategoryKind;
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::name::{fold, visible};
use crate::domain::query::{Direction, Kind, Query, State};
use crate::domain::transaction::Amount;
use crate::domain::when::Period;
use crate::error::{Problem, Result};
use crate::ledger::list::{Page, Request, list};
use crate::ledger::lookup;

/// What was spent in one category.
#[derive(Debug, Clone)]
pub struct Expenses {
    /// Its name; none is what has no category.
    pub category: Option<String>,
    /// `group/category`.
    pub category_slug: Option<String>,
    /// What the total is in.
    pub currency: CurrencyCode,
    /// Spending is positive here; negative when refunds were more.
    pub total: Amount,
    /// How many postings.
    pub count: i64,
    /// The transactions, newest first.
    pub page: Page,
}

/// What was spent in the category of that name (`none` is what has none) in a period, ends included, with one page of
/// `limit` transactions.
///
/// # Errors
/// An unknown category, or one of income; a sum beyond 64 bits.
pub fn expenses(
    conn: &mut DbConn,
    category: &str,
    period: Period,
    limit: i64,
    page: usize,
    book: &Currency,
) -> Result<Expenses> {
    let (name, slug) = if fold(category) == "none" { (None, None) } else { named(conn, category)? };
    let report = spending::spending(conn, &Query::default(), period, Axis::Category, None, book)?;
    let row = report.rows.into_iter().find(|row| row.slug == slug);
    let query = Query::default().and(Kind::Date(period));
    let query = match &slug {
        Some(slug) => query.and(Kind::category(slug.clone())),
        // Money that came in without a category is no expense.
        None => query.and(Kind::Is(State::Uncategorised)).and(Kind::Flow(Direction::Out, None)),
    };
    let sort = Sort { key: SortKey::Date, is_descending: true };
    let request = Request { query, sort, limit: Some(limit), page: i64::try_from(page)? };
    Ok(Expenses {
        category: name,
        category_slug: slug,
        currency: report.currency,
        total: row.as_ref().map_or(Amount { minor: Minor(0), exponent: book.exponent }, |row| row.amount),
        count: row.map_or(0, |row| row.count),
        page: list(conn, &request, book)?,
    })
}

fn named(conn: &mut DbConn, text: &str) -> Result<(Option<String>, Option<String>)> {
    let names = names::load(conn, None)?;
    let category = lookup::known_category(&names, text)?;
    if category.kind == CategoryKind::Income {
        return Err(Problem::usage(format!("`{}` is a category of income", visible(&category.name)))
            .hint("what was spent is in the categories of expenses")
            .into());
    }
    Ok((Some(category.name.clone()), Some(category.slug.clone())))
}
