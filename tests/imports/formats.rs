//! Files of other formats end to end: a bank's OFX beside its CSV, and what other programs export, with accounts,
//! categories, tags and transfers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const OFX: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\
    <BANKACCTFROM><BANKID>1<ACCTID>4711<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\
    <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260110<TRNAMT>-4.80<FITID>a1<NAME>Corner Bakery</STMTTRN>\
    <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260110<TRNAMT>-4.80<FITID>a2<NAME>Corner Bakery</STMTTRN>\
    <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260112<TRNAMT>100<FITID>a3<NAME>Refund</STMTTRN>\
    </BANKTRANLIST><LEDGERBAL><BALAMT>90.40<DTASOF>20260113</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
const CSV: &str = "Date,Payee,Amount\n2026-01-10,BAKERY 12,-4.80\n2026-01-10,BAKERY 12,-4.80\n2026-01-12,REFUND,100.00\n\
    2026-01-13,Kiosk,-2.00\n";
const QIF: &str = "!Account\nNGiro\nTBank\n^\n!Type:Bank\nD2026-01-05\nT-50.00\nPTesco\nLFood:Groceries/home\n^\n\
    D2026-01-06\nT-200.00\nL[Pot]\n^\nD2026-01-07\nT-30.00\nPMixed\nSFun\n$-10.00\nSFood:Groceries\n$-20.00\n^\n\
    D2026-01-08\nT2000.00\nPWork\nLJob:Salary\n^\n!Account\nNPot\nTBank\n^\n!Type:Bank\nD2026-01-06\nT200.00\nL[Giro]\n^\n";
const YNAB: &str = "\"Account\",\"Flag\",\"Date\",\"Payee\",\"Category Group/Category\",\"Category Group\",\"Category\",\"Memo\",\"Outflow\",\"Inflow\",\"Cleared\"\n\
    \"Giro\",\"\",\"2026-01-10\",\"Tesco\",\"Food: Groceries\",\"Food\",\"Groceries\",\"weekly\",€45.60,€0.00,\"Cleared\"\n\
    \"Giro\",\"\",\"2026-01-09\",\"Transfer : Pot\",\"\",\"\",\"\",\"\",€100.00,€0.00,\"Cleared\"\n\
    \"Pot\",\"\",\"2026-01-09\",\"Transfer : Giro\",\"\",\"\",\"\",\"\",€0.00,€100.00,\"Cleared\"\n\
    \"Giro\",\"\",\"2026-01-01\",\"Starting Balance\",\"Inflow: Ready to Assign\",\"Inflow\",\"Ready to Assign\",\"\",€0.00,€500.00,\"Cleared\"\n";

fn book(s: &Sandbox) {
    s.groat(["init", "--currency", "EUR"]).ok();
}

fn file(s: &Sandbox, name: &str, content: &str) -> String {
    s.write(name, content);
    s.path(name).display().to_string()
}

fn counts(answer: &Value) -> (Option<i64>, Option<i64>, Option<i64>) {
    (answer["new"].as_i64(), answer["matched"].as_i64(), answer["duplicates"].as_i64())
}

fn balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--json"]).ok().json();
    let accounts = balance["accounts"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    accounts.iter().map(|one| format!("{} {}", text(&one["account"]), text(&one["balance"]))).collect()
}

on_both_databases! {
    fn a_banks_ofx_and_its_csv_are_one_set_of_rows(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking"]).ok();
        let (ofx, csv) = (file(s, "bank.txt", OFX), file(s, "bank.csv", CSV));
        let first = s.groat(["import", &ofx, "--map", "4711=checking", "--json"]).ok().json();
        assert_eq!((first["format"].as_str(), counts(&first)), (Some("ofx"), (Some(3), Some(0), Some(0))));
        let second = s.groat(["import", &csv, "-a", "checking", "--json"]).ok().json();
        assert_eq!(counts(&second), (Some(1), Some(3), Some(0)));
        assert_eq!(counts(&s.groat(["import", &ofx, "--json"]).ok().json()), (Some(0), Some(0), Some(3)));
        assert_eq!(balances(s), ["Checking 88.40"]);
        s.groat(["import", "undo", "1"]).ok();
        s.groat(["import", "undo", "3"]).ok();
        assert_eq!(balances(s), ["Checking 88.40"]);
        s.groat(["check", "book"]).ok();
    }

    fn a_stated_balance_that_the_book_has_not_is_told(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking"]).ok();
        let ofx = file(s, "bank.ofx", OFX);
        let told = s.groat(["import", &ofx, "-a", "checking"]).ok().stderr;
        assert!(!told.contains("the statement says"), "{told}");
        let wrong = file(s, "wrong.ofx", &OFX.replace("90.40", "95.40").replace("20260113", "20260114"));
        let told = s.groat(["import", &wrong, "-a", "checking"]).ok().stderr;
        assert!(
            told.contains("the statement says 95.40 EUR on 2026-01-14, cleared in Checking are 90.40: `groat reconcile Checking`"),
            "{told}"
        );
        s.groat(["import", "undo", "2"]).ok();
        s.groat(["check", "book"]).ok();
    }

    fn a_qif_makes_its_accounts_with_a_yes_and_brings_what_rows_were_for(s: &Sandbox) {
        book(s);
        let qif = file(s, "all.qif", QIF);
        let run = s.groat(["import", &qif]).fails(4);
        assert!(run.stderr.contains("make the accounts `Giro`, `Pot`?"), "{}", run.stderr);
        assert!(run.stderr.contains("`--yes`") && run.stderr.contains("--map 'Giro=ACCOUNT'"), "{}", run.stderr);
        s.groat(["import", &qif, "-y"]).ok();
        assert_eq!(balances(s), ["Giro 1720.00", "Pot 200.00"]);
        let list = s.groat(["list", "--json"]).ok().json();
        let all = list["transactions"].as_array().expect("a list");
        assert_eq!(all.len(), 4);
        let of = |date: &str| all.iter().find(|one| one["date"] == date).expect("a transaction of the day");
        assert_eq!((&of("2026-01-05")["category_slug"], &of("2026-01-05")["tags"][0]), (&"food/groceries".into(), &"home".into()));
        assert_eq!(of("2026-01-06")["kind"], "transfer");
        assert_eq!(of("2026-01-07")["postings"].as_array().map(Vec::len), Some(2));
        assert_eq!((&of("2026-01-08")["kind"], &of("2026-01-08")["category"]), (&"income".into(), &"Salary".into()));
        assert_eq!(counts(&s.groat(["import", &qif, "--json"]).ok().json()), (Some(0), Some(0), Some(5)));
        s.groat(["check", "book"]).ok();
        // All of it was one operation, and so was the second time.
        s.groat(["undo"]).ok();
        s.groat(["undo"]).ok();
        assert_eq!(balances(s), [""; 0]);
    }

    fn a_journal_of_the_book_makes_the_same_book(s: &Sandbox) {
        s.groat(["init", "--currency", "USD"]).ok();
        s.groat(["demo", &s.path("demo.db").display().to_string(), "-L", "300"]).ok();
        let demo = format!("sqlite:{}", s.path("demo.db").display());
        let journal = s.path("book.journal").display().to_string();
        s.groat(["--db", &demo, "export", "-O", "hledger", "-o", &journal]).ok();
        s.groat(["import", &journal, "-y"]).ok();
        let of = |words: &[&str], db: &[&str]| s.groat([db, words, &["--json"]].concat()).ok().json();
        for words in [
            &["report", "-p", "all", "--by", "category"][..],
            &["report", "-p", "all", "--by", "tag"],
            &["report", "-p", "all", "--by", "payee,month"],
            &["report", "networth"],
        ] {
            assert_eq!(of(words, &["--db", &demo]), of(words, &[]), "{words:?}");
        }
        // Money that leaves the budget by a transfer is written beside it, and comes back as two transactions.
        let notes = |db: &[&str]| {
            let list = of(&["list", "-L", "0"], db);
            let all = list["transactions"].as_array().expect("a list").iter();
            all.map(|one| one["note"].to_string()).collect::<BTreeSet<String>>()
        };
        assert_eq!(notes(&["--db", &demo]), notes(&[]));
        s.groat(["check", "book"]).ok();
    }

    fn a_ynab_register_moves_in(s: &Sandbox) {
        book(s);
        let ynab = file(s, "register.csv", YNAB);
        let answer = s.groat(["import", &ynab, "-y", "--json"]).ok().json();
        assert_eq!((answer["format"].as_str(), counts(&answer)), (Some("ynab"), (Some(3), Some(1), Some(0))));
        assert_eq!(balances(s), ["Giro 354.40", "Pot 100.00"]);
        let spending = s.groat(["report", "-p", "2026-01", "--json"]).ok().json();
        assert_eq!(spending["total"], "45.60");
        s.groat(["check", "book"]).ok();
    }
}
