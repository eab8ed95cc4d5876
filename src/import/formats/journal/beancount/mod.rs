//! Beancount's own grammar: dated directives and options.
//!
//! `entries` hands in blocks of such a file. What moves money is read (transactions, `pad` and the `balance`
//! that it leads to), and `open` for what its metadata calls the
//! account; the other directives are passed over by name. Of comments and metadata nothing else is kept but texts under
//! the keys `note` and `memo`, which groat's own export writes.

mod header;
mod posting;
mod words;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::accounts::Kind;
use super::amount::Amount;
use super::dates;
use super::entries::{Entry, refuse_include};
use super::scan::Scan;
use super::scope::{Applied, Scope};
use super::transaction::{Posting, Transaction, join, tidy};

/// An account that is filled up to its next balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The 1-based line.
    pub line: u64,
    /// Its text.
    pub raw: String,
    /// The day of the money.
    pub date: NaiveDate,
    /// The account that is filled.
    pub account: String,
    /// Where that comes from.
    pub source: String,
}

/// A balance at the beginning of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The day.
    pub date: NaiveDate,
    /// The account, with those below it.
    pub account: String,
    /// The balance in one commodity.
    pub amount: Amount,
    /// By how much it may be missed.
    pub tolerance: Decimal,
}

/// Dated directives that move no money.
const PASSED_OVER: [&str; 8] =
    ["close", "commodity", "note", "document", "event", "price", "custom", "query"];

/// Keys of what is said of a transaction or a posting.
const REMARKS: [&str; 2] = ["note", "memo"];

/// Options that name the accounts of a kind.
const NAMES: [(&str, Kind); 5] = [
    ("name_assets", Kind::Own),
    ("name_liabilities", Kind::Own),
    ("name_equity", Kind::Equity),
    ("name_income", Kind::Income),
    ("name_expenses", Kind::Expense),
];

/// Reads a block that begins with a day.
///
/// # Errors
/// Why it cannot be read.
pub fn read_dated(line: u64, text: &str, scope: &mut Scope) -> Result<Entry, String> {
    let lines = words::logical_lines(text);
    let (first, body) = lines.split_first().ok_or("it is empty")?;
    let mut scan = Scan::new(first);
    let date = dates::read(&mut scan, None)?;
    if scan.peek().is_some_and(|c| !c.is_whitespace()) {
        return Err(format!("`{}` stands behind the day", scan.next_word()));
    }
    scan.skip_blanks();
    let word = scan.take_while(|c| !c.is_whitespace() && c != '"');
    scan.skip_blanks();
    match word {
        "balance" => balance(&mut scan, date, scope).map(Entry::Stated),
        "pad" => {
            let account = words::account(&mut scan)?;
            let source = words::account(&mut scan)?;
            words::end(scan)?;
            Ok(Entry::Pad(Pad { line, raw: text.to_owned(), date, account, source }))
        }
        "open" => {
            let account = words::account(&mut scan)?;
            let name = body.iter().find_map(|line| words::text_of(line.trim(), &["name"]));
            let name = name.and_then(|name| tidy(&name));
            Ok(name.map_or(Entry::Nothing, |name| Entry::Called(account, name)))
        }
        _ if word == "txn" || words::is_flag(word) => {
            let header = header::read(&mut scan)?;
            let is_unconfirmed = words::is_unconfirmed(word).unwrap_or_default();
            let read = transaction(date, header, body, scope)?;
            Ok(Entry::Transaction(Transaction { line, raw: text.to_owned(), is_unconfirmed, ..read }))
        }
        _ if PASSED_OVER.contains(&word) => Ok(Entry::Nothing),
        "" => Err("no directive or flag stands behind the day".to_owned()),
        _ => Err(format!("`{word}` is no directive that is known")),
    }
}

fn transaction(
    date: NaiveDate,
    header: header::Header,
    body: &[&str],
    scope: &mut Scope,
) -> Result<Transaction, String> {
    let mut postings: Vec<Posting> = Vec::new();
    let mut memo = header.narration;
    let mut tags: Vec<String> = scope.tags().chain(header.tags).collect();
    for line in body.iter().map(|line| line.trim()) {
        if line.starts_with(['#', '^']) {
            tags.extend(header::tags(&mut Scan::new(line))?);
        } else if let (Some(date), Some(last)) = (words::date_of(line), postings.last_mut()) {
            last.date = Some(date);
        } else if words::metadata(line).is_some() {
            let said = words::text_of(line, &REMARKS).and_then(|said| tidy(&said));
            let of = postings.last_mut().map_or(&mut memo, |last| &mut last.memo);
            *of = join(of.take(), said);
        } else if !line.starts_with(';') {
            postings.push(posting::read(line, scope)?);
        }
    }
    Ok(Transaction {
        line: 0,
        raw: String::new(),
        date,
        payee: header.payee,
        memo,
        tags,
        is_unconfirmed: false,
        postings,
    })
}

/// `ACCOUNT NUMBER [~ TOLERANCE] CURRENCY`
fn balance(scan: &mut Scan<'_>, date: NaiveDate, scope: &mut Scope) -> Result<Stated, String> {
    let account = words::account(scan)?;
    let number = words::number(scan, scope.styles())?;
    scan.skip_blanks();
    // Beancount allows for two halves of the last digit shown.
    let mut tolerance = match number.scale() {
        0 => Decimal::ZERO,
        scale => Decimal::new(1, scale),
    };
    if scan.eat("~") {
        tolerance = words::number(scan, scope.styles())?;
    }
    let commodity = words::commodity(scan)?;
    words::end(*scan)?;
    Ok(Stated { date, account, amount: Amount { number, commodity }, tolerance })
}

/// Reads a directive without a day.
///
/// # Errors
/// For one that is not known.
pub fn read_directive(text: &str, scope: &mut Scope) -> Result<Entry, String> {
    let mut scan = Scan::new(text);
    let word = scan.take_while(|c| !c.is_whitespace());
    scan.skip_blanks();
    match word {
        "include" => return words::string(&mut scan).map(|name| refuse_include(&name)),
        "option" => {
            let name = words::string(&mut scan)?;
            scan.skip_blanks();
            let value = words::string(&mut scan)?;
            if let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name) {
                return Ok(Entry::Root(value, *kind));
            }
        }
        "pushtag" => header::tags(&mut scan)?.into_iter().for_each(|tag| scope.apply(Applied::Tag(tag))),
        "poptag" => {
            for tag in header::tags(&mut scan)? {
                scope.end(|applied| matches!(applied, Applied::Tag(pushed) if *pushed == tag));
            }
        }
        "plugin" | "pushmeta" | "popmeta" => {}
        _ => return Err(format!("`{word}` is no directive that is known")),
    }
    Ok(Entry::Nothing)
}
