//! What `export` writes, `import` reads again: what the formats have room for is the same in a second book.

use crate::export_books::{export, read};
use crate::support::Sandbox;
use crate::typed::{Typed, says, text};

/// A book with what formats are apt to lose.
fn book() -> Sandbox {
    let s = Sandbox::sqlite();
    for line in [
        "init --currency EUR --account Checking",
        "account add 'Credit card' --kind card",
        "account add Travel --currency USD --off-budget",
        "category add 'Eating out' --group 'Food; drink'",
        "category add 'Salary, mine' --group Income --kind income",
        "add 12.50 shop -c 'eating out' -a 'credit card' -m 'weekly: shop' -t trip:rome -t trip:oslo -t big -t 2026 -t 2027:x --cleared",
        "add 1 kiosk -c none -a checking",
        "add 30 market -a checking --split 'eating out=10' --split 'none=20' --cleared",
        "income 1000 'salary, mine' -a checking --cleared",
        "transfer 30 checking travel --received 33.50",
    ] {
        s.ok(line);
    }
    s.write("days.csv", "Date,Payee,Amount\n2026-01-13,Nothing,0.00\n");
    s.ok("import days.csv -a checking");
    s.execute(
        "UPDATE postings SET memo = 'bread, rye' WHERE position = 0 AND transaction_id = \
         (SELECT t.id FROM transactions t JOIN payees y ON y.id = t.payee_id WHERE y.name = 'market')",
    );
    s
}

/// A new book with what another exported.
fn back(from: &Sandbox, format: &str) -> Sandbox {
    let s = Sandbox::sqlite();
    let file = format!("book.{format}");
    s.write(&file, read(&export(from, "", format)));
    s.ok("init --currency EUR");
    s.ok(&format!("import {file} -y"));
    s
}

/// These of each posting and its transaction, sorted.
fn rows(s: &Sandbox, columns: &[&str]) -> Vec<String> {
    let answer = s.json("list -L 0");
    let mut rows = Vec::new();
    for transaction in answer["transactions"].as_array().expect("a list") {
        for posting in transaction["postings"].as_array().expect("a list") {
            let cell = |column: &&str| match posting.get(*column).unwrap_or(&transaction[*column]) {
                serde_json::Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(" "),
                serde_json::Value::Null => String::new(),
                value => text(value),
            };
            rows.push(columns.iter().map(cell).collect::<Vec<_>>().join("|"));
        }
    }
    rows.sort();
    rows
}

#[test]
fn journals_bring_back_texts_tags_and_names() {
    let from = book();
    let columns = ["payee", "note", "account", "category", "amount", "currency", "memo"];
    let ours = rows(&from, &columns);
    let tags = rows(&from, &["payee", "tags"]);
    for (format, keeps_values) in [("hledger", true), ("ledger", true), ("beancount", false)] {
        let there = back(&from, format);
        assert_eq!(rows(&there, &columns), ours, "{format}");
        if keeps_values {
            assert_eq!(rows(&there, &["payee", "tags"]), tags, "{format}");
        }
    }
}

#[test]
fn each_side_of_a_transfer_keeps_its_day() {
    let from = book();
    from.ok("account add Savings");
    from.ok("transfer 70 checking savings -d 2026-01-09");
    let move_on = "UPDATE postings SET date = '2026-01-12' WHERE amount = 7000";
    from.execute(move_on);
    let columns = ["account", "date", "amount"];
    for format in ["hledger", "ledger", "beancount"] {
        let there = rows(&back(&from, format), &columns);
        assert_eq!(there, rows(&from, &columns), "{format}");
        assert!(there.contains(&"Savings|2026-01-12|70.00".to_owned()), "{there:?}");
    }
}

#[test]
fn what_is_said_of_one_side_of_a_transfer_stays_there() {
    let from = Sandbox::sqlite();
    from.ok("init --currency EUR");
    from.write(
        "in.journal",
        "2026-01-05 Move | whole note\n    assets:checking  -50 EUR  ; left\n    assets:savings  50 EUR  ; arrived\n",
    );
    from.ok("import in.journal -y");
    let columns = ["account", "note", "memo"];
    let said = ["Checking|whole note|left", "Savings|whole note|arrived"];
    assert_eq!(rows(&from, &columns), said);
    for format in ["hledger", "ledger", "beancount"] {
        assert_eq!(rows(&back(&from, format), &columns), said, "{format}");
    }
}

#[test]
fn a_statement_of_an_account_in_another_currency_is_in_that_currency() {
    let from = book();
    let there = back(&from, "qif");
    let columns = ["account", "amount", "currency"];
    assert_eq!(rows(&there, &columns), rows(&from, &columns));
}

#[test]
fn an_export_without_transactions_is_read_as_what_it_is() {
    let from = Sandbox::sqlite();
    from.ok("init --currency EUR --account Cash");
    for format in ["hledger", "ledger", "beancount", "qif"] {
        for query in ["", "nowhere"] {
            from.ok(&format!("export {query} -O {format} -o empty.txt"));
            let run = from.ok("import empty.txt -a cash -n");
            says(&run, &["empty.txt has no rows to book"]);
            assert!(run.stdout.contains(&format.to_uppercase()), "{}", run.stdout);
        }
    }
}

#[test]
fn what_is_pending_is_marked_so_and_only_that() {
    let from = book();
    for format in ["hledger", "ledger", "beancount"] {
        let file = read(&export(&from, "", format));
        let entries = file.lines().filter(|line| line.starts_with("20") && line.contains(['!', '*']));
        let pending = entries.filter(|line| line.contains(" ! ")).count();
        assert_eq!(pending, 2, "what was bought at the kiosk, and the transfer: {file}");
        let kiosk = file.lines().find(|line| line.contains("kiosk")).expect("it is written");
        assert!(kiosk.starts_with("2026-01-15 ! "), "{kiosk} in {format}");
    }
}

#[test]
fn a_posting_with_a_memo_is_shown_with_it() {
    let s = book();
    let transaction = s.json("list market")["transactions"][0].clone();
    let shown = s.ok(&format!("show {}", transaction["id"])).stdout;
    assert!(shown.contains("Memo") && shown.contains("bread, rye"), "{shown}");
    let plain = s.ok(&format!("show {}", s.json("list shop")["transactions"][0]["id"])).stdout;
    assert!(!plain.to_lowercase().contains("memo"), "{plain}");
    let of_one = "UPDATE postings SET memo = 'by hand' WHERE transaction_id = \
                  (SELECT t.id FROM transactions t JOIN payees y ON y.id = t.payee_id WHERE y.name = 'shop')";
    s.execute(of_one);
    let shown = s.ok(&format!("show {}", s.json("list shop")["transactions"][0]["id"])).stdout;
    assert!(shown.lines().any(|line| line == "  memo      by hand"), "{shown}");
}

/// What a loan is paid with: a part that the loan has, and interest.
fn rate() -> Sandbox {
    let s = Sandbox::sqlite();
    s.ok("init --currency EUR");
    s.write(
        "one.journal",
        "2026-01-12 Loan rate\n    assets:checking   -100.00 EUR\n    liabilities:loan    80.00 EUR\n    \
         expenses:interest   20.00 EUR\n",
    );
    s.ok("import one.journal -y");
    s
}

#[test]
fn a_part_that_is_a_transfer_does_not_take_in_the_others() {
    let from = rate();
    let columns = ["account", "category", "amount"];
    let ours = ["checking|interest|-20.00", "checking||-80.00", "loan||80.00"];
    let lowered = |s: &Sandbox| -> Vec<String> {
        let mut rows: Vec<_> = rows(s, &columns).iter().map(|row| row.to_lowercase()).collect();
        rows.sort();
        rows
    };
    assert_eq!(lowered(&from), ours);
    for format in ["hledger", "ledger", "beancount", "qif"] {
        let there = back(&from, format);
        assert_eq!(lowered(&there), ours, "{format}");
    }
}

#[test]
fn statements_say_of_each_account_what_is_its_own() {
    let from = rate();
    let qif = read(&export(&from, "", "qif"));
    for record in [
        "T-100.00\nC*\nPLoan rate\nL[Loan]\nS[Loan]\n$-80.00\nSGeneral:Interest\n$-20.00\n^\n",
        "T80.00\nC*\nPLoan rate\nL[Checking]\n^\n",
    ] {
        assert!(qif.contains(record), "{record}\n{qif}");
    }
    let ofx = read(&export(&from, "", "ofx"));
    for kind in ["DEBIT", "XFER"] {
        assert_eq!(ofx.matches(&format!("<TRNTYPE>{kind}")).count(), 1, "{ofx}");
    }
}
