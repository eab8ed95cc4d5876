//! Files that hold a statement twice, or two that overlap, as when downloads are put into one stream: each row is there
//! once where the bank's ids tell it, and else the import says what it took for further rows.

use crate::support::{Run, Sandbox, on_both_databases};

fn run(s: &Sandbox, line: &str) -> Run {
    s.groat(line.split(' ')).ok()
}

/// A whole document with rows of (day, cents, id), all on one line or each on its own.
fn ofx(rows: &[(u32, &str, &str)], end: &str) -> String {
    let row = |(day, amount, id): &(u32, &str, &str)| {
        format!(
            "<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>202601{day:02}</DTPOSTED><TRNAMT>{amount}</TRNAMT>\
             <FITID>{id}</FITID><NAME>Shop</NAME></STMTTRN>{end}"
        )
    };
    format!(
        "<?xml version=\"1.0\"?>{end}<?OFX OFXHEADER=\"200\" VERSION=\"211\"?>{end}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>123</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE>\
         </BANKACCTFROM><BANKTRANLIST>{}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>{end}",
        rows.iter().map(row).collect::<String>()
    )
}

const JANUARY: [(u32, &str, &str); 3] = [(5, "-1.00", "A"), (6, "-2.00", "B"), (6, "-2.00", "B")];
const LATER: [(u32, &str, &str); 3] = [(6, "-2.00", "B"), (6, "-2.00", "B"), (7, "-3.00", "C")];

fn amounts(s: &Sandbox) -> Vec<i64> {
    let rows = s.query("SELECT amount FROM postings ORDER BY amount, id");
    rows.iter().map(|row| row[0].parse().expect("an amount is a number")).collect()
}

fn from_stdin(s: &Sandbox, text: &str) -> Run {
    s.groat_with(text, &[], ["import", "-", "-a", "checking", "--json"]).ok()
}

on_both_databases! {
    fn overlapping_downloads_in_one_stream_are_as_files_one_by_one(s: &Sandbox) {
        for end in ["\n", ""] {
            let s = &s.another();
            run(s, "init --currency EUR --account Checking");
            // Two equal rows of a day bear one id, as some banks write them, and are two.
            let both = ofx(&JANUARY, end) + &ofx(&LATER, end);
            let first = from_stdin(s, &both).json();
            assert_eq!((&first["new"], &first["duplicates"]), (&4.into(), &2.into()), "{first}");
            assert_eq!(amounts(s), [-300, -200, -200, -100]);
            let again = from_stdin(s, &both).json();
            assert_eq!((&again["new"], &again["duplicates"]), (&0.into(), &6.into()), "{again}");
            s.write("january.ofx", ofx(&JANUARY, end));
            assert_eq!(run(s, "import january.ofx -a checking --json").json()["new"], 0);
            run(s, "import undo 1");
            assert_eq!(amounts(s), [-300, -200, -200, -100]);
            if end == "\n" {
                let reasons = run(s, "import show 2").stdout;
                assert_eq!(reasons.matches("earlier in the file, with the same bank id").count(), 2, "{reasons}");
            }
            run(s, "db verify");
        }
    }

    fn what_is_in_the_book_already_is_found_by_both(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        run(s, "add 2 Shop -d 2026-01-05");
        s.write("january.ofx", ofx(&JANUARY, "\n"));
        run(s, "import january.ofx -a checking");
        let all = ofx(&JANUARY, "\n") + &ofx(&JANUARY, "\n");
        let again = from_stdin(s, &all).json();
        assert_eq!((&again["new"], &again["duplicates"]), (&0.into(), &6.into()), "{again}");
        assert_eq!(amounts(s), [-200, -200, -100]);
    }

    fn rows_without_ids_are_kept_and_told(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        let statement = |number: &str| format!(
            ":20:STARTUMS\n:25:12030000/202051\n:28C:{number}\n:60F:C260112EUR10,00\n:61:2601130113D2,00NMSCNONREF\n\
             :86:106?20Card?32Baker\n:62F:C260113EUR8,00\n-\n"
        );
        let run_of = from_stdin(s, &(statement("00001") + &statement("00001")));
        assert_eq!(run_of.json()["new"], 2);
        assert!(run_of.stderr.contains("1 row has the day, amount and text of one in an earlier statement"), "{}", run_of.stderr);
        let apart = statement("00001") + &statement("00002").replace("D2,00", "D3,00");
        run(s, "undo");
        let quiet = from_stdin(s, &apart);
        assert!(!quiet.stderr.contains("earlier statement"), "{}", quiet.stderr);
    }

    fn each_account_of_a_file_has_its_own_ids(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        let fee = [(5, "-1.00", "A")];
        let first = from_stdin(s, &(ofx(&fee, "\n") + &ofx(&fee, "\n").replace("123", "456"))).json();
        assert_eq!((&first["new"], &first["duplicates"]), (&2.into(), &0.into()), "{first}");
    }

    fn one_statement_may_show_an_id_twice(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        s.write("january.ofx", ofx(&JANUARY, "\n"));
        assert_eq!(run(s, "import january.ofx -a checking --json").json()["new"], 3);
    }

    fn what_is_pending_in_one_statement_and_booked_in_the_next_is_one(s: &Sandbox) {
        run(s, "init --currency EUR --account Checking");
        let entry = |status: &str| format!(
            "<Stmt><Id>{status}</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry>\
             <Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>{status}</Cd></Sts><BookgDt><Dt>2026-01-13</Dt>\
             </BookgDt><AcctSvcrRef>R1</AcctSvcrRef></Ntry></Stmt>\n"
        );
        let file = format!(
            "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
             {}{}{}</BkToCstmrStmt></Document>\n",
            entry("PDNG"), entry("PDNG"), entry("BOOK")
        );
        for _ in 0..2 {
            s.groat_with(&file, &[], ["import", "-", "-a", "checking", "--with-pending"]).ok();
            assert_eq!(amounts(s), [-500]);
        }
    }
}
