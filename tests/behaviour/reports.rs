//! The reports beside spending: income by month, net worth, payees, register, summary. What counts, what is left out,
//! and that they agree with each other. The figures were worked out by hand.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, keys, says};

/// October: out 420. November: in 2000. December: out 600. January: in 2000 + 9 uncategorised, out 600 rent,
/// groceries 45.60 + 30.40 - 6 = 70, nest egg 50 (a transfer out of the budget), eating out 24 by card, 6
/// uncategorised, 5.40 for euros: 755.40. A starting balance of 80 and a transfer of 100 are neither.
fn household(s: &Sandbox) {
    for line in [
        "init --currency GBP --account Checking --categories starter",
        "account add Cash --kind cash --balance 80 -d 2026-01-01",
        "account add Savings --kind savings --off-budget",
        "account add Card --kind card",
        "account add Euro --kind cash --currency EUR",
        "category add 'Nest egg' --group Home",
        "add 420 landlord -c rent -a checking -d 2025-10-31",
        "income 2000 acme -c salary -a checking -d 2025-11-28",
        "add 600 landlord -a checking -d 2025-12-31",
        "add 600 landlord -a checking -d 2026-01-01",
        "income 2000 acme -a checking -d 2026-01-01",
        "transfer 100 checking cash -d 2026-01-02",
        "transfer 50 checking savings -c 'nest egg' -d 2026-01-03",
        "add 45.60 tesco -c groceries -a checking -d 2026-01-05 -m weekly",
        "add 30.40 tesco -a cash -d 2026-01-12",
        "add 24 bistro -c 'eating out' -a card -d 2026-01-12",
        "add +6 tesco -a checking -d 2026-01-13",
        "add 6 kiosk -a cash -d 2026-01-14",
        "add +9 found -c none -a cash -d 2026-01-14",
        "income 20 gift -a euro",
        "add 5 paella -a euro --value 5.40 -c food",
    ] {
        s.ok(line);
    }
}

const SUMS: &str = "income spending net savings_rate";

on_both_databases! {
    fn income_and_spending_stand_by_month_with_what_was_saved(s: &Sandbox) {
        household(s);
        let report = s.json("report income -p 2025-08..");
        assert_eq!(keys(&report), "report period currency months rows total average");
        // August and September had nothing.
        assert_eq!(
            briefs(&report["months"], &format!("month {SUMS}")),
            [
                "2025-10 0.00 420.00 -420.00 null",
                "2025-11 2000.00 0.00 2000.00 100.0",
                "2025-12 0.00 600.00 -600.00 null",
                // 1253.60 of 2009 is 62.399.
                "2026-01 2009.00 755.40 1253.60 62.4",
            ]
        );
        // 2233.60 of 4009 is 55.71.
        assert_eq!(brief(&report["total"], SUMS), "4009.00 1775.40 2233.60 55.7");
        // Halves go to the even cent: 1002.25, 443.85, 558.40.
        assert_eq!(brief(&report["average"], SUMS), "1002.25 443.85 558.40 55.7");
        assert_eq!(
            briefs(&report["rows"], "section category amount average count"),
            [
                "income Salary 4000.00 1000.00 2",
                "income null 9.00 2.25 1",
                "spending Rent 1620.00 405.00 3",
                "spending Groceries 70.00 17.50 3",
                "spending Nest egg 50.00 12.50 1",
                "spending Eating out 24.00 6.00 1",
                "spending null 6.00 1.50 1",
                "spending Food 5.40 1.35 1",
            ]
        );
        assert_eq!(
            report["rows"][2]["columns"],
            serde_json::json!({"2025-10": "420.00", "2025-12": "600.00", "2026-01": "600.00"})
        );
        assert_eq!(report["rows"][2]["category_slug"], "home/rent");
        // Part of a month is read from the postings.
        let half = s.json("report income -p 2026-01-02..2026-01-13");
        assert_eq!(brief(&half["months"][0], &format!("month {SUMS}")), "2026-01 0.00 144.00 -144.00 null");
        assert_eq!(s.json("report income -p mtd")["total"], s.json("report income")["total"]);
    }

    fn income_agrees_with_spending_in_every_period(s: &Sandbox) {
        household(s);
        for period in ["all", "2025", "2025-12", "2026Q1", "mtd", "..2025-12-31", "2026-01-05..2026-01-12", "2027"] {
            let income = s.json(&format!("report income -p {period}"));
            let spending = s.json(&format!("report -p {period}"));
            assert_eq!(income["total"]["spending"], spending["total"], "{period}");
            let payees = s.json(&format!("report payees -p {period}"));
            assert_eq!(payees["total"]["spending"], spending["total"], "{period}");
            assert_eq!(payees["total"]["income"], income["total"]["income"], "{period}");
            let summary = s.json(&format!("report summary -p {period}"));
            for key in ["income", "spending", "net"] {
                assert_eq!(summary[key]["amount"], income["total"][key], "{period}");
            }
            let of_category = |rows: &Value, name: &str| {
                let rows = rows.as_array().expect("rows").iter();
                let mut found: Vec<String> =
                    rows.filter(|row| row["section"] != "income").map(|row| brief(row, name)).collect();
                found.sort();
                found
            };
            assert_eq!(
                of_category(&income["rows"], "category_slug amount count"),
                of_category(&spending["rows"], "category_slug amount count"),
                "{period}"
            );
        }
        let by_month = s.json("report --by month -p all");
        let months: Vec<String> = briefs(&s.json("report income -p all")["months"], "month spending");
        let spent: Vec<String> = briefs(&by_month["rows"], "month amount");
        assert_eq!(months.into_iter().filter(|line| !line.ends_with(" 0.00")).collect::<Vec<_>>(), spent);
    }

    fn the_statement_of_a_month_is_one_column_and_of_several_many(s: &Sandbox) {
        household(s);
        insta::assert_snapshot!(s.ok("report income").stdout, @r"
        Income and spending, January 2026 (GBP)
        Category           Amount
        Income
          Salary         2,000.00
          Uncategorised      9.00
        Spending
          Rent             600.00
          Groceries         70.00
          Nest egg          50.00
          Eating out        24.00
          Uncategorised      6.00
          Food               5.40
        Total income     2,009.00
        Total spending     755.40
        Net              1,253.60
        Saved               62.4%
        ");
        insta::assert_snapshot!(s.ok("report income -p 2025-11..2025-12").stdout, @r"
        Income and spending, November 2025 to December 2025 (GBP)
        Month      Income  Spending       Net   Saved
        2025-11  2,000.00      0.00  2,000.00  100.0%
        2025-12      0.00    600.00   -600.00
        Total    2,000.00    600.00  1,400.00   70.0%
        Average  1,000.00    300.00    700.00   70.0%

        Category         2025-11  2025-12     Total   Average
        Income
          Salary        2,000.00           2,000.00  1,000.00
        Spending
          Rent                     600.00    600.00    300.00
        Total income    2,000.00     0.00  2,000.00  1,000.00
        Total spending      0.00   600.00    600.00    300.00
        Net             2,000.00  -600.00  1,400.00    700.00
        Saved             100.0%              70.0%     70.0%
        ");
        insta::assert_snapshot!(s.ok("report income -p 2025-11..2025-12 --csv").stdout, @r"
        section,category,category_slug,amount,currency,average,count,2025-11,2025-12
        income,Salary,income/salary,2000.00,GBP,1000.00,1,2000.00,
        spending,Rent,home/rent,600.00,GBP,300.00,1,,600.00
        total-income,,,2000.00,GBP,1000.00,,2000.00,0.00
        total-spending,,,600.00,GBP,300.00,,0.00,600.00
        net,,,1400.00,GBP,700.00,,2000.00,-600.00
        savings-rate,,,70.0,,70.0,,100.0,
        ");
    }

    fn months_without_anything_count_between_others_and_up_to_this_one(s: &Sandbox) {
        s.ok("add 30 shop -d 2025-09-30");
        s.ok("add 30 shop -d 2025-11-01");
        let months = |period: &str| column(&s.json(&format!("report income -p {period}"))["months"], "month").join(" ");
        assert_eq!(months("2025"), "2025-09 2025-10 2025-11");
        assert_eq!(months("all"), "2025-09 2025-10 2025-11 2025-12 2026-01");
        assert_eq!(months("2025-10..2026-12"), "2025-11 2025-12 2026-01");
        assert_eq!(months("2025-10"), "");
        s.ok("add 30 shop -d 2026-03-01");
        assert_eq!(months("2026"), "2026-03");
        assert_eq!(s.json("report income -p all")["average"]["spending"], "12.86");
    }

    fn net_worth_is_what_is_owned_without_what_is_owed(s: &Sandbox) {
        household(s);
        let report = s.json("report networth");
        assert_eq!(keys(&report), "report period currency rows accounts");
        assert_eq!(report["accounts"], Value::Null);
        assert_eq!(brief(&report["period"], "from to"), "2025-02-01 2026-01-15");
        // Checking: -420 + 2000 - 600, then 2190.40; cash 152.60, savings 50; the card owes 24. Euros stand apart.
        assert_eq!(
            briefs(&report["rows"], "month date currency assets liabilities net change"),
            [
                "2025-10 2025-10-31 GBP -420.00 0.00 -420.00 -420.00",
                "2025-11 2025-11-30 GBP 1580.00 0.00 1580.00 2000.00",
                "2025-12 2025-12-31 GBP 980.00 0.00 980.00 -600.00",
                "2026-01 2026-01-15 GBP 2393.00 24.00 2369.00 1389.00",
                "2025-10 2025-10-31 EUR 0.00 0.00 0.00 0.00",
                "2025-11 2025-11-30 EUR 0.00 0.00 0.00 0.00",
                "2025-12 2025-12-31 EUR 0.00 0.00 0.00 0.00",
                "2026-01 2026-01-15 EUR 15.00 0.00 15.00 15.00",
            ]
        );
        // What came before the period is in it, and the change is from then.
        let january = s.json("report networth -p 2026-01 -a checking");
        assert_eq!(briefs(&january["rows"], "date net change"), ["2026-01-31 2190.40 1210.40"]);
        let days = s.json("report networth -p 2025-12..2026-01-01 -a checking");
        assert_eq!(
            briefs(&days["rows"], "date net change"),
            ["2025-12-31 980.00 -600.00", "2026-01-01 2380.00 1400.00"]
        );
        for (at, period) in [("2026-01-12", "2026-01-12"), ("2025-12-31", "2025"), ("2026-01-15", "all")] {
            let rows = &s.json(&format!("report networth -p {period}"))["rows"];
            let mut last: Vec<String> = Vec::new();
            for row in rows.as_array().expect("rows") {
                let line = brief(row, "currency net");
                last.retain(|other| other[..3] != line[..3]);
                last.push(line);
            }
            last.sort();
            let mut totals = briefs(&s.json(&format!("balance --at {at}"))["totals"], "currency balance");
            // No euros were posted yet.
            totals.retain(|line| line != "EUR 0.00" || last.iter().any(|other| other.starts_with("EUR")));
            assert_eq!(last, totals, "as `balance` says at {at}");
        }
        assert_eq!(s.json("report networth -p 2024")["rows"], serde_json::json!([]));
        s.fails(3, "report networth -a nope");
    }

    fn balances_over_time_stand_beside_each_other(s: &Sandbox) {
        household(s);
        let report = s.json("report networth --by account -a euro -a card -p 2025-12..");
        assert_eq!(
            briefs(&report["accounts"], "account kind currency month balance change"),
            ["Card card GBP 2026-01 -24.00 -24.00", "Euro cash EUR 2026-01 15.00 15.00"]
        );
        insta::assert_snapshot!(s.ok("report networth --by account").stdout, @r"
        Balances, 1 Feb 2025 to 15 Jan 2026
        At the end of  Card GBP  Cash GBP  Checking GBP  Euro EUR  Savings GBP
        2025-10            0.00      0.00       -420.00      0.00         0.00
        2025-11            0.00      0.00      1,580.00      0.00         0.00
        2025-12            0.00      0.00        980.00      0.00         0.00
        2026-01-15       -24.00    152.60      2,190.40     15.00        50.00
        ");
        let csv = s.ok("report networth --by account -a cash --csv").stdout;
        assert_eq!(
            csv,
            "account,kind,currency,month,date,balance,change\nCash,cash,GBP,2026-01,2026-01-15,152.60,152.60\n"
        );
    }

    fn payees_stand_with_what_they_got_and_gave(s: &Sandbox) {
        household(s);
        let report = s.json("report payees");
        assert_eq!(keys(&report), "report period currency rows total");
        // The transfer to the savings has no payee; its other leg does not count.
        assert_eq!(
            briefs(&report["rows"], "payee spending income count average last"),
            [
                "landlord 600.00 0.00 1 600.00 2026-01-01",
                "tesco 70.00 0.00 3 23.33 2026-01-13",
                "null 50.00 0.00 1 50.00 2026-01-03",
                "bistro 24.00 0.00 1 24.00 2026-01-12",
                "kiosk 6.00 0.00 1 6.00 2026-01-14",
                "paella 5.40 0.00 1 5.40 2026-01-15",
                "acme 0.00 2000.00 1 null 2026-01-01",
                "found 0.00 9.00 1 null 2026-01-14",
            ]
        );
        assert_eq!(brief(&report["total"], "spending income payees"), "755.40 2009.00 8");
        // A split is one transaction.
        s.ok("add 9 tesco --split groceries=5 --split clothes=4 -a cash -d 2026-02-01");
        let two = s.json("report payees -p 2026 -L 2");
        assert_eq!(briefs(&two["rows"], "payee spending count"), ["landlord 600.00 1", "tesco 79.00 4"]);
        assert_eq!(brief(&two["total"], "spending income payees"), "764.40 2009.00 8");
        assert!(s.ok("report payees -L 2").stdout.contains("2 of 8 payees"));
    }

    fn a_register_is_a_statement_of_the_bank(s: &Sandbox) {
        household(s);
        let report = s.json("report register -a checking");
        assert_eq!(keys(&report), "report period account rows total");
        // 980 were there before.
        assert_eq!(
            briefs(&report["rows"], "date payee category transfer amount balance"),
            [
                "2026-01-01 landlord Rent null -600.00 380.00",
                "2026-01-01 acme Salary null 2000.00 2380.00",
                "2026-01-02 null null Cash -100.00 2280.00",
                "2026-01-03 null Nest egg Savings -50.00 2230.00",
                "2026-01-05 tesco Groceries null -45.60 2184.40",
                "2026-01-13 tesco Groceries null 6.00 2190.40",
            ]
        );
        assert_eq!(brief(&report, "account total"), "Checking 6");
        // The last ones, with the same balances, in any period.
        let last = s.json("report register -a checking -p ..2026-01-05 -L 2");
        assert_eq!(briefs(&last["rows"], "date balance"), ["2026-01-03 2230.00", "2026-01-05 2184.40"]);
        assert_eq!(last["total"], 8);
        let all = s.json("report register -p all -L 0");
        assert_eq!(all["total"], 18);
        let of_all: Vec<String> = briefs(&all["rows"], "account amount balance");
        let of_one: Vec<String> =
            briefs(&s.json("report register -a checking -p all")["rows"], "account amount balance");
        let checking: Vec<String> = of_all.into_iter().filter(|line| line.starts_with("Checking")).collect();
        assert_eq!(checking, of_one, "each account runs by itself");
        insta::assert_snapshot!(s.ok("report register -p 2026-01-14..").stdout, @r"
        All accounts, from 14 Jan 2026 on
        Id  Date        Payee   Category  Account  Amount  Balance
        13  2026-01-14  kiosk             Cash      -6.00   143.60  GBP
        14  2026-01-14  found             Cash       9.00   152.60  GBP
        15  2026-01-15  gift    Income    Euro      20.00    20.00  EUR
        16  2026-01-15  paella  Food      Euro      -5.00    15.00  EUR
        ");
        s.fails(3, "report register -a nope");
    }

    fn payees_and_registers_of_a_query_count_the_parts_that_fit(s: &Sandbox) {
        household(s);
        s.ok("add 9 tesco --split groceries=5 --split clothes=4 -a cash -d 2026-02-01");
        let payees = s.json("report payees cat:groceries or kiosk date:2026");
        assert!(payees["period"]["to"].is_null(), "a day that holds for a part of the query alone names no period");
        let payees = s.json("report payees cat:groceries date:2026");
        assert_eq!(briefs(&payees["rows"], "payee spending count"), ["tesco 75.00 4"]);
        assert_eq!(brief(&payees["total"], "spending income payees"), "75.00 0.00 1");
        let report = s.json("report register cat:groceries -p 2026");
        assert_eq!(
            briefs(&report["rows"], "date account amount running_total balance"),
            [
                "2026-01-05 Checking -45.60 -45.60 null",
                "2026-01-12 Cash -30.40 -30.40 null",
                "2026-01-13 Checking 6.00 -39.60 null",
                "2026-02-01 Cash -5.00 -35.40 null",
            ]
        );
        let last = s.json("report register cat:groceries -p 2026 -L 1");
        assert_eq!(briefs(&last["rows"], "amount running_total"), ["-5.00 -35.40"]);
        assert_eq!(last["total"], 4);
        let of_one = s.json("report register tesco -a cash -p 2026");
        assert_eq!(briefs(&of_one["rows"], "amount running_total"), ["-30.40 -30.40", "-5.00 -35.40", "-4.00 -39.40"]);
        insta::assert_snapshot!(s.ok("report register tesco 'amt:>30'").stdout, @r"
        All accounts, January 2026, tesco amt:>30
        Id  Date        Payee  Category   Account   Amount   Total
         9  2026-01-05  tesco  Groceries  Checking  -45.60  -45.60  GBP
        10  2026-01-12  tesco  Groceries  Cash      -30.40  -30.40  GBP
        ");
        let title = "Payees, January 2026, cat:groceries (GBP)";
        assert!(s.ok("report payees cat:groceries").stdout.starts_with(title));
        says(&s.fails(2, "report payees 'amt:>x'"), &["amt:>x", "^"]);
        s.fails(3, "report register cat:nothing");
    }

    fn a_register_of_money_in_or_out_leaves_transfers_out_as_a_list_does(s: &Sandbox) {
        household(s);
        let ids = |line: &str| column(&s.json(&format!("report register {line}"))["rows"], "id").join(" ");
        // 7 is a transfer between own accounts; the leg of 8 that has a category counts as spending.
        assert_eq!(ids("out:>=50"), "5 8");
        assert_eq!(ids("in:>=50"), "1 6");
        assert_eq!(ids("in:>=50 -a cash"), "1 7");
        assert_eq!(ids("acct:cash in:>=50"), "1 7");
        assert_eq!(ids("acct:checking out:>=50"), "5 7 8");
        assert_eq!(ids("amt:100"), "7 7");
    }

    fn equal_payees_stand_by_name_and_what_has_none_last(s: &Sandbox) {
        for line in ["account add Cash --kind cash", "add 5 -c food", "add 5 zoo -c food", "add 5 apple -c food"] {
            s.ok(line);
        }
        assert_eq!(column(&s.json("report payees")["rows"], "payee").join(" "), "apple zoo null");
        assert_eq!(column(&s.json("report payees -L 2")["rows"], "payee").join(" "), "apple zoo");
    }

    fn net_worth_of_days_to_come_is_what_there_is(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        let none = "nothing is recorded up to then";
        assert!(s.ok("report networth -p 'next month'").stdout.contains(none));
        s.ok("add +30 found -c none -d 2026-01-10");
        for (period, expected) in [
            ("'next month'", &["2026-02 2026-02-28 30.00 0.00"][..]),
            ("2026-02..2026-03", &["2026-02 2026-02-28 30.00 0.00", "2026-03 2026-03-31 30.00 0.00"]),
            ("2026-03-01..2026-03-09", &["2026-03 2026-03-09 30.00 0.00"]),
            ("2027..", &["2027-01 2027-01-31 30.00 0.00"]),
            ("2026", &["2026-01 2026-01-31 30.00 30.00"]),
            ("2025", &[]),
        ] {
            let rows = &s.json(&format!("report networth -p {period}"))["rows"];
            assert_eq!(briefs(rows, "month date net change"), expected, "{period}");
            let text = s.ok(&format!("report networth -p {period}")).stdout;
            assert_eq!(text.contains(none), expected.is_empty(), "{text}");
        }
    }

    fn days_of_a_registers_query_stand_for_its_period(s: &Sandbox) {
        household(s);
        let of = |line: &str| s.json(&format!("report register -a checking {line}"));
        assert_eq!(of("date:2025-12"), of("-p 2025-12"));
        assert_eq!(of("tesco date:2026-01-05"), of("tesco -p 2026-01-05"));
        let rows = of("date:2025-12..2026-01 date:2026-01-13");
        assert_eq!(briefs(&rows["rows"], "date amount balance"), ["2026-01-13 6.00 null"]);
        let deeper = of("date:2026-01-05 or date:2026-01-13");
        assert_eq!(briefs(&deeper["rows"], "date running_total"), ["2026-01-05 -45.60", "2026-01-13 -39.60"]);
    }

    fn a_summary_compares_with_the_period_before(s: &Sandbox) {
        household(s);
        let report = s.json("report summary");
        assert_eq!(
            keys(&report),
            "report period previous currency income spending net savings_rate savings_rate_before categories payees \
             uncategorised balances"
        );
        assert_eq!(brief(&report["previous"], "from to"), "2025-12-01 2025-12-31");
        assert_eq!(brief(&report["income"], "amount before change"), "2009.00 0.00 2009.00");
        assert_eq!(brief(&report["spending"], "amount before change"), "755.40 600.00 155.40");
        assert_eq!(brief(&report["net"], "amount before change"), "1253.60 -600.00 1853.60");
        assert_eq!(brief(&report, "savings_rate savings_rate_before uncategorised"), "62.4 null 2");
        assert_eq!(
            briefs(&report["categories"], "category amount before change"),
            [
                "Rent 600.00 600.00 0.00",
                "Groceries 70.00 0.00 70.00",
                "Nest egg 50.00 0.00 50.00",
                "Eating out 24.00 0.00 24.00",
                "null 6.00 0.00 6.00",
                "Food 5.40 0.00 5.40",
            ]
        );
        assert_eq!(
            briefs(&report["payees"], "payee amount before"),
            ["landlord 600.00 600.00", "tesco 70.00 0.00", "bistro 24.00 0.00", "kiosk 6.00 0.00", "paella 5.40 0.00"]
        );
        assert_eq!(report["balances"], s.json("balance"));
        // Balances of a month that is over are those at its end.
        let last = s.json("report summary -p 'last month'");
        assert_eq!(last["balances"], s.json("balance --at 2025-12-31"));
        assert_eq!(brief(&last["previous"], "from to"), "2025-11-01 2025-11-30");
        assert_eq!(brief(&last, "savings_rate savings_rate_before"), "null 100.0");
        // Days are compared with the same days of the month before.
        let days = s.json("report summary -p mtd");
        assert_eq!(brief(&days["previous"], "from to"), "2025-12-01 2025-12-15");
        assert_eq!(brief(&days["spending"], "amount before change"), "755.40 0.00 755.40");
        let all = s.json("report summary -p all");
        assert_eq!(brief(&all, "previous savings_rate_before"), "null null");
        assert_eq!(brief(&all["spending"], "amount before change"), "1775.40 null null");
        // Where more came back than was spent, not most was spent.
        s.ok("category add Clothes --group Home");
        s.ok("add +30 tailor -c home/clothes -a cash -d 2026-03-01");
        s.ok("add 1 tailor -c repairs -a cash -d 2026-03-01");
        let refunded = s.json("report summary -p 2026-03");
        assert_eq!(briefs(&refunded["categories"], "category amount"), ["Repairs 1.00"]);
        assert_eq!(refunded["spending"]["amount"], "-29.00");
    }

    fn every_report_has_every_format_also_of_an_empty_book(s: &Sandbox) {
        for filled in [false, true] {
            for report in ["income", "budget", "networth", "networth --by account", "payees", "register", "summary"] {
                let json = s.json(&format!("report {report}"));
                assert_eq!(json["report"], report.split(' ').next().expect("a name"));
                for format in ["table", "jsonl", "csv", "tsv", "markdown"] {
                    let text = s.ok(&format!("report {report} -O {format}")).stdout;
                    let lines = text.lines().count();
                    let least = if filled { if format == "jsonl" { 1 } else { 2 } } else { 0 };
                    assert!(lines >= least, "report {report} -O {format}:\n{text}");
                    assert!(!text.contains('\u{1b}'));
                }
            }
            if !filled {
                assert!(s.has_no_book());
                household(s);
            }
        }
    }

    fn a_flag_that_does_not_apply_is_refused(s: &Sandbox) {
        s.ok("add 1 x");
        for line in [
            "report income --by category",
            "report networth --by category",
            "report summary -a cash",
            "report register --by month",
            "report register -L x",
            "report --by payee income",
            "report income nonsense",
            "report income -p nonsense",
        ] {
            s.fails(2, line);
        }
        says(&s.fails(2, "report regster"), &["no report is called `regster`", "did you mean `groat report register`?"]);
        says(&s.fails(2, "report nonsense"), &["spending", "income", "networth", "payees", "register", "summary"]);
        // The period may stand on either side of the name.
        assert_eq!(s.json("report -p 2025 income")["period"], s.json("report income -p 2025")["period"]);
    }

    fn a_sum_beyond_what_can_be_counted_is_told(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        for month in ["2025-10", "2025-11"] {
            s.ok(&format!("add 90000000000000000 x -c food -d {month}-01"));
        }
        for report in ["income -p all", "networth", "payees -p all", "register -p all", "summary -p 2025"] {
            let run = s.fails(1, &format!("report {report}"));
            says(&run, &["groat can count"]);
        }
        s.ok("report income -p 2025-10");
    }

    fn leap_days_and_far_years_are_days_like_others(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        for day in ["2024-02-29", "1900-01-01", "9999-12-31"] {
            s.ok(&format!("add 1 x -c food -d {day}"));
        }
        assert_eq!(briefs(&s.json("report networth -p 2024-02")["rows"], "date net change"), ["2024-02-29 -2.00 -1.00"]);
        assert_eq!(s.json("report register -p 2024-02-29")["rows"][0]["balance"], "-2.00");
        assert_eq!(s.json("report income -p all")["total"]["spending"], "3.00");
        assert_eq!(column(&s.json("report networth -p 9999")["rows"], "month").len(), 12);
        assert_eq!(s.json("report summary -p 2024-03")["spending"]["before"], "1.00");
    }
}
