//! What accounts and categories are called in a journal: `assets:` and `liabilities:`, `expenses:Group:Category` and
//! `income:...`, each by a name of its own that a journal can hold.

use std::collections::{HashMap, HashSet};

use crate::domain::account::{Account, AccountKind};
use crate::domain::category::{Category, CategoryKind, Role};
use crate::domain::ids::{AccountId, CategoryId};

/// Where money went that nobody has said anything of: hledger's own words.
pub const UNKNOWN_EXPENSES: &str = "expenses:unknown";
/// Where such money came from.
pub const UNKNOWN_INCOME: &str = "income:unknown";
/// What keeps a transfer in balance whose leg counts as spending, as money that goes off budget does.
pub const TRANSFERS: &str = "equity:transfers";

/// The group whose categories need no heading: `income:Salary`, not `income:Income:Salary`.
const INCOME_GROUP: &str = "income";

/// The journal's names.
#[derive(Debug, Clone, Default)]
pub struct Names {
    accounts: HashMap<AccountId, String>,
    categories: HashMap<CategoryId, String>,
    /// In the order in which they are declared.
    declared: Vec<String>,
}

impl Names {
    /// Names for these accounts and categories.
    pub fn new(accounts: &[Account], categories: &[Category]) -> Self {
        let mut names = Names::default();
        let mut taken = HashSet::new();
        let mut declare = |wanted: String, declared: &mut Vec<String>| {
            let free = (1..).map(|n| if n == 1 { wanted.clone() } else { format!("{wanted} {n}") });
            let name = free.into_iter().find(|name| taken.insert(name.clone())).unwrap_or_default();
            declared.push(name.clone());
            name
        };
        // Theirs before anybody else takes them, though they are shown last.
        let mut fixed = Vec::new();
        for name in [UNKNOWN_EXPENSES, UNKNOWN_INCOME, TRANSFERS] {
            declare(name.to_owned(), &mut fixed);
        }
        for account in accounts {
            let root = match account.kind {
                AccountKind::Card | AccountKind::Loan => "liabilities",
                _ => "assets",
            };
            let name = declare(format!("{root}:{}", part(&account.name)), &mut names.declared);
            names.accounts.insert(account.id, name);
        }
        for category in categories {
            let name = declare(wanted(category), &mut names.declared);
            names.categories.insert(category.id, name);
        }
        names.declared.extend(fixed);
        names
    }

    /// The name of an account.
    pub fn account(&self, id: AccountId) -> Option<&str> {
        self.accounts.get(&id).map(String::as_str)
    }

    /// The name of a category.
    pub fn category(&self, id: CategoryId) -> Option<&str> {
        self.categories.get(&id).map(String::as_str)
    }

    /// Every name, in the order in which they are declared.
    pub fn declared(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(String::as_str)
    }
}

fn wanted(category: &Category) -> String {
    let name = part(&category.name);
    match (category.role, category.kind) {
        // No report counts them as income, so no journal should.
        (Some(Role::StartingBalances), _) => format!("equity:{name}"),
        (_, CategoryKind::Expense) => format!("expenses:{}:{name}", part(&category.group_name)),
        _ if category.slug.split('/').next() == Some(INCOME_GROUP) => format!("income:{name}"),
        _ => format!("income:{}:{name}", part(&category.group_name)),
    }
}

/// A name as a part of an account's: two blanks would end it, and a `;` begins a comment.
fn part(name: &str) -> String {
    super::entry::plain(name).replace(';', ",")
}
