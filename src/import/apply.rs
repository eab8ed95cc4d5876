//! Writing what the plan decided: transactions, statement lines and the batch, a few hundred rows a statement,
//! all in one operation.

use std::collections::HashMap;

use super::formats::{FileLine, Layout, ReadSeek, Rejected};
use super::key;
use super::plan::{Decision, Fitted, ImportPlan, Request, fitted, plan};
use crate::db::batches::{self, BatchLineRow};
use crate::db::statement_lines::{self, NewLine};
use crate::db::tables::CHUNK;
use crate::db::writer::Writer;
use crate::db::{dialect, names, payees, sources, transactions};
use crate::domain::ids::{BatchId, OperationId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::name::{clean_from_file, fold};
use crate::domain::transaction::{NewPosting, NewTransaction, Status};
use crate::error::{Problem, Result};

/// What an import did.
#[derive(Debug)]
pub struct Imported {
    /// What was decided.
    pub plan: ImportPlan,
    /// The batch; none when there was nothing to keep.
    pub batch: Option<BatchId>,
    /// The operation.
    pub operation: Option<OperationId>,
    /// The transactions that were made, in the order of the file.
    pub transactions: Vec<TransactionId>,
}

/// Imports a file: plan and apply, in one operation. Two imports into one account wait for each other.
///
/// # Errors
/// A file in which no row fits; an account in another currency that is on budget; what the database says.
pub fn import(
    w: &mut Writer<'_>,
    input: &mut dyn ReadSeek,
    layout: &Layout,
    request: &Request,
) -> Result<Imported> {
    dialect::lock_account(w.conn(), request.account.id.0)?;
    let request = &current(w, request)?;
    refuse_valueless(w, request)?;
    let plan = plan(w.conn(), input, layout, request)?;
    if plan.decisions.is_empty() {
        return Ok(Imported { plan, batch: None, operation: None, transactions: Vec::new() });
    }
    let count = plan.count("new");
    let operation =
        w.begin(&format!("imported {} ({count} new) into {}", request.file_name, request.account.name))?;
    w.knows_accounts([(request.account.id.0, request.account.is_on_budget)]);
    let source = layout.source();
    sources::remember(w, request.account.id, &source, &plan.settled)?;
    let batch = batches::insert(w, request.account.id, "csv", &source, &request.file_name)?;
    let mut applying =
        Applying { w, request, source: &source, batch, payees: HashMap::new(), made: Vec::new() };
    let mut rows = Vec::with_capacity(CHUNK);
    for (row, decision) in fitted(input, layout, &request.account)?.zip(&plan.decisions) {
        rows.push((row?, *decision));
        if rows.len() == CHUNK {
            applying.write(std::mem::take(&mut rows))?;
        }
    }
    applying.write(rows)?;
    let transactions = applying.made;
    Ok(Imported { plan, batch: Some(batch), operation: Some(operation), transactions })
}

/// The request with the account as it is now: it was read before the file was looked at, perhaps minutes ago.
fn current(w: &mut Writer<'_>, request: &Request) -> Result<Request> {
    let names = names::load(w.conn(), None)?;
    names.refuse_changed_book(w.currency.code)?;
    let account = names.accounts.into_iter().find(|account| account.id == request.account.id);
    let account =
        account.filter(|account| !account.is_closed && account.currency == request.account.currency);
    let account = account.ok_or_else(|| {
        Problem::conflict(format!("the account `{}` was changed a moment ago", request.account.name))
            .hint("try again")
    })?;
    Ok(Request { account, ..request.clone() })
}

fn refuse_valueless(w: &Writer<'_>, request: &Request) -> Result<()> {
    let account = &request.account;
    if account.is_on_budget && account.currency != w.currency.code {
        return Err(Problem::conflict(format!(
            "`{}` is in {} but on budget, which is kept in {}",
            account.name, account.currency, w.currency.code
        ))
        .hint(format!(
            "take it off budget first: `groat account edit {} --off-budget`",
            crate::ledger::lookup::quoted(&account.name)
        ))
        .into());
    }
    Ok(())
}

struct Applying<'w, 'c> {
    w: &'w mut Writer<'c>,
    request: &'w Request,
    source: &'w str,
    batch: BatchId,
    payees: HashMap<String, payees::LastCategory>,
    made: Vec<TransactionId>,
}

impl Applying<'_, '_> {
    fn write(&mut self, rows: Vec<(Fitted, Decision)>) -> Result<()> {
        self.find_payees(&rows)?;
        let booked: Vec<NewTransaction> = rows
            .iter()
            .filter_map(|(row, decision)| match (row, decision) {
                (Fitted::Line(line, amount), Decision::New | Decision::Restored { .. }) => {
                    Some(self.transaction(line, *amount))
                }
                _ => None,
            })
            .collect();
        let made = transactions::insert_many(self.w, &booked)?;
        let lines = self.lines(&rows, &made)?;
        batches::add_lines(self.w, &lines)?;
        self.made.extend(made);
        Ok(())
    }

    /// Finds or makes the payees of the rows that become transactions.
    fn find_payees(&mut self, rows: &[(Fitted, Decision)]) -> Result<()> {
        let mut wanted: Vec<(String, String)> = rows
            .iter()
            .filter(|(_, decision)| matches!(decision, Decision::New | Decision::Restored { .. }))
            .filter_map(|(row, _)| match row {
                Fitted::Line(line, _) => payee_name(line).map(|name| (fold(&name), name)),
                Fitted::Rejected(_) => None,
            })
            .filter(|(key, _)| !key.is_empty() && !self.payees.contains_key(key))
            .collect();
        // The first spelling of a name is kept, whatever the order of keys.
        wanted.sort_by(|a, b| a.0.cmp(&b.0));
        wanted.dedup_by(|a, b| a.0 == b.0);
        self.payees.extend(payees::find_or_create_many(self.w, &wanted)?);
        Ok(())
    }

    fn transaction(&self, line: &FileLine, amount: Minor) -> NewTransaction {
        let account = &self.request.account;
        let payee = payee_name(line).and_then(|name| self.payees.get(&fold(&name))).copied();
        let note = line.payee.as_ref().and(line.memo.as_deref()).and_then(clean_from_file);
        NewTransaction {
            date: line.date,
            payee: payee.map(|(id, _)| id),
            note,
            tags: Vec::new(),
            postings: vec![NewPosting {
                account: account.id,
                category: payee.and_then(|(_, category)| category),
                date: line.date,
                amount,
                value: (account.currency == self.w.currency.code).then_some(amount),
                memo: None,
                status: Status::Cleared,
            }],
        }
    }

    /// Keeps every row, and answers which line of the batch it is.
    fn lines(&mut self, rows: &[(Fitted, Decision)], made: &[TransactionId]) -> Result<Vec<BatchLineRow>> {
        let operation_id = self.w.operation()?.0;
        let mut new = Vec::new();
        let mut made = made.iter();
        let mut known = Vec::with_capacity(rows.len());
        for (row, decision) in rows {
            let transaction = match decision {
                Decision::New | Decision::Restored { .. } => made.next().map(|id| id.0),
                _ => None,
            };
            match decision {
                Decision::Restored { line } => {
                    statement_lines::attach(self.w, *line, transaction)?;
                    known.push(Some(*line));
                }
                Decision::Duplicate { line, .. } | Decision::Deleted { line } => known.push(Some(*line)),
                Decision::Pending { line: Some(line) } | Decision::Rejected { line: Some(line) } => {
                    known.push(Some(*line))
                }
                _ => {
                    known.push(None);
                    new.push(self.new_line(row, *decision, transaction, operation_id));
                }
            }
        }
        let mut ids = statement_lines::insert(self.w, &new)?.into_iter();
        let lines = rows.iter().zip(known).filter_map(|((row, decision), known)| {
            let number = match row {
                Fitted::Line(line, _) => line.line,
                Fitted::Rejected(rejected) => rejected.line,
            };
            Some(BatchLineRow {
                batch_id: self.batch.0,
                line: i64::try_from(number).ok()?,
                statement_line_id: known.or_else(|| ids.next())?,
                decision: decision.word().to_owned(),
                reason: reason(row, *decision),
            })
        });
        Ok(lines.collect())
    }

    fn new_line(
        &self,
        row: &Fitted,
        decision: Decision,
        transaction: Option<i64>,
        operation_id: i64,
    ) -> NewLine {
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
            raw: String::new(),
            decision: decision.word(),
            reason: reason(row, decision),
            transaction_id: transaction,
            operation_id,
        };
        match row {
            Fitted::Rejected(Rejected { text, .. }) => {
                NewLine { row_key: key::of_rejected(text), raw: storable(text), ..base }
            }
            Fitted::Line(line, amount) => NewLine {
                bank_id: line.bank_id.as_deref().map(storable),
                row_key: super::plan::key_of(line, *amount).0,
                date: Some(line.date),
                amount: Some(amount.0),
                payee: line.payee.as_deref().map(storable),
                memo: line.memo.as_deref().map(storable),
                raw: storable(&line.raw),
                ..base
            },
        }
    }
}

fn reason(row: &Fitted, decision: Decision) -> String {
    match row {
        Fitted::Rejected(rejected) => rejected.reason.clone(),
        Fitted::Line(..) => decision.reason().to_owned(),
    }
}

/// Text as the bank wrote it, but for NUL, which PostgreSQL cannot hold.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Who it was; where the bank names nobody, what it says instead.
fn payee_name(line: &FileLine) -> Option<String> {
    line.payee.as_deref().and_then(clean_from_file).or_else(|| line.memo.as_deref().and_then(clean_from_file))
}
