//! `list`: transactions, newest first.

use clap::Args;

use crate::cli::context::Context;
use crate::db::listing::{Sort, SortKey};
use crate::domain::query::{Kind, Pattern, Query};
use crate::error::Result;
use crate::ledger::list::{Request, list};

/// List transactions, newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat list tesco -p 'last month'
  $ groat list cat:food not payee:tesco 'amt:>50'
  $ groat list '(coffee or note:weekly) is:pending'
  $ groat list -c none
  $ groat list -a checking --sort amount -L 10

`groat help queries` explains more.")]
pub struct ListArgs {
    /// Words in the payee or the note, and terms such as cat:food 'amt:>50' not is:pending
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// When: 2026-03, mar, 2026Q1, 'last month', 2026-01..2026-03 [default: all]
    #[arg(short, long, value_name = "PERIOD")]
    period: Option<String>,
    /// Only this account
    #[arg(short, long, value_name = "ACCT")]
    account: Option<String>,
    /// Only this category or group; `none` for what has none
    #[arg(short, long, value_name = "CAT")]
    category: Option<String>,
    /// How many a page has; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Which page to show
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
    /// By date, amount, payee or id; a minus in front turns it round [default: date]
    #[arg(long, value_name = "KEY", allow_hyphen_values = true, value_parser = sort)]
    sort: Option<Sort>,
}

/// Dates, amounts and ids begin with the largest, payees with A.
fn sort(text: &str) -> Result<Sort, String> {
    let (is_reversed, word) = match text.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, text),
    };
    let (key, is_descending) = match word {
        "date" => (SortKey::Date, true),
        "amount" => (SortKey::Amount, true),
        "id" => (SortKey::Id, true),
        "payee" => (SortKey::Payee, false),
        _ => return Err("sort by date, amount, payee or id".to_owned()),
    };
    Ok(Sort { key, is_descending: is_descending != is_reversed })
}

impl ListArgs {
    /// Shows a page.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let request = Request {
            query: self.query(cx)?,
            sort: self.sort.unwrap_or(Sort { key: SortKey::Date, is_descending: true }),
            limit: (self.limit > 0).then(|| i64::from(self.limit)),
            page: i64::from(self.page),
        };
        let page = cx.read(|conn, book| list(conn, &request, book.currency()))?;
        cx.out.answer(&page)?;
        if let Some(footer) = page.footer().filter(|_| !cx.out.is_machine()) {
            cx.out.note(&footer);
        }
        Ok(0)
    }

    /// The words and, joined to them, what the flags say.
    fn query(&self, cx: &Context) -> Result<Query> {
        let mut query = cx.query(&self.words)?;
        if let Some(text) = &self.period {
            query = query.and(Kind::Date(cx.period(text)?));
        }
        if let Some(text) = &self.account {
            query = query.and(Kind::Account(Pattern::Text(text.clone())));
        }
        if let Some(text) = &self.category {
            query = query.and(Kind::category(text.clone()));
        }
        Ok(query)
    }
}
