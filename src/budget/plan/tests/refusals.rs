//! One bad line refuses the whole plan, and all bad lines are named.

use super::*;
use crate::error::Problem;

fn refused(lines: &[&[&str]]) -> Vec<String> {
    match plan(&january(10_000, lines), &Facts::default()) {
        Err(refused) => refused.to_string().lines().map(str::to_owned).collect(),
        Ok(plan) => panic!("{plan:?}"),
    }
}

#[test]
fn every_bad_line_of_all_categories_is_named() {
    let said = refused(&[
        &["10% of Bonus", "50"],
        &["50"],
        &["schedule Rent"],
        &["500 by 2023-12", "100 by 2024-12"],
        &["50 up to 60", "up to 70", "remainder up to 80"],
        &["9 by 2024-05 spend from 2024-04", "8 by 2024-05 spend from 2024-05"],
        &["goal 5", "goal 6"],
        &["!1 500 by 2024-05", "!2 400 by 2024-06", "!3 9 by 2024-05 spend from 2024-04"],
    ]);
    assert_eq!(
        said,
        [
            "C1: `10% of Bonus`: there is no income category `Bonus`",
            "C3: `schedule Rent`: schedules do not exist yet",
            "C4: `500 by 2023-12`: `2023-12` is past, and it does not repeat",
            "C5: `up to 70`: it is a second limit",
            "C5: `remainder up to 80`: it is a second limit",
            "C6: `8 by 2024-05 spend from 2024-05`: it is a second `spend from`",
            "C7: `goal 6`: it is a second `goal`",
            "C8: `!2 400 by 2024-06`: its priority is 2, and that of `!1 500 by 2024-05` is 1",
        ]
    );
}

#[test]
fn lines_that_only_look_bad_are_planned() {
    for lines in [
        &["500 by 2023-12 repeat every year"][..],
        &["500 by 2023-12 spend from 2023-11"],
        &["500 by 2024-01"],
        &["50 up to 60", "40", "goal 9"],
    ] {
        assert!(plan(&january(10_000, &[lines]), &Facts::default()).is_ok(), "{lines:?}");
    }
}

#[test]
fn a_hidden_category_refuses_nothing() {
    let mut input = january(10_000, &[&["schedule Rent"], &["50"]]);
    input.categories[0].is_visible = false;
    assert_eq!(after(&planned(&input)), [5_000]);
}

#[test]
fn sums_beyond_64_bits_are_refused() {
    let most = "92233720368547758.07";
    assert_eq!(
        refused(&[&[&format!("{most} every day starting 2024-01-01")]]),
        [format!(
            "C1: `{most} every day starting 2024-01-01`: `285924533142498050017` minor units are more than an amount can be"
        )]
    );
    let twice = january(0, &[&[most, most]]);
    assert!(matches!(plan(&twice, &Facts::default()), Err(Refused::Sum(_))));
    let both = january(0, &[&[most], &[most]]);
    assert!(matches!(plan(&both, &Facts::default()), Err(Refused::Sum(_))));
}

#[test]
fn a_refusal_is_told_as_one_problem_with_a_hint_once() {
    let lines: &[&[&str]] = &[&["schedule Rent"], &["schedule Car"]];
    let problem = Problem::from(plan(&january(0, lines), &Facts::default()).unwrap_err());
    assert_eq!(problem.message, "2 targets cannot be planned");
    assert_eq!(problem.place[1], "C2: `schedule Car`: schedules do not exist yet");
    assert_eq!(problem.hints.len(), 1);
}
