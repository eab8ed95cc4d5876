//! Template lines in tables: what they are read as, where they stop being one, and that printing loses nothing.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::money::{Currency, CurrencyCode, DecimalMark, iso_currency};
use crate::domain::query::Misread;
use crate::domain::when::Month;

fn currency(code: &str) -> Currency {
    iso_currency(CurrencyCode::parse(code).unwrap()).unwrap()
}

fn read_in(text: &str, code: &str, mark: DecimalMark) -> Result<Line, Misread> {
    let today = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    Line::parse(text, &Reading { today, mark, order: None, currency: &currency(code) })
}

fn read(text: &str) -> Result<Line, Misread> {
    read_in(text, "EUR", DecimalMark::Point)
}

#[track_caller]
fn good(text: &str) -> Line {
    read(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

#[test]
fn every_form_is_read_and_printed_in_its_canonical_text() {
    for (text, printed) in [
        ("50", "50"),
        ("  50.00 ", "50"),
        ("12.5", "12.50"),
        ("1200/12", "100"),
        ("12.50 + 3", "15.50"),
        ("1 234.50", "1234.50"),
        ("£50", ""),
        ("50 EUR", "50"),
        ("€ 50 up to 200 €", "50 up to 200"),
        ("0.125", "0.12"),
        ("0.375", "0.38"),
        ("50 UP TO 200", "50 up to 200"),
        ("up to 200", "up to 200"),
        ("up to 0", "up to 0"),
        ("up to 200 per month", "up to 200"),
        ("up to 200 hold", "up to 200 hold"),
        ("up to 10 per day", "up to 10 per day"),
        ("up to 10 per day starting 2026-01-20 hold", "up to 10 per day starting 2026-01-20 hold"),
        ("up to 100 per week starting 2026-01-05", "up to 100 per week starting 2026-01-05"),
        ("50 up to 100 per week starting 5 jan hold", "50 up to 100 per week starting 2026-01-05 hold"),
        ("100 every 2 weeks starting 2026-01-01", "100 every 2 weeks starting 2026-01-01"),
        ("100 every 1 week starting 2026-01-01", "100 every week starting 2026-01-01"),
        ("100 every years starting 20260101", "100 every year starting 2026-01-01"),
        ("100 every day starting 2026-01-01 up to 500", "100 every day starting 2026-01-01 up to 500"),
        ("500 by 2027-03", "500 by 2027-03"),
        ("500 by mar 2027", "500 by 2027-03"),
        ("500 by 2027-03 repeat every 12 months", "500 by 2027-03 repeat every 12 months"),
        ("500 by 2027-03 repeat every year", "500 by 2027-03 repeat every year"),
        (
            "500 by 2027-12 spend from 2027-03 repeat every 2 years",
            "500 by 2027-12 spend from 2027-03 repeat every 2 years",
        ),
        ("10% of Salary", "10% of Salary"),
        ("10.0% of previous  My   Salary", "10% of previous My Salary"),
        ("12.125% of Income:Salary", "12.1250% of Income:Salary"),
        ("10% of All Income", "10% of all income"),
        ("10% of previous all income", "10% of previous all income"),
        ("10% of available funds", "10% of available funds"),
        ("10% of \"all income\"", "10% of \"all income\""),
        ("10% of \"Salary\"", "10% of Salary"),
        ("10% of \"a \\\"b\\\" \\\\\"", "10% of \"a \\\"b\\\" \\\\\""),
        ("10% of Salary up to 200", "10% of Salary up to 200"),
        ("10% of \"Pay up to date\"", "10% of \"Pay up to date\""),
        ("schedule Rent", "schedule Rent"),
        ("schedule full Car tax +10%", "schedule full Car tax +10%"),
        ("schedule Rent -1", "schedule Rent -1"),
        ("schedule \"full\"", "schedule \"full\""),
        ("average 6 months", "average 6 months"),
        ("average 1 month -10%", "average 1 month -10%"),
        ("average 3 months +11", "average 3 months +11"),
        ("average 3 months +0%", "average 3 months +0%"),
        ("average 3 months -1.50 up to 90", "average 3 months -1.50 up to 90"),
        ("copy from 3 months ago", "copy from 3 months ago"),
        ("copy from 1 months ago", "copy from 1 month ago"),
        ("remainder", "remainder"),
        ("remainder 1", "remainder"),
        ("remainder 3 up to 200", "remainder 3 up to 200"),
        ("remainder up to 200 hold", "remainder up to 200 hold"),
        ("goal 1000", "goal 1000"),
        ("!2 50 up to 200", "!2 50 up to 200"),
        ("!0 50", "50"),
        ("!7 up to 200", "!7 up to 200"),
        ("!1 10% of available funds", "!1 10% of available funds"),
    ] {
        match printed {
            "" => assert!(read(text).is_err(), "{text}"),
            _ => assert_eq!(good(text).to_string(), printed, "{text}"),
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, place, message, hint) in [
        ("", "^", "the target is empty", "a target is `50`"),
        ("!2", "  ^", "the target is empty", "a target is `50`"),
        ("!x 50", "^^", "`!x` is not a priority", "`!0` to `!99`"),
        ("-50", "^^^", "`-50` is below zero", "without `-`"),
        ("0", "^", "a target asks for more than zero", "EUR"),
        ("0.004 by 2027-03", "^^^^^", "a target asks for more than zero", ""),
        ("50 USD", "^^^^^^", "the amount is stated in `USD`", "leave `USD` out"),
        ("50 upto 200", "   ^^^^", "`upto` is not understood here", "did you mean `up to`?"),
        ("50 evry week", "   ^^^^", "`evry` is not understood here", "did you mean `every`?"),
        ("50 per week", "   ^^^", "`per` is not understood here", "did you mean `every`?"),
        ("avrage 3 months", "^^^^^^", "`avrage` is not understood here", "did you mean `average`?"),
        ("xyzzy", "^^^^^", "`xyzzy` is not understood here", "a target is `50`"),
        ("up 200", "^^", "`up` is not understood here", "did you mean `up to`?"),
        ("up to", "     ^", "an amount is missing", "amounts look like"),
        ("up to many", "      ^^^^", "`many` stands where an amount is expected", ""),
        ("up to -5", "      ^^", "`-5` is below zero", ""),
        ("up to 100 per week", "              ^^^^", "a limit per week has to say", "starting 2026-01-05"),
        ("up to 9 per wek", "            ^^^", "`wek` is not understood here", "weeks"),
        ("up to 9 per year", "            ^^^^", "`year` is not understood here", "days, weeks, months"),
        (
            "up to 9 per month starting 2026-01-01",
            "                  ^^^^^^^^",
            "a limit per month has no start",
            "",
        ),
        ("up to 9 keep", "        ^^^^", "`keep` is not understood here", ""),
        ("50 up to 9 up to 8", "           ^^", "`up` is not understood here", ""),
        (
            "100 every fortnight starting 2026-01-01",
            "          ^^^^^^^^^",
            "`fortnight` is not understood here",
            "days, weeks, months, years",
        ),
        ("100 every 0 days starting 2026-01-01", "          ^", "`0` is not a count", "from 1 to 9999"),
        ("100 every week", "              ^", "`starting` is missing", "starting 2026-01-01"),
        (
            "100 every week from 2026-01-01",
            "               ^^^^",
            "`from` stands where `starting` is expected",
            "",
        ),
        (
            "100 every week starting 2026-02-30",
            "                        ^^^^^^^^^^",
            "`2026-02-30` is not a date",
            "",
        ),
        ("500 by", "      ^", "a month is missing", "`2027-03`"),
        ("500 by 2027", "       ^^^^", "`2027` is not a month", "`2027-03`"),
        ("500 by 2027-13", "       ^^^^^^^", "`2027-13` is not a month", ""),
        (
            "500 by 2027-03 repeat every week",
            "                            ^^^^",
            "`week` is not understood here",
            "months, years",
        ),
        (
            "500 by 2027-03 spend from 2027-04",
            "                          ^^^^^^^",
            "`2027-04` is later than `2027-03`",
            "",
        ),
        ("0% of Salary", "^^", "a share of `0%` is nothing", ""),
        ("-5% of Salary", "^^^", "a share of `-5%` is below zero", ""),
        ("x% of Salary", "^^", "`x` is not a percentage", ""),
        ("1001% of Salary", "^^^^^", "`1001%` is more than 1000%", ""),
        ("10% Salary", "    ^^^^^^", "`Salary` stands where `of` is expected", "`10% of Salary`"),
        ("10% of", "      ^", "the category's name is missing", ""),
        ("10% of previous", "       ^^^^^^^^", "previous what?", ""),
        (
            "10% of previous available funds",
            "       ^^^^^^^^",
            "only income can be that of the previous month",
            "",
        ),
        ("10% of \"Salary", "       ^", "the quote is not closed", ""),
        ("10% of \"Salary\" x", "                ^", "`x` is not understood here", ""),
        ("average 3", "         ^", "the unit is missing", "months"),
        ("average months", "        ^^^^^^", "`months` is not a number of months", ""),
        (
            "average 3 months 10%",
            "                 ^^^",
            "`10%` does not say whether it is more or less",
            "`+10%` or `-10%`",
        ),
        ("copy from 3 months", "                  ^", "`ago` is missing", "copy from 3 months ago"),
        ("copy", "    ^", "`from` is missing", ""),
        ("remainder 0", "          ^", "`0` is not a weight", ""),
        ("!2 remainder", "^^", "`remainder` has no priority", ""),
        ("!2 goal 50", "^^", "`goal` has no priority", ""),
        ("goal", "    ^", "an amount is missing", ""),
        ("goal 50 up to 60", "        ^^", "a `goal` asks for nothing", ""),
        ("schedule", "        ^", "the schedule's name is missing", ""),
        ("食費 50", "^^^^", "`食費` is not understood here", ""),
        (
            "99999999999999999999999999999",
            "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "`99999999999999999999999999999`",
            "",
        ),
        ("92233720368547758.08", "^^^^^^^^^^^^^^^^^^^^", "`92233720368547758.08` EUR is more than", ""),
    ] {
        let misread = read(text).expect_err(text);
        assert_eq!(misread.place.get(1).map(String::as_str), Some(place), "{text}: {misread:?}");
        assert!(misread.reason.message.starts_with(message), "{text}: {}", misread.reason.message);
        let said = misread.reason.hint.unwrap_or_default();
        assert!(said.contains(hint), "{text}: {said}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_whole() {
    let misread = read(&"5".repeat(201)).unwrap_err();
    assert_eq!(misread.reason.message, "the target is 201 characters long, and 200 are the most");
}

#[test]
fn amounts_are_in_the_books_currency_and_survive_both_decimal_marks() {
    for (text, code, mark, printed) in [
        ("1,5", "EUR", DecimalMark::Comma, "1.50"),
        ("1.234", "EUR", DecimalMark::Comma, "1234"),
        ("1.234", "KWD", DecimalMark::Point, "1.2340"),
        ("12.5", "JPY", DecimalMark::Point, "12"),
        ("13.5", "JPY", DecimalMark::Point, "14"),
        ("12,125% of Salary", "EUR", DecimalMark::Comma, "12.1250% of Salary"),
    ] {
        let line = read_in(text, code, mark).unwrap();
        assert_eq!(line.to_string(), printed, "{text}");
        for mark in [DecimalMark::Point, DecimalMark::Comma] {
            assert_eq!(read_in(printed, code, mark), Ok(line.clone()), "{printed}");
        }
    }
}

#[test]
fn the_category_of_a_share_can_be_renamed() {
    let line = good("!1 10% of previous Salary up to 90");
    assert_eq!(line.category(), Some("Salary"));
    let renamed = line.with_category("Work/all up");
    assert_eq!(renamed.to_string(), "!1 10% of previous \"Work/all up\" up to 90");
    assert_eq!(good(&renamed.to_string()), renamed);
    for text in ["50", "10% of all income", "schedule Rent"] {
        assert_eq!(good(text).clone().with_category("x"), good(text));
        assert_eq!(good(text).category(), None);
    }
}

/// T3, T4 and T8 to T12 of the cases, and month ends.
#[test]
fn occurrences_are_counted_in_the_month() {
    for (text, in_month, times) in [
        ("1 every week starting 2024-01-01", "2024-01", 5),
        ("1 every 7 weeks starting 2023-12-04", "2024-01", 1),
        ("1 every 10 days starting 2024-01-01", "2024-01", 4),
        ("1 every year starting 2023-01-01", "2024-01", 1),
        ("1 every year starting 2023-01-01", "2024-02", 0),
        ("1 every 2 months starting 2023-11-01", "2024-01", 1),
        ("1 every 2 months starting 2023-11-01", "2024-02", 0),
        ("1 every month starting 2024-01-31", "2024-02", 1),
        ("1 every month starting 2024-01-31", "2023-12", 0),
        ("1 every 4 years starting 2024-02-29", "2028-02", 1),
        ("1 every year starting 2024-02-29", "2025-02", 1),
        ("1 every day starting 2024-01-31", "2024-01", 1),
        ("1 every day starting 2024-01-31", "2024-02", 29),
        ("1 every day starting 1900-01-01", "9999-12", 31),
        ("1 every 9999 days starting 2024-01-31", "2024-01", 1),
        ("1 every 2 weeks starting 2024-01-31", "2024-02", 2),
        ("1 every week starting 2024-03-01", "2024-02", 0),
    ] {
        let Ask::Every(_, recurrence) = good(text).ask else { panic!("{text}") };
        assert_eq!(recurrence.count_in(month(in_month)), times, "{text} in {in_month}");
    }
    for (text, in_month, minor) in [
        ("up to 100 per week starting 2024-01-01", "2024-01", 50_000),
        ("up to 10 per day", "2024-01", 31_000),
        ("up to 10 per day", "2023-02", 28_000),
        ("up to 10 per day", "2024-02", 29_000),
        ("up to 10 per day starting 2024-02-29", "2024-02", 1_000),
        ("up to 500", "2024-01", 50_000),
    ] {
        let limit = good(text).limit.unwrap();
        assert_eq!(limit.in_month(month(in_month)), minor, "{text} in {in_month}");
    }
}

#[test]
fn a_deadline_comes_back_as_often_as_it_repeats() {
    for (text, in_month, due) in [
        ("5 by 2026-03", "2026-01", Some(("2026-03", None))),
        ("5 by 2026-03", "2026-03", Some(("2026-03", None))),
        ("5 by 2026-03", "2026-04", None),
        ("5 by 2026-03 repeat every year", "2026-04", Some(("2027-03", None))),
        ("5 by 2026-03 repeat every 5 months", "2027-02", Some(("2027-06", None))),
        ("5 by 2026-03 repeat every 5 months", "2026-08", Some(("2026-08", None))),
        ("5 by 2026-12 spend from 2026-11 repeat every year", "2027-01", Some(("2027-12", Some("2027-11")))),
    ] {
        let Ask::By(by) = good(text).ask else { panic!("{text}") };
        let expected =
            due.map(|(month_text, from)| Due { month: month(month_text), spend_from: from.map(month) });
        assert_eq!(by.next_due(month(in_month)), expected, "{text} in {in_month}");
    }
    let Ask::By(by) = good("5 by 2026-03 repeat every 3 months").ask else { panic!() };
    for (first, last, times) in
        [("2026-01", "2026-02", 0), ("2026-01", "2026-03", 1), ("2026-04", "2026-12", 3)]
    {
        assert_eq!(by.times_due(month(first), month(last)), times, "{first} to {last}");
    }
}

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
    #![proptest_config(ProptestConfig::with_cases(2000))]

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
