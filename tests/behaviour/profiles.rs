//! Profiles: how a bank's files are read is found out, shown, kept, edited and used again, and what was imported
//! stays found whatever becomes of a profile.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, says};

const STATEMENT: &[u8] = include_bytes!("../fixtures/import/csv/statement.csv");

fn file_of(s: &Sandbox, name: &str) -> PathBuf {
    s.root().join(format!("config/groat/profiles/{name}.toml"))
}

fn write(s: &Sandbox, name: &str, text: &str) {
    let path = file_of(s, name);
    std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a profile can be written");
}

fn text_of(s: &Sandbox, name: &str) -> String {
    std::fs::read_to_string(file_of(s, name)).expect("the profile was saved")
}

/// A book in euros with an account, and a statement of three rows.
fn with_statement(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    s.write("statement.csv", STATEMENT);
}

on_both_databases! {
    fn a_new_name_keeps_how_the_file_was_read_and_the_next_is_read_by_it(s: &Sandbox) {
        with_statement(s);
        let plan = s.ok("import statement.csv -a checking --profile bank -n");
        says(&plan, &["would save how this file is read as the profile bank"]);
        assert!(!file_of(s, "bank").exists(), "a dry run writes nothing");
        let first = s.ok("import statement.csv -a checking --profile bank");
        says(&first, &["saved how this file is read as the profile bank"]);
        let mode = std::fs::metadata(file_of(s, "bank")).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = text_of(s, "bank");
        for line in ["fingerprint = \"", "date_column = \"Date\"", "amount_column = \"Amount\"", "decimal = \",\"", "# invert = true"] {
            assert!(text.contains(line), "{line} in {text}");
        }
        let run = s.ok("import statement.csv -a checking");
        says(&run, &["read by the profile bank"]);
        let plan = s.json("import statement.csv -a checking -n");
        assert_eq!(brief(&plan, "new duplicates"), "0 3");
        assert_eq!(brief(&plan["detected"][0], "what value"), "profile bank");
    }

    fn what_was_imported_is_found_whatever_becomes_of_the_profile(s: &Sandbox) {
        let files = [
            ("plain.csv", String::from_utf8_lossy(STATEMENT).into_owned()),
            ("ids.csv", "Date,Name,Description,Transaction ID,Amount\n2026-01-02,,Shop,T1,-5.00\n2026-01-03,Ann,Pay,T2,7.00\n".into()),
            ("flag.csv", "Datum;Betrag; ;Verwendungszweck\n01.01.2026;5,00;S;a\n13.01.2026;7,00;H;b\n".into()),
            ("bare.csv", "13.01.2026;REF 7;Corner Shop;-4,80\n14.01.2026;;Bakery;-3,20\n".into()),
            ("alien.csv", "Wann,Wieviel,Wer,Wo\n2026-01-04,-5.10,Shop,here\n2026-01-05,20.00,Pay,there\n".into()),
        ];
        s.ok("init --currency EUR");
        for (number, (name, text)) in files.iter().enumerate() {
            s.write(name, text);
            s.ok(&format!("account add A{number}"));
            let import = format!("import {name} -a a{number}");
            let first = s.json(&import);
            let count = first["new"].clone();
            let again = |how: &str| {
                let run = s.json(&format!("{import}{how}"));
                assert_eq!((&run["new"], &run["duplicates"]), (&0.into(), &count), "{name}{how}");
                assert_eq!(run["source"], first["source"], "{name}{how}");
            };
            again(&format!(" --profile p{number}"));
            again(&format!(" --profile p{number}"));
            again("");
            s.ok(&format!("import profile delete p{number}"));
            again("");
        }
        s.ok("db verify");
    }

    fn rows_are_found_again_when_a_profile_takes_their_texts_from_other_columns(s: &Sandbox) {
        s.ok("init --currency EUR --account Checking");
        let text = "Date,Amount,Name,Details\n2026-01-02,-5.00,Shop,a\n2026-01-02,-5.00,Shop,b\n2026-01-03,7.00,Ann,c\n";
        s.write("bank.csv", text);
        let first = s.json("import bank.csv -a checking --profile bank");
        assert_eq!(brief(&first, "new"), "3");
        s.ok("delete 3");
        let edited = text_of(s, "bank").replace("[\"Name\", \"Details\"]", "[\"Details\"]");
        write(s, "bank", &edited);
        s.write("more.csv", format!("{text}2026-01-03,7.00,Ann,d\n"));
        let plan = s.ok("import bank.csv -a checking -n");
        says(&plan, &["earlier files with these headings were read from other columns"]);
        let other = s.json("import bank.csv -a checking");
        assert_eq!(brief(&other, "new matched duplicates deleted"), "0 2 0 1");
        let more = s.json("import more.csv -a checking");
        assert_eq!(brief(&more, "new matched duplicates deleted"), "1 0 2 1");
        assert_eq!(s.json("list")["total"], 3);
        s.ok("db verify");
    }

    fn an_edited_profile_decides_and_flags_go_before_it(s: &Sandbox) {
        s.ok("init --currency EUR --account Card");
        s.write("card.csv", "Date,Payee,Amount\n2026-01-02,Shop,500\n2026-01-13,Refund,-200\n");
        s.ok("import card.csv -a card --profile card --cents -n");
        write(s, "card", "date_column = 1\namount_column = \"amount\"\nunit = \"cents\"\ninvert = true\n");
        let amounts = |more: &str| {
            let plan = s.json(&format!("import card.csv -a card -n {more}"));
            let rows = plan["transactions"].as_array().expect("a list").iter();
            rows.map(|row| row["amount"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(amounts("--profile card"), ["-5.00", "2.00"]);
        assert_eq!(amounts(""), ["500.00", "-200.00"]);
        assert_eq!(amounts("--cents"), ["5.00", "-2.00"]);
        assert_eq!(amounts("--profile card --debit-column 3"), ["5.00", "-2.00"]);
    }

    fn what_is_wrong_with_a_profile_is_one_error_and_changes_nothing(s: &Sandbox) {
        with_statement(s);
        for (text, said) in [
            ("date_colum = 1", &["bank.toml:1: no key of a profile is called `date_colum`", "did you mean `date_column`?", "footer"][..]),
            ("\ninvert = \"yes\"", &["bank.toml:2: `invert` is true or false, not a string"]),
            ("date_column = ", &["bank.toml:1: not TOML"]),
            ("date_column = \"When\"", &["no such column: `--date-column When`", "1 `Date`", "groat import profile edit bank"]),
            ("amount_column = 3\ndebit_column = 4", &["bank.toml:2: `amount_column` and `debit_column` exclude each other"]),
            ("encoding = \"klingon\"", &["no encoding named `klingon`", "profile `bank`"]),
        ] {
            write(s, "bank", text);
            says(&s.refuses(2, "import statement.csv -a checking --profile bank"), said);
        }
        for line in [
            "--amount-column 3 --credit-column 3",
            "--date-order dmy --date-format %d.%m.%Y",
            "--date-format %d.%m",
            "--currency pounds",
            "--profile ../bank",
            "--no-header --date-column Date",
        ] {
            s.refuses(2, &format!("import statement.csv -a checking {line}"));
        }
    }

    fn a_slip_in_a_name_and_a_choice_between_profiles_are_told(s: &Sandbox) {
        with_statement(s);
        s.ok("import statement.csv -a checking --profile sparkasse");
        s.write("other.csv", "Date,Payee,Amount\n2026-01-02,Shop,-5.00\n");
        says(&s.refuses(3, "import other.csv -a checking --profile sparkase"), &["did you mean `--profile sparkasse`?"]);
        says(
            &s.refuses(1, "import statement.csv -a checking --profile other"),
            &["`sparkasse` knows the headings of this file", "groat import profile edit sparkasse"],
        );
        write(s, "second", &text_of(s, "sparkasse"));
        says(&s.refuses(4, "import statement.csv -a checking"), &["`--profile second` or `--profile sparkasse`"]);
        s.ok("import statement.csv -a checking --profile second");
        // A profile that is broken counts only for its own files.
        write(s, "second", &text_of(s, "sparkasse").replace("decimal", "dezimal"));
        s.ok("import other.csv -a checking");
        s.ok("import profile delete sparkasse");
        says(&s.refuses(2, "import statement.csv -a checking"), &["second.toml:", "`dezimal`"]);
    }

    fn a_file_without_headings_is_guessed_aloud_or_asked_about(s: &Sandbox) {
        s.ok("init --currency EUR --account Checking");
        s.write("bare.csv", "13.01.2026;Corner Shop;-4,80\n14.01.2026;Bakery;-3,20\n");
        let plan = s.ok("import bare.csv -a checking -n");
        says(&plan, &["guessed, as no heading says it: the date is in column 1 (every row has a day there); the amount is in column 3"]);
        assert!(plan.stdout.contains("column 3, a guess: the only column of numbers"), "{}", plan.stdout);
        s.write("open.csv", "13.01.2026;Shop;4,80;\n14.01.2026;Pay;;3,20\n");
        says(&s.refuses(4, "import open.csv -a checking"), &["--debit-column 3 --credit-column 4"]);
        let plan = s.json("import open.csv -a checking --debit-column 3 --credit-column 4 --profile bare");
        assert_eq!(brief(&plan["transactions"][0], "amount payee"), "-4.80 Shop");
        assert_eq!(brief(&s.json("import open.csv -a checking --profile bare"), "new duplicates"), "0 2");
        assert!(text_of(s, "bare").contains("header = false"));
    }
}

#[test]
fn profiles_are_listed_shown_and_deleted() {
    let s = Sandbox::sqlite();
    says(&s.ok("import profile list"), &[]);
    assert!(s.ok("import profile list").stdout.contains("there are no profiles"));
    write(&s, "visa", "invert = true\nskip = 3\npayee_column = [\"Name\", 4]\n");
    write(&s, "bad", "inverts = true\n");
    write(&s, ".hidden", "");
    let list = s.json("import profile list");
    assert_eq!(brief(&list["profiles"][1], "name fingerprint trouble"), "visa null null");
    assert!(list["profiles"][0]["trouble"].as_str().is_some_and(|text| text.contains("`inverts`")));
    assert_eq!(list["profiles"].as_array().map(Vec::len), Some(2));
    let shown = s.json("import profile show visa");
    assert_eq!(
        shown["options"],
        serde_json::json!({"payee_column": ["Name", "4"], "invert": true, "skip": 3})
    );
    assert!(s.ok("import profile show visa").stdout.starts_with("invert = true\n"));
    assert_eq!(s.ok("import profile show visa --csv").stdout.lines().count(), 4);
    says(&s.fails(2, "import profile show bad"), &["bad.toml:1: "]);
    says(&s.fails(3, "import profile show vis"), &["did you mean `visa`?"]);
    s.fails(2, "import profile show ../visa");
    s.fails(2, "import profile");
    says(&s.ok("import profile delete visa -n"), &["dry run"]);
    assert!(file_of(&s, "visa").exists());
    assert_eq!(s.ok("import profile delete visa").stdout, "deleted the profile visa\n");
    assert!(!file_of(&s, "visa").exists());
    s.fails(3, "import profile delete visa");
    says(&s.fails(4, "import profile edit bad"), &["EDITOR", "bad.toml"]);
    assert!(s.has_no_book());
}

#[test]
fn an_edited_profile_is_checked_when_the_editor_ends() {
    let mut s = Sandbox::sqlite();
    write(&s, "visa", "skip = 3\n");
    s.set("EDITOR", "printf 'invert = 1\\n' >>");
    let mut terminal = s.terminal(["import", "profile", "edit", "visa"]);
    assert_eq!(terminal.wait_for_exit(), 2, "{}", terminal.screen());
    // On a terminal the line is folded.
    let told = terminal.output().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("visa.toml:2: `invert` is true or false"), "{told}");
    assert_eq!(text_of(&s, "visa"), "skip = 3\ninvert = 1\n");
}
