//! How numbers of each commodity are written in one file, as its directives say and as its amounts show.
//!
//! Directives fill it in the order of the file; `amount` asks before it reads a number and tells what it saw.

use std::collections::HashMap;

use super::dialect::Dialect;
use super::numbers::{self, Marks, Number};

/// The styles known at one place of a file.
#[derive(Clone, Debug)]
pub struct Styles {
    /// Whose rules hold where nothing is said.
    pub dialect: Dialect,
    /// The decimal mark that the user said, which overrules the file.
    said: Option<char>,
    /// That of a `decimal-mark` directive.
    declared: Option<char>,
    by_symbol: HashMap<String, Marks>,
    /// What an amount without a commodity is of.
    default: String,
    /// How many amounts of money could be read otherwise, and the first of them.
    pub ambiguous: (u64, Option<String>),
}

impl Styles {
    /// What holds at the beginning of a file; `currency` is that of amounts which name none.
    pub fn new(dialect: Dialect, said: Option<char>, currency: Option<&str>) -> Self {
        Styles {
            dialect,
            said,
            declared: None,
            by_symbol: HashMap::new(),
            default: currency.unwrap_or_default().to_owned(),
            ambiguous: (0, None),
        }
    }

    /// What an amount without a commodity is of; blank where nothing says it.
    pub fn default_symbol(&self) -> &str {
        &self.default
    }

    /// Takes in `D`.
    pub fn set_default(&mut self, symbol: &str) {
        symbol.clone_into(&mut self.default);
    }

    /// Takes in `decimal-mark`.
    pub fn declare_mark(&mut self, mark: char) {
        self.declared = Some(mark);
    }

    /// Takes in an amount that shows how those of its commodity are written.
    pub fn declare(&mut self, symbol: &str, shown: Number) {
        let marks = shown.decimal.map_or(Marks::Whole, Marks::Decimal);
        // Ledger takes no more from a format than a comma for the decimal mark.
        if self.dialect != Dialect::Ledger || marks == Marks::Decimal(',') {
            self.by_symbol.insert(symbol.to_owned(), marks);
        }
    }

    /// Reads the number of an amount of this commodity.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(&mut self, text: &str, symbol: &str) -> Result<Number, String> {
        let number = numbers::read(text, self.marks(symbol), self.dialect)?;
        // As in ledger: once written with a decimal comma, its dots are thousands'.
        if self.dialect == Dialect::Ledger && number.decimal == Some(',') {
            self.by_symbol.insert(symbol.to_owned(), Marks::Decimal(','));
        }
        Ok(number)
    }

    fn marks(&self, symbol: &str) -> Marks {
        if self.dialect == Dialect::Beancount {
            return Marks::Open;
        }
        let everywhere = self.said.or(self.declared).map(Marks::Decimal);
        everywhere.or_else(|| self.by_symbol.get(symbol).copied()).unwrap_or(Marks::Open)
    }

    /// Counts an amount of money that another program would read as another number.
    pub fn doubt(&mut self, written: &str) {
        self.ambiguous.0 += 1;
        self.ambiguous.1.get_or_insert_with(|| written.to_owned());
    }
}
