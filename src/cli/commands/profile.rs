//! `import profile`: looking at, changing and deleting how files of a bank are read.

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::files;
use crate::cli::profiles::Shelf;
use crate::error::Result;
use crate::import::profile::Profile;
use crate::output::{ListedProfile, Plain, ProfileList, ProfileShow};

/// List, show, edit or delete profiles: how a bank writes its files
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat import profile list

An import with --profile and a new name saves how that file was read; the next
file with the same headings is read like it by itself. `groat help profiles`
explains what can be said.")]
pub struct ProfileArgs {
    #[command(subcommand)]
    command: ProfileCommand,
}

#[derive(Debug, Subcommand)]
enum ProfileCommand {
    /// List every profile
    List,
    /// Show what one says
    Show {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Open one in your editor
    Edit {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Delete one; what was imported by it stays
    Delete {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

impl ProfileArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let shelf = Shelf::of(cx)?;
        match self.command {
            ProfileCommand::List => {
                let listed = shelf.names()?.into_iter().map(|name| {
                    let path = shelf.path(&name).display().to_string();
                    let (fingerprint, trouble) = match shelf.load(&name) {
                        Ok(profile) => (profile.fingerprint, None),
                        Err(error) => (None, Some(error.to_string())),
                    };
                    ListedProfile { name, path, fingerprint, trouble }
                });
                cx.out.answer(&ProfileList(listed.collect()))?;
            }
            ProfileCommand::Show { name } => {
                let text = shelf.get_text(&name)?;
                let path = shelf.path(&name).display().to_string();
                let profile = Profile::parse(&text, &path)?;
                cx.out.answer(&ProfileShow { name, path, profile, text })?;
            }
            ProfileCommand::Edit { name } => {
                shelf.get_text(&name)?;
                let path = shelf.path(&name);
                let editor = files::editor(cx, &format!("its file is `{}`", path.display()))?;
                let text = files::edit(&editor, &path)?;
                Profile::parse(&text, &path.display().to_string())?;
            }
            ProfileCommand::Delete { name } => {
                shelf.get_text(&name)?;
                if cx.global.dry_run {
                    cx.out.note("dry run: nothing was changed");
                } else {
                    shelf.delete(&name)?;
                }
                cx.out.answer(&Plain {
                    object: serde_json::json!({"profile": name}),
                    line: format!("deleted the profile {name}"),
                    is_confirmation: true,
                })?;
            }
        }
        Ok(0)
    }
}
