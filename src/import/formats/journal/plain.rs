//! Transactions of hledger and ledger: a header, and postings under it.
//!
//! `entries` hands in the text of one; the two programs differ in what parts payee and comment.

use chrono::Datelike;

use super::amount;
use super::costs::{self, Behind};
use super::dates;
use super::dialect::Dialect;
use super::remarks::Remark;
use super::scan::Scan;
use super::scope::Scope;
use super::transaction::{Posting, Quantity, Transaction, join, tidy};

/// Reads a transaction whose header is the first line of the text.
///
/// # Errors
/// Why it cannot be read.
pub fn read(line: u64, text: &str, scope: &mut Scope) -> Result<Transaction, String> {
    let mut lines = text.split('\n');
    let mut scan = Scan::new(lines.next().unwrap_or_default());
    let mut transaction = read_header(&mut scan, scope)?;
    let mut remark = Remark::default();
    let (dialect, year) = (scope.dialect(), transaction.date.year());
    if let Some(comment) = scan.rest().trim_start().strip_prefix(';') {
        remark.read(comment, dialect, year)?;
    }
    let mut own = Remark::default();
    for body in lines.map(str::trim) {
        if let Some(comment) = body.strip_prefix(';') {
            let of = if transaction.postings.is_empty() { &mut remark } else { &mut own };
            of.read(comment, dialect, year)?;
            continue;
        }
        finish(&mut transaction, std::mem::take(&mut own));
        transaction.postings.push(read_posting(body, scope, &mut own, year)?);
    }
    finish(&mut transaction, own);
    if dialect == Dialect::Ledger {
        transaction.date = remark.date.unwrap_or(transaction.date);
        scope.fill_bucket(&mut transaction.postings);
    }
    transaction.memo = join(transaction.memo, remark.text);
    transaction.tags = scope.tags().chain(remark.tags).collect();
    Ok(Transaction { line, raw: text.to_owned(), ..transaction })
}

/// Gives the last posting what its comments say.
fn finish(transaction: &mut Transaction, own: Remark) {
    if let Some(last) = transaction.postings.last_mut() {
        last.date = own.date;
        last.memo = own.text;
        last.tags = own.tags;
    }
}

/// `DATE[=DATE] [*|!] [(CODE)] DESCRIPTION`, up to the comment.
fn read_header(scan: &mut Scan<'_>, scope: &Scope) -> Result<Transaction, String> {
    let date = dates::read(scan, scope.year())?;
    if scan.eat("=") {
        dates::read(scan, Some(date.year()))?;
    }
    if scan.peek().is_some_and(|c| !c.is_whitespace() && c != ';') {
        return Err(format!("`{}` stands behind the day", scan.next_word()));
    }
    scan.skip_blanks();
    let is_unconfirmed = read_status(scan).unwrap_or_default();
    if scan.eat("(") {
        scan.take_until(")").ok_or("the code's parenthesis is not closed")?;
    }
    let text = scan.rest();
    let description = scan.take(match scope.dialect() {
        Dialect::Ledger => comment_behind_gap(text),
        _ => text.find(';').unwrap_or(text.len()),
    });
    let (payee, note) = match description.split_once('|') {
        Some((payee, note)) if scope.dialect() == Dialect::Hledger => (payee, note),
        _ => (description, ""),
    };
    let (payee, memo) = (tidy(payee), tidy(note));
    let (tags, postings) = (Vec::new(), Vec::new());
    Ok(Transaction { line: 0, raw: String::new(), date, payee, memo, tags, is_unconfirmed, postings })
}

/// Whether a mark says that something is not confirmed yet; none without a mark.
fn read_status(scan: &mut Scan<'_>) -> Option<bool> {
    let is_unconfirmed = scan.eat("!");
    let is_marked = is_unconfirmed || scan.eat("*");
    scan.skip_blanks();
    is_marked.then_some(is_unconfirmed)
}

/// Where a comment begins that a tab or two blanks set apart.
fn comment_behind_gap(text: &str) -> usize {
    let gaps = text.match_indices(';').map(|(at, _)| at);
    let is_apart = |at: &usize| at == &0 || text[..*at].ends_with("  ") || text[..*at].ends_with('\t');
    gaps.into_iter().find(is_apart).unwrap_or(text.len())
}

/// `[*|!] ACCOUNT  [AMOUNT] [COST] [= BALANCE] [; COMMENT]`
fn read_posting(text: &str, scope: &mut Scope, own: &mut Remark, year: i32) -> Result<Posting, String> {
    let mut scan = Scan::new(text);
    let is_unconfirmed = read_status(&mut scan);
    let written = scan.take(account_end(scan.rest())).trim();
    let inner = [('(', ')'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| written.strip_prefix(*open).and_then(|inner| inner.strip_suffix(*close)));
    let account = scope.account(inner.unwrap_or(written))?;
    scan.skip_blanks();
    let begins = scan.peek().filter(|c| !matches!(c, ';' | '='));
    let quantity = match begins {
        Some('@' | '{') => return Err(format!("`{account}` has a cost, but no amount")),
        Some(_) => Quantity::Given(amount::read(&mut scan, scope.styles())?),
        None => Quantity::Missing(None),
    };
    let Behind { cost, asserted } = costs::read(&mut scan, scope.styles())?;
    let is_assigned = asserted.is_some() && begins.is_none();
    let quantity = if is_assigned { Quantity::Assigned } else { quantity };
    if let Some(comment) = scan.rest().strip_prefix(';') {
        own.read(comment, scope.dialect(), year)?;
    }
    let is_virtual = inner.is_some();
    let (memo, tags) = (None, Vec::new());
    Ok(Posting { account, is_virtual, date: None, quantity, cost, asserted, memo, tags, is_unconfirmed })
}

/// Where an account's name ends: before a tab or two blanks.
pub fn account_end(text: &str) -> usize {
    let gap = text.find("  ").unwrap_or(text.len());
    text.find('\t').map_or(gap, |tab| tab.min(gap))
}
