//! Rules that are wrong: every error has file, line and column.

use super::*;

fn refused(text: &str) -> Invalid {
    rules(text).unwrap_err()
}

#[test]
fn each_error_says_where() {
    let cases = [
        ("", "bank.rules: no rule assigns `date`"),
        ("fields description,amount\n", "bank.rules: no rule assigns `date`"),
        ("date %1\n  amount 1\n", "bank.rules:2:3: an indented line belongs to no `if`"),
        ("date %1\nfoo bar\n", "bank.rules:2:1: no field or directive is called `foo`"),
        ("date %1\nif\n", "bank.rules:2:3: no pattern follows `if`"),
        ("date %1\nif x\naccount2 a\n", "bank.rules:2:1: nothing is assigned below this `if`"),
        ("date %1\nif x\n foo a\n", "bank.rules:3:2: no field or directive is called `foo`"),
        ("date %1\nif (x\n account2 a\n", "bank.rules:2:4: `(x` is no regular expression: unclosed group"),
        ("date %1\nif %foo x\n account2 a\n", "bank.rules:2:4: no column is called `foo`"),
        ("date %1\nif %1\n account2 a\n", "bank.rules:2:4: a pattern is missing"),
        ("date %1\nif,account2,foo\nx,y,z\n", "bank.rules:2:13: no field is called `foo`"),
        (
            "date %1\nif,account2,comment\nx,y\n",
            "bank.rules:3:2: the row has 1 values, and its table 2 fields",
        ),
        (
            "date %1\naccount1 assets:my  bank\n",
            "bank.rules:2:10: an account's name has two blanks in it, which would end it in a journal",
        ),
        ("date %1\nskip two\n", "bank.rules:2:6: `skip` is followed by a number, not by `two`"),
        ("date %1\nif x\n skip two\n", "bank.rules:3:7: `skip` is followed by a number, not by `two`"),
        ("date %1\nend\n", "bank.rules:2:1: `end` stands below no `if`"),
        ("date %1\nseparator ab\n", "bank.rules:2:11: `ab` cannot part columns"),
        ("date %1\ndecimal-mark ;\n", "bank.rules:2:14: `;` is no decimal mark"),
        ("date %1\ndate-format %d\n", "bank.rules:2:13: `%d` does not say where day, month and year stand"),
        ("date %1\ninclude other.rules\n", "bank.rules:2:1: `other.rules` cannot be read: no such file"),
    ];
    for (text, message) in cases {
        assert_eq!(refused(text).message, message, "{text}");
    }
}

#[test]
fn all_errors_are_told_at_once() {
    let message = refused("date %1\nfoo 1\nbar 2\nif x\n baz 3\n account2 y\n").message;
    let expected = "bank.rules:2:1: no field or directive is called `foo`; \
         bank.rules:3:1: no field or directive is called `bar`; \
         bank.rules:5:2: no field or directive is called `baz`";
    assert_eq!(message, expected);
    let many = refused(&"foo\n".repeat(9)).message;
    assert!(many.ends_with("; and 4 more"), "{many}");
}

#[test]
fn a_file_that_includes_itself_is_refused() {
    let loops = [("loop.rules", "include loop.rules\n")];
    let error = with_files("date %1\ninclude loop.rules\n", &loops).unwrap_err();
    assert!(error.message.ends_with("files include each other more than 10 deep"), "{}", error.message);
}

#[test]
fn an_empty_value_swallows_nothing() {
    let rules = "fields date,description,amount\ncomment\nif a\n account2\n comment x\n";
    assert_eq!(shown(&read(rules, "2026-01-02,a,1\n")), ["2026-01-02 1 | a | x"]);
}

#[test]
fn directives_without_effect_are_named() {
    let rules = rules("timezone UTC\nbalance-type ==\nintra-day-reversed\nnewest-first\ndate %1\n").unwrap();
    assert_eq!(rules.without_effect(), ["timezone", "balance-type", "intra-day-reversed"]);
}
