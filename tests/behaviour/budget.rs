//! `budget`: what the numbers of a month are, what gives money to envelopes, and what is refused.

use serde_json::Value;

use crate::support::{Run, Sandbox, on_both_databases};
use crate::typed::{Typed, brief, keys, says};

/// An account, and two envelopes in a group.
fn envelopes(s: &Sandbox) {
    for line in [
        "account add Checking",
        "account add Card --kind card",
        "config set account Checking",
        "category add home/rent",
        "category add home/food",
        "category add pay --kind income",
    ] {
        s.ok(line);
    }
}

/// January of the golden scenarios: 1000 in, rent 600 of 600, food 350 of 300.
fn january(s: &Sandbox) {
    envelopes(s);
    spend(s);
}

fn spend(s: &Sandbox) {
    for line in [
        "income 1000 boss -c pay",
        "budget assign rent 600",
        "add 600 landlord -c rent",
        "budget assign food 300",
        "add 350 shop -c food",
    ] {
        s.ok(line);
    }
}

/// One envelope of a month.
fn envelope(budget: &Value, name: &str) -> Value {
    let groups = budget["groups"].as_array().expect("a list").iter();
    let mut lines = groups.flat_map(|group| group["categories"].as_array().expect("a list"));
    lines.find(|line| line["category"] == name).expect("an envelope of that name").clone()
}

/// Asserts that these parts are in what was answered.
#[track_caller]
fn answers(run: &Run, parts: &[&str]) {
    for part in parts {
        assert!(run.stdout.contains(part), "`{part}` is not answered\n{}", run.snapshot());
    }
}

/// An amount of JSON, in cents.
fn minor(amount: &Value) -> i64 {
    amount.as_str().expect("a text").replace('.', "").parse().expect("an amount")
}

/// The sum of all parts of an explanation, in cents.
fn sum_of_parts(explained: &Value) -> i64 {
    let months = explained["months"].as_array().expect("a list").iter();
    let parts = months.flat_map(|month| month["parts"].as_array().expect("a list"));
    parts.map(|part| minor(&part["amount"])).sum()
}

/// To be budgeted, and what Food has.
fn course(s: &Sandbox, month: &str) -> (String, String) {
    let budget = s.json(&format!("budget -p {month}"));
    (brief(&budget, "to_be_budgeted"), brief(&envelope(&budget, "food"), "available"))
}

fn assert_course(s: &Sandbox, month: &str, expected: (&str, &str)) {
    assert_eq!(course(s, month), (expected.0.to_owned(), expected.1.to_owned()), "{month}");
}

on_both_databases! {
    fn overspending_lowers_the_next_month_unless_the_envelope_keeps_it(s: &Sandbox) {
        january(s);
        assert_course(s, "2026-01", ("100.00", "-50.00"));
        assert_course(s, "2026-02", ("50.00", "0.00"));
        assert_eq!(s.json("budget -p 2026-02")["overspent_last_month"], "-50.00");
        let run = s.ok("budget carryover food on");
        answers(&run, &["turned carryover of food on from 2026-01 on"]);
        says(&run, &["the figures of 2026-02 and later change by it"]);
        assert_course(s, "2026-02", ("100.00", "-50.00"));
        s.ok("undo");
        assert_course(s, "2026-02", ("50.00", "0.00"));
    }

    fn a_card_is_an_account_like_others(s: &Sandbox) {
        envelopes(s);
        for line in [
            "income 1000 boss -c pay", "budget assign rent 600", "add 600 landlord -c rent",
            "budget assign food 300", "add 250 shop -c food", "add 100 shop -c food -a card",
        ] {
            s.ok(line);
        }
        assert_course(s, "2026-01", ("100.00", "-50.00"));
        s.ok("transfer 100 checking card");
        assert_course(s, "2026-01", ("100.00", "-50.00"));
        assert_course(s, "2026-02", ("50.00", "0.00"));
    }

    fn raising_the_assigned_later_mends_every_month_after_it(s: &Sandbox) {
        january(s);
        let raised = s.json("budget assign food 350");
        assert_eq!(brief(&raised, "month to_be_budgeted"), "2026-01 50.00");
        assert_eq!(keys(&raised), "operation summary month currency to_be_budgeted held assigned_later categories transactions");
        assert_course(s, "2026-01", ("50.00", "0.00"));
        assert_course(s, "2026-02", ("50.00", "0.00"));
        s.ok("budget assign food -20");
        assert_course(s, "2026-01", ("70.00", "-20.00"));
        s.ok("budget assign food +10+10");
        assert_course(s, "2026-01", ("50.00", "0.00"));
        let same = s.json("budget assign food =350");
        assert!(same["operation"].is_null(), "{same}");
    }

    fn a_hold_waits_for_the_next_month(s: &Sandbox) {
        january(s);
        s.ok("budget hold 80");
        assert_course(s, "2026-01", ("20.00", "-50.00"));
        says(&s.refuses(1, "budget hold 100.01"), &["no more than 100.00 USD can be held"]);
        let over = s.ok("budget assign rent 150 -p 2026-02");
        says(&over, &["more is given out than there is: to be budgeted is -100.00 USD"]);
        // 20 and the 80 that were held, less the 50 that were overspent and the 150.
        assert_course(s, "2026-02", ("-100.00", "0.00"));
        assert_eq!(s.json("budget")["assigned_later"], "150.00");
        s.ok("budget hold max");
        assert_course(s, "2026-01", ("0.00", "-50.00"));
        s.ok("budget hold 0");
        assert_course(s, "2026-01", ("100.00", "-50.00"));
    }

    fn money_moves_as_far_as_there_is_some(s: &Sandbox) {
        january(s);
        s.ok("budget cover food");
        assert_course(s, "2026-01", ("50.00", "0.00"));
        says(&s.refuses(1, "budget cover food"), &["food is not overspent in 2026-01"]);
        says(&s.refuses(1, "budget move 50.01 tbb food"), &["to be budgeted has 50.00 USD", "less than 50.01"]);
        s.ok("budget move 50 tbb food");
        says(&s.refuses(1, "budget move 60 food rent"), &["`food` has 50.00 USD in 2026-01"]);
        s.ok("budget move 20 food rent");
        s.ok("add 40 shop -c food");
        let cover = s.ok("budget cover food --from rent -p jan");
        answers(&cover, &["covered food with 10.00 USD from rent"]);
        s.ok("add 100 shop -c food");
        says(&s.ok("budget cover food --from rent"), &["90.00 USD is still missing"]);
        says(&s.refuses(1, "budget cover food --from rent"), &["rent has nothing to cover it with"]);
        s.ok("budget assign rent 700");
        s.ok("budget assign food 400");
        assert_eq!(s.json("budget")["to_be_budgeted"], "-100.00");
        answers(&s.ok("budget cover tbb --from rent"), &["covered to be budgeted with 100.00 USD from rent"]);
        assert_eq!(s.json("budget")["to_be_budgeted"], "0.00");
    }

    fn last_month_can_be_copied_and_the_past_averaged(s: &Sandbox) {
        january(s);
        s.ok("budget copy -p 2026-02");
        let february = s.json("budget -p 2026-02");
        assert_eq!(brief(&february["totals"], "assigned"), "900.00");
        s.ok("undo");
        assert_eq!(brief(&s.json("budget -p 2026-02")["totals"], "assigned"), "0.00");
        for (day, spent) in [("2025-10-05", 30), ("2025-11-05", 60), ("2025-12-05", 90), ("2026-02-01", 300)] {
            s.ok(&format!("add {spent} shop -c food -d {day}"));
        }
        // January has begun and is not complete: October to December.
        let averaged = s.json("budget assign food --average 3 -p 2026-04");
        assert_eq!(brief(&averaged["categories"][0], "assigned"), "60.00");
        s.refuses(2, "budget assign food --average 0");
    }

    fn the_month_closes_with_what_the_accounts_hold(s: &Sandbox) {
        january(s);
        for line in [
            "account add Pension --kind investment --off-budget",
            "account add Old --balance 250",
            "add 12.34 shop -c none",
            "transfer 40 checking pension",
            "transfer 30 checking pension -c food",
            "add 5 shop -a card -c food",
        ] {
            s.ok(line);
        }
        let budget = s.json("budget");
        assert_eq!(
            brief(&budget, "income to_be_budgeted held uncategorised_to_date in_transit"),
            "1250.00 350.00 0.00 -52.34 0.00"
        );
        assert_eq!(brief(&budget["totals"], "assigned activity available"), "900.00 -985.00 -85.00");
        // 1000 + 250 - 600 - 350 - 12.34 - 40 - 30 - 5 is in the accounts on budget.
        let on_budget = "212.66";
        assert_eq!(brief(&s.json("balance checking card old")["totals"][0], "balance"), on_budget);
        // 350.00 + 0.00 - 85.00 = 212.66 + 52.34.
    }

    fn what_cannot_be_is_one_error_and_changes_nothing(s: &Sandbox) {
        january(s);
        for (code, line, said) in [
            (3, "budget assign groceri 5", "no category named `groceri`"),
            (1, "budget assign pay 5", "`pay` takes income"),
            (2, "budget assign food abc", "is not an amount"),
            (2, "budget assign food 5 -p 2026", "`2026` is not one month"),
            (2, "budget -p nonsense", "`nonsense` is not a period"),
            (2, "budget move 0 food rent", "above 0"),
            (2, "budget move 5 food food", "already"),
            (3, "budget move 5 food nope", "no category named `nope`"),
            (2, "budget cover tbb", "from an envelope"),
            (2, "budget hold -5", "no sign"),
            (2, "budget carryover food maybe", "`on` or `off`"),
            (2, "budget assign food", "<AMOUNT>"),
        ] {
            says(&s.refuses(code, line), &[said]);
        }
        let before = s.json("budget");
        s.ok("budget assign food 1 -n");
        assert_eq!(s.json("budget"), before);
    }

    fn a_category_with_money_stays_one_of_expenses(s: &Sandbox) {
        january(s);
        s.ok("category add home/spare");
        s.ok("budget move 20 tbb spare");
        says(&s.refuses(1, "category delete spare"), &["20.00", "groat budget move"]);
        says(&s.refuses(1, "category edit spare --kind income"), &["has money assigned"]);
        s.ok("budget move 20 spare tbb");
        s.ok("category delete spare");
        s.ok("undo");
        s.ok("budget move 15 tbb spare");
        s.ok("category merge spare food");
        let budget = s.json("budget");
        assert_eq!(brief(&envelope(&budget, "food"), "assigned available"), "315.00 -35.00");
        s.ok("undo");
        assert_eq!(brief(&envelope(&s.json("budget"), "spare"), "assigned"), "15.00");
    }

    fn a_month_is_shown_with_its_envelopes(s: &Sandbox) {
        january(s);
        s.ok("budget assign rent +100");
        s.ok("budget assign food 10 -p 2026-03");
        insta::assert_snapshot!(s.ok("budget").stdout, @r"
        Budget, January 2026 (USD)

        To be budgeted   0.00
        Assigned later  10.00  leaves -60.00 in 2026-03

        Envelope  Assigned  Activity  Available
        Home
          rent      700.00   -600.00     100.00  ████████░░
          food      300.00   -350.00     -50.00  overspent
        Total     1,000.00   -950.00      50.00
        ");
        insta::assert_snapshot!(s.ok("budget assign food 320").stdout, @r"
        assigned 320.00 USD to food in 2026-01, 300.00 before
          food has -30.00
          to be budgeted -20.00 USD, 10.00 assigned later
        ");
    }

    fn a_number_is_explained_down_to_its_parts(s: &Sandbox) {
        january(s);
        for line in [
            "budget hold 30", "add 20 shop -c food -d 2026-02-03", "budget assign food 100 -p 2026-02",
            "budget move 40 food rent -p 2026-02", "income 500 boss -c pay -d 2026-02-01",
            "budget carryover rent on", "add 100 landlord -c rent -d 2026-02-04",
        ] {
            s.ok(line);
        }
        for month in ["2025-12", "2026-01", "2026-02", "2026-03"] {
            let budget = s.json(&format!("budget -p {month}"));
            for (category, expected) in [
                ("tbb", budget["to_be_budgeted"].clone()),
                ("food", envelope(&budget, "food")["available"].clone()),
                ("rent", envelope(&budget, "rent")["available"].clone()),
            ] {
                let explained = s.json(&format!("budget explain {category} -p {month}"));
                assert_eq!(explained["amount"], expected, "{category} {month}");
                assert_eq!(sum_of_parts(&explained), minor(&expected), "{category} {month}: {explained}");
            }
        }
        insta::assert_snapshot!(s.ok("budget explain -p 2026-02").stdout, @r"
        To be budgeted, February 2026 (USD)
        Month                                          Amount  Leaves
        2026-01  4 parts                                70.00   70.00
        2026-02                                        380.00  450.00
                 moved to food (operation 13)         -100.00
                 2026-02-01 boss (5)                   500.00
                 food was overspent the month before   -50.00
                 held the month before                  30.00
        Total                                          450.00
        ");
        says(&s.refuses(1, "budget explain pay"), &["`pay` takes income"]);
    }

    fn a_check_is_silent_when_all_is_well_and_says_what_is_not(s: &Sandbox) {
        envelopes(s);
        s.ok("add 10 shop -c food");
        // Who assigns nothing keeps no budget.
        for line in ["check", "check budget -q"] {
            assert_eq!(s.ok(line).stdout, "", "{line}");
        }
        s.ok("undo");
        spend(s);
        assert_eq!(s.ok("check budget --at 2025-12-31").stdout, "");
        s.ok("budget hold 100");
        s.ok("budget assign rent +20");
        s.ok("budget target rent 650");
        let found = s.run("check budget").fails(10);
        insta::assert_snapshot!(found.stdout, @r"
        warning: food is overspent by 50.00 USD in 2026-01: `groat budget cover home/food`
        warning: 20.00 USD more is given out in 2026-01 than there is
        warning: 100.00 USD is held in 2026-01 without money: `groat budget hold 0`
        warning: the target of rent lacks 30.00 USD in 2026-01
        48.4% of the month has passed, 103.3% of what the envelopes had is spent
        ");
        let json = s.run("check budget --json").fails(10).json();
        assert_eq!(brief(&json["pace"], "elapsed spent"), "48.4 103.3");
        insta::assert_snapshot!(s.ok("").stdout, @r"
        January 2026
          in   1,000.00 USD
          out  950.00 USD
          to be budgeted  -20.00 USD
          overspent  food -50.00: `groat budget cover home/food`

        Account   Balance  Cleared
        Card         0.00     0.00  USD
        Checking    50.00     0.00  USD
        Total       50.00           USD
        ");
    }

    fn a_leg_that_no_longer_fits_is_found(s: &Sandbox) {
        envelopes(s);
        s.ok("account add Pension --kind investment --off-budget");
        s.ok("transfer 40 checking pension -c food");
        s.ok("budget assign food 40");
        s.ok("income 40 boss -c pay");
        assert_eq!(s.ok("check budget").stdout, "");
        s.ok("account edit pension --on-budget");
        answers(&s.run("check budget").fails(10), &["has the category food on a leg where none belongs"]);
    }

    fn an_empty_book_has_an_empty_budget(s: &Sandbox) {
        let run = s.ok("budget");
        answers(&run, &["To be budgeted  0.00", "no categories yet"]);
        says(&run, &["there is no book yet"]);
        assert!(s.has_no_book());
    }
}
