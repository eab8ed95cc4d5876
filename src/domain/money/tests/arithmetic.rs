//! Arithmetic in amounts.

use super::*;

#[test]
fn arithmetic_has_the_usual_precedence_from_left_to_right() {
    all_read(&[
        ("12.50+3", "15.5"),
        ("45/3", "15"),
        ("3*4.20", "12.6"),
        ("2+3*4", "14"),
        ("20-4-6", "10"),
        ("24 / 3 * 2", "16"),
        ("10 + -4", "6"),
        ("3*-2+10", "4"),
        ("8 \u{2212} 3", "5"),
        ("10/3*3", "10"),
        ("0.05/3*1.5", "0.025"),
        ("1/3", "0.3333333333333333333333333333"),
        ("3-3", "0"),
    ]);
}

#[test]
fn a_leading_sign_belongs_to_the_first_number_and_lets_the_result_have_either_sign() {
    all_read(&[
        ("-5+3", "-2"),
        ("-3+5", "+2"),
        ("+3-5", "-2"),
        ("+3+5", "+8"),
        ("-45/3", "-15"),
        ("-£20+5", "-15 `£`"),
        ("-3+3", "-0"),
    ]);
    all_refused(&[("3-5", "it comes out below zero, and no sign says that it may")]);
}

#[test]
fn broken_arithmetic_is_refused() {
    let lone = "an operator stands without a number beside it";
    let parentheses = "parentheses are a minus around one number, and arithmetic has none";
    all_refused(&[
        ("12-", lone),
        ("12+", lone),
        ("3**4", lone),
        ("3*/4", lone),
        ("3*--4", lone),
        ("5--3", "it has two signs in a row"),
        ("5++3", "it has two signs in a row"),
        ("45/0", "it divides by zero"),
        ("1/0.00", "it divides by zero"),
        ("(3+4)", parentheses),
        ("3*(1+2)", parentheses),
        ("2^3", "`^` stands between its digits"),
        ("05/03", "in arithmetic `05` may not start with 0"),
        ("2026-01-15", "in arithmetic `01` may not start with 0"),
    ]);
}
