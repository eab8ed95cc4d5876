//! One transaction in full: its postings, and the rows of the banks' files that it came from.

use serde_json::Value;

use super::table::{Side, Table};
use super::text::{instant, visible};
use super::transactions::{accounts, category, kind_word, sheet};
use super::{Answer, Document, Sheet, Style};
use crate::db::origins::Origin;
use crate::domain::transaction::{Posting, Transaction};
use crate::error::Result;

/// One transaction in full.
pub struct InFull<'a> {
    /// The transaction.
    pub transaction: &'a Transaction,
    /// Where it came from; empty for one that was typed and that no bank has shown.
    pub origins: &'a [Origin],
}

impl Answer for InFull<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = serde_json::to_value(self.transaction)?;
        // The rest is what `add` answered; what no bank has shown has no such key.
        if !self.origins.is_empty() {
            value["statement_lines"] = serde_json::to_value(self.origins)?;
        }
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet(std::iter::once(self.transaction)))
    }

    fn document(&self, style: &Style) -> Document {
        let document = in_full(self.transaction, style);
        if self.origins.is_empty() {
            return document;
        }
        document.gap().title("In the bank's files").table(origins(self.origins))
    }
}

fn origins(origins: &[Origin]) -> Table {
    let mut table = Table::new(&[
        ("Batch", Side::Right),
        ("File", Side::Left),
        ("Line", Side::Right),
        ("Why", Side::Left),
        ("Text", Side::Left),
    ]);
    for origin in origins {
        table.row(vec![
            origin.batch.to_string(),
            visible(&origin.file).into_owned(),
            origin.line.to_string(),
            format!("{}: {}", origin.decision, visible(&origin.reason)),
            visible(&origin.text).into_owned(),
        ]);
    }
    table
}

fn in_full(transaction: &Transaction, style: &Style) -> Document {
    let (amount, currency) = transaction.amount();
    let mut lines = vec![
        format!(
            "{} {}",
            style.heading(&format!("Transaction {}", transaction.id)),
            kind_word(transaction.kind())
        ),
        format!("  date      {}", transaction.date),
        format!("  amount    {} {currency}", style.amount(amount)),
    ];
    let mut add = |name: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("  {name:<9} {text}"));
        }
    };
    add("payee", transaction.payee.as_deref().map(|text| visible(text).into_owned()).unwrap_or_default());
    add("account", accounts(transaction));
    add("category", category(transaction));
    add("note", transaction.note.as_deref().map(|text| visible(text).into_owned()).unwrap_or_default());
    if let [only] = &transaction.postings[..] {
        add("memo", only.memo.as_deref().map(|text| visible(text).into_owned()).unwrap_or_default());
    }
    add("tags", visible(&transaction.tags.join(", ")).into_owned());
    add("status", transaction.status().map_or("differs", |status| status.as_str()).to_owned());
    add(
        "recorded",
        format!(
            "{} UTC, last changed by operation {}",
            instant(transaction.created_at),
            transaction.operation
        ),
    );
    let document = Document::from(lines.join("\n") + "\n");
    if transaction.postings.len() > 1 {
        return document.gap().table(postings(&transaction.postings, style));
    }
    document
}

fn postings(postings: &[Posting], style: &Style) -> Table {
    let widest = postings.iter().map(|p| p.amount.exponent).max().unwrap_or(0);
    let has_memos = postings.iter().any(|posting| posting.memo.is_some());
    let columns = [
        ("Account", Side::Left),
        ("Category", Side::Left),
        ("Date", Side::Left),
        ("Amount", Side::Right),
        ("", Side::Left),
        ("Status", Side::Left),
        ("Memo", Side::Left),
    ];
    let shown = if has_memos { &columns[..] } else { &columns[..6] };
    let mut table = Table::new(shown);
    for posting in postings {
        let mut row = vec![
            visible(&posting.account).into_owned(),
            posting.category.as_deref().map(|text| visible(text).into_owned()).unwrap_or_default(),
            posting.date.to_string(),
            style.aligned(posting.amount, widest),
            posting.currency.to_string(),
            posting.status.as_str().to_owned(),
        ];
        row.extend(has_memos.then(|| visible(posting.memo.as_deref().unwrap_or_default()).into_owned()));
        table.row(row);
    }
    table
}
