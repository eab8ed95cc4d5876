//! Accounts that a file of another program names and the book has not: what they are to be called, of which kind and
//! in which currency, and their making within the operation of the import.

use std::collections::{HashMap, HashSet};

use super::formats::text::currency;
use super::formats::{self, Layout, ReadSeek, Row};
use super::plan::{How, Request, Rows};
use crate::db::account_numbers::FileKind;
use crate::db::names;
use crate::db::writer::Writer;
use crate::domain::account::{Account, AccountKind};
use crate::domain::money::CurrencyCode;
use crate::domain::name::{capitalise_first, clean_from_file, fold};
use crate::error::{Problem, Result};
use crate::ledger::accounts::{Wanted, make};

/// Where rows of a file go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An account of the book.
    There(Account),
    /// One that is to be made.
    New(NewAccount),
}

/// An account that is to be made for a file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// What it is to be called.
    pub name: String,
    /// Guessed by the words of the file's name.
    pub kind: AccountKind,
    /// What the file's rows of it are in; the book's where they do not say.
    pub currency: Option<CurrencyCode>,
    /// Whether money that goes there is spent, by the file: transfers to it have categories.
    pub is_off_budget: bool,
}

/// What the rows of a file show of its accounts.
#[derive(Debug, Default)]
pub struct Shown {
    /// The currency that most rows of each state.
    pub currencies: HashMap<String, CurrencyCode>,
    /// Those to which transfers have categories.
    pub off_budget: HashSet<String>,
}

/// Words in a name of a file's that tell the kind, the first that fits.
const KINDS: [(&str, AccountKind); 12] = [
    ("mortgage", AccountKind::Loan),
    ("loan", AccountKind::Loan),
    ("saving", AccountKind::Savings),
    ("sparkonto", AccountKind::Savings),
    ("cash", AccountKind::Cash),
    ("wallet", AccountKind::Cash),
    ("invest", AccountKind::Investment),
    ("broker", AccountKind::Investment),
    ("pension", AccountKind::Investment),
    ("card", AccountKind::Card),
    ("visa", AccountKind::Card),
    ("liabilit", AccountKind::Card),
];

impl NewAccount {
    /// For an account of a file: the last part of its name, or more of it where `taken` has that already.
    pub fn of(file_name: &str, shown: &Shown, taken: &[String]) -> NewAccount {
        let parts: Vec<&str> =
            file_name.split([':', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let longer =
            (1..=parts.len().max(1)).map(|count| parts[parts.len().saturating_sub(count)..].join(" "));
        let clean = |name: String| clean_from_file(&name).map(|name| capitalise_first(&name));
        let mut names = longer.filter_map(clean).filter(|name| !fold(name).is_empty());
        let first = names.next().unwrap_or_else(|| "Account".to_owned());
        let is_free = |name: &String| !taken.iter().any(|known| fold(known) == fold(name));
        let numbered = (2..).map(|number| format!("{first} {number}"));
        let name = std::iter::once(first.clone()).chain(names).chain(numbered).find(is_free).unwrap_or(first);
        let folded = fold(file_name);
        let kind = KINDS.iter().find(|(word, _)| folded.contains(word));
        NewAccount {
            name,
            kind: kind.map_or(AccountKind::Checking, |(_, kind)| *kind),
            currency: shown.currencies.get(file_name).copied(),
            is_off_budget: shown.off_budget.contains(file_name),
        }
    }
}

/// The kind of a file, as far as accounts are known by what it calls them.
pub fn file_kind(layout: &Layout) -> FileKind {
    FileKind { name: layout.kind(), is_case_kept: layout.says_purposes() }
}

/// What the rows of a file show of these accounts.
///
/// # Errors
/// A file that can no longer be read.
pub fn shown(input: &mut dyn ReadSeek, layout: &Layout, accounts: &[String]) -> Result<Shown> {
    let mut counts: HashMap<String, HashMap<String, usize>> = HashMap::new();
    let mut off_budget = HashSet::new();
    for row in formats::rows(input, layout)? {
        let Row::Line(line) = row? else { continue };
        let parts = line.purpose.iter().flat_map(|purpose| &purpose.parts);
        let spent =
            parts.filter(|part| part.category.is_some()).filter_map(|part| part.other_account.as_ref());
        off_budget.extend(spent.filter(|name| accounts.contains(name)).cloned());
        if let (Some(account), Some(currency)) = (line.account, line.currency)
            && accounts.contains(&account)
        {
            *counts.entry(account).or_default().entry(currency).or_default() += 1;
        }
    }
    let most = |counts: HashMap<String, usize>| {
        let by_count = |(code, count): &(String, usize)| (*count, std::cmp::Reverse(code.clone()));
        counts
            .into_iter()
            .max_by_key(by_count)
            .and_then(|(stated, _)| CurrencyCode::parse(currency::usual(&stated).unwrap_or(&stated)).ok())
    };
    let currencies = counts.into_iter().filter_map(|(account, counts)| Some((account, most(counts)?)));
    Ok(Shown { currencies: currencies.collect(), off_budget })
}

/// Makes the accounts that are new, and answers the requests with each in its place.
///
/// # Errors
/// An account of that name that came meanwhile; what the database says.
pub fn make_new(w: &mut Writer<'_>, orders: &[(Target, Rows)], how: &How) -> Result<Vec<Request>> {
    let mut requests = Vec::with_capacity(orders.len());
    for (target, rows) in orders {
        let account = match target {
            Target::There(account) => account.clone(),
            Target::New(new) => make_one(w, new)?,
        };
        requests.push(Request { account, rows: rows.clone(), how: how.clone() });
    }
    Ok(requests)
}

fn make_one(w: &mut Writer<'_>, new: &NewAccount) -> Result<Account> {
    if !w.has_begun() {
        w.begin("an import")?;
    }
    let book = names::load(w.conn(), None)?.book;
    let book = book.ok_or_else(|| Problem::internal("a book without a currency"))?;
    let wanted = Wanted {
        name: new.name.clone(),
        kind: new.kind,
        currency: new.currency,
        is_off_budget: new.is_off_budget,
        balance: None,
        date: chrono::NaiveDate::default(),
    };
    let account = make(w, &wanted, book)?;
    w.knows_accounts_if_any((account.id.0, account.is_on_budget));
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_called_by_the_last_part_of_their_names() {
        let new = |name, taken: &[&str]| {
            let taken: Vec<String> = taken.iter().map(|name| (*name).to_owned()).collect();
            let new = NewAccount::of(name, &Shown::default(), &taken);
            (new.name, new.kind)
        };
        assert_eq!(new("assets:bank:checking", &[]), ("Checking".to_owned(), AccountKind::Checking));
        assert_eq!(
            new("assets:bank:checking", &["checking"]),
            ("Bank checking".to_owned(), AccountKind::Checking)
        );
        assert_eq!(new("Savings", &["Savings"]), ("Savings 2".to_owned(), AccountKind::Savings));
        assert_eq!(new("Liabilities:MasterCard", &[]), ("MasterCard".to_owned(), AccountKind::Card));
        assert_eq!(new("liabilities:mortgage", &[]).1, AccountKind::Loan);
        assert_eq!(new("::", &[]).0, "Account");
    }
}
