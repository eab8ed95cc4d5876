//! A balance, `:60F:` or `:62F:`: `C140507EUR0,`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{amount, dates};

/// What the bank says was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The day; banks write `000000` where there is none.
    pub date: Option<NaiveDate>,
    /// The currency's code as it stands, historic ones such as `DEM` included.
    pub currency: String,
    /// What is owed is negative.
    pub amount: Decimal,
}

/// Reads a balance; none where it is no whole one.
pub fn read(text: &str) -> Option<Balance> {
    let (is_owed, rest) = match text.split_at_checked(1)? {
        ("C", rest) => (false, rest),
        ("D", rest) => (true, rest),
        _ => return None,
    };
    let (date, rest) = rest.split_at_checked(6)?;
    let (currency, rest) = rest.split_at_checked(3)?;
    let is_sound =
        date.bytes().all(|b| b.is_ascii_digit()) && currency.bytes().all(|b| b.is_ascii_uppercase());
    let amount = amount::read(rest.trim()).filter(|_| is_sound)?;
    let amount = if is_owed { amount::negated(amount) } else { amount };
    Some(Balance { date: dates::value_date(date), currency: currency.to_owned(), amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balances_are_signed_and_dated() {
        let read = |text| {
            read(text).map(|b| {
                let date = b.date.map_or("-".to_owned(), |date| date.to_string());
                format!("{date} {} {}", b.amount, b.currency)
            })
        };
        let cases = [
            ("C140507EUR0,", Some("2014-05-07 0 EUR")),
            ("D070903EUR1970431,87", Some("2007-09-03 -1970431.87 EUR")),
            ("C131016DEM84349,74", Some("2013-10-16 84349.74 DEM")),
            ("C000000EUR0,00", Some("- 0.00 EUR")),
            ("D000000EUR0,00", Some("- 0.00 EUR")),
            ("140507EUR0,", None),
            ("C140507EU0,", None),
            ("C140507EUR", None),
            ("C1405é7EUR5,", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
