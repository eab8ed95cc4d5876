//! Settings and where they come from, and plain one-line answers.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::config::{Origin, Setting};
use crate::error::Result;

/// Settings, with where each comes from when asked for.
pub struct ConfigList {
    /// Every setting.
    pub settings: Vec<Setting>,
    /// Whether to show where each comes from.
    pub with_origin: bool,
}

impl ConfigList {
    /// The settings, passwords in addresses replaced.
    pub fn new(settings: &[Setting], with_origin: bool) -> ConfigList {
        let shown = settings.iter().cloned().map(|setting| Setting {
            value: setting.value.as_deref().map(crate::db::location::redact_word),
            ..setting
        });
        ConfigList { settings: shown.collect(), with_origin }
    }

    /// Says which book is used and who named it: flags and variables go before the setting.
    pub fn tell_book(&mut self, place: String, origin: String) {
        for setting in self.settings.iter_mut().filter(|setting| setting.key == "database") {
            setting.value = Some(place.clone());
            setting.origin = Origin::Other(origin.replace('`', ""));
        }
    }
}

fn object(setting: &Setting) -> Value {
    json!({"key": setting.key, "value": setting.value, "origin": setting.origin.to_string(), "about": setting.about})
}

impl Answer for ConfigList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"settings": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.settings.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["key", "value", "origin"]);
        for setting in &self.settings {
            let value = setting.value.clone().unwrap_or_default();
            sheet.rows.push(vec![setting.key.to_owned(), value, setting.origin.to_string()]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        let mut table = Table::new(&[("Setting", Side::Left), ("Value", Side::Left)]);
        table.column(if self.with_origin { "From" } else { "What it does" }, Side::Left);
        for setting in &self.settings {
            table.row(vec![
                setting.key.to_owned(),
                visible(setting.value.as_deref().unwrap_or("-")).into_owned(),
                if self.with_origin { setting.origin.to_string() } else { setting.about.to_owned() },
            ]);
        }
        table.into()
    }
}

/// A single named value: a path, a setting, an operation that only has a summary.
pub struct Plain {
    /// The keys and values of the JSON object.
    pub object: Value,
    /// What people see.
    pub line: String,
    /// Whether it confirms a change.
    pub is_confirmation: bool,
}

impl Answer for Plain {
    fn json(&self) -> Result<Value> {
        Ok(self.object.clone())
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(Sheet::of_object(&self.object))
    }

    fn text(&self, _style: &Style) -> String {
        format!("{}\n", visible(&self.line))
    }

    fn is_confirmation(&self) -> bool {
        self.is_confirmation
    }
}
