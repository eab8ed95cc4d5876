//! YNAB's register of one account: no ids; the category stands beside the amount.

use super::Line;

const HEADINGS: &str = "\"Account\",\"Flag\",\"Date\",\"Payee\",\"Category Group/Category\",\"Category Group\",\"Category\",\
    \"Memo\",\"Outflow\",\"Inflow\",\"Cleared\"";

pub fn file(lines: &[Line]) -> String {
    let rows = lines.iter().map(|line| {
        let nothing = "0.00".to_owned();
        let (out, into) = if line.is_in() { (nothing, line.size()) } else { (line.size(), nothing) };
        format!(
            "\"Checking\",\"\",\"{}\",\"{}\",\"Food: Groceries\",\"Food\",\"Groceries\",\"\",${out},${into},\"Cleared\"\n",
            line.date.format("%m/%d/%Y"),
            line.payee
        )
    });
    format!("{HEADINGS}\n{}", rows.collect::<String>())
}
