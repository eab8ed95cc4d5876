//! `balance` and `groat` alone: what accounts hold, on which day, in which currency, cleared or not.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, keys};

fn household(s: &Sandbox) {
    for line in [
        "account add Checking --balance 1000 -d 2025-12-01",
        "account add Cash --kind cash",
        "account add Euro --currency EUR --kind cash",
        "add 45.60 tesco -a checking -d 2026-01-05",
        "add 4.40 tesco -a checking -d 2026-01-15 --cleared",
        "add 10 rent -a checking -d 2026-01-16",
        "add 12 lunch -a cash -d 2025-12-31",
        "income 20 gift -a euro",
    ] {
        s.ok(line);
    }
}

on_both_databases! {
    fn a_balance_is_everything_up_to_the_end_of_the_day(s: &Sandbox) {
        household(s);
        let today = s.json("balance");
        assert_eq!(keys(&today), "at accounts totals");
        assert_eq!(keys(&today["accounts"][0]), "account kind currency balance cleared on_budget");
        assert_eq!(keys(&today["totals"][0]), "currency balance");
        assert_eq!(today["at"], "2026-01-15");
        // Checking: 1000 - 45.60 - 4.40; of it cleared are 1000 - 4.40.
        assert_eq!(
            briefs(&today["accounts"], "account kind currency balance cleared on_budget"),
            [
                "Cash cash USD -12.00 -12.00 true",
                "Checking checking USD 950.00 995.60 true",
                "Euro cash EUR 20.00 20.00 false",
            ]
        );
        assert_eq!(briefs(&today["totals"], "currency balance"), ["EUR 20.00", "USD 938.00"]);
        for (at, expected) in [
            ("2025-11-30", ["0.00", "0.00", "0.00"]),
            ("2025-12-31", ["-12.00", "1000.00", "0.00"]),
            ("2026-01-05", ["-12.00", "954.40", "0.00"]),
            ("tomorrow", ["-12.00", "940.00", "20.00"]),
            ("2026-12-31", ["-12.00", "940.00", "20.00"]),
        ] {
            assert_eq!(
                column(&s.json(&format!("balance --at {at}"))["accounts"], "balance"),
                expected,
                "{at}"
            );
        }
        assert_eq!(s.json("balance --at -1d")["at"], "2026-01-14");
    }

    fn a_balance_may_be_of_some_accounts(s: &Sandbox) {
        household(s);
        let two = s.json("bal euro cash");
        assert_eq!(column(&two["accounts"], "account"), ["Cash", "Euro"]);
        assert_eq!(briefs(&two["totals"], "currency balance"), ["EUR 20.00", "USD -12.00"]);
        s.fails(3, "balance cash nope");
    }

    fn a_table_of_balances_lines_the_points_up(s: &Sandbox) {
        household(s);
        s.ok("account add Yen --currency JPY");
        s.ok("income 1234567 gift -a yen");
        insta::assert_snapshot!(s.ok("balance").stdout, @r"
        Account        Balance  Cleared
        Cash            -12.00   -12.00  USD
        Checking        950.00   995.60  USD
        Euro             20.00    20.00  EUR  off budget
        Yen       1,234,567        0     JPY  off budget
        Total            20.00           EUR
        Total     1,234,567              JPY
        Total           938.00           USD
        ");
    }

    fn groat_alone_shows_the_month(s: &Sandbox) {
        household(s);
        s.ok("income 500 acme -a checking -d 3");
        s.ok("add 30 shop -c clothes -a checking -d 4");
        s.ok("add +10 shop -a checking");
        let overview = s.json("");
        // Out: 45.60 + 4.40 + 10 uncategorised, and 30 - 10 for clothes. The gift has no known value in dollars.
        assert_eq!(brief(&overview, "month currency income spending"), "2026-01 USD 500.00 80.00");
        assert_eq!(column(&overview["balances"]["accounts"], "account"), ["Cash", "Checking", "Euro"]);
        let text = s.ok("").stdout;
        assert!(text.contains("January 2026") && text.contains("80.00") && text.contains("500.00"), "{text}");
    }

    fn reading_commands_answer_as_from_an_empty_book_and_make_none(s: &Sandbox) {
        for line in [
            "",
            "list",
            "balance",
            "report",
            "log",
            "account list",
            "category list",
            "category group list",
            "payee list",
            "tag list",
            "check",
            "check book",
            "db verify",
            "db info",
            "db path",
            "db history",
            "config list",
        ] {
            let run = s.ok(line);
            let reads_the_book = !line.starts_with("config") && line != "db path";
            assert_eq!(
                run.stderr.contains("groat add 3.20 coffee"),
                reads_the_book,
                "{line}: {}",
                run.stderr
            );
            assert!(s.has_no_book(), "`{line}` made a book");
            s.json(line);
        }
        assert_eq!(s.json("list")["total"], 0);
        assert_eq!(s.json("report")["total"], "0.00");
        assert_eq!(s.json("balance")["accounts"].as_array().map(Vec::len), Some(0));
        s.fails(3, "show 1");
        assert!(s.has_no_book());
    }
}
