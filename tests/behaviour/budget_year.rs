//! A year as a household lives it: paid twice a month, groceries that run over in March, an insurance that is saved up
//! for, a holiday. The figures below were worked out by hand, month by month.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief};

/// What is available at the end of each month: groceries, insurance, holiday, savings. Rent comes to 0.
const COURSE: [(&str, [&str; 4]); 12] = [
    ("2026-01", ["20.00", "100.00", "250.00", "50.00"]),
    ("2026-02", ["40.00", "200.00", "500.00", "100.00"]),
    // 40 and 400 less 450 are 10 too few, which the holiday pays.
    ("2026-03", ["0.00", "300.00", "740.00", "150.00"]),
    ("2026-04", ["20.00", "400.00", "990.00", "200.00"]),
    ("2026-05", ["40.00", "500.00", "1240.00", "250.00"]),
    ("2026-06", ["60.00", "600.00", "1490.00", "300.00"]),
    ("2026-07", ["80.00", "700.00", "1740.00", "350.00"]),
    // The holiday: 1500.
    ("2026-08", ["100.00", "800.00", "490.00", "400.00"]),
    ("2026-09", ["120.00", "900.00", "740.00", "450.00"]),
    ("2026-10", ["140.00", "1000.00", "990.00", "500.00"]),
    ("2026-11", ["160.00", "1100.00", "1240.00", "550.00"]),
    // The insurance: 1200.
    ("2026-12", ["180.00", "0.00", "1490.00", "600.00"]),
];

/// The accounts, and what each envelope asks for: 1750 a month, and the rest of the 3000 to the savings.
fn household(s: &Sandbox) {
    for line in [
        "account add Checking",
        "account add Depot --kind investment --off-budget",
        "config set account Checking",
        "category add salary --kind income",
        "category add home/rent",
        "category add home/groceries",
        "category add home/insurance",
        "category add fun/holiday",
        "category add fun/savings",
        "budget target rent 1000",
        "budget target groceries 400",
        "budget target insurance '1200 by 2026-12 repeat every year'",
        "budget target holiday '!1 250'",
        "budget target savings remainder",
    ] {
        s.ok(line);
    }
}

fn live(s: &Sandbox, month: &str) {
    let groceries = if month == "2026-03" { 450 } else { 380 };
    for line in [
        format!("income 1500 boss -c salary -d {month}-01"),
        format!("income 1500 boss -c salary -d {month}-15"),
        format!("budget apply -p {month}"),
        format!("add 1000 landlord -c rent -d {month}-02"),
        format!("add {groceries} market -c groceries -d {month}-20"),
        format!("transfer 1200 checking depot -c savings -d {month}-28"),
    ] {
        s.ok(&line);
    }
    match month {
        "2026-03" => s.ok("budget cover groceries --from holiday -p 2026-03"),
        "2026-08" => s.ok("add 1500 inn -c holiday -d 2026-08-10"),
        "2026-12" => s.ok("add 1200 insurer -c insurance -d 2026-12-05"),
        _ => return,
    };
}

fn available(budget: &Value) -> Vec<String> {
    let groups = budget["groups"].as_array().expect("a list").iter();
    let lines = groups.flat_map(|group| group["categories"].as_array().expect("a list"));
    lines.map(|line| brief(line, "available")).collect()
}

on_both_databases! {
    fn a_year_comes_out_as_worked_out_by_hand(s: &Sandbox) {
        household(s);
        COURSE.iter().for_each(|(month, _)| live(s, month));
        for (month, expected) in COURSE {
            let budget = s.json(&format!("budget -p {month}"));
            let expected = [&["0.00"][..], &expected].concat();
            assert_eq!(available(&budget), expected, "{month}");
            assert_eq!(brief(&budget, "to_be_budgeted overspent_last_month"), "0.00 0.00", "{month}");
        }
        // 36000 came in; 12000, 4630, 1200 and 1500 were spent, and 14400 left the budget.
        assert_eq!(brief(&s.json("balance checking --at 2026-12-31")["totals"][0], "balance"), "2270.00");
        let next = s.json("budget -p 2027-01");
        assert_eq!(brief(&next["totals"], "assigned activity available"), "0.00 0.00 2270.00");
        let explained = s.json("budget explain -p 2026-04");
        // Two times 1500 in, and five envelopes.
        let parts = explained["months"].as_array().expect("a list").last().expect("April is one")["parts"].clone();
        assert_eq!(parts.as_array().map(Vec::len), Some(7), "{parts}");
        assert_eq!(explained["amount"], "0.00");
        // Money spent in March after all changes every later month at once.
        s.ok("add 5 kiosk -c groceries -d 2026-03-31");
        assert_eq!(brief(&s.json("budget -p 2026-04"), "to_be_budgeted overspent_last_month"), "-5.00 -5.00");
        assert_eq!(brief(&s.json("budget -p 2026-12"), "to_be_budgeted"), "-5.00");
        assert_eq!(s.ok("check book").stdout, "");
    }
}
