//! `add` and `income`: what they answer, what they make in passing, and the defaults of the contract's section 3.

use crate::support::on_both_databases;
use crate::typed::{Typed, brief, briefs, column, keys, says};

/// The keys of a transaction, for ever in this order.
pub const TRANSACTION: &str = "id kind date payee note tags status account category category_slug amount currency \
     value postings operation created_at updated_at";
pub const POSTING: &str = "account category category_slug date amount currency value memo status";

on_both_databases! {
    fn the_first_add_makes_a_book_an_account_and_a_payee(s: &Sandbox) {
        let run = s.ok("add 3.20 coffee");
        assert_eq!(run.stdout, "added 1: 3.20 USD at coffee, uncategorised (Cash, 2026-01-15)\n");
        says(&run, &["USD", "groat init --currency", "created account Cash"]);
        assert_eq!(briefs(&s.json("account list")["accounts"], "name kind currency"), ["Cash cash USD"]);
        let shown = s.json("show 1");
        assert_eq!(
            brief(&shown, "kind payee amount currency account status"),
            "spending coffee -3.20 USD Cash cleared"
        );
        assert!(shown["category"].is_null());
        // Said once, of the first one alone.
        assert_eq!(s.ok("add 1 coffee").stderr, "");
    }

    fn a_transaction_has_the_promised_keys(s: &Sandbox) {
        for line in
            ["add 3.20 coffee", "income 2100 salary", "show 1", "edit 1 --amount -3.30", "duplicate 1"]
        {
            let object = s.json(line);
            assert_eq!(keys(&object), TRANSACTION, "{line}");
            assert_eq!(keys(&object["postings"][0]), POSTING, "{line}");
        }
    }

    fn what_is_absent_is_null_and_numbers_are_numbers(s: &Sandbox) {
        let object = s.json("add 3.20");
        for absent in ["payee", "note", "category", "category_slug"] {
            assert!(object[absent].is_null(), "{absent}");
        }
        assert_eq!(object["id"].as_i64(), Some(1));
        assert_eq!(object["operation"].as_i64(), Some(1));
        assert_eq!(object["tags"].as_array().map(Vec::len), Some(0));
        assert_eq!(brief(&object["postings"][0], "date amount value memo"), "2026-01-15 -3.20 -3.20 null");
    }

    fn add_answers_what_show_answers_later(s: &Sandbox) {
        s.ok("add 1 Tesco -t Trip -c groceries");
        for line in [
            "add 3.20 'corner shop' -c food/sweets -t 'rome 2026' -t trip -m 'for the train' -d 2026-01-10",
            "add 9 tesco --split groceries=5 --split wine=4 --pending",
            "income 50 tesco -t TRIP",
            "add 1 TESCO -c none",
        ] {
            let added = s.json(line);
            assert_eq!(added, s.json(&format!("show {}", added["id"])), "{line}");
        }
    }

    fn income_is_money_in_and_goes_to_income(s: &Sandbox) {
        let run = s.ok("income 2100 salary -d 1");
        assert_eq!(run.stdout, "added 1: +2,100.00 USD from salary, Income (Cash, 2026-01-01)\n");
        for line in ["income 5 gran", "add +5 gran2"] {
            let object = s.json(line);
            assert_eq!(brief(&object, "kind amount category_slug"), "income 5.00 income/income", "{line}");
        }
    }

    fn a_payee_is_several_words_and_is_found_again_however_it_is_folded(s: &Sandbox) {
        s.ok("add 1 Café du Nord");
        for line in ["add 1 café_du-nord", "add 1 'CAFÉ  DU NORD'", "add 1 Cafe\u{301} du nord"] {
            assert_eq!(s.json(line)["payee"], "Café du Nord", "{line}");
        }
        // Never by prefix or near match: another one is made.
        assert_eq!(s.json("add 1 Café du")["payee"], "Café du");
        assert_eq!(s.json("add 1 Café du Nort")["payee"], "Café du Nort");
        assert_eq!(
            column(&s.json("payee list")["payees"], "name"),
            ["Café du", "Café du Nord", "Café du Nort"]
        );
    }

    fn a_new_category_is_made_capitalised_in_general_and_said(s: &Sandbox) {
        says(&s.ok("add 45.60 tesco -c groceries"), &["created category Groceries in General"]);
        says(&s.ok("income 50 shop -c refunds"), &["created category Refunds"]);
        says(&s.ok("add +5 shop2 -c cashback"), &["created category Cashback"]);
        says(&s.ok("add 9 bistro -c 'food: eating out'"), &["created category Eating out in Food"]);
        let all = s.json("category list");
        let made: Vec<String> = briefs(&all["categories"], "slug kind").split_off(2);
        assert_eq!(
            made,
            [
                "general/groceries expense",
                "general/refunds income",
                "general/cashback income",
                "food/eating-out expense"
            ]
        );
    }

    fn a_category_is_found_by_name_slug_and_prefix(s: &Sandbox) {
        s.ok("category add 'Eating out' --group Food");
        for name in
            ["'eating out'", "EATING_OUT", "eating-out", "food/eating-out", "'Food: Eating out'", "fo/eat"]
        {
            let object = s.json(&format!("add 1 bistro -c {name}"));
            assert_eq!(object["category_slug"], "food/eating-out", "{name}");
        }
        says(&s.ok("add 1 other -c eat"), &["Eating out"]);
    }

    fn a_near_miss_of_a_category_is_refused_with_the_right_one(s: &Sandbox) {
        s.ok("add 45.60 tesco -c groceries");
        s.ok("add 600 landlord -c rent");
        for (typed, meant) in
            [("grocries", "Groceries"), ("gorceries", "Groceries"), ("rnet", "Rent"), ("bent", "Rent")]
        {
            for command in ["add", "income"] {
                let run = s.refuses(3, &format!("{command} 5 x -c {typed}"));
                let hint = format!("hint: did you mean `{meant}`?");
                says(
                    &run,
                    &[&format!("no category named `{typed}`"), &hint, &format!("groat category add {typed}")],
                );
            }
        }
        // Three slips in a long word, two in a short one: another category is meant.
        s.ok("add 5 x -c gracaria");
        s.ok("add 5 x -c runs");
    }

    fn strict_makes_no_category(s: &Sandbox) {
        s.ok("add 1 x");
        says(&s.refuses(3, "add 5 x -c books --strict"), &["no category named `books`"]);
        s.refuses(3, "income 5 x --split books=5 --strict");
        s.ok("config set strict true");
        s.refuses(3, "add 5 x -c books");
        s.ok("category add Books");
        s.ok("add 5 x -c books");
    }

    fn a_payee_keeps_its_last_category_and_says_so(s: &Sandbox) {
        s.ok("add 45.60 tesco -c groceries -d 2026-01-10");
        s.ok("add 7 tesco -c household -d 2026-01-03");
        let run = s.ok("add 10 tesco");
        says(&run, &["Groceries"]);
        assert!(run.stdout.contains(", Groceries"), "{}", run.stdout);
        assert!(s.json("add 20 tesco -c none")["category"].is_null());
        assert_eq!(s.json("add 30 TESCO")["category"], "Groceries");
        // A refund and an income are money in at the same category.
        assert_eq!(brief(&s.json("add +12.50 tesco"), "kind amount category"), "spending 12.50 Groceries");
        assert_eq!(s.json("income 5 tesco")["category"], "Groceries");
        s.ok("add 1 tesco -c household");
        assert_eq!(s.json("add 2 tesco")["category"], "Household");
    }

    fn a_split_shares_the_whole_out(s: &Sandbox) {
        let object = s.json("add 45.60 tesco --split groceries=40 --split 'household=5.60'");
        assert_eq!(
            brief(&object, "kind amount account category status"),
            "spending -45.60 Cash null cleared"
        );
        let parts = briefs(&object["postings"], "category amount value");
        assert_eq!(parts, ["Groceries -40.00 -40.00", "Household -5.60 -5.60"]);
        // A sign is the account's: 50 out, 4.40 back.
        let object = s.json("add 45.60 tesco --split groceries=50 --split household=+4.40");
        assert_eq!(column(&object["postings"], "amount"), ["-50.00", "4.40"]);
        let object = s.json("income 100 acme --split bonus=60 --split bonus=40 -d 2026-01-02");
        assert_eq!(briefs(&object["postings"], "category amount"), ["Bonus 60.00", "Bonus 40.00"]);
        assert_eq!(object["category"], "Bonus");
        // Part by part: 15.20 + 30.40 is 45.60.
        s.ok("add 45.60 tesco --split groceries=45.60/3 --split none=30.40");
        s.ok("db verify");
    }

    fn tags_and_notes_are_kept_once_each(s: &Sandbox) {
        let object = s.json("add 9 bistro -t trip -t 'rome 2026' -t trip -m '  two  of us '");
        assert_eq!(object["tags"], serde_json::json!(["rome 2026", "trip"]));
        assert_eq!(object["note"], "two of us");
        assert_eq!(s.json("add 9 bistro -t Trip")["tags"], serde_json::json!(["trip"]));
        assert_eq!(briefs(&s.json("tag list")["tags"], "name transactions"), ["rome 2026 1", "trip 2"]);
    }

    fn cash_is_cleared_and_all_else_pending_unless_said(s: &Sandbox) {
        s.ok("account add Purse --kind cash");
        s.ok("account add Checking");
        s.ok("account add Visa --kind card");
        for (line, status) in [
            ("add 1 x -a purse", "cleared"),
            ("add 1 x -a checking", "pending"),
            ("income 1 x -a visa", "pending"),
            ("add 1 x -a purse --pending", "pending"),
            ("add 1 x -a visa --cleared", "cleared"),
        ] {
            assert_eq!(s.json(line)["status"], status, "{line}");
        }
        s.refuses(2, "add 1 x -a visa --cleared --pending");
    }

    fn the_account_is_the_configured_one_else_the_only_open_one(s: &Sandbox) {
        s.ok("account add Checking");
        s.ok("account add Old");
        s.ok("account close old");
        assert_eq!(s.json("add 1 x")["account"], "Checking");
        s.ok("account add Savings");
        let run = s.refuses(4, "add 1 x");
        says(&run, &["-a", "Checking", "Savings"]);
        s.refuses(4, "income 1 x");
        s.ok("config set account sav");
        assert_eq!(s.json("add 1 x")["account"], "Savings");
        assert_eq!(s.json("add 1 x -a check")["account"], "Checking");
        says(&s.refuses(1, "add 1 x -a old"), &["Old", "closed", "reopen"]);
        s.refuses(3, "add 1 x -a purse");
    }

    fn a_dry_run_says_what_would_happen_and_changes_nothing(s: &Sandbox) {
        let run = s.ok("add 45.60 tesco -c groceries -n");
        assert_eq!(run.stdout, "would add 1: 45.60 USD at tesco, Groceries (Cash, 2026-01-15)\n");
        says(&run, &["dry run: nothing was changed"]);
        assert!(s.has_no_book());
        s.ok("add 1 x");
        let before = s.dump(&[]);
        s.ok("add 45.60 tesco -c groceries -t new --dry-run");
        s.ok("income 5 acme -n --json");
        assert_eq!(before, s.dump(&[]));
    }

    fn what_fails_on_a_fresh_machine_makes_no_book(s: &Sandbox) {
        for (code, line) in [
            (2, "add 0"),
            (2, "add abc coffee"),
            (2, "add 3 coffee -d 2026-02-30"),
            (3, "add 3 coffee -a nope"),
            (3, "add 3 coffee -c books --strict"),
            (2, "add 3 coffee --split a=1 --split b=1"),
            (3, "transfer 5 cash savings"),
            (3, "edit 1 --amount -5"),
            (3, "delete 1"),
            (3, "move 1 none"),
            (1, "undo"),
            (1, "redo"),
        ] {
            s.fails(code, line);
            assert!(s.has_no_book(), "`{line}` failed and left a book");
        }
    }

    fn quiet_leaves_out_confirmations_but_no_answers(s: &Sandbox) {
        let run = s.ok("add 3.20 coffee -c drinks -q");
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
        assert_eq!(s.json("add 1 coffee -q")["category"], "Drinks");
        assert!(s.ok("list -q").stdout.contains("coffee"));
        assert!(!s.fails(3, "show 99 -q").stderr.is_empty());
    }

    fn an_account_in_another_currency_wants_a_value_when_on_budget(s: &Sandbox) {
        s.ok("account add Euro --currency eur --kind cash");
        let object = s.json("add 5 paella -a euro");
        assert_eq!(brief(&object, "amount currency value"), "-5.00 EUR null");
        let object = s.json("add 5 paella -a euro --value 5.40");
        assert_eq!(brief(&object, "amount currency value"), "-5.00 EUR -5.40");
        s.ok("account add 'Euro two' --currency EUR");
        s.ok("account edit 'euro two' --on-budget");
        says(&s.refuses(2, "add 5 paella -a 'euro two'"), &["--value", "USD"]);
        assert_eq!(s.json("income 10 paella -a 'euro two' --value 10.80")["value"], "10.80");
        says(&s.refuses(2, "add 5 x --value 4 -a 'euro two' --split a=2 --split b=3"), &["--value"]);
    }
}
