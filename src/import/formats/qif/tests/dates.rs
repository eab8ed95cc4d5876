//! Date order and decimal mark: settled by all rows of a file, said, or asked for.

use super::*;

fn file(dates: &[&str]) -> String {
    let records: String = dates.iter().map(|date| format!("D{date}\nT1.00\n^\n")).collect();
    format!("!Type:Bank\n{records}")
}

fn days(outcome: &Outcome) -> Vec<String> {
    outcome.lines.iter().map(|line| line.date.to_string()).collect()
}

#[test]
fn all_rows_settle_the_order() {
    let cases: [(&[&str], &[&str], Option<DateOrder>); 8] = [
        (&["6/ 1/10", "12/29/10"], &["2010-06-01", "2010-12-29"], Some(DateOrder::Mdy)),
        (&["01/06/10", "29/12/10"], &["2010-06-01", "2010-12-29"], Some(DateOrder::Dmy)),
        (
            &["2/14'2020", "1/ 2'00", "1/ 2' 5"],
            &["2020-02-14", "2000-01-02", "2005-01-02"],
            Some(DateOrder::Mdy),
        ),
        (&["1/2/99", "12/31/99"], &["1999-01-02", "1999-12-31"], Some(DateOrder::Mdy)),
        (&["1.2.2020"], &["2020-02-01"], Some(DateOrder::Dmy)),
        (&["14-2-20", "1-3-20"], &["2020-02-14", "2020-03-01"], Some(DateOrder::Dmy)),
        (&["2020-02-14", "14 Feb 2020"], &["2020-02-14", "2020-02-14"], None),
        (&["1/ 1'00", "2/2/02"], &["2000-01-01", "2002-02-02"], None),
    ];
    for (dates, expected, order) in cases {
        let outcome = read(&file(dates));
        assert!(
            days(&outcome) == expected && outcome.facts.date_order == order,
            "{dates:?}: {:?}",
            days(&outcome)
        );
    }
}

#[test]
fn an_open_order_is_asked_for_and_what_is_said_wins() {
    let text = file(&["6/ 1'94", "6/ 2'94"]).replace("'94", "/94");
    let invalid = open(&text);
    assert_eq!(invalid.message, "the date order is open: `6/1/94` in line 2, and no row settles it");
    let hint = "say `--date-order dmy` for 6 January 1994, or `--date-order mdy` for 1 June 1994";
    assert_eq!(invalid.hint.as_deref(), Some(hint));
    for (order, first) in [(DateOrder::Mdy, "1994-06-01"), (DateOrder::Dmy, "1994-01-06")] {
        let outcome = try_read(text.as_bytes(), &ordered(order)).unwrap();
        assert_eq!((days(&outcome)[0].as_str(), outcome.facts.date_order), (first, Some(order)));
    }
    let outcome = try_read(file(&["12/29/10"]).as_bytes(), &ordered(DateOrder::Dmy)).unwrap();
    assert_eq!(reasons(&outcome), ["2: the date `12/29/10` does not exist as day, month, year"]);
}

#[test]
fn a_format_may_be_said() {
    let options = Options { date_format: Some("%d/%Y/%m".into()), ..Options::default() };
    let outcome = try_read(file(&["10/2009/09", "6/ 1/10"]).as_bytes(), &options).unwrap();
    assert_eq!(days(&outcome), ["2009-09-10"]);
    assert_eq!(reasons(&outcome), ["5: the date `6/ 1/10` cannot be read"]);
}

#[test]
fn dates_of_splits_and_lists_have_no_vote() {
    let text =
        "!Type:Bank\nD1/13/20\nT5\nSa\nD25/12/20\n$5\n^\nD1/2/20\nT1\n^\n!Type:Invst\nD25/12/20\nT1\n^\n";
    assert_eq!(days(&read(text)), ["2020-01-13", "2020-01-02"]);
}

#[test]
fn all_rows_settle_the_decimal_mark() {
    let file = |amounts: &[&str]| {
        let records: String = amounts.iter().map(|amount| format!("D2020-01-01\nT{amount}\n^\n")).collect();
        format!("!Type:Bank\n{records}")
    };
    let cases: [(&[&str], &[&str], Option<char>); 4] = [
        (&["-1,010.00", "-30,020.00", "1,000"], &["-1010.00", "-30020.00", "1000"], Some('.')),
        (&["-1.010,00", "1.000", "12,5"], &["-1010.00", "1000", "12.5"], Some(',')),
        (&["5", "-3"], &["5", "-3"], None),
        (&["+5.00"], &["5.00"], Some('.')),
    ];
    for (amounts, expected, mark) in cases {
        let outcome = read(&file(amounts));
        let found: Vec<_> = outcome.lines.iter().map(|line| line.amount.to_string()).collect();
        assert!(found == expected && outcome.facts.decimal == mark, "{amounts:?}: {found:?}");
    }
    let invalid = open(&file(&["1,000"]));
    assert_eq!(invalid.hint.as_deref(), Some("say `--decimal .` for 1000, or `--decimal ,` for 1.000"));
    let options = Options { decimal: Some(','), ..Options::default() };
    let outcome = try_read(file(&["1,000", "1.5"]).as_bytes(), &options).unwrap();
    assert_eq!(outcome.lines[0].amount.to_string(), "1.000");
    assert_eq!(reasons(&outcome), ["5: the amount `1.5` is not a number with `,` as its decimal mark"]);
}
