//! Transfers that two banks' files show, each its own side: joined where one names the other's account, offered
//! where they only look alike, and taken back with either file.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const CHECKING: &str =
    "Date,Payee,Amount,Memo\n2026-01-05,Monthly,-500.00,Transfer to Savings\n2026-01-06,Shop,-20.00,\n";
const SAVINGS: &str =
    "Date,Payee,Amount,Memo\n2026-01-07,Deposit,500.00,thank you\n2026-01-31,Interest,1.20,\n";

/// Runs what is typed, which has no blanks within its words; answers what it tells.
fn typed(s: &Sandbox, line: &str) -> String {
    s.groat(line.split(' ')).ok().stderr
}

fn import(s: &Sandbox, account: &str) -> Value {
    let file = s.path(&format!("{account}.csv")).display().to_string();
    s.groat(["import", &file, "-a", account, "--json"]).ok().json()
}

fn book(s: &Sandbox) {
    typed(s, "init --currency EUR --account Checking");
    typed(s, "account add Savings --kind savings");
    s.write("checking.csv", CHECKING.as_bytes());
    s.write("savings.csv", SAVINGS.as_bytes());
}

/// Each transaction as `date: account amount, account amount`, in the order of their days.
pub fn shown(s: &Sandbox) -> Vec<String> {
    let list = s.groat(["list", "-L", "0", "--json"]).ok().json();
    let of = |transaction: &Value| {
        let legs: Vec<String> = transaction["postings"]
            .as_array()
            .expect("postings")
            .iter()
            .map(|leg| {
                format!(
                    "{} {}",
                    leg["account"].as_str().expect("a name"),
                    leg["amount"].as_str().expect("a text")
                )
            })
            .collect();
        format!("{}: {}", transaction["date"].as_str().expect("a day"), legs.join(", "))
    };
    let mut all: Vec<String> = list["transactions"].as_array().expect("a list").iter().map(of).collect();
    all.sort();
    all
}

const JOINED: [&str; 3] = [
    "2026-01-05: Checking -500.00, Savings 500.00",
    "2026-01-06: Checking -20.00",
    "2026-01-31: Savings 1.20",
];

on_both_databases! {
    fn two_sides_are_joined_where_one_names_the_other(s: &Sandbox) {
        book(s);
        import(s, "checking");
        let second = import(s, "savings");
        assert_eq!((second["new"].as_i64(), second["matched"].as_i64()), (Some(1), Some(1)));
        assert_eq!(second["transactions"][0]["reason"], "the other side of a transfer with Checking");
        assert_eq!(shown(s), JOINED);
        // Once more, in the other order: nothing is new.
        assert_eq!(import(s, "savings")["new"], 0);
        assert_eq!(import(s, "checking")["new"], 0);
        assert_eq!(shown(s), JOINED);
        typed(s, "check book");
    }

    fn the_side_that_names_may_come_second(s: &Sandbox) {
        book(s);
        import(s, "savings");
        let second = import(s, "checking");
        assert_eq!((second["new"].as_i64(), second["matched"].as_i64()), (Some(1), Some(1)));
        assert_eq!(
            shown(s),
            ["2026-01-06: Checking -20.00", "2026-01-07: Savings 500.00, Checking -500.00", "2026-01-31: Savings 1.20"]
        );
        typed(s, "check book");
    }

    fn taking_one_file_back_leaves_the_other_side(s: &Sandbox) {
        for (taken, left) in [
            (1, ["2026-01-05: Savings 500.00", "2026-01-31: Savings 1.20"]),
            (2, ["2026-01-05: Checking -500.00", "2026-01-06: Checking -20.00"]),
        ] {
            if taken == 1 {
                book(s);
                import(s, "checking");
                import(s, "savings");
            }
            typed(s, &format!("import undo {taken}"));
            assert_eq!(shown(s), left, "{taken}");
            typed(s, "check book");
            typed(s, "undo");
            assert_eq!(shown(s), JOINED, "{taken}");
        }
        typed(s, "import undo 1");
        typed(s, "import undo 2");
        assert_eq!(shown(s), [""; 0]);
        typed(s, "check book");
    }

    fn a_category_that_was_chosen_keeps_the_sides_apart(s: &Sandbox) {
        book(s);
        import(s, "checking");
        typed(s, "category add Gifts");
        typed(s, "move 1 gifts");
        assert_eq!(import(s, "savings")["new"], 2);
        assert_eq!(shown(s).len(), 4);
    }

    fn sides_that_only_look_alike_are_offered(s: &Sandbox) {
        book(s);
        s.write("savings.csv", SAVINGS.replace("thank you", "").as_bytes());
        s.write("checking.csv", CHECKING.replace("Transfer to Savings", "monthly").as_bytes());
        import(s, "checking");
        let file = s.path("savings.csv").display().to_string();
        let told = s.groat(["import", &file, "-a", "savings"]).ok().stderr;
        assert!(
            told.contains("transaction 3 may be the other side of 1 in Checking: `groat transfer --join 1 3`"),
            "{told}"
        );
        typed(s, "transfer --join 1 3");
        assert_eq!(shown(s), JOINED);
        assert_eq!(import(s, "savings")["new"], 0);
        typed(s, "check book");
        // The import that found nothing new, then the joining.
        typed(s, "undo");
        typed(s, "undo");
        assert_eq!(shown(s).len(), 4);
    }

    fn a_typed_side_is_joined_and_given_back_as_it_was(s: &Sandbox) {
        book(s);
        typed(s, "add 500 to the savings account -a checking -d 2026-01-04 -c none");
        s.write("savings.csv", SAVINGS.replace("thank you", "from CHECKING").as_bytes());
        import(s, "savings");
        assert_eq!(shown(s)[0], "2026-01-04: Checking -500.00, Savings 500.00");
        // The other bank's row is the typed leg.
        let second = import(s, "checking");
        assert_eq!(second["transactions"][0]["reason"], "the other side of a transfer 1 day earlier");
        typed(s, "import undo 2");
        typed(s, "import undo 1");
        assert_eq!(shown(s), ["2026-01-04: Checking -500.00"]);
        typed(s, "check book");
    }
}
