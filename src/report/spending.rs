//! What was spent in a period, by one axis or by two.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::narrow;
use crate::db::connection::DbConn;
use crate::db::labels;
use crate::db::query::Condition;
use crate::db::spending::{self, Column, Sum};
use crate::domain::money::{Currency, CurrencyCode, Minor, shares_of};
use crate::domain::name::visible;
use crate::domain::query::Query;
use crate::domain::transaction::Amount;
use crate::domain::when::{Period, Step};
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::query::resolve;

/// What spending can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Axis {
    Category,
    Group,
    Payee,
    Account,
    Tag,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Axis {
    /// All of them, in the order in which help names them.
    pub const ALL: [Axis; 10] = [
        Axis::Category,
        Axis::Group,
        Axis::Payee,
        Axis::Account,
        Axis::Tag,
        Axis::Day,
        Axis::Week,
        Axis::Month,
        Axis::Quarter,
        Axis::Year,
    ];

    /// The word for it: also the key in JSON and the heading of the column.
    pub fn as_str(self) -> &'static str {
        match self {
            Axis::Category => "category",
            Axis::Group => "group",
            Axis::Payee => "payee",
            Axis::Account => "account",
            Axis::Tag => "tag",
            Axis::Day => "day",
            Axis::Week => "week",
            Axis::Month => "month",
            Axis::Quarter => "quarter",
            Axis::Year => "year",
        }
    }

    fn column(self) -> Column {
        match self {
            Axis::Category | Axis::Group => Column::Category,
            Axis::Payee => Column::Payee,
            Axis::Account => Column::Account,
            Axis::Tag => Column::Tag,
            Axis::Day | Axis::Week => Column::Day,
            Axis::Month | Axis::Quarter | Axis::Year => Column::Month,
        }
    }

    fn step(self) -> Option<Step> {
        match self {
            Axis::Day => Some(Step::Day),
            Axis::Week => Some(Step::Week),
            Axis::Month => Some(Step::Month),
            Axis::Quarter => Some(Step::Quarter),
            Axis::Year => Some(Step::Year),
            _ => None,
        }
    }

    /// What stands where there is none: "Uncategorised", "(no payee)".
    pub fn lack(self) -> &'static str {
        match self {
            Axis::Category | Axis::Group => "Uncategorised",
            Axis::Payee => "(no payee)",
            Axis::Tag => "(no tag)",
            _ => "(none)",
        }
    }
}

/// One axis, or two with a comma: `category`, `month,category`.
///
/// # Errors
/// A word that is no axis; one axis twice; more than two.
pub fn axes(text: &str) -> Result<(Axis, Option<Axis>)> {
    let axes = text.split(',').map(|word| axis(word.trim())).collect::<Result<Vec<Axis>>>()?;
    let shown = visible(text);
    match axes.as_slice() {
        [one] => Ok((*one, None)),
        [one, two] if one != two => Ok((*one, Some(*two))),
        [_, _] => Err(Problem::usage(format!("`{shown}` names one axis twice")).into()),
        _ => Err(Problem::usage(format!("`{shown}` names more than two axes")).into()),
    }
}

fn axis(word: &str) -> Result<Axis> {
    Axis::ALL.into_iter().find(|axis| axis.as_str() == word).ok_or_else(|| {
        Problem::usage(format!("`{}` is no axis", visible(word)))
            .hint(format!("axes are {}", Axis::ALL.map(Axis::as_str).join(", ")))
            .into()
    })
}

/// One row: a name on the axis and what was spent there. Spending is positive here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name; none is what has no category, payee or tag.
    pub name: Option<String>,
    /// `group/category`, on the axis of categories.
    pub slug: Option<String>,
    /// What was spent; negative when refunds were more.
    pub amount: Amount,
    /// How many postings.
    pub count: i64,
    /// Percent of all positive rows, with one decimal; none for tags, and for rows that are not positive.
    pub share: Option<String>,
    /// By the second axis, in the order of `SpendingReport::columns`.
    pub columns: Vec<Option<Amount>>,
}

/// What was spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendingReport {
    /// Both ends included.
    pub period: Period,
    /// What alone was counted; none if everything was.
    pub query: Option<String>,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// What rows are.
    pub axis: Axis,
    /// What columns are.
    pub second: Option<Axis>,
    /// The names of the columns; none is what has no category, payee or tag.
    pub columns: Vec<Option<String>>,
    /// Largest first; in order of time on an axis of time.
    pub rows: Vec<Row>,
    /// The sum of the rows, but for tags: the sum of what was spent.
    pub total: Amount,
}

/// What was spent in a period (ends included), on what fits the query.
///
/// # Errors
/// Those of `resolve`; a sum beyond 64 bits.
pub fn spending(
    conn: &mut DbConn,
    query: &Query,
    period: Period,
    axis: Axis,
    second: Option<Axis>,
    book: &Currency,
) -> Result<SpendingReport> {
    let condition = resolve(conn, query)?;
    let fitting = condition.as_ref();
    let sums =
        spending::sums(conn, period, axis.column(), second.map_or(Column::None, Axis::column), fitting)?;
    // A posting with two tags stands in two columns, but was spent once.
    let whole = match second {
        Some(Axis::Tag) => Some(spending::sums(conn, period, axis.column(), Column::None, fitting)?),
        _ => None,
    };
    let names = Names::load(conn, axis, second, &sums)?;
    let amount = |minor| Amount { minor, exponent: book.exponent };
    let all = sums.iter().chain(whole.iter().flatten());
    let firsts = Places::new(all.map(|sum| sum.first), |id| names.key(axis, id));
    let seconds = Places::new(sums.iter().map(|sum| sum.second), |id| names.key(second.unwrap_or(axis), id));
    let mut rows: BTreeMap<usize, (i128, i64, BTreeMap<usize, i128>)> = BTreeMap::new();
    let mut columns: BTreeMap<usize, i128> = BTreeMap::new();
    for sum in &sums {
        let (row, spent) = (rows.entry(firsts.of[&sum.first]).or_default(), -i128::from(sum.value));
        row.0 += spent;
        row.1 += sum.count;
        if second.is_some() {
            let place = seconds.of[&sum.second];
            *row.2.entry(place).or_default() += spent;
            *columns.entry(place).or_default() += spent;
        }
    }
    if let Some(whole) = &whole {
        for row in rows.values_mut() {
            (row.0, row.1) = (0, 0);
        }
        for sum in whole {
            let row = rows.entry(firsts.of[&sum.first]).or_default();
            row.0 += -i128::from(sum.value);
            row.1 += sum.count;
        }
    }
    let columns = in_order(second, columns.into_iter().collect(), |spent| *spent);
    let mut made = Vec::new();
    for (place, (spent, count, parts)) in in_order(Some(axis), rows.into_iter().collect(), |row| row.0) {
        let key = &firsts.keys[place];
        let cells = columns
            .iter()
            .map(|(column, _)| parts.get(column).map(|part| narrow(*part).map(amount)).transpose());
        made.push(Row {
            name: key.name.clone(),
            slug: key.slug.clone(),
            amount: amount(narrow(spent)?),
            count,
            share: None,
            columns: cells.collect::<Result<_>>()?,
        });
    }
    let total = total(conn, period, axis, &made, fitting)?;
    if axis != Axis::Tag {
        let parts: Vec<Minor> = made.iter().map(|row| row.amount.minor).collect();
        for (row, share) in made.iter_mut().zip(shares_of(&parts)) {
            row.share = share;
        }
    }
    Ok(SpendingReport {
        period,
        query: query.root().map(ToString::to_string),
        currency: book.code,
        axis,
        second,
        columns: column_names(second, columns.into_iter().map(|(place, _)| &seconds.keys[place]).collect()),
        rows: made,
        total: amount(total),
    })
}

/// What columns are called: by the slug where two of them, or the lack of a category, would bear one name; what has no
/// slug gets a number where it is called like the lack of a name.
fn column_names(axis: Option<Axis>, keys: Vec<&Key>) -> Vec<Option<String>> {
    let lack = axis.map(|axis| axis.lack().to_owned());
    let is_shared = |key: &Key| {
        key.name == lack
            || keys.iter().filter(|other| other.name == key.name && key.name.is_some()).count() > 1
    };
    let name = |key: &&Key| key.slug.clone().filter(|_| is_shared(key)).or_else(|| key.name.clone());
    let names: Vec<Option<String>> = keys.iter().map(name).collect();
    let lack = lack.filter(|_| names.contains(&None));
    let mut told = told_apart(names.iter().flatten().cloned().collect(), lack.as_slice()).into_iter();
    names.into_iter().map(|name| name.and_then(|_| told.next())).collect()
}

/// These names, with a number behind each that is taken or was there before, so that no two are the same.
pub fn told_apart(names: Vec<String>, taken: &[String]) -> Vec<String> {
    let all: HashSet<String> = names.iter().chain(taken).cloned().collect();
    let mut used: HashSet<String> = taken.iter().cloned().collect();
    let unused = |name: String, used: &HashSet<String>| {
        let mut numbered = (2_u64..).map(|number| format!("{name} ({number})"));
        match used.contains(&name) {
            true => numbered.find(|other| !all.contains(other) && !used.contains(other)).unwrap_or(name),
            false => name,
        }
    };
    let mut apart = Vec::with_capacity(names.len());
    for name in names {
        let name = unused(name, &used);
        used.insert(name.clone());
        apart.push(name);
    }
    apart
}

/// Rows by tag overlap, so that their sum is not what was spent.
fn total(
    conn: &mut DbConn,
    period: Period,
    axis: Axis,
    rows: &[Row],
    condition: Option<&Condition>,
) -> Result<Minor> {
    if axis != Axis::Tag {
        return Minor::checked_sum(rows.iter().map(|row| row.amount.minor)).usage();
    }
    let sums = spending::sums(conn, period, Column::None, Column::None, condition)?;
    narrow(sums.iter().map(|sum| -i128::from(sum.value)).sum())
}

/// A row's or column's place: axes of time sort by it, the others by amount and then by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    is_missing: bool,
    sort: String,
    name: Option<String>,
    slug: Option<String>,
}

/// The keys of an axis in their order, and the place among them that each id has. Sums are added up by place: keys are
/// texts, and there are as many sums as cells.
struct Places {
    keys: Vec<Key>,
    of: HashMap<Option<i64>, usize>,
}

impl Places {
    fn new(ids: impl Iterator<Item = Option<i64>>, key: impl Fn(Option<i64>) -> Key) -> Places {
        let ids: HashSet<Option<i64>> = ids.collect();
        let keyed: Vec<(Option<i64>, Key)> = ids.into_iter().map(|id| (id, key(id))).collect();
        let mut keys: Vec<Key> = keyed.iter().map(|(_, key)| key.clone()).collect();
        keys.sort();
        keys.dedup();
        let of = keyed.iter().map(|(id, key)| (*id, keys.partition_point(|other| other < key))).collect();
        Places { keys, of }
    }
}

fn in_order<T>(axis: Option<Axis>, mut rows: Vec<(usize, T)>, spent: impl Fn(&T) -> i128) -> Vec<(usize, T)> {
    if axis.is_some_and(|axis| axis.step().is_none()) {
        // Stable: equal amounts stay in the order of their names.
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(spent(row)));
    }
    rows
}

/// The names behind the ids of the sums.
struct Names {
    labels: labels::Labels,
}

impl Names {
    fn load(conn: &mut DbConn, axis: Axis, second: Option<Axis>, sums: &[Sum]) -> Result<Names> {
        let mut wanted: BTreeMap<labels::Kind, Vec<i64>> = BTreeMap::new();
        for (axis, ids) in [
            (Some(axis), sums.iter().filter_map(|sum| sum.first).collect::<Vec<i64>>()),
            (second, sums.iter().filter_map(|sum| sum.second).collect()),
        ] {
            if let Some(kind) = axis.and_then(kind_of) {
                wanted.entry(kind).or_default().extend(ids);
            }
        }
        Ok(Names { labels: labels::load(conn, &wanted)? })
    }

    fn key(&self, axis: Axis, id: Option<i64>) -> Key {
        let missing = Key { is_missing: true, sort: String::new(), name: None, slug: None };
        let Some(id) = id else { return missing };
        if let Some(step) = axis.step() {
            return date_of(axis, id).map_or(missing, |date| {
                let start = step.start_of(date);
                Key { is_missing: false, sort: start.to_string(), name: Some(step.label(start)), slug: None }
            });
        }
        let label = kind_of(axis).and_then(|kind| self.labels.get(&(kind, id)));
        label.map_or(missing, |label| match axis {
            Axis::Group => Key {
                is_missing: false,
                sort: label.group_key.clone(),
                name: Some(label.group.clone()),
                slug: None,
            },
            Axis::Category => Key {
                is_missing: false,
                sort: label.slug(),
                name: Some(label.name.clone()),
                slug: Some(label.slug()),
            },
            _ => {
                Key { is_missing: false, sort: label.key.clone(), name: Some(label.name.clone()), slug: None }
            }
        })
    }
}

fn kind_of(axis: Axis) -> Option<labels::Kind> {
    match axis {
        Axis::Category | Axis::Group => Some(labels::Kind::Category),
        Axis::Payee => Some(labels::Kind::Payee),
        Axis::Account => Some(labels::Kind::Account),
        Axis::Tag => Some(labels::Kind::Tag),
        _ => None,
    }
}

/// The day behind `202603` or `20260314`.
fn date_of(axis: Axis, number: i64) -> Option<chrono::NaiveDate> {
    let day = if axis.column() == Column::Day { number } else { number * 100 + 1 };
    let part = |n: i64| u32::try_from(n % 100).ok();
    chrono::NaiveDate::from_ymd_opt(i32::try_from(day / 10_000).ok()?, part(day / 100)?, part(day)?)
}
