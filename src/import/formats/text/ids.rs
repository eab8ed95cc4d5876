//! What the banks write where a transaction has no number.

/// Whether the text is no bank's id of anything: `0`, `NONREF`, `N/A`.
pub fn is_no_id(text: &str) -> bool {
    let placeholders = ["nonref", "notprovided", "n/a", "na", "none", "null", "-", "--"];
    text.bytes().all(|b| b == b'0')
        || placeholders.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_ids() {
        for text in ["", "0", "000", "NONREF", "n/a", "-"] {
            assert!(is_no_id(text), "{text}");
        }
        assert!(!is_no_id("1") && !is_no_id("0001"));
    }
}
