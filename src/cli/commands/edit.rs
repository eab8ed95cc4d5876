//! `edit`: changing transactions, all or none.

use clap::Args;

use super::add::{note_of, payee_of, split_of, status_of};
use crate::cli::context::Context;
use crate::cli::values::{part, signed};
use crate::db::dialect::Isolation;
use crate::domain::ids::TransactionId;
use crate::domain::name::{NameKind, clean};
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::edit::{Edit, edit};
use crate::output::{Many, Shown};

/// Change transactions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat edit 3 --amount -12.50 -c groceries
  $ groat edit 2 3 -t holiday -d yesterday
  $ groat edit 3 -m '' --payee ''

What is not given stays as it is. All are changed or none; `groat undo` takes it
back. What is so already stays as it is, and that is said. Account, date, amount
and status of what is reconciled are locked, but for --force.")]
pub struct EditArgs {
    /// Their numbers, as `list` shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
    /// The amount with its sign: -12.50 is money out, 12.50 money in
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    amount: Option<String>,
    /// What it is worth in the book's currency, with its sign
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    value: Option<String>,
    /// Who was paid, or who paid; '' for nobody
    #[arg(long, value_name = "PAYEE")]
    payee: Option<String>,
    /// What it was for; '' or `none` for nothing
    #[arg(short, long, value_name = "CAT")]
    category: Option<String>,
    /// The account
    #[arg(short, long, value_name = "ACCT")]
    account: Option<String>,
    /// The day
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
    /// A remark; '' for none
    #[arg(short = 'm', long, value_name = "NOTE")]
    note: Option<String>,
    /// A tag to add; may be given several times
    #[arg(short, long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// A tag to take off; may be given several times
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<String>,
    /// One part of the amount, as in groceries=40; given once for each part
    #[arg(long, value_name = "CAT=AMT", value_parser = part)]
    split: Vec<(String, String)>,
    /// Not yet seen by the bank
    #[arg(long, conflicts_with = "cleared")]
    pending: bool,
    /// Seen by the bank
    #[arg(long)]
    cleared: bool,
    /// Change what is reconciled, too
    #[arg(long)]
    force: bool,
}

impl EditArgs {
    /// Changes them.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let change = self.change(cx)?;
        let ids: Vec<TransactionId> = self.ids.into_iter().map(TransactionId).collect();
        let edited = cx.write(Isolation::Deciding, |w| edit(w, &ids, &change))?;
        edited.notes.iter().for_each(|note| cx.out.note(note));
        let verb = match (edited.done.operation, cx.global.dry_run) {
            (None, _) => "nothing to change in",
            (_, true) => "would edit",
            (_, false) => "edited",
        };
        match edited.transactions.as_slice() {
            [only] => cx.out.answer(&Shown { transaction: only, verb })?,
            _ => cx.out.answer(&Many { done: &edited.done })?,
        }
        Ok(0)
    }

    fn change(&self, cx: &Context) -> Result<Edit> {
        let amount = |text: &Option<String>| text.as_deref().map(|text| cx.amount(text)).transpose();
        let cleared = |text: &str| text.trim().is_empty();
        if self.account.as_deref().is_some_and(cleared) || self.date.as_deref().is_some_and(cleared) {
            return Err(Problem::usage("account and date cannot be empty").into());
        }
        let change = Edit {
            amount: amount(&self.amount)?,
            value: amount(&self.value)?,
            payee: match self.payee.as_deref() {
                Some(text) if cleared(text) => Some(None),
                Some(text) => Some(payee_of(vec![text.to_owned()])?),
                None => None,
            },
            category: self.category.as_deref().map(|text| (!cleared(text)).then(|| text.to_owned())),
            account: self.account.clone(),
            date: self.date.as_deref().map(|text| cx.date(Some(text))).transpose()?,
            note: self.note.as_deref().map(|text| note_of(Some(text))).transpose()?,
            tags: self.tags.iter().map(|tag| clean(NameKind::Tag, tag).usage()).collect::<Result<_>>()?,
            untags: self.untags.clone(),
            split: split_of(cx, &self.split)?,
            status: status_of(self.pending, self.cleared),
            is_forced: self.force,
        };
        if self.says_nothing() {
            return Err(Problem::usage("nothing to change was given")
                .hint("for example `groat edit 3 --amount -12.50 -c groceries`")
                .into());
        }
        if change.category.is_some() && !change.split.is_empty() {
            return Err(Problem::usage("`-c` and `--split` cannot be given together").into());
        }
        Ok(change)
    }

    fn says_nothing(&self) -> bool {
        let texts =
            [&self.amount, &self.value, &self.payee, &self.category, &self.account, &self.date, &self.note];
        let lists = [&self.tags, &self.untags];
        texts.iter().all(|text| text.is_none())
            && lists.iter().all(|list| list.is_empty())
            && self.split.is_empty()
            && !self.pending
            && !self.cleared
    }
}
