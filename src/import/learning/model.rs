//! The probabilities: counted once, asked for every row that is still open.
#![allow(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "probabilities are no money: no amount is made of a float, and none becomes one"
)]

use std::collections::HashMap;

use crate::domain::ids::{AccountId, CategoryId};
use crate::domain::money::Minor;

/// Below this nothing is guessed.
const CERTAIN: f64 = 0.9;
/// So many words of a row must speak for the category.
const LEAST_WORDS: usize = 2;
/// So many transactions a category must have.
const LEAST_SAMPLES: u32 = 3;
/// A word speaks for a category when it was seen in so many of its transactions.
const LEAST_SEEN: u32 = 2;
/// And so many times as often as in others.
const SPEAKS: f64 = 2.0;
/// So many words are told.
const TOLD: usize = 3;

/// A transaction that has a category.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it was for.
    pub category: CategoryId,
    /// Where it stands.
    pub account: AccountId,
    /// Money out is negative.
    pub amount: Minor,
    /// What is said of it.
    pub words: Vec<String>,
}

/// A category that is likely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The category.
    pub category: CategoryId,
    /// How likely, in whole percent, rounded down.
    pub percent: u32,
    /// The words that speak most for it, the strongest first.
    pub words: Vec<String>,
}

/// What was learned.
#[derive(Debug)]
pub struct Model {
    categories: Vec<CategoryId>,
    counts: Vec<Counts>,
    words: HashMap<String, Vec<u32>>,
    /// Words of all samples together.
    total: u32,
    accounts: usize,
    sizes: usize,
}

/// What was counted of one category.
#[derive(Debug, Default, Clone)]
struct Counts {
    samples: u32,
    words: u32,
    accounts: HashMap<AccountId, u32>,
    sizes: HashMap<(bool, u32), u32>,
    out: u32,
}

/// The way of the money and its size by powers of two: 20 and 25 are alike, 20 and 2000 are not.
fn size_of(amount: Minor) -> (bool, u32) {
    (amount.is_negative(), amount.0.unsigned_abs().max(1).ilog2())
}

impl Model {
    /// Counts the samples; none without any.
    pub fn new(samples: impl Iterator<Item = Sample>) -> Option<Model> {
        let mut categories: Vec<CategoryId> = Vec::new();
        let mut counts: Vec<Counts> = Vec::new();
        let mut words: HashMap<String, Vec<u32>> = HashMap::new();
        let (mut accounts, mut sizes) = (HashMap::new(), HashMap::new());
        for sample in samples {
            let at = categories.iter().position(|id| *id == sample.category).unwrap_or_else(|| {
                categories.push(sample.category);
                counts.push(Counts::default());
                categories.len() - 1
            });
            let size = size_of(sample.amount);
            let own = &mut counts[at];
            own.samples += 1;
            own.out += u32::from(sample.amount.is_negative());
            *own.accounts.entry(sample.account).or_default() += 1;
            *own.sizes.entry(size).or_default() += 1;
            accounts.insert(sample.account, ());
            sizes.insert(size, ());
            let mut said = sample.words;
            said.sort_unstable();
            said.dedup();
            for word in said {
                let seen = words.entry(word).or_default();
                seen.resize(seen.len().max(at + 1), 0);
                seen[at] += 1;
                own.words += 1;
            }
        }
        let total = counts.iter().map(|own| own.words).sum();
        words.values_mut().for_each(|seen| seen.resize(categories.len(), 0));
        let (accounts, sizes) = (accounts.len(), sizes.len());
        (!categories.is_empty()).then_some(Model { categories, counts, words, total, accounts, sizes })
    }

    /// What a row is most likely for, where that is nearly certain.
    pub fn suggest(&self, account: AccountId, amount: Minor, words: &[String]) -> Option<Suggestion> {
        let known: Vec<(&String, &Vec<u32>)> =
            words.iter().filter_map(|word| Some((word, self.words.get(word)?))).collect();
        if known.len() < LEAST_WORDS {
            return None;
        }
        let scores: Vec<f64> =
            (0..self.categories.len()).map(|at| self.score(at, account, amount, &known)).collect();
        let (best, highest) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let sum: f64 = scores.iter().map(|score| (score - highest).exp()).sum();
        let probability = 1.0 / sum;
        let mut speaking: Vec<(f64, &String)> = known
            .iter()
            .filter(|(_, seen)| seen[best] >= LEAST_SEEN)
            .map(|(word, seen)| (self.odds(best, seen), *word))
            .filter(|(odds, _)| *odds >= SPEAKS)
            .collect();
        let is_sure = probability >= CERTAIN
            && speaking.len() >= LEAST_WORDS
            && self.counts[best].samples >= LEAST_SAMPLES;
        if !is_sure {
            return None;
        }
        speaking.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        Some(Suggestion {
            category: self.categories[best],
            percent: percent(probability),
            words: speaking.into_iter().take(TOLD).map(|(_, word)| word.clone()).collect(),
        })
    }

    /// The logarithm of how likely category and row come together, each count with one more (Laplace).
    fn score(&self, at: usize, account: AccountId, amount: Minor, known: &[(&String, &Vec<u32>)]) -> f64 {
        let own = &self.counts[at];
        let out = if amount.is_negative() { own.out } else { own.samples - own.out };
        let account = own.accounts.get(&account).copied().unwrap_or(0);
        let size = own.sizes.get(&size_of(amount)).copied().unwrap_or(0);
        let of_words: f64 =
            known.iter().map(|(_, seen)| share(seen[at], own.words, self.words.len()).ln()).sum();
        share(own.samples, 0, self.categories.len()).ln()
            + share(out, own.samples, 2).ln()
            + share(account, own.samples, self.accounts).ln()
            + share(size, own.samples, self.sizes).ln()
            + of_words
    }

    /// How many times as often a word is said in a category as in all others.
    fn odds(&self, at: usize, seen: &[u32]) -> f64 {
        let elsewhere: u32 = seen.iter().sum::<u32>() - seen[at];
        let words = self.counts[at].words;
        share(seen[at], words, self.words.len()) / share(elsewhere, self.total - words, self.words.len())
    }
}

/// `count` of `all`, each of `sorts` counted once more.
fn share(count: u32, all: u32, sorts: usize) -> f64 {
    let sorts = u32::try_from(sorts).unwrap_or(u32::MAX);
    (f64::from(count) + 1.0) / (f64::from(all) + f64::from(sorts))
}

/// In whole percent, rounded down: what is suggested is never certain.
fn percent(probability: f64) -> u32 {
    (1..=99).rev().find(|percent| f64::from(*percent) <= probability * 100.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::learning::words;

    fn sample(category: i64, amount: i64, text: &str) -> Sample {
        Sample {
            category: CategoryId(category),
            account: AccountId(1),
            amount: Minor(amount),
            words: words([text].into_iter()),
        }
    }

    fn model(groceries: usize) -> Model {
        let shops = ["TESCO STORES 2041", "TESCO STORES 7", "Tesco Stores 99", "TESCO STORES EXPRESS 3"];
        let shops = shops.iter().cycle().take(groceries).map(|text| sample(1, -4_500, text));
        let others =
            ["CAFE CENTRAL card payment", "BAR ROMA card payment", "CAFE NERO card payment", "DINER"];
        let others = others.iter().map(|text| sample(2, -900, text));
        let fuel = ["SHELL STATION card payment", "ESSO STATION", "SHELL 12"]
            .iter()
            .map(|text| sample(3, -6_000, text));
        Model::new(shops.chain(others).chain(fuel)).unwrap()
    }

    fn suggest(model: &Model, text: &str) -> Option<Suggestion> {
        model.suggest(AccountId(1), Minor(-4_200), &words([text].into_iter()))
    }

    #[test]
    fn what_is_nearly_certain_is_suggested_with_its_words() {
        let found = suggest(&model(8), "TESCO STORES 5512 LONDON").unwrap();
        assert_eq!(found.category, CategoryId(1));
        assert!(found.percent >= 90, "{found:?}");
        assert_eq!(found.words, ["stores", "tesco"]);
    }

    #[test]
    fn below_the_threshold_nothing_is_guessed() {
        for (groceries, text) in [
            (8, "TESCO 5512"),
            (8, "card payment"),
            (8, "UNKNOWN PLACE"),
            (8, ""),
            (2, "TESCO STORES 1"),
            (8, "CAFE ROMA"),
        ] {
            assert_eq!(suggest(&model(groceries), text), None, "{text}");
        }
        assert!(Model::new(std::iter::empty()).is_none());
    }
}
