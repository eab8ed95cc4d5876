//! `-O markdown`: what people see, as tables that mails and notes can show. Text from the book makes no column, link
//! or heading of its own.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, says};

fn a_few(s: &Sandbox) {
    for line in [
        "init --currency GBP --account Checking --categories starter",
        "account add Cash --kind cash",
        "add 9 'pipe | bar' --split groceries=5 --split leisure=4 -a cash -t 'a*b' -m 'back\\\\slash'",
        "income 2100 '[x](http://x)' -a checking",
        "transfer 1234.50 checking cash",
    ] {
        s.ok(line);
    }
}

on_both_databases! {
    fn a_table_is_a_table_in_markdown(s: &Sandbox) {
        a_few(s);
        insta::assert_snapshot!(s.ok("report -O markdown").stdout, @r"
        ## Spending, January 2026 (GBP)

        | Category | Amount | Share |
        | --- | ---: | ---: |
        | Groceries | 5.00 | 55.6% |
        | Leisure | 4.00 | 44.4% |
        | **Total** | **9.00** |  |
        ");
        insta::assert_snapshot!(s.ok("list -O markdown").stdout, @r"
        | Id | Date | Payee | Category | Account | Amount |  |
        | ---: | --- | --- | --- | --- | ---: | --- |
        | 3 | 2026-01-15 |  |  | Checking → Cash | -1,234.50 | GBP |
        | 2 | 2026-01-15 | \[x\](http\://x) | Income | Checking | 2,100.00 | GBP |
        | 1 | 2026-01-15 | pipe \| bar | split: Groceries, Leisure | Cash | -9.00 | GBP |
        ");
        insta::assert_snapshot!(s.ok("-O markdown").stdout, @r"
        ## January 2026

        - in 2,100.00 GBP
        - out 9.00 GBP

        | Account | Balance | Cleared |  |  |
        | --- | ---: | ---: | --- | --- |
        | Cash | 1,225.50 | 1,225.50 | GBP |  |
        | Checking | 865.50 | 0.00 | GBP |  |
        | **Total** | **2,091.00** |  | **GBP** |  |
        ");
    }

    fn every_answer_can_be_markdown(s: &Sandbox) {
        a_few(s);
        for line in [
            "", "list", "balance", "account list", "category list", "payee list", "log", "report", "config list",
            "report --by category,account", "show 1", "db history", "db query 'SELECT id, note FROM transactions'",
        ] {
            let text = s.ok(&format!("{line} -O markdown")).stdout;
            let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
            assert!(rows.len() > 2, "{line} has a table:\n{text}");
            let cells = |row: &str| row.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert!(rows[1].chars().all(|c| "|-: ".contains(c)), "{line}:\n{text}");
            assert!(rows.iter().all(|row| cells(row) == cells(rows[0])), "{line}: as many cells in each row\n{text}");
        }
        for line in ["tag list", "category group list", "list nothing", "db info", "check"] {
            s.ok(&format!("{line} -O markdown"));
        }
        // What confirms a change is a line, as ever.
        assert_eq!(s.ok("add 3 coffee -a cash -O markdown").stdout, "added 4: 3.00 GBP at coffee, uncategorised (Cash, 2026-01-15)\n");
        assert_eq!(s.ok("add 3 coffee -a cash -O markdown -q").stdout, "");
        says(&s.fails(2, "list -O md"), &["markdown"]);
    }

    fn text_from_the_book_makes_no_markdown(s: &Sandbox) {
        s.ok("add 3 coffee -c drinks");
        let newline = if s.is_postgres() { "chr(10)" } else { "char(10)" };
        let escape = if s.is_postgres() { "chr(27)" } else { "char(27)" };
        s.execute(&format!("UPDATE payees SET name = {escape} || 'a|b' || {newline} || '# <c>\\'"));
        let text = s.ok("list -O markdown --color always").stdout;
        assert!(text.contains("| ␛a\\|b␊# \\<c\\>\\\\ |"), "{text}");
        assert!(!text.contains('\u{1b}') && text.lines().count() == 3, "{text}");
    }
}
