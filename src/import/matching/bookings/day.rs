//! What the rows of one day are of what stands in the book, where either shows bookings payment by payment. A source
//! shows one or the other: both are tried, and what leaves fewer rows over is taken. Pure: `bookings` fetches the lines.

use std::collections::HashMap;

use super::super::others::{self, Asked, Found, Taken, beginning};
use crate::db::statement_lines::KnownLine;
use crate::import::key;

/// A row of the file that nothing is known of.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its place in the file.
    pub index: usize,
    /// Its key.
    pub key: String,
    /// The bank's id.
    pub id: Option<String>,
}

/// A booking of the file whose payments nothing is known of, or only of some.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What the key of a row begins with that is all of it.
    pub of_day: String,
    /// What the bank numbers it by.
    pub reference: Option<String>,
    /// Whether the bank numbers its payments.
    pub has_ids: bool,
    /// Its payments.
    pub rows: Vec<Open>,
}

/// The rows of a day.
#[derive(Debug, Default)]
pub struct Day {
    /// Those that stand alone.
    pub singles: Vec<Open>,
    /// The payments of bookings.
    pub bookings: Vec<Shown>,
}

/// The payments of a booking that are in the book.
#[derive(Debug, Clone)]
pub struct Group {
    reference: Option<String>,
    has_ids: bool,
    is_own: bool,
    /// What the key of a row begins with that is all of it.
    of_day: String,
    /// The line of the row that is all of them, where they are its shares.
    whole: Option<i64>,
    /// Its payments' lines.
    pub lines: Vec<KnownLine>,
}

/// What stands in the book on the day.
#[derive(Debug, Default)]
pub struct Stands {
    /// Rows of other sources that stand alone, and those of this one whose transactions were deleted.
    pub singles: Vec<KnownLine>,
    /// Payments that other sources show.
    pub parts: Vec<KnownLine>,
    /// Bookings that any source shows payment by payment.
    pub groups: Vec<Group>,
    /// Bookings whose payments stand for themselves although rows showed them as one.
    pub shares: Vec<Group>,
    /// What any source shows alone and may be a booking of the file's.
    pub wholes: Vec<KnownLine>,
}

/// What is believed, and asked for.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// What the file is read by.
    pub source: &'a str,
    /// Whether its ids cannot be believed.
    pub ids_unreliable: bool,
    /// Whether what was deleted comes back.
    pub restores_deleted: bool,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Is {
    /// This line's transaction: line and transaction.
    There(i64, i64),
    /// A payment of a booking that is this one transaction.
    Payment(i64),
    /// A booking whose payments are these lines; whether any of them is still there.
    Payments(Vec<i64>, bool),
    /// What the user deleted.
    Deleted,
}

/// What was decided of a day.
#[derive(Debug, Default)]
pub struct Decided {
    /// What each row is that is something, by its place.
    pub rows: HashMap<usize, Is>,
    /// The lines that are claimed by it.
    pub claimed: Vec<i64>,
    /// What of the book it takes.
    pub taken: Taken,
    /// How many bookings stand as one transaction, and how many payments those are.
    pub wholes: (usize, usize),
}

/// Decides the rows of a day; `taken` is what of it other rows of the file are.
pub fn decide(day: &Day, stands: &Stands, taken: &Taken, rules: Rules<'_>) -> Decided {
    let [totals, payments] = [true, false].map(|prefers_totals| {
        let mut trial =
            Trial { stands, rules, decided: Decided { taken: taken.clone(), ..Decided::default() } };
        trial.run(day, prefers_totals);
        trial.decided
    });
    if payments.rows.len() > totals.rows.len() { payments } else { totals }
}

struct Trial<'a> {
    stands: &'a Stands,
    rules: Rules<'a>,
    decided: Decided,
}

impl Trial<'_> {
    fn run(&mut self, day: &Day, prefers_totals: bool) {
        let singles: Vec<&Open> = day.singles.iter().collect();
        let stands = self.stands;
        self.find(&singles, &stands.singles);
        for finds_totals in [prefers_totals, !prefers_totals] {
            if finds_totals {
                singles.iter().for_each(|row| self.find_group(row));
            } else {
                self.find_parts(&singles);
            }
        }
        for shown in &day.bookings {
            let rows: Vec<&Open> = shown.rows.iter().collect();
            let is_done = match prefers_totals {
                _ if self.find_shares(shown) => true,
                true => self.find_whole(shown),
                false => self.find_all(&rows) || self.find_whole(shown),
            };
            if !is_done {
                self.find(&rows, &stands.singles);
            }
        }
    }

    /// Finds rows among lines; what is decided already is left.
    fn find(&mut self, rows: &[&Open], lines: &[KnownLine]) {
        let open = rows.iter().filter(|row| !self.decided.rows.contains_key(&row.index));
        let asked: Vec<Asked<'_>> =
            open.map(|row| Asked { index: row.index, key: &row.key, of_day: beginning(&row.key) }).collect();
        let found = others::find(self.rules.source, lines, &asked, &mut self.decided.taken);
        for (index, found) in found {
            let is = match found {
                Found::There(line) => match line.transaction_id {
                    Some(transaction) => Is::There(line.id, transaction),
                    None => continue,
                },
                Found::Deleted if self.rules.restores_deleted => continue,
                Found::Deleted => Is::Deleted,
            };
            self.decided.rows.insert(index, is);
        }
    }

    /// Finds all of a booking's payments, or none.
    fn find_all(&mut self, rows: &[&Open]) -> bool {
        let before = self.decided.taken.clone();
        self.find(rows, &self.stands.singles);
        let is_all = rows.iter().all(|row| self.decided.rows.contains_key(&row.index));
        if !is_all {
            self.decided.taken = before;
            rows.iter().for_each(|row| drop(self.decided.rows.remove(&row.index)));
        }
        is_all
    }

    /// Finds rows among payments. Those of a booking that is one transaction are told apart by their lines.
    fn find_parts(&mut self, rows: &[&Open]) {
        let stands = self.stands;
        let mut of: HashMap<i64, usize> = HashMap::new();
        for transaction in stands.parts.iter().filter_map(|line| line.transaction_id) {
            *of.entry(transaction).or_default() += 1;
        }
        let is_shared = |line: &KnownLine| line.transaction_id.is_some_and(|id| of[&id] > 1);
        let (shared, own): (Vec<_>, Vec<_>) = stands.parts.iter().cloned().partition(is_shared);
        self.find(rows, &own);
        let is_whole_taken = |line: &KnownLine| {
            line.transaction_id.is_some_and(|id| self.decided.taken.transactions.contains(&id))
        };
        let by_line: Vec<KnownLine> = shared
            .iter()
            .filter(|line| !is_whole_taken(line))
            .map(|line| KnownLine { transaction_id: Some(-line.id), ..line.clone() })
            .collect();
        self.find(rows, &by_line);
        let of_line: HashMap<i64, i64> =
            shared.iter().filter_map(|line| Some((-line.id, line.transaction_id?))).collect();
        for is in self.decided.rows.values_mut() {
            if let Is::There(_, by_line) = is
                && let Some(transaction) = of_line.get(by_line)
            {
                self.decided.taken.transactions.insert(*transaction);
                *is = Is::Payment(*transaction);
            }
        }
    }

    /// Finds all of a booking's payments among those of a row that was all of them.
    fn find_shares(&mut self, shown: &Shown) -> bool {
        let mut rows: Vec<(Option<i64>, usize)> =
            shown.rows.iter().map(|row| (key::amount_of(&row.key), row.index)).collect();
        rows.sort_unstable();
        let stands = self.stands;
        let found = stands.shares.iter().filter(|group| group.of_day == shown.of_day).find_map(|group| {
            let id = group.reference.as_deref();
            let may_be = !group.is_own || may_be(self.rules, id, shown.reference.as_deref(), shown.has_ids);
            let mut lines: Vec<&KnownLine> = group.lines.iter().collect();
            lines.sort_unstable_by_key(|line| (line.amount, line.id));
            let amounts = lines.iter().map(|line| line.amount);
            (may_be && self.is_free(group) && amounts.eq(rows.iter().map(|row| row.0))).then_some(lines)
        });
        let Some(lines) = found else { return false };
        for (line, (_, index)) in lines.into_iter().zip(rows) {
            self.decided.claimed.push(line.id);
            self.decided.taken.transactions.extend(line.transaction_id);
            let is = line.transaction_id.map(|transaction| Is::There(line.id, transaction));
            self.decided.rows.insert(index, is.unwrap_or(Is::Deleted));
        }
        true
    }

    fn find_group(&mut self, row: &Open) {
        if self.decided.rows.contains_key(&row.index) {
            return;
        }
        let of_day = beginning(&row.key);
        let found = self.stands.groups.iter().find(|group| {
            group.of_day == of_day && self.is_free(group) && self.is_of(group, row.id.as_deref())
        });
        let Some(group) = found else { return };
        // Payments that a row was all of are that row.
        let lines: Vec<i64> = group.whole.into_iter().chain(group.lines.iter().map(|line| line.id)).collect();
        self.decided.claimed.extend(&lines);
        let transactions = group.lines.iter().filter_map(|line| line.transaction_id);
        self.decided.taken.transactions.extend(transactions);
        self.decided.rows.insert(row.index, Is::Payments(lines, group.is_there()));
    }

    fn is_free(&self, group: &Group) -> bool {
        let is_wanted = group.is_there() || !self.rules.restores_deleted;
        is_wanted
            && group.lines.iter().all(|line| {
                let taken = &self.decided.taken.transactions;
                !self.decided.claimed.contains(&line.id)
                    && line.transaction_id.is_none_or(|transaction| !taken.contains(&transaction))
            })
    }

    fn is_of(&self, group: &Group, id: Option<&str>) -> bool {
        !group.is_own || may_be(self.rules, id, group.reference.as_deref(), group.has_ids)
    }

    fn find_whole(&mut self, shown: &Shown) -> bool {
        // Payments that an earlier file showed stay what they are.
        let found = self.stands.wholes.iter().find(|line| {
            let is_wanted = match line.transaction_id {
                Some(transaction) => !self.decided.taken.transactions.contains(&transaction),
                None => !self.rules.restores_deleted,
            };
            let is_own = line.source == self.rules.source;
            let (id, reference) = (line.bank_id.as_deref(), shown.reference.as_deref());
            is_wanted
                && beginning(&line.row_key) == shown.of_day
                && !self.decided.claimed.contains(&line.id)
                && (!is_own || may_be(self.rules, id, reference, shown.has_ids))
        });
        let Some(line) = found else { return false };
        self.decided.claimed.push(line.id);
        self.decided.taken.transactions.extend(line.transaction_id);
        if line.transaction_id.is_some() {
            self.decided.wholes.0 += 1;
            self.decided.wholes.1 += shown.rows.len();
        }
        let is = line.transaction_id.map_or(Is::Deleted, Is::Payment);
        self.decided.rows.extend(shown.rows.iter().map(|row| (row.index, is.clone())));
        true
    }
}

/// Whether the number of a row does not speak against its being the whole of a booking of the same source: what has
/// ids that can be believed, and no number, is another one.
fn may_be(rules: Rules<'_>, id: Option<&str>, reference: Option<&str>, has_ids: bool) -> bool {
    match (id, reference) {
        _ if rules.ids_unreliable => true,
        (Some(id), Some(reference)) => id == reference,
        (Some(_), None) => !has_ids,
        (None, _) => true,
    }
}

impl Group {
    /// A booking by what it is found by, and what of that a key begins with.
    pub fn new(booking: &str, of_day: String, is_own: bool, lines: Vec<KnownLine>) -> Group {
        let reference = Some(booking[of_day.len()..].to_owned()).filter(|reference| !reference.is_empty());
        let has_ids = lines.iter().any(|line| line.bank_id.is_some());
        let whole = lines.first().and_then(|line| key::whole_of(&line.row_key));
        Group { reference, has_ids, is_own, of_day, whole, lines }
    }

    /// Whether any of its payments is in the book, and not deleted.
    fn is_there(&self) -> bool {
        self.lines.iter().any(|line| line.transaction_id.is_some())
    }
}

/// The bookings whose payments are all there. Two of one day, sum and number are told apart by the order of the book.
pub fn groups(source: &str, lines: &[KnownLine]) -> Vec<Group> {
    type Of<'a> = (&'a str, &'a str, Option<i64>);
    let mut of: std::collections::BTreeMap<Of<'_>, Vec<&KnownLine>> = std::collections::BTreeMap::new();
    for line in lines {
        if let Some(booking) = &line.booking {
            let whole = key::whole_of(&line.row_key);
            of.entry((line.source.as_str(), booking.as_str(), whole)).or_default().push(line);
        }
    }
    let mut found = Vec::new();
    for ((line_source, booking, _), lines) in of {
        let of_day = beginning(booking);
        let total = key::amount_of(of_day).map(i128::from);
        let (mut together, mut sum): (Vec<KnownLine>, i128) = (Vec::new(), 0);
        for line in lines {
            together.push(line.clone());
            sum += i128::from(line.amount.unwrap_or(0));
            if Some(sum) == total && together.len() > 1 {
                let lines = std::mem::take(&mut together);
                found.push(Group::new(booking, of_day.to_owned(), line_source == source, lines));
                sum = 0;
            }
        }
    }
    found
}
