//! Directives that hold for a whole file.

use super::super::rules::Settings;
use crate::import::formats::{date_format, decimal_mark, delimiter};

/// Directives that are read and change nothing here, with the reason.
const WITHOUT_EFFECT: [&str; 8] = [
    "intra-day-reversed",
    "balance-type",
    "timezone",
    "timezone-in",
    "timezone-out",
    "source",
    "archive",
    "account-type",
];

impl Settings {
    /// Takes in a directive; none where the word is no directive's.
    pub fn take(&mut self, word: &str, value: &str) -> Option<Result<(), String>> {
        Some(match word {
            // Below an `if` it has another meaning, and is read there.
            "skip" => number(value).map(|count| self.skip = count),
            "separator" => separator(value).map(|c| self.separator = Some(c)),
            "date-format" => date_format(value)
                .map(|format| self.date_format = Some(format))
                .map_err(|invalid| invalid.message),
            "decimal-mark" => {
                decimal_mark(value).map(|mark| self.decimal = Some(mark)).map_err(|invalid| invalid.message)
            }
            "encoding" => {
                self.encoding = Some(value.to_owned());
                Ok(())
            }
            // Rows are put in the order of their days whatever theirs is in the file.
            "newest-first" => Ok(()),
            _ if WITHOUT_EFFECT.contains(&word) => {
                self.without_effect.push(word.to_owned());
                Ok(())
            }
            _ => return None,
        })
    }
}

fn number(value: &str) -> Result<usize, String> {
    if value.is_empty() {
        return Ok(1);
    }
    value.parse().map_err(|_| format!("`skip` is followed by a number, not by `{value}`"))
}

fn separator(value: &str) -> Result<char, String> {
    let value = match value.to_ascii_lowercase().as_str() {
        "space" => " ".to_owned(),
        word => word.to_owned(),
    };
    delimiter(&value).map_err(|invalid| invalid.message)
}
