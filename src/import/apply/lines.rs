//! Keeping the rows: every row becomes a statement line, or is one that is there, and stands in the batch as that.

use super::{Applying, uneven};
use crate::db::batches::NewBatchLine;
use crate::db::statement_lines::{self, NewLine};
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::import::decision::Decision;
use crate::import::key;
use crate::import::planned::Planned;

impl Applying<'_, '_> {
    /// Keeps every row, and answers which line of the batch it is.
    pub(super) fn lines(&mut self, rows: &[Planned], made: &[TransactionId]) -> Result<Vec<NewBatchLine>> {
        let operation_id = self.w.operation()?.0;
        let mut new = Vec::new();
        let mut made = made.iter().copied();
        let mut known = Vec::with_capacity(rows.len());
        for row in rows {
            let transaction = match row.decision {
                Decision::Matched { transaction, .. } => Some(TransactionId(transaction)),
                decision if decision.makes_one() => Some(made.next().ok_or_else(uneven)?),
                _ => None,
            };
            let line = self.known(row);
            match (line, transaction) {
                _ if matches!(row.decision, Decision::Repeated { .. }) => {}
                (Some(line), Some(transaction)) => {
                    let word = row.decision.line_word();
                    statement_lines::attach(self.w, line, transaction, word, &self.reason(row))?;
                }
                (Some(_), None) => {}
                (None, _) => new.push(self.new_line(row, transaction, operation_id)),
            }
            known.push(line);
        }
        let ids = statement_lines::insert(self.w, &new)?;
        self.in_batch(rows, known, ids, operation_id)
    }

    /// The line that a row is, if it is there.
    fn known(&self, row: &Planned) -> Option<i64> {
        match row.decision {
            Decision::Duplicate { line, .. } => Some(line),
            Decision::Deleted { line } | Decision::Pending { line } | Decision::Rejected { line } => line,
            _ => self.plan.matched.attached.get(&row.index).copied(),
        }
    }

    /// The lines of the batch: of each row the one that was known, else the next of the new ones, and further ones.
    fn in_batch(
        &mut self,
        rows: &[Planned],
        known: Vec<Option<i64>>,
        new: Vec<i64>,
        operation_id: i64,
    ) -> Result<Vec<NewBatchLine>> {
        let mut new = new.into_iter();
        let mut lines = Vec::with_capacity(rows.len());
        let mut shares = Vec::new();
        for (row, known) in rows.iter().zip(known) {
            let line = match row.decision {
                Decision::Repeated { row } => self.repeated.get(&row).copied().flatten(),
                _ => known.or_else(|| new.next()),
            };
            let line = line.ok_or_else(uneven)?;
            shares.extend(self.shares(row, line, operation_id).into_iter().map(|share| (row, share)));
            self.repeated.entry(row.index).and_modify(|first| *first = Some(line));
            let also = self.plan.matched.also.get(&row.index).map_or(&[][..], Vec::as_slice);
            for id in std::iter::once(line).chain(also.iter().copied()) {
                lines.push(self.batch_line(row, id)?);
            }
        }
        let (of, shares): (Vec<&Planned>, Vec<NewLine>) = shares.into_iter().unzip();
        for (row, id) in of.into_iter().zip(statement_lines::insert(self.w, &shares)?) {
            lines.push(self.batch_line(row, id)?);
        }
        // Rows that begin on one line of the file may be one line of the book.
        if let Some(seen) = &mut self.seen {
            lines.retain(|line| seen.insert((line.line, line.statement_line_id)));
        }
        Ok(lines)
    }

    fn batch_line(&self, row: &Planned, statement_line_id: i64) -> Result<NewBatchLine> {
        Ok(NewBatchLine {
            batch_id: self.batch.0,
            line: i64::try_from(row.origin().0)?,
            statement_line_id,
            decision: row.decision.word(),
            reason: self.reason(row),
        })
    }

    /// A line for each of the payments that a row books as one: its share of the line that the row is.
    fn shares(&self, row: &Planned, whole: i64, operation_id: i64) -> Vec<NewLine> {
        let payments = self.plan.matched.payments.get(&row.index);
        let (Some((line, amount)), Some(payments)) = (row.line(), payments) else { return Vec::new() };
        let booking = storable(&key::of_whole(line, amount));
        let share = |(transaction, amount): &(i64, i64)| NewLine {
            bank_id: None,
            row_key: key::of_share(line.date, *amount, whole),
            amount: Some(*amount),
            payee: None,
            memo: None,
            other_account: None,
            booking: Some(booking.clone()),
            ..self.new_line(row, Some(TransactionId(*transaction)), operation_id)
        };
        payments.iter().map(share).collect()
    }

    fn new_line(&self, row: &Planned, transaction: Option<TransactionId>, operation_id: i64) -> NewLine {
        let base = NewLine {
            account_id: self.request.account.id.0,
            source: self.source.to_owned(),
            bank_id: None,
            row_key: String::new(),
            key_version: key::VERSION,
            date: None,
            amount: None,
            payee: None,
            memo: None,
            raw: storable(row.origin().1),
            decision: row.decision.line_word(),
            reason: self.reason(row),
            transaction_id: transaction.map(|id| id.0),
            operation_id,
            other_account: None,
            booking: None,
        };
        match row.line() {
            None => NewLine { row_key: key::of_rejected(row.origin().1), ..base },
            Some((line, amount)) => NewLine {
                bank_id: line.bank_id.as_deref().map(storable),
                row_key: key::of_line(line, amount),
                date: Some(line.date),
                amount: Some(amount.0),
                payee: line.payee.as_deref().map(storable),
                memo: line.memo.as_deref().map(storable),
                other_account: line.other_account.as_deref().map(storable),
                booking: key::of_booking(line, self.request.account.exponent).as_deref().map(storable),
                ..base
            },
        }
    }
}

/// Text as the bank wrote it, but for NUL, which PostgreSQL cannot hold.
fn storable(text: &str) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text.to_owned() }
}
