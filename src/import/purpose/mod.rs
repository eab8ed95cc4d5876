//! What each row of a file was for: the first rule that takes it, else the payee's last category, else what was learned.
//! `apply` asks for every row that becomes a transaction or is joined to one; what was typed is never overruled.

mod told;

use std::collections::HashMap;
use std::rc::Rc;

use super::formats::FileLine;
use super::learning::{self, Model, Suggestion};
use crate::db::names::{self, Names};
use crate::db::transactions::Gap;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::category::Category;
use crate::domain::ids::{CategoryId, RuleId, TagId};
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::rule::{Rule, split};
use crate::error::Result;
use crate::ledger::resolve;
use crate::ledger::rules::{BankRow, Ruleset};

pub use told::{By, Told};

/// What is known of purposes during an import.
pub struct Purposes {
    names: Names,
    rules: Ruleset,
    /// The tags of the rules that were needed so far.
    tags: HashMap<RuleId, Vec<TagId>>,
    learned: Learned,
}

/// What is known of rows that nothing else decides.
enum Learned {
    /// Nothing is wanted.
    Off,
    /// Nothing was asked for yet.
    NotYet,
    /// This, if there was anything to learn.
    Model(Option<Model>),
}

/// A row that becomes a transaction.
#[derive(Clone, Copy)]
pub struct NewRow<'a> {
    /// Where it goes.
    pub account: &'a Account,
    /// The row.
    pub line: &'a FileLine,
    /// Its amount in minor units of the account.
    pub amount: Minor,
}

/// What a row was for.
#[derive(Debug, Clone, Default)]
pub struct Purpose {
    /// The rule that took the row.
    pub rule: Option<RuleId>,
    /// The tags that it sets.
    pub tags: Vec<TagId>,
    /// Categories with their parts of the amount; empty where a transaction that was there keeps its own.
    pub parts: Vec<(Option<CategoryId>, Minor)>,
    /// Who decided on the categories.
    pub by: Option<By>,
    /// For people, behind the reason of the row: `Groceries by rule 2`.
    pub why: Option<String>,
}

impl Purpose {
    /// The only category.
    pub fn category(&self) -> Option<CategoryId> {
        match self.parts.as_slice() {
            [(category, _)] => *category,
            _ => None,
        }
    }
}

impl Purposes {
    /// Reads the rules; with `suggests`, what is nearly certain is suggested.
    ///
    /// # Errors
    /// What the database says.
    pub fn load(w: &mut Writer<'_>, suggests: bool) -> Result<Purposes> {
        let names = names::load(w.conn(), None)?;
        let rules = Ruleset::load(w.conn(), &names)?;
        let learned = if suggests { Learned::NotYet } else { Learned::Off };
        Ok(Purposes { names, rules, tags: HashMap::new(), learned })
    }

    /// Takes in categories that were made since.
    pub fn know(&mut self, made: Vec<Category>) {
        self.names.categories.extend(made);
    }

    /// Rules that take no row at present, for people.
    pub fn notes(&self) -> Vec<String> {
        let note = |(rule, error): &(Rule, anyhow::Error)| format!("rule {} takes no row: {error}", rule.id);
        self.rules.troubles.iter().map(note).collect()
    }

    /// The first rule that takes a row.
    pub fn rule(&mut self, account: &Account, line: &FileLine, amount: Minor) -> Option<Rc<Rule>> {
        self.rules.first(&BankRow {
            payee: line.payee.as_deref(),
            memo: line.memo.as_deref(),
            account: Some(account.id),
            amount: Some(amount),
            date: Some(line.date),
            is_pending: line.is_pending,
        })
    }

    /// The purpose of a row that becomes a transaction; `last` is the last category of whom it names.
    ///
    /// # Errors
    /// What the database says.
    pub fn of_new(
        &mut self,
        w: &mut Writer<'_>,
        row: NewRow<'_>,
        rule: Option<&Rule>,
        last: Option<CategoryId>,
    ) -> Result<Purpose> {
        let ruled =
            Purpose { rule: rule.map(|rule| rule.id), tags: self.tags(w, rule)?, ..Purpose::default() };
        let amount = row.amount;
        if let Some(rule) = rule.filter(|rule| !rule.parts.is_empty()) {
            let shared = match rule.is_split() && row.line.is_pending {
                // The bank may book another amount, which a row without parts takes over.
                true => Err(Invalid::new("not booked by the bank yet")),
                false => shares(rule, amount, row.account.exponent),
            };
            let (parts, why) = match shared {
                Ok(parts) => (parts, self.by_rule(rule)),
                Err(why) => {
                    (vec![(None, amount)], format!("the split of rule {} left out: {}", rule.id, why.message))
                }
            };
            return Ok(Purpose { parts, by: Some(By::Rule), why: Some(why), ..ruled });
        }
        let (category, by, why) = match last {
            Some(last) => (Some(last), Some(By::Last), Some(self.as_last_time(last))),
            None => match self.suggestion(w, row)? {
                Some(found) => (Some(found.category), Some(By::Suggestion), Some(self.suggested(&found))),
                None => (None, None, None),
            },
        };
        Ok(Purpose { parts: vec![(category, amount)], by, why, ..ruled })
    }

    /// What a row that is still open is nearly certain to be for. Learns when it is first asked.
    fn suggestion(&mut self, w: &mut Writer<'_>, row: NewRow<'_>) -> Result<Option<Suggestion>> {
        if matches!(self.learned, Learned::NotYet) {
            let operation = w.operation()?;
            self.learned = Learned::Model(learning::learn(w.conn(), operation)?);
        }
        let Learned::Model(Some(model)) = &self.learned else { return Ok(None) };
        let texts = [&row.line.payee, &row.line.memo].into_iter().filter_map(Option::as_deref);
        Ok(model.suggest(row.account.id, row.amount, &learning::words(texts)))
    }

    /// `suggested Groceries, 93 %: tesco, stores`.
    fn suggested(&self, found: &Suggestion) -> String {
        let name = self.named(found.category);
        format!("suggested {name}, {} %: {}", found.percent, found.words.join(", "))
    }

    /// The purpose of a row that is joined to a transaction which lacks what `gap` says; `last` as in `of_new`. Such a
    /// transaction is never parted.
    ///
    /// # Errors
    /// What the database says.
    pub fn of_joined(
        &mut self,
        w: &mut Writer<'_>,
        amount: Minor,
        rule: Option<&Rule>,
        last: Option<CategoryId>,
        gap: Gap,
    ) -> Result<Purpose> {
        let ruled =
            Purpose { rule: rule.map(|rule| rule.id), tags: self.tags(w, rule)?, ..Purpose::default() };
        let (given, is_silent) =
            (rule.and_then(Rule::category), rule.is_none_or(|rule| rule.parts.is_empty()));
        let last = last.filter(|_| is_silent && gap.is_nameless);
        let (by, why) = match (given.filter(|_| gap.is_uncategorised), last.filter(|_| gap.is_uncategorised))
        {
            (Some(_), _) => (By::Rule, rule.map(|rule| self.by_rule(rule))),
            (None, Some(last)) => (By::Last, Some(self.as_last_time(last))),
            (None, None) => return Ok(ruled),
        };
        Ok(Purpose { parts: vec![(given.or(last), amount)], by: Some(by), why, ..ruled })
    }

    /// What a file itself says that a row was for: its parts, or the account that all of it went to or came from.
    pub fn of_file(&self, parts: Vec<(Option<CategoryId>, Minor)>, other: Option<&Account>) -> Purpose {
        let why = match (parts.as_slice(), other) {
            (_, Some(other)) => Some(format!("transfer with {} by the file", other.name)),
            ([(Some(category), _)], None) => Some(format!("{} by the file", self.named(*category))),
            ([_, _, ..], None) => Some("split by the file".to_owned()),
            _ => None,
        };
        Purpose { parts, by: why.is_some().then_some(By::File), why, ..Purpose::default() }
    }

    fn tags(&mut self, w: &mut Writer<'_>, rule: Option<&Rule>) -> Result<Vec<TagId>> {
        let Some(rule) = rule.filter(|rule| !rule.tags.is_empty()) else { return Ok(Vec::new()) };
        if let Some(known) = self.tags.get(&rule.id) {
            return Ok(known.clone());
        }
        let made: Vec<TagId> = resolve::make_tags(w, &rule.tags)?.into_iter().map(|(id, _)| id).collect();
        self.tags.insert(rule.id, made.clone());
        Ok(made)
    }

    fn category(&self, id: CategoryId) -> Option<&Category> {
        self.names.categories.iter().find(|category| category.id == id)
    }

    fn named(&self, id: CategoryId) -> &str {
        self.category(id).map_or("a category", |category| category.name.as_str())
    }

    fn by_rule(&self, rule: &Rule) -> String {
        match rule.category() {
            _ if rule.is_split() => format!("split by rule {}", rule.id),
            Some(category) => format!("{} by rule {}", self.named(category), rule.id),
            None => format!("no category by rule {}", rule.id),
        }
    }

    fn as_last_time(&self, last: CategoryId) -> String {
        format!("{} as last time", self.named(last))
    }

    /// What is shown of a purpose.
    pub fn told(&self, purpose: &Purpose) -> Told {
        let only = purpose.category().and_then(|id| self.category(id));
        let all = purpose.parts.iter().filter_map(|(id, _)| *id).map(|id| self.named(id).to_owned());
        Told {
            category: only.map(|category| category.name.clone()),
            category_slug: only.map(|category| category.slug.clone()),
            categories: all.collect(),
            by: purpose.by,
            rule: purpose.rule,
            why: purpose.why.clone(),
        }
    }
}

/// What the parts of a rule come to, but for those that come to nothing.
///
/// # Errors
/// An amount that they do not share out.
pub(super) fn shares(
    rule: &Rule,
    amount: Minor,
    exponent: u32,
) -> std::result::Result<Vec<(Option<CategoryId>, Minor)>, Invalid> {
    if let [only] = rule.parts.as_slice()
        && only.share.is_none()
    {
        return Ok(vec![(only.category, amount)]);
    }
    let amounts = split(&rule.parts, amount, exponent)?;
    let parts = rule.parts.iter().map(|part| part.category).zip(amounts);
    Ok(parts.filter(|(_, amount)| !amount.is_zero()).collect())
}
