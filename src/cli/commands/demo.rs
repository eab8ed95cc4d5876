//! `demo`: an example household in a book of its own.

use std::path::{Path, PathBuf};

use chrono::NaiveTime;
use clap::Args;
use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

use crate::book::{Book, Opening};
use crate::cli::context::Context;
use crate::db::connection::io_reason;
use crate::db::location::{Location, Place};
use crate::domain::ids::OperationId;
use crate::domain::money::CurrencyCode;
use crate::error::{OrUsage, Problem, Result};
use crate::import::demo::{Household, USUAL_SIZE, fill};
use crate::ledger::lookup::quoted;
use crate::output::DemoMade;

/// The name of the book beside the default one: `--book demo` opens it.
const NAME: &str = "demo";

/// Make an example household, in a book of its own
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat demo
  $ groat --book demo report -p 2025 --by month
  $ groat demo big.db -L 5000
  $ groat --db big.db list

It never touches your own book: without PATH it goes to demo.db beside it, and
nowhere where anything is already. The same day and seed give the same book.
Delete the file when you are done (`groat --book demo db path` names it).")]
pub struct DemoArgs {
    /// The file to make [default: demo.db beside your own book]
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// How many transactions: 1000 are a year, 10000 ten, a million thirty; two years by default
    #[arg(short = 'L', long, value_name = "N", default_value_t = USUAL_SIZE, hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    limit: u64,
    /// What the household is kept in: EUR, GBP, ... [default: as your locale says]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Another household
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl DemoArgs {
    /// Makes it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let code = self.currency.as_deref().map(|text| CurrencyCode::parse(text).usage()).transpose()?;
        cx.new_currency = code.map(super::init::currency).transpose()?;
        let household = Household { today: cx.today, transactions: self.limit, seed: self.seed };
        let location = self.location(cx)?;
        let mut opening = cx.opening_of(location.clone())?;
        // The clock would make two books of one day differ.
        opening.now = household.today.and_time(NaiveTime::MIN);
        opening.author.now = opening.now;
        let currency = opening.default_currency.code;
        let operation = match location.place.path() {
            Some(path) => {
                refuse_occupied(path)?;
                (!cx.global.dry_run).then(|| make_file(opening, path, &household)).transpose()?
            }
            None if cx.global.dry_run => {
                Book::connect_to_nothing(&opening)?;
                None
            }
            None => Some(Book::make(opening, |w| fill(w, &household))?.1),
        };
        cx.out.answer(&DemoMade {
            operation,
            url: location.place.redacted(),
            currency,
            transactions: household.transactions,
            from: household.first_day(),
            to: household.today,
        })?;
        if cx.global.dry_run {
            cx.out.note("dry run: nothing was changed");
        } else {
            cx.out.note(&format!("look at it: `groat {} report`", self.flag(cx, &location)));
        }
        Ok(0)
    }

    /// Where it goes: what the command line says, else demo.db. The environment and the settings name the user's own
    /// book, and so have no say.
    fn location(&self, cx: &Context) -> Result<Location> {
        let by_flag = cx.global.db.is_some() || cx.global.book.is_some();
        let location = match &self.path {
            Some(_) if by_flag => {
                return Err(Problem::usage("both PATH and a flag say where the demo goes")
                    .hint("leave one of them out")
                    .into());
            }
            Some(path) => Location::parse(path, "the path").usage()?,
            None if by_flag => cx.location()?,
            None => {
                let path = cx.environment.data_folder()?.join(format!("{NAME}.db"));
                let origin = "the default place of demos".to_owned();
                Location { place: Place::File(path), origin, is_borrowed: false }
            }
        };
        if location.place.path() == Some(Path::new(":memory:")) {
            return Err(Problem::usage("a demo in `:memory:` would be gone at once")
                .hint("name a file: `groat demo demo.db`")
                .into());
        }
        // A usual place that cannot be told is not this one.
        match cx.usual_location() {
            Ok(own) if own.place.is_same(&location.place) => Err(own_book(&location).into()),
            _ => Ok(location),
        }
    }

    /// How the demo is opened.
    fn flag(&self, cx: &Context, location: &Location) -> String {
        match (&self.path, &cx.global.db, &cx.global.book) {
            (None, None, None) => format!("--book {NAME}"),
            (None, None, Some(name)) => format!("--book {}", quoted(name)),
            _ => format!("--db {}", quoted(&location.place.redacted())),
        }
    }
}

fn own_book(location: &Location) -> Problem {
    Problem::conflict(format!("`{}` is where your own book goes", location.place.redacted()))
        .hint("name a file for the demo: `groat demo FILE`")
}

/// A demo goes only where nothing is, not even what another book left behind: SQLite would play a journal back.
fn refuse_occupied(path: &Path) -> Result<()> {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    if path.is_dir() {
        let file = path.join(format!("{NAME}.db"));
        return Err(Problem::conflict(format!("`{}` is a folder, and a demo is a file", path.display()))
            .hint(format!("name one in it: `groat demo {}`", quoted(&file.display().to_string())))
            .into());
    }
    let there = [path.to_owned(), beside("-journal"), beside("-wal")];
    match there.iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(there) => Err(occupied(there).into()),
        None => Ok(()),
    }
}

fn occupied(there: &Path) -> Problem {
    let shown = there.display().to_string();
    Problem::conflict(format!("`{shown}` is there already, and a demo goes only where nothing is")).hint(
        format!(
            "if it is an old demo, delete it (`rm {0}`); or make another: `groat demo FILE`",
            quoted(&shown)
        ),
    )
}

/// Removes what demos of this name left that were interrupted: those of processes that are no more. A folder that
/// cannot be read is told by what comes next.
fn clear_up(path: &Path, name: &str) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!(".{name}.");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let left = entry.file_name().to_string_lossy().into_owned();
        let rest = left.strip_prefix(&prefix).and_then(|rest| rest.split_once(".part"));
        let process = rest.and_then(|(process, _)| process.parse().ok()).and_then(Pid::from_raw);
        // One of somebody else may not be asked, but is there.
        if process.is_some_and(|process| test_kill_process(process) == Err(Errno::SRCH)) {
            // One that cannot be removed is in nobody's way.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// Makes the book under another name in the same folder, and gives it its own when it is whole.
fn make_file(opening: Opening, path: &Path, household: &Household) -> Result<OperationId> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| Problem::usage(format!("`{}` is no file's name", path.display())))?;
    let part = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    clear_up(path, &name);
    let location = Location { place: Place::File(part.clone()), ..opening.location.clone() };
    let typed = |error: anyhow::Error| of_typed(error, &part, path);
    // Gone with this value, however the making ends.
    let made = tempfile::TempPath::try_from_path(std::path::absolute(&part)?)?;
    let (book, operation) =
        Book::make(Opening { location, ..opening }, |w| fill(w, household)).map_err(typed)?;
    drop(book);
    made.persist_noclobber(path).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => occupied(path),
        _ => Problem::conflict(format!("cannot make `{}`: {}", path.display(), io_reason(&e.error))),
    })?;
    Ok(operation)
}

/// The error with the name that was typed in place of the one under which the book is made.
fn of_typed(error: anyhow::Error, part: &Path, path: &Path) -> anyhow::Error {
    let (part, path) = (part.display().to_string(), path.display().to_string());
    match error.downcast::<Problem>() {
        Ok(problem) => Problem { message: problem.message.replace(&part, &path), ..problem }.into(),
        Err(other) => other,
    }
}
