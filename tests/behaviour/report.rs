//! `report`, which is about spending: what counts, by every axis, and shares that sum to 100.0.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, briefs, column, keys, says};

/// Spending of January 2026: rent 600, groceries 45.60 + 30.40 - 6, nest egg 50, eating out 24, uncategorised 6: 750.
/// Of December: rent 600.
fn household(s: &Sandbox) {
    for line in [
        "init --currency GBP --account Checking --categories starter",
        "account add Cash --kind cash --balance 80 -d 2026-01-01",
        "account add Savings --kind savings --off-budget",
        "category add 'Nest egg' --group Home",
        "add 600 landlord -c rent -a checking -d 2025-12-31",
        "add 600 landlord -a checking -d 2026-01-01",
        "income 2000 acme -c salary -a checking -d 2026-01-01",
        "transfer 100 checking cash -d 2026-01-02",
        "transfer 50 checking savings -c 'nest egg' -d 2026-01-03",
        "add 45.60 tesco -c groceries -a checking -d 2026-01-05 -t weekly",
        "add 30.40 tesco -a cash -d 2026-01-12 -t weekly -t party",
        "add 24 bistro -c 'eating out' -a cash -d 2026-01-12 -t party",
        "add +6 tesco -a checking -d 2026-01-13",
        "add 6 kiosk -a cash -d 2026-01-14",
        "add +9 found -c none -a cash -d 2026-01-14",
    ] {
        s.ok(line);
    }
}

/// `name amount count share` of each row.
#[track_caller]
fn rows(report: &Value, axis: &str) -> Vec<String> {
    briefs(&report["rows"], &format!("{axis} amount count share"))
}

#[track_caller]
fn shares_in_tenths(report: &Value) -> i64 {
    let shares = column(&report["rows"], "share").into_iter().filter(|share| share != "null");
    shares.map(|share| share.replace('.', "").parse::<i64>().expect("one decimal")).sum()
}

on_both_databases! {
    fn spending_is_what_went_out_by_category(s: &Sandbox) {
        household(s);
        let report = s.json("report");
        assert_eq!(keys(&report), "report period currency rows total");
        assert_eq!(keys(&report["period"]), "from to");
        assert_eq!(keys(&report["rows"][0]), "category category_slug amount count share");
        assert_eq!(
            [
                &report["report"],
                &report["period"]["from"],
                &report["period"]["to"],
                &report["currency"],
                &report["total"]
            ],
            ["spending", "2026-01-01", "2026-01-31", "GBP", "750.00"]
        );
        // 70 of 750 is 9.33, 50 is 6.67, 24 is 3.2: the tenth that is missing goes to the nest egg.
        assert_eq!(
            rows(&report, "category"),
            [
                "Rent 600.00 1 80.0",
                "Groceries 70.00 3 9.3",
                "Nest egg 50.00 1 6.7",
                "Eating out 24.00 1 3.2",
                "null 6.00 1 0.8",
            ]
        );
        assert_eq!(
            column(&report["rows"], "category_slug"),
            ["home/rent", "food/groceries", "home/nest-egg", "food/eating-out", "null"]
        );
        assert_eq!(report, s.json("report spending -p 2026-01 --by category"));
        // Half a month is read from the postings, not from the kept totals.
        assert_eq!(rows(&s.json("report -p mtd"), "category"), rows(&report, "category"));
    }

    fn spending_is_grouped_by_every_axis(s: &Sandbox) {
        household(s);
        for (axis, expected) in [
            ("group", &["Home 650.00 2 86.7", "Food 94.00 4 12.5", "null 6.00 1 0.8"][..]),
            // The transfer to the savings has no payee.
            (
                "payee",
                &[
                    "landlord 600.00 1 80.0",
                    "tesco 70.00 3 9.3",
                    "null 50.00 1 6.7",
                    "bistro 24.00 1 3.2",
                    "kiosk 6.00 1 0.8",
                ],
            ),
            // 689.60 of 750 is 91.947, 60.40 is 8.053.
            ("account", &["Checking 689.60 4 91.9", "Cash 60.40 3 8.1"]),
            // What bears two tags counts under both.
            ("tag", &["null 650.00 4 null", "weekly 76.00 2 null", "party 54.40 2 null"]),
            // Shares are of what is above zero: 756.
            (
                "day",
                &[
                    "2026-01-01 600.00 1 79.4",
                    "2026-01-03 50.00 1 6.6",
                    "2026-01-05 45.60 1 6.0",
                    "2026-01-12 54.40 2 7.2",
                    "2026-01-13 -6.00 1 null",
                    "2026-01-14 6.00 1 0.8",
                ],
            ),
            ("week", &["2026-W01 650.00 2 86.7", "2026-W02 45.60 1 6.1", "2026-W03 54.40 4 7.2"]),
            ("month", &["2026-01 750.00 7 100.0"]),
            ("quarter", &["2026Q1 750.00 7 100.0"]),
            ("year", &["2026 750.00 7 100.0"]),
        ] {
            let report = s.json(&format!("report --by {axis}"));
            assert_eq!(rows(&report, axis), expected, "{axis}");
            assert_eq!(report["total"], "750.00", "{axis}");
            assert_eq!(shares_in_tenths(&report), if axis == "tag" { 0 } else { 1000 }, "{axis}");
            assert_eq!(keys(&report["rows"][0]), format!("{axis} amount count share"));
        }
    }

    fn a_column_is_never_taken_for_another(s: &Sandbox) {
        for line in [
            "account add Cash --kind cash",
            "category add Rent --group Uncategorised",
            "add 1 -c none",
            "add 2 '(no payee)' -c rent -t '(no tag)'",
            "add 4 '(no payee) (2)' -c rent",
            "add 8 amount -c rent",
            "add 16 '=1+1' -c rent",
        ] {
            s.ok(line);
        }
        for axis in ["payee", "group", "category", "tag"] {
            let report = s.json(&format!("report --by month,{axis}"));
            let row = &report["rows"][0];
            let cells = row["columns"].as_object().expect("columns").values();
            let cents = |cell: &Value| crate::typed::text(cell).replace('.', "").parse::<i64>().expect("an amount");
            assert_eq!(cells.map(cents).sum::<i64>(), cents(&row["amount"]), "{axis}: {row}");
        }
        let columns = &s.json("report --by month,payee")["rows"][0]["columns"];
        for (name, amount) in
            [("(no payee)", "1.00"), ("(no payee) (3)", "2.00"), ("(no payee) (2)", "4.00"), ("amount", "8.00"), ("=1+1", "16.00")]
        {
            assert_eq!(columns[name], amount, "{columns}");
        }
        // A heading that a spreadsheet would run is guarded like a cell, and none stands twice.
        assert_eq!(
            s.ok("report --by month,payee --csv").stdout,
            "month,amount,currency,count,share,'=1+1,amount (2),(no payee) (2),(no payee) (3),(no payee)\n\
             2026-01,31.00,USD,5,100.0,16.00,8.00,4.00,2.00,1.00\n"
        );
        assert!(s.ok("report --by month,payee -O tsv").stdout.contains("\t'=1+1\t"));
    }

    fn two_axes_make_rows_and_columns(s: &Sandbox) {
        household(s);
        let report = s.json("report -p 2025-12..2026-01 --by category,month");
        assert_eq!(report["total"], "1350.00");
        assert_eq!(keys(&report["rows"][0]), "category category_slug amount count share columns");
        let cells: Vec<[String; 4]> = report["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| {
                let cell = |month: &str| crate::typed::text(&row["columns"][month]);
                [
                    crate::typed::text(&row["category"]),
                    crate::typed::text(&row["amount"]),
                    cell("2025-12"),
                    cell("2026-01"),
                ]
            })
            .collect();
        assert_eq!(
            cells,
            [
                ["Rent", "1200.00", "600.00", "600.00"],
                ["Groceries", "70.00", "null", "70.00"],
                ["Nest egg", "50.00", "null", "50.00"],
                ["Eating out", "24.00", "null", "24.00"],
                ["null", "6.00", "null", "6.00"],
            ]
        );
        // 1200 of 1350 is 88.89, 70 is 5.19, 50 is 3.70, 24 is 1.78, 6 is 0.44.
        assert_eq!(column(&report["rows"], "share"), ["88.9", "5.2", "3.7", "1.8", "0.4"]);
        let report = s.json("report --by account,tag");
        assert_eq!(report["total"], "750.00");
        // What bears two tags stands in two columns, but was spent once.
        assert_eq!(rows(&report, "account"), ["Checking 689.60 4 91.9", "Cash 60.40 3 8.1"]);
        let checking = &report["rows"][0];
        assert_eq!(
            (&checking["columns"]["weekly"], &checking["columns"]["party"]),
            (&"45.60".into(), &Value::Null)
        );
    }

    fn a_report_covers_the_period_asked_for(s: &Sandbox) {
        household(s);
        for (period, total) in [
            ("2025", "600.00"),
            ("'last month'", "600.00"),
            ("all", "1350.00"),
            ("2026-01-05..2026-01-12", "100.00"),
            ("2026-01-13", "-6.00"),
            ("..2025-12", "600.00"),
            ("2026-01-14..", "6.00"),
            ("2027", "0.00"),
        ] {
            assert_eq!(s.json(&format!("report -p {period}"))["total"], total, "{period}");
        }
        let empty = s.json("report -p 2027");
        assert_eq!(empty["rows"].as_array().map(Vec::len), Some(0));
    }

    fn more_back_than_out_is_negative_and_has_no_share(s: &Sandbox) {
        s.ok("add 10 shop -c clothes");
        s.ok("add +10 shop");
        assert_eq!(rows(&s.json("report"), "category"), ["Clothes 0.00 2 null"]);
        s.ok("add +5 shop");
        s.ok("add 30 tesco -c groceries");
        let report = s.json("report");
        assert_eq!(rows(&report, "category"), ["Groceries 30.00 1 100.0", "Clothes -5.00 3 null"]);
        assert_eq!(report["total"], "25.00");
    }

    fn thirds_sum_to_one_hundred(s: &Sandbox) {
        for line in ["add 1 a -c one", "add 1 b -c two", "add 1 c -c three"] {
            s.ok(line);
        }
        let mut shares = column(&s.json("report")["rows"], "share");
        shares.sort();
        assert_eq!(shares, ["33.3", "33.3", "33.4"]);
    }

    fn spending_in_another_currency_counts_with_its_value(s: &Sandbox) {
        s.ok("account add Euro --currency EUR --kind cash");
        s.ok("add 5 paella -a euro --value 5.40 -c food");
        s.ok("add 7 churros -a euro -c food");
        let report = s.json("report");
        assert_eq!(
            (rows(&report, "category"), &report["total"]),
            (vec!["Food 5.40 1 100.0".to_owned()], &"5.40".into())
        );
    }

    fn a_query_counts_only_the_postings_that_fit(s: &Sandbox) {
        household(s);
        s.ok("add 20 tesco --split groceries=12 --split rent=8 -a cash -d 2026-01-14 -t party -m birthday");
        for (query, total) in [
            ("cat:groceries", "82.00"),
            ("cat:food", "106.00"),
            ("not cat:food", "664.00"),
            ("cat:food or cat:none", "112.00"),
            ("not (cat:food or cat:none)", "658.00"),
            ("cat:none", "6.00"),
            ("payee:tesco", "90.00"),
            ("payee:tesco cat:rent", "8.00"),
            ("not payee:tesco", "680.00"),
            ("note:birthday", "20.00"),
            ("/^TES/ not note:birthday", "70.00"),
            ("tag:party", "74.40"),
            ("acct:cash", "80.40"),
            ("in:", "-6.00"),
            ("out:>40", "695.60"),
            ("amt:<10", "8.00"),
            ("is:transfer", "50.00"),
            ("is:split", "20.00"),
            ("is:cleared", "80.40"),
            ("id:999", "0.00"),
        ] {
            let report = s.json(&format!("report {query}"));
            assert_eq!(report["total"], total, "{query}");
            // Whole months by category may be answered from the kept totals, these days are not.
            assert_eq!(s.json(&format!("report spending {query} -p mtd"))["rows"], report["rows"], "{query}");
            assert_eq!(s.json(&format!("report --by payee {query}"))["total"], total, "{query}");
            assert_eq!(s.json(&format!("report --by tag,account {query}"))["total"], total, "{query}");
        }
        assert_eq!(
            rows(&s.json("report tag:party --by category"), "category"),
            ["Groceries 42.40 2 57.0", "Eating out 24.00 1 32.3", "Rent 8.00 1 10.7"]
        );
        assert_eq!(s.json("report spending tesco")["total"], "90.00");
        insta::assert_snapshot!(s.ok("report spending cat:food not tesco --by payee").stdout, @r"
        Spending, January 2026, cat:food not tesco (GBP)
        Payee   Amount   Share
        bistro   24.00  100.0%
        Total    24.00
        ");
    }

    fn a_query_that_names_days_says_what_the_report_is_about(s: &Sandbox) {
        household(s);
        for (query, total, from) in [
            ("date:2025-12", "600.00", "2025-12-01"),
            ("date:2025-12 payee:landlord", "600.00", "2025-12-01"),
            ("date:2026-01-05..2026-01-12", "100.00", "2026-01-05"),
            ("date:2025 or date:2026", "1350.00", "null"),
            ("not date:2026", "600.00", "null"),
            ("date:2025 -p 2026", "0.00", "2026-01-01"),
        ] {
            let report = s.json(&format!("report {query}"));
            assert_eq!(report["total"], total, "{query}");
            assert_eq!(crate::typed::text(&report["period"]["from"]), from, "{query}");
        }
    }

    fn a_query_of_a_report_that_is_none_is_refused(s: &Sandbox) {
        household(s);
        says(&s.refuses(2, "report 'amt:>x'"), &["`x` is not an amount", "  amt:>x\n       ^\n"]);
        s.refuses(2, "report (tesco");
        s.refuses(2, "report spending not");
        s.refuses(3, "report cat:nope");
        says(&s.refuses(2, "report tesco"), &["no report is called `tesco`", "groat report spending tesco"]);
    }

    fn a_report_that_is_not_there_is_refused(s: &Sandbox) {
        s.ok("add 1 x");
        says(&s.fails(2, "report grocries"), &["no report is called `grocries`", "spending"]);
        says(&s.fails(2, "report --by colour"), &["colour", "category", "payee"]);
        s.fails(2, "report --by category,category");
        s.fails(2, "report --by category,payee,tag");
        s.fails(2, "report --by ''");
        s.fails(2, "report -p nonsense");
    }

    fn a_table_of_spending_ends_in_its_total(s: &Sandbox) {
        household(s);
        insta::assert_snapshot!(s.ok("report").stdout, @r"
        Spending, January 2026 (GBP)
        Category       Amount  Share
        Rent           600.00  80.0%
        Groceries       70.00   9.3%
        Nest egg        50.00   6.7%
        Eating out      24.00   3.2%
        Uncategorised    6.00   0.8%
        Total          750.00
        ");
        insta::assert_snapshot!(s.ok("report --by month,group -p 2025-12..2026-01").stdout, @r"
        Spending, December 2025 to January 2026 (GBP)
        Month      Home   Food  Uncategorised    Amount
        2025-12  600.00                          600.00
        2026-01  650.00  94.00           6.00    750.00
        Total                                  1,350.00
        ");
        assert!(s.ok("report -p 2027").stdout.contains("nothing was spent"));
    }
}
