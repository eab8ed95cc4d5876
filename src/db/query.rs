//! Conditions in SQL, made of a query whose names are known.
//!
//! `ledger/query.rs` makes the `Condition`; `listing` asks it of transactions, reports ask it of postings, so that of
//! a split only the parts that fit are counted. No condition is ever NULL: `not` turns each of them round.

use super::connection::DbConn;
use super::dialect;
use super::totals::IS_UNCATEGORISED_TOTAL;
use crate::domain::ids::{AccountId, CategoryId, OperationId, PayeeId, TagId, TransactionId};
use crate::domain::query::{Direction, Limits};
use crate::domain::transaction::Status;
use crate::domain::when::Period;

/// A query with ids in place of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A single one.
    Fits(Test),
}

/// What is asked. A list that is empty fits nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The payee is one of these.
    Payees(Vec<PayeeId>),
    /// The note is exactly one of these.
    Notes(Vec<String>),
    /// A posting has one of these categories.
    Categories(Vec<CategoryId>),
    /// A posting has no category and belongs in one: it is no leg of a transfer, or the leg on budget of one from or to
    /// an account off budget.
    Uncategorised,
    /// A posting stands in one of these accounts.
    Accounts(Vec<AccountId>),
    /// One of these tags is on it.
    Tags(Vec<TagId>),
    /// The amount: what a transaction comes to in one account, or a posting's own. Of a transaction, only in the
    /// accounts named beside it, if any are.
    Amount(Option<Direction>, Sizes),
    /// The day is in it, ends included.
    Days(Period),
    /// A posting has this status; of a transaction, in the accounts named beside it, if any are.
    Status(Status),
    /// Several postings in one account.
    Split,
    /// Postings in several accounts.
    Transfer,
    /// This transaction.
    Id(TransactionId),
    /// What this operation recorded or changed.
    Operation(OperationId),
    /// What any of these people recorded or changed.
    Actors(Vec<String>),
}

/// How large an amount may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sizes {
    /// Any.
    Any,
    /// In minor units, which differ by the currency of the account; in other accounts nothing fits.
    In(Vec<(Vec<AccountId>, Limits)>),
    /// In minor units, in every account.
    Everywhere(Limits),
}

/// What a condition is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Rows of `transactions t`: some part of them fits.
    Transaction,
    /// Rows of `postings p`, joined with their `transactions t`.
    Posting,
    /// Rows of `category_totals`; only for conditions on nothing but categories.
    Totals,
}

/// More ids than this are bound as one list, so that the statement stays short.
const MOST_WRITTEN: usize = 500;

impl Condition {
    /// Whether it asks for nothing but categories, so that the kept totals know the answer.
    pub fn is_of_categories(&self) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().all(Condition::is_of_categories),
            Condition::Not(part) => part.is_of_categories(),
            Condition::Fits(test) => matches!(test, Test::Categories(_) | Test::Uncategorised),
        }
    }
}

/// The condition in SQL. What has to be bound is appended to `binds`: its numbers go on from there.
pub fn sql(conn: &DbConn, condition: &Condition, scope: Scope, binds: &mut Vec<String>) -> String {
    Compiler { conn, scope, binds }.condition(condition, &[])
}

struct Compiler<'a> {
    conn: &'a DbConn,
    scope: Scope,
    binds: &'a mut Vec<String>,
}

impl Compiler<'_> {
    /// `beside` are the accounts that are named in the same breath.
    fn condition(&mut self, condition: &Condition, beside: &[AccountId]) -> String {
        match condition {
            Condition::All(parts) => {
                let own = parts.iter().filter_map(|part| match part {
                    Condition::Fits(Test::Accounts(ids)) => Some(ids.as_slice()),
                    _ => None,
                });
                let beside = [own.collect::<Vec<_>>().concat().as_slice(), beside].concat();
                self.joined(parts, " AND ", &beside)
            }
            Condition::Any(parts) => self.joined(parts, " OR ", beside),
            Condition::Not(part) => format!("NOT {}", self.condition(part, beside)),
            Condition::Fits(test) => match self.scope {
                Scope::Transaction => self.of_transaction(test, beside),
                Scope::Posting => self.of_posting(test, beside),
                Scope::Totals => self.of_totals(test),
            },
        }
    }

    fn joined(&mut self, parts: &[Condition], by: &str, beside: &[AccountId]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part, beside)).collect();
        format!("({})", parts.join(by))
    }

    fn of_transaction(&mut self, test: &Test, beside: &[AccountId]) -> String {
        let with = |condition: String| {
            format!("t.id IN (SELECT p.transaction_id FROM postings p WHERE {condition})")
        };
        match test {
            Test::Categories(ids) => with(self.one_of("p.category_id", ids)),
            Test::Uncategorised => with(is_uncategorised()),
            Test::Accounts(ids) => with(self.one_of("p.account_id", ids)),
            Test::Amount(flow, sizes) => self.side(*flow, sizes, beside),
            Test::Days(period) => days("t.date", *period),
            Test::Status(status) => {
                let accounts = self.in_accounts(beside);
                some_posting(&format!("p.status = '{}'{accounts}", status.as_str()))
            }
            Test::Transfer => some_posting("p.is_transfer"),
            test => self.of_either(test),
        }
    }

    fn of_posting(&mut self, test: &Test, beside: &[AccountId]) -> String {
        match test {
            Test::Categories(ids) => self.one_of("p.category_id", ids),
            Test::Uncategorised => format!("({})", is_uncategorised()),
            Test::Accounts(ids) => self.one_of("p.account_id", ids),
            Test::Amount(flow, sizes) => {
                let amount = self.amount("p.amount", *flow, sizes);
                format!("({amount}{})", counts(*flow, beside))
            }
            Test::Days(period) => days("p.date", *period),
            Test::Status(status) => format!("p.status = '{}'", status.as_str()),
            Test::Transfer => "p.is_transfer".to_owned(),
            test => self.of_either(test),
        }
    }

    fn of_totals(&mut self, test: &Test) -> String {
        match test {
            Test::Categories(ids) => self.one_of("bucket", ids),
            Test::Uncategorised => format!("({IS_UNCATEGORISED_TOTAL})"),
            // `is_of_categories` was asked before: there is no other test.
            Test::Payees(_)
            | Test::Notes(_)
            | Test::Accounts(_)
            | Test::Tags(_)
            | Test::Amount(..)
            | Test::Days(_)
            | Test::Status(_)
            | Test::Split
            | Test::Transfer
            | Test::Id(_)
            | Test::Operation(_)
            | Test::Actors(_) => "1 = 0".to_owned(),
        }
    }

    /// What is known of the transaction as a whole.
    fn of_either(&mut self, test: &Test) -> String {
        match test {
            Test::Payees(ids) => self.one_of("t.payee_id", ids),
            Test::Notes(notes) => self.one_text_of("t.note", notes),
            Test::Tags(ids) => {
                let tags = self.one_of("z.tag_id", ids);
                format!("t.id IN (SELECT z.transaction_id FROM transaction_tags z WHERE {tags})")
            }
            Test::Split => "EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = t.id \
                 GROUP BY q.account_id HAVING count(*) > 1)"
                .to_owned(),
            Test::Id(id) => format!("t.id = {id}"),
            Test::Operation(id) => format!(
                "t.id IN (SELECT h.row_id FROM changes h WHERE h.operation_id = {id} AND h.table_name = 'transactions')"
            ),
            Test::Actors(actors) => {
                let actors = self.one_text_of("o.actor", actors);
                format!(
                    "t.id IN (SELECT h.row_id FROM operations o JOIN changes h ON h.operation_id = o.id \
                     WHERE {actors} AND h.table_name = 'transactions')"
                )
            }
            // Asked of transactions and of postings in two ways, above.
            Test::Categories(_)
            | Test::Uncategorised
            | Test::Accounts(_)
            | Test::Amount(..)
            | Test::Days(_)
            | Test::Status(_)
            | Test::Transfer => "1 = 0".to_owned(),
        }
    }

    /// What a transaction comes to in one account.
    fn side(&mut self, flow: Option<Direction>, sizes: &Sizes, beside: &[AccountId]) -> String {
        let amount = self.amount("sum(p.amount)", flow, sizes);
        let accounts = self.in_accounts(beside);
        let counts = counts(flow, beside);
        format!(
            "EXISTS (SELECT 1 FROM postings p WHERE p.transaction_id = t.id{accounts}{counts} \
             GROUP BY p.account_id HAVING {amount})"
        )
    }

    fn amount(&mut self, amount: &str, flow: Option<Direction>, sizes: &Sizes) -> String {
        let mut all = Vec::new();
        all.extend(flow.map(|flow| format!("{amount} {} 0", if flow == Direction::In { ">" } else { "<" })));
        match sizes {
            Sizes::Any => {}
            Sizes::Everywhere(limits) => all.push(size(amount, *limits)),
            Sizes::In(accounts) => {
                let each = accounts.iter().map(|(ids, limits)| {
                    format!("({} AND {})", self.one_of("p.account_id", ids), size(amount, *limits))
                });
                let each: Vec<String> = each.collect();
                all.push(if each.is_empty() {
                    "1 = 0".to_owned()
                } else {
                    format!("({})", each.join(" OR "))
                });
            }
        }
        format!("({})", all.join(" AND "))
    }

    fn in_accounts(&mut self, accounts: &[AccountId]) -> String {
        if accounts.is_empty() {
            String::new()
        } else {
            format!(" AND {}", self.one_of("p.account_id", accounts))
        }
    }

    /// Ids are digits: few of them stand in the text, where both databases plan with them.
    fn one_of(&mut self, column: &str, ids: &[impl std::fmt::Display]) -> String {
        let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let fits = match ids.len() {
            0 => return "1 = 0".to_owned(),
            1..=MOST_WRITTEN => format!("{column} IN ({list})"),
            _ => {
                self.binds.push(format!("[{list}]"));
                dialect::in_json_ids_sql(self.conn, column, self.binds.len())
            }
        };
        format!("({column} IS NOT NULL AND {fits})")
    }

    fn one_text_of(&mut self, column: &str, texts: &[String]) -> String {
        if texts.is_empty() {
            return "1 = 0".to_owned();
        }
        self.binds.push(serde_json::Value::from(texts).to_string());
        format!(
            "({column} IS NOT NULL AND {})",
            dialect::in_json_list_sql(self.conn, column, self.binds.len())
        )
    }
}

/// A leg of a transfer is no money in or out, unless it has a category or its account is named.
fn counts(flow: Option<Direction>, beside: &[AccountId]) -> &'static str {
    match (flow, beside) {
        (Some(_), []) => " AND NOT (p.is_transfer AND p.category_id IS NULL)",
        _ => "",
    }
}

/// What `totals::IS_UNCATEGORISED_TOTAL` counts, asked of rows of `postings p`.
fn is_uncategorised() -> String {
    "p.category_id IS NULL AND (NOT p.is_transfer OR (\
     p.account_id IN (SELECT a.id FROM accounts a WHERE a.is_on_budget) AND p.transaction_id IN (\
     SELECT q.transaction_id FROM postings q JOIN accounts b ON b.id = q.account_id \
     WHERE q.is_transfer AND NOT b.is_on_budget)))"
        .to_owned()
}

fn some_posting(condition: &str) -> String {
    format!("EXISTS (SELECT 1 FROM postings p WHERE p.transaction_id = t.id AND {condition})")
}

/// Dates are digits and dashes: they stand in the text.
fn days(column: &str, period: Period) -> String {
    let from = period.from.map(|from| format!("{column} >= '{from}'"));
    let to = period.to.map(|to| format!("{column} <= '{to}'"));
    let ends: Vec<String> = from.into_iter().chain(to).collect();
    if ends.is_empty() { "1 = 1".to_owned() } else { format!("({})", ends.join(" AND ")) }
}

fn size(amount: &str, limits: Limits) -> String {
    let low = limits.low.map(|low| format!("abs({amount}) >= {low}"));
    let high = limits.high.map(|high| format!("abs({amount}) <= {high}"));
    low.into_iter().chain(high).collect::<Vec<_>>().join(" AND ")
}
