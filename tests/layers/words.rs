//! Rust source as words: enough of the language to see which paths a file names, and no more. Leaves out comments,
//! texts and what is compiled for tests alone. Used by `layers`.

/// A name, `::` or a single sign.
#[derive(Clone, Debug)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// Splits source into names, `::` and single signs; comments, texts, characters and lifetimes are left out.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        if let Some(length) = skipped(rest) {
            line += rest[..length].matches('\n').count();
            rest = &rest[length..];
            continue;
        }
        let length = match first {
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        tokens.push(Token { text: rest[..length].to_owned(), line });
        rest = &rest[length..];
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the length of what begins here and is no code: a blank, a comment, a text, a character, a lifetime.
fn skipped(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(comment(rest));
    }
    raw_text(rest).or_else(|| quoted(rest))
}

/// Comments nest.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] if depth == 1 => return at + 2,
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

/// `r"..."`, `br##"..."##`; not `r#name`.
fn raw_text(rest: &str) -> Option<usize> {
    let start = ["r", "br", "cr"].iter().find_map(|prefix| rest.strip_prefix(prefix))?;
    let body = start.trim_start_matches('#').strip_prefix('"')?;
    let hashes = start.len() - body.len() - 1;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(rest.len() - body.len() + length)
}

/// `"..."`, `b"..."`, `'x'`, `'\''`, `'lifetime`.
fn quoted(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix(['b', 'c']).filter(|body| body.starts_with(['"', '\''])).unwrap_or(rest);
    let quote = body.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let mut inside = body.char_indices().skip(1);
    let is_lifetime = quote == '\'' && !body[1..].starts_with('\\') && body.chars().nth(2) != Some('\'');
    if is_lifetime {
        let length = body[1..].find(|c| !is_word(c)).map_or(body.len(), |at| at + 1);
        return Some(rest.len() - body.len() + length);
    }
    while let Some((at, c)) = inside.next() {
        if c == quote {
            return Some(rest.len() - body.len() + at + 1);
        }
        if c == '\\' {
            inside.next();
        }
    }
    Some(rest.len())
}

/// Leaves out every item under `#[cfg(test)]`.
pub fn without_tests(tokens: &[Token]) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if (0..MARK.len()).all(|offset| text(tokens, at + offset) == MARK[offset]) {
            at = end_of_item(tokens, at + MARK.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Returns the index behind the item's `;` or its last brace.
fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" | "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return at + 1,
            "}" if depth <= 1 && text(tokens, at + 1) != ";" => return at + 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    at
}

/// Returns every path that the tree at this token spells, if it begins there with `root`:
/// `crate::{a, b::{self, c}}` is `crate::a`, `crate::b::self` and `crate::b::c`.
pub fn paths<'t>(tokens: &'t [Token], at: usize, root: &str) -> Vec<Vec<&'t str>> {
    let is_start = tokens[at].text == root && text(tokens, at + 1) == "::";
    let before = text(tokens, at.wrapping_sub(2));
    let is_inside = text(tokens, at.wrapping_sub(1)) == "::" && is_name(before) && before != "use";
    let mut found = Vec::new();
    if is_start && !is_inside {
        spell(tokens, at, Vec::new(), &mut found);
    }
    found
}

/// Adds the paths of one tree and returns the index behind it.
fn spell<'t>(
    tokens: &'t [Token],
    mut at: usize,
    mut path: Vec<&'t str>,
    found: &mut Vec<Vec<&'t str>>,
) -> usize {
    while is_name(text(tokens, at)) || text(tokens, at) == "*" {
        path.push(&tokens[at].text);
        at += 1;
        if text(tokens, at) != "::" {
            break;
        }
        at += 1;
    }
    if text(tokens, at) != "{" || text(tokens, at.wrapping_sub(1)) != "::" {
        found.push(path);
        return at;
    }
    at += 1;
    while at < tokens.len() && text(tokens, at) != "}" {
        // Behind a tree stand `as name`, a comma, or the end.
        let begins = is_name(text(tokens, at)) || text(tokens, at) == "*";
        at = match text(tokens, at) {
            "as" => at + 2,
            _ if begins => spell(tokens, at, path.clone(), found),
            _ => at + 1,
        };
    }
    at + 1
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Returns one name of a path, "" behind the end.
pub fn text_at<'t>(path: &[&'t str], at: usize) -> &'t str {
    path.get(at).copied().unwrap_or_default()
}

/// Returns the token's text, "" behind the end.
pub fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| &token.text)
}
