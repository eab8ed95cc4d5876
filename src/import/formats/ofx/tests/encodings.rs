//! Files in any encoding, whatever their headers say.

use super::*;

fn names(bytes: &[u8], options: &Options) -> Vec<String> {
    try_read(bytes, options).unwrap().lines.into_iter().filter_map(|line| line.payee).collect()
}

fn text(charset: &str) -> String {
    file(&row("20260301", "1.00", "<NAME>Carte prépayée"))
        .replace("VERSION:102", &format!("CHARSET:{charset}"))
}

fn in_8_bits(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn the_bytes_decide_and_not_the_header() {
    for charset in ["1252", "8859-1", "NONE", "UTF-8"] {
        let text = text(charset);
        assert_eq!(names(text.as_bytes(), &Options::default()), ["Carte prépayée"], "{charset}");
        assert_eq!(names(&in_8_bits(&text), &Options::default()), ["Carte prépayée"], "{charset}");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(names(&utf16, &Options::default()), ["Carte prépayée"], "{charset}");
        let marked =
            [&b"\xfe\xff"[..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()].concat();
        assert_eq!(names(&marked, &Options::default()), ["Carte prépayée"], "{charset}");
    }
}

#[test]
fn what_is_said_is_taken() {
    let said = |name: &str| Options { encoding: Some(name.to_owned()), ..Options::default() };
    assert_eq!(names(&in_8_bits(&text("1252")), &said("cp1250")), ["Carte prépayée"]);
    assert_eq!(names(text("1252").as_bytes(), &said("cp1252")), ["Carte prÃ©payÃ©e"]);
    assert!(try_read(&in_8_bits(&text("1252")), &said("utf-8")).is_err());
}

#[test]
fn padding_and_marks_are_no_text() {
    let bytes = [b"\xef\xbb\xbf", text("1252").as_bytes(), b"\0\0\x1a"].concat();
    assert_eq!(names(&bytes, &Options::default()), ["Carte prépayée"]);
}
