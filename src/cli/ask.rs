//! Asking people: only on a terminal, never from a script.

use std::io::IsTerminal;

use inquire::validator::Validation;

use super::environment::Environment;
use crate::error::{Problem, Result};

/// Whether and how questions are asked.
#[derive(Debug, Clone)]
pub struct Prompter {
    can_ask: bool,
    says_yes: bool,
}

impl Prompter {
    /// A prompter for this process. Prompt libraries read the terminal even when stdin is a pipe: both stdin
    /// and stderr must be one.
    pub fn new(environment: &Environment, no_input: bool, says_yes: bool) -> Prompter {
        let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let is_dumb = environment.get("TERM") == Some("dumb");
        let is_barred = no_input || environment.get("GROAT_NO_INPUT").is_some();
        Prompter { can_ask: is_terminal && !is_dumb && !is_barred, says_yes }
    }

    /// Whether a question can be asked at all.
    pub fn can_ask(&self) -> bool {
        self.can_ask
    }

    /// Asks for a text.
    ///
    /// # Errors
    /// Nobody to ask: exit 4, naming what would have answered. An interrupted prompt.
    pub fn text(&self, question: &str, default: Option<&str>, flag: &str) -> Result<String> {
        self.barred(question, flag)?;
        let prompt = inquire::Text::new(question);
        let prompt = match default {
            Some(default) => prompt.with_default(default),
            None => prompt,
        };
        prompt.prompt().map_err(|e| interrupted(&e))
    }

    /// Asks for a text that `check` lets through: what it refuses is told below the question, which stays.
    ///
    /// # Errors
    /// Nobody to ask: exit 4, naming what would have answered. An interrupted prompt.
    pub fn text_that(
        &self,
        question: &str,
        default: Option<&str>,
        flag: &str,
        check: impl Fn(&str) -> Result<()> + Clone + 'static,
    ) -> Result<String> {
        self.barred(question, flag)?;
        let has_default = default.is_some();
        let validator = move |text: &str| {
            // An empty answer is the default, which needs no look.
            Ok(match check(text) {
                Err(refused) if !has_default || !text.trim().is_empty() => {
                    Validation::Invalid(refused.to_string().into())
                }
                _ => Validation::Valid,
            })
        };
        let prompt = inquire::Text::new(question).with_validator(validator);
        let prompt = match default {
            Some(default) => prompt.with_default(default),
            None => prompt,
        };
        prompt.prompt().map_err(|e| interrupted(&e))
    }

    /// Asks which of several.
    ///
    /// # Errors
    /// Nobody to ask: exit 4, naming what would have answered. An interrupted prompt.
    pub fn choice(&self, question: &str, all: Vec<String>, flag: &str) -> Result<String> {
        self.barred(question, flag)?;
        inquire::Select::new(question, all).prompt().map_err(|e| interrupted(&e))
    }

    /// Asks which ones of several, none among them, and answers their places.
    ///
    /// # Errors
    /// Nobody to ask: exit 4, naming what would have answered. An interrupted prompt.
    pub fn several(&self, question: &str, all: Vec<String>, flag: &str) -> Result<Vec<usize>> {
        self.barred(question, flag)?;
        let chosen = inquire::MultiSelect::new(question, all).raw_prompt().map_err(|e| interrupted(&e))?;
        Ok(chosen.into_iter().map(|one| one.index).collect())
    }

    /// Asks for a yes, which `--yes` gives.
    ///
    /// # Errors
    /// Nobody to ask: exit 4. A no. An interrupted prompt.
    pub fn confirm(&self, question: &str) -> Result<()> {
        if self.says_yes {
            return Ok(());
        }
        self.barred(question, "`--yes`")?;
        match inquire::Confirm::new(question).with_default(false).prompt().map_err(|e| interrupted(&e))? {
            true => Ok(()),
            false => Err(Problem::conflict("not confirmed; nothing was changed").into()),
        }
    }

    fn barred(&self, question: &str, flag: &str) -> Result<()> {
        if self.can_ask {
            return Ok(());
        }
        let mut question = question.to_owned();
        if let Some(first) = question.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Err(Problem::would_ask(format!("nobody can be asked here: {question}"))
            .hint(format!("give {flag}"))
            .into())
    }
}

fn interrupted(error: &inquire::InquireError) -> anyhow::Error {
    match error {
        inquire::InquireError::OperationCanceled | inquire::InquireError::OperationInterrupted => {
            Problem::new(crate::error::Kind::Interrupted, "interrupted; nothing was changed").into()
        }
        other => Problem::would_ask(format!("cannot ask: {other}")).into(),
    }
}
