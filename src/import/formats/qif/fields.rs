//! The fields of one transaction: its lines by their first letters.
//!
//! Date and amount stay texts, as `survey` has to see all of them first. Quicken repeats letters inside of splits; what
//! comes behind an `S` and is not `E`, `$` or `%` is still of the transaction, but for a further date.

use super::category::{self, Category};

/// Splits that a record may have: nobody parts a payment into more.
pub const MOST_SPLITS: usize = 1000;

/// What one record says; texts as they stand, without blanks around them.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    /// `D`
    pub date: Option<&'a str>,
    /// `T`, else `U`, which is the same with more room.
    pub amount: Option<&'a str>,
    /// `U`
    pub wide: Option<&'a str>,
    /// `P`
    pub payee: Option<&'a str>,
    /// `M`, several joined by a blank.
    pub memo: Option<String>,
    /// `N`, the number of a cheque or a word such as `ATM`.
    pub number: Option<&'a str>,
    /// `L`
    pub category: Category<'a>,
    /// `S` with `E` and `$`.
    pub splits: Vec<Split<'a>>,
    /// Whether there are more splits than a record may have; the others are not read.
    pub is_crowded: bool,
    /// A letter that is there twice, where once means one transaction: a `^` may be missing.
    pub doubled: Option<char>,
}

/// One part of a transaction.
#[derive(Debug, Default)]
pub struct Split<'a> {
    /// `S`
    pub category: Category<'a>,
    /// `E`
    pub memo: Option<&'a str>,
    /// `$`
    pub amount: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// Reads the lines of a record.
    pub fn of(raw: &'a str) -> Fields<'a> {
        let mut fields = Fields::default();
        for line in raw.lines() {
            let mut letters = line.chars();
            let Some(letter) = letters.next() else { continue };
            let text = letters.as_str().trim();
            match letter {
                'U' => fields.wide = Some(text).filter(|text| !text.is_empty()).or(fields.wide),
                _ => fields.take(letter, text),
            }
        }
        fields.amount = fields.amount.or(fields.wide);
        fields
    }

    fn take(&mut self, letter: char, text: &'a str) {
        let said = Some(text).filter(|text| !text.is_empty());
        match letter {
            'D' if self.splits.is_empty() => self.once(letter, |fields| &mut fields.date, said),
            'T' => self.once(letter, |fields| &mut fields.amount, said),
            'P' => self.payee = self.payee.or(said),
            'N' => self.number = self.number.or(said),
            'M' => self.note(said),
            'L' => self.category = category::read(text),
            'S' => self.push(Split { category: category::read(text), ..Split::default() }),
            'E' => self.split(|split| split.memo.is_none()).memo = said,
            '$' => self.split(|split| split.amount.is_none()).amount = said,
            _ => {}
        }
    }

    fn once(
        &mut self,
        letter: char,
        field: impl Fn(&mut Self) -> &mut Option<&'a str>,
        said: Option<&'a str>,
    ) {
        if said.is_some() && field(self).is_some() {
            self.doubled = Some(letter);
        }
        let before = field(self).take();
        *field(self) = before.or(said);
    }

    fn push(&mut self, split: Split<'a>) {
        self.is_crowded |= self.splits.len() == MOST_SPLITS;
        if !self.is_crowded {
            self.splits.push(split);
        }
    }

    fn note(&mut self, said: Option<&'a str>) {
        let Some(said) = said else { return };
        let memo = self.memo.get_or_insert_default();
        if !memo.is_empty() {
            memo.push(' ');
        }
        memo.push_str(said);
    }

    /// The split that the next field is of: the last one, unless it has such a field already.
    fn split(&mut self, is_open: impl Fn(&Split<'a>) -> bool) -> &mut Split<'a> {
        if !self.splits.last().is_some_and(is_open) {
            self.push(Split::default());
        }
        self.splits.last_mut().expect("a split was pushed where there was none")
    }

    /// The texts of all amounts.
    pub fn amounts(&self) -> impl Iterator<Item = &'a str> {
        self.amount.into_iter().chain(self.splits.iter().filter_map(|split| split.amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_in_any_order() {
        let raw = "D6/2/94\nScategory 1\n$23\nT75.00\nPDeposit\nAstreet\nMone\nMtwo\nN12\nU76\nC*\nEnote\n$5";
        let fields = Fields::of(raw);
        assert_eq!(
            (fields.date, fields.amount, fields.payee),
            (Some("6/2/94"), Some("75.00"), Some("Deposit"))
        );
        assert_eq!(
            (fields.memo.as_deref(), fields.number, fields.doubled),
            (Some("one two"), Some("12"), None)
        );
        let splits: Vec<_> =
            fields.splits.iter().map(|split| (split.category.name, split.memo, split.amount)).collect();
        assert_eq!(splits, [(Some("category 1"), Some("note"), Some("23")), (None, None, Some("5"))]);
        assert_eq!(Fields::of("U5\nM\nN").amount, Some("5"));
    }

    #[test]
    fn a_second_date_or_amount_is_noticed() {
        let cases = [
            ("D1\nT2\nD3", Some('D')),
            ("D1\nT2\nT2", Some('T')),
            ("D1\nT2\nSx\nD3\n$2", None),
            ("D1\nT\nT2", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(Fields::of(raw).doubled, expected, "{raw}");
        }
    }
}
