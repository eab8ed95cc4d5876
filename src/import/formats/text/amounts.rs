//! Amounts as banks write them.
//!
//! A cell is first `read` into sign, number, side and currency; `votes` settle the decimal mark for
//! the whole file; then each cell has one `value`. Exact: digits go into a `Decimal` as they stand.

use rust_decimal::Decimal;

use super::currency;

/// Which way money goes, as a mark beside the amount or a column of its own says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Out of the account.
    Debit,
    /// Into the account.
    Credit,
}

/// What the text of an amount says; which number it is may need the decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountText {
    /// The number without sign if the decimal mark is `.`, and if it is `,`.
    dot: Option<Decimal>,
    comma: Option<Decimal>,
    /// Whether a minus or parentheses stand there.
    pub is_negative: bool,
    /// `CR`, `DR`, `S` or `H` behind the number.
    pub side: Option<Side>,
    /// The currency that is stated: its code, or a sign that several have.
    pub currency: Option<&'static str>,
}

/// What may stand around a number, each at most once.
#[derive(Default)]
struct Affixes {
    sign: Option<bool>,
    opened: bool,
    closed: bool,
    side: Option<Side>,
    currency: Option<&'static str>,
}

/// Reads the text of an amount; none where it is not a number with at most a sign, a currency and a side.
pub fn read(text: &str) -> Option<AmountText> {
    let first = text.bytes().position(|b| b.is_ascii_digit())?;
    let last = text.bytes().rposition(|b| b.is_ascii_digit())?;
    // A mark that touches the digits belongs to them: `.45`, `5.`
    let start = if text[..first].ends_with(['.', ',']) && !ends_with_letter(&text[..first - 1]) {
        first - 1
    } else {
        first
    };
    let is_open = text[last + 1..].starts_with(['.', ',']) && text[last + 2..].trim().is_empty();
    let end = if is_open { last + 2 } else { last + 1 };
    let mut affixes = Affixes::default();
    affixes.take(&text[..start], true)?;
    affixes.take(&text[end..], false)?;
    affixes.around(&text[start..end])
}

fn ends_with_letter(text: &str) -> bool {
    text.ends_with(char::is_alphabetic)
}

impl Affixes {
    /// Takes in what stands before or behind the number; none for anything unknown or said twice.
    fn take(&mut self, text: &str, is_before: bool) -> Option<()> {
        let mut rest = text.trim();
        while let Some(c) = rest.chars().next() {
            let length =
                if is_no_word(c) { c.len_utf8() } else { rest.find(is_no_word).unwrap_or(rest.len()) };
            match c {
                '+' => self.sign(false)?,
                '-' | '\u{2212}' | '\u{2013}' => self.sign(true)?,
                '(' if is_before && !self.opened => self.opened = true,
                ')' if !is_before && !self.closed => self.closed = true,
                '(' | ')' => return None,
                _ => self.word(&rest[..length], is_before)?,
            }
            rest = rest[length..].trim_start();
        }
        Some(())
    }

    fn sign(&mut self, is_minus: bool) -> Option<()> {
        self.sign.replace(is_minus).is_none().then_some(())
    }

    fn word(&mut self, word: &str, is_before: bool) -> Option<()> {
        if !is_before && let Some(side) = side_mark(word) {
            return self.side.replace(side).is_none().then_some(());
        }
        self.currency.replace(currency::stated(word)?).is_none().then_some(())
    }

    fn around(self, number: &str) -> Option<AmountText> {
        let is_negative = self.sign == Some(true) || self.opened;
        let is_contradictory = match self.side {
            Some(Side::Credit) => is_negative,
            Some(Side::Debit) => self.sign == Some(false),
            None => self.opened && self.sign == Some(false),
        };
        if self.opened != self.closed || is_contradictory {
            return None;
        }
        let [dot, comma] = readings(number);
        let amount = AmountText { dot, comma, is_negative, side: self.side, currency: self.currency };
        (dot.is_some() || comma.is_some()).then_some(amount)
    }
}

/// Where a word beside a number ends.
fn is_no_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '+' | '-' | '\u{2212}' | '\u{2013}' | '(' | ')')
}

/// A mark of the side directly behind an amount.
fn side_mark(word: &str) -> Option<Side> {
    match word {
        "CR" | "Cr" | "cr" | "H" => Some(Side::Credit),
        "DR" | "Dr" | "dr" | "S" => Some(Side::Debit),
        _ => None,
    }
}

impl AmountText {
    /// The value with this decimal mark, negative where a minus or parentheses stand, or a mark that
    /// says money out; none where that makes no number. Zero has no sign.
    pub fn value(&self, decimal: char) -> Option<Decimal> {
        let value = if decimal == ',' { self.comma } else { self.dot }?;
        let is_negative = self.is_negative || self.side == Some(Side::Debit);
        Some(if is_negative && !value.is_zero() { -value } else { value })
    }

    /// The number without sign if the decimal mark is `.`, and if it is `,`.
    pub fn magnitudes(&self) -> [Option<Decimal>; 2] {
        [self.dot, self.comma]
    }

    /// Whether it is nothing, whatever the mark.
    pub fn is_zero(&self) -> bool {
        self.dot.or(self.comma).is_some_and(|value| value.is_zero())
    }
}

/// The number with `.` and with `,` as its decimal mark.
fn readings(number: &str) -> [Option<Decimal>; 2] {
    let mut marks = number.bytes().enumerate().filter(|(_, b)| matches!(b, b'.' | b','));
    match (marks.next(), marks.next()) {
        (None, _) => [magnitude(number, '.'); 2],
        // One mark groups only where three digits follow; this is nearly every amount.
        (Some((at, b'.')), None) if at + 4 != number.len() => [magnitude(number, '.'), None],
        (Some((at, _)), None) if at + 4 != number.len() => [None, magnitude(number, ',')],
        _ => [magnitude(number, '.'), magnitude(number, ',')],
    }
}

/// The number with this decimal mark, if it is one.
fn magnitude(number: &str, decimal: char) -> Option<Decimal> {
    let mark = number.bytes().position(|b| char::from(b) == decimal);
    let (whole, fraction) = mark.map_or((number, ""), |at| (&number[..at], &number[at + 1..]));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mantissa = push_digits(whole_digits(whole)?, fraction)?;
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(fraction.len()).ok()?).ok()
}

/// The number before the decimal mark; grouped in threes (in India also in twos) by one mark throughout.
fn whole_digits(text: &str) -> Option<i128> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return push_digits(0, text);
    }
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '_') {
        return None;
    }
    let mut groups = text.split(mark);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()) && *group != "0")?;
    let mut number = push_digits(0, first)?;
    let mut last = 0;
    let mut is_in_threes = first.len() == 3;
    for group in groups {
        // `1,00,000` but not `100,00,000` nor `1,000,00`.
        if group.len() != 3 && (group.len() != 2 || is_in_threes) {
            return None;
        }
        is_in_threes = group.len() == 3;
        last = group.len();
        number = push_digits(number, group)?;
    }
    (last == 3).then_some(number)
}

fn push_digits(number: i128, digits: &str) -> Option<i128> {
    // Nearly every amount fits: 128 bits are slow.
    if let Ok(small) = i64::try_from(number)
        && digits.len() + 1 < 19
        && small < 10_i64.pow(18 - digits.len() as u32)
    {
        let digit = |number: i64, b: u8| b.is_ascii_digit().then(|| number * 10 + i64::from(b - b'0'));
        return digits.bytes().try_fold(small, digit).map(i128::from);
    }
    digits.bytes().try_fold(number, |number, b| {
        let digit = b.is_ascii_digit().then(|| i128::from(b - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, decimal: char) -> Option<String> {
        read(text).and_then(|read| read.value(decimal)).map(|value| value.to_string())
    }

    #[test]
    fn amounts_as_banks_write_them() {
        let cases = [
            ("1,036.47", '.', "1036.47"),
            ("11'373.94", '.', "11373.94"),
            ("11’373.94", '.', "11373.94"),
            ("+5257,28", ',', "5257.28"),
            ("1.234.567,89", ',', "1234567.89"),
            ("1 234,50", ',', "1234.50"),
            ("1\u{a0}234,50", ',', "1234.50"),
            ("1\u{202f}234,50 €", ',', "1234.50"),
            ("$20.00", '.', "20.00"),
            ("-$5", '.', "-5"),
            ("$-5", '.', "-5"),
            ("(1.00)", '.', "-1.00"),
            ("($1.00)", '.', "-1.00"),
            ("(−3)", '.', "-3"),
            (" ( 40 ) ", '.', "-40"),
            ("1.00-", '.', "-1.00"),
            ("3,90-", ',', "-3.90"),
            ("9.432,69 +", ',', "9432.69"),
            ("- 5", '.', "-5"),
            ("+ $20", '.', "20"),
            (" $ - 50 ", '.', "-50"),
            ("- $60 ", '.', "-60"),
            ("\u{2212}3.45", '.', "-3.45"),
            ("+ £1,100.00", '.', "1100.00"),
            ("16,94 EUR", ',', "16.94"),
            ("EUR -16,94", ',', "-16.94"),
            ("1,00,000.99", '.', "100000.99"),
            (".45", '.', "0.45"),
            ("-,45", ',', "-0.45"),
            ("5.", '.', "5"),
            ("5 Fr.", '.', "5"),
            ("0", '.', "0"),
            ("-0.00", '.', "0.00"),
            ("0.125", '.', "0.125"),
            ("18753493.6094", '.', "18753493.6094"),
            ("50000", ',', "50000"),
        ];
        for (text, decimal, expected) in cases {
            assert_eq!(value(text, decimal).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_amounts() {
        let texts = [
            "",
            "-",
            "12,3x",
            "2018-02-25",
            "12:30",
            "--5",
            "-5-",
            "(5",
            "5)",
            "1,2,3",
            "1.2.3",
            "1'23",
            "5%",
            "1e5",
            "5 6",
            "$$5",
            "5 XYZ",
            "1,000,00",
            "CHF 5.-",
            "-5 CR",
            "+5 DR",
            "NaN",
            "٣",
            "1,000.000,00",
        ];
        for text in texts {
            assert_eq!(value(text, '.').or(value(text, ',')), None, "{text}");
        }
        assert_eq!(value("1,234", '.').as_deref(), Some("1234"));
        assert_eq!(value("12,50", '.'), None);
        assert_eq!(value(&"9".repeat(40), '.'), None);
    }

    #[test]
    fn currency_and_side_are_kept() {
        assert_eq!(read("16,94 EUR").unwrap().currency, Some("EUR"));
        assert_eq!(read("5 zł").unwrap().currency, Some("PLN"));
        assert_eq!(read("$5").unwrap().currency, Some("$"));
        assert_eq!(read("5").unwrap().currency, None);
        assert_eq!(read("1,100.00 CR").unwrap().side, Some(Side::Credit));
        assert_eq!(read("12,00 S").unwrap().side, Some(Side::Debit));
    }
}
