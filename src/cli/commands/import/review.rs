//! `import -i`: what an import would join is asked row by row, before anything is written. Nothing of the book is
//! held meanwhile: the import is rehearsed, the answers are gathered, and then it is done with them.

use std::collections::BTreeSet;

use crate::cli::context::Context;
use crate::domain::name::visible;
use crate::domain::transaction::Amount;
use crate::error::{Problem, Result};
use crate::import::decision::Match;
use crate::import::{Decision, Imported, Part, PlannedRow};

const JOIN: &str = "yes, it is the same";
const NEW: &str = "no, it is another transaction";
const REST: &str = "yes, and so are all the rest";

/// The lines of the file whose rows are not what they were taken for, by the user's word; then asks for the whole.
///
/// # Errors
/// Nobody to ask; a no to the whole; an interrupted prompt.
pub fn ask(cx: &Context, rehearsed: &Imported) -> Result<BTreeSet<u64>> {
    let mut refused = BTreeSet::new();
    let doubtful: Vec<_> = rehearsed.parts.iter().flat_map(doubtful).collect();
    for (part, row) in doubtful {
        let options = [JOIN, NEW, REST].map(str::to_owned).to_vec();
        match cx.ask.choice(&question(part, row), options, "a terminal, or leave `-i` out")?.as_str() {
            NEW => drop(refused.insert(row.line.line)),
            REST => break,
            _ => {}
        }
    }
    let new = rehearsed.count("new") + refused.len();
    let matched = rehearsed.count("matched").saturating_sub(refused.len());
    let known = rehearsed.count("duplicate");
    cx.ask.confirm(&format!("Import {new} new, {matched} matched, {known} known?"))?;
    Ok(refused)
}

/// Where nobody can be asked, `-i` is no use.
///
/// # Errors
/// Without a terminal.
pub fn refuse_without_terminal(cx: &Context) -> Result<()> {
    if cx.ask.can_ask() {
        return Ok(());
    }
    Err(Problem::would_ask("`-i` asks row by row, and nobody can be asked here")
        .hint("`-n` shows what would be done")
        .into())
}

/// Rows that were joined by likeness alone: ids, keys and other files' rows leave no doubt.
fn doubtful(part: &Part) -> impl Iterator<Item = (&Part, &PlannedRow)> {
    let is_doubtful = |row: &&PlannedRow| {
        let Decision::Matched { by, .. } = row.decision else { return false };
        matches!(by, Match::Typed(_) | Match::OtherSide(_) | Match::Pending(_))
    };
    part.plan.matched.shown.iter().filter(is_doubtful).map(move |row| (part, row))
}

/// `line 12, 2026-01-14, -45.60 EUR, Tesco: is it 7 Tesco? (typed 2 days earlier)`.
fn question(part: &Part, row: &PlannedRow) -> String {
    let account = &part.plan.account;
    let amount = Amount { minor: row.amount, exponent: account.exponent };
    let payee = row.line.payee.as_deref().or(row.line.memo.as_deref()).unwrap_or("nobody named");
    let there = match row.decision {
        Decision::Matched { transaction, .. } => {
            let name = part.plan.joined_payee(transaction).map(|name| format!(" {}", visible(name)));
            format!("{transaction}{}", name.unwrap_or_default())
        }
        _ => String::new(),
    };
    format!(
        "line {}, {}, {amount} {}, {}: is it {there}? ({})",
        row.line.line,
        row.line.date,
        account.currency,
        visible(payee),
        part.plan.reason(row.decision)
    )
}
