//! `export`: the book as a file of another program.

use clap::{Arg, Args};

use crate::cli::context::Context;
use crate::cli::values::export_format;
use crate::error::{Problem, Result};
use crate::export::{self, Format};
use crate::output;

/// Write the book as a file of another program
#[derive(Debug, Args)]
#[command(
    mut_args(of_export),
    after_help = "Examples:
  $ groat export -O hledger -o book.journal
  $ groat export date:2025 not acct:cash -O hledger -o part.journal
  $ groat export -O hledger | hledger -f - balance

Accounts become assets: and liabilities:, categories expenses:Group:Category and
income:Category. What has no category is in expenses:unknown or income:unknown,
starting balances in equity:, and equity:transfers balances what is spent by
moving it off budget. `!` is pending, `*` cleared; the code in parentheses is
the id."
)]
pub struct ExportArgs {
    /// Only what fits: words in the payee or the note, and terms such as cat:food date:2025; see `groat help queries`
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// The file to write, whole or not at all; an older one is replaced [default: stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<std::path::PathBuf>,
}

impl ExportArgs {
    /// Writes it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let format = format(cx)?;
        let query = cx.query(&self.words)?;
        let book = cx.book()?;
        let write = |out: &mut dyn std::io::Write| {
            book.read(|conn| export::export(conn, format, &query, book.currency(), out))
        };
        match &self.output {
            _ if cx.global.dry_run => cx.out.note("dry run: nothing was written"),
            Some(path) if path.as_os_str() != "-" => output::whole_file(path, write)?,
            _ => output::stream(write)?,
        }
        Ok(0)
    }
}

/// The flag of every command names how answers are given; here it says what is written.
fn of_export(arg: Arg) -> Arg {
    match arg.get_id() == "format" {
        true => arg.help("What to write: hledger").value_parser(export_format),
        false => arg,
    }
}

fn format(cx: &Context) -> Result<Format> {
    let known = Format::NAMES.map(|name| format!("`-O {name}`")).join(", ");
    let problem = match cx.global.export_format() {
        Some(format) => return Ok(format),
        _ if cx.out.is_machine() => Problem::usage("export does not write that format yet")
            .hint("`groat list -L 0 -O csv`, or json, gives every posting"),
        _ => Problem::usage("export needs to know the format"),
    };
    Err(problem.hint(format!("formats are {known}")).into())
}
