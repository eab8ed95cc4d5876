//! The words that beancount's lines are made of: texts, accounts, commodities, numbers.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::commodity::Commodity;
use super::super::expression::{self, Value};
use super::super::scan::Scan;
use super::super::styles::Styles;

/// The lines of a block; a text in quotes may go over several.
pub fn logical_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut is_quoted, mut is_escaped, mut is_comment) = (0, false, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\n' if !is_quoted => {
                lines.push(&text[start..at]);
                start = at + 1;
                is_comment = false;
            }
            _ if is_comment => {}
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => is_comment = true,
            _ => {}
        }
    }
    lines.push(&text[start..]);
    lines
}

/// Whether a word is a transaction's or posting's flag: a mark or a capital.
pub fn is_flag(word: &str) -> bool {
    let mut letters = word.chars();
    let flag = letters.next().filter(|_| letters.next().is_none());
    flag.is_some_and(|c| c.is_ascii_uppercase() || "*!&#?%".contains(c))
}

/// Whether a flag says that something is not confirmed yet; none where it says nothing of it.
pub fn is_unconfirmed(flag: &str) -> Option<bool> {
    match flag {
        "!" => Some(true),
        "*" => Some(false),
        _ => None,
    }
}

/// The key and the value of a line under a directive or a posting; none for any other line.
pub fn metadata(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && value.chars().next().is_none_or(char::is_whitespace);
    is_key.then_some((key, value.trim()))
}

/// The text of a key, where its value is one.
pub fn text_of(line: &str, keys: &[&str]) -> Option<String> {
    let (_, value) = metadata(line).filter(|(key, _)| keys.contains(key))?;
    string(&mut Scan::new(value)).ok()
}

/// The day of a posting that is not its transaction's, as groat's own journals say it: beancount has one day for all.
pub fn date_of(line: &str) -> Option<NaiveDate> {
    let (_, value) = metadata(line).filter(|(key, _)| *key == "date")?;
    NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()
}

/// Makes sure that nothing but a comment follows.
///
/// # Errors
/// For anything else.
pub fn end(mut scan: Scan<'_>) -> Result<(), String> {
    scan.skip_blanks();
    match scan.peek() {
        None | Some(';') => Ok(()),
        _ => Err(format!("`{}` is not expected there", scan.next_word())),
    }
}

/// Reads a text in quotes.
///
/// # Errors
/// Where there is none, or it does not end.
pub fn string(scan: &mut Scan<'_>) -> Result<String, String> {
    if !scan.eat("\"") {
        let word = scan.next_word();
        let is_missing = word.is_empty();
        return Err(if is_missing {
            "a text is missing".to_owned()
        } else {
            format!("`{word}` is no text in quotes")
        });
    }
    let mut text = String::new();
    loop {
        text.push_str(scan.take_while(|c| c != '"' && c != '\\'));
        let Some(mark) = scan.peek() else { return Err("a text in quotes does not end".to_owned()) };
        scan.take(1);
        if mark == '"' {
            return Ok(text);
        }
        let escaped = scan.peek().ok_or("a text in quotes does not end")?;
        scan.take(escaped.len_utf8());
        text.push(match escaped {
            'n' => '\n',
            't' => '\t',
            other => other,
        });
    }
}

/// Reads an account's name and the blanks behind it.
///
/// # Errors
/// For a word that is none.
pub fn account(scan: &mut Scan<'_>) -> Result<String, String> {
    let word = scan.take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-'));
    let is_part =
        |part: &str| part.starts_with(|c: char| c.is_numeric() || c.is_uppercase() || !c.is_ascii());
    let is_account = word.contains(':') && word.split(':').all(is_part) && word.len() <= 1000;
    if !is_account {
        let word = if word.is_empty() { scan.next_word() } else { word };
        return Err(format!("`{}` is no account", &word[..word.floor_char_boundary(60)]));
    }
    scan.skip_blanks();
    Ok(word.to_owned())
}

/// Reads a commodity's name and the blanks around it.
///
/// # Errors
/// Where there is none.
pub fn commodity(scan: &mut Scan<'_>) -> Result<Commodity, String> {
    scan.skip_blanks();
    let next = scan.next_word();
    if !scan.peek().is_some_and(|c| c.is_ascii_uppercase() || c == '/') {
        return Err(if next.is_empty() {
            "a currency is missing".to_owned()
        } else {
            format!("`{next}` is no currency")
        });
    }
    let is_inside =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '\'' | '.' | '_' | '-');
    let name = scan.take_while(is_inside);
    scan.skip_blanks();
    Ok(Commodity::of(name))
}

/// Whether a number or an expression may begin with it.
pub fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | '.')
}

/// Reads a number, which may be calculated.
///
/// # Errors
/// Where there is none.
pub fn number(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Decimal, String> {
    let word = scan.next_word();
    let value = expression::read(scan, &mut |scan| {
        let digits = scan.take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        if digits.is_empty() {
            return Err(format!("`{}` is no number", scan.next_word()));
        }
        Ok(Value { number: styles.read(digits, "")?.value, symbol: None })
    });
    match value {
        Ok(value) if value.number.is_zero() => Ok(value.number.abs()),
        Ok(value) => Ok(value.number),
        Err(reason) if word.contains(['+', '*', '/', '(']) => {
            Err(format!("`{word}` cannot be calculated: {reason}"))
        }
        Err(reason) => Err(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_unquoted() {
        let read = |text| {
            let mut scan = Scan::new(text);
            string(&mut scan).map(|text| (text, scan.rest().to_owned()))
        };
        assert_eq!(read(r#""a \"b\" \\ c" x"#), Ok((r#"a "b" \ c"#.into(), " x".into())));
        assert_eq!(read("\"a\nb\""), Ok(("a\nb".into(), String::new())));
        for text in ["a", "\"a", "\"a\\", "\"\\é"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lines_end_outside_of_quotes() {
        assert_eq!(logical_lines("a \"b\nc\" ; \"\nd"), ["a \"b\nc\" ; \"", "d"]);
        assert_eq!(logical_lines(""), [""]);
    }

    #[test]
    fn accounts_and_metadata_are_told_apart() {
        for name in ["Assets:A", "Assets:1a-B", "Активы:Банк", "A:B"] {
            assert_eq!(account(&mut Scan::new(name)).as_deref(), Ok(name));
        }
        for name in ["Assets", "assets:a", "Assets:", "Assets:a", "", ":A"] {
            assert!(account(&mut Scan::new(name)).is_err(), "{name}");
        }
        assert_eq!(metadata("document: \"a\""), Some(("document", "\"a\"")));
        assert_eq!((metadata("a-b:"), metadata("Assets:A")), (Some(("a-b", "")), None));
        assert_eq!(text_of("name: \"a: \\\"b\\\"\" ; c", &["name"]).as_deref(), Some("a: \"b\""));
        assert_eq!((text_of("name: 5", &["name"]), text_of("id: \"5\"", &["name"])), (None, None));
    }
}
