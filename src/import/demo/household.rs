//! The example household's life, day by day, as a stream of events that nothing but the calendar and the seed
//! decides: who was paid what, from which account. Knows no database; `fill` writes what it tells.

use std::collections::VecDeque;

use chrono::{Datelike, Months, NaiveDate};

use super::calendar::{Due, Payment, What, due_on, is_holiday, liveliness, monthly_cost};
use super::categories::{CATEGORIES, ON_THE_ROAD, category, mean_cash, mean_purchase};
use super::chance::{Chance, Spread, running};
use super::payees::Payees;
use super::purses::Purse;
use crate::domain::transaction::Status;
use crate::domain::when::{FIRST_DAY, Month};

/// The tags that events bear.
pub const TAGS: [&str; 4] = ["holiday", "christmas", "shared", "work"];

const NOTES: [&str; 8] = [
    "weekly shop",
    "with friends",
    "for the weekend",
    "birthday",
    "receipt kept",
    "split with Zoë",
    "on the way home",
    "für Büro",
];

/// How many transactions there are unless somebody says: two years.
pub const USUAL_SIZE: u64 = 2_000;

/// What decides a household: equal ones live equal lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Household {
    /// The last day.
    pub today: NaiveDate,
    /// How many transactions, exactly.
    pub transactions: u64,
    /// What chance begins with.
    pub seed: u64,
}

/// Something that happened; a transaction to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: NaiveDate,
    /// Who was paid, or paid: see `Life::payee`.
    pub payee: Option<usize>,
    /// A remark.
    pub note: Option<&'static str>,
    /// One of `TAGS`.
    pub tag: Option<usize>,
    /// At least one.
    pub legs: Vec<Leg>,
}

/// A posting to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// The account.
    pub purse: Purse,
    /// What it was for.
    pub purpose: Purpose,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// In hundredths; money in is positive.
    pub amount: i64,
    /// A remark on this leg alone.
    pub memo: Option<&'static str>,
    /// How far it is confirmed.
    pub status: Status,
}

/// What a leg is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Nobody has said.
    Unsaid,
    /// The money was there to begin with.
    Opening,
    /// One of `CATEGORIES`.
    Category(usize),
}

impl Household {
    /// Over how many months so many transactions are spread: some 83 a month, more when years would become too many.
    pub fn months(&self) -> u32 {
        let months = match self.transactions {
            n @ 0..=10_000 => (n * 12).div_ceil(1_000).max(1),
            n @ 10_001..=100_000 => 120 + (n - 10_000) / 500,
            n @ 100_001..=1_000_000 => 300 + (n - 100_000) / 15_000,
            _ => 360,
        };
        // At most 360.
        months as u32
    }

    /// The first day of the story.
    pub fn first_day(&self) -> NaiveDate {
        let before = self.today.checked_sub_months(Months::new(self.months()));
        before.and_then(|date| date.succ_opt()).map_or(FIRST_DAY, |date| date.max(FIRST_DAY)).min(self.today)
    }

    /// The life, from its first day on.
    pub fn life(&self) -> Life {
        Life::new(*self)
    }
}

/// A household's life under way.
#[derive(Debug, Clone)]
pub struct Life {
    household: Household,
    chance: Chance,
    payees: Payees,
    shares: Vec<u64>,
    pays: Vec<Vec<u64>>,
    date: NaiveDate,
    is_over: bool,
    waiting: VecDeque<Event>,
    /// What each account holds.
    holds: [i64; Purse::ALL.len()],
    /// What a month costs, at today's prices.
    monthly: i64,
    /// Cash that goes in ten days, at today's prices.
    cash_need: i64,
    planned: Quota,
    everyday: Quota,
}

/// So many of a total are to come about, spread evenly.
#[derive(Debug, Clone, Copy)]
struct Quota {
    wanted: u64,
    total: u64,
    passed: u64,
}

impl Quota {
    /// Lets a part of the total pass; how many come about for it. All of the total together give `wanted`.
    fn pass(&mut self, part: u64) -> u64 {
        let due = |passed: u64| u128::from(self.wanted) * u128::from(passed) / u128::from(self.total.max(1));
        let count = due(self.passed + part) - due(self.passed);
        self.passed += part;
        // No more than `wanted`.
        count as u64
    }
}

impl Life {
    fn new(household: Household) -> Self {
        let mut chance = Chance::new(household.seed);
        let first = household.first_day();
        let days = || first.iter_days().take_while(|date| *date <= household.today);
        let planned = Purse::ALL.len() as u64 + days().map(|date| due_on(date).count() as u64).sum::<u64>();
        let everyday = household.transactions.saturating_sub(planned);
        let months = i64::from(household.months());
        let everyday_monthly = everyday as i64 / months;
        Life {
            payees: Payees::new(&mut chance, (household.transactions / 50) as usize),
            shares: running(CATEGORIES.iter().map(|shape| shape.share)),
            pays: CATEGORIES.iter().map(|shape| running(shape.pays)).collect(),
            date: first,
            is_over: false,
            waiting: VecDeque::new(),
            holds: [0; Purse::ALL.len()],
            monthly: monthly_cost() + everyday_monthly * mean_purchase(),
            cash_need: everyday_monthly * mean_cash() / 3,
            planned: Quota { wanted: household.transactions.min(planned), total: planned, passed: 0 },
            everyday: Quota { wanted: everyday, total: days().map(liveliness).sum(), passed: 0 },
            household,
            chance,
        }
    }

    /// The name of a payee.
    pub fn payee(&self, index: usize) -> &str {
        self.payees.name(index)
    }

    fn live(&mut self, date: NaiveDate) {
        if date == self.household.first_day() {
            for purse in Purse::ALL {
                self.plan(date, |life| life.opening(purse));
            }
        }
        for due in due_on(date) {
            self.plan(date, |life| life.due(due, date));
        }
        for _ in 0..self.everyday.pass(liveliness(date)) {
            let event = self.purchase(date);
            self.happen(event);
        }
    }

    /// Lets something planned happen, unless the book is too small for it. Where it comes to nothing, the family goes
    /// shopping: the number of transactions is kept.
    fn plan(&mut self, date: NaiveDate, event: impl FnOnce(&mut Life) -> Option<Event>) {
        if self.planned.pass(1) == 1 {
            let event = event(self).unwrap_or_else(|| self.purchase(date));
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        for leg in &event.legs {
            self.holds[leg.purse as usize] += leg.amount;
        }
        self.waiting.push_back(event);
    }

    fn opening(&mut self, purse: Purse) -> Option<Event> {
        let date = self.household.first_day();
        let amount = self.price(self.monthly, date) * purse.opening_percent() / 100;
        let mut event = self.event(date, "Starting balance", vec![self.leg(purse, date, amount)]);
        event.legs[0].purpose = Purpose::Opening;
        event.legs[0].status = Status::Cleared;
        Some(event)
    }

    fn due(&mut self, due: &Due, date: NaiveDate) -> Option<Event> {
        match &due.what {
            What::Payment(payment) => Some(self.payment(payment, date)),
            What::Salary(payee, percent) => {
                // A sixth of what comes in stays.
                let amount = self.price(self.monthly, date) * 6 / 5 * percent / 100 / 1_000 * 1_000;
                let leg = self.leg(Purse::Checking, date, amount.max(1_000));
                Some(self.event(date, payee, vec![leg.of(category("Salary"))]))
            }
            What::CardBill => {
                let owed = -self.holds[Purse::Card as usize];
                let fits = owed > 0 && owed <= self.holds[Purse::Checking as usize];
                fits.then(|| self.transfer(date, owed, Purse::Checking, Purse::Card, "card bill"))
            }
            What::Withdrawal => {
                let missing =
                    self.price(self.cash_need, date) * 5 / 4 + 4_000 - self.holds[Purse::Cash as usize];
                let amount = missing / 1_000 * 1_000;
                (amount > 0)
                    .then(|| self.transfer(date, amount, Purse::Checking, Purse::Cash, "cash machine"))
            }
            What::SetAside => self.set_aside(date),
            What::Retirement(amount) => {
                let amount = stepped(self.price(*amount, date), 500);
                let mut event = self.transfer(date, amount, Purse::Checking, Purse::Pension, "for later");
                event.legs[0].purpose = Purpose::Category(category("Retirement"));
                Some(event)
            }
            What::Interest(rate) => {
                let amount = self.holds[Purse::Savings as usize] * rate / 10_000;
                let leg = self.leg(Purse::Savings, date, amount);
                (amount > 0).then(|| self.event(date, "Sparbank", vec![leg.of(category("Interest"))]))
            }
        }
    }

    fn payment(&mut self, payment: &Payment, date: NaiveDate) -> Event {
        let amount = match payment.step {
            1 => self.chance.around(payment.amount, Spread::Narrow),
            _ => payment.amount,
        };
        let amount = stepped(self.price(amount, date), payment.step);
        let mut leg = self.leg(payment.purse, date, amount);
        leg.purpose = payment.category.map_or(Purpose::Unsaid, |name| Purpose::Category(category(name)));
        Event { note: payment.note, ..self.event(date, payment.payee, vec![leg]) }
    }

    /// What is left after the salaries goes to the savings; in a bad month they help out.
    fn set_aside(&mut self, date: NaiveDate) -> Option<Event> {
        let owed = -self.holds[Purse::Card as usize];
        let needed = owed.max(0) + self.price(self.monthly, date) * 3 / 5;
        let left = (self.holds[Purse::Checking as usize] - needed) / 5_000 * 5_000;
        match left {
            1.. => Some(self.transfer(date, left, Purse::Checking, Purse::Savings, "set aside")),
            ..=-1 if self.holds[Purse::Savings as usize] >= -left => {
                Some(self.transfer(date, -left, Purse::Savings, Purse::Checking, "from the savings"))
            }
            _ => None,
        }
    }

    /// Something bought, or brought back.
    fn purchase(&mut self, date: NaiveDate) -> Event {
        let (bought, tag) = self.wish(date);
        let shape = &CATEGORIES[bought];
        let drawn = self.chance.around(shape.median, shape.spread);
        // What is paid in cash is mostly a round sum.
        let step = if shape.pays[2] > shape.pays[1] { 10 } else { 1 };
        let cost = stepped(self.price(drawn, date), step).max(50);
        let is_return = shape.is_returned && self.chance.one_in(9);
        let amount = if is_return { cost } else { -cost };
        let purse = self.purse(bought, amount);
        let leg = self.leg(purse, date, amount).of(bought);
        let payee = Some(self.payees.shop(&mut self.chance, bought));
        let is_recent = (self.household.today - date).num_days() < 14;
        let legs = if tag.is_none() && self.chance.one_in(if is_recent { 9 } else { 200 }) {
            vec![Leg { purpose: Purpose::Unsaid, ..leg }]
        } else if shape.name == "Groceries" && cost > 2_000 && self.chance.one_in(9) {
            self.split(leg)
        } else {
            vec![leg]
        };
        let note = match (is_return, self.chance.one_in(7)) {
            (true, _) => Some("brought back"),
            (false, true) => Some(*self.chance.pick(&NOTES)),
            _ => None,
        };
        Event { date, payee, note, tag, legs }
    }

    /// What is bought on a day, and the tag it gets.
    fn wish(&mut self, date: NaiveDate) -> (usize, Option<usize>) {
        if is_holiday(date) && !self.chance.one_in(4) {
            return (category(ON_THE_ROAD), Some(0));
        }
        if date.month() == 12 && date.day() < 25 && self.chance.one_in(12) {
            return (category("Presents"), Some(1));
        }
        let tag = if self.chance.one_in(16) { Some(2 + self.chance.below(2) as usize) } else { None };
        (self.chance.weighted(&self.shares), tag)
    }

    /// The account that pays; the card where the other one has too little.
    fn purse(&mut self, bought: usize, amount: i64) -> Purse {
        let purse = [Purse::Checking, Purse::Card, Purse::Cash][self.chance.weighted(&self.pays[bought])];
        if self.holds[purse as usize] + amount < 0 { Purse::Card } else { purse }
    }

    /// Other things from the same shop, on the same receipt.
    fn split(&mut self, whole: Leg) -> Vec<Leg> {
        const BESIDES: [(&str, &str); 4] = [
            ("Household goods", "washing powder"),
            ("Personal care", "shampoo"),
            ("Children", "crayons"),
            ("Pets", "cat litter"),
        ];
        let first = self.chance.below(4) as usize;
        let count = 1 + self.chance.below(2) as usize;
        let mut legs = vec![whole];
        for (name, memo) in BESIDES.iter().cycle().skip(first).take(count) {
            let part = whole.amount * (10 + self.chance.below(20) as i64) / 100;
            legs[0].amount -= part;
            legs.push(Leg { amount: part, memo: Some(memo), ..whole.of(category(name)) });
        }
        legs
    }

    fn transfer(&self, date: NaiveDate, amount: i64, from: Purse, to: Purse, note: &'static str) -> Event {
        // Other banks take a day; the future is not known yet.
        let is_slow = matches!(to, Purse::Savings | Purse::Pension);
        let arrival = date.succ_opt().filter(|next| is_slow && *next <= self.household.today).unwrap_or(date);
        let legs = vec![self.leg(from, date, -amount), self.leg(to, arrival, amount)];
        Event { date, payee: None, note: Some(note), tag: None, legs }
    }

    fn event(&mut self, date: NaiveDate, payee: &str, legs: Vec<Leg>) -> Event {
        Event { date, payee: Some(self.payees.named(payee)), note: None, tag: None, legs }
    }

    fn leg(&self, purse: Purse, date: NaiveDate, amount: i64) -> Leg {
        Leg { purse, purpose: Purpose::Unsaid, date, amount, memo: None, status: self.status(purse, date) }
    }

    /// What the bank has not shown yet is pending; the checking account has been agreed with its statements up to the
    /// month before last.
    fn status(&self, purse: Purse, date: NaiveDate) -> Status {
        let today = self.household.today;
        match purse {
            Purse::Cash => Status::Cleared,
            _ if (today - date).num_days() < 4 => Status::Pending,
            Purse::Checking if date < Month::of(today).previous().first_day() => Status::Reconciled,
            _ => Status::Cleared,
        }
    }

    /// What costs so much today did cost less: some two percent a year.
    fn price(&self, today: i64, date: NaiveDate) -> i64 {
        let years = i64::from(self.household.today.year() - date.year());
        today * (1_000 - 22 * years).max(340) / 1_000
    }
}

impl Iterator for Life {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.is_over {
                return None;
            }
            let date = self.date;
            self.live(date);
            self.is_over = date >= self.household.today;
            self.date = date.succ_opt().unwrap_or(date);
        }
    }
}

impl Leg {
    fn of(self, category: usize) -> Leg {
        Leg { purpose: Purpose::Category(category), ..self }
    }
}

/// The nearest multiple of a step that is no larger, and not nothing.
fn stepped(amount: i64, step: i64) -> i64 {
    let rounded = amount / step * step;
    if rounded == 0 { step * amount.signum() } else { rounded }
}
