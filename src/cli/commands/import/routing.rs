//! Which account each row of a file goes to: `-a` for the whole file, else the accounts that the file names, as
//! `--map` says or said before; on a terminal what is open is asked.

use crate::cli::context::Context;
use crate::db::account_numbers;
use crate::db::names::{self, Names};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::name::visible;
use crate::error::{Problem, Result};
use crate::import::Rows;
use crate::import::formats::Layout;
use crate::ledger::lookup;

/// The accounts of the book, and what the command line says of the file's.
pub struct Routing {
    names: Names,
    /// `-a`: where the whole file goes.
    whole: Option<Account>,
    /// `--map`: what the file calls an account, and which it is.
    mapped: Vec<(String, Account)>,
}

impl Routing {
    /// Reads `-a` and `--map`.
    ///
    /// # Errors
    /// An account that is unknown, fits several or is closed; a `--map` without `=`.
    pub fn new(cx: &Context, account: Option<&str>, map: &[String]) -> Result<Routing> {
        let names = cx.read(|conn, _| names::load(conn, None))?;
        let whole = account.map(|text| open(&names, text)).transpose()?;
        let mut mapped = Vec::new();
        for text in map {
            let Some((id, account)) = text.split_once('=').filter(|(id, _)| !id.trim().is_empty()) else {
                return Err(Problem::usage(format!("`{}` maps nothing", visible(text)))
                    .hint("`--map ID=ACCOUNT`: what the file calls it, then an account of the book")
                    .into());
            };
            let (id, account) = (id.trim().to_owned(), open(&names, account)?);
            refuse_another(&mapped, &id, &account)?;
            mapped.push((id, account));
        }
        Ok(Routing { names, whole, mapped })
    }

    /// The account of the whole file, when `-a` says it.
    pub fn whole(&self) -> Option<&Account> {
        self.whole.as_ref()
    }

    /// Which rows go to which account.
    ///
    /// # Errors
    /// Accounts of the file that nobody mapped, where nobody can be asked; a `--map` of one that the file does not
    /// name; with `-a` one that is another account.
    pub fn parts(&self, cx: &Context, layout: &Layout) -> Result<Vec<(Account, Rows)>> {
        let named = layout.accounts();
        if let Some((id, _)) = self.mapped.iter().find(|(id, _)| !named.contains(id)) {
            let problem = Problem::usage(format!("the file names no account `{}`", visible(id)));
            return Err(match named {
                [] => problem.hint("it names none: `-a ACCOUNT` says where the rows go"),
                named => {
                    problem.hint(format!("it names {}", lookup::listed(named.iter().map(String::as_str))))
                }
            }
            .into());
        }
        let known = cx.read(|conn, _| account_numbers::find_many(conn, &layout.kind(), named))?;
        match &self.whole {
            Some(whole) => {
                self.refuse_others(named, &known, whole)?;
                Ok(vec![(whole.clone(), Rows::All)])
            }
            None if named.is_empty() => {
                let flag = format!(
                    "`-a ACCOUNT` ({})",
                    lookup::listed(self.open_names().iter().map(String::as_str))
                );
                Ok(vec![(self.ask(cx, "Into which account?", &flag)?, Rows::All)])
            }
            None => self.by_name(cx, named, &known),
        }
    }

    fn refuse_others(&self, named: &[String], known: &[Option<AccountId>], whole: &Account) -> Result<()> {
        let other = named.iter().zip(known).find_map(|(name, known)| {
            let known = (*known)?;
            (known != whole.id).then_some((name, known))
        });
        let Some((name, other)) = other else { return Ok(()) };
        let other = self.names.accounts.iter().find(|account| account.id == other);
        let other = other.map_or("another account", |account| account.name.as_str());
        Err(Problem::conflict(format!(
            "the file names `{}`, which is `{other}`, not `{}`",
            visible(name),
            whole.name
        ))
        .hint(format!("leave `-a` out, or say otherwise: `--map {}`", pair(name, &whole.name)))
        .into())
    }

    /// Each named account by `--map`, else as it was mapped before, else as the user answers.
    fn by_name(
        &self,
        cx: &Context,
        named: &[String],
        known: &[Option<AccountId>],
    ) -> Result<Vec<(Account, Rows)>> {
        let mut routes: Vec<(&String, Option<Account>)> = Vec::new();
        for (name, known) in named.iter().zip(known) {
            let said = self.mapped.iter().find(|(id, _)| id == name).map(|(_, account)| account);
            let before = self.names.accounts.iter().find(|account| Some(account.id) == *known);
            if let Some(closed) = said.or(before).filter(|account| account.is_closed) {
                return Err(is_closed(closed).into());
            }
            routes.push((name, said.or(before).cloned()));
        }
        let open: Vec<&str> =
            routes.iter().filter(|(_, to)| to.is_none()).map(|(name, _)| name.as_str()).collect();
        if !open.is_empty() && !cx.ask.can_ask() {
            return Err(unmapped(&open).into());
        }
        let mut parts: Vec<(Account, Vec<String>)> = Vec::new();
        for (name, to) in routes {
            let to = match to {
                Some(to) => to,
                None => {
                    let question = format!("Which account is {}?", visible(name));
                    self.ask(cx, &question, &format!("`--map {}`", pair(name, "ACCOUNT")))?
                }
            };
            match parts.iter_mut().find(|(account, _)| account.id == to.id) {
                Some((_, names)) => names.push(name.clone()),
                None => parts.push((to, vec![name.clone()])),
            }
        }
        let all: Vec<Vec<String>> = parts.iter().map(|(_, names)| names.clone()).collect();
        Ok(parts
            .into_iter()
            .enumerate()
            .map(|(place, (account, names))| {
                let elsewhere = (place == 0).then(|| all[1..].concat());
                (account, Rows::Of { names, elsewhere })
            })
            .collect())
    }

    fn open_names(&self) -> Vec<String> {
        let open = self.names.accounts.iter().filter(|account| !account.is_closed);
        open.map(|account| account.name.clone()).collect()
    }

    fn ask(&self, cx: &Context, question: &str, flag: &str) -> Result<Account> {
        let answer = cx.ask.choice(question, self.open_names(), flag)?;
        open(&self.names, &answer)
    }
}

fn open(names: &Names, text: &str) -> Result<Account> {
    let account = lookup::account(names, text)?;
    if account.is_closed {
        return Err(is_closed(account).into());
    }
    Ok(account.clone())
}

/// One account of the file cannot be two of the book.
fn refuse_another(mapped: &[(String, Account)], id: &str, account: &Account) -> Result<()> {
    match mapped.iter().find(|(known, before)| known == id && before.id != account.id) {
        None => Ok(()),
        Some((_, before)) => Err(Problem::usage(format!(
            "`{}` is mapped twice: to `{}` and to `{}`",
            visible(id),
            before.name,
            account.name
        ))
        .hint("leave one `--map` out")
        .into()),
    }
}

fn is_closed(account: &Account) -> Problem {
    Problem::conflict(format!("the account `{}` is closed", account.name))
}

fn unmapped(open: &[&str]) -> Problem {
    let what = if open.len() == 1 { "an account that is" } else { "accounts that are" };
    let listed: Vec<String> = open.iter().map(|name| format!("`{}`", visible(name))).collect();
    let flags: Vec<String> = open.iter().map(|name| format!("--map {}", pair(name, "ACCOUNT"))).collect();
    Problem::would_ask(format!("the file names {what} not mapped yet: {}", listed.join(", ")))
        .hint(format!("`{}`, once; or `-a ACCOUNT` puts all rows into one", flags.join(" ")))
}

/// `ID=ACCOUNT` as it can be pasted.
fn pair(name: &str, account: &str) -> String {
    lookup::quoted(&format!("{}={account}", visible(name)))
}
