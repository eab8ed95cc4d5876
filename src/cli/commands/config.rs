//! `config`: looking at and changing settings.

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::error::{Problem, Result};
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

fn confirm(cx: &Context, line: String, object: serde_json::Value) -> Result<()> {
    cx.out.answer(&Plain { object, line, is_confirmation: true })
}

fn save(cx: &Context, text: &str) -> Result<()> {
    if cx.global.dry_run {
        cx.out.note("dry run: nothing was changed");
        return Ok(());
    }
    write(cx.config.path(), text)
}

/// Writes the file beside the old one and puts it in its place, so that it is never half there. It is private
/// (0600, as temporary files are): it may hold a database password.
fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |e: std::io::Error| Problem::conflict(format!("cannot write `{}`: {e}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".config").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

fn edit(cx: &Context) -> Result<()> {
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| cx.environment.get(name));
    let Some(editor) = editor.filter(|_| cx.ask.can_ask()) else {
        return Err(Problem::would_ask("an editor needs a terminal, and EDITOR to name it")
            .hint("`groat config set KEY VALUE` changes one setting")
            .into());
    };
    let path = cx.config.path();
    if !path.exists() {
        write(path, "")?;
    }
    // An editor is a command line of its own (`code --wait`): the shell reads it, as git does.
    let status = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$1\""))
        .arg("sh")
        .arg(path)
        .status();
    if !status.map_err(|e| Problem::conflict(format!("cannot run `{editor}`: {e}")))?.success() {
        return Err(Problem::conflict(format!("`{editor}` failed")).into());
    }
    let text = std::fs::read_to_string(path)?;
    crate::config::Config::new(path, Some(&text), |_| None).map(|_| ())
}
