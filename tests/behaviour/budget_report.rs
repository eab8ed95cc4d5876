//! `report budget`: what was budgeted against what was spent. The figures were worked out by hand, and agree with
//! `groat budget` month by month.

use serde_json::{Value, json};

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, keys, says};

/// November: rent 600 of 600; food 50 of a split + 270 - 10 refunded = 310 of 300; games the other 30 of the split, of
/// nothing. December: nothing. January: rent 600, nothing spent; food 150 by card of 200; nest, which is hidden, 40
/// sent out of the budget of 50. The 99 for food in an account off budget do not count. Books are never used.
fn household(s: &Sandbox) {
    for line in [
        "account add Checking",
        "account add Card --kind card",
        "account add Savings --kind savings --off-budget",
        "config set account Checking",
        "category add home/rent",
        "category add home/food",
        "category add fun/games",
        "category add fun/books",
        "category add fun/nest",
        "category add pay --kind income",
        "income 3000 boss -c pay -d 2025-10-31",
        "budget assign rent 600 -p 2025-11",
        "budget assign food 300 -p 2025-11",
        "add 600 landlord -c rent -d 2025-11-01",
        "add 80 market --split food=50 --split games=30 -d 2025-11-10",
        "add 270 market -c food -d 2025-11-20",
        "add +10 market -c food -d 2025-11-21",
        "budget assign rent 600",
        "budget assign food 200",
        "budget assign nest 50",
        "add 150 shop -c food -a card",
        "add 99 shop -c food -a savings",
        "transfer 40 checking savings -c nest",
        "category hide nest",
    ] {
        s.ok(line);
    }
}

const SUMS: &str = "assigned activity spent left available";

/// A row of a report.
fn row(report: &Value, category: &str) -> Value {
    let mut rows = report["rows"].as_array().expect("a list").iter();
    rows.find(|row| row["category"] == category).expect("a row of that category").clone()
}

on_both_databases! {
    fn a_mistyped_year_makes_no_thousands_of_columns(s: &Sandbox) {
        for line in [
            "account add Checking", "category add home/food", "income 100 boss -d 2025-11-01",
            "budget assign food 5 -p 1900-02", "budget assign food 10 -p 2025-11", "budget assign food 20 -p 2026-01",
            "budget assign food 7 -p 9999-12",
        ] {
            s.ok(line);
        }
        let report = s.json("report budget -p all");
        assert_eq!(briefs(&report["months"], "month assigned available"), [
            "1900-02 5.00 5.00", "2025-11 10.00 15.00", "2025-12 0.00 15.00", "2026-01 20.00 35.00", "9999-12 7.00 42.00",
        ]);
        assert_eq!(briefs(&report["left_out"], "from to"), ["1900-03 2025-10", "2026-02 9999-11"]);
        assert_eq!(brief(&report["total"], "assigned available"), "42.00 42.00");
        let shown = s.ok("report budget -p all").stdout;
        assert!(shown.contains("1900-03 to 2025-10 left out: nothing was assigned or spent\n"), "{shown}");
        // The months in between are as those that are shown.
        assert_eq!(brief(&s.json("budget explain food -p 5000-01"), "amount"), "35.00");
        assert_eq!(s.json("budget explain -p 9999-12")["amount"], "58.00");
        assert_eq!(s.ok("check book").stdout, "");
        s.ok("budget carryover food on -p 1900-01");
    }

    fn what_was_budgeted_stands_against_what_was_spent(s: &Sandbox) {
        household(s);
        let report = s.json("report budget -p 2025-11..2026-01");
        assert_eq!(keys(&report), "report period currency months left_out rows total");
        assert_eq!(brief(&report, "report currency"), "budget USD");
        assert_eq!(brief(&report["period"], "from to"), "2025-11-01 2026-01-31");
        assert_eq!(
            briefs(&report["months"], &format!("month {SUMS}")),
            [
                "2025-11 900.00 -940.00 940.00 -40.00 -40.00",
                "2025-12 0.00 0.00 0.00 0.00 0.00",
                "2026-01 850.00 -190.00 190.00 660.00 660.00",
            ]
        );
        assert_eq!(
            briefs(&report["rows"], &format!("category_slug hidden {SUMS}")),
            [
                "home/rent false 1200.00 -600.00 600.00 600.00 600.00",
                "home/food false 500.00 -460.00 460.00 40.00 50.00",
                "fun/games false 0.00 -30.00 30.00 -30.00 0.00",
                "fun/nest true 50.00 -40.00 40.00 10.00 10.00",
            ]
        );
        assert_eq!(brief(&report["total"], SUMS), "1750.00 -1130.00 1130.00 620.00 660.00");
        let food = row(&report, "food");
        assert_eq!(keys(&food["columns"]), "2025-11 2025-12 2026-01");
        assert_eq!(brief(&food["columns"]["2025-11"], SUMS), "300.00 -310.00 310.00 -10.00 -10.00");
        assert_eq!(brief(&food["columns"]["2025-12"], SUMS), "0.00 0.00 0.00 0.00 0.00");
        assert_eq!(brief(&food["columns"]["2026-01"], SUMS), "200.00 -150.00 150.00 50.00 50.00");
    }

    fn every_month_is_that_of_the_budget(s: &Sandbox) {
        household(s);
        s.ok("budget carryover games on -p 2025-11");
        let report = s.json("report budget -p all");
        assert_eq!(row(&report, "games")["available"], "-30.00");
        let mut compared = 0;
        for month in ["2025-11", "2025-12", "2026-01"] {
            let budget = s.json(&format!("budget -p {month}"));
            for line in budget["groups"].as_array().expect("a list").iter().flat_map(|g| {
                g["categories"].as_array().expect("a list")
            }) {
                let name = line["category"].as_str().expect("a name");
                if name != "books" {
                    let same = "assigned activity available";
                    assert_eq!(brief(&row(&report, name)["columns"][month], same), brief(line, same), "{name} {month}");
                    compared += 1;
                }
            }
        }
        assert_eq!(compared, 12);
    }

    fn months_begin_with_the_first_of_which_there_is_anything(s: &Sandbox) {
        household(s);
        for (period, months) in [
            ("all", "2025-11 2025-12 2026-01"),
            ("2025-10..2026-06", "2025-11 2025-12 2026-01"),
            ("2025", "2025-11 2025-12"),
            ("..2025-11", "2025-11"),
            ("2025-12..", "2026-01"),
            ("2025-12", ""),
            ("2025-10", ""),
            ("'next month'", ""),
            ("1999", ""),
        ] {
            let report = s.json(&format!("report budget -p {period}"));
            assert_eq!(column(&report["months"], "month").join(" "), months, "{period}");
        }
        assert_eq!(s.json("report budget"), s.json("report budget -p 2026-01"));
        assert_eq!(s.json("report budget -p all")["period"], json!({"from": null, "to": null}));
        // What is planned for later is a month of the report, and so are those up to it.
        s.ok("budget assign books 5 -p 2026-03");
        let planned = s.json("report budget -p 2026");
        assert_eq!(briefs(&planned["months"], "month left"), ["2026-01 660.00", "2026-02 0.00", "2026-03 5.00"]);
        // What was taken back by all is nothing.
        s.ok("budget assign books 0 -p 2026-03");
        assert_eq!(column(&s.json("report budget -p all")["rows"], "category"), ["rent", "food", "games", "nest"]);
    }

    fn a_month_and_several_are_tables(s: &Sandbox) {
        household(s);
        insta::assert_snapshot!(s.ok("report budget -p 2025-11").stdout, @r"
        Budgeted and spent, November 2025 (USD)
        Envelope  Assigned   Spent    Left
        Home
          rent      600.00  600.00    0.00
          food      300.00  310.00  -10.00  over, overspent
        Fun
          games       0.00   30.00  -30.00  over, overspent
        Total       900.00  940.00  -40.00  over
        ");
        insta::assert_snapshot!(s.ok("report budget -p 2025-11..2026-01").stdout, @r"
        Budgeted and spent, November 2025 to January 2026 (USD)
        Envelope         Assigned     Spent    Left
        Home
          rent           1,200.00    600.00  600.00
          food             500.00    460.00   40.00
        Fun
          games              0.00     30.00  -30.00  over
          nest (hidden)     50.00     40.00   10.00
        Total            1,750.00  1,130.00  620.00

        Left by month
        Envelope         2025-11       2025-12  2026-01
        Home
          rent              0.00                 600.00
          food            -10.00 over             50.00
        Fun
          games           -30.00 over
          nest (hidden)                           10.00
        Total             -40.00 over     0.00   660.00
        ");
        let markdown = s.ok("report budget -p 2025-11..2026-01 -O markdown").stdout;
        for line in ["| games | 0.00 | 30.00 | -30.00 | over |", "| food | -10.00 over |  | 50.00 |"] {
            assert!(markdown.contains(line), "{markdown}");
        }
        insta::assert_snapshot!(s.ok("report budget -p ..2025 --csv").stdout, @r"
        month,group,category,category_slug,assigned,activity,spent,left,available,currency
        2025-11,Home,rent,home/rent,600.00,-600.00,600.00,0.00,0.00,USD
        2025-11,Home,food,home/food,300.00,-310.00,310.00,-10.00,-10.00,USD
        2025-11,Fun,games,fun/games,0.00,-30.00,30.00,-30.00,-30.00,USD
        2025-12,Home,rent,home/rent,0.00,0.00,0.00,0.00,0.00,USD
        2025-12,Home,food,home/food,0.00,0.00,0.00,0.00,0.00,USD
        2025-12,Fun,games,fun/games,0.00,0.00,0.00,0.00,0.00,USD
        ");
        insta::assert_snapshot!(s.ok("report budget -p 2025-12").stdout, @r"
        Budgeted and spent, December 2025 (USD)
        nothing was budgeted and nothing was spent
        ");
    }

    fn what_was_left_before_makes_over_no_overspending(s: &Sandbox) {
        household(s);
        s.ok("add 620 landlord -c rent -d 2026-02-01");
        s.ok("add 40 shop -c food -d 2026-02-01");
        s.ok("add 20.50 shop -c food -d 2026-02-02");
        // Rent had 600 left, food 50.
        let text = s.ok("report budget -p 2026-02").stdout;
        let line = |name: &str| text.lines().find(|line| line.contains(name)).expect("a line").trim().to_owned();
        assert!(line("food").ends_with("-60.50  over, overspent"), "{text}");
        assert!(line("rent").ends_with("-620.00  over, overspent"), "{text}");
        s.ok("add +21 landlord -c rent -d 2026-02-03");
        let text = s.ok("report budget -p 2026-02").stdout;
        assert!(text.contains("-599.00  over\n"), "{text}");
    }

    fn a_period_of_other_days_is_refused(s: &Sandbox) {
        household(s);
        for (period, whole) in [
            ("ytd", "2026-01"),
            ("2025-11-05..2026-01", "2025-11-01..2026-01-31"),
            ("today", "2026-01"),
            ("2025-12-15..", "2025-12-01.."),
            ("2026-W02", "2026-01"),
        ] {
            let run = s.fails(2, &format!("report budget -p {period}"));
            says(&run, &["is not whole months", &format!("`groat report budget -p {whole}`")]);
            s.ok(&format!("report budget -p {whole}"));
        }
        s.fails(2, "report budget -p nonsense");
        s.fails(2, "report budget rent");
        s.fails(2, "report budget --by month");
    }

    fn a_budget_beyond_what_can_be_counted_is_told(s: &Sandbox) {
        s.ok("account add Checking");
        for month in ["2025-10", "2025-11"] {
            s.ok(&format!("add 90000000000000000 x -c food -d {month}-01"));
        }
        says(&s.fails(1, "report budget -p all"), &["more than a budget can hold"]);
        s.ok("report budget -p 2025-10");
    }
}
