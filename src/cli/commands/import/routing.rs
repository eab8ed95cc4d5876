//! Which account each row of a file goes to: `-a` for the whole file, else the accounts that the file names, as
//! `--map` says or said before; on a terminal what is open is asked.

use crate::cli::context::Context;
use crate::db::account_numbers;
use crate::db::names::{self, Names};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::money::CurrencyCode;
use crate::domain::name::{fold, visible};
use crate::error::{Problem, Result};
use crate::import::Rows;
use crate::import::accounts::{self, NewAccount, Target};
use crate::import::formats::{self, Layout, ReadSeek, Rejected, Row};
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
            let Some((id, account)) = parted(&names, text) else {
                return Err(Problem::usage(format!("`{}` maps nothing", visible(text)))
                    .hint("`--map ID=ACCOUNT`: what the file calls it, then an account of the book")
                    .into());
            };
            let (id, account) = (id.to_owned(), open(&names, account)?);
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
    pub fn parts(
        &self,
        cx: &Context,
        layout: &Layout,
        input: &mut dyn ReadSeek,
    ) -> Result<Vec<(Target, Rows)>> {
        let named = layout.accounts();
        self.refuse_unnamed(named)?;
        let known =
            cx.read(|conn, _| account_numbers::find_many(conn, &accounts::file_kind(layout), named))?;
        match &self.whole {
            Some(whole) => {
                self.refuse_others(named, &known, whole)?;
                Ok(vec![(Target::There(whole.clone()), Rows::All)])
            }
            // Another program's export without a single row, such as that of an empty book.
            None if named.is_empty() && layout.row_count() == 0 && layout.says_purposes() => Ok(Vec::new()),
            None if named.is_empty() => {
                refuse_unreadable(layout, input)?;
                let open = self.open_names();
                let flag = match open.as_slice() {
                    [] => "`groat account add NAME`, then `-a NAME`".to_owned(),
                    open => format!("`-a ACCOUNT` ({})", lookup::listed(open.iter().map(String::as_str))),
                };
                Ok(vec![(Target::There(self.ask(cx, "Into which account?", &flag)?), Rows::All)])
            }
            None => {
                let routes = self.routes(named, &known, layout)?;
                let routes = self.settle(cx, routes, layout, input)?;
                Ok(together(routes))
            }
        }
    }

    fn refuse_unnamed(&self, named: &[String]) -> Result<()> {
        let Some((id, _)) = self.mapped.iter().find(|(id, _)| !named.contains(id)) else { return Ok(()) };
        let problem = Problem::usage(format!("the file names no account `{}`", visible(id)));
        Err(match named {
            [] => problem.hint("it names none: `-a ACCOUNT` says where the rows go"),
            named => problem.hint(format!("it names {}", lookup::listed(named.iter().map(String::as_str)))),
        }
        .into())
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
        .hint(format!("leave `-a` out, or say otherwise: `{}`", flag(name, &whole.name)))
        .into())
    }

    /// Each named account by `--map`, else as it was mapped before, else, where the names are the user's own, the
    /// account of that name.
    fn routes<'n>(
        &self,
        named: &'n [String],
        known: &[Option<AccountId>],
        layout: &Layout,
    ) -> Result<Vec<(&'n String, Option<Account>)>> {
        let mut routes = Vec::new();
        for (name, known) in named.iter().zip(known) {
            let said = self.mapped.iter().find(|(id, _)| id == name).map(|(_, account)| account);
            let before = self.names.accounts.iter().find(|account| Some(account.id) == *known);
            let called = || self.names.accounts.iter().find(|account| is_called(account, name));
            let to = said.or(before).or_else(|| layout.says_purposes().then(called).flatten());
            routes.push((name, to.cloned()));
        }
        Ok(routes)
    }

    /// Settles what is open: accounts of other programs are made, with a yes; banks' are asked for.
    fn settle<'n>(
        &self,
        cx: &Context,
        routes: Vec<(&'n String, Option<Account>)>,
        layout: &Layout,
        input: &mut dyn ReadSeek,
    ) -> Result<Vec<(&'n String, Target)>> {
        let open: Vec<String> =
            routes.iter().filter(|(_, to)| to.is_none()).map(|(name, _)| (*name).clone()).collect();
        let makes = layout.says_purposes() && !open.is_empty();
        if !open.is_empty() && !makes && !cx.ask.can_ask() {
            return Err(unmapped(&open.iter().map(String::as_str).collect::<Vec<_>>()).into());
        }
        let made = if makes { self.made(cx, &open, layout, input)? } else { Vec::new() };
        let mut made = made.into_iter();
        let mut settled = Vec::new();
        for (name, to) in routes {
            let new = if to.is_none() { made.next() } else { None };
            let target = match (to, new) {
                (Some(to), _) => Target::There(to),
                (None, Some(new)) => Target::New(new),
                (None, None) => {
                    let question = format!("Which account is {}?", visible(name));
                    Target::There(self.ask(cx, &question, &format!("`{}`", flag(name, "ACCOUNT")))?)
                }
            };
            settled.push((name, target));
        }
        Ok(settled)
    }

    /// The accounts that are to be made for these, once the user agrees.
    fn made(
        &self,
        cx: &Context,
        open: &[String],
        layout: &Layout,
        input: &mut dyn ReadSeek,
    ) -> Result<Vec<NewAccount>> {
        let shown = accounts::shown(input, layout, open)?;
        self.refuse_other_book(cx, open.iter().filter_map(|name| shown.currencies.get(name)).copied())?;
        let mut taken: Vec<String> = self.names.accounts.iter().map(|account| account.name.clone()).collect();
        let mut made = Vec::new();
        for name in open {
            let new = NewAccount::of(name, &shown, &taken);
            taken.push(new.name.clone());
            made.push(new);
        }
        let listed = lookup::listed(made.iter().map(|new| new.name.as_str()));
        let what = if made.len() == 1 { "account" } else { "accounts" };
        if !cx.global.dry_run {
            cx.ask.confirm(&format!("Make the {what} {listed}?")).map_err(|error| or_map(error, &open[0]))?;
        }
        cx.out.note(&format!("new {what}: {listed}"));
        let off: Vec<_> = made.iter().filter(|new| new.is_off_budget).map(|new| new.name.as_str()).collect();
        if !off.is_empty() {
            let off = lookup::listed(off.into_iter());
            cx.out.note(&format!("off budget, as transfers there have categories: {off}"));
        }
        Ok(made)
    }

    /// A book in which nothing is posted may have been given its currency by the locale alone: a history in another
    /// would all be off budget.
    fn refuse_other_book(&self, cx: &Context, wanted: impl Iterator<Item = CurrencyCode>) -> Result<()> {
        let own = cx.read(|_, book| Ok(book.currency().code))?;
        let mut wanted = wanted.peekable();
        let Some(first) = wanted.peek().copied() else { return Ok(()) };
        let is_other =
            wanted.all(|code| code != own) && !self.names.accounts.iter().any(|a| a.currency == own);
        if !is_other {
            return Ok(());
        }
        Err(Problem::usage(format!("the file is in {first}, but the book is kept in {own}"))
            .hint(format!("nothing is posted yet: `groat init --currency {first}`, then import again"))
            .into())
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

/// The error of a question with the other way out.
fn or_map(error: anyhow::Error, name: &str) -> anyhow::Error {
    match error.downcast::<Problem>() {
        Ok(problem) => problem.hint(format!("or `{}`: which account it is", flag(name, "ACCOUNT"))).into(),
        Err(other) => other,
    }
}

/// Whether a file of another program means this account: by its name, or by the last part of a longer one.
fn is_called(account: &Account, name: &str) -> bool {
    let last = name.rsplit(':').next().unwrap_or(name);
    account.key == fold(name) || account.key == fold(last)
}

/// The names that go to one account, together.
fn together(routes: Vec<(&String, Target)>) -> Vec<(Target, Rows)> {
    let mut parts: Vec<(Target, Vec<String>)> = Vec::new();
    for (name, to) in routes {
        match parts.iter_mut().find(|(target, _)| *target == to) {
            Some((_, names)) => names.push(name.clone()),
            None => parts.push((to, vec![name.clone()])),
        }
    }
    let all: Vec<Vec<String>> = parts.iter().map(|(_, names)| names.clone()).collect();
    parts
        .into_iter()
        .enumerate()
        .map(|(place, (target, names))| {
            let elsewhere = (place == 0).then(|| all[1..].concat());
            (target, Rows::Of { names, elsewhere })
        })
        .collect()
}

/// A file of a program that names accounts, none of whose rows can be read: why not is what is to be told.
fn refuse_unreadable(layout: &Layout, input: &mut dyn ReadSeek) -> Result<()> {
    if !layout.says_purposes() {
        return Ok(());
    }
    let mut first = None;
    for row in formats::rows(input, layout)? {
        match row? {
            Row::Line(_) => return Ok(()),
            Row::Rejected(rejected) => {
                first.get_or_insert(rejected);
            }
        }
    }
    let Some(Rejected { line, reason, .. }) = first else { return Ok(()) };
    Err(Problem::usage(format!("no row of the file can be read; line {line}: {reason}")).into())
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
    let flags: Vec<String> = open.iter().map(|name| flag(name, "ACCOUNT")).collect();
    Problem::would_ask(format!("the file names {what} not mapped yet: {}", listed.join(", ")))
        .hint(format!("`{}`, once; or `-a ACCOUNT` puts all rows into one", flags.join(" ")))
}

/// `--map ID=ACCOUNT` as it can be pasted: with a `=` where the id would be read as a flag.
fn flag(name: &str, account: &str) -> String {
    let name = visible(name);
    let mark = if name.starts_with('-') { '=' } else { ' ' };
    format!("--map{mark}{}", lookup::quoted(&format!("{name}={account}")))
}

/// What a file calls an account, and which it is: ids have `=` in them, so the last one counts that an account of the
/// book stands behind.
fn parted<'t>(names: &Names, text: &'t str) -> Option<(&'t str, &'t str)> {
    let all = text.rmatch_indices('=').map(|(at, _)| (text[..at].trim(), &text[at + 1..]));
    let all: Vec<_> = all.filter(|(id, _)| !id.is_empty()).collect();
    all.iter().find(|(_, account)| lookup::account(names, account).is_ok()).or(all.first()).copied()
}
