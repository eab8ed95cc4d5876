//! What a transaction or a part of it was for: `Group:Sub/class`, or `[Account]/class` for a transfer.

/// The parts of an `L` or `S` field; none is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Category<'a> {
    /// The category, with its groups before it.
    pub name: Option<&'a str>,
    /// The own account on the other side.
    pub account: Option<&'a str>,
    /// The class, which is a tag here.
    pub class: Option<&'a str>,
}

/// Reads the field; `--Split--` only says that there are splits.
pub fn read(text: &str) -> Category<'_> {
    let text = text.trim();
    // An account's name may have a slash in it.
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if let Some((account, rest)) = bracketed {
        let class = rest.trim_start().strip_prefix('/').unwrap_or_default();
        return Category { name: None, account: filled(account), class: filled(class) };
    }
    let (name, class) = text.split_once('/').unwrap_or((text, ""));
    let name = filled(name).filter(|name| !name.eq_ignore_ascii_case("--split--"));
    Category { name, account: None, class: filled(class) }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_accounts_and_classes_are_told_apart() {
        let cases = [
            ("Food:Groceries", (Some("Food:Groceries"), None, None)),
            ("Bills:Cell Phone/Test class", (Some("Bills:Cell Phone"), None, Some("Test class"))),
            ("[Savings]", (None, Some("Savings"), None)),
            ("[Joint a/c]/holiday", (None, Some("Joint a/c"), Some("holiday"))),
            ("--Split--", (None, None, None)),
            ("/class", (None, None, Some("class"))),
            ("[]", (None, None, None)),
            ("[open", (Some("[open"), None, None)),
            ("", (None, None, None)),
        ];
        for (text, expected) in cases {
            let Category { name, account, class } = read(text);
            assert_eq!((name, account, class), expected, "{text}");
        }
    }
}
