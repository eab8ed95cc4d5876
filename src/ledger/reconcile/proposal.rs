//! Explanations in words, each with the command that would do it.

use super::Reconciliation;
use super::explain::{Explained, Reason};
use crate::db::cleared::{Opening, Row};
use crate::db::names::Names;
use crate::domain::account::Account;
use crate::domain::category::Role;
use crate::domain::ids::TransactionId;
use crate::domain::money::{Minor, format_human, format_minor};
use crate::domain::name::visible;
use crate::ledger::lookup::quoted;
use crate::ledger::resolve;

/// What may explain a difference, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Proposal {
    /// Why it may.
    pub reason: Reason,
    /// The same for people.
    pub message: String,
    /// The transactions that it is about.
    pub transactions: Vec<TransactionId>,
    /// What would put it right, or show where to look; pasteable.
    pub command: String,
}

/// Words explanations of one account's difference.
pub struct Wording<'a> {
    /// The account.
    pub account: &'a Account,
}

impl Wording<'_> {
    /// An explanation by transactions.
    pub fn of(&self, found: &Explained<'_>) -> Proposal {
        let shown: Vec<String> = found.rows.iter().map(|row| self.shown(row)).collect();
        let shown = shown.join(", ");
        let ids: Vec<String> = found.rows.iter().map(|row| row.transaction.to_string()).collect();
        let last = ids.last().map_or("", String::as_str);
        let is_editable = found.rows.iter().all(|row| row.is_whole);
        let edit = |amount: Minor| match is_editable {
            true => format!("groat edit {last} --amount {}", self.typed(amount)),
            false => format!("groat show {last}"),
        };
        let amount = found.amount.unwrap_or_default();
        let (message, command) = match found.reason {
            Reason::Doubled => (format!("entered twice? {shown}"), format!("groat delete {last}")),
            Reason::WrongSign => {
                let way = if amount.is_negative() { "out, not in" } else { "in, not out" };
                (format!("money {way}? {shown}"), edit(amount))
            }
            Reason::DigitsSwapped => {
                (format!("digits swapped? {shown} may be {}", self.human(amount)), edit(amount))
            }
            Reason::NotOnStatement => {
                (format!("not on the statement? {shown}"), format!("groat edit {last} --pending"))
            }
            _ => (format!("still pending: {shown}"), format!("groat edit {} --cleared", ids.join(" "))),
        };
        let transactions = found.rows.iter().map(|row| row.transaction).collect();
        Proposal { reason: found.reason, message, transactions, command }
    }

    /// Where the statement says what is cleared, but with the other sign.
    pub fn of_turned(&self, result: &Reconciliation) -> Option<Proposal> {
        let (statement, cleared) = (result.statement.minor, result.cleared.minor);
        let is_turned = !cleared.is_zero() && i128::from(statement.0) == -i128::from(cleared.0);
        is_turned.then(|| Proposal {
            reason: Reason::StatementSign,
            message: format!(
                "the sign turned? {} are cleared, the same with the other sign; what is owed is negative",
                self.human(cleared)
            ),
            transactions: Vec::new(),
            command: format!(
                "groat reconcile {} --statement {} -d {}",
                quoted(&self.account.key),
                self.typed(cleared),
                result.date
            ),
        })
    }

    /// Where no transaction explains the difference: what may be missing.
    pub fn of_nothing(&self, names: &Names, result: &Reconciliation, opening: &Opening) -> Vec<Proposal> {
        let difference = result.difference.minor;
        let about = |reason, message: String, command: String| Proposal {
            reason,
            message,
            transactions: Vec::new(),
            command,
        };
        let account = quoted(&self.account.key);
        let verb = if difference.is_negative() { "add" } else { "income" };
        let typed = self.typed(Minor(difference.0.saturating_abs()));
        let mut all = Vec::new();
        let category = resolve::built_in(names, Role::StartingBalances).filter(|_| opening.is_missing);
        if let Some(category) = category {
            let day = opening.first_day.unwrap_or(result.date).min(result.date);
            all.push(about(
                Reason::StartingBalance,
                format!("no starting balance? {} was there before", self.human(difference)),
                format!(
                    "groat {verb} {typed} 'Starting balance' -a {account} -c {} -d {day} --cleared",
                    quoted(&category.slug)
                ),
            ));
        }
        all.push(about(
            Reason::Missing,
            format!("not in the book? a transaction of {}", self.human(difference)),
            format!("groat {verb} {typed} -a {account} -d {} --cleared", result.date),
        ));
        if difference.0 % 9 == 0 {
            all.push(about(
                Reason::DivisibleByNine,
                "digits swapped in some amount? the difference can be divided by 9".to_owned(),
                format!("groat report register -a {account} -p ..{}", result.date),
            ));
        }
        all
    }

    /// `12 (-4.56, tesco, 2026-01-14)`.
    fn shown(&self, row: &Row) -> String {
        let party = row.party.as_deref().map_or_else(String::new, |party| format!("{}, ", visible(party)));
        format!("{} ({}, {party}{})", row.transaction, self.human(row.amount), row.date)
    }

    fn human(&self, amount: Minor) -> String {
        format_human(amount, self.account.exponent)
    }

    /// As it can be typed, whatever the decimal mark is: three digits behind a mark may be thousands, four are not.
    fn typed(&self, amount: Minor) -> String {
        let text = format_minor(amount, self.account.exponent);
        if self.account.exponent == 3 { text + "0" } else { text }
    }
}
