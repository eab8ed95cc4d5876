//! What is true of every text and of every line.

use proptest::prelude::*;

use super::*;

fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("50".to_owned()),
        "[0-9]{1,5}(\\.[0-9]{1,3})?",
        "[1-9],[0-9]{3}\\.[0-9]{2}",
        "[0-9]{1,3}[-+*/][0-9]{1,3}"
    ]
}

fn clause() -> impl Strategy<Value = String> {
    let unit = proptest::sample::select(vec![
        "day",
        "days",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "fortnight",
    ]);
    let date = "20(19|2[0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    let name = prop_oneof![
        Just("Salary".to_owned()),
        Just("all income".to_owned()),
        Just("available funds".to_owned()),
        "[A-Za-z/ é]{1,12}",
        "\"[ -~]{0,10}\"",
        "(previous |up |to |full |all ){0,3}[a-z]{0,4}"
    ];
    prop_oneof![
        Just(String::new()),
        amount(),
        "!([0-9]{1,3}|x)",
        (amount(), unit.clone()).prop_map(|(amount, unit)| format!("up to {amount} per {unit}")),
        amount().prop_map(|amount| format!("up to {amount}")),
        ("[0-9]{0,4}", unit.clone(), date)
            .prop_map(|(count, unit, date)| format!("every {count} {unit} starting {date}")),
        "by 20[23][0-9]-(0[1-9]|1[0-2])",
        "spend from 20[23][0-9]-(0[1-9]|1[0-2])",
        ("[0-9]{0,2}", unit).prop_map(|(count, unit)| format!("repeat every {count} {unit}")),
        ("[0-9]{1,3}(\\.[0-9]{1,4})?", name.clone())
            .prop_map(|(percent, name)| format!("{percent}% of {name}")),
        ("(full )?", name).prop_map(|(full, name)| format!("schedule {full}{name}")),
        "average [0-9]{1,2} months?",
        "[-+][0-9]{1,3}%?",
        "copy from [0-9]{1,2} months? ago",
        "remainder [0-9]{0,2}",
        "(goal|hold|starting|per|of)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_printed_is_read_as_the_same(clauses in proptest::collection::vec(clause(), 1..5)) {
        if let Ok(line) = read(&clauses.join(" ")) {
            let printed = line.to_string();
            for mark in [DecimalMark::Point, DecimalMark::Comma] {
                prop_assert_eq!(read_in(&printed, "EUR", mark), Ok(line.clone()), "{:?} is printed as {}", clauses, printed);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "(?s).{0,80}", clauses in proptest::collection::vec(clause(), 0..6)) {
        for text in [text, clauses.join(" ")] {
            if let Err(misread) = read(&text) {
                let [shown, carets] = &misread.place[..] else { panic!("no place") };
                prop_assert!(carets.contains('^') && !shown.contains(char::is_control));
            }
        }
    }

    #[test]
    fn any_name_is_printed_so_that_it_is_read(name in "(?s)[^\\p{Z}\\p{C}](.{0,20}[^\\p{Z}\\p{C}])?") {
        use unicode_normalization::UnicodeNormalization;
        let name: String = name.nfc().collect();
        let line = good("10% of x").with_category(name.clone());
        let again = read(&line.to_string());
        prop_assert_eq!(again.as_ref().ok().and_then(Line::category), Some(name.as_str()), "{}", line);
    }

    #[test]
    fn counting_is_as_walking(start in 0i64..2000, apart in 1u32..40, ahead in 0i32..80, unit in 0usize..4) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        let start = first + chrono::TimeDelta::days(start);
        let unit = Unit::ALL[unit];
        let recurrence = Recurrence { every: Every { count: apart, unit }, start };
        let month = Month::of(first).plus(ahead);
        let walked = (0..4000_u32).map_while(|step| {
            let date = match unit {
                Unit::Day => start + chrono::TimeDelta::days(i64::from(step * apart)),
                Unit::Week => start + chrono::TimeDelta::days(i64::from(step * apart) * 7),
                Unit::Month => start + chrono::Months::new(step * apart),
                Unit::Year => start + chrono::Months::new(step * apart * 12),
            };
            (Month::of(date) <= month).then_some(date)
        });
        let expected = walked.filter(|date| Month::of(*date) == month).count();
        prop_assert_eq!(recurrence.count_in(month) as usize, expected);
    }
}
