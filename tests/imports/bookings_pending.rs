//! Bookings of several payments that were pending in one form and are booked in the other; and those that were deleted
//! and come back in the other.

use crate::support::{Run, Sandbox, on_both_databases};

const HEAD: &str =
    "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.08\">";
const PAYMENTS: [(&str, &str); 2] = [("Baker", "2.00"), ("Butcher", "3.00")];

fn run(s: &Sandbox, line: &str) -> Run {
    s.groat(line.split(' ')).ok()
}

/// One booking as a statement shows it: its status, day, number, and its payments where they are shown.
fn report(status: &str, day: u32, reference: &str, payments: &[(&str, &str)]) -> String {
    let payment = |(name, amount): &(&str, &str)| {
        format!(
            "<TxDtls><Amt Ccy=\"EUR\">{amount}</Amt><RltdPties><Cdtr><Pty><Nm>{name}</Nm></Pty></Cdtr></RltdPties></TxDtls>"
        )
    };
    let payments: String = payments.iter().map(payment).collect();
    let reference = match reference {
        "" => String::new(),
        reference => format!("<AcctSvcrRef>{reference}</AcctSvcrRef>"),
    };
    format!(
        "{HEAD}<BkToCstmrAcctRpt><Rpt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>\n\
         <Ntry><Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>\
         <BookgDt><Dt>2026-01-{day:02}</Dt></BookgDt>{reference}<NtryDtls>{payments}</NtryDtls></Ntry>\n\
         </Rpt></BkToCstmrAcctRpt></Document>\n"
    )
}

fn book(s: &Sandbox) {
    run(s, "init --currency EUR --account Checking");
    s.write("whole-p.xml", report("PDNG", 12, "", &[]));
    s.write("parts-p.xml", report("PDNG", 12, "", &PAYMENTS));
    s.write("whole.xml", report("BOOK", 13, "", &[]));
    s.write("parts.xml", report("BOOK", 13, "", &PAYMENTS));
    s.write("whole.csv", "Date,Payee,Amount\n2026-01-13,Collective order,-5.00\n");
    s.write("parts.csv", "Date,Amount,Payee\n2026-01-13,-2.00,Bakery\n2026-01-13,-3.00,Butchery\n");
}

fn import(s: &Sandbox, file: &str) -> serde_json::Value {
    run(s, &format!("import {file} -a checking --with-pending --json")).json()
}

/// Day, amount and status of each posting, the smallest amount first.
fn rows(s: &Sandbox) -> Vec<String> {
    let rows = s.query("SELECT date, amount, status FROM postings ORDER BY amount, id");
    rows.iter().map(|row| row.join(" ")).collect()
}

/// New, matched, duplicate and deleted rows.
fn counts(import: &serde_json::Value) -> [i64; 4] {
    ["new", "matched", "duplicates", "deleted"].map(|word| import[word].as_i64().unwrap_or(-1))
}

const PENDING: [&str; 2] = ["2026-01-12 -300 pending", "2026-01-12 -200 pending"];
const WHOLE: [&str; 1] = ["2026-01-13 -500 cleared"];
const PARTS: [&str; 2] = ["2026-01-13 -300 cleared", "2026-01-13 -200 cleared"];

on_both_databases! {
    fn a_whole_that_was_pending_is_booked_by_its_payments(s: &Sandbox) {
        book(s);
        import(s, "whole-p.xml");
        assert_eq!(rows(s), ["2026-01-12 -500 pending"]);
        let booked = import(s, "parts.xml");
        assert_eq!((&booked["new"], &booked["matched"]), (&0.into(), &2.into()), "{booked}");
        assert_eq!(rows(s), WHOLE);
        for file in ["parts.xml", "whole.csv", "whole-p.xml", "whole.xml"] {
            assert_eq!(import(s, file)["new"], 0, "{file}");
            assert_eq!(rows(s), WHOLE, "{file}");
        }
        run(s, "db verify");
        for batch in [6, 5, 4, 3, 2] {
            run(s, &format!("import undo {batch}"));
        }
        assert_eq!(rows(s), ["2026-01-12 -500 pending"]);
    }

    fn payments_that_were_pending_are_booked_by_the_whole(s: &Sandbox) {
        for file in ["whole.xml", "whole.csv"] {
            let s = &s.another();
            book(s);
            import(s, "parts-p.xml");
            assert_eq!(rows(s), ["2026-01-12 -300 pending", "2026-01-12 -200 pending"]);
            let booked = import(s, file);
            assert_eq!(counts(&booked), [0, 1, 0, 0], "{file}: {booked}");
            assert_eq!(rows(s), PARTS, "{file}");
            let reasons = run(s, "import show 2").stdout;
            assert_eq!(reasons.matches("pending 1 day earlier, payment by payment").count(), 1, "{reasons}");
            for again in [file, "parts-p.xml", "parts.xml", "whole.xml", "whole.csv"] {
                assert_eq!(import(s, again)["new"], 0, "{file}, {again}");
                assert_eq!(rows(s), PARTS, "{file}, {again}");
            }
            run(s, "db verify");
        }
    }

    fn files_that_show_booked_payments_again_change_nothing(s: &Sandbox) {
        for (file, again) in [
            ("whole.xml", ["parts.xml", "whole.csv", "whole.xml", "parts-p.xml", "parts.csv"]),
            ("whole.xml", ["parts.csv", "parts-p.xml", "whole.csv", "whole.xml", "parts.xml"]),
            ("whole.csv", ["whole.xml", "parts.csv", "parts.xml", "whole.csv", "parts-p.xml"]),
        ] {
            let s = &s.another();
            book(s);
            import(s, "parts-p.xml");
            import(s, file);
            let payees = s.query("SELECT payee_id, note FROM transactions ORDER BY id");
            for again in again.into_iter().chain(again) {
                let shown = import(s, again);
                assert_eq!(counts(&shown)[0], 0, "{file}, {again}");
                let notes = shown["notes"].to_string();
                assert!(!notes.contains(" keeps ") && !notes.contains("in the book as"), "{file}, {again}: {notes}");
                assert_eq!(rows(s), PARTS, "{file}, {again}");
            }
            assert_eq!(s.query("SELECT payee_id, note FROM transactions ORDER BY id"), payees, "{file}");
            run(s, "db verify");
            for batch in (2..=12).rev() {
                run(s, &format!("import undo {batch}"));
            }
            assert_eq!(rows(s), PENDING, "{file}");
            run(s, "db verify");
        }
    }

    fn booked_payments_that_were_deleted_stay_deleted(s: &Sandbox) {
        for file in ["whole.xml", "whole.csv"] {
            let s = &s.another();
            book(s);
            import(s, "parts-p.xml");
            import(s, file);
            run(s, "delete 1 2 -y");
            for (again, deleted) in
                [(file, 1), ("parts-p.xml", 2), ("whole.xml", 1), ("whole.csv", 1), ("parts.xml", 2)]
            {
                let shown = import(s, again);
                assert_eq!(counts(&shown), [0, 0, 0, deleted], "{file}, {again}: {shown}");
                assert_eq!(rows(s), [""; 0], "{file}, {again}");
            }
            for again in [file, "whole.xml", "whole.csv", "parts.xml"] {
                run(s, &format!("import {again} -a checking --restore-deleted"));
                assert_eq!(rows(s), WHOLE, "{file}, {again}");
            }
            run(s, "db verify");
        }
    }

    fn half_of_a_booking_that_was_deleted_stays_deleted(s: &Sandbox) {
        for (deleted, number) in [(1, ""), (2, ""), (1, "R1"), (2, "R1")] {
            let s = &s.another();
            book(s);
            for (file, status, day, payments) in [
                ("parts-p.xml", "PDNG", 12, &PAYMENTS[..]),
                ("parts.xml", "BOOK", 13, &PAYMENTS[..]),
                ("whole.xml", "BOOK", 13, &[]),
            ] {
                s.write(file, report(status, day, number, payments));
            }
            import(s, "parts-p.xml");
            import(s, "whole.xml");
            run(s, &format!("delete {deleted} -y"));
            let there = rows(s);
            for again in ["whole.xml", "whole.csv", "parts.xml", "parts-p.xml"] {
                assert_eq!(import(s, again)["new"], 0, "{deleted}, {again}");
                assert_eq!(rows(s), there, "{deleted}, {again}");
            }
            run(s, "import whole.xml -a checking --restore-deleted");
            assert_eq!(rows(s), there, "{deleted}");
            run(s, "db verify");
        }
    }

    fn a_whole_that_is_taken_back_leaves_its_payments_pending(s: &Sandbox) {
        for file in ["whole.xml", "whole.csv"] {
            let s = &s.another();
            book(s);
            import(s, "parts-p.xml");
            import(s, file);
            run(s, "import undo 2");
            assert_eq!(rows(s), PENDING, "{file}");
            run(s, "undo");
            assert_eq!(rows(s), PARTS, "{file}");
            run(s, "import undo 2");
            assert_eq!(counts(&import(s, file)), [0, 1, 0, 0], "{file}");
            assert_eq!(rows(s), PARTS, "{file}");
            run(s, "db verify");
        }
    }

    fn other_batches_hold_what_a_whole_has_booked(s: &Sandbox) {
        for (file, holder) in [("whole.xml", "whole.xml"), ("whole.xml", "whole.csv"), ("whole.csv", "whole.xml")] {
            for undone in [[1, 2], [2, 1]] {
                let s = &s.another();
                book(s);
                import(s, "parts-p.xml");
                import(s, file);
                assert_eq!(counts(&import(s, holder)), [0, 0, 1, 0], "{file}, {holder}");
                for batch in undone {
                    run(s, &format!("import undo {batch}"));
                    assert_eq!(rows(s), PARTS, "{file}, {holder}, {undone:?}");
                }
                for again in ["whole.xml", "whole.csv", "parts.xml"] {
                    assert_eq!(import(s, again)["new"], 0, "{file}, {holder}, {undone:?}, {again}");
                    assert_eq!(rows(s), PARTS, "{file}, {holder}, {undone:?}, {again}");
                }
                run(s, "db verify");
            }
        }
    }

    fn a_whole_holds_its_payments_without_what_showed_them_pending(s: &Sandbox) {
        book(s);
        import(s, "parts-p.xml");
        import(s, "whole.xml");
        run(s, "import undo 1");
        assert_eq!(rows(s), PARTS);
        for again in ["whole.csv", "whole.xml", "parts.xml"] {
            assert_eq!(import(s, again)["new"], 0, "{again}");
            assert_eq!(rows(s), PARTS, "{again}");
        }
        for batch in [5, 4, 3, 2] {
            run(s, &format!("import undo {batch}"));
        }
        assert_eq!(rows(s), [""; 0]);
        run(s, "db verify");
    }

    fn two_equal_bookings_are_told_apart(s: &Sandbox) {
        book(s);
        for (file, once) in [("parts-p.xml", report("PDNG", 12, "", &PAYMENTS)), ("parts.xml", report("BOOK", 13, "", &PAYMENTS)), ("whole.xml", report("BOOK", 13, "", &[]))] {
            let (from, to) = (once.find("<Ntry>").expect("an entry"), once.find("</Rpt>").expect("an end"));
            s.write(file, format!("{}{}{}", &once[..to], &once[from..to], &once[to..]));
        }
        let twice = [PARTS[0], PARTS[0], PARTS[1], PARTS[1]];
        import(s, "parts-p.xml");
        assert_eq!(counts(&import(s, "whole.xml")), [0, 2, 0, 0]);
        assert_eq!(rows(s), twice);
        for again in ["whole.xml", "parts.xml", "whole.csv", "parts-p.xml", "parts.xml"] {
            assert_eq!(import(s, again)["new"], 0, "{again}");
            assert_eq!(rows(s), twice, "{again}");
        }
        // A third of another name is none of these.
        s.write("third.xml", report("BOOK", 13, "", &[]).replace("<NtryDtls></NtryDtls>", "<AddtlNtryInf>Third</AddtlNtryInf>"));
        assert_eq!(import(s, "third.xml")["new"], 1);
        run(s, "undo");
        run(s, "delete 1 2 3 4 -y");
        for again in ["whole.xml", "parts.xml", "whole.csv", "parts-p.xml"] {
            assert_eq!(import(s, again)["new"], 0, "{again}");
        }
        run(s, "undo");
        run(s, "db verify");
    }

    fn the_undone_deletion_of_what_came_back_is_refused(s: &Sandbox) {
        book(s);
        import(s, "parts-p.xml");
        import(s, "whole.xml");
        run(s, "delete 1 2 -y");
        let deletion = s.query("SELECT max(id) FROM operations")[0][0].clone();
        run(s, "import whole.xml -a checking --restore-deleted");
        let refused = s.groat(["undo", &deletion]).fails(1);
        assert!(refused.stderr.contains("has come in again since"), "{}", refused.stderr);
        run(s, "undo");
        run(s, &format!("undo {deletion}"));
        assert_eq!(rows(s), PARTS);
        assert_eq!(counts(&import(s, "whole.xml")), [0, 0, 1, 0]);
        run(s, "db verify");
    }

    fn a_whole_whose_payment_was_edited_is_not_taken_back_in_part(s: &Sandbox) {
        book(s);
        import(s, "parts-p.xml");
        import(s, "whole.xml");
        run(s, "edit 2 --note mine");
        run(s, "import undo 2");
        assert_eq!(rows(s), PARTS);
        for again in ["whole.xml", "parts-p.xml", "parts.xml", "whole.csv"] {
            assert_eq!(import(s, again)["new"], 0, "{again}");
            assert_eq!(rows(s), PARTS, "{again}");
        }
        run(s, "db verify");
    }

    fn a_row_that_is_several_payments_is_listed_once(s: &Sandbox) {
        book(s);
        import(s, "parts-p.xml");
        import(s, "whole.xml");
        import(s, "whole.csv");
        let batches = run(s, "import list --json").json();
        assert_eq!((&batches["batches"][0]["duplicates"], &batches["batches"][1]["matched"]), (&1.into(), &1.into()), "{batches}");
        for batch in [2, 3] {
            let shown = run(s, &format!("import show {batch} --json")).json();
            assert_eq!(shown["lines"].as_array().map(Vec::len), Some(1), "{shown}");
        }
        for transaction in [1, 2] {
            let shown = run(s, &format!("show {transaction} --json")).json();
            assert_eq!(shown["statement_lines"].as_array().map(Vec::len), Some(2), "{shown}");
        }
    }

    fn what_the_user_changed_meanwhile_is_kept(s: &Sandbox) {
        book(s);
        import(s, "whole-p.xml");
        run(s, "edit 1 --amount -4.50");
        let booked = run(s, "import parts.xml -a checking");
        assert!(booked.stderr.contains("transaction 1 is booked with -5.00, and keeps -4.50"), "{}", booked.stderr);
        assert_eq!(rows(s), ["2026-01-13 -450 cleared"]);
    }

    fn what_was_deleted_comes_back_in_one_form(s: &Sandbox) {
        for (first, second) in [("whole.xml", "parts.xml"), ("parts.xml", "whole.xml"), ("whole.csv", "parts.xml")] {
            let s = &s.another();
            book(s);
            import(s, first);
            run(s, "list --quiet");
            let ids: Vec<String> = s.query("SELECT id FROM transactions ORDER BY id").concat();
            run(s, &format!("delete {} -y", ids.join(" ")));
            let deletion = s.query("SELECT max(id) FROM operations")[0][0].clone();
            assert_eq!(import(s, second)["new"], 0, "{first}");
            run(s, &format!("import {second} -a checking --restore-deleted"));
            let there = rows(s);
            assert!(!there.is_empty(), "{first}");
            run(s, &format!("import {first} -a checking --restore-deleted"));
            assert_eq!(rows(s), there, "{first}");
            let refused = s.groat(["undo", &deletion]).fails(1);
            assert!(refused.stderr.contains("has come in again since"), "{}", refused.stderr);
            run(s, "db verify");
        }
    }
}
