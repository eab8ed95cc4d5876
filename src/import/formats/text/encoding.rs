//! In which encoding a file is written, found by reading all of it once.
//!
//! `survey` asks before it reads any text; `lines` decodes with the answer. Nothing is decoded here.

use std::io::{self, Read, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::domain::invalid::Invalid;
use crate::import::formats::{ReadSeek, SurveyError};

/// The encoding of a file and where its text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// How many bytes the byte-order mark takes.
    pub bom: u64,
}

/// Bytes with accents that the detector is fed at most: more does not change its mind.
const DETECTOR_BYTES: usize = 64 * 1024;

/// Fewer bytes with accents than this are never taken for Chinese, Japanese or Korean.
const ASIAN_BYTES: u64 = 16;

/// Finds the encoding: the one said, else by the byte-order mark, else by the bytes themselves.
pub fn detect(input: &mut dyn ReadSeek, said: Option<&str>) -> Result<Encoded, SurveyError> {
    let said = said.map(by_name).transpose()?;
    let census = Census::of(input)?;
    match said {
        Some(encoding) => census.as_said(encoding).map_err(SurveyError::from),
        None => census.guess().map_err(SurveyError::from),
    }
}

/// Reads a name of an encoding as people write it; `latin-1` and `cp1252` are one to browsers and here.
fn by_name(name: &str) -> Result<&'static Encoding, Invalid> {
    let bare: String = name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let found = Encoding::for_label(name.as_bytes()).or_else(|| Encoding::for_label(bare.as_bytes()));
    found.ok_or_else(|| {
        Invalid::new(format!("no encoding named `{name}`")).hint(
            "use `utf-8`, `utf-16`, `cp1252`, `latin-1`, `windows-1250`, `iso-8859-2`, `macintosh`, ...",
        )
    })
}

/// What the bytes of the whole file show.
struct Census {
    bom: Option<(&'static Encoding, usize)>,
    length: u64,
    /// NULs at even and at odd places.
    nuls: [u64; 2],
    is_text_behind_nul: bool,
    /// Characters of two bytes or more that are sound UTF-8, and places that are not.
    sound: u64,
    unsound: u64,
    high_bytes: u64,
    detector: EncodingDetector,
    fed: usize,
}

impl Census {
    fn of(input: &mut dyn ReadSeek) -> io::Result<Census> {
        let mut census = Census {
            bom: None,
            length: 0,
            nuls: [0; 2],
            is_text_behind_nul: false,
            sound: 0,
            unsound: 0,
            high_bytes: 0,
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            fed: 0,
        };
        let mut buffer = vec![0; 64 * 1024];
        let mut carried = 0;
        input.seek(SeekFrom::Start(0))?;
        loop {
            let read = read_some(input, &mut buffer[carried..])?;
            if census.length == 0 {
                census.bom = Encoding::for_bom(&buffer[..read]);
            }
            census.count_nuls(&buffer[carried..carried + read]);
            census.length += read as u64;
            let filled = carried + read;
            if read == 0 {
                census.unsound += u64::from(carried > 0);
                return Ok(census);
            }
            carried = census.count_utf8(&buffer[..filled]);
            buffer.copy_within(filled - carried..filled, 0);
        }
    }

    fn count_nuls(&mut self, bytes: &[u8]) {
        let seen = self.nuls[0] + self.nuls[1] > 0;
        let Some(first) = (if seen { Some(0) } else { bytes.iter().position(|b| *b == 0) }) else { return };
        for (at, byte) in bytes.iter().enumerate().skip(first) {
            match byte {
                0 => self.nuls[(self.length as usize + at) % 2] += 1,
                b'\r' | b'\n' => {}
                _ => self.is_text_behind_nul = true,
            }
        }
    }

    /// Counts a piece; returns how many bytes at its end begin a character that goes on in the next.
    fn count_utf8(&mut self, piece: &[u8]) -> usize {
        if piece.is_ascii() {
            return 0;
        }
        let cut = self.count_characters(piece);
        // Sound UTF-8 needs no detector, which is slow.
        if self.unsound > 0 && self.fed < DETECTOR_BYTES {
            self.detector.feed(piece, false);
            self.fed += piece.len();
        }
        cut
    }

    fn count_characters(&mut self, piece: &[u8]) -> usize {
        self.high_bytes += piece.iter().filter(|b| !b.is_ascii()).count() as u64;
        let mut rest = piece.len();
        for chunk in piece.utf8_chunks() {
            rest -= chunk.valid().len() + chunk.invalid().len();
            self.sound += chunk.valid().bytes().filter(|b| *b >= 0xc0).count() as u64;
            if !chunk.invalid().is_empty() {
                if rest == 0 && begins_character(chunk.invalid()) {
                    return chunk.invalid().len();
                }
                self.unsound += 1;
            }
        }
        0
    }

    fn as_said(&self, encoding: &'static Encoding) -> Result<Encoded, Invalid> {
        let (marked, length) = self.bom.unwrap_or((encoding, 0));
        // `utf-16` alone means either byte order; the mark tells which.
        let is_utf16 = |e: &'static Encoding| e == UTF_16LE || e == UTF_16BE;
        if is_utf16(encoding) && is_utf16(marked) {
            return Ok(Encoded { encoding: marked, bom: length as u64 });
        }
        if encoding == UTF_8 && self.unsound > 0 {
            let message = format!("the file is not UTF-8: {} places cannot be read", self.unsound);
            return Err(Invalid::new(message).hint("leave out `--encoding`, or try `--encoding cp1252`"));
        }
        Ok(Encoded { encoding, bom: if marked == encoding { length as u64 } else { 0 } })
    }

    fn guess(&self) -> Result<Encoded, Invalid> {
        if let Some((encoding, bom)) = self.bom {
            return Ok(Encoded { encoding, bom: bom as u64 });
        }
        let encoding = match self.unmarked_utf16() {
            Some(encoding) => encoding,
            None if self.is_text_behind_nul => {
                return Err(Invalid::new("the file is no statement: it has binary data in it")
                    .hint("export the statement as CSV, OFX, QIF, CAMT or MT940 from the bank's site"));
            }
            None if self.is_utf8() => UTF_8,
            None => self.legacy(),
        };
        Ok(Encoded { encoding, bom: 0 })
    }

    /// UTF-16 without its mark: in Western text every other byte is NUL.
    fn unmarked_utf16(&self) -> Option<&'static Encoding> {
        let [even, odd] = self.nuls;
        let is_most = |n: u64| n * 10 > self.length * 3;
        match (is_most(even), is_most(odd)) {
            (false, true) if even * 10 < odd => Some(UTF_16LE),
            (true, false) if odd * 10 < even => Some(UTF_16BE),
            _ => None,
        }
    }

    /// Banks cut texts at a byte: a few broken characters among many sound ones are still UTF-8.
    fn is_utf8(&self) -> bool {
        self.sound >= self.unsound * 4
    }

    fn legacy(&self) -> &'static Encoding {
        let guess = self.detector.guess(None, Utf8Detection::Deny);
        let is_asian = [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR].contains(&guess);
        if is_asian && self.high_bytes < ASIAN_BYTES { WINDOWS_1252 } else { guess }
    }
}

/// Whether the bytes are a character that was cut, rather than wrong.
fn begins_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none())
}

/// Reads at least a byte, unless the input has ended; a signal is no reason to stop.
pub fn read_some(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn detected(bytes: &[u8]) -> (&'static str, u64) {
        let found = detect(&mut Cursor::new(bytes), None).unwrap();
        (found.encoding.name(), found.bom)
    }

    #[test]
    fn marks_and_bytes_tell_the_encoding() {
        assert_eq!(detected(b"Date,Amount\n"), ("UTF-8", 0));
        assert_eq!(detected(b"\xef\xbb\xbfDate"), ("UTF-8", 3));
        assert_eq!(detected(b"\xff\xfeD\0a\0t\0e\0"), ("UTF-16LE", 2));
        assert_eq!(detected(b"D\0a\0t\0e\0;\0"), ("UTF-16LE", 0));
        assert_eq!(detected(b"\0D\0a\0t\0e\0;"), ("UTF-16BE", 0));
        assert_eq!(detected(b"W\xe4hrung;Empf\xe4nger;B\xfccher\n"), ("windows-1252", 0));
        assert_eq!(detected(b"Betrag\x80\n"), ("windows-1252", 0));
    }

    #[test]
    fn one_cut_character_leaves_utf8() {
        let mut bytes = "é".repeat(9).into_bytes();
        bytes.extend(b"cut here: \xc3, and on");
        assert_eq!(detected(&bytes), ("UTF-8", 0));
    }

    #[test]
    fn characters_across_reads_are_whole() {
        let text = "a".to_owned() + &"é".repeat(70_000);
        assert_eq!(detected(text.as_bytes()), ("UTF-8", 0));
    }

    #[test]
    fn padding_is_no_binary_but_nuls_inside_are() {
        assert_eq!(detected(b"Date,Amount\n\0\0\0\0"), ("UTF-8", 0));
        assert!(detect(&mut Cursor::new(b"Da\0te,Amount\n"), None).is_err());
    }

    #[test]
    fn what_is_said_is_taken_or_refused() {
        let said = |bytes: &[u8], name| {
            detect(&mut Cursor::new(bytes.to_vec()), Some(name)).map(|e| (e.encoding.name(), e.bom)).ok()
        };
        assert_eq!(said(b"a\xe4", "latin-1"), Some(("windows-1252", 0)));
        assert_eq!(said(b"a", "cp_1250"), Some(("windows-1250", 0)));
        assert_eq!(said(b"\xfe\xff\0a", "utf-16"), Some(("UTF-16BE", 2)));
        assert_eq!(said(b"a\xe4", "utf-8"), None);
        assert_eq!(said(b"a", "klingon"), None);
    }
}
