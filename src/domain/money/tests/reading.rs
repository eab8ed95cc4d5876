//! Which text is which amount, and which is none.

use super::*;

#[test]
fn amounts_are_read_as_people_write_them() {
    all_read(&[
        ("3", "3"),
        ("0", "0"),
        ("12.50", "12.5"),
        ("12,50", "12.5"),
        ("0012.50", "12.5"),
        (" 12.50 ", "12.5"),
        ("3.4500", "3.45"),
        ("3.450000000", "3.45"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.567", "1234.567"),
        ("1'234.50", "1234.5"),
        ("1’234.50", "1234.5"),
        ("1'234.567", "1234.567"),
        ("1 500.99", "1500.99"),
        ("1\u{2009}234\u{2009}567,8", "1234567.8"),
        ("1\u{a0}234\u{202f}567", "1234567"),
        (".45", "0.45"),
        (",45", "0.45"),
    ]);
}

#[test]
fn a_single_mark_before_three_digits_is_read_by_the_configured_mark() {
    for (text, with_point, with_comma) in [
        ("1,234", "1234", "1.234"),
        ("1.234", "1.234", "1234"),
        ("-£999,999", "-999999 `£`", "-999.999 `£`"),
        ("1,500*2", "3000", "3"),
    ] {
        assert_eq!(shown(text, DecimalMark::Point), with_point);
        assert_eq!(shown(text, DecimalMark::Comma), with_comma);
    }
}

#[test]
fn after_a_lone_zero_or_nothing_three_digits_are_decimals() {
    all_read(&[
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        (",123", "0.123"),
        (".123", "0.123"),
        ("£.123", "0.123 `£`"),
    ]);
}

#[test]
fn the_same_mark_twice_groups_in_threes_and_nothing_else() {
    all_read(&[("1,234,567", "1234567"), ("1.234.567", "1234567"), ("12.345.678,9", "12345678.9")]);
    let why = "thousands are grouped in threes, with one kind of mark";
    all_refused(&[
        ("1,23,456", why),
        ("1,00,000.99", why),
        ("1.2.3", why),
        ("1234,567,890", why),
        ("1,234 567.00", why),
        ("12 50", why),
        ("0,123,456", why),
        ("1''234", why),
        ("1234,567", why),
    ]);
}

#[test]
fn a_sign_or_parentheses_say_the_direction() {
    all_read(&[
        ("-12.50", "-12.5"),
        ("\u{2212}12.50", "-12.5"),
        ("+12.50", "+12.5"),
        ("- 5", "-5"),
        ("-.45", "-0.45"),
        ("-0", "-0"),
        ("(12.50)", "-12.5"),
        ("( 1 500.99 )", "-1500.99"),
        ("(\u{2212}3)", "-3"),
    ]);
    let doubled = "it has two signs in a row";
    all_refused(&[
        ("--5", doubled),
        ("+-5", doubled),
        ("-£-5", doubled),
        ("-(5)", doubled),
        ("(+5)", doubled),
    ]);
}

#[test]
fn a_currency_may_stand_on_either_side_of_the_number() {
    all_read(&[
        ("£3", "3 `£`"),
        ("3€", "3 `€`"),
        ("3 EUR", "3 EUR"),
        ("3eur", "3 EUR"),
        ("EUR 3", "3 EUR"),
        ("eur 1,234.50", "1234.5 EUR"),
        ("-£3", "-3 `£`"),
        ("£-3", "-3 `£`"),
        ("£ +3", "+3 `£`"),
        ("£.45", "0.45 `£`"),
        ("£(3)", "-3 `£`"),
        ("(£3)", "-3 `£`"),
        ("(3) EUR", "-3 EUR"),
        ("(3 EUR)", "-3 EUR"),
        ("Rs.500", "500 `Rs.`"),
        ("S/ 12", "12 `S/`"),
        ("12+3 EUR", "15 EUR"),
        ("1.234,50 د.إ", "1234.5 `د.إ`"),
    ]);
    all_refused(&[
        ("€3 EUR", "it states more than one currency"),
        ("£3+£4", "`£` stands between its digits"),
        ("12 lunches", "`lunches` beside its digits is no currency"),
        ("12%", "`%` beside its digits is no currency"),
        ("#12", "`#` beside its digits is no currency"),
        ("EUR,500", "`EUR,` beside its digits is no currency"),
    ]);
}

#[test]
fn what_is_no_number_is_no_amount() {
    let digits = "only the digits 0 to 9 are understood";
    let exponent = "exponents are not understood";
    all_refused(&[
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("abc", "it has no digits"),
        ("NaN", "it has no digits"),
        ("inf", "it has no digits"),
        ("-", "it has no digits"),
        ("1e400", exponent),
        ("1E5", exponent),
        ("٣", digits),
        ("1２", digits),
        ("3½", digits),
        ("12.", "no digit follows its `.`"),
        ("12,", "no digit follows its `,`"),
        ("3.+2", "no digit follows its `.`"),
        ("1.234'567", "after the decimal mark `.` come digits only"),
        ("1_000", "`_` stands between its digits"),
        ("(12", "its parentheses do not match"),
        ("12)", "its parentheses do not match"),
    ]);
}

#[test]
fn messages_show_hidden_characters_and_only_the_beginning_of_long_texts() {
    assert_eq!(
        shown("1\u{1b}2", DecimalMark::Point),
        "`1␛2` is not an amount: `␛` stands between its digits"
    );
    assert_eq!(
        shown(&"1".repeat(101), DecimalMark::Point),
        format!("`{}…` is not an amount: it is longer than 100 characters", "1".repeat(40))
    );
    assert!(
        shown(&"1".repeat(100), DecimalMark::Point).ends_with("it has more digits than can be kept exactly")
    );
    assert!(
        shown(&"9*".repeat(49), DecimalMark::Point)
            .ends_with("an operator stands without a number beside it")
    );
    assert!(
        shown(&format!("{}9", "9*".repeat(49)), DecimalMark::Point)
            .ends_with("more digits than can be kept exactly")
    );
}
