//! Sums by commodity, in the order in which they came up.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::commodity::Commodity;
use super::exact;

/// What amounts of several commodities sum to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    places: HashMap<Commodity, usize>,
    sums: Vec<Amount>,
}

impl Tally {
    /// Adds an amount.
    ///
    /// # Errors
    /// Where the sum has too many digits.
    pub fn add(&mut self, amount: &Amount) -> Result<(), String> {
        let place = match self.places.get(&amount.commodity) {
            Some(place) => *place,
            None => {
                self.places.insert(amount.commodity.clone(), self.sums.len());
                self.sums.push(Amount { number: Decimal::ZERO, commodity: amount.commodity.clone() });
                self.sums.len() - 1
            }
        };
        self.sums[place].number = exact::add(self.sums[place].number, amount.number)?;
        Ok(())
    }

    /// The sums that are not nothing.
    pub fn open(&self) -> impl Iterator<Item = &Amount> {
        self.sums.iter().filter(|sum| !sum.number.is_zero())
    }

    /// The sum in a commodity.
    pub fn of(&self, commodity: &Commodity) -> Option<&Amount> {
        self.places.get(commodity).map(|place| &self.sums[*place])
    }
}
