//! What the present month assigns to envelopes, as the periodic rule by which `hledger balance --budget` compares.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::names::Names;
use super::text::amount;
use super::told::Told;
use crate::budget::month::budget;
use crate::db::connection::DbConn;
use crate::domain::ids::CategoryId;
use crate::domain::money::Currency;
use crate::domain::when::Month;
use crate::error::Result;

/// The account that a rule takes from what envelopes get: no transaction stands in it.
pub const SOURCE: &str = "equity:budget";

/// What a month assigns, in minor units of the book.
pub struct Budget {
    month: Month,
    assigned: Vec<(CategoryId, i64)>,
}

impl Budget {
    /// What the month of a day assigns; none where that is nothing.
    ///
    /// # Errors
    /// What the database says; a sum beyond 64 bits.
    pub fn load(conn: &mut DbConn, told: &Told, today: NaiveDate) -> Result<Option<Budget>> {
        let month = Month::of(today);
        let state = budget(conn, month, &told.currency)?;
        let assigned: Vec<(CategoryId, i64)> = state
            .lines()
            .filter(|line| line.assigned.minor.0 != 0)
            .filter_map(|line| {
                let category = told.categories.iter().find(|category| category.slug == line.category_slug)?;
                Some((category.id, line.assigned.minor.0))
            })
            .collect();
        Ok((!assigned.is_empty()).then_some(Budget { month, assigned }))
    }

    /// Appends the rule.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn write(&self, text: &mut String, names: &Names, currency: &Currency) -> Result<()> {
        // Two blanks end the period, which has an end lest it be a budget of all months to come.
        writeln!(text, "~ monthly from {} to {}  assigned in {0}", self.month, self.month.next())?;
        let mut sum = 0;
        for (category, minor) in &self.assigned {
            sum += i128::from(*minor);
            rule_line(text, names.category(*category)?, i128::from(*minor), currency)?;
        }
        rule_line(text, SOURCE, -sum, currency)?;
        text.push('\n');
        Ok(())
    }
}

fn rule_line(text: &mut String, account: &str, minor: i128, currency: &Currency) -> Result<()> {
    Ok(writeln!(text, "    {account:<36}  {:>10} {}", amount(minor, currency)?, currency.code)?)
}
