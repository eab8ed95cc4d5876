//! Shares of what is left, by weight.

use crate::domain::money::half_even;

/// Who takes a share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taker {
    /// 1 or more.
    pub weight: i128,
    /// The most it can take; none without a limit.
    pub room: Option<i128>,
}

/// What each is given of a pool, in their order. Shares are rounded half to even, the last one gets the rest. Those
/// that can take less than their share get that and drop out, and the others share what is then left; each round
/// ends it or has fewer takers. All of the pool is given unless all are full.
pub(super) fn share_out(pool: i128, takers: &[Taker]) -> Vec<i128> {
    let mut given = vec![0; takers.len()];
    let mut left = pool.max(0);
    let mut open: Vec<usize> = (0..takers.len()).collect();
    while !open.is_empty() {
        let shares = shares(left, &open, takers);
        let is_full = |at: usize, share: i128| takers[at].room.is_some_and(|room| room < share);
        let full: Vec<usize> = open
            .iter()
            .zip(&shares)
            .filter(|(at, share)| is_full(**at, **share))
            .map(|(at, _)| *at)
            .collect();
        if full.is_empty() {
            open.iter().zip(&shares).for_each(|(at, share)| given[*at] = *share);
            break;
        }
        for at in full {
            given[at] = takers[at].room.unwrap_or(0);
            left -= given[at];
            open.retain(|other| *other != at);
        }
    }
    given
}

fn shares(left: i128, open: &[usize], takers: &[Taker]) -> Vec<i128> {
    let weights: i128 = open.iter().map(|at| takers[*at].weight).sum();
    let mut rest = left;
    let mut shares = Vec::with_capacity(open.len());
    for (place, at) in open.iter().enumerate() {
        let share = if place + 1 == open.len() {
            rest
        } else {
            // Many shares rounded up can be more than there is: 3 among five.
            half_even(left * takers[*at].weight, weights).min(rest)
        };
        rest -= share;
        shares.push(share);
    }
    shares
}
