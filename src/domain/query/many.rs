//! Many patterns looked for in one text at once: what hundreds of rules ask of every row of a file.
//!
//! Texts are found in one pass over the folded key, and regular expressions in one over the text as it is written,
//! however many there are.

use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};

use super::pattern::{DEEPEST, LARGEST, Matcher, Pattern, Text};
use crate::domain::name::{fold, search_key};

/// Patterns, each known by its place in the order in which they were given.
#[derive(Debug, Default)]
pub struct Patterns {
    keys: Option<AhoCorasick>,
    /// The places of the keys.
    key_places: Vec<usize>,
    regexes: Option<RegexSet>,
    /// The places of the regular expressions.
    regex_places: Vec<usize>,
    /// Those that no automaton could be made for, with their places.
    rest: Vec<(usize, Pattern)>,
}

impl Patterns {
    /// Makes them ready to be found.
    pub fn new(all: &[Pattern]) -> Patterns {
        let mut patterns = Patterns::default();
        let (mut keys, mut regexes) = (Vec::new(), Vec::new());
        for (place, pattern) in all.iter().enumerate() {
            match pattern.matcher() {
                Matcher::Key(key) => {
                    keys.push(key);
                    patterns.key_places.push(place);
                }
                Matcher::Regex(regex) => {
                    regexes.push(regex.as_str().to_owned());
                    patterns.regex_places.push(place);
                }
            }
        }
        patterns.keys = (!keys.is_empty()).then(|| AhoCorasick::new(&keys).ok()).flatten();
        patterns.regexes = (!regexes.is_empty()).then(|| set(&regexes)).flatten();
        let lacks_keys = patterns.keys.is_none().then_some(&patterns.key_places);
        let lacks_regexes = patterns.regexes.is_none().then_some(&patterns.regex_places);
        let lacking = lacks_keys.into_iter().chain(lacks_regexes).flatten();
        patterns.rest = lacking.map(|place| (*place, all[*place].clone())).collect();
        patterns
    }

    /// The places of those that are found in a text, each once, in order.
    pub fn found_in(&self, written: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let is_folded = self.keys.is_some() || !self.rest.is_empty();
        let folded = if is_folded { fold(written) } else { String::new() };
        if let Some(keys) = &self.keys {
            let key = search_key(&folded);
            found.extend(keys.find_overlapping_iter(key.as_ref()).map(|hit| self.key_places[hit.pattern()]));
        }
        if let Some(regexes) = &self.regexes {
            found.extend(regexes.matches(written).iter().map(|at| self.regex_places[at]));
        }
        if !self.rest.is_empty() {
            let text = Text::new(written, &folded);
            let fitting = self.rest.iter().filter(|(_, pattern)| pattern.matcher().fits(&text));
            found.extend(fitting.map(|(place, _)| *place));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// All of them in one; none where that is too large.
fn set(written: &[String]) -> Option<RegexSet> {
    RegexSetBuilder::new(written)
        .case_insensitive(true)
        .size_limit(8 * LARGEST)
        .dfa_size_limit(16 * LARGEST)
        .nest_limit(DEEPEST)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::DecimalMark;
    use crate::domain::query::{Kind, Query, Reading};

    fn pattern(text: &str) -> Pattern {
        let reading = Reading { today: NaiveDate::default(), mark: DecimalMark::Point };
        let query = Query::parse(text, &reading).unwrap();
        match &query.terms()[0].kind {
            Kind::Word(pattern) => pattern.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_pattern_is_found_where_it_is_found_alone() {
        let all = ["tesco", "\"corner bakery\"", "/^tes?co/", "bakery", "straße", "/(?-i)TESCO/", "tesco"]
            .map(pattern);
        let patterns = Patterns::new(&all);
        for (text, found) in [
            ("TESCO STORES 2041", &[0, 2, 5, 6][..]),
            ("the Corner  Bakery", &[1, 3]),
            ("Hauptstrasse 1", &[4]),
            ("teco", &[2]),
            ("", &[]),
        ] {
            assert_eq!(patterns.found_in(text), found, "{text}");
        }
        assert!(Patterns::new(&[]).found_in("tesco").is_empty());
    }

    proptest! {
        #[test]
        fn together_they_find_what_they_find_alone(
            words in prop::collection::vec("[abß ]{0,3}[aB]|/[ab.]{1,3}/", 0..20),
            text in "[abßSs AB]{0,12}",
        ) {
            let all: Vec<Pattern> = words.iter().map(|word| {
                pattern(&if word.starts_with('/') { word.clone() } else { format!("\"{word}\"") })
            }).collect();
            let alone: Vec<usize> = all.iter().enumerate().filter(|(_, pattern)| {
                pattern.matcher().fits(&Text::new(&text, &fold(&text)))
            }).map(|(place, _)| place).collect();
            prop_assert_eq!(Patterns::new(&all).found_in(&text), alone);
        }
    }
}
