//! A server that stays: a PostgreSQL that restarts or is down for a while, a thousand calls, midnight, what others write
//! meanwhile, and its end.

use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Datelike, Days, TimeDelta, Utc};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::cluster::Cluster;
use crate::household;
use crate::support::{Agent, Cut, Proxy, Sandbox, on_both_databases};
use crate::typed::Typed;

on_both_databases! {
    fn a_thousand_calls_do_not_make_it_grow(s: &Sandbox) {
        household(s);
        let mut agent = Agent::start(s);
        let calls = [
            ("query_expenses_by_category", json!({"category": "groceries"})),
            ("summarize_spending", json!({"from": "2025-01-01", "to": "2026-12-31"})),
            ("overview", json!({})),
            ("list_transactions", json!({"query": "tesco"})),
            ("list_names", json!({"kind": "payees"})),
            ("query_expenses_by_category", json!({"category": "grocries"})),
        ];
        let mut call = |at: usize| {
            let (tool, arguments) = &calls[at % calls.len()];
            agent.call(tool, arguments.clone());
            agent.memory()
        };
        let warm = (0..200).map(&mut call).max().expect("some were made");
        let after = (0..1_000).map(&mut call).last().expect("some were made");
        assert!(after <= warm + 512, "{warm} KiB after 200 calls, {after} KiB after 1,000 more");
    }

    fn what_another_process_writes_is_seen(s: &Sandbox) {
        household(s);
        let mut agent = Agent::start(s);
        let spent = |agent: &mut Agent| agent.tell("overview", json!({}))["spending"].clone();
        assert_eq!(spent(&mut agent), "60.90");
        s.ok("add 9.10 coffee");
        assert_eq!(spent(&mut agent), "70.00");
        s.ok("undo");
        assert_eq!(spent(&mut agent), "60.90");
        s.ok("category edit groceries --name Food");
        let error = agent.fail("query_expenses_by_category", json!({"category": "groceries"}));
        assert_eq!(error["code"], "not-found");
    }

    fn a_book_that_a_newer_groat_made_fails_the_call_alone(s: &Sandbox) {
        household(s);
        let mut agent = Agent::start(s);
        agent.tell("overview", json!({}));
        s.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')");
        let error = agent.fail("overview", json!({}));
        assert_eq!(error["code"], "database");
        assert!(error["message"].as_str().unwrap().contains("made by a newer groat"), "{error}");
        s.execute("DELETE FROM __diesel_schema_migrations WHERE version = '29991231000000'");
        agent.tell("overview", json!({}));
    }
}

#[test]
fn a_file_that_takes_the_place_of_the_book_is_seen() {
    let s = Sandbox::sqlite();
    household(&s);
    s.ok("--db other.db add 1 bakery");
    let mut agent = Agent::start(&s);
    assert_eq!(agent.tell("list_transactions", json!({}))["total"], 5);
    std::fs::rename(s.path("other.db"), s.book_path()).unwrap();
    assert_eq!(agent.tell("list_transactions", json!({}))["total"], 1);
    std::fs::write(s.book_path(), "no database, but long enough to be taken for one".repeat(20)).unwrap();
    assert_eq!(agent.fail("list_transactions", json!({}))["code"], "database");
}

#[test]
fn connections_that_the_server_ends_are_not_noticed() {
    let Some(s) = Sandbox::postgres() else { return };
    household(&s);
    let proxy = Proxy::before(&s);
    let mut agent = through(&s, &proxy);
    let before = agent.tell("overview", json!({}));
    for _ in 0..3 {
        s.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> \
             pg_backend_pid()",
        );
        assert_eq!(agent.tell("overview", json!({})), before);
        proxy.cut_all();
        assert_eq!(agent.tell("overview", json!({})), before);
    }
    assert_eq!(proxy.connections(), 7, "one, and another one after each end");
    proxy.reset();
    agent.tell("overview", json!({}));
    assert_eq!(proxy.connections(), 0, "one that lives is used again");
}

#[test]
fn a_server_that_is_down_fails_the_calls_until_it_is_back() {
    let Some(s) = Sandbox::postgres() else { return };
    household(&s);
    let proxy = Proxy::before(&s);
    proxy.refuse(true);
    let mut agent = through(&s, &proxy);
    for _ in 0..2 {
        let error = agent.fail("overview", json!({}));
        assert_eq!(error["code"], "database");
        assert!(error["message"].as_str().unwrap().contains("cannot connect to"), "{error}");
    }
    proxy.refuse(false);
    agent.tell("overview", json!({}));
    proxy.refuse(true);
    assert_eq!(agent.fail("overview", json!({}))["code"], "database");
    proxy.refuse(false);
    agent.tell("overview", json!({}));
}

#[test]
fn a_wire_that_breaks_in_the_middle_of_a_call_fails_that_one_at_most() {
    let Some(s) = Sandbox::postgres() else { return };
    household(&s);
    let proxy = Proxy::before(&s);
    let mut agent = through(&s, &proxy);
    let arguments = json!({"from": "2026-01-01", "to": "2026-01-31"});
    let before = agent.tell("summarize_spending", arguments.clone());
    for cut in [Cut::BeforeServer, Cut::BeforeAnswer] {
        proxy.cut_at("SELECT CAST", cut);
        let error = agent.fail("summarize_spending", arguments.clone());
        assert!(proxy.was_cut());
        assert_eq!(error["code"], "database", "{error}");
        assert_eq!(agent.tell("summarize_spending", arguments.clone()), before);
    }
}

#[test]
fn an_idle_server_survives_a_restarted_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    let mut s = Sandbox::sqlite();
    s.set("GROAT_DATABASE_URL", cluster.url());
    household(&s);
    let mut agent = Agent::start(&s);
    let before = agent.tell("overview", json!({}));
    cluster.restart();
    assert_eq!(agent.tell("overview", json!({})), before, "nothing is noticed");
    cluster.stop();
    let error = agent.fail("overview", json!({}));
    assert_eq!(error["code"], "database", "{error}");
    cluster.begin();
    assert_eq!(agent.tell("overview", json!({})), before);
}

#[test]
fn the_day_moves_on_at_midnight_unless_it_is_fixed() {
    let mut s = Sandbox::sqlite();
    s.ok("add 3.20 coffee");
    let day = |agent: &mut Agent| agent.tell("overview", json!({}))["balances"]["at"].clone();
    assert_eq!(day(&mut Agent::start(&s)), "2026-01-15");
    s.unset("GROAT_TODAY");
    // A summer time that begins in two seconds and is a day ahead (POSIX, "Environment Variables", TZ).
    #[allow(clippy::disallowed_methods, reason = "the test needs to know when midnight is")]
    let now = Utc::now();
    let leap = now + TimeDelta::seconds(2);
    let first = leap.ordinal0();
    s.set("TZ", format!("AAA0BBB-23:59:59,{first}/{},{}/0", leap.format("%H:%M:%S"), (first + 60) % 365));
    let today = now.date_naive();
    let mut agent = Agent::start(&s);
    let first = day(&mut agent);
    let tomorrow = (today + Days::new(1)).to_string();
    assert!(first == today.to_string() || first == tomorrow, "{first}");
    wait_for(|| day(&mut agent) == tomorrow.as_str());
}

#[test]
fn a_closed_stdin_is_its_end_whatever_was_said_before() {
    let s = Sandbox::sqlite();
    household(&s);
    let unsaid = Agent::spawn(s.command(["mcp"])).finish();
    assert_eq!((unsaid.code, unsaid.stderr.as_str(), unsaid.unread.len()), (Some(0), "", 0));
    let idle = Agent::start(&s).finish();
    assert_eq!((idle.code, idle.stderr.as_str(), idle.unread.len()), (Some(0), "", 0));
    let mut busy = Agent::start(&s);
    for _ in 0..20 {
        busy.ask("tools/call", json!({"name": "overview", "arguments": {}}));
    }
    let ended = busy.finish();
    assert_eq!(
        (ended.code, ended.unread.len()),
        (Some(0), 20),
        "what was asked is answered: {}",
        ended.stderr
    );
}

#[test]
fn many_calls_at_once_are_all_answered() {
    let s = Sandbox::sqlite();
    household(&s);
    let mut agent = Agent::start(&s);
    let asked: Vec<u64> = (0..300)
        .map(|_| agent.ask("tools/call", json!({"name": "list_transactions", "arguments": {}})))
        .collect();
    let mut answered: Vec<u64> = asked.iter().map(|_| agent.hear()["id"].as_u64().unwrap()).collect();
    answered.sort_unstable();
    assert_eq!(answered, asked);
}

#[test]
fn a_stdout_that_nobody_reads_any_more_is_its_end() {
    let s = Sandbox::sqlite();
    let mut command = s.command(["mcp"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("groat can be started");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n").expect("groat reads");
    let mut status = None;
    wait_for(|| {
        status = child.try_wait().expect("a child can be waited for");
        status.is_some()
    });
    assert_eq!(status.and_then(|status| status.code()), Some(0));
    drop(stdin);
}

#[test]
fn signals_end_it_at_once_even_in_the_middle_of_a_call() {
    let s = Sandbox::sqlite();
    household(&s);
    for signal in [Signal::TERM, Signal::INT] {
        let mut agent = Agent::start(&s);
        agent.ask("tools/call", json!({"name": "overview", "arguments": {}}));
        let pid = i32::try_from(agent.child.id()).ok().and_then(Pid::from_raw).expect("a process id");
        let began = Instant::now();
        kill_process(pid, signal).expect("it runs");
        agent.wait();
        assert!(began.elapsed() < Duration::from_secs(5), "{signal:?}");
    }
}

fn through(s: &Sandbox, proxy: &Proxy) -> Agent {
    let mut command = s.command(["mcp"]);
    command.env("GROAT_DATABASE_URL", proxy.url());
    Agent::start_as(command)
}

#[track_caller]
fn wait_for(mut has_happened: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !has_happened() {
        assert!(Instant::now() < deadline, "it did not happen");
        thread::sleep(Duration::from_millis(20));
    }
}
