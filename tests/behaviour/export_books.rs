//! Books for the tests of exports: a demo, and one in which every text wants to be read as something else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::Sandbox;
use crate::typed::{Typed, text};

/// Makes a demo; the flag that opens it.
pub fn demo(s: &Sandbox) -> String {
    let place = if s.is_postgres() { s.database_url() } else { s.path("demo.db").display().to_string() };
    // The sandbox's variable would make it the own book.
    let own = [("GROAT_DATABASE_URL", "sqlite:own.db")];
    s.groat_with("", &own, ["demo", "--db", &place, "--currency", "EUR"]).ok();
    format!("--db '{place}'")
}

/// Exports a book into a file.
#[track_caller]
pub fn export(s: &Sandbox, book: &str, format: &str) -> PathBuf {
    let path = s.path(&format!("book.{format}"));
    s.ok(&format!("{book} export -O {format} -o '{}'", path.display()));
    path
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file was written")
}

/// The balances of accounts, as `1.00 EUR`, by name.
pub fn balances(s: &Sandbox, book: &str) -> BTreeMap<String, String> {
    let balances = s.json(&format!("{book} balance"));
    let shown = |row: &Value| format!("{} {}", text(&row["balance"]), text(&row["currency"]));
    objects(&balances["accounts"]).map(|row| (text(&row["account"]), shown(row))).collect()
}

/// What was spent on each category, as `1.00 EUR`, by `Group:Category`; without one by `unknown`.
pub fn spent(s: &Sandbox, book: &str) -> BTreeMap<String, String> {
    let categories = s.json(&format!("{book} category list"));
    let name_of = |slug: &Value| {
        let found = objects(&categories["categories"]).find(|row| row["slug"] == *slug);
        found.map_or("unknown".to_owned(), |row| format!("{}:{}", text(&row["group"]), text(&row["name"])))
    };
    let report = s.json(&format!("{book} report -p all"));
    let shown = |row: &Value| format!("{} {}", text(&row["amount"]), text(&report["currency"]));
    objects(&report["rows"]).map(|row| (name_of(&row["category_slug"]), shown(row))).collect()
}

pub fn objects(list: &Value) -> std::slice::Iter<'_, Value> {
    list.as_array().expect("a list").iter()
}

/// Makes a book with names, remarks, currencies, days and states that no format takes as they are.
pub fn nasty(s: &Sandbox) {
    for line in [
        "init --currency EUR --account Checking",
        "account add 'Visa; gold' --kind card",
        "account add 'Bar & <Grill> \"x\" [y]' --kind cash",
        "account add 'Old; loan' --kind loan --off-budget --balance -1000",
        "account add 'Old, loan' --kind loan",
        "account add Travel --currency USD --off-budget --balance 50",
        "account add Tokyo --currency JPY --off-budget --balance 100000",
        "account add Kuwait --currency KWD --off-budget --balance 1.234",
        "account add '寿司 =1+1' --kind savings",
        "account add 'an account with a name that is much longer than any bank would ever give it' --kind other",
        "account add Empty --kind investment --off-budget",
        "category add 'a; b' --group 'Odd  ones'",
        "category add 'a, b' --group 'Odd ones'",
        "category add 'Ab c' --group 'Odd ones'",
        "category add 'Ab (c)' --group 'Odd ones'",
        "category add '「おでん」' --group '[Brackets]'",
        "category add 'x | \"y\" \\ z' --group '= 1'",
        "category add Unknown --group Income --kind income",
        "category add 'Gifts & <more>' --group Others --kind income",
        "add 12.50 '(Bar) | Grill ; co' -c 'odd ones/a; b' -m '* and ! = [2020-01-01]; date:2020-13-45 :x: Payee: y' \
         -t date -t 'two words' -t 'a:b,c' -t żółw -t Payee -t 寿司 -a 'visa; gold'",
        "add 3 '! =2020' -c 'odd ones/a, b' -a checking --cleared",
        "add 4 'Łódź: 寿司/🍣' -c none -m 'x | y' -a checking",
        "add 1.01 '<b>&amp; \"Q\" \\ ]]>' -c 'x | \"y\" \\ z' -m '</STMTTRN>' -a 'Bar & <Grill> \"x\" [y]'",
        "add 2.02 '=HYPERLINK(1)' -c 'Ab c' -m '@x' -a checking",
        "add 3.03 '~ monthly' -c 'Ab (c)' -a checking",
        "add 4.04 '^' -c '「おでん」' -a '寿司 =1+1'",
        "add 5.05 'nobody has a name that is so long that it fits on no line of a statement of any bank' -c 'a; b' -a checking",
        "add +7 -c none -a checking finder",
        "add +8 -c unknown -a checking finder",
        "add +9.99 -c 'Gifts & <more>' -a checking aunt",
        "add 20 museum -c 'a; b' -a travel --value 18.20",
        "add 5 metro -c none -a travel",
        "add 3001 ramen -c 'a; b' -a tokyo --value 18.57",
        "add 7 onigiri -c none -a tokyo",
        "add 0.505 tea -c 'a, b' -a kuwait --value 1.51",
        "transfer 30 checking travel --received 33.50",
        "transfer 30 checking tokyo --received 4999",
        "transfer 200 checking 'old; loan' -c 'a, b'",
        "transfer 10 checking 'visa; gold' -m 'a note; [x]'",
        "transfer 0.07 checking 'an account with a name that is much longer than any bank would ever give it'",
        "add 30 market -a checking --split 'a; b=10' --split 'a, b=20'",
        "add 6 half -a checking --split 'a; b=10' --split 'none=+4'",
    ] {
        s.ok(line);
    }
    spoil(s);
}

/// What only banks' files bring, or time: remarks of postings, line ends, other days, locked postings.
fn spoil(s: &Sandbox) {
    let of = |payee: &str| {
        format!(
            "(SELECT t.id FROM transactions t JOIN payees y ON y.id = t.payee_id WHERE y.name = '{payee}')"
        )
    };
    let long = "word: [2020-01-01] :tag: a;b ".repeat(400);
    s.execute(&format!(
        "UPDATE transactions SET note = 'one\r\ntwo\u{85}three\u{2028}four\tfive \u{1}' WHERE id = {}; \
         UPDATE transactions SET note = '{long}' WHERE id = {}; \
         UPDATE transactions SET note = 'plain', payee_id = NULL WHERE id = {}; \
         UPDATE postings SET memo = 'Invoice: 12 [2020-13-45] date:x \"q\"\n^' WHERE transaction_id = {} AND position = 1; \
         UPDATE postings SET memo = ':a: b:: =c' WHERE transaction_id = {}; \
         UPDATE postings SET status = 'reconciled' WHERE transaction_id IN {}; \
         UPDATE postings SET date = '2026-01-12' WHERE transaction_id = {}; \
         UPDATE postings SET date = '2026-01-14', status = 'cleared' WHERE transaction_id = {} AND position = 1; \
         UPDATE postings SET date = '2026-01-13', status = 'cleared' \
         WHERE position = 1 AND account_id = (SELECT id FROM accounts WHERE name = 'Visa; gold')",
        of("! =2020"),
        of("~ monthly"),
        of("^"),
        of("market"),
        of("museum"),
        of("! =2020"),
        of("=HYPERLINK(1)"),
        of("half"),
    ));
}
