//! `import -i`: rows that look like what is there are asked about until nothing is open, and nothing is written before
//! the last answer.

use crate::support::terminal::Terminal;
use crate::support::{Sandbox, keys, on_both_databases};
use crate::transfers::shown;

const FILE: &str = "Date,Payee,Amount\n2026-01-10,Tesco,-45.60\n2026-01-11,Shell,-30.00\n";

/// Runs what is typed, which has no blanks within its words.
fn typed(s: &Sandbox, line: &str) {
    s.groat(line.split(' ')).ok();
}

fn book() -> Sandbox {
    let s = Sandbox::sqlite();
    typed(&s, "init --currency EUR --account Checking");
    typed(&s, "add 45.60 market -d 2026-01-09");
    typed(&s, "add 30 petrol -d 2026-01-11");
    s.write("bank.csv", FILE);
    s
}

/// Waits for a question, however the screen breaks it into lines, and answers it by that many keys down.
#[track_caller]
fn answer(terminal: &Terminal, question: &str, down: usize) {
    sees(terminal, question);
    (0..down).for_each(|_| terminal.type_keys(keys::DOWN));
    terminal.type_keys(keys::ENTER);
}

#[track_caller]
fn sees(terminal: &Terminal, question: &str) {
    let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    terminal.wait_until(&format!("`{question}`"), |screen| tight(screen).contains(&tight(question)));
}

/// Says yes to the whole, which is asked in these words.
#[track_caller]
fn import(mut terminal: Terminal, counts: &str) {
    sees(&terminal, counts);
    terminal.type_keys("y\r");
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
}

fn payees(s: &Sandbox) -> Vec<String> {
    let list = s.groat(["list", "--json"]).ok().json();
    let all = list["transactions"].as_array().expect("a list");
    let mut payees: Vec<String> =
        all.iter().map(|one| one["payee"].as_str().expect("a name").to_owned()).collect();
    payees.sort();
    payees
}

/// Why each row of an import became what it did; the first import is 0. PostgreSQL numbers batches with gaps, as what
/// was rehearsed has had numbers.
fn reasons(s: &Sandbox, import: usize) -> Vec<String> {
    let list = s.groat(["import", "list", "--json"]).ok().json();
    let batches = list["batches"].as_array().expect("a list");
    let batch = batches[batches.len() - 1 - import]["id"].to_string();
    let shown = s.groat(["import", "show", &batch, "--json"]).ok().json();
    let lines = shown["lines"].as_array().expect("a list");
    lines.iter().map(|line| line["reason"].as_str().expect("a text").to_owned()).collect()
}

const YES: usize = 0;
const NO: usize = 1;
const REST: usize = 2;
/// Offers begin with the no.
const JOIN: usize = 1;
const LEAVE: usize = 0;

#[test]
fn a_no_makes_a_transaction_of_its_own() {
    let s = book();
    let terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "Tesco: is it 1 market, typed for 2026-01-09?", NO);
    answer(&terminal, "Shell: is it 2 petrol, typed for the same day?", YES);
    import(terminal, "Import 1 new, 1 matched, 0 known?");
    assert_eq!(payees(&s), ["Tesco", "market", "petrol"]);
    assert_eq!(
        reasons(&s, 0),
        ["not seen before; not 1 (market), as you said", "typed on the same day; confirmed"]
    );
}

#[test]
fn after_a_no_the_next_candidate_is_proposed() {
    let s = book();
    typed(&s, "add 45.60 kiosk -d 2026-01-07");
    let terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "is it 1 market, typed for 2026-01-09?", NO);
    // Before the next row is asked about.
    sees(&terminal, "is it 3 kiosk, typed for 2026-01-07?");
    assert!(!terminal.screen().contains("petrol"), "{}", terminal.screen());
    answer(&terminal, "is it 3 kiosk", YES);
    answer(&terminal, "is it 2 petrol", YES);
    import(terminal, "Import 0 new, 2 matched");
    assert_eq!(payees(&s), ["kiosk", "market", "petrol"]);
    assert_eq!(reasons(&s, 0)[0], "typed 3 days earlier; not 1 (market), as you said; confirmed");
}

#[test]
fn when_no_candidate_is_left_the_row_is_new_and_says_what_it_is_not() {
    let s = book();
    typed(&s, "add 45.60 kiosk -d 2026-01-07");
    let terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "is it 1 market", NO);
    answer(&terminal, "is it 3 kiosk", NO);
    answer(&terminal, "is it 2 petrol", YES);
    import(terminal, "Import 1 new, 1 matched");
    assert_eq!(payees(&s), ["Tesco", "kiosk", "market", "petrol"]);
    assert_eq!(reasons(&s, 0)[0], "not seen before; not 1 (market) nor 3 (kiosk), as you said");
}

#[test]
fn a_confirmed_row_stays_it_when_a_later_no_frees_another_candidate() {
    let s = Sandbox::sqlite();
    typed(&s, "init --currency EUR --account Checking");
    typed(&s, "add 9 first -d 2026-01-06");
    typed(&s, "add 9 second -d 2026-01-11");
    s.write("bank.csv", "Date,Payee,Amount\n2026-01-10,Inn,-9.00\n2026-01-11,Bar,-9.00\n");
    let terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "Inn: is it 1 first", YES);
    // Free again, the second is nearer to the row that was confirmed.
    answer(&terminal, "Bar: is it 2 second", NO);
    import(terminal, "Import 1 new, 1 matched");
    assert_eq!(
        reasons(&s, 0),
        ["typed 4 days earlier; confirmed", "not seen before; not 2 (second), as you said"]
    );
    assert_eq!(payees(&s), ["Bar", "first", "second"]);
}

#[test]
fn a_no_at_the_end_leaves_everything_as_it_was() {
    let s = book();
    let before = s.dump(&[]);
    let mut terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "is it 1 market", REST);
    sees(&terminal, "Import 0 new, 2 matched");
    terminal.type_keys("n\r");
    assert_eq!(terminal.wait_for_exit(), 1, "{}", terminal.screen());
    assert_eq!(s.dump(&[]), before);
}

#[test]
fn an_interrupted_question_leaves_everything_as_it_was() {
    let s = book();
    let before = s.dump(&[]);
    let mut terminal = s.terminal(["import", "bank.csv", "-a", "checking", "-i"]);
    answer(&terminal, "is it 1 market", NO);
    sees(&terminal, "is it 2 petrol");
    terminal.type_keys(keys::CTRL_C);
    assert_eq!(terminal.wait_for_exit(), 130, "{}", terminal.screen());
    assert_eq!(s.dump(&[]), before);
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let s = book();
    let run = s.groat(["import", "bank.csv", "-a", "checking", "-i"]).fails(4);
    assert!(run.stderr.contains("`-n` shows what would be done"), "{}", run.stderr);
}

/// A row of 500.00 in Checking, and a file of Savings with the opposite one, of which neither names the other.
fn two_sides() -> Sandbox {
    let s = Sandbox::sqlite();
    typed(&s, "init --currency EUR --account Checking");
    typed(&s, "account add Savings --kind savings");
    s.write("checking.csv", "Date,Payee,Amount\n2026-01-05,Monthly,-500.00\n");
    s.write("savings.csv", "Date,Payee,Amount\n2026-01-07,Deposit,500.00\n2026-01-31,Interest,1.20\n");
    typed(&s, "import checking.csv -a checking");
    s
}

const JOINED: [&str; 2] = ["2026-01-05: Checking -500.00, Savings 500.00", "2026-01-31: Savings 1.20"];
const APART: [&str; 3] =
    ["2026-01-05: Checking -500.00", "2026-01-07: Savings 500.00", "2026-01-31: Savings 1.20"];

#[test]
fn an_offer_that_is_accepted_is_one_transfer() {
    let s = two_sides();
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "Deposit: is it the other side of 1 Monthly of 2026-01-05 in Checking?", JOIN);
    import(terminal, "Import 1 new, 1 matched");
    assert_eq!(shown(&s), JOINED);
    assert_eq!(reasons(&s, 1)[0], "the other side of a transfer with Checking; confirmed");
    typed(&s, "import savings.csv -a savings");
    assert_eq!(shown(&s), JOINED);
    typed(&s, "check book");
    typed(&s, "db verify");
}

#[test]
fn an_offer_that_is_refused_stays_apart_and_is_not_told_again() {
    let s = two_sides();
    let mut terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    // What is meant when nothing is chosen.
    answer(&terminal, "is it the other side of 1 Monthly", LEAVE);
    sees(&terminal, "Import 2 new, 0 matched");
    terminal.type_keys("y\r");
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert!(!terminal.output().contains("may be the other side"), "{}", terminal.screen());
    assert_eq!(shown(&s), APART);
    assert_eq!(reasons(&s, 1)[0], "not seen before; not the other side of 1 (Monthly), as you said");
}

#[test]
fn after_a_no_the_next_transaction_is_offered() {
    let s = two_sides();
    typed(&s, "add 500 landlord -a checking -d 2026-01-03 -c none");
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "is it the other side of 1 Monthly", LEAVE);
    answer(&terminal, "is it the other side of 2 landlord of 2026-01-03", JOIN);
    import(terminal, "Import 1 new, 1 matched");
    assert_eq!(shown(&s)[0], "2026-01-03: Checking -500.00, Savings 500.00");
}

#[test]
fn all_the_rest_is_said_of_matches_and_of_offers_each_for_itself() {
    let s = two_sides();
    typed(&s, "add 8 one -a savings -d 2026-01-07");
    typed(&s, "add 9 two -a savings -d 2026-01-07");
    typed(&s, "add 500 landlord -a checking -d 2026-01-03 -c none");
    typed(&s, "add 70 friend -a checking -d 2026-01-07 -c none");
    let more = "2026-01-08,Inn,-8.00\n2026-01-08,Bar,-9.00\n2026-01-08,In,70.00\n";
    s.write("savings.csv", format!("Date,Payee,Amount\n2026-01-07,Deposit,500.00\n{more}"));
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "is it 2 one", REST);
    // A second match is not asked about, an offer is; then no other is, nor what else it might be.
    answer(&terminal, "is it the other side of 1 Monthly", REST);
    sees(&terminal, "Import 2 new, 2 matched");
    assert!(!terminal.output().contains("two") && !terminal.output().contains("friend"));
    import(terminal, "Import 2 new, 2 matched");
    assert_eq!(shown(&s).len(), 7);
}

#[test]
fn a_transfer_that_is_named_is_asked_about_with_the_yes_first() {
    let s = two_sides();
    s.write("savings.csv", "Date,Payee,Amount\n2026-01-05,From Checking,500.00\n");
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "is it the other side of 1 Monthly in Checking?", YES);
    import(terminal, "Import 0 new, 1 matched");
    assert_eq!(shown(&s), JOINED[..1]);
}

/// The categories of a transaction's postings.
fn categories(s: &Sandbox, transaction: &str) -> Vec<Option<String>> {
    let shown = s.groat(["show", transaction, "--json"]).ok().json();
    let postings = shown["postings"].as_array().expect("postings");
    postings.iter().map(|leg| leg["category"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_category_makes_way_for_a_transfer_and_comes_back_with_its_undoing() {
    let s = two_sides();
    typed(&s, "category add Gifts");
    typed(&s, "move 1 gifts");
    s.write("savings.csv", "Date,Payee,Amount\n2026-01-07,From Checking,500.00\n");
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "in Checking? (a transfer within the budget has no category)", JOIN);
    import(terminal, "Import 0 new, 1 matched");
    assert_eq!(shown(&s), JOINED[..1]);
    assert_eq!(categories(&s, "1"), [None, None]);
    typed(&s, "db verify");
    typed(&s, "import undo 2");
    assert_eq!(shown(&s), APART[..1]);
    assert_eq!(categories(&s, "1"), [Some("Gifts".to_owned())]);
    typed(&s, "check book");
    typed(&s, "db verify");
}

#[test]
fn a_category_stays_with_a_transfer_out_of_the_budget() {
    let s = two_sides();
    typed(&s, "category add House");
    typed(&s, "move 1 house");
    typed(&s, "account add Loan --kind loan --off-budget");
    s.write("loan.csv", "Date,Payee,Amount\n2026-01-07,From Checking,500.00\n");
    let terminal = s.terminal(["import", "loan.csv", "-a", "loan", "-i"]);
    answer(&terminal, "is it the other side of 1 Monthly", JOIN);
    import(terminal, "Import 0 new, 1 matched");
    assert_eq!(categories(&s, "1"), [Some("House".to_owned()), None]);
    typed(&s, "check book");
    typed(&s, "db verify");
}

#[test]
fn the_leg_of_a_typed_transfer_is_asked_about_and_stays_without_its_row_after_a_no() {
    let s = two_sides();
    typed(&s, "transfer 70 checking savings -d 2026-01-04");
    s.write("savings.csv", "Date,Payee,Amount\n2026-01-05,Gift,70.00\n");
    let terminal = s.terminal(["import", "savings.csv", "-a", "savings", "-i"]);
    answer(&terminal, "Gift: is it a side of transfer 2, entered for 2026-01-04?", NO);
    import(terminal, "Import 1 new, 0 matched");
    assert_eq!(reasons(&s, 1), ["not seen before; not 2, as you said"]);
    assert_eq!(shown(&s).len(), 3);
}

/// A file of two accounts, each with one row of 45.60 and Checking's payment of 500.00 to the other.
fn two_accounts(s: &Sandbox) {
    typed(s, "init --currency EUR --account Checking");
    typed(s, "account add Savings --kind savings");
    typed(s, "add 45.60 market -a checking -d 2026-01-05");
    typed(s, "add 45.60 tools -a savings -d 2026-01-05");
    let row = |day: u32, amount: &str, id: &str, name: &str| {
        format!(
            "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>202601{day:02}<TRNAMT>{amount}<FITID>{id}<NAME>{name}</STMTTRN>"
        )
    };
    let statement = |account: &str, rows: &[String]| {
        format!(
            "<STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>{account}<ACCTTYPE>CHECKING\
             </BANKACCTFROM><BANKTRANLIST>{}</BANKTRANLIST></STMTRS></STMTTRNRS>",
            rows.concat()
        )
    };
    let checking = [row(5, "-45.60", "a", "Tesco"), row(6, "-500.00", "b", "Monthly")];
    let savings = [row(5, "-45.60", "c", "Hammer"), row(7, "500.00", "d", "Deposit")];
    let header = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n";
    let (checking, savings) = (statement("111", &checking), statement("222", &savings));
    s.write("bank.ofx", format!("{header}<OFX><BANKMSGSRSV1>{checking}{savings}</BANKMSGSRSV1></OFX>"));
}

on_both_databases! {
    fn each_account_of_a_file_has_its_own_answers(s: &Sandbox) {
        two_accounts(s);
        let args = ["import", "bank.ofx", "-i", "--map", "111=checking", "--map", "222=savings"];
        let terminal = s.terminal(args);
        answer(&terminal, "EUR into Checking, Tesco: is it 1 market", NO);
        answer(&terminal, "EUR into Savings, Hammer: is it 2 tools", YES);
        // It is made by this import alone, and has another number in each rehearsal.
        answer(&terminal, "Deposit: is it the other side of line", JOIN);
        import(terminal, "Import 2 new, 2 matched, 0 known?");
        assert_eq!(
            shown(s),
            [
                "2026-01-05: Checking -45.60",
                "2026-01-05: Checking -45.60",
                "2026-01-05: Savings -45.60",
                "2026-01-06: Checking -500.00, Savings 500.00"
            ]
        );
        assert_eq!(reasons(s, 1), ["typed on the same day; confirmed", "the other side of a transfer with Checking; confirmed"]);
        typed(s, "check book");
        typed(s, "db verify");
    }

    fn an_offer_within_a_file_is_refused_by_its_line(s: &Sandbox) {
        two_accounts(s);
        let args = ["import", "bank.ofx", "-i", "--map", "111=checking", "--map", "222=savings"];
        let terminal = s.terminal(args);
        answer(&terminal, "is it 1 market", REST);
        answer(&terminal, "Deposit: is it the other side of line", LEAVE);
        import(terminal, "Import 2 new, 2 matched");
        assert_eq!(shown(s).len(), 4);
        let reason = &reasons(s, 1)[1];
        assert!(reason.contains("not the other side of line") && reason.contains("(Monthly), as you said"), "{reason}");
    }
}
