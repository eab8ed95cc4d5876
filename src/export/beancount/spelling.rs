//! What beancount lets accounts and tags be called. Its lexer takes more of an account than its parser's
//! `valid_account_regexp` (`beancount/core/account.py`): a part begins with a capital letter or a digit, then letters,
//! digits and dashes follow. Tags are `[A-Za-z0-9_/.-]+`.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::category::{CategoryKind, Role};
use crate::export::balanced::Fixed;
use crate::export::names::{Spelling, is_owed};

/// What is no account's and no category's.
pub const FIXED: Fixed = Fixed {
    unknown_expenses: "Expenses:Unknown",
    unknown_income: "Income:Unknown",
    transfers: "Equity:Transfers",
};

/// How names are put together.
pub const SPELLING: Spelling = Spelling {
    account: |account| if is_owed(account) { "Liabilities:" } else { "Assets:" },
    category: |category| match (category.role, category.kind) {
        (Some(Role::StartingBalances), _) => "Equity:",
        (_, CategoryKind::Expense) => "Expenses:",
        _ => "Income:",
    },
    part: component,
    before_number: '-',
    fixed: &[FIXED.unknown_expenses, FIXED.unknown_income, FIXED.transfers],
};

static NOT_IN_A_COMPONENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{Nd}]+").expect("the expression is fixed"));
static BEGINS_A_COMPONENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{Lu}\p{Nd}]").expect("the expression is fixed"));

/// A name as a part of an account's: `Eating out` is `Eating-out`. Letters that have no capitals, as those of Japan,
/// follow an `X`.
fn component(name: &str) -> String {
    let dashed = NOT_IN_A_COMPONENT.replace_all(name, "-");
    let trimmed = dashed.trim_matches('-');
    let mut letters = trimmed.chars();
    let capital = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let name = format!("{capital}{}", letters.as_str());
    if BEGINS_A_COMPONENT.is_match(&name) { name } else { format!("X{name}") }
}

/// A tag's name: of letters with marks the plain ones, and a dash for what is none.
pub fn tag_name(name: &str) -> String {
    let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
    let kept = |c: char| c.is_ascii_alphanumeric() || ['-', '_', '/', '.'].contains(&c);
    let dashed: String = letters.map(|c| if kept(c) { c } else { '-' }).collect();
    let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "tag".to_owned() } else { parts.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accounts_keep_letters_and_digits() {
        for (name, shown) in [
            ("Eating out", "Eating-out"),
            ("visa; gold", "Visa-gold"),
            ("401k", "401k"),
            ("żółw (mały)", "Żółw-mały"),
            ("ßtraße", "SStraße"),
            ("寿司", "X寿司"),
            ("ﬁve", "FIve"),
            ("「x」", "X"),
            ("½ price", "Price"),
            ("Ⅷ", "X"),
            ("--", "X"),
            ("a_b", "A-b"),
            ("गीत", "Xग-त"),
            ("X", "X"),
        ] {
            assert_eq!(component(name), shown, "{name}");
        }
    }

    #[test]
    fn tags_are_ascii() {
        for (name, shown) in [
            ("Zürich 2026", "Zurich-2026"),
            ("a#b", "a-b"),
            ("寿司", "tag"),
            ("v1.2/x_y", "v1.2/x_y"),
            ("--", "tag"),
        ] {
            assert_eq!(tag_name(name), shown, "{name}");
        }
    }
}
