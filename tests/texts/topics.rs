//! The topics of `groat help`: they fit a terminal, their examples run, and every value in their tables is read as the
//! table says. They say "On Thursday, 15 January 2026", which is the day of every sandbox.

use crate::examples::{broken, examples_in};
use crate::support::Sandbox;

const TOPICS: [&str; 11] = [
    "dates",
    "periods",
    "amounts",
    "queries",
    "envelopes",
    "targets",
    "rules",
    "formats",
    "profiles",
    "exit-codes",
    "environment",
];

const COLUMNS: usize = 80;

/// A book in GBP with one account, the starter categories and three transactions.
pub fn small_book() -> Sandbox {
    let sandbox = Sandbox::sqlite();
    for args in [
        &["init", "--currency", "GBP", "--account", "Checking", "--categories", "starter"][..],
        &["add", "3.20", "coffee"],
        &["add", "45.60", "Tesco", "-c", "groceries", "-m", "weekly shop", "-d", "yesterday"],
        &["income", "2100", "Salary", "-d", "1"],
    ] {
        drop(sandbox.groat(args).ok());
    }
    sandbox
}

fn text_of(topic: &str) -> String {
    Sandbox::sqlite().groat(["help", topic]).ok().stdout
}

/// The rows of a topic's tables: what may be typed, alternatives apart, and the word that is claimed of it.
fn rows_of(topic: &str, is_claim: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for line in text_of(topic).lines().filter(|line| line.starts_with("  ") && !line.starts_with("  $")) {
        let Some((typed, claimed)) = line.trim().split_once("  ") else { continue };
        let claim = claimed.trim_start().split(' ').next().unwrap_or_default();
        if is_claim(claim) {
            rows.extend(typed.split(", ").map(|one| (one.to_owned(), claim.to_owned())));
        }
    }
    rows
}

#[test]
fn help_lists_the_topics() {
    let listed = Sandbox::sqlite().groat(["help"]).ok().stdout;
    let (_, topics) = listed.split_once("\nTopics:\n").unwrap();
    let names: Vec<&str> = topics.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, TOPICS);
    let short = Sandbox::sqlite().groat(["--help"]).ok().stdout;
    let words: Vec<&str> = short.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    for topic in TOPICS {
        assert!(words.contains(&topic), "`groat --help` does not name {topic}");
    }
}

#[test]
fn topics_fit_a_terminal_and_begin_with_a_title_and_examples() {
    for topic in TOPICS {
        let text = text_of(topic);
        for line in text.lines() {
            let width = line.chars().count();
            assert!(width <= COLUMNS, "{topic} has a line of {width} columns:\n{line}");
            assert!(!line.ends_with(' ') && !line.contains('\t'), "{topic}: `{line}`");
        }
        let head: Vec<&str> = text.lines().take(3).collect();
        assert!(
            matches!(head[..], [title, "", example] if !title.is_empty() && example.starts_with("  $ ")),
            "{topic}"
        );
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{topic}");
    }
}

#[test]
fn the_examples_of_topics_end_as_claimed() {
    for topic in TOPICS {
        let examples = examples_in(&text_of(topic));
        assert!(examples.len() > 1, "{topic} has no examples");
        let broken = broken(&small_book(), &examples);
        assert!(broken.is_empty(), "{topic}:\n{}", broken.join("\n"));
    }
}

#[test]
fn dates_are_read_as_the_topic_says() {
    let is_day = |word: &str| word.len() == 10 && word.chars().all(|c| c.is_ascii_digit() || c == '-');
    let rows = rows_of("dates", is_day);
    assert!(rows.len() > 30, "only {} days found", rows.len());
    let sandbox = small_book();
    for (typed, claimed) in rows {
        let read = sandbox.groat(["add", "1", "x", "--json", "-d", &typed]).ok().json();
        assert_eq!(read["date"], *claimed, "-d '{typed}'");
    }
}

#[test]
fn periods_are_read_as_the_topic_says() {
    let rows = rows_of("periods", |word| word.contains(".."));
    assert!(rows.len() > 30, "only {} periods found", rows.len());
    let sandbox = small_book();
    for (typed, claimed) in rows {
        let read = &sandbox.groat(["report", "--json", "-p", &typed]).ok().json()["period"];
        let end = |name: &str| read[name].as_str().unwrap_or_default().to_owned();
        assert_eq!(format!("{}..{}", end("from"), end("to")), claimed, "-p '{typed}'");
    }
}

#[test]
fn amounts_are_read_as_the_topic_says() {
    let rows = rows_of("amounts", |word| {
        word.contains('.') && word.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    assert!(rows.len() > 25, "only {} amounts found", rows.len());
    let sandbox = small_book();
    for (typed, claimed) in rows {
        let read = sandbox.groat(["add", &typed, "x", "--json"]).ok().json();
        assert_eq!(read["amount"], *claimed, "add '{typed}'");
    }
}
