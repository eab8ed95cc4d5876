//! Whether an entry with several details is several rows or one, and what its details have in common.
//!
//! A bank books a batch of payments in one entry. Where their amounts sum to it, each is a row; where they do not (or are
//! not shown, or are before charges), the entry's amount alone is sure, so it is one row.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::detail::Detail;

/// Whether each detail is a row of its own, as there are several and they sum to the entry's amount.
pub fn is_batch(details: &[Detail], amount: Decimal) -> bool {
    details.len() > 1 && sum(details) == Some(amount)
}

/// None where one has no amount.
fn sum(details: &[Detail]) -> Option<Decimal> {
    details.iter().try_fold(Decimal::ZERO, |sum, detail| sum.checked_add(detail.amount?))
}

/// The references that several details bear: some banks repeat the entry's.
pub fn repeated(details: &[Detail]) -> HashSet<Box<str>> {
    let mut once = HashSet::new();
    let references = details.iter().filter_map(|detail| detail.reference.as_ref());
    references.filter(|reference| !once.insert(*reference)).cloned().collect()
}

/// One detail for the whole entry: the only one, or what all of several say.
pub fn merged(details: Vec<Detail>) -> Detail {
    let mut details = details.into_iter();
    let Some(mut merged) = details.next() else { return Detail::default() };
    for detail in details {
        keep_common(&mut merged.reference, detail.reference);
        keep_common(&mut merged.payee, detail.payee);
        keep_common(&mut merged.other_account, detail.other_account);
        keep_common(&mut merged.memo, detail.memo);
    }
    merged
}

fn keep_common(kept: &mut Option<Box<str>>, other: Option<Box<str>>) {
    if *kept != other {
        *kept = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(amount: Option<i64>, reference: &str, payee: &str) -> Detail {
        Detail {
            amount: amount.map(Decimal::from),
            reference: Some(reference.into()),
            payee: Some(payee.into()),
            ..Detail::default()
        }
    }

    #[test]
    fn details_that_sum_to_the_entry_are_a_batch() {
        let cases = [
            (vec![Some(-2), Some(-3)], -5, true),
            (vec![Some(-7), Some(2)], -5, true),
            (vec![Some(-2), Some(-2)], -5, false),
            (vec![Some(-2), None], -2, false),
            (vec![Some(-5)], -5, false),
            (vec![], 0, false),
        ];
        for (amounts, entry, expected) in cases {
            let details: Vec<_> = amounts.iter().map(|amount| detail(*amount, "R", "P")).collect();
            assert_eq!(is_batch(&details, Decimal::from(entry)), expected, "{amounts:?}");
        }
    }

    #[test]
    fn only_what_all_details_say_is_said_of_the_entry() {
        let details =
            vec![detail(None, "R1", "Shop"), detail(None, "R2", "Shop"), detail(None, "R1", "Shop")];
        assert_eq!(repeated(&details), HashSet::from(["R1".into()]));
        let merged = merged(details);
        assert_eq!((merged.reference, merged.payee), (None, Some("Shop".into())));
    }
}
