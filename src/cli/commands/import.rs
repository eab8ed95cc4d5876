//! `import`: a bank's file into the book; and the imports that were made. Which row goes to which account is
//! `routing`'s.

mod routing;

use std::io::{Seek, SeekFrom, Write};

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::db::sources::{self, SourceRow};
use crate::domain::account::Account;
use crate::domain::ids::BatchId;
use crate::error::{OrUsage, Problem, Result};
use crate::import::formats::{self, DateOrder, FormatName, Layout, Options, ReadSeek, SurveyError};
use crate::import::{Request, Rows, batches, import};
use crate::output::{BatchList, BatchShow, ImportAnswer, Many, rejected_lines};
use routing::Routing;

/// Exit code when the import is done but rows were rejected.
const REJECTED: u8 = 6;
/// How many rows a dry run shows to people.
const SHOWN: usize = 20;

/// Import a bank's file; list, show or undo imports
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  $ groat import statement.csv -a checking -n
  $ groat import statement.csv -a checking
  $ groat import undo 1

With -n it shows what it made of the file, and changes nothing. A row that was
imported before is not imported again. Exit code 6 when some rows could not be.")]
pub struct ImportArgs {
    #[command(subcommand)]
    command: Option<ImportCommand>,
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// List the imports, newest first
    List,
    /// Show what became of each row of an import
    Show {
        /// Its number, as `import list` shows it
        #[arg(value_name = "BATCH")]
        batch: i64,
    },
    /// Take an import back; what other imports hold or you edited stays
    Undo {
        /// Its number, as `import list` shows it
        #[arg(value_name = "BATCH")]
        batch: i64,
    },
}

#[derive(Debug, Args)]
struct FileArgs {
    /// The file; - is standard input, ./list a file called list
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The account that all rows go to
    #[arg(short, long, value_name = "ACCT", conflicts_with = "map")]
    account: Option<String>,
    /// Which account the file's ID is; remembered, and repeatable
    #[arg(long, value_name = "ID=ACCT")]
    map: Vec<String>,
    /// The format of the file: auto or csv
    #[arg(long, value_name = "F", default_value = "auto")]
    input_format: String,
    /// The column of the day: its heading or its number
    #[arg(long, value_name = "COL")]
    date_column: Option<String>,
    /// The column of the amount, with its sign
    #[arg(long, value_name = "COL")]
    amount_column: Option<String>,
    /// The column of money out
    #[arg(long, value_name = "COL")]
    debit_column: Option<String>,
    /// The column of money in
    #[arg(long, value_name = "COL")]
    credit_column: Option<String>,
    /// The column of the other party
    #[arg(long, value_name = "COL")]
    payee_column: Option<String>,
    /// The column of the remark
    #[arg(long, value_name = "COL")]
    memo_column: Option<String>,
    /// The column of the bank's own number of a transaction
    #[arg(long, value_name = "COL")]
    id_column: Option<String>,
    /// The column of the currency
    #[arg(long, value_name = "COL")]
    currency_column: Option<String>,
    /// The column of the account
    #[arg(long, value_name = "COL")]
    account_column: Option<String>,
    /// What parts the columns: a character, or tab
    #[arg(long, value_name = "C")]
    delimiter: Option<String>,
    /// How days are written: ymd, dmy or mdy
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,
    /// The decimal mark: . or ,
    #[arg(long, value_name = "MARK")]
    decimal: Option<String>,
    /// The encoding: utf-8, utf-16, cp1252, latin-1, ...
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Lines to leave out before the headings
    #[arg(long, value_name = "N")]
    skip: Option<usize>,
    /// Record what the bank has not booked yet, as pending
    #[arg(long)]
    with_pending: bool,
    /// Bring back rows whose transactions were deleted
    #[arg(long)]
    restore_deleted: bool,
}

impl ImportArgs {
    /// Does what the subcommand says, or loads the file.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            Some(ImportCommand::List) => {
                let all = cx.read(|conn, _| batches::list(conn))?;
                cx.out.answer(&BatchList(all))?;
                Ok(0)
            }
            Some(ImportCommand::Show { batch }) => {
                let (batch, lines) = cx.read(|conn, _| batches::show(conn, BatchId(batch)))?;
                cx.out.answer(&BatchShow { batch, lines })?;
                Ok(0)
            }
            Some(ImportCommand::Undo { batch }) => {
                let undone = cx.write(Isolation::Deciding, |w| batches::undo(w, BatchId(batch)))?;
                for kept in &undone.kept {
                    cx.out.note(&format!("transaction {kept} stays: it was changed since"));
                }
                cx.out.answer(&Many { done: &undone.done })?;
                Ok(0)
            }
            None => self.file.run(cx),
        }
    }
}

impl FileArgs {
    fn run(self, cx: &mut Context) -> Result<u8> {
        let Some(name) = self.file.clone() else {
            return Err(Problem::would_ask("which file?").hint("`groat import FILE -a ACCOUNT`").into());
        };
        let (mut input, shown_name) = open(&name)?;
        let format = FormatName::parse(&self.input_format).usage()?;
        let options = self.options()?;
        let routing = Routing::new(cx, self.account.as_deref(), &self.map)?;
        let layout = survey(cx, input.as_mut(), format, options, routing.whole())?;
        let is_short = !cx.out.is_machine();
        let request = |(account, rows): (Account, Rows)| Request {
            account,
            rows,
            file_name: shown_name.clone(),
            restores_deleted: self.restore_deleted,
            with_pending: self.with_pending,
            shown: is_short.then_some(SHOWN),
        };
        let requests: Vec<Request> = routing.parts(cx, &layout)?.into_iter().map(request).collect();
        let imported =
            cx.write_from("import", Isolation::Recording, |w| import(w, input.as_mut(), &layout, &requests))?;
        imported.parts.iter().flat_map(|part| &part.plan.notes).for_each(|note| cx.out.note(note));
        if imported.operation.is_none() {
            cx.out.note(&format!("{shown_name} has no rows to book"));
        }
        cx.out.answer(&ImportAnswer {
            imported: &imported,
            file: &shown_name,
            detected: &layout.describe(),
            format: layout.format(),
            source: &layout.source(),
            is_dry_run: cx.global.dry_run,
        })?;
        for line in rejected_lines(&imported, &shown_name) {
            cx.out.warn(&line);
        }
        Ok(if imported.rejected().is_empty() { 0 } else { REJECTED })
    }

    fn options(&self) -> Result<Options> {
        Ok(Options {
            date_column: self.date_column.clone(),
            amount_column: self.amount_column.clone(),
            debit_column: self.debit_column.clone(),
            credit_column: self.credit_column.clone(),
            payee_column: self.payee_column.clone(),
            memo_column: self.memo_column.clone(),
            id_column: self.id_column.clone(),
            currency_column: self.currency_column.clone(),
            account_column: self.account_column.clone(),
            delimiter: self.delimiter.as_deref().map(|text| formats::delimiter(text).usage()).transpose()?,
            date_order: self.date_order.as_deref().map(|text| DateOrder::parse(text).usage()).transpose()?,
            decimal: self.decimal.as_deref().map(|text| formats::decimal_mark(text).usage()).transpose()?,
            encoding: self.encoding.clone(),
            skip: self.skip,
        })
    }
}

/// The file to read, and what it is called. Standard input is put into a file first, as files are read twice.
fn open(name: &str) -> Result<(Box<dyn ReadSeek>, String)> {
    let failed = |e: std::io::Error| {
        let text = e.to_string();
        let reason = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
        Problem::usage(format!("cannot read `{}`: {reason}", crate::domain::name::visible(name)))
    };
    if name == "-" {
        // Private, and gone when it is closed.
        let mut spool = tempfile::tempfile().map_err(failed)?;
        std::io::copy(&mut std::io::stdin().lock(), &mut spool).map_err(failed)?;
        spool.flush().and_then(|()| spool.seek(SeekFrom::Start(0))).map_err(failed)?;
        return Ok((Box::new(spool), "standard input".to_owned()));
    }
    let path = std::path::Path::new(name);
    if path.is_dir() {
        return Err(Problem::usage(format!("`{name}` is a folder")).into());
    }
    let mut file = std::fs::File::open(path).map_err(failed)?;
    if file.seek(SeekFrom::Start(0)).is_err() {
        // A named pipe can be read once: it is put into a file too.
        let mut spool = tempfile::tempfile().map_err(failed)?;
        std::io::copy(&mut file, &mut spool).map_err(failed)?;
        spool.seek(SeekFrom::Start(0)).map_err(failed)?;
        file = spool;
    }
    let shown = path.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok((Box::new(file), shown))
}

/// Surveys the file. What it leaves open is taken from what earlier files of the same source settled; what it settles
/// otherwise than they did is for the user to say.
fn survey(
    cx: &Context,
    input: &mut dyn ReadSeek,
    format: FormatName,
    options: Options,
    account: Option<&Account>,
) -> Result<Layout> {
    let surveyed = formats::survey(input, format, &options);
    let earlier = cx.read(|conn, _| match account {
        Some(account) => sources::of_account(conn, account.id),
        None => sources::list(conn),
    })?;
    let open = match surveyed {
        Ok(layout) => {
            let known = earlier.iter().find(|known| known.source == layout.source());
            return match known.and_then(|known| contradiction(&layout, known, &options)) {
                Some(problem) => Err(problem.into()),
                None => Ok(layout),
            };
        }
        Err(SurveyError::Invalid(invalid)) => return Err(Problem::from(invalid).into()),
        Err(SurveyError::Io(error)) => {
            return Err(Problem::usage(format!("cannot read the file: {error}")).into());
        }
        Err(SurveyError::Open(invalid)) => invalid,
    };
    for known in earlier {
        let remembered = Options {
            date_order: match (&options.date_order, &known.date_order) {
                (None, Some(word)) => Some(DateOrder::parse(word).usage()?),
                (said, _) => *said,
            },
            decimal: options
                .decimal
                .or_else(|| known.decimal_mark.as_deref().and_then(|mark| mark.chars().next())),
            ..options.clone()
        };
        if let Ok(layout) = formats::survey(input, format, &remembered)
            && layout.source() == known.source
        {
            return Ok(layout);
        }
    }
    let problem = Problem::would_ask(open.message);
    Err(match open.hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
    .into())
}

/// Dates or amounts that earlier files of this kind wrote in another way: one of them was misread.
fn contradiction(layout: &Layout, known: &SourceRow, options: &Options) -> Option<Problem> {
    let now =
        [layout.date_order().map(|order| order.as_str().to_owned()), layout.decimal().map(String::from)];
    let before = [known.date_order.clone(), known.decimal_mark.clone()];
    let is_said = [options.date_order.is_some(), options.decimal.is_some()];
    let flags = [("--date-order", "dates"), ("--decimal", "decimal marks")];
    for (((now, before), is_said), (flag, what)) in now.into_iter().zip(before).zip(is_said).zip(flags) {
        if let (Some(now), Some(before), false) = (now, before, is_said)
            && now != before
        {
            return Some(
                Problem::would_ask(format!(
                    "the {what} here are `{now}`, but in earlier files of this kind `{before}`"
                ))
                .hint(format!("`{flag} {now}`, or `{flag} {before}`, says which holds")),
            );
        }
    }
    None
}
