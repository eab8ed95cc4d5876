//! hledger's rules for one kind of CSV file, ready to be used.
//!
//! Values: `parse` fills them, `matching` and `assigned` ask them for each record.

use std::collections::HashMap;

use super::super::super::text::mark;
use super::columns::Columns;
use super::field::{Field, Kind};
use super::matching::Subjects;
use super::template::Template;

/// The rules of one file and those that it includes.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What holds for a whole file.
    pub settings: Settings,
    /// The columns.
    pub columns: Columns,
    /// What is assigned to each field, in the order in which the last one holds.
    pub values: HashMap<Field, Vec<Value>>,
    /// Under which conditions.
    pub blocks: Vec<Block>,
    /// The patterns of all blocks.
    pub subjects: Subjects,
    /// All text of the rules.
    pub text: String,
}

/// Rules are the same where their text is.
impl PartialEq for Rules {
    fn eq(&self, other: &Rules) -> bool {
        self.text == other.text
    }
}

impl Eq for Rules {}

/// What rules say of a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Lines that are left out at the beginning; blank ones do not count.
    pub skip: usize,
    /// What parts the columns.
    pub separator: Option<char>,
    /// How days are written.
    pub date_format: Option<String>,
    /// The decimal mark.
    pub decimal: Option<char>,
    /// The encoding by its name.
    pub encoding: Option<String>,
    /// Directives that change nothing here.
    pub without_effect: Vec<String>,
}

/// A value and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The block in which it stands; none where it always holds.
    pub block: Option<usize>,
    /// The value.
    pub template: Template,
}

/// The conditions of a block: one of these groups has to match whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Groups of patterns.
    pub groups: Vec<Vec<Matcher>>,
    /// Whether its values need what its patterns catch.
    pub catches: bool,
}

/// One pattern of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matcher {
    /// What it looks at, by its place among the subjects.
    pub subject: usize,
    /// Its place among the patterns of that subject.
    pub pattern: usize,
    /// Whether it must not match.
    pub is_negated: bool,
}

/// The fields that a row is recognised by.
const READ: [Field; 8] = [
    Field::of(Kind::Date),
    Field::of(Kind::Description),
    Field::of(Kind::Comment),
    Field::of(Kind::Currency),
    Field::of(Kind::Amount),
    Field::of(Kind::AmountIn),
    Field::of(Kind::AmountOut),
    Field::of_posting(Kind::Amount, 1),
];

impl Rules {
    /// A mark that is the same for rules which read what rows are recognised by from the same columns, whatever
    /// conditions make of it.
    pub fn fingerprint(&self) -> String {
        let unconditional = |field: &Field| {
            let values = self.values.get(field).into_iter().flatten();
            values.rev().find(|value| value.block.is_none()).map(|value| value.template.shown())
        };
        mark(READ.iter().map(|field| unconditional(field).unwrap_or_default()))
    }

    /// Directives of the text that change nothing here.
    pub fn without_effect(&self) -> &[String] {
        &self.settings.without_effect
    }

    /// The columns that any value or pattern needs: a record has at least so many.
    pub fn width(&self) -> usize {
        let values = self.values.values().flatten();
        let used = values.flat_map(|value| value.template.columns()).chain(self.subjects.columns());
        used.max().map_or(0, |place| place + 1)
    }
}
