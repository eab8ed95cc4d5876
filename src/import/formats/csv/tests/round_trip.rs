//! Properties: what is printed in any dialect is read back as it was.

use std::fmt::Write;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::super::text::{amounts, dates};
use super::*;

/// How a bank prints.
#[derive(Clone, Debug)]
struct Dialect {
    delimiter: char,
    line_end: &'static str,
    decimal: char,
    group: &'static str,
    minus: Minus,
    date: &'static str,
    is_quoted: bool,
    has_mark: bool,
}

#[derive(Clone, Copy, Debug)]
enum Minus {
    Before,
    Unicode,
    Behind,
    Brackets,
    WithCurrency,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let minus = prop_oneof![
        Just(Minus::Before),
        Just(Minus::Unicode),
        Just(Minus::Behind),
        Just(Minus::Brackets),
        Just(Minus::WithCurrency)
    ];
    let date = prop::sample::select(vec![
        "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%b-%Y", "%Y%m%d", "%d.%m.%y",
    ]);
    let group = prop::sample::select(vec!["", "'", "\u{2019}", "\u{a0}", "\u{202f}", "the other mark"]);
    let line_end = prop::sample::select(vec!["\n", "\r\n", "\r", "\r\r\n"]);
    let delimiter = prop::sample::select(vec![',', ';', '\t', '|']);
    (
        delimiter,
        line_end,
        prop::sample::select(vec!['.', ',']),
        group,
        minus,
        date,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(delimiter, line_end, decimal, group, minus, date, is_quoted, has_mark)| {
            let other = if decimal == '.' { "," } else { "." };
            let group = if group == "the other mark" { other } else { group };
            Dialect { delimiter, line_end, decimal, group, minus, date, is_quoted, has_mark }
        })
}

impl Dialect {
    fn amount(&self, amount: Decimal) -> String {
        let digits = amount.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut number = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                number.push_str(self.group);
            }
            number.push(digit);
        }
        if !fraction.is_empty() {
            number.push(self.decimal);
            number.push_str(fraction);
        }
        match self.minus {
            _ if !amount.is_sign_negative() => number,
            Minus::Before => format!("-{number}"),
            Minus::Unicode => format!("\u{2212} {number}"),
            Minus::Behind => format!("{number}-"),
            Minus::Brackets => format!("({number})"),
            Minus::WithCurrency => format!("-£{number}"),
        }
    }

    fn cell(&self, text: &str) -> String {
        if self.is_quoted || text.contains([self.delimiter, '"', '\n']) || text.trim() != text {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    fn file(&self, rows: &[(NaiveDate, Decimal, String)]) -> String {
        let mut file = String::from(if self.has_mark { "\u{feff}" } else { "" });
        let header = ["Date", "Amount", "Payee"].map(|cell| self.cell(cell));
        file.push_str(&header.join(&self.delimiter.to_string()));
        for (date, amount, payee) in rows {
            let cells = [date.format(self.date).to_string(), self.amount(*amount), payee.clone()];
            let cells = cells.map(|cell| self.cell(&cell)).join(&self.delimiter.to_string());
            write!(file, "{}{cells}", self.line_end).unwrap();
        }
        file + self.line_end
    }
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-99_999_999_999_i64..99_999_999_999, 0_u32..4)
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..20_000)
        .prop_map(|days| NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(days as u64))
}

proptest! {
    #[test]
    fn an_amount_is_read_as_it_was_printed(dialect in dialect(), amount in amount()) {
        let text = dialect.amount(amount);
        let read = amounts::read(&text).and_then(|read| read.value(dialect.decimal));
        prop_assert_eq!(read, Some(amount), "{}", text);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*", amount in "[-+ ()0-9.,'€$A-Z\u{2212}]{0,20}", date in "[0-9/. :TZa-z-]{0,24}") {
        for text in [&text, &amount, &date] {
            let _ = (amounts::read(text), dates::read(text));
        }
    }

    #[test]
    fn a_file_is_read_as_it_was_printed(
        dialect in dialect(),
        rows in prop::collection::vec((day(), amount(), "[A-Za-z,;|\t\" äé€\n]{0,12}[a-z]"), 0..12),
    ) {
        // A row that settles what may be open.
        let mut rows = rows;
        rows.push((NaiveDate::from_ymd_opt(2026, 3, 25).unwrap(), Decimal::new(123_450, 2), "settled".into()));
        let file = dialect.file(&rows);
        let outcome = try_read(file.as_bytes(), &Options::default());
        let outcome = outcome.map_err(|error| TestCaseError::fail(format!("{error} in {file}")))?;
        prop_assert!(outcome.rejected.is_empty(), "{:?} in {}", outcome.rejected, file);
        let read: Vec<_> = outcome.lines.iter().map(|l| (l.date, l.amount, l.payee.clone().unwrap())).collect();
        let trimmed: Vec<_> = rows.iter().map(|(d, a, p)| (*d, *a, p.trim().to_owned())).collect();
        prop_assert_eq!(read, trimmed, "{}", file);
    }
}
