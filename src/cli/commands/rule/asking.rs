//! `rule test`, `rule apply` and `rule learn`: the rules and what is in the book.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::dialect::Isolation;
use crate::error::{OrUsage, Result};
use crate::import::rules::{Text, apply, learn, propose, test};
use crate::output::RulesApplied;

/// Show which rule takes which transaction, or a text
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule add payee:tesco -c groceries
  $ groat rule test
  $ groat rule test tesco -L 10
  $ groat rule test --text 'TESCO STORES 2041' --amount -12.50

Asked is the bank's row that a transaction came from; of one that was only typed,
its payee and note. Transfers are left out.")]
pub struct TestArgs {
    /// Which transactions, as in `groat list` [default: all, without --text]
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// What a bank might write for a payee; may be given several times
    #[arg(long, value_name = "PAYEE")]
    text: Vec<String>,
    /// The amount beside --text, with its sign: -12.50 is money out
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true, requires = "text")]
    amount: Option<String>,
    /// The account beside --text
    #[arg(short, long, value_name = "ACCT", requires = "text")]
    account: Option<String>,
    /// How many transactions to show; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

/// Let transactions become what the rules say by now
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule add payee:coffee -c leisure
  $ groat rule apply -n
  $ groat rule apply coffee
  $ groat rule apply payee:tesco --overwrite -n

Changed is what has no category, and what an import brought and nobody touched.
What you chose stays, unless --overwrite is given. Transfers are left out, and
amounts of what was reconciled. `groat undo` takes all of it back.")]
pub struct ApplyArgs {
    /// Which transactions, as in `groat list` [default: all]
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Change what you chose, too
    #[arg(long)]
    overwrite: bool,
}

/// Propose rules for what you keep doing
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule learn
  $ groat rule learn --min 5 --add

Proposed are words of several payees, and payees, whose transactions always got
one category and that no rule takes yet. Each is shown as the command that makes
it; --add makes all, as one operation.")]
pub struct LearnArgs {
    /// How many transactions must speak for a rule
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    min: u16,
    /// Add all of them
    #[arg(long)]
    add: bool,
}

impl LearnArgs {
    /// Shows or adds them.
    pub fn run(self, cx: &Context) -> Result<u8> {
        let least = usize::from(self.min);
        let learned = match self.add {
            true => cx.write(Isolation::Deciding, |w| learn(w, least))?,
            false => cx.read(|conn, _| propose(conn, least))?,
        };
        cx.out.answer(&learned)?;
        Ok(0)
    }
}

impl TestArgs {
    /// Shows it.
    pub fn run(self, cx: &Context) -> Result<u8> {
        let query = cx.query(&self.words)?;
        let query = (self.text.is_empty() || query.root().is_some()).then_some(query);
        let amount = self.amount.as_deref().map(|text| cx.amount(text)).transpose()?;
        let limit = (self.limit > 0).then(|| i64::from(self.limit));
        let tested = cx.read(|conn, book| {
            let amount =
                amount.as_ref().map(|amount| amount.to_minor(book.currency())).transpose().usage()?;
            let text = |payee: &String| Text {
                payee: payee.clone(),
                account: self.account.clone(),
                amount: amount.map(|exact| exact.minor),
            };
            let texts: Vec<Text> = self.text.iter().map(text).collect();
            test(conn, query.as_ref(), &texts, limit, book.currency())
        })?;
        cx.out.answer(&tested)?;
        let shown = i64::try_from(tested.rows.len() - self.text.len()).unwrap_or(i64::MAX);
        if shown < tested.total && !cx.out.is_machine() {
            cx.out.note(&format!("the newest {shown} of {} transactions; -L 0 for all", tested.total));
        }
        Ok(0)
    }
}

impl ApplyArgs {
    /// Applies them.
    pub fn run(self, cx: &Context) -> Result<u8> {
        let query = cx.query(&self.words)?;
        let applied = cx.write_from("import", Isolation::Deciding, |w| apply(w, &query, self.overwrite))?;
        applied.notes.iter().for_each(|note| cx.out.note(note));
        cx.out.answer(&RulesApplied { applied: &applied, is_dry_run: cx.global.dry_run })?;
        Ok(0)
    }
}
