//! What a header opens, and which account its transactions are of.
//!
//! `!Account` names an account; the next section of transactions is its own, with all further ones of the same type
//! until another account is named. A section of another type without a name of its own is nobody's: the user says.

use super::super::text::currency;

/// What the records of a section are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// There was no header yet.
    #[default]
    None,
    /// Transactions of an account.
    Transactions,
    /// Accounts.
    Accounts,
    /// Trades of an investment account.
    Trades,
    /// Securities.
    Securities,
    /// Prices of securities.
    Prices,
    /// Categories, classes, memorised transactions and the like: no money moved.
    List,
    /// One that is not known, by its header.
    Unknown(String),
}

impl Section {
    /// The section that a header opens, its text without `!`; none for an option.
    pub fn of(header: &str) -> Option<Section> {
        let word = folded(header);
        if word.starts_with("option:") || word.starts_with("clear:") {
            return None;
        }
        Some(match word.as_str() {
            "account" => Section::Accounts,
            "type:bank" | "type:cash" | "type:ccard" | "type:otha" | "type:othl" => Section::Transactions,
            "type:invst" | "type:port" | "type:invest" | "type:401(k)/403(b)" => Section::Trades,
            "type:security" => Section::Securities,
            "type:prices" => Section::Prices,
            "type:cat" | "type:class" | "type:memorized" | "type:tag" | "type:budget" | "type:template" => {
                Section::List
            }
            _ => Section::Unknown(header.chars().take(40).collect()),
        })
    }
}

/// A header without blanks and in lower case: `Type:Oth A ` is `type:otha`.
fn folded(header: &str) -> String {
    header.chars().filter(|c| !c.is_whitespace()).take(100).flat_map(char::to_lowercase).collect()
}

/// Nobody names an account at greater length.
const MAX_NAME: usize = 200;

/// Which account transactions are of.
#[derive(Debug, Default)]
pub struct Owner {
    name: Option<String>,
    /// What its amounts are in, by its description.
    currency: Option<&'static str>,
    /// The type of section that it was named for; none until there was one.
    kind: Option<String>,
    /// Whether no `!Account` named it, but its own opening balance.
    is_found: bool,
}

impl Owner {
    /// An account was named. Where its description is the code of a currency, as in groat's own export, it is in that.
    pub fn name(&mut self, name: &str, description: Option<&str>) {
        let name = Some(name.to_owned()).filter(|name| name.len() <= MAX_NAME);
        let is_code = |text: &&str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        let currency = description.filter(is_code).and_then(currency::usual);
        *self = Owner { name, currency, kind: None, is_found: false };
    }

    /// Several accounts were listed: none of them is meant.
    pub fn forget(&mut self) {
        *self = Owner::default();
    }

    /// A section of transactions begins.
    pub fn open(&mut self, header: &str) {
        let kind = folded(header);
        if self.kind.as_ref().is_some_and(|before| *before != kind) {
            self.forget();
        }
        self.kind = Some(kind);
    }

    /// The account as the file names it.
    pub fn account(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What its amounts are in, where the file says so.
    pub fn currency(&self) -> Option<&'static str> {
        self.currency
    }

    /// The opening balance at a section's beginning names an account, which counts where no `!Account` did.
    pub fn find(&mut self, name: &str) {
        if (self.name.is_none() || self.is_found) && name.len() <= MAX_NAME {
            self.name = Some(name.to_owned());
            self.is_found = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_any_writing() {
        let cases = [
            ("Type:Bank", Some(Section::Transactions)),
            ("type:bank ", Some(Section::Transactions)),
            ("Type:Oth L", Some(Section::Transactions)),
            ("Type:OthA", Some(Section::Transactions)),
            ("Account", Some(Section::Accounts)),
            ("Type:Invst", Some(Section::Trades)),
            ("Type:Memorized", Some(Section::List)),
            ("Type:Invoice", Some(Section::Unknown("Type:Invoice".into()))),
            ("Option:AutoSwitch", None),
            ("Clear:AutoSwitch", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Section::of(header), expected, "{header}");
        }
    }

    #[test]
    fn an_account_is_that_of_one_type_of_section() {
        let mut owner = Owner::default();
        owner.open("Type:Bank");
        assert_eq!(owner.account(), None);
        owner.name("Checking", None);
        for (header, expected) in
            [("Type:Bank", Some("Checking")), ("Type:Bank ", Some("Checking")), ("Type:CCard", None)]
        {
            owner.open(header);
            assert_eq!(owner.account(), expected, "{header}");
        }
    }

    #[test]
    fn a_description_that_is_a_code_is_a_currency() {
        let mut owner = Owner::default();
        for (description, expected) in [
            (Some("USD"), Some("USD")),
            (Some("Usd"), None),
            (Some("ABC"), None),
            (Some("USD account"), None),
            (Some("kr"), None),
            (None, None),
        ] {
            owner.name("Checking", description);
            assert_eq!(owner.currency(), expected, "{description:?}");
        }
        owner.name("Checking", Some("USD"));
        owner.open("Type:Bank");
        owner.open("Type:CCard");
        assert_eq!(owner.currency(), None);
    }
}
