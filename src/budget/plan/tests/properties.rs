//! What is true of every plan.

use proptest::prelude::*;

use super::super::check::bad_lines;
use super::*;
use crate::domain::target::{Ask, Base};

fn text() -> impl Strategy<Value = String> {
    let amount = 1_u32..300;
    let percent = 1_u32..80;
    prop_oneof![
        amount.clone().prop_map(|amount| format!("{amount}")),
        (1_u32..4, amount.clone()).prop_map(|(priority, amount)| format!("!{priority} {amount}.37")),
        (amount.clone(), amount.clone()).prop_map(|(amount, limit)| format!("!1 {amount} up to {limit}")),
        amount.clone().prop_map(|limit| format!("up to {limit}")),
        amount.clone().prop_map(|limit| format!("50 up to {limit} hold")),
        (1_u32..9, 1_u32..40)
            .prop_map(|(amount, days)| format!("{amount} every {days} days starting 2023-12-07")),
        (amount.clone(), 1_u32..13)
            .prop_map(|(amount, month)| format!("{amount} by 2024-{month:02} repeat every year")),
        (amount.clone(), 1_u32..13)
            .prop_map(|(amount, month)| format!("{amount} by 2025-{month:02} spend from 2023-{month:02}")),
        percent.clone().prop_map(|percent| format!("!1 {percent}% of available funds")),
        percent.prop_map(|percent| format!("{percent}.5% of previous Salary")),
        (1_u32..6).prop_map(|months| format!("!2 average {months} months +12.5%")),
        (1_u32..6).prop_map(|months| format!("copy from {months} months ago")),
        (1_u32..5).prop_map(|weight| format!("remainder {weight}")),
        (1_u32..5, amount).prop_map(|(weight, limit)| format!("remainder {weight} up to {limit}")),
        Just("goal 100".to_owned()),
    ]
}

/// Categories without a bad line: of two limits, for example, the first is kept.
fn categories() -> impl Strategy<Value = Vec<CategoryInput>> {
    let one = (prop::collection::vec(text(), 0..5), -20_000_i64..40_000, any::<u8>(), -5_000_i64..20_000);
    prop::collection::vec(one, 0..7).prop_map(|all| {
        let each = (1..).zip(all).map(|(id, (lines, rollover, luck, assigned))| {
            let mut category = category(id, &lines.iter().map(String::as_str).collect::<Vec<_>>());
            let bad: Vec<String> =
                bad_lines(&category, month("2024-01")).into_iter().map(|bad| bad.line).collect();
            category.targets.retain(|target| !bad.contains(&target.line.to_string()));
            category.rollover = Minor(rollover);
            category.is_visible = luck % 7 != 0;
            category.assigned = Minor(if luck % 3 == 0 { assigned } else { 0 });
            category
        });
        each.collect()
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    let kind = prop::sample::select(vec![Kind::Assigned, Kind::Activity, Kind::Available, Kind::Income]);
    let one = (kind, 1_i64..8, 1..30_i32, -30_000_i64..30_000);
    prop::collection::vec(one, 0..60).prop_map(|facts| {
        let each = facts.into_iter().map(|(kind, id, back, minor)| {
            let id = if kind == Kind::Income { SALARY } else { CategoryId(id) };
            (kind, id, month("2024-01").plus(-back), minor)
        });
        Facts(each.collect())
    })
}

fn input() -> impl Strategy<Value = Input> {
    (categories(), -20_000_i64..100_000, any::<bool>()).prop_map(|(categories, left, overwrite)| Input {
        categories,
        overwrite,
        ..january(left, &[])
    })
}

/// The month after the plan was applied.
fn applied(input: &Input, plan: &Plan) -> Input {
    let mut applied = Input { to_be_budgeted: plan.after, overwrite: true, ..input.clone() };
    for planned in &plan.categories {
        let found = applied.categories.iter_mut().find(|category| category.id == planned.category);
        found.unwrap().assigned = planned.after;
    }
    applied
}

fn limit_of(input: &Input, planned: &Planned) -> Option<(i128, bool, i64)> {
    let category = input.categories.iter().find(|category| category.id == planned.category).unwrap();
    let limit = category.targets.iter().find_map(|target| target.line.limit)?;
    Some((limit.in_month(input.month), limit.is_held, category.rollover.0))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn applied_twice_is_applied_once(mut input in input(), facts in facts()) {
        if !input.overwrite {
            input.categories.iter_mut().for_each(|category| category.assigned = Minor::ZERO);
        }
        let once = plan(&input, &facts).unwrap();
        let again = plan(&applied(&input, &once), &facts).unwrap();
        prop_assert_eq!(again.after, once.after);
        prop_assert_eq!(after(&again), after(&once));
        prop_assert_eq!(told(&again), told(&once));
        prop_assert!(again.categories.iter().all(|planned| planned.before == planned.after));
    }

    #[test]
    fn no_money_is_made_and_levels_above_zero_give_what_is_there(input in input(), facts in facts()) {
        let plan = plan(&input, &facts).unwrap();
        let sum = |of: fn(&Planned) -> i64| plan.categories.iter().map(of).sum::<i64>();
        prop_assert_eq!(plan.before.0 + sum(|planned| planned.before.0), plan.after.0 + sum(|planned| planned.after.0));

        let back = sum(|planned| planned.given_back.as_ref().map_or(0, |back| back.amount.0));
        let lines = || plan.categories.iter().flat_map(|planned| &planned.lines);
        let is_first = |text: &str| !text.starts_with('!') && !text.starts_with("remainder");
        let first: i64 = lines().filter(|planned| is_first(&planned.line)).map(|planned| planned.given.0).sum();
        let later: i64 = lines().filter(|planned| !is_first(&planned.line)).map(|planned| planned.given.0).sum();
        let left = plan.before.0 + sum(|planned| planned.before.0) + back - first;
        prop_assert!(later <= left.max(0), "{} of {}", later, left);
        prop_assert!(lines().all(|planned| planned.given >= Minor::ZERO && planned.given <= planned.asked));
        prop_assert!(lines().all(|planned| planned.given == planned.asked || !planned.reason.is_empty()));
    }

    #[test]
    fn limits_hold_and_remainders_leave_nothing_unless_all_are_full(input in input(), facts in facts()) {
        let plan = plan(&input, &facts).unwrap();
        for planned in &plan.categories {
            if let Some((limit, is_held, rollover)) = limit_of(&input, planned) {
                let most = if is_held { limit.max(rollover.into()) } else { limit };
                prop_assert!(i128::from(rollover + planned.after.0) <= most);
            }
            let takes = planned.lines.iter().any(|planned| matches!(line(&planned.line).ask, Ask::Remainder { .. }));
            if takes && plan.after > Minor::ZERO {
                let (limit, _, rollover) = limit_of(&input, planned).expect("only a limit leaves something");
                prop_assert!(i128::from(rollover + planned.after.0) >= limit);
            }
        }
    }

    #[test]
    fn nothing_hidden_or_assigned_is_touched(input in input(), facts in facts()) {
        let plan = plan(&input, &facts).unwrap();
        for planned in &plan.categories {
            let category = input.categories.iter().find(|category| category.id == planned.category).unwrap();
            prop_assert!(category.is_visible && (input.overwrite || category.assigned.is_zero()));
        }
    }

    #[test]
    fn what_is_needed_is_what_is_given_where_there_is_plenty(mut input in input(), facts in facts()) {
        input.overwrite = true;
        input.to_be_budgeted = Minor(1_000_000_000_000);
        // Shares of what is available can take more than all of it together, however much there is.
        let is_of_rest = |ask: &Ask| matches!(ask, Ask::Remainder { .. } | Ask::Share { of: Base::AvailableFunds, .. });
        let is_without = |category: &CategoryInput| !category.targets.iter().any(|target| is_of_rest(&target.line.ask));
        input.categories.retain(is_without);
        let plan = plan(&input, &facts).unwrap();
        for need in needs(&input, &facts) {
            let given = plan.categories.iter().find(|planned| planned.category == need.category);
            prop_assert_eq!(need.asked, Ok(given.map_or(Minor::ZERO, |planned| planned.after)));
        }
    }

    #[test]
    fn who_was_given_what_they_ask_for_lacks_nothing(input in input(), facts in facts()) {
        let plan = plan(&input, &facts).unwrap();
        for need in needs(&applied(&input, &plan), &facts) {
            let Some(planned) = plan.categories.iter().find(|planned| planned.category == need.category) else {
                continue;
            };
            if !planned.lines.iter().any(|line| line.reason.contains("short")) {
                prop_assert_eq!(need.missing(), Ok(Some(Minor::ZERO)), "{:?}", planned);
            }
        }
    }

    #[test]
    fn amounts_of_any_size_are_planned_or_refused(
        amounts in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>()), 1..4),
        left in any::<i64>(),
    ) {
        let mut facts = Facts::default();
        let each = (1..).zip(&amounts).map(|(id, (rollover, assigned, activity))| {
            let amount = rollover.unsigned_abs() / 100;
            facts.0.push((Kind::Activity, CategoryId(id), month("2023-12"), *activity));
            facts.0.push((Kind::Income, SALARY, month("2024-01"), *assigned));
            let lines = [format!("{amount} every 3 days starting 2020-01-01"), "!1 average 2 months +900%".to_owned(),
                format!("{amount} by 2024-05 repeat every month"), "900% of Salary".to_owned(), format!("remainder 9999 up to {amount}")];
            let kept = lines.iter().filter(|line| !line.starts_with('0')).map(String::as_str).collect::<Vec<_>>();
            CategoryInput { rollover: Minor(*rollover), assigned: Minor(*assigned), ..category(id, &kept) }
        });
        let categories = each.collect();
        let input = Input { categories, overwrite: true, ..january(left, &[]) };
        // Whatever comes of it: nothing here may panic.
        let _ = plan(&input, &facts);
        let _ = needs(&input, &facts);
    }
}
