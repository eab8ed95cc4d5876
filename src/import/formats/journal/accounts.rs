//! What a journal's accounts are: one's own, what money is for, or neither.
//!
//! By the first part of the name, as hledger has it, unless the file declares it: hledger's `account`
//! directives with a tag `type`, beancount's options such as `name_assets`. Whoever shares out a transaction
//! asks here.

use std::collections::HashMap;

/// What an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Money that is there or owed: assets and liabilities.
    Own,
    /// Where money comes from.
    Income,
    /// What money is spent on.
    Expense,
    /// Neither: opening balances, transfers.
    Equity,
    /// What is declared to stand between two currencies.
    Conversion,
    /// No telling.
    Unknown,
}

/// First parts of names in lower case. The plural of hledger's patterns is theirs.
const ROOTS: [(&str, Kind); 13] = [
    ("assets", Kind::Own),
    ("asset", Kind::Own),
    ("liabilities", Kind::Own),
    ("liability", Kind::Own),
    ("debts", Kind::Own),
    ("debt", Kind::Own),
    ("equity", Kind::Equity),
    ("income", Kind::Income),
    ("incomes", Kind::Income),
    ("revenue", Kind::Income),
    ("revenues", Kind::Income),
    ("expenses", Kind::Expense),
    ("expense", Kind::Expense),
];

/// The category of what was there when the journal began.
pub const STARTING_BALANCES: &str = "Starting balances";

/// What marks a category of income.
pub const INCOME: &str = "income:";

/// What the accounts of one file are.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    declared: HashMap<String, Kind>,
    /// What accounts are called by their metadata.
    called: HashMap<String, String>,
    /// Beancount's own names of the roots, in lower case.
    roots: HashMap<String, Kind>,
}

impl Accounts {
    /// Takes in a declared account; those below it are of its kind, too.
    pub fn declare(&mut self, account: String, kind: Kind) {
        self.declared.insert(account, kind);
    }

    /// Takes in what an account is called.
    pub fn call(&mut self, account: String, name: String) {
        self.called.insert(account, name);
    }

    /// The name of an account with what it is called for its last part: in that, what would part it is a dash.
    pub fn shown(&self, account: &str) -> Option<String> {
        let called = self.called.get(account)?.replace([':', '/'], "-");
        let above = account.rsplit_once(':').map_or("", |(above, _)| above);
        Some(format!("{above}:{called}"))
    }

    /// Takes in the name of a root.
    pub fn name_root(&mut self, name: &str, kind: Kind) {
        self.roots.insert(name.to_lowercase(), kind);
    }

    /// Whether it is one that only keeps a journal in balance.
    pub fn is_equity(&self, account: &str) -> bool {
        matches!(self.kind(account), Kind::Equity | Kind::Conversion)
    }

    /// What an account is.
    pub fn kind(&self, account: &str) -> Kind {
        let mut name = account;
        while !self.declared.is_empty() {
            if let Some(kind) = self.declared.get(name) {
                return *kind;
            }
            let Some(at) = name.rfind(':') else { break };
            name = &name[..at];
        }
        self.by_root(root(account)).unwrap_or(Kind::Unknown)
    }

    fn by_root(&self, root: &str) -> Option<Kind> {
        let root = root.to_lowercase();
        let known = || ROOTS.iter().find(|(known, _)| *known == root).map(|(_, kind)| *kind);
        self.roots.get(&root).copied().or_else(known)
    }

    /// The category that an account stands for, groups before it: what is below `expenses`; below `income`
    /// with `income:` before it; all of the name where its kind is not known. None for those that say
    /// nothing, and for equity but for what was there at the beginning.
    pub fn category(&self, account: &str) -> Option<String> {
        let below = account.split_once(':').map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty());
        let kind = self.kind(account);
        let is_root = below.is_none() && self.by_root(account).is_some();
        if is_root || below.is_some_and(|below| below.eq_ignore_ascii_case("unknown")) {
            return None;
        }
        let name = below.unwrap_or(account);
        let called = |name: &str| self.called(account, name).unwrap_or_else(|| name.to_owned());
        match kind {
            Kind::Income => Some(format!("{INCOME}{}", called(name))),
            // It would be taken for income.
            Kind::Expense if begins(&called(name), INCOME) => Some(account.to_owned()),
            Kind::Expense => Some(called(name)),
            Kind::Equity | Kind::Conversion if is_beginning(name) => Some(STARTING_BALANCES.to_owned()),
            Kind::Equity | Kind::Conversion | Kind::Own => None,
            Kind::Unknown => Some(called(account)),
        }
    }

    /// What is called so for the last part of a name, or with its group for all of it, as groat's own export has it.
    fn called(&self, account: &str, name: &str) -> Option<String> {
        let called = self.called.get(account)?;
        match name.rsplit_once(':').filter(|_| !called.contains(':')) {
            Some((above, _)) => Some(format!("{above}:{called}")),
            None => Some(called.clone()),
        }
    }
}

/// The first part of a name.
pub fn root(account: &str) -> &str {
    account.split(':').next().unwrap_or(account)
}

fn begins(name: &str, with: &str) -> bool {
    name.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

fn is_beginning(name: &str) -> bool {
    ["opening", "starting balances", "starting-balances"].iter().any(|known| begins(name, known))
}

/// The kind that hledger's tag `type` names, by its letter or word.
pub fn kind_of_type(word: &str) -> Option<Kind> {
    match word.to_ascii_lowercase().as_str() {
        "a" | "asset" | "c" | "cash" | "l" | "liability" => Some(Kind::Own),
        "e" | "equity" => Some(Kind::Equity),
        "v" | "conversion" => Some(Kind::Conversion),
        "r" | "revenue" | "income" => Some(Kind::Income),
        "x" | "expense" => Some(Kind::Expense),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_and_the_category() {
        let mut accounts = Accounts::default();
        accounts.declare("Bank".into(), Kind::Own);
        accounts.declare("Ausgaben".into(), Kind::Expense);
        accounts.name_root("Lohn", Kind::Income);
        let cases = [
            ("assets:bank", Kind::Own, None),
            ("Liabilities:Card", Kind::Own, None),
            ("debts", Kind::Own, None),
            ("Bank:giro", Kind::Own, None),
            ("assetsx:a", Kind::Unknown, Some("assetsx:a")),
            ("expenses:food:groceries", Kind::Expense, Some("food:groceries")),
            ("Ausgaben:Essen", Kind::Expense, Some("Essen")),
            ("Ausgaben", Kind::Expense, Some("Ausgaben")),
            ("expenses", Kind::Expense, None),
            ("expenses:unknown", Kind::Expense, None),
            ("expenses:income:tax", Kind::Expense, Some("expenses:income:tax")),
            ("income:salary", Kind::Income, Some("income:salary")),
            ("Lohn:Firma", Kind::Income, Some("income:Firma")),
            ("revenues", Kind::Income, None),
            ("equity:opening balances", Kind::Equity, Some(STARTING_BALANCES)),
            ("equity:opening/closing balances", Kind::Equity, Some(STARTING_BALANCES)),
            ("Equity:Opening-Balances", Kind::Equity, Some(STARTING_BALANCES)),
            ("equity:Starting balances", Kind::Equity, Some(STARTING_BALANCES)),
            ("equity:transfers", Kind::Equity, None),
        ];
        for (account, kind, category) in cases {
            assert_eq!(accounts.kind(account), kind, "{account}");
            assert_eq!(accounts.category(account).as_deref(), category, "{account}");
        }
    }

    #[test]
    fn what_an_account_is_called_stands_for_the_last_part_of_its_name() {
        let mut accounts = Accounts::default();
        for (account, name) in [
            ("Liabilities:Credit-card", "Credit card"),
            ("Assets:Bank:A-b", "a/b: c"),
            ("Expenses:Food:Eating-out", "Eating out"),
            ("Expenses:Odd-ones:A-b", "Odd ones:a; b"),
            ("Income:Salary-x", "Income:Salary x"),
            ("Expenses:Tax", "Income:Tax"),
            ("Equity:Opening", "What was there"),
        ] {
            accounts.call(account.to_owned(), name.to_owned());
        }
        for (account, shown) in [
            ("Liabilities:Credit-card", Some("Liabilities:Credit card")),
            ("Assets:Bank:A-b", Some("Assets:Bank:a-b- c")),
            ("Assets:Other", None),
        ] {
            assert_eq!(accounts.shown(account).as_deref(), shown, "{account}");
        }
        for (account, category) in [
            ("Expenses:Food:Eating-out", "Food:Eating out"),
            ("Expenses:Odd-ones:A-b", "Odd ones:a; b"),
            ("Income:Salary-x", "income:Income:Salary x"),
            ("Expenses:Tax", "Expenses:Tax"),
            ("Equity:Opening", STARTING_BALANCES),
        ] {
            assert_eq!(accounts.category(account).as_deref(), Some(category), "{account}");
        }
    }
}
