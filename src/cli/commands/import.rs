//! `import`: a bank's file into the book; and the imports that were made. Which row goes to which account is
//! `routing`'s.

mod review;
mod routing;

use std::io::{Seek, SeekFrom, Write};

use clap::{Args, Subcommand};

use super::layout::LayoutArgs;
use super::profile::ProfileArgs;
use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::domain::ids::BatchId;
use crate::error::{OrUsage, Problem, Result};
use crate::import::answers::Answers;
use crate::import::formats::{FormatName, ReadSeek};
use crate::import::{AT_ONCE, How, Imported, Part, accounts, batches, import};
use crate::output::{BatchList, BatchShow, ImportAnswer, ImportAnswers, ImportUndone, rejected_lines};
use routing::Routing;

/// Exit code when the import is done but rows were rejected.
const REJECTED: u8 = 6;
/// How many rows a dry run shows to people.
const SHOWN: usize = 20;

/// Import a bank's file; list, show or undo imports; profiles
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
    /// List, show, edit or delete what is known of how a bank writes its files
    Profile(ProfileArgs),
}

#[derive(Debug, Args)]
struct FileArgs {
    /// The files, each an import of its own; - is standard input, ./list a file called list
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// The account that all rows go to
    #[arg(short, long, value_name = "ACCT", conflicts_with = "map")]
    account: Option<String>,
    /// Which account the file's ID is; remembered, and repeatable
    #[arg(long, value_name = "ID=ACCT")]
    map: Vec<String>,
    /// The format, where the content does not show it: csv, ofx, qif, camt, mt940, hledger, ledger, beancount, ynab, actual, mint, firefly
    #[arg(long, value_name = "F", default_value = "auto")]
    input_format: String,
    /// Ask row by row whether it is what it looks like, before anything is written
    #[arg(short, long)]
    interactive: bool,
    /// Record what the bank has not booked yet, as pending
    #[arg(long)]
    with_pending: bool,
    /// Bring back rows whose transactions were deleted
    #[arg(long)]
    restore_deleted: bool,
    #[command(flatten)]
    layout: LayoutArgs,
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
                    let why =
                        if undone.locked.contains(kept) { "is reconciled" } else { "was changed since" };
                    cx.out.note(&format!("transaction {kept} stays: it {why}"));
                }
                if !undone.siblings.is_empty() {
                    let commands = undone.siblings.iter().map(|batch| format!("`groat import undo {batch}`"));
                    let commands: Vec<_> = commands.collect();
                    cx.out.note(&format!("other accounts of the same file stay: {}", commands.join(", ")));
                }
                cx.out.answer(&ImportUndone(&undone))?;
                Ok(0)
            }
            Some(ImportCommand::Profile(args)) => args.run(cx),
            None => self.file.run(cx),
        }
    }
}

impl FileArgs {
    /// Each file whole, in their order; the first that fails ends it, and what came before it stays.
    fn run(self, cx: &mut Context) -> Result<u8> {
        let several = match self.files.as_slice() {
            [] => {
                return Err(Problem::would_ask("which file?").hint("`groat import FILE -a ACCOUNT`").into());
            }
            [only] => return self.load(cx, only, None),
            several => several,
        };
        // Of several files each is to find what those before it would have brought.
        if cx.global.dry_run {
            cx.begin_rehearsal("import", Isolation::Recording)?;
        }
        let mut answers = cx.out.is_machine().then(ImportAnswers::default);
        let mut code = 0;
        let mut failed = None;
        for (before, name) in several.iter().enumerate() {
            match self.load(cx, name, answers.as_mut()) {
                Ok(of_file) => code = of_file.max(code),
                Err(error) => {
                    let around = (before, several.len() - before - 1);
                    failed = Some(of_file(error, name, around, cx.global.dry_run));
                    break;
                }
            }
        }
        if cx.global.dry_run {
            cx.end_rehearsal();
        }
        // What is done is told, whatever came behind it.
        if let Some(answers) = &answers {
            cx.out.answer(answers)?;
        }
        failed.map_or(Ok(code), Err)
    }

    /// Imports a file, and gives its answer or adds it to those.
    fn load(&self, cx: &Context, name: &str, answers: Option<&mut ImportAnswers>) -> Result<u8> {
        let (mut input, shown_name) = open(name)?;
        let format = FormatName::parse(&self.input_format).usage()?;
        let routing = Routing::new(cx, self.account.as_deref(), &self.map)?;
        let surveyed = self.layout.survey(cx, input.as_mut(), (format, name), routing.whole())?;
        let layout = &surveyed.layout;
        let is_short = !cx.out.is_machine();
        let orders = routing.parts(cx, layout, input.as_mut())?;
        let mut how = How {
            file_name: shown_name.clone(),
            restores_deleted: self.restore_deleted,
            with_pending: self.with_pending,
            suggests: cx.config.is_set("suggest"),
            shown: is_short.then_some(SHOWN),
            at_once: AT_ONCE,
            answers: Answers::default(),
        };
        if self.interactive {
            review::refuse_without_terminal(cx)?;
            let mut all = How { shown: Some(usize::MAX), ..how.clone() };
            how.answers = review::ask(cx, |answers| {
                all.answers = answers.clone();
                cx.rehearse("import", Isolation::Recording, |w| {
                    let requests = accounts::make_new(w, &orders, &all)?;
                    import(w, input.as_mut(), layout, &requests)
                })
            })?;
        }
        let imported = cx.write_from("import", Isolation::Recording, |w| {
            let requests = accounts::make_new(w, &orders, &how)?;
            import(w, input.as_mut(), layout, &requests)
        })?;
        if imported.operation.is_none() {
            cx.out.note(&format!("{shown_name} has no rows to book"));
        }
        let (detected, source) = (surveyed.describe(), layout.source());
        let answer = ImportAnswer {
            imported: &imported,
            file: &shown_name,
            detected: &detected,
            format: layout.format(),
            source: &source,
            is_dry_run: cx.global.dry_run,
        };
        answer.notes().into_iter().for_each(|note| cx.out.note(note));
        match answers {
            Some(answers) => answers.push(&answer)?,
            None => cx.out.answer(&answer)?,
        }
        for line in rejected_lines(&imported, &shown_name) {
            cx.out.warn(&line);
        }
        tell_offers(cx, &imported);
        surveyed.save(cx, &shown_name)?;
        Ok(if imported.rejected().is_empty() { 0 } else { REJECTED })
    }
}

/// New rows that look like the other sides of transactions in other accounts, with what joins them.
fn tell_offers(cx: &Context, imported: &Imported) {
    const MOST: usize = 5;
    let offers: Vec<_> = imported.parts.iter().flat_map(Part::offers).collect();
    for (transaction, offer) in offers.iter().take(MOST) {
        let (what, join) = if cx.global.dry_run {
            (format!("line {}", offer.line), String::new())
        } else {
            let join = format!(": `groat transfer --join {} {transaction}`", offer.transaction);
            (format!("transaction {transaction}"), join)
        };
        let rivals = match offer.rivals {
            0 => String::new(),
            1 => ", or that of 1 other".to_owned(),
            many => format!(", or that of {many} others"),
        };
        cx.out.note(&format!(
            "{what} may be the other side of {} in {}{rivals}{join}",
            offer.transaction, offer.account
        ));
    }
    if let Some(more) = offers.len().checked_sub(MOST).filter(|more| *more > 0) {
        cx.out.note(&format!("{more} more may be the other sides of transactions in other accounts"));
    }
}

/// An error with the name of the file, one of several; so many are before it and behind it.
fn of_file(error: anyhow::Error, name: &str, around: (usize, usize), is_dry_run: bool) -> anyhow::Error {
    match error.downcast::<Problem>() {
        Ok(problem) => {
            let message = format!("{}: {}", crate::domain::name::visible(name), problem.message);
            let problem = Problem { message, ..problem };
            match around {
                _ if is_dry_run => problem.into(),
                (0, 0) => problem.into(),
                (0, _) => problem.hint("the files behind it are not imported either").into(),
                (_, 0) => problem.hint("the files before it are imported: `groat import list`").into(),
                _ => problem
                    .hint("the files before it are imported (`groat import list`), those behind it are not")
                    .into(),
            }
        }
        Err(other) => other,
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
