//! The text of a profile: what it says, then every other key as a comment, so that the file is its own manual.

use toml::Value;

use super::{KEYS, Profile};
use crate::domain::name::visible;

impl Profile {
    /// What it says, as (key, value).
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        KEYS.iter().filter_map(|key| Some((key.name, (key.get)(&self.options)?))).collect()
    }

    /// The text of its file; `made_from` is the file that it was found out from.
    pub fn render(&self, made_from: &str) -> String {
        let mut text = format!(
            "# How groat reads files such as {}. What is not said here is found out in each file.\n",
            visible(made_from).replace('\n', " ")
        );
        if let Some(fingerprint) = &self.fingerprint {
            text.push_str(
                "# The mark of the headings: files with the same ones are read like this by themselves.\n",
            );
            push(&mut text, &format!("fingerprint = {}", Value::String(fingerprint.clone())), "");
        }
        text.push('\n');
        for key in KEYS {
            if let Some(value) = (key.get)(&self.options) {
                push(&mut text, &format!("{} = {value}", key.name), key.about);
            }
        }
        text.push_str("\n# What else can be said:\n");
        for key in KEYS.iter().filter(|key| (key.get)(&self.options).is_none()) {
            push(&mut text, &format!("# {} = {}", key.name, key.example), key.about);
        }
        text
    }
}

/// A line with its remark behind it, in a column of its own where there is room.
fn push(text: &mut String, line: &str, about: &str) {
    text.push_str(line);
    if !about.is_empty() {
        let width = line.chars().count();
        text.push_str(&" ".repeat(34_usize.saturating_sub(width).max(2)));
        text.push_str(&format!("# {about}"));
    }
    text.push('\n');
}
