//! Moving money between two own accounts: never income, never spending.

use chrono::NaiveDate;

use super::record::{Recorded, assemble, needs_value, view};
use super::{lookup, resolve};
use crate::db::names::{self, Names};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::category::Category;
use crate::domain::money::{AmountInput, Minor, Sign, format_human};
use crate::domain::transaction::{NewPosting, NewTransaction};
use crate::error::{OrUsage, Problem, Result};

/// What `transfer` says.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// What leaves the first account; without a sign.
    pub amount: AmountInput,
    /// What arrives, when the other account has another currency.
    pub received: Option<AmountInput>,
    /// Where it leaves.
    pub from: String,
    /// Where it arrives.
    pub to: String,
    /// Only between an account on budget and one off budget.
    pub category: Option<String>,
    /// The day of both legs.
    pub date: NaiveDate,
    /// A remark.
    pub note: Option<String>,
}

/// Stores a transfer.
///
/// # Errors
/// A signed amount or 0; the same account twice; an unknown or closed one; two currencies without `received`;
/// a category where none can stand.
pub fn transfer(w: &mut Writer<'_>, wanted: &Transfer) -> Result<Recorded> {
    let mut notes = Vec::new();
    let names = names::load(w.conn(), None)?;
    names.refuse_changed_book(w.currency.code)?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let from = open_account(&names, &wanted.from)?;
    let to = open_account(&names, &wanted.to)?;
    if from.id == to.id {
        return Err(Problem::usage(format!("`{}` cannot transfer to itself", from.name)).into());
    }
    let category = category(&names, wanted, &from, &to)?;
    let (out, arrived) = amounts(w, wanted, &from, &to, &mut notes)?;
    let (out_value, in_value) = values(w, &from, &to, out, arrived)?;
    let summary = format!(
        "moved {} {} from {} to {}",
        format_human(arrived_positive(out), from.exponent),
        from.currency,
        from.name,
        to.name
    );
    let operation = w.begin(&summary)?;
    let leg = |account: &Account, amount, value| NewPosting {
        account: account.id,
        category: category.as_ref().filter(|_| account.is_on_budget).map(|category| category.id),
        date: wanted.date,
        amount,
        value,
        memo: None,
        status: resolve::default_status(account),
    };
    let postings = vec![leg(&from, out, out_value), leg(&to, arrived, in_value)];
    let shown = [(&postings[0], &from), (&postings[1], &to)].map(|(posting, account)| {
        view(posting, account, category.as_ref().filter(|_| account.is_on_budget), w.currency)
    });
    let new = NewTransaction {
        date: wanted.date,
        payee: None,
        note: wanted.note.clone(),
        tags: Vec::new(),
        postings,
    };
    let id = transactions::insert(w, &new)?;
    Ok(Recorded { transaction: assemble(w, id, &new, None, shown.to_vec(), operation), notes })
}

fn arrived_positive(out: Minor) -> Minor {
    Minor(out.0.saturating_neg())
}

fn open_account(names: &Names, text: &str) -> Result<Account> {
    match resolve::account_choice(names, Some(text), None)? {
        resolve::AccountChoice::There(account) => Ok(account),
        resolve::AccountChoice::First => Err(Problem::internal("a named account is the first one").into()),
    }
}

/// A category may stand on the leg in the account on budget, when the other one is off budget.
fn category(names: &Names, wanted: &Transfer, from: &Account, to: &Account) -> Result<Option<Category>> {
    let Some(text) = wanted.category.as_deref().filter(|text| crate::domain::name::fold(text) != "none")
    else {
        return Ok(None);
    };
    if from.is_on_budget == to.is_on_budget {
        let side = if from.is_on_budget { "on budget" } else { "off budget" };
        return Err(Problem::usage(format!(
            "`{}` and `{}` are both {side}: such a transfer has no category",
            from.name, to.name
        ))
        .hint("leave `-c` away: money that only moves is not spent")
        .into());
    }
    Ok(Some(lookup::known_category(names, text)?.clone()))
}

/// What leaves (negative) and what arrives.
fn amounts(
    w: &mut Writer<'_>,
    wanted: &Transfer,
    from: &Account,
    to: &Account,
    notes: &mut Vec<String>,
) -> Result<(Minor, Minor)> {
    for input in std::iter::once(&wanted.amount).chain(&wanted.received) {
        if input.sign != Sign::Unsigned {
            return Err(Problem::usage("the amount of a transfer has no sign")
                .hint("money goes from the first account to the second: swap them for the other way")
                .into());
        }
    }
    let from_currency = resolve::currency_of(w, from)?;
    let out = resolve::signed(&wanted.amount, &from_currency, false, notes)?;
    if from.currency == to.currency {
        let arrived = out.checked_neg().usage()?;
        if let Some(received) = &wanted.received
            && resolve::signed(received, &from_currency, true, notes)? != arrived
        {
            return Err(Problem::usage(format!(
                "both accounts are in {}: what arrives is what left",
                from.currency
            ))
            .hint("record a fee as spending of its own: `groat add FEE -a ACCOUNT`")
            .into());
        }
        return Ok((out, arrived));
    }
    let Some(received) = &wanted.received else {
        return Err(Problem::usage(format!(
            "`{}` is in {} and `{}` in {}",
            from.name, from.currency, to.name, to.currency
        ))
        .hint(format!("say what arrived with `--received AMOUNT` in {}", to.currency))
        .into());
    };
    let to_currency = resolve::currency_of(w, to)?;
    Ok((out, resolve::signed(received, &to_currency, true, notes)?))
}

/// Both legs are worth the same: what is known in the book's currency.
fn values(
    w: &Writer<'_>,
    from: &Account,
    to: &Account,
    out: Minor,
    arrived: Minor,
) -> Result<(Option<Minor>, Option<Minor>)> {
    let book = w.currency.code;
    if from.currency == book {
        return Ok((Some(out), Some(out.checked_neg().usage()?)));
    }
    if to.currency == book {
        return Ok((Some(arrived.checked_neg().usage()?), Some(arrived)));
    }
    match [from, to].into_iter().find(|account| account.is_on_budget) {
        Some(account) => Err(needs_value(account, w.currency).into()),
        None => Ok((None, None)),
    }
}
