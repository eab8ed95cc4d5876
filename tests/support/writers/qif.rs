//! QIF: no ids. Twins are two records like any others.

use super::{Line, decimal};

pub fn file(lines: &[Line]) -> String {
    let records = lines.iter().map(|line| {
        let payee = if line.payee.is_empty() { String::new() } else { format!("P{}\n", line.payee) };
        format!("D{}\nT{}\n{payee}^\n", line.date.format("%m/%d/%Y"), decimal(line.minor))
    });
    format!("!Type:Bank\n{}", records.collect::<String>())
}
