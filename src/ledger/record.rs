//! Recording what was spent or earned: one operation, everything it needs made in passing.

use chrono::NaiveDate;

use super::resolve::{self, AccountChoice, CategoryChoice};
use crate::db::names::{self, Names};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::category::{Category, CategoryKind};
use crate::domain::ids::{PayeeId, TransactionId};
use crate::domain::money::{AmountInput, Currency, Minor, Sign, format_human};
use crate::domain::name::fold;
use crate::domain::transaction::{Amount, NewPosting, NewTransaction, Posting, Status, Transaction};
use crate::error::{OrUsage, Problem, Result};

/// What `add` and `income` say. Names and notes are cleaned, amounts are as written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Unsigned amounts are money in, and categories made in passing are of kind income.
    pub is_income: bool,
    /// The whole.
    pub amount: AmountInput,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// `none` leaves it uncategorised; without one the payee's last is taken.
    pub category: Option<String>,
    /// Without one the configured or the only one is taken.
    pub account: Option<String>,
    /// The day it happened.
    pub date: NaiveDate,
    /// A remark.
    pub note: Option<String>,
    /// Made where they are not there.
    pub tags: Vec<String>,
    /// Categories and their parts of the whole.
    pub split: Vec<(String, AmountInput)>,
    /// What it is worth in the book's currency, when the account has another.
    pub value: Option<AmountInput>,
    /// How far it is confirmed; without one cleared in cash and pending elsewhere.
    pub status: Option<Status>,
    /// No category is made in passing.
    pub is_strict: bool,
    /// The configured account.
    pub configured_account: Option<String>,
}

impl Entry {
    /// Whether money comes in unless a sign says otherwise.
    fn means_in(&self) -> bool {
        self.is_income || self.amount.sign == Sign::Plus
    }

    fn kind(&self) -> CategoryKind {
        if self.means_in() { CategoryKind::Income } else { CategoryKind::Expense }
    }
}

/// A stored transaction and what is worth telling of it: what was created or taken from before.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// As stored.
    pub transaction: Transaction,
    /// For people, on stderr.
    pub notes: Vec<String>,
}

/// Stores what was spent or earned.
///
/// # Errors
/// An amount of 0 or beyond 64 bits, a stated currency that is not the account's, a split that does not sum,
/// an account or category that is unknown or fits several.
pub fn record(w: &mut Writer<'_>, entry: &Entry) -> Result<Recorded> {
    let mut notes = Vec::new();
    let payee_key = entry.payee.as_deref().map(fold);
    let names = names::load(w.conn(), payee_key.as_deref())?;
    names.refuse_changed_book(w.currency.code)?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let account =
        resolve::account_choice(&names, entry.account.as_deref(), entry.configured_account.as_deref())?;
    let currency = match &account {
        AccountChoice::There(account) => resolve::currency_of(w, account)?,
        AccountChoice::First => w.currency.clone(),
    };
    let whole = resolve::signed(&entry.amount, &currency, entry.means_in(), &mut notes)?;
    let parts = parts(&names, entry, &currency, whole, &mut notes)?;
    let operation = w.begin(&summary(entry, whole, &currency, &names))?;

    let account = resolve::make_account(w, account, &mut notes)?;
    let payee = match &entry.payee {
        Some(name) => Some(resolve::make_payee(w, name, names.payee.clone())?),
        None => None,
    };
    let (tags, tag_names): (Vec<_>, Vec<_>) = resolve::make_tags(w, &entry.tags)?.into_iter().unzip();
    let values = values(w, entry, &account, whole, &parts)?;
    let status = entry.status.unwrap_or_else(|| resolve::default_status(&account));
    let mut postings = Vec::new();
    let mut shown = Vec::new();
    for ((choice, amount), value) in parts.into_iter().zip(values) {
        let category = resolve::make_category(w, choice, &mut notes)?;
        let posting = NewPosting {
            account: account.id,
            category: category.as_ref().map(|category| category.id),
            date: entry.date,
            amount,
            value,
            memo: None,
            status,
        };
        shown.push(view(&posting, &account, category.as_ref(), w.currency));
        postings.push(posting);
    }
    let new = NewTransaction {
        date: entry.date,
        payee: payee.as_ref().map(|(id, _)| *id),
        note: entry.note.clone(),
        tags,
        postings,
    };
    let id = transactions::insert(w, &new)?;
    let transaction = Transaction { tags: tag_names, ..assemble(w, id, &new, payee, shown, operation) };
    Ok(Recorded { transaction, notes })
}

/// Puts together what is answered, so that what was just written need not be read again.
pub(super) fn assemble(
    w: &Writer<'_>,
    id: TransactionId,
    new: &NewTransaction,
    payee: Option<(PayeeId, String)>,
    postings: Vec<Posting>,
    operation: crate::domain::ids::OperationId,
) -> Transaction {
    let (payee_id, payee) = payee.unzip();
    Transaction {
        id,
        date: new.date,
        payee,
        payee_id,
        note: new.note.clone(),
        tags: Vec::new(),
        postings,
        created_at: w.now(),
        updated_at: w.now(),
        operation,
    }
}

/// A posting as it is answered.
pub(super) fn view(
    posting: &NewPosting,
    account: &Account,
    category: Option<&Category>,
    book: &Currency,
) -> Posting {
    Posting {
        account: account.name.clone(),
        account_id: account.id,
        category: category.map(|category| category.name.clone()),
        category_slug: category.map(|category| category.slug.clone()),
        category_id: category.map(|category| category.id),
        category_kind: category.map(|category| category.kind),
        date: posting.date,
        amount: Amount { minor: posting.amount, exponent: account.exponent },
        currency: account.currency,
        value: posting.value.map(|minor| Amount { minor, exponent: book.exponent }),
        memo: posting.memo.clone(),
        status: posting.status,
    }
}

/// Each category with its signed part of the whole; one part without `--split`.
fn parts(
    names: &Names,
    entry: &Entry,
    currency: &Currency,
    whole: Minor,
    notes: &mut Vec<String>,
) -> Result<Vec<(CategoryChoice, Minor)>> {
    if entry.split.is_empty() {
        let choice = match &entry.category {
            Some(text) => resolve::category_choice(names, text, entry.kind(), entry.is_strict, notes)?,
            None => resolve::default_category(names, entry.kind(), notes),
        };
        return Ok(vec![(choice, whole)]);
    }
    if entry.category.is_some() {
        return Err(Problem::usage("`-c` and `--split` cannot be given together")
            .hint("name every category with `--split CATEGORY=AMOUNT`")
            .into());
    }
    let amounts = split_amounts(&entry.split, currency, whole, notes)?;
    entry
        .split
        .iter()
        .zip(amounts)
        .map(|((text, _), amount)| {
            Ok((resolve::category_choice(names, text, entry.kind(), entry.is_strict, notes)?, amount))
        })
        .collect()
}

/// The parts of a split, signed; unsigned ones follow the whole.
///
/// # Errors
/// A part of 0; parts that do not sum to the whole.
pub(super) fn split_amounts(
    split: &[(String, AmountInput)],
    currency: &Currency,
    whole: Minor,
    notes: &mut Vec<String>,
) -> Result<Vec<Minor>> {
    let amounts: Vec<Minor> = split
        .iter()
        .map(|(_, part)| resolve::signed(part, currency, !whole.is_negative(), notes))
        .collect::<Result<_>>()?;
    let sum = Minor::checked_sum(amounts.iter().copied()).usage()?;
    if sum != whole {
        let shown = |minor| format_human(minor, currency.exponent);
        let missing = whole.checked_sub(sum).usage()?;
        return Err(Problem::usage(format!(
            "the parts of the split sum to {}, but the whole is {}",
            shown(sum),
            shown(whole)
        ))
        .hint(format!("{} is left over: change a part or add one", shown(missing)))
        .into());
    }
    Ok(amounts)
}

/// What each part is worth in the book's currency.
fn values(
    w: &Writer<'_>,
    entry: &Entry,
    account: &Account,
    whole: Minor,
    parts: &[(CategoryChoice, Minor)],
) -> Result<Vec<Option<Minor>>> {
    if account.currency == w.currency.code {
        if entry.value.is_some() {
            return Err(Problem::usage(format!(
                "`--value` is for accounts in another currency than {}",
                account.currency
            ))
            .into());
        }
        return Ok(parts.iter().map(|(_, amount)| Some(*amount)).collect());
    }
    let Some(value) = &entry.value else {
        if account.is_on_budget {
            return Err(needs_value(account, w.currency).into());
        }
        return Ok(vec![None; parts.len()]);
    };
    if parts.len() > 1 {
        return Err(Problem::usage("`--value` cannot be shared out over a split")
            .hint("record each part as a transaction of its own")
            .into());
    }
    let value = resolve::signed(value, w.currency, !whole.is_negative(), &mut Vec::new())?;
    if value.is_negative() != whole.is_negative() {
        return Err(Problem::usage("the amount and its value must have the same sign").into());
    }
    Ok(vec![Some(value)])
}

/// What is said when a posting on budget has no value.
pub(super) fn needs_value(account: &Account, book: &Currency) -> Problem {
    Problem::usage(format!(
        "`{}` is in {} but on budget, which is kept in {}",
        account.name, account.currency, book.code
    ))
    .hint(format!(
        "say what it is worth with `--value AMOUNT` in {}, or `groat account edit {} --off-budget`",
        book.code,
        super::lookup::quoted(&account.name)
    ))
}

fn summary(entry: &Entry, whole: Minor, currency: &Currency, names: &Names) -> String {
    let amount = format_human(Minor(whole.0.saturating_abs()), currency.exponent);
    let payee = names.payee.as_ref().map(|known| known.name.as_str()).or(entry.payee.as_deref());
    let (verb, joint) = if whole.is_negative() { ("spent", "at") } else { ("received", "from") };
    match payee {
        Some(payee) => format!("{verb} {amount} {} {joint} {payee}", currency.code),
        None => format!("{verb} {amount} {}", currency.code),
    }
}
