//! Setting a book up: its currency, a first account, a set of categories to start with.

use super::accounts::{self, Wanted};
use crate::db::writer::Writer;
use crate::db::{accounts as account_rows, book, categories, currencies, groups, names, postings};
use crate::domain::category::CategoryKind;
use crate::domain::ids::OperationId;
use crate::domain::money::CurrencyCode;
use crate::domain::name::fold;
use crate::error::{Problem, Result};

/// Groups and categories that most households begin with.
const STARTER: [(&str, CategoryKind, &[&str]); 5] = [
    ("Home", CategoryKind::Expense, &["Rent", "Energy", "Internet and phone", "Insurance"]),
    ("Food", CategoryKind::Expense, &["Groceries", "Eating out"]),
    ("Getting around", CategoryKind::Expense, &["Public transport", "Car"]),
    ("Life", CategoryKind::Expense, &["Clothing", "Health", "Leisure", "Subscriptions", "Gifts", "Holidays"]),
    ("Income", CategoryKind::Income, &["Salary", "Interest"]),
];

/// What `init` says.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What values are in; can change while nothing is posted.
    pub currency: Option<CurrencyCode>,
    /// The first account.
    pub account: Option<Wanted>,
    /// Whether to make the categories that most households begin with.
    pub starter_categories: bool,
}

/// What `init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// None when everything was as asked for already.
    pub operation: Option<OperationId>,
    /// What was done, for people.
    pub notes: Vec<String>,
}

/// Sets a book up; can be said again.
///
/// # Errors
/// An unknown currency; another one when something is posted; an account whose name is taken.
pub fn set_up(w: &mut Writer<'_>, setup: &Setup) -> Result<Done> {
    let mut notes = Vec::new();
    let currency = setup.currency.filter(|code| *code != w.currency.code);
    if currency.is_none() && setup.account.is_none() && !setup.starter_categories {
        return Ok(Done { operation: None, notes });
    }
    let operation = w.begin("set the book up")?;
    let mut wanted = setup.account.clone();
    if let Some(code) = currency {
        change_currency(w, code)?;
        notes.push(format!("the book is kept in {code}"));
        wanted = wanted.map(|wanted| Wanted { currency: wanted.currency.or(Some(code)), ..wanted });
    }
    if let Some(wanted) = &wanted {
        let made = accounts::make(w, wanted, currency.unwrap_or(w.currency.code))?;
        notes.push(format!("added account {}", made.name));
    }
    if setup.starter_categories {
        let count = make_starter(w)?;
        notes.push(format!("added {count} categories"));
    }
    Ok(Done { operation: Some(operation), notes })
}

fn change_currency(w: &mut Writer<'_>, code: CurrencyCode) -> Result<()> {
    if postings::is_anything_posted(w.conn())? {
        return Err(Problem::conflict(format!("the book is kept in {}, and something is posted in it", w.currency.code))
            .hint("the currency can change while a book is empty: begin another with `groat --book NAME init --currency CODE`")
            .into());
    }
    let currency = currencies::get(w.conn(), code)?;
    book::set_currency(w, code.as_str())?;
    let old = w.currency.code;
    for mut account in account_rows::list(w.conn())?.into_iter().filter(|account| account.currency == old) {
        account.currency = code;
        account.exponent = currency.exponent;
        account_rows::update(w, &account)?;
    }
    Ok(())
}

fn make_starter(w: &mut Writer<'_>) -> Result<usize> {
    let there = names::load(w.conn(), None)?.categories;
    let mut count = 0;
    for (group_name, kind, all) in STARTER {
        let key = fold(group_name);
        let known = groups::find_by_key(w.conn(), &key)?;
        let group = match known {
            Some(group) => group,
            None => groups::insert(w, group_name, &key)?
                .ok_or_else(|| Problem::conflict("somebody else is setting the book up").hint("try again"))?,
        };
        for name in all {
            if there.iter().any(|category| category.key == fold(name)) {
                continue;
            }
            count += usize::from(categories::insert(w, &group, name, &fold(name), kind)?.is_some());
        }
    }
    Ok(count)
}
