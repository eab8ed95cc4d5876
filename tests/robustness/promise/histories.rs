//! What happens to an account: what was paid, which two sources show it in which formats, and what a user does with
//! their files.

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;

use crate::shelf::today;
use crate::support::writers::{self, Format, Line, Written};

pub const AMOUNTS: [i64; 3] = [-480, -1250, 480];
const PAYEES: [&str; 4] = ["Bakery", "BAKERY", "Metro", ""];
/// Cents of rows that are typed before: each has an amount of its own, so that it is clear what belongs together.
const TYPED: i64 = -10_000;

/// How a bank numbers its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    None,
    /// Each row has its own for ever.
    Stable,
    /// From 1 in every file.
    Restarting,
    /// The same few again and again.
    Reused,
}

const IDS: [Ids; 4] = [Ids::None, Ids::Stable, Ids::Restarting, Ids::Reused];

/// What shows the account: a bank's file, or another program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub format: Format,
    pub ids: Ids,
}

/// What was paid. Both sources show it, unless one leaves it out.
#[derive(Debug, Clone)]
pub struct Payment {
    pub day: i64,
    amount: usize,
    payee: usize,
    /// Which of the sources show it.
    shown: [bool; 2],
    /// How many days from the bank's day it was typed, before any file showed it.
    pub typed: Option<i64>,
    id: usize,
}

/// One source's rows from a day on, for so many days; of single rows those whose bits are set.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    pub source: usize,
    first: i64,
    days: i64,
    mask: u16,
    is_newest_first: bool,
}

#[derive(Debug, Clone)]
pub enum Step {
    Import(Slice),
    /// The batch of that place, counted from the newest.
    TakeBack(usize),
    /// The user deletes the transaction of that place; from then on no batch is taken back.
    Delete(usize),
}

#[derive(Debug, Clone)]
pub struct History {
    payments: Vec<Payment>,
    pub sources: [Source; 2],
    /// How many rows are looked up at once.
    pub at_once: usize,
    pub steps: Vec<Step>,
}

pub fn any_history() -> impl Strategy<Value = History> {
    let steps = prop::collection::vec(any_step(), 1..9);
    (any_payments(), any_sources(), 1_usize..4, steps)
        .prop_map(|(payments, sources, at_once, steps)| History { payments, sources, at_once, steps })
}

/// Some payments were made twice or three times on their day.
fn any_payments() -> impl Strategy<Value = Vec<Payment>> {
    let payment = (
        0_i64..5,
        0..AMOUNTS.len(),
        0..PAYEES.len(),
        prop_oneof![4 => Just([true, true]), 1 => Just([true, false]), 1 => Just([false, true])],
        prop::option::weighted(0.2, -9_i64..10),
        0_usize..3,
    );
    let payment = payment.prop_map(|(day, amount, payee, shown, typed, id)| Payment {
        day,
        amount,
        payee,
        shown,
        typed,
        id,
    });
    let times = prop_oneof![4 => Just(1_usize), 1 => 2_usize..4];
    let all = prop::collection::vec((payment, times), 1..10);
    all.prop_map(|all| {
        let twins = all.into_iter().flat_map(|(payment, times)| vec![payment; times]);
        // A step's mask has so many bits.
        twins.take(16).collect()
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    let slice = (0_usize..2, -1_i64..5, 1_i64..6, any::<u16>(), any::<bool>());
    let slice = slice.prop_map(|(source, first, days, mask, is_newest_first)| Slice {
        source,
        first,
        days,
        mask,
        is_newest_first,
    });
    prop_oneof![
        6 => slice.prop_map(Step::Import),
        1 => (0_usize..4).prop_map(Step::TakeBack),
        1 => (0_usize..8).prop_map(Step::Delete),
    ]
}

fn any_sources() -> impl Strategy<Value = [Source; 2]> {
    let format = || prop::sample::select(writers::ALL.to_vec());
    let ids = || prop::sample::select(IDS.to_vec());
    let pair = (format(), format(), ids(), ids());
    pair.prop_map(|(one, other, ids, other_ids)| {
        // Else it would be the same source.
        let other = if are_one((one, other)) { Format::Csv(Written::Minus) } else { other };
        [Source::new(one, ids), Source::new(other, other_ids)]
    })
}

/// Whether files of these formats are of one source: a format is, but for CSV, which has headings. A bank numbers and
/// words its rows in one way; that two of them send one account's rows in the same format is no case.
fn are_one((one, other): (Format, Format)) -> bool {
    one.name() == other.name() && one.name() != "csv"
}

/// Two files of the one source and one of the other that all overlap, with twins in each; then the newest is taken
/// back, all come again, and the oldest is taken back. `number` chooses how the two number their rows; none where the
/// two formats are one source.
pub fn overlapping(formats: (Format, Format), number: usize) -> Option<History> {
    let paid = |day, amount, payee| Payment { day, amount, payee, shown: [true; 2], typed: None, id: payee };
    let twins = [(0, 0), (1, 1), (1, 1), (2, 0), (2, 0), (2, 0), (2, 2), (3, 2), (3, 2), (4, 1)];
    let payments = twins.map(|(day, amount)| paid(day, amount, amount));
    let import = |source, first, days| {
        let is_newest_first = number.is_multiple_of(3);
        Step::Import(Slice { source, first, days, mask: u16::MAX, is_newest_first })
    };
    let steps = vec![
        import(0, 0, 3),
        import(0, 2, 3),
        import(1, 1, 3),
        Step::TakeBack(0),
        import(1, 1, 3),
        // The first file: of its days 1 and 2 the others hold all, of day 0 nothing.
        Step::TakeBack(2),
        Step::TakeBack(1),
        import(0, 0, 5),
        import(1, 0, 5),
        Step::TakeBack(1),
    ];
    let sources = [Source::new(formats.0, IDS[number % 4]), Source::new(formats.1, IDS[number / 4 % 4])];
    let payments = payments.to_vec();
    (!are_one(formats)).then_some(History { payments, sources, at_once: 1 + number % 3, steps })
}

impl Source {
    /// Of a format that cannot say ids it has none.
    fn new(format: Format, ids: Ids) -> Self {
        Self { format, ids: if format.has_ids() { ids } else { Ids::None } }
    }
}

fn date(day: i64) -> NaiveDate {
    today() - Duration::days(30) + Duration::days(day)
}

impl History {
    pub fn payment(&self, place: usize) -> &Payment {
        &self.payments[place]
    }

    /// The bank's day of a payment.
    pub fn date(&self, place: usize) -> NaiveDate {
        date(self.payments[place].day)
    }

    /// The day on which it was typed, if it was.
    pub fn typed(&self, place: usize) -> Option<NaiveDate> {
        let payment = &self.payments[place];
        Some(date(payment.day + payment.typed?))
    }

    pub fn payee(&self, place: usize) -> &'static str {
        PAYEES[self.payments[place].payee]
    }

    /// A typed payment has an amount that no other has.
    pub fn minor(&self, place: usize) -> i64 {
        let payment = &self.payments[place];
        match payment.typed {
            Some(_) => TYPED - i64::try_from(place).expect("few"),
            None => AMOUNTS[payment.amount],
        }
    }

    /// The payments that a step shows, in the order of the file.
    pub fn shown(&self, slice: Slice) -> Vec<usize> {
        let Slice { source, first, days, mask, is_newest_first } = slice;
        let mut places: Vec<usize> = (0..self.payments.len())
            .filter(|place| {
                let payment = &self.payments[*place];
                let is_in = (first..first + days).contains(&payment.day);
                let is_cut = self.sources[source].ids == Ids::Stable && mask & (1 << place) == 0;
                payment.shown[source] && is_in && !is_cut
            })
            .collect();
        places.sort_by_key(|place| self.payments[*place].day);
        if is_newest_first {
            places.reverse();
        }
        places
    }

    /// The file that shows them.
    pub fn file(&self, source: usize, places: &[usize]) -> String {
        let lines = places.iter().zip(1..).map(|(place, number)| self.line(source, *place, number));
        self.sources[source].format.file(source, &lines.collect::<Vec<_>>())
    }

    fn line(&self, source: usize, place: usize, number: usize) -> Line {
        let payment = &self.payments[place];
        let id = match self.sources[source].ids {
            Ids::None => None,
            Ids::Stable => Some(format!("S{place}")),
            Ids::Restarting => Some(format!("R{number}")),
            Ids::Reused => Some(format!("U{}", payment.id)),
        };
        let payee = self.payee(place);
        // The second bank has words of its own for some.
        let has_more = source == 1 && payment.id > 0 && !payee.is_empty();
        let payee = if has_more { format!("{payee} {}", payment.id) } else { payee.to_owned() };
        Line { date: self.date(place), minor: self.minor(place), payee, id, variant: payment.id }
    }
}
