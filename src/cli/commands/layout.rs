//! How the file of an import is read: by flags, else by a profile, else by what it shows itself.
//!
//! `import` flattens these flags into its own. A profile that knows the file's headings is taken by itself and
//! said; `--profile` with a new name keeps what was found out, once rows are in the book.

use std::collections::HashSet;
use std::sync::Arc;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::csv_rules as rules;
use crate::cli::profiles::Shelf;
use crate::db::sources;
use crate::domain::account::Account;
use crate::domain::name::{near, visible};
use crate::error::{OrUsage, Problem, Result};
use crate::import::formats::{self, DateOrder, FormatName, Layout, Options, ReadSeek, Rules};
use crate::import::profile::{Profile, check_name};
use crate::import::reading;

/// What may be said of a file.
#[derive(Debug, Args)]
#[command(next_help_heading = "How the file is read, where it does not show")]
pub struct LayoutArgs {
    /// The profile to read it by, or a file of hledger's rules; a new name keeps how this file is read
    #[arg(long, value_name = "NAME|FILE.rules")]
    profile: Option<String>,
    /// The column of the day: its heading or its number
    #[arg(long, value_name = "COL")]
    date_column: Option<String>,
    /// The column of the amount, with its sign
    #[arg(long, value_name = "COL")]
    amount_column: Option<String>,
    /// The column of money out
    #[arg(long, value_name = "COL")]
    debit_column: Option<String>,
    /// The column of money in
    #[arg(long, value_name = "COL")]
    credit_column: Option<String>,
    /// The column whose words say in or out, beside amounts without a sign
    #[arg(long, value_name = "COL")]
    flag_column: Option<String>,
    /// The column of the balance
    #[arg(long, value_name = "COL")]
    balance_column: Option<String>,
    /// The column of the other party
    #[arg(long, value_name = "COL")]
    payee_column: Option<String>,
    /// The column of the remark
    #[arg(long, value_name = "COL")]
    memo_column: Option<String>,
    /// The column of the bank's own number of a transaction
    #[arg(long, value_name = "COL")]
    id_column: Option<String>,
    /// The column of the currency
    #[arg(long, value_name = "COL")]
    currency_column: Option<String>,
    /// The column of the account
    #[arg(long, value_name = "COL")]
    account_column: Option<String>,
    /// The column that says whether a row is booked
    #[arg(long, value_name = "COL")]
    status_column: Option<String>,
    /// The currency of the amounts, where the file does not say it
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Amounts are whole cents
    #[arg(long)]
    cents: bool,
    /// A plus is money out, as on a card's bill
    #[arg(long)]
    invert: bool,
    /// Amounts without a mark such as CR, or with a blank in the flag column: out or in
    #[arg(long, value_name = "SIDE")]
    unmarked: Option<String>,
    /// In the column of money out: signed, with a minus each, or plain, where a minus came back
    #[arg(long, value_name = "HOW")]
    debits: Option<String>,
    /// What parts the columns: a character, or tab
    #[arg(long, value_name = "C")]
    delimiter: Option<String>,
    /// How days are written: ymd, dmy or mdy
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,
    /// How days are written, in full: %d.%m.%Y
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
    /// The decimal mark: . or ,
    #[arg(long, value_name = "MARK")]
    decimal: Option<String>,
    /// The encoding: utf-8, utf-16, cp1252, latin-1, ...
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Lines to leave out before the headings
    #[arg(long, value_name = "N")]
    skip: Option<usize>,
    /// Lines to leave out at the end
    #[arg(long, value_name = "N")]
    footer: Option<usize>,
    /// There are no headings
    #[arg(long)]
    no_header: bool,
}

/// How a file is read, and what is to become of that knowledge.
pub struct Surveyed {
    /// How it is read.
    pub layout: Layout,
    /// The profile by which it is read.
    profile: Option<String>,
    /// The name under which it is to be kept, and what.
    new: Option<(String, Profile)>,
}

/// A profile for a file.
enum Chosen {
    None,
    Known(String, Box<Profile>),
    New(String),
    /// hledger's rules, by where they stand.
    Rules(String, Arc<Rules>),
}

impl LayoutArgs {
    /// Finds out how the file is read; what it leaves open is taken from what earlier files of the same source
    /// settled.
    ///
    /// # Errors
    /// Flags or a profile that contradict themselves or the file; what stays open.
    pub fn survey(
        &self,
        cx: &Context,
        input: &mut dyn ReadSeek,
        (format, path): (FormatName, &str),
        account: Option<&Account>,
    ) -> Result<Surveyed> {
        let said = self.options()?;
        let chosen = match rules::find(self.profile.as_deref(), path)? {
            Some((name, rules)) => Chosen::Rules(name, rules),
            None => self.choose(cx, &Shelf::of(cx)?, input)?,
        };
        let options = match &chosen {
            Chosen::Known(_, profile) => said.or(profile.options.clone()),
            Chosen::Rules(name, rules) => rules::with(said, name, rules)?,
            _ => said,
        };
        let earlier = cx.read(|conn, _| match account {
            Some(account) => sources::of_account(conn, account.id),
            None => sources::list(conn),
        })?;
        let layout =
            reading::survey(input, format, &options, &earlier).map_err(|error| chosen.name(error))?;
        let (profile, new) = match chosen {
            Chosen::None => (None, None),
            Chosen::Known(name, _) => {
                cx.out.note(&format!("read by the profile {name}"));
                (Some(name), None)
            }
            Chosen::Rules(name, rules) => {
                cx.out.note(&format!("read by the rules in {name}"));
                rules::notes(&rules).iter().for_each(|note| cx.out.note(note));
                (Some(name), None)
            }
            Chosen::New(name) => {
                let options = layout.options(&options).ok_or_else(|| needs_none(layout.format(), &name))?;
                (None, Some((name, Profile { fingerprint: layout.fingerprint(), options })))
            }
        };
        Ok(Surveyed { layout, profile, new })
    }

    /// The profile that was named, else the one that knows the file.
    fn choose(&self, cx: &Context, shelf: &Shelf, input: &mut dyn ReadSeek) -> Result<Chosen> {
        let names = shelf.names()?;
        if let Some(name) = &self.profile {
            check_name(name)?;
            if names.contains(name) {
                return Ok(Chosen::Known(name.clone(), Box::new(shelf.load(name)?)));
            }
        }
        let marks = if names.is_empty() { Default::default() } else { formats::fingerprints(input)? };
        let mut fitting = Vec::new();
        for name in &names {
            if knows(cx, shelf, name, &marks)? {
                fitting.push(name.as_str());
            }
        }
        match (&self.profile, &fitting[..]) {
            (Some(name), [known, ..]) => Err(Problem::conflict(format!(
                "there is no profile `{name}`, and `{known}` knows the headings of this file"
            ))
            .hint(format!("leave `--profile` out, or `groat import profile edit {known}`"))
            .into()),
            (Some(name), []) => {
                refuse_slip(name, &names)?;
                Ok(Chosen::New(name.clone()))
            }
            (None, []) => Ok(Chosen::None),
            (None, [one]) => Ok(Chosen::Known((*one).to_owned(), Box::new(shelf.load(one)?))),
            (None, several) => {
                let flags: Vec<_> = several.iter().map(|name| format!("`--profile {name}`")).collect();
                Err(Problem::would_ask(format!("{} profiles know the headings of this file", several.len()))
                    .hint(format!("say {}", flags.join(" or ")))
                    .into())
            }
        }
    }

    fn options(&self) -> Result<Options> {
        let one = |column: &Option<String>| column.clone().map(|column| vec![column]);
        let options = Options {
            date_column: self.date_column.clone(),
            amount_column: self.amount_column.clone(),
            debit_column: self.debit_column.clone(),
            credit_column: self.credit_column.clone(),
            flag_column: self.flag_column.clone(),
            balance_column: self.balance_column.clone(),
            payee_columns: one(&self.payee_column),
            memo_columns: one(&self.memo_column),
            id_column: self.id_column.clone(),
            currency_column: self.currency_column.clone(),
            currency: self.currency.as_deref().map(|code| formats::currency(code).usage()).transpose()?,
            account_column: self.account_column.clone(),
            status_column: self.status_column.clone(),
            delimiter: self.delimiter.as_deref().map(|text| formats::delimiter(text).usage()).transpose()?,
            date_order: self.date_order.as_deref().map(|text| DateOrder::parse(text).usage()).transpose()?,
            date_format: self
                .date_format
                .as_deref()
                .map(|text| formats::date_format(text).usage())
                .transpose()?,
            decimal: self.decimal.as_deref().map(|text| formats::decimal_mark(text).usage()).transpose()?,
            in_cents: self.cents.then_some(true),
            is_inverted: self.invert.then_some(true),
            unmarked_is_debit: either("--unmarked", self.unmarked.as_deref(), ["out", "in"])?,
            debit_is_signed: either("--debits", self.debits.as_deref(), ["signed", "plain"])?,
            encoding: self.encoding.clone(),
            skip: self.skip,
            footer: self.footer,
            has_header: self.no_header.then_some(false),
            ..Options::default()
        };
        match options.contradiction() {
            None => Ok(options),
            Some((one, other)) => {
                let flag = |key: &str| format!("`--{}`", key.replace('_', "-"));
                Err(Problem::usage(format!("{} and {} exclude each other", flag(one), flag(other)))
                    .hint("leave one of them out")
                    .into())
            }
        }
    }
}

/// Whether a profile bears one of the marks as its own. One that cannot be read is none of this file's, and said; of
/// one that may be it, everything that is wrong in it is an error.
fn knows(cx: &Context, shelf: &Shelf, name: &str, marks: &HashSet<String>) -> Result<bool> {
    let text = match shelf.text(name) {
        Ok(text) => text.unwrap_or_default(),
        Err(error) => {
            cx.out.note(&format!("the profile {name} is left out: {error}"));
            return Ok(false);
        }
    };
    if !marks.iter().any(|mark| text.contains(mark)) {
        return Ok(false);
    }
    Ok(shelf.load(name)?.fingerprint.is_some_and(|own| marks.contains(&own)))
}

/// Whether the first of two words was said.
fn either(flag: &str, said: Option<&str>, [yes, no]: [&str; 2]) -> Result<Option<bool>> {
    match said {
        None => Ok(None),
        Some(word) if word == yes => Ok(Some(true)),
        Some(word) if word == no => Ok(Some(false)),
        Some(word) => Err(Problem::usage(format!("`{flag} {}` says nothing", visible(word)))
            .hint(format!("`{flag} {yes}` or `{flag} {no}`"))
            .into()),
    }
}

impl Chosen {
    /// Says which profile it was that does not fit.
    fn name(&self, error: anyhow::Error) -> anyhow::Error {
        match (self, error.downcast::<Problem>()) {
            (Chosen::Known(name, _), Ok(problem)) => problem
                .hint(format!("the file is read by the profile `{name}`: `groat import profile edit {name}`"))
                .into(),
            (_, Ok(problem)) => problem.into(),
            (_, Err(error)) => error,
        }
    }
}

/// A name that is nearly one that exists is a slip, unless they are numbered.
fn refuse_slip(name: &str, names: &[String]) -> Result<()> {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let is_slip = |known: &&&str| letters(known) != letters(name);
    match near(name, names.iter().map(|known| (known.as_str(), known.as_str()))).iter().find(is_slip) {
        None => Ok(()),
        Some(known) => Err(Problem::not_found(format!("there is no profile `{name}`"))
            .hint(format!("did you mean `--profile {known}`? A new one needs another name"))
            .into()),
    }
}

impl Surveyed {
    /// What was found out, as (what, value), the profile first.
    pub fn describe(&self) -> Vec<(String, String)> {
        let mut lines = self.layout.describe();
        let profile = self.profile.iter().map(|name| ("profile".to_owned(), name.clone()));
        lines.splice(0..0, profile);
        lines
    }

    /// Keeps how the file was read, if that was asked for.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn save(&self, cx: &Context, file: &str) -> Result<()> {
        let Some((name, profile)) = &self.new else { return Ok(()) };
        if cx.global.dry_run {
            cx.out.note(&format!("would save how this file is read as the profile {name}"));
            return Ok(());
        }
        Shelf::of(cx)?.save(name, &profile.render(file))?;
        cx.out.note(&format!(
            "saved how this file is read as the profile {name}: `groat import profile edit {name}`"
        ));
        Ok(())
    }
}

/// A profile for a file whose format says how it is read.
fn needs_none(format: &str, name: &str) -> Problem {
    Problem::usage(format!("profiles are for CSV files, and this is one of {format}"))
        .hint(format!("leave out `--profile {}`", visible(name)))
}
