//! What every budget command reads first, in two statements: the categories with their targets, and the facts.

use std::collections::HashMap;

use crate::db::budget_targets::{self, Targets};
use crate::db::connection::DbConn;
use crate::db::envelopes::facts;
use crate::db::names::Names;
use crate::domain::category::{Category, CategoryKind};
use crate::domain::envelope::{Envelope, Fact, MonthState, Series};
use crate::domain::ids::CategoryId;
use crate::domain::name::fold;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::lookup::{known_category, known_category_of, quoted};

/// The envelopes of a book, and all that their numbers come from.
#[derive(Debug, Clone)]
pub struct Envelopes {
    /// The expense categories in the order in which they are shown: envelope by envelope.
    pub categories: Vec<Category>,
    /// The months.
    pub series: Series,
    /// The template lines of those that have a target.
    pub targets: Targets,
    /// What each is called where names stand alone: by `group/category` where two bear one name.
    called: Vec<String>,
    names: Names,
}

/// How often what is read in several statements is read again because somebody wrote in between.
pub(super) const ATTEMPTS: usize = 8;

/// Where money can be in a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In no envelope yet.
    ToBeBudgeted,
    /// In this one, by its place among the envelopes.
    Envelope(usize),
}

impl Envelopes {
    /// Reads them. The two statements may see two states of the book: what the second tells of a category that was
    /// made in between has no place among those of the first, which are then read again.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(conn: &mut DbConn) -> Result<Envelopes> {
        for _ in 0..ATTEMPTS {
            let (all, targets) = budget_targets::with_categories(conn)?;
            if let Some(facts) = facts(conn, &all)? {
                return Ok(Envelopes::of(all, targets, facts));
            }
        }
        Err(Problem::internal("the budget tells of a category that there is not").into())
    }

    fn of(all: Vec<Category>, targets: Targets, facts: Vec<Fact>) -> Envelopes {
        let is_envelope = |category: &&Category| category.kind == CategoryKind::Expense;
        let categories: Vec<Category> = all.iter().filter(is_envelope).cloned().collect();
        let series = Series::new(categories.len(), facts);
        let mut namesakes: HashMap<&str, usize> = HashMap::new();
        all.iter().for_each(|category| *namesakes.entry(&category.key).or_default() += 1);
        let is_alone = |category: &Category| namesakes.get(category.key.as_str()) == Some(&1);
        let called = categories
            .iter()
            .map(|category| if is_alone(category) { category.name.clone() } else { category.slug.clone() });
        let called = called.collect();
        Envelopes {
            categories,
            series,
            targets,
            called,
            names: Names { categories: all, ..Names::default() },
        }
    }

    /// Whether anybody budgets: money was assigned or held in some month, or an envelope has a target. Where nobody
    /// does, every expense would look overspent.
    pub fn is_budgeted(&self) -> bool {
        self.series.is_budgeted() || !self.targets.is_empty()
    }

    /// The budget of a month.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn at(&self, month: Month) -> Result<MonthState> {
        self.series.at(month).usage()
    }

    /// The envelope that a text means: its name, `group/name`, or a beginning that fits one alone.
    ///
    /// # Errors
    /// None or several fit; an income category.
    pub fn envelope(&self, text: &str) -> Result<usize> {
        let category = known_category(&self.names, text)?;
        let at = self.categories.iter().position(|other| other.id == category.id);
        at.ok_or_else(|| {
            Problem::conflict(format!(
                "`{}` takes income: money is assigned to expense categories",
                category.name
            ))
            .hint("what comes in is to be budgeted by itself: `groat budget` shows it")
            .into()
        })
    }

    /// The envelope of a category, by its place.
    ///
    /// # Errors
    /// A category that is none of expenses: a bug.
    pub fn place_of(&self, id: CategoryId) -> Result<usize> {
        let at = self.categories.iter().position(|category| category.id == id);
        at.ok_or_else(|| Problem::internal(format!("the category {id} has no envelope")).into())
    }

    /// The income category that a text means.
    ///
    /// # Errors
    /// None or several fit; an expense category.
    pub fn income(&self, text: &str) -> Result<&Category> {
        let category = known_category_of(&self.names, text, CategoryKind::Income)?;
        if category.kind == CategoryKind::Income {
            return Ok(category);
        }
        Err(Problem::conflict(format!(
            "`{}` takes spending: a share is of an income category",
            category.name
        ))
        .hint("`groat category list` shows which are")
        .into())
    }

    /// The category of that identity.
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.names.categories.iter().find(|category| category.id == id)
    }

    /// An envelope, or `tbb`.
    ///
    /// # Errors
    /// As `envelope`.
    pub fn place(&self, text: &str) -> Result<Place> {
        if fold(text) == "tbb" {
            return Ok(Place::ToBeBudgeted);
        }
        self.envelope(text).map(Place::Envelope)
    }

    /// What a place is called.
    pub fn name(&self, place: Place) -> &str {
        match place {
            Place::ToBeBudgeted => "to be budgeted",
            Place::Envelope(at) => self.called(at),
        }
    }

    /// What an envelope is called where its group is not shown: by its slug where two bear one name.
    pub fn called(&self, at: usize) -> &str {
        &self.called[at]
    }

    /// What a place is called on the command line.
    pub fn word(&self, place: Place) -> String {
        match place {
            Place::ToBeBudgeted => "tbb".to_owned(),
            Place::Envelope(at) => quoted(&self.categories[at].slug),
        }
    }

    /// The category of a place; none is to be budgeted.
    pub fn id(&self, place: Place) -> Option<CategoryId> {
        match place {
            Place::ToBeBudgeted => None,
            Place::Envelope(at) => Some(self.categories[at].id),
        }
    }
}

/// How much a place has.
pub fn has(state: &MonthState, place: Place) -> i64 {
    match place {
        Place::ToBeBudgeted => state.to_be_budgeted.0,
        Place::Envelope(at) => envelope(state, at).available.0,
    }
}

/// An envelope of a month.
pub fn envelope(state: &MonthState, at: usize) -> Envelope {
    state.envelopes[at]
}
