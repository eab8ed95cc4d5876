//! The three messages of ISO 20022 that report entries, in all versions of each; and the state of an entry in them.

use super::leaf::shown;

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// camt.053: what was booked, between two balances.
    Statement,
    /// camt.052: what happened so far on a day; the day's statement shows the entries again.
    Report,
    /// camt.054: single entries, such as the parts of a batch.
    Notification,
}

impl Kind {
    /// By the local name of the element that holds the message.
    pub fn of(name: &str) -> Option<Kind> {
        match name {
            "BkToCstmrStmt" => Some(Kind::Statement),
            "BkToCstmrAcctRpt" => Some(Kind::Report),
            "BkToCstmrDbtCdtNtfctn" => Some(Kind::Notification),
            _ => None,
        }
    }

    /// The local name of the element for one account in it.
    pub fn part(self) -> &'static str {
        match self {
            Kind::Statement => "Stmt",
            Kind::Report => "Rpt",
            Kind::Notification => "Ntfctn",
        }
    }

    /// What it is called in notes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Statement => "statement",
            Kind::Report => "report",
            Kind::Notification => "notification",
        }
    }

    /// What whoever imports it should know of it, if anything.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Kind::Statement => None,
            Kind::Report => Some(
                "it is an interim report (camt.052): the statement of the day shows the same entries again, and there \
                 may be more of them",
            ),
            Kind::Notification => Some(
                "it is a notification (camt.054): it shows some of the movements only, no balances, and the statement \
                 shows the same entries again",
            ),
        }
    }
}

/// Where an entry stands in the bank's books (ExternalEntryStatus1Code).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `BOOK`.
    Booked,
    /// `PDNG`, and `FUTR`, which is to be booked on a later day.
    Pending,
    /// `INFO`: nothing is booked by it.
    Information,
}

impl Status {
    /// Reads the text of `Sts` or `Sts/Cd`. What a statement shows without one is booked, as that is what it is for.
    ///
    /// # Errors
    /// For an unknown one, and for none in a report or a notification.
    pub fn read(text: Option<&str>, kind: Kind) -> Result<Status, String> {
        match text {
            Some("BOOK") => Ok(Status::Booked),
            Some("PDNG" | "FUTR") => Ok(Status::Pending),
            Some("INFO") => Ok(Status::Information),
            Some(other) => Err(format!("the status `{}` is not known (`Sts`)", shown(other))),
            None if kind == Kind::Statement => Ok(Status::Booked),
            None => Err("the entry does not say whether it is booked (`Sts`)".to_owned()),
        }
    }
}
