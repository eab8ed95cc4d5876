//! `init`: setting a book up by flags; and which currency a book gets when nobody says.

use std::os::unix::fs::PermissionsExt;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, says, shell};

on_both_databases! {
    fn a_book_is_set_up_by_flags(s: &Sandbox) {
        let run = s.ok("init --currency GBP --account Checking --categories starter");
        assert!(run.stdout.contains("Checking") && run.stdout.lines().count() == 1, "{}", run.stdout);
        assert_eq!(
            briefs(&s.json("account list")["accounts"], "name kind currency on_budget"),
            ["Checking checking GBP true"]
        );
        let slugs = column(&s.json("category list")["categories"], "slug");
        for slug in
            ["income/income", "income/starting-balances", "food/groceries", "food/eating-out", "home/rent"]
        {
            assert!(slugs.iter().any(|known| known == slug), "{slug} in {slugs:?}");
        }
        assert_eq!(brief(&s.json("add 3 x"), "amount currency"), "-3.00 GBP");
        assert_eq!(briefs(&s.json("log")["operations"], "id undone"), ["2 false", "1 false"]);
    }

    fn init_without_anything_to_ask_takes_the_defaults(s: &Sandbox) {
        s.ok("init");
        assert!(!s.has_no_book());
        assert_eq!(s.json("db info")["currency"], "USD");
        assert_eq!(s.json("account list")["accounts"].as_array().map(Vec::len), Some(0));
        assert_eq!(s.json("category list")["categories"].as_array().map(Vec::len), Some(2));
    }

    fn init_can_be_said_again_while_nothing_is_posted(s: &Sandbox) {
        s.ok("init --currency EUR --account Giro");
        s.ok("init --currency GBP --categories starter");
        s.ok("init --currency GBP --categories starter");
        assert_eq!(briefs(&s.json("account list")["accounts"], "name currency"), ["Giro GBP"]);
        assert_eq!(s.json("category list")["categories"].as_array().map(Vec::len), Some(18));
        s.refuses(1, "init --account giro");
        s.ok("add 3 x");
        says(&s.refuses(1, "init --currency EUR"), &["GBP"]);
        s.ok("init --currency GBP");
    }

    fn init_answers_as_every_other_change(s: &Sandbox) {
        let object = s.json("init --account Checking");
        for key in ["operation", "summary", "transactions"] {
            assert!(!object[key].is_null(), "{key} in {object}");
        }
        assert_eq!(s.ok("init --account Savings -q").stdout, "");
    }

    fn what_init_does_not_understand_is_refused(s: &Sandbox) {
        for (code, line) in [
            (2, "init --currency EURO"),
            (2, "init --currency E"),
            (3, "init --currency ZZZ"),
            (2, "init --categories many"),
            (2, "init --account none"),
            (2, "init --account ''"),
        ] {
            s.fails(code, line);
            assert!(s.has_no_book(), "{line}");
        }
    }
}

#[test]
fn the_currency_is_that_of_the_locales_territory() {
    for (locale, code, why) in [
        (&[("LANG", "en_GB.UTF-8")][..], "GBP", "locale"),
        (&[("LANG", "de_AT.UTF-8@euro")], "EUR", "locale"),
        (&[("LANG", "en_GB.UTF-8"), ("LC_MONETARY", "ja_JP.UTF-8")], "JPY", "locale"),
        (
            &[("LANG", "en_GB.UTF-8"), ("LC_MONETARY", "ja_JP.UTF-8"), ("LC_ALL", "de_CH.UTF-8")],
            "CHF",
            "locale",
        ),
        (&[("LANG", "C")], "USD", "locale"),
        (&[("LANG", "de")], "USD", "locale"),
        (&[("LANG", "")], "USD", "locale"),
    ] {
        let s = Sandbox::sqlite();
        let run = s.groat_with("", locale, ["add", "3", "coffee"]).ok();
        says(&run, &[&format!("in {code}"), why, "groat init --currency"]);
        assert_eq!(s.json("db info")["currency"], code, "{locale:?}");
        // From then on it is the book's, whatever the locale says.
        assert_eq!(
            s.groat_with("", &[("LANG", "sv_SE.UTF-8")], ["db", "info", "--json"]).ok().json()["currency"],
            code
        );
    }
}

#[test]
fn the_advice_of_the_first_confirmation_works() {
    let s = Sandbox::sqlite();
    let run = s.ok("add 3 coffee");
    let advice: Vec<&str> = run.stderr.split('`').filter(|part| part.starts_with("groat ")).collect();
    assert!(!advice.is_empty(), "{}", run.stderr);
    for command in advice {
        s.ok(command.trim_start_matches("groat "));
    }
    assert_eq!(s.json("add 3 coffee")["currency"], "EUR");
}

#[test]
fn a_new_book_and_its_folder_are_their_owners_alone() {
    let s = Sandbox::sqlite();
    // Whatever the umask.
    let made = shell(&s, "umask 000; exec \"$0\" \"$@\"", "add 3 coffee").status();
    assert!(made.expect("there is a shell").success());
    let mode = |path: &std::path::Path| path.metadata().expect("it was made").permissions().mode() & 0o777;
    assert_eq!(mode(&s.book_path()), 0o600);
    assert_eq!(mode(s.book_path().parent().expect("a folder")), 0o700);
    s.ok("config set strict true");
    assert_eq!(mode(&s.root().join("config/groat/config.toml")), 0o600);
}

#[test]
fn home_may_be_the_only_variable() {
    let s = Sandbox::sqlite();
    let home = s.root().join("home");
    let mut command = s.command(["add", "3.20", "coffee"]);
    command.env_clear().env("HOME", &home);
    assert!(command.output().expect("groat can be started").status.success());
    assert!(home.join(".local/share/groat/groat.db").is_file());
    let mut command = s.command(["config", "set", "strict", "true"]);
    command.env_clear().env("HOME", &home);
    assert!(command.output().expect("groat can be started").status.success());
    assert!(home.join(".config/groat/config.toml").is_file());
}
