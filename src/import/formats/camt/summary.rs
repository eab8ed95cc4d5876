//! What one statement says of itself: its account, its balances, and whether its entries lead from one to the other.
//!
//! `items` fills it while the entries go by; `survey` tells what it finds.

use rust_decimal::Decimal;

use super::amount;
use super::balance::{Balance, End};
use super::entry::Head;
use super::kind::Kind;
use super::leaf::{Leaf, shown, tidy};

/// More balances, and more currencies, than a statement has.
const MOST: usize = 100;

/// A statement, report or notification.
#[derive(Debug)]
pub struct Summary {
    /// Which message it is part of.
    pub kind: Kind,
    /// The account's IBAN or number, and its currency.
    pub account: Option<String>,
    pub currency: Option<String>,
    id: Option<String>,
    balances: Vec<Balance>,
    unreadable: Vec<End>,
    /// The booked entries' sums by currency; none where one is too great.
    sums: Vec<(String, Option<Decimal>)>,
    /// Entries that are rejected, of which nothing is known.
    rejected: u64,
    /// Entries that are left out, or are one row though they are several payments.
    pub passed_over: PassedOver,
}

/// What is not told by rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Entries that are for information only.
    pub information: u64,
    /// Pending entries without a day.
    pub undated: u64,
    /// Entries whose details do not sum to them.
    pub unsummed: u64,
}

impl Summary {
    /// A statement that begins.
    pub fn new(kind: Kind) -> Summary {
        Summary {
            kind,
            account: None,
            currency: None,
            id: None,
            balances: Vec::new(),
            unreadable: Vec::new(),
            sums: Vec::new(),
            rejected: 0,
            passed_over: PassedOver::default(),
        }
    }

    /// Takes in an element below the statement's.
    pub fn take(&mut self, leaf: Leaf<'_>) {
        let text = leaf.text;
        match leaf.path {
            "Id" => self.id = Some(shown(text).to_owned()),
            "Acct/Id/IBAN" => self.account = Some(tidy(text)),
            "Acct/Id/Othr/Id" if self.account.is_none() => self.account = Some(tidy(text)),
            "Acct/Ccy" => self.currency = Some(text.to_owned()),
            _ => {}
        }
    }

    /// Takes in a balance, or that one cannot be read.
    pub fn balance(&mut self, balance: Result<Option<Balance>, End>) {
        match balance {
            Ok(Some(balance)) if self.balances.len() < MOST => self.balances.push(balance),
            Err(end) if self.unreadable.len() < MOST => self.unreadable.push(end),
            Ok(_) | Err(_) => {}
        }
    }

    /// Counts an entry that is booked.
    pub fn count(&mut self, head: &Head) {
        let Some(currency) = head.currency.as_ref().or(self.currency.as_ref()) else { return };
        let is_full = self.sums.len() == MOST;
        match self.sums.iter_mut().find(|(code, _)| code == currency) {
            Some((_, sum)) => *sum = sum.and_then(|sum| sum.checked_add(head.amount)),
            None if is_full => {}
            None => self.sums.push((currency.clone(), Some(head.amount))),
        }
    }

    /// Counts an entry that is rejected.
    pub fn count_rejected(&mut self) {
        self.rejected += 1;
    }

    /// The booked balances at its end, but for those of pages.
    pub fn closing(&self) -> impl Iterator<Item = &Balance> {
        self.balances.iter().filter(|balance| balance.end == End::Closing && !balance.is_interim)
    }

    /// The currencies of its account and of its closing balances.
    pub fn currencies(&self) -> impl Iterator<Item = &str> {
        let own = self.currency.as_deref().filter(|code| amount::is_currency(code));
        own.into_iter().chain(self.closing().map(|balance| balance.currency.as_str()))
    }

    /// What does not add up: one sentence for each.
    pub fn notes(&self) -> Vec<String> {
        let which = self.which();
        let unreadable = self.unreadable.iter().map(|end| {
            let name = if *end == End::Closing { "closing" } else { "opening" };
            format!("{which}: its {name} balance cannot be read")
        });
        // A rejected entry is told already, and without it nothing can be expected.
        let closings =
            self.balances.iter().filter(|balance| balance.end == End::Closing && self.rejected == 0);
        let differences = closings.filter_map(|closing| self.difference(closing, &which));
        unreadable.chain(differences).collect()
    }

    fn difference(&self, closing: &Balance, which: &str) -> Option<String> {
        let at = |end: End| {
            self.balances.iter().find(|balance| balance.end == end && balance.currency == closing.currency)
        };
        let opening = at(End::Opening).or_else(|| at(End::Previous))?.amount;
        let sum = self.sums.iter().find(|(code, _)| *code == closing.currency);
        let sum = sum.map_or(Some(Decimal::ZERO), |(_, sum)| *sum)?;
        let given = opening.checked_add(sum)?;
        let Balance { amount, currency, .. } = closing;
        (given != *amount).then(|| {
            format!("{which}: opening {opening} and entries of {sum} give {given}, but it closes with {amount} {currency}")
        })
    }

    /// The statement in words: `the statement 12 of DE12`.
    fn which(&self) -> String {
        let id = self.id.as_ref().map_or(String::new(), |id| format!(" {id}"));
        let account =
            self.account.as_ref().map_or(String::new(), |account| format!(" of {}", shown(account)));
        format!("the {}{id}{account}", self.kind.name())
    }
}
