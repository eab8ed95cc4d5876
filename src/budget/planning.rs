//! From the envelopes of a book to what `plan` works with: the lines read again, and what other months held.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::envelopes::Envelopes;
use super::plan::{CategoryInput, History, Input, Target};
use crate::db::budget_targets::Line as Stored;
use crate::db::connection::DbConn;
use crate::db::envelopes::income_by_category;
use crate::domain::envelope::{Envelope, Stretch};
use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::money::{Currency, DecimalMark, Minor};
use crate::domain::target::{Line, Reading};
use crate::domain::when::Month;
use crate::error::{Problem, Result};

/// How stored lines are read: they are canonical, so that nothing depends on the user's settings or day.
pub fn stored_reading(currency: &Currency, month: Month) -> Reading<'_> {
    Reading { today: month.first_day(), mark: DecimalMark::Point, order: None, currency }
}

/// What a plan of a month starts from.
///
/// # Errors
/// A stored line that this groat does not read; a sum beyond 64 bits.
pub fn input(
    envelopes: &Envelopes,
    month: Month,
    current_month: Month,
    overwrite: bool,
    currency: &Currency,
) -> Result<Input> {
    let state = envelopes.at(month)?;
    let categories =
        envelopes.categories.iter().zip(&state.envelopes).enumerate().map(|(at, (category, envelope))| {
            let none = Vec::new();
            let lines = envelopes.targets.get(&category.id).unwrap_or(&none);
            Ok(CategoryInput {
                id: category.id,
                name: envelopes.called(at).to_owned(),
                is_visible: !category.is_hidden,
                assigned: envelope.assigned,
                rollover: envelope.rollover,
                targets: lines
                    .iter()
                    .map(|stored| target(envelopes, stored, month, currency))
                    .collect::<Result<_>>()?,
            })
        });
    Ok(Input {
        month,
        current_month,
        to_be_budgeted: state.to_be_budgeted,
        exponent: currency.exponent,
        categories: categories.collect::<Result<_>>()?,
        overwrite,
    })
}

/// A line as it is by now: an income category under its present name.
pub fn target(
    envelopes: &Envelopes,
    (text, income): &Stored,
    month: Month,
    currency: &Currency,
) -> Result<Target> {
    let line = Line::parse(text, &stored_reading(currency, month)).map_err(|misread| {
        Problem::conflict(format!("the target line `{text}` cannot be read: {}", misread.reason.message))
            .hint("a newer groat may have written it; `groat budget target CATEGORY LINE...` replaces it")
    })?;
    let named = income.and_then(|id| envelopes.category(id));
    Ok(Target {
        line: named.map_or(line.clone(), |category| line.with_category(&category.slug)),
        income: *income,
    })
}

/// What other months held, read once.
pub struct Past<'a> {
    envelopes: &'a Envelopes,
    places: HashMap<CategoryId, usize>,
    income: HashMap<(CategoryId, Month), i64>,
    /// From the first month to the one that is planned; worked out when a line asks.
    stretches: OnceCell<std::result::Result<Vec<Stretch>, Invalid>>,
    month: Month,
}

impl<'a> Past<'a> {
    /// What came before a month, and its income.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(conn: &mut DbConn, envelopes: &'a Envelopes, month: Month) -> Result<Past<'a>> {
        let places = envelopes.categories.iter().zip(0..).map(|(category, at)| (category.id, at)).collect();
        let income = income_by_category(conn, month.previous(), month)?.into_iter();
        let income = income.map(|(id, month, value)| ((id, month), value)).collect();
        Ok(Past { envelopes, places, income, stretches: OnceCell::new(), month })
    }

    fn envelope(&self, category: CategoryId, month: Month) -> std::result::Result<Envelope, Invalid> {
        let at = self.places.get(&category);
        let at = at.ok_or_else(|| Invalid::new(format!("the category {category} has no envelope")))?;
        let Some(first) = self.envelopes.series.first().filter(|first| *first <= month) else {
            return Ok(Envelope::default());
        };
        if month > self.month {
            return Ok(self.envelopes.series.at(month)?.envelopes[*at]);
        }
        let all = self.stretches.get_or_init(|| self.envelopes.series.stretches(first, self.month)).as_ref();
        let all = all.map_err(Clone::clone)?;
        let stretch = all.get(all.partition_point(|stretch| stretch.last() < month));
        Ok(stretch.map_or_else(Envelope::default, |stretch| stretch.state.envelopes[*at]))
    }
}

impl History for Past<'_> {
    fn assigned(&self, category: CategoryId, month: Month) -> std::result::Result<Minor, Invalid> {
        Ok(self.envelope(category, month)?.assigned)
    }

    fn activity(&self, category: CategoryId, month: Month) -> std::result::Result<Minor, Invalid> {
        Ok(self.envelope(category, month)?.activity)
    }

    fn available(&self, category: CategoryId, month: Month) -> std::result::Result<Minor, Invalid> {
        Ok(self.envelope(category, month)?.available)
    }

    fn income(&self, category: Option<CategoryId>, month: Month) -> std::result::Result<Minor, Invalid> {
        match category {
            Some(category) => Ok(Minor(self.income.get(&(category, month)).copied().unwrap_or(0))),
            None => {
                let all = self.income.iter().filter(|((_, of), _)| *of == month);
                Minor::checked_sum(all.map(|(_, value)| Minor(*value)))
            }
        }
    }
}
