//! The rows that rules make, by the cases of hledger's own tests, in our words.

use super::*;

fn check(rules: &str, csv: &str, expected: &[&str]) {
    assert_eq!(shown(&read(rules, csv)), expected, "{rules}\n{csv}");
}

#[test]
fn fields_and_assignments_make_rows() {
    check(
        "skip 1\nfields date, description, , amount\ndate-format %d/%Y/%m\naccount1 assets:bank:giro\n",
        "Day,What,X,Amount\n10/2009/09,Flubber Co,50,$50\n",
        &["2009-09-10 50 USD | Flubber Co"],
    );
    let outcome =
        read("fields date,description,amount\naccount1 assets:bank:giro\n", "2026-01-02,Shop,-5.00\n");
    assert_eq!(outcome.layout.accounts(), ["assets:bank:giro"]);
    assert_eq!(outcome.lines[0].account.as_deref(), Some("assets:bank:giro"));
    // A value without a condition goes before the list of columns, and the last one before the others.
    check(
        "fields date,description,amount\ndescription a %description\ndescription b %description\n",
        "2026-01-02,Shop,-5.00\n",
        &["2026-01-02 -5.00 | b Shop"],
    );
}

#[test]
fn money_in_and_money_out_may_have_columns_of_their_own() {
    let rules = "fields date, description, amount-in, amount-out\n";
    check(rules, "2026-01-02,a,50,\n2026-01-02,b,,50\n", &["2026-01-02 50 | a", "2026-01-02 -50 | b"]);
    check(rules, "2026-01-02,a,50,0\n2026-01-02,b,0.00,50\n", &["2026-01-02 50 | a", "2026-01-02 -50 | b"]);
    check(rules, "2026-01-02,a,(50),\n2026-01-02,b,0,0\n", &["2026-01-02 -50 | a", "2026-01-02 0 | b"]);
    check(
        rules,
        "2026-01-02,a,50,20\n2026-01-02,b,,\n",
        &["rejected 1: two amounts are filled: `50` and `20`", "rejected 2: it has no amount"],
    );
}

#[test]
fn signs_are_turned() {
    let rules = "fields date, description, sum\namount -%sum\n";
    check(rules, "2026-01-02,a,50\n2026-01-02,b,-60\n", &["2026-01-02 -50 | a", "2026-01-02 60 | b"]);
    check(rules, "2026-01-02,a,(50)\n2026-01-02,b,$5\n", &["2026-01-02 50 | a", "2026-01-02 -5 USD | b"]);
}

#[test]
fn currencies_stand_before_amounts() {
    check(
        "fields date, description, currency, amount\n",
        "2026-01-02,a,EUR,-1.50\n2026-01-02,b,$,2\n",
        &["2026-01-02 -1.50 EUR | a", "2026-01-02 2 USD | b"],
    );
}

#[test]
fn conditions_set_several_fields_and_the_last_one_holds() {
    let rules = "\
fields date, description, amount
if tesco|aldi
 account2 expenses:food:groceries
 comment shop:weekly, by card
if %amount ^-
# A comment may stand between.
& %description ALDI
 account2 expenses:food:discount
";
    check(
        rules,
        "2026-01-02,TESCO STORES,-5\n2026-01-02,Aldi Sued,-6\n2026-01-02,Aldi back,6\n2026-01-02,x,1\n",
        &[
            "2026-01-02 -5 | TESCO STORES | by card | food:groceries -5 | shop:weekly",
            "2026-01-02 -6 | Aldi Sued | by card | food:discount -6 | shop:weekly",
            "2026-01-02 6 | Aldi back | by card | food:groceries 6 | shop:weekly",
            "2026-01-02 1 | x",
        ],
    );
}

#[test]
fn patterns_are_joined_and_negated() {
    let rules = "\
fields date, description, amount
if
coffee
& !decaf
STOP & SHOP
 account2 expenses:treats
if bread && %amount -9
 account2 expenses:bakery
if
! .
%1 2027
 account2 expenses:later
";
    check(
        rules,
        "2026-01-02,Coffee,-1\n2026-01-02,decaf coffee,-2\n2026-01-02,Stop & Shop,-3\n2026-01-02,bread,-9\n2027-01-02,bread,-8\n",
        &[
            "2026-01-02 -1 | Coffee | treats -1",
            "2026-01-02 -2 | decaf coffee",
            "2026-01-02 -3 | Stop & Shop | treats -3",
            "2026-01-02 -9 | bread | bakery -9",
            "2027-01-02 -8 | bread | later -8",
        ],
    );
}

#[test]
fn what_a_pattern_catches_can_be_used() {
    let rules = "\
fields date, description, amount
if %description ^CARD (\\d+) (.*) REF:(\\w*)
 description \\2
 comment card:\\1, \\3
";
    let outcome = read(rules, "2026-01-02,CARD 12 Shop REF:x9,-1\n2026-01-02,other,-2\n");
    assert_eq!(shown(&outcome), ["2026-01-02 -1 | Shop | x9 | card:12", "2026-01-02 -2 | other"]);
    // The bank's own words stay: by them the row is known again.
    assert_eq!(outcome.lines[0].payee.as_deref(), Some("CARD 12 Shop REF:x9"));
}

#[test]
fn tables_are_conditions_too() {
    let rules = "\
fields date, description, amount
if,account2,comment
tesco,expenses:food,
; not this one
%amount ^-7$,expenses:sevens,lucky:

if|account2
a,b|expenses:both
";
    check(
        rules,
        "2026-01-02,Tesco,-5\n2026-01-02,Tesco,-7\n2026-01-02,\"a,b\",-1\n",
        &[
            "2026-01-02 -5 | Tesco | food -5",
            "2026-01-02 -7 | Tesco | sevens -7 | lucky",
            "2026-01-02 -1 | a,b | both -1",
        ],
    );
}

#[test]
fn records_are_skipped_and_may_end() {
    let rules = "skip 1\nfields date,description,amount\nif ^Header\n skip\nif ^Three\n skip 3\nif END OF FILE\n end\n";
    check(
        rules,
        "top\n\nHeader,x,y\n2026-01-02,a,1\nThree,x,y\nThree x,x\n2026-01-02,b,2\n2026-01-02,c,3\n*** END OF FILE ***,,\n2026-01-02,d,4\n",
        &["2026-01-02 1 | a", "2026-01-02 3 | c"],
    );
}

#[test]
fn postings_have_numbers() {
    // A fee as a third posting; without a fee that posting is none.
    let rules = "\
fields date, description, gross, fee, net, balance
account1 assets:online:paypal
amount1 %net
account2 expenses:misc
amount2 -%gross
account3 expenses:banking
amount3 -%fee
comment3 the fee
";
    check(
        rules,
        "2026-01-02,a,-6.00,-0.59,-6.59,10.00\n2026-01-02,b,-6.00,,-6.00,4.00\n",
        &["2026-01-02 -6.59 | a | misc -6.00, banking -0.59", "2026-01-02 -6.00 | b | misc -6.00"],
    );
    let outcome = read(rules, "2026-01-02,a,-6.00,-0.59,-6.59,10.00\n");
    assert_eq!(outcome.lines[0].balance.map(|balance| balance.to_string()).as_deref(), Some("10.00"));
    // A numbered amount disables the others for its posting.
    check("fields date,description,amount,x\namount1 %x\n", "2026-01-02,a,5,7\n", &["2026-01-02 7 | a"]);
    check(
        "fields date,description,amount\naccount2 expenses:a\namount2 3\n",
        "2026-01-02,a,-5\n",
        &["rejected 1: it does not balance: `-2` is left over"],
    );
}

#[test]
fn a_transfer_names_the_other_account() {
    let rules =
        "fields date,description,amount\naccount1 assets:giro\nif savings\n account2 assets:savings\n";
    let outcome = read(rules, "2026-01-02,to savings,-50\n");
    assert_eq!(shown(&outcome), ["2026-01-02 -50 | to savings | to assets:savings -50"]);
    assert_eq!(outcome.lines[0].other_account.as_deref(), Some("assets:savings"));
    // Only the first account's rows are the file's.
    assert_eq!(outcome.layout.accounts(), ["assets:giro"]);
}

#[test]
fn costs_are_read() {
    check(
        "fields date,description,amount\naccount2 expenses:travel\n",
        "2026-01-02,a,-10 EUR @@ 11 USD\n",
        &["2026-01-02 -10 EUR | a | travel -10.00"],
    );
}

#[test]
fn balances_alone_are_left_out() {
    let outcome =
        read("fields date,description,amount,balance\n", "2026-01-02,a,1,5\n2026-01-03,end of day,,5\n");
    assert_eq!(shown(&outcome), ["2026-01-02 1 | a"]);
    assert_eq!(outcome.layout.notes(), ["1 row with only a balance is left out"]);
}

#[test]
fn status_and_code_are_the_banks() {
    let rules = "fields date,code,description,amount,state\nif %state pending\n status !\nif %state done\n status *\n";
    let outcome = read(rules, "2026-01-02,A1,a,1,Pending\n2026-01-02,A2,b,2,done\n");
    assert_eq!(outcome.lines.iter().map(|line| line.is_pending).collect::<Vec<_>>(), [true, false]);
    assert_eq!(outcome.lines[1].bank_id.as_deref(), Some("A2"));
    // A code that comes again is none of the bank's numbers.
    let outcome = read(rules, "2026-01-02,A1,a,1,done\n2026-01-02,A1,b,2,done\n");
    assert!(outcome.lines.iter().all(|line| line.bank_id.is_none()));
}

#[test]
fn numbers_are_settled_by_the_rules_or_by_all_rows() {
    let fields = "fields date,description,amount\n";
    check(&format!("{fields}decimal-mark .\n"), "2026-01-02,a,\"1,000\"\n", &["2026-01-02 1000 | a"]);
    check(&format!("{fields}decimal-mark ,\n"), "2026-01-02,a,\"1,000\"\n", &["2026-01-02 1.000 | a"]);
    check(
        fields,
        "2026-01-02,a,\"1,000\"\n2026-01-02,a,\"2,50\"\n",
        &["2026-01-02 1.000 | a", "2026-01-02 2.50 | a"],
    );
    let open = try_read(&rules(fields).unwrap(), b"2026-01-02,a,\"1,000\"\n", Options::default());
    let Err(SurveyError::Open(open)) = open.map(|_| ()) else { panic!("it is open") };
    assert_eq!(open.hint.as_deref(), Some("say `--decimal .` for 1000, or `--decimal ,` for 1.000"));
    let said = Options { decimal: Some('.'), ..Options::default() };
    let outcome = try_read(&rules(fields).unwrap(), b"2026-01-02,a,\"1,000\"\n", said).unwrap();
    assert_eq!(shown(&outcome), ["2026-01-02 1000 | a"]);
}

#[test]
fn days_are_settled_by_the_rules_or_by_all_rows() {
    let fields = "fields date,description,amount\n";
    check(fields, "25/03/2026,a,1\n05/03/2026,b,2\n", &["2026-03-25 1 | a", "2026-03-05 2 | b"]);
    check(&format!("{fields}date-format %m/%d/%Y\n"), "05/03/2026,b,2\n", &["2026-05-03 2 | b"]);
    let open = try_read(&rules(fields).unwrap(), b"05/03/2026,b,2\n", Options::default());
    assert!(matches!(open, Err(SurveyError::Open(_))));
    check(
        &format!("{fields}date-format %Y-%m-%d\n"),
        "2026-01-02,a,1\nTotal,x,1\n,x,1\n",
        &[
            "2026-01-02 1 | a",
            "rejected 2: `Total` is no date as `%Y-%m-%d` has it",
            "rejected 3: it has no date",
        ],
    );
}

#[test]
fn separators_and_encodings_are_said_or_seen() {
    let fields = "fields date,description,amount\n";
    let expected = &["2026-01-02 1 | a"];
    check(&format!("{fields}separator ;\n"), "2026-01-02;a;1\n", expected);
    check(&format!("{fields}separator TAB\n"), "2026-01-02\ta\t1\n", expected);
    check(&format!("{fields}separator SPACE\n"), "2026-01-02 a 1\n", expected);
    check(fields, "2026-01-02;a;1\n", expected);
    let latin = try_read(
        &rules(&format!("{fields}encoding iso-8859-1\n")).unwrap(),
        b"2026-01-02,Caf\xe9,1\n",
        Options::default(),
    );
    assert_eq!(shown(&latin.unwrap()), ["2026-01-02 1 | Caf\u{e9}"]);
    check(
        &format!("{fields}separator ;\n"),
        "2026-01-02,a,1\n",
        &["rejected 1: it has only one field: the rules' `separator` may be another one"],
    );
}

#[test]
fn descriptions_may_have_a_note_and_lines() {
    check(
        "fields date,description,amount\n",
        "2026-01-02,\"Flubber\nCo\n Co | for  work\",1\n",
        &["2026-01-02 1 | Flubber Co Co | for work"],
    );
    check(
        "fields date,x,amount\ndescription %x\ncomment a b:c\\nd:e\n",
        "2026-01-02,Shop,1\n",
        &["2026-01-02 1 | Shop | a | b:c, d:e"],
    );
}

#[test]
fn a_comment_of_the_account_may_have_its_own_day() {
    check(
        "fields date,description,amount,booked\ncomment1 date:%booked\n",
        "2026-01-02,Shop,1,2026-01-05\n",
        &["2026-01-05 1 | Shop"],
    );
}

#[test]
fn rules_include_others() {
    let files = [
        ("common/base.rules", "include more.rules\nif shop\n account2 expenses:shop\n"),
        ("common/more.rules", "skip 1\n"),
    ];
    let rules = with_files("include common/base.rules\nfields date,description,amount\n", &files).unwrap();
    let outcome = try_read(&rules, b"a,b,c\n2026-01-02,Shop,-1\n", Options::default()).unwrap();
    assert_eq!(shown(&outcome), ["2026-01-02 -1 | Shop | shop -1"]);
}

#[test]
fn the_same_columns_are_the_same_source_whatever_conditions_say() {
    let source = |text: &str| read(text, "2026-01-02,a,1,b\n").layout.source();
    let plain = source("fields date,description,amount,x\n");
    assert_eq!(
        plain,
        source("fields day,description,amount,x\ndate %1\nif a\n description c\n account2 expenses:a\n")
    );
    assert_ne!(plain, source("fields date,x,amount,description\n"));
    assert_ne!(plain, source("fields date,description,x\namount -%x\n"));
    assert!(plain.starts_with("rules:"));
}
