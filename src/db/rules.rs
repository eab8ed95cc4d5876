//! Rules with their parts: rows and queries. A rule is imaged whole, parts included.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{rule_parts, rules};
use super::tables::{CHUNK, Imaged, Table};
use super::writer::Writer;
use crate::domain::ids::{CategoryId, RuleId};
use crate::domain::money::DecimalMark;
use crate::domain::rule::{Part, Rule, Share};
use crate::error::{Problem, Result};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = rules, treat_none_as_null = true, treat_none_as_default_value = false)]
struct RuleRow {
    id: i64,
    position: i64,
    query: String,
    payee: Option<String>,
    note: Option<String>,
    tags: String,
    operation_id: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = rule_parts, treat_none_as_default_value = false)]
struct PartRow {
    id: i64,
    rule_id: i64,
    position: i64,
    category_id: Option<i64>,
    share: Option<String>,
}

/// A rule with all of its parts, as history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleImage {
    rule: RuleRow,
    parts: Vec<PartRow>,
}

impl Imaged for RuleImage {
    const TABLE: Table = Table::Rules;

    fn id(&self) -> i64 {
        self.rule.id
    }

    fn operation(&self) -> Option<i64> {
        Some(self.rule.operation_id)
    }

    fn label(&self) -> String {
        self.rule.id.to_string()
    }

    fn find_many(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Self>> {
        let mut images = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            let rows: Vec<RuleRow> =
                rules::table.filter(rules::id.eq_any(chunk)).order(rules::id).load(conn)?;
            let parts: Vec<PartRow> = rule_parts::table
                .filter(rule_parts::rule_id.eq_any(chunk))
                .order((rule_parts::rule_id, rule_parts::position))
                .load(conn)?;
            images.extend(rows.into_iter().map(|rule| {
                let own = parts.iter().filter(|part| part.rule_id == rule.id).cloned().collect();
                RuleImage { rule, parts: own }
            }));
        }
        Ok(images)
    }

    fn insert_many(conn: &mut DbConn, images: &[Self]) -> Result<()> {
        for chunk in images.chunks(CHUNK) {
            let rows: Vec<RuleRow> = chunk.iter().map(|image| image.rule.clone()).collect();
            on_backend!(conn, c => diesel::insert_into(rules::table).values(&rows).execute(c)?);
        }
        images.iter().try_for_each(|image| insert_parts(conn, &image.parts))
    }

    fn replace(conn: &mut DbConn, image: &Self) -> Result<()> {
        delete_parts(conn, &[image.rule.id])?;
        diesel::update(rules::table.find(image.rule.id)).set(image.rule.clone()).execute(conn)?;
        insert_parts(conn, &image.parts)
    }

    fn delete_many(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
        for chunk in ids.chunks(CHUNK) {
            delete_parts(conn, chunk)?;
            diesel::delete(rules::table.filter(rules::id.eq_any(chunk))).execute(conn)?;
        }
        Ok(())
    }
}

/// Puts parts in; those with id 0 get one.
fn insert_parts(conn: &mut DbConn, parts: &[PartRow]) -> Result<()> {
    for part in parts {
        if part.id == 0 {
            diesel::insert_into(rule_parts::table)
                .values((
                    rule_parts::rule_id.eq(part.rule_id),
                    rule_parts::position.eq(part.position),
                    rule_parts::category_id.eq(part.category_id),
                    rule_parts::share.eq(part.share.clone()),
                ))
                .execute(conn)?;
        } else {
            diesel::insert_into(rule_parts::table).values(part.clone()).execute(conn)?;
        }
    }
    Ok(())
}

fn delete_parts(conn: &mut DbConn, rule_ids: &[i64]) -> Result<()> {
    diesel::delete(rule_parts::table.filter(rule_parts::rule_id.eq_any(rule_ids))).execute(conn)?;
    Ok(())
}

/// Every rule, in the order in which they are asked.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Rule>> {
    let rows: Vec<(RuleRow, Option<PartRow>)> = rules::table
        .left_join(rule_parts::table)
        .select((rules::all_columns, rule_parts::all_columns.nullable()))
        .order((rules::position, rules::id, rule_parts::position))
        .load(conn)?;
    let mut all: Vec<Rule> = Vec::new();
    for (row, part) in rows {
        if all.last().is_none_or(|last| last.id.0 != row.id) {
            all.push(rule(row)?);
        }
        if let (Some(last), Some(part)) = (all.last_mut(), part) {
            last.parts.push(to_part(part)?);
        }
    }
    Ok(all)
}

fn rule(row: RuleRow) -> Result<Rule> {
    Ok(Rule {
        id: RuleId(row.id),
        query: row.query,
        payee: row.payee,
        note: row.note,
        tags: serde_json::from_str(&row.tags)?,
        parts: Vec::new(),
    })
}

fn to_part(row: PartRow) -> Result<Part> {
    let share = row.share.map(|text| Share::parse(&text, DecimalMark::Point)).transpose();
    Ok(Part {
        category: row.category_id.map(CategoryId),
        share: share.map_err(|e| Problem::internal(e.message))?,
    })
}

/// The positions of the rules, in their order.
///
/// # Errors
/// What the database says.
pub fn positions(conn: &mut DbConn) -> Result<Vec<(RuleId, i64)>> {
    let rows: Vec<(i64, i64)> =
        rules::table.select((rules::id, rules::position)).order((rules::position, rules::id)).load(conn)?;
    Ok(rows.into_iter().map(|(id, position)| (RuleId(id), position)).collect())
}

/// Stores a rule at a position, whatever number it has, and answers the one that it gets.
///
/// # Errors
/// What the database says.
pub fn insert(w: &mut Writer<'_>, new: &Rule, position: i64) -> Result<RuleId> {
    let id: i64 = diesel::insert_into(rules::table)
        .values((
            rules::position.eq(position),
            rules::query.eq(&new.query),
            rules::payee.eq(&new.payee),
            rules::note.eq(&new.note),
            rules::tags.eq(serde_json::to_string(&new.tags)?),
            rules::operation_id.eq(w.operation()?.0),
        ))
        .returning(rules::id)
        .get_result(w.conn())?;
    insert_parts(w.conn(), &part_rows(id, &new.parts))?;
    w.created(Table::Rules, id)?;
    Ok(RuleId(id))
}

fn part_rows(rule_id: i64, parts: &[Part]) -> Vec<PartRow> {
    let rows = (1_i64..).zip(parts).map(|(position, part)| PartRow {
        id: 0,
        rule_id,
        position,
        category_id: part.category.map(|id| id.0),
        share: part.share.as_ref().map(ToString::to_string),
    });
    rows.collect()
}

/// Makes the rule of that number this one, at another position if one is given.
///
/// # Errors
/// A number that no rule bears; what the database says.
pub fn update(w: &mut Writer<'_>, new: &Rule, position: Option<i64>) -> Result<()> {
    let before = get_image(w.conn(), new.id)?;
    let rule = RuleRow {
        id: new.id.0,
        position: position.unwrap_or(before.rule.position),
        query: new.query.clone(),
        payee: new.payee.clone(),
        note: new.note.clone(),
        tags: serde_json::to_string(&new.tags)?,
        operation_id: w.operation()?.0,
    };
    let kept: Vec<Part> = before.parts.iter().cloned().map(to_part).collect::<Result<_>>()?;
    let parts = if kept == new.parts { before.parts.clone() } else { part_rows(new.id.0, &new.parts) };
    w.replace(&before, &RuleImage { rule, parts })
}

/// Removes rules.
///
/// # Errors
/// A number that no rule bears; what the database says.
pub fn delete(w: &mut Writer<'_>, ids: &[RuleId]) -> Result<()> {
    let images = ids.iter().map(|id| get_image(w.conn(), *id)).collect::<Result<Vec<_>>>()?;
    w.delete_all(&images)
}

fn get_image(conn: &mut DbConn, id: RuleId) -> Result<RuleImage> {
    RuleImage::find(conn, id.0)?.ok_or_else(|| no_such(id).into())
}

/// What is said of a number that no rule bears.
pub fn no_such(id: RuleId) -> Problem {
    Problem::not_found(format!("no rule has the number {id}")).hint("`groat rule list` shows the numbers")
}
