//! Files that people edit: the settings and the profiles. Written whole, private, and opened in their editor.

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use super::context::Context;
use crate::error::{Problem, Result};

/// What the system says, without its number.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Writes the file beside the old one and puts it in its place, so that it is never half there. It is private
/// (0600, as temporary files are): it may hold a database password.
///
/// # Errors
/// A folder that cannot be written.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |e: std::io::Error| {
        // As of a book in such a place.
        Problem::database(format!("cannot write `{}`: {}", path.display(), reason(&e)))
            .hint("nothing was changed")
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".groat").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// The user's editor.
///
/// # Errors
/// No terminal, or none that is named: exit 4 with the hint.
pub fn editor(cx: &Context, hint: &str) -> Result<String> {
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| cx.environment.get(name));
    match editor.filter(|_| cx.ask.can_ask()) {
        Some(editor) => Ok(editor.to_owned()),
        None => {
            Err(Problem::would_ask("an editor needs a terminal, and EDITOR to name it").hint(hint).into())
        }
    }
}

/// Opens a file in the editor, and answers the text that is there when it ends.
///
/// # Errors
/// An editor that cannot be run, or fails.
pub fn edit(editor: &str, path: &Path) -> Result<String> {
    // An editor is a command line of its own (`code --wait`): the shell reads it, as git does.
    let status = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$1\""))
        .arg("sh")
        .arg(path)
        .status();
    if !status.map_err(|e| Problem::conflict(format!("cannot run `{editor}`: {}", reason(&e))))?.success() {
        return Err(Problem::conflict(format!("`{editor}` failed")).into());
    }
    std::fs::read_to_string(path)
        .map_err(|e| Problem::usage(format!("cannot read `{}`: {}", path.display(), reason(&e))).into())
}
