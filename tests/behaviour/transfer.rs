//! `transfer`: money between two own accounts, in one currency or two, with a category or without.

use crate::add::{POSTING, TRANSACTION};
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, keys, says};

fn accounts(s: &Sandbox) {
    for line in [
        "account add Cash --kind cash",
        "account add Checking",
        "account add Savings --kind savings --off-budget",
        "account add Euro --currency EUR",
        "category add 'Nest egg' --group Home",
    ] {
        s.ok(line);
    }
}

on_both_databases! {
    fn a_transfer_has_a_leg_in_each_account(s: &Sandbox) {
        accounts(s);
        let object = s.json("transfer 200 checking cash -d 2026-01-10 -m wallet");
        assert_eq!(keys(&object), TRANSACTION);
        assert_eq!(keys(&object["postings"][0]), POSTING);
        assert_eq!(
            brief(&object, "id kind date payee note amount currency value account category status"),
            "1 transfer 2026-01-10 null wallet -200.00 USD -200.00 null null null"
        );
        assert_eq!(
            briefs(&object["postings"], "account amount value status"),
            ["Checking -200.00 -200.00 pending", "Cash 200.00 200.00 cleared",]
        );
        assert_eq!(object, s.json("show 1"));
        assert_eq!(s.json("report")["total"], "0.00");
        assert_eq!(s.json("list -c none")["total"], 0);
        s.ok("db verify");
    }

    fn two_currencies_want_what_was_received(s: &Sandbox) {
        accounts(s);
        says(&s.refuses(2, "transfer 100 cash euro"), &["--received", "EUR"]);
        let out = s.json("transfer 100 cash euro --received 92");
        assert_eq!(brief(&out, "amount currency value"), "-100.00 USD -100.00");
        assert_eq!(
            briefs(&out["postings"], "amount currency value"),
            ["-100.00 USD -100.00", "92.00 EUR 100.00"]
        );
        let back = s.json("transfer '50 EUR' euro cash --received '54.20 USD'");
        assert_eq!(brief(&back, "amount currency value"), "-50.00 EUR -54.20");
        assert_eq!(
            briefs(&back["postings"], "amount currency value"),
            ["-50.00 EUR -54.20", "54.20 USD 54.20"]
        );
        // Cash: -100 + 54.20; euro: 92 - 50.
        assert_eq!(
            briefs(&s.json("balance euro cash")["accounts"], "account balance currency"),
            ["Cash -45.80 USD", "Euro 42.00 EUR"]
        );
        assert_eq!(s.json("report")["total"], "0.00");
        s.ok("account add Yen --currency JPY");
        let exotic = s.json("transfer 10 euro yen --received 1700");
        assert_eq!(
            briefs(&exotic["postings"], "amount currency value"),
            ["-10.00 EUR null", "1700 JPY null"]
        );
        s.ok("db verify");
    }

    fn a_category_stands_between_on_and_off_budget_alone(s: &Sandbox) {
        accounts(s);
        let object = s.json("transfer 50 checking savings -c 'nest egg'");
        assert_eq!(briefs(&object["postings"], "account category"), ["Checking Nest egg", "Savings null"]);
        s.ok("transfer 20 savings cash -c nest");
        assert_eq!(briefs(&s.json("report")["rows"], "category amount count"), ["Nest egg 30.00 2"]);
        s.refuses(2, "transfer 5 checking cash -c 'nest egg'");
        s.refuses(3, "transfer 5 checking savings -c books");
    }

    fn a_transfer_that_cannot_be_is_refused(s: &Sandbox) {
        accounts(s);
        says(&s.refuses(2, "transfer 5 cash cash"), &["Cash"]);
        for amount in ["-5", "+5", "(5)", "0", "abc", "'5 EUR'", "-x"] {
            s.refuses(2, &format!("transfer {amount} cash checking"));
        }
        s.refuses(2, "transfer 5 cash euro --received -3");
        s.refuses(2, "transfer 5 cash euro --received '3 USD'");
        s.refuses(2, "transfer 5 cash checking --received 6");
        s.refuses(3, "transfer 5 cash nope");
        s.refuses(3, "transfer 5 nope cash");
        s.refuses(3, "transfer 5 c savings");
        for line in ["transfer", "transfer 5", "transfer 5 cash"] {
            s.refuses(4, line);
        }
        s.ok("transfer 5 cash checking --received 5");
    }

    fn a_transfer_is_edited_on_both_sides(s: &Sandbox) {
        accounts(s);
        s.ok("transfer 5 cash checking");
        let object = s.json("edit 1 --amount 7 -d yesterday -m more --payee Bank");
        assert_eq!(brief(&object, "kind date amount note payee"), "transfer 2026-01-14 -7.00 more Bank");
        assert_eq!(
            briefs(&object["postings"], "amount value date"),
            ["-7.00 -7.00 2026-01-14", "7.00 7.00 2026-01-14"]
        );
        s.refuses(2, "edit 1 -a savings");
        s.refuses(1, "edit 1 -c 'nest egg'");
        s.refuses(1, "move 1 'nest egg'");
        s.ok("transfer 100 cash euro --received 92");
        s.refuses(2, "edit 2 --amount 50");
        s.ok("db verify");
    }
}
