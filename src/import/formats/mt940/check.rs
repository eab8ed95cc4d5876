//! What a statement says of itself, and whether its opening balance and its entries give its closing balance.
//!
//! Pages are checked like whole statements. `statements` fills a `Summary`, `survey` tells what it finds.

use rust_decimal::Decimal;

use super::super::Row;
use super::account::Account;
use super::balance::{self, Balance};

/// A balance as the file has it.
#[derive(Debug, Default)]
pub enum Stated {
    /// There is none.
    #[default]
    None,
    /// There is one that cannot be read; its text.
    Unreadable(String),
    /// What it says.
    Balance(Balance),
}

impl Stated {
    /// Reads the value of its field.
    pub fn read(text: &str) -> Stated {
        let shown = || text[..text.floor_char_boundary(MAX_SHOWN)].to_owned();
        balance::read(text).map_or_else(|| Stated::Unreadable(shown()), Stated::Balance)
    }

    /// The balance, if it could be read.
    pub fn balance(&self) -> Option<&Balance> {
        match self {
            Stated::Balance(balance) => Some(balance),
            Stated::None | Stated::Unreadable(_) => None,
        }
    }
}

/// No bank writes a longer number or balance; notes stay short.
const MAX_SHOWN: usize = 40;

/// What a statement says of itself.
#[derive(Debug, Default)]
pub struct Summary {
    account: Account,
    number: Option<String>,
    opening: Stated,
    closing: Stated,
    is_final: bool,
    /// The entries' sum, none when it is too great for any balance.
    sum: Option<Decimal>,
    entries: u64,
    rejected: u64,
}

impl Summary {
    /// Remembers the account.
    pub fn name(&mut self, account: Account) {
        self.account = account;
    }

    /// Remembers the statement's number.
    pub fn number(&mut self, text: &str) {
        self.number =
            Some(text[..text.floor_char_boundary(MAX_SHOWN)].to_owned()).filter(|text| !text.is_empty());
    }

    /// Remembers the opening balance.
    pub fn open(&mut self, opening: Stated) {
        self.opening = opening;
    }

    /// Remembers the closing balance; that of a page is not final.
    pub fn close(&mut self, closing: Stated, is_final: bool) {
        self.closing = closing;
        self.is_final = is_final;
    }

    /// Counts an entry.
    pub fn count(&mut self, row: &Row) {
        match row {
            Row::Line(line) if line.is_pending => {}
            Row::Line(line) => {
                let sum = if self.entries == 0 { Some(Decimal::ZERO) } else { self.sum };
                self.sum = sum.and_then(|sum| sum.checked_add(line.amount));
                self.entries += 1;
            }
            Row::Rejected(_) => self.rejected += 1,
        }
    }

    /// What the message's next statement has in common with this one.
    pub fn sequel(&self) -> Summary {
        Summary { account: self.account.clone(), number: self.number.clone(), ..Summary::default() }
    }

    /// Whether its closing balance has come.
    pub fn is_closed(&self) -> bool {
        !matches!(self.closing, Stated::None)
    }

    /// Whether nothing of a statement has come yet.
    pub fn is_blank(&self) -> bool {
        let is_bare = self.account.name.is_none() && self.entries + self.rejected == 0;
        is_bare && !self.is_closed() && matches!(self.opening, Stated::None)
    }

    /// The account as the file names it.
    pub fn account(&self) -> Option<&str> {
        self.account.name.as_deref()
    }

    /// The currency of the opening balance, else the one behind the account, else of the closing balance.
    pub fn currency<'a>(&'a self) -> Option<&'a str> {
        let code = |balance: &'a Balance| balance.currency.as_str();
        let opening = self.opening.balance().map(code);
        opening.or(self.account.currency.as_deref()).or_else(|| self.closing.balance().map(code))
    }

    /// The booked balance at its end, which that of a page is not.
    pub fn booked_balance(&self) -> Option<&Balance> {
        self.closing.balance().filter(|_| self.is_final)
    }

    /// What does not add up: one sentence for each.
    pub fn notes(&self) -> Vec<String> {
        let which = self.which();
        let unreadable = [("opening", &self.opening), ("closing", &self.closing)].into_iter().filter_map(
            |(name, stated)| {
                let Stated::Unreadable(text) = stated else { return None };
                Some(format!("{which}: its {name} balance `{text}` cannot be read"))
            },
        );
        unreadable.chain(self.difference(&which)).collect()
    }

    fn difference(&self, which: &str) -> Option<String> {
        let opening = self.opening.balance()?;
        if !self.is_closed() {
            return Some(format!("{which} has no closing balance: the file may have been cut off"));
        }
        let closing = self.closing.balance()?;
        if opening.currency != closing.currency {
            return Some(format!("{which} opens in {} and closes in {}", opening.currency, closing.currency));
        }
        // A rejected entry is told already, and without it nothing can be expected.
        if self.rejected > 0 {
            return None;
        }
        let sum = if self.entries == 0 { Decimal::ZERO } else { self.sum? };
        let given = opening.amount.checked_add(sum)?;
        (given != closing.amount).then(|| {
            let Balance { amount, .. } = opening;
            format!(
                "{which}: opening {amount} and entries of {sum} give {given}, but it closes with {}",
                closing.amount
            )
        })
    }

    /// The statement in words: `the statement 1/2 of DE12`.
    fn which(&self) -> String {
        let number = self.number.as_ref().map_or(String::new(), |number| format!(" {number}"));
        let account = self.account().map_or(String::new(), |account| format!(" of {account}"));
        format!("the statement{number}{account}")
    }
}
