//! One query of the several words of a command line.
//!
//! A shell takes quotes away, and what stood in them was meant as one. `'corner bakery'` becomes a quoted text,
//! `cat:'eating out'` a quoted value; `'cat:food or cat:fun'`, whose words are a query by themselves, stays as it is.

use super::field;
use super::lexer::is_syntax;
use super::print::quote;

/// The text of a query whose words are given one by one, as a shell gives them.
pub fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Whether a word of a shell can only be meant as a query, and not as a name or a word to look for.
pub fn is_query(word: &str) -> bool {
    word.split_whitespace().any(is_syntax)
}

fn one(word: &str) -> String {
    let word = word.trim();
    if !word.contains(char::is_whitespace) {
        return if word.is_empty() { quote(word) } else { word.to_owned() };
    }
    let (name, value) = match field::parted(word) {
        Some((name, value)) => (&word[..name.len() + 1], value),
        None => ("", word),
    };
    // What begins behind a field's colon is never a keyword, and may be a quoted text or a regular expression. `and` is
    // a word of a name, as it never has to be said: `marks and spencer`, `cat:internet and phone`.
    let means_more = |(at, piece): (usize, &str)| {
        (at > 0 || name.is_empty()) && is_syntax(piece) && !piece.eq_ignore_ascii_case("and")
    };
    let is_query = value.starts_with(['"', '/']) || value.split_whitespace().enumerate().any(means_more);
    if is_query { word.to_owned() } else { format!("{name}{}", quote(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_took_as_one_stays_one() {
        for (words, text) in [
            (&["tesco"][..], "tesco"),
            (&["corner", "bakery"], "corner bakery"),
            (&["corner bakery"], r#""corner bakery""#),
            (&[" corner  bakery "], r#""corner  bakery""#),
            (&["cat:eating out", "x"], r#"cat:"eating out" x"#),
            (&["CAT:eating out"], r#"CAT:"eating out""#),
            (&["date:last month"], r#"date:"last month""#),
            (&["amt:> 50"], r#"amt:"> 50""#),
            (&["note:5\" pipe"], r#"note:"5\" pipe""#),
            (&[r"a\b c"], r#""a\\b c""#),
            (&["cat:food or cat:fun"], "cat:food or cat:fun"),
            (&["cat:food payee:tesco"], "cat:food payee:tesco"),
            (&["tesco or lidl"], "tesco or lidl"),
            (&["not tesco"], "not tesco"),
            (&["marks and spencer"], r#""marks and spencer""#),
            (&["marks and cat:food"], "marks and cat:food"),
            (&["cat:internet and phone"], r#"cat:"internet and phone""#),
            (&["cat:food and acct:cash"], "cat:food and acct:cash"),
            (&["cat:food and not tesco"], "cat:food and not tesco"),
            (&["(tesco lidl)"], "(tesco lidl)"),
            (&["tesco catgory:food"], "tesco catgory:food"),
            (&["tesco / bakery"], r#""tesco / bakery""#),
            (&["tesco category:food"], "tesco category:food"),
            (&["/two words/"], "/two words/"),
            (&["payee:/two words/"], "payee:/two words/"),
            (&["note:\"two words\" x"], "note:\"two words\" x"),
            (&["ref: 12:30 x"], "\"ref: 12:30 x\""),
            (&["Robert'); DELETE FROM payees;"], "\"Robert'); DELETE FROM payees;\""),
            (&["'; DROP TABLE postings; --"], "\"'; DROP TABLE postings; --\""),
            (&["tesco (express) x"], "tesco (express) x"),
            (&["tesco\nor"], "tesco\nor"),
            (&["", "x"], r#""" x"#),
            (&[" "], r#""""#),
        ] {
            assert_eq!(joined(words.iter().copied()), text, "{words:?}");
        }
        assert_eq!(joined([]), "");
    }
}
