//! `export`: the book as a file of another program.

use std::io::Write;
use std::path::PathBuf;

use clap::{Arg, Args};

use crate::book::Book;
use crate::cli::context::Context;
use crate::cli::values::{FormatValue, export_format, export_formats};
use crate::domain::query::Query;
use crate::error::{Problem, Result};
use crate::export::{self, Detail, Request};
use crate::output::{self, STREAMED, Streamed};

/// Write the book as a file of another program
#[derive(Debug, Args)]
#[command(
    mut_args(of_export),
    after_help = "Examples:
  $ groat export -O hledger -o book.journal
  $ groat export date:2025 not acct:cash -O csv -o part.csv
  $ groat export -O hledger | hledger -f - balance
  $ groat export acct:checking -O jsonl | head -1

Everything is written oldest first, as it is read, whatever the size.

  csv        a row for each posting: the columns of `groat list --csv`
  json       {\"transactions\":[...]} with the objects of `groat list --json`
  jsonl      the same objects, one a line
  hledger    passes `hledger check -s`; what the present month assigns becomes
             a `~ monthly` rule for `hledger balance --budget`, in whole exports
  ledger     passes `ledger --strict --pedantic`
  beancount  passes `bean-check`
  qif        a list of each account, with categories, splits and transfers
  ofx        OFX 2.2, a statement of each account, with today's balance

In journals accounts become assets: and liabilities:, categories
expenses:Group:Category and income:Category. What has no category is in
expenses:unknown or income:unknown, starting balances in equity:, and
equity:transfers balances what is spent by moving it off budget. `!` is
pending, `*` cleared; the code in parentheses (of beancount the id) is the id.

What gets lost: no journal tells reconciled from cleared, which accounts are off
budget or closed, or of what kind they are beyond assets: and liabilities:. A
tag keeps its value (`trip:rome`), but in beancount, and its name no blanks; one
that would be spelt as another gets a number, and ledger itself shows the last
of several values. Brackets become parentheses; in hledger a colon in a memo
stands apart and a comma in a value is a semicolon. beancount has letters,
digits and dashes in names (the name stands beside, as `name:`), and no day of a
posting's own (`date:`). qif has no tags and no category on a transfer, and says
an account's currency as its description; ofx has neither categories, tags nor
splits, and 255 characters of a note. Envelopes are in none of them but
hledger's, for the present month; `groat db backup` keeps all.

`groat help formats` has more on csv and json."
)]
pub struct ExportArgs {
    /// Only what fits: words in the payee or the note, and terms such as cat:food date:2025; see `groat help queries`
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// The file to write, whole or not at all; an older one is replaced [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is written.
#[derive(Clone, Copy)]
enum Format {
    /// What `list` answers.
    Transactions(output::Format),
    /// A file of another program.
    Book(export::Format),
}

impl ExportArgs {
    /// Writes it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let format = format(cx)?;
        let query = cx.query(&self.words)?;
        let book = cx.book()?;
        let write = |out: &mut dyn Write| write(&book, format, &query, out);
        match &self.output {
            _ if cx.global.dry_run => cx.out.note("dry run: nothing was written"),
            Some(path) if path.as_os_str() != "-" => output::whole_file(path, write)?,
            _ => output::stream(write)?,
        }
        Ok(0)
    }
}

fn write(book: &Book, format: Format, query: &Query, out: &mut dyn Write) -> Result<()> {
    let request = Request { query, book: book.currency(), today: book.today() };
    book.read(|conn| match format {
        Format::Book(format) => export::export(conn, format, &request, out),
        Format::Transactions(format) => {
            let detail = if format == output::Format::Csv { Detail::WithoutStamp } else { Detail::Whole };
            let mut file = Streamed::begin(format, out)?;
            export::pages(conn, &request, detail, |page| file.page(page))?;
            file.end()
        }
    })
}

/// The flag of every command names how answers are given; here it says what is written.
fn of_export(arg: Arg) -> Arg {
    match arg.get_id() == "format" {
        true => arg
            .help(format!("What to write: {}", export_formats().collect::<Vec<_>>().join(", ")))
            .value_parser(export_format),
        false => arg,
    }
}

fn format(cx: &Context) -> Result<Format> {
    if let Some(FormatValue::Export(format)) = cx.global.format {
        return Ok(Format::Book(format));
    }
    let wanted = cx.global.format();
    if STREAMED.iter().any(|(_, format)| *format == wanted) {
        return Ok(Format::Transactions(wanted));
    }
    let known = export_formats().map(|name| format!("`-O {name}`")).collect::<Vec<_>>().join(", ");
    let is_said = cx.global.format.is_some();
    let what = if is_said { "export does not write that format" } else { "export needs to know the format" };
    Err(Problem::usage(what).hint(format!("formats are {known}")).into())
}
