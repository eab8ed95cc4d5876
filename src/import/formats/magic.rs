//! What a file is, by its content: names and endings say little.
//!
//! Keeps pictures, log-in pages and workbooks from being read as CSV, too: one clear error instead of a thousand
//! rejected rows. A format is known by a mark near the file's beginning.

use std::io::{self, Read, SeekFrom};

use super::{FormatName, ReadSeek, SurveyError, apps, journal};
use crate::domain::invalid::Invalid;

/// Enough for a letterhead before the first tag.
const HEAD_BYTES: u64 = 16 * 1024;

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
const TEXTS: [(&str, &str); 4] = [
    ("<!doctype html", "a web page (of a log-in that had ended?)"),
    ("<html", "a web page (of a log-in that had ended?)"),
    ("<head", "a web page (of a log-in that had ended?)"),
    ("{\\rtf", "an RTF document"),
];

/// Finds out what a file is; `Auto` is never the answer.
///
/// # Errors
/// A file that is empty, or plainly of a kind that is no statement.
pub(super) fn recognise(input: &mut dyn ReadSeek) -> Result<FormatName, SurveyError> {
    let head = head(input)?;
    if head.is_empty() {
        return Err(Invalid::new("the file is empty").into());
    }
    match kind(&head) {
        Ok(format) => Ok(format),
        Err(kind) => Err(Invalid::new(format!("the file is no statement: it is {kind}"))
            .hint("export the statement as CSV, OFX, QIF, CAMT or MT940 from the bank's site")
            .into()),
    }
}

fn head(input: &mut dyn ReadSeek) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a file that begins like this, CSV where nothing else is known by its mark; else what it is in words.
fn kind(head: &[u8]) -> Result<FormatName, &'static str> {
    if let Some((_, kind)) = BINARY.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(kind);
    }
    let text = plain(head);
    let text = text.trim_start();
    if let Some((_, kind)) = TEXTS.iter().find(|(start, _)| text.starts_with(start)) {
        return Err(kind);
    }
    if is_ofx(text) {
        return Ok(FormatName::Ofx);
    }
    if text.starts_with("<?xml") || text.starts_with('<') {
        return if is_camt(text) { Ok(FormatName::Camt) } else { Err("XML, but neither CAMT nor OFX") };
    }
    if is_qif(text) {
        return Ok(FormatName::Qif);
    }
    if is_mt940(text) {
        return Ok(FormatName::Mt940);
    }
    let export = apps::recognise(text).map(FormatName::Export);
    let journal = || journal::recognise(text).map(FormatName::Journal);
    Ok(export.or_else(journal).unwrap_or(FormatName::Csv))
}

/// The text in lower case, without byte-order mark; of UTF-16 the ASCII characters, as marks are made of those.
fn plain(head: &[u8]) -> String {
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let bytes = bare.iter().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff));
    bytes.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

fn is_ofx(text: &str) -> bool {
    text.starts_with("ofxheader") || text.contains("<?ofx") || has_tag(text, "ofx")
}

/// By the namespace, or by the element that holds the statements, whatever its prefix.
fn is_camt(text: &str) -> bool {
    let names = ["bktocstmrstmt", "bktocstmracctrpt", "bktocstmrdbtcdtntfctn"];
    text.contains("camt.05") || names.iter().any(|name| has_tag(text, name))
}

/// `<name>`, `<name ...>` or `<prefix:name ...>`.
fn has_tag(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let is_open = text[..at].rfind('<').is_some_and(|open| {
            let prefix = &text[open + 1..at];
            prefix.is_empty() || (prefix.ends_with(':') && !prefix.contains(char::is_whitespace))
        });
        is_open && text[at + name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
    })
}

/// A line that opens a section; comments may stand before it.
fn is_qif(text: &str) -> bool {
    let sections = ["!type:", "!account", "!option:", "!clear:"];
    let mut lines = text.split(['\r', '\n']).map(str::trim_start).filter(|line| !line.is_empty());
    let first = lines.find(|line| !line.starts_with('#'));
    first.is_some_and(|line| sections.iter().any(|section| line.starts_with(section)))
}

/// A transaction reference, and later a tag that only statements have; prose or an envelope may stand before.
fn is_mt940(text: &str) -> bool {
    let begins = |tags: &[&str], line: &str| tags.iter().any(|tag| line.starts_with(tag));
    let lines = || text.split(['\r', '\n']).map(str::trim_start);
    let opens = |line: &str| begins(&[":20:"], line) || (line.starts_with("{1:") && line.contains("{4:"));
    lines().any(opens)
        && lines().any(|line| begins(&[":25:", ":25p:", ":60f:", ":60m:", ":28c:", ":28:"], line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_named() {
        assert_eq!(kind(b"GIF89a\x01\x00"), Err("a GIF picture"));
        assert_eq!(kind(b"\xef\xbb\xbf\n <!DOCTYPE html>"), Err("a web page (of a log-in that had ended?)"));
        assert_eq!(kind(b"<?xml version=\"1.0\"?><feed/>"), Err("XML, but neither CAMT nor OFX"));
    }

    #[test]
    fn formats_are_known_by_their_marks() {
        let cases: [(&[u8], FormatName); 14] = [
            (b"Date,Amount\n", FormatName::Csv),
            (b"OFXHEADER:100\nDATA:OFXSGML", FormatName::Ofx),
            (b"\r\n\r\nOFXHEADER:100", FormatName::Ofx),
            (b"<OFX><SIGNONMSGSRSV1>", FormatName::Ofx),
            (b"<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\"?><OFX>", FormatName::Ofx),
            (
                b"<?xml version=\"1.0\"?>\n<ofx:OFX xmlns:ofx=\"http://ofx.net/types/2003/04\">",
                FormatName::Ofx,
            ),
            (b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">", FormatName::Camt),
            (b"<?xml version=\"1.0\"?>\n<n:Document><n:BkToCstmrStmt>", FormatName::Camt),
            (b"\xef\xbb\xbf### made by hand\n!Type:Bank\nD1/1/20", FormatName::Qif),
            (b"!Account\nNCash\n^", FormatName::Qif),
            (b"ABNANL2A\n940\nABNANL2A\n:20:ABN AMRO BANK NV\n:25:500950253\n", FormatName::Mt940),
            (b"{1:F01KNABNL2HAXXX}{2:I940}{4:\r\n:20:B4E08MS9D00A0009\r\n:25:1234", FormatName::Mt940),
            (b"time,note\n10:20:30,x\n", FormatName::Csv),
            (b"!\0T\0y\0p\0e\0:\0B\0", FormatName::Qif),
        ];
        for (head, format) in cases {
            assert_eq!(kind(head), Ok(format), "{}", String::from_utf8_lossy(head));
        }
    }
}
