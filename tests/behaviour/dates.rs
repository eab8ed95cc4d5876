//! DATE and PERIOD, the contract's section 4, as `-d`, `--at` and `-p` take them. Today is Thursday, 15 January 2026.

use crate::support::on_both_databases;
use crate::typed::{Typed, says};

on_both_databases! {
    fn a_date_is_what_a_person_means(s: &Sandbox) {
        for (typed, date) in [
            ("2026-01-03", "2026-01-03"),
            ("20261103", "2026-11-03"),
            ("today", "2026-01-15"),
            ("yesterday", "2026-01-14"),
            ("tomorrow", "2026-01-16"),
            ("fri", "2026-01-09"),
            ("thu", "2026-01-08"),
            ("'last fri'", "2026-01-09"),
            ("'3d ago'", "2026-01-12"),
            ("-3d", "2026-01-12"),
            ("'2w ago'", "2026-01-01"),
            ("15", "2026-01-15"),
            ("16", "2025-12-16"),
            ("31", "2025-12-31"),
            ("'5 mar'", "2025-03-05"),
            ("5mar", "2025-03-05"),
            ("'mar 5'", "2025-03-05"),
            ("'15 jan'", "2026-01-15"),
            ("'16 jan'", "2025-01-16"),
        ] {
            assert_eq!(s.json(&format!("add 1 x -d {typed}"))["date"], date, "{typed}");
        }
        assert_eq!(s.json("add 1 x --date=-3d")["date"], "2026-01-12");
        assert_eq!(s.json("add 1 x -d-3d")["date"], "2026-01-12");
    }

    fn a_date_that_cannot_be_is_refused(s: &Sandbox) {
        s.ok("add 1 x");
        for typed in [
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "32",
            "'31 apr'",
            "0",
            "someday",
            "''",
            "2026",
            "'last month'",
            "99999d",
        ] {
            says(&s.refuses(2, &format!("add 1 x -d {typed}")), &["error: "]);
        }
        // February 2026 has no 30th, and no earlier month is meant.
        s.refuses(2, "add 1 x -d 30 --today 2026-03-15");
    }

    fn an_order_of_numbers_must_be_configured(s: &Sandbox) {
        s.ok("add 1 x");
        says(&s.refuses(2, "add 1 x -d 05/03"), &["date_order", "2025-03-05", "2025-05-03"]);
        s.ok("config set date_order dmy");
        assert_eq!(s.json("add 1 x -d 05/03")["date"], "2025-03-05");
        s.ok("config set date_order mdy");
        assert_eq!(s.json("add 1 x -d 05/03")["date"], "2025-05-03");
    }

    fn unquoted_words_that_were_meant_as_one_are_refused_with_a_hint(s: &Sandbox) {
        s.ok("add 1 x");
        for (line, meant) in [
            ("add 5 x -d 5 mar", "'5 mar'"),
            ("add 5 x -d5 mar", "'5 mar'"),
            ("add 5 x --date 5 mar", "'5 mar'"),
            ("add 5 x --date=5 mar", "'5 mar'"),
            ("add 5 x -d 3d ago", "'3d ago'"),
            ("add 5 x -d last fri", "'last fri'"),
            ("list -p mar 2025", "'mar 2025'"),
            ("list -pmar 2025", "'mar 2025'"),
            ("report -p mar 2025", "'mar 2025'"),
            ("report --period=mar 2025", "'mar 2025'"),
            ("report -p last month", "'last month'"),
            ("list -p jan to mar", "jan..mar"),
            ("balance --at 5 mar", "'5 mar'"),
        ] {
            says(&s.refuses(2, line), &[meant]);
        }
        // These words stand by themselves.
        assert_eq!(s.json("add 5 -d 5 tesco")["payee"], "tesco");
        s.ok("list -p mar tesco");
    }

    fn a_period_is_what_a_person_means(s: &Sandbox) {
        for (typed, from, to) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-03", "2026-03-01", "2026-03-31"),
            ("mar", "2025-03-01", "2025-03-31"),
            ("jan", "2026-01-01", "2026-01-31"),
            ("2025Q4", "2025-10-01", "2025-12-31"),
            ("2026-W03", "2026-01-12", "2026-01-18"),
            ("'this week'", "2026-01-12", "2026-01-18"),
            ("'last month'", "2025-12-01", "2025-12-31"),
            ("'next quarter'", "2026-04-01", "2026-06-30"),
            ("'last year'", "2025-01-01", "2025-12-31"),
            ("'last 30 days'", "2025-12-17", "2026-01-15"),
            ("ytd", "2026-01-01", "2026-01-15"),
            ("mtd", "2026-01-01", "2026-01-15"),
            ("2026-01..2026-03", "2026-01-01", "2026-03-31"),
            ("2026-03..", "2026-03-01", "null"),
            ("..2026-03", "null", "2026-03-31"),
            ("all", "null", "null"),
        ] {
            let period = &s.json(&format!("report -p {typed}"))["period"];
            let ends = [&period["from"], &period["to"]].map(crate::typed::text);
            assert_eq!(ends, [from, to], "{typed}");
        }
        // The answer names the year that was meant.
        assert!(s.ok("report -p mar").stdout.contains("March 2025"));
    }

    fn only_dots_join_two_ends(s: &Sandbox) {
        for typed in ["'jan to mar'", "'jan - mar'", "'jan until mar'"] {
            says(&s.fails(2, &format!("list -p {typed}")), &["jan..mar"]);
        }
        s.fails(2, "list -p 2026-03..2026-01");
        s.fails(2, "report -p whenever");
    }
}
