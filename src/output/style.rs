//! How things look to people: width, height and colour of the terminal.

use anstyle::{AnsiColor, Style as Ansi};

use crate::domain::money::{Minor, format_human};
use crate::domain::transaction::Amount;

/// What is known of where people read.
#[derive(Debug, Clone)]
pub struct Style {
    /// Whether to colour.
    pub is_coloured: bool,
    /// Columns of the terminal; unlimited when none.
    pub width: Option<u16>,
    /// Rows of the terminal.
    pub height: usize,
}

impl Style {
    /// An amount as people read it: grouped; red too when it is negative.
    pub fn amount(&self, amount: Amount) -> String {
        self.signed(amount.minor, format_human(amount.minor, amount.exponent))
    }

    /// An amount padded on the right where its currency has fewer digits after the point than another's in the
    /// same column, so that the points stand below each other.
    pub fn aligned(&self, amount: Amount, widest: u32) -> String {
        let digits = |exponent: u32| if exponent == 0 { 0 } else { exponent as usize + 1 };
        let padding = "\u{a0}".repeat(digits(widest).saturating_sub(digits(amount.exponent)));
        self.signed(amount.minor, format_human(amount.minor, amount.exponent) + &padding)
    }

    fn signed(&self, minor: Minor, text: String) -> String {
        if minor.is_negative() { self.paint(AnsiColor::Red.on_default(), &text) } else { text }
    }

    /// What stands over a column or a part.
    pub fn heading(&self, text: &str) -> String {
        self.paint(Ansi::new().bold(), text)
    }

    /// What matters less.
    pub fn faint(&self, text: &str) -> String {
        self.paint(Ansi::new().dimmed(), text)
    }

    fn paint(&self, style: Ansi, text: &str) -> String {
        if self.is_coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
