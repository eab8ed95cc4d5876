//! Texts that banks broke into lines or pieces of a fixed width: a full one goes on in the middle of a word.

/// SWIFT's width of a line.
pub const LINE: usize = 65;

/// Dutch banks' width: two columns of 32.
pub const DUTCH_LINE: usize = 64;

/// The lines of a text as one: behind a full line the next follows directly, behind a shorter one after a blank.
/// The mark of German subfields is never parted from its digits, which are then looked for.
pub fn unwrap(text: &str, width: usize, mark: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    for line in text.lines() {
        if before.is_some_and(|before| !is_full(before, width) && !is_marked(before, line, mark)) {
            out.push(' ');
        }
        out.push_str(line);
        before = Some(line);
    }
    out
}

/// Whether a line or piece fills its width.
pub fn is_full(text: &str, width: usize) -> bool {
    text.len() >= width && text.chars().count() >= width
}

/// Whether a mark stands at the break, or is cut by it.
fn is_marked(before: &str, line: &str, mark: Option<char>) -> bool {
    let Some(mark) = mark else { return false };
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    line.starts_with(mark) || (head.ends_with(mark) && before.len() - head.len() < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_lines_go_on_and_short_ones_end_a_word() {
        assert_eq!(unwrap("abcde\nfg", 5, None), "abcdefg");
        assert_eq!(unwrap("abcd\nefg\n\nhi", 5, None), "abcd efg  hi");
        assert_eq!(unwrap("a?2\n1b?\n22c\n?23d?24\ne", 65, Some('?')), "a?21b?22c?23d?24 e");
        assert_eq!(unwrap("äöü\nx", 3, None), "äöüx");
    }
}
