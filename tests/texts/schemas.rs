//! Answers and their JSON Schemas: every answer fits, says nothing that its schema does not describe, and would be
//! noticed if it lacked a key or had another type.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, Sandbox};
use crate::validator::validate;

/// Keys that an answer may lack, by the names of the schemas that say so.
const OPTIONAL: [(&str, &[&str]); 3] = [
    ("transaction", &["statement_lines"]),
    ("changed", &["undid", "kept", "removed", "restored", "edited", "held", "held_by"]),
    (
        "report-spending",
        &[
            "category",
            "category_slug",
            "group",
            "payee",
            "account",
            "tag",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "columns",
        ],
    ),
];

/// Objects whose keys are data.
const OPEN: [&str; 3] = ["/columns", "/rows", "/options"];

fn names() -> Vec<String> {
    Sandbox::sqlite().groat(["schema"]).ok().stdout.lines().map(str::to_owned).collect()
}

fn schema(name: &str) -> Value {
    Sandbox::sqlite().groat(["schema", name]).ok().json()
}

#[track_caller]
fn fits(schema: &Value, value: &Value) {
    let findings = validate(schema, value);
    let title = &schema["title"];
    assert!(findings.flaws.is_empty(), "{title}: {:#?}\n{value:#}", findings.flaws);
    assert!(
        findings.undescribed.is_empty(),
        "{title} does not describe {:#?}\n{value:#}",
        findings.undescribed
    );
}

/// A book with something of every kind: three currencies' worth of accounts, splits, transfers, tags, notes.
fn full_book() -> Sandbox {
    let sandbox = Sandbox::sqlite();
    for line in [
        "init --currency GBP --account Checking --categories starter",
        "account add Savings --kind savings",
        "account add Cash --kind cash",
        "account add Travel --currency EUR",
        "account add House --kind loan --off-budget --balance -90000",
        "category add home/furniture",
        "add 3.20 coffee -a checking",
        "add 45.60 Tesco -a checking -c groceries -m weekly -t food -t home -d yesterday",
        "add 60 superstore -a checking --split groceries=45 --split leisure=15 --cleared",
        "add +5 Tesco -a checking -c groceries",
        "income 2100 Salary -a checking -d 1",
        "add 9 museum -a travel",
        "add 10 wine -a travel --value 8.70",
        "transfer 200 checking savings -m rainy",
        "transfer 50 checking cash",
        "transfer 20 checking travel --received 23",
        "transfer 500 checking house -c rent",
    ] {
        drop(run(&sandbox, line).ok());
    }
    sandbox
}

fn run(sandbox: &Sandbox, line: &str) -> Run {
    sandbox.groat(line.split(' ').map(|word| word.trim_matches('\'')))
}

fn answer(sandbox: &Sandbox, line: &str) -> Value {
    run(sandbox, &format!("{line} --json")).ok().json()
}

#[test]
fn every_schema_is_listed_named_and_described() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/schemas");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".json").to_owned())
        .collect();
    assert_eq!(files, names().into_iter().collect(), "the files and what `groat schema` lists");
    for name in names() {
        let schema = schema(&name);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(schema["title"], *name);
        check_form(&schema, &name);
        for example in schema["examples"].as_array().into_iter().flatten() {
            fits(&schema, example);
        }
    }
}

/// Every object has its keys required unless they are optional, stays open for more, and says what each key means.
fn check_form(schema: &Value, name: &str) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        assert_eq!(schema["additionalProperties"], true, "{name}: keys are only ever added");
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, says) in properties {
            let is_said = says.get("description").is_some() || says.get("$ref").is_some();
            assert!(is_said, "{name} does not describe `{key}`");
            assert_eq!(
                required.contains(&key.as_str()),
                !is_optional(name, key),
                "{name}: is `{key}` required?"
            );
        }
        assert!(
            required.iter().all(|key| properties.contains_key(*key)),
            "{name} requires what it does not describe"
        );
    }
    match schema {
        Value::Object(inner) => {
            inner.iter().filter(|(key, _)| *key != "examples").for_each(|(_, inner)| check_form(inner, name))
        }
        Value::Array(inner) => inner.iter().for_each(|inner| check_form(inner, name)),
        _ => {}
    }
}

fn is_optional(name: &str, key: &str) -> bool {
    // The key `account` of a balance within another schema is not that of a report.
    OPTIONAL.iter().any(|(of, keys)| *of == name && keys.contains(&key))
}

#[test]
fn what_stands_in_two_schemas_is_the_same() {
    let without = |name: &str, keys: &[&str]| {
        let mut schema = schema(name);
        let object = schema.as_object_mut().unwrap();
        for key in ["$schema", "title", "description", "$defs", "examples"] {
            object.remove(key);
        }
        for key in keys {
            object["properties"].as_object_mut().unwrap().shift_remove(*key);
            object["required"].as_array_mut().unwrap().retain(|required| required != key);
        }
        schema
    };
    let part = |name: &str, at: &str| {
        let mut part = schema(name).pointer(at).unwrap_or_else(|| panic!("{name} has no {at}")).clone();
        part.as_object_mut().unwrap().remove("description");
        part
    };
    for (one, other) in [
        (part("list", "/$defs/transaction"), without("transaction", &["statement_lines"])),
        (part("list", "/$defs/posting"), part("transaction", "/$defs/posting")),
        (part("accounts", "/$defs/account"), without("account", &["operation"])),
        (part("categories", "/$defs/category"), without("category", &["operation"])),
        (part("groups", "/$defs/group"), without("group", &["operation"])),
        (part("overview", "/$defs/balance"), without("balance", &[])),
        (part("report-summary", "/$defs/balance"), without("balance", &[])),
        (part("import-list", "/$defs/batch"), without("import-show", &["lines"])),
    ] {
        assert_eq!(one, other);
    }
}

#[test]
fn transactions_fit() {
    let schema = schema("transaction");
    let sandbox = full_book();
    for line in [
        "add 4 tea -a cash",
        "add 4 tea -a cash -n",
        "add 60 store -a checking --split groceries=40 --split pets=20 -t x",
        "income 3 -a checking",
        "transfer 5 cash savings",
        "edit 2 --amount -12.50 -c none",
        "edit 3 --pending",
        "duplicate 4 -d yesterday",
    ] {
        fits(&schema, &answer(&sandbox, line));
    }
    let all = run(&sandbox, "list -L 0 -O jsonl").ok().stdout;
    assert!(all.lines().count() > 15);
    for line in all.lines() {
        let transaction: Value = serde_json::from_str(line).unwrap();
        fits(&schema, &transaction);
        fits(&schema, &answer(&sandbox, &format!("show {}", transaction["id"])));
    }
    let has_null = |key: &str| all.contains(&format!("\"{key}\":null"));
    let nullable = ["payee", "note", "status", "account", "category", "value", "memo"];
    assert!(nullable.into_iter().all(has_null), "the book shows every null there can be");
}

#[test]
fn pages_fit() {
    let schema = schema("list");
    let sandbox = full_book();
    for line in
        ["list", "list -L 2 --page 2", "list -L 2 --page 99", "list nothing", "list -L 0 -c groceries"]
    {
        fits(&schema, &answer(&sandbox, line));
    }
}

#[test]
fn changes_fit() {
    let schema = schema("changed");
    let sandbox = full_book();
    for line in [
        "edit 2 3 -t both",
        "move 2 groceries",
        "delete 2 3",
        "delete 4 -n",
        "undo",
        "redo",
        "undo 9",
        "category merge leisure gifts",
        "category delete car",
        "category group add Fun",
        "category group delete fun",
        "payee rename tesco Tesco's",
        "payee merge coffee tesco's",
        "tag rename food meals",
        "account add Spare",
        "account delete spare",
        "add 1 x -a cash -t spare",
        "edit 13 --untag spare",
        "tag delete spare",
    ] {
        let answer = answer(&sandbox, line);
        if answer.get("summary").is_some() {
            fits(&schema, &answer);
        }
    }
}

#[test]
fn what_is_looked_after_fits() {
    let sandbox = full_book();
    for (name, line) in [
        ("accounts", "account list"),
        ("account", "account add Spare --balance 5 -d 1"),
        ("account", "account edit spare --name Other --off-budget"),
        ("account", "account close other --to cash"),
        ("account", "account reopen other"),
        ("accounts", "account list"),
        ("categories", "category list"),
        ("category", "category add food/snacks"),
        ("category", "category edit snacks --group life"),
        ("category", "category hide snacks"),
        ("categories", "category list"),
        ("groups", "category group list"),
        ("group", "category group add Fun"),
        ("group", "category group edit fun --name Leisure"),
        ("payees", "payee list"),
        ("tags", "tag list"),
        ("log", "log -L 0"),
        ("balance", "balance"),
        ("balance", "balance cash travel --at 2025-12-31"),
        ("overview", ""),
        ("demo", "demo -n"),
        ("demo", "demo -L 20"),
        ("config-list", "config list"),
        ("config-list", "config list --origin"),
    ] {
        fits(&schema(name), &run(&sandbox, format!("{line} --json").trim()).ok().json());
    }
}

#[test]
fn reports_on_spending_fit_by_every_axis() {
    let schema = schema("report-spending");
    let sandbox = full_book();
    let axes = ["category", "group", "payee", "account", "tag", "day", "week", "month", "quarter", "year"];
    for axis in axes {
        let by_one = answer(&sandbox, &format!("report --by {axis} -p all"));
        fits(&schema, &by_one);
        assert!(
            by_one["rows"].as_array().is_some_and(|rows| rows.iter().all(|row| row.get(axis).is_some())),
            "{axis}"
        );
    }
    for (axis, second) in axes.into_iter().zip(axes.into_iter().cycle().skip(1)) {
        fits(&schema, &answer(&sandbox, &format!("report --by {axis},{second} -p all")));
    }
    fits(&schema, &answer(&sandbox, "report -p 1999"));
}

#[test]
fn the_other_reports_fit() {
    let sandbox = full_book();
    for (name, line) in [
        ("report-income", "report income"),
        ("report-income", "report income -p all"),
        ("report-income", "report income -p 1999"),
        ("report-budget", "report budget"),
        ("report-budget", "report budget -p all"),
        ("report-budget", "report budget -p 1999"),
        ("report-networth", "report networth"),
        ("report-networth", "report networth --by account -p all"),
        ("report-networth", "report networth -a house -p ..2025"),
        ("report-payees", "report payees"),
        ("report-payees", "report payees -p 1999"),
        ("report-register", "report register -p all"),
        ("report-register", "report register -a checking -L 2"),
        ("report-summary", "report summary"),
        ("report-summary", "report summary -p all"),
        ("report-summary", "report summary -p 1999"),
    ] {
        fits(&schema(name), &answer(&sandbox, line));
    }
}

#[test]
fn answers_about_the_database_fit() {
    let sandbox = full_book();
    for (name, line) in [
        ("check", "check"),
        ("db-info", "db info"),
        ("db-history", "db history"),
        ("db-verify", "db verify"),
        ("db-verify", "db verify --repair"),
    ] {
        fits(&schema(name), &answer(&sandbox, line));
    }
    for sql in
        ["SELECT id, note, amount FROM transactions JOIN postings USING (id) LIMIT 3", "SELECT 1 WHERE 1 = 0"]
    {
        fits(&schema("db-query"), &sandbox.groat(["db", "query", sql, "--json"]).ok().json());
    }
    sandbox.execute("UPDATE account_totals SET amount = amount + 1");
    for (name, line) in [("check", "check"), ("db-verify", "db verify")] {
        let found = run(&sandbox, &format!("{line} --json")).fails(10).json();
        fits(&schema(name), &found);
    }
}

#[test]
fn reconciliations_fit() {
    let (schema, sandbox) = (schema("reconcile"), full_book());
    // Cleared is the split of -60.00; pending are -3.20, -45.60 and others.
    for statement in ["-63.20", "-108.80", "0", "60", "-66", "-51", "7.77", "-65.40"] {
        let run = run(&sandbox, &format!("reconcile checking --statement {statement} --json")).fails(1);
        fits(&schema, &run.json());
    }
    check_spoilt(
        "reconcile",
        &schema,
        &run(&sandbox, "reconcile checking --statement -63.20 --json").fails(1).json(),
    );
    for line in [
        "reconcile checking --statement -60",
        "reconcile checking --statement 5 --force",
        "reconcile cash --statement 50 -n",
    ] {
        fits(&schema, &answer(&sandbox, line));
    }
    fits(&self::schema("check"), &run(&sandbox, "check reconcile --json").fails(10).json());
}

#[test]
fn imports_fit() {
    let sandbox = full_book();
    sandbox.write("good.csv", "Date,Payee,Amount\n2026-01-12,Corner Bakery,-4.80\n2026-01-13,,-1.20\n");
    sandbox.write("mixed.csv", "Date,Payee,Amount\n2026-01-12,Corner Bakery,-4.80\n2026-01-32,Bar,-9.00\n");
    for (line, code) in [
        ("import good.csv -a cash -n", 0),
        ("import good.csv -a cash --profile bank", 0),
        ("import good.csv -a cash", 0),
        ("import mixed.csv -a savings -n", 6),
        ("import mixed.csv -a savings", 6),
    ] {
        fits(&schema("import"), &run(&sandbox, &format!("{line} --json")).fails(code).json());
    }
    for (name, line) in [
        ("rule", "rule add payee:corner -c groceries -t bread"),
        ("rule", "rule add bar --split leisure=30% --split groceries"),
        ("rule", "rule edit 1 -m note"),
        ("rules", "rule list"),
        ("rule-test", "rule test"),
        ("rule-test", "rule test --text bar"),
        ("rule-apply", "rule apply -n"),
        ("rule-apply", "rule apply"),
        ("rule-apply", "rule apply"),
        ("rule-learn", "rule learn --min 1"),
        ("rule-learn", "rule learn --min 1 --add"),
        ("changed", "rule delete 2"),
        ("import-list", "import list"),
        ("import-show", "import show 1"),
        ("import-show", "import show 2"),
        ("import-show", "import show 3"),
        ("transaction", "show 1"),
        ("profile-list", "import profile list"),
        ("profile", "import profile show bank"),
        ("changed", "import undo 1"),
        ("import-list", "import list"),
    ] {
        fits(&schema(name), &answer(&sandbox, line));
    }
}

#[test]
fn answers_without_a_book_fit() {
    let sandbox = Sandbox::sqlite();
    for (name, line) in [
        ("overview", ""),
        ("list", "list"),
        ("balance", "balance"),
        ("accounts", "account list"),
        ("rules", "rule list"),
        ("report-spending", "report"),
        ("report-income", "report income"),
        ("report-budget", "report budget"),
        ("report-networth", "report networth"),
        ("report-payees", "report payees"),
        ("report-register", "report register"),
        ("report-summary", "report summary"),
        ("log", "log"),
        ("check", "check"),
        ("db-info", "db info"),
        ("db-history", "db history"),
        ("db-verify", "db verify"),
    ] {
        fits(&schema(name), &run(&sandbox, format!("{line} --json").trim()).ok().json());
    }
    assert!(!sandbox.book_path().exists());
}

#[test]
fn errors_fit_whatever_the_code() {
    let schema = schema("error");
    let sandbox = full_book();
    for (line, code, word) in [
        ("add 0 x -a cash", 2, "usage"),
        ("lst", 2, "usage"),
        ("list --perod x", 2, "usage"),
        ("show 999", 3, "not-found"),
        ("add 1 x -a ch -c in", 3, "ambiguous"),
        ("add 5", 4, "would-ask"),
        ("account delete cash", 1, "conflict"),
        ("--db . list", 5, "database"),
    ] {
        let failed = run(&sandbox, &format!("{line} --json")).fails(code);
        assert_eq!(failed.json_error()["code"], word, "{line}");
        let last: Value = serde_json::from_str(failed.stderr.lines().last().unwrap()).unwrap();
        fits(&schema, &last);
    }
}

#[test]
fn a_key_that_is_missing_or_of_another_type_is_noticed() {
    let sandbox = full_book();
    for (name, line) in [
        ("transaction", "show 4"),
        ("list", "list"),
        ("changed", "move 2 groceries"),
        ("accounts", "account list"),
        ("categories", "category list"),
        ("groups", "category group list"),
        ("payees", "payee list"),
        ("tags", "tag list"),
        ("log", "log"),
        ("balance", "balance"),
        ("report-spending", "report --by category,month"),
        ("report-income", "report income -p all"),
        ("report-budget", "report budget -p all"),
        ("report-networth", "report networth --by account"),
        ("report-payees", "report payees -p all"),
        ("report-register", "report register -p all"),
        ("report-summary", "report summary"),
        ("overview", ""),
        ("demo", "demo -L 20"),
        ("db-info", "db info"),
        ("db-history", "db history"),
        ("db-verify", "db verify"),
        ("config-list", "config list"),
    ] {
        let answer = run(&sandbox, format!("{line} --json").trim()).ok().json();
        check_spoilt(name, &schema(name), &answer);
    }
    for name in
        ["import", "import-list", "import-show", "rule", "rules", "rule-test", "rule-apply", "rule-learn"]
    {
        let schema = schema(name);
        check_spoilt(name, &schema, &schema["examples"][0]);
    }
}

/// Spoils each key of the answer by itself.
fn check_spoilt(name: &str, schema: &Value, answer: &Value) {
    let places = places_of(answer);
    assert!(!places.is_empty(), "{name} has keys");
    for (parent, key) in places {
        let spoil = |with: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut spoilt = answer.clone();
            let object = spoilt.pointer_mut(&parent).and_then(Value::as_object_mut);
            with(object.expect("keys are in objects"));
            validate(schema, &spoilt).flaws
        };
        let other_type = spoil(&|object| object[&key] = json!([[]]));
        assert!(!other_type.is_empty(), "{name}: {parent}/{key} may be anything");
        if !is_optional(name, &key) && !OPEN.iter().any(|open| parent.ends_with(open)) {
            let missing = spoil(&|object| drop(object.shift_remove(&key)));
            assert!(!missing.is_empty(), "{name}: {parent}/{key} may be missing");
        }
    }
}

/// Every key in a value, with the place of the object that it is in; of a list the first item stands for all.
fn places_of(value: &Value) -> Vec<(String, String)> {
    let mut places = Vec::new();
    let mut waiting = vec![(String::new(), value)];
    while let Some((at, value)) = waiting.pop() {
        match value {
            Value::Object(object) => {
                for (key, inner) in object {
                    places.push((at.clone(), key.clone()));
                    waiting.push((format!("{at}/{key}"), inner));
                }
            }
            Value::Array(items) => waiting.extend(items.first().map(|item| (format!("{at}/0"), item))),
            _ => {}
        }
    }
    places
}
