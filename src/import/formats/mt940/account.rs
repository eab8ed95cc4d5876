//! The account, `:25:`: an IBAN, a number, or bank and number with a slash between.
//!
//! Blanks are left out, and so is a currency behind it (`NL12ABNA0123456789EUR`, as ABN and ING write it), so that
//! files of one account name it alike. Bank and number stay as they are.

use super::super::text::currency;

/// No bank writes a longer one.
const MAX_LENGTH: usize = 100;

/// The account as the file names it, without the currency that stands behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The number.
    pub name: Option<String>,
    /// The currency behind it.
    pub currency: Option<String>,
}

/// Reads the account.
pub fn read(text: &str) -> Account {
    let name: String =
        text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(MAX_LENGTH + 1).collect();
    if name.is_empty() || name.len() > MAX_LENGTH {
        return Account::default();
    }
    let behind = name.len().checked_sub(3).and_then(|at| name.split_at_checked(at));
    if let Some((number, code)) = behind
        && number.ends_with(|c: char| c.is_ascii_digit())
        && code.bytes().all(|b| b.is_ascii_uppercase())
        && currency::usual(code) == Some(code)
    {
        return Account { name: Some(number.to_owned()), currency: Some(code.to_owned()) };
    }
    Account { name: Some(name), currency: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_currencies_are_left_out() {
        let cases = [
            ("123456789", Some("123456789"), None),
            ("NL12 ABNA 0123 4567 89 EUR", Some("NL12ABNA0123456789"), Some("EUR")),
            ("NL12ABNA0123456789EUR", Some("NL12ABNA0123456789"), Some("EUR")),
            ("50880050/0194787400888", Some("50880050/0194787400888"), None),
            ("MT84 MALT 0110 0001 2345 MTLCAST001S", Some("MT84MALT011000012345MTLCAST001S"), None),
            ("DE12XYZ", Some("DE12XYZ"), None),
            ("SAVINGSEUR", Some("SAVINGSEUR"), None),
            ("  ", None, None),
        ];
        for (text, name, currency) in cases {
            let account = read(text);
            assert_eq!((account.name.as_deref(), account.currency.as_deref()), (name, currency), "{text}");
        }
        assert_eq!(read(&"9".repeat(101)), Account::default());
    }
}
