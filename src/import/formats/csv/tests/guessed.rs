//! Files without headings, or with unknown ones: what their cells settle, and what is asked.

use super::*;

/// What was shown of a guess, by what it is.
fn told(outcome: &Outcome, what: &str) -> String {
    let lines = outcome.layout.describe();
    lines.into_iter().find(|(told, _)| told == what).map_or(String::new(), |(_, value)| value)
}

#[test]
fn cells_show_what_the_columns_of_a_bare_file_are() {
    let outcome = read(
        "DE02120300000000202051;01.03.2026;Corner Shop;EUR;-12,50;card 12\n\
         DE02120300000000202051;25.03.2026;Salary;EUR;1.000,00;\n",
    );
    assert_eq!(shown(&outcome), ["2026-03-01 -12.50 Corner Shop", "2026-03-25 1000.00 Salary"]);
    assert_eq!(outcome.lines[0].memo.as_deref(), Some("card 12"));
    assert_eq!(outcome.lines[0].account.as_deref(), Some("DE02120300000000202051"));
    assert_eq!(outcome.layout.currencies(), ["EUR"]);
    assert_eq!(told(&outcome, "date"), "column 2, a guess: every row has a day there");
    assert_eq!(told(&outcome, "amount"), "column 5, a guess: the only column of numbers that can be one");
    let note = &outcome.layout.notes()[0];
    assert!(note.starts_with("guessed, as no heading says it: the date is in column 2"), "{note}");
}

#[test]
fn a_balance_shows_which_number_is_the_amount() {
    let oldest_first =
        "01-03-2026;Shop;-5,00;95,00\n02-03-2026;Pay;20,00;115,00\n25-03-2026;Bus;-1,00;114,00\n";
    let newest_first =
        "25/03/2026,114.00,Bus,-1.00\n02/03/2026,115.00,Pay,20.00\n01/03/2026,95.00,Shop,-5.00\n";
    let sides = "25/03/2026,1.00,,Bus,114.00\n02/03/2026,,20.00,Pay,115.00\n01/03/2026,5.00,,Shop,95.00\n";
    let swapped = "25/03/2026,,1.00,Bus,114.00\n02/03/2026,20.00,,Pay,115.00\n01/03/2026,,5.00,Shop,95.00\n";
    let card = "01/03/2026,Shop,5.00,95.00\n02/03/2026,Pay,-20.00,115.00\n25/03/2026,Bus,1.00,114.00\n";
    for file in [oldest_first, newest_first, sides, swapped, card] {
        let mut rows = shown(&read(file));
        rows.sort();
        let expected = ["2026-03-01 -5.00 Shop", "2026-03-02 20.00 Pay", "2026-03-25 -1.00 Bus"];
        assert_eq!(rows, expected, "{file}");
    }
    assert_eq!(told(&read(newest_first), "order"), "newest first");
    assert_eq!(told(&read(card), "in or out"), "upside down: a plus is money out");
    assert_eq!(told(&read(oldest_first), "balance"), "column 4");
}

#[test]
fn minus_signs_and_flags_tell_the_direction_without_headings() {
    let rows = shown(&read("2026-03-01,Shop,,-5.00\n2026-03-25,Pay,20.00,\n"));
    assert_eq!(rows, ["2026-03-01 -5.00 Shop", "2026-03-25 20.00 Pay"]);
    let rows = shown(&read(
        "\"NL91ABNA0417164300\",\"EUR\",20260301,D,\"5.00\",\"Shop\"\n\"NL91ABNA0417164300\",\"EUR\",20260325,C,\"20.00\",\"Pay\"\n",
    ));
    assert_eq!(rows, ["2026-03-01 -5.00 Shop", "2026-03-25 20.00 Pay"]);
}

#[test]
fn what_cells_leave_open_is_asked_with_the_flags_that_say_it() {
    let cases = [
        (
            "2026-03-01,Shop,5.00,\n2026-03-25,Pay,,20.00\n",
            "columns 3 and 4 are money out and money in, and no row settles which is which",
            "say `--debit-column 3 --credit-column 4` where `5.00` went out, or `--debit-column 4 --credit-column 3`",
        ),
        (
            "2026-03-01,Shop,5.00,7.00\n2026-03-25,Pay,8.00,20.00\n",
            "2 columns can be the amount, and no row settles which one is",
            "say `--amount-column 3` for `5.00`, or `--amount-column 4` for `7.00`; money out and in have `--debit-column` and `--credit-column`",
        ),
        (
            "2026-03-01,2026-03-02,Shop,5.00\n2026-03-25,2026-03-26,Pay,8.00\n",
            "2 columns have a day in every row, and nothing says which one counts",
            "say `--date-column 1` for `2026-03-01`, or `--date-column 2` for `2026-03-02`",
        ),
    ];
    for (file, message, hint) in cases {
        let invalid = open(file);
        assert_eq!((invalid.message.as_str(), invalid.hint.as_deref()), (message, Some(hint)));
    }
}

#[test]
fn days_in_order_go_before_days_out_of_order() {
    let file =
        "2026-03-05,2026-03-01,Shop,5.00\n2026-03-04,2026-03-02,Pay,8.00\n2026-03-09,2026-03-03,Bus,8.00\n";
    let outcome = read(file);
    assert_eq!(shown(&outcome)[0], "2026-03-01 5.00 Shop");
    assert_eq!(told(&outcome, "date"), "column 2, a guess: the rows are in the order of its days");
    let alike = read("2026-03-05,2026-03-05,Shop,5.00\n2026-03-04,2026-03-04,Pay,8.00\n");
    assert!(told(&alike, "date").starts_with("column 1, a guess: "));
}

#[test]
fn unknown_headings_are_guessed_and_shown_with_their_columns() {
    let outcome = read("Bank of nowhere\n\nWann,Wieviel,Wer\n2026-03-01,-5.00,Shop\n2026-03-25,20.00,Pay\n");
    assert_eq!(told(&outcome, "header"), "line 3");
    assert!(told(&outcome, "amount").starts_with("column 2 `Wieviel`, a guess: "));
    assert_eq!(outcome.lines.len(), 2);
    // Whole numbers under an unknown heading can be anything.
    let message = invalid("Date,Foo\n2026-01-02,5\n2026-01-03,7\n");
    assert_eq!(message.message, "no column of the file is known as its amount");
    assert!(message.hint.unwrap().contains("`--amount-column`"));
    // A line above the rows may have days in it.
    let outcome = read("Period;01.03.2026;31.03.2026\n02.03.2026;Shop;-5,00;x\n25.03.2026;Pay;20,00;y\n");
    assert_eq!(shown(&outcome), ["2026-03-02 -5.00 Shop", "2026-03-25 20.00 Pay"]);
}

#[test]
fn a_row_without_headings_has_the_same_texts_in_every_file() {
    let row = "02.03.2026;;4711;Shop;-5,00;12345;ref 1";
    let alone = read(&format!("{row}\n03.03.2026;;4711;;-6,00;;\n"));
    let among = read(&format!("{row}\n03.03.2026;Giro;Mustermann;Pay;-6,00;AB;\n"));
    assert_eq!(alone.lines[0], among.lines[0]);
    assert_eq!(
        (alone.lines[0].payee.as_deref(), alone.lines[0].memo.as_deref()),
        (Some("Shop"), Some("ref 1"))
    );
}
