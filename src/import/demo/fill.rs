//! Writing an example household into a new book, a few hundred transactions a statement, through the same write path
//! as an import.

use std::collections::HashMap;

use super::budget;
use super::categories::{CATEGORIES, Shape};
use super::household::{Event, Household, Leg, Life, Purpose, TAGS};
use super::purses::Purse;
use crate::db::accounts::NewAccount;
use crate::db::tables::CHUNK;
use crate::db::writer::Writer;
use crate::db::{accounts, categories, groups, names, payees, tags, transactions};
use crate::domain::category::{Group, Role};
use crate::domain::ids::{AccountId, CategoryId, OperationId, PayeeId, TagId};
use crate::domain::money::Minor;
use crate::domain::name::fold;
use crate::domain::transaction::{NewPosting, NewTransaction};
use crate::error::{Problem, Result};

/// Writes the whole life of a household, as one operation. The book is to be a new one.
///
/// # Errors
/// A name that is taken; what the database says.
pub fn fill(w: &mut Writer<'_>, household: &Household) -> Result<OperationId> {
    let operation =
        w.begin(&format!("made an example household of {} transactions", household.transactions))?;
    let mut filling = Filling::new(w)?;
    let mut life = household.life();
    loop {
        let events: Vec<Event> = life.by_ref().take(CHUNK).collect();
        if events.is_empty() {
            budget::assign(filling.w)?;
            return Ok(operation);
        }
        filling.find_payees(&life, &events)?;
        let new = events.into_iter().map(|event| filling.transaction(event)).collect::<Result<Vec<_>>>()?;
        transactions::insert_many(filling.w, &new)?;
    }
}

/// The identities of what the household uses.
struct Filling<'w, 'c> {
    w: &'w mut Writer<'c>,
    accounts: Vec<AccountId>,
    categories: Vec<CategoryId>,
    opening: CategoryId,
    tags: Vec<TagId>,
    payees: HashMap<usize, PayeeId>,
    /// What an amount in hundredths is multiplied by: 10 where the currency counts in thousandths. Where it has no
    /// hundredths a household pays some hundred times as much: 350 yen for a coffee.
    factor: i64,
}

impl<'w, 'c> Filling<'w, 'c> {
    fn new(w: &'w mut Writer<'c>) -> Result<Self> {
        let built_in = names::load(w.conn(), None)?.categories;
        let opening = built_in.iter().find(|category| category.role == Some(Role::StartingBalances));
        let opening = opening.ok_or_else(|| Problem::internal("a new book has its built-in categories"))?.id;
        let accounts = Purse::ALL.iter().map(|purse| make_account(w, *purse)).collect::<Result<_>>()?;
        let categories = CATEGORIES.iter().map(|shape| make_category(w, shape)).collect::<Result<_>>()?;
        let tags = TAGS.iter().map(|name| Ok(tags::find_or_create(w, name, &fold(name))?.0));
        let tags = tags.collect::<Result<_>>()?;
        let factor = 10_i64.pow(w.currency.exponent.saturating_sub(2));
        Ok(Filling { w, accounts, categories, opening, tags, payees: HashMap::new(), factor })
    }

    fn find_payees(&mut self, life: &Life, events: &[Event]) -> Result<()> {
        let mut new: Vec<usize> = Vec::new();
        for index in events.iter().filter_map(|event| event.payee) {
            if !self.payees.contains_key(&index) && !new.contains(&index) {
                new.push(index);
            }
        }
        let wanted: Vec<(String, String)> =
            new.iter().map(|index| life.payee(*index)).map(|name| (fold(name), name.to_owned())).collect();
        let made: HashMap<String, payees::LastCategory> =
            payees::find_or_create_many(self.w, &wanted)?.into_iter().collect();
        for (index, (key, _)) in new.into_iter().zip(&wanted) {
            self.payees.insert(index, made.get(key).ok_or_else(|| taken(key))?.0);
        }
        Ok(())
    }

    fn transaction(&self, event: Event) -> Result<NewTransaction> {
        Ok(NewTransaction {
            date: event.date,
            payee: event.payee.and_then(|index| self.payees.get(&index)).copied(),
            note: event.note.map(str::to_owned),
            tags: event.tag.map(|tag| self.tags[tag]).into_iter().collect(),
            postings: event.legs.into_iter().map(|leg| self.posting(leg)).collect::<Result<_>>()?,
        })
    }

    fn posting(&self, leg: Leg) -> Result<NewPosting> {
        let amount = leg.amount.checked_mul(self.factor).map(Minor);
        let amount = amount.ok_or_else(|| Problem::internal("the household pays more than there is"))?;
        Ok(NewPosting {
            account: self.accounts[leg.purse as usize],
            category: match leg.purpose {
                Purpose::Unsaid => None,
                Purpose::Opening => Some(self.opening),
                Purpose::Category(index) => Some(self.categories[index]),
            },
            date: leg.date,
            amount,
            value: Some(amount),
            memo: leg.memo.map(str::to_owned),
            status: leg.status,
        })
    }
}

fn make_account(w: &mut Writer<'_>, purse: Purse) -> Result<AccountId> {
    let new = NewAccount {
        name: purse.name().to_owned(),
        key: fold(purse.name()),
        kind: purse.kind(),
        currency: w.currency.clone(),
        is_on_budget: purse.is_on_budget(),
    };
    Ok(accounts::insert(w, &new)?.ok_or_else(|| taken(purse.name()))?.id)
}

fn make_category(w: &mut Writer<'_>, shape: &Shape) -> Result<CategoryId> {
    let group = group(w, shape.group)?;
    let made = categories::insert(w, &group, shape.name, &fold(shape.name), shape.kind())?;
    Ok(made.ok_or_else(|| taken(shape.name))?.id)
}

/// The group of that name, made when it is the first time.
fn group(w: &mut Writer<'_>, name: &str) -> Result<Group> {
    let key = fold(name);
    match groups::find_by_key(w.conn(), &key)? {
        Some(group) => Ok(group),
        None => Ok(groups::insert(w, name, &key)?.ok_or_else(|| taken(name))?),
    }
}

fn taken(name: &str) -> Problem {
    Problem::conflict(format!("`{name}` is there already, and a demo goes only where nothing is"))
}
