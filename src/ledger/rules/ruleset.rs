//! All rules, ready to be asked of the rows of a file: the first that fits. Hundreds of rules cost little more than few:
//! each different text is looked at once, for all patterns, and a row asks only the rules whose words it has.

use std::collections::HashMap;
use std::rc::Rc;

use super::condition::{Asked, BankRow, Condition};
use super::reading::{condition, kept};
use crate::db::connection::DbConn;
use crate::db::names::Names;
use crate::db::rules;
use crate::domain::query::{Pattern, Patterns};
use crate::domain::rule::Rule;
use crate::error::Result;

/// So many different texts are remembered, with what was found in them: most files name fewer payees.
const REMEMBERED: usize = 20_000;

/// The rules of a book in their order.
#[derive(Debug, Default)]
pub struct Ruleset {
    rules: Vec<(Rc<Rule>, Condition)>,
    /// Rules that fit rows of any text, by place, in order.
    always: Vec<usize>,
    /// Those that only fit where a pattern is found, by the pattern.
    by_pattern: Vec<Vec<usize>>,
    patterns: Patterns,
    /// Whether any pattern is looked for in memos.
    asks_memos: bool,
    found: HashMap<Box<str>, Rc<Found>>,
    nothing: Rc<Found>,
    /// Rules that cannot be used now, with why.
    pub troubles: Vec<(Rule, anyhow::Error)>,
}

/// What was found in a text.
#[derive(Debug, Default)]
struct Found {
    /// Patterns, in order.
    patterns: Vec<usize>,
    /// The rules that these call for, in order.
    rules: Vec<usize>,
}

impl Ruleset {
    /// The rules of the book.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(conn: &mut DbConn, names: &Names) -> Result<Ruleset> {
        Ok(Ruleset::new(rules::list(conn)?, names))
    }

    /// These rules, in this order. One whose account or currency went away takes no row.
    pub fn new(all: Vec<Rule>, names: &Names) -> Ruleset {
        let mut set = Ruleset::default();
        let mut known: Vec<Pattern> = Vec::new();
        for rule in all {
            let mut place_of = |pattern: &Pattern| {
                known.iter().position(|other| other == pattern).unwrap_or_else(|| {
                    known.push(pattern.clone());
                    known.len() - 1
                })
            };
            let compiled = kept(&rule.query)
                .and_then(|query| query.root().map(|root| condition(root, names, &mut place_of)).transpose());
            match compiled {
                Ok(Some(condition)) => set.rules.push((Rc::new(rule), condition)),
                Ok(None) => {}
                Err(error) => set.troubles.push((rule, error)),
            }
        }
        set.by_pattern.resize_with(known.len(), Vec::new);
        for (place, (_, condition)) in set.rules.iter().enumerate() {
            set.asks_memos |= condition.asks_memos();
            match condition.triggers() {
                None => set.always.push(place),
                Some(patterns) => {
                    patterns.into_iter().for_each(|pattern| set.by_pattern[pattern].push(place))
                }
            }
        }
        set.patterns = Patterns::new(&known);
        set
    }

    /// Whether there is no rule that could take a row.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The first rule that takes a row.
    pub fn first(&mut self, row: &BankRow<'_>) -> Option<Rc<Rule>> {
        if self.is_empty() {
            return None;
        }
        let in_name = self.look(row.name());
        let memo = row.memo.filter(|_| self.asks_memos);
        let in_memo = if memo == row.name() { Rc::clone(&in_name) } else { self.look(memo) };
        let asked = Asked { row, in_name: &in_name.patterns, in_memo: &in_memo.patterns };
        let holds = |place: &usize| self.rules[*place].1.holds(&asked);
        let first = [&self.always, &in_name.rules, &in_memo.rules].into_iter();
        let place = first.filter_map(|places| places.iter().copied().find(holds)).min()?;
        Some(Rc::clone(&self.rules[place].0))
    }

    fn look(&mut self, text: Option<&str>) -> Rc<Found> {
        let Some(text) = text else { return Rc::clone(&self.nothing) };
        if let Some(found) = self.found.get(text) {
            return Rc::clone(found);
        }
        let patterns = self.patterns.found_in(text);
        let mut rules: Vec<usize> =
            patterns.iter().flat_map(|pattern| self.by_pattern[*pattern].iter().copied()).collect();
        rules.sort_unstable();
        rules.dedup();
        let found = Rc::new(Found { patterns, rules });
        if self.found.len() >= REMEMBERED {
            self.found.clear();
        }
        self.found.insert(text.into(), Rc::clone(&found));
        found
    }
}
