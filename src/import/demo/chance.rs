//! Dice for the example household: whole numbers from a seeded generator, the same on every machine and in every
//! release. No floats: an amount is drawn from a table of deciles, a shop from running sums of weights.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// Which of the generator's sequences is used; any number will do, but it may never change.
const STREAM: u128 = 0x67_72_6f_61_74;

/// How far amounts lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Within a fifth of the usual, mostly.
    Narrow,
    /// Half to double.
    Usual,
    /// From an eighth to eight times.
    Wide,
}

impl Spread {
    /// The deciles of a log-normal distribution, in thousandths of its median; at the ends the hundredths.
    const fn deciles(self) -> [i64; 11] {
        match self {
            Spread::Narrow => [630, 770, 850, 900, 950, 1_000, 1_050, 1_110, 1_180, 1_290, 1_590],
            Spread::Usual => [250, 460, 600, 730, 860, 1_000, 1_160, 1_370, 1_660, 2_160, 4_000],
            Spread::Wide => [120, 320, 470, 620, 800, 1_000, 1_260, 1_600, 2_130, 3_170, 8_100],
        }
    }

    /// What `Chance::around` gives on average for a median of 1000.
    pub fn mean(self) -> i64 {
        let deciles = self.deciles();
        deciles.windows(2).map(|pair| pair[0] + pair[1]).sum::<i64>() / 20
    }
}

/// A seeded source of chance.
#[derive(Debug, Clone)]
pub struct Chance(Pcg64);

impl Chance {
    /// The same seed gives the same sequence.
    pub fn new(seed: u64) -> Self {
        Chance(Pcg64::new(u128::from(seed), STREAM))
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        // The high half of the product is below `end`.
        (wide >> 64) as u64
    }

    /// True once in `n` times, on average.
    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of these, each as likely as the others.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }

    /// An index, in proportion to the weights whose running sums these are.
    pub fn weighted(&mut self, running: &[u64]) -> usize {
        let at = self.below(running.last().copied().unwrap_or(0));
        running.partition_point(|sum| *sum <= at)
    }

    /// An amount around a median.
    pub fn around(&mut self, median: i64, spread: Spread) -> i64 {
        let deciles = spread.deciles();
        let at = self.below(10 * 1_024);
        let (decile, part) = ((at / 1_024) as usize, (at % 1_024) as i64);
        let factor = deciles[decile] + (deciles[decile + 1] - deciles[decile]) * part / 1_024;
        median * factor / 1_000
    }
}

/// The running sums of weights.
pub fn running(weights: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut sum = 0;
    weights
        .into_iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut chance = Chance::new(1);
        let drawn: Vec<u64> = (0..6).map(|_| chance.below(1_000)).collect();
        assert_eq!(drawn, [171, 113, 367, 410, 365, 528], "books of a seed must not change with a release");
    }

    #[test]
    fn amounts_lie_around_their_median_and_mean() {
        for spread in [Spread::Narrow, Spread::Usual, Spread::Wide] {
            let mut chance = Chance::new(7);
            let mut drawn: Vec<i64> = (0..20_000).map(|_| chance.around(100_000, spread)).collect();
            drawn.sort_unstable();
            let median = drawn[10_000];
            assert!((97_000..103_000).contains(&median), "{spread:?}: {median}");
            let (mean, said) = (drawn.iter().sum::<i64>() / 20_000, spread.mean() * 100);
            assert!((said - mean).abs() < said / 30, "{spread:?}: {mean}, not {said}");
        }
    }

    #[test]
    fn weights_are_kept() {
        let sums = running([1, 0, 3]);
        let mut chance = Chance::new(3);
        let mut counts = [0; 3];
        (0..4_000).for_each(|_| counts[chance.weighted(&sums)] += 1);
        assert!(counts[1] == 0 && (900..1_100).contains(&counts[0]), "{counts:?}");
    }
}
