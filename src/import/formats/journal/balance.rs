//! The balance of one transaction: what each posting weighs, and what is inferred from the others.
//!
//! A posting weighs its cost where it has one. One without an amount takes what the others leave, in every
//! commodity; what is left when all have amounts has to vanish at the digits shown, as the program has it, or
//! be two commodities exchanged for each other. `booking` shares out the result.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::commodity::Commodity;
use super::costs::Cost;
use super::dialect::Dialect;
use super::exact;
use super::tally::Tally;
use super::transaction::{Posting, Quantity};

/// What a posting moves, in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Which posting.
    pub posting: usize,
    /// How much moves.
    pub units: Amount,
    /// What it counts for the balance.
    pub weight: Amount,
}

/// A balanced transaction.
#[derive(Debug, Default)]
pub struct Balanced {
    /// Its legs in the order of its postings; one without an amount may have several.
    pub legs: Vec<Leg>,
    /// Whether a posting was left out whose amount depends on lots in other transactions.
    pub has_unknown_gain: bool,
}

/// Finds every amount of a transaction; virtual postings stand aside.
///
/// # Errors
/// Where it does not balance, or an amount does not follow from the others.
pub fn balance(
    postings: &[Posting],
    dialect: Dialect,
    is_own: &dyn Fn(&str) -> bool,
) -> Result<Balanced, String> {
    let mut open = Open::new(dialect, postings);
    for (at, posting) in postings.iter().enumerate().filter(|(_, posting)| !posting.is_virtual) {
        open.take(at, posting)?;
    }
    let has_unknown_gain = open.fill_unknown(is_own)?;
    open.fill_missing()?;
    open.close()?;
    let mut legs = open.legs;
    legs.sort_by_key(|leg| leg.posting);
    Ok(Balanced { legs, has_unknown_gain })
}

struct Open<'t> {
    postings: &'t [Posting],
    dialect: Dialect,
    legs: Vec<Leg>,
    rest: Tally,
    missing: Vec<usize>,
    unknown: Vec<usize>,
    /// The decimals that amounts of a commodity show: the most, and the fewest but none.
    digits: HashMap<String, (u32, Option<u32>)>,
    has_costs: bool,
}

impl<'t> Open<'t> {
    fn new(dialect: Dialect, postings: &'t [Posting]) -> Self {
        Open {
            postings,
            dialect,
            legs: Vec::with_capacity(postings.len()),
            rest: Tally::default(),
            missing: Vec::new(),
            unknown: Vec::new(),
            digits: HashMap::new(),
            has_costs: false,
        }
    }

    fn take(&mut self, at: usize, posting: &Posting) -> Result<(), String> {
        let Quantity::Given(units) = &posting.quantity else {
            if posting.cost != Cost::None {
                return Err(format!("`{}` has a cost, but no amount", posting.account));
            }
            self.missing.push(at);
            return Ok(());
        };
        if let (Cost::Each(price) | Cost::Total(price), Dialect::Ledger) = (&posting.cost, self.dialect)
            && price.commodity == units.commodity
        {
            return Err("the cost of an amount is of the same commodity".to_owned());
        }
        self.see_digits(units);
        self.has_costs |= posting.cost != Cost::None;
        let weight = match &posting.cost {
            Cost::None => units.clone(),
            Cost::Each(price) => price.with(exact::shortened(exact::value(units.number, price.number)?)),
            Cost::Total(price) => price.with(match units.number {
                number if number.is_zero() => Decimal::ZERO,
                number if number.is_sign_negative() => -price.number,
                _ => price.number,
            }),
            Cost::Unknown => {
                self.unknown.push(at);
                return Ok(());
            }
        };
        self.add(at, units.clone(), weight)
    }

    fn add(&mut self, posting: usize, units: Amount, weight: Amount) -> Result<(), String> {
        self.rest.add(&weight)?;
        self.legs.push(Leg { posting, units, weight });
        Ok(())
    }

    fn see_digits(&mut self, units: &Amount) {
        let scale = units.number.scale();
        let (most, fewest) = self.digits.entry(units.commodity.name.clone()).or_insert((0, None));
        *most = scale.max(*most);
        if scale > 0 {
            *fewest = Some(fewest.map_or(scale, |fewest| fewest.min(scale)));
        }
    }

    /// Gives postings whose cost the file does not say what the others leave. One that gets its amount from
    /// them alone cannot be known beside it: it is left out, unless it is one's own money. True where one
    /// was.
    fn fill_unknown(&mut self, is_own: &dyn Fn(&str) -> bool) -> Result<bool, String> {
        let unknown = std::mem::take(&mut self.unknown);
        let Some(first) = unknown.first() else { return Ok(false) };
        let rest: Vec<Amount> = self.rest.open().cloned().collect();
        let of_money =
            unknown.iter().filter_map(|at| self.units(*at)).any(|units| units.commodity.is_currency);
        let missing = std::mem::take(&mut self.missing);
        let is_open = missing.iter().any(|at| is_own(&self.postings[*at].account));
        if is_open || (of_money && (unknown.len() > 1 || rest.len() > 1 || !missing.is_empty())) {
            return Err("the cost of its lots does not stand in it, and does not follow".to_owned());
        }
        let mut units = self.units(*first).cloned();
        for left in &rest {
            let weight = left.with(-left.number);
            let moved = units.take().unwrap_or_else(|| left.with(Decimal::ZERO));
            self.add(*first, moved, weight)?;
        }
        Ok(!missing.is_empty())
    }

    fn units(&self, posting: usize) -> Option<&'t Amount> {
        match &self.postings[posting].quantity {
            Quantity::Given(units) => Some(units),
            _ => None,
        }
    }

    fn fill_missing(&mut self) -> Result<(), String> {
        let mut open_to_all = None;
        for at in std::mem::take(&mut self.missing) {
            match &self.postings[at].quantity {
                Quantity::Missing(Some(commodity)) => {
                    if let Some(left) = self.rest.of(commodity).filter(|left| !left.number.is_zero()).cloned()
                    {
                        self.fill(at, &left)?;
                    }
                }
                _ if open_to_all.replace(at).is_some() => {
                    return Err("two of its postings have no amount".to_owned());
                }
                _ => {}
            }
        }
        let Some(at) = open_to_all else { return Ok(()) };
        let rest: Vec<Amount> = self.rest.open().cloned().collect();
        rest.iter().try_for_each(|left| self.fill(at, left))
    }

    /// Beancount rounds what it infers to the digits shown.
    fn fill(&mut self, posting: usize, left: &Amount) -> Result<(), String> {
        let shown = self.digits.get(&left.commodity.name).and_then(|(_, fewest)| *fewest);
        let number = match shown.filter(|_| self.dialect == Dialect::Beancount) {
            Some(scale) => left.number.round_dp(scale),
            None => left.number,
        };
        let units = left.with(-number);
        self.add(posting, units.clone(), units)
    }

    /// Makes sure that nothing is left.
    fn close(&mut self) -> Result<(), String> {
        let rest: Vec<Amount> = self.rest.open().filter(|left| !self.is_nothing(left)).cloned().collect();
        match &rest[..] {
            [] => Ok(()),
            [a, b] if self.is_exchange(a, b) => self.exchange(a, b),
            [left, ..] => {
                let shown = format!("{} {}", left.number.normalize(), left.commodity.name);
                Err(format!("it does not balance: `{}` is left over", shown.trim_end()))
            }
        }
    }

    /// Whether what is left of a commodity is less than the digits shown can tell.
    fn is_nothing(&self, left: &Amount) -> bool {
        let shown = self.digits.get(&left.commodity.name);
        if self.dialect == Dialect::Beancount {
            let scale = shown.and_then(|(_, fewest)| *fewest);
            return scale.is_some_and(|scale| left.number.abs() <= Decimal::new(5, scale + 1));
        }
        left.number.round_dp(shown.map_or(2, |(most, _)| *most)).is_zero()
    }

    fn is_exchange(&self, a: &Amount, b: &Amount) -> bool {
        let is_opposite = a.number.is_sign_negative() != b.number.is_sign_negative();
        // An amount that names no commodity is of no other one: it was cut off, or forgotten.
        let is_named = !a.commodity.name.is_empty() && !b.commodity.name.is_empty();
        is_opposite && is_named && !self.has_costs && self.dialect != Dialect::Beancount
    }

    /// Lets all of the first commodity weigh what there is of the second.
    fn exchange(&mut self, first: &Amount, second: &Amount) -> Result<(), String> {
        let of_first: Vec<usize> =
            (0..self.legs.len()).filter(|at| self.legs[*at].weight.commodity == first.commodity).collect();
        let mut left = -second.number;
        for (n, at) in of_first.iter().enumerate() {
            let number = self.legs[*at].units.number;
            let share = if n + 1 == of_first.len() {
                left
            } else {
                let price = exact::divide(-second.number, first.number)?;
                exact::value(number, price)?.round_dp(second.number.scale())
            };
            left = exact::add(left, -share)?;
            self.legs[*at].weight = second.with(share);
        }
        Ok(())
    }
}

impl Amount {
    /// Another number of the same commodity.
    pub fn with(&self, number: Decimal) -> Amount {
        let commodity: Commodity = self.commodity.clone();
        Amount { number, commodity }
    }
}
