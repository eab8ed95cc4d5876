//! What one category asks for with plenty to give: the T cases, A6, and the rules of each line.

use super::Kind::{Activity, Assigned, Available, Income};
use super::*;

const PLENTY: i64 = 1_000_000_000;

/// What one category with these lines is assigned in a month.
fn assigned_in(in_month: &str, lines: &[&str], rollover: i64, facts: &Facts) -> i64 {
    let mut input = january(PLENTY, &[lines]);
    input.month = month(in_month);
    input.categories[0].rollover = Minor(rollover);
    after(&plan(&input, facts).unwrap_or_else(|refused| panic!("{lines:?}: {refused}")))[0]
}

#[test]
fn lines_without_a_past_ask_for_what_the_cases_say() {
    for (id, in_month, lines, rollover, expected) in [
        ("T1", "2024-01", &["100"][..], 0, 10_000),
        ("T2", "2024-01", &["up to 500"], 0, 50_000),
        ("T3", "2024-01", &["up to 100 per week starting 2024-01-01"], 0, 50_000),
        ("T4", "2024-01", &["up to 10 per day"], 0, 31_000),
        ("T4", "2023-02", &["up to 10 per day"], 0, 28_000),
        ("T4", "2024-02", &["up to 10 per day"], 0, 29_000),
        ("T8", "2024-01", &["100 every week starting 2024-01-01"], 0, 50_000),
        ("T10", "2024-01", &["100 every 7 weeks starting 2023-12-04"], 0, 10_000),
        ("T11", "2024-01", &["100 every 10 days starting 2024-01-01"], 0, 40_000),
        ("T12", "2024-01", &["100 every year starting 2023-01-01"], 0, 10_000),
        ("T12", "2024-01", &["100 every 2 months starting 2023-11-01"], 0, 10_000),
        ("T15", "2024-01", &["1000 by 2023-12 spend from 2023-11"], 0, 0),
        ("T20", "2024-01", &["1000 by 2024-03", "2000 by 2024-06"], 0, 50_000),
        ("T24", "2024-01", &["100 up to 150"], 9_000, 6_000),
        ("T29", "2024-01", &["100", "200", "up to 150"], 0, 15_000),
        ("T31", "2024-01", &["100", "200", "goal 1000"], 0, 30_000),
        ("T38", "2024-01", &["!1 100", "!2 50"], 0, 15_000),
        ("a refill", "2024-01", &["50", "up to 200"], 3_000, 17_000),
        ("a refill of a deficit that is carried", "2024-01", &["up to 200"], -5_000, 25_000),
        ("above the limit", "2024-01", &["up to 200"], 25_000, -5_000),
        ("above the limit", "2024-01", &["50 up to 200"], 25_000, -5_000),
        ("above the limit, held", "2024-01", &["50 up to 200 hold"], 25_000, 0),
        ("a limit that starts later", "2024-01", &["up to 10 per day starting 2024-01-31"], 0, 1_000),
        ("no occurrence", "2024-02", &["100 every year starting 2023-01-01"], 0, 0),
        ("by, in its month", "2024-03", &["1000 by 2024-03"], 66_000, 34_000),
        ("by, saved up", "2024-03", &["1000 by 2024-03"], 160_000, 0),
        ("by, half a cent to even", "2024-01", &["0.01 by 2024-02"], 0, 0),
        ("by, half a cent to even", "2024-01", &["0.03 by 2024-02"], 0, 2),
        ("by, again", "2024-02", &["1200 by 2024-01 repeat every year"], 0, 10_000),
        ("by, the nearer one is larger", "2024-01", &["900 by 2024-03", "100 by 2024-06"], 0, 30_000),
        // 1000 until December and twelve times 100 on the way.
        (
            "by, one comes back",
            "2024-01",
            &["100 by 2024-01 repeat every month", "1000 by 2024-12"],
            0,
            18_333,
        ),
        ("by, with what was given before", "2024-01", &["100", "1000 by 2024-03"], 0, 40_000),
        ("spend, not begun", "2024-01", &["500 by 2024-05 spend from 2024-03"], 10_000, 8_000),
        ("spend, from this month on", "2024-01", &["500 by 2024-01 spend from 2024-01"], 10_000, 40_000),
        ("spend, again", "2024-02", &["1200 by 2024-01 spend from 2024-01 repeat every year"], 0, 10_000),
    ] {
        assert_eq!(assigned_in(in_month, lines, rollover, &Facts::default()), expected, "{id}: {lines:?}");
    }
}

#[test]
fn lines_that_look_back_ask_for_what_the_cases_say() {
    let spent = |first: i64, second: i64, third: i64| {
        vec![
            (Activity, 1, "2023-10", first),
            (Activity, 1, "2023-11", second),
            (Activity, 1, "2023-12", third),
        ]
    };
    for (id, text, facts, expected) in [
        ("T7", "copy from 1 month ago", vec![(Assigned, 1, "2023-12", 10_000)], 10_000),
        ("T7", "copy from 3 months ago", vec![(Assigned, 1, "2023-10", 20_000)], 20_000),
        ("T7", "copy from 1 month ago", vec![], 0),
        ("taken out then", "copy from 1 month ago", vec![(Assigned, 1, "2023-12", -100)], 0),
        (
            "T13",
            "1000 by 2024-01 spend from 2023-11",
            vec![
                (Activity, 1, "2023-11", -10_000),
                (Available, 1, "2023-11", 20_000),
                (Assigned, 1, "2023-12", 10_000),
            ],
            60_000,
        ),
        ("T16", "10% of all income", vec![(Income, 7, "2024-01", 10_000)], 1_000),
        ("T16", "10% of previous all income", vec![(Income, 7, "2023-12", 10_000)], 1_000),
        ("T17", "15% of Salary", vec![(Income, 1000, "2024-01", 2_000), (Income, 7, "2024-01", 500)], 300),
        ("a negative base", "15% of Salary", vec![(Income, 1000, "2024-01", -2_000)], 0),
        ("half a cent to even", "50% of Salary", vec![(Income, 1000, "2024-01", 5)], 2),
        ("a third", "33.3333% of Salary", vec![(Income, 1000, "2024-01", 1_000_000)], 333_333),
        ("T18", "average 3 months", spent(-100, -200, -300), 200),
        ("T18", "average 3 months", spent(0, 0, -300), 100),
        ("T18", "average 3 months", spent(-100, 200, -300), 67),
        ("never negative", "average 3 months", spent(100, 200, -200), 0),
        ("T19", "average 3 months +10%", spent(-100, -100, -100), 110),
        ("T19", "average 3 months -10%", spent(-100, -100, -100), 90),
        ("T19", "average 3 months +0%", spent(-100, -100, -100), 100),
        ("T19", "average 3 months +11", spent(-10_000, -10_000, -10_000), 11_100),
        ("T19", "average 3 months -1", spent(-10_000, -10_000, -10_000), 9_900),
        ("T19", "average 3 months +0", spent(-10_000, -10_000, -10_000), 10_000),
        ("below nothing", "average 3 months -1", spent(-10, -10, -10), 0),
        ("rounded once", "average 3 months +50%", spent(-1, 0, 0), 0),
        ("rounded once", "average 3 months +350%", spent(-1, 0, 0), 2),
    ] {
        assert_eq!(assigned_in("2024-01", &[text], 0, &Facts::of(&facts)), expected, "{id}: {text}");
    }
}

/// A6: only complete months before the current one count.
#[test]
fn an_average_ends_before_the_month_and_before_the_current_one() {
    let facts = Facts::of(&[
        (Activity, 1, "2023-11", -300),
        (Activity, 1, "2023-12", -600),
        (Activity, 1, "2024-01", -900),
        (Activity, 1, "2024-02", -3_000),
        (Activity, 1, "2024-03", -1_200),
    ]);
    for (planned_month, current, expected) in
        [("2024-04", "2024-02", 600), ("2024-02", "2024-04", 600), ("2024-04", "2024-04", 1_700)]
    {
        let mut input = january(PLENTY, &[&["average 3 months"]]);
        (input.month, input.current_month) = (month(planned_month), month(current));
        assert_eq!(after(&plan(&input, &facts).unwrap()), [expected], "{planned_month} seen in {current}");
    }
}

/// T32.
#[test]
fn a_category_with_only_a_goal_is_not_touched() {
    let mut input = january(PLENTY, &[&["goal 1000"]]);
    input.categories[0].assigned = Minor(10_000);
    input.overwrite = true;
    assert_eq!(planned(&input).categories, []);
    let need = &needs(&input, &Facts::default())[0];
    assert_eq!((need.asked.clone(), need.goal), (Ok(Minor::ZERO), Some(Minor(100_000))));
}

#[test]
fn every_line_says_how_it_came_about() {
    let facts = Facts::of(&[(Income, 1000, "2024-01", 210_000), (Activity, 1, "2023-12", -9_000)]);
    for (text, reason) in [
        ("50", ""),
        ("up to 200", "to 200.00"),
        ("100 every week starting 2024-01-01", "5 times in 2024-01"),
        ("500 by 2024-01", "500.00 missing for 2024-01, over 1 month"),
        ("1500 by 2024-03 repeat every year", "1,500.00 missing for 2024-03, over 3 months"),
        ("500 by 2023-03 spend from 2023-02", "2023-03 is past"),
        ("10% of Salary", "10% of 2,100.00"),
        ("average 2 months", "90.00 spent from 2023-11 to 2023-12"),
        ("copy from 2 months ago", "as in 2023-11"),
        ("remainder", "1 of 1 shares of 10,000,000.00"),
        ("remainder 2 up to 10", "2 of 2 shares of 10,000,000.00; capped at 10.00"),
        ("50 up to 30", "capped at 30.00"),
    ] {
        let plan = plan(&january(PLENTY, &[&[text]]), &facts).unwrap();
        assert_eq!(plan.categories[0].lines[0].reason, reason, "{text}");
        assert_eq!(plan.warnings.len(), usize::from(reason.ends_with("is past")), "{text}");
    }
}
