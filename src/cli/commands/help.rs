//! `help`: of a command, or on a topic.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::topics::TOPICS;
use crate::domain::name::{near, visible};
use crate::error::{Problem, Result};

/// Explain a command or a topic
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command with its subcommand, or a topic
    #[arg(value_name = "COMMAND|TOPIC")]
    words: Vec<String>,
}

impl HelpArgs {
    /// Shows it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let mut command = crate::cli::command();
        command.build();
        if let [word] = self.words.as_slice()
            && let Some((_, _, text)) = TOPICS.iter().find(|(name, _, _)| name == word)
        {
            cx.out.show(&cx.out.folded(text))?;
            return Ok(0);
        }
        let mut found = &mut command;
        for word in &self.words {
            found = match found.find_subcommand_mut(word) {
                Some(inner) => inner,
                None => return Err(unknown(word).into()),
            };
        }
        let mut text = found.render_help().to_string();
        if self.words.is_empty() {
            text.push_str("\nTopics:\n");
            TOPICS.iter().for_each(|(name, about, _)| text.push_str(&format!("  {name:<12} {about}\n")));
        }
        cx.out.show(&cx.out.folded(&text))?;
        Ok(0)
    }
}

fn unknown(word: &str) -> Problem {
    let command = crate::cli::command();
    let names: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .chain(TOPICS.iter().map(|(name, _, _)| (*name).to_owned()))
        .collect();
    let problem = Problem::not_found(format!("there is no command or topic `{}`", visible(word)));
    match near(word, names.iter().map(|name| (name.as_str(), name))).first() {
        Some(first) => problem.hint(format!("did you mean `groat help {first}`?")),
        None => problem.hint("`groat help` lists them"),
    }
}
