//! Help, and what is said of commands and flags that there are not.

use crate::support::Sandbox;
use crate::typed::{Typed, assert_is_one_error, brief, says};

/// Every command and subcommand, as it is typed.
fn commands() -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), groat::cli::command())];
    while let Some((words, command)) = waiting.pop() {
        for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
            let words = format!("{words} {}", inner.get_name()).trim_start().to_owned();
            waiting.push((words.clone(), inner.clone()));
            found.push(words);
        }
    }
    found
}

#[test]
fn help_lists_every_command_and_explains_each() {
    let s = Sandbox::sqlite();
    let all = s.ok("help");
    assert_eq!(all.stderr, "");
    let commands = commands();
    for command in ["demo", "export", "completions", "man", "category group add"] {
        assert!(commands.iter().any(|known| known == command), "{command} in {commands:?}");
    }
    let (_, topics) = all.stdout.split_once("\nTopics:\n").expect("help lists topics");
    for command in commands {
        // A topic of the same name goes before the command.
        let explained = match topics.contains(&format!("  {command} ")) {
            true => s.ok(&format!("{command} --help")).stdout,
            false => s.ok(&format!("help {command}")).stdout,
        };
        assert!(explained.contains(&format!("Usage: groat {command}")), "{command}: {explained}");
        let first = command.split(' ').next().expect("a word");
        assert!(all.stdout.contains(&format!("\n  {first} ")), "{command}");
        assert!(s.ok(&format!("{command} --help")).stdout.contains("Usage:"), "{command}");
        assert!(s.ok(&format!("{command} -h")).stdout.contains("Usage:"), "{command}");
    }
    assert!(s.ok("--help").stdout.contains("Usage: groat"));
    assert!(s.ok("--version").stdout.starts_with("groat "));
    assert!(s.has_no_book());
}

#[test]
fn help_explains_topics() {
    let s = Sandbox::sqlite();
    let all = s.ok("help").stdout;
    let (_, topics) = all.split_once("\nTopics:\n").expect("help lists topics");
    let topics: Vec<&str> = topics.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let said = "dates periods amounts queries formats profiles exit-codes environment";
    for topic in said.split(' ') {
        assert!(topics.contains(&topic), "{topic}");
        assert!(s.ok("--help").stdout.contains(topic), "{topic}");
    }
    for topic in topics {
        assert!(s.ok(&format!("help {topic}")).stdout.lines().count() > 3, "{topic}");
    }
}

#[test]
fn help_on_what_is_not_there_names_what_is() {
    let s = Sandbox::sqlite();
    says(&s.fails(3, "help lsit"), &["lsit", "list"]);
    s.fails(3, "help nonsense");
    s.fails(3, "help add nonsense");
}

#[test]
fn a_flag_that_is_not_there_is_never_taken_for_an_amount() {
    let s = Sandbox::sqlite();
    for line in [
        "add --categry x 5",
        "add --categry=x 5",
        "income --categry x 5",
        "transfer --categry x 5",
        "edit 1 --amount --categry",
        "add 5 x -d --categry",
        "add 5 x --split a=--categry",
    ] {
        says(&s.fails(2, line), &["did you mean `--category`?"]);
    }
    for (line, meant) in [
        ("budget assign food --averge 3", "did you mean `--average`?"),
        ("budget assign food --averge=3", "did you mean `--average`?"),
        ("budget move --frm 5 food fun", "`groat budget move --help` shows those there are"),
        ("account add X --balance --categry", "`groat account add --help` shows those there are"),
        ("budget hold -x", "`groat budget hold --help` shows those there are"),
    ] {
        says(&s.fails(2, line), &["there is no flag `-", meant]);
    }
    for line in ["add 5 x --categry y", "add 5 --categry=y x"] {
        says(&s.fails(2, line), &["`--category`"]);
    }
    for line in [
        "add -x 5",
        "add 5 x -f y",
        "add --nonsense",
        "transfer --nonsense a b",
        "list --nonsense",
        "--nonsense",
        "-f",
    ] {
        s.fails(2, line);
    }
    assert!(s.has_no_book());
}

#[test]
fn a_number_that_cannot_be_is_told_with_what_it_is_for() {
    let s = Sandbox::sqlite();
    s.ok("add 5 x");
    s.write("a.csv", "Date,Payee,Amount\n2026-01-10,Tesco,-9.00\n");
    let (skip, op) =
        ("`--skip <N>`: Lines to leave out before the headings", "`[OP]`: Its number, as `log` shows it");
    for (line, told, hint) in [
        ("import a.csv --skip -1", "`-1` begins with a minus: that cannot be `--skip <N>`", skip),
        ("import a.csv --skip=-1", "`-1` is below 0", skip),
        ("import a.csv --skip x", "`x` is not a number", skip),
        ("import a.csv --skip 99999999999999999999", "is too large a number", skip),
        ("undo x", "`x` is not a number", op),
        ("undo -1", "`-1` begins with a minus: that cannot be `[OP]`", op),
        ("undo 99999999999999999999", "is too large a number", op),
        ("list --page -1", "that cannot be `--page <N>`", "Which page"),
        ("list -L -1", "that cannot be `--limit <N>`", "0 is all"),
        (
            "list -p -3d",
            "`-3d` begins with a minus: that cannot be `--period <PERIOD>`",
            "`--period <PERIOD>`: ",
        ),
        ("show -1", "that cannot be `<ID>`", "as `list` shows it"),
        ("log -L=-1", "`-1` is below 0", "0 is all"),
        ("db query 'SELECT 1' -L 0", "`0` is out of range: 1 to 1000000 can be", "`--limit <N>`: "),
        ("import undo -1", "that cannot be `<BATCH>`", "as `import list` shows it"),
    ] {
        let run = s.fails(2, line);
        says(&run, &[told, hint]);
        assert_is_one_error(&run);
        assert!(!run.stderr.contains("Usage:"), "{}", run.stderr);
    }
    assert_eq!(s.json("log")["operations"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_value_that_begins_with_a_dash_is_told_how_it_is_written() {
    let s = Sandbox::sqlite();
    s.ok("add 5 x -c=-neg -t=-x -m=--");
    assert_eq!(brief(&s.json("show 1"), "category tags note"), r#"-neg ["-x"] --"#);
    s.ok("edit 1 -m=-n -d=-3d");
    assert_eq!(brief(&s.json("show 1"), "note date"), "-n 2026-01-12");
    for (line, told) in [
        ("add 5 x -c -neg", "`--category=-neg`"),
        ("add 5 x --tag -x", "`--tag=-x`"),
        ("edit 1 -t -x", "`--tag=-x`"),
        ("account edit cash --name -x", "`--name=-x`"),
        ("list -x", "`groat list -- -x`"),
        ("category add -neg", "there is no flag `-e` (in `-neg`)"),
        ("category add -neg", "`groat category add -- -neg`"),
    ] {
        let run = s.fails(2, line);
        says(&run, &["there is no flag `-", told]);
        assert_is_one_error(&run);
    }
    assert!(!s.fails(2, "undo -x").stderr.contains("--`"), "no number begins with a dash");
    assert_eq!(s.ok("--json list -- -neg").json()["total"], 0);
}

#[test]
fn what_another_command_has_is_told_by_what_does_it_here() {
    let s = Sandbox::sqlite();
    for (line, instead) in [
        ("report -c groceries", "`cat:groceries`"),
        ("report -c 'eating out'", "`cat:'eating out'`"),
        ("report --account cash", "`acct:cash`"),
        ("report income -c groceries", "`cat:groceries`"),
        ("balance -d 2026-01-01", "`--at 2026-01-01`"),
        ("list -d fri", "`-p fri`"),
        ("move 1 -c groceries", "`groat move 1 groceries`"),
        ("move 1 2 -c 'eating out'", "`groat move 1 2 'eating out'`"),
        ("completions", "bash, zsh, fish"),
        ("category rename a b", "`groat category edit NAME --name NEW`"),
        ("account rename a b", "`groat account edit NAME --name NEW`"),
        ("payee renam a b", "`groat payee rename`"),
        ("account shut a", "close"),
        ("add coffee 3.20", "`groat add 3.20 coffee`"),
        ("income big salary 2100", "`groat income 2100 big salary`"),
        ("add 3 x -d tomorow", "`tomorrow`"),
    ] {
        says(&s.fails(2, line), &[instead]);
    }
    assert!(s.has_no_book());
}

#[test]
fn a_short_flag_may_hold_its_value_wherever_it_stands() {
    let s = Sandbox::sqlite();
    s.ok("account add Cash --kind cash");
    s.ok("account add Checking");
    for line in [
        "add 5 tesco -cgroceries -acash -d-3d -tweekly",
        "add -cgroceries -acash -d-3d -tweekly 5 tesco",
        "add -acash -d -3d -t weekly -c groceries 5 tesco",
    ] {
        let run = s.ok(&format!("{line} -Ojson")).json();
        assert_eq!(
            brief(&run, "payee amount category account date tags"),
            r#"tesco -5.00 Groceries Cash 2026-01-12 ["weekly"]"#,
            "{line}"
        );
    }
    assert_eq!(s.ok("-Ojson list -L1").json()["transactions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_every_command_takes_stands_before_it_after_it_or_between() {
    let s = Sandbox::sqlite();
    s.ok("account add Cash --kind cash");
    let told = s.ok("account list --json").stdout;
    for line in
        ["--json account list", "account --json list", "account -q list --json", "-q account list --json"]
    {
        assert_eq!(s.ok(line).stdout, told, "{line}");
    }
    // By its other name too, and where a word of it is called as a command is.
    s.ok("add 3 list -a cash");
    assert_eq!(s.ok("--json ls list").stdout, s.ok("ls list --json").stdout);
    assert_eq!(s.ok("-n rm 1 -q").stdout, s.ok("rm 1 -n -q").stdout);
    assert_eq!(s.json("list")["total"], 1);
}

#[test]
fn a_command_that_is_not_there_is_refused_with_the_nearest() {
    let s = Sandbox::sqlite();
    says(&s.fails(2, "lst"), &["lst", "list"]);
    says(&s.fails(2, "blance"), &["balance"]);
    // No beginning of a command stands for it, and no word is a catch-all.
    for word in ["bala", "cat", "acc", "re", "groceries", "''"] {
        s.fails(2, word);
    }
    s.fails(2, "account lst");
    s.fails(2, "category group lst");
}

#[test]
fn a_group_of_commands_alone_names_them_in_a_few_lines() {
    let s = Sandbox::sqlite();
    for (group, inner) in [
        ("account", "close"),
        ("category", "merge"),
        ("category group", "edit"),
        ("payee", "rename"),
        ("tag", "rename"),
        ("config", "unset"),
        ("db", "verify"),
    ] {
        says(&s.fails(2, group), &[inner]);
        let run = s.run(&format!("{group} --json")).fails(2);
        assert_eq!(run.json_error()["code"], "usage");
        assert_is_one_error(&s.run(&format!("{group} nonsense")));
    }
}

#[test]
fn what_is_missing_is_named() {
    let s = Sandbox::sqlite();
    for (line, missing) in [
        ("show", "<ID>"),
        ("edit", "<ID>"),
        ("delete", "<ID>"),
        ("duplicate", "<ID>"),
        ("account add", "<NAME>"),
        ("category merge a", "<INTO>"),
        ("payee rename a", "<NAME>"),
        ("config set a", "<VALUE>"),
        ("db query", "<SELECT>"),
    ] {
        says(&s.fails(2, line), &[missing]);
    }
}

#[test]
fn aliases_are_the_three_that_are_promised() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    assert_eq!(s.ok("ls").stdout, s.ok("list").stdout);
    assert_eq!(s.ok("bal").stdout, s.ok("balance").stdout);
    s.ok("rm 1");
    assert_eq!(s.json("list")["total"], 0);
}
