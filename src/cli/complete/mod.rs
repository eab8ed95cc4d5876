//! Completion: a shell asks, through a script of ours, what may stand at the cursor; the answer is read from the
//! command tree and from the book. Nothing is ever said but candidates: no error, no note, no exit code but 0.
//!
//! `sources` says which argument takes what, `candidates` looks it up. Nothing of this is made while a command runs:
//! arguments are equipped only here, by the names of their values.

mod candidates;
mod sources;

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;
use std::sync::Arc;

use clap_complete::engine::{CompletionCandidate, complete};

use candidates::Asker;

/// The variable that makes groat complete instead of run; its value is the shell.
const VARIABLE: &str = "GROAT_COMPLETE";
/// Which word the cursor is in, from 0, in bash and zsh.
const AT: &str = "GROAT_COMPLETE_AT";
/// What of that word stands before the cursor, in bash.
const TYPED: &str = "GROAT_COMPLETE_TYPED";

/// A shell that can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// GNU bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// fish.
    Fish,
}

impl Shell {
    /// Their names.
    pub const NAMES: [&'static str; 3] = ["bash", "zsh", "fish"];

    /// The shell of that name.
    pub fn parse(name: &str) -> Option<Shell> {
        match name {
            "bash" => Some(Shell::Bash),
            "zsh" => Some(Shell::Zsh),
            "fish" => Some(Shell::Fish),
            _ => None,
        }
    }

    /// What the shell reads once to ask `groat`, the program as it is to be called.
    pub fn script(self, groat: &str) -> String {
        let script = match self {
            Shell::Bash => include_str!("groat.bash"),
            Shell::Zsh => include_str!("groat.zsh"),
            Shell::Fish => include_str!("groat.fish"),
        };
        // fish reads it within double quotes.
        let is_plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
        let groat = if groat.chars().all(is_plain) { groat.to_owned() } else { quoted(groat, self) };
        script.replace("@GROAT@", &groat)
    }
}

fn quoted(text: &str, shell: Shell) -> String {
    match shell {
        Shell::Fish => {
            let inner = text.replace('\\', r"\\").replace('\'', r"\'");
            format!("'{}'", inner.replace('\\', r"\\").replace('"', "\\\"").replace('$', r"\$"))
        }
        _ => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// Answers a shell, if one asks. Otherwise this is a look at one variable.
pub fn answer() -> Option<ExitCode> {
    let shell = variable(VARIABLE)?;
    let shell = Shell::parse(shell.to_str()?)?;
    let mut words = std::env::args_os().skip(1);
    if words.next()? != "--" {
        return None;
    }
    let text = answer_to(shell, &words.collect::<Vec<_>>());
    // A shell that went away wants no answer.
    drop(crate::output::raw(&text));
    Some(ExitCode::SUCCESS)
}

#[allow(
    clippy::disallowed_methods,
    reason = "one variable is looked at, before anything is read for a command"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn answer_to(shell: Shell, words: &[OsString]) -> String {
    let at = variable(AT).and_then(|at| at.to_str()?.parse().ok());
    let line = match shell {
        Shell::Bash => {
            let typed = variable(TYPED).unwrap_or_default();
            Line::of_bash(words, at.unwrap_or(0), &typed.to_string_lossy())
        }
        _ => Line::new(words.to_vec(), at.unwrap_or(words.len().saturating_sub(1))),
    };
    let mut tree = sources::equipped(super::command(), &Arc::new(Asker::new(&line.words)));
    let (words, at) = with_joined_values(&line);
    // What cannot be completed is completed by nothing.
    let found = complete(&mut tree, words, at, std::env::current_dir().ok().as_deref()).unwrap_or_default();
    let found = without_flags(found, line.typed());
    match shell {
        Shell::Bash => found.iter().map(|one| line.for_bash(one)).collect::<Vec<_>>().join("\u{b}"),
        Shell::Zsh => found.iter().map(|one| described(one, ':', zsh)).collect(),
        Shell::Fish => found.iter().map(|one| described(one, '\t', str::to_owned)).collect(),
    }
}

/// The words up to the cursor, with `--book demo` as `--book=demo`: the library would take the value for the command of
/// that name, and complete what that one takes.
fn with_joined_values(line: &Line) -> (Vec<OsString>, usize) {
    let (shorts, longs) = crate::cli::values::flags_with_value();
    let joint = |word: &str| match (word.strip_prefix("--"), word.strip_prefix('-')) {
        (Some(name), _) => longs.iter().any(|long| long == name).then_some("="),
        (None, Some(letter)) => shorts.keys().any(|short| letter == short.to_string()).then_some(""),
        _ => None,
    };
    let mut words: Vec<OsString> = Vec::with_capacity(line.words.len());
    let mut before = line.words[..line.at.min(line.words.len())].iter();
    while let Some(word) = before.next() {
        words.push(word.clone());
        if word == "--" {
            words.extend(before.by_ref().cloned());
        } else if let Some(joint) = word.to_str().and_then(joint)
            && before.as_slice().first().is_some_and(|value| !value.is_empty())
            && let (Some(flag), Some(value)) = (words.last_mut(), before.next())
        {
            flag.push(joint);
            flag.push(value);
        }
    }
    let at = words.len();
    words.extend(line.words.get(line.at).cloned());
    (words, at)
}

/// Flags are shown when one is typed, or when nothing else fits: they would bury the names of the book.
fn without_flags(mut found: Vec<CompletionCandidate>, typed: &OsStr) -> Vec<CompletionCandidate> {
    let is_flag = |one: &CompletionCandidate| one.get_value().as_encoded_bytes().starts_with(b"-");
    if !typed.as_encoded_bytes().starts_with(b"-") && !found.iter().all(is_flag) {
        found.retain(|one| !is_flag(one));
    }
    found
}

fn described(one: &CompletionCandidate, joint: char, escape: fn(&str) -> String) -> String {
    let value = escape(&one.get_value().to_string_lossy());
    match one.get_help().map(ToString::to_string) {
        Some(help) => format!("{value}{joint}{}\n", help.lines().next().unwrap_or_default()),
        None => format!("{value}\n"),
    }
}

/// `_describe` parts value and description at the first colon without a backslash.
fn zsh(value: &str) -> String {
    value.replace('\\', r"\\").replace(':', r"\:")
}

/// A command line that is being typed.
struct Line {
    words: Vec<OsString>,
    at: usize,
    /// What stands before the part that bash replaces: `--category=`.
    kept: String,
    /// The quote that is open at the cursor, in bash.
    quote: Option<char>,
}

impl Line {
    fn new(mut words: Vec<OsString>, at: usize) -> Line {
        words.truncate(at + 1);
        words.resize(at + 1, OsString::new());
        Line { words, at, kept: String::new(), quote: None }
    }

    /// bash parts words at `=` and `:`, also those of one flag, and leaves quotes and backslashes in them.
    fn of_bash(words: &[OsString], at: usize, typed: &str) -> Line {
        let text = |word: &OsString| word.to_string_lossy().into_owned();
        let quote = words.get(at).and_then(|raw| open_quote(&text(raw)));
        let (mut joined, mut kept): (Vec<String>, String) = (Vec::new(), String::new());
        let mut is_parted = false;
        for (index, word) in words.iter().take(at + 1).enumerate() {
            let is_mark = word == "=" || word == ":";
            let word = if index == at && !is_mark { unquoted(typed) } else { unquoted(&text(word)) };
            if let Some(last) = joined.last_mut().filter(|_| is_parted || (word == ":" && index > 1)) {
                is_parted = word == ":";
                if !is_parted {
                    kept.clone_from(last);
                }
                last.push_str(&word);
                if is_parted {
                    kept.clone_from(last);
                }
                continue;
            }
            match joined.last_mut().filter(|flag| flag.starts_with("--")) {
                Some(flag) if word == "=" && !flag.contains('=') => {
                    flag.push('=');
                    kept.clone_from(flag);
                }
                Some(flag) if flag.ends_with('=') => {
                    kept.clone_from(flag);
                    flag.push_str(&word);
                }
                _ => {
                    kept.clear();
                    joined.push(word);
                }
            }
        }
        let words: Vec<OsString> = joined.into_iter().map(OsString::from).collect();
        Line { at: words.len().saturating_sub(1), words, kept, quote }
    }

    fn typed(&self) -> &OsStr {
        self.words.get(self.at).map_or(OsStr::new(""), OsString::as_os_str)
    }

    /// bash puts a candidate into the line as it is: blanks and the like take a backslash, unless a quote is open.
    fn for_bash(&self, one: &CompletionCandidate) -> String {
        let value = one.get_value().to_string_lossy();
        // `food:e` may stand for `food/eating-out`.
        let kept = [self.kept.as_str(), &self.kept.replace(':', "/")];
        let value = kept.iter().find_map(|kept| value.strip_prefix(kept)).unwrap_or(&value);
        value.chars().map(|c| safe(c, self.quote)).collect()
    }
}

/// A character as it stands for itself in bash: a payee is what a bank wrote, and must not be run.
fn safe(c: char, quote: Option<char>) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+=,:@%".contains(c) || !c.is_ascii();
    match (quote, c) {
        (Some('"'), '\\' | '"' | '$' | '`') => format!("\\{c}"),
        // No backslash keeps it from recalling a command within these quotes, but for being outside of them.
        (Some('"'), '!') => "\"\\!\"".to_owned(),
        (Some('\''), '\'') => r"'\''".to_owned(),
        (None, c) if !is_plain(c) => format!("\\{c}"),
        (_, c) => c.to_string(),
    }
}

/// The quote that a word begins and does not end.
fn open_quote(word: &str) -> Option<char> {
    let mut open = None;
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (open, c) {
            (None | Some('"'), '\\') => drop(chars.next()),
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), c) if c == quote => open = None,
            _ => {}
        }
    }
    open
}

/// A word without the quotes and backslashes that a shell takes away.
fn unquoted(word: &str) -> String {
    word.chars().filter(|c| !['\'', '"', '\\'].contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str], typed: &str) -> (Vec<String>, String) {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        let line = Line::of_bash(&words, words.len() - 1, typed);
        (line.words.iter().map(|word| word.to_string_lossy().into_owned()).collect(), line.kept)
    }

    #[test]
    fn what_bash_parts_at_an_equals_sign_is_joined() {
        let joined =
            |words: &[&str], kept: &str| (words.iter().map(ToString::to_string).collect(), kept.to_owned());
        assert_eq!(line(&["groat", "add", "gro"], "gro"), joined(&["groat", "add", "gro"], ""));
        assert_eq!(
            line(&["groat", "add", "--category", "=", "gro"], "gro"),
            joined(&["groat", "add", "--category=gro"], "--category=")
        );
        assert_eq!(
            line(&["groat", "add", "--category", "="], ""),
            joined(&["groat", "add", "--category="], "--category=")
        );
        assert_eq!(
            line(&["groat", "--db", "=", "x.db", "add", "-c", ""], ""),
            joined(&["groat", "--db=x.db", "add", "-c", ""], "")
        );
        assert_eq!(line(&["groat", "--db", "'my book.db'", "a"], "a").0[2], "my book.db");
        assert_eq!(
            line(&["groat", "list", "cat", ":", "gro"], "gro"),
            joined(&["groat", "list", "cat:gro"], "cat:")
        );
        assert_eq!(line(&["groat", "list", "cat", ":"], ""), joined(&["groat", "list", "cat:"], "cat:"));
        assert_eq!(line(&["groat", "list", "cat", ":", "x", "y"], "y").0, ["groat", "list", "cat:x", "y"]);
    }

    #[test]
    fn an_open_quote_is_seen_and_what_bash_would_run_in_it_stands_for_itself() {
        for (word, open) in [
            ("\"Xyz", Some('"')),
            ("a'b", Some('\'')),
            ("\"a\"", None),
            ("\\\"a", None),
            ("\"a\\\"", Some('"')),
            ("'a\\'", None),
        ] {
            assert_eq!(open_quote(word), open, "{word}");
        }
        let inserted = |quote| "a$(b)`c`\"d\\!'e".chars().map(|c| safe(c, quote)).collect::<String>();
        assert_eq!(inserted(Some('"')), r#"a\$(b)\`c\`\"d\\"\!"'e"#);
        assert_eq!(inserted(Some('\'')), r#"a$(b)`c`"d\!'\''e"#);
        assert_eq!(inserted(None), r#"a\$\(b\)\`c\`\"d\\\!\'e"#);
    }

    #[test]
    fn a_program_with_blanks_in_its_path_is_quoted_for_each_shell() {
        for (shell, shown) in [
            (Shell::Bash, r"'/a b/it'\''s' --"),
            (Shell::Zsh, r"'/a b/it'\''s' --"),
            (Shell::Fish, r"'/a b/it\\'s' --"),
        ] {
            assert!(shell.script("/a b/it's").contains(shown), "{}", shell.script("/a b/it's"));
        }
    }
}
