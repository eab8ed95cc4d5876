//! The tools: one file each, with its arguments and what it does side by side. Here is what they have in common.

mod expenses;
mod names;
mod overview;
mod report;
mod summary;
mod transactions;

use std::sync::Arc;

use chrono::NaiveDate;
use rmcp::model::{JsonObject, Tool as Described, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{answers, cursor};
use crate::book::Book;
use crate::domain::money::DecimalMark;
use crate::domain::name::visible;
use crate::domain::query::{Query, Reading};
use crate::domain::when::{FIRST_DAY, Period, parse_date};
use crate::error::{OrUsage, Problem, Result};

/// Every tool, the most asked for first.
pub const ALL: [Tool; 6] =
    [expenses::TOOL, summary::TOOL, overview::TOOL, transactions::TOOL, report::TOOL, names::TOOL];

/// What a client can call.
pub struct Tool {
    /// What it is called by.
    pub name: &'static str,
    title: &'static str,
    /// What a model reads to choose it: every word is paid for in each of its sessions.
    about: &'static str,
    input: fn() -> JsonObject,
    output: fn() -> Value,
    run: fn(&Call<'_>) -> Result<Value>,
}

/// One call of a tool.
pub struct Call<'a> {
    /// The book as it is now.
    pub book: &'a Book,
    tool: &'static str,
    arguments: JsonObject,
}

impl Tool {
    /// As a client is told of it.
    pub fn described(&self) -> Described {
        let output = match (self.output)() {
            Value::Object(schema) => Some(Arc::new(schema)),
            _ => None,
        };
        let mut described = Described::new(self.name, self.about, (self.input)()).with_title(self.title);
        described.output_schema = output;
        described.with_annotations(ToolAnnotations::new().read_only(true).open_world(false))
    }

    /// What it answers.
    ///
    /// # Errors
    /// Arguments that it does not take; what the book says.
    pub fn call(&self, book: &Book, arguments: JsonObject) -> Result<Value> {
        let call = Call { book, tool: self.name, arguments };
        Ok(answers::settle((self.run)(&call)?, book.lack()))
    }
}

impl Call<'_> {
    /// The arguments.
    ///
    /// # Errors
    /// One that is missing, unknown or of another type.
    pub fn arguments<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(Value::Object(self.arguments.clone())).map_err(|error| {
            Problem::usage(format!(
                "the arguments of `{}` cannot be read: {}",
                self.tool,
                visible(&error.to_string())
            ))
            .into()
        })
    }

    /// The query that an argument says; everything without one.
    ///
    /// # Errors
    /// A text that makes none, with the place.
    pub fn query(&self, text: Option<&str>) -> Result<Query> {
        let reading = Reading { today: self.book.today(), mark: DecimalMark::Point };
        Query::parse(text.unwrap_or_default(), &reading).usage()
    }

    /// The page that is asked for, from 1.
    ///
    /// # Errors
    /// A cursor that no page of this call had.
    pub fn page(&self) -> Result<usize> {
        cursor::read(self.tool, &self.arguments)
    }

    /// The cursor of another page of this call.
    pub fn cursor(&self, page: usize) -> String {
        cursor::write(page, self.tool, &self.arguments)
    }
}

/// The schema of a tool's arguments, without what tells a model nothing.
fn input<T: JsonSchema + 'static>() -> JsonObject {
    let mut schema = rmcp::schemars::schema_for!(T).to_value();
    if let Some(object) = schema.as_object_mut() {
        ["$schema", "title", "description"].iter().for_each(|key| drop(object.shift_remove(*key)));
        // Some clients ask for it even where there are none.
        object.entry("properties").or_insert_with(|| json!({}));
    }
    match schema {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// The days from one to another, both included; what is not given is open.
///
/// # Errors
/// A text that is no ISO day; an end before the beginning.
fn period(from: Option<&str>, to: Option<&str>) -> Result<Period> {
    let day = |name, text: Option<&str>| text.map(|text| day(name, text)).transpose();
    let period = Period { from: day("from", from)?, to: day("to", to)? };
    match (period.from, period.to) {
        (Some(from), Some(to)) if to < from => {
            Err(Problem::usage(format!("`to` ({to}) is before `from` ({from})"))
                .hint("exchange them; both days are included")
                .into())
        }
        _ => Ok(period),
    }
}

/// Strict, unlike the command line: a model that means another day than it writes is not told so by anybody.
fn day(name: &str, text: &str) -> Result<NaiveDate> {
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_iso {
        return Err(Problem::usage(format!("`{}` is no day for `{name}`", visible(text)))
            .hint("write it as YYYY-MM-DD, for example 2026-01-31")
            .into());
    }
    // An ISO day is the same one on every day.
    parse_date(text, FIRST_DAY, None).usage()
}
