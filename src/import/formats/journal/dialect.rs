//! The three kinds of journal, and by what a file's beginning shows which it is.
//!
//! `magic` asks `recognise` for files of which nothing else is known; `survey` is told the answer. A table of
//! numbers is never taken for a journal: that takes a day with an indented posting under it, a directive
//! that only beancount has, or the first line of groat's own exports.

/// The program whose journal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// hledger's journal.
    Hledger,
    /// Ledger's data file.
    Ledger,
    /// Beancount's input file.
    Beancount,
}

impl Dialect {
    /// The program's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Hledger => "hledger",
            Dialect::Ledger => "ledger",
            Dialect::Beancount => "beancount",
        }
    }
}

/// Words behind a day that only beancount has there, with what begins their argument.
const DATED: [(&str, Argument); 11] = [
    ("open", Argument::Account),
    ("close", Argument::Account),
    ("balance", Argument::Account),
    ("pad", Argument::Account),
    ("note", Argument::Account),
    ("document", Argument::Account),
    ("commodity", Argument::Word),
    ("price", Argument::Word),
    ("event", Argument::Text),
    ("custom", Argument::Text),
    ("query", Argument::Text),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    Account,
    Word,
    Text,
}

/// What groat's own exports begin with.
const OWN: &str = "; a groat book";

/// Beginnings of lines that ledger alone understands, and that people who use it write.
const LEDGER_LINES: [&str; 14] = [
    "; -*- ledger",
    ";; -*- ledger",
    "apply tag",
    "apply fixed",
    "bucket ",
    "assert ",
    "check ",
    "define ",
    "eval ",
    "expr ",
    "python",
    "capture ",
    "n $",
    "--",
];

/// Whose journal begins like this, if it is one; `head` is the file's beginning in lower case.
pub fn recognise(head: &str) -> Option<Dialect> {
    if let Some(own) = head.strip_prefix(OWN) {
        return Some(own_dialect(own));
    }
    if head.lines().any(is_beancount) {
        return Some(Dialect::Beancount);
    }
    let mut header: Option<&str> = None;
    let mut found = None;
    for line in head.lines() {
        let is_indented = line.starts_with([' ', '\t']);
        match header {
            Some(begun) if is_indented && is_posting(line) => {
                found.get_or_insert(if behind_day(begun).is_some_and(has_narration) {
                    Dialect::Beancount
                } else {
                    Dialect::Hledger
                });
            }
            Some(_) if is_indented => {}
            _ => header = behind_day(line).is_some_and(is_header).then_some(line),
        }
    }
    if found == Some(Dialect::Hledger) && head.lines().any(is_ledger) {
        return Some(Dialect::Ledger);
    }
    found
}

/// Whether groat's own exports begin with this line.
pub fn is_own(line: &str) -> bool {
    line.trim_end() == OWN
}

/// By what comes first in groat's own export, which need not have any transaction.
fn own_dialect(behind: &str) -> Dialect {
    match behind.trim_start() {
        text if text.starts_with("decimal-mark") => Dialect::Hledger,
        text if text.starts_with("option") => Dialect::Beancount,
        _ => Dialect::Ledger,
    }
}

/// What stands behind the day that a line begins with: `2026-01-02`, `2026/1/2`, `1/2`.
fn behind_day(line: &str) -> Option<&str> {
    let is_mark = |c: char| matches!(c, '-' | '/' | '.');
    let (mut rest, mut lengths) = (line, Vec::with_capacity(3));
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        lengths.push(digits);
        rest = &rest[digits..];
        match rest.strip_prefix(is_mark) {
            Some(behind) if lengths.len() < 3 => rest = behind,
            _ => break,
        }
    }
    let is_day = matches!(lengths[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2]);
    is_day.then_some(rest)
}

/// Whether a day with this behind it may begin a transaction; a cell of a table has no blank before the next.
fn is_header(rest: &str) -> bool {
    !rest.contains('\t') && (rest.is_empty() || rest.starts_with([' ', '=']))
}

/// Whether a flag and a text in quotes follow, as beancount has them.
fn has_narration(rest: &str) -> bool {
    let rest = rest.trim_start();
    let behind = rest.strip_prefix("txn").or_else(|| rest.strip_prefix(['*', '!']));
    behind.is_some_and(|behind| behind.trim_start().starts_with('"'))
}

/// Whether an indented line is an account with an amount, or one of several parts.
fn is_posting(line: &str) -> bool {
    let text = line.trim();
    let text = text.strip_prefix(['*', '!']).unwrap_or(text).trim_start();
    if text.starts_with(|c: char| c == ';' || c == '"' || c.is_ascii_digit()) {
        return false;
    }
    let (account, rest) = match text.find("  ").or_else(|| text.find('\t')) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let has_amount = rest.trim_start().starts_with(is_amount) && rest.bytes().any(|b| b.is_ascii_digit());
    let has_parts = account.split(':').count() > 1 && account.split(':').all(|part| !part.trim().is_empty());
    has_amount || (has_parts && (rest.is_empty() || rest.trim_start().starts_with([';', '='])))
}

/// Whether an amount may begin with it.
fn is_amount(c: char) -> bool {
    c.is_ascii_digit() || c.is_alphabetic() || (!c.is_alphanumeric() && !c.is_whitespace() && c != ',')
}

/// Whether the line is a directive that only beancount has.
fn is_beancount(line: &str) -> bool {
    let opens = ["option \"", "plugin \"", "include \"", "pushtag #", "poptag #"];
    if opens.iter().any(|open| line.starts_with(open)) {
        return true;
    }
    let Some(rest) = behind_day(line).filter(|rest| rest.starts_with(' ')) else { return false };
    let rest = rest.trim_start();
    let (word, rest) = rest.split_at(rest.find([' ', '\t']).unwrap_or(rest.len()));
    let argument = rest.trim_start();
    let named = argument.split([' ', '\t']).next().unwrap_or_default();
    DATED.iter().any(|(known, begins)| {
        *known == word
            && match begins {
                Argument::Account => named.contains(':') && !named.starts_with(':'),
                Argument::Word => named.starts_with(char::is_alphabetic) && !named.contains(','),
                Argument::Text => named.starts_with('"'),
            }
    })
}

fn is_ledger(line: &str) -> bool {
    LEDGER_LINES.iter().any(|begins| line.starts_with(begins))
        || (line.starts_with([' ', '\t']) && line.contains("; :") && line.trim_end().ends_with(':'))
}
