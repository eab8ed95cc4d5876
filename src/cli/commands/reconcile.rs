//! `reconcile`: an account against its statement, from flags, from what a file stated, or step by step on a terminal.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::cleared::Row;
use crate::db::currencies;
use crate::db::dialect::Isolation;
use crate::db::statement_balances::{Filed, Stated};
use crate::domain::account::Account;
use crate::domain::ids::TransactionId;
use crate::domain::money::{Minor, format_human, parse_amount};
use crate::domain::name::visible;
use crate::domain::when::parse_date;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::reconcile::{Request, Statement, begin, pending, reconcile, refuse_future};

/// Exit code when the statement says something else.
const DIFFERENT: u8 = 1;

/// Agree an account with its statement, and lock what agrees
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat reconcile checking --statement 0 -d 2025-12-31
  $ groat reconcile checking --statement 1234.56 --force

What is cleared up to the day must come to what the statement says: then it is
locked, and the balance is kept. Otherwise nothing changes, the exit code is 1,
and what may explain the difference is listed, with commands. Without a
--statement the newest balance that an imported file states is taken; if there
is none, a terminal asks, also which pending transactions are on the statement.

Locked are account, date, amount and status; `groat edit --force` overrules it.")]
pub struct ReconcileArgs {
    /// The account
    #[arg(value_name = "ACCT")]
    account: String,
    /// What the statement says it held, with its sign: what is owed is negative
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    statement: Option<String>,
    /// The day at whose end it held that [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
    /// Lock in spite of a difference
    #[arg(long)]
    force: bool,
}

/// What a person says, or a file.
struct Told {
    statement: Statement,
    date: NaiveDate,
    seen: Vec<TransactionId>,
}

impl ReconcileArgs {
    /// Compares, and locks what agrees.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let Told { statement, date, seen } = self.told(cx)?;
        let request = Request { account: self.account, statement, date, seen, is_forced: self.force };
        let done = cx.write(Isolation::Deciding, |w| reconcile(w, &request))?;
        done.notes.iter().for_each(|note| cx.out.note(note));
        cx.out.answer(&done)?;
        if done.operation.is_some() {
            return Ok(0);
        }
        if !request.seen.is_empty() {
            let ids: Vec<String> = request.seen.iter().map(ToString::to_string).collect();
            cx.out.note(&format!("`groat edit {} --cleared` keeps what you marked", ids.join(" ")));
        }
        Ok(DIFFERENT)
    }

    fn told(&self, cx: &Context) -> Result<Told> {
        let date = self.date.as_deref().map(|text| cx.date(Some(text))).transpose()?;
        date.map_or(Ok(()), |date| refuse_future(date, cx.today))?;
        if let Some(text) = &self.statement {
            let statement = Statement::Said(cx.amount(text)?);
            return Ok(Told { statement, date: date.unwrap_or(cx.today), seen: Vec::new() });
        }
        let (account, stated) = cx.read(|conn, _| begin(conn, &self.account, cx.today, date))?;
        match stated {
            Some(Filed { stated, reconciled: None }) => Ok(filed(cx, &account, stated)),
            Some(Filed { stated, reconciled: Some(done) }) => {
                asked(cx, &account, date, &done_already(&account, &stated, &done))
            }
            None => asked(cx, &account, date, "No imported file states it"),
        }
    }
}

/// What a file stated, which is said.
fn filed(cx: &Context, account: &Account, stated: Stated) -> Told {
    let (file, batch) = match &stated.file {
        Some((file, batch)) => (file.clone(), format!(" (batch {batch})")),
        None => ("a file".to_owned(), String::new()),
    };
    let amount = format_human(stated.amount, account.exponent);
    cx.out.note(&format!("{file} states {amount} {} on {}{batch}", account.currency, stated.date));
    Told { statement: Statement::Filed(stated.amount, file), date: stated.date, seen: Vec::new() }
}

/// Why what a file states is not taken: that day was reconciled already.
fn done_already(account: &Account, stated: &Stated, done: &Stated) -> String {
    let file =
        stated.file.as_ref().map_or_else(|| "a file".to_owned(), |(file, _)| visible(file).into_owned());
    let shown = |amount| format_human(amount, account.exponent);
    let (filed, currency, day) = (shown(stated.amount), account.currency, stated.date);
    if done.date != day {
        return format!(
            "{file} states {filed} {currency} on {day}, and it was reconciled already on {}",
            done.date
        );
    }
    if done.amount == stated.amount {
        return format!("{file} states {filed} {currency} on {day}, with which it was reconciled already");
    }
    let with = shown(done.amount);
    format!(
        "{file} states {filed} {currency} on {day}, but it was reconciled already with {with} on that day"
    )
}

/// What a person says, step by step; `why` says why no file does.
fn asked(cx: &Context, account: &Account, date: Option<NaiveDate>, why: &str) -> Result<Told> {
    if !cx.ask.can_ask() {
        return Err(Problem::would_ask(format!(
            "what does the statement of `{}` say? {why}",
            visible(&account.name)
        ))
        .hint("give `--statement AMOUNT`, and `--date DATE` if it is not of today; what is owed is negative")
        .into());
    }
    let question = format!("What does the statement of {} say?", visible(&account.name));
    let currency = cx.read(|conn, _| currencies::get(conn, account.currency))?;
    let mark = cx.decimal_mark();
    let statement = cx.ask.text_that(&question, None, "`--statement`", move |text| {
        parse_amount(text, mark).and_then(|amount| amount.to_minor(&currency)).map(drop).usage()
    })?;
    let statement = cx.amount(&statement)?;
    let date = date.map_or_else(|| asked_day(cx), Ok)?;
    let rows = cx.read(|conn, _| pending(conn, account, date))?;
    let seen = if rows.is_empty() { Vec::new() } else { marked(cx, account, &rows)? };
    Ok(Told { statement: Statement::Said(statement), date, seen })
}

/// The day that the statement is of.
fn asked_day(cx: &Context) -> Result<NaiveDate> {
    let (today, order) = (cx.today, cx.config.date_order()?);
    let day = move |text: &str| {
        let date = parse_date(text, today, order).usage()?;
        refuse_future(date, today).map(|()| date)
    };
    let text =
        cx.ask.text_that("Of which day?", Some("today"), "`--date`", move |text| day(text).map(drop))?;
    day(&text)
}

/// Which pending transactions the person sees on the statement.
fn marked(cx: &Context, account: &Account, rows: &[Row]) -> Result<Vec<TransactionId>> {
    let shown = |minor: Minor| format_human(minor, account.exponent);
    let widest = rows.iter().map(|row| shown(row.amount).len()).max().unwrap_or(0);
    let line = |row: &Row| {
        let party = row.party.as_deref().unwrap_or_default();
        format!("{}  {:>widest$}  {}  ({})", row.date, shown(row.amount), visible(party), row.transaction)
    };
    let lines = rows.iter().map(line).collect();
    let chosen = cx.ask.several("Which of these are on the statement?", lines, "`--statement`")?;
    Ok(chosen.into_iter().filter_map(|at| rows.get(at)).map(|row| row.transaction).collect())
}
