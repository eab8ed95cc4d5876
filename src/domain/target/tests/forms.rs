//! What lines are read as, by the canonical text that they print.

use super::*;

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
