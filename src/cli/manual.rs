//! The manual pages: names, synopsis and options from the command tree by clap_mangen, and what else a page has (the
//! examples of the help texts, exit codes and variables from the topics, see also) in roff of ours. `commands/man.rs`
//! writes them into files.

use chrono::NaiveDate;
use clap::Command;
use clap_mangen::Man;

use super::topics::TOPICS;
use crate::error::Result;

/// The heading of the flags that every command takes: they are explained once, in groat(1).
const EVERYWHERE: &str = "Everywhere";

/// A page for each command: the name of its file, and its roff.
///
/// # Errors
/// None: pages are written into memory.
pub fn pages(mut root: Command, date: NaiveDate) -> Result<Vec<(String, Vec<u8>)>> {
    root.build();
    let version = format!("groat {}", root.get_version().unwrap_or_default());
    let mut pages = Vec::new();
    let mut waiting = vec![(root, None::<String>)];
    while let Some((command, parent)) = waiting.pop() {
        let name = command.get_display_name().unwrap_or("groat").to_owned();
        let shown: Vec<Command> =
            command.get_subcommands().filter(|inner| !inner.is_hide_set()).cloned().collect();
        let related = related(parent.as_deref(), &shown);
        pages.push((format!("{name}.1"), page(command, parent.is_none(), &related, date, &version)?));
        waiting.extend(shown.into_iter().map(|inner| (inner, Some(name.clone()))));
    }
    pages.sort();
    Ok(pages)
}

fn related(parent: Option<&str>, inner: &[Command]) -> String {
    let names = parent.into_iter().chain(inner.iter().filter_map(Command::get_display_name));
    let mut names: Vec<String> = names.map(|name| format!("\\fB{}\\fR(1)", escaped(name))).collect();
    if parent.is_some_and(|parent| parent != "groat") {
        names.insert(0, "\\fBgroat\\fR(1)".to_owned());
    }
    names.join(", ")
}

fn page(command: Command, is_root: bool, related: &str, date: NaiveDate, version: &str) -> Result<Vec<u8>> {
    let extra = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = match is_root {
        true => command,
        false => command.mut_args(|arg| {
            let is_everywhere = arg.get_help_heading() == Some(EVERYWHERE);
            let is_hidden = arg.is_hide_set();
            arg.hide(is_everywhere || is_hidden)
        }),
    };
    // Examples and notes stand in sections of their own.
    let mut command = command.after_help("");
    let usage = command.render_usage().to_string();
    let has_commands = command.has_subcommands();
    let man = Man::new(command).date(date.to_string()).source(version).manual("User Commands");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    page.extend(synopsis(&usage).into_bytes());
    man.render_description_section(&mut page)?;
    page.extend(notes(&extra).into_bytes());
    man.render_options_section(&mut page)?;
    if has_commands {
        man.render_subcommands_section(&mut page)?;
    }
    page.extend(examples(&extra).into_bytes());
    page.extend(closing(is_root, related).into_bytes());
    Ok(page)
}

/// The line that `--help` shows behind `Usage:`, the words of the command in bold.
fn synopsis(usage: &str) -> String {
    let usage = usage.trim_start_matches("Usage:").trim();
    let words: Vec<&str> = usage.split(' ').collect();
    let plain = words.iter().position(|word| word.starts_with(['[', '<', '-'])).unwrap_or(words.len());
    let (name, rest) = words.split_at(plain);
    format!(".SH SYNOPSIS\n\\fB{}\\fR {}\n", escaped(&name.join(" ")), escaped(&rest.join(" ")))
}

/// What every page ends with.
fn closing(is_root: bool, related: &str) -> String {
    if !is_root {
        return format!(
            ".SH \"SEE ALSO\"\nThe options of every command, the exit codes and the variables are explained in \
            \\fBgroat\\fR(1).\n.PP\n{}\n",
            related.replace("), ", "),\n")
        );
    }
    let topics = TOPICS.iter().map(|(name, about, _)| format!("{name:<14}{about}"));
    let topics = verbatim(&topics.collect::<Vec<_>>().join("\n"));
    format!(
        "{}{}.SH TOPICS\n\\fBgroat help\\fR \\fITOPIC\\fR explains:\n.PP\n{topics}.SH \"SEE ALSO\"\n{}\n",
        section("EXIT STATUS", topic("exit-codes")),
        section("ENVIRONMENT", topic("environment")),
        related.replace("), ", "),\n")
    )
}

fn topic(name: &str) -> &'static str {
    let text = TOPICS.iter().find(|(known, _, _)| *known == name).map_or("", |(_, _, text)| *text);
    // The first line is its title.
    text.split_once('\n').map_or(text, |(_, rest)| rest)
}

fn section(title: &str, text: &str) -> String {
    format!(".SH \"{title}\"\n{}", verbatim(text.trim_matches('\n')))
}

/// The lines below `Examples:`, up to the first that is not indented.
fn examples(extra: &str) -> String {
    let lines: Vec<&str> = extra
        .lines()
        .skip_while(|line| *line != "Examples:")
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .map(str::trim_start)
        .collect();
    if lines.is_empty() { String::new() } else { section("EXAMPLES", &lines.join("\n")) }
}

/// What else stands below the options in `--help`.
fn notes(extra: &str) -> String {
    let (before, behind) = extra.split_once("Examples:\n").unwrap_or((extra, ""));
    let behind: Vec<&str> = behind.lines().skip_while(|line| line.starts_with(' ')).collect();
    let notes = format!("{}\n{}", before, behind.join("\n"));
    let notes = notes.trim_matches('\n');
    if notes.is_empty() { String::new() } else { format!(".PP\n{}", verbatim(notes)) }
}

/// Text with its line ends, set off from the margin.
fn verbatim(text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("{}\n", escaped(line))).collect();
    format!(".nf\n{lines}.fi\n")
}

/// A line that roff takes as it stands, and from which commands can be copied.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '\'' => out.push_str("\\(aq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            c => out.push(c),
        }
    }
    if out.starts_with('.') {
        out.insert_str(0, "\\&");
    }
    out
}
