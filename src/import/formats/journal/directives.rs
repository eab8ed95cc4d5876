//! Directives of hledger and ledger: those that change how the rest is read, and those passed over by name.
//!
//! `entries` hands in every block that is no transaction. What no program of the two knows is rejected.

use super::accounts::kind_of_type;
use super::amount;
use super::dialect::Dialect;
use super::entries::{Entry, LeftOut, refuse_include};
use super::plain::account_end;
use super::remarks::tag;
use super::scan::Scan;
use super::scope::{Applied, Scope};
use crate::domain::invalid::Invalid;

/// Directives that change nothing that is kept.
const PASSED_OVER: [&str; 21] = [
    "P", "N", "C", "payee", "tag", "assert", "check", "expr", "eval", "define", "def", "python", "import",
    "capture", "value", "fixed", "endfixed", "test", "comment", "default", "end",
];

/// Lines of a time clock.
const CLOCK: [&str; 6] = ["i", "I", "o", "O", "b", "h"];

/// Reads a directive.
///
/// # Errors
/// Why it cannot be read.
pub fn read(text: &str, scope: &mut Scope) -> Result<Entry, String> {
    let (line, body) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.strip_prefix(['!', '@']).unwrap_or(line);
    if line.starts_with(['=', '~']) {
        return Ok(Entry::LeftOut(if line.starts_with('=') {
            LeftOut::Automated
        } else {
            LeftOut::Periodic
        }));
    }
    let (word, rest) = line.split_at(line.find(char::is_whitespace).unwrap_or(line.len()));
    let argument = rest.trim();
    match word {
        "include" => return Ok(refuse_include(argument)),
        "alias" => return alias(argument, scope),
        "account" => return account(argument, body, scope),
        "commodity" => commodity(argument, body, scope)?,
        "D" => default_commodity(argument, scope)?,
        "decimal-mark" => decimal_mark(argument, scope)?,
        "Y" | "year" => scope.set_year(year(argument)?),
        "apply" => apply(argument, scope)?,
        "end" => end(argument, scope)?,
        "bucket" | "A" => {
            let account = scope.account(without_comment(argument))?;
            scope.set_bucket(account);
        }
        _ if CLOCK.contains(&word) => return Ok(Entry::LeftOut(LeftOut::Clock)),
        _ if PASSED_OVER.contains(&word) || word.starts_with("--") => {}
        _ => match word.strip_prefix('Y').filter(|_| argument.is_empty()) {
            Some(digits) => scope.set_year(year(digits)?),
            None => return Err(format!("`{word}` is no directive that is known")),
        },
    }
    Ok(Entry::Nothing)
}

/// What stands before a comment.
fn without_comment(text: &str) -> &str {
    text.split(';').next().unwrap_or(text).trim()
}

fn year(text: &str) -> Result<i32, String> {
    let text = without_comment(text);
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year = text.parse().ok().filter(|year| digits && *year > 0);
    year.ok_or_else(|| format!("`{text}` is no year"))
}

/// `alias OLD = NEW`; one by a pattern cannot be honoured, and every account after it would have another
/// name.
fn alias(argument: &str, scope: &mut Scope) -> Result<Entry, String> {
    let (old, new) = argument.split_once('=').ok_or("an alias has no `=`")?;
    let (old, new) = (old.trim(), new.trim());
    if old.starts_with('/') {
        let message = format!("an alias by a pattern is not read: `{argument}`");
        return Ok(Entry::Refused(
            Invalid::new(message).hint("`hledger print -x` makes a journal without aliases"),
        ));
    }
    if old.is_empty() || new.is_empty() {
        return Err("an alias has no name on one side".to_owned());
    }
    scope.add_alias(old, new);
    Ok(Entry::Nothing)
}

/// `account NAME  ; type:A`, and ledger's `alias` under it.
fn account(argument: &str, body: &str, scope: &mut Scope) -> Result<Entry, String> {
    let written = argument[..account_end(argument)].split(" ;").next().unwrap_or(argument).trim();
    let account = scope.account(written)?;
    for line in body.lines().map(str::trim) {
        if let Some(alias) = line.strip_prefix("alias ").filter(|_| scope.dialect() == Dialect::Ledger) {
            scope.add_alias(alias.trim(), written);
        }
    }
    let comments = [argument].into_iter().chain(body.lines()).filter_map(|line| line.split_once(';'));
    let mut tags = comments.flat_map(|(_, comment)| comment.split(',')).filter_map(|piece| {
        let (name, value) = piece.trim().rsplit_once(':')?;
        name.split_whitespace().last().filter(|name| *name == "type").map(|_| value.trim().to_owned())
    });
    let Some(word) = tags.next() else { return Ok(Entry::Nothing) };
    let kind = kind_of_type(&word).ok_or_else(|| format!("`{word}` is no type of an account"))?;
    Ok(Entry::Declared(account, kind))
}

/// `commodity $1,000.00`, or the symbol with a `format` under it.
fn commodity(argument: &str, body: &str, scope: &mut Scope) -> Result<(), String> {
    let formats = body.lines().filter_map(|line| line.trim().strip_prefix("format "));
    let shown = without_comment(argument);
    let inline = shown.bytes().any(|b| b.is_ascii_digit()).then_some(shown).filter(|_| !shown.ends_with('"'));
    for format in inline.into_iter().chain(formats) {
        declare(without_comment(format), scope)?;
    }
    Ok(())
}

/// Takes in how amounts are written; the symbol of the one that shows it.
fn declare(format: &str, scope: &mut Scope) -> Result<String, String> {
    let mut scan = Scan::new(format);
    let written = amount::read_written(&mut scan, scope.styles())?;
    if !scan.is_done() {
        return Err(format!("`{format}` shows no format of amounts"));
    }
    let symbol = written.symbol.unwrap_or_default().to_owned();
    scope.styles().declare(&symbol, written.number);
    Ok(symbol)
}

/// In hledger `D` also says what amounts without a commodity are of.
fn default_commodity(argument: &str, scope: &mut Scope) -> Result<(), String> {
    let symbol = declare(without_comment(argument), scope)?;
    if scope.dialect() == Dialect::Hledger {
        scope.styles().set_default(&symbol);
    }
    Ok(())
}

fn decimal_mark(argument: &str, scope: &mut Scope) -> Result<(), String> {
    match without_comment(argument) {
        "." => scope.styles().declare_mark('.'),
        "," => scope.styles().declare_mark(','),
        other => return Err(format!("`{other}` is no decimal mark")),
    }
    Ok(())
}

fn apply(argument: &str, scope: &mut Scope) -> Result<(), String> {
    let (word, rest) = argument.split_at(argument.find(char::is_whitespace).unwrap_or(argument.len()));
    let rest = rest.trim();
    let applied = match word {
        "account" if !rest.is_empty() => Applied::Account(rest.to_owned()),
        "year" => {
            let before = scope.year();
            scope.set_year(year(rest)?);
            Applied::Year(before)
        }
        "tag" if scope.dialect() == Dialect::Ledger && !rest.trim_matches([':', ' ']).is_empty() => {
            let rest = rest.trim_start_matches([':', ' ']);
            let (name, value) = rest.split_once(':').unwrap_or((rest, ""));
            Applied::Tag(tag(name, value))
        }
        _ => Applied::Other,
    };
    scope.apply(applied);
    Ok(())
}

/// `end`, `end apply`, `end apply account`, `end tag`: the last block, or the last of that name.
fn end(argument: &str, scope: &mut Scope) -> Result<(), String> {
    let what = argument.strip_prefix("apply").unwrap_or(argument).trim();
    match what {
        "aliases" => {
            scope.end_aliases();
            return Ok(());
        }
        "" => drop(scope.end(|_| true)),
        "account" => drop(scope.end(|applied| matches!(applied, Applied::Account(_)))),
        "tag" => drop(scope.end(|applied| matches!(applied, Applied::Tag(_) | Applied::Other))),
        "year" => drop(scope.end(|applied| matches!(applied, Applied::Year(_)))),
        _ => drop(scope.end(|applied| *applied == Applied::Other)),
    }
    Ok(())
}
