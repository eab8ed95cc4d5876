//! The condition of one rule, ready to be asked of rows: names are ids, amounts minor units, and texts are known by
//! which patterns were found in them.

use chrono::NaiveDate;

use crate::db::query::Sizes;
use crate::domain::ids::AccountId;
use crate::domain::money::Minor;
use crate::domain::query::Direction;
use crate::domain::when::Period;

/// What a bank says of one movement of money, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct BankRow<'a> {
    /// The other party in the bank's words.
    pub payee: Option<&'a str>,
    /// What else it says.
    pub memo: Option<&'a str>,
    /// Where it stands.
    pub account: Option<AccountId>,
    /// In minor units of the account; money out is negative.
    pub amount: Option<Minor>,
    /// The bank's day.
    pub date: Option<NaiveDate>,
    /// Whether the bank has not booked it yet.
    pub is_pending: bool,
}

impl<'a> BankRow<'a> {
    /// Who it was; where the bank names nobody, what it says instead: the transaction is named so, too.
    pub fn name(&self) -> Option<&'a str> {
        let is_said = |text: &&str| !text.trim().is_empty();
        self.payee.filter(is_said).or(self.memo.filter(is_said))
    }
}

/// A condition of a row. `All` has what is cheap to ask in front.
#[derive(Debug)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Fits(Test),
}

/// What is asked of a row. What is not known of it fits nothing.
#[derive(Debug)]
pub(super) enum Test {
    /// A pattern, by its place, is in the name or in the memo.
    Text {
        pattern: usize,
        in_name: bool,
        in_memo: bool,
    },
    Accounts(Vec<AccountId>),
    Amount(Option<Direction>, Sizes),
    Days(Period),
    Pending(bool),
}

/// A row with the patterns that were found in its name and its memo, each in order.
pub(super) struct Asked<'a> {
    pub row: &'a BankRow<'a>,
    pub in_name: &'a [usize],
    pub in_memo: &'a [usize],
}

impl Condition {
    /// All of these, cheap ones first.
    pub fn all(mut parts: Vec<Condition>) -> Condition {
        parts.sort_by_key(Condition::cost);
        Condition::All(parts)
    }

    fn cost(&self) -> usize {
        match self {
            Condition::Fits(Test::Text { .. }) => 2,
            Condition::Fits(_) => 1,
            Condition::All(parts) | Condition::Any(parts) => parts.iter().map(Condition::cost).sum(),
            Condition::Not(part) => part.cost(),
        }
    }

    /// Whether it holds.
    pub fn holds(&self, asked: &Asked<'_>) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.holds(asked)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(asked)),
            Condition::Not(part) => !part.holds(asked),
            Condition::Fits(test) => test.fits(asked),
        }
    }

    /// Whether it looks for anything in memos.
    pub fn asks_memos(&self) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(Condition::asks_memos),
            Condition::Not(part) => part.asks_memos(),
            Condition::Fits(test) => matches!(test, Test::Text { in_memo: true, .. }),
        }
    }

    /// Patterns of which at least one is found where it holds; none if it may hold without any.
    pub fn triggers(&self) -> Option<Vec<usize>> {
        match self {
            Condition::Fits(Test::Text { pattern, .. }) => Some(vec![*pattern]),
            Condition::Fits(_) | Condition::Not(_) => None,
            Condition::All(parts) => parts.iter().filter_map(Condition::triggers).min_by_key(Vec::len),
            Condition::Any(parts) => {
                let all: Option<Vec<Vec<usize>>> = parts.iter().map(Condition::triggers).collect();
                Some(all?.concat())
            }
        }
    }
}

impl Test {
    fn fits(&self, Asked { row, in_name, in_memo }: &Asked<'_>) -> bool {
        let found = |patterns: &[usize], pattern: &usize| patterns.binary_search(pattern).is_ok();
        match self {
            Test::Text { pattern, in_name: name, in_memo: memo } => {
                *name && found(in_name, pattern) || *memo && found(in_memo, pattern)
            }
            Test::Accounts(ids) => row.account.is_some_and(|account| ids.contains(&account)),
            Test::Amount(flow, sizes) => {
                row.amount.is_some_and(|amount| goes(*flow, amount) && is_sized(sizes, row.account, amount))
            }
            Test::Days(period) => row.date.is_some_and(|date| period.contains(date)),
            Test::Pending(is_pending) => row.is_pending == *is_pending,
        }
    }
}

fn goes(flow: Option<Direction>, amount: Minor) -> bool {
    match flow {
        None => true,
        Some(Direction::In) => amount.0 > 0,
        Some(Direction::Out) => amount.0 < 0,
    }
}

fn is_sized(sizes: &Sizes, account: Option<AccountId>, amount: Minor) -> bool {
    let limits = match sizes {
        Sizes::Any => return true,
        Sizes::Everywhere(limits) => Some(limits),
        Sizes::In(all) => {
            all.iter().find(|(ids, _)| account.is_some_and(|id| ids.contains(&id))).map(|(_, limits)| limits)
        }
    };
    let size = amount.0.unsigned_abs();
    let at_least = |low: i64| u64::try_from(low).map_or(true, |low| size >= low);
    let at_most = |high: i64| u64::try_from(high).is_ok_and(|high| size <= high);
    limits.is_some_and(|limits| limits.low.is_none_or(at_least) && limits.high.is_none_or(at_most))
}
