//! `rule add` and `rule edit`: what a rule is to do, as it was typed.

use clap::Args;

use super::changed;
use crate::cli::commands::add::note_of;
use crate::cli::context::Context;
use crate::domain::ids::RuleId;
use crate::domain::name::{NameKind, clean};
use crate::domain::rule::Share;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::rules::{Actions, Place, add, edit};

/// What both take.
#[derive(Debug, Args)]
struct ActionArgs {
    /// What it was for; `none` for nothing, which stops guessing
    #[arg(short, long, value_name = "CAT")]
    category: Option<String>,
    /// Whom the transaction names, instead of the bank's words
    #[arg(long, value_name = "PAYEE")]
    payee: Option<String>,
    /// A tag to add; may be given several times
    #[arg(short, long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The note, instead of what else the bank says
    #[arg(short = 'm', long, value_name = "NOTE")]
    note: Option<String>,
    /// One part: groceries=12.50, groceries=30%, or groceries for what is left
    #[arg(long, value_name = "CAT=AMT", value_parser = part)]
    split: Vec<(String, Option<String>)>,
}

/// Make a rule
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule add payee:tesco -c groceries
  $ groat rule add 'payee:/^amzn|amazon/' --payee Amazon -t online
  $ groat rule add superstore --split leisure=30% --split groceries
  $ groat rule add 'acct:checking out: note:rent' -c rent --before 1

A new rule is asked last, unless --before puts it in front of another.")]
pub struct AddArgs {
    /// Which rows: words, payee:TEXT, note:TEXT, 'amt:>50', acct:NAME, /REGEX/
    #[arg(value_name = "QUERY", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    actions: ActionArgs,
    /// The rule that it goes in front of
    #[arg(long, value_name = "RULE")]
    before: Option<i64>,
}

/// Change a rule, or its place
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule add payee:tesco -c groceries
  $ groat rule edit 1 --query 'payee:/tesco|aldi/' -t food
  $ groat rule edit 1 -t '' --last

What is not given stays; an empty value clears. -t says all tags, and -c or
--split all categories.")]
pub struct EditArgs {
    /// Its number, as `rule list` shows it
    #[arg(value_name = "RULE")]
    rule: i64,
    /// Which rows it takes
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    #[command(flatten)]
    actions: ActionArgs,
    /// The rule that it goes in front of
    #[arg(long, value_name = "RULE", conflicts_with = "last")]
    before: Option<i64>,
    /// Ask it after all others
    #[arg(long)]
    last: bool,
}

impl AddArgs {
    /// Makes it.
    pub fn run(self, cx: &Context) -> Result<u8> {
        let query = cx.query(&self.words)?;
        let actions = self.actions.read(cx)?;
        let place = self.before.map_or(Place::Last, |id| Place::Before(RuleId(id)));
        let verb = if cx.global.dry_run { "would add" } else { "added" };
        changed(cx, verb, |w| add(w, &query, &actions, place))
    }
}

impl EditArgs {
    /// Changes it.
    pub fn run(self, cx: &Context) -> Result<u8> {
        let query = self.query.map(|text| cx.query(&[text])).transpose()?;
        let place = match (self.before, self.last) {
            (Some(id), _) => Some(Place::Before(RuleId(id))),
            (None, true) => Some(Place::Last),
            (None, false) => None,
        };
        if query.is_none() && place.is_none() && self.actions.says_nothing() {
            return Err(Problem::usage("nothing to change was given")
                .hint("for example `groat rule edit 3 -c groceries`")
                .into());
        }
        let actions = self.actions.read(cx)?;
        let verb = if cx.global.dry_run { "would edit" } else { "edited" };
        changed(cx, verb, |w| edit(w, RuleId(self.rule), query.as_ref(), &actions, place))
    }
}

impl ActionArgs {
    fn says_nothing(&self) -> bool {
        let texts = [&self.category, &self.payee, &self.note];
        texts.iter().all(|text| text.is_none()) && self.tags.is_empty() && self.split.is_empty()
    }

    fn read(&self, cx: &Context) -> Result<Actions> {
        let is_cleared = |text: &str| text.trim().is_empty();
        let payee = |text: &String| match is_cleared(text) {
            true => Ok(None),
            false => clean(NameKind::Payee, text).usage().map(Some),
        };
        let said = self.tags.iter().filter(|tag| !is_cleared(tag));
        let tags: Vec<String> = said.map(|tag| clean(NameKind::Tag, tag).usage()).collect::<Result<_>>()?;
        let share = |text: &String| Share::parse(text, cx.decimal_mark()).usage();
        let part = |(category, text): &(String, Option<String>)| {
            Ok((category.clone(), text.as_ref().map(share).transpose()?))
        };
        Ok(Actions {
            category: self.category.as_ref().map(|text| (!is_cleared(text)).then(|| text.clone())),
            payee: self.payee.as_ref().map(payee).transpose()?,
            note: self.note.as_deref().map(|text| note_of(Some(text))).transpose()?,
            tags: (!self.tags.is_empty()).then_some(tags),
            split: self.split.iter().map(part).collect::<Result<_>>()?,
        })
    }
}

/// `CATEGORY=AMOUNT` or `CATEGORY=N%`, parted at the last `=`; `CATEGORY` alone.
fn part(text: &str) -> Result<(String, Option<String>), String> {
    let is_there = |text: &str| !text.trim().is_empty();
    match text.rsplit_once('=') {
        Some((category, share)) if is_there(category) && is_there(share) => {
            Ok((category.to_owned(), Some(share.to_owned())))
        }
        None if is_there(text) => Ok((text.to_owned(), None)),
        _ => Err("write it as CATEGORY=AMOUNT, CATEGORY=N% or CATEGORY".to_owned()),
    }
}
