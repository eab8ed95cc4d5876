//! `transfer`: money from one own account to another.

use clap::Args;

use super::add::note_of;
use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::dialect::Isolation;
use crate::domain::ids::TransactionId;
use crate::error::{Problem, Result};
use crate::ledger::join::join;
use crate::ledger::transfer::{Transfer, transfer};
use crate::output::Shown;

/// Move money between two accounts
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat transfer 200 checking savings
  $ groat transfer 50 checking cash -d fri -m 'for the market'

`groat transfer --join 41 52` makes one transfer of two transactions that are
its sides, such as those that the files of two banks brought.")]
pub struct TransferArgs {
    /// What leaves the first account; it has no sign
    #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true)]
    amount: Option<String>,
    /// The account it leaves
    #[arg(value_name = "FROM")]
    from: Option<String>,
    /// The account it goes to
    #[arg(value_name = "TO")]
    to: Option<String>,
    /// What it was for, if one of the accounts is off budget
    #[arg(short, long, value_name = "CAT")]
    category: Option<String>,
    /// The day [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
    /// A remark
    #[arg(short = 'm', long, value_name = "NOTE")]
    note: Option<String>,
    /// What arrives, if the accounts have different currencies
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    received: Option<String>,
    /// Make one transfer of two transactions that are its sides
    #[arg(long, value_name = "ID", num_args = 2,
        conflicts_with_all = ["amount", "from", "to", "category", "date", "note", "received"])]
    join: Option<Vec<i64>>,
}

impl TransferArgs {
    /// The amount and the two accounts, asked for as far as they were not given.
    fn asked(&self, cx: &Context) -> Result<(String, String, String)> {
        if !cx.ask.can_ask() {
            return Err(Problem::would_ask("a transfer needs an amount and two accounts")
                .hint("for example `groat transfer 200 checking savings`")
                .into());
        }
        let names = cx.read(|conn, _| crate::db::names::load(conn, None))?;
        let open = names.accounts.iter().filter(|account| !account.is_closed);
        let open: Vec<String> = open.map(|account| account.name.clone()).collect();
        let amount = match &self.amount {
            Some(amount) => amount.clone(),
            None => cx.ask.text("How much?", None, "the AMOUNT")?,
        };
        let account = |given: &Option<String>, question: &str| match given {
            Some(given) => Ok(given.clone()),
            None => cx.ask.choice(question, open.clone(), "the accounts"),
        };
        Ok((amount, account(&self.from, "From which account?")?, account(&self.to, "To which account?")?))
    }

    /// Records the transfer.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        if let Some([one, other]) = self.join.as_deref() {
            let ids = [TransactionId(*one), TransactionId(*other)];
            let joined = cx.write(Isolation::Deciding, |w| join(w, ids))?;
            joined.notes.iter().for_each(|note| cx.out.note(note));
            let verb = if cx.global.dry_run { "would join" } else { "joined" };
            cx.out.answer(&Shown { transaction: &joined.transaction, verb })?;
            return Ok(0);
        }
        let (amount, from, to) = match (&self.amount, &self.from, &self.to) {
            (Some(amount), Some(from), Some(to)) => (amount.clone(), from.clone(), to.clone()),
            _ => self.asked(cx)?,
        };
        let wanted = Transfer {
            amount: cx.amount(&amount)?,
            received: self.received.as_deref().map(|text| cx.amount(text)).transpose()?,
            from,
            to,
            category: self.category,
            date: cx.date(self.date.as_deref())?,
            note: note_of(self.note.as_deref())?,
        };
        let recorded = cx.write(Isolation::Recording, |w| transfer(w, &wanted))?;
        recorded.notes.iter().for_each(|note| cx.out.note(note));
        let verb = if cx.global.dry_run { "would move" } else { "moved" };
        cx.out.answer(&Shown { transaction: &recorded.transaction, verb })?;
        Ok(0)
    }
}
