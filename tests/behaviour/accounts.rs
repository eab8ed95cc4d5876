//! `account`: making, changing, closing, deleting; opening balances; how a name is found.

use crate::support::on_both_databases;
use crate::typed::{Typed, brief, briefs, column, keys, says};

on_both_databases! {
    fn what_an_account_begins_with_and_its_new_name_are_told(s: &Sandbox) {
        assert_eq!(
            s.ok("account add Amex --balance -1120").stdout,
            "added account Amex, starting balance -1,120.00 (checking, USD)\n"
        );
        assert_eq!(
            s.ok("account edit amex --name Card").stdout,
            "renamed account Amex to Card (checking, USD)\n"
        );
        says(&s.ok("account add Cash"), &["`groat config set account Card`"]);
        assert_eq!(s.ok("account add Third").stderr, "");
        assert!(s.ok("add 1234 x -a cash").stdout.contains("1,234.00"));
        assert!(s.ok("log -L 1").stdout.contains("spent 1,234.00 USD at x"));
    }

    fn an_account_that_the_setting_names_and_the_book_lacks_is_told(s: &Sandbox) {
        s.ok("account add Cash");
        s.ok("account add Checking");
        says(&s.ok("config set account nosuch"), &["warning: no account named `nosuch` in this book"]);
        says(&s.refuses(4, "add 3 x"), &["which account?", "the setting `account` is `nosuch`"]);
        assert!(!s.ok("config set account cash").stderr.contains("warning"));
        s.ok("add 3 x -c ''");
        assert!(s.json("show 1")["category"].is_null());
    }

    fn an_account_is_checking_and_in_the_books_currency_unless_said(s: &Sandbox) {
        let object = s.json("account add 'Day to day'");
        assert_eq!(keys(&object), "id name slug kind currency on_budget closed operation");
        assert_eq!(
            brief(&object, "id name slug kind currency on_budget closed"),
            "1 Day to day day-to-day checking USD true false"
        );
        for (line, expected) in [
            ("Purse --kind cash", "cash USD true"),
            ("House --kind other --off-budget", "other USD false"),
            ("Giro --kind savings --currency eur", "savings EUR false"),
            ("Visa --kind CARD", "card USD true"),
        ] {
            assert_eq!(
                brief(&s.json(&format!("account add {line}")), "kind currency on_budget"),
                expected,
                "{line}"
            );
        }
        let list = s.json("account list");
        assert_eq!(keys(&list), "accounts");
        assert_eq!(keys(&list["accounts"][0]), "id name slug kind currency on_budget closed");
        assert_eq!(column(&list["accounts"], "name"), ["Day to day", "Giro", "House", "Purse", "Visa"]);
        says(&s.ok("account add Konto --currency EUR"), &["off budget", "EUR"]);
    }

    fn an_account_that_cannot_be_is_refused(s: &Sandbox) {
        s.ok("account add Checking");
        says(&s.refuses(1, "account add CHECKING"), &["already"]);
        says(&s.refuses(2, "account add X --kind bank"), &["checking", "savings"]);
        s.refuses(2, "account add X --currency EURO");
        s.refuses(3, "account add X --currency ZZZ");
        for name in ["''", "'  '", "none", "All", "tbb", "a/b", "a:b", "--", "-_-"] {
            s.refuses(2, &format!("account add -- {name}"));
        }
    }

    fn an_opening_balance_is_income_that_no_report_counts(s: &Sandbox) {
        s.ok("account add Checking --balance 1,000 -d 2026-01-02");
        s.ok("account add Visa --kind card --balance -300");
        s.ok("account add Empty --balance 0");
        let list = s.json("list");
        assert_eq!(
            briefs(&list["transactions"], "date payee account category amount status"),
            [
                "2026-01-15 Starting balance Visa Starting balances -300.00 cleared",
                "2026-01-02 Starting balance Checking Starting balances 1000.00 cleared",
            ]
        );
        assert_eq!(s.json("report")["total"], "0.00");
        let overview = s.json("");
        assert_eq!(brief(&overview, "income spending uncategorised"), "0.00 0.00 0");
        assert_eq!(s.json("show 1")["kind"], "income");
    }

    fn an_opening_balance_off_budget_is_neither_income_nor_spending(s: &Sandbox) {
        s.ok("account add Mortgage --kind loan --off-budget --balance -200000");
        s.ok("account add House --kind other --off-budget --balance 350000");
        let report = s.json("report");
        assert_eq!((&report["total"], report["rows"].as_array().map(Vec::len)), (&"0.00".into(), Some(0)));
        let overview = s.json("");
        assert_eq!(brief(&overview, "income spending"), "0.00 0.00");
        assert_eq!(
            briefs(&s.json("balance")["accounts"], "account balance"),
            ["House 350000.00", "Mortgage -200000.00"]
        );
    }

    fn an_account_is_edited(s: &Sandbox) {
        s.ok("account add Checking");
        s.ok("add 5 x");
        assert_eq!(
            brief(&s.json("account edit checking --name Giro --kind savings"), "id name kind"),
            "1 Giro savings"
        );
        assert_eq!(s.json("show 1")["account"], "Giro");
        assert_eq!(s.json("account edit giro --off-budget")["on_budget"], false);
        assert_eq!(s.json("account edit giro --on-budget")["on_budget"], true);
        s.ok("db verify");
        // Its amounts are in dollars for ever, as long as there are any.
        s.refuses(1, "account edit giro --currency EUR");
        s.ok("account add Empty");
        assert_eq!(s.json("account edit empty --currency EUR")["currency"], "EUR");
        s.refuses(1, "account edit empty --name GIRO");
        s.refuses(2, "account edit giro");
        s.refuses(2, "account edit giro --name ''");
        s.refuses(3, "account edit nope --name X");
    }

    fn a_closed_account_is_empty_and_takes_nothing_more(s: &Sandbox) {
        s.ok("account add Old --balance 70");
        s.ok("account add New");
        says(&s.refuses(1, "account close old"), &["70.00", "--to"]);
        s.refuses(2, "account close old --to old");
        s.refuses(3, "account close old --to nope");
        assert_eq!(brief(&s.json("account close old --to new -d 2026-01-14"), "name closed"), "Old true");
        let moved = s.json("show 2");
        assert_eq!(brief(&moved, "kind date amount"), "transfer 2026-01-14 -70.00");
        assert_eq!(briefs(&moved["postings"], "account amount"), ["Old -70.00", "New 70.00"]);
        assert_eq!(briefs(&s.json("balance")["accounts"], "account balance"), ["New 70.00"]);
        // Open ones come first, whatever they are called.
        assert_eq!(briefs(&s.json("account list")["accounts"], "name closed"), ["New false", "Old true"]);
        s.refuses(1, "add 1 x -a old");
        s.refuses(1, "transfer 1 new old");
        s.refuses(1, "account close old");
        assert_eq!(s.json("account reopen old")["closed"], false);
        s.refuses(1, "account reopen old");
        s.ok("account close old");
    }

    fn an_overdrawn_account_is_closed_from_the_other(s: &Sandbox) {
        s.ok("account add Visa --kind card --balance -120.50");
        s.ok("account add Checking --balance 200");
        s.ok("account close visa --to checking");
        assert_eq!(briefs(&s.json("balance")["accounts"], "account balance"), ["Checking 79.50"]);
    }

    fn only_an_unused_account_is_deleted(s: &Sandbox) {
        s.ok("account add Checking");
        s.ok("account add Typo");
        s.ok("add 5 x -a checking");
        says(&s.refuses(1, "account delete checking"), &["Checking", "in use"]);
        let done = s.json("account delete typo");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(column(&s.json("account list")["accounts"], "name"), ["Checking"]);
        s.refuses(3, "account delete typo");
    }

    fn an_account_is_found_by_any_spelling_of_its_name_or_its_beginning(s: &Sandbox) {
        s.ok("account add 'Joint Savings'");
        s.ok("account add 'Joint Checking'");
        for name in ["'joint savings'", "JOINT_SAVINGS", "joint-savings", "'joint  SAV'", "joint-s"] {
            assert_eq!(
                s.json(&format!("balance {name}"))["accounts"][0]["account"],
                "Joint Savings",
                "{name}"
            );
        }
        says(&s.fails(3, "balance joint"), &["Joint Savings", "Joint Checking"]);
        says(&s.fails(3, "balance 'joint savnigs'"), &["no account named", "did you mean `Joint Savings`?"]);
        says(&s.refuses(3, "add 5 x -a cash"), &["no account named `cash`", "Joint Savings"]);
    }
}
