//! `import -i`: rows that look like what is there are asked about, and nothing is written before the last answer.

use crate::support::{Sandbox, keys};

const FILE: &str = "Date,Payee,Amount\n2026-01-10,Tesco,-45.60\n2026-01-11,Shell,-30.00\n";

fn book() -> (Sandbox, String) {
    let s = Sandbox::sqlite();
    s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
    s.groat(["add", "45.60", "market", "-d", "2026-01-09"]).ok();
    s.groat(["add", "30", "petrol", "-d", "2026-01-11"]).ok();
    s.write("bank.csv", FILE);
    let file = s.path("bank.csv").display().to_string();
    (s, file)
}

fn payees(s: &Sandbox) -> Vec<String> {
    let list = s.groat(["list", "--json"]).ok().json();
    let all = list["transactions"].as_array().expect("a list");
    let mut payees: Vec<String> =
        all.iter().map(|one| one["payee"].as_str().expect("a name").to_owned()).collect();
    payees.sort();
    payees
}

#[test]
fn a_no_makes_a_transaction_of_its_own() {
    let (s, file) = book();
    let mut terminal = s.terminal(["import", &file, "-a", "checking", "-i"]);
    terminal.wait_for("is it 1 market?");
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("is it 2 petrol?");
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("Import 1 new, 1 matched");
    terminal.type_keys("y\r");
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(payees(&s), ["Tesco", "market", "petrol"]);
}

#[test]
fn a_no_at_the_end_leaves_everything_as_it_was() {
    let (s, file) = book();
    let before = s.dump(&[]);
    let mut terminal = s.terminal(["import", &file, "-a", "checking", "-i"]);
    terminal.wait_for("is it 1 market?");
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("Import 0 new, 2 matched");
    terminal.type_keys("n\r");
    assert_eq!(terminal.wait_for_exit(), 1, "{}", terminal.screen());
    assert_eq!(s.dump(&[]), before);
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let (s, file) = book();
    let run = s.groat(["import", &file, "-a", "checking", "-i"]).fails(4);
    assert!(run.stderr.contains("`-n` shows what would be done"), "{}", run.stderr);
}
