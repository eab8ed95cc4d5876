//! Looking after accounts: making, changing, closing and deleting them.

use chrono::NaiveDate;

use super::lookup;
use super::resolve;
use super::rules;
use crate::db::accounts::{self, NewAccount};
use crate::db::names;
use crate::db::writer::Writer;
use crate::db::{
    account_numbers, currencies, postings, sources, statement_balances, statement_lines, transactions,
};
use crate::domain::account::{Account, AccountKind};
use crate::domain::category::Role;
use crate::domain::counted;
use crate::domain::ids::{OperationId, TransactionId};
use crate::domain::money::{AmountInput, CurrencyCode, Minor};
use crate::domain::name::{NameKind, clean, fold};
use crate::domain::transaction::{NewPosting, NewTransaction, Status};
use crate::error::{OrUsage, Problem, Result};

/// The payee of opening balances.
pub const OPENING: &str = "Starting balance";

/// What `account add` says.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// As typed.
    pub name: String,
    /// What sort of place it is.
    pub kind: AccountKind,
    /// The book's without one.
    pub currency: Option<CurrencyCode>,
    /// Keep it out of the budget.
    pub is_off_budget: bool,
    /// What it holds to begin with, signed as stored.
    pub balance: Option<AmountInput>,
    /// The day of that balance.
    pub date: NaiveDate,
}

/// An account, the operation, and what is worth telling.
#[derive(Debug, Clone)]
pub struct Changed {
    /// As it is now.
    pub account: Account,
    /// The operation.
    pub operation: OperationId,
    /// What it is called in the log.
    pub summary: String,
    /// For people, on stderr.
    pub notes: Vec<String>,
    /// A transaction that was recorded with it.
    pub transaction: Option<TransactionId>,
}

/// Makes an account, with its opening balance, as one operation.
///
/// # Errors
/// A name that cannot be or is taken; an unknown currency.
pub fn add(w: &mut Writer<'_>, wanted: &Wanted) -> Result<Changed> {
    let name = clean(NameKind::Account, &wanted.name).usage()?;
    let book = w.currency.code;
    let summary = format!("added account {name}{}", opening_of(w, wanted, book)?);
    let mut notes = Vec::new();
    if let Some(code) = wanted.currency.filter(|code| *code != book && !wanted.is_off_budget) {
        notes.push(format!("{name} is in {code} and therefore off budget, which is kept in {book}"));
    }
    let operation = w.begin(&summary)?;
    let account = make(w, wanted, book)?;
    let transaction = match &wanted.balance {
        Some(balance) => open_with(w, wanted, balance, &account)?,
        None => None,
    };
    Ok(Changed { account, operation, summary, notes, transaction })
}

/// `, starting balance -120.00`, if there is one.
fn opening_of(w: &mut Writer<'_>, wanted: &Wanted, book: CurrencyCode) -> Result<String> {
    let Some(balance) = &wanted.balance else { return Ok(String::new()) };
    let currency = currencies::get(w.conn(), wanted.currency.unwrap_or(book))?;
    let amount = balance.to_minor(&currency).usage()?.minor;
    let shown = crate::domain::money::format_human(amount, currency.exponent);
    Ok(if amount.is_zero() { String::new() } else { format!(", starting balance {shown}") })
}

/// Makes an account as part of an operation. `book` is what the book is kept in by now.
///
/// # Errors
/// A name that cannot be or is taken; an unknown currency.
pub fn make(w: &mut Writer<'_>, wanted: &Wanted, book: CurrencyCode) -> Result<Account> {
    let name = clean(NameKind::Account, &wanted.name).usage()?;
    let currency = currencies::get(w.conn(), wanted.currency.unwrap_or(book))?;
    let is_on_budget = !wanted.is_off_budget && currency.code == book;
    let new = NewAccount { key: fold(&name), name: name.clone(), kind: wanted.kind, currency, is_on_budget };
    Ok(accounts::insert(w, &new)?.ok_or_else(|| taken("account", &name, &lookup::quoted(&name)))?)
}

/// The opening balance, kept out of income and spending; nothing when it is 0.
fn open_with(
    w: &mut Writer<'_>,
    wanted: &Wanted,
    balance: &AmountInput,
    account: &Account,
) -> Result<Option<TransactionId>> {
    let currency = resolve::currency_of(w, account)?;
    let amount = balance.to_minor(&currency).usage()?.minor;
    if amount.is_zero() {
        return Ok(None);
    }
    let names = names::load(w.conn(), Some(&fold(OPENING)))?;
    // Off budget too: an opening debt was not spent, and what is off budget is never budgeted.
    let category = resolve::built_in(&names, Role::StartingBalances);
    let (payee, _) = resolve::make_payee(w, OPENING, names.payee)?;
    let posting = NewPosting {
        account: account.id,
        category: category.map(|category| category.id),
        date: wanted.date,
        amount,
        value: (account.currency == w.currency.code).then_some(amount),
        memo: None,
        status: Status::Cleared,
    };
    let new = NewTransaction {
        date: wanted.date,
        payee: Some(payee),
        note: None,
        tags: Vec::new(),
        postings: vec![posting],
    };
    Ok(Some(transactions::insert(w, &new)?))
}

fn taken(what: &str, name: &str, quoted: &str) -> Problem {
    Problem::conflict(format!("there is already an {what} named `{name}`"))
        .hint(format!("`groat {what} edit {quoted}` changes it"))
}

/// What `account edit` says; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Another name.
    pub name: Option<String>,
    /// Another kind.
    pub kind: Option<AccountKind>,
    /// Another currency, while nothing is posted.
    pub currency: Option<CurrencyCode>,
    /// On or off budget.
    pub is_on_budget: Option<bool>,
}

/// Changes an account.
///
/// # Errors
/// An unknown account; a name that is taken; another currency while it has postings; on budget in another
/// currency with postings that have no value.
pub fn edit(w: &mut Writer<'_>, text: &str, edit: &Edit) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let before = lookup::account(&names, text)?.clone();
    let mut account = before.clone();
    if let Some(name) = &edit.name {
        account.name = clean(NameKind::Account, name).usage()?;
        account.key = fold(&account.name);
        if names.accounts.iter().any(|other| other.id != account.id && other.key == account.key) {
            return Err(taken("account", &account.name, &lookup::quoted(&account.name)).into());
        }
    }
    account.kind = edit.kind.unwrap_or(account.kind);
    account.is_on_budget = edit.is_on_budget.unwrap_or(account.is_on_budget);
    if let Some(code) = edit.currency.filter(|code| *code != account.currency) {
        set_currency(w, &mut account, code)?;
    }
    if account.is_on_budget
        && account.currency != w.currency.code
        && postings::has_valueless(w.conn(), account.id)?
    {
        return Err(Problem::conflict(format!(
            "`{}` has postings without a value in {}",
            account.name, w.currency.code
        ))
        .hint("give each a value with `groat edit ID --amount AMOUNT --value AMOUNT` first")
        .into());
    }
    let summary = match account.name == before.name {
        true => format!("edited account {}", before.name),
        false => format!("renamed account {} to {}", before.name, account.name),
    };
    let operation = w.begin(&summary)?;
    accounts::update(w, &account)?;
    if account.name != before.name {
        rules::rename_account(w, &before, &account.name)?;
    }
    if account.is_on_budget != before.is_on_budget {
        w.forget_accounts();
        w.rebuild_totals()?;
    }
    Ok(Changed { account, operation, summary, notes: Vec::new(), transaction: None })
}

fn set_currency(w: &mut Writer<'_>, account: &mut Account, code: CurrencyCode) -> Result<()> {
    let count = postings::count_in_account(w.conn(), account.id)?;
    if count > 0 {
        return Err(Problem::conflict(format!(
            "`{}` has {} in {}: its currency is settled",
            account.name,
            counted(count, "posting", "postings"),
            account.currency
        ))
        .hint("make another account in the other currency")
        .into());
    }
    let count = statement_balances::count_in_account(w.conn(), account.id)?;
    if count > 0 {
        return Err(Problem::conflict(format!(
            "`{}` has {} in {}: its currency is settled",
            account.name,
            counted(count, "statement balance", "statement balances"),
            account.currency
        ))
        .hint("make another account in the other currency")
        .into());
    }
    let currency = currencies::get(w.conn(), code)?;
    account.currency = currency.code;
    account.exponent = currency.exponent;
    account.is_on_budget &= currency.code == w.currency.code;
    Ok(())
}

/// Closes an account; what it holds goes to another one first.
///
/// # Errors
/// An unknown account; a balance without `to`; accounts in different currencies.
pub fn close(w: &mut Writer<'_>, text: &str, to: Option<&str>, date: NaiveDate) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let mut account = lookup::account(&names, text)?.clone();
    if account.is_closed {
        return Err(Problem::conflict(format!("the account `{}` is already closed", account.name)).into());
    }
    let balance = Minor(postings::balance_of(w.conn(), account.id)?);
    let target = to.map(|to| lookup::account(&names, to)).transpose()?.cloned();
    let summary = format!("closed account {}", account.name);
    let movement = movement(w, &account, target, balance)?;
    let operation = w.begin(&summary)?;
    let transaction = movement.map(|target| empty_into(w, &account, &target, balance, date)).transpose()?;
    account.is_closed = true;
    accounts::update(w, &account)?;
    Ok(Changed { account, operation, summary, notes: Vec::new(), transaction })
}

/// Where the balance goes, when there is one.
fn movement(
    w: &Writer<'_>,
    account: &Account,
    target: Option<Account>,
    balance: Minor,
) -> Result<Option<Account>> {
    if balance.is_zero() {
        return Ok(None);
    }
    let Some(target) = target else {
        let shown = crate::domain::money::format_human(balance, account.exponent);
        return Err(Problem::conflict(format!(
            "`{}` still holds {shown} {}",
            account.name, account.currency
        ))
        .hint(format!(
            "say where it goes: `groat account close {} --to ACCOUNT`",
            lookup::quoted(&account.name)
        ))
        .into());
    };
    if target.id == account.id {
        return Err(Problem::usage(format!("`{}` cannot be emptied into itself", account.name)).into());
    }
    if target.is_closed {
        return Err(Problem::conflict(format!("the account `{}` is closed", target.name)).into());
    }
    if target.currency != account.currency || account.currency != w.currency.code && target.is_on_budget {
        return Err(Problem::usage(format!(
            "`{}` is in {} and `{}` in {}",
            account.name, account.currency, target.name, target.currency
        ))
        .hint("empty it first with `groat transfer AMOUNT FROM TO --received AMOUNT`")
        .into());
    }
    Ok(Some(target))
}

fn empty_into(
    w: &mut Writer<'_>,
    account: &Account,
    target: &Account,
    balance: Minor,
    date: NaiveDate,
) -> Result<TransactionId> {
    let leg = |account: &Account, amount: Minor, book: CurrencyCode| NewPosting {
        account: account.id,
        category: None,
        date,
        amount,
        value: (account.currency == book).then_some(amount),
        memo: None,
        status: resolve::default_status(account),
    };
    let book = w.currency.code;
    let postings = vec![leg(account, balance.checked_neg().usage()?, book), leg(target, balance, book)];
    transactions::insert(w, &NewTransaction { date, payee: None, note: None, tags: Vec::new(), postings })
}

/// Opens a closed account again.
///
/// # Errors
/// An unknown account; one that is open.
pub fn reopen(w: &mut Writer<'_>, text: &str) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let mut account = lookup::account(&names, text)?.clone();
    if !account.is_closed {
        return Err(Problem::conflict(format!("the account `{}` is open", account.name)).into());
    }
    let summary = format!("reopened account {}", account.name);
    let operation = w.begin(&summary)?;
    account.is_closed = false;
    accounts::update(w, &account)?;
    Ok(Changed { account, operation, summary, notes: Vec::new(), transaction: None })
}

/// Deletes an account that nothing uses.
///
/// # Errors
/// An unknown account; one in use, naming what uses it.
pub fn delete(w: &mut Writer<'_>, text: &str) -> Result<super::Done> {
    let names = names::load(w.conn(), None)?;
    let account = lookup::account(&names, text)?.clone();
    let postings = postings::count_in_account(w.conn(), account.id)?;
    let lines = statement_lines::count_in_account(w.conn(), account.id)?;
    if postings > 0 || lines > 0 {
        return Err(Problem::conflict(format!(
            "the account `{}` is in use: {}, {}",
            account.name,
            counted(postings, "posting", "postings"),
            counted(lines, "imported row", "imported rows")
        ))
        .hint(format!("`groat account close {}` keeps its history", lookup::quoted(&account.name)))
        .into());
    }
    rules::refuse_asked(w.conn(), &account)?;
    let summary = format!("deleted account {}", account.name);
    let operation = w.begin(&summary)?;
    account_numbers::forget(w, account.id)?;
    sources::forget(w, account.id)?;
    statement_balances::forget(w, account.id)?;
    accounts::delete(w, account.id)?;
    Ok(super::Done { operation: Some(operation), summary, transactions: Vec::new() })
}
