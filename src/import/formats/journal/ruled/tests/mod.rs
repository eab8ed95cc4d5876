//! Rules and the rows that they make. What hledger does stands in its manual and in what its tests fix.

mod broken;
mod malformed;
mod rows;

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::super::super::{self as formats, FileLine, FormatName, Layout, Options, Row, SurveyError};
use super::Rules;
use crate::domain::invalid::Invalid;

/// Rules that include no others.
fn rules(text: &str) -> Result<Rules, Invalid> {
    with_files(text, &[])
}

/// Rules with the files that they may include, by path.
fn with_files(text: &str, files: &[(&str, &str)]) -> Result<Rules, Invalid> {
    let files: HashMap<&str, &str> = files.iter().copied().collect();
    let read = |path: &Path| {
        let name = path.to_str().unwrap_or_default();
        files.get(name).map(|text| (*text).to_owned()).ok_or_else(|| "no such file".to_owned())
    };
    Rules::parse(text, Path::new("bank.rules"), &read)
}

/// What became of a file.
struct Outcome {
    layout: Layout,
    lines: Vec<FileLine>,
    rejected: Vec<String>,
}

fn try_read(rules: &Rules, csv: &[u8], options: Options) -> Result<Outcome, SurveyError> {
    let options = Options { rules: Some(Arc::new(rules.clone())), ..options };
    let mut input = Cursor::new(csv);
    let layout = formats::survey(&mut input, FormatName::Auto, &options)?;
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in formats::rows(&mut input, &layout)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(format!("{}: {}", row.line, row.reason)),
        }
    }
    assert_eq!(layout.row_count(), (lines.len() + rejected.len()) as u64, "both passes see the same rows");
    Ok(Outcome { layout, lines, rejected })
}

fn read(text: &str, csv: &str) -> Outcome {
    try_read(&rules(text).unwrap(), csv.as_bytes(), Options::default()).unwrap()
}

/// Each row in a line: `DAY AMOUNT CURRENCY | PAYEE | MEMO | CATEGORY AMOUNT, ... | TAGS`, without what is blank.
fn shown(outcome: &Outcome) -> Vec<String> {
    let all = outcome.lines.iter().map(show);
    all.chain(outcome.rejected.iter().map(|reason| format!("rejected {reason}"))).collect()
}

fn show(line: &FileLine) -> String {
    let purpose = line.purpose.clone().unwrap_or_default();
    let parts: Vec<String> = purpose
        .parts
        .iter()
        .map(|part| {
            let to = part.other_account.as_ref().map(|account| format!("to {account}"));
            let what = part.category.clone().or(to).unwrap_or_else(|| "?".to_owned());
            format!("{what} {}", part.amount)
        })
        .collect();
    let pieces = [
        format!("{} {} {}", line.date, line.amount, line.currency.as_deref().unwrap_or_default())
            .trim_end()
            .to_owned(),
        purpose.payee.or(line.payee.clone()).unwrap_or_default(),
        purpose.memo.or(line.memo.clone()).unwrap_or_default(),
        parts.join(", "),
        purpose.tags.join(", "),
    ];
    let shown: Vec<_> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    shown.join(" | ")
}
