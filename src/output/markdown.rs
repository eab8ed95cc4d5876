//! Text from books and banks inside Markdown: shown as it is, whatever it holds.

use std::borrow::Cow;

use super::text::visible;

/// The text so that Markdown shows it unchanged: a payee can make no link, no heading and no new column. GitHub makes
/// links of bare addresses, too: the colon and the dot that it knows them by are escaped. (One of e-mail stays.)
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut shown = String::with_capacity(text.len() + 4);
    for (at, c) in text.char_indices() {
        let starts_line = at == 0 && matches!(c, '#' | '+' | '-' | '=');
        let is_number = c == '-' && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        let is_address = text[at..].starts_with("://")
            || c == '.' && at >= 3 && text.get(at - 3..at).is_some_and(|www| www.eq_ignore_ascii_case("www"));
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&')
            || starts_line && !is_number
            || is_address
        {
            shown.push('\\');
        }
        shown.push(c);
    }
    unnumbered(shown)
}

/// `3. June` would begin a list.
fn unnumbered(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 && rest.starts_with(' ') => {
            format!("{}\\{}", &text[..digits], &text[digits..])
        }
        _ => text,
    }
}

/// A cell of a table: escaped, without the padding that aligns it on a terminal; bold if asked.
pub(super) fn cell(text: &str, is_bold: bool) -> String {
    let text = text.trim_matches(['\u{a0}', ' ']);
    let shown: Cow<'_, str> = escaped(text).into();
    if is_bold && !shown.is_empty() { format!("**{shown}**") } else { shown.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_what_is_in_the_book() {
        for (text, shown) in [
            ("Tesco", "Tesco"),
            ("a|b", "a\\|b"),
            ("a\\|b", "a\\\\\\|b"),
            ("one\ntwo", "one␊two"),
            ("\u{1b}[31m", "␛\\[31m"),
            ("<b>*x*</b>", "\\<b\\>\\*x\\*\\</b\\>"),
            ("[x](http://x)", "\\[x\\](http\\://x)"),
            ("https://tesco.com", "https\\://tesco.com"),
            ("(www.tesco.com)", "(www\\.tesco.com)"),
            ("WWW.x", "WWW\\.x"),
            ("żww.x 12:30", "żww.x 12:30"),
            ("AT&amp;T", "AT\\&amp;T"),
            ("# one", "\\# one"),
            ("3. June", "3\\. June"),
            ("3.20 EUR", "3.20 EUR"),
            ("-3.20", "-3.20"),
            ("- x", "\\- x"),
            ("Zoë's 3-in-1", "Zoë's 3-in-1"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), shown);
        }
        assert_eq!(cell("\u{a0}\u{a0}Rent ", true), "**Rent**");
        assert_eq!(cell("", true), "");
    }
}
