//! Which money goes out and which comes in: what the rows of a file show, and what earlier files of its kind settled
//! where these rows leave it open.
//!
//! `settle` asks. Rows that every way reads alike settle nothing: a month of income says nothing of spending.

use super::super::text::amounts::Side;
use super::super::{Options, Signs};
use super::flags::Flags;
use super::headers::Money;
use super::layout::Flag;
use super::survey::Survey;
use crate::domain::invalid::Invalid;

/// How signs are read.
#[derive(Clone, Debug)]
pub struct Directions {
    /// The column whose words say it.
    pub flag: Option<Flag>,
    /// Whether `CR` marks what comes in, and everything without it goes out.
    pub is_unmarked_debit: bool,
    /// Whether the column of money out has minus signs of its own.
    pub is_debit_signed: bool,
    /// What is worth remembering; none where all rows are the same in any way.
    pub signs: Option<Signs>,
}

impl Survey {
    /// How signs are read: as was said, else as the rows show, else as earlier files of this kind settled.
    ///
    /// # Errors
    /// Rows that contradict the earlier files.
    pub fn directions(&self, options: &Options) -> Result<Directions, Invalid> {
        let (own, flag) = self.own_signs(options);
        let is_said = options.flag_column.is_some()
            || options.unmarked_is_debit.is_some()
            || options.debit_is_signed.is_some();
        let signs = match (own, options.signs) {
            (own, None) => own,
            (None, known) => known,
            (Some(own), Some(known)) if !is_said => Some(self.agreed(own, known)?),
            (own, _) => own,
        };
        let flag = match signs {
            Some(Signs::Words { column, blank_is_out }) => Some(Flag {
                column,
                blank: blank_is_out.map(|is_out| if is_out { Side::Debit } else { Side::Credit }),
                seen: self.flags_of(column).map(Flags::seen).unwrap_or_default(),
            }),
            Some(_) => None,
            None => flag,
        };
        Ok(Directions {
            is_unmarked_debit: signs.map_or_else(
                || flag.is_none() && self.is_unmarked_debit(),
                |signs| signs == Signs::UnmarkedOut,
            ),
            is_debit_signed: signs == Some(Signs::SignedDebits),
            flag,
            signs,
        })
    }

    /// What was said, else what the rows show; and the flag, also where no row depends on it.
    fn own_signs(&self, options: &Options) -> (Option<Signs>, Option<Flag>) {
        let Money::Amount(_) = self.columns.money else { return (self.side_signs(options), None) };
        if let Some(flag) = self.flag(options) {
            let blank_is_out = flag.blank.map(|side| side == Side::Debit);
            let words = Signs::Words { column: flag.column, blank_is_out };
            let is_needed = options.flag_column.is_some()
                || self.flags_of(flag.column).is_some_and(|flags| !flags.agree_with_signs(flag.blank));
            return (is_needed.then_some(words), Some(flag));
        }
        let is_unmarked_debit = options.unmarked_is_debit.unwrap_or_else(|| self.is_unmarked_debit());
        let signs = match is_unmarked_debit {
            true if self.plain > 0 || options.unmarked_is_debit.is_some() => Some(Signs::UnmarkedOut),
            true => None,
            false if options.unmarked_is_debit.is_some() || self.negatives + self.debit_marks > 0 => {
                Some(Signs::AsWritten)
            }
            false => (self.plain > 0).then_some(Signs::Unsigned),
        };
        (signs, None)
    }

    fn side_signs(&self, options: &Options) -> Option<Signs> {
        let shown = (self.signed_debits + self.unsigned_debits > 0).then_some(self.unsigned_debits == 0);
        let is_signed = options.debit_is_signed.or(shown)?;
        Some(if is_signed { Signs::SignedDebits } else { Signs::PlainDebits })
    }

    /// What holds where the rows show one thing and earlier files another that these rows do not exclude.
    fn agreed(&self, own: Signs, known: Signs) -> Result<Signs, Invalid> {
        match (own, known) {
            (own, known) if own == known => Ok(known),
            (Signs::Unsigned, known) => Ok(known),
            (Signs::AsWritten, Signs::Unsigned) => Ok(own),
            // Without a bare amount nothing depends on what that means.
            (Signs::AsWritten, Signs::UnmarkedOut) if self.plain == 0 => Ok(known),
            (Signs::AsWritten, Signs::Words { column, .. })
                if self.flags_of(column).is_some_and(|flags| flags.agree_with_signs(None)) =>
            {
                Ok(known)
            }
            (Signs::Words { column, blank_is_out }, Signs::Words { column: before, blank_is_out: blank })
                if column == before && (blank_is_out.is_none() || blank.is_none()) =>
            {
                Ok(Signs::Words { column, blank_is_out: blank_is_out.or(blank) })
            }
            // A few reversals alone look like a bank that writes a minus.
            (Signs::SignedDebits, Signs::PlainDebits) => Ok(known),
            _ => Err(own.ask(known)),
        }
    }

    fn flags_of(&self, column: usize) -> Option<&Flags> {
        self.flags
            .iter()
            .zip(&self.columns.flags)
            .find(|(_, flag)| flag.column == column)
            .map(|found| found.0)
    }

    /// The first column that is a flag; amounts whose marks were said need none.
    fn flag(&self, options: &Options) -> Option<Flag> {
        let is_said = options.flag_column.is_some();
        if options.unmarked_is_debit.is_some() && !is_said {
            return None;
        }
        let mut settled = self.flags.iter().zip(&self.columns.flags);
        settled.find_map(|(flags, flag)| {
            let blank =
                if is_said { flags.blank_as_said(options.unmarked_is_debit) } else { flags.settle()? };
            Some(Flag { column: flag.column, blank, seen: flags.seen() })
        })
    }

    /// Whether money out is what has no `CR` beside it.
    fn is_unmarked_debit(&self) -> bool {
        let is_marked = self.credit_marks > 0 && self.debit_marks == 0 && self.negatives == 0;
        is_marked && matches!(self.columns.money, Money::Amount(_))
    }
}
