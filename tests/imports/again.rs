//! Rows that come in again after their transactions were deleted, edited or taken back: nothing is counted twice, and
//! what the user did stays.

use crate::support::{Run, Sandbox, on_both_databases};

const ROW: &str = "Date,Payee,Amount\n2026-01-05,Amazon,-50.00\n";
const ORDERED: &str = "Date,Payee,Amount\n13/01/2026,A,-1.00\n02/01/2026,B,-2.00\n";
const OPEN: &str = "Date,Payee,Amount\n05/01/2026,C,-3.00\n04/01/2026,D,-4.00\n";

/// A book, and one row in the files of two sources.
fn book(s: &Sandbox) {
    run(s, "init --currency EUR --account Checking");
    run(s, "account add Savings");
    s.write("d1.csv", ROW);
    s.write(
        "d1.ofx",
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
         COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS>\
         <CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>123<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\
         <DTSTART>20260101<DTEND>20260131\n<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105<TRNAMT>-50.00<FITID>A1\
         <NAME>Amazon</STMTTRN>\n</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
    );
}

fn run(s: &Sandbox, line: &str) -> Run {
    s.groat(line.split(' ')).ok()
}

/// The number of the newest operation.
fn newest(s: &Sandbox) -> String {
    run(s, "log --json").json()["operations"][0]["id"].to_string()
}

/// Amount and account of every posting, by transaction.
fn rows(s: &Sandbox) -> Vec<String> {
    s.query("SELECT amount, account_id FROM postings ORDER BY transaction_id, position")
        .into_iter()
        .map(|row| row.join(" in "))
        .collect()
}

/// The undoing of an operation is refused and changes nothing; the error says so.
fn refuses_undo(s: &Sandbox, operation: &str, said: &[&str]) {
    let before = s.dump(&[]);
    let refused = s.groat(["undo", operation]).fails(1);
    for said in said {
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
    }
    assert_eq!(before, s.dump(&[]));
}

/// A transaction that was edited between the imports of two sources stays as it is when both are taken back.
fn stays_edited(s: &Sandbox, edit: &str, left: &str) {
    book(s);
    run(s, "import d1.ofx -a checking");
    run(s, &format!("edit 1 {edit}"));
    run(s, "import d1.csv -a checking");
    run(s, "import undo 1");
    let last = run(s, "import undo 2");
    assert!(last.stderr.contains("transaction 1 stays: it was changed since"), "{}", last.stderr);
    for file in ["d1.ofx", "d1.csv"] {
        run(s, &format!("import {file} -a checking"));
        assert_eq!(rows(s), [left], "{file}");
    }
    run(s, "db verify");
}

on_both_databases! {
    fn an_import_taken_back_does_not_come_back_beside_a_later_one(s: &Sandbox) {
        book(s);
        let mut taken_back = String::new();
        for (batch, again) in [(1, "d1.ofx"), (3, "d1.csv")] {
            run(s, "import d1.ofx -a checking");
            run(s, &format!("import undo {batch}"));
            taken_back = newest(s);
            run(s, &format!("import {again} -a checking"));
            let by = newest(s);
            let later = batch + 1;
            let hint = format!("`groat import undo {later}` first takes that back; then `groat undo {taken_back}`");
            refuses_undo(s, &taken_back, &[&format!("by operation {by}"), "has come in again since", &hint]);
            assert_eq!(rows(s), ["-5000 in 1"]);
            run(s, &format!("import undo {later}"));
        }
        // As the hint says.
        run(s, &format!("undo {taken_back}"));
        assert_eq!(rows(s), ["-5000 in 1"]);
        run(s, "db verify");
    }

    fn what_an_undo_brought_back_counts_as_come_in_again(s: &Sandbox) {
        book(s);
        run(s, "import d1.ofx -a checking");
        run(s, "import undo 1");
        let first = newest(s);
        run(s, "import d1.ofx -a checking");
        run(s, "import undo 2");
        let second = newest(s);
        run(s, &format!("undo {first}"));
        refuses_undo(s, &second, &["`groat import undo 1` first"]);
        assert_eq!(rows(s), ["-5000 in 1"]);
    }

    fn a_deletion_is_not_undone_when_another_source_brought_the_row_back(s: &Sandbox) {
        book(s);
        run(s, "import d1.ofx -a checking");
        run(s, "delete 1");
        let deleted = newest(s);
        run(s, "import d1.csv -a checking --restore-deleted");
        refuses_undo(s, &deleted, &["transaction 1 has come in again since, as transaction 2", "`groat import undo 2`"]);
        run(s, "import undo 2");
        run(s, &format!("undo {deleted}"));
        assert_eq!(rows(s), ["-5000 in 1"]);
        run(s, "db verify");
    }

    fn a_typed_transaction_that_was_deleted_does_not_come_back_beside_the_bank_s(s: &Sandbox) {
        book(s);
        run(s, "add 50 Amazon -d 2026-01-05 -a checking");
        run(s, "delete 1");
        let deleted = newest(s);
        run(s, "import d1.csv -a checking");
        refuses_undo(s, &deleted, &["transaction 1 has come in again since, as transaction 2", "`groat import undo 1`"]);
        // What was edited before it was deleted is still the row that the statement shows.
        run(s, "edit 2 --amount -55");
        run(s, "delete 2");
        let deleted = newest(s);
        run(s, "import d1.ofx -a checking --restore-deleted");
        refuses_undo(s, &deleted, &["transaction 2 has come in again since, as transaction 3"]);
    }

    fn a_deletion_is_undone_where_later_files_only_bring_others(s: &Sandbox) {
        book(s);
        run(s, "import d1.csv -a checking");
        run(s, "delete 1");
        let deleted = newest(s);
        // The same source knows its row; another leaves one of two out for it.
        s.write("two.csv", format!("{ROW}2026-01-05,Amazon,-50.00\n"));
        run(s, "import two.csv -a checking");
        s.write("two.qif", "!Type:Bank\nD01/05/2026\nT-50.00\nPAmazon\n^\nD01/05/2026\nT-50.00\nPAmazon\n^\nD01/25/2026\nT-1.00\nPX\n^\n");
        run(s, "import two.qif -a checking");
        assert_eq!(rows(s), ["-5000 in 1", "-100 in 1"]);
        run(s, &format!("undo {deleted}"));
        assert_eq!(rows(s), ["-5000 in 1", "-5000 in 1", "-100 in 1"]);
        run(s, "db verify");
    }

    fn twins_that_were_deleted_one_by_one_come_back_one_by_one(s: &Sandbox) {
        book(s);
        s.write("two.csv", format!("{ROW}2026-01-05,Amazon,-50.00\n"));
        run(s, "import two.csv -a checking");
        run(s, "add 50 Amazon -d 2026-01-05 -a checking");
        for id in ["1", "2", "3"] {
            run(s, &format!("delete {id}"));
        }
        let last: i64 = newest(s).parse().expect("a number");
        for operation in [last, last - 2, last - 1] {
            run(s, &format!("undo {operation}"));
        }
        assert_eq!(rows(s), ["-5000 in 1"; 3]);
    }

    fn an_edited_transaction_stays_with_its_row_when_both_its_files_are_taken_back(s: &Sandbox) {
        stays_edited(s, "--amount -55", "-5500 in 1");
    }

    fn one_that_was_moved_to_another_account_stays_so_too(s: &Sandbox) {
        stays_edited(s, "-a savings", "-5000 in 2");
    }

    fn what_an_import_changed_in_an_edited_transaction_does_not_let_it_go_either(s: &Sandbox) {
        book(s);
        s.write("p.csv", "Date,Payee,Amount\n2026-01-05,Amazon,-50.00\n");
        run(s, "import p.csv -a checking");
        run(s, "edit 1 --amount -55 --pending");
        run(s, "import d1.ofx -a checking");
        run(s, "import undo 1");
        run(s, "import undo 2");
        run(s, "import d1.ofx -a checking");
        assert_eq!(rows(s), ["-5500 in 1"]);
    }

    fn a_date_order_that_was_said_of_one_file_holds_for_it_alone(s: &Sandbox) {
        book(s);
        s.write("do1.csv", ORDERED);
        s.write("do2.csv", OPEN);
        s.write("do3.csv", "Date,Payee,Amount\n12/31/2025,E,-1.00\n");
        run(s, "import do1.csv -a checking");
        run(s, "import do2.csv -a checking");
        let refused = s.groat(["import", "do3.csv", "-a", "checking"]).fails(4);
        assert!(refused.stderr.contains("`--date-order mdy` reads this file so, and later ones as before"), "{}", refused.stderr);
        run(s, "import do3.csv -a checking --date-order mdy");
        let again = run(s, "import do2.csv -a checking --json").json();
        assert_eq!((again["new"].as_i64(), again["duplicates"].as_i64()), (Some(0), Some(2)), "{again}");
        // When all are taken back, the next file is the first again.
        for batch in ["4", "3", "2", "1"] {
            run(s, &format!("import undo {batch}"));
        }
        run(s, "import do2.csv -a checking --date-order mdy");
        run(s, "import do2.csv -a checking");
        assert_eq!(s.query("SELECT date_order FROM import_sources"), [["mdy"]]);
    }

    fn a_decimal_mark_that_was_said_of_one_file_holds_for_it_alone(s: &Sandbox) {
        book(s);
        let header = "Date;Payee;Amount";
        s.write("m1.csv", format!("{header}\n2026-01-02;A;-1,50\n"));
        s.write("m2.csv", format!("{header}\n2026-01-03;B;-1,500\n"));
        s.write("m3.csv", format!("{header}\n2026-01-04;C;-2.50\n"));
        run(s, "import m1.csv -a checking");
        s.groat(["import", "m3.csv", "-a", "checking"]).fails(4);
        run(s, "import m3.csv -a checking --decimal .");
        run(s, "import m2.csv -a checking");
        assert_eq!(rows(s), ["-150 in 1", "-250 in 1", "-150 in 1"]);
    }

    fn what_a_file_shows_is_not_overruled_by_what_is_said_of_it(s: &Sandbox) {
        book(s);
        s.write("do1.csv", ORDERED);
        s.write("m.csv", "Date;Payee;Amount\n2026-01-02;A;-1.234,50\n2026-01-03;B;-1,500\n");
        for (line, said) in [
            ("import do1.csv -a checking --date-order mdy", "the dates of this file are `dmy`: 1 row cannot be read with `--date-order mdy`"),
            ("import m.csv -a checking --decimal .", "the decimal marks of this file are `,`: 1 row cannot be read with `--decimal .`"),
        ] {
            let refused = s.groat(line.split(' ')).fails(2);
            assert!(refused.stderr.contains(said), "{}", refused.stderr);
        }
        assert!(rows(s).is_empty());
        run(s, "import do1.csv -a checking --date-order dmy");
    }
}
