//! Where profiles lie: `profiles/NAME.toml` in the config folder, private as the config file is.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::context::Context;
use super::files;
use crate::domain::name::{near, visible};
use crate::error::{Problem, Result};
use crate::import::profile::{Profile, check_name};

/// The folder of profiles, whether it exists or not.
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// That of the user.
    ///
    /// # Errors
    /// No home directory.
    pub fn of(cx: &Context) -> Result<Shelf> {
        Ok(Shelf { folder: cx.environment.config_folder()?.join("profiles") })
    }

    /// Where a profile lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.toml"))
    }

    /// The names of all profiles, in order.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let failed = |e: std::io::Error| unreadable(&self.folder, &e);
        let entries = match std::fs::read_dir(&self.folder) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let file = entry.map_err(failed)?.file_name();
            let name = file.to_str().and_then(|name| name.strip_suffix(".toml"));
            names.extend(name.filter(|name| check_name(name).is_ok()).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// The text of a profile; none where there is none of that name.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn text(&self, name: &str) -> Result<Option<String>> {
        let path = self.path(name);
        match std::fs::read_to_string(&path) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            text => Ok(Some(text.map_err(|e| unreadable(&path, &e))?)),
        }
    }

    /// The text of a profile that has to be there.
    ///
    /// # Errors
    /// An unknown name, saying which is meant.
    pub fn get_text(&self, name: &str) -> Result<String> {
        check_name(name)?;
        if let Some(text) = self.text(name)? {
            return Ok(text);
        }
        let names = self.names()?;
        let problem = Problem::not_found(format!("there is no profile `{}`", visible(name)));
        let problem = match near(name, names.iter().map(|known| (known.as_str(), known))).first() {
            Some(known) => problem.hint(format!("did you mean `{known}`?")),
            None => problem.hint("`groat import profile list` shows them; `groat import FILE -a ACCOUNT --profile NAME` makes one"),
        };
        Err(problem.into())
    }

    /// A profile that has to be there.
    ///
    /// # Errors
    /// An unknown name; all that is wrong in its file.
    pub fn load(&self, name: &str) -> Result<Profile> {
        let text = self.get_text(name)?;
        Ok(Profile::parse(&text, &self.path(name).display().to_string())?)
    }

    /// Writes a profile, so that it is never half there.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn save(&self, name: &str, text: &str) -> Result<()> {
        files::write(&self.path(name), text)
    }

    /// Takes a profile away.
    ///
    /// # Errors
    /// An unknown name; a folder that cannot be written.
    pub fn delete(&self, name: &str) -> Result<()> {
        let path = self.path(name);
        std::fs::remove_file(&path).map_err(|e| {
            Problem::conflict(format!("cannot delete `{}`: {}", path.display(), files::reason(&e)))
        })?;
        Ok(())
    }
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Problem {
    Problem::usage(format!("cannot read `{}`: {}", path.display(), files::reason(error)))
}
