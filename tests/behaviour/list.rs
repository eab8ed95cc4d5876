//! `list` and `show`: which transactions, in which order, on which page.

use crate::add::TRANSACTION;
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, briefs, column, fill, keys, says};

fn a_few(s: &Sandbox) {
    for line in [
        "account add Cash --kind cash",
        "account add Checking",
        "add 45.60 Tesco -c food/groceries -a checking -d 2026-01-10 -m 'oat milk'",
        "add 3.20 'Café du Nord' -a cash -d 2026-01-12",
        "income 2100 acme -a checking -d 2026-01-01",
        "transfer 50 checking cash -d 2026-01-11 -m wallet",
        "add 9 tesco --split groceries=5 --split wine=4 -a cash -d 2025-12-24",
        "add 12 bistro -a cash -d 2026-01-12 -c food/groceries",
    ] {
        s.ok(line);
    }
}

#[track_caller]
fn ids(s: &Sandbox, flags: &str) -> String {
    column(&s.json(&format!("list {flags}"))["transactions"], "id").join(" ")
}

on_both_databases! {
    fn which_page_it_is_stands_on_stderr_and_quiet_leaves_it_out(s: &Sandbox) {
        crate::typed::fill(s, 12);
        let run = s.ok("list -L 5");
        assert_eq!(run.stderr, "page 1 of 3 (12 transactions); --page N for another, -L 0 for all\n");
        assert_eq!(run.stdout.lines().count(), 6);
        assert_eq!(s.ok("list -L 5 -q").stderr, "");
        assert_eq!(s.ok("list -L 5 --json").stderr, "");
    }

    fn the_newest_come_first(s: &Sandbox) {
        a_few(s);
        let page = s.json("list");
        assert_eq!(keys(&page), "transactions total page pages");
        assert_eq!(keys(&page["transactions"][0]), TRANSACTION);
        assert_eq!(
            briefs(&page["transactions"], "id date"),
            ["6 2026-01-12", "2 2026-01-12", "4 2026-01-11", "1 2026-01-10", "3 2026-01-01", "5 2025-12-24",]
        );
        assert_eq!((&page["total"], &page["page"], &page["pages"]), (&6.into(), &1.into(), &1.into()));
        assert_eq!(ids(s, ""), column(&s.json("ls")["transactions"], "id").join(" "));
        assert_eq!(page["transactions"][2], s.json("show 4"));
    }

    fn transactions_are_found_by_period_account_and_category(s: &Sandbox) {
        a_few(s);
        for (flags, expected) in [
            ("-p jan", "6 2 4 1 3"),
            ("-p 2025", "5"),
            ("-p 2026-01-10..2026-01-11", "4 1"),
            ("-p ..2026-01-01", "3 5"),
            ("-p 'next month'", ""),
            ("-a cash", "6 2 4 5"),
            ("-a check", "4 1 3"),
            ("-c groceries", "6 1 5"),
            ("-c food/groceries -a cash", "6 5"),
            ("-c none", "2"),
            ("-c Wine -p 2025-12", "5"),
        ] {
            assert_eq!(ids(s, flags), expected, "{flags}");
        }
        s.fails(3, "list -a nope");
        says(&s.fails(3, "list -c grocries"), &["did you mean `Groceries`?"]);
        s.fails(3, "list -c nope");
    }

    fn words_are_looked_for_in_payees_and_notes(s: &Sandbox) {
        a_few(s);
        for (words, expected) in [
            ("tesco", "1 5"),
            ("TESCO milk", "1"),
            ("nord", "2"),
            ("CAFÉ", "2"),
            ("cafe\u{301}", "2"),
            ("'café du'", "2"),
            ("oat", "1"),
            ("wallet", "4"),
            ("es", "1 5"),
            ("tesco bistro", ""),
            ("groceries", ""),
            ("%", ""),
        ] {
            assert_eq!(ids(s, words), expected, "{words}");
        }
        s.fails(2, "list ''");
    }

    fn the_order_can_be_chosen(s: &Sandbox) {
        a_few(s);
        for (flags, expected) in [
            ("--sort date", "6 2 4 1 3 5"),
            ("--sort -date", "5 3 1 4 2 6"),
            ("--sort id", "6 5 4 3 2 1"),
            ("--sort -id", "1 2 3 4 5 6"),
            ("--sort payee", "3 6 2 1 5 4"),
        ] {
            assert_eq!(ids(s, flags), expected, "{flags}");
        }
        // By what it is about, not by its sign, and a transfer once: 2100, 50, 45.60, 12, 9, 3.20.
        assert_eq!(ids(s, "--sort amount"), "3 4 1 6 5 2");
        assert_eq!(ids(s, "--sort -amount"), "2 5 6 1 4 3");
        s.ok("add 60 butcher -a checking -c groceries");
        assert_eq!(ids(s, "--sort amount"), "3 7 4 1 6 5 2", "a transfer of 50 is less than 60");
        s.ok("add 8 shop --split groceries=10 --split wine=+2 -a cash");
        assert_eq!(ids(s, "--sort amount"), "3 7 4 1 6 5 8 2", "what is shown is -8");
        s.fails(2, "list --sort colour");
    }

    fn a_page_has_fifty_and_any_number_when_said(s: &Sandbox) {
        fill(s, 52);
        let shape = |flags: &str| {
            let page = s.json(&format!("list {flags}"));
            let shown = column(&page["transactions"], "id");
            let ends =
                (shown.first().cloned().unwrap_or_default(), shown.last().cloned().unwrap_or_default());
            (ends, shown.len(), crate::typed::brief(&page, "total page pages"))
        };
        let ends = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(shape(""), (ends("1", "4"), 50, "52 1 2".into()));
        assert_eq!(shape("--page 2"), (ends("3", "2"), 2, "52 2 2".into()));
        assert_eq!(shape("--page 3"), (ends("", ""), 0, "52 3 2".into()));
        assert_eq!(shape("-L 0"), (ends("1", "2"), 52, "52 1 1".into()));
        assert_eq!(shape("-L 20 --page 3"), (ends("13", "2"), 12, "52 3 3".into()));
        assert_eq!(shape("-L 20 --page 2 -p 2026-01-14"), (ends("32", "13"), 20, "51 2 3".into()));
        assert_eq!(s.ok("list --page 3").stdout, "page 3 is empty: there are 2 pages\n");
        assert_eq!(s.ok("list --page 3 -L 0").stdout.lines().count(), 53, "without pages there is one");
        assert_eq!(s.ok("list --page 3 -L 60").stdout, "page 3 is empty: there is 1 page\n");
        s.fails(2, "list --page 0");
        s.fails(2, "list -L -1");
    }

    fn a_table_shows_transfers_splits_and_signs(s: &Sandbox) {
        a_few(s);
        insta::assert_snapshot!(s.ok("list").stdout, @r"
        Id  Date        Payee         Category                Account            Amount
         6  2026-01-12  bistro        Groceries               Cash               -12.00  USD
         2  2026-01-12  Café du Nord                          Cash                -3.20  USD
         4  2026-01-11                                        Checking → Cash    -50.00  USD
         1  2026-01-10  Tesco         Groceries               Checking           -45.60  USD
         3  2026-01-01  acme          Income                  Checking         2,100.00  USD
         5  2025-12-24  Tesco         split: Groceries, Wine  Cash                -9.00  USD
        ");
    }

    fn show_tells_everything_of_one(s: &Sandbox) {
        a_few(s);
        let text = s.ok("show 5").stdout;
        for part in
            ["2025-12-24", "-9.00 USD", "Tesco", "Cash", "Groceries", "-5.00", "Wine", "-4.00", "cleared"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        says(&s.fails(3, "show 99"), &["99", "groat list"]);
        s.fails(2, "show x");
        s.fails(2, "show");
        s.fails(3, "show -- -1");
    }
}
