//! Which account paid for what, where a transaction has several of both.
//!
//! Deterministic and in written order: what money was for is taken from the accounts that moved the same way,
//! first come, first served; what then remains in the accounts is moved between them. Where that would leave
//! something of both signs (a salary of which taxes went before it came in) the first account takes it. So
//! the parts of an account sum to what it moved, and those of a category to what the journal has.
//!
//! Where something moved between two accounts that have further parts each, one of them takes all that money was
//! for, and the others only move money to and from it: each of their rows is then a transfer and nothing else.

use std::collections::{HashMap, VecDeque};

use rust_decimal::Decimal;

use super::exact;

/// The other side of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum To {
    /// What the money was for, by its place.
    Need(usize),
    /// Another account, by its place.
    Account(usize),
}

/// A part of what an account moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The account, by its place.
    pub account: usize,
    /// The other side.
    pub to: To,
    /// Signed as what the account moved.
    pub amount: Decimal,
}

/// Shares out what accounts moved over what that was for. `own` are the postings of the accounts, which they are by their
/// places: what one of them moved and something was for, exactly, is that. `needs` are signed as the accounts are, and
/// both sum to the same, but for what rounding leaves.
///
/// # Errors
/// Where an amount has too many digits.
pub fn share(
    accounts: &[Decimal],
    own: &[(usize, Decimal)],
    needs: &[Decimal],
) -> Result<Vec<Share>, String> {
    let (mut rest, mut open) = (accounts.to_vec(), needs.to_vec());
    let mut shares = exact(&mut rest, own, &mut open)?;
    shares.extend(first_come(&rest, &open)?);
    Ok(match tangled(&shares) {
        Some(payer) => around(payer, accounts, needs),
        None => shares,
    })
}

/// What is just what a posting moved; it is taken off the accounts and the needs.
fn exact(
    accounts: &mut [Decimal],
    own: &[(usize, Decimal)],
    needs: &mut [Decimal],
) -> Result<Vec<Share>, String> {
    let mut shares = Vec::new();
    if accounts.len() < 2 {
        return Ok(shares);
    }
    let mut free: HashMap<Decimal, VecDeque<usize>> = HashMap::new();
    own.iter().for_each(|(account, amount)| free.entry(*amount).or_default().push_back(*account));
    for (place, need) in needs.iter_mut().enumerate().filter(|(_, need)| !need.is_zero()) {
        if let Some(account) = free.get_mut(need).and_then(VecDeque::pop_front) {
            accounts[account] = exact::add(accounts[account], -*need)?;
            shares.push(Share { account, to: To::Need(place), amount: *need });
            *need = Decimal::ZERO;
        }
    }
    Ok(shares)
}

/// The first of two accounts with something moved between them that have further parts each; one that something was for
/// goes before one that has none of it.
fn tangled(shares: &[Share]) -> Option<usize> {
    let mut parts: HashMap<usize, (usize, bool)> = HashMap::new();
    for share in shares {
        let (count, has_need) = parts.entry(share.account).or_default();
        *count += 1;
        *has_need |= matches!(share.to, To::Need(_));
    }
    let has_several = |account: usize| parts.get(&account).is_some_and(|(count, _)| *count > 1);
    let ties = shares.iter().filter_map(|share| match share.to {
        To::Account(other) => Some((share.account, other)),
        To::Need(_) => None,
    });
    let tangled = ties.filter(|(account, other)| has_several(*account) && has_several(*other));
    tangled.map(|(account, _)| account).min_by_key(|account| (!parts[account].1, *account))
}

/// All that money was for in one account, and what the others moved between them and that one.
fn around(payer: usize, accounts: &[Decimal], needs: &[Decimal]) -> Vec<Share> {
    let share = |account, to, amount: Decimal| Share { account, to, amount };
    let moved = accounts.iter().enumerate().filter(|(at, amount)| *at != payer && !amount.is_zero());
    let wanted = needs.iter().enumerate().filter(|(_, need)| !need.is_zero());
    let own = wanted.map(|(at, need)| share(payer, To::Need(at), *need));
    let ties = moved.flat_map(|(at, amount)| {
        [share(payer, To::Account(at), -*amount), share(at, To::Account(payer), *amount)]
    });
    own.chain(ties).collect()
}

fn first_come(accounts: &[Decimal], needs: &[Decimal]) -> Result<Vec<Share>, String> {
    let mut table = Table::new(accounts);
    let mut moved = accounts.iter().enumerate().filter(|(_, amount)| !amount.is_zero()).map(|(at, _)| at);
    let first = moved.next().unwrap_or(0);
    let is_alone = moved.next().is_none();
    let mut left = Vec::new();
    for (place, need) in needs.iter().enumerate() {
        let rest = if is_alone { *need } else { table.serve(place, *need)? };
        if !rest.is_zero() {
            left.push((place, rest));
        }
    }
    let has_both_signs = left.iter().any(|(_, rest)| rest.is_sign_negative())
        && left.iter().any(|(_, rest)| rest.is_sign_positive());
    if is_alone || has_both_signs {
        for (place, rest) in left {
            table.push(first, To::Need(place), rest)?;
        }
    }
    if !is_alone {
        table.transfer()?;
    }
    Ok(table.shares)
}

struct Table {
    rest: Vec<Decimal>,
    /// Accounts with something left, in order: those with money in, and those with money out.
    ins: VecDeque<usize>,
    outs: VecDeque<usize>,
    shares: Vec<Share>,
    places: HashMap<(usize, To), usize>,
}

impl Table {
    fn new(accounts: &[Decimal]) -> Table {
        let with = |is_out: bool| {
            let all = accounts.iter().enumerate().filter(move |(_, rest)| !rest.is_zero());
            all.filter(move |(_, rest)| rest.is_sign_negative() == is_out).map(|(at, _)| at).collect()
        };
        Table {
            rest: accounts.to_vec(),
            ins: with(false),
            outs: with(true),
            shares: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn push(&mut self, account: usize, to: To, amount: Decimal) -> Result<(), String> {
        match self.places.get(&(account, to)) {
            Some(place) => self.shares[*place].amount = exact::add(self.shares[*place].amount, amount)?,
            None => {
                self.places.insert((account, to), self.shares.len());
                self.shares.push(Share { account, to, amount });
            }
        }
        Ok(())
    }

    /// Takes what a need asks for from accounts that moved the same way; what they do not have.
    fn serve(&mut self, place: usize, need: Decimal) -> Result<Decimal, String> {
        let mut rest = need;
        let is_out = need.is_sign_negative();
        while !rest.is_zero() {
            let queue = if is_out { &mut self.outs } else { &mut self.ins };
            let Some(account) = queue.front().copied() else { break };
            let amount = smaller(self.rest[account], rest);
            self.rest[account] = exact::add(self.rest[account], -amount)?;
            rest = exact::add(rest, -amount)?;
            if self.rest[account].is_zero() {
                queue.pop_front();
            }
            self.push(account, To::Need(place), amount)?;
        }
        Ok(rest)
    }

    /// Moves what remains from the accounts that have it to those that lack it.
    fn transfer(&mut self) -> Result<(), String> {
        while let (Some(from), Some(to)) = (self.outs.front().copied(), self.ins.front().copied()) {
            let amount = smaller(self.rest[from], -self.rest[to]);
            self.rest[from] = exact::add(self.rest[from], -amount)?;
            self.rest[to] = exact::add(self.rest[to], amount)?;
            self.push(from, To::Account(to), amount)?;
            self.push(to, To::Account(from), -amount)?;
            if self.rest[from].is_zero() {
                self.outs.pop_front();
            }
            if self.rest[to].is_zero() {
                self.ins.pop_front();
            }
        }
        Ok(())
    }
}

/// The one of two amounts of the same sign that is nearer to nothing.
fn smaller(a: Decimal, b: Decimal) -> Decimal {
    if a.abs() <= b.abs() { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(accounts: &[i64], needs: &[i64]) -> Vec<String> {
        let decimals = |numbers: &[i64]| numbers.iter().map(|n| Decimal::from(*n)).collect::<Vec<_>>();
        let shares = share(&decimals(accounts), &[], &decimals(needs)).unwrap();
        let show = |share: &Share| match share.to {
            To::Need(place) => format!("{} for {place}: {}", share.account, share.amount),
            To::Account(other) => format!("{} with {other}: {}", share.account, share.amount),
        };
        shares.iter().map(show).collect()
    }

    #[test]
    fn accounts_share_what_money_was_for() {
        let cases: [(&[i64], &[i64], &[&str]); 8] = [
            (&[-5], &[-3, -2], &["0 for 0: -3", "0 for 1: -2"]),
            (&[70], &[100, -30], &["0 for 0: 100", "0 for 1: -30"]),
            (&[-100, 100], &[], &["0 with 1: -100", "1 with 0: 100"]),
            (&[-100, 60], &[-40], &["0 for 0: -40", "0 with 1: -60", "1 with 0: 60"]),
            (&[-50, -30], &[-60, -20], &["0 for 0: -50", "1 for 0: -10", "1 for 1: -20"]),
            (&[70, 10], &[110, -30], &["0 for 0: 100", "1 for 0: 10", "0 for 1: -30"]),
            // Several out and several in: all by way of one.
            (
                &[-100, -50, 80, 70],
                &[],
                &[
                    "0 with 1: 50",
                    "1 with 0: -50",
                    "0 with 2: -80",
                    "2 with 0: 80",
                    "0 with 3: -70",
                    "3 with 0: 70",
                ],
            ),
            // Of a loan that was paid out, of which some was spent, and a wage: one account has both.
            (&[42, -58], &[33, -49], &["0 for 0: 33", "0 for 1: -49", "0 with 1: 58", "1 with 0: -58"]),
        ];
        for (accounts, needs, expected) in cases {
            assert_eq!(shown(accounts, needs), expected, "{accounts:?} {needs:?}");
        }
    }
}
