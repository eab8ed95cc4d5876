//! What each row of a file is to become: read twice, kept as small decisions, so that memory does not grow
//! with the text of the file.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::formats::{self, FileLine, Layout, ReadSeek, Rejected, Row};
use super::{key, matching};
use crate::db::connection::DbConn;
use crate::db::sources;
use crate::domain::account::Account;
use crate::domain::money::{CurrencyCode, Minor};
use crate::error::{Problem, Result};

/// What is asked of an import, beside the file.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the rows go.
    pub account: Account,
    /// The file's name, without its folder.
    pub file_name: String,
    /// Whether rows whose transactions the user deleted come back.
    pub restores_deleted: bool,
    /// How many rows to keep for showing; all with none.
    pub shown: Option<usize>,
}

/// What a row becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A transaction of its own.
    New,
    /// It is in the book already, as this statement line; found by the bank's id or by its key.
    Duplicate {
        /// The line.
        line: i64,
        /// Whether the bank's id decided.
        by_id: bool,
    },
    /// It was, and the user deleted it.
    Deleted {
        /// The line.
        line: i64,
    },
    /// It was deleted and is to come back.
    Restored {
        /// The line.
        line: i64,
    },
    /// The bank has not booked it yet; `line` when it is known.
    Pending {
        /// The line.
        line: Option<i64>,
    },
    /// It cannot be read; `line` when it is known.
    Rejected {
        /// The line.
        line: Option<i64>,
    },
}

impl Decision {
    /// The word for it, as stored and shown.
    pub fn word(self) -> &'static str {
        match self {
            Decision::New | Decision::Restored { .. } => "new",
            Decision::Duplicate { .. } => "duplicate",
            Decision::Deleted { .. } => "deleted",
            Decision::Pending { .. } => "pending",
            Decision::Rejected { .. } => "rejected",
        }
    }

    /// Why, for people.
    pub fn reason(self) -> &'static str {
        match self {
            Decision::New => "not seen before",
            Decision::Restored { .. } => "deleted before, brought back",
            Decision::Duplicate { by_id: true, .. } => "same bank id, day and amount",
            Decision::Duplicate { by_id: false, .. } => "same day, amount and text",
            Decision::Deleted { .. } => "imported before, then deleted",
            Decision::Pending { .. } => "not booked by the bank yet",
            Decision::Rejected { .. } => "cannot be read",
        }
    }
}

/// A row with what it becomes, for showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// The row.
    pub line: FileLine,
    /// Its amount in minor units of the account.
    pub amount: Minor,
    /// What it becomes.
    pub decision: Decision,
}

/// What an import would do.
#[derive(Debug)]
pub struct ImportPlan {
    /// Where the rows go.
    pub account: Account,
    /// One for each row of the file, in order.
    pub decisions: Vec<Decision>,
    /// Rows that cannot be read or do not fit the account.
    pub rejected: Vec<Rejected>,
    /// What to remember of the source.
    pub settled: sources::Settled,
    /// Worth telling: ids that cannot be believed, an account named in the file.
    pub notes: Vec<String>,
    /// Some rows, for showing: those that are new.
    pub shown: Vec<PlannedRow>,
}

impl ImportPlan {
    /// How many rows have that word.
    pub fn count(&self, word: &str) -> usize {
        self.decisions.iter().filter(|decision| decision.word() == word).count()
    }
}

/// A row as the book can take it, or why it cannot.
pub enum Fitted {
    /// A row with its amount in minor units of the account.
    Line(Box<FileLine>, Minor),
    /// A row that cannot be read, or that does not fit the account.
    Rejected(Rejected),
}

/// Streams the rows of a file as the account can take them.
///
/// # Errors
/// A file that can no longer be read.
pub fn fitted<'a>(
    input: &'a mut dyn ReadSeek,
    layout: &'a Layout,
    account: &'a Account,
) -> Result<impl Iterator<Item = Result<Fitted>> + 'a> {
    Ok(formats::rows(input, layout)?.map(move |row| {
        Ok(match row? {
            Row::Rejected(rejected) => Fitted::Rejected(rejected),
            Row::Line(line) => match fit(&line, account) {
                Ok(amount) => Fitted::Line(Box::new(line), amount),
                Err(reason) => Fitted::Rejected(Rejected { line: line.line, text: line.raw, reason }),
            },
        })
    }))
}

fn fit(line: &FileLine, account: &Account) -> std::result::Result<Minor, String> {
    if let Some(stated) = &line.currency
        && CurrencyCode::parse(stated).ok() != Some(account.currency)
    {
        return Err(format!("the row is in `{stated}`, but the account is in {}", account.currency));
    }
    minor(line.amount, account.exponent).ok_or_else(|| {
        format!(
            "the amount `{}` does not fit {}, which has {} decimals",
            line.amount, account.currency, account.exponent
        )
    })
}

/// An exact number of minor units; none when it has more digits than the currency, or leaves 64 bits.
fn minor(amount: Decimal, exponent: u32) -> Option<Minor> {
    let scaled = amount.checked_mul(Decimal::from(10_u64.checked_pow(exponent)?))?;
    let whole = scaled.trunc();
    let minor = (whole == scaled).then(|| i64::try_from(whole).ok()).flatten();
    // The one number that cannot be negated is no amount: nothing could take it back.
    minor.filter(|minor| *minor != i64::MIN).map(Minor)
}

/// Decides what each row of a file is to become. Touches nothing.
///
/// # Errors
/// A file in which no row fits the account's currency.
pub fn plan(
    conn: &mut DbConn,
    input: &mut dyn ReadSeek,
    layout: &Layout,
    request: &Request,
) -> Result<ImportPlan> {
    let source = layout.source();
    let known = sources::find(conn, request.account.id, &source)?;
    let mut notes = layout.notes();
    if let [one, ..] = layout.accounts() {
        notes.push(format!("the file names the account {}", crate::domain::name::visible(one)));
    }
    let mut matcher =
        matching::Matcher::new(request, &source, known.is_some_and(|known| known.ids_unreliable));
    matcher.match_ids(conn, input, layout)?;
    let (decisions, rejected, shown) = matcher.match_keys(conn, input, layout)?;
    if matcher.ids_became_unreliable() {
        notes.push("the bank's ids came with other amounts or days: from now on rows are told apart by day, amount and text".to_owned());
    }
    refuse_foreign(request, layout, &decisions, &rejected)?;
    Ok(ImportPlan {
        account: request.account.clone(),
        decisions,
        rejected,
        settled: sources::Settled {
            ids_unreliable: matcher.ids_are_unreliable(),
            date_order: layout.date_order().map(|order| order.as_str().to_owned()),
            decimal_mark: layout.decimal().map(String::from),
        },
        notes,
        shown,
    })
}

/// A file whose every row is in another currency is one mistake, not many.
fn refuse_foreign(
    request: &Request,
    layout: &Layout,
    decisions: &[Decision],
    rejected: &[Rejected],
) -> Result<()> {
    let account = &request.account;
    let [stated, ..] = layout.currencies() else { return Ok(()) };
    let fits =
        layout.currencies().iter().any(|code| CurrencyCode::parse(code).ok() == Some(account.currency));
    if fits || decisions.is_empty() || rejected.len() < decisions.len() {
        return Ok(());
    }
    Err(Problem::usage(format!(
        "the file is in {stated}, but the account `{}` is in {}",
        account.name, account.currency
    ))
    .hint(format!("`groat account add NAME --currency {stated}` makes an account for it"))
    .into())
}

/// The key and the day of a row, by which it is looked for.
pub(super) fn key_of(line: &FileLine, amount: Minor) -> (String, NaiveDate) {
    let key = if line.is_pending { key::of_pending(line, amount) } else { key::of_line(line, amount) };
    (key, line.date)
}
