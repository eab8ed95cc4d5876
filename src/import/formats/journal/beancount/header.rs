//! What stands behind a transaction's day and flag: payee, narration, tags and links.

use super::super::scan::Scan;
use super::super::transaction::tidy;
use super::words;

/// What a header says.
#[derive(Debug, Default)]
pub struct Header {
    /// The first of two texts.
    pub payee: Option<String>,
    /// The last text.
    pub narration: Option<String>,
    /// Tags without their mark.
    pub tags: Vec<String>,
}

/// Reads at most two texts, tags and links.
///
/// # Errors
/// For anything else.
pub fn read(scan: &mut Scan<'_>) -> Result<Header, String> {
    let mut texts = Vec::new();
    while scan.peek() == Some('"') {
        texts.push(words::string(scan)?);
        scan.skip_blanks();
        // An old way to part the two.
        if scan.eat("|") {
            scan.skip_blanks();
        }
    }
    let tags = tags(scan)?;
    let (payee, narration) = match &texts[..] {
        [] => (None, None),
        [narration] => (None, tidy(narration)),
        [payee, narration] => (tidy(payee), tidy(narration)),
        _ => return Err("a transaction has more than two texts".to_owned()),
    };
    Ok(Header { payee, narration, tags })
}

/// Reads tags and passes over links, to the comment or the end.
///
/// # Errors
/// For anything else.
pub fn tags(scan: &mut Scan<'_>) -> Result<Vec<String>, String> {
    let mut tags = Vec::new();
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    loop {
        scan.skip_blanks();
        let is_tag = scan.eat("#");
        if !is_tag && !scan.eat("^") {
            break;
        }
        let name = scan.take_while(is_inside);
        if name.is_empty() {
            return Err("a tag or link has no name".to_owned());
        }
        if is_tag {
            tags.push(name.to_owned());
        }
    }
    words::end(*scan)?;
    Ok(tags)
}
