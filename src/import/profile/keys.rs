//! The keys of a profile: one list for reading, writing, and the comments in the file.

use toml::Value;
use toml::de::DeValue;

use super::value;
use crate::domain::invalid::Invalid;
use crate::import::formats::{self, DateOrder, Options};

/// A key, what it is for, and how it is read and written.
pub struct Key {
    /// As it stands in the file.
    pub name: &'static str,
    /// What it is for, as a comment.
    pub about: &'static str,
    /// A value that it can have.
    pub example: &'static str,
    pub(super) set: fn(&mut Options, &str, &DeValue<'_>) -> Result<(), Invalid>,
    pub(super) get: fn(&Options) -> Option<Value>,
}

/// A key that is one column.
macro_rules! column {
    ($name:literal, $field:ident, $about:literal) => {
        Key {
            name: $name,
            about: $about,
            example: "\"Heading\"",
            set: |options, key, value| {
                options.$field = Some(value::column(key, value)?);
                Ok(())
            },
            get: |options| options.$field.clone().map(Value::String),
        }
    };
}

/// A key that is several columns.
macro_rules! columns {
    ($name:literal, $field:ident, $about:literal) => {
        Key {
            name: $name,
            about: $about,
            example: "[\"Heading\", 4]",
            set: |options, key, value| {
                options.$field = Some(value::columns(key, value)?);
                Ok(())
            },
            get: |options| options.$field.as_deref().map(list),
        }
    };
}

/// A key that is several words.
macro_rules! words {
    ($name:literal, $field:ident, $about:literal, $example:literal) => {
        Key {
            name: $name,
            about: $about,
            example: $example,
            set: |options, key, value| {
                options.$field = value::words(key, value)?;
                Ok(())
            },
            get: |options| (!options.$field.is_empty()).then(|| list(&options.$field)),
        }
    };
}

/// Any other key.
macro_rules! key {
    ($name:literal, $about:literal, $example:literal, $set:expr, $get:expr) => {
        Key { name: $name, about: $about, example: $example, set: $set, get: $get }
    };
}

/// Every key but the fingerprint, in the order in which they are written.
pub const KEYS: &[Key] = &[
    column!("date_column", date_column, "the day: a heading or a number, as every column"),
    column!("amount_column", amount_column, "the amount with its sign; or the next two"),
    column!("debit_column", debit_column, "money out"),
    column!("credit_column", credit_column, "money in"),
    column!("flag_column", flag_column, "a word beside an amount without sign: in or out"),
    words!("debit_words", debit_words, "its words for money out; \"\" is a blank cell", "[\"S\", \"Debit\"]"),
    words!("credit_words", credit_words, "its words for money in", "[\"H\", \"Credit\"]"),
    columns!("payee_column", payee_columns, "the other party; of several the first that is filled"),
    column!("payer_column", payer_column, "the other party of money that came in"),
    columns!("memo_column", memo_columns, "the remark; several are joined"),
    columns!("text_column", text_columns, "the remark where that is blank, but for the payee"),
    column!("id_column", id_column, "the bank's own number of a transaction"),
    column!("account_column", account_column, "the account"),
    column!("balance_column", balance_column, "the balance after the row"),
    column!("currency_column", currency_column, "the currency"),
    key!(
        "currency",
        "the currency of rows that state none",
        "\"EUR\"",
        |options, key, value| {
            options.currency = Some(formats::currency(&value::text(key, value)?)?);
            Ok(())
        },
        |options| options.currency.clone().map(Value::String)
    ),
    column!("status_column", status_column, "whether a row is booked"),
    words!("pending_words", pending_words, "its words for what is not booked yet", "[\"Pending\"]"),
    key!(
        "date_order",
        "of days in numbers: ymd, dmy or mdy",
        "\"dmy\"",
        |options, key, value| {
            options.date_order = Some(DateOrder::parse(&value::text(key, value)?)?);
            Ok(())
        },
        |options| options.date_order.map(|order| Value::String(order.as_str().to_owned()))
    ),
    key!(
        "date_format",
        "how a day is written, where it is not found out",
        "\"%d/%Y/%m\"",
        |options, key, value| {
            options.date_format = Some(formats::date_format(&value::text(key, value)?)?);
            Ok(())
        },
        |options| options.date_format.clone().map(Value::String)
    ),
    key!(
        "decimal",
        "the decimal mark",
        "\",\"",
        |options, key, value| {
            options.decimal = Some(formats::decimal_mark(&value::text(key, value)?)?);
            Ok(())
        },
        |options| options.decimal.map(|mark| Value::String(mark.to_string()))
    ),
    key!(
        "unit",
        "of amounts: units, or whole cents",
        "\"cents\"",
        |options, key, value| {
            options.in_cents = Some(value::either(key, value, ["cents", "units"])?);
            Ok(())
        },
        |options| options.in_cents.map(|is| Value::String(if is { "cents" } else { "units" }.to_owned()))
    ),
    key!(
        "invert",
        "true: a plus is money out, as on a card's bill",
        "true",
        |options, key, value| {
            options.is_inverted = Some(value::flag(key, value)?);
            Ok(())
        },
        |options| options.is_inverted.map(Value::Boolean)
    ),
    key!(
        "unmarked_amounts",
        "out: only what has CR beside it, or a word in the flag's column, comes in",
        "\"out\"",
        |options, key, value| {
            options.unmarked_is_debit = Some(value::either(key, value, ["out", "in"])?);
            Ok(())
        },
        |options| options.unmarked_is_debit.map(|is| Value::String(if is { "out" } else { "in" }.to_owned()))
    ),
    key!(
        "debits",
        "signed: money out has a minus in its column; plain: a minus there came back",
        "\"signed\"",
        |options, key, value| {
            options.debit_is_signed = Some(value::either(key, value, ["signed", "plain"])?);
            Ok(())
        },
        |options| {
            options.debit_is_signed.map(|is| Value::String(if is { "signed" } else { "plain" }.to_owned()))
        }
    ),
    key!(
        "delimiter",
        "what parts the columns",
        "\";\"",
        |options, key, value| {
            options.delimiter = Some(formats::delimiter(&value::text(key, value)?)?);
            Ok(())
        },
        |options| options.delimiter.map(|c| Value::String(c.to_string()))
    ),
    key!(
        "encoding",
        "how letters are stored",
        "\"cp1252\"",
        |options, key, value| {
            options.encoding = Some(value::text(key, value)?);
            Ok(())
        },
        |options| options.encoding.clone().map(Value::String)
    ),
    key!(
        "header",
        "whether there is a line of headings",
        "false",
        |options, key, value| {
            options.has_header = Some(value::flag(key, value)?);
            Ok(())
        },
        |options| options.has_header.map(Value::Boolean)
    ),
    key!(
        "skip",
        "lines to leave out at the beginning",
        "3",
        |options, key, value| {
            options.skip = Some(value::count(key, value)?);
            Ok(())
        },
        |options| options.skip.and_then(|n| i64::try_from(n).ok()).map(Value::Integer)
    ),
    key!(
        "footer",
        "lines to leave out at the end",
        "1",
        |options, key, value| {
            options.footer = Some(value::count(key, value)?);
            Ok(())
        },
        |options| options.footer.and_then(|n| i64::try_from(n).ok()).map(Value::Integer)
    ),
];

fn list(texts: &[String]) -> Value {
    Value::Array(texts.iter().cloned().map(Value::String).collect())
}
