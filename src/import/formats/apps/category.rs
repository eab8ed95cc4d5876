//! The programs' categories in the words of the book: `Group:Name`, with `income:` before what is income.

use super::super::text::fold;
use super::fields::one_line;

/// The category that takes the first balance of an account.
pub const STARTING: &str = "Starting balances";

/// The category of income that the programs keep in one pot, to be assigned.
pub const INCOME: &str = "income:Income";

/// The category in its group, if it has one; none where the name is blank or only says that there is none. What is in
/// a group called `Income` is income.
pub fn path(group: &str, name: &str) -> Option<String> {
    let name = plain(name).filter(|name| !means_none(name))?;
    match plain(group) {
        None => Some(name),
        Some(group) if fold(&group) == "income" => Some(format!("income:{name}")),
        Some(group) => Some(format!("{group}:{name}")),
    }
}

/// A category of income by its name alone; none as in `path`.
pub fn income(name: &str) -> Option<String> {
    path("Income", name)
}

/// The name without the marks that part groups from categories in the book.
fn plain(name: &str) -> Option<String> {
    one_line(&name.replace([':', '/'], " "))
}

fn means_none(name: &str) -> bool {
    let words = ["uncategorized", "uncategorised", "uncategorized transactions", "no category"];
    words.contains(&&*fold(name))
}

/// Whether a payee or a category stands for the first balance of an account.
pub fn is_starting(text: &str) -> bool {
    ["starting balance", "starting balances"].contains(&&*fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_in_groups_or_income() {
        let cases = [
            ("Food", "Groceries", Some("Food:Groceries")),
            ("", "Groceries", Some("Groceries")),
            ("Food/Drink", "Eating out: lunch", Some("Food Drink:Eating out lunch")),
            ("income", "Salary", Some("income:Salary")),
            ("Food", " ", None),
            ("", "Uncategorized", None),
            ("", "(no category)", None),
        ];
        for (group, name, expected) in cases {
            assert_eq!(path(group, name).as_deref(), expected, "{group} {name}");
        }
        assert!(
            is_starting("Starting Balance") && is_starting("Starting Balances") && !is_starting("Balance")
        );
    }
}
