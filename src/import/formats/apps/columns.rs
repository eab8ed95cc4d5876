//! The columns of all four programs by their headings, and where a file has them.
//!
//! One column has one meaning, whatever the programs call it; `program` says which of them a program needs, and
//! `fields` reads a record by them.

use csv::StringRecord;

use super::super::text::fold;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Account,
    Amount,
    Bill,
    Budget,
    /// A category's own name; in YNAB 4 with its group before it.
    Category,
    /// A category with its group before it.
    CategoryPath,
    /// The number of a cheque.
    Check,
    Cleared,
    Currency,
    Date,
    Description,
    Destination,
    DestinationType,
    Flag,
    ForeignAmount,
    ForeignCurrency,
    /// The group over a category.
    Group,
    GroupId,
    GroupTitle,
    Inflow,
    JournalId,
    Labels,
    Memo,
    /// The bank's own text, where the program's user has put another one before it.
    Original,
    Outflow,
    Payee,
    Reconciled,
    Source,
    SourceType,
    SplitAmount,
    /// A category's own name in YNAB 4.
    SubCategory,
    Tags,
    Type,
}

const COUNT: usize = Column::Type as usize + 1;

/// Headings, folded.
const HEADINGS: [(&str, Column); 37] = [
    ("account", Column::Account),
    ("account name", Column::Account),
    ("amount", Column::Amount),
    ("bill", Column::Bill),
    ("budget", Column::Budget),
    ("category", Column::Category),
    ("category group", Column::Group),
    ("category group category", Column::CategoryPath),
    ("check number", Column::Check),
    ("cleared", Column::Cleared),
    ("currency code", Column::Currency),
    ("date", Column::Date),
    ("description", Column::Description),
    ("destination name", Column::Destination),
    ("destination type", Column::DestinationType),
    ("flag", Column::Flag),
    ("foreign amount", Column::ForeignAmount),
    ("foreign currency code", Column::ForeignCurrency),
    ("group id", Column::GroupId),
    ("group title", Column::GroupTitle),
    ("inflow", Column::Inflow),
    ("journal id", Column::JournalId),
    ("labels", Column::Labels),
    ("master category", Column::Group),
    ("memo", Column::Memo),
    ("notes", Column::Memo),
    ("original description", Column::Original),
    ("outflow", Column::Outflow),
    ("payee", Column::Payee),
    ("reconciled", Column::Reconciled),
    ("source name", Column::Source),
    ("source type", Column::SourceType),
    ("split amount", Column::SplitAmount),
    ("sub category", Column::SubCategory),
    ("tags", Column::Tags),
    ("transaction type", Column::Type),
    ("type", Column::Type),
];

/// Where a file has its columns.
#[derive(Clone, Debug)]
pub struct Columns {
    at: [Option<usize>; COUNT],
    width: usize,
}

impl Columns {
    /// The columns that these headings name; of two with one meaning the first counts.
    pub fn of(headings: &StringRecord) -> Columns {
        let mut at = [None; COUNT];
        for (index, heading) in headings.iter().enumerate() {
            let heading = fold(&heading.to_lowercase());
            if let Some((_, column)) = HEADINGS.iter().find(|(known, _)| *known == heading) {
                at[*column as usize].get_or_insert(index);
            }
        }
        Columns { at, width: headings.len() }
    }

    /// The place of a column, from 0; none where the file does not have it.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.at[column as usize]
    }

    /// How many fields a record has.
    pub fn width(&self) -> usize {
        self.width
    }
}
