//! What a command works with: settings, where the book is, the user's day, and where answers go.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use super::args::GlobalArgs;
use super::ask::Prompter;
use super::environment::Environment;
use crate::book::{Book, Opening, State};
use crate::config::Config;
use crate::db::connection::{ConnectionSettings, DbConn};
use crate::db::dialect::Isolation;
use crate::db::instrument::Echo;
use crate::db::location::{Location, Place, redact_word};
use crate::db::writer::{Author, Writer};
use crate::domain::money::{Currency, DecimalMark};
use crate::domain::name::{NameKind, clean};
use crate::error::{OrUsage, Problem, Result};
use crate::output::{Output, Style};

/// Everything that a command is given beside its own arguments.
pub struct Context {
    /// The flags of every command.
    pub global: GlobalArgs,
    /// Variables and clock.
    pub environment: Environment,
    /// The settings.
    pub config: Config,
    /// Where answers go.
    pub out: Output,
    /// Whether and how questions are asked.
    pub ask: Prompter,
    /// The user's day.
    pub today: NaiveDate,
    now: NaiveDateTime,
    /// What was typed, without the program's name.
    pub argv: Vec<String>,
    /// The currency of a book that is made now.
    pub new_currency: Option<Currency>,
    /// Whether it was said that there is no book: once is enough.
    lack_is_told: Cell<bool>,
    /// The book in which all that this command does is tried out.
    rehearsal: Option<Book>,
}

impl Context {
    /// Reads the settings and sets the output up. With `is_mending`, a config file that cannot be read is as none.
    ///
    /// # Errors
    /// A config file that cannot be read; a `--today` that is no date.
    pub fn new(
        global: &GlobalArgs,
        environment: Environment,
        argv: &[OsString],
        is_mending: bool,
    ) -> Result<Context> {
        let path = config_path(global, &environment)?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && global.config.is_none() => None,
            Err(e) => {
                let text = e.to_string();
                let reason = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
                return Err(Problem::usage(format!("cannot read `{}`: {reason}", path.display())).into());
            }
        };
        let variable = |name: &str| environment.get(name).map(str::to_owned);
        let config = match Config::new(&path, text.as_deref(), variable) {
            // What mends a broken file must run in spite of it.
            Err(_) if is_mending => Config::new(&path, None, variable)?,
            other => other?,
        };
        let out = output(global, &environment, &config);
        start_logging(global, &environment);
        if let Some(trouble) = &environment.dotenv_trouble {
            out.warn(trouble);
        }
        Ok(Context {
            ask: Prompter::new(&environment, global.no_input, global.yes),
            today: environment.today(global.today.as_deref())?,
            now: environment.now(),
            lack_is_told: Cell::new(false),
            rehearsal: None,
            argv: argv.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect(),
            global: global.clone(),
            environment,
            config,
            out,
            new_currency: None,
        })
    }

    /// Opens the book to read it. Where there is none, an empty one answers, and stderr says so.
    ///
    /// # Errors
    /// A place that cannot be read or is no book.
    pub fn book(&self) -> Result<Book> {
        let book = Book::open(self.opening(false)?)?;
        self.tell_lack(&book);
        Ok(book)
    }

    fn tell_lack(&self, book: &Book) {
        if let Some(lack) = book.lack()
            && !self.lack_is_told.replace(true)
        {
            self.out.note(&lack);
        }
    }

    /// Reads from the book.
    ///
    /// # Errors
    /// Those of `work`; a place that cannot be read or is no book.
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConn, &Book) -> Result<T>) -> Result<T> {
        if let Some(book) = &self.rehearsal {
            return book.read(|conn| work(conn, book));
        }
        let book = self.book()?;
        let read = book.read(|conn| work(conn, &book));
        book.leave();
        read
    }

    /// Changes the book, which is made if there is none. What fails makes none: on an empty place the work is
    /// tried on a book in memory first.
    ///
    /// # Errors
    /// Those of `work`; a place that cannot be written or is no book.
    pub fn write<T>(
        &self,
        isolation: Isolation,
        work: impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        self.write_from("cli", isolation, work)
    }

    /// `write`, with another source in the history than the command line: `import`.
    ///
    /// # Errors
    /// As `write`.
    pub fn write_from<T>(
        &self,
        source: &'static str,
        isolation: Isolation,
        mut work: impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        if let Some(book) = &self.rehearsal {
            return book.write(isolation, work);
        }
        let opening = |create| {
            let mut opening = self.opening(create)?;
            opening.author.source = source;
            Ok::<Opening, anyhow::Error>(opening)
        };
        let mut book = Book::open(opening(false)?)?;
        if book.state == State::Absent {
            let tried = book.write(isolation, &mut work)?;
            if self.global.dry_run {
                self.out.note("dry run: nothing was changed");
                return Ok(tried);
            }
            book = Book::open(opening(true)?)?;
        }
        let done = book.write(isolation, &mut work)?;
        if book.state == State::Created {
            self.tell_of_new_book(&book);
        }
        if self.global.dry_run {
            self.out.note("dry run: nothing was changed");
        }
        book.leave();
        Ok(done)
    }

    /// Does a write and takes it back: what it would come to.
    ///
    /// # Errors
    /// As `write_from`.
    pub fn rehearse<T>(
        &self,
        source: &'static str,
        isolation: Isolation,
        work: impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        if let Some(book) = &self.rehearsal {
            return book.try_out(work);
        }
        Book::open(self.opening_to_rehearse(source)?)?.write(isolation, work)
    }

    /// From now on everything is done in a book of which nothing is kept: each write sees those before it.
    ///
    /// # Errors
    /// As `write_from`.
    pub fn begin_rehearsal(&mut self, source: &'static str, isolation: Isolation) -> Result<()> {
        let mut book = Book::open(self.opening_to_rehearse(source)?)?;
        self.tell_lack(&book);
        book.begin_rehearsal(isolation)?;
        self.rehearsal = Some(book);
        Ok(())
    }

    /// Takes back what was done since `begin_rehearsal`.
    pub fn end_rehearsal(&mut self) {
        self.rehearsal = None;
        self.out.note("dry run: nothing was changed");
    }

    fn opening_to_rehearse(&self, source: &'static str) -> Result<Opening> {
        let mut opening = Opening { dry_run: true, ..self.opening(false)? };
        opening.author.source = source;
        Ok(opening)
    }

    /// Opens the book, making it if there is none.
    ///
    /// # Errors
    /// A place that cannot be written or is no book.
    pub fn make_book(&self) -> Result<Book> {
        Book::open(self.opening(true)?)
    }

    /// Says which book was made, and in which currency.
    pub fn tell_of_new_book(&self, book: &Book) {
        let code = book.currency().code;
        let why = match (&self.new_currency, self.environment.currency()) {
            (Some(_), _) => String::new(),
            (None, Ok((_, true))) => ", as your locale says".to_owned(),
            _ => ", as your locale names no country".to_owned(),
        };
        self.out.note(&format!("created a book in {code}{why}: {}", book.location().place.redacted()));
        if self.new_currency.is_none() {
            let other = if code.as_str() == "EUR" { "GBP" } else { "EUR" };
            self.out
                .note(&format!("for another currency: `groat undo`, then `groat init --currency {other}`"));
        }
    }

    /// How the book is opened.
    ///
    /// # Errors
    /// An address that is not understood.
    pub fn opening(&self, create: bool) -> Result<Opening> {
        let opening = self.opening_of(self.location()?)?;
        Ok(Opening { create: create.then(|| opening.default_currency.clone()), ..opening })
    }

    /// How the book of a certain place is opened, to read it.
    ///
    /// # Errors
    /// A list of currencies that lacks the locale's.
    pub fn opening_of(&self, location: Location) -> Result<Opening> {
        let default_currency = match &self.new_currency {
            Some(currency) => currency.clone(),
            None => self.environment.currency()?.0,
        };
        Ok(Opening {
            location,
            settings: self.connection_settings(),
            create: None,
            default_currency,
            today: self.today,
            now: self.now,
            author: Author {
                actor: self.config.get("actor").map_or_else(|| self.environment.user(), str::to_owned),
                source: "cli",
                command: self.command_line(),
                now: self.now,
            },
            dry_run: self.global.dry_run,
        })
    }

    /// How this program was called: by its name, or by the whole path of its file.
    pub fn program(&self) -> String {
        match std::env::args_os().next().map(PathBuf::from) {
            Some(path) if path.components().count() > 1 => {
                std::path::absolute(&path).unwrap_or(path).display().to_string()
            }
            _ => "groat".to_owned(),
        }
    }

    /// How the book is opened at any later moment, to read it alone: for programs that stay, for which the day moves on.
    ///
    /// # Errors
    /// An address that is not understood.
    #[cfg(feature = "mcp")]
    pub fn opener(&self) -> Result<impl Fn() -> Result<Opening> + Send + 'static> {
        let opening = Opening { dry_run: true, ..self.opening(false)? };
        let environment = self.environment.clone();
        let flag = self.global.today.clone();
        Ok(move || {
            let today = environment.today(flag.as_deref())?;
            Ok(Opening { today, now: environment.now(), ..opening.clone() })
        })
    }

    /// The command line as the history keeps it, without passwords.
    fn command_line(&self) -> String {
        let words = self.argv.iter().map(|word| crate::ledger::lookup::quoted(&redact_word(word)));
        std::iter::once("groat".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
    }

    /// Where the book is: the first that is set of flags, variables, `./.env`, config file, the default place.
    ///
    /// # Errors
    /// An address that is not understood; a book's name that cannot be.
    pub fn location(&self) -> Result<Location> {
        if let Some(text) = &self.global.db {
            return Location::parse(text, "`--db`").usage();
        }
        match &self.global.book {
            Some(name) => self.named(name, "`--book`".to_owned()),
            None => self.usual_location(),
        }
    }

    /// `NAME.db` beside the default book.
    fn named(&self, name: &str, origin: String) -> Result<Location> {
        let name = clean(NameKind::Book, name).usage()?;
        let path = self.environment.data_folder()?.join(format!("{name}.db"));
        Ok(Location { place: Place::File(path), origin, is_borrowed: false })
    }

    /// Where the book is when no flag says so.
    ///
    /// # Errors
    /// As `location`.
    pub fn usual_location(&self) -> Result<Location> {
        if let Some((name, origin)) = self.environment.with_origin("GROAT_BOOK") {
            return self.named(name, origin);
        }
        // Real variables win over ./.env, whichever of the two they are.
        for is_real in [true, false] {
            if !is_real && self.environment.dotenv_is_unreadable {
                return Err(Problem::usage("./.env cannot be read, and it may name the book")
                    .hint("give the book with `--db`, or go to another folder")
                    .into());
            }
            for (variable, is_borrowed) in [("GROAT_DATABASE_URL", false), ("DATABASE_URL", true)] {
                if let Some((text, origin)) = self.environment.only(variable, is_real) {
                    return Ok(Location { is_borrowed, ..Location::parse(text, &origin).usage()? });
                }
            }
        }
        if let Some(text) = self.config.get("database") {
            return Location::parse(text, "`database` in the config file").usage();
        }
        let path = self.environment.data_folder()?.join("groat.db");
        Ok(Location { place: Place::File(path), origin: "the default place".to_owned(), is_borrowed: false })
    }

    /// What names the book, understood or not, and who says so.
    pub fn named_book(&self) -> Option<(String, String)> {
        let flag = self.global.db.clone().map(|text| (text, "--db".to_owned()));
        let variables = ["GROAT_DATABASE_URL", "DATABASE_URL"];
        flag.or_else(|| {
            variables
                .into_iter()
                .find_map(|name| self.environment.with_origin(name))
                .map(|(text, origin)| (text.to_owned(), origin))
        })
    }

    fn connection_settings(&self) -> ConnectionSettings {
        let seconds = |key| Duration::from_secs(self.config.number(key));
        let slow = self.config.number("slow_query_ms");
        ConnectionSettings {
            busy_timeout: seconds("busy_timeout"),
            pool_size: u32::try_from(self.config.number("pool.size")).unwrap_or(u32::MAX),
            pool_timeout: seconds("pool.timeout"),
            pool_lifetime: seconds("pool.lifetime"),
            pool_test: self.config.is_set("pool.test"),
            echo: Echo {
                every_statement: self.global.verbose >= 2 || self.environment.get("GROAT_LOG").is_some(),
                slower_than: (slow > 0 && self.is_logging()).then(|| Duration::from_millis(slow)),
            },
        }
    }

    /// Whether anything is told of the statements: a mail from cron should not depend on how busy a machine is.
    fn is_logging(&self) -> bool {
        self.global.verbose >= 1 || self.environment.get("GROAT_LOG").is_some()
    }

    /// What decides how `1,234` is read.
    pub fn decimal_mark(&self) -> DecimalMark {
        self.config.decimal_mark().unwrap_or_else(|| self.environment.decimal_mark())
    }
}

fn config_path(global: &GlobalArgs, environment: &Environment) -> Result<PathBuf> {
    match (&global.config, environment.get("GROAT_CONFIG")) {
        (Some(path), _) => Ok(path.clone()),
        (None, Some(path)) => Ok(PathBuf::from(path)),
        (None, None) => Ok(environment.config_folder()?.join("config.toml")),
    }
}

fn output(global: &GlobalArgs, environment: &Environment, config: &Config) -> Output {
    let is_terminal = std::io::stdout().is_terminal();
    let columns = environment.get("COLUMNS").and_then(|text| text.parse().ok());
    let size = is_terminal.then(terminal_size::terminal_size).flatten();
    let width = columns.or(size.map(|(width, _)| width.0)).filter(|_| is_terminal);
    let pager =
        [config.get("pager"), environment.get("PAGER"), Some("less -FRX")].into_iter().flatten().next();
    let is_dumb = environment.get("TERM") == Some("dumb");
    Output {
        format: global.format(),
        style: Style {
            is_coloured: wants_colour(global, environment, config, is_terminal),
            width,
            height: size.map_or(usize::MAX, |(_, height)| usize::from(height.0)),
        },
        is_quiet: global.quiet,
        is_dry_run: global.dry_run,
        pager: pager.filter(|_| !global.no_pager && !is_dumb).map(str::to_owned),
    }
}

/// Flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` and `TERM=dumb`, then the setting, then the terminal.
fn wants_colour(global: &GlobalArgs, environment: &Environment, config: &Config, is_terminal: bool) -> bool {
    match global.color.as_deref() {
        Some("always") => return true,
        Some("never") => return false,
        _ => {}
    }
    if environment.get("NO_COLOR").is_some() {
        return false;
    }
    if environment.get("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    match config.get("color") {
        Some("always") => true,
        Some("never") => false,
        _ => {
            is_terminal && environment.get("CLICOLOR") != Some("0") && environment.get("TERM") != Some("dumb")
        }
    }
}

fn start_logging(global: &GlobalArgs, environment: &Environment) {
    use tracing_subscriber::filter::LevelFilter;
    let wanted = environment.get("GROAT_LOG").map(str::parse::<LevelFilter>);
    let level = match (global.verbose, wanted) {
        (2.., _) => LevelFilter::DEBUG,
        (_, Some(Ok(level))) => level,
        (_, Some(Err(_))) => LevelFilter::DEBUG,
        (1, None) => LevelFilter::INFO,
        _ => LevelFilter::WARN,
    };
    let to_stderr = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(level)
        .with_ansi(false)
        .without_time()
        .with_target(false);
    // A second call, in a test that runs two commands in one process, finds the first one's subscriber: fine.
    drop(to_stderr.try_init());
}
