//! The fields that rules assign, by hledger's names: of a transaction, and of its postings by their number.
//!
//! `parse` reads their names, `assigned` answers their values.

/// A field of a transaction or of one of its postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// What it is.
    pub kind: Kind,
    /// The posting by its number; 0 where the name has none.
    pub posting: u8,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The day.
    Date,
    /// A second day, which is not kept.
    Date2,
    /// `*`, `!` or nothing.
    Status,
    /// The bank's number.
    Code,
    /// Who and what.
    Description,
    /// What else there is to say; tags stand in it.
    Comment,
    /// An account's whole name.
    Account,
    /// An amount with its sign.
    Amount,
    /// An amount that comes into the account.
    AmountIn,
    /// An amount that goes out of it.
    AmountOut,
    /// What stands before amounts.
    Currency,
    /// The balance after the row.
    Balance,
    /// So many records are left out, this one first.
    Skip,
    /// Neither this record nor any behind it counts.
    End,
}

/// Names without a number in them, and whether one may stand behind it (before `-in` and `-out`).
const NAMES: [(&str, &str, Kind); 14] = [
    ("date", "", Kind::Date),
    ("date2", "", Kind::Date2),
    ("status", "", Kind::Status),
    ("code", "", Kind::Code),
    ("description", "", Kind::Description),
    ("comment", "", Kind::Comment),
    ("account", "", Kind::Account),
    ("amount", "", Kind::Amount),
    ("amount", "-in", Kind::AmountIn),
    ("amount", "-out", Kind::AmountOut),
    ("currency", "", Kind::Currency),
    ("balance", "", Kind::Balance),
    ("skip", "", Kind::Skip),
    ("end", "", Kind::End),
];

impl Field {
    /// A field of the whole transaction, or of whichever posting is meant.
    pub const fn of(kind: Kind) -> Field {
        Field { kind, posting: 0 }
    }

    /// A field of one posting.
    pub const fn of_posting(kind: Kind, posting: u8) -> Field {
        Field { kind, posting }
    }

    /// The field of that name, in any case.
    pub fn named(name: &str) -> Option<Field> {
        let name = name.to_ascii_lowercase();
        if let Some((_, _, kind)) = NAMES.iter().find(|(word, end, _)| format!("{word}{end}") == name) {
            // hledger's `balance` is that of the first posting, and an account always has a number.
            return match kind {
                Kind::Account => None,
                Kind::Balance => Some(Field::of_posting(Kind::Balance, 1)),
                kind => Some(Field::of(*kind)),
            };
        }
        NAMES.iter().filter(|(_, _, kind)| kind.has_postings()).find_map(|(word, end, kind)| {
            let number = name.strip_prefix(word)?.strip_suffix(end)?;
            let posting = number.parse().ok().filter(|number| (1..=99).contains(number))?;
            (!number.starts_with(['0', '+'])).then_some(Field::of_posting(*kind, posting))
        })
    }
}

impl Kind {
    fn has_postings(self) -> bool {
        matches!(
            self,
            Kind::Comment
                | Kind::Account
                | Kind::Amount
                | Kind::AmountIn
                | Kind::AmountOut
                | Kind::Currency
                | Kind::Balance
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_name() {
        let cases = [
            ("date", Some(Field::of(Kind::Date))),
            ("Description", Some(Field::of(Kind::Description))),
            ("account1", Some(Field::of_posting(Kind::Account, 1))),
            ("amount", Some(Field::of(Kind::Amount))),
            ("amount-in", Some(Field::of(Kind::AmountIn))),
            ("amount12-out", Some(Field::of_posting(Kind::AmountOut, 12))),
            ("balance", Some(Field::of_posting(Kind::Balance, 1))),
            ("balance2", Some(Field::of_posting(Kind::Balance, 2))),
            ("comment3", Some(Field::of_posting(Kind::Comment, 3))),
            ("date2", Some(Field::of(Kind::Date2))),
            ("account", None),
            ("account0", None),
            ("account01", None),
            ("account100", None),
            ("payee", None),
            ("date3", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Field::named(name), expected, "{name}");
        }
    }
}
