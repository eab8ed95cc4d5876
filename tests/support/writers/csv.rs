//! CSV of two banks, each with headings of its own, and with the signs that banks write.

use groat::import::formats::Options;

use super::{Line, Written, decimal};

const HEADINGS: [[&str; 2]; 2] = [["Date", "Payee"], ["Booked", "Name"]];

pub fn file(written: Written, bank: usize, lines: &[Line]) -> String {
    let money = match written {
        Written::Word | Written::Blank => "Amount,Debit/Credit",
        Written::Sides => "Debit,Credit",
        Written::Minus | Written::Mark => "Amount",
    };
    let rows = lines.iter().map(|line| {
        let id = line.id.as_deref().unwrap_or_default();
        format!("{},{},{},{id}\n", line.date, line.payee, amount(written, line))
    });
    format!("{},{money},Id\n{}", HEADINGS[bank].join(","), rows.collect::<String>())
}

/// The first file may leave it open how signs are written: its user looks, and says it. Later ones do not ask.
pub fn options(written: Written, bank: usize, has_ids: bool, is_first: bool) -> Options {
    let [date, payee] = HEADINGS[bank].map(str::to_owned);
    let has_flag = matches!(written, Written::Word | Written::Blank);
    let is_unmarked = matches!(written, Written::Mark | Written::Blank);
    Options {
        date_column: Some(date),
        payee_columns: Some(vec![payee]),
        id_column: has_ids.then(|| "Id".to_owned()),
        flag_column: (is_first && has_flag).then(|| "Debit/Credit".to_owned()),
        unmarked_is_debit: (is_first && is_unmarked).then_some(true),
        debit_is_signed: (is_first && written == Written::Sides).then_some(false),
        ..Options::default()
    }
}

/// The cells of an amount.
fn amount(written: Written, line: &Line) -> String {
    let (is_in, size) = (line.is_in(), line.size());
    match written {
        Written::Minus => decimal(line.minor),
        Written::Word => format!("{size},{}", if is_in { "Credit" } else { "Debit" }),
        Written::Blank => format!("{size},{}", if is_in { "CR" } else { "" }),
        Written::Mark => format!("{size}{}", if is_in { " CR" } else { "" }),
        Written::Sides if is_in && line.variant == 0 => format!("-{size},"),
        Written::Sides if is_in => format!(",{size}"),
        Written::Sides => format!("{size},"),
    }
}
