//! The formats for programs: JSON, JSON lines, CSV and TSV; and errors as JSON.

use crate::add::TRANSACTION;
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, keys, words};

fn a_few(s: &Sandbox) {
    for line in [
        "account add Cash --kind cash",
        "account add Checking",
        "add 9 tesco --split groceries=5 --split wine=4 -a cash -t trip -t rome",
        "transfer 1234.50 checking cash -m 'for \"me\", twice'",
        "income 2100 '=HYPERLINK(1)' -a checking -d 2026-01-16 -m @home",
    ] {
        s.ok(line);
    }
}

on_both_databases! {
    fn csv_has_a_header_and_a_row_for_each_posting(s: &Sandbox) {
        a_few(s);
        let csv = "\
id,kind,date,payee,note,tags,account,category,category_slug,amount,currency,value,status,memo
3,income,2026-01-16,'=HYPERLINK(1),'@home,,Checking,Income,income/income,2100.00,USD,2100.00,pending,
2,transfer,2026-01-15,,\"for \"\"me\"\", twice\",,Checking,,,-1234.50,USD,-1234.50,pending,
2,transfer,2026-01-15,,\"for \"\"me\"\", twice\",,Cash,,,1234.50,USD,1234.50,cleared,
1,spending,2026-01-15,tesco,,rome trip,Cash,Groceries,general/groceries,-5.00,USD,-5.00,cleared,
1,spending,2026-01-15,tesco,,rome trip,Cash,Wine,general/wine,-4.00,USD,-4.00,cleared,
";
        assert_eq!(s.ok("list --csv").stdout, csv);
        assert_eq!(s.ok("list -O csv").stdout, csv);
        assert_eq!(s.ok("--format=csv list").stdout, csv);
        let tsv = s.ok("list -O tsv").stdout;
        assert_eq!(tsv.lines().next().map(|line| line.replace('\t', ",")).as_deref(), csv.lines().next());
        assert_eq!(tsv.lines().count(), 6);
    }

    fn every_list_has_a_csv_with_a_header(s: &Sandbox) {
        a_few(s);
        for (line, header, rows) in [
            ("balance", "account,kind,currency,balance,cleared,on_budget", 2),
            ("account list", "id,name,slug,kind,currency,on_budget,closed", 2),
            ("category list", "id,name,slug,group,kind,hidden", 4),
            ("category group list", "id,name,slug", 2),
            ("payee list", "id,name,aliases,transactions", 2),
            ("tag list", "id,name,transactions", 2),
            ("log", "id,at,actor,source,command,summary,undoes,undone", 5),
            ("report", "category,category_slug,amount,currency,count,share", 2),
            ("report --by category,account", "category,category_slug,amount,currency,count,share,Cash", 2),
            ("show 2", TRANSACTION_COLUMNS, 2),
            ("check", "check,severity,message,category_slug", 0),
            ("db history", "version,name,applied_at", 4),
            ("config list", "key,value,origin", 10),
        ] {
            let csv = s.ok(&format!("{line} --csv")).stdout;
            assert_eq!(csv.lines().next(), Some(header), "{line}");
            assert!(csv.lines().count() > rows, "{line}: {csv}");
            assert!(csv.ends_with('\n') && !csv.contains('\r'), "{line}");
        }
    }

    fn json_lines_are_one_object_each(s: &Sandbox) {
        a_few(s);
        for (line, first_keys, count) in [
            ("list", TRANSACTION, 3),
            ("show 1", TRANSACTION, 1),
            ("balance", "account kind currency balance cleared on_budget", 2),
            ("log", "id at actor source command summary undoes undone", 5),
            ("payee list", "id name aliases transactions", 2),
            ("report", "category category_slug amount count share", 2),
        ] {
            let lines = s.ok(&format!("{line} -O jsonl")).stdout;
            let objects: Vec<serde_json::Value> =
                lines.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect();
            assert_eq!((keys(&objects[0]).as_str(), objects.len()), (first_keys, count), "{line}");
        }
    }

    fn json_is_the_same_wherever_and_however_it_is_asked_for(s: &Sandbox) {
        a_few(s);
        let json = s.ok("list --json").stdout;
        for line in ["--json list", "list -O json", "list -Ojson", "list --format json", "--format=json list"]
        {
            assert_eq!(s.ok(line).stdout, json, "{line}");
        }
        for env in [
            &[("COLUMNS", "20")][..],
            &[("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")],
            &[("LANG", "C"), ("LC_ALL", "C")],
            &[("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")],
            &[("GROAT_PAGER", "false"), ("PAGER", "false")],
        ] {
            assert_eq!(s.groat_with("", env, ["list", "--json"]).ok().stdout, json, "{env:?}");
        }
        assert!(json.ends_with("}\n") && !json.contains('\u{1b}'), "{json}");
    }

    fn an_error_is_an_object_on_the_last_line_of_stderr(s: &Sandbox) {
        a_few(s);
        s.ok("account add Cashbox");
        for (line, code, exit) in [
            ("add 0 x -a cash", "usage", 2),
            ("add 3 x --nonsense", "usage", 2),
            ("nonsense", "usage", 2),
            ("report nonsense", "usage", 2),
            ("show 99", "not-found", 3),
            ("add 3 x -a nope", "not-found", 3),
            ("add 3 x -a cash -c grocries", "not-found", 3),
            ("balance ca", "ambiguous", 3),
            ("add 3 x", "would-ask", 4),
            ("add", "would-ask", 4),
            ("db rollback", "would-ask", 4),
            ("account delete checking", "conflict", 1),
            ("redo", "conflict", 1),
            ("list --db /", "database", 5),
        ] {
            for format in [&["--json"][..], &["-O", "json"], &["--format=json"], &["--format", "jsonl"]] {
                let run =
                    s.groat(words(line).iter().map(String::as_str).chain(format.iter().copied())).fails(exit);
                let error = run.json_error();
                assert_eq!(keys(&error), "code message hint", "{line}");
                assert_eq!(error["code"], code, "{line}");
                assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{line}");
                assert!(error["hint"].is_string() || error["hint"].is_null(), "{line}");
                assert!(!run.stderr.contains("error: "), "said once, as an object: {}", run.stderr);
            }
        }
        // Warnings may come before it, and on success stderr is no object.
        let run = s.groat(["add", "3", "x", "-a", "cash", "-c", "new", "--json"]).ok();
        assert!(run.stderr.contains("created category New"));
    }

    fn formats_that_contradict_each_other_are_refused(s: &Sandbox) {
        s.ok("add 3 x");
        for line in
            ["list --json --csv", "list --csv -O json", "list --json -O csv", "list -O yaml", "list -O ''"]
        {
            s.run(line).fails(2);
        }
    }
}

const TRANSACTION_COLUMNS: &str =
    "id,kind,date,payee,note,tags,account,category,category_slug,amount,currency,value,status,memo";
