//! `man`: the manual pages, one a command, written from the command tree.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::context::Context;
use crate::cli::manual;
use crate::error::{Problem, Result};
use crate::output::Plain;

/// Write the manual pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat man ./man

A page for each command, groat.1 to groat-undo.1; the folder is made if there
is none. `man -l ./man/groat-add.1` shows one. In ~/.local/share/man/man1, man
finds them by itself.")]
pub struct ManArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ManArgs {
    /// Writes them.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let pages = manual::pages(crate::cli::command(), cx.today)?;
        if !cx.global.dry_run {
            write(&self.folder, &pages)?;
        }
        let folder = self.folder.display().to_string();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        cx.out.answer(&Plain {
            object: serde_json::json!({"folder": folder, "pages": names}),
            line: match cx.global.dry_run {
                true => format!("would write {} manual pages into {folder}", names.len()),
                false => format!("wrote {} manual pages into {folder}", names.len()),
            },
            is_confirmation: true,
        })?;
        Ok(0)
    }
}

fn write(folder: &Path, pages: &[(String, Vec<u8>)]) -> Result<()> {
    let failed = |path: &Path, e: &std::io::Error| {
        let text = e.to_string();
        let reason = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
        Problem::conflict(format!("cannot write `{}`: {reason}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    for (name, page) in pages {
        let path = folder.join(name);
        std::fs::write(&path, page).map_err(|e| failed(&path, &e))?;
    }
    Ok(())
}
