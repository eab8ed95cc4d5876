//! `completions`: what a shell reads to complete commands, flags and the names of the book.

use clap::Args;

use crate::cli::complete::Shell;
use crate::cli::context::Context;
use crate::domain::name::visible;
use crate::error::{Problem, Result};
use crate::output;

/// Print what makes a shell complete the names of your book
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat completions bash

It goes into the file that your shell reads when it starts:

  bash   ~/.bashrc                     eval \"$(groat completions bash)\"
  zsh    ~/.zshrc, below compinit      eval \"$(groat completions zsh)\"
  fish   ~/.config/fish/config.fish    groat completions fish | source")]
pub struct CompletionsArgs {
    /// bash, zsh or fish
    #[arg(value_name = "SHELL")]
    shell: String,
}

impl CompletionsArgs {
    /// Prints the script.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let Some(shell) = Shell::parse(&self.shell) else {
            return Err(Problem::usage(format!("`{}` is no shell that groat knows", visible(&self.shell)))
                .hint("shells are bash, zsh, fish")
                .into());
        };
        output::raw(&shell.script(&cx.program()))?;
        Ok(0)
    }
}
