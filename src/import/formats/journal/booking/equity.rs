//! Transfers that a journal balances by an account of equity: those that count as spending, which are two things there,
//! what they were for and a transfer; and those between two currencies, each of which balances by itself.

use std::collections::{HashMap, VecDeque};

use rust_decimal::Decimal;

use super::super::share::{Share, To};
use super::{Booking, Group, Kind, Piece, exact};

/// Names of accounts of equity that stand between a transfer's two sides, and of those that stand between two
/// currencies: hledger's type V has the names of conversion and trading, beancount's documentation `Conversions` and
/// `CurrencyAccounts`.
const TRANSFERS: [&str; 2] = ["transfer", "transfers"];
const CONVERSIONS: [&str; 7] =
    ["conversion", "conversions", "currencyaccounts", "trade", "trades", "trading", "exchange"];

/// A piece by the places of its line and among that one's pieces.
type Place = (usize, usize);

impl Booking<'_> {
    /// What stands against an account of transfers and is just what a posting, or all of an account's, moved: that account
    /// has it. It is taken off what is to be shared out.
    pub(super) fn through_transfers(
        &self,
        group: &Group<'_>,
        weights: &mut [Decimal],
        needs: &mut [Decimal],
    ) -> Result<Vec<Share>, String> {
        let mut shares = Vec::new();
        let is_through = |place: &usize| self.stands_between(group.needs[*place].0, &TRANSFERS);
        let places: Vec<usize> = (0..needs.len()).filter(is_through).collect();
        if weights.len() < 2 || places.is_empty() {
            return Ok(shares);
        }
        let mut free: HashMap<Decimal, VecDeque<(usize, bool)>> = HashMap::new();
        let own = group.own.iter().map(|(account, weight)| (*weight, (*account, false)));
        let whole =
            group.lines.iter().enumerate().map(|(account, (_, weight, _))| (*weight, (account, true)));
        own.chain(whole).for_each(|(weight, one)| free.entry(weight).or_default().push_back(one));
        for place in places {
            let amount = needs[place];
            // All of an account's is there as long as none of its postings is taken.
            let is_there = |one: &(usize, bool)| !one.1 || weights[one.0] == amount;
            let Some(queue) = free.get_mut(&amount).filter(|_| !amount.is_zero()) else { continue };
            let Some((account, _)) = std::iter::from_fn(|| queue.pop_front()).find(is_there) else {
                continue;
            };
            weights[account] = exact::add(weights[account], -amount)?;
            needs[place] = Decimal::ZERO;
            shares.push(Share { account, to: To::Need(place), amount });
        }
        Ok(shares)
    }

    /// Joins what stands against such accounts: each is the other's other side.
    pub(super) fn join_through_equity(&mut self) {
        let open = self.places(|piece| piece.is_open() && self.is_between_sides(piece.at));
        // Of nearly all transactions that is all.
        if open.is_empty() {
            return;
        }
        let spent = self.places(|piece| piece.part.category.is_some() && piece.part.other.is_none());
        let (joined, open, spent) = self.spent(open, spent);
        joined.into_iter().for_each(|(one, other)| self.join(one, other));
        let (out, into): (Vec<Place>, Vec<Place>) =
            open.into_iter().partition(|place| self.piece(*place).part.amount.is_sign_negative());
        match (out.as_slice(), into.as_slice(), spent.as_slice()) {
            ([one], [], [other]) | ([], [one], [other]) if self.are_apart(*one, *other) => {
                self.join(*one, *other);
            }
            ([one], [], _) | ([], [one], _) => self.spend_abroad(*one),
            // Which is whose, where there are more of one than of the other, nothing says.
            _ if out.len() != into.len() => {}
            _ => self.convert(out, into),
        }
    }

    /// Joins what goes out in one currency with what comes in in another: below one account first, then in written order.
    fn convert(&mut self, out: Vec<Place>, mut into: Vec<Place>) {
        let mut left = Vec::new();
        for one in out {
            let like = |other: &Place| self.are_apart(one, *other) && self.above(one) == self.above(*other);
            match into.iter().position(like).map(|at| into.remove(at)) {
                Some(other) => self.join(one, other),
                None => left.push(one),
            }
        }
        for one in left {
            let found = into.iter().position(|other| self.are_apart(one, *other));
            if let Some(other) = found.map(|at| into.remove(at)) {
                self.join(one, other);
            }
        }
    }

    /// The account of a piece without the last part of its name, which may be the currency; all of a short one.
    fn above(&self, place: Place) -> &str {
        let account = &self.transaction.postings[self.piece(place).at].account;
        match account.rsplit_once(':') {
            Some((above, _)) if above.contains(':') => above,
            _ => account,
        }
    }

    /// What an account gave for a currency that no account has: it was for what that was spent on, if that is one thing.
    fn spend_abroad(&mut self, place: Place) {
        let without_lines = self.abroad.iter().flat_map(|needs| needs.iter());
        let said = without_lines.filter(|at| !self.is_between_sides(**at));
        let mut categories: Vec<_> =
            said.map(|at| self.accounts.category(&self.transaction.postings[*at].account)).collect();
        categories.dedup();
        if let [Some(category)] = categories.as_slice() {
            self.lines[place.0].parts[place.1].part.category = Some(category.clone());
        }
    }

    fn is_between_sides(&self, at: usize) -> bool {
        let account = &self.transaction.postings[at].account;
        self.stands_between(at, &TRANSFERS)
            || self.stands_between(at, &CONVERSIONS)
            || (self.accounts.kind(account) == Kind::Conversion)
    }

    fn stands_between(&self, at: usize, names: &[&str]) -> bool {
        let account = &self.transaction.postings[at].account;
        let is_name = |part: &str| names.contains(&part.trim().to_lowercase().as_str());
        self.accounts.is_equity(account) && account.split(':').skip(1).any(is_name)
    }

    fn places(&self, is_meant: impl Fn(&Piece) -> bool) -> Vec<Place> {
        let pieces = |(line, pieces): (usize, &Vec<Piece>)| -> Vec<Place> {
            let meant = pieces.iter().enumerate().filter(|(_, piece)| is_meant(piece));
            meant.map(|(place, _)| (line, place)).collect()
        };
        self.lines.iter().map(|line| &line.parts).enumerate().flat_map(pieces).collect()
    }

    fn piece(&self, (line, place): Place) -> &Piece {
        &self.lines[line].parts[place]
    }

    /// Pairs what is spent with what stands against an account of transfers and weighs the same, in written order;
    /// answers what of either is left.
    fn spent(&self, open: Vec<Place>, spent: Vec<Place>) -> (Vec<(Place, Place)>, Vec<Place>, Vec<Place>) {
        let (transfers, others): (Vec<Place>, Vec<Place>) =
            open.into_iter().partition(|place| self.stands_between(self.piece(*place).at, &TRANSFERS));
        let mut by_weight: HashMap<Decimal, VecDeque<Place>> = HashMap::new();
        for place in &transfers {
            by_weight.entry(self.piece(*place).weight).or_default().push_back(*place);
        }
        let (mut joined, mut left) = (Vec::new(), Vec::new());
        for place in spent {
            let queue = by_weight.get_mut(&-self.piece(place).weight);
            let found = queue.and_then(|queue| {
                queue.iter().position(|other| other.0 != place.0).and_then(|at| queue.remove(at))
            });
            match found {
                Some(other) => joined.push((place, other)),
                None => left.push(place),
            }
        }
        let is_left = |place: &Place| by_weight[&self.piece(*place).weight].contains(place);
        let open = others.into_iter().chain(transfers.iter().copied().filter(is_left)).collect();
        (joined, open, left)
    }

    /// Whether two pieces are in two currencies and of opposite signs: within one, the accounts would stand against each
    /// other.
    fn are_apart(&self, one: Place, other: Place) -> bool {
        let is_out = |place| self.piece(place).part.amount.is_sign_negative();
        self.lines[one.0].commodity != self.lines[other.0].commodity && is_out(one) != is_out(other)
    }

    fn join(&mut self, one: Place, other: Place) {
        for (own, other) in [(one, other), (other, one)] {
            let line = &self.lines[other.0];
            let (purse, date, amount) = (line.purse(), line.date, self.piece(other).part.amount);
            let is_foreign = line.commodity != self.lines[own.0].commodity;
            let is_apart = date != self.lines[own.0].date;
            let part = &mut self.lines[own.0].parts[own.1].part;
            part.other = Some(purse);
            part.other_amount = is_foreign.then_some(amount);
            part.other_date = is_apart.then_some(date);
        }
    }
}

impl Piece {
    /// Whether it says neither what it was for nor where it went.
    fn is_open(&self) -> bool {
        self.part.category.is_none() && self.part.other.is_none() && !self.part.amount.is_zero()
    }
}
