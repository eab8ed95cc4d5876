//! Whether the running balance of a file agrees with its amounts, from row to row. Where it jumps, a row may be
//! missing, or a twin was cut off at the file's edge: said, and nothing more. `matching` shows it each row.

use rust_decimal::Decimal;

use super::formats::FileLine;

/// How a balance may follow from that of the row before: in either order, and counted as what is had or owed.
const WAYS: usize = 4;

/// Balances as they were seen so far.
#[derive(Debug, Default)]
pub struct Balances {
    /// Balance and amount of the last row that shows a balance.
    last: Option<(Decimal, Decimal)>,
    /// What rows since, that show none, sum to.
    between: Decimal,
    ways: [Way; WAYS],
}

/// One way in which balances may follow each other.
#[derive(Debug, Default)]
struct Way {
    agreeing: u64,
    jumps: u64,
    first: Option<u64>,
}

impl Balances {
    /// Takes in a row; what is not booked yet is in no balance.
    pub fn see(&mut self, row: &FileLine) {
        if row.is_pending {
            return;
        }
        let Some(balance) = row.balance else {
            self.between = self.between.saturating_add(row.amount);
            return;
        };
        if let Some((before, its_amount)) = self.last {
            let change = balance.saturating_sub(before);
            let oldest_first = self.between.saturating_add(row.amount);
            let newest_first = self.between.saturating_add(its_amount);
            let follows = [
                change == oldest_first,
                change == -newest_first,
                change == -oldest_first,
                change == newest_first,
            ];
            for (way, follows) in self.ways.iter_mut().zip(follows) {
                way.count(follows, row.line);
            }
        }
        self.last = Some((balance, row.amount));
        self.between = Decimal::ZERO;
    }

    /// Takes in a row whose amount cannot be read: what follows is not compared with what was before.
    pub fn lose(&mut self) {
        self.last = None;
        self.between = Decimal::ZERO;
    }

    /// What is to be said; nothing where the column does not behave as a running balance at all.
    pub fn warning(&self) -> Option<String> {
        let way = self.ways.iter().rev().max_by_key(|way| way.agreeing)?;
        let line = way.first.filter(|_| way.agreeing > 0 && way.agreeing >= way.jumps)?;
        Some(format!(
            "the running balance jumps at line {line}: is a row missing there, or a twin cut off at the file's edge?"
        ))
    }
}

impl Way {
    fn count(&mut self, follows: bool, line: u64) {
        if follows {
            self.agreeing += 1;
        } else {
            self.jumps += 1;
            self.first.get_or_insert(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(rows: &[(i64, Option<i64>)]) -> Option<u64> {
        let mut balances = Balances::default();
        for (line, (amount, balance)) in (2..).zip(rows) {
            balances.see(&FileLine {
                line,
                amount: Decimal::from(*amount),
                balance: balance.map(Decimal::from),
                ..FileLine::default()
            });
        }
        let warning = balances.warning()?;
        Some(warning.split("line ").nth(1)?.split(':').next()?.parse().unwrap())
    }

    #[test]
    fn a_jump_is_named_by_its_line_in_either_order() {
        assert_eq!(warned(&[(-5, Some(95)), (20, Some(115)), (-1, Some(114))]), None);
        assert_eq!(warned(&[(-5, Some(95)), (20, Some(115)), (-1, Some(111))]), Some(4));
        assert_eq!(warned(&[(-1, Some(114)), (20, Some(115)), (-5, Some(95))]), None);
        assert_eq!(warned(&[(-1, Some(114)), (20, Some(115)), (-7, Some(90)), (-5, Some(97))]), Some(4));
        // A card counts what is owed.
        assert_eq!(warned(&[(-5, Some(5)), (20, Some(-15)), (-1, Some(-14))]), None);
    }

    #[test]
    fn rows_without_a_balance_are_counted_and_other_numbers_are_none() {
        assert_eq!(warned(&[(-5, Some(95)), (20, None), (-1, Some(114)), (1, Some(115))]), None);
        assert_eq!(warned(&[(-5, Some(7)), (20, Some(90)), (-1, Some(3))]), None);
        assert_eq!(warned(&[(-5, None), (20, None)]), None);
    }
}
