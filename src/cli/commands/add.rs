//! `add` and `income`: one transaction, in as few words as possible.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::{part, signed};
use crate::db::dialect::Isolation;
use crate::domain::money::{AmountInput, CurrencyCode, iso_currency};
use crate::domain::name::{NameKind, capitalise_first, clean, clean_note};
use crate::domain::transaction::Status;
use crate::error::{Kind, OrUsage, Problem, Result};
use crate::ledger::record::{Entry, record};
use crate::output::Shown;

/// What both take beside the amount and the payee.
#[derive(Debug, Args)]
pub struct EntryArgs {
    /// What it was for: made if it is new; `none` for nothing [default: the payee's last]
    #[arg(short, long, value_name = "CAT")]
    category: Option<String>,
    /// The account [default: the setting `account`, else the only one]
    #[arg(short, long, value_name = "ACCT")]
    account: Option<String>,
    /// The day: 2026-03-14, yesterday, fri, 15, '5 mar', -3d [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
    /// A remark
    #[arg(short = 'm', long, value_name = "NOTE")]
    note: Option<String>,
    /// A tag; may be given several times
    #[arg(short, long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// One part of the amount, as in groceries=40; given once for each part
    #[arg(long, value_name = "CAT=AMT", value_parser = part)]
    split: Vec<(String, String)>,
    /// What it is worth in the book's currency, when the account has another
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    value: Option<String>,
    /// Not yet seen by the bank [default, except for cash]
    #[arg(long, conflicts_with = "cleared")]
    pending: bool,
    /// Seen by the bank [default for cash]
    #[arg(long)]
    cleared: bool,
    /// Fail instead of making a new category
    #[arg(long)]
    strict: bool,
}

/// Record what was spent
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat add 3.20 coffee
  $ groat add 45.60 tesco -c groceries -d yesterday
  $ groat add 60 superstore --split groceries=45 --split leisure=15
  $ groat add +12.50 'coat, returned' -c clothing -a checking")]
pub struct AddArgs {
    /// What was spent; +12.50 is money in, such as a refund
    #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Who was paid; several words need no quotes
    #[arg(value_name = "PAYEE")]
    payee: Vec<String>,
    #[command(flatten)]
    entry: EntryArgs,
}

/// Record what came in
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat income 2100 salary
  $ groat income 80 'flea market' -c sales -d sat")]
pub struct IncomeArgs {
    /// What came in
    #[arg(value_name = "AMOUNT", value_parser = signed, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Who paid; several words need no quotes
    #[arg(value_name = "PAYEE")]
    payee: Vec<String>,
    #[command(flatten)]
    entry: EntryArgs,
}

impl AddArgs {
    /// Records spending.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        run(cx, false, self.amount, self.payee, self.entry)
    }
}

impl IncomeArgs {
    /// Records income.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        run(cx, true, self.amount, self.payee, self.entry)
    }
}

fn run(
    cx: &mut Context,
    is_income: bool,
    amount: Option<String>,
    payee: Vec<String>,
    args: EntryArgs,
) -> Result<u8> {
    let mut entry = entry(cx, is_income, amount, payee, args)?;
    let recorded = loop {
        match cx.write(Isolation::Recording, |w| record(w, &entry)) {
            Ok(recorded) => break recorded,
            Err(error) => settle(cx, &mut entry, error)?,
        }
    };
    recorded.notes.iter().for_each(|note| cx.out.note(note));
    let verb = if cx.global.dry_run { "would add" } else { "added" };
    cx.out.answer(&Shown { transaction: &recorded.transaction, verb })?;
    Ok(0)
}

/// On a terminal, what was left open is asked; what cannot be settled so is the error it was.
fn settle(cx: &Context, entry: &mut Entry, error: anyhow::Error) -> Result<()> {
    let problem = error.downcast_ref::<Problem>().filter(|_| cx.ask.can_ask()).cloned();
    let Some(problem) = problem.filter(|problem| !problem.choices.is_empty()) else { return Err(error) };
    let question = match problem.message.ends_with('?') {
        true => capitalise_first(&problem.message),
        false => format!("{}: which one?", problem.message),
    };
    let choice = cx.ask.choice(&question, problem.choices, "`-c` or `-a`")?;
    match problem.kind {
        Kind::WouldAsk => entry.account = Some(choice),
        _ if entry.split.is_empty() => entry.category = Some(choice),
        _ => return Err(error),
    }
    Ok(())
}

fn entry(
    cx: &Context,
    is_income: bool,
    amount: Option<String>,
    payee: Vec<String>,
    args: EntryArgs,
) -> Result<Entry> {
    let is_asked = amount.is_none();
    let amount = match amount {
        Some(amount) => amount,
        None if !cx.ask.can_ask() => {
            return Err(Problem::would_ask("an amount is needed")
                .hint("for example `groat add 3.20 coffee`")
                .into());
        }
        None => {
            cx.ask.text(if is_income { "What came in?" } else { "What was spent?" }, None, "the AMOUNT")?
        }
    };
    let (amount, payee) = with_currency(amount, payee);
    let read =
        cx.amount(&amount).map_err(|error| swapped(cx, is_income, &amount, &payee).unwrap_or(error))?;
    let mut payee = payee_of(payee)?;
    if is_asked && payee.is_none() {
        let text = cx.ask.text(if is_income { "From whom?" } else { "At whom?" }, Some(""), "the PAYEE")?;
        payee = payee_of(if text.trim().is_empty() { Vec::new() } else { vec![text] })?;
    }
    Ok(Entry {
        is_income,
        amount: read,
        payee,
        // As with `edit`, an empty value is none.
        category: args.category.map(|text| if text.trim().is_empty() { "none".to_owned() } else { text }),
        account: args.account,
        date: cx.date(args.date.as_deref())?,
        note: note_of(args.note.as_deref())?,
        tags: args.tags.iter().map(|tag| clean(NameKind::Tag, tag).usage()).collect::<Result<_>>()?,
        split: split_of(cx, &args.split)?,
        value: args.value.as_deref().map(|text| cx.amount(text)).transpose()?,
        status: status_of(args.pending, args.cleared),
        is_strict: args.strict || cx.config.is_set("strict"),
        configured_account: cx.config.get("account").map(str::to_owned),
    })
}

/// `add coffee 3.20`: what is said when the last word is the amount and the first is not.
fn swapped(cx: &Context, is_income: bool, first: &str, words: &[String]) -> Option<anyhow::Error> {
    let (last, between) = words.split_last()?;
    cx.amount(last).ok()?;
    let command = if is_income { "income" } else { "add" };
    let payee: Vec<String> = std::iter::once(first)
        .chain(between.iter().map(String::as_str))
        .map(crate::ledger::lookup::quoted)
        .collect();
    let typed = format!("groat {command} {last} {}", payee.join(" "));
    Some(
        Problem::usage(format!("`{first}` is not an amount"))
            .hint(format!("the amount comes first: `{typed}`"))
            .into(),
    )
}

/// `add 3 EUR coffee`: a currency code behind a bare amount belongs to it, quoted or not. Upper case only, or
/// `add 3 all stars` would be in the money of Albania.
fn with_currency(amount: String, mut payee: Vec<String>) -> (String, Vec<String>) {
    let is_bare = amount.chars().all(|c| c.is_ascii_digit() || "+-.,'".contains(c));
    let is_code = |word: &String| {
        let code = CurrencyCode::parse(word).ok().filter(|code| code.as_str() == word);
        code.and_then(iso_currency).is_some()
    };
    if is_bare && payee.first().is_some_and(is_code) {
        return (format!("{amount} {}", payee.remove(0)), payee);
    }
    (amount, payee)
}

/// The words of a payee; a word that is given must not be empty.
pub fn payee_of(words: Vec<String>) -> Result<Option<String>> {
    if words.is_empty() {
        return Ok(None);
    }
    clean(NameKind::Payee, &words.join(" ")).usage().map(Some)
}

/// A remark; an empty one is none.
pub fn note_of(text: Option<&str>) -> Result<Option<String>> {
    text.map_or(Ok(None), |text| clean_note(text).usage())
}

/// The parts of a split with their amounts.
pub fn split_of(cx: &Context, parts: &[(String, String)]) -> Result<Vec<(String, AmountInput)>> {
    parts.iter().map(|(category, amount)| Ok((category.clone(), cx.amount(amount)?))).collect()
}

/// The status that the flags name.
pub fn status_of(pending: bool, cleared: bool) -> Option<Status> {
    match (pending, cleared) {
        (true, _) => Some(Status::Pending),
        (_, true) => Some(Status::Cleared),
        _ => None,
    }
}
