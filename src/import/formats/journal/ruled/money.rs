//! Amounts as rules put them together: signs and parentheses before what a bank writes, currencies before that.
//!
//! `votes` settle the decimal mark of the whole file first, unless the rules or the user say it.

use rust_decimal::Decimal;

use super::super::super::text::amounts::{self, AmountText};
use super::super::amount::{self, Amount};
use super::super::commodity::Commodity;
use super::super::costs::{self, Cost};
use super::super::dialect::Dialect;
use super::super::scan::Scan;
use super::super::styles::Styles;

/// An amount with what it cost.
#[derive(Debug)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// For what.
    pub cost: Cost,
}

/// How the amounts of a file are read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The decimal mark.
    pub mark: char,
    /// What amounts are of that name no currency; blank where nobody says it.
    pub currency: String,
}

/// Splits the signs and parentheses around an amount from it: whether they turn it, and the rest.
pub fn signed(text: &str) -> (bool, &str) {
    let (mut is_turned, mut rest) = (false, text.trim());
    loop {
        let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if let Some(inner) = inner.filter(|inner| !inner.contains(['(', ')'])) {
            (is_turned, rest) = (!is_turned, inner.trim());
        } else if let Some(more) = rest.strip_prefix(['-', '\u{2212}']) {
            (is_turned, rest) = (!is_turned, more.trim_start());
        } else if let Some(more) = rest.strip_prefix('+') {
            rest = more.trim_start();
        } else {
            return (is_turned, rest);
        }
    }
}

/// What an amount as a bank writes it says, for the vote on the decimal mark; none for anything else.
pub fn plain(text: &str) -> Option<AmountText> {
    amounts::read(signed(text).1)
}

impl Reading {
    /// Reads an amount; `before` is the currency that is put before it, and may be blank.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(&self, text: &str, before: &str) -> Result<Money, String> {
        let (is_turned, rest) = signed(text);
        let written = format!("{before}{rest}");
        let mut money = match amounts::read(&written).and_then(|read| read.value(self.mark)) {
            Some(number) => Money { amount: self.of_bank(number, &written), cost: Cost::None },
            None => self.of_journal(&written).map_err(|_| format!("`{text}` is no amount"))?,
        };
        if is_turned && !money.amount.number.is_zero() {
            money.amount.number = -money.amount.number;
        }
        Ok(money)
    }

    fn of_bank(&self, number: Decimal, written: &str) -> Amount {
        let is_symbol = |c: char| {
            c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace() && c != '\u{2212}') || c == '$'
        };
        let symbol: String =
            written.chars().skip_while(|c| !is_symbol(*c)).take_while(|c| is_symbol(*c)).collect();
        let is_side = matches!(symbol.as_str(), "CR" | "Cr" | "cr" | "H" | "DR" | "Dr" | "dr" | "S");
        let symbol = if symbol.is_empty() || is_side { self.currency.clone() } else { symbol };
        Amount { number, commodity: Commodity::of(&symbol) }
    }

    /// An amount of a journal: with a cost behind it, or of something that is no currency.
    fn of_journal(&self, written: &str) -> Result<Money, String> {
        let mut styles = Styles::new(Dialect::Hledger, Some(self.mark), Some(&self.currency));
        let mut scan = Scan::new(written);
        let amount = amount::read(&mut scan, &mut styles)?;
        let behind = costs::read(&mut scan, &mut styles)?;
        match (behind.asserted, scan.is_done()) {
            (None, true) => Ok(Money { amount, cost: behind.cost }),
            _ => Err("something stands behind it".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, before: &str, mark: char) -> String {
        let reading = Reading { mark, currency: String::new() };
        match reading.read(text, before) {
            Ok(money) => {
                format!("{} {}", money.amount.number, money.amount.commodity.name).trim_end().to_owned()
            }
            Err(reason) => reason,
        }
    }

    #[test]
    fn signs_and_currencies_are_put_before_amounts() {
        let cases = [
            ("+ $20", "", "20 USD"),
            (" $ +30", "", "30 USD"),
            (" ( 40 ) ", "", "-40"),
            (" $ - 50 ", "", "-50 USD"),
            ("- $60 ", "", "-60 USD"),
            ("--60", "", "60"),
            ("-(50)", "", "50"),
            ("(50)", "", "-50"),
            ("-$-5", "", "5 USD"),
            ("-0", "", "0"),
            ("5.00-", "", "-5.00"),
            ("-5.00-", "", "5.00"),
            ("1,000.50", "EUR", "1000.50 EUR"),
            ("-7", "£", "-7 GBP"),
            ("3 AAPL", "", "3 AAPL"),
            ("1 @@ 1 EUR", "", "1"),
            ("5.00 CR", "", "5.00"),
            ("abc", "", "`abc` is no amount"),
            ("%amount", "$", "`%amount` is no amount"),
            ("", "$", "`` is no amount"),
        ];
        for (text, before, expected) in cases {
            assert_eq!(shown(text, before, '.'), expected, "{text}");
        }
        assert_eq!(shown("1.000,5", "", ','), "1000.5");
        assert_eq!(shown("1,000", "", '.'), "1000");
        assert_eq!(shown("1,000", "", ','), "1.000");
    }
}
