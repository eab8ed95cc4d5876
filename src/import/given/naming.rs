//! The names in a file, and what of the book they are. Categories and tags that the book has not are made when a new row
//! needs them: what is known already may have been renamed here, or merged, and makes nothing again.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Given;
use super::categories::choice;
use crate::db::writer::Writer;
use crate::db::{account_numbers, names};
use crate::domain::category::Category;
use crate::domain::name::{clean_from_file, fold};
use crate::error::Result;
use crate::import::accounts::file_kind;
use crate::import::formats::{FileLine, Layout};
use crate::import::plan::Request;
use crate::ledger::resolve::{self, CategoryChoice};

/// The names in a file, each once, in order; categories with what they come to.
#[derive(Debug, Default)]
pub struct Named {
    categories: BTreeMap<String, Decimal>,
    accounts: BTreeSet<String>,
    /// Whether the file tells income from spending.
    tells_income: bool,
}

impl Named {
    /// No names yet.
    pub fn of(layout: &Layout) -> Named {
        Named { tells_income: layout.tells_income(), ..Named::default() }
    }

    /// Keeps what a row names.
    pub fn see(&mut self, line: &FileLine) {
        self.accounts.extend(line.other_account.clone());
        let Some(purpose) = &line.purpose else { return };
        for part in &purpose.parts {
            if let Some(category) = &part.category {
                let sum = self.categories.entry(category.clone()).or_default();
                *sum = sum.saturating_add(part.amount);
            }
            self.accounts.extend(part.other_account.clone());
        }
    }
}

impl Given {
    /// Finds accounts by the names of this file, by those of earlier ones, by the accounts' own.
    pub(super) fn find_accounts(
        &mut self,
        w: &mut Writer<'_>,
        layout: &Layout,
        requests: &[Request],
    ) -> Result<()> {
        let wanted: Vec<String> = std::mem::take(&mut self.named.accounts).into_iter().collect();
        let all = names::load(w.conn(), None)?.accounts;
        let known = account_numbers::find_many(w.conn(), &file_kind(layout), &wanted)?;
        for (name, known) in wanted.into_iter().zip(known) {
            let of_file = requests.iter().find(|request| request.rows.are_of(&name));
            let own = fold(last_part(&name));
            let account = of_file
                .map(|request| &request.account)
                .or_else(|| all.iter().find(|account| Some(account.id) == known))
                .or_else(|| all.iter().find(|account| account.key == own || account.key == fold(&name)));
            if let Some(account) = account {
                self.accounts.insert(name, account.clone());
            }
        }
        Ok(())
    }

    /// Finds the categories and tags of rows that become transactions, and makes those that are not there; answers the
    /// categories that it made.
    ///
    /// # Errors
    /// What the database says.
    pub fn make<'r>(
        &mut self,
        w: &mut Writer<'_>,
        rows: impl Iterator<Item = &'r FileLine>,
    ) -> Result<Vec<Category>> {
        let (mut categories, mut tags) = (BTreeSet::new(), BTreeSet::new());
        for purpose in rows.filter_map(|line| line.purpose.as_ref()) {
            let named = purpose.parts.iter().filter_map(|part| part.category.as_ref());
            categories.extend(named.filter(|text| !self.categories.contains_key(*text)));
            tags.extend(purpose.tags.iter().filter(|tag| !self.tags.contains_key(*tag)));
        }
        let made = self.make_categories(w, categories)?;
        for text in tags {
            let Some(name) = clean_from_file(text).filter(|name| !fold(name).is_empty()) else { continue };
            for (id, _) in resolve::make_tags(w, &[name])? {
                self.tags.insert(text.clone(), id);
            }
        }
        Ok(made)
    }

    fn make_categories(&mut self, w: &mut Writer<'_>, wanted: BTreeSet<&String>) -> Result<Vec<Category>> {
        let mut made = Vec::new();
        if wanted.is_empty() {
            return Ok(made);
        }
        let mut known = names::load(w.conn(), None)?;
        for text in wanted {
            let sum = self.named.categories.get(text).copied();
            let comes_in = !self.named.tells_income && sum.is_some_and(|sum| sum > Decimal::ZERO);
            let Some(choice) = choice(&known, text, comes_in) else { continue };
            let is_new = matches!(choice, CategoryChoice::New { .. });
            if let Some(category) = resolve::make_category(w, choice, &mut Vec::new())? {
                self.categories.insert(text.clone(), category.id);
                if is_new {
                    self.taken_over.categories.push(category.name.clone());
                    made.push(category);
                }
            }
            if is_new {
                known = names::load(w.conn(), None)?;
            }
        }
        Ok(made)
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
