//! What is told of a file beside its rows: what was left out, what the bank answered, whether it is whole.
//!
//! `survey` fills it; nothing that money stands behind is passed over without a word.

/// What was seen of it.
#[derive(Debug, Default)]
pub struct Seen {
    /// Purchases, sales and income of investments.
    pub trades: u64,
    /// Positions in investments.
    pub holdings: u64,
    /// Rows of loans' statements.
    pub loan_rows: u64,
    /// Rows without an amount.
    pub notices: u64,
    /// How many statements there are.
    pub statements: u64,
    /// Whether accounts are listed.
    pub is_account_list: bool,
    /// Whether the end of the file is there.
    pub is_ended: bool,
    /// The bank's errors, in words.
    pub errors: Vec<String>,
    balances: u64,
    first_balance: Option<(u64, String)>,
}

impl Seen {
    /// Counts a balance that cannot be used, with its line and what it is.
    pub fn leave_out_balance(&mut self, told: (u64, String)) {
        self.balances += 1;
        self.first_balance.get_or_insert(told);
    }

    /// One sentence each.
    pub fn notes(&self) -> Vec<String> {
        let errors = self.errors.iter().map(|error| format!("the bank answered with an error: {error}"));
        let left_out = [
            counted(self.trades, "trade", "trades", "investments are not kept"),
            counted(self.holdings, "holding", "holdings", "investments are not kept"),
            counted(self.loan_rows, "row of a loan", "rows of a loan", "payments on loans are not read"),
            counted(self.notices, "row without an amount", "rows without an amount", "no money moved"),
        ];
        let others = [self.balances_note(), self.no_statement(), self.is_torn()];
        errors.chain(left_out.into_iter().flatten()).chain(others.into_iter().flatten()).collect()
    }

    fn balances_note(&self) -> Option<String> {
        let (line, what) = self.first_balance.as_ref()?;
        let count = match self.balances {
            1 => "1 balance is".to_owned(),
            many => format!("{many} balances are"),
        };
        Some(format!("{count} left out, the first in line {line}: {what}"))
    }

    fn no_statement(&self) -> Option<String> {
        let is_empty = self.statements == 0 && self.errors.is_empty();
        is_empty.then(|| match self.is_account_list {
            true => "the file lists accounts and has no statement".to_owned(),
            false => "the file has no statement in it".to_owned(),
        })
    }

    fn is_torn(&self) -> Option<String> {
        (!self.is_ended).then(|| "the file ends before `</OFX>`: rows may be missing".to_owned())
    }
}

fn counted(count: u64, one: &str, many: &str, why: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one} is left out: {why}")),
        _ => Some(format!("{count} {many} are left out: {why}")),
    }
}
