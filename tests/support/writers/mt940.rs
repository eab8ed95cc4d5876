//! MT940: the id stands behind `//` in `:61:`; without one there is nothing, or `NONREF` again.

use super::{Line, decimal};

/// Details in numbered subfields.
pub fn german(lines: &[Line]) -> String {
    statement(lines, |payee| {
        if payee.is_empty() { "166?00BUCHUNG".to_owned() } else { format!("166?00BUCHUNG?32{payee}") }
    })
}

/// Details behind words between slashes.
pub fn dutch(lines: &[Line]) -> String {
    statement(lines, |payee| format!("/TRTP/SEPA/NAME/{payee}/REMI/"))
}

fn statement(lines: &[Line], details: impl Fn(&str) -> String) -> String {
    let entries = lines.iter().map(|line| format!("{}\n:86:{}\n", entry(line), details(&line.payee)));
    let sum = lines.iter().map(|line| line.minor).sum();
    let (first, last) = (lines.iter().map(|line| line.date).min(), lines.iter().map(|line| line.date).max());
    let day = |date: Option<chrono::NaiveDate>| date.expect("a file has lines").format("%y%m%d").to_string();
    format!(
        ":20:STARTUMS\n:25:12030000/202051\n:28C:1/1\n:60F:C{}USD0,00\n{}:62F:{}{}USD{}\n-\n",
        day(first),
        entries.collect::<String>(),
        if sum < 0 { "D" } else { "C" },
        day(last),
        comma(i64::abs(sum))
    )
}

fn entry(line: &Line) -> String {
    let id = match (&line.id, line.variant) {
        (Some(id), _) => format!("//{id}"),
        (None, 0) => String::new(),
        (None, _) => "//NONREF".to_owned(),
    };
    let (day, mark) = (line.date.format("%y%m%d%m%d"), if line.is_in() { "C" } else { "D" });
    format!(":61:{day}{mark}{}NTRFNONREF{id}", comma(line.minor.abs()))
}

fn comma(minor: i64) -> String {
    decimal(minor).replace('.', ",")
}
