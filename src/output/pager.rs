//! Long answers on a terminal, shown in the user's pager.

use std::io::Write;
use std::process::{Command, Stdio};

use super::raw;
use crate::error::Result;

/// Shows text in the pager; plainly where the pager cannot be run.
pub fn show(pager: &str, text: &str) -> Result<()> {
    // A pager is a command line of its own (`less -S`): the shell reads it, as git and man do.
    // Ours is always UTF-8; in a locale that says nothing of it, less would show `<C3><A9>`.
    let line = format!("export LESSCHARSET=\"${{LESSCHARSET-utf-8}}\"; {pager}");
    let child = Command::new("sh").arg("-c").arg(line).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return raw(text) };
    if let Some(mut stdin) = child.stdin.take() {
        // A reader who leaves the pager early closes the pipe; that is no error.
        drop(stdin.write_all(text.as_bytes()));
    }
    match child.wait() {
        // The shell says 126 or 127 when there is no such program.
        Ok(status) if matches!(status.code(), Some(126 | 127)) => raw(text),
        _ => Ok(()),
    }
}
