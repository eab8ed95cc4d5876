//! The names that a command may mean, read in one statement: every account and category, and the payee that
//! was typed with the category it had last. One round trip, whatever a command resolves.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::connection::DbConn;
use crate::domain::account::{Account, AccountKind};
use crate::domain::category::{Category, CategoryKind};
use crate::domain::ids::{AccountId, CategoryId, GroupId, PayeeId};
use crate::domain::money::CurrencyCode;
use crate::error::{Problem, Result};

/// What names there are.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Every account, open ones first, in the order of their names.
    pub accounts: Vec<Account>,
    /// Every category, in display order.
    pub categories: Vec<Category>,
    /// The payee that the folded name or alias means.
    pub payee: Option<KnownPayee>,
    /// What the book is kept in, read with the rest.
    pub book: Option<CurrencyCode>,
}

/// A payee that was found by name or alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPayee {
    /// Its identity.
    pub id: PayeeId,
    /// As shown.
    pub name: String,
    /// The category of its newest transaction that has one.
    pub last_category: Option<CategoryId>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    name_key: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    extra: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = BigInt)]
    group_position: i64,
    #[diesel(sql_type = Bool)]
    flag: bool,
    #[diesel(sql_type = Bool)]
    other_flag: bool,
    #[diesel(sql_type = Nullable<Text>)]
    group_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    group_key: Option<String>,
}

const ACCOUNTS: &str = "SELECT 'account' AS what, a.id, a.name, a.name_key, a.kind, a.currency AS extra, \
    CAST(c.exponent AS BIGINT) AS number, CAST(0 AS BIGINT) AS position, CAST(0 AS BIGINT) AS group_position, \
    a.is_on_budget AS flag, a.is_closed AS other_flag, NULL AS group_name, NULL AS group_key \
    FROM accounts a JOIN currencies c ON c.code = a.currency";
const CATEGORIES: &str = "SELECT 'category', c.id, c.name, c.name_key, c.kind, c.role, c.group_id, c.position, \
    g.position, c.is_hidden, FALSE, g.name, g.name_key \
    FROM categories c JOIN category_groups g ON g.id = c.group_id";
const BOOK: &str = "SELECT 'book', id, currency, '', '', NULL, CAST(NULL AS BIGINT), 0, 0, FALSE, FALSE, NULL, NULL FROM book";
const PAYEE: &str = "SELECT 'payee', p.id, p.name, p.name_key, '', NULL, \
    (SELECT q.category_id FROM transactions t JOIN postings q ON q.transaction_id = t.id \
     WHERE t.payee_id = p.id AND q.category_id IS NOT NULL ORDER BY t.date DESC, t.id DESC, q.position LIMIT 1), \
    0, 0, FALSE, FALSE, NULL, NULL FROM payees p WHERE p.name_key = $1 \
    OR p.id = (SELECT payee_id FROM payee_aliases WHERE name_key = $1)";

/// The names, and the payee of that folded name or alias.
///
/// # Errors
/// What the database says.
pub fn load(conn: &mut DbConn, payee_key: Option<&str>) -> Result<Names> {
    let rows: Vec<Row> = match payee_key {
        Some(key) => {
            diesel::sql_query(format!("{ACCOUNTS} UNION ALL {CATEGORIES} UNION ALL {BOOK} UNION ALL {PAYEE}"))
                .bind::<Text, _>(key)
                .load(conn)?
        }
        None => {
            diesel::sql_query(format!("{ACCOUNTS} UNION ALL {CATEGORIES} UNION ALL {BOOK}")).load(conn)?
        }
    };
    let mut names = Names::default();
    let mut placed = Vec::new();
    for row in rows {
        match row.what.as_str() {
            "account" => names.accounts.push(account(row)?),
            "category" => {
                let group_position = row.group_position;
                placed.push((group_position, category(row)?));
            }
            "book" => names.book = CurrencyCode::parse(&row.name).ok(),
            _ => names.payee = Some(payee(row)),
        }
    }
    names.accounts.sort_by(|a, b| (a.is_closed, &a.key).cmp(&(b.is_closed, &b.key)));
    placed.sort_by_key(|(group_position, c)| (*group_position, c.group, c.position, c.id));
    names.categories = placed.into_iter().map(|(_, category)| category).collect();
    Ok(names)
}

fn account(row: Row) -> Result<Account> {
    let missing = || Problem::internal("an account without a currency");
    Ok(Account {
        id: AccountId(row.id),
        name: row.name,
        key: row.name_key,
        kind: AccountKind::parse(&row.kind).map_err(|e| Problem::internal(e.message))?,
        currency: CurrencyCode::parse(&row.extra.ok_or_else(missing)?)
            .map_err(|e| Problem::internal(e.message))?,
        exponent: u32::try_from(row.number.ok_or_else(missing)?)?,
        is_on_budget: row.flag,
        is_closed: row.other_flag,
    })
}

fn category(row: Row) -> Result<Category> {
    let missing = || Problem::internal("a category without a group");
    Ok(Category {
        id: CategoryId(row.id),
        group: GroupId(row.number.ok_or_else(missing)?),
        slug: format!("{}/{}", row.group_key.ok_or_else(missing)?, row.name_key),
        group_name: row.group_name.ok_or_else(missing)?,
        name: row.name,
        key: row.name_key,
        kind: CategoryKind::parse(&row.kind).map_err(|e| Problem::internal(e.message))?,
        role: super::categories::role(row.extra.as_deref()),
        is_hidden: row.flag,
        position: row.position,
    })
}

fn payee(row: Row) -> KnownPayee {
    KnownPayee { id: PayeeId(row.id), name: row.name, last_category: row.number.map(CategoryId) }
}

impl Names {
    /// Refuses to go on when the book's currency is no longer the one that it was opened with: values would be in
    /// another than they say.
    ///
    /// # Errors
    /// Somebody changed the currency a moment ago.
    pub fn refuse_changed_book(&self, opened: CurrencyCode) -> Result<()> {
        if self.book == Some(opened) {
            return Ok(());
        }
        Err(Problem::conflict("the book's currency was changed a moment ago").hint("try again").into())
    }
}
