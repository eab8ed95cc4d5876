//! Files that were broken on the way: whatever happens to the bytes, nothing panics, hangs or grows,
//! and no row is swallowed by another.

use proptest::prelude::*;

use super::samples::samples;
use super::*;

/// Files of our own, with most of what a layout can have.
const FILES: [&str; 6] = [
    "Date,Description,Amount,Balance\n25/03/2026,\"Smith, J\",\"-1,234.50\",5.00\n26/03/2026,b,6.00,7.00\n",
    "x;y\n\nDatum;Empfänger;Soll;Haben;Währung\n25.03.2026;Müller;5,00;;EUR\n26.03.2026;\"a\nb\";;6,00;EUR\n",
    "Datum\tAf Bij\tBedrag\tMunt\n20260301\tAf\t5,00\tEUR\n20260302\tBij\t7,00\tEUR\nTotaal\t\t2,00\t\n",
    "Account|Date|Value|Transaction ID|Status\nA|14-Dec-2019|£5.00 CR|T1|Pending\nB|15-Dec-2019|£6.00|T2|Booked\n",
    "01-03-2026;Shop;-5,00;95,00\n02-03-2026;Pay;20,00;115,00\n25-03-2026;Bus;-1,00;114,00\n",
    "Wann,Wieviel,Wer\n2026-03-01,-5.00,Shop\n2026-03-25,20.00,Pay\n",
];

const ODD: &[&[u8]] = &[
    b"\"",
    b"\n",
    b"\r",
    b"\0",
    b",",
    b";",
    b"\"\"",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"-",
    b".",
    b"(",
    b"=\"",
    b"9999999999999999999999999999999999",
    b"Date,Amount\n",
];

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8], options: &Options) {
    let Ok(outcome) = try_read(bytes, options) else { return };
    assert_told(outcome.layout.row_count(), &outcome.lines, &outcome.rejected);
    assert_in_order(&outcome.lines, &outcome.rejected);
    outcome.lines.iter().for_each(assert_tidy);
}

fn options() -> impl Strategy<Value = Options> {
    let number = prop::option::of((1..6_usize).prop_map(|n| n.to_string()));
    let columns = (number.clone(), number.clone(), number.clone(), number.clone(), number);
    let place = (
        prop::option::of(0..4_usize),
        prop::option::of(0..4_usize),
        prop::option::of(prop::sample::select(vec![',', ';', ' '])),
        prop::option::of(any::<bool>()),
    );
    let format = prop::option::of(prop::sample::select(vec!["%d/%m/%Y".to_owned(), "%Y%m%d".to_owned()]));
    (columns, place, format, any::<bool>()).prop_map(|(columns, place, date_format, is_odd)| {
        let (date_column, amount_column, flag_column, balance_column, status_column) = columns;
        let (skip, footer, delimiter, has_header) = place;
        Options {
            date_column,
            amount_column,
            flag_column,
            balance_column,
            status_column,
            skip,
            footer,
            delimiter,
            has_header,
            date_format,
            in_cents: Some(is_odd),
            is_inverted: Some(is_odd),
            unmarked_is_debit: Some(is_odd),
            debit_words: vec![String::new(), "b".into()],
            pending_words: vec!["a".into()],
            ..Options::default()
        }
    })
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(FILES.to_vec()),
        changes in prop::collection::vec(change(ODD, 200), 1..8),
        options in options(),
    ) {
        let bytes = changed(file.as_bytes().to_vec(), &changes);
        check(&bytes, &Options::default());
        check(&bytes, &options);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), options in options()) {
        check(&bytes, &options);
        check(&[b"Date,Amount,Payee\n", &bytes[..]].concat(), &options);
    }

    /// Quotes may spoil their own rows: every other row is there, and every one is told in some way.
    #[test]
    fn stray_quotes_swallow_no_row(places in prop::collection::vec((0_usize..40, any::<usize>()), 0..6)) {
        let mut rows: Vec<_> = (0..40).map(|n| format!("2026-03-01,\"payee {n}\",{n}.50")).collect();
        for (row, place) in &places {
            let at = place % rows[*row].len();
            rows[*row].insert(at, '"');
        }
        let outcome = read(&format!("Date,Payee,Amount\n{}\n", rows.join("\n")));
        for (at, row) in rows.iter().enumerate() {
            let is_sound = !places.iter().any(|(broken, _)| *broken == at);
            let is_line = outcome.lines.iter().any(|line| line.raw == *row);
            let is_told = is_line || !outcome.layout.notes().is_empty() || outcome.rejected.iter().any(|rejected| rejected.text.contains(row.as_str()));
            prop_assert!(if is_sound { is_line } else { is_told }, "row {} of {:?}", at, rows);
        }
    }
}

#[test]
fn broken_samples_are_read_or_refused() {
    let Some(folder) = samples() else { return };
    let mut files = Vec::new();
    for bank in std::fs::read_dir(folder.join("csv")).unwrap() {
        for file in std::fs::read_dir(bank.unwrap().path()).unwrap() {
            files.push(std::fs::read(file.unwrap().path()).unwrap());
        }
    }
    let config = ProptestConfig { cases: 200, ..ProptestConfig::default() };
    let changes = prop::collection::vec(change(ODD, 200), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes), &Options::default());
    });
}

#[test]
fn a_field_that_never_ends_costs_no_memory_and_no_time() {
    let mut text = String::from("Date,Payee,Amount\n");
    for n in 0..20_000 {
        text.push_str(&format!("2026-03-01,\"payee {n},1.00\n"));
    }
    let outcome = read(&text);
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (0, 20_000));
}

#[test]
fn a_line_that_never_ends_is_one_rejected_row() {
    let text = format!("Date,Payee,Amount\n2026-03-01,{},1.00\n2026-03-02,b,2.00\n", "x".repeat(3 << 20));
    let outcome = read(&text);
    assert_eq!(reasons(&outcome), ["2: the line is too long for a row"]);
    assert_eq!(shown(&outcome), ["2026-03-02 2.00 b"]);
}

#[test]
fn an_amount_in_which_the_file_ends_is_rejected() {
    let whole = "Date,Payee,Amount\n2026-03-01,a,-1.50\n2026-03-02,b,-20.00\n2026-03-03,c,-1234.56";
    assert_eq!(shown(&read(whole)).len(), 3);
    for cut in ["-1234.5", "-1234.", "-1234", "-1"] {
        let outcome = read(&whole.replace("-1234.56", cut));
        let told = format!("4: the file ends in the row: `{cut}` has fewer decimals than every other amount");
        assert_eq!(reasons(&outcome), [told.replace("-1234.`", "-1234`")], "{cut}");
        assert_eq!(shown(&outcome).len(), 2);
    }
    // With a line end behind it, or where amounts have any number of decimals, it is what it says.
    assert_eq!(shown(&read(&format!("{}\n", whole.replace("-1234.56", "-12")))).len(), 3);
    assert_eq!(shown(&read(&whole.replace("-20.00", "-20").replace("-1234.56", "-12"))).len(), 3);
}
