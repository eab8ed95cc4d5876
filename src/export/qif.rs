//! QIF: a list of each account's transactions under its name. Days are written as `2026-01-02`: the usual `1/2'26` is
//! read in two ways. A leg of a transfer says the other account, so that there is no room for a category. What was there when
//! an account's books began is its `Opening Balance`, which names the account itself, as Quicken writes it.

use std::fmt::Write as _;
use std::io::Write;

use super::Request;
use super::movement::{self, Movement};
use super::names::{Names, Spelling};
use super::text::{amount, plain};
use super::told::Told;
use crate::db::connection::DbConn;
use crate::db::query::Condition;
use crate::domain::account::{Account, AccountKind};
use crate::domain::money::Currency;
use crate::domain::transaction::Status;
use crate::error::Result;
use crate::ledger::accounts::OPENING;

/// Brackets mark an account, `/` and `|` begin what is no part of a name.
const SPELLING: Spelling = Spelling {
    account: |_| "",
    category: |_| "",
    part: |name| plain(name).replace('[', "(").replace(']', ")").replace(['/', '|'], "-"),
    before_number: ' ',
    fixed: &[],
};

/// Writes the file.
///
/// # Errors
/// What the database says; a sum beyond 64 bits; a writer that takes no more.
pub fn write(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    request: &Request<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let told = Told::load(conn, request.book)?;
    let names = Names::new(&told, &SPELLING);
    let mut text = String::from("!Option:AutoSwitch\n");
    for account in &told.accounts {
        head(&mut text, account, names.account(account.id)?)?;
        let currency = told.currency_of(account.id)?;
        movement::each(conn, condition, account.id, &mut text, out, |text, movement| {
            record(text, movement, currency, (&told, &names))
        })?;
    }
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn head(text: &mut String, account: &Account, name: &str) -> Result<()> {
    let kind = match account.kind {
        AccountKind::Cash => "Cash",
        AccountKind::Checking | AccountKind::Savings => "Bank",
        AccountKind::Card => "CCard",
        AccountKind::Loan => "Oth L",
        // `Invst` is for trades.
        AccountKind::Investment | AccountKind::Other => "Oth A",
    };
    Ok(write!(text, "!Account\nN{name}\nT{kind}\nD{}\n^\n!Type:{kind}\n", account.currency)?)
}

/// Quicken's word for the first entry of an account.
const FIRST: &str = "Opening Balance";

fn record(
    text: &mut String,
    movement: &Movement<'_>,
    currency: &Currency,
    (told, names): (&Told, &Names),
) -> Result<()> {
    let entry = movement.entry;
    writeln!(text, "D{}\nT{}", movement.entry.date, amount(movement.amount(), currency)?)?;
    match movement.status() {
        Status::Pending => {}
        Status::Cleared => text.push_str("C*\n"),
        Status::Reconciled => text.push_str("CX\n"),
    }
    // One with a payee of the user's own keeps that.
    let is_first = movement.is_start(told)? && entry.payee.as_deref() == Some(OPENING);
    field(text, 'P', if is_first { Some(FIRST) } else { entry.payee.as_deref() })?;
    let is_split = movement.legs.len() > 1;
    let memo = movement.legs[0].memo.as_deref().filter(|_| !is_split);
    let said: Vec<&str> = entry.note.as_deref().into_iter().chain(memo).collect();
    field(text, 'M', Some(&said.join(" | ")))?;
    let own = || -> Result<String> { Ok(format!("[{}]", names.account(movement.legs[0].account)?)) };
    let of_whole = if is_first { Some(own()?) } else { purpose(movement, 0, names)? };
    field(text, 'L', of_whole.as_deref())?;
    for (place, leg) in movement.legs.iter().enumerate().filter(|_| is_split) {
        writeln!(text, "S{}", purpose(movement, place, names)?.unwrap_or_default())?;
        field(text, 'E', leg.memo.as_deref())?;
        writeln!(text, "${}", amount(i128::from(leg.amount.0), currency)?)?;
    }
    text.push_str("^\n");
    Ok(())
}

/// The category of one of the legs, or the other account of a transfer.
fn purpose(movement: &Movement<'_>, place: usize, names: &Names) -> Result<Option<String>> {
    Ok(match (movement.others[place], movement.legs[place].category) {
        (Some(account), _) => Some(format!("[{}]", names.account(account)?)),
        (None, Some(category)) => Some(names.category(category)?.to_owned()),
        (None, None) => None,
    })
}

/// A line that begins with a letter; none for an empty text.
fn field(text: &mut String, letter: char, said: Option<&str>) -> Result<()> {
    match plain(said.unwrap_or_default()) {
        said if said.is_empty() => Ok(()),
        said => Ok(writeln!(text, "{letter}{said}")?),
    }
}
