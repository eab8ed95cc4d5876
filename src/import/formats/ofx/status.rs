//! The bank's answers that are errors, in words.
//!
//! `survey` notes them: such a file has no rows, and should say why.

use super::found::Status;

/// Words for the codes (OFX 2.2, 3.1.3) that are seen in files, where the bank gives none.
const CODES: [(&str, &str); 6] = [
    ("2000", "general error"),
    ("2003", "account not found"),
    ("15000", "the PIN has to be changed"),
    ("15500", "sign-on refused"),
    ("15501", "the account is in use"),
    ("15502", "the account is locked"),
];

/// The code and the bank's words, or the standard's; none for an answer that is no error.
pub fn error(status: &Status) -> Option<String> {
    let code = status.code.as_deref()?;
    let number: u32 = code.parse().ok()?;
    let is_error = match status.severity.as_deref() {
        Some(severity) => severity.eq_ignore_ascii_case("ERROR"),
        None => number >= 2000,
    };
    let known = CODES.iter().find(|(known, _)| *known == code).map(|(_, words)| *words);
    let words = status.message.as_deref().or(known);
    (is_error && number != 0).then(|| words.map_or(code.to_owned(), |words| format!("{code} {words}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_words() {
        let cases = [
            (["0", "INFO", "OK"], None),
            (["15500", "ERROR", "Bad password"], Some("15500 Bad password")),
            (["15500", "ERROR", ""], Some("15500 sign-on refused")),
            (["2000", "", ""], Some("2000 general error")),
            (["10000", "ERROR", ""], Some("10000")),
            (["1", "INFO", ""], None),
            (["15000", "WARN", ""], None),
            (["", "ERROR", "?"], None),
            (["x", "ERROR", "?"], None),
            (["0", "ERROR", "?"], None),
        ];
        for (texts, expected) in cases {
            let [code, severity, message] =
                texts.map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()));
            assert_eq!(error(&Status { code, severity, message }).as_deref(), expected, "{texts:?}");
        }
    }
}
