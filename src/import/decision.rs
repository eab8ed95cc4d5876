//! What a row of a file becomes, and why, in words. Small, as there is one for each row.

use std::borrow::Cow;

/// What a row becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A transaction of its own.
    New,
    /// A transaction that waits for the bank to book it.
    Expected,
    /// A transaction that is in the book already, from somewhere else than this kind of file.
    Matched {
        /// The transaction.
        transaction: i64,
        /// How it was found.
        by: Match,
    },
    /// It is in the book already, as this statement line; found by the bank's id or by its key.
    Duplicate {
        /// The line.
        line: i64,
        /// By what it was found.
        by: Known,
    },
    /// It is an earlier row of the file, by the bank's id: the file holds a statement twice.
    Repeated {
        /// That one's place among the rows that go to the account.
        row: usize,
    },
    /// It was, as this line or as another source's, and the user deleted it.
    Deleted {
        /// The line.
        line: Option<i64>,
    },
    /// It was deleted and comes back.
    Restored,
    /// The bank has not booked it yet.
    Pending {
        /// The line, when it is known.
        line: Option<i64>,
    },
    /// It cannot be read.
    Rejected {
        /// The line, when it is known.
        line: Option<i64>,
    },
}

/// By what a row is known that this kind of file showed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The bank's id.
    Id,
    /// Day, amount and text.
    Text,
    /// Day and amount: another program's user has changed the text, as the file does not have the old one any more.
    Edited,
    /// The booking that it is one of is there, as this line.
    Whole,
    /// Day and sum: it is a booking whose payments are there, as this line and others.
    Payments,
}

/// How a transaction was found that another source, or the user, made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It is one of several payments, which the book has as the one booking that they are.
    Whole,
    /// Another source showed it: the place of its file's name in the plan's list.
    Source(u16),
    /// It was typed so many days before the bank's day; after it when below 0.
    Typed(i8),
    /// It is the other leg of a transfer, entered so many days before; after it when below 0.
    Leg(i8),
    /// It is the other side of a transfer, whose first stands in another account: the place of that one's name in the
    /// plan's list.
    OtherSide(u16),
    /// It was pending so many days before.
    Pending(i8),
    /// It was pending so many days before as several payments; the transaction is the first of these.
    Payments(i8),
    /// It was pending under the same bank id.
    PendingId,
    /// It has this day and amount here, other than rows of another file that are it, too.
    Kept,
}

impl Decision {
    /// The word for it, as it is counted and shown.
    pub fn word(self) -> &'static str {
        match self {
            Decision::New | Decision::Expected | Decision::Restored => "new",
            Decision::Matched { .. } => "matched",
            Decision::Duplicate { .. } | Decision::Repeated { .. } => "duplicate",
            Decision::Deleted { .. } => "deleted",
            Decision::Pending { .. } => "pending",
            Decision::Rejected { .. } => "rejected",
        }
    }

    /// The word for it beside the statement line that is made of it: what becomes of other batches' rows is not said
    /// there.
    pub fn line_word(self) -> &'static str {
        match self {
            // Another source's row was deleted: so is what this one would have joined.
            Decision::Duplicate { .. } | Decision::Deleted { .. } => "matched",
            other => other.word(),
        }
    }

    /// Whether a transaction is made of the row.
    pub fn makes_one(self) -> bool {
        self.word() == "new"
    }

    /// Why, for people; `sources` has the names that matches count in.
    pub fn reason(self, sources: &[String]) -> Cow<'static, str> {
        match self {
            Decision::New => "not seen before".into(),
            Decision::Expected => "not booked by the bank yet, recorded as pending".into(),
            Decision::Restored => "deleted before, brought back".into(),
            Decision::Matched { by, .. } => by.reason(sources).into(),
            Decision::Duplicate { by: Known::Id, .. } => "same bank id, day and amount".into(),
            Decision::Duplicate { by: Known::Text, .. } => "same day, amount and text".into(),
            Decision::Duplicate { by: Known::Edited, .. } => {
                "same day and amount, with another text since".into()
            }
            Decision::Duplicate { by: Known::Whole, .. } => {
                "already there as one booking of several payments".into()
            }
            Decision::Duplicate { by: Known::Payments, .. } => "already there payment by payment".into(),
            Decision::Repeated { .. } => "earlier in the file, with the same bank id".into(),
            Decision::Deleted { .. } => "imported before, then deleted".into(),
            Decision::Pending { .. } => "not booked by the bank yet".into(),
            Decision::Rejected { .. } => "cannot be read".into(),
        }
    }
}

impl Match {
    fn reason(self, sources: &[String]) -> String {
        match self {
            Match::Whole => "already there as one booking of several payments".to_owned(),
            Match::Source(number) => match sources.get(usize::from(number)) {
                Some(name) => format!("already there from {name}"),
                None => "already there from another file".to_owned(),
            },
            Match::OtherSide(number) => match sources.get(usize::from(number)) {
                Some(account) => format!("the other side of a transfer with {account}"),
                None => "the other side of a transfer".to_owned(),
            },
            Match::Typed(days) => format!("typed {}", apart(days)),
            Match::Leg(0) => "the other side of a transfer".to_owned(),
            Match::Leg(days) => format!("the other side of a transfer {}", apart(days)),
            Match::Pending(days) => format!("pending {}", apart(days)),
            Match::Payments(days) => format!("pending {}, payment by payment", apart(days)),
            Match::PendingId => "pending before, same bank id".to_owned(),
            Match::Kept => "already there, as it was entered here".to_owned(),
        }
    }
}

/// `2 days earlier`, seen from the bank's day.
fn apart(days: i8) -> String {
    let side = if days < 0 { "later" } else { "earlier" };
    match days.unsigned_abs() {
        0 => "on the same day".to_owned(),
        1 => format!("1 day {side}"),
        days => format!("{days} days {side}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_in_words() {
        let typed = |days| Decision::Matched { transaction: 1, by: Match::Typed(days) }.reason(&[]);
        assert_eq!(typed(2), "typed 2 days earlier");
        assert_eq!(typed(-1), "typed 1 day later");
        assert_eq!(typed(0), "typed on the same day");
        let other = Decision::Matched { transaction: 1, by: Match::Source(0) };
        assert_eq!(other.reason(&["`bank.csv`".to_owned()]), "already there from `bank.csv`");
    }

    #[test]
    fn a_decision_stays_small() {
        assert!(size_of::<Decision>() <= 24);
    }
}
