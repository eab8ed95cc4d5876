//! Transfers that a journal balances by an account of equity: those that count as spending, which are two things there,
//! what they were for and a transfer; and those between two currencies, each of which balances by itself.

use super::{Booking, Kind, Piece};
use crate::import::formats::journal::accounts::Accounts;

/// Names of accounts of equity that stand between a transfer's two sides, and of those that stand between two
/// currencies: hledger's type V has the names of conversion and trading, beancount's documentation `Conversions` and
/// `CurrencyAccounts`.
const TRANSFERS: [&str; 2] = ["transfer", "transfers"];
const CONVERSIONS: [&str; 7] =
    ["conversion", "conversions", "currencyaccounts", "trade", "trades", "trading", "exchange"];

/// A piece by the places of its line and among that one's pieces.
type Place = (usize, usize);

impl Booking<'_> {
    /// Joins what stands against such accounts: each is the other's other side.
    pub(super) fn join_through_equity(&mut self) {
        let is_between = |at: usize| {
            self.stands_between(at, &TRANSFERS)
                || self.stands_between(at, &CONVERSIONS)
                || self.is_declared(at)
        };
        let open: Vec<Place> = self.places(|piece| piece.is_open() && is_between(piece.at)).collect();
        // Of nearly all transactions that is all.
        if open.is_empty() {
            return;
        }
        let spent =
            self.places(|piece| piece.part.category.is_some() && piece.part.other.is_none()).collect();
        let (joined, open, spent) = self.spent(open, spent);
        joined.into_iter().for_each(|(one, other)| self.join(one, other));
        let (out, into): (Vec<Place>, Vec<Place>) =
            open.into_iter().partition(|place| self.piece(*place).part.amount.is_sign_negative());
        match (out.as_slice(), into.as_slice(), spent.as_slice()) {
            ([one], [], [other]) | ([], [one], [other]) if self.are_apart(*one, *other) => {
                self.join(*one, *other);
            }
            // Which is whose, where there are more of one than of the other, nothing says.
            _ if out.len() != into.len() => {}
            _ => {
                let pairs = out.into_iter().zip(into).filter(|(one, other)| self.are_apart(*one, *other));
                pairs.collect::<Vec<_>>().into_iter().for_each(|(one, other)| self.join(one, other));
            }
        }
    }

    fn is_declared(&self, at: usize) -> bool {
        self.accounts.kind(&self.transaction.postings[at].account) == Kind::Conversion
    }

    fn stands_between(&self, at: usize, names: &[&str]) -> bool {
        let account = &self.transaction.postings[at].account;
        is_called(self.accounts, account, names)
    }

    fn places(&self, is_meant: impl Fn(&Piece) -> bool) -> impl Iterator<Item = Place> {
        let of_line = |(line, pieces): (usize, &Vec<Piece>)| {
            let meant = pieces.iter().enumerate().filter(|(_, piece)| is_meant(piece));
            meant.map(|(place, _)| (line, place)).collect::<Vec<_>>()
        };
        let pieces = self.lines.iter().map(|line| &line.parts).enumerate();
        pieces.flat_map(of_line).collect::<Vec<_>>().into_iter()
    }

    fn piece(&self, (line, place): Place) -> &Piece {
        &self.lines[line].parts[place]
    }

    /// Pairs what is spent with what stands against an account of transfers and weighs the same, in written order;
    /// answers what of either is left.
    fn spent(
        &self,
        mut open: Vec<Place>,
        spent: Vec<Place>,
    ) -> (Vec<(Place, Place)>, Vec<Place>, Vec<Place>) {
        let (mut joined, mut left) = (Vec::new(), Vec::new());
        for place in spent {
            let weight = self.piece(place).weight;
            let found = open.iter().position(|other| {
                let piece = self.piece(*other);
                other.0 != place.0 && piece.weight == -weight && self.stands_between(piece.at, &TRANSFERS)
            });
            match found {
                Some(at) => joined.push((place, open.remove(at))),
                None => left.push(place),
            }
        }
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

/// Whether it is an account of equity that has one of these names, or is below one.
fn is_called(accounts: &Accounts, account: &str, names: &[&str]) -> bool {
    let is_name = |part: &str| names.contains(&part.trim().to_lowercase().as_str());
    accounts.kind(account) == Kind::Equity && account.split(':').skip(1).any(is_name)
}
