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
}

fn import(s: &Sandbox, file: &str) -> serde_json::Value {
    run(s, &format!("import {file} -a checking --with-pending --json")).json()
}

/// Day, amount and status of each posting, the smallest amount first.
fn rows(s: &Sandbox) -> Vec<String> {
    let rows = s.query("SELECT date, amount, status FROM postings ORDER BY amount, id");
    rows.iter().map(|row| row.join(" ")).collect()
}

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
            assert_eq!(import(s, file)["new"], 0, "{file}");
            assert_eq!(rows(s), PARTS, "{file}");
            for again in [file, "parts-p.xml", "parts.xml", "whole.xml", "whole.csv"] {
                assert_eq!(import(s, again)["new"], 0, "{file}, {again}");
                assert_eq!(rows(s), PARTS, "{file}, {again}");
            }
            run(s, "db verify");
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
