//! What an export knows of the book before it reads the first transaction: its accounts, categories and tags.

use std::collections::HashMap;

use crate::db::connection::DbConn;
use crate::db::names::{self, Names};
use crate::db::tags::{self, Tag};
use crate::domain::account::Account;
use crate::domain::category::Category;
use crate::domain::ids::{AccountId, CategoryId, TagId};
use crate::domain::money::Currency;
use crate::error::{Problem, Result};

/// What the book's transactions stand on.
pub struct Told {
    /// What values are in.
    pub currency: Currency,
    /// Open ones first, in the order of their names.
    pub accounts: Vec<Account>,
    /// In display order.
    pub categories: Vec<Category>,
    /// In the order of their names.
    pub tags: Vec<Tag>,
    /// Where they stand in the lists above, and what an account's amounts are in.
    places: Places,
}

struct Places {
    accounts: HashMap<AccountId, (usize, Currency)>,
    categories: HashMap<CategoryId, usize>,
    tags: HashMap<TagId, usize>,
}

impl Told {
    /// Reads it.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(conn: &mut DbConn, book: &Currency) -> Result<Told> {
        let Names { accounts, categories, .. } = names::load(conn, None)?;
        let tags = tags::list(conn)?;
        let numbered = accounts.iter().enumerate();
        let places = Places {
            accounts: numbered.map(|(at, account)| (account.id, (at, currency_of(account)))).collect(),
            categories: categories.iter().enumerate().map(|(at, category)| (category.id, at)).collect(),
            tags: tags.iter().enumerate().map(|(at, tag)| (tag.id, at)).collect(),
        };
        Ok(Told { currency: book.clone(), accounts, categories, tags, places })
    }

    /// An account.
    ///
    /// # Errors
    /// One that came meanwhile, as those below.
    pub fn account(&self, id: AccountId) -> Result<&Account> {
        let (at, _) = self.places.accounts.get(&id).ok_or_else(came_meanwhile)?;
        Ok(&self.accounts[*at])
    }

    /// A category.
    ///
    /// # Errors
    /// As above.
    pub fn category(&self, id: CategoryId) -> Result<&Category> {
        Ok(&self.categories[*self.places.categories.get(&id).ok_or_else(came_meanwhile)?])
    }

    /// A tag.
    ///
    /// # Errors
    /// As above.
    pub fn tag(&self, id: TagId) -> Result<&Tag> {
        Ok(&self.tags[*self.places.tags.get(&id).ok_or_else(came_meanwhile)?])
    }

    /// What an account's amounts are in.
    ///
    /// # Errors
    /// As above.
    pub fn currency_of(&self, account: AccountId) -> Result<&Currency> {
        let (_, currency) = self.places.accounts.get(&account).ok_or_else(came_meanwhile)?;
        Ok(currency)
    }
}

fn currency_of(account: &Account) -> Currency {
    Currency { code: account.currency, exponent: account.exponent, symbol: String::new() }
}

/// An account, category or tag that was not there when the names were read.
pub fn came_meanwhile() -> Problem {
    Problem::conflict("somebody changed the book's names while it was being written").hint("try again")
}
