//! What the user may say about a file, and how the flags' words are read.
//!
//! `cli` fills `Options` from its flags and from profiles; formats use what concerns them. What is
//! not said is detected, and what is said is never overruled.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Dialect, Program, Rules, Signs};
use crate::domain::invalid::Invalid;
pub use crate::domain::when::DateOrder;

/// A format by its name on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormatName {
    /// Whatever the file's content says.
    #[default]
    Auto,
    /// Delimited text.
    Csv,
    /// Open Financial Exchange 1 (SGML) and 2 (XML); QFX and QBO are the same with tags of Intuit's.
    Ofx,
    /// Quicken's text format.
    Qif,
    /// ISO 20022 camt.053; 052 and 054 are recognised.
    Camt,
    /// SWIFT's customer statement.
    Mt940,
    /// What another budget program exports as CSV.
    Export(Program),
    /// A journal of plain-text accounting.
    Journal(Dialect),
}

impl FormatName {
    /// Every format with its word for `--input-format`.
    const WORDS: [(&'static str, FormatName); 13] = [
        ("auto", FormatName::Auto),
        ("csv", FormatName::Csv),
        ("ofx", FormatName::Ofx),
        ("qif", FormatName::Qif),
        ("camt", FormatName::Camt),
        ("mt940", FormatName::Mt940),
        ("ynab", FormatName::Export(Program::Ynab)),
        ("actual", FormatName::Export(Program::Actual)),
        ("mint", FormatName::Export(Program::Mint)),
        ("firefly", FormatName::Export(Program::Firefly)),
        ("hledger", FormatName::Journal(Dialect::Hledger)),
        ("ledger", FormatName::Journal(Dialect::Ledger)),
        ("beancount", FormatName::Journal(Dialect::Beancount)),
    ];

    /// The word for `--input-format`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, format)| *format == self).map_or("auto", |(word, _)| word)
    }

    /// Whether its files say what rows were for, and name own accounts by the user's words: those of other programs do.
    pub fn says_purposes(self) -> bool {
        matches!(self, FormatName::Qif | FormatName::Export(_) | FormatName::Journal(_))
    }

    /// Whether its files say which categories are income; of the others those that money comes from on the whole are.
    pub fn tells_income(self) -> bool {
        self != FormatName::Qif
    }

    /// Reads the word of `--input-format`; `qfx` and `qbo` are `ofx`.
    ///
    /// # Errors
    /// For an unknown one, listing those known.
    pub fn parse(text: &str) -> Result<FormatName, Invalid> {
        let word =
            if ["qfx", "qbo"].iter().any(|same| text.eq_ignore_ascii_case(same)) { "ofx" } else { text };
        let found = Self::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        found.map(|(_, format)| *format).ok_or_else(|| {
            let known: Vec<_> = Self::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            Invalid::new(format!("no input format named `{text}`"))
                .hint(format!("known are {}", known.join(", ")))
        })
    }
}

/// Reads the value of `--delimiter`: one character, or `tab`, `\t`, `comma`, `semicolon`, `pipe`.
///
/// # Errors
/// For more than one character, and for a letter, a digit, a quote or a line end.
pub fn delimiter(text: &str) -> Result<char, Invalid> {
    let named = match text {
        "tab" | "\\t" => Some('\t'),
        "comma" => Some(','),
        "semicolon" => Some(';'),
        "pipe" => Some('|'),
        _ => None,
    };
    let mut letters = text.chars();
    let one = named.or_else(|| letters.next().filter(|_| letters.next().is_none()));
    one.filter(|c| is_delimiter(*c)).ok_or_else(|| {
        Invalid::new(format!("`{text}` cannot part columns"))
            .hint("use one character such as `--delimiter ';'`, or `tab`")
    })
}

/// Whether the character can part columns: one byte in UTF-8, and nothing that values are made of.
pub(super) fn is_delimiter(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '"' | '\n' | '\r' | '\0' | '-' | '+')
}

/// Reads the value of `--decimal`: `.` or `,`.
///
/// # Errors
/// For anything else.
pub fn decimal_mark(text: &str) -> Result<char, Invalid> {
    match text {
        "." => Ok('.'),
        "," => Ok(','),
        _ => {
            Err(Invalid::new(format!("`{text}` is no decimal mark"))
                .hint("use `--decimal .` or `--decimal ,`"))
        }
    }
}

/// Reads the value of `--date-format`: day, month and year as `strftime` has them, such as `%d.%m.%Y`.
///
/// # Errors
/// For a text that is no format, and for one that leaves day, month or year open.
pub fn date_format(text: &str) -> Result<String, Invalid> {
    use std::fmt::Write;
    let example = NaiveDate::from_ymd_opt(2021, 3, 25).and_then(|date| date.and_hms_opt(10, 20, 30));
    let mut written = String::new();
    let is_whole = example.is_some_and(|example| {
        write!(written, "{}", example.and_utc().format(text)).is_ok()
            && NaiveDate::parse_from_str(&written, text) == Ok(example.date())
    });
    if is_whole {
        return Ok(text.to_owned());
    }
    Err(Invalid::new(format!("`{text}` does not say where day, month and year stand"))
        .hint("use `%d` for the day, `%m` or `%b` for the month, `%Y` or `%y` for the year: `%d.%m.%Y`"))
}

/// Reads the value of `--currency`: a code such as `EUR`.
///
/// # Errors
/// For what is no ISO 4217 code.
pub fn currency(text: &str) -> Result<String, Invalid> {
    let code = text.to_ascii_uppercase();
    let known = iso_currency::Currency::from_code(&code).map(|_| code);
    known.ok_or_else(|| {
        Invalid::new(format!("no currency has the code `{text}`")).hint("use a code such as `EUR`")
    })
}

/// What the user, or a profile, says about a file. A column is the text of its header or its
/// 1-based number; the text is tried first. What is `None` or empty is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day of the row.
    pub date_column: Option<String>,
    /// A signed amount; excludes the next two.
    pub amount_column: Option<String>,
    /// Money out of the account.
    pub debit_column: Option<String>,
    /// Money into the account.
    pub credit_column: Option<String>,
    /// Whether money goes in or out, in a word beside an amount without a sign.
    pub flag_column: Option<String>,
    /// Words of that column for money out, beside those known; an empty one is a blank cell.
    pub debit_words: Vec<String>,
    /// Likewise for money in.
    pub credit_words: Vec<String>,
    /// Whether amounts without `CR` beside them, or with a blank in the flag's column, go out.
    pub unmarked_is_debit: Option<bool>,
    /// Whether money out has a minus in its column; else a minus there is money that came back.
    pub debit_is_signed: Option<bool>,
    /// What earlier files of this kind settled of signs: used where the rows leave it open.
    pub signs: Option<Signs>,
    /// The balance after the row.
    pub balance_column: Option<String>,
    /// The other party: the first of these that is filled.
    pub payee_columns: Option<Vec<String>>,
    /// Who sent money that came in; goes before those.
    pub payer_column: Option<String>,
    /// What else there is to say, joined.
    pub memo_columns: Option<Vec<String>>,
    /// What stands for it where all of those are blank, but for the payee.
    pub text_columns: Option<Vec<String>>,
    /// The bank's number of the transaction.
    pub id_column: Option<String>,
    /// The currency of the row.
    pub currency_column: Option<String>,
    /// The currency of all rows that state none.
    pub currency: Option<String>,
    /// The account of the row.
    pub account_column: Option<String>,
    /// Whether the row is booked.
    pub status_column: Option<String>,
    /// Words of that column, or of the date's, for what is not booked yet, beside those known.
    pub pending_words: Vec<String>,
    /// What parts the columns.
    pub delimiter: Option<char>,
    /// The order of dates in numbers.
    pub date_order: Option<DateOrder>,
    /// How a date is written, as `strftime` has it; checked by `date_format`.
    pub date_format: Option<String>,
    /// The decimal mark, `.` or `,`.
    pub decimal: Option<char>,
    /// Whether amounts are whole cents (pence, ...).
    pub in_cents: Option<bool>,
    /// Whether a plus is money out: a card's statement counts what is owed.
    pub is_inverted: Option<bool>,
    /// The encoding by one of its usual names: `utf-8`, `utf-16`, `cp1252`, `latin-1`, ...
    pub encoding: Option<String>,
    /// How many lines to leave out before the header; blank ones are not counted.
    pub skip: Option<usize>,
    /// How many records to leave out at the end.
    pub footer: Option<usize>,
    /// Whether there is a line of headings; where there is, it is the first that is not left out.
    pub has_header: Option<bool>,
    /// hledger's rules, which say all that columns are.
    pub rules: Option<Arc<Rules>>,
}

impl Options {
    /// These, and for what they leave open the others'. What excludes each other counts as one thing: an
    /// amount in one column overrules amounts in two.
    #[must_use]
    pub fn or(self, other: Options) -> Options {
        let has_money =
            self.amount_column.is_some() || self.debit_column.is_some() || self.credit_column.is_some();
        let has_dates = self.date_order.is_some() || self.date_format.is_some();
        let is_flagged = has_money || self.flag_column.is_some();
        let has_currency = self.currency.is_some() || self.currency_column.is_some();
        let has_payee = self.payee_columns.is_some();
        let has_memo = self.memo_columns.is_some();
        let unless = |is_said: bool, text: Option<String>| text.filter(|_| !is_said);
        let words = |said: Vec<String>, other: Vec<String>| if said.is_empty() { other } else { said };
        Options {
            date_column: self.date_column.or(other.date_column),
            amount_column: self.amount_column.or(unless(has_money, other.amount_column)),
            debit_column: self.debit_column.or(unless(is_flagged, other.debit_column)),
            credit_column: self.credit_column.or(unless(is_flagged, other.credit_column)),
            flag_column: self.flag_column.or(unless(has_money, other.flag_column)),
            debit_words: words(self.debit_words, other.debit_words),
            credit_words: words(self.credit_words, other.credit_words),
            unmarked_is_debit: self.unmarked_is_debit.or(other.unmarked_is_debit.filter(|_| !has_money)),
            debit_is_signed: self.debit_is_signed.or(other.debit_is_signed.filter(|_| !is_flagged)),
            signs: self.signs.or(other.signs),
            balance_column: self.balance_column.or(other.balance_column),
            payee_columns: self.payee_columns.or(other.payee_columns),
            payer_column: self.payer_column.or(unless(has_payee, other.payer_column)),
            memo_columns: self.memo_columns.or(other.memo_columns),
            text_columns: self.text_columns.or(other.text_columns.filter(|_| !has_memo)),
            id_column: self.id_column.or(other.id_column),
            currency_column: self.currency_column.or(unless(has_currency, other.currency_column)),
            currency: self.currency.or(unless(has_currency, other.currency)),
            account_column: self.account_column.or(other.account_column),
            status_column: self.status_column.or(other.status_column),
            pending_words: words(self.pending_words, other.pending_words),
            delimiter: self.delimiter.or(other.delimiter),
            date_order: self.date_order.or(other.date_order.filter(|_| !has_dates)),
            date_format: self.date_format.or(unless(has_dates, other.date_format)),
            decimal: self.decimal.or(other.decimal),
            in_cents: self.in_cents.or(other.in_cents),
            is_inverted: self.is_inverted.or(other.is_inverted),
            encoding: self.encoding.or(other.encoding),
            skip: self.skip.or(other.skip),
            footer: self.footer.or(other.footer),
            has_header: self.has_header.or(other.has_header),
            rules: self.rules.or(other.rules),
        }
    }

    /// Two things said that exclude each other, by the words of profiles; flags have dashes in them.
    pub fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let amount = self.amount_column.is_some();
        let (debit, credit) = (self.debit_column.is_some(), self.credit_column.is_some());
        let pairs = [
            (amount && debit, ("amount_column", "debit_column")),
            (amount && credit, ("amount_column", "credit_column")),
            (self.flag_column.is_some() && debit, ("flag_column", "debit_column")),
            (self.flag_column.is_some() && credit, ("flag_column", "credit_column")),
            (self.date_format.is_some() && self.date_order.is_some(), ("date_format", "date_order")),
            (self.currency.is_some() && self.currency_column.is_some(), ("currency", "currency_column")),
        ];
        pairs.into_iter().find(|(is_said, _)| *is_said).map(|(_, pair)| pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_format_is_told_those_known() {
        let invalid = FormatName::parse("xls").unwrap_err();
        assert_eq!(invalid.message, "no input format named `xls`");
        assert_eq!(
            invalid.hint.as_deref(),
            Some(
                "known are `auto`, `csv`, `ofx`, `qif`, `camt`, `mt940`, `ynab`, `actual`, `mint`, `firefly`, `hledger`, `ledger`, `beancount`"
            )
        );
        assert_eq!(FormatName::parse("CSV"), Ok(FormatName::Csv));
        assert_eq!(FormatName::parse("qfx"), Ok(FormatName::Ofx));
    }

    #[test]
    fn words_of_the_flags_are_read() {
        assert_eq!(DateOrder::parse("Dmy"), Ok(DateOrder::Dmy));
        assert!(DateOrder::parse("dym").is_err());
        assert_eq!(delimiter("tab"), Ok('\t'));
        assert_eq!(delimiter("|"), Ok('|'));
        for refused in ["", ";;", "\"", "a", "é", "-"] {
            assert!(delimiter(refused).is_err(), "{refused}");
        }
        assert_eq!(decimal_mark(","), Ok(','));
        assert!(decimal_mark("'").is_err());
        assert_eq!(date_format("%d/%Y/%m").as_deref(), Ok("%d/%Y/%m"));
        assert!(date_format("%d-%m-%y / %H:%M").is_ok() && date_format("%d %b %Y").is_ok());
        for refused in ["", "%d.%m", "dd.mm.yyyy", "%Q", "%", "%d.%m.%Y%"] {
            assert!(date_format(refused).is_err(), "{refused}");
        }
        assert_eq!(currency("eur").as_deref(), Ok("EUR"));
        assert!(currency("euro").is_err());
    }

    #[test]
    fn what_is_said_overrules_all_of_its_kind() {
        let said = Options {
            amount_column: Some("A".into()),
            date_order: Some(DateOrder::Dmy),
            ..Options::default()
        };
        let saved = Options {
            debit_column: Some("D".into()),
            credit_column: Some("C".into()),
            date_format: Some("%d.%m.%Y".into()),
            footer: Some(2),
            ..Options::default()
        };
        let both = said.clone().or(saved.clone());
        assert_eq!((both.contradiction(), both.footer), (None, Some(2)));
        assert_eq!((both.amount_column.as_deref(), both.debit_column), (Some("A"), None));
        let flagged = Options { flag_column: Some("F".into()), ..Options::default() };
        assert_eq!(flagged.or(saved.clone()).contradiction(), None);
        let bad = Options { amount_column: Some("A".into()), ..saved };
        assert_eq!(bad.contradiction(), Some(("amount_column", "debit_column")));
    }
}
