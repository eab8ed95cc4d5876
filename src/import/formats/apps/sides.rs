//! Firefly III's two sides of a journal: money went from a source to a destination, and their types say which of them
//! are accounts of one's own.

use super::super::text::{currency, fold};
use super::columns::Column;
use super::fields::Fields;

/// What kind of account a side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One's own: an asset, or a liability.
    Own,
    /// Who was paid, or who paid.
    Party,
    /// What stands for nobody: cash, first balances, corrections.
    Nobody,
}

/// One side.
#[derive(Clone, Debug)]
pub struct Side {
    /// The account's name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Kind,
}

/// Both, with what the record says of its money.
#[derive(Clone, Debug)]
pub struct Sides {
    source: Side,
    destination: Side,
    /// The type of the transaction, folded.
    pub what: String,
    currency: Option<String>,
}

impl Sides {
    /// The sides of a record.
    pub fn of(fields: &Fields<'_>) -> Sides {
        let side = |name, kind| Side { name: fields.text(name), kind: kind_of(fields.get(kind)) };
        Sides {
            source: side(Column::Source, Column::SourceType),
            destination: side(Column::Destination, Column::DestinationType),
            what: fold(fields.get(Column::Type)),
            currency: fields.text(Column::Currency).map(|code| currency::of_cell(&code)),
        }
    }

    /// Where the money came from, or where it went.
    pub fn side(&self, is_source: bool) -> &Side {
        if is_source { &self.source } else { &self.destination }
    }

    /// The own side in whose currency the amount is: of two, that of a deposit's destination, else the source.
    pub fn first(&self) -> Option<&Side> {
        let sides = [&self.source, &self.destination];
        let is_last_first = self.are_both_own() && self.what == "deposit";
        let mut own = sides.into_iter().filter(|side| side.kind == Kind::Own);
        if is_last_first { own.next_back() } else { own.next() }
    }

    /// The currency of the amount.
    pub fn currency(&self) -> Option<String> {
        self.currency.clone()
    }

    /// The names of the own accounts.
    pub fn own_names(&self) -> impl Iterator<Item = &String> {
        let own = [&self.source, &self.destination].into_iter().filter(|side| side.kind == Kind::Own);
        own.filter_map(|side| side.name.as_ref())
    }

    /// Whether money moved between own accounts.
    pub fn are_both_own(&self) -> bool {
        self.source.kind == Kind::Own && self.destination.kind == Kind::Own
    }

    /// Whether money left for somebody.
    pub fn is_spending(&self) -> bool {
        self.source.kind == Kind::Own && self.destination.kind != Kind::Own
    }
}

fn kind_of(text: &str) -> Kind {
    match &*fold(text) {
        "asset account" | "default account" | "loan" | "debt" | "mortgage" | "credit card" => Kind::Own,
        "cash account"
        | "initial balance account"
        | "liability credit account"
        | "reconciliation account" => Kind::Nobody,
        _ => Kind::Party,
    }
}
