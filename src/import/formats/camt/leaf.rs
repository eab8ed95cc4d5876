//! One element with a text in it, as the readers of entries, details, balances and accounts are handed it; and how such
//! texts are tidied.

use std::io::Read;

use super::xml::Xml;

/// An element that closes.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// The local names from below the element that is read down to this one, such as `RmtInf/Ustrd`.
    pub path: &'a str,
    /// Its text without blanks around it; never blank, unless `is_cut`.
    pub text: &'a str,
    /// Its `Ccy`, if it has one.
    pub currency: Option<&'a str>,
    /// Whether the text was too long to be kept.
    pub is_cut: bool,
}

impl<'a> Leaf<'a> {
    /// The element that closes, seen from the one at this depth; none where it has no text.
    pub fn of<R: Read>(xml: &'a Xml<R>, depth: usize) -> Option<Leaf<'a>> {
        let (text, is_cut) = (xml.text().trim(), xml.is_cut());
        if text.is_empty() && !is_cut {
            return None;
        }
        let currency = xml.attributes().find(|(name, _)| *name == "Ccy").map(|(_, value)| value.trim());
        Some(Leaf { path: xml.path().below(depth), text, currency, is_cut })
    }
}

/// Runs of blanks and line ends become one blank.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    add(&mut tidied, text);
    tidied
}

/// Adds a text behind a blank, tidied.
pub fn add(joined: &mut String, text: &str) {
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
}

/// As much of a text as a message shows.
pub fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_SHOWN)]
}

/// No bank writes a longer number or name; messages stay short.
const MAX_SHOWN: usize = 60;
