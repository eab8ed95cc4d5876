//! What cannot be is refused: one clear error, the right exit code, and a book that is as it was.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, assert_is_one_error, says};

/// What a name may not hold: escapes, line ends, what turns text around, what nobody sees.
const HIDDEN: [&str; 9] = [
    "a\u{1b}[31mred",
    "a\u{7}b",
    "a\nb",
    "a\tb",
    "a\u{7f}b",
    "\u{202e}ocset",
    "a\u{2066}b\u{2069}",
    "a\u{200b}b",
    "a\u{9b}31mb",
];

fn book(s: &Sandbox) {
    for line in [
        "account add Cash --kind cash",
        "account add Checking",
        "config set account cash",
        "add 45.60 tesco -c groceries -t weekly",
        "add 10 lidl --split groceries=6 --split household=4",
        "transfer 5 cash checking",
    ] {
        s.ok(line);
    }
}

/// Runs the arguments as they are and asserts what `Typed::refuses` does.
#[track_caller]
fn refuses(s: &Sandbox, code: i32, args: &[&str]) -> crate::support::Run {
    let before = s.dump(&[]);
    let run = s.groat(args).fails(code);
    assert_is_one_error(&run);
    assert_eq!(before, s.dump(&[]), "{args:?} was refused, but changed the book");
    run
}

on_both_databases! {
    fn what_is_no_amount_is_refused_with_the_text(s: &Sandbox) {
        book(s);
        for amount in [
            "abc",
            "",
            " ",
            "12.50.",
            "1.2.3.4",
            "1,23,456",
            "12..5",
            "1e400",
            "1e5",
            "0x10",
            "NaN",
            "inf",
            "-inf",
            "5%",
            "$",
            "--5",
            "5-",
            "5+",
            "*5",
            "5**2",
            "5/0",
            "(5",
            "5)",
            "(2+3)",
            "((5))",
            "3-5",
            "٣",
            "½",
            "5 EUR GBP",
            "5\u{1b}[31m",
            "2026-01-15",
            "05/03",
            "1 2 3",
        ] {
            refuses(s, 2, &["add", amount, "someone"]);
        }
        for amount in ["abc", "", "1e400", "12.50.", "-inf"] {
            refuses(s, 2, &["income", amount, "someone"]);
            refuses(s, 2, &["transfer", amount, "cash", "checking"]);
            refuses(s, 2, &["transfer", "5", "cash", "checking", "--received", amount]);
            refuses(s, 2, &["edit", "1", "--amount", amount]);
            refuses(s, 2, &["account", "add", "New", "--balance", amount]);
            refuses(s, 2, &["add", "5", "x", "--value", amount]);
            refuses(s, 2, &["add", "5", "x", "--split", &format!("groceries={amount}")]);
        }
        says(&refuses(s, 2, &["add", "1e400", "x"]), &["`1e400` is not an amount", "1e5"]);
        let long = "9".repeat(10_000);
        let run = refuses(s, 2, &["add", &long, "x"]);
        assert!(run.stderr.len() < 1_000, "a message is short, however long the text: {}", run.stderr.len());
    }

    fn zero_is_nothing_to_record(s: &Sandbox) {
        book(s);
        for line in [
            "add 0 x",
            "add 0.00 x",
            "add -0 x",
            "add 0.001 x",
            "add 3-3 x",
            "income 0 x",
            "transfer 0 cash checking",
            "add 5 x --split a=5 --split b=0",
            "edit 1 --amount 0",
        ] {
            says(&s.refuses(2, line), &["0"]);
        }
    }

    fn a_split_that_does_not_sum_is_refused_with_what_is_missing(s: &Sandbox) {
        book(s);
        says(
            &s.refuses(2, "add 45.60 tesco --split groceries=40 --split household=5"),
            &["-45.00", "-45.60", "0.60"],
        );
        says(&s.refuses(2, "add 10 tesco --split groceries=11"), &["-11.00", "-10.00"]);
        for line in [
            "add 10 tesco --split groceries",
            "add 10 tesco --split =10",
            "add 10 tesco --split groceries=",
            "add 10 tesco --split groceries=ten",
            "add 10 tesco --split groceries=10 -c household",
            "add 10 tesco --split groceries=92233720368547758.07 --split household=92233720368547758.07",
        ] {
            s.refuses(2, line);
        }
        s.refuses(3, "add 10 tesco --split grocries=10");
    }

    fn an_unknown_account_is_refused_everywhere(s: &Sandbox) {
        book(s);
        for line in [
            "add 5 x -a visa",
            "income 5 x -a visa",
            "transfer 5 visa cash",
            "transfer 5 cash visa",
            "edit 1 -a visa",
            "list -a visa",
            "balance visa",
            "account edit visa --name X",
            "account close visa",
            "account close cash --to visa",
            "account reopen visa",
            "account delete visa",
        ] {
            says(&s.refuses(3, line), &["no account named `visa`", "Cash", "Checking"]);
        }
        s.refuses(3, "add 5 x -a ''");
        // The setting is for all books: this one has no such account, and several others.
        s.ok("config set account visa");
        says(&s.refuses(4, "add 5 x"), &["-a", "Cash", "Checking"]);
    }

    fn a_name_that_is_empty_is_refused(s: &Sandbox) {
        book(s);
        for empty in ["", " ", "  \u{a0} "] {
            refuses(s, 2, &["add", "5", empty]);
            refuses(s, 2, &["income", "5", empty]);
            refuses(s, 2, &["add", "5", "x", "-t", empty]);
            refuses(s, 2, &["account", "add", empty]);
            refuses(s, 2, &["category", "add", empty]);
            refuses(s, 2, &["category", "group", "add", empty]);
            refuses(s, 2, &["payee", "rename", "tesco", empty]);
            refuses(s, 2, &["tag", "rename", "weekly", empty]);
            refuses(s, 2, &["list", empty]);
        }
    }

    fn a_name_with_hidden_characters_is_refused_and_shown_made_visible(s: &Sandbox) {
        book(s);
        let before = s.dump(&[]);
        for name in HIDDEN {
            for args in [
                &["add", "5", name][..],
                &["add", "5", "x", "-m", name],
                &["add", "5", "x", "-t", name],
                &["add", "5", "x", "-c", name],
                &["edit", "1", "--payee", name],
                &["account", "add", name],
                &["category", "add", name],
                &["category", "add", "x", "--group", name],
                &["payee", "rename", "tesco", name],
                &["tag", "rename", "weekly", name],
            ] {
                let run = s.groat(args).fails(2);
                assert_is_one_error(&run);
                let is_hidden =
                    |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{2069}\u{200b}".contains(c));
                assert!(!run.stderr.contains(is_hidden), "{:?}", run.stderr);
            }
            // Where it is only looked for it cannot be there, and is shown no other way.
            for args in [
                &["show", name][..],
                &["list", "-c", name],
                &["add", "5", "x", "-a", name],
                &["help", name],
                &[name],
                &["report", name],
            ] {
                let run = s.groat(args);
                assert!(run.code == 2 || run.code == 3, "{args:?}: {}", run.snapshot());
                assert!(
                    !run.stderr.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']),
                    "{args:?}: {:?}",
                    run.stderr
                );
            }
        }
        assert_eq!(before, s.dump(&[]));
    }

    fn a_name_has_two_hundred_characters_at_most(s: &Sandbox) {
        book(s);
        let (longest, longer, huge) = ("é".repeat(200), "é".repeat(201), "a".repeat(10_000));
        for name in [&longer, &huge] {
            for args in [
                &["add", "5", name][..],
                &["add", "5", "x", "-t", name],
                &["add", "5", "x", "-c", name],
                &["account", "add", name],
                &["category", "add", name],
                &["payee", "rename", "tesco", name],
            ] {
                let run = refuses(s, 2, args);
                says(&run, &["200"]);
                assert!(run.stderr.len() < 1_000, "{}", run.stderr.len());
            }
        }
        s.groat(["add", "5", &longest, "-t", &longest, "-c", &longest]).ok();
        assert_eq!(s.json("show 4")["payee"], longest.as_str());
        let note = "n".repeat(2_001);
        refuses(s, 2, &["add", "5", "x", "-m", &note]);
        refuses(s, 3, &["show", "99"]);
        refuses(s, 3, &["balance", &huge]);
    }

    fn a_blank_at_the_end_or_twice_in_a_name_means_nothing(s: &Sandbox) {
        book(s);
        let object = s.groat(["add", "5", "  Corner \u{a0} shop\n", "--json"]).ok().json();
        assert_eq!(object["payee"], "Corner shop");
        assert_eq!(s.json("add 5 'corner shop'")["payee"], "Corner shop");
    }

    fn an_id_that_nothing_bears_or_is_none_is_refused(s: &Sandbox) {
        book(s);
        for (code, id) in [
            (3, "99"),
            (3, "9223372036854775807"),
            (2, "9223372036854775808"),
            (2, "1.5"),
            (2, "one"),
            (2, ""),
        ] {
            for args in [
                &["show", id][..],
                &["edit", id, "--amount", "-1"],
                &["delete", id],
                &["duplicate", id],
                &["undo", id],
            ] {
                refuses(s, code, args);
            }
            refuses(s, code, &["move", id, "groceries"]);
        }
    }

    fn a_date_that_cannot_be_is_refused_by_every_command(s: &Sandbox) {
        book(s);
        for line in [
            "add 5 x -d 2026-02-29",
            "income 5 x -d 2025-02-29",
            "transfer 5 cash checking -d 2026-02-31",
            "edit 1 -d 2026-04-31",
            "duplicate 1 -d 2026-13-01",
            "balance --at 2026-02-30",
            "account add X --balance 5 -d 2026-06-31",
            "account close cash --to checking -d 30.2.2026",
            "list -p 2026-13",
            "report -p 2026-W54",
            "report -p 2026Q5",
            "add 5 x --today yesterdayish",
        ] {
            s.refuses(2, line);
        }
        // Far away is a day all the same, within four digits.
        s.ok("add 5 x -d 1900-01-01");
        s.ok("add 5 x -d 9999-12-31");
        s.refuses(2, "add 5 x -d 1899-12-31");
        s.refuses(2, "add 5 x -d 10000-01-01");
        assert_eq!(s.json("report -p 9999")["total"], "5.00");
        s.ok("db verify");
    }

    fn text_that_looks_like_sql_is_text(s: &Sandbox) {
        book(s);
        for name in [
            "'; DROP TABLE postings; --",
            "Robert'); DELETE FROM payees;",
            "100%",
            "_",
            "\\",
            "$1",
            "?",
            "{}",
            "a''b",
            "\"x\"",
        ] {
            let object = s.groat(["add", "5", name, "-m", name, "-t", name, "--json"]);
            if name == "_" {
                // Nothing but what parts words.
                object.fails(2);
                continue;
            }
            let object = object.ok().json();
            assert_eq!((&object["payee"], &object["note"]), (&name.into(), &name.into()));
            assert_eq!(object["tags"], serde_json::json!([name]));
            assert_eq!(s.groat(["list", name, "--json"]).ok().json()["total"], 1, "{name}");
        }
        s.ok("db verify");
    }

    fn bytes_that_are_no_text_are_refused(s: &Sandbox) {
        use std::os::unix::ffi::OsStrExt;
        book(s);
        let bytes = std::ffi::OsStr::from_bytes(b"caf\xe9");
        let before = s.dump(&[]);
        for args in
            [[std::ffi::OsStr::new("add"), "5".as_ref(), bytes], ["list".as_ref(), "-a".as_ref(), bytes]]
        {
            assert_is_one_error(&s.groat(args).fails(2));
        }
        assert_eq!(before, s.dump(&[]));
    }
}
