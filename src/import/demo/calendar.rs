//! What happens by the calendar in the example household: rent, salaries, subscriptions, the card's bill, money set
//! aside, a holiday. Prices are of today; `household` knows what they were.

use chrono::{Datelike, NaiveDate};

use super::purses::Purse;

/// Something that is due on a day of certain months.
#[derive(Debug)]
pub struct Due {
    /// The day of the month, 28 at most.
    day: u32,
    /// The months: bit 0 is January.
    months: u16,
    /// What it is.
    pub what: What,
}

/// What is due.
#[derive(Debug)]
pub enum What {
    /// A payment of known size.
    Payment(Payment),
    /// A salary: so many percent of what the household earns.
    Salary(&'static str, i64),
    /// What is owed on the card.
    CardBill,
    /// Cash from the machine.
    Withdrawal,
    /// What is left goes to the savings.
    SetAside,
    /// From the checking account to the pension fund, off budget: so much.
    Retirement(i64),
    /// On the savings: so many ten-thousandths of them.
    Interest(i64),
}

/// A payment of known size, to one payee.
#[derive(Debug)]
pub struct Payment {
    /// Who is paid, or pays.
    pub payee: &'static str,
    /// What for; uncategorised with none.
    pub category: Option<&'static str>,
    /// In hundredths; money in is positive.
    pub amount: i64,
    /// What the amount is a multiple of; 1 for what is metered, and differs each time.
    pub step: i64,
    /// The account.
    pub purse: Purse,
    /// A remark.
    pub note: Option<&'static str>,
}

const MONTHLY: u16 = 0xfff;
const QUARTERLY: u16 = 0b1001_0010_0100;

const fn month(number: u32) -> u16 {
    1 << (number - 1)
}

const fn bill(
    day: u32,
    months: u16,
    payee: &'static str,
    category: &'static str,
    amount: i64,
    step: i64,
    purse: Purse,
) -> Due {
    let what = What::Payment(Payment { payee, category: Some(category), amount, step, purse, note: None });
    Due { day, months, what }
}

/// All that is due, in the order of a day.
const DUES: [Due; 30] = [
    bill(1, MONTHLY, "Hausverwaltung Sander", "Rent", -115_000, 500, Purse::Checking),
    bill(2, MONTHLY, "Iron Pulse Gym", "Gym", -2_990, 10, Purse::Card),
    Due { day: 3, months: MONTHLY, what: What::Withdrawal },
    bill(4, MONTHLY, "Filmstrom", "Subscriptions", -1_299, 10, Purse::Card),
    bill(5, MONTHLY, "Stadtwerke Aue", "Energy", -11_800, 1, Purse::Checking),
    Due { day: 6, months: MONTHLY, what: What::CardBill },
    bill(8, MONTHLY, "Glasfaser Nord", "Internet and phone", -4_490, 10, Purse::Checking),
    bill(9, MONTHLY, "Mobilfunk Drei", "Internet and phone", -2_780, 10, Purse::Checking),
    Due { day: 10, months: MONTHLY, what: What::Retirement(25_000) },
    bill(11, MONTHLY, "Concordia Mutual", "Insurance", -6_420, 10, Purse::Checking),
    Due { day: 13, months: MONTHLY, what: What::Withdrawal },
    bill(14, MONTHLY, "Tonspur", "Subscriptions", -1_099, 10, Purse::Card),
    Due { day: 15, months: MONTHLY, what: What::Salary("St. Annen Hospital", 45) },
    bill(18, MONTHLY, "Wolkenfach", "Subscriptions", -299, 10, Purse::Card),
    bill(20, MONTHLY, "Médecins du Village", "Donations", -2_500, 500, Purse::Checking),
    bill(22, MONTHLY, "The Weekly Ledger", "Subscriptions", -1_490, 10, Purse::Card),
    Due { day: 23, months: MONTHLY, what: What::Withdrawal },
    Due { day: 27, months: MONTHLY, what: What::Salary("Nordwind Logistics", 55) },
    Due { day: 28, months: MONTHLY, what: What::SetAside },
    Due { day: 28, months: QUARTERLY, what: What::Interest(45) },
    bill(12, month(2), "Concordia Mutual", "Insurance", -41_800, 100, Purse::Checking),
    bill(14, month(3), "Rail & Fly", "Travel", -63_600, 100, Purse::Card),
    bill(17, month(4), "Hauptzollamt", "Taxes", -13_200, 100, Purse::Checking),
    bill(21, month(5), "Finanzamt", "Taxes", 38_750, 1, Purse::Checking),
    bill(20, month(6), "Casa Ginestra", "Lodging", -32_000, 500, Purse::Card),
    bill(3, month(7), "Großmutter Ilse", "Presents received", 10_000, 5_000, Purse::Checking),
    bill(8, month(8), "Casa Ginestra", "Lodging", -78_000, 500, Purse::Card),
    Due {
        day: 8,
        months: month(9),
        what: What::Payment(Payment {
            payee: "Flea market",
            category: None,
            amount: 8_500,
            step: 100,
            purse: Purse::Cash,
            note: Some("sold the old bicycle"),
        }),
    },
    bill(27, month(11), "Nordwind Logistics", "Salary", 90_000, 1_000, Purse::Checking),
    bill(15, month(12), "Tannenhof", "Presents", -4_800, 100, Purse::Cash),
];

/// What is due on a day, in order.
pub fn due_on(date: NaiveDate) -> impl Iterator<Item = &'static Due> {
    DUES.iter().filter(move |due| due.day == date.day() && due.months & month(date.month()) != 0)
}

/// Whether the household is away on that day.
pub fn is_holiday(date: NaiveDate) -> bool {
    date.month() == 8 && (8..=21).contains(&date.day())
}

/// How many purchases a day sees, compared with others: more at the end of the week, before Christmas, and away.
pub fn liveliness(date: NaiveDate) -> u64 {
    let by_weekday = match date.weekday() {
        chrono::Weekday::Fri => 13,
        chrono::Weekday::Sat => 17,
        chrono::Weekday::Sun => 8,
        _ => 10,
    };
    by_weekday * if date.month() == 12 || is_holiday(date) { 14 } else { 10 }
}

/// What the calendar takes out of the accounts in a month, on average, in hundredths: what goes to the fund is gone
/// for the others too.
pub fn monthly_cost() -> i64 {
    let yearly = DUES.iter().map(|due| {
        let cost = match &due.what {
            What::Payment(payment) if payment.amount < 0 => -payment.amount,
            What::Retirement(amount) => *amount,
            _ => 0,
        };
        cost * i64::from(due.months.count_ones())
    });
    yearly.sum::<i64>() / 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_what_is_monthly_and_every_due_is_well_formed() {
        for due in &DUES {
            assert!((1..=28).contains(&due.day) && due.months != 0 && due.months <= MONTHLY, "{due:?}");
            if let What::Payment(payment) = &due.what {
                assert!(payment.amount % payment.step == 0 || payment.step == 10, "{payment:?}");
                payment.category.map(super::super::categories::category);
            }
        }
        let february = NaiveDate::from_ymd_opt(2025, 2, 1).unwrap();
        let count = february.iter_days().take(28).map(|date| due_on(date).count()).sum::<usize>();
        assert_eq!(count, 20);
    }
}
