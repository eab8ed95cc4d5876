//! `check reconcile` and `check balance`: silent when all is well, exit 10 with findings.

use crate::reconcile::{account, stated};
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, column, says};

fn found(s: &Sandbox, line: &str) -> Vec<String> {
    column(&s.run(&format!("{line} --json")).fails(10).json()["findings"], "message")
}

on_both_databases! {
    fn a_statement_that_says_something_else_is_found(s: &Sandbox) {
        account(s);
        assert_eq!(s.ok("check reconcile").stdout, "");
        // 90.00 and kiosk's -9.80.
        stated(s, "2026-01-14", 80_20);
        assert_eq!(s.ok("check").stdout, "");
        stated(s, "2026-01-15", 85_20);
        assert_eq!(
            found(s, "check reconcile"),
            ["bank.csv states 85.20 EUR in Checking on 2026-01-15, cleared are 80.20, which differs by 5.00: \
              `groat reconcile checking --statement 85.20 -d 2026-01-15`"]
        );
        s.run("reconcile checking --statement 85.20 -d 2026-01-15").fails(1);
        // The newest up to the day counts.
        assert_eq!(s.ok("check reconcile --at 2026-01-14").stdout, "");
        assert_eq!(s.run("check").fails(10).stdout.lines().count(), 1);
        s.ok("income 5 -a checking --cleared");
        assert_eq!(s.ok("check reconcile").stdout, "");
    }

    fn a_lock_that_was_overruled_is_found(s: &Sandbox) {
        account(s);
        s.ok("reconcile checking --statement 90 -d 2026-01-14");
        s.ok("edit 2 --amount -11 --force");
        let said = "Checking was reconciled with 90.00 EUR on 2026-01-14, reconciled are 89.00, which differs by 1.00: \
            `groat reconcile checking --statement 90.00 -d 2026-01-14`";
        assert_eq!(found(s, "check reconcile"), [said]);
        assert_eq!(s.run("check reconcile -q").fails(10).stdout, format!("warning: {said}\n"));
        s.ok("account close checking --to savings");
        assert_eq!(s.ok("check reconcile").stdout, "", "nobody looks after a closed account");
        s.ok("undo");
        s.ok("undo");
        assert_eq!(s.ok("check reconcile").stdout, "");
    }

    fn what_is_cleared_later_in_a_reconciled_time_is_found(s: &Sandbox) {
        account(s);
        s.ok("reconcile checking --statement 90 -d 2026-01-14");
        // -4.56, -20.00 and the transfer were pending then, and are.
        s.ok("add 3 late -a checking -d 2026-01-14");
        s.ok("add 4 next -a checking -d 2026-01-15 --cleared");
        assert_eq!(s.ok("check").stdout, "");
        s.ok("edit 3 --cleared");
        assert_eq!(
            found(s, "check"),
            ["Checking was reconciled with 90.00 EUR on 2026-01-14, but 1 transaction up to 2026-01-14 was cleared since, \
              -4.56: `groat list -a checking is:cleared -p ..2026-01-14`"]
        );
        assert_eq!(column(&s.json("list -a checking is:cleared -p ..2026-01-14")["transactions"], "id"), ["3"]);
        s.ok("edit 4 --cleared");
        let both = found(s, "check reconcile").concat();
        assert!(both.contains("2 transactions up to 2026-01-14 were cleared since, -24.56"), "{both}");
        assert_eq!(s.ok("check reconcile --at 2026-01-13").stdout, "");
        // What comes to nothing changes nothing that the statement said; the next statement has it all.
        s.ok("income 24.56 back -a checking -d 2026-01-14 --cleared");
        assert_eq!(s.ok("check").stdout, "");
        s.ok("delete 8");
        s.ok("reconcile checking --statement 61.44");
        assert_eq!(s.ok("check").stdout, "");
    }

    fn a_day_that_had_not_ended_when_it_was_reconciled_may_bring_more(s: &Sandbox) {
        account(s);
        s.ok("reconcile checking --statement 90");
        s.ok("add 3 evening -a checking --cleared");
        s.execute("UPDATE operations SET at = '2026-01-15 12:00:00' WHERE summary LIKE 'reconciled%'");
        assert_eq!(s.ok("check").stdout, "");
        s.ok("edit 4 --cleared");
        let found = found(s, "check").concat();
        assert!(found.contains("1 transaction up to 2026-01-14 was cleared since, -20.00"), "{found}");
    }

    fn a_forced_balance_is_found_until_the_next_that_agrees(s: &Sandbox) {
        account(s);
        s.ok("reconcile checking --statement 88 --force -d 2026-01-14");
        assert_eq!(found(s, "check reconcile").len(), 1);
        s.ok("add 2 kiosk -a checking --cleared");
        s.ok("reconcile checking --statement 88");
        assert_eq!(s.ok("check reconcile").stdout, "");
    }

    fn money_below_a_floor_is_found(s: &Sandbox) {
        account(s);
        s.ok("account add Card --kind card --balance -50");
        s.ok("account add Cash --kind cash");
        s.ok("account add Yen --currency JPY --balance 70");
        assert_eq!(s.ok("check balance").stdout, "");
        // Checking holds 58.44, Savings 7.00, Cash 0.00; Yen 70.
        assert_eq!(
            found(s, "check balance --floor 60"),
            ["Cash holds 0.00 EUR on 2026-01-15, below 60.00", "Checking holds 58.44 EUR on 2026-01-15, below 60.00",
             "Savings holds 7.00 EUR on 2026-01-15, below 60.00"]
        );
        assert_eq!(found(s, "check balance --floor '100 JPY'"), ["Yen holds 70 JPY on 2026-01-15, below 100"]);
        assert_eq!(s.ok("check balance --floor -60").stdout, "");
        s.ok("add 60 rent -a checking -d 2026-01-15");
        assert_eq!(found(s, "check"), ["Checking holds -1.56 EUR on 2026-01-15, below 0.00"]);
        assert_eq!(s.ok("check balance --at yesterday").stdout, "");
        s.refuses(2, "check book --floor 5");
        s.refuses(2, "check balance --floor x");
        says(&s.refuses(2, "check nope"), &["`balance`", "`reconcile`"]);
    }

    fn an_account_of_which_nobody_said_what_it_held_is_found_only_by_name(s: &Sandbox) {
        s.ok("add 3.20 coffee");
        assert_eq!(s.ok("check").stdout, "");
        assert_eq!(found(s, "check balance").len(), 1);
        s.ok("income 5 work -d 2026-01-20");
        assert_eq!(s.ok("check").stdout, "", "nothing came in yet");
        s.ok("income 1 friend");
        assert_eq!(found(s, "check").len(), 1);
    }
}
