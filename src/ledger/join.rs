//! Making one transfer of two transactions that are its two sides. Rows of banks' files that were either of them are
//! the transfer's from then on.

use super::list::get;
use super::record::Recorded;
use crate::db::writer::Writer;
use crate::db::{names, statement_lines, transactions};
use crate::domain::ids::TransactionId;
use crate::domain::transaction::{NewPosting, NewTransaction, Posting, Transaction};
use crate::error::{Problem, Result};

/// Joins two transactions, each in one account, whose amounts are opposite; the earlier one's words, number and tags
/// stay, and what only the other has is added.
///
/// # Errors
/// An unknown id; the same one twice; a transaction that is split or a transfer; one account; amounts that do not
/// meet in one currency; a reconciled side whose day or amount would change: none does.
pub fn join(w: &mut Writer<'_>, ids: [TransactionId; 2]) -> Result<Recorded> {
    let (first, second) = (ids[0].min(ids[1]), ids[0].max(ids[1]));
    if first == second {
        return Err(Problem::usage(format!("transaction {first} is one side alone")).into());
    }
    let book = w.currency;
    let names = names::load(w.conn(), None)?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let (kept, gone) = (get(w.conn(), first, book)?, get(w.conn(), second, book)?);
    let sides = (only(&kept)?, only(&gone)?);
    refuse_apart(&kept, &gone, sides)?;
    let on_budget = |posting: &Posting| {
        names.accounts.iter().any(|account| account.id == posting.account_id && account.is_on_budget)
    };
    let is_mixed = on_budget(sides.0) != on_budget(sides.1);
    let mut notes = Vec::new();
    let mut leg = |posting: &Posting| {
        let stays = is_mixed && on_budget(posting);
        if let Some(category) = posting.category.as_ref().filter(|_| !stays) {
            notes.push(format!("the transfer has no category: {category} is left out"));
        }
        NewPosting {
            account: posting.account_id,
            category: posting.category_id.filter(|_| stays),
            date: posting.date,
            amount: posting.amount.minor,
            value: posting.value.map(|value| value.minor),
            memo: posting.memo.clone(),
            status: posting.status,
        }
    };
    let postings = vec![leg(sides.0), leg(sides.1)];
    let all_tags = kept.tags.iter().chain(&gone.tags);
    let tags = all_tags.map(|tag| super::tags::get_id(w.conn(), tag)).collect::<Result<_>>()?;
    w.begin(&format!("joined transactions {first} and {second} into a transfer"))?;
    let new = NewTransaction {
        date: kept.date,
        payee: kept.payee_id.or(gone.payee_id),
        note: kept.note.clone().or_else(|| gone.note.clone()),
        tags,
        postings,
    };
    transactions::update(w, first, &new)?;
    statement_lines::hand_over(w, second, first)?;
    let image = transactions::get_images(w.conn(), &[second])?;
    transactions::remove(w, &image)?;
    let transaction = get(w.conn(), first, book)?;
    Ok(Recorded { transaction, notes })
}

fn only(transaction: &Transaction) -> Result<&Posting> {
    match transaction.postings.as_slice() {
        [only] => Ok(only),
        _ => Err(Problem::conflict(format!("transaction {} has several parts", transaction.id))
            .hint("one side of a transfer is a single amount in one account")
            .into()),
    }
}

fn refuse_apart(kept: &Transaction, gone: &Transaction, (one, other): (&Posting, &Posting)) -> Result<()> {
    let (first, second) = (kept.id, gone.id);
    if one.account_id == other.account_id {
        return Err(Problem::conflict(format!(
            "transactions {first} and {second} are both in {}",
            one.account
        ))
        .hint("the two sides of a transfer stand in two accounts")
        .into());
    }
    let is_opposite = one.amount.minor.checked_neg().is_ok_and(|opposite| opposite == other.amount.minor);
    if one.currency != other.currency || !is_opposite {
        return Err(Problem::conflict(format!(
            "transactions {first} and {second} are {} {} and {} {}, not opposite",
            one.amount, one.currency, other.amount, other.currency
        ))
        .hint("`groat transfer AMOUNT FROM TO --received AMT` records an exchange")
        .into());
    }
    Ok(())
}
