//! Streams: closed pipes, full disks, colour, width, and text that would move the cursor.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, fill, says, shell, words};

on_both_databases! {
    fn a_reader_that_has_seen_enough_is_no_error(s: &Sandbox) {
        fill(s, 2000);
        for line in
            ["list -L 0", "list -L 0 --json", "list -L 0 --csv", "list -L 0 -O jsonl", "list -L 0 -O tsv"]
        {
            let done = shell(s, r#"{ "$0" "$@"; echo "exit $?" >&2; } | head -1"#, line)
                .output()
                .expect("there is a shell");
            assert_eq!(String::from_utf8_lossy(&done.stderr), "exit 0\n", "{line}");
            assert_eq!(String::from_utf8_lossy(&done.stdout).lines().count(), 1, "{line}");
        }
    }

    fn a_change_is_kept_though_nobody_reads_its_confirmation(s: &Sandbox) {
        for (id, line) in (1..).zip(["add 3 coffee", "add 3 coffee --json", "add 3 coffee --csv"]) {
            let (reader, writer) = std::io::pipe().expect("a pipe can be made");
            drop(reader);
            let mut command = s.command(words(line));
            let done = command
                .stdout(writer)
                .stderr(Stdio::piped())
                .spawn()
                .and_then(std::process::Child::wait_with_output);
            let done = done.expect("groat can be started");
            let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success() && !stderr.contains("error"), "{line}: {stderr}");
            assert_eq!(s.json("list")["total"], id);
        }
    }

    fn closed_streams_are_no_error(s: &Sandbox) {
        s.ok("add 3 coffee");
        let run = |line: &str, streams: &str| {
            shell(s, &format!("\"$0\" \"$@\" {streams}"), line).output().expect("there is a shell")
        };
        for (line, streams) in [
            ("add 3 coffee", ">&-"),
            ("list", ">&-"),
            ("list --json", ">&- 2>&-"),
            ("add 3 coffee -c new", "2>&-"),
            ("add 3 coffee", "<&- >&- 2>&-"),
            ("help", ">&-"),
        ] {
            let done = run(line, streams);
            assert!(done.status.success(), "{line} {streams}: {}", String::from_utf8_lossy(&done.stderr));
        }
        // No stream was taken for the database, or the other way round.
        assert_eq!(s.json("list")["total"], 4);
        s.ok("db verify");
        assert_eq!(run("show 99", "2>&-").status.code(), Some(3));
    }

    fn text_from_the_book_cannot_move_the_cursor(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        s.ok("add 3 coffee -c drinks -t out -m note");
        // As an old import or another program may have left it.
        let escape = if s.is_postgres() { "chr(27)" } else { "char(27)" };
        let bidi = if s.is_postgres() { "chr(8238)" } else { "char(8238)" };
        for (table, column) in [
            ("payees", "name"),
            ("tags", "name"),
            ("categories", "name"),
            ("category_groups", "name"),
            ("accounts", "name"),
            ("transactions", "note"),
            ("operations", "summary"),
        ] {
            s.execute(&format!("UPDATE {table} SET {column} = {escape} || '[31m' || {bidi} || {column}"));
        }
        for line in [
            "",
            "list",
            "show 1",
            "payee list",
            "tag list",
            "category list",
            "category group list",
            "account list",
            "balance",
            "log",
            "report",
            "report --by payee",
            "report --by tag",
            "report --by group",
            "report --by account",
            "report --by category,payee",
            "duplicate 1 -n",
            "edit 1 --amount -4 -n",
            "delete 1 -n",
            "add 1 -n",
            "transfer 1 zzz zzz",
            "add 1 x -c zzz --strict",
            "db query 'SELECT name FROM payees'",
            "undo -n",
            "account delete cash",
        ] {
            let run = s.run(line);
            for hidden in ['\u{1b}', '\u{202e}'] {
                assert!(
                    !run.stdout.contains(hidden) && !run.stderr.contains(hidden),
                    "{line}:\n{:?}",
                    run.snapshot()
                );
            }
        }
        assert!(s.ok("list").stdout.contains("␛[31m"), "made visible, not left out");
        // Programs get it unchanged, escaped as JSON escapes it.
        assert_eq!(s.json("show 1")["payee"], "\u{1b}[31m\u{202e}coffee");
        assert!(!s.ok("show 1 --json").stdout.contains('\u{1b}'));
    }

    fn letters_beyond_ascii_need_no_locale(s: &Sandbox) {
        s.ok("add 3 'Café ☕ 寿司'");
        let text = s.ok("list").stdout;
        assert!(text.contains("Café ☕ 寿司"), "{text}");
        for env in
            [&[("LANG", "C"), ("LC_ALL", "C")][..], &[("LANG", ""), ("LC_ALL", "")], &[("LC_ALL", "POSIX")]]
        {
            assert_eq!(s.groat_with("", env, ["list"]).ok().stdout, text, "{env:?}");
        }
    }

    fn a_piped_table_is_as_wide_as_it_must_be(s: &Sandbox) {
        let long = "x".repeat(200);
        s.groat(["add", "3", &long]).ok();
        assert!(s.groat_with("", &[("COLUMNS", "40")], ["list"]).ok().stdout.contains(&long));
    }
}

#[test]
fn colour_is_for_terminals_or_when_asked_for() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let is_coloured = |env: &[(&str, &str)], line: &str| {
        let run = s.groat_with("", env, words(line)).ok();
        assert!(!run.stderr.contains('\u{1b}'));
        run.stdout.contains("\u{1b}[31m")
    };
    assert!(!is_coloured(&[], "list"));
    assert!(is_coloured(&[], "list --color always"));
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")], "list"));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], "list --color never"));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "list"));
    assert!(is_coloured(&[("NO_COLOR", "1"), ("TERM", "dumb")], "list --color always"));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "0")], "list"));
    // Never colour alone: the sign is there as well; and never in what programs read.
    assert!(s.ok("list --color always").stdout.contains("-3.00"));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], "list --csv --color always"));
    s.ok("config set color always");
    assert!(is_coloured(&[], "list"));
    s.fails(2, "list --color sometimes");
}

#[test]
fn a_full_stdout_is_told() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    for line in ["list", "list --json", "list --csv", "list -O jsonl", "help"] {
        let done = shell(&s, "\"$0\" \"$@\" > /dev/full", line).output().expect("there is a shell");
        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{line}: {stderr}");
        assert!(stderr.to_lowercase().contains("no space left"), "{line}: {stderr}");
        assert!(!stderr.contains("os error"), "{line}: {stderr}");
    }
}

#[test]
fn on_a_terminal_tables_fit_and_negative_amounts_are_red() {
    let s = Sandbox::sqlite();
    s.groat(["add", "3", &"long name ".repeat(15)]).ok();
    let mut terminal = s.terminal(["list"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    assert!(terminal.output().contains("\u{1b}[31m-3.00"), "{}", terminal.output());
    let screen = terminal.screen();
    for part in ["Amount", "-3.00  USD", "long name"] {
        assert!(screen.contains(part), "no number and no heading is broken:\n{screen}");
    }
    let mut plain =
        crate::support::Terminal::start(s.command(["list"]).env("TERM", "dumb").env_remove("COLUMNS"));
    assert_eq!(plain.wait_for_exit(), 0);
    assert!(!plain.output().contains('\u{1b}'), "{}", plain.output());
    let widest = plain.output().lines().map(|line| line.trim_end().chars().count()).max();
    assert!(widest.is_some_and(|width| width <= 80), "{}", plain.output());
}

#[test]
fn on_a_terminal_a_table_of_wide_letters_goes_on_below() {
    let s = Sandbox::sqlite();
    for name in ["食費と日用品", "住居費と光熱費", "交通費と通信費", "交際費と娯楽費", "医療費と保険料"]
    {
        s.groat(["add", "1234.50", "x", "-c", name]).ok();
    }
    let mut terminal = s.terminal(["report", "--by", "month,category"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    let screen = terminal.screen();
    assert_eq!(screen.matches("Month").count(), 2, "{screen}");
    for part in ["食費と日用品", "住居費と光熱費", "交通費と通信費", "交際費と娯楽費", "医療費と保険料"]
    {
        assert!(screen.contains(part), "no heading is broken:\n{screen}");
    }
}

#[test]
fn on_a_terminal_colour_can_be_declined() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    for (name, value) in [("CLICOLOR", "0"), ("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut command = s.command(["list"]);
        let mut terminal = crate::support::Terminal::start(command.env("TERM", "xterm").env(name, value));
        assert_eq!(terminal.wait_for_exit(), 0);
        assert!(
            terminal.output().contains("-3.00") && !terminal.output().contains('\u{1b}'),
            "{name}={value}"
        );
    }
}

#[test]
fn long_answers_are_paged_on_a_terminal_alone() {
    let s = Sandbox::sqlite();
    fill(&s, 2000);
    s.ok("config set pager 'sed s/^/PAGED:/'");
    let mut terminal = s.terminal(["list"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    assert!(terminal.output().contains("PAGED:"), "{}", terminal.screen());
    for args in [&["list", "--no-pager"][..], &["list", "-L", "3"], &["list", "--json"]] {
        let mut terminal = s.terminal(args);
        assert_eq!(terminal.wait_for_exit(), 0);
        assert!(!terminal.output().contains("PAGED:"), "{args:?}: {}", terminal.screen());
    }
    assert!(!s.ok("list").stdout.contains("PAGED:"));
    // less shows letters beyond ASCII as codes unless the locale or this says what they are in.
    s.ok("config set pager 'echo in:$LESSCHARSET'");
    let mut terminal = s.terminal(["list"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    assert!(terminal.output().contains("in:utf-8"), "{}", terminal.screen());
    let mut terminal = crate::support::Terminal::start(s.command(["list"]).env("LESSCHARSET", "koi8-r"));
    assert_eq!(terminal.wait_for_exit(), 0);
    assert!(terminal.output().contains("in:koi8-r"), "{}", terminal.screen());
    // A pager that is not there is no reason to show nothing.
    s.ok("config set pager /no/such/pager");
    let mut terminal = s.terminal(["list"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    assert!(terminal.output().contains("first"), "{}", terminal.screen());
}

#[test]
fn verbose_tells_the_sql_on_stderr_alone() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let plain = s.ok("list");
    assert_eq!(plain.stderr, "");
    let told = s.ok("list -vv");
    assert_eq!(told.stdout, plain.stdout);
    says(&told, &["SELECT"]);
}

#[test]
fn a_reader_that_leaves_at_once_ends_groat_quietly() {
    let s = Sandbox::sqlite();
    fill(&s, 2000);
    let mut child = s
        .command(["list", "-L", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("groat can be started");
    let mut first = [0; 10];
    child.stdout.take().expect("stdout is a pipe").read_exact(&mut first).expect("there is a table");
    let done = child.wait_with_output().expect("a child can be waited for");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
}
