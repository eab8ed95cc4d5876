//! Numbers as journals write them, and which of their marks is the decimal one.
//!
//! Where the file says it (`decimal-mark`, a commodity's format, `--decimal`), that holds. Else each
//! program's own rule does: hledger takes a single mark for the decimal one (`1,000` is one), ledger a comma
//! with three digits behind it for a thousand's; what could be either is told as a note.

use rust_decimal::Decimal;

use super::dialect::Dialect;

/// What is known of a number's marks before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// This one is the decimal mark; others part groups.
    Decimal(char),
    /// There are no decimals: every mark parts groups.
    Whole,
    /// The program's rule decides.
    Open,
}

/// A number, and how sure its reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value, with the decimals that it shows.
    pub value: Decimal,
    /// The decimal mark, where there is one.
    pub decimal: Option<char>,
    /// Whether another program would read another number: one mark, three digits behind it, nothing said.
    pub is_ambiguous: bool,
}

const MOST_DIGITS: usize = 28;
const MOST_WHOLE: usize = 15;

/// Reads digits with their marks; the text holds nothing else.
///
/// # Errors
/// For groups that are not of three, two decimal marks, and more digits than can be kept exactly.
pub fn read(text: &str, marks: Marks, dialect: Dialect) -> Result<Number, String> {
    let wrong = || format!("`{text}` is no number");
    let at = decimal_place(text, marks, dialect);
    let (whole, fraction) = at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let decimal = at.and_then(|at| text[at..].chars().next());
    let digits = without_groups(whole, decimal).ok_or_else(wrong)?;
    if digits.is_empty() && fraction.is_empty() {
        return Err(wrong());
    }
    let significant = digits.trim_start_matches('0');
    if significant.len() > MOST_WHOLE || significant.len() + fraction.len() > MOST_DIGITS {
        return Err(format!("`{text}` has more digits than can be kept"));
    }
    let mantissa = format!("{significant}{fraction}");
    let mantissa: i128 = if mantissa.is_empty() { 0 } else { mantissa.parse().map_err(|_| wrong())? };
    let scale = u32::try_from(fraction.len()).map_err(|_| wrong())?;
    let value = Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| wrong())?;
    Ok(Number { value, decimal, is_ambiguous: marks == Marks::Open && is_ambiguous(text) })
}

/// Where the decimal mark stands; none in a whole number.
fn decimal_place(text: &str, marks: Marks, dialect: Dialect) -> Option<usize> {
    let mark = match (marks, dialect) {
        (Marks::Whole, _) => return None,
        (Marks::Decimal(mark), _) => return text.rfind(mark),
        (Marks::Open, Dialect::Beancount) => return text.rfind('.'),
        (Marks::Open, _) => text.rfind(|c: char| !c.is_ascii_digit())?,
    };
    let (is_comma, is_dot) = (text[mark..].starts_with(','), text[mark..].starts_with('.'));
    let is_repeated = text[..mark].contains(if is_comma { ',' } else { '.' });
    let is_in_threes = (text.len() - mark - 1).is_multiple_of(3) && mark + 1 < text.len();
    match dialect {
        Dialect::Ledger if is_comma => (!is_in_threes).then_some(mark),
        Dialect::Ledger => is_dot.then_some(mark),
        _ => ((is_comma || is_dot) && !is_repeated).then_some(mark),
    }
}

/// The digits of a whole number; none where marks other than the decimal one do not part them in threes, or
/// as in India.
fn without_groups(text: &str, decimal: Option<char>) -> Option<String> {
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else { return Some(text.to_owned()) };
    if Some(mark) == decimal {
        return None;
    }
    let groups: Vec<&str> = text.split(mark).collect();
    let (last, others) = groups.split_last()?;
    let (first, middle) = others.split_first()?;
    let is_sound = last.len() == 3
        && (1..=3).contains(&first.len())
        && middle.iter().all(|group| (2..=3).contains(&group.len()))
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    is_sound.then(|| groups.concat())
}

/// Whether it is `1,000` or `1.000`, but not `0.125` or `1,000.00`.
fn is_ambiguous(text: &str) -> bool {
    let mut marks = text.bytes().enumerate().filter(|(_, b)| !b.is_ascii_digit());
    let Some((at, b',' | b'.')) = marks.next() else { return false };
    marks.next().is_none() && at + 4 == text.len() && (1..=3).contains(&at) && !text.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: Marks, dialect: Dialect) -> String {
        read(text, marks, dialect).map_or_else(|reason| reason, |number| number.value.to_string())
    }

    #[test]
    fn each_program_has_its_rule_for_the_decimal_mark() {
        let cases = [
            ("1,000", "1.000", "1000", "1000"),
            ("1.000", "1.000", "1.000", "1.000"),
            ("1,000.50", "1000.50", "1000.50", "1000.50"),
            ("1.000,50", "1000.50", "1000.50", "`1.000,50` is no number"),
            ("1,5", "1.5", "1.5", "`1,5` is no number"),
            ("1,000,000", "1000000", "1000000", "1000000"),
            ("1.000.000", "1000000", "`1.000.000` is no number", "`1.000.000` is no number"),
            ("1,00,000.0", "100000.0", "100000.0", "100000.0"),
            (".5", "0.5", "0.5", "0.5"),
            ("5.", "5", "5", "5"),
            ("1 000", "1000", "1000", "1000"),
            ("1 000,50", "1000.50", "1000.50", "`1 000,50` is no number"),
            ("12,34.5", "`12,34.5` is no number", "`12,34.5` is no number", "`12,34.5` is no number"),
        ];
        for (text, hledger, ledger, beancount) in cases {
            assert_eq!(shown(text, Marks::Open, Dialect::Hledger), hledger, "{text}");
            assert_eq!(shown(text, Marks::Open, Dialect::Beancount), beancount, "{text}");
            assert_eq!(shown(text, Marks::Open, Dialect::Ledger), ledger, "{text}");
        }
    }

    #[test]
    fn what_the_file_says_goes_before_any_rule() {
        let shown = |text, marks| shown(text, marks, Dialect::Hledger);
        assert_eq!(shown("1,000", Marks::Decimal('.')), "1000");
        assert_eq!(shown("1.000", Marks::Decimal(',')), "1000");
        assert_eq!(shown("1.000,5", Marks::Decimal(',')), "1000.5");
        assert_eq!(shown("1,5", Marks::Decimal('.')), "`1,5` is no number");
        assert_eq!(shown("1,000", Marks::Whole), "1000");
    }

    #[test]
    fn what_could_be_either_is_told() {
        let is_ambiguous = |text, marks| read(text, marks, Dialect::Hledger).unwrap().is_ambiguous;
        assert!(is_ambiguous("1,000", Marks::Open) && is_ambiguous("12.345", Marks::Open));
        assert!(!is_ambiguous("0.125", Marks::Open) && !is_ambiguous("1,000", Marks::Whole));
        assert!(!is_ambiguous("1,000.00", Marks::Open) && !is_ambiguous("1000.000", Marks::Open));
    }
}
