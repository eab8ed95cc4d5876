//! What stands before `<OFX>`: the version, and in which encoding the file claims to be.
//!
//! Headers are missing, in one line, or wrong about the encoding; nothing depends on them but a choice between two
//! encodings of eight bits. `survey` asks once for a file.

use std::io::{self, Read, SeekFrom};

use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, KOI8_R, KOI8_U, WINDOWS_874,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1255, WINDOWS_1256,
};

use super::super::text::{self, Encoded};
use super::super::{ReadSeek, SurveyError};

/// Headers are shorter.
const HEAD_BYTES: u64 = 4 * 1024;

/// Encodings of other scripts than Latin.
const NOT_LATIN: [&Encoding; 12] = [
    IBM866,
    ISO_8859_5,
    ISO_8859_6,
    ISO_8859_7,
    ISO_8859_8,
    KOI8_R,
    KOI8_U,
    WINDOWS_874,
    WINDOWS_1251,
    WINDOWS_1253,
    WINDOWS_1255,
    WINDOWS_1256,
];

/// What a file's header says.
#[derive(Debug, PartialEq, Eq)]
pub struct Header {
    /// The version in digits, such as `102`.
    pub version: Option<String>,
    charset: Option<&'static Encoding>,
}

/// Reads the header, whatever the file is.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(input: &mut dyn ReadSeek) -> io::Result<Header> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(HEAD_BYTES).read_to_end(&mut head)?;
    // Of UTF-16 the ASCII characters, as headers are made of those.
    let letters = head.iter().filter(|byte| **byte != 0).map(|byte| char::from(byte.to_ascii_uppercase()));
    let text: String = letters.collect();
    Ok(Header::of(text.find("<OFX").map_or(&*text, |end| &text[..end])))
}

/// The encoding in which the file is read: the one said, else by its bytes; what the header says counts where these
/// are of eight bits, which look alike.
///
/// # Errors
/// For an unknown encoding, for a file that is not in the one said, and for one that is no text.
pub fn encoding(
    input: &mut dyn ReadSeek,
    said: Option<&str>,
    header: &Header,
) -> Result<Encoded, SurveyError> {
    let found = text::detect(input, said)?;
    let declared = header.charset.filter(|_| said.is_none() && found.encoding.is_single_byte());
    // 1252 stands in nearly every header, whoever wrote the file.
    let is_contradicted = |declared| declared == WINDOWS_1252 && NOT_LATIN.contains(&found.encoding);
    match declared {
        Some(encoding) if encoding.is_single_byte() && !is_contradicted(encoding) => {
            Ok(Encoded { encoding, ..found })
        }
        _ => Ok(found),
    }
}

impl Header {
    /// The header of a text in upper case.
    fn of(text: &str) -> Header {
        let instruction = text.find("<?OFX").map(|at| &text[at..]);
        let version = value(text, "VERSION:").or_else(|| value(instruction?, "VERSION="));
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let version = version.map(|text| text[..digits(text)].to_owned()).filter(|digits| !digits.is_empty());
        let charset = value(text, "CHARSET:").and_then(encoding_named);
        let charset =
            charset.or_else(|| charset_of_xml(text)).or_else(|| encoding_named(value(text, "ENCODING:")?));
        Header { version, charset }
    }

    /// The version as it is spoken of, such as `OFX 1.02`.
    pub fn shown(&self) -> String {
        match self.version.as_deref().map(|version| version.split_at(1)) {
            Some((major, minor)) if !minor.is_empty() => format!("OFX {major}.{minor}"),
            _ => "OFX".to_owned(),
        }
    }
}

/// The value behind a key; the next key may follow without anything between.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let behind = text[text.find(key)? + key.len()..].trim_start_matches([' ', '"', '\'']);
    let is_of_value = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let value = &behind[..behind.find(|c| !is_of_value(c)).unwrap_or(behind.len())];
    let next = ["CHARSET", "COMPRESSION", "SECURITY", "ENCODING", "OLDFILEUID"];
    let end = next.iter().filter_map(|key| value.find(key)).min().unwrap_or(value.len());
    Some(&value[..end])
}

fn charset_of_xml(text: &str) -> Option<&'static Encoding> {
    encoding_named(value(&text[text.find("<?XML")?..], "ENCODING=")?)
}

/// The encoding that a name stands for: `1252` is Windows', `8859-1` is ISO's.
fn encoding_named(name: &str) -> Option<&'static Encoding> {
    let label = match name {
        _ if name.len() == 4 && name.starts_with("125") => format!("windows-{name}"),
        _ if name.starts_with("8859") => format!("iso-{name}"),
        _ => name.to_owned(),
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn header(text: &str) -> (String, &'static str) {
        let header = read(&mut Cursor::new(text)).unwrap();
        (header.shown(), header.charset.map_or("-", Encoding::name))
    }

    #[test]
    fn headers_of_any_shape_are_read() {
        let cases = [
            (
                "OFXHEADER:100\r\rVERSION:102\rENCODING:USASCII\rCHARSET:1252\r<OFX>",
                "OFX 1.02",
                "windows-1252",
            ),
            (
                "OFXHEADER:100DATA:OFXSGMLVERSION:103SECURITY:NONEENCODING:USASCIICHARSET:1250COMPRESSION:NONE<OFX>",
                "OFX 1.03",
                "windows-1250",
            ),
            ("\n\nOFXHEADER: 100 \nVERSION: 160 \nCHARSET: 8859-2 \n", "OFX 1.60", "ISO-8859-2"),
            ("VERSION:102\nENCODING:UTF-8\nCHARSET:NONE\n<OFX>", "OFX 1.02", "UTF-8"),
            (
                "<?xml version=\"1.0\" encoding=\"utf-16\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?>",
                "OFX 2.11",
                "UTF-16LE",
            ),
            ("<?xml version='1.0' encoding='ISO-8859-15'?>\n<ofx>VERSION:102", "OFX", "ISO-8859-15"),
            ("<OFX>", "OFX", "-"),
            ("", "OFX", "-"),
            ("VERSION:CHARSET:", "OFX", "-"),
        ];
        for (text, version, charset) in cases {
            assert_eq!(header(text), (version.to_owned(), charset), "{text}");
        }
    }

    #[test]
    fn bytes_decide_and_the_header_tells_alike_encodings_apart() {
        let cases: [(&str, &[u8], &str); 7] = [
            ("CHARSET:1252", "prépayée".as_bytes(), "UTF-8"),
            ("CHARSET:8859-1", b"pr\xe9pay\xe9e", "windows-1252"),
            ("CHARSET:1252", b"pr\xe9pay\xe9e", "windows-1252"),
            ("CHARSET:1250", b"\xb9\xe6\xea", "windows-1250"),
            ("ENCODING:UTF-8\nCHARSET:NONE", b"pr\xe9pay\xe9e", "windows-1252"),
            (
                "CHARSET:1252",
                b"\xcf\xee\xea\xf3\xef\xea\xe0 \xef\xf0\xee\xe4\xf3\xea\xf2\xee\xe2",
                "windows-1251",
            ),
            ("CHARSET:1251", b"ascii", "UTF-8"),
        ];
        for (declared, body, expected) in cases {
            let bytes = [declared.as_bytes(), b"\n<OFX>", body].concat();
            let mut input = Cursor::new(bytes);
            let header = read(&mut input).unwrap();
            let found = encoding(&mut input, None, &header).unwrap();
            assert_eq!(found.encoding.name(), expected, "{declared}");
        }
        let mut input = Cursor::new(b"CHARSET:1252\n<OFX>\xb9".to_vec());
        let header = read(&mut input).unwrap();
        let said = encoding(&mut input, Some("cp1250"), &header).unwrap();
        assert_eq!(said.encoding.name(), "windows-1250");
    }
}
