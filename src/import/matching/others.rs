//! Which rows of a file are in the book from another source: same account, day and amount, and not yet claimed by a
//! row of this one; the same text first, then in the order of the book. Pure: `matching` fetches the lines.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::db::statement_lines::KnownLine;

/// What another source says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// The row is this line's transaction.
    There(&'a KnownLine),
    /// The other source showed it, and the user deleted it.
    Deleted,
}

/// A row that this source has not shown before: its place and its key.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its place among those asked for.
    pub index: usize,
    /// Its whole key.
    pub key: &'a str,
    /// What the keys of its day and amount begin with.
    pub of_day: &'a str,
}

/// What is taken already: it is remembered from one part of a file to the next.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Transactions that rows of the file are joined to.
    pub transactions: HashSet<i64>,
    /// How many rows of a day and amount are what the user deleted, by what their keys begin with.
    deleted: HashMap<String, usize>,
}

impl Taken {
    /// These transactions.
    pub fn of(transactions: impl Iterator<Item = i64>) -> Taken {
        Taken { transactions: transactions.collect(), ..Taken::default() }
    }
}

/// Answers for each row, by its place, what it is; takes each transaction, and each that was deleted, once.
pub fn find<'a>(
    source: &str,
    lines: &'a [KnownLine],
    rows: &[Asked<'_>],
    taken: &mut Taken,
) -> HashMap<usize, Found<'a>> {
    let mut days: HashMap<&str, Vec<&Asked<'_>>> = HashMap::new();
    for row in rows {
        days.entry(row.of_day).or_default().push(row);
    }
    let mut of_days: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
    for line in lines {
        if let Some((of_day, _)) = days.get_key_value(beginning(&line.row_key)) {
            of_days.entry(of_day).or_default().push(line);
        }
    }
    let mut found = HashMap::new();
    for (of_day, mut lines) in of_days {
        lines.sort_unstable_by_key(|line| (line.transaction_id, line.id));
        let of_the_day = find_of_day(source, &lines, of_day, &days[of_day], taken);
        let deleted = of_the_day.iter().filter(|(_, found)| *found == Found::Deleted).count();
        if deleted > 0 {
            *taken.deleted.entry(of_day.to_owned()).or_default() += deleted;
        }
        found.extend(of_the_day);
    }
    found
}

/// A key up to its second or, when it is of a pending row, third `|`.
pub(super) fn beginning(key: &str) -> &str {
    let bars = if super::super::key::is_pending(key) { 3 } else { 2 };
    key.match_indices('|').nth(bars - 1).map_or(key, |(at, _)| &key[..=at])
}

fn find_of_day<'a>(
    source: &str,
    lines: &[&'a KnownLine],
    of_day: &str,
    rows: &[&Asked<'_>],
    taken: &mut Taken,
) -> Vec<(usize, Found<'a>)> {
    let mut found = Vec::new();
    let mut left: BTreeSet<usize> = (0..rows.len()).collect();
    // What was deleted is nobody's transaction: it can only be counted.
    let before = taken.deleted.get(of_day).copied().unwrap_or(0);
    let mut deleted = deleted(source, lines).saturating_sub(before);
    for with_text in [true, false] {
        for place in left.clone() {
            let fits = |line: &&&KnownLine| !with_text || line.row_key == rows[place].key;
            let mut free = lines.iter().filter(fits).filter_map(|line| Some((line, line.transaction_id?)));
            if let Some((line, transaction)) =
                free.find(|(_, transaction)| !taken.transactions.contains(transaction))
            {
                taken.transactions.insert(transaction);
                left.remove(&place);
                found.push((rows[place].index, Found::There(line)));
                continue;
            }
            let was_deleted = lines.iter().filter(fits).any(|line| line.source != source && is_deleted(line));
            if was_deleted && deleted > 0 {
                deleted -= 1;
                left.remove(&place);
                found.push((rows[place].index, Found::Deleted));
            }
        }
    }
    found
}

fn is_deleted(line: &KnownLine) -> bool {
    line.transaction_id.is_none() && !matches!(line.decision.as_str(), "pending" | "rejected")
}

/// How many rows of the day the user deleted that this source has not shown: as many as the source that shows most,
/// less those that this one shows.
fn deleted(source: &str, lines: &[&KnownLine]) -> usize {
    let mut by_source: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| is_deleted(line)) {
        *by_source.entry(line.source.as_str()).or_default() += 1;
    }
    let own = by_source.remove(source).unwrap_or(0);
    by_source.into_values().max().unwrap_or(0).saturating_sub(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2026-01-13|-480|";

    fn line(id: i64, source: &str, text: &str, transaction_id: Option<i64>) -> KnownLine {
        KnownLine {
            id,
            source: source.to_owned(),
            bank_id: None,
            row_key: format!("{DAY}{text}"),
            date: None,
            amount: Some(-480),
            decision: "new".to_owned(),
            transaction_id,
            booking: None,
        }
    }

    fn ask(lines: &[KnownLine], texts: &[&str]) -> Vec<String> {
        let keys: Vec<String> = texts.iter().map(|text| format!("{DAY}{text}")).collect();
        let rows: Vec<Asked<'_>> =
            keys.iter().enumerate().map(|(index, key)| Asked { index, key, of_day: DAY }).collect();
        let found = find("own", lines, &rows, &mut Taken::default());
        let shown = |index: &usize| match found.get(index) {
            Some(Found::There(line)) => line.transaction_id.map_or_else(String::new, |id| id.to_string()),
            Some(Found::Deleted) => "deleted".to_owned(),
            None => "new".to_owned(),
        };
        (0..texts.len()).map(|index| shown(&index)).collect()
    }

    #[test]
    fn the_same_text_goes_first_and_then_the_order_of_the_book() {
        let lines = [line(1, "a", "x|", Some(7)), line(2, "a", "y|", Some(8)), line(3, "a", "z|", Some(9))];
        assert_eq!(ask(&lines, &["other|", "y|", "more|", "surplus|"]), ["7", "8", "9", "new"]);
    }

    #[test]
    fn a_transaction_that_two_sources_show_is_taken_once() {
        let lines = [line(1, "a", "x|", Some(7)), line(2, "b", "x|", Some(7))];
        assert_eq!(ask(&lines, &["x|", "x|"]), ["7", "new"]);
    }

    #[test]
    fn what_another_source_showed_and_the_user_deleted_stays_deleted_once() {
        let lines = [line(1, "a", "x|", None), line(2, "b", "y|", None)];
        assert_eq!(ask(&lines, &["p|", "q|"]), ["deleted", "new"]);
        let lines = [line(1, "a", "x|", None), line(2, "own", "y|", None)];
        assert_eq!(ask(&lines, &["p|"]), ["new"]);
        let lines = [line(1, "a", "x|", None), line(2, "a", "y|", Some(7))];
        assert_eq!(ask(&lines, &["p|", "x|"]), ["7", "deleted"]);
    }

    #[test]
    fn what_was_deleted_is_used_up_by_the_first_part_of_a_file() {
        let (lines, mut taken) = ([line(1, "a", "x|", None)], Taken::default());
        let key = format!("{DAY}p|");
        let row = Asked { index: 0, key: &key, of_day: DAY };
        let mut ask = || find("own", &lines, &[row], &mut taken).len();
        assert_eq!((ask(), ask()), (1, 0));
    }
}
