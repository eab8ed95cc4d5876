//! Payees with their aliases: rows and queries. A payee is imaged whole, aliases included.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::lessons::IS_GUESSED;
use super::schema::{payee_aliases, payees, transactions};
use super::tables::{CHUNK, Imaged, Table};
use super::writer::Writer;
use crate::domain::ids::{CategoryId, PayeeId, TransactionId};
use crate::error::{Problem, Result};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = payees, treat_none_as_null = true, treat_none_as_default_value = false)]
struct PayeeRow {
    id: i64,
    name: String,
    name_key: String,
    created_at: NaiveDateTime,
    operation_id: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = payee_aliases, treat_none_as_default_value = false)]
struct AliasRow {
    name_key: String,
    name: String,
    payee_id: i64,
}

/// A payee and the other names that mean it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeImage {
    payee: PayeeRow,
    aliases: Vec<AliasRow>,
}

impl Imaged for PayeeImage {
    const TABLE: Table = Table::Payees;

    fn id(&self) -> i64 {
        self.payee.id
    }

    fn operation(&self) -> Option<i64> {
        Some(self.payee.operation_id)
    }

    fn label(&self) -> String {
        self.payee.name.clone()
    }

    fn find_many(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Self>> {
        let mut images = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            let rows: Vec<PayeeRow> =
                payees::table.filter(payees::id.eq_any(chunk)).order(payees::id).load(conn)?;
            let aliases: Vec<AliasRow> = payee_aliases::table
                .filter(payee_aliases::payee_id.eq_any(chunk))
                .order(payee_aliases::name_key)
                .load(conn)?;
            images.extend(rows.into_iter().map(|payee| {
                let own = aliases.iter().filter(|alias| alias.payee_id == payee.id).cloned().collect();
                PayeeImage { payee, aliases: own }
            }));
        }
        Ok(images)
    }

    fn insert_many(conn: &mut DbConn, images: &[Self]) -> Result<()> {
        for chunk in images.chunks(CHUNK) {
            let rows: Vec<PayeeRow> = chunk.iter().map(|image| image.payee.clone()).collect();
            on_backend!(conn, c => diesel::insert_into(payees::table).values(&rows).execute(c)?);
        }
        images.iter().try_for_each(|image| insert_aliases(conn, &image.aliases))
    }

    fn replace(conn: &mut DbConn, image: &Self) -> Result<()> {
        diesel::delete(payee_aliases::table.filter(payee_aliases::payee_id.eq(image.payee.id)))
            .execute(conn)?;
        diesel::update(payees::table.find(image.payee.id)).set(image.payee.clone()).execute(conn)?;
        insert_aliases(conn, &image.aliases)
    }

    fn release(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
        for chunk in ids.chunks(CHUNK) {
            diesel::delete(payee_aliases::table.filter(payee_aliases::payee_id.eq_any(chunk)))
                .execute(conn)?;
        }
        Ok(())
    }

    fn delete_many(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
        for chunk in ids.chunks(CHUNK) {
            diesel::delete(payee_aliases::table.filter(payee_aliases::payee_id.eq_any(chunk)))
                .execute(conn)?;
            diesel::delete(payees::table.filter(payees::id.eq_any(chunk))).execute(conn)?;
        }
        Ok(())
    }
}

fn insert_aliases(conn: &mut DbConn, aliases: &[AliasRow]) -> Result<()> {
    for chunk in aliases.chunks(CHUNK) {
        on_backend!(conn, c => diesel::insert_into(payee_aliases::table).values(chunk).execute(c)?);
    }
    Ok(())
}

/// A payee with what `payee list` tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    /// Its identity.
    pub id: PayeeId,
    /// As shown.
    pub name: String,
    /// The folded name, unique.
    pub key: String,
    /// Other names that mean it, in folded order.
    pub aliases: Vec<String>,
    /// Their folded forms.
    pub alias_keys: Vec<String>,
    /// How many transactions it has.
    pub transactions: i64,
}

/// Every payee, in the order of their names.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Payee>> {
    let rows: Vec<(i64, String, String, i64)> = payees::table
        .left_join(transactions::table)
        .group_by((payees::id, payees::name, payees::name_key))
        .select((payees::id, payees::name, payees::name_key, diesel::dsl::count(transactions::id.nullable())))
        .order(payees::name_key)
        .load(conn)?;
    let aliases: Vec<AliasRow> = payee_aliases::table.order(payee_aliases::name_key).load(conn)?;
    let mut of: std::collections::HashMap<i64, Vec<AliasRow>> = std::collections::HashMap::new();
    for alias in aliases {
        of.entry(alias.payee_id).or_default().push(alias);
    }
    Ok(rows
        .into_iter()
        .map(|(id, name, key, transactions)| {
            let (aliases, alias_keys) =
                of.remove(&id).unwrap_or_default().into_iter().map(|a| (a.name, a.name_key)).unzip();
            Payee { id: PayeeId(id), name, key, aliases, alias_keys, transactions }
        })
        .collect())
}

/// The names and folded names of at most `limit` payees whose folded name begins with `key`, in its order.
///
/// # Errors
/// What the database says.
pub fn beginning(conn: &mut DbConn, key: &str, limit: usize) -> Result<Vec<(String, String)>> {
    // LIKE may find more (SQLite's knows no case), never less.
    let pattern = format!("{}%", key.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let rows: Vec<(String, String)> = payees::table
        .filter(payees::name_key.like(pattern).escape('\\'))
        .select((payees::name, payees::name_key))
        .order(payees::name_key)
        .load(conn)?;
    Ok(rows.into_iter().filter(|(_, name_key)| name_key.starts_with(key)).take(limit).collect())
}

/// The payee that a folded name or alias means.
///
/// # Errors
/// What the database says.
pub fn find_by_key(conn: &mut DbConn, key: &str) -> Result<Option<PayeeId>> {
    let by_name: Option<i64> =
        payees::table.filter(payees::name_key.eq(key)).select(payees::id).first(conn).optional()?;
    let id = match by_name {
        Some(id) => Some(id),
        None => payee_aliases::table.find(key).select(payee_aliases::payee_id).first(conn).optional()?,
    };
    Ok(id.map(PayeeId))
}

/// The payees that these folded names or aliases mean; names go before aliases.
///
/// # Errors
/// What the database says.
pub fn ids_by_keys(conn: &mut DbConn, keys: &[String]) -> Result<std::collections::HashMap<String, i64>> {
    let mut found = std::collections::HashMap::new();
    for chunk in keys.chunks(CHUNK) {
        let aliases: Vec<(String, i64)> = payee_aliases::table
            .filter(payee_aliases::name_key.eq_any(chunk))
            .select((payee_aliases::name_key, payee_aliases::payee_id))
            .load(conn)?;
        let names: Vec<(String, i64)> = payees::table
            .filter(payees::name_key.eq_any(chunk))
            .select((payees::name_key, payees::id))
            .load(conn)?;
        found.extend(aliases.into_iter().chain(names));
    }
    Ok(found)
}

/// Stores a payee; whoever stored the same name a moment ago wins, and theirs is answered. Whether it was made.
///
/// # Errors
/// What the database says.
pub fn create(w: &mut Writer<'_>, name: &str, key: &str) -> Result<(PayeeId, bool)> {
    let values = (
        payees::name.eq(name),
        payees::name_key.eq(key),
        payees::created_at.eq(w.now()),
        payees::operation_id.eq(w.operation()?.0),
    );
    let id: Option<i64> = on_backend!(w.conn(), c => {
        diesel::insert_into(payees::table)
            .values(values).on_conflict_do_nothing().returning(payees::id).get_result(c).optional()?
    });
    match id {
        Some(id) => {
            w.created(Table::Payees, id)?;
            Ok((PayeeId(id), true))
        }
        None => find_by_key(w.conn(), key)?
            .map(|id| (id, false))
            .ok_or_else(|| Problem::conflict(format!("the payee `{name}` came and went; try again")).into()),
    }
}

/// Gives a payee another name and keeps the old one as an alias, so that the bank's spelling finds it again.
///
/// # Errors
/// What the database says; a name that is taken.
pub fn rename(w: &mut Writer<'_>, id: PayeeId, name: &str, key: &str) -> Result<()> {
    let before = get_image(w.conn(), id)?;
    let mut after = before.clone();
    after.payee.operation_id = w.operation()?.0;
    let old = std::mem::replace(&mut after.payee.name, name.to_owned());
    let old_key = std::mem::replace(&mut after.payee.name_key, key.to_owned());
    after.aliases.retain(|alias| alias.name_key != key);
    if old_key != key {
        after.aliases.push(AliasRow { name_key: old_key, name: old, payee_id: id.0 });
    }
    w.replace(&before, &after)
}

/// Makes one payee's name and aliases another's, and removes it. Its transactions must have moved before.
///
/// # Errors
/// What the database says; transactions that it still has.
pub fn absorb(w: &mut Writer<'_>, from: PayeeId, into: PayeeId) -> Result<()> {
    let gone = get_image(w.conn(), from)?;
    let before = get_image(w.conn(), into)?;
    let mut after = before.clone();
    after.payee.operation_id = w.operation()?.0;
    let own =
        AliasRow { name_key: gone.payee.name_key.clone(), name: gone.payee.name.clone(), payee_id: into.0 };
    let moved = gone.aliases.iter().map(|alias| AliasRow { payee_id: into.0, ..alias.clone() });
    after.aliases.extend(moved.chain([own]));
    w.delete_all(&[gone])?;
    w.replace(&before, &after)
}

/// The transactions of a payee.
///
/// # Errors
/// What the database says.
pub fn transactions_of(conn: &mut DbConn, id: PayeeId) -> Result<Vec<TransactionId>> {
    let ids: Vec<i64> = transactions::table
        .filter(transactions::payee_id.eq(id.0))
        .select(transactions::id)
        .order(transactions::id)
        .load(conn)?;
    Ok(ids.into_iter().map(TransactionId).collect())
}

fn get_image(conn: &mut DbConn, id: PayeeId) -> Result<PayeeImage> {
    PayeeImage::find(conn, id.0)?
        .ok_or_else(|| Problem::not_found(format!("no payee has the id {id}")).into())
}

/// A payee with the category of its newest transaction that has one.
pub type LastCategory = (PayeeId, Option<CategoryId>);

/// The payees of these folded names (each with its spelling), made where they are not there, with the category
/// of the newest transaction that has one.
///
/// # Errors
/// What the database says.
pub fn find_or_create_many(
    w: &mut Writer<'_>,
    wanted: &[(String, String)],
) -> Result<Vec<(String, LastCategory)>> {
    let mut found = Vec::with_capacity(wanted.len());
    for chunk in wanted.chunks(CHUNK) {
        let there = by_keys(w.conn(), &chunk.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>())?;
        let missing: Vec<&(String, String)> =
            chunk.iter().filter(|(key, _)| !there.contains_key(key)).collect();
        found.extend(there);
        found.extend(create_many(w, &missing)?.into_iter().map(|(key, id)| (key, (PayeeId(id), None))));
    }
    Ok(found)
}

fn by_keys(conn: &mut DbConn, keys: &[&str]) -> Result<std::collections::HashMap<String, LastCategory>> {
    let names: Vec<(String, i64)> = payees::table
        .filter(payees::name_key.eq_any(keys))
        .select((payees::name_key, payees::id))
        .load(conn)?;
    let aliases: Vec<(String, i64)> = payee_aliases::table
        .filter(payee_aliases::name_key.eq_any(keys))
        .select((payee_aliases::name_key, payee_aliases::payee_id))
        .load(conn)?;
    let ids: Vec<i64> = names.iter().chain(&aliases).map(|(_, id)| *id).collect();
    let last = last_categories(conn, &ids)?;
    let known = |id: i64| (PayeeId(id), last.get(&id).copied().map(CategoryId));
    // A name goes before an alias.
    Ok(aliases.into_iter().chain(names).map(|(key, id)| (key, known(id))).collect())
}

/// The category that was last chosen for each payee.
fn last_categories(conn: &mut DbConn, ids: &[i64]) -> Result<std::collections::HashMap<i64, i64>> {
    #[derive(QueryableByName)]
    struct Last {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        id: i64,
        #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::BigInt>)]
        category_id: Option<i64>,
    }
    if ids.is_empty() {
        return Ok(std::collections::HashMap::new());
    }
    let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows: Vec<Last> = diesel::sql_query(format!(
        "SELECT p.id AS id, (SELECT q.category_id FROM transactions t JOIN postings q ON q.transaction_id = t.id \
         WHERE t.payee_id = p.id AND q.category_id IS NOT NULL AND NOT {IS_GUESSED} ORDER BY t.date DESC, t.id DESC, q.position LIMIT 1) \
         AS category_id FROM payees p WHERE p.id IN ({})",
        list.join(",")
    ))
    .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.category_id?))).collect())
}

fn create_many(w: &mut Writer<'_>, missing: &[&(String, String)]) -> Result<Vec<(String, i64)>> {
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let (now, operation_id) = (w.now(), w.operation()?.0);
    let rows: Vec<_> = missing
        .iter()
        .map(|(key, name)| {
            (
                payees::name.eq(name),
                payees::name_key.eq(key),
                payees::created_at.eq(now),
                payees::operation_id.eq(operation_id),
            )
        })
        .collect();
    let made: Vec<(String, i64)> = on_backend!(w.conn(), c => {
        diesel::insert_into(payees::table)
            .values(&rows)
            .on_conflict_do_nothing()
            .returning((payees::name_key, payees::id))
            .get_results(c)?
    });
    for (_, id) in &made {
        w.created(Table::Payees, *id)?;
    }
    let mut made = made;
    for (key, _) in
        missing.iter().filter(|(key, _)| !made.iter().any(|(there, _)| there == key)).collect::<Vec<_>>()
    {
        // Somebody else made it a moment ago.
        if let Some(id) = find_by_key(w.conn(), key)? {
            made.push((key.clone(), id.0));
        }
    }
    Ok(made)
}
