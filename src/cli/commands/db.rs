//! `db`: looking after the database.

use clap::{Args, Subcommand};

use crate::book::{Book, State, lack_of};
use crate::cli::context::Context;
use crate::db::migrations;
use crate::db::upkeep::{info, verify};
use crate::error::{Kind, Problem, Result};
use crate::output::{Applied, BookInfo, Migrations, Plain, QueryAnswer, Verified};

/// Exit code when something was found.
const FOUND: u8 = 10;

/// Show, check or query the database
#[derive(Debug, Args)]
pub struct DbArgs {
    #[command(subcommand)]
    command: DbCommand,
}

#[derive(Debug, Subcommand)]
enum DbCommand {
    /// Show where the book is and how large
    Info,
    /// Show where the book is, and nothing else
    Path,
    /// Bring the schema up to date, which every command does by itself
    Migrate,
    /// Take the newest migration back, to go back to an older groat
    Rollback,
    /// List the migrations
    History,
    /// Check the rows and the kept totals
    #[command(after_help = "Exit code 10 when something was found, else 0.")]
    Verify {
        /// Make the kept totals anew
        #[arg(long)]
        repair: bool,
    },
    /// Ask the book in SQL; it can change nothing
    #[command(after_help = "Examples:
  $ groat db query 'SELECT name, kind FROM accounts'

Amounts are in the smallest unit of their currency: 1250 is 12.50 GBP.")]
    Query {
        /// One SELECT
        #[arg(value_name = "SELECT")]
        sql: String,
        /// How many rows at most
        #[arg(short = 'L', long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        limit: u32,
        /// How many seconds it may take
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3_600))]
        seconds: u32,
    },
    /// Make an empty database a book, also one that a plain DATABASE_URL names
    Init,
}

impl DbArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            DbCommand::Info => show_info(cx),
            DbCommand::Path => show_path(cx),
            DbCommand::Migrate => migrate(cx),
            DbCommand::Rollback => roll_back(cx),
            DbCommand::History => history(cx),
            DbCommand::Verify { repair } => verify(cx, repair),
            DbCommand::Query { sql, limit, seconds } => query(cx, &sql, limit, seconds),
            DbCommand::Init => init(cx),
        }
    }
}

fn show_info(cx: &Context) -> Result<u8> {
    let book = cx.book()?;
    let mut size = book.read(info::size)?;
    if book.state == State::Absent {
        // What answers is in memory: on disk there is nothing.
        size.bytes = 0;
    }
    let location = cx.location()?;
    cx.out.answer(&BookInfo {
        url: location.place.redacted(),
        path: location.place.path().map(|path| path.display().to_string()),
        origin: location.origin.clone(),
        exists: book.state != State::Absent,
        currency: book.currency().code.to_string(),
        schema_version: book.schema_version().to_owned(),
        size,
        settings: book.connection_settings().clone(),
    })?;
    Ok(0)
}

fn show_path(cx: &Context) -> Result<u8> {
    let place = cx.location()?.place.redacted();
    cx.out.answer(&Plain {
        object: serde_json::json!({"path": place}),
        line: place,
        is_confirmation: false,
    })?;
    Ok(0)
}

/// Opening a book brings it up to date.
fn migrate(cx: &Context) -> Result<u8> {
    if cx.global.dry_run
        && let Ok((_, version)) = Book::connect_as_is(&cx.opening(false)?)
        && version != migrations::NEWEST
    {
        return would(cx, &format!("would bring the schema from {version} to {}", migrations::NEWEST));
    }
    let book = cx.book()?;
    let version = book.schema_version().to_owned();
    let line = format!("the schema is {version}, the newest");
    cx.out.answer(&Applied { object: serde_json::json!({"schema_version": version}), line })?;
    Ok(0)
}

/// Takes the newest migration back that the book has had; said again, the one before it.
fn roll_back(cx: &Context) -> Result<u8> {
    let opening = cx.opening(false)?;
    let (mut conn, version) = Book::connect_as_is(&opening)?;
    let known = migrations::known()?;
    let newest = known
        .into_iter()
        .find(|(known, _)| *known == version)
        .map_or_else(|| version.clone(), |(_, name)| name);
    if version.as_str() <= migrations::OLDEST_WITH_A_BOOK {
        return Err(Problem::conflict(format!(
            "{newest} made the book itself: there is nothing older to go back to"
        ))
        .hint("to start over, choose another place with `--db` or `--book`")
        .into());
    }
    if cx.global.dry_run {
        return would(cx, &format!("would take the migration {newest} back"));
    }
    cx.ask.confirm(&format!(
        "Take the migration {newest} back, with the tables and columns it made and all they hold (rows of imported files are no longer recognised then)?"
    ))?;
    let copy = crate::db::upkeep::back_up_file(&mut conn, &opening.location, "rollback")?;
    let version = migrations::revert_newest(&mut conn)?;
    let kept =
        copy.as_ref().map_or_else(String::new, |copy| format!("; a copy from before is {}", copy.display()));
    cx.out.answer(&Applied {
        object: serde_json::json!({"reverted": version, "copy": copy.map(|copy| copy.display().to_string())}),
        line: format!("took {newest} back{kept}; the next command of this groat applies it again"),
    })?;
    Ok(0)
}

/// What a dry run of upkeep answers.
fn would(cx: &Context, line: &str) -> Result<u8> {
    cx.out.answer(&Plain {
        object: serde_json::json!({"summary": line, "dry_run": true}),
        line: line.to_owned(),
        is_confirmation: false,
    })?;
    cx.out.note("dry run: nothing was changed");
    Ok(0)
}

fn history(cx: &Context) -> Result<u8> {
    let opening = cx.opening(false)?;
    let applied = match Book::connect_as_is(&opening) {
        Ok((mut conn, _)) => migrations::applied(&mut conn)?,
        Err(error)
            if error.downcast_ref::<Problem>().is_some_and(|problem| problem.kind == Kind::NotFound) =>
        {
            cx.out.note(&lack_of(&opening.location));
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    let known = migrations::known()?;
    let at = |version: &str| applied.iter().find(|(run, _)| run == version).map(|(_, at)| *at);
    let rows = known.into_iter().map(|(version, name)| (version.clone(), name, at(&version))).collect();
    cx.out.answer(&Migrations { rows })?;
    Ok(0)
}

fn verify(cx: &Context, repair: bool) -> Result<u8> {
    let book = cx.book()?;
    if repair && book.state != State::Absent {
        book.repair()?;
    }
    let flaws = book.read(verify::verify)?;
    let transactions = book.read(verify::count)?;
    let code = if flaws.is_empty() { 0 } else { FOUND };
    cx.out.answer(&Verified { flaws, transactions, is_repaired: repair && !cx.global.dry_run })?;
    Ok(code)
}

fn query(cx: &Context, sql: &str, limit: u32, seconds: u32) -> Result<u8> {
    let answer = cx.book()?.query(sql, usize::try_from(limit)?, seconds)?;
    cx.out.answer(&QueryAnswer(&answer))?;
    if answer.has_more {
        cx.out.warn(&format!("there are more rows than {limit}; `-L N` shows more"));
    }
    Ok(0)
}

fn init(cx: &Context) -> Result<u8> {
    let mut opening = cx.opening(true)?;
    let place = opening.location.place.redacted();
    let before = Book::open(cx.opening(false)?)?;
    if cx.global.dry_run {
        return would(cx, &format!("would make `{place}` a groat book"));
    }
    if before.state == State::Absent {
        cx.ask.confirm(&format!("Make `{place}` a groat book?"))?;
    }
    opening.location.is_borrowed = false;
    let book = Book::open(opening)?;
    let line = match book.state {
        State::Created => format!("made a book in {}: {place}", book.currency().code),
        _ => format!("there is a book already: {place}"),
    };
    cx.out.answer(&Applied {
        object: serde_json::json!({"url": place, "created": book.state == State::Created, "currency": book.currency().code}),
        line,
    })?;
    Ok(0)
}
