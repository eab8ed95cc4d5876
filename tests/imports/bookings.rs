//! Bookings of several payments: one file shows each payment, another the booking as one row. Whichever comes first,
//! the money is there once, and an import taken back loses nothing that the other holds.

use crate::support::{Run, Sandbox, on_both_databases};

const HEAD: &str =
    "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";
const CSV: &str = "Date,Payee,Amount\n2026-01-12,Shop,-3.00\n2026-01-13,Collective order,-5.00\n";

fn run(s: &Sandbox, line: &str) -> Run {
    s.groat(line.split(' ')).ok()
}

/// An entry of the 13th: reference, sum, and its payments where they are shown.
fn entry(reference: &str, sum: &str, payments: &[(&str, &str)]) -> String {
    let payment = |(name, amount): &(&str, &str)| {
        format!(
            "<TxDtls><Amt Ccy=\"EUR\">{amount}</Amt><RltdPties><Cdtr><Pty><Nm>{name}</Nm></Pty></Cdtr></RltdPties>\
             </TxDtls>"
        )
    };
    let reference =
        if reference.is_empty() { String::new() } else { format!("<AcctSvcrRef>{reference}</AcctSvcrRef>") };
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{sum}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
         <BookgDt><Dt>2026-01-13</Dt></BookgDt>{reference}<NtryDtls>{}</NtryDtls></Ntry>\n",
        payments.iter().map(payment).collect::<String>()
    )
}

fn camt(message: &str, part: &str, entries: &[String]) -> String {
    format!(
        "{HEAD}<{message}><{part}><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>\n\
         {}</{part}></{message}></Document>\n",
        entries.concat()
    )
}

fn statement(entries: &[String]) -> String {
    camt("BkToCstmrStmt", "Stmt", entries)
}

/// A book, and the same booking in four files: as one row, as its payments, as one row of a CSV, and under another
/// number.
fn book(s: &Sandbox) {
    run(s, "init --currency EUR --account Checking");
    let payments = [("Baker", "2.00"), ("Butcher", "3.00")];
    s.write("whole.xml", statement(&[entry("R1", "5.00", &[])]));
    let shown = camt("BkToCstmrDbtCdtNtfctn", "Ntfctn", &[entry("R1", "5.00", &payments)]);
    s.write("payments.xml", shown);
    s.write("whole.csv", CSV);
    s.write("other.xml", statement(&[entry("R2", "5.00", &payments)]));
    // What stands alone, and what looks like a part or the whole of the booking.
    s.write(
        "day.xml",
        statement(&[entry("R1", "5.00", &payments), entry("R3", "3.00", &[]), entry("R4", "5.00", &[])]),
    );
    s.write(
        "sums.xml",
        statement(&[entry("R4", "5.00", &[]), entry("R3", "3.00", &[]), entry("R1", "5.00", &[])]),
    );
    let day = "Date,Payee,Amount\n2026-01-13,Butcher,-3.00\n2026-01-13,Order,-5.00\n2026-01-13,Fuel,-5.00\n";
    s.write("day.csv", day);
}

fn import(s: &Sandbox, file: &str) -> serde_json::Value {
    run(s, &format!("import {file} -a checking --json")).json()
}

/// The amounts in the book, the smallest first.
fn amounts(s: &Sandbox) -> Vec<i64> {
    let rows = s.query("SELECT amount FROM postings ORDER BY amount, id");
    rows.iter().map(|row| row[0].parse().expect("an amount is a number")).collect()
}

on_both_databases! {
    fn the_payments_of_a_booking_that_is_there_are_it(s: &Sandbox) {
        book(s);
        import(s, "whole.xml");
        let payments = import(s, "payments.xml");
        assert_eq!((&payments["new"], &payments["matched"]), (&0.into(), &2.into()), "{payments}");
        assert_eq!(amounts(s), [-500]);
        let reasons = run(s, "import show 2").stdout;
        assert_eq!(reasons.matches("already there as one booking of several payments").count(), 2, "{reasons}");
        // The whole is not named after one of its parts.
        let list = run(s, "list --json").json();
        assert_ne!(list["transactions"][0]["payee"], "Baker", "{list}");
        for file in ["payments.xml", "whole.xml", "payments.xml"] {
            assert_eq!(import(s, file)["new"], 0, "{file}");
        }
        assert_eq!(amounts(s), [-500]);
        run(s, "db verify");
    }

    fn a_booking_whose_payments_are_there_is_they(s: &Sandbox) {
        book(s);
        import(s, "payments.xml");
        let whole = import(s, "whole.xml");
        assert_eq!((&whole["new"], &whole["duplicates"]), (&0.into(), &1.into()), "{whole}");
        assert_eq!(amounts(s), [-300, -200]);
        let reasons = run(s, "import show 2").stdout;
        assert!(reasons.contains("already there payment by payment"), "{reasons}");
        for file in ["whole.xml", "payments.xml"] {
            assert_eq!(import(s, file)["new"], 0, "{file}");
        }
        run(s, "db verify");
    }

    fn another_bank_format_may_show_the_whole(s: &Sandbox) {
        book(s);
        import(s, "payments.xml");
        let csv = import(s, "whole.csv");
        assert_eq!((&csv["new"], &csv["duplicates"]), (&1.into(), &1.into()), "{csv}");
        assert_eq!(amounts(s), [-300, -300, -200]);
        assert_eq!(import(s, "whole.csv")["new"], 0);
        run(s, "undo");
        run(s, "undo");
        run(s, "undo");
        import(s, "whole.csv");
        let payments = import(s, "payments.xml");
        assert_eq!((&payments["new"], &payments["matched"]), (&0.into(), &2.into()), "{payments}");
        assert_eq!(amounts(s), [-500, -300]);
        run(s, "db verify");
    }

    fn each_batch_holds_what_the_other_one_loses(s: &Sandbox) {
        for (first, second, left) in [
            ("payments.xml", "whole.xml", vec![-300, -200]),
            ("whole.xml", "payments.xml", vec![-500]),
        ] {
            for undone in [1, 2] {
                let s = &s.another();
                book(s);
                import(s, first);
                import(s, second);
                run(s, &format!("import undo {undone}"));
                assert_eq!(amounts(s), left, "{first} {second} without {undone}");
                for file in [first, second] {
                    assert_eq!(import(s, file)["new"], 0, "{first} {second} without {undone}, then {file}");
                }
                let batches = run(s, "import list --json").json();
                for batch in batches["batches"].as_array().expect("a list") {
                    run(s, &format!("import undo {}", batch["id"]));
                }
                assert_eq!(amounts(s), [0; 0]);
                run(s, "db verify");
            }
        }
    }

    fn another_number_is_another_booking(s: &Sandbox) {
        book(s);
        import(s, "whole.xml");
        import(s, "other.xml");
        assert_eq!(amounts(s), [-500, -300, -200]);
        assert_eq!(import(s, "payments.xml")["new"], 0);
        assert_eq!(import(s, "other.xml")["new"], 0);
        assert_eq!(amounts(s), [-500, -300, -200]);
    }

    fn what_stands_alone_is_not_taken_for_a_part_or_the_whole(s: &Sandbox) {
        let orders = [["day.xml", "sums.xml", "day.csv"], ["sums.xml", "day.csv", "day.xml"], ["day.csv", "day.xml", "sums.xml"]];
        for order in orders {
            let s = &s.another();
            book(s);
            for file in order.iter().chain(&order) {
                import(s, file);
                assert_eq!(amounts(s).iter().sum::<i64>(), -1300, "{order:?} after {file}");
            }
            run(s, "db verify");
        }
    }

    fn what_came_in_payment_by_payment_does_not_come_back_whole(s: &Sandbox) {
        for (first, second) in [("whole.xml", "payments.xml"), ("payments.xml", "whole.xml")] {
            let s = &s.another();
            book(s);
            import(s, first);
            run(s, "import undo 1");
            import(s, second);
            let before = amounts(s);
            let refused = s.groat(["undo", "3"]).fails(1);
            assert!(refused.stderr.contains("has come in again since"), "{}", refused.stderr);
            assert_eq!(amounts(s), before);
        }
    }

    fn a_booking_that_was_deleted_stays_deleted(s: &Sandbox) {
        book(s);
        import(s, "whole.xml");
        let told = "2 payments are in the book as 1 booking";
        assert!(run(s, "import payments.xml -a checking -n").stderr.contains(told));
        run(s, "delete 1");
        assert!(!run(s, "import payments.xml -a checking -n").stderr.contains("in the book as"));
        let payments = import(s, "payments.xml");
        assert_eq!((&payments["new"], &payments["deleted"]), (&0.into(), &2.into()), "{payments}");
        assert_eq!(run(s, "import payments.xml -a checking --restore-deleted --json").json()["new"], 2);
        assert_eq!(amounts(s), [-300, -200]);
        assert_eq!(import(s, "whole.xml")["new"], 0);
        run(s, "db verify");
    }

    fn without_numbers_day_and_sum_decide(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        let payments = [("Baker", "2.00"), ("Butcher", "3.00")];
        let twice = |payments: &[(&str, &str)]| statement(&[entry("", "5.00", payments), entry("", "5.00", payments)]);
        s.write("wholes.xml", twice(&[]));
        s.write("payments.xml", twice(&payments));
        s.write("one.xml", statement(&[entry("", "5.00", &payments)]));
        import(s, "one.xml");
        import(s, "wholes.xml");
        assert_eq!(amounts(s), [-500, -300, -200]);
        import(s, "payments.xml");
        assert_eq!(amounts(s), [-500, -300, -200]);
        import(s, "wholes.xml");
        assert_eq!(amounts(s), [-500, -300, -200]);
    }

    fn the_sum_of_one_may_be_a_payment_of_another(s: &Sandbox) {
        let bookings = [
            entry("R2", "3.00", &[("C", "2.00"), ("D", "1.00")]),
            entry("R1", "5.00", &[("A", "3.00"), ("B", "2.00")]),
        ];
        let csv = "Date,Payee,Amount\n2026-01-13,Batch one,-5.00\n2026-01-13,Batch two,-3.00\n";
        let single = "Date,Payee,Amount\n2026-01-13,D,-1.00\n2026-01-13,C,-2.00\n2026-01-13,A,-3.00\n2026-01-13,B,-2.00\n";
        for bookings in [[&bookings[0], &bookings[1]], [&bookings[1], &bookings[0]]] {
            for csv in [csv, single] {
                for order in [["pay.xml", "c.csv"], ["c.csv", "pay.xml"]] {
                    let s = &s.another();
                    run(s, "init --currency EUR --account Checking");
                    s.write("pay.xml", statement(&bookings.map(String::clone)));
                    s.write("c.csv", csv);
                    for file in order.iter().chain(&order) {
                        import(s, file);
                        assert_eq!(amounts(s).iter().sum::<i64>(), -800, "{order:?}: {csv}");
                    }
                }
            }
        }
    }

    fn a_third_source_may_show_the_payments_of_what_stands_as_one(s: &Sandbox) {
        book(s);
        s.write("pair.csv", "Booked,Name,Sum\n2026-01-13,Baker,-2.00\n2026-01-13,Butcher,-3.00\n");
        import(s, "whole.xml");
        import(s, "payments.xml");
        let pair = run(s, "import pair.csv -a checking");
        assert!(!pair.stderr.contains("was changed here"), "{}", pair.stderr);
        assert_eq!(amounts(s), [-500]);
        assert_eq!(import(s, "pair.csv")["new"], 0);
        assert_eq!(amounts(s), [-500]);
    }

    fn a_payment_and_a_row_of_its_own_may_have_the_same_words(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        let alone = || entry("", "3.00", &[("X", "3.00")]);
        s.write("pay.xml", statement(&[entry("", "5.00", &[("X", "3.00"), ("X", "2.00")]), alone()]));
        s.write("whole.xml", statement(&[entry("", "5.00", &[]), alone()]));
        for file in ["pay.xml", "whole.xml", "pay.xml"] {
            import(s, file);
            assert_eq!(amounts(s), [-300, -300, -200], "{file}");
        }
        let s = &s.another();
        run(s, "init --currency EUR --account Checking");
        s.write("pay.xml", statement(&[entry("", "5.00", &[("X", "3.00"), ("X", "2.00")]), alone()]));
        s.write("whole.xml", statement(&[entry("", "5.00", &[]), alone()]));
        for file in ["whole.xml", "pay.xml", "whole.xml"] {
            import(s, file);
            assert_eq!(amounts(s), [-500, -300], "{file}");
        }
    }

    fn the_order_of_a_file_does_not_matter(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        s.write("c.csv", "Date,Payee,Amount\n2026-01-13,Order,-5.00\n2026-01-13,Coffee,-2.00\n");
        let booking = entry("R1", "5.00", &[("Baker", "2.00"), ("Butcher", "3.00")]);
        let far = |n: usize| {
            entry(&format!("F{n}"), "9.00", &[]).replace("2026-01-13", &format!("2025-{:02}-{:02}", n % 12 + 1, n % 28 + 1))
        };
        let mut entries = vec![booking];
        entries.extend((0..4_200).map(far));
        entries.push(entry("R2", "2.00", &[]));
        s.write("u.xml", statement(&entries));
        import(s, "c.csv");
        import(s, "u.xml");
        let day = s.query("SELECT amount FROM postings WHERE date = '2026-01-13' ORDER BY amount");
        assert_eq!(day, [["-500"], ["-200"]]);
    }

    fn one_stream_may_show_a_booking_both_ways(s: &Sandbox) {
        for (first, second) in [("whole.xml", "payments.xml"), ("payments.xml", "whole.xml")] {
            for before in ["", "whole.xml", "payments.xml", "whole.csv"] {
                let s = &s.another();
                book(s);
                let read = |name: &str| std::fs::read_to_string(s.path(name)).expect("it was written");
                let both = read(first) + &read(second);
                let rest = if before == "whole.csv" { -300 } else { 0 };
                if !before.is_empty() {
                    import(s, before);
                }
                for _ in 0..2 {
                    s.groat_with(&both, &[], ["import", "-", "-a", "checking"]).ok();
                    assert_eq!(amounts(s).iter().sum::<i64>(), rest - 500, "{before} then {first} {second}");
                }
                run(s, "db verify");
            }
        }
    }

    fn another_accounts_row_with_the_same_number_is_another_row(s: &Sandbox) {
        book(s);
        let read = |name: &str| std::fs::read_to_string(s.path(name)).expect("it was written");
        let both = read("payments.xml") + &read("whole.xml").replace("DE02120300000000202051", "DE02100100100006820101");
        s.groat_with(&both, &[], ["import", "-", "-a", "checking"]).ok();
        assert_eq!(amounts(s), [-500, -300, -200]);
    }
}
