//! What an import did or would do: counts, rows with their reasons, what was taken over, and the rows that were not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::domain::ids::{BatchId, TransactionId};
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::import::{By, Decision, Imported, Part, PlannedRow, Told, with_purpose};
use crate::ledger::lookup::listed;

/// What an import did or would do.
pub struct ImportAnswer<'a> {
    /// What was decided and made.
    pub imported: &'a Imported,
    /// The file's name.
    pub file: &'a str,
    /// What was detected, as (what, value).
    pub detected: &'a [(String, String)],
    /// The file's format.
    pub format: &'a str,
    /// The source, for programs.
    pub source: &'a str,
    /// Nothing was kept.
    pub is_dry_run: bool,
}

/// What the imports of several files did, for programs.
#[derive(Default)]
pub struct ImportAnswers(Vec<(Value, Sheet)>);

impl ImportAnswers {
    /// Adds that of one more.
    ///
    /// # Errors
    /// A value that JSON or rows cannot hold: a bug.
    pub fn push(&mut self, answer: &ImportAnswer<'_>) -> Result<()> {
        let mut sheet = answer.sheet()?;
        sheet.header.insert(0, "file".to_owned());
        sheet.rows.iter_mut().for_each(|row| row.insert(0, answer.file.to_owned()));
        self.0.push((answer.json()?, sheet));
        Ok(())
    }
}

impl Answer for ImportAnswers {
    fn json(&self) -> Result<Value> {
        Ok(json!({"imports": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(|(json, _)| json.clone()).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheets = self.0.iter().map(|(_, sheet)| sheet.clone());
        let mut all = sheets.next().unwrap_or_default();
        sheets.for_each(|sheet| all.rows.extend(sheet.rows));
        Ok(all)
    }
}

const COUNTED: [&str; 5] = ["new", "matched", "duplicate", "deleted", "pending"];

/// A shown row with the account it goes to and the transaction that it is, if that is settled.
struct Shown<'a> {
    part: &'a Part,
    row: &'a PlannedRow,
    transaction: Option<TransactionId>,
}

impl Shown<'_> {
    fn amount(&self) -> Amount {
        Amount { minor: self.row.amount, exponent: self.part.plan.account.exponent }
    }

    fn purpose(&self) -> Option<&Told> {
        self.part.purposes.get(&self.row.index)
    }

    fn reason(&self) -> String {
        let why = self.purpose().and_then(|told| told.why.as_deref());
        with_purpose(self.part.plan.reason(self.row.index, self.row.decision), why).into_owned()
    }

    fn object(&self) -> Value {
        let account = &self.part.plan.account;
        let purpose = self.purpose();
        json!({
            "line": self.row.line.line,
            "decision": self.row.decision.word(),
            "reason": self.reason(),
            "date": self.row.line.date,
            "amount": self.amount(),
            "currency": account.currency,
            "payee": self.row.line.payee,
            "transaction": self.transaction,
            "account": account.name,
            "category": purpose.and_then(|told| told.category.as_ref()),
            "category_slug": purpose.and_then(|told| told.category_slug.as_ref()),
            "category_by": purpose.and_then(|told| told.by),
            "rule": purpose.and_then(|told| told.rule),
        })
    }
}

fn balance(part: &Part) -> Option<Amount> {
    part.balance.map(|minor| Amount { minor, exponent: part.plan.account.exponent })
}

/// Counts have no end that a file could reach.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl ImportAnswer<'_> {
    fn count(&self, word: &str) -> i64 {
        number(self.imported.count(word))
    }

    /// Those of new rows come in the order of the transactions that they became.
    fn rows(&self) -> impl Iterator<Item = Shown<'_>> {
        self.imported.parts.iter().flat_map(|part| {
            let mut made = if self.is_dry_run { [].iter() } else { part.transactions.iter() };
            part.plan.matched.shown.iter().map(move |row| {
                let transaction = match row.decision {
                    Decision::Matched { transaction, .. } => Some(TransactionId(transaction)),
                    decision if decision.makes_one() => made.next().copied(),
                    _ => None,
                };
                Shown { part, row, transaction }
            })
        })
    }

    fn batch(&self, part: &Part) -> Option<BatchId> {
        part.batch.filter(|_| !self.is_dry_run)
    }

    /// The only account, when there is one.
    fn only(&self) -> Option<&Part> {
        match self.imported.parts.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    fn part(&self, part: &Part) -> Value {
        let count = |word| number(part.plan.count(word));
        json!({
            "account": part.plan.account.name,
            "batch": self.batch(part),
            "new": count("new"),
            "matched": count("matched"),
            "duplicates": count("duplicate"),
            "deleted": count("deleted"),
            "pending": count("pending"),
            "rejected": count("rejected"),
            "currency": part.plan.account.currency,
            "balance": balance(part),
        })
    }
}

impl Answer for ImportAnswer<'_> {
    fn json(&self) -> Result<Value> {
        let rows: Vec<Value> = self.rows().map(|row| row.object()).collect();
        let detected: Vec<Value> =
            self.detected.iter().map(|(what, value)| json!({"what": what, "value": value})).collect();
        let parts: Vec<Value> = self.imported.parts.iter().map(|part| self.part(part)).collect();
        Ok(json!({
            "batch": self.only().and_then(|part| self.batch(part)),
            "format": self.format,
            "account": self.only().map(|part| part.plan.account.name.as_str()),
            "source": self.source,
            "file": self.file,
            "new": self.count("new"),
            "matched": self.count("matched"),
            "duplicates": self.count("duplicate"),
            "deleted": self.count("deleted"),
            "pending": self.count("pending"),
            "rejected": self.imported.rejected(),
            "dry_run": self.is_dry_run,
            "transactions": rows,
            "detected": detected,
            "accounts": parts,
            "notes": self.notes(),
            "categories": self.imported.taken_over.as_ref().map(|taken| &taken.categories),
            "tags": self.imported.taken_over.as_ref().map(|taken| number(taken.tags)),
            "splits": self.imported.taken_over.as_ref().map(|taken| number(taken.splits)),
            "transfers": self.imported.taken_over.as_ref().map(|taken| number(taken.transfers)),
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&[
            "line",
            "decision",
            "reason",
            "date",
            "amount",
            "currency",
            "payee",
            "transaction",
            "account",
            "category",
            "category_slug",
            "category_by",
            "rule",
        ]);
        for shown in self.rows() {
            let (row, account) = (shown.row, &shown.part.plan.account);
            let purpose = shown.purpose().cloned().unwrap_or_default();
            sheet.rows.push(vec![
                row.line.line.to_string(),
                row.decision.word().to_owned(),
                shown.reason(),
                row.line.date.to_string(),
                shown.amount().to_string(),
                account.currency.to_string(),
                row.line.payee.clone().unwrap_or_default(),
                shown.transaction.map_or_else(String::new, |id| id.to_string()),
                account.name.clone(),
                purpose.category.unwrap_or_default(),
                purpose.category_slug.unwrap_or_default(),
                purpose.by.map_or("", By::as_str).to_owned(),
                purpose.rule.map_or_else(String::new, |id| id.to_string()),
            ]);
        }
        for part in &self.imported.parts {
            for rejected in &part.plan.matched.rejected {
                let mut row = vec![rejected.line.to_string(), "rejected".to_owned(), rejected.reason.clone()];
                row.resize(8, String::new());
                row.push(part.plan.account.name.clone());
                row.resize(13, String::new());
                sheet.rows.push(row);
            }
        }
        Ok(sheet)
    }

    fn document(&self, style: &Style) -> Document {
        let mut text = String::new();
        for part in &self.imported.parts {
            text.push_str(&self.summary(part));
        }
        if self.is_dry_run {
            for (what, value) in self.detected {
                text.push_str(&format!("  {what:<14} {}\n", visible(value)));
            }
        }
        text.push_str(&self.taken_over());
        let document = Document::from(text);
        let document = if self.is_dry_run { document.and(self.table(style)) } else { document };
        if self.imported.taken_over.is_some() && !self.imported.parts.is_empty() {
            document.gap().table(self.balances(style))
        } else {
            document
        }
    }

    fn is_confirmation(&self) -> bool {
        !self.is_dry_run
    }
}

impl ImportAnswer<'_> {
    fn summary(&self, part: &Part) -> String {
        let verb = if self.is_dry_run { "would import" } else { "imported" };
        let counts: Vec<String> = COUNTED
            .iter()
            .map(|word| (*word, number(part.plan.count(word))))
            .filter(|(word, count)| *count > 0 || *word == "new")
            .map(|(word, count)| {
                if word == "duplicate" {
                    counted(count, "duplicate", "duplicates")
                } else {
                    format!("{count} {word}")
                }
            })
            .collect();
        let batch = self.batch(part).map_or_else(String::new, |id| format!(" (batch {id})"));
        format!(
            "{verb} {} into {}: {}{batch}\n",
            visible(self.file),
            visible(&part.plan.account.name),
            counts.join(", ")
        )
    }

    /// Notes that hold for the whole file come with every account's part: each is told once.
    pub fn notes(&self) -> Vec<&str> {
        let mut told = BTreeSet::new();
        let all = self.imported.parts.iter().flat_map(|part| &part.plan.notes).map(String::as_str);
        all.filter(|note| told.insert(*note)).collect()
    }

    /// What was taken over of another program's file besides its rows.
    fn taken_over(&self) -> String {
        let Some(taken) = &self.imported.taken_over else { return String::new() };
        let mut text = String::new();
        if !taken.categories.is_empty() {
            let verb = if self.is_dry_run { "would make" } else { "made" };
            let count = counted(number(taken.categories.len()), "category", "categories");
            text.push_str(&format!(
                "{verb} {count}: {}\n",
                listed(taken.categories.iter().map(String::as_str))
            ));
        }
        let counts = [
            (taken.tags, "tag", "tags"),
            (taken.splits, "split", "splits"),
            (taken.transfers, "transfer", "transfers"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, one, many)| counted(number(count), one, many)).collect();
        if !counts.is_empty() {
            text.push_str(&format!("taken over: {}\n", counts.join(", ")));
        }
        text
    }

    /// What each account holds now, to be compared with what the other program says.
    fn balances(&self, style: &Style) -> Table {
        let mut table = Table::new(&[("Account", Side::Left), ("Balance", Side::Right), ("", Side::Left)]);
        for part in &self.imported.parts {
            let account = &part.plan.account;
            let amount = part.balance.map(|minor| Amount { minor, exponent: account.exponent });
            table.row(vec![
                visible(&account.name).into_owned(),
                amount.map_or_else(String::new, |amount| style.amount(amount)),
                account.currency.to_string(),
            ]);
        }
        table
    }

    fn table(&self, style: &Style) -> Document {
        let is_one = self.only().is_some();
        let mut columns = vec![
            ("Line", Side::Right),
            ("Date", Side::Left),
            ("Payee", Side::Left),
            ("Amount", Side::Right),
            ("", Side::Left),
        ];
        if !is_one {
            columns.push(("Account", Side::Left));
        }
        // Where nothing is known of what any row was for, the column would be empty.
        let has_purpose =
            self.rows().any(|row| row.purpose().is_some_and(|told| !told.categories.is_empty()));
        if has_purpose {
            columns.push(("Category", Side::Left));
        }
        columns.push(("Decision", Side::Left));
        let mut table = Table::new(&columns);
        let mut shown = 0;
        for line in self.rows() {
            let Shown { part, row, transaction } = &line;
            shown += 1;
            let account = &part.plan.account;
            let joined = transaction.map_or_else(String::new, |id| {
                let payee = part.plan.joined_payee(id.0);
                format!("{id}{}, ", payee.map_or_else(String::new, |name| format!(" `{}`", visible(name))))
            });
            let mut cells = vec![
                row.line.line.to_string(),
                row.line.date.to_string(),
                visible(row.line.payee.as_deref().or(row.line.memo.as_deref()).unwrap_or("")).into_owned(),
                style.amount(Amount { minor: row.amount, exponent: account.exponent }),
                account.currency.to_string(),
            ];
            if !is_one {
                cells.push(visible(&account.name).into_owned());
            }
            if has_purpose {
                let categories = line.purpose().map(|told| told.categories.join(", ")).unwrap_or_default();
                cells.push(visible(&categories).into_owned());
            }
            cells.push(format!("{}: {joined}{}", row.decision.word(), visible(&line.reason())));
            table.row(cells);
        }
        if shown == 0 {
            return Document::new();
        }
        let more = self.count("new") + self.count("matched") - shown;
        let rest = if more > 0 { format!("and {more} more\n") } else { String::new() };
        Document::new().gap().table(table).lines(rest)
    }
}

/// The rejected rows as people see them, on stderr.
pub fn rejected_lines(imported: &Imported, file: &str) -> Vec<String> {
    imported
        .rejected()
        .iter()
        .map(|rejected| format!("{file}:{}: {}: {}", rejected.line, rejected.reason, brief(&rejected.text)))
        .collect()
}

/// A row's text on one line: that of a tagged format has many, and blanks before each.
fn brief(text: &str) -> String {
    const MOST: usize = 120;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
