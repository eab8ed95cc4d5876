//! The query language, as `list` takes it: what each term finds, how terms are joined, and what is said of a query that
//! is none.

use crate::support::{Run, Sandbox, on_both_databases};
use crate::typed::{Typed, assert_is_one_error, column, says};

/// Seven transactions, newest first 6 2 4 1 7 3 5.
fn household(s: &Sandbox) {
    for line in [
        "init --currency EUR --account Checking",
        "account add Cash --kind cash",
        "account add Yen --kind cash --currency JPY",
        "category add Groceries --group Food",
        "category add Wine --group Food",
        "category add 'Eating out' --group Food",
        "add 45.60 Tesco -c groceries -a checking -d 2026-01-10 -m 'oat milk' -t weekly",
        "add 3.20 'Corner Bakery' -c none -a cash -d 2026-01-12",
        "income 2100 Acme -a checking -d 2026-01-01",
        "transfer 50 checking cash -d 2026-01-11 -m wallet",
        "add 60 Tesco --split groceries=5 --split wine=55 -a cash -d 2025-12-24 -t weekly -t xmas",
        "add +6 Tesco -c groceries -a checking -d 2026-01-13",
        "add 50 Ramen -c 'eating out' -a yen --value 0.30 -d 2026-01-05",
    ] {
        s.ok(line);
    }
}

fn run(s: &Sandbox, words: &[&str]) -> Run {
    s.groat(["list"].iter().chain(words).chain(&["--json"]))
}

#[track_caller]
fn found(s: &Sandbox, words: &[&str]) -> String {
    column(&run(s, words).ok().json()["transactions"], "id").join(" ")
}

#[track_caller]
fn hold(s: &Sandbox, cases: &[(&[&str], &str)]) {
    for (words, expected) in cases {
        assert_eq!(found(s, words), *expected, "{words:?}");
    }
}

on_both_databases! {
    fn terms_find_what_their_field_says(s: &Sandbox) {
        household(s);
        hold(s, &[
            (&["cat:groceries"], "6 1 5"),
            (&["cat:food/groceries"], "6 1 5"),
            (&["CAT:Food:Groceries"], "6 1 5"),
            (&["cat:wi"], "5"),
            (&["cat:eating out"], "7"),
            (&["cat:eating-out"], "7"),
            (&["cat:none"], "2"),
            (&["cat:/wine|eating/"], "7 5"),
            (&["cat:/./"], "6 1 7 3 5"),
            (&["acct:checking"], "6 4 1 3"),
            (&["acct:CHECK"], "6 4 1 3"),
            (&["acct:/c[ah]/"], "6 2 4 1 3 5"),
            (&["payee:tesco"], "6 1 5"),
            (&["payee:esc"], "6 1 5"),
            (&["payee:/^corner b/"], "2"),
            (&["payee:milk"], ""),
            (&["note:milk"], "1"),
            (&["note:oat milk"], "1"),
            (&["note:\"oat milk\""], "1"),
            (&["note:milk oat"], ""),
            (&["note:/^wal/"], "4"),
            (&["tag:weekly"], "1 5"),
            (&["tag:XM"], "5"),
            (&["tag:/week|x/"], "1 5"),
            (&["date:2026-01-10..2026-01-11"], "4 1"),
            (&["date:dec"], "5"),
            (&["date:last month"], "5"),
            (&["is:split"], "5"),
            (&["is:transfer"], "4"),
            (&["is:uncategorised"], "2"),
            (&["is:pending"], "6 4 1 3"),
            (&["is:cleared"], "2 4 7 5"),
            (&["is:reconciled"], ""),
            (&["id:3"], "3"),
            (&["id:99"], ""),
            (&["by:tester"], "6 2 4 1 7 3 5"),
            (&["by:nobody"], ""),
        ]);
    }

    fn a_groups_name_means_all_its_categories(s: &Sandbox) {
        household(s);
        s.ok("category add Rent --group Home");
        s.ok("category add Home --group Garden");
        s.ok("add 600 landlord -c rent -a checking -d 2026-01-02");
        s.ok("add 7 shed -c garden/home -a checking -d 2026-01-02");
        hold(s, &[
            (&["cat:food"], "6 1 7 5"),
            (&["cat:foo"], "6 1 7 5"),
            (&["cat:food/"], "6 1 7 5"),
            (&["-c", "food"], "6 1 7 5"),
            // A category goes before a group of the same name.
            (&["cat:home"], "9"),
            (&["cat:home/"], "8"),
            (&["cat:income"], "3"),
        ]);
        // Groceries and Garden.
        says(&s.fails(3, "list cat:g"), &["`g` fits several: `food/groceries`, `garden/`"]);
        says(&s.fails(3, "list cat:fod"), &["no category or group named `fod`", "the group `Food`"]);
    }

    fn amounts_are_compared_by_their_size_in_their_own_currency(s: &Sandbox) {
        household(s);
        hold(s, &[
            (&["amt:45.60"], "1"),
            (&["amt:-45.60"], "1"),
            (&["amt:45.6"], "1"),
            (&["amt:50"], "4 7"),
            (&["amt:50EUR"], "4"),
            (&["amt:50 JPY"], "7"),
            (&["amt:¥50"], "7"),
            (&["amt:>50"], "3 5"),
            (&["amt:>=50"], "4 7 3 5"),
            (&["amt:<6"], "2"),
            (&["amt:<=6"], "6 2"),
            (&["amt:3..6"], "6 2"),
            (&["amt:50.."], "4 7 3 5"),
            (&["amt:..3.20"], "2"),
            (&["amt:>49.995 amt:<50.005"], "4 7"),
            (&["amt:50.005"], ""),
            // Of a split the whole is compared, as the list shows it.
            (&["amt:60"], "5"),
            (&["amt:55"], ""),
        ]);
        says(&s.fails(3, "list amt:50GBP"), &["no account is kept in `GBP`", "`EUR`, `JPY`"]);
        s.fails(2, "list amt:99999999999999999999");
    }

    fn money_in_and_out_is_of_the_account_that_is_named(s: &Sandbox) {
        household(s);
        hold(s, &[
            // A transfer is neither, as long as no account is named.
            (&["in:"], "6 3"),
            (&["out:"], "2 1 7 5"),
            (&["acct:cash", "in:"], "4"),
            (&["acct:cash", "out:"], "2 5"),
            (&["acct:checking", "out:"], "4 1"),
            (&["in:", "-a", "cash"], "4"),
            (&["out:>40"], "1 7 5"),
            (&["out:50..100"], "7 5"),
            (&["in:6"], "6"),
            (&["acct:checking", "(in: or amt:50)"], "6 4 3"),
            (&["acct:checking", "acct:cash"], "4"),
            (&["acct:checking", "is:cleared"], ""),
            (&["acct:cash", "is:cleared"], "2 4 5"),
            (&["acct:cash", "not in:"], "2 5"),
        ]);
        // With a category it counts as spending, and so is money out.
        s.ok("account add House --kind loan --off-budget");
        s.ok("transfer 90 checking house -c wine -d 2026-01-14");
        assert_eq!(found(s, &["out:>60"]), "8");
    }

    fn terms_are_joined_and_turned_round(s: &Sandbox) {
        household(s);
        hold(s, &[
            (&[], "6 2 4 1 7 3 5"),
            (&["tesco", "milk"], "1"),
            (&["tesco", "and", "milk"], "1"),
            (&["milk", "or", "wallet"], "4 1"),
            (&["milk or wallet"], "4 1"),
            (&["payee:ramen", "or", "payee:tesco", "milk"], "1 7"),
            (&["(payee:ramen", "or", "payee:tesco)", "date:2026"], "6 1 7"),
            (&["not", "cat:food"], "2 4 3"),
            (&["not", "cat:wine"], "6 2 4 1 7 3"),
            // What has no payee, no note, no tag is not one of those, either.
            (&["not", "payee:tesco"], "2 4 7 3"),
            (&["not", "note:milk"], "6 2 4 7 3 5"),
            (&["not", "tag:weekly"], "6 2 4 7 3"),
            (&["not", "tesco"], "2 4 7 3"),
            (&["not (payee:tesco or is:transfer)"], "2 7 3"),
            (&["NOT", "(payee:tesco", "OR", "is:transfer)", "-p", "2026-01-12.."], "2"),
            (&["milk or wallet", "-a", "cash"], "4"),
            (&["milk", "or", "wallet", "-p", "2026-01-11"], "4"),
            (&["tesco", "-c", "wine"], "5"),
            (&["not not tesco"], "6 1 5"),
        ]);
    }

    fn what_the_shell_took_as_one_is_one(s: &Sandbox) {
        household(s);
        for (payee, note) in [("M and S", "not or"), ("Tesco (Express)", "a: b"), ("Robert'); DROP", "\"so\"")] {
            s.groat(["add", "1", payee, "-m", note, "-a", "cash", "-d", "2026-01-14"]).ok();
        }
        hold(s, &[
            (&["corner bakery"], "2"),
            (&["bakery corner"], ""),
            (&["bakery", "corner"], "2"),
            (&["m and s"], "8"),
            (&["\"not or\""], "8"),
            (&["tesco (express)"], "9"),
            (&["Robert'); DROP"], "10"),
            (&["\"so\""], "10"),
            (&["\"\\\"so\\\"\""], "10"),
            (&["a: b"], "9"),
            (&["tesco/express"], ""),
        ]);
    }

    fn a_name_with_and_in_it_is_one_name(s: &Sandbox) {
        for line in [
            "account add 'Mine and yours'",
            "account add Mine",
            "category add 'Internet and phone' --group Home",
            "category add Bread --group Food",
            "category add Dinner --group 'Food and drink'",
            "add 30 isp -c 'internet and phone' -a mine -t him",
            "add 2 baker -c bread -a mine -t 'him and her'",
            "add 40 bistro -c dinner -a 'mine and yours'",
        ] {
            s.ok(line);
        }
        hold(s, &[
            (&["cat:Internet and phone"], "1"),
            (&["cat:Food and drink"], "3"),
            (&["cat:Food"], "2"),
            (&["acct:Mine and yours"], "3"),
            (&["tag:him and her"], "2"),
            (&["payee:isp and baker"], ""),
            (&["cat:bread and tag:him-and-her"], "2"),
            (&["cat:bread", "and", "baker"], "2"),
            (&["cat:bread or isp"], "2 1"),
        ]);
    }

    fn words_are_found_in_any_case_of_any_script(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        for (payee, note) in [
            ("Σκλαβενίτης", "οδός"),
            ("İSTANBUL KART", "KIRŞEHİR"),
            ("Bäckerei Groß", "STRASSE 7"),
            ("Пятёрочка", "食費"),
        ] {
            s.groat(["add", "1", payee, "-m", note]).ok();
        }
        hold(s, &[
            (&["ΣΚΛΑΒΕΝΙΤΗΣ"], "1"),
            (&["σκλαβενίτης"], "1"),
            (&["ΟΔΟΣ"], "1"),
            (&["istanbul"], "2"),
            (&["İstanbul", "kart"], "2"),
            (&["kırşehir"], "2"),
            (&["payee:gross"], "3"),
            (&["payee:BÄCKEREI"], "3"),
            (&["payee:backerei"], ""),
            (&["straße"], "3"),
            (&["ПЯТЁРОЧКА"], "4"),
            (&["食"], "4"),
            (&["/^σκλ.*σ$/"], "1"),
            (&["/^пятёро/"], "4"),
            (&["/GROß/"], "3"),
            (&["/(?-i)groß/"], ""),
        ]);
    }

    fn payees_are_found_by_their_aliases(s: &Sandbox) {
        s.ok("add 5 'TESCO STORES 3211'");
        s.ok("payee rename 'TESCO STORES 3211' Tesco");
        hold(s, &[(&["stores"], "1"), (&["payee:3211"], "1"), (&["tesco"], "1"), (&["payee:/^tesco$/"], "1")]);
    }

    fn the_history_tells_what_was_touched_and_by_whom(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        let first = s.json("add 1 one")["operation"].to_string();
        s.ok("add 2 two");
        let both = s.groat_with("", &[("GROAT_ACTOR", "Zoë")], ["edit", "1", "2", "-m", "seen", "--json"]).ok();
        let both = both.json()["operation"].to_string();
        s.ok("add 3 three");
        hold(s, &[
            (&[&format!("op:{first}")], "1"),
            (&[&format!("op:{both}")], "2 1"),
            (&["op:9999"], ""),
            (&["by:ZOË"], "2 1"),
            (&["by:tester"], "3 2 1"),
            (&["not", "by:zo"], "3"),
            (&["by:/^t.*r$/"], "3 2 1"),
        ]);
    }

    fn more_payees_and_notes_than_a_statement_holds_are_found(s: &Sandbox) {
        s.ok("add 1 first");
        let values = |row: &dyn Fn(usize) -> String| (2..=2001).map(row).collect::<Vec<_>>().join(",");
        let no = if s.is_postgres() { "FALSE" } else { "0" };
        s.execute(&format!(
            "INSERT INTO payees (id, name, name_key, created_at, operation_id) VALUES {}; \
             INSERT INTO transactions (id, date, payee_id, note, created_at, operation_id) VALUES {}; \
             INSERT INTO postings (transaction_id, position, account_id, date, amount, value, status, is_transfer) \
             VALUES {}",
            values(&|n| format!("({n}, 'Shop {n}', 'shop-{n}', '2026-01-14 00:00:00', 1)")),
            values(&|n| format!("({n}, '2026-01-14', {n}, 'note {n}', '2026-01-14 00:00:00', 1)")),
            values(&|n| format!("({n}, 0, 1, '2026-01-14', -{n}, -{n}, 'cleared', {no})")),
        ));
        for (query, total) in [("shop", 2000), ("note:note", 2000), ("not shop", 1), ("shop not note", 0), ("shop:", 0)] {
            assert_eq!(s.json(&format!("list {query}"))["total"], total, "{query}");
        }
    }

    fn what_is_no_query_is_refused_with_a_caret(s: &Sandbox) {
        household(s);
        for line in [
            "list amt:>x",
            "list amt:",
            "list amt:>-5",
            "list (tesco",
            "list tesco)",
            "list tesco or",
            "list not",
            "list ()",
            "list ''",
            "list _",
            "list /a(b/",
            "list /a",
            "list payee:/[z-a]/",
            "list /(a{1000}){1000}/",
            "list date:someday",
            "list is:clear",
            "list id:x",
            "list amount:5",
            "list 'amt>5'",
            "list '>50'",
            "list \"tesco",
            "list cat:",
        ] {
            let run = s.refuses(2, line);
            assert!(run.stderr.contains("\n  ") && run.stderr.contains('^'), "{}", run.snapshot());
        }
        insta::assert_snapshot!(s.fails(2, "list cat:food amt:>x 'corner bakery'").stderr, @r#"
        error: `amt:>x`: `x` is not an amount: it has no digits
          cat:food amt:>x "corner bakery"
                        ^
        hint: amounts look like `12.50`, `-3`, `1,234.56`, `3 EUR` or `12.50+3`
        "#);
        insta::assert_snapshot!(s.fails(2, "list 食費 /caf(é/").stderr, @r#"
        error: `/caf(é/` is no regular expression: unclosed group
          食費 /caf(é/
                   ^
        hint: a text is looked for as it is in quotes: `"..."`
        "#);
        let error = run(s, &["tesco", "(or"]).fails(2).json_error();
        assert_eq!(error["code"], "usage");
        assert_eq!(error["message"], "nothing stands before `or`");
        assert_eq!(error["hint"], "tesco (or\n       ^^\nas text it needs quotes, and a shell takes one pair away: `'\"or\"'`");
    }

    fn names_that_are_not_there_are_refused_and_texts_are_not(s: &Sandbox) {
        household(s);
        for line in ["list cat:nope", "list acct:nope", "list tag:nope", "list not cat:nope", "list tesco or cat:nope"] {
            says(&s.refuses(3, line), &["nope"]);
        }
        insta::assert_snapshot!(s.fails(3, "list tesco or cat:nope").stderr, @r"
        error: no category named `nope`
          tesco or cat:nope
                   ^^^^^^^^
        hint: `groat category list` shows them; `groat category add nope` makes one
        ");
        let too_large = s.fails(2, "list tesco 'amt:>9999999999999999999'");
        says(&too_large, &["\n  tesco amt:>9999999999999999999\n        ^^^^^^^^^^^^^^^^^^^^^^^^\n"]);
        let error = run(s, &["not", "acct:nope"]).fails(3).json_error();
        assert!(error["hint"].as_str().is_some_and(|hint| hint.starts_with("not acct:nope\n    ^^^^^^^^^\n")), "{error}");
        assert!(!s.fails(3, "list -a nope tesco").stderr.contains('^'), "a flag was not written in the query");
        says(&s.fails(3, "list cat:grocries"), &["did you mean `Groceries`?"]);
        says(&s.fails(3, "list acct:chekcing"), &["did you mean `Checking`?"]);
        says(&s.fails(3, "list tag:weekyl"), &["did you mean `weekly`?"]);
        says(&s.fails(3, "list acct:c"), &["`c` fits several", "Cash", "Checking"]);
        hold(s, &[(&["payee:nope"], ""), (&["nope"], ""), (&["cat:/nope/"], ""), (&["not", "cat:/nope/", "id:1"], "1")]);
    }

    fn queries_of_any_size_end_in_one_error(s: &Sandbox) {
        s.ok("add 1 x");
        let deep = "(".repeat(100_000);
        for text in [deep.as_str(), &"(".repeat(9_000), &"not ".repeat(2_400), &"a or ".repeat(1_900), &"tag:a ".repeat(1_600)] {
            let run = s.groat(["list", text]).fails(2);
            assert_is_one_error(&run);
            assert!(run.stderr.len() < 600, "{}", run.stderr);
        }
        let most = format!("{}x{}", "(not ".repeat(4), ")".repeat(4));
        assert_eq!(found(s, &[&most]), "1");
        assert_eq!(found(s, &["x"; 200]), "1");
        assert_eq!(found(s, &[&["not amt:>5"; 200].join(" or ")]), "1");
        assert_eq!(found(s, &[&format!("{}x{}", "(a or b ".repeat(10), ")".repeat(10))]), "");
    }

    fn an_empty_book_is_asked_like_any_other(s: &Sandbox) {
        for words in [&["tesco"][..], &["amt:>5"], &["in:>5EUR"], &["is:split"], &["by:me"], &["not", "/x/"]] {
            assert_eq!(found(s, words), "", "{words:?}");
        }
        assert!(s.has_no_book());
        s.fails(2, "list (");
    }
}

#[test]
fn the_decimal_mark_of_the_settings_is_read() {
    let s = &Sandbox::sqlite();
    s.ok("account add Cash --kind cash");
    s.ok("add 1234 x");
    s.ok("config set decimal_mark ,");
    assert_eq!(found(s, &["amt:1.234"]), "1");
    assert_eq!(found(s, &["amt:1,234"]), "");
}
