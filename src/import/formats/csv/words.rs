//! The header words of the banks: what a column is for, by its name.
//!
//! The words themselves are data, in `words.txt`; `headers` chooses among the columns by them.

use std::collections::HashMap;
use std::sync::LazyLock;

use iso_currency::Currency;

use super::super::text::fold;

/// The phrases, by role and rank; a bank whose headers are not known is one more line there.
const PHRASES: &str = include_str!("words.txt");

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The day; rank 0 of the booking or transaction, 2 of the value date, 3 and 4 by a word in it.
    Date,
    /// A signed amount.
    Amount,
    /// Money out.
    Debit,
    /// Money in.
    Credit,
    /// The account's balance.
    Balance,
    /// The other party; rank 0 plainly so, 1 by a bare `Name`, 2 who sends.
    Payee,
    /// A text that says who or what.
    Text,
    /// A further text.
    Memo,
    /// The currency of the amount.
    Currency,
    /// Currency in the north, value date elsewhere: the values tell.
    Valuta,
    /// What the bank numbers transactions by.
    Id,
    /// The user's own account; rank 0 plainly so, 1 by a name, 2 only before the payee (behind it, it
    /// is the other party's), 3 a product.
    Account,
    /// Whether it is booked.
    Status,
    /// Whether it is money in or out.
    Flag,
}

impl Role {
    fn by_name(name: &str) -> Option<Role> {
        const NAMES: [(&str, Role); 14] = [
            ("date", Role::Date),
            ("amount", Role::Amount),
            ("debit", Role::Debit),
            ("credit", Role::Credit),
            ("balance", Role::Balance),
            ("payee", Role::Payee),
            ("text", Role::Text),
            ("memo", Role::Memo),
            ("currency", Role::Currency),
            ("valuta", Role::Valuta),
            ("id", Role::Id),
            ("account", Role::Account),
            ("status", Role::Status),
            ("flag", Role::Flag),
        ];
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// Whether several columns can share it: `Description 1`, but not `Transaction Ref1`.
    fn may_be_numbered(self) -> bool {
        matches!(self, Role::Payee | Role::Text | Role::Memo)
    }
}

/// A column's role, and how good a candidate it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it is for.
    pub role: Role,
    /// Lower ranks are preferred.
    pub rank: u8,
    /// Whether a number stands behind the word: `Description 1`.
    pub is_numbered: bool,
}

/// Words that make a date, and an amount, of a column whose name is not known as a whole.
const DATE_WORDS: &str = "date datum fecha data dato";
const AMOUNT_WORDS: &str = "amount betrag montant bedrag importo importe belopp belob belop kwota castka";
/// Words beside these that name another date, or another amount than that of the row.
const OTHER_DATES: &str =
    "value valeur valuta valor valutadatum due expiry start end from to statement birth";
const OTHER_AMOUNTS: &str = "original local foreign orig originale fee fees tax vat instructed individual einzel \
     einzelbetrag source target exchange rate currency fremdwahrung ursprungs ursprungsbetrag oorspr origin d \
     origine gebuhr cashback reward min max limit refund native in out debit credit type";

static KNOWN: LazyLock<HashMap<&str, (Role, u8)>> = LazyLock::new(|| {
    let lines = PHRASES.lines().filter_map(parse_line);
    lines
        .flat_map(|(role, rank, phrases)| phrases.split('|').map(move |phrase| (phrase, (role, rank))))
        .collect()
});

/// `date 0: date|booking date`; none for a comment and a blank line.
fn parse_line(line: &'static str) -> Option<(Role, u8, &'static str)> {
    let (head, phrases) = line.split_once(": ").filter(|_| !line.starts_with('#'))?;
    let (role, rank) = head.split_once(' ')?;
    Some((Role::by_name(role)?, rank.parse().ok()?, phrases))
}

/// What a column of this name is for; none where the name says nothing.
pub fn meaning(header: &str) -> Option<Meaning> {
    if header.len() > 80 {
        return None;
    }
    // `Amount (debit)` says more than `Amount`, `Amount (EUR)` does not.
    let (whole, folded) = (fold(header), fold(&without_brackets(header)));
    let numberless = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_numbered = numberless.len() < folded.len();
    let numbered = || known(numberless).filter(|(role, _)| !is_numbered || role.may_be_numbered());
    let in_currency = || known(without_currency(&folded));
    let found = known(&whole).or_else(|| known(&folded)).or_else(numbered).or_else(in_currency);
    let (role, rank) = found.or_else(|| by_words(&folded))?;
    Some(Meaning { role, rank, is_numbered })
}

fn known(folded: &str) -> Option<(Role, u8)> {
    KNOWN.get(folded).copied()
}

/// A date or an amount by a word in it, as a last choice.
fn by_words(folded: &str) -> Option<(Role, u8)> {
    let has = |list: &str| folded.split(' ').any(|word| list.split_whitespace().any(|known| known == word));
    if has(DATE_WORDS) {
        return Some((Role::Date, if has(OTHER_DATES) { 4 } else { 3 }));
    }
    (has(AMOUNT_WORDS) && !has(OTHER_AMOUNTS)).then_some((Role::Amount, 2))
}

/// `umsatz in eur` -> `umsatz`
fn without_currency(folded: &str) -> &str {
    let Some((rest, last)) = folded.rsplit_once(' ') else { return folded };
    let is_currency = last.starts_with("euro") || Currency::from_code(&last.to_ascii_uppercase()).is_some();
    if !is_currency {
        return folded;
    }
    rest.strip_suffix(" in").or_else(|| rest.strip_suffix(" en")).unwrap_or(rest)
}

/// The text without what stands in brackets, unless that is all of it.
fn without_brackets(header: &str) -> String {
    let mut outside = String::with_capacity(header.len());
    let mut depth = 0_u32;
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.trim().is_empty() { header.to_owned() } else { outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_folded_and_stand_once() {
        let mut seen = HashMap::new();
        for line in PHRASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (role, rank, phrases) = parse_line(line).expect(line);
            for phrase in phrases.split('|') {
                assert_eq!(fold(phrase), phrase);
                assert_eq!(seen.insert(phrase, (role, rank)), None, "`{phrase}` stands twice");
            }
        }
    }

    #[test]
    fn headers_are_known_however_they_are_written() {
        let cases = [
            ("Date", Some((Role::Date, 0))),
            ("TransactionDate", Some((Role::Date, 0))),
            ("\u{feff}BOOKING DATE", Some((Role::Date, 0))),
            ("Date d'opération", Some((Role::Date, 0))),
            ("Bokföringsdag", Some((Role::Date, 0))),
            ("Date (DD/MM/YYYY)", Some((Role::Date, 0))),
            ("Wertstellung (Valuta)", Some((Role::Date, 2))),
            ("Posting Date and Time", Some((Role::Date, 3))),
            ("Umsatz in EUR", Some((Role::Amount, 0))),
            ("Amount (EUR)", Some((Role::Amount, 0))),
            ("Amount (debit)", Some((Role::Debit, 0))),
            ("Kwota [PLN]", Some((Role::Amount, 0))),
            ("Original Amount", None),
            ("Lastschrift Ursprungsbetrag", None),
            ("Withdrawals (SGD)", Some((Role::Debit, 0))),
            ("Inn på konto", Some((Role::Credit, 0))),
            ("RunningBalance", Some((Role::Balance, 0))),
            ("Beguenstigter/Zahlungspflichtiger", Some((Role::Payee, 0))),
            ("Naam / Omschrijving", Some((Role::Payee, 0))),
            ("VWZ14", Some((Role::Memo, 0))),
            ("N° de transaction", Some((Role::Id, 0))),
            ("Transaction Ref7", None),
            ("Card No.", None),
            ("CheckNumber", None),
            ("IBAN/BBAN", Some((Role::Account, 2))),
            ("Partner Iban", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(meaning(header).map(|found| (found.role, found.rank)), expected, "{header}");
        }
        assert!(meaning("Omschrijving-2").is_some_and(|found| found.is_numbered));
    }
}
