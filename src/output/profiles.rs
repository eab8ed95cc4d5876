//! Profiles: the list of them, and what one says.

use serde_json::{Map, Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::error::Result;
use crate::import::profile::Profile;

/// A profile in the list.
pub struct ListedProfile {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: String,
    /// The mark of the headings by which it knows files.
    pub fingerprint: Option<String>,
    /// Why it cannot be used.
    pub trouble: Option<String>,
}

/// Every profile.
pub struct ProfileList(pub Vec<ListedProfile>);

impl Answer for ProfileList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"profiles": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        let object = |profile: &ListedProfile| {
            json!({
                "name": profile.name,
                "path": profile.path,
                "fingerprint": profile.fingerprint,
                "trouble": profile.trouble,
            })
        };
        Ok(self.0.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["name", "path", "fingerprint", "trouble"]);
        for profile in &self.0 {
            sheet.rows.push(vec![
                profile.name.clone(),
                profile.path.clone(),
                profile.fingerprint.clone().unwrap_or_default(),
                profile.trouble.clone().unwrap_or_default(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "there are no profiles; an import with `--profile NAME` makes one\n".to_owned().into();
        }
        let mut table = Table::new(&[("Profile", Side::Left), ("Used", Side::Left), ("File", Side::Left)]);
        for profile in &self.0 {
            let used = match (&profile.trouble, &profile.fingerprint) {
                (Some(trouble), _) => format!("never: {trouble}"),
                (None, Some(_)) => "by itself, for files with its headings".to_owned(),
                (None, None) => format!("with --profile {}", profile.name),
            };
            table.row(vec![
                profile.name.clone(),
                visible(&used).into_owned(),
                visible(&profile.path).into_owned(),
            ]);
        }
        table.into()
    }
}

/// One profile.
pub struct ProfileShow {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: String,
    /// What it says.
    pub profile: Profile,
    /// The text of its file.
    pub text: String,
}

impl ProfileShow {
    fn values(&self) -> Map<String, Value> {
        let values = self.profile.values().into_iter();
        values.map(|(key, value)| (key.to_owned(), plain(value))).collect()
    }
}

impl Answer for ProfileShow {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "name": self.name,
            "path": self.path,
            "fingerprint": self.profile.fingerprint,
            "options": self.values(),
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["key", "value"]);
        for (key, value) in self.values() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            sheet.rows.push(vec![key, text]);
        }
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        self.text.lines().map(|line| format!("{}\n", visible(line))).collect()
    }
}

/// A value of a profile: a text, a number, a claim, or a list of texts.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Boolean(is) => Value::Bool(is),
        toml::Value::Array(all) => all.into_iter().map(plain).collect(),
        other => Value::String(other.to_string()),
    }
}
