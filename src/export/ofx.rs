//! OFX 2 (XML): a statement of each account, as its bank would give it. A statement tells who was paid and how much,
//! not what for, but of what was there when an account's books began; its balance is that of `groat balance` today.

mod element;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use chrono::{Datelike, NaiveDate};

use self::element::leaf;
use super::Request;
use super::movement::{self, Movement};
use super::names::{Names, Spelling};
use super::text::{amount, cut, plain};
use super::told::Told;
use crate::db::connection::DbConn;
use crate::db::query::Condition;
use crate::db::{holdings, pages};
use crate::domain::account::{Account, AccountKind};
use crate::domain::ids::AccountId;
use crate::domain::money::Currency;
use crate::error::Result;
use crate::ledger::accounts::OPENING;

/// How long an account's id may be (OFX 2.2, 11.3.1).
const ACCTID: usize = 22;
/// How long a name may be (OFX 2.2, 11.4.4.1).
const NAME: usize = 32;
/// How long a memo may be (OFX 2.2, 3.2.8.3).
const MEMO: usize = 255;

/// Accounts are known by their names, as a bank knows them by their numbers.
const SPELLING: Spelling = Spelling {
    account: |_| "",
    category: |_| "",
    part: |name| cut(&plain(name), ACCTID - 3).trim_end().to_owned(),
    before_number: '-',
    fixed: &[],
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
    <?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n";
const STATUS: &str = "<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>";

/// What statements are made with.
struct Book<'a> {
    told: Told,
    names: Names,
    balances: HashMap<AccountId, i64>,
    condition: Option<&'a Condition>,
    today: NaiveDate,
}

/// The element names of the two kinds of accounts, which are told apart from the first tag on.
struct Kind {
    messages: &'static str,
    response: &'static str,
    statement: &'static str,
    account: &'static str,
}

const BANK: Kind =
    Kind { messages: "BANKMSGSRSV1", response: "STMTTRNRS", statement: "STMTRS", account: "BANKACCTFROM" };
const CARD: Kind = Kind {
    messages: "CREDITCARDMSGSRSV1",
    response: "CCSTMTTRNRS",
    statement: "CCSTMTRS",
    account: "CCACCTFROM",
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
    let held = holdings::load(conn, request.today)?;
    let balances = held.into_iter().map(|held| (held.account.id, held.balance)).collect();
    let book = Book { told, names, balances, condition, today: request.today };
    let (cards, banks): (Vec<&Account>, Vec<&Account>) =
        book.told.accounts.iter().partition(|account| account.kind == AccountKind::Card);

    let mut text = format!(
        "{HEAD}<OFX>\n<SIGNONMSGSRSV1><SONRS>{STATUS}<DTSERVER>{}</DTSERVER><LANGUAGE>ENG</LANGUAGE>\
         </SONRS></SIGNONMSGSRSV1>\n",
        day(book.today)
    );
    for (kind, accounts) in [(&BANK, banks), (&CARD, cards)] {
        if accounts.is_empty() {
            continue;
        }
        writeln!(text, "<{}>", kind.messages)?;
        for account in accounts {
            book.statement(conn, account, kind, &mut text, out)?;
        }
        writeln!(text, "</{}>", kind.messages)?;
    }
    text.push_str("</OFX>\n");
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

impl Book<'_> {
    fn statement(
        &self,
        conn: &mut DbConn,
        account: &Account,
        kind: &Kind,
        text: &mut String,
        out: &mut dyn Write,
    ) -> Result<()> {
        let currency = self.told.currency_of(account.id)?;
        let Kind { response, statement, account: from, .. } = kind;
        write!(
            text,
            "<{response}><TRNUID>{}</TRNUID>{STATUS}\n<{statement}><CURDEF>{}</CURDEF>",
            account.id, currency.code
        )?;
        let bank = if kind.messages == BANK.messages { "<BANKID>groat</BANKID>" } else { "" };
        write!(text, "<{from}>{bank}")?;
        leaf(text, "ACCTID", self.names.account(account.id)?);
        if kind.messages == BANK.messages {
            leaf(text, "ACCTTYPE", account_type(account.kind));
        }
        writeln!(text, "</{from}>")?;
        if let Some((first, last)) = pages::days_of_account(conn, self.condition, account.id)? {
            writeln!(text, "<BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>", day(first), day(last))?;
            movement::each(conn, self.condition, account.id, text, out, |text, movement| {
                self.transaction(text, movement, currency)
            })?;
            text.push_str("</BANKTRANLIST>\n");
        }
        let balance = amount(self.balances.get(&account.id).copied().unwrap_or_default().into(), currency)?;
        writeln!(
            text,
            "<LEDGERBAL><BALAMT>{balance}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL>",
            day(self.today)
        )?;
        Ok(writeln!(text, "</{statement}></{response}>")?)
    }

    fn transaction(&self, text: &mut String, movement: &Movement<'_>, currency: &Currency) -> Result<()> {
        let (minor, is_start) = (movement.amount(), movement.is_start(&self.told)?);
        let kind = match movement.other() {
            Some(_) => "XFER",
            None if is_start => "OTHER",
            None if minor < 0 => "DEBIT",
            None => "CREDIT",
        };
        write!(
            text,
            "<STMTTRN><TRNTYPE>{kind}</TRNTYPE><DTPOSTED>{}</DTPOSTED><TRNAMT>{}</TRNAMT><FITID>{}-{}</FITID>",
            day(movement.entry.date),
            amount(minor, currency)?,
            movement.entry.id,
            movement.position
        )?;
        let (name, memo) = self.texts(movement, is_start)?;
        leaf(text, "NAME", &name);
        leaf(text, "MEMO", &memo);
        text.push_str("</STMTTRN>\n");
        Ok(())
    }

    /// Who, and what else is said. A name that is too long stands whole in the memo, and one that gives way to what
    /// starting balances are called.
    fn texts(&self, movement: &Movement<'_>, is_start: bool) -> Result<(String, String)> {
        let entry = movement.entry;
        let name = match (&entry.payee, movement.other()) {
            (Some(payee), _) => plain(payee),
            (None, Some(other)) if movement.amount() < 0 => format!("to {}", self.names.account(other)?),
            (None, Some(other)) => format!("from {}", self.names.account(other)?),
            (None, None) => String::new(),
        };
        let shown = if is_start { OPENING.to_owned() } else { cut(&name, NAME).trim_end().to_owned() };
        let whole = Some(name.as_str()).filter(|name| *name != shown && !name.is_empty());
        let memos = movement.legs.iter().filter_map(|leg| leg.memo.as_deref());
        let said: Vec<&str> = whole.into_iter().chain(entry.note.as_deref()).chain(memos).collect();
        let memo = plain(&said.join(" | "));
        Ok((shown, cut(&memo, MEMO).trim_end().to_owned()))
    }
}

fn account_type(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Savings | AccountKind::Investment => "SAVINGS",
        AccountKind::Loan => "CREDITLINE",
        AccountKind::Cash | AccountKind::Checking | AccountKind::Card | AccountKind::Other => "CHECKING",
    }
}

/// A day without a time: none of an hour or a zone moves it.
fn day(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}
