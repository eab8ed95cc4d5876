//! `account`: looking after accounts.

use clap::{Args, Subcommand};

use crate::budget::standing;
use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::accounts as account_rows;
use crate::db::dialect::Isolation;
use crate::domain::account::AccountKind;
use crate::domain::money::CurrencyCode;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::accounts::{self, Changed, Edit, Wanted};
use crate::output::{AccountList, AccountObject, Many};

/// Add, list, edit, close or delete accounts
#[derive(Debug, Args)]
pub struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Make an account
    Add(AddArgs),
    /// List the accounts
    List,
    /// Change an account
    Edit(EditArgs),
    /// Close an account; it keeps its history
    Close(CloseArgs),
    /// Open a closed account again
    Reopen {
        /// Its name, or the beginning of it
        #[arg(value_name = "ACCT")]
        account: String,
    },
    /// Delete an account that nothing uses
    Delete {
        /// Its name, or the beginning of it
        #[arg(value_name = "ACCT")]
        account: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat account add 'Rainy day' --kind savings --balance 500
  $ groat account add 'Credit card' --kind card --balance -120.50 -d 1
  $ groat account add House --kind other --off-budget --balance 250,000")]
struct AddArgs {
    /// What it is called
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is: cash, checking, savings, card, loan, investment or other
    #[arg(long, value_name = "KIND", default_value = "checking")]
    kind: String,
    /// What it is in: EUR, GBP, USD, ... [default: the book's]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Keep it out of the budget
    #[arg(long)]
    off_budget: bool,
    /// What it holds to begin with; what is owed begins with a minus
    #[arg(long, value_name = "AMT", value_parser = signed, allow_hyphen_values = true)]
    balance: Option<String>,
    /// The day of that balance [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
}

#[derive(Debug, Args)]
struct EditArgs {
    /// Its name, or the beginning of it
    #[arg(value_name = "ACCT")]
    account: String,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its new kind
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Its new currency, as long as nothing is recorded in it
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Take it into the budget
    #[arg(long, conflicts_with = "off_budget")]
    on_budget: bool,
    /// Keep it out of the budget
    #[arg(long)]
    off_budget: bool,
}

#[derive(Debug, Args)]
struct CloseArgs {
    /// Its name, or the beginning of it
    #[arg(value_name = "ACCT")]
    account: String,
    /// The account that takes what is left in it
    #[arg(long, value_name = "ACCT")]
    to: Option<String>,
    /// The day of that transfer [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
}

impl AccountArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            AccountCommand::List => {
                let all = cx.read(|conn, _| account_rows::list(conn))?;
                cx.out.answer(&AccountList(all))?;
                Ok(0)
            }
            AccountCommand::Add(args) => {
                let wanted = args.wanted(cx)?;
                let code = changed(cx, |w| accounts::add(w, &wanted))?;
                if !cx.global.dry_run && cx.config.get("account").is_none() {
                    tell_of_second(cx)?;
                }
                Ok(code)
            }
            AccountCommand::Edit(args) => {
                let edit = args.edit()?;
                let current = Month::of(cx.today);
                changed(cx, |w| standing::edit_account(w, current, &args.account, &edit))
            }
            AccountCommand::Close(args) => {
                let date = cx.date(args.date.as_deref())?;
                changed(cx, |w| accounts::close(w, &args.account, args.to.as_deref(), date))
            }
            AccountCommand::Reopen { account } => changed(cx, |w| accounts::reopen(w, &account)),
            AccountCommand::Delete { account } => {
                let done = cx.write(Isolation::Alone, |w| accounts::delete(w, &account))?;
                cx.out.answer(&Many { done: &done })?;
                Ok(0)
            }
        }
    }
}

/// With one account nobody has to name it; from the second on somebody has.
fn tell_of_second(cx: &Context) -> Result<()> {
    let open = cx.read(|conn, _| account_rows::list(conn))?.into_iter().filter(|account| !account.is_closed);
    if let [first, _] = open.collect::<Vec<_>>().as_slice() {
        let first = crate::ledger::lookup::quoted(&first.name);
        cx.out.note(&format!(
            "from now on `groat add` takes `-a ACCOUNT`, or settle it with `groat config set account {first}`"
        ));
    }
    Ok(())
}

fn changed(
    cx: &Context,
    work: impl FnMut(&mut crate::db::writer::Writer<'_>) -> Result<Changed>,
) -> Result<u8> {
    let changed = cx.write(Isolation::Alone, work)?;
    changed.notes.iter().for_each(|note| cx.out.note(note));
    cx.out.answer(&AccountObject {
        account: &changed.account,
        summary: &changed.summary,
        operation: changed.operation,
    })?;
    Ok(0)
}

impl AddArgs {
    fn wanted(&self, cx: &Context) -> Result<Wanted> {
        Ok(Wanted {
            name: self.name.clone(),
            kind: AccountKind::parse(&self.kind).usage()?,
            currency: self.currency.as_deref().map(|code| CurrencyCode::parse(code).usage()).transpose()?,
            is_off_budget: self.off_budget,
            balance: self.balance.as_deref().map(|text| cx.amount(text)).transpose()?,
            date: cx.date(self.date.as_deref())?,
        })
    }
}

impl EditArgs {
    fn edit(&self) -> Result<Edit> {
        if self.name.is_none()
            && self.kind.is_none()
            && self.currency.is_none()
            && !self.on_budget
            && !self.off_budget
        {
            return Err(Problem::usage("nothing to change was given")
                .hint("`groat account edit --help` shows what can be")
                .into());
        }
        Ok(Edit {
            name: self.name.clone(),
            kind: self.kind.as_deref().map(|word| AccountKind::parse(word).usage()).transpose()?,
            currency: self.currency.as_deref().map(|code| CurrencyCode::parse(code).usage()).transpose()?,
            is_on_budget: (self.on_budget || self.off_budget).then_some(self.on_budget),
        })
    }
}
