//! What the example household spends on: its categories, how often each turns up among everyday purchases, and
//! what a purchase costs.

use super::chance::Spread;
use crate::domain::category::CategoryKind;

/// How a purchase is paid: the weights of checking account, card and cash.
pub type Pays = [u64; 3];

const SMALL: Pays = [10, 25, 65];
const USUAL: Pays = [28, 62, 10];
const LARGE: Pays = [35, 65, 0];

/// A category of the household.
#[derive(Debug)]
pub struct Shape {
    /// The heading it stands under.
    pub group: &'static str,
    /// As shown.
    pub name: &'static str,
    /// How often, of some 1000 everyday purchases; 0 for what comes by the calendar alone.
    pub share: u64,
    /// The median of a purchase, in hundredths of the currency's unit.
    pub median: i64,
    /// How far amounts lie apart.
    pub spread: Spread,
    /// How it is paid.
    pub pays: Pays,
    /// Whether things are brought back to the shop now and then.
    pub is_returned: bool,
}

impl Shape {
    /// Spending or income.
    pub fn kind(&self) -> CategoryKind {
        if self.group == INCOME { CategoryKind::Income } else { CategoryKind::Expense }
    }
}

const fn everyday(
    group: &'static str,
    name: &'static str,
    share: u64,
    median: i64,
    spread: Spread,
    pays: Pays,
) -> Shape {
    Shape { group, name, share, median, spread, pays, is_returned: false }
}

const fn returned(group: &'static str, name: &'static str, share: u64, median: i64, spread: Spread) -> Shape {
    Shape { group, name, share, median, spread, pays: LARGE, is_returned: true }
}

const fn planned(group: &'static str, name: &'static str) -> Shape {
    everyday(group, name, 0, 0, Spread::Narrow, USUAL)
}

/// The group whose categories are income; it comes with every book.
pub const INCOME: &str = "Income";

/// The category of purchases on a holiday.
pub const ON_THE_ROAD: &str = "On the road";

/// Every category, in display order.
pub const CATEGORIES: [Shape; 40] = {
    use Spread::{Narrow, Usual, Wide};
    [
        planned("Home", "Rent"),
        planned("Home", "Energy"),
        planned("Home", "Internet and phone"),
        planned("Home", "Insurance"),
        everyday("Home", "Household goods", 48, 1_650, Usual, USUAL),
        returned("Home", "Furniture", 4, 12_900, Wide),
        everyday("Home", "Repairs", 7, 5_800, Wide, LARGE),
        everyday("Home", "Garden", 9, 2_300, Usual, USUAL),
        everyday("Food", "Groceries", 300, 3_350, Usual, USUAL),
        everyday("Food", "Bakery", 85, 540, Usual, SMALL),
        everyday("Food", "Eating out", 80, 3_150, Usual, USUAL),
        everyday("Food", "Coffee", 95, 430, Narrow, SMALL),
        everyday("Food", "Takeaway", 34, 2_350, Narrow, USUAL),
        everyday("Getting around", "Public transport", 62, 340, Usual, USUAL),
        everyday("Getting around", "Fuel", 38, 5_600, Narrow, LARGE),
        everyday("Getting around", "Parking", 24, 380, Usual, SMALL),
        everyday("Getting around", "Taxi", 10, 1_480, Usual, USUAL),
        everyday("Getting around", "Car", 4, 16_500, Wide, LARGE),
        returned("Life", "Clothing", 26, 4_700, Usual),
        everyday("Life", "Pharmacy", 24, 1_350, Usual, USUAL),
        everyday("Life", "Doctor", 6, 4_800, Usual, LARGE),
        everyday("Life", "Personal care", 20, 2_050, Usual, USUAL),
        everyday("Life", "Children", 30, 1_900, Usual, USUAL),
        everyday("Life", "Pets", 14, 2_700, Usual, USUAL),
        planned("Life", "Gym"),
        planned("Fun", "Subscriptions"),
        returned("Fun", "Books", 18, 1_490, Narrow),
        everyday("Fun", "Cinema and concerts", 13, 2_900, Usual, LARGE),
        everyday("Fun", "Hobbies", 13, 3_300, Wide, USUAL),
        returned("Fun", "Electronics", 5, 9_900, Wide),
        everyday("Giving", "Presents", 14, 3_400, Usual, USUAL),
        planned("Giving", "Donations"),
        planned("Holidays", "Travel"),
        planned("Holidays", "Lodging"),
        Shape { share: 0, ..everyday("Holidays", ON_THE_ROAD, 0, 2_600, Usual, USUAL) },
        planned("Future", "Retirement"),
        planned("Future", "Taxes"),
        planned(INCOME, "Salary"),
        planned(INCOME, "Interest"),
        planned(INCOME, "Presents received"),
    ]
};

/// The index of a category.
pub fn category(name: &str) -> usize {
    CATEGORIES.iter().position(|shape| shape.name == name).expect("every name that is used is in the list")
}

/// What an everyday purchase costs on average, in hundredths.
pub fn mean_purchase() -> i64 {
    let shares: i64 = CATEGORIES.iter().map(|shape| shape.share as i64).sum();
    let worth = |shape: &Shape| shape.share as i64 * shape.median * shape.spread.mean() / 1_000;
    CATEGORIES.iter().map(worth).sum::<i64>() / shares
}

/// What an everyday purchase in cash costs on average, spread over all everyday purchases, in hundredths.
pub fn mean_cash() -> i64 {
    let shares: i64 = CATEGORIES.iter().map(|shape| shape.share as i64).sum();
    let worth = |shape: &Shape| {
        let in_cash = shape.pays[2] as i64 * 100 / shape.pays.iter().sum::<u64>() as i64;
        shape.share as i64 * shape.median * shape.spread.mean() / 1_000 * in_cash / 100
    };
    CATEGORIES.iter().map(worth).sum::<i64>() / shares
}
