//! The rows of a file as both passes see them: movements of own accounts, and what is rejected.
//!
//! One transaction at a time: it is read, its balances are resolved, it is balanced and booked. `survey`
//! counts what comes out, `rows` makes statement lines of it, so that the two cannot disagree.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::{FileLine, FilePart, Purpose, Rejected};
use super::accounts::{Accounts, Kind};
use super::amount::Amount;
use super::balance::{self, Leg};
use super::beancount::{Pad, Stated};
use super::booking;
use super::costs::Cost;
use super::dialect::Dialect;
use super::entries::{Entries, Entry};
use super::learned::Learned;
use super::movement::{Movement, Part, Purse};
use super::names::Names;
use super::pads::Pads;
use super::passed::Passed;
use super::running::Running;
use super::transaction::{Posting, Quantity, Transaction, join};

/// What one row is.
#[derive(Debug)]
pub enum Found {
    /// A movement of the transaction read last.
    Movement(Movement),
    /// What cannot be read.
    Rejected(Rejected),
}

/// Reads rows one at a time.
pub struct Reader<'l, R> {
    entries: Entries<R>,
    learned: &'l Learned,
    dialect: Dialect,
    running: Running,
    pads: Pads,
    passed: Passed,
    current: Option<Transaction>,
    movements: VecDeque<Movement>,
    /// Pads with the balances that they lead to, still to be booked.
    fillings: VecDeque<(Pad, Stated)>,
}

impl<'l, R: Read> Reader<'l, R> {
    /// The rows of these entries.
    pub fn new(mut entries: Entries<R>, learned: &'l Learned) -> Self {
        let dialect = entries.scope().dialect();
        Reader {
            entries,
            learned,
            dialect,
            running: Running::new(dialect, learned),
            pads: Pads::default(),
            passed: Passed::default(),
            current: None,
            movements: VecDeque::new(),
            fillings: VecDeque::new(),
        }
    }

    /// What was passed over so far.
    pub fn notes(&mut self) -> Vec<String> {
        self.passed.notes(self.entries.scope().styles())
    }

    /// Reads the next row; none at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Found>> {
        loop {
            if let Some(movement) = self.movements.pop_front() {
                return Ok(Some(Found::Movement(movement)));
            }
            let rejected = match self.fillings.pop_front() {
                Some((pad, stated)) => self.fill(pad, &stated),
                None => match self.entries.read()? {
                    Some(entry) => self.take(entry),
                    None => match self.pads.take_unused() {
                        Some(pad) => Some(unused(pad)),
                        None => return Ok(None),
                    },
                },
            };
            if let Some(rejected) = rejected {
                return Ok(Some(Found::Rejected(rejected)));
            }
        }
    }

    fn take(&mut self, entry: Entry) -> Option<Rejected> {
        match entry {
            Entry::Transaction(transaction) => self.book(transaction),
            Entry::Pad(pad) => self.pads.open(pad).map(unused),
            Entry::Stated(stated) => {
                let pads = self.pads.for_balance(&stated).into_iter();
                self.fillings.extend(pads.map(|pad| (pad, stated.clone())));
                None
            }
            Entry::LeftOut(left_out) => {
                self.passed.count(left_out);
                self.running.see_left_out(left_out);
                None
            }
            Entry::Rejected(rejected, may_move) => {
                if may_move {
                    self.running.lose_all(rejected.line);
                }
                Some(rejected)
            }
            Entry::Declared(..)
            | Entry::Called(..)
            | Entry::Root(..)
            | Entry::Refused(_)
            | Entry::Nothing => None,
        }
    }

    /// Makes movements of a transaction, or says why not.
    fn book(&mut self, mut transaction: Transaction) -> Option<Rejected> {
        let resolved = self.running.resolve(&mut transaction, self.learned);
        match resolved.and_then(|()| self.movements_of(&transaction, true)) {
            Ok(movements) => self.queue(transaction, movements),
            Err(reason) => {
                self.running.lose(&transaction);
                Some(Rejected { line: transaction.line, text: transaction.raw, reason })
            }
        }
    }

    fn queue(&mut self, transaction: Transaction, movements: Vec<Movement>) -> Option<Rejected> {
        self.movements = movements.into();
        self.current = Some(transaction);
        None
    }

    fn movements_of(&mut self, transaction: &Transaction, is_held: bool) -> Result<Vec<Movement>, String> {
        let accounts = &self.learned.accounts;
        let is_own = |account: &str| accounts.kind(account) == Kind::Own;
        let balanced = balance::balance(&transaction.postings, self.dialect, &is_own)?;
        let mut movements = booking::movements(transaction, &balanced.legs, accounts)?;
        if movements.is_empty() && balanced.legs.iter().all(|leg| leg.units.number.is_zero()) {
            movements = of_nothing(transaction, &balanced.legs, accounts);
        }
        if is_held {
            self.running.take_inferred(transaction, &balanced.legs)?;
        }
        self.passed.take(transaction, &balanced, accounts, movements.is_empty());
        Ok(movements)
    }

    /// Books what a pad puts into its account before a balance.
    fn fill(&mut self, pad: Pad, stated: &Stated) -> Option<Rejected> {
        let filled = self.running.lack(&pad.account, stated, self.learned).and_then(|lack| {
            let Some(amount) = lack else { return Ok(None) };
            self.running.pad(&pad.account, &amount)?;
            let transaction = filling(&pad, amount);
            let movements = self.movements_of(&transaction, false)?;
            Ok(Some((transaction, movements)))
        });
        match filled {
            Ok(None) => None,
            Ok(Some((transaction, movements))) => self.queue(transaction, movements),
            Err(reason) => Some(Rejected { line: pad.line, text: pad.raw, reason }),
        }
    }

    /// The statement line of a movement of the transaction read last.
    pub fn line(&self, movement: Movement, names: &Names) -> Option<FileLine> {
        let transaction = self.current.as_ref()?;
        let mut seen = std::collections::HashSet::new();
        let tags = transaction.tags.iter().cloned().chain(movement.tags);
        let tags = tags.filter(|tag| seen.insert(tag.clone())).collect();
        let parts: Vec<_> = movement.parts.into_iter().map(|part| file_part(part, names)).collect();
        let other_account = match &parts[..] {
            [only] => only.other_account.clone(),
            _ => None,
        };
        let account = names.shown(&movement.purse);
        let is_unconfirmed = transaction.is_unconfirmed_in(&movement.purse.account, movement.date);
        Some(FileLine {
            line: transaction.line,
            date: movement.date,
            amount: movement.amount,
            currency: Some(movement.purse.currency).filter(|currency| !currency.is_empty()),
            payee: transaction.payee.clone(),
            memo: join(transaction.memo.clone(), movement.memo),
            bank_id: None,
            account: Some(account),
            is_pending: false,
            balance: None,
            booking: None,
            statement: 0,
            other_account,
            purpose: Some(Box::new(Purpose {
                parts,
                tags,
                worth: movement.worth,
                is_unconfirmed,
                ..Purpose::default()
            })),
            raw: beginning(&transaction.raw).to_owned(),
        })
    }
}

/// The rows of a transaction that moves nothing: one for each of its own accounts. A posting that asserts a balance is
/// there for that, and one of no currency says of no account what it is in.
fn of_nothing(transaction: &Transaction, legs: &[Leg], accounts: &Accounts) -> Vec<Movement> {
    let mut movements: Vec<Movement> = Vec::new();
    let category = transaction.postings.iter().find_map(|posting| accounts.category(&posting.account));
    for leg in legs {
        let posting = &transaction.postings[leg.posting];
        let commodity = &leg.units.commodity;
        let is_row = accounts.kind(&posting.account) == Kind::Own
            && posting.asserted.is_none()
            && commodity.is_currency
            && !commodity.name.is_empty();
        let purse = Purse { account: posting.account.clone(), currency: commodity.name.clone() };
        let date = posting.date.unwrap_or(transaction.date);
        let is_known = movements.iter().any(|known| known.purse == purse && known.date == date);
        if is_row && !is_known {
            let (memo, tags) = (posting.memo.clone(), posting.tags.clone());
            movements.push(Movement {
                purse,
                date,
                amount: leg.units.number,
                memo,
                tags,
                parts: category.iter().map(|category| Part::of(category.clone())).collect(),
                worth: None,
            });
        }
    }
    movements
}

/// Each own account of a transaction keeps its text: of a very long one no more than this.
const MOST_RAW: usize = 64 * 1024;

fn beginning(raw: &str) -> &str {
    &raw[..raw.floor_char_boundary(MOST_RAW)]
}

/// A part of a row in the file's own words.
pub fn file_part(part: Part, names: &Names) -> FilePart {
    let other_account = part.other.as_ref().map(|purse| names.shown(purse));
    let currency = part.other.map(|purse| purse.currency).filter(|currency| !currency.is_empty());
    let other_amount = part.other_amount.map(|amount| (amount, currency));
    let Part { category, other_date, other_memo, amount, memo, .. } = part;
    FilePart { category, other_account, other_amount, other_date, other_memo, amount, memo }
}

fn unused(pad: Pad) -> Rejected {
    let reason = format!("no balance of `{}` comes behind it", pad.account);
    Rejected { line: pad.line, text: pad.raw, reason }
}

/// The transaction that a pad stands for.
fn filling(pad: &Pad, amount: Amount) -> Transaction {
    let posting = |account: &String, quantity| Posting {
        account: account.clone(),
        is_virtual: false,
        date: None,
        quantity,
        cost: Cost::None,
        asserted: None,
        memo: None,
        tags: Vec::new(),
        is_unconfirmed: None,
    };
    let postings =
        vec![posting(&pad.account, Quantity::Given(amount)), posting(&pad.source, Quantity::Missing(None))];
    Transaction {
        line: pad.line,
        raw: pad.raw.clone(),
        date: pad.date,
        payee: None,
        memo: None,
        tags: Vec::new(),
        is_unconfirmed: false,
        postings,
    }
}
