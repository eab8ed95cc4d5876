//! Words for people: text made safe to show, plurals, instants.

use unicode_width::UnicodeWidthStr;

pub use crate::domain::counted;
pub use crate::domain::name::visible;

/// Lines folded at blanks to a width; what goes on stands below the text of its line, or of its second column. A word
/// that is wider stays whole.
pub fn folded(text: &str, width: usize) -> String {
    text.lines().map(|line| folded_line(line, width) + "\n").collect()
}

fn folded_line(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let indent = hanging(line).min(width / 2);
    let lead: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut folded = lead.clone();
    let mut used = lead.len();
    // Blanks stay as they are between the words of one line: they may part columns.
    for piece in line[lead.len()..].split_inclusive(' ') {
        if used + piece.trim_end().width() > width && used > indent {
            folded.truncate(folded.trim_end().len());
            folded.push('\n');
            folded.push_str(&" ".repeat(indent));
            used = indent;
            if piece == " " {
                continue;
            }
        }
        folded.push_str(piece);
        used += piece.width();
    }
    folded
}

/// Where the second column of a line begins, else its first letter.
fn hanging(line: &str) -> usize {
    let lead = line.len() - line.trim_start().len();
    let second = line[lead..].find("  ").map(|at| lead + at);
    second.map_or(lead, |at| line[..at].width() + line[at..].len() - line[at..].trim_start().len())
}

/// An instant as people read it, UTC.
pub fn instant(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// An instant as programs read it.
pub fn iso_instant(at: chrono::NaiveDateTime) -> String {
    format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_at_blanks() {
        assert_eq!(folded("one two three\n  four five six\n", 9), "one two\nthree\n  four\n  five\n  six\n");
        assert_eq!(
            folded("  -p, --period <P>  When: this month or last", 36),
            "  -p, --period <P>  When: this month\n                  or last\n"
        );
        assert_eq!(folded("https://example.org/a-long-word x", 10), "https://example.org/a-long-word\nx\n");
        assert_eq!(folded("short\n\n", 9), "short\n\n");
    }
}
