//! New rows as the other sides of transfers: those whose other account is named are joined, those that only look alike
//! are offered. What is gathered is small: rows and transactions of opposite amounts, and no others.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::sides::{self, Called, Side};
use super::{Matcher, Waiting};
use crate::db::connection::DbConn;
use crate::db::{names, other_sides};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::name::visible;
use crate::error::Result;
use crate::import::decision::{Decision, Match};
use crate::import::formats::text::fold;
use crate::import::formats::{FileLine, FormatName};
use crate::import::plan::{Request, Rows};

/// A new row that looks like the other side of a transaction, which nobody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The row's place in the file.
    pub index: usize,
    /// The line at which it starts.
    pub line: u64,
    /// The transaction.
    pub transaction: i64,
    /// Where that stands.
    pub account: String,
    /// How many others might be it as well.
    pub rivals: usize,
    /// Whether one of the two has a category.
    pub has_category: bool,
}

/// Rows and transactions that might be two sides of one transfer.
#[derive(Default)]
pub struct Transfers {
    /// Other accounts of the same currency, by id; this account, too, is called something.
    accounts: Vec<Account>,
    called: HashMap<i64, Called>,
    rows: Vec<Side>,
    candidates: BTreeMap<i64, Side>,
    /// The lines of the rows, by their places.
    lines: HashMap<i64, u64>,
}

impl Transfers {
    /// What accounts are called, where there is another that a transfer can come from.
    ///
    /// # Errors
    /// What the database says.
    pub fn new(conn: &mut DbConn, request: &Request) -> Result<Transfers> {
        let all = names::load(conn, None)?.accounts;
        let is_other = |account: &&Account| {
            account.id != request.account.id && account.currency == request.account.currency
        };
        let accounts: Vec<Account> = all.iter().filter(is_other).cloned().collect();
        let mut transfers = Transfers { accounts, ..Transfers::default() };
        if transfers.accounts.is_empty() {
            return Ok(transfers);
        }
        for account in transfers.accounts.iter().chain([&request.account]) {
            let called = Called { words: fold(&account.name), ..Called::default() };
            transfers.called.insert(account.id.0, called);
        }
        for (account, number) in other_sides::numbers(conn)? {
            transfers.call(account, sides::number(&number));
        }
        if let Rows::Of { names, .. } = &request.rows {
            names.iter().for_each(|name| transfers.call(request.account.id, sides::number(name)));
        }
        Ok(transfers)
    }

    fn call(&mut self, account: AccountId, number: String) {
        if let Some(called) = self.called.get_mut(&account.0) {
            called.numbers.insert(number);
        }
    }
}

impl Matcher<'_> {
    /// Keeps the rows that have the opposite amount of a transaction in another account, and these.
    pub(super) fn gather_transfers(&mut self, conn: &mut DbConn, open: &[&Waiting]) -> Result<()> {
        let lines = || open.iter().filter_map(|row| row.line.as_ref());
        let days = || lines().map(|(line, _)| line.date);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(()) };
        if self.transfers.accounts.is_empty() {
            return Ok(());
        }
        let (from, to) = super::rest::around(first, last);
        let amounts: HashSet<i64> = lines().filter_map(|(_, amount)| amount.0.checked_neg()).collect();
        let mut amounts: Vec<i64> = amounts.into_iter().collect();
        amounts.sort_unstable();
        let others: Vec<AccountId> = self.transfers.accounts.iter().map(|account| account.id).collect();
        let found = other_sides::find(conn, &others, &amounts, from, to)?;
        let there: HashSet<i64> = found.iter().map(|side| side.amount).collect();
        for side in found {
            let candidate = self.transfers.candidates.entry(side.transaction_id).or_default();
            *candidate = seen(side, std::mem::take(candidate));
        }
        let (account, would_name) = (self.request.account.id.0, names_other_sides(self.source));
        for row in open {
            if let Some((line, amount)) = &row.line
                && amount.0.checked_neg().is_some_and(|opposite| there.contains(&opposite))
                && !line.is_pending
            {
                let side = of_row(row.index, line, account, amount.0, would_name);
                self.transfers.lines.insert(side.id, line.line);
                self.transfers.rows.push(side);
            }
        }
        Ok(())
    }

    /// Joins the rows that are still new, over the whole file; what only looks alike is kept to be offered.
    pub(super) fn match_transfers(&mut self) {
        let Transfers { accounts, called, rows, candidates, lines } = std::mem::take(&mut self.transfers);
        let is_new = |row: &Side| {
            usize::try_from(row.id).is_ok_and(|index| self.matched.decisions[index] == Decision::New)
        };
        let rows: Vec<Side> = rows.into_iter().filter(is_new).collect();
        let candidates: Vec<Side> = candidates.into_values().collect();
        for pair in sides::pairs(&rows, &candidates, &called, self.said) {
            let Ok(index) = usize::try_from(pair.row) else { continue };
            let account = accounts.iter().find(|account| account.id.0 == pair.account);
            let account = account.map_or_else(String::new, |account| visible(&account.name).into_owned());
            if pair.is_named {
                let by = Match::OtherSide(self.matched.name_number(account));
                self.matched.decisions[index] = Decision::Matched { transaction: pair.transaction, by };
            } else if !self.said.leaves_offers() {
                let (transaction, rivals, has_category) = (pair.transaction, pair.rivals, pair.has_category);
                let line = lines.get(&pair.row).copied().unwrap_or_default();
                self.matched.offers.push(Offer { index, line, transaction, account, rivals, has_category });
            }
        }
    }
}

fn of_row(index: usize, line: &FileLine, account: i64, amount: i64, would_name: bool) -> Side {
    let texts = [&line.payee, &line.memo].into_iter().flatten().map(|text| fold(text)).collect();
    let other = line.other_account.as_deref().map(sides::number);
    let parts = line.purpose.iter().flat_map(|purpose| &purpose.parts);
    Side {
        id: i64::try_from(index).unwrap_or(i64::MAX),
        account,
        date: line.date,
        amount,
        texts,
        other,
        would_name,
        has_category: parts.into_iter().any(|part| part.category.is_some()),
    }
}

/// A transaction that several banks' rows show comes several times: what all of them say counts.
fn seen(side: other_sides::OtherSide, known: Side) -> Side {
    let texts = [side.payee, side.note, side.bank_payee, side.bank_memo];
    let texts = texts.into_iter().flatten().map(|text| fold(&text)).chain(known.texts).collect();
    let other = side.other_account.as_deref().map(sides::number).or(known.other);
    let would_name = side.source.as_deref().is_some_and(names_other_sides);
    Side {
        id: side.transaction_id,
        account: side.account_id,
        date: side.date,
        amount: side.amount,
        texts,
        other,
        would_name: would_name || known.would_name,
        has_category: side.has_category,
    }
}

/// Whether files of a source always name the other side of a transfer.
pub(super) fn names_other_sides(source: &str) -> bool {
    FormatName::parse(source).is_ok_and(FormatName::says_purposes)
}
