//! `config`: looking at and changing settings.

use clap::{Args, Subcommand};

use crate::book::Book;
use crate::cli::context::Context;
use crate::cli::files;
use crate::db::names;
use crate::error::{Problem, Result};
use crate::ledger::lookup;
use crate::output::{ConfigList, Plain};

/// List, get or set settings
#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// List every setting
    List {
        /// Say where each value comes from
        #[arg(long)]
        origin: bool,
    },
    /// Show one setting
    Get {
        /// Its name, as `config list` shows it
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Change one setting
    #[command(after_help = "Examples:
  $ groat config set account checking
  $ groat config set date_order dmy")]
    Set {
        /// Its name, as `config list` shows it
        #[arg(value_name = "KEY")]
        key: String,
        /// What it is to be
        #[arg(value_name = "VALUE")]
        value: String,
    },
    /// Take one setting out of the file
    Unset {
        /// Its name, as `config list` shows it
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Open the file in your editor
    Edit,
    /// Show where the file is
    Path,
}

impl ConfigArgs {
    /// Whether it needs nothing of the file but its place.
    pub fn is_mending(&self) -> bool {
        matches!(self.command, ConfigCommand::Edit | ConfigCommand::Path)
    }

    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            ConfigCommand::List { origin } => {
                let mut list = ConfigList::new(cx.config.settings(), origin);
                // What is no address is told by the commands that need the book; this one helps to find it.
                if let Ok(location) = cx.location() {
                    list.tell_book(location.place.redacted(), location.origin);
                } else if let Some((text, origin)) = cx.named_book() {
                    list.tell_book(crate::db::location::redact_word(&text), origin);
                }
                cx.out.answer(&list)?;
            }
            ConfigCommand::Get { key } => {
                let setting = cx.config.setting(&key)?;
                let value = setting.value.clone().ok_or_else(|| {
                    Problem::not_found(format!("`{key}` is not set"))
                        .hint(format!("`groat config set {key} VALUE` sets it"))
                })?;
                let value = crate::db::location::redact_word(&value);
                let object =
                    serde_json::json!({"key": key, "value": value, "origin": setting.origin.to_string()});
                cx.out.answer(&Plain { object, line: value, is_confirmation: false })?;
            }
            ConfigCommand::Set { key, value } => {
                let text = cx.config.with(&key, &value)?;
                if key == "database" {
                    crate::db::location::Location::parse(&value, "`database`").map_err(Problem::from)?;
                }
                save(cx, &text)?;
                if key == "account" {
                    warn_of_no_account(cx, &value)?;
                }
                let value = crate::db::location::redact_word(&value);
                confirm(cx, format!("{key} is {value}"), serde_json::json!({"key": key, "value": value}))?;
            }
            ConfigCommand::Unset { key } => {
                let text = cx.config.without(&key)?;
                save(cx, &text)?;
                confirm(
                    cx,
                    format!("{key} is not set any more"),
                    serde_json::json!({"key": key, "value": null}),
                )?;
            }
            ConfigCommand::Edit => edit(cx)?,
            ConfigCommand::Path => {
                let path = cx.config.path().display().to_string();
                cx.out.answer(&Plain {
                    object: serde_json::json!({"path": path}),
                    line: path,
                    is_confirmation: false,
                })?;
            }
        }
        Ok(0)
    }
}

/// The setting is one for all books, and may be made before the account is: that the book at hand has none of that name
/// is worth a word, no more. A book that cannot be opened is told by the commands that need it.
fn warn_of_no_account(cx: &Context, name: &str) -> Result<()> {
    let Ok((mut conn, _)) = Book::connect_as_is(&cx.opening(false)?) else { return Ok(()) };
    let names = names::load(&mut conn, None)?;
    if let Err(error) = lookup::account(&names, name) {
        cx.out.warn(&format!("{error} in this book"));
    }
    Ok(())
}

fn confirm(cx: &Context, line: String, object: serde_json::Value) -> Result<()> {
    cx.out.answer(&Plain { object, line, is_confirmation: true })
}

fn save(cx: &Context, text: &str) -> Result<()> {
    if cx.global.dry_run {
        cx.out.note("dry run: nothing was changed");
        return Ok(());
    }
    files::write(cx.config.path(), text)
}

fn edit(cx: &Context) -> Result<()> {
    let path = cx.config.path();
    let editor = files::editor(cx, "`groat config set KEY VALUE` changes one setting")?;
    if !path.exists() {
        files::write(path, "")?;
    }
    let text = files::edit(&editor, path)?;
    crate::config::Config::new(path, Some(&text), |_| None).map(|_| ())
}
