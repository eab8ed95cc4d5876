//! groat and PostgreSQL with a wire between them: how often a command waits for the server, and what it says and
//! leaves behind when the wire breaks, above all around COMMIT.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Cut, Proxy, Run, Sandbox};

/// A book with what the everyday commands name, and a proxy in front of it.
#[track_caller]
fn household() -> Option<(Sandbox, Proxy)> {
    let s = Sandbox::postgres()?;
    s.groat(["add", "3.20", "coffee", "-c", "groceries"]).ok();
    s.groat(["add", "45", "tesco", "-c", "groceries", "-d", "yesterday"]).ok();
    let proxy = Proxy::before(&s);
    Some((s, proxy))
}

#[test]
fn everyday_commands_wait_for_the_server_as_seldom_as_promised() {
    let Some((s, proxy)) = household() else { return };
    assert_round_trips(&s, &proxy, 8, "add 4.10 coffee");
    assert_round_trips(&s, &proxy, 8, "add 4.10 coffee -c groceries -a cash -d yesterday");
    assert_round_trips(&s, &proxy, 8, "income 20 tesco -c income");
    for line in [
        "list",
        "list -p 2026-01",
        "balance cash",
        "report",
        "report spending -p 2026",
        "report income -p ytd",
        "report budget -p 2026",
        "report networth --by account -a cash",
        "report payees",
        "report register -a cash -p all",
        "report summary",
        "budget",
        "budget -p 2026-03",
    ] {
        assert_round_trips(&s, &proxy, 3, line);
    }
    // The dashboard is the month, its budget and the accounts.
    for line in ["", "budget explain", "budget explain groceries", "budget target"] {
        assert_round_trips(&s, &proxy, 5, line);
    }
}

/// Six to open the book, to begin, to record the operation, what it does and what that changed, and to commit; two each
/// time that the budget is read: to decide what may be done, and to tell what there is now. Where a row may be there
/// already, it is looked for.
#[test]
fn what_changes_a_budget_waits_as_seldom_for_many_envelopes_as_for_few() {
    let Some((s, proxy)) = household() else { return };
    s.groat(["income", "500", "boss", "-c", "income"]).ok();
    for category in ["rent", "fuel", "fun", "gifts"] {
        s.groat(["category", "add", category]).ok();
        s.groat(["budget", "target", category, "50"]).ok();
    }
    s.groat(["add", "20", "landlord", "-c", "rent"]).ok();
    for (line, most) in [
        ("budget assign groceries 150", 10),
        ("budget assign fun --average 3", 10),
        ("budget move 5 groceries fuel", 10),
        ("budget cover rent", 10),
        ("budget hold 50", 11),
        ("budget carryover groceries on", 11),
        ("budget copy -p 2026-02", 10),
        ("budget target groceries 40 remainder", 11),
        ("budget apply -p 2026-03", 11),
    ] {
        assert_round_trips(&s, &proxy, most, line);
    }
}

/// A budget is read in several statements. Between two of them somebody makes an envelope, spends money, or gives it.
#[test]
fn a_budget_that_changes_while_it_is_read_is_told_as_it_is_now() {
    /// Only in the statement that reads categories, and in the one that reads what was done with them.
    const CATEGORIES: &str = "\"category_groups\".\"name\"";
    const FACTS: &str = "\"budget_holds\"";
    let Some((s, proxy)) = household() else { return };
    s.groat(["budget", "assign", "groceries", "60"]).ok();
    proxy.delay(Duration::from_millis(300));
    for (line, first, other, told) in [
        ("budget", CATEGORIES, "add 1.20 kiosk -c rent", "10.60"),
        ("budget explain groceries", FACTS, "add 2.50 tesco -c groceries", "9.30"),
        ("budget explain", FACTS, "budget assign groceries +10", "-70.00"),
    ] {
        proxy.reset();
        let run = thread::scope(|scope| {
            let reading =
                scope.spawn(|| s.groat_through(&proxy, format!("{line} --json").split_whitespace()));
            wait_for(|| proxy.statements().iter().any(|sql| sql.contains(first)));
            s.groat(other.split_whitespace()).ok();
            reading.join().expect("the run ends")
        });
        let answer = run.ok().json();
        let times = proxy.statements().iter().filter(|sql| sql.contains(CATEGORIES)).count();
        assert_eq!(times, 2, "`{line}` was not disturbed");
        assert_eq!(answer, s.groat(format!("{line} --json").split_whitespace()).ok().json(), "{line}");
        let number = if line == "budget" { &answer["totals"]["available"] } else { &answer["amount"] };
        assert_eq!(number, told, "{line}: {answer:#}");
    }
}

#[test]
fn a_list_of_some_waits_once_more_for_names_and_once_for_words() {
    let Some((s, proxy)) = household() else { return };
    for (line, most) in [
        ("list -c groceries", 4),
        ("list -a cash -p 2026-01", 4),
        ("list coffee", 4),
        ("list is:split in: -p 2026-01", 3),
        ("list coffee or cat:groceries amt:>3", 5),
    ] {
        assert_round_trips(&s, &proxy, most, line);
    }
}

/// Connecting, and the two SETs with which Diesel begins, are not counted.
#[track_caller]
fn assert_round_trips(s: &Sandbox, proxy: &Proxy, most: usize, line: &str) {
    proxy.reset();
    s.groat_through(proxy, line.split_whitespace()).ok();
    let statements = proxy.statements();
    let settings = statements.iter().filter(|sql| sql.starts_with("SET ")).count();
    let trips = proxy.round_trips() - settings;
    assert_eq!((proxy.connections(), settings), (1, 2), "`groat {line}`:\n{}", statements.join("\n"));
    assert!(trips <= most, "`groat {line}`: {trips} round trips, not {most}:\n{}", statements.join("\n"));
}

#[test]
fn a_wire_that_breaks_before_the_server_gets_commit_leaves_the_book_as_it_was() {
    let Some((s, proxy)) = household() else { return };
    for statement in ["COMMIT", "INSERT INTO \"transactions\"", "BEGIN"] {
        let before = s.dump(&[]);
        proxy.cut_at(statement, Cut::BeforeServer);
        let run = s.groat_through(&proxy, ["add", "5", "coffee"]).fails(5);
        assert!(proxy.was_cut(), "no {statement} came by");
        assert_says(&run, "nothing was changed");
        assert_eq!(before, s.dump(&[]), "cut before {statement}");
    }
}

#[test]
fn a_wire_that_breaks_before_the_answer_to_commit_says_that_the_change_was_recorded() {
    let Some((s, proxy)) = household() else { return };
    proxy.cut_at("COMMIT", Cut::BeforeAnswer);
    let run = s.groat_through(&proxy, ["add", "5", "bakery", "--json"]).fails(5);
    assert!(proxy.was_cut());
    let error = run.json_error();
    assert_eq!(error["code"], "database");
    let message = error["message"].as_str().expect("a message is text");
    assert!(message.contains("recorded") && message.contains("do not repeat"), "{message}");
    assert_eq!(bakery(&s), 1, "recorded, and once");
    s.groat(["undo"]).ok();
    assert_eq!(bakery(&s), 0, "the newest operation is the one that was recorded");
}

#[test]
fn a_wire_that_breaks_after_the_answer_to_commit_breaks_nothing() {
    let Some((s, proxy)) = household() else { return };
    proxy.cut_at("COMMIT", Cut::AfterAnswer);
    s.groat_through(&proxy, ["add", "5", "bakery"]).ok();
    assert!(proxy.was_cut());
    assert_eq!(bakery(&s), 1);
}

#[test]
fn a_server_that_is_gone_for_good_at_commit_leaves_the_outcome_unknown() {
    let Some((s, proxy)) = household() else { return };
    for cut in [Cut::BeforeServer, Cut::BeforeAnswer] {
        proxy.cut_at("COMMIT", cut);
        // Slow enough that nobody gets through again between the cut and the refusal.
        proxy.delay(Duration::from_millis(150));
        let running = thread::scope(|scope| {
            let running = scope.spawn(|| s.groat_through(&proxy, ["add", "5", "bakery"]));
            wait_for(|| proxy.was_cut());
            proxy.refuse(true);
            running.join().expect("the run ends")
        });
        let run = running.fails(5);
        assert_says(&run, "it is not known whether the change was recorded");
        assert_says(&run, "hint: ");
        proxy.refuse(false);
        proxy.delay(Duration::ZERO);
    }
    assert_eq!(bakery(&s), 1, "the first COMMIT did not arrive, the second did");
}

#[test]
fn a_wire_that_breaks_while_reading_is_told_and_no_harm_is_done() {
    let Some((s, proxy)) = household() else { return };
    let before = s.dump(&[]);
    for cut in [Cut::BeforeServer, Cut::BeforeAnswer] {
        proxy.cut_at("SELECT", cut);
        let run = s.groat_through(&proxy, ["list"]).fails(5);
        assert!(proxy.was_cut());
        assert_says(&run, "error: ");
        assert!(!run.stderr.contains("bug in groat"), "{}", run.snapshot());
    }
    assert_eq!(before, s.dump(&[]));
}

fn bakery(s: &Sandbox) -> usize {
    s.query("SELECT t.id FROM transactions t JOIN payees p ON p.id = t.payee_id WHERE p.name_key = 'bakery'")
        .len()
}

#[track_caller]
fn assert_says(run: &Run, text: &str) {
    assert!(run.stderr.contains(text), "`{text}` is not said:\n{}", run.snapshot());
}

/// Waits for something that must happen within seconds.
#[track_caller]
fn wait_for(has_happened: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !has_happened() {
        assert!(Instant::now() < deadline, "it did not happen");
        thread::sleep(Duration::from_millis(1));
    }
}
