//! Values of a profile's keys as TOML has them, and what is said where they are of another kind.

use toml::de::DeValue;

use crate::domain::invalid::Invalid;

/// A text.
pub fn text(key: &str, value: &DeValue<'_>) -> Result<String, Invalid> {
    value.as_str().map(str::to_owned).ok_or_else(|| other(key, "a text in quotes", value))
}

/// A column: the text of its heading, or its number.
pub fn column(key: &str, value: &DeValue<'_>) -> Result<String, Invalid> {
    let number =
        || Some(value.as_integer()?.as_str().to_owned()).filter(|n| n.parse().is_ok_and(|n: usize| n > 0));
    let heading = || value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    heading()
        .or_else(number)
        .ok_or_else(|| Invalid::new(format!("`{key}` is the text of a heading, or a number from 1 on")))
}

/// A column or several.
pub fn columns(key: &str, value: &DeValue<'_>) -> Result<Vec<String>, Invalid> {
    match value.as_array() {
        Some(all) => all.iter().map(|one| column(key, one.get_ref())).collect(),
        None => Ok(vec![column(key, value)?]),
    }
}

/// A word or several.
pub fn words(key: &str, value: &DeValue<'_>) -> Result<Vec<String>, Invalid> {
    match value.as_array() {
        Some(all) => all.iter().map(|one| text(key, one.get_ref())).collect(),
        None => Ok(vec![text(key, value)?]),
    }
}

/// True or false.
pub fn flag(key: &str, value: &DeValue<'_>) -> Result<bool, Invalid> {
    value.as_bool().ok_or_else(|| other(key, "true or false", value))
}

/// A number of lines.
pub fn count(key: &str, value: &DeValue<'_>) -> Result<usize, Invalid> {
    let number = value.as_integer().ok_or_else(|| other(key, "a whole number", value))?;
    number.as_str().parse().map_err(|_| Invalid::new(format!("`{key}` is a whole number from 0 on")))
}

/// One of two words: true for the first.
pub fn either(key: &str, value: &DeValue<'_>, words: [&str; 2]) -> Result<bool, Invalid> {
    let said = text(key, value)?;
    match words.iter().position(|word| *word == said) {
        Some(at) => Ok(at == 0),
        None => Err(Invalid::new(format!("`{key}` is `{}` or `{}`, not `{said}`", words[0], words[1]))),
    }
}

fn other(key: &str, wanted: &str, value: &DeValue<'_>) -> Invalid {
    let found = value.type_str();
    let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
    Invalid::new(format!("`{key}` is {wanted}, not {article} {found}"))
}
