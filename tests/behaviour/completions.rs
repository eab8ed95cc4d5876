//! Completion: what a shell is offered, by groat itself and in real shells; and that nothing but candidates is ever
//! said, whatever is wrong with the book.

use std::process::Command;

use crate::support::programs::{has, path};
use crate::support::{Sandbox, Terminal, on_both_databases};
use crate::typed::{Typed, like};

/// Values that are offered for the last of these words; blanks part the words, and `''` is an empty one.
fn offered(s: &Sandbox, line: &str) -> Vec<String> {
    let words = crate::typed::words(line);
    let words = ["--".to_owned(), "groat".to_owned()].into_iter().chain(words);
    let run = s.groat_with("", &[("GROAT_COMPLETE", "fish")], words).ok();
    assert_eq!(run.stderr, "", "{line}");
    run.stdout.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

fn set_up(s: &Sandbox) {
    s.ok("init --currency GBP --account Checking --categories starter");
    s.ok("account add 'Rainy day' --kind savings");
    s.ok("account add Old");
    s.ok("account close old");
    s.ok("category add clothing/shoes");
    s.ok("category hide life/gifts");
    s.ok("add 4 'Corner Bakery' -a checking -c food/eating-out -t holiday");
    s.ok("add 5 'Café Größe' -a checking -c none");
    s.ok("add 6 '50%_off' -a checking -c none");
    s.write("p.csv", "13.01.2026;Zoo;-4,80\n");
    s.ok("import p.csv -a checking --profile mybank");
}

on_both_databases! {
    fn names_of_the_book_are_offered_as_they_can_be_typed(s: &Sandbox) {
        set_up(s);
        for (line, values) in [
            // A slug that begins so, else a name that no other category has.
            ("add 3 x -c food/", "food/groceries food/eating-out"),
            ("add 3 x -c food:e", "food/eating-out"),
            ("add 3 x -c Groc", "groceries"),
            ("add 3 x -c cl", "clothing clothing/shoes"),
            ("add 3 x --category=gro", "--category=groceries"),
            ("add 3 x -cgro", "-cgroceries"),
            ("list -c non", "none"),
            ("category merge non", ""),
            ("category hide sho", "shoes"),
            ("add 3 x --split groc", "groceries="),
            ("add 3 x --split groceries=", ""),
            ("move 1 2 shoe", "shoes"),
            ("move shoe", ""),
            ("transfer 3 ''", "checking rainy-day"),
            ("transfer 3 checking ra", "rainy-day"),
            ("balance ''", "checking rainy-day"),
            ("account reopen o", "old"),
            ("add 3 corner", "corner-bakery"),
            ("add 3 CAF", "café-größe"),
            ("add 3 50%_", "50%-off"),
            ("edit 1 --payee co", "corner-bakery"),
            ("payee merge corner-bakery ca", "café-größe"),
            ("list cor", "corner-bakery"),
            ("add 3 x -t h", "holiday"),
            ("tag rename ''", "holiday"),
            ("category group edit f", "food"),
            ("config set dec", "decimal_mark"),
            ("report sp", "spending"),
            ("report -p yt", "ytd"),
            ("report --by cat", "category"),
            ("report --by category,mon", "category,month"),
            ("account add x --kind sa", "savings"),
            ("help quer", "queries"),
            ("schema db-i", "db-info"),
            ("list -O js", "json jsonl"),
            ("list -O mark", "markdown"),
            ("export -O ''", "csv json jsonl qif ofx hledger ledger beancount"),
            ("list cat:groc", "cat:groceries"),
            ("list acct:rai", "acct:rainy-day"),
            ("report spending payee:cor", "payee:corner-bakery"),
            ("list tag:ho", "tag:holiday"),
            ("import x.csv --profile my", "mybank"),
            ("import profile show ''", "mybank"),
            ("completions z", "zsh"),
            ("bal", "balance"),
        ] {
            assert_eq!(offered(s, line).join(" "), values, "{line}");
        }
        assert!(offered(s, "undo ''").contains(&"1".to_owned()));
        // An amount is nobody else's to know.
        assert!(offered(s, "add ''").iter().all(|value| value.starts_with('-')));
        assert!(offered(s, "category edit gif").contains(&"gifts".to_owned()), "where nothing else fits");
    }

    fn completion_makes_no_book_and_says_nothing(s: &Sandbox) {
        for line in ["add 3 x -c ''", "transfer 3 ''", "tag rename ''", "import undo ''", "payee merge ''"] {
            assert!(offered(s, line).iter().all(|value| value.starts_with('-') || value == "none"), "{line}");
        }
        assert!(s.has_no_book());
    }
}

#[test]
fn whatever_is_wrong_with_the_book_is_not_told_in_the_middle_of_a_line() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee -c food");
    s.write("notes.txt", "no book at all");
    s.write("broken.toml", "this is no toml");
    s.write(".env", "this is = no = env\n");
    for wrong in [
        "--db notes.txt",
        "--db .",
        "--db none.db",
        "--db mysql://h/d",
        "--db postgres://nobody@127.0.0.1:1/x",
        "--config broken.toml --db none.db",
        "--config none.toml",
        "--book ''",
    ] {
        assert!(offered(&s, &format!("{wrong} add 3 x -c gen")).is_empty(), "{wrong}");
    }
    assert!(!s.path("none.db").exists());
}

#[test]
fn the_book_that_the_line_names_is_asked() {
    let s = Sandbox::sqlite();
    s.ok("--db club.db add 3 ball -c sports");
    s.ok("--book holiday add 3 gelato -c sweets");
    assert_eq!(offered(&s, "--db club.db add 3 x -c sp"), ["sports"]);
    assert_eq!(offered(&s, "--db=club.db add 3 x -c sp"), ["sports"]);
    assert_eq!(offered(&s, "add --db club.db 3 b"), ["ball"]);
    assert_eq!(offered(&s, "--book holiday add 3 x -c sw"), ["sweets"]);
    assert_eq!(offered(&s, "--book ''"), ["holiday"]);
    assert_eq!(offered(&s, "--book ho"), ["holiday"]);
    // A value that is also the name of a command is no command.
    s.ok("--book demo add 3 bread -c grain");
    s.ok("--db list add 3 rice -c sacks");
    for book in ["--book demo", "--book=demo", "-O json --book demo", "--book demo --color never"] {
        assert_eq!(offered(&s, &format!("{book} rep")), ["report"], "{book}");
        assert_eq!(offered(&s, &format!("{book} list -c gra")), ["grain"], "{book}");
        assert_eq!(offered(&s, &format!("list {book} -c gra")), ["grain"], "{book}");
    }
    assert_eq!(offered(&s, "--db list list -c sa"), ["sacks"]);
    assert_eq!(offered(&s, "--db ./club.db list -c sp"), ["sports"]);
    assert_eq!(offered(&s, "--book d"), ["demo"]);
    assert!(offered(&s, "add 3 x -c s").is_empty());
    s.write("a file.csv", "");
    assert_eq!(offered(&s, "import 'a '"), ["a file.csv"]);
}

#[test]
fn a_command_runs_in_spite_of_the_variable() {
    let s = Sandbox::sqlite();
    for shell in ["bash", "", "tcsh"] {
        assert!(
            s.groat_with("", &[("GROAT_COMPLETE", shell)], ["--version"]).ok().stdout.starts_with("groat ")
        );
    }
}

#[test]
fn an_unknown_shell_is_refused() {
    crate::typed::says(&Sandbox::sqlite().fails(2, "completions tcsh"), &["`tcsh`", "bash, zsh, fish"]);
}

/// A shell that is started in the sandbox, with groat on its PATH; none where there is no such shell.
fn shell_with_groat(s: &Sandbox, shell: &str, args: &[&str]) -> Option<Command> {
    let groat = s.command(Vec::<&str>::new());
    let mut command = Command::new(shell);
    command.args(args);
    like(&mut command, &groat);
    let folder = std::path::Path::new(groat.get_program()).parent().expect("a program is in a folder");
    if !has(shell) {
        return None;
    }
    command.env("PATH", format!("{}:{path}", folder.display(), path = path())).env("TERM", "xterm-256color");
    Some(command)
}

/// Types lines into a shell and waits for what each is to bring.
fn type_into(command: &Command, lines: &[(&str, &str)]) {
    let terminal = Terminal::start(command);
    for (keys, brings) in lines {
        terminal.type_keys(keys);
        terminal.wait_for(brings);
    }
}

#[test]
fn bash_completes_names_of_the_book() {
    let s = Sandbox::sqlite();
    set_up(&s);
    s.ok("--book demo add 3 bread -c grain");
    let Some(command) = shell_with_groat(&s, "bash", &["--norc", "--noprofile", "-i"]) else { return };
    type_into(
        &command,
        &[
            ("eval \"$(groat completions bash)\"; echo rea''dy\r", "ready"),
            ("groat add 3 x -c groc\tmore", "-c groceries more"),
            ("\x15groat add 3 x --category=groc\tmore", "--category=groceries more"),
            ("\x15groat add 3 x --split groc\t2", "--split groceries=2"),
            ("\x15groat list -p last\\ m\tmore", "-p last\\ month more"),
            ("\x15groat --book demo rep\tmore", "--book demo report more"),
            ("\x15groat --book demo list -c gra\tmore", "-c grain more"),
            ("\x15groat --book d\tmore", "--book demo more"),
            ("\x15groat bal rai\tmore", "rainy-day more"),
            ("\x15groat list cat:groc\tmore", "list cat:groceries more"),
            ("\x15groat transfer 3 \t\t", "checking   rainy-day"),
        ],
    );
}

#[test]
fn what_a_bank_wrote_is_never_run_by_a_shell() {
    let s = Sandbox::sqlite();
    set_up(&s);
    let payee = "Xyz$({touch,ran})`touch ran`$(touch ran)'\"!x";
    s.groat(["add", "3", payee, "-a", "checking", "-c", "none"]).ok();
    let zsh = "autoload -Uz compinit; compinit -u -D; eval \"$(groat completions zsh)\"; echo rea''dy\r";
    let shells = [
        ("bash", &["--norc", "--noprofile", "-i"][..], "eval \"$(groat completions bash)\"; echo rea''dy\r"),
        ("zsh", &["-f", "-i"][..], zsh),
        ("fish", &["--no-config", "-i"][..], "groat completions fish | source; echo rea''dy\r"),
    ];
    for (shell, args, begin) in shells {
        let Some(command) = shell_with_groat(&s, shell, args) else { continue };
        let terminal = Terminal::start(&command);
        terminal.type_keys(begin);
        terminal.wait_for("ready");
        // zsh and fish offer nothing within an open quote.
        let opens = if shell == "bash" { &["", "\"", "'"][..] } else { &[""] };
        for open in opens {
            terminal.type_keys(&format!("groat list -L 1 {open}xyz\t"));
            // What is inserted has the payee's first mark, in whatever way it is written.
            terminal.wait_for("touch,ran");
            // The shell itself closes the quote.
            let done = format!("done{}", open.chars().map(u32::from).sum::<u32>());
            terminal.type_keys(&format!("; echo {}\r", done.replacen("ne", "n''e", 1)));
            terminal.wait_for(&done);
            assert!(!s.path("ran").exists(), "{shell} ran a payee behind {open}");
            terminal.type_keys("clear\r");
        }
    }
}

#[test]
fn zsh_completes_names_of_the_book() {
    let s = Sandbox::sqlite();
    set_up(&s);
    s.ok("--book demo add 3 bread -c grain");
    let Some(command) = shell_with_groat(&s, "zsh", &["-f", "-i"]) else { return };
    type_into(
        &command,
        &[
            (
                "autoload -Uz compinit; compinit -u -D; eval \"$(groat completions zsh)\"; echo rea''dy\r",
                "ready",
            ),
            ("groat add 3 x -c groc\tmore", "-c groceries more"),
            ("\x15groat add 3 x --category=groc\tmore", "--category=groceries more"),
            ("\x15groat add 3 x --split groc\t2", "--split groceries=2"),
            ("\x15groat --book demo rep\tmore", "--book demo report more"),
            ("\x15groat --book demo list -c gra\tmore", "-c grain more"),
            ("\x15groat --book d\tmore", "--book demo more"),
            ("\x15groat bal rai\tmore", "rainy-day more"),
            ("\x15groat transfer 3 \t", "-- Rainy day"),
        ],
    );
}

#[test]
fn zsh_loads_the_script_from_its_folders_too() {
    let s = Sandbox::sqlite();
    set_up(&s);
    s.write("_groat", s.ok("completions zsh").stdout);
    let Some(command) = shell_with_groat(&s, "zsh", &["-f", "-i"]) else { return };
    type_into(
        &command,
        &[
            ("fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy\r", "ready"),
            ("groat add 3 x -c groc\tmore", "-c groceries more"),
        ],
    );
}

#[test]
fn fish_completes_names_of_the_book() {
    let s = Sandbox::sqlite();
    set_up(&s);
    s.ok("--book demo add 3 bread -c grain");
    let script = "groat completions fish | source; complete -C 'groat add 3 x -c groc'; \
        complete -C 'groat transfer 3 '; complete -C 'groat add 3 x --category=groc'; \
        complete -C 'groat --book demo list -c gra'";
    let Some(mut command) = shell_with_groat(&s, "fish", &["--no-config", "-c", script]) else { return };
    let output = command.output().expect("fish can be started");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "groceries\tFood: Groceries\nchecking\tChecking\nrainy-day\tRainy day\n--category=groceries\tFood: Groceries\n\
         grain\tGeneral: Grain\n"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
