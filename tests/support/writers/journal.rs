//! Journals of hledger and beancount: no ids; the other posting is a category.

use super::{Line, decimal};

pub fn hledger(lines: &[Line]) -> String {
    let one = |line: &Line| {
        let day = format!("{} {}", line.date, line.payee);
        format!(
            "{}\n    assets:checking  {} USD\n    {}\n\n",
            day.trim_end(),
            decimal(line.minor),
            category(line).to_lowercase()
        )
    };
    lines.iter().map(one).collect()
}

pub fn beancount(lines: &[Line]) -> String {
    let one = |line: &Line| {
        let payee = if line.payee.is_empty() { String::new() } else { format!("\"{}\" ", line.payee) };
        format!(
            "{} * {payee}\"\"\n  Assets:Checking  {} USD\n  {}\n\n",
            line.date,
            decimal(line.minor),
            category(line)
        )
    };
    format!("option \"operating_currency\" \"USD\"\n\n{}", lines.iter().map(one).collect::<String>())
}

fn category(line: &Line) -> &'static str {
    if line.is_in() { "Income:Other" } else { "Expenses:Food:Groceries" }
}
