//! What the first bytes of a file say that it is.
//!
//! Keeps pictures, log-in pages and statements of formats unknown here from being read as CSV: one
//! clear error instead of a thousand rejected rows.

use std::io::{self, Read, SeekFrom};

use super::{ReadSeek, SurveyError};
use crate::domain::invalid::Invalid;

/// Beginnings of files that are no text.
const BINARY: [(&[u8], &str); 9] = [
    (b"GIF8", "a GIF picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x7fELF", "a program"),
];

/// Beginnings of texts, in lower case, behind a byte-order mark and blanks.
const TEXTS: [(&[u8], &str); 11] = [
    (b"<!doctype html", "a web page (of a log-in that had ended?)"),
    (b"<html", "a web page (of a log-in that had ended?)"),
    (b"<head", "a web page (of a log-in that had ended?)"),
    (b"ofxheader", "an OFX statement"),
    (b"<ofx", "an OFX statement"),
    (b"<?ofx", "an OFX statement"),
    (b"!type:", "a QIF statement"),
    (b"!account", "a QIF statement"),
    (b":20:", "an MT940 statement"),
    (b"<?xml", "XML"),
    (b"{\\rtf", "an RTF document"),
];

/// Refuses a file whose first bytes show that it is empty or of a kind that is not read yet.
pub(super) fn refuse_others(input: &mut dyn ReadSeek) -> Result<(), SurveyError> {
    let head = head(input)?;
    if head.is_empty() {
        return Err(Invalid::new("the file is empty").into());
    }
    match kind(&head) {
        None => Ok(()),
        Some(kind) => Err(Invalid::new(format!("the file is no CSV: it is {kind}"))
            .hint("export the statement as CSV from the bank's site")
            .into()),
    }
}

fn head(input: &mut dyn ReadSeek) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(512).read_to_end(&mut head)?;
    Ok(head)
}

/// The kind of file that begins like this; none where it may be a CSV.
fn kind(head: &[u8]) -> Option<&'static str> {
    let begins = |table: &[(&[u8], &'static str)], head: &[u8]| {
        table.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind)
    };
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    begins(&BINARY, head).or_else(|| begins(&TEXTS, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_named() {
        assert_eq!(kind(b"GIF89a\x01\x00"), Some("a GIF picture"));
        assert_eq!(kind(b"\xef\xbb\xbf\n <!DOCTYPE html>"), Some("a web page (of a log-in that had ended?)"));
        assert_eq!(kind(b"OFXHEADER:100"), Some("an OFX statement"));
        assert_eq!(kind(b"Date,Amount\n"), None);
    }
}
