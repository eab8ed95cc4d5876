//! Questions: asked on a terminal and nowhere else, answered by keys, by `--yes`, or never.

use crate::support::{Sandbox, Terminal, inspect, keys};
use crate::typed::{Typed, brief, briefs, column, shell};

/// Every command that would ask for what a script has to give.
const ASKING: [&str; 3] = ["add", "income", "transfer"];

#[test]
fn init_asks_for_currency_account_and_categories() {
    let s = Sandbox::sqlite();
    let mut terminal = s.terminal(["init"]);
    terminal.wait_for("Currency");
    terminal.wait_for("USD");
    terminal.type_keys("EUR");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("account");
    terminal.type_keys("Giro");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("starter");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(briefs(&s.json("account list")["accounts"], "name kind currency"), ["Giro checking EUR"]);
    assert!(column(&s.json("category list")["categories"], "slug").contains(&"food/groceries".to_owned()));
}

#[test]
fn init_refuses_an_answer_at_its_own_question_and_asks_again() {
    let s = Sandbox::sqlite();
    let mut terminal = s.terminal(["init"]);
    terminal.wait_for("USD");
    terminal.type_keys("EURO\r");
    terminal.wait_for("`EURO`");
    terminal.type_keys("\x7f\r");
    terminal.wait_for("First account?");
    terminal.type_keys("none\r");
    terminal.wait_for("`none`");
    terminal.type_keys("\x7f\x7f\x7f\x7fGiro\r");
    terminal.wait_for("starter");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(briefs(&s.json("account list")["accounts"], "name currency"), ["Giro EUR"]);
}

#[test]
fn init_takes_its_defaults_for_empty_answers() {
    let s = Sandbox::sqlite();
    let mut terminal = Terminal::start(s.command(["init"]).env("TERM", "xterm").env("LANG", "en_GB.UTF-8"));
    terminal.wait_for("GBP");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("account");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("starter");
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(brief(&s.json("db info"), "currency transactions"), "GBP 0");
    assert_eq!(s.json("account list")["accounts"].as_array().map(Vec::len), Some(0));
    assert_eq!(s.json("category list")["categories"].as_array().map(Vec::len), Some(2));
}

#[test]
fn init_with_flags_asks_nothing() {
    let s = Sandbox::sqlite();
    let mut terminal = s.terminal(["init", "--currency", "EUR"]);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(s.json("db info")["currency"], "EUR");
}

#[test]
fn add_without_values_asks_for_them() {
    let s = Sandbox::sqlite();
    for (command, amount) in [("add", "-3.20"), ("income", "3.20")] {
        let mut terminal = s.terminal([command]);
        terminal.wait_for("?");
        terminal.type_keys("3.20");
        terminal.type_keys(keys::ENTER);
        terminal.wait_for("hom?");
        terminal.type_keys("corner bar");
        terminal.type_keys(keys::ENTER);
        assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
        assert_eq!(brief(&s.json("list")["transactions"][0], "amount payee"), format!("{amount} corner bar"));
    }
    // Flags that were given hold; nobody need be named.
    let mut terminal = s.terminal(["add", "-c", "drinks", "-d", "yesterday"]);
    terminal.wait_for("?");
    terminal.type_keys("4");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("hom?");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(brief(&s.json("show 3"), "amount payee category date"), "-4.00 null Drinks 2026-01-14");
}

#[test]
fn a_bad_answer_is_refused_as_a_bad_argument_is() {
    let s = Sandbox::sqlite();
    let mut terminal = s.terminal(["add"]);
    terminal.wait_for("?");
    terminal.type_keys("three");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("is not an amount");
    assert_eq!(terminal.wait_for_exit(), 2);
    assert!(s.has_no_book());
}

#[test]
fn an_interrupted_question_changes_nothing() {
    let s = Sandbox::sqlite();
    for (command, key) in [("init", keys::CTRL_C), ("add", keys::CTRL_C), ("add", keys::ESCAPE)] {
        let mut terminal = s.terminal([command]);
        terminal.wait_for("?");
        terminal.type_keys(key);
        assert_eq!(terminal.wait_for_exit(), 130, "{command}: {}", terminal.screen());
        assert!(s.has_no_book(), "{command}");
    }
}

#[test]
fn nobody_is_asked_where_questions_are_barred() {
    let s = Sandbox::sqlite();
    s.ok("account add Cash --kind cash");
    let before = s.dump(&[]);
    for line in ASKING {
        for (args, variables) in [
            (&[line, "--no-input"][..], &[("TERM", "xterm")][..]),
            (&[line], &[("TERM", "xterm"), ("GROAT_NO_INPUT", "1")]),
            (&[line], &[("TERM", "dumb")]),
        ] {
            let mut terminal = Terminal::start(s.command(args).envs(variables.iter().copied()));
            assert_eq!(terminal.wait_for_exit(), 4, "{args:?} {variables:?}: {}", terminal.screen());
            let told = terminal.output();
            assert!(told.contains("error: ") && told.contains("amount"), "{told}");
        }
        // Prompts read the terminal itself: stdin being a pipe must keep them from it, and stderr too.
        for streams in ["< /dev/null", "2> told; code=$?; cat told; exit $code"] {
            let mut command = shell(&s, &format!("\"$0\" \"$@\" {streams}"), line);
            let mut terminal = Terminal::start(command.env("TERM", "xterm"));
            assert_eq!(terminal.wait_for_exit(), 4, "{streams}: {}", terminal.screen());
        }
        s.refuses(4, line);
    }
    let mut terminal = s.terminal(["init", "--no-input"]);
    assert_eq!(terminal.wait_for_exit(), 0);
    assert_eq!(before, s.dump(&[]));
}

#[test]
fn what_undo_cannot_take_back_asks_first() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let before = s.dump(&[]);
    let newest = inspect::query(&s.database_url(), "SELECT version FROM __diesel_schema_migrations").len();
    for answer in ["n", ""] {
        let mut terminal = s.terminal(["db", "rollback"]);
        terminal.wait_for("?");
        terminal.type_keys(answer);
        terminal.type_keys(keys::ENTER);
        assert_eq!(terminal.wait_for_exit(), 1, "{}", terminal.screen());
        assert_eq!(before, s.dump(&[]));
    }
    let mut terminal = s.terminal(["db", "rollback"]);
    terminal.wait_for("?");
    terminal.type_keys("y");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    // What the newest migration makes is empty here.
    let applied = inspect::query(&s.database_url(), "SELECT version FROM __diesel_schema_migrations").len();
    assert_eq!(applied, newest - 1);
    s.ok("list");
    // `--yes` answers it, and what undo can take back never asks.
    for args in
        [&["db", "rollback", "--yes"][..], &["delete", "1"], &["undo"], &["account", "delete", "nope"]]
    {
        let mut terminal = s.terminal(args);
        let code = terminal.wait_for_exit();
        assert_eq!(code, if args[0] == "account" { 3 } else { 0 }, "{args:?}: {}", terminal.screen());
    }
}

#[test]
fn a_near_miss_of_a_category_offers_the_right_one() {
    let s = Sandbox::sqlite();
    s.ok("add 45.60 tesco -c groceries");
    let mut terminal = s.terminal(["add", "5", "lidl", "-c", "grocries"]);
    terminal.wait_for("> Groceries");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(brief(&s.json("show 2"), "payee category"), "lidl Groceries");
}

#[test]
fn several_accounts_are_offered() {
    let s = Sandbox::sqlite();
    s.ok("account add Checking");
    s.ok("account add Savings");
    let mut terminal = s.terminal(["add", "5", "lidl"]);
    terminal.wait_for("Savings");
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(s.json("show 1")["account"], "Savings");
}

#[test]
fn transfer_without_values_asks_for_them() {
    let s = Sandbox::sqlite();
    s.ok("account add Checking");
    s.ok("account add Savings");
    let mut terminal = s.terminal(["transfer"]);
    let questions = ["How much?", "From which account?", "To which account?"];
    for (question, answer) in questions.into_iter().zip(["200", "Checking", "Savings"]) {
        terminal.wait_for(&format!("? {question}"));
        terminal.type_keys(answer);
        terminal.wait_for(answer);
        terminal.type_keys(keys::ENTER);
    }
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    let moved = s.json("show 1");
    assert_eq!(brief(&moved, "kind amount"), "transfer -200.00");
    assert_eq!(column(&moved["postings"], "account"), ["Checking", "Savings"]);
}

#[test]
fn the_editor_opens_the_config_file_on_a_terminal_alone() {
    let s = Sandbox::sqlite();
    s.fails(4, "config edit");
    s.write("new.toml", "strict = true\n");
    let mut command = s.command(["config", "edit"]);
    command.env("TERM", "xterm").env("EDITOR", format!("cp {}", s.path("new.toml").display()));
    let mut terminal = Terminal::start(&command);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(s.ok("config get strict").stdout, "true\n");
    s.write("new.toml", "nonsense = true\n");
    let mut terminal = Terminal::start(&command);
    assert_eq!(terminal.wait_for_exit(), 2, "{}", terminal.screen());
    s.write("new.toml", "");
    let mut terminal = Terminal::start(&command);
    assert_eq!(
        terminal.wait_for_exit(),
        0,
        "a config file that cannot be read can be mended: {}",
        terminal.screen()
    );
}
