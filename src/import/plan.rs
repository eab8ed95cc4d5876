//! What each row of a file is to become: read twice, kept as small decisions, so that memory does not grow
//! with the text of the file.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::answers::{Answers, Said};
use super::decision::{Decision, Known};
use super::formats::text::currency;
use super::formats::{self, FileLine, Layout, ReadSeek, Rejected, Row};
use super::matching::{self, Matched};
use crate::db::connection::DbConn;
use crate::db::sources;
use crate::db::transactions::{self, Head};
use crate::domain::account::Account;
use crate::domain::money::{CurrencyCode, Minor};
use crate::error::{Problem, Result};

/// What is asked of an import, whichever account rows go to.
#[derive(Debug, Clone)]
pub struct How {
    /// The file's name, without its folder.
    pub file_name: String,
    /// Whether rows whose transactions the user deleted come back.
    pub restores_deleted: bool,
    /// Whether rows that the bank has not booked yet are recorded as pending.
    pub with_pending: bool,
    /// Whether categories that are only likely are suggested.
    pub suggests: bool,
    /// How many rows to keep for showing; all with none.
    pub shown: Option<usize>,
    /// How many rows are looked up at once: `AT_ONCE`, or fewer in tests. What is decided does not depend on it.
    pub at_once: usize,
    /// What the user said of rows that look like what is there.
    pub answers: Answers,
}

/// What is asked of an import into one account.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the rows go.
    pub account: Account,
    /// Which rows of the file.
    pub rows: Rows,
    /// What is asked of all of them.
    pub how: How,
}

/// Which rows of a file go to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Every row.
    All,
    /// Those that name one of these accounts.
    Of {
        /// As the file names them.
        names: Vec<String>,
        /// With the names that go elsewhere, also the rows that name none of these and none of those, or cannot be
        /// read: each row is somebody's.
        elsewhere: Option<Vec<String>>,
    },
}

impl Rows {
    /// Whether rows of this name are among them, by that name.
    pub fn are_of(&self, name: &str) -> bool {
        matches!(self, Rows::Of { names, .. } if names.iter().any(|own| own == name))
    }

    fn include(&self, row: &Row) -> bool {
        let Rows::Of { names, elsewhere } = self else { return true };
        let is_nobodys = |name: &String| elsewhere.as_ref().is_some_and(|other| !other.contains(name));
        match row {
            Row::Line(FileLine { account: Some(name), .. }) => names.contains(name) || is_nobodys(name),
            Row::Line(_) | Row::Rejected(_) => elsewhere.is_some(),
        }
    }
}

/// A row with what it becomes, for showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Its place among the rows that go to the account, from 0.
    pub index: usize,
    /// The row.
    pub line: FileLine,
    /// Its amount in minor units of the account.
    pub amount: Minor,
    /// What it becomes.
    pub decision: Decision,
}

/// What an import would do in one account.
#[derive(Debug)]
pub struct ImportPlan {
    /// Where the rows go.
    pub account: Account,
    /// What becomes of each row.
    pub matched: Matched,
    /// What to remember of the source.
    pub settled: sources::Settled,
    /// What the user said of the rows.
    pub said: Said,
    /// What the transactions say of themselves that shown rows are joined to, or offered to.
    heads: HashMap<i64, Head>,
    /// Worth telling: ids that cannot be believed, an account named in the file, a balance that jumps.
    pub notes: Vec<String>,
}

impl ImportPlan {
    /// How many rows have that word.
    pub fn count(&self, word: &str) -> usize {
        self.matched.decisions.iter().filter(|decision| decision.word() == word).count()
    }

    /// Why the row at that place becomes what it does, for people, with what they said of it themselves.
    pub fn reason(&self, index: usize, decision: Decision) -> Cow<'static, str> {
        let mut reason = decision.reason(&self.matched.sources);
        if let Some(words) = self.said.words(index) {
            reason = format!("{reason}; {words}").into();
        }
        match decision {
            Decision::Matched { transaction, .. } if self.said.confirms(index, transaction) => {
                format!("{reason}; confirmed").into()
            }
            _ => reason,
        }
    }

    /// The rows that the file shows again, by their places.
    pub fn repeated(&self) -> HashMap<usize, Option<i64>> {
        let again = self.matched.decisions.iter().filter_map(|decision| match decision {
            Decision::Repeated { row } => Some((*row, None)),
            _ => None,
        });
        again.collect()
    }

    /// Whether several rows may be one line of the book, or one row several.
    pub fn shares_lines(&self) -> bool {
        let is_shared = |decision: &Decision| {
            matches!(decision, Decision::Repeated { .. } | Decision::Duplicate { by: Known::Whole, .. })
        };
        !self.matched.also.is_empty() || self.matched.decisions.iter().any(is_shared)
    }

    /// Whom the transaction names that a shown row is joined to.
    pub fn joined_payee(&self, transaction: i64) -> Option<&str> {
        self.heads.get(&transaction)?.payee.as_deref()
    }

    /// What the transaction says of itself that a shown row is joined to, or offered to.
    pub fn head(&self, transaction: i64) -> Option<&Head> {
        self.heads.get(&transaction)
    }
}

/// A row as the book can take it, or why it cannot.
pub enum Fitted {
    /// A row with its amount in minor units of the account.
    Line(Box<FileLine>, Minor),
    /// A row that cannot be read, or that does not fit the account.
    Rejected(Rejected),
}

impl Fitted {
    /// The day of the row.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Fitted::Line(line, _) => Some(line.date),
            Fitted::Rejected(_) => None,
        }
    }
}

/// Streams the rows of a file that go to the account, as it can take them.
///
/// # Errors
/// A file that can no longer be read.
pub fn fitted<'a>(
    input: &'a mut dyn ReadSeek,
    layout: &'a Layout,
    request: &'a Request,
) -> Result<impl Iterator<Item = Result<Fitted>> + 'a> {
    let rows = formats::rows(input, layout)?;
    let own = rows.filter(|row| row.as_ref().map_or(true, |row| request.rows.include(row)));
    Ok(own.map(move |row| {
        Ok(match row? {
            Row::Rejected(rejected) => Fitted::Rejected(rejected),
            Row::Line(line) => match fit(&line, request) {
                Ok(amount) => Fitted::Line(Box::new(line), amount),
                Err(reason) => Fitted::Rejected(Rejected { line: line.line, text: line.raw, reason }),
            },
        })
    }))
}

fn fit(line: &FileLine, request: &Request) -> std::result::Result<Minor, String> {
    let account = &request.account;
    if let Rows::Of { names, .. } = &request.rows {
        match &line.account {
            None => return Err("the row names no account, as others do".to_owned()),
            Some(name) if !names.contains(name) => return Err(format!("no account is known as `{name}`")),
            Some(_) => {}
        }
    }
    if let Some(stated) = &line.currency
        && !currency::may_be(stated, account.currency.as_str())
    {
        return Err(format!("the row is in `{stated}`, but the account is in {}", account.currency));
    }
    let parts = line.purpose.iter().flat_map(|purpose| &purpose.parts);
    parts.into_iter().try_for_each(|part| fit_amount(part.amount, account).map(drop))?;
    fit_amount(line.amount, account)
}

fn fit_amount(amount: Decimal, account: &Account) -> std::result::Result<Minor, String> {
    minor(amount, account.exponent).ok_or_else(|| {
        if amount.normalize().scale() > account.exponent {
            format!(
                "the amount `{amount}` does not fit {}, which has {} decimals",
                account.currency, account.exponent
            )
        } else {
            format!("the amount `{amount}` is too large")
        }
    })
}

/// An exact number of minor units; none when it has more digits than the currency, or leaves 64 bits.
pub(super) fn minor(amount: Decimal, exponent: u32) -> Option<Minor> {
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
    said: Said,
) -> Result<ImportPlan> {
    let source = layout.source();
    let mut notes = layout.notes();
    if request.rows == Rows::All {
        notes.extend(named_accounts(layout));
    }
    notes.extend(read_otherwise(conn, layout, request)?);
    let of_file = (source.as_str(), layout.has_several_statements(), layout.has_bookings());
    let mut matcher = matching::Matcher::new(conn, (request, &said), of_file)?;
    let matched = matcher.decide(conn, input, layout)?;
    if matcher.ids_became_unreliable() {
        notes.push("the bank's ids came with other amounts or days: from now on rows are told apart by day, amount and text".to_owned());
    }
    notes.extend(matcher.notes());
    refuse_foreign(request, layout, &matched)?;
    // For programs every row is shown, and they have the transaction's number.
    let most = request.how.shown.unwrap_or(0);
    let joined = matched.shown.iter().take(most).filter_map(|row| match row.decision {
        Decision::Matched { transaction, .. } => Some(transaction),
        _ => None,
    });
    let offered = matched.offers.iter().take(most).map(|offer| offer.transaction);
    let heads = transactions::heads(conn, &joined.chain(offered).collect::<Vec<_>>())?;
    Ok(ImportPlan {
        account: request.account.clone(),
        matched,
        heads,
        settled: sources::Settled {
            ids_unreliable: matcher.ids_are_unreliable(),
            date_order: layout.date_order().map(|order| order.as_str().to_owned()),
            decimal_mark: layout.decimal().map(String::from),
            signs: layout.signs().map(formats::Signs::as_text),
        },
        notes,
        said,
    })
}

/// The accounts that a file names whose rows all go to one.
fn named_accounts(layout: &Layout) -> Option<String> {
    let visible = crate::domain::name::visible;
    let names: Vec<_> = layout.accounts().iter().map(|name| visible(name)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("the file names the account {one}")),
        several => Some(format!("the file names {} accounts: {}", several.len(), several.join(", "))),
    }
}

/// What is to be known when the first file is read whose like was read from other columns before.
fn read_otherwise(conn: &mut DbConn, layout: &Layout, request: &Request) -> Result<Option<String>> {
    let known = sources::of_account(conn, request.account.id)?;
    let is_first = !known.iter().any(|known| known.source == layout.source());
    let has_like = known.iter().any(|known| known.source.starts_with(&layout.kind()));
    // Without headings, files of one width look alike that are not.
    Ok((is_first && has_like && layout.fingerprint().is_some()).then(|| {
        "earlier files with these headings were read from other columns: rows are the same where day and amount are; \
         where those are read anew, `groat import undo` the earlier batches first"
            .to_owned()
    }))
}

/// A file whose every row is in another currency is one mistake, not many.
fn refuse_foreign(
    request: &Request,
    layout: &Layout,
    Matched { decisions, rejected, .. }: &Matched,
) -> Result<()> {
    let account = &request.account;
    let [first, ..] = layout.currencies() else { return Ok(()) };
    let fits = layout.currencies().iter().any(|stated| currency::may_be(stated, account.currency.as_str()));
    if fits || decisions.is_empty() || rejected.len() < decisions.len() {
        return Ok(());
    }
    let is_code = |stated: &String| CurrencyCode::parse(stated).is_ok();
    let shown = |stated: &String| if is_code(stated) { stated.clone() } else { format!("`{stated}`") };
    let stated = layout.currencies().iter().map(shown).collect::<Vec<_>>().join(" and ");
    let several = layout.currencies().len() > 1;
    let code = if several { "CODE" } else { currency::likely(first).unwrap_or(first) };
    let says =
        if is_code(first) { "" } else { ", and `--currency CODE` says which of its currencies a sign is" };
    Err(Problem::usage(format!(
        "the file is in {stated}, but the account `{}` is in {}",
        account.name, account.currency
    ))
    .hint(format!("`groat account add NAME --currency {code}` makes an account for it{says}"))
    .into())
}
