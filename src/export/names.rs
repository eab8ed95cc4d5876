//! What accounts and categories are called in a file: each by a name of its own, put together and spelt as the format
//! wants it.

use std::collections::{HashMap, HashSet};

use super::told::{Told, came_meanwhile};
use crate::domain::account::{Account, AccountKind};
use crate::domain::category::{Category, CategoryKind, Role};
use crate::domain::ids::{AccountId, CategoryId, TagId};
use crate::domain::money::CurrencyCode;
use crate::error::Result;

/// How a format puts names together.
pub struct Spelling {
    /// What names of accounts begin with; empty where they stand alone.
    pub account: fn(&Account) -> &'static str,
    /// What names of categories begin with.
    pub category: fn(&Category) -> &'static str,
    /// A name as one part of a longer one.
    pub part: fn(&str) -> String,
    /// Between a name that is taken and the number that sets the next one apart.
    pub before_number: char,
    /// Names that are no account's and no category's: theirs before anybody else takes them.
    pub fixed: &'static [&'static str],
}

/// A name and whose it is.
pub struct Named {
    /// As the file has it.
    pub name: String,
    /// As the book has it, `Group:Category` of a category; none of a fixed one.
    pub said: Option<String>,
    /// What an account's amounts are in.
    pub currency: Option<CurrencyCode>,
}

/// The names of a file.
pub struct Names {
    all: Vec<Named>,
    accounts: HashMap<AccountId, usize>,
    categories: HashMap<CategoryId, usize>,
}

impl Names {
    /// Names for a book's accounts and categories.
    pub fn new(told: &Told, spelling: &Spelling) -> Names {
        let mut taken: HashSet<String> = spelling.fixed.iter().map(|&name| name.to_owned()).collect();
        let mut names = Names { all: Vec::new(), accounts: HashMap::new(), categories: HashMap::new() };
        for account in &told.accounts {
            let wanted = format!("{}{}", (spelling.account)(account), (spelling.part)(&account.name));
            let name = free(wanted, spelling.before_number, &mut taken);
            names.accounts.insert(account.id, names.all.len());
            let (said, currency) = (Some(account.name.clone()), Some(account.currency));
            names.all.push(Named { name, said, currency });
        }
        for category in &told.categories {
            let name = free(wanted(category, spelling), spelling.before_number, &mut taken);
            names.categories.insert(category.id, names.all.len());
            let said = Some(format!("{}:{}", category.group_name, category.name));
            names.all.push(Named { name, said, currency: None });
        }
        let fixed = spelling.fixed.iter().map(|&name| name.to_owned());
        names.all.extend(fixed.map(|name| Named { name, said: None, currency: None }));
        names
    }

    /// The name of an account.
    ///
    /// # Errors
    /// An account that came meanwhile.
    pub fn account(&self, id: AccountId) -> Result<&str> {
        let at = self.accounts.get(&id).ok_or_else(came_meanwhile)?;
        Ok(&self.all[*at].name)
    }

    /// The name of a category.
    ///
    /// # Errors
    /// A category that came meanwhile.
    pub fn category(&self, id: CategoryId) -> Result<&str> {
        let at = self.categories.get(&id).ok_or_else(came_meanwhile)?;
        Ok(&self.all[*at].name)
    }

    /// Every name: accounts, categories, fixed ones.
    pub fn all(&self) -> &[Named] {
        &self.all
    }
}

/// The group whose categories need no heading: `income:Salary`, not `income:Income:Salary`.
const INCOME_GROUP: &str = "income";

fn wanted(category: &Category, spelling: &Spelling) -> String {
    let (root, part) = ((spelling.category)(category), spelling.part);
    let stands_alone = match (category.role, category.kind) {
        (Some(Role::StartingBalances), _) => true,
        (_, CategoryKind::Expense) => false,
        _ => category.slug.split('/').next() == Some(INCOME_GROUP),
    };
    match stands_alone && !root.is_empty() {
        true => format!("{root}{}", part(&category.name)),
        false => format!("{root}{}:{}", part(&category.group_name), part(&category.name)),
    }
}

/// The name itself, or with a number behind it that makes it another.
fn free(wanted: String, before_number: char, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{wanted}{before_number}{n}"));
    let mut names = std::iter::once(wanted.clone()).chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or(wanted)
}

/// Whether what stands in it is owed.
pub fn is_owed(account: &Account) -> bool {
    matches!(account.kind, AccountKind::Card | AccountKind::Loan)
}

/// Tags by names of their own, spelt as a format wants them.
pub fn tags(told: &Told, spelt: fn(&str) -> String, before_number: char) -> HashMap<TagId, String> {
    let mut taken = HashSet::new();
    let named = told.tags.iter().map(|tag| (tag.id, free(spelt(&tag.name), before_number, &mut taken)));
    named.collect()
}
