//! Where a text stops being a line, and what is said of it.

use super::*;

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
        ("10% of previous", "       ^^^^^^^^", "it does not say what of the previous month is meant", ""),
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
