//! In which encoding an XML file is: what the user says, else what its bytes show, and only then what it declares.
//!
//! A declaration is a copy of another file's often enough, but sound UTF-8 is not mistaken for anything else. Where the
//! bytes are of some older encoding, the declaration tells which one better than a guess.

use std::io::{Read, SeekFrom};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::text::{self, Encoded};
use super::super::{ReadSeek, SurveyError};

/// A declaration stands at the very beginning and is short.
const HEAD_BYTES: u64 = 512;

/// Finds the encoding and where the text begins.
pub fn find(input: &mut dyn ReadSeek, said: Option<&str>) -> Result<Encoded, SurveyError> {
    let encoded = text::detect(input, said)?;
    if said.is_some() || is_unicode(encoded.encoding) {
        return Ok(encoded);
    }
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(HEAD_BYTES).read_to_end(&mut head)?;
    let declared = declared(&head).filter(|encoding| !is_unicode(encoding));
    Ok(Encoded { encoding: declared.unwrap_or(encoded.encoding), bom: encoded.bom })
}

fn is_unicode(encoding: &'static Encoding) -> bool {
    [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
}

/// What the file says of itself, as in `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split_once(quote)?.0.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn bytes_go_before_the_declaration() {
        let cases: [(&[u8], &str); 7] = [
            (b"<?xml version='1.0' encoding='ISO-8859-15'?><a>\xa4 \xe4</a>", "ISO-8859-15"),
            (b"<?xml version=\"1.0\" encoding = \"windows-1250\" ?><a>\xe4</a>", "windows-1250"),
            (b"<?xml version='1.0' encoding='UTF-8'?><a>\xe4</a>", "windows-1252"),
            (b"<?xml version='1.0' encoding='klingon'?><a>\xe4</a>", "windows-1252"),
            (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa4</a>", "UTF-8"),
            (b"<?xml version='1.0' encoding='UTF-16'?><a>a</a>", "UTF-8"),
            (b"\xff\xfe<\0a\0>\0", "UTF-16LE"),
        ];
        for (bytes, expected) in cases {
            let found = find(&mut Cursor::new(bytes), None).unwrap();
            assert_eq!(found.encoding.name(), expected, "{}", String::from_utf8_lossy(bytes));
        }
        let said = find(&mut Cursor::new(b"<?xml encoding='UTF-8'?><a>\xe4</a>"), Some("macintosh"));
        assert_eq!(said.unwrap().encoding.name(), "macintosh");
    }
}
