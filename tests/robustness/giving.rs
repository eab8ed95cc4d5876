//! One change to a budget, chosen at random as `step` chooses changes to the ledger: from few envelopes and months, so
//! that they are used again; often one that is refused.

use groat::budget::assign::{self, Assignment};
use groat::budget::hold::{self, Hold};
use groat::budget::{apply, carryover, cover, moving, targets};
use groat::db::writer::Writer;
use groat::domain::money::{Currency, DecimalMark};
use groat::domain::target::{Line, Reading};
use groat::domain::when::Month;
use groat::error::{OrUsage, Result};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::shelf::{Shelf, amount, today};

type Text = &'static str;

const PLACES: [Text; 7] = ["Groceries", "Fuel", "Fun/Groceries", "Fun/Cinema", "Salary", "tbb", "tbb"];
const AMOUNTS: [Text; 6] = ["3.20", "12.50", "40", "150", "0.01", "0"];
const LINES: [Text; 12] = [
    "15",
    "!1 40 up to 60",
    "up to 25",
    "up to 1 per day",
    "7 every week starting 2025-12-03",
    "90 by 2026-06 repeat every year",
    "60 by 2026-04 spend from 2026-01 repeat every year",
    "10% of Income",
    "!2 50% of available funds",
    "average 2 months +10%",
    "copy from 1 month ago",
    "!3 remainder 2 up to 80",
];

/// The month, counted from that of today, and what is done in it.
#[derive(Debug, Clone)]
pub struct Giving {
    pub month: i32,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    Assign {
        category: Text,
        amount: Text,
    },
    AssignMore {
        category: Text,
        amount: Text,
    },
    Average {
        category: Text,
        months: u32,
    },
    Copy,
    Move {
        amount: Text,
        from: Text,
        to: Text,
    },
    Cover {
        place: Text,
        from: Option<Text>,
    },
    /// All there is, without an amount.
    Hold(Option<Text>),
    Carryover {
        category: Text,
        is_on: bool,
    },
    Target {
        category: Text,
        lines: Vec<Text>,
    },
    Apply {
        overwrite: bool,
    },
}

/// Any of them, from two months ago to two months on.
pub fn any_giving() -> impl Strategy<Value = Giving> {
    let place = || select(&PLACES);
    let amount = || select(&AMOUNTS);
    let what = prop_oneof![
        4 => (place(), amount()).prop_map(|(category, amount)| What::Assign { category, amount }),
        3 => (place(), select(&["+12.50", "-7.25", "-40"]))
            .prop_map(|(category, amount)| What::AssignMore { category, amount }),
        1 => (place(), 1_u32..4).prop_map(|(category, months)| What::Average { category, months }),
        1 => Just(What::Copy),
        5 => (amount(), place(), place()).prop_map(|(amount, from, to)| What::Move { amount, from, to }),
        3 => (place(), option::of(place())).prop_map(|(place, from)| What::Cover { place, from }),
        3 => option::weighted(0.8, amount()).prop_map(What::Hold),
        4 => (place(), any::<bool>()).prop_map(|(category, is_on)| What::Carryover { category, is_on }),
        2 => (place(), proptest::collection::vec(select(&LINES), 0..3))
            .prop_map(|(category, lines)| What::Target { category, lines }),
        2 => any::<bool>().prop_map(|overwrite| What::Apply { overwrite }),
    ];
    (-2..=2, what).prop_map(|(month, what)| Giving { month, what })
}

impl Giving {
    /// Does it as somebody.
    ///
    /// # Errors
    /// Those of the operation: that it is refused is no failure.
    pub fn take(&self, shelf: &Shelf, actor: &str) -> Result<()> {
        shelf.write(actor, |w| self.give(w))
    }

    fn give(&self, w: &mut Writer<'_>) -> Result<()> {
        let current = Month::of(today());
        let month = current.plus(self.month);
        match &self.what {
            What::Assign { category, amount: to } => {
                assign::assign(w, month, current, category, &Assignment::To(amount(to))).map(drop)
            }
            What::AssignMore { category, amount: by } => {
                assign::assign(w, month, current, category, &Assignment::By(amount(by))).map(drop)
            }
            What::Average { category, months } => {
                assign::assign(w, month, current, category, &Assignment::Average(*months)).map(drop)
            }
            What::Copy => assign::copy(w, month).map(drop),
            What::Move { amount: moved, from, to } => {
                moving::move_money(w, month, &amount(moved), from, to).map(drop)
            }
            What::Cover { place, from } => cover::cover(w, month, place, *from).map(drop),
            What::Hold(held) => {
                let held = held.map_or(Hold::Max, |text| Hold::Amount(amount(text)));
                hold::hold(w, month, &held).map(drop)
            }
            What::Carryover { category, is_on } => {
                carryover::set(w, month, current, category, *is_on).map(drop)
            }
            What::Target { category, lines } => {
                let lines = lines.iter().map(|text| line(text, w.currency)).collect::<Result<Vec<_>>>()?;
                targets::set(w, month, current, category, &lines, &[]).map(drop)
            }
            What::Apply { overwrite } => apply::apply(w, month, current, *overwrite).map(drop),
        }
    }
}

fn line(text: &str, currency: &Currency) -> Result<Line> {
    let reading = Reading { today: today(), mark: DecimalMark::Point, order: None, currency };
    Line::parse(text, &reading).usage()
}
