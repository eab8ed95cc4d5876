//! Who is served first, what is left for the others, and how the rest is shared.

use super::super::remainder::{Taker, share_out};
use super::*;

#[test]
fn golden_scenario_5_the_remainder_is_served_last() {
    let plan = planned(&january(10_000, &[&["!1 80"], &["!1 50"], &["remainder"]]));
    assert_eq!(after(&plan), [8_000, 2_000, 0]);
    assert_eq!(plan.after, Minor::ZERO);
    let reasons = [(8_000, ""), (2_000, "30.00 short: nothing left at priority 1"), (0, "nothing left")];
    assert_eq!(told(&plan), reasons);
}

#[test]
fn priorities_are_served_in_their_order_and_zero_even_from_nothing() {
    for (id, left, lines, expected, rest) in [
        ("T23", 150, &[&["!1 100", "!1 200"][..]][..], &[150][..], 0),
        ("T28", 15_000, &[&["!1 100", "!2 200", "remainder"]], &[15_000], 0),
        ("zero goes below", 5_000, &[&["100"], &["!1 10"], &["remainder"]], &[10_000, 0, 0], -5_000),
        ("a later level first in order", 5_000, &[&["!2 40"], &["!1 40"]], &[1_000, 4_000], 0),
        ("nothing to begin with", -100, &[&["!1 40"], &["remainder"]], &[0, 0], -100),
        ("T17", 50_000, &[&["20% of available funds"]], &[10_000], 40_000),
        // Both see what was there when their level started.
        (
            "funds",
            10_000,
            &[&["!1 50% of available funds"], &["!1 50% of available funds"]],
            &[5_000, 5_000],
            0,
        ),
        ("funds", 10_000, &[&["20"], &["!1 50% of available funds"]], &[2_000, 4_000], 4_000),
        ("no funds", -100, &[&["50% of available funds"]], &[0], -100),
    ] {
        let plan = planned(&january(left, lines));
        assert_eq!(after(&plan), expected, "{id}");
        assert_eq!(plan.after, Minor(rest), "{id}");
    }
}

#[test]
fn what_is_above_a_limit_is_there_for_all_levels() {
    let mut input = january(0, &[&["!1 50"], &["up to 200"], &["remainder"]]);
    input.categories[1].rollover = Minor(27_500);
    let plan = planned(&input);
    assert_eq!(after(&plan), [5_000, -7_500, 2_500]);
    let back = plan.categories[1].given_back.clone().unwrap();
    assert_eq!((back.amount.0, back.reason.as_str()), (7_500, "75.00 above 200.00 goes back"));
}

#[test]
fn a_limit_covers_all_lines_of_its_category() {
    let plan = planned(&january(100_000, &[&["150 up to 200", "!1 90", "remainder"], &["remainder 3"]]));
    let expected = [
        (15_000, ""),
        (5_000, "capped at 200.00"),
        (0, "1 of 4 shares of 800.00; capped at 200.00"),
        (80_000, "3 of 4 shares of 800.00"),
    ];
    assert_eq!(told(&plan), expected);
    let short = planned(&january(2_000, &[&["!2 150 up to 100"]]));
    assert_eq!(told(&short), [(2_000, "capped at 100.00; 80.00 short: nothing left at priority 2")]);
}

#[test]
fn shares_are_rounded_half_to_even_and_the_last_gets_the_rest() {
    for (pool, takers, expected) in [
        (100, &[(2, None)][..], &[100][..]),
        (101, &[(1, None)], &[101]),
        (100, &[(1, None), (1, None), (1, None)], &[33, 33, 34]),
        (5, &[(1, None), (1, None)], &[2, 3]),
        (7, &[(1, None), (1, None)], &[4, 3]),
        (3, &[(1, None), (1, None), (1, None), (1, None), (1, None)], &[1, 1, 1, 0, 0]),
        (100, &[(1, None), (3, None)], &[25, 75]),
        (100, &[(1, Some(10)), (1, None), (1, None)], &[10, 45, 45]),
        (100, &[(1, None), (1, None), (1, Some(10))], &[45, 45, 10]),
        // The second is full only once the first has dropped out.
        (100, &[(2, Some(10)), (1, Some(40)), (1, None)], &[10, 40, 50]),
        (100, &[(1, Some(10)), (1, Some(20))], &[10, 20]),
        (100, &[(1, Some(0))], &[0]),
        (100, &[(1, Some(50)), (1, Some(50))], &[50, 50]),
        (0, &[(1, None)], &[0]),
        (-5, &[(1, None)], &[0]),
        (100, &[], &[]),
    ] {
        let takers: Vec<Taker> = takers.iter().map(|&(weight, room)| Taker { weight, room }).collect();
        assert_eq!(share_out(pool, &takers), expected, "{pool} among {takers:?}");
    }
}

#[test]
fn only_visible_categories_with_nothing_assigned_are_touched_unless_overwritten() {
    let mut input = january(10_000, &[&["80"], &["60"], &["50"], &[]]);
    input.categories[1].assigned = Minor(3_000);
    input.categories[2].is_visible = false;
    let plan = planned(&input);
    assert_eq!((after(&plan), plan.after, plan.skipped), (vec![8_000], Minor(2_000), vec![CategoryId(2)]));

    input.overwrite = true;
    let plan = planned(&input);
    assert_eq!((after(&plan), plan.after, plan.skipped), (vec![8_000, 6_000], Minor(-1_000), vec![]));
    assert_eq!(plan.categories[1].before, Minor(3_000));
}

#[test]
fn a_need_is_what_is_asked_for_whatever_is_left() {
    let lines: &[&[&str]] = &[
        &["!1 100", "!2 200", "remainder"],
        &["50", "goal 70"],
        &["up to 200"],
        &["goal 5"],
        &["schedule Rent", "50"],
        &[],
    ];
    let mut input = january(15_000, lines);
    input.categories[1].assigned = Minor(2_000);
    input.categories[2].rollover = Minor(21_000);
    let needs = needs(&input, &Facts::default());
    let told: Vec<_> =
        needs.iter().map(|need| (need.category.0, need.missing().unwrap().map(|minor| minor.0))).collect();
    // T28: the two priorities ask for 300 together.
    assert_eq!(told, [(1, Some(30_000)), (2, Some(3_000)), (3, Some(0)), (4, Some(0)), (5, None)]);
    assert_eq!(needs[2].asked, Ok(Minor(-1_000)));
    assert!(matches!(&needs[4].asked, Err(Refused::Lines(lines)) if lines.len() == 1));
}
