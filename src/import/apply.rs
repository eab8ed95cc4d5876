//! Writing what the plan decided: transactions, statement lines and the batch, a few hundred rows a statement,
//! all in one operation.

mod lines;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::accounts::file_kind;
use super::admission::{current, refuse_closed, refuse_valueless};
use super::answers::RowPlace;
use super::decision::{Decision, Match};
use super::formats::{FileLine, Layout, ReadSeek};
use super::given::{self, Fuller, Given};
use super::imported::{Imported, Part};
use super::plan::{Fitted, ImportPlan, Request, Rows, fitted, plan};
use super::planned::{Named, Planned, payee_name};
use super::purpose::{NewRow, Purpose, Purposes, Told};
use super::reckoning;
use super::stated;
use crate::db::batches;
use crate::db::transactions::{Booked, Confirmation, Differing, Gap};
use crate::db::writer::Writer;
use crate::db::{account_numbers, dialect, payees, postings, sources, transactions};
use crate::domain::account::Account;
use crate::domain::ids::{BatchId, CategoryId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::name::fold;
use crate::domain::transaction::{Amount, NewPosting, NewTransaction};
use crate::error::{Problem, Result};
use crate::ledger::lookup::quoted;

/// How many rows are written at once: each writing goes a few times to the server and back, and holds them.
const AT_ONCE: usize = 2_000;

/// Imports a file: plan and apply, in one operation, with a batch for each account. Two imports into one account wait
/// for each other.
///
/// # Errors
/// A file in which no row fits; an account in another currency that is on budget; what the database says.
pub fn import(
    w: &mut Writer<'_>,
    input: &mut dyn ReadSeek,
    layout: &Layout,
    requests: &[Request],
) -> Result<Imported> {
    let mut accounts: Vec<i64> = requests.iter().map(|request| request.account.id.0).collect();
    accounts.sort_unstable();
    for account in accounts {
        dialect::lock_account(w.conn(), account)?;
    }
    let mut given = Given::gather(w, input, layout, requests)?;
    let mut purposes = Purposes::load(w, requests.iter().any(|request| request.how.suggests))?;
    let empty = reckoning::empty(w, layout, requests)?;
    let mut parts: Vec<Part> = Vec::new();
    for (place, request) in requests.iter().enumerate() {
        let request = current(w, request)?;
        refuse_valueless(w, &request)?;
        // After the rows before it are in: what one account says of another is there for that one's own rows to join.
        let said = request.how.answers.of_part(place, |row| made(&parts, row));
        let plan = plan(w.conn(), input, layout, &request, said)?;
        refuse_closed(&request, &plan)?;
        parts.push(apply(w, input, layout, &request, plan, (&mut given, &mut purposes))?);
    }
    if let Some(first) = parts.first_mut() {
        first.plan.notes.extend(purposes.notes());
        first.plan.notes.extend(given.added());
    }
    let operation = w.has_begun().then(|| w.operation()).transpose()?;
    if operation.is_some() {
        w.retell(&summary(&requests[0].how.file_name, &parts))?;
    }
    let mut taken_over = None;
    if layout.says_purposes() {
        if operation.is_some() {
            w.settle_totals()?;
        }
        for part in &mut parts {
            part.balance = Some(Minor(postings::balance_of(w.conn(), part.plan.account.id)?));
        }
        reckoning::compare(&mut parts, &empty, given.added().is_some());
        taken_over = Some(given.taken_over());
    }
    Ok(Imported { parts, operation, taken_over })
}

/// The transaction that was made of a row, if the part that it is of is in.
fn made(parts: &[Part], row: RowPlace) -> Option<i64> {
    parts.get(row.part)?.made_of(row.index).map(|transaction| transaction.0)
}

/// `imported january.csv (3 new, 1 matched) into Checking and Savings`.
fn summary(file: &str, parts: &[Part]) -> String {
    let count = |word| parts.iter().map(|part| part.plan.count(word)).sum::<usize>();
    let matched = match count("matched") {
        0 => String::new(),
        matched => format!(", {matched} matched"),
    };
    let accounts: Vec<&str> = parts.iter().map(|part| part.plan.account.name.as_str()).collect();
    format!("imported {file} ({} new{matched}) into {}", count("new"), accounts.join(", "))
}

/// Writes what was planned for one account.
fn apply(
    w: &mut Writer<'_>,
    input: &mut dyn ReadSeek,
    layout: &Layout,
    request: &Request,
    plan: ImportPlan,
    (given, purposes): (&mut Given, &mut Purposes),
) -> Result<Part> {
    let source = layout.source();
    if plan.matched.decisions.is_empty() {
        return Ok(Part::new(plan, None));
    }
    if !w.has_begun() {
        w.begin(&format!("imported {}", request.how.file_name))?;
    }
    w.knows_accounts([(request.account.id.0, request.account.is_on_budget)]);
    sources::remember(w, request.account.id, &source, &plan.settled)?;
    let kind = file_kind(layout);
    let named = match (&request.rows, layout.accounts()) {
        (Rows::Of { names, .. }, _) => names.as_slice(),
        // Of a file with one account, `-a` says which that is.
        (Rows::All, names @ [_]) => names,
        _ => &[],
    };
    named.iter().try_for_each(|name| account_numbers::remember(w, request.account.id, &kind, name))?;
    let batch = batches::insert(w, request.account.id, layout.format(), &source, &request.how.file_name)?;
    let mut applying = Applying {
        w,
        request,
        plan: &plan,
        source: &source,
        batch,
        given,
        purposes,
        payees: HashMap::new(),
        made: Vec::new(),
        repeated: plan.repeated(),
        seen: plan.shares_lines().then(HashSet::new),
        told: HashMap::new(),
        differing: Vec::new(),
        moved: 0,
    };
    let mut rows = Vec::with_capacity(AT_ONCE);
    for (index, row) in fitted(input, layout, request)?.enumerate() {
        let decision = plan.matched.decisions.get(index).copied();
        let decision = decision
            .ok_or_else(|| Problem::conflict("the file changed while it was read").hint("try again"))?;
        rows.push(applying.planned(index, row?, decision));
        if rows.len() == AT_ONCE {
            applying.write(std::mem::take(&mut rows))?;
        }
    }
    applying.write(rows)?;
    applying.book_in_another_form()?;
    let Applying { made: transactions, told, differing, moved, .. } = applying;
    given.done_with(request.account.id);
    let mut plan = plan;
    plan.notes.extend(given.notes());
    plan.notes.extend(differing.iter().map(|one| kept(one, &request.account)));
    plan.notes.extend(stated::keep(w, layout, request, batch)?);
    Ok(Part { transactions, purposes: told, moved, ..Part::new(plan, Some(batch)) })
}

/// `transaction 7 is booked with -52.10, and keeps -45.00, as it was changed here`.
fn kept(one: &Differing, account: &Account) -> String {
    let amount = |minor| Amount { minor, exponent: account.exponent };
    let Differing { transaction, there, booked } = *one;
    let booked = amount(booked);
    match there {
        Some(there) => format!(
            "transaction {transaction} is booked with {booked}, and keeps {}, as it was changed here: `groat edit \
             {transaction}` where the bank is right",
            amount(there)
        ),
        None => format!(
            "transaction {transaction} is booked with {booked} in {}, and stays in the account that it was moved to \
             here: `groat edit {transaction} -a {}` where the bank is right",
            account.name,
            quoted(&account.key)
        ),
    }
}

struct Applying<'w, 'c> {
    w: &'w mut Writer<'c>,
    request: &'w Request,
    plan: &'w ImportPlan,
    source: &'w str,
    batch: BatchId,
    given: &'w mut Given,
    purposes: &'w mut Purposes,
    payees: HashMap<String, payees::LastCategory>,
    made: Vec<TransactionId>,
    /// The lines of rows that the file shows again, by their places; none until they are kept.
    repeated: HashMap<usize, Option<i64>>,
    /// Lines of the file with lines of the book, where several rows may be one of these.
    seen: Option<HashSet<(i64, i64)>>,
    told: HashMap<usize, Told>,
    /// What keeps another amount than the bank booked.
    differing: Vec<Differing>,
    /// What the rows come to that are in the book now.
    moved: i128,
}

impl Applying<'_, '_> {
    /// A row with the rule that takes it and whom it names: by the rule, else by the bank.
    fn planned(&mut self, index: usize, row: Fitted, decision: Decision) -> Planned {
        let is_asked = decision.makes_one() || matches!(decision, Decision::Matched { .. });
        let fuller = match &row {
            Fitted::Line(line, _) if decision.makes_one() => self.given.fuller(line).map(Box::new),
            _ => None,
        };
        let (rule, name) = match &row {
            Fitted::Line(line, amount) if is_asked => {
                let rule = self.purposes.rule(&self.request.account, line, *amount);
                let said = fuller.as_ref().map_or(&**line, |fuller| &fuller.line);
                let name = rule.as_ref().and_then(|rule| rule.payee.clone()).or_else(|| payee_name(said));
                (rule, name)
            }
            _ => (None, None),
        };
        let payee = name.map(|name| Named { key: fold(&name), name });
        Planned { index, row, decision, payee, rule, purpose: Purpose::default(), fuller, is_alone: false }
    }

    fn write(&mut self, mut rows: Vec<Planned>) -> Result<()> {
        let joined: Vec<i64> = rows.iter().filter_map(Planned::joined).collect();
        self.moved += rows.iter().filter_map(Planned::moved).map(i128::from).sum::<i128>();
        let gaps = transactions::gaps(self.w.conn(), &joined)?;
        self.find_payees(&rows, &gaps)?;
        let making = rows.iter().filter(|row| row.decision.makes_one());
        self.purposes.know(self.given.make(self.w, making.flat_map(Planned::lines))?);
        self.settle(&mut rows, &gaps)?;
        self.look_for_other_sides(&mut rows)?;
        let making: Vec<&Planned> = rows.iter().filter(|row| row.decision.makes_one()).collect();
        let booked: Vec<NewTransaction> = making.iter().filter_map(|row| self.transaction(row)).collect();
        let made = transactions::insert_many(self.w, &booked)?;
        let confirmations: Vec<Confirmation> = rows.iter().filter_map(|row| self.confirmation(row)).collect();
        self.differing.extend(transactions::confirm(self.w, &confirmations)?);
        let lines = self.lines(&rows, &made)?;
        batches::add_lines(self.w, &lines)?;
        self.made.extend(made);
        Ok(())
    }

    /// Looks what stands already where transfers would put their other sides.
    fn look_for_other_sides(&mut self, rows: &mut [Planned]) -> Result<()> {
        let fuller: Vec<&Fuller> = rows.iter().filter_map(|row| row.fuller.as_deref()).collect();
        let not_there = self.given.not_there(self.w, &fuller)?;
        let with_fuller = rows.iter_mut().filter(|row| row.fuller.is_some());
        for (row, _) in with_fuller.zip(not_there).filter(|(_, is_new)| !is_new) {
            (row.fuller, row.is_alone) = (None, true);
        }
        let own = rows.iter().filter(|row| row.decision.makes_one() && row.fuller.is_none() && !row.is_alone);
        self.given.look_at(self.w, &self.request.account, own.filter_map(Planned::line))
    }

    /// Finds or makes the payees of the rows that become or fill transactions.
    fn find_payees(&mut self, rows: &[Planned], gaps: &HashMap<i64, Gap>) -> Result<()> {
        let is_nameless = |id: i64| gaps.get(&id).is_some_and(|gap| gap.is_nameless);
        let mut wanted: Vec<(String, String)> = rows
            .iter()
            .filter(|row| row.decision.makes_one() || row.joined().is_some_and(is_nameless))
            .filter_map(|row| row.payee.as_ref())
            .filter(|payee| !payee.key.is_empty() && !self.payees.contains_key(&payee.key))
            .map(|payee| (payee.key.clone(), payee.name.clone()))
            .collect();
        // The first spelling of a name is kept, whatever the order of keys.
        wanted.sort_by(|a, b| a.0.cmp(&b.0));
        wanted.dedup_by(|a, b| a.0 == b.0);
        self.payees.extend(payees::find_or_create_many(self.w, &wanted)?);
        Ok(())
    }

    /// Says what each row was for.
    fn settle(&mut self, rows: &mut [Planned], gaps: &HashMap<i64, Gap>) -> Result<()> {
        for row in rows {
            let Some((line, amount)) = row.line() else { continue };
            let last = self.payee(row).and_then(|(_, category)| category);
            let rule = row.rule.as_deref();
            row.purpose = match row.joined() {
                Some(id) => {
                    let gap = gaps.get(&id).copied().unwrap_or_default();
                    self.purposes.of_joined(self.w, amount, rule, last, gap)?
                }
                // What the file itself says goes before what is guessed.
                None if row.decision.makes_one() && self.given.says(line) => {
                    let account = &self.request.account;
                    let other = self.given.other(account, line, amount);
                    self.purposes.of_file(self.given.parts(line, account.exponent), other)
                }
                None if row.decision.makes_one() => {
                    let account = &self.request.account;
                    self.purposes.of_new(self.w, NewRow { account, line, amount }, rule, last)?
                }
                None => continue,
            };
            let shown = &self.plan.matched.shown;
            if shown.binary_search_by_key(&row.index, |row| row.index).is_ok() {
                self.told.insert(row.index, self.purposes.told(&row.purpose));
            }
        }
        Ok(())
    }

    fn payee(&self, row: &Planned) -> Option<payees::LastCategory> {
        row.payee.as_ref().and_then(|payee| self.payees.get(&payee.key)).copied()
    }

    fn transaction(&mut self, row: &Planned) -> Option<NewTransaction> {
        let (line, amount, account) = row.made_of(&self.request.account)?;
        let whole = self.leg(line, amount, account);
        let posting = |(category, amount): &(Option<CategoryId>, Minor)| NewPosting {
            category: *category,
            amount: *amount,
            value: whole.value.map(|_| *amount),
            ..whole.clone()
        };
        let parts = row.purpose.parts.iter().map(posting).collect();
        let postings = match row.is_alone {
            true => vec![whole],
            false => self.given.postings(line, whole, parts, account),
        };
        let tags = row.purpose.tags.iter().copied().chain(self.given.tags(line)).collect();
        Some(NewTransaction {
            date: line.date,
            payee: self.payee(row).map(|(id, _)| id),
            note: row.note(line),
            tags,
            postings,
        })
    }

    /// Books what stood there as pending and has come in as the payments that it was, or as the whole.
    fn book_in_another_form(&mut self) -> Result<()> {
        let matched = &self.plan.matched;
        let confirmation = |(transaction, (date, amount)): (&i64, &(NaiveDate, i64))| {
            let was = matched.were_pending.get(transaction);
            Confirmation {
                booked: was
                    .map(|(day, minor)| Booked { was: (*day, Minor(*minor)), is: (*date, Minor(*amount)) }),
                ..Confirmation::bare(TransactionId(*transaction), self.request.account.id, Minor(*amount))
            }
        };
        let all: Vec<Confirmation> = matched.booked_on.iter().map(confirmation).collect();
        self.differing.extend(transactions::confirm(self.w, &all)?);
        Ok(())
    }

    /// What a row that is joined to a transaction says of it.
    fn confirmation(&self, row: &Planned) -> Option<Confirmation> {
        let (line, amount) = row.line()?;
        let transaction = row.joined()?;
        let Decision::Matched { by, .. } = row.decision else { return None };
        let was = self.plan.matched.were_pending.get(&transaction);
        let is_booking = matches!(by, Match::Pending(_) | Match::PendingId);
        Some(Confirmation {
            transaction: TransactionId(transaction),
            account: self.request.account.id,
            amount,
            payee: self.payee(row).map(|(id, _)| id),
            category: row.purpose.category(),
            tags: row.purpose.tags.clone(),
            note: row.note(line),
            is_booked: given::is_confirmed(line),
            leg: matches!(by, Match::OtherSide(_)).then(|| self.leg(line, amount, &self.request.account)),
            is_said: self.plan.said.confirms(row.index, transaction),
            booked: was
                .filter(|_| is_booking)
                .map(|(date, minor)| Booked { was: (*date, Minor(*minor)), is: (line.date, amount) }),
        })
    }

    /// The row as a leg beside the one that its other side is.
    fn leg(&self, line: &FileLine, amount: Minor, account: &Account) -> NewPosting {
        NewPosting {
            account: account.id,
            category: None,
            date: line.date,
            amount,
            value: (account.currency == self.w.currency.code).then_some(amount),
            memo: None,
            status: given::status(line),
        }
    }

    fn reason(&self, row: &Planned) -> Cow<'static, str> {
        match &row.row {
            Fitted::Rejected(rejected) => rejected.reason.clone().into(),
            Fitted::Line(..) => {
                let reason = self.plan.reason(row.index, row.decision);
                with_purpose(reason, row.purpose.why.as_deref())
            }
        }
    }
}

/// `not seen before; Groceries by rule 2`.
pub fn with_purpose(reason: Cow<'static, str>, why: Option<&str>) -> Cow<'static, str> {
    match why {
        Some(why) => format!("{reason}; {why}").into(),
        None => reason,
    }
}

fn uneven() -> Problem {
    Problem::internal("an import made another number of rows than it planned")
}
