//! What a command means by its account, category, payee and tags; making those that are made in passing.

use super::lookup::{self, Match, Outcome};
use crate::db::accounts::NewAccount;
use crate::db::names::{KnownPayee, Names};
use crate::db::writer::Writer;
use crate::db::{accounts, categories, currencies, groups, payees, tags};
use crate::domain::account::{Account, AccountKind};
use crate::domain::category::{Category, CategoryKind, Role};
use crate::domain::ids::{PayeeId, TagId};
use crate::domain::money::{AmountInput, Currency, Minor, Sign};
use crate::domain::name::{NameKind, capitalise_first, clean, fold, split_category, visible};
use crate::domain::transaction::Status;
use crate::error::{OrUsage, Problem, Result};

/// The account that the first `add` makes.
const FIRST_ACCOUNT: &str = "Cash";
/// The group of categories that are made in passing.
const DEFAULT_GROUP: &str = "General";

/// An account that is there, or the first one, which is to be made.
#[derive(Debug, Clone)]
pub enum AccountChoice {
    /// It is there.
    There(Account),
    /// The book has none: `Cash` is to be made.
    First,
}

/// The account of a new transaction: the one named, else the configured one, else the only open one.
///
/// # Errors
/// An unknown or closed one; several to choose from.
pub fn account_choice(
    names: &Names,
    wanted: Option<&str>,
    configured: Option<&str>,
) -> Result<AccountChoice> {
    // The setting is one for all books: where a book has no such account, it settles nothing.
    let (configured, stale) = match configured {
        Some(text) if lookup::account(names, text).is_err() => (None, Some(text)),
        other => (other, None),
    };
    if let Some(text) = wanted.or(configured) {
        let account = lookup::account(names, text)?;
        if account.is_closed {
            return Err(Problem::conflict(format!("the account `{}` is closed", visible(&account.name)))
                .hint(format!("`groat account reopen {}` opens it again", lookup::quoted(&account.name)))
                .into());
        }
        return Ok(AccountChoice::There(account.clone()));
    }
    let open: Vec<&Account> = names.accounts.iter().filter(|account| !account.is_closed).collect();
    match open.as_slice() {
        [only] => Ok(AccountChoice::There((*only).clone())),
        [] if names.accounts.is_empty() => Ok(AccountChoice::First),
        [] => Err(Problem::conflict("every account is closed")
            .hint("`groat account reopen NAME` or `groat account add NAME`")
            .into()),
        several => Err(stale
            .into_iter()
            .fold(Problem::would_ask("which account?"), |problem, text| {
                problem.hint(format!(
                    "the setting `account` is `{}`, but this book has no such account",
                    visible(text)
                ))
            })
            .hint(format!(
                "give `-a`: {}; or settle it with `groat config set account {}`",
                lookup::listed(several.iter().map(|a| a.name.as_str())),
                lookup::quoted(&several[0].name)
            ))
            .choices(several.iter().map(|account| account.name.clone()))
            .into()),
    }
}

/// Makes the chosen account if it is not there.
///
/// # Errors
/// What the database says.
pub fn make_account(w: &mut Writer<'_>, choice: AccountChoice, notes: &mut Vec<String>) -> Result<Account> {
    let AccountChoice::There(account) = choice else {
        let new = NewAccount {
            name: FIRST_ACCOUNT.to_owned(),
            key: fold(FIRST_ACCOUNT),
            kind: AccountKind::Cash,
            currency: w.currency.clone(),
            is_on_budget: true,
        };
        if let Some(account) = accounts::insert(w, &new)? {
            notes.push(format!("created account {FIRST_ACCOUNT}"));
            return Ok(account);
        }
        // Somebody else made it a moment ago.
        let all = accounts::list(w.conn())?;
        return all
            .into_iter()
            .find(|account| account.key == new.key)
            .ok_or_else(|| Problem::conflict("the account came and went").hint("try again").into());
    };
    Ok(account)
}

/// The currency of an account, with its scale and symbol.
///
/// # Errors
/// What the database says.
pub fn currency_of(w: &mut Writer<'_>, account: &Account) -> Result<Currency> {
    if account.currency == w.currency.code {
        return Ok(w.currency.clone());
    }
    currencies::get(w.conn(), account.currency)
}

/// What a new posting is for.
#[derive(Debug, Clone)]
pub enum CategoryChoice {
    /// Nothing.
    None,
    /// A category that is there.
    There(Category),
    /// One that is to be made in passing.
    New {
        /// Its group's name.
        group: String,
        /// Its name.
        name: String,
        /// Spending or income.
        kind: CategoryKind,
    },
}

/// The category that a text means on `add` and `income`, where an unknown one is made unless it is nearly
/// spelt like one that is there.
///
/// # Errors
/// Several fit; a near match; an unknown one with `is_strict`; a name that cannot be.
pub fn category_choice(
    names: &Names,
    text: &str,
    kind: CategoryKind,
    is_strict: bool,
    notes: &mut Vec<String>,
) -> Result<CategoryChoice> {
    if fold(text) == "none" {
        return Ok(CategoryChoice::None);
    }
    match lookup::category(names, text) {
        Outcome::One(Match { found, by_prefix }) => {
            if by_prefix {
                notes.push(format!("category {}", found.name));
            }
            Ok(CategoryChoice::There(found.clone()))
        }
        Outcome::Several(all) => {
            let slugs = || all.iter().map(|category| category.slug.clone());
            Err(lookup::ambiguous("category", text, slugs()).choices(slugs()).into())
        }
        Outcome::None(near) if is_strict || !near.is_empty() => {
            Err(lookup::unknown_category(text, &near, kind).into())
        }
        Outcome::None(_) => new_category(names, text, kind),
    }
}

fn new_category(names: &Names, text: &str, kind: CategoryKind) -> Result<CategoryChoice> {
    let (group, name) = split_category(text);
    let name = capitalise_first(&clean(NameKind::Category, name).usage()?);
    let group = match group {
        Some(group) => capitalise_first(&clean(NameKind::Group, group).usage()?),
        None => DEFAULT_GROUP.to_owned(),
    };
    // A group is written as it is already known.
    let known =
        names.categories.iter().find(|c| lookup::group_of(c) == fold(&group)).map(|c| c.group_name.clone());
    Ok(CategoryChoice::New { group: known.unwrap_or(group), name, kind })
}

/// The category of a new transaction without `-c`: the payee's last one; for income else the built-in one.
pub fn default_category(names: &Names, kind: CategoryKind, notes: &mut Vec<String>) -> CategoryChoice {
    let last = names.payee.as_ref().and_then(|payee| payee.last_category);
    let found = names.categories.iter().find(|category| Some(category.id) == last);
    if let Some(category) = found {
        notes.push(format!("category {}, as last time", category.name));
        return CategoryChoice::There(category.clone());
    }
    match kind {
        CategoryKind::Expense => CategoryChoice::None,
        CategoryKind::Income => {
            built_in(names, Role::Income).map_or(CategoryChoice::None, CategoryChoice::There)
        }
    }
}

/// The category that came with the book for a purpose.
pub fn built_in(names: &Names, role: Role) -> Option<Category> {
    names.categories.iter().find(|category| category.role == Some(role)).cloned()
}

/// Makes the chosen category, and its group, if they are not there.
///
/// # Errors
/// What the database says.
pub fn make_category(
    w: &mut Writer<'_>,
    choice: CategoryChoice,
    notes: &mut Vec<String>,
) -> Result<Option<Category>> {
    let (group, name, kind) = match choice {
        CategoryChoice::None => return Ok(None),
        CategoryChoice::There(category) => return Ok(Some(category)),
        CategoryChoice::New { group, name, kind } => (group, name, kind),
    };
    let group_key = fold(&group);
    let found = groups::find_by_key(w.conn(), &group_key)?;
    let group = match found {
        Some(found) => found,
        None => match groups::insert(w, &group, &group_key)? {
            Some(made) => made,
            None => groups::find_by_key(w.conn(), &group_key)?
                .ok_or_else(|| Problem::conflict("the group came and went").hint("try again"))?,
        },
    };
    let key = fold(&name);
    if let Some(made) = categories::insert(w, &group, &name, &key, kind)? {
        notes.push(format!("created category {} in {}", made.name, made.group_name));
        return Ok(Some(made));
    }
    // Somebody else made it a moment ago, or a part of a split before this one.
    let all = categories::list(w.conn())?;
    let there = all.into_iter().find(|category| category.group == group.id && category.key == key);
    Ok(Some(there.ok_or_else(|| Problem::conflict("the category came and went").hint("try again"))?))
}

/// The payee of that name, made if it is not there, with its name as stored.
///
/// # Errors
/// What the database says.
pub fn make_payee(w: &mut Writer<'_>, name: &str, known: Option<KnownPayee>) -> Result<(PayeeId, String)> {
    if let Some(known) = known {
        return Ok((known.id, known.name));
    }
    let (id, _) = payees::create(w, name, &fold(name))?;
    Ok((id, name.to_owned()))
}

/// The tags of those names, as stored and in folded order, made where they are not there.
///
/// # Errors
/// A name that cannot be; what the database says.
pub fn make_tags(w: &mut Writer<'_>, names: &[String]) -> Result<Vec<(TagId, String)>> {
    let mut wanted: Vec<(String, String)> = names
        .iter()
        .map(|name| Ok((fold(name), clean(NameKind::Tag, name).usage()?)))
        .collect::<Result<_>>()?;
    // In one order for all writers, so that two of them never wait for each other crosswise.
    wanted.sort();
    wanted.dedup_by(|a, b| a.0 == b.0);
    wanted.iter().map(|(key, name)| tags::find_or_create(w, name, key)).collect()
}

/// The tag of that clean name, made if it is not there.
///
/// # Errors
/// What the database says.
pub fn make_tag(w: &mut Writer<'_>, name: &str) -> Result<TagId> {
    tags::find_or_create(w, name, &fold(name)).map(|(id, _)| id)
}

/// A signed amount in minor units: unsigned means `unsigned_is_in`.
///
/// # Errors
/// Zero; another currency than the account's; more than 64 bits.
pub fn signed(
    input: &AmountInput,
    currency: &Currency,
    unsigned_is_in: bool,
    notes: &mut Vec<String>,
) -> Result<Minor> {
    let exact = input.to_minor(currency).usage()?;
    if exact.minor.is_zero() {
        return Err(Problem::usage("the amount is 0, so there is nothing to record").into());
    }
    if let Some(from) = exact.rounded_from {
        let shown = crate::domain::money::format_human(exact.minor, currency.exponent);
        notes.push(format!("rounded {} to {shown} {}", from.round_dp(10).normalize(), currency.code));
    }
    match (input.sign, unsigned_is_in) {
        (Sign::Unsigned, false) => exact.minor.checked_neg().usage(),
        _ => Ok(exact.minor),
    }
}

/// The status of a posting that is typed: cash is settled at once.
pub fn default_status(account: &Account) -> Status {
    if account.kind == AccountKind::Cash { Status::Cleared } else { Status::Pending }
}
