//! What a user or a profile says: each option, and a layout kept as options and read by them again.

use super::super::super::DateOrder;
use super::*;

fn with(text: &str, options: &Options) -> Vec<String> {
    shown(&try_read(text.as_bytes(), options).unwrap())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn each_option_does_what_it_says() {
    let text = "Date,Payee,Amount\n2026-03-01,Shop,500\n2026-03-02,Pay,-2000\n";
    let options = Options { in_cents: Some(true), is_inverted: Some(true), ..Options::default() };
    assert_eq!(with(text, &options), ["2026-03-01 -5.00 Shop", "2026-03-02 20.00 Pay"]);
    let cents = "Date,Payee,Amount (cents)\n2026-03-01,Shop,-500\n";
    assert_eq!(shown(&read(cents)), ["2026-03-01 -5.00 Shop"]);
    let options = Options { in_cents: Some(false), ..Options::default() };
    assert_eq!(with(cents, &options), ["2026-03-01 -500 Shop"]);

    let options = Options { footer: Some(1), ..Options::default() };
    assert_eq!(with(text, &options), ["2026-03-01 500 Shop"]);
    let options = Options { date_format: some("%Y-%d-%m"), ..Options::default() };
    assert_eq!(with(text, &options), ["2026-01-03 500 Shop", "2026-02-03 -2000 Pay"]);
    let options = Options { currency: some("SEK"), ..Options::default() };
    let outcome = try_read(text.as_bytes(), &options).unwrap();
    assert_eq!(outcome.lines[0].currency.as_deref(), Some("SEK"));
    assert_eq!(outcome.layout.currencies(), ["SEK"]);
}

#[test]
fn words_of_flags_and_of_what_is_pending_can_be_said() {
    let text = "Datum;Was;Betrag;Art;Stand\n01.03.2026;Shop;5,00;weg;gut\n02.03.2026;Pay;20,00;her;halb\n03.03.2026;Bus;1,00;;gut\n";
    let options = Options {
        flag_column: some("Art"),
        debit_words: vec!["weg".into(), String::new()],
        credit_words: vec!["HER".into()],
        status_column: some("Stand"),
        pending_words: vec!["Halb".into()],
        payee_columns: Some(vec!["Was".into()]),
        ..Options::default()
    };
    let outcome = try_read(text.as_bytes(), &options).unwrap();
    assert_eq!(shown(&outcome), ["2026-03-01 -5.00 Shop", "2026-03-02 20.00 Pay", "2026-03-03 -1.00 Bus"]);
    assert!(outcome.lines[1].is_pending && !outcome.lines[0].is_pending);
}

#[test]
fn a_file_can_be_said_to_have_headings_or_none() {
    let text = "x;y;z\n2026-03-01;5,00;Shop\n2026-03-02;-7,00;Pay\n";
    let options = Options {
        has_header: Some(true),
        date_column: some("x"),
        amount_column: some("y"),
        ..Options::default()
    };
    assert_eq!(with(text, &options), ["2026-03-01 5.00 Shop", "2026-03-02 -7.00 Pay"]);
    // A first row that looks like headings is a row where there are none.
    let options = Options {
        has_header: Some(false),
        date_column: some("1"),
        amount_column: some("2"),
        payee_columns: Some(vec!["3".into()]),
        ..Options::default()
    };
    let outcome = try_read(text.as_bytes(), &options).unwrap();
    assert_eq!(shown(&outcome), ["2026-03-01 5.00 Shop", "2026-03-02 -7.00 Pay"]);
    assert_eq!(outcome.layout.fingerprint(), None);
}

/// Files of every shape that detection knows.
const FILES: [&str; 9] = [
    "Date,Description,Amount,Balance\n25/03/2026,\"Smith, J\",\"-1,234.50\",5.00\n26/03/2026,b,6.00,7.00\n",
    "x;y\n\nDatum;Empfänger;Soll;Haben;Währung\n25.03.2026;Müller;5,00;;EUR\n26.03.2026;\"a\nb\";;6,00;EUR\n",
    "Datum\tAf Bij\tBedrag\tMunt\n20260301\tAf\t5,00\tEUR\n20260302\tBij\t7,00\tEUR\nTotaal\t\t2,00\t\n",
    "Account|Date|Value|Transaction ID|Status\nA|14-Dec-2019|£5.00 CR|T1|Pending\nB|15-Dec-2019|£6.00|T2|Booked\n",
    "Date,Amount,\n2026-03-01,5.00,\n2026-03-01,7.00,CR\n",
    "Date,Name,From Name,Description,Notes,Amount\n2026-03-01,A,B,C,,5.00\n2026-03-02,,B,C,D,-5.00\n",
    "01-03-2026;Shop;-5,00;95,00\n02-03-2026;Pay;20,00;115,00\n25-03-2026;Bus;-1,00;114,00\n",
    "Wann,Wieviel,Wer\n2026-03-01,-5.00,Shop\n2026-03-25,20.00,Pay\n",
    "Date,Amount,Amount,Payee\n2026-03-01,5.00,6.00,Shop\n",
];

#[test]
fn a_layout_kept_as_options_reads_every_row_as_before() {
    let mut files: Vec<Vec<u8>> = FILES.iter().map(|file| file.as_bytes().to_vec()).collect();
    if let Some(folder) = samples::samples() {
        for bank in std::fs::read_dir(folder.join("csv")).unwrap() {
            let bank = std::fs::read_dir(bank.unwrap().path()).unwrap();
            files.extend(bank.map(|file| std::fs::read(file.unwrap().path()).unwrap()));
        }
    }
    for file in files {
        let shown = String::from_utf8_lossy(&file);
        let before = try_read(&file, &Options::default()).unwrap();
        let kept = before.layout.options(&Options::default()).unwrap();
        assert_eq!(kept.contradiction(), None, "{shown}");
        let after = try_read(&file, &kept).unwrap_or_else(|error| panic!("{error:?} of {kept:?} in {shown}"));
        assert_eq!(after.lines, before.lines, "{kept:?} in {shown}");
        assert_eq!(after.rejected, before.rejected, "{shown}");
        assert_eq!(after.layout.source(), before.layout.source(), "{shown}");
        assert_eq!(after.layout.options(&kept), Some(kept), "{shown}");
        let mut input = Cursor::new(&file);
        let marks = super::super::super::fingerprints(&mut input).unwrap();
        assert!(before.layout.fingerprint().is_none_or(|mark| marks.contains(&mark)), "{shown}");
    }
}

#[test]
fn a_profile_keeps_what_a_month_without_it_would_lose() {
    let kept = |file: &str| {
        let layout = read(file).layout;
        layout.options(&Options::default()).unwrap()
    };
    // Nothing came in, so nothing says `CR`.
    let flagged = kept("Date,Payee,Amount,\n2026-03-01,a,5.00,\n2026-03-01,b,7.00,CR\n");
    assert_eq!(with("Date,Payee,Amount,\n2026-04-01,a,5.00,\n", &flagged), ["2026-04-01 -5.00 a"]);
    let marked = kept("Date,Payee,Amount\n2026-03-01,a,5.00\n2026-03-01,b,7.00 CR\n");
    assert_eq!(with("Date,Payee,Amount\n2026-04-01,a,5.00\n", &marked), ["2026-04-01 -5.00 a"]);
    let dated = kept("Date,Payee,Amount\n25/03/2026,a,\"1,234.50\"\n");
    assert_eq!(dated.date_order, Some(DateOrder::Dmy));
    assert_eq!(with("Date,Payee,Amount\n05/04/2026,a,\"1,234\"\n", &dated), ["2026-04-05 1234 a"]);
}
