//! Every dialect of `cases/csv-dialects.tsv`: a file is made in it and read, by itself where headings or cells allow
//! it, else by a profile made from the row of the table. Read by itself it is read rightly or not at all.
//!
//! The table lies beside the checkout and is no part of the project.

use std::io::Cursor;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::import::formats::{self, FileLine, FormatName, Layout, Options, Row, SurveyError};
use crate::import::profile::Profile;
use crate::import::shared;

/// What cannot be read, and why.
const BEYOND: [(&str, &str); 4] = [
    ("AT Raiffeisen VISA", "the table names no column of days"),
    (
        "AT Raiffeisen Bank RCM",
        "its amounts are to be divided by the rate of a currency that is no more: amounts stay as written",
    ),
    ("DE Kreissparkasse", "its days have no year"),
    ("IE First South Credit Union", "it is a PDF, and a row without a day takes that of the row above"),
];

/// Headings as the banks write them, of those that are known for certain.
#[rustfmt::skip]
const HEADINGS: [(&str, &str); 33] = [
    ("AU ING", "Date,Description,Credit,Debit,Balance"),
    ("CH Neon Monthly Account Statement", "Date;Amount;Original amount;Original currency;Exchange rate;Description;Subject;Category;Tags;Wise;Spaces"),
    ("DE Commerzbank checking", "Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;Auftraggeberkonto;Bankleitzahl Auftraggeberkonto;IBAN Auftraggeberkonto"),
    ("DE Deutsche Kreditbank checking", "Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Kontonummer;BLZ;Betrag (EUR);Gläubiger-ID;Mandatsreferenz;Kundenreferenz"),
    ("DE Deutsche Kreditbank checking new", "Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;Umsatztyp;IBAN;Betrag (€);Gläubiger-ID;Mandatsreferenz;Kundenreferenz"),
    ("DE Fiducia (Volksbank, Sparda-Bank, BBBank, PSD Bank, Raiffeisen, ...)", "Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Empfänger/Zahlungspflichtiger;Konto-Nr.;IBAN;BLZ;BIC;Vorgang/Verwendungszweck;Kundenreferenz;Währung;Umsatz; "),
    ("DE ING-DiBa", "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung"),
    ("DE N26", "Date,Payee,Account number,Transaction type,Payment reference,Category,Amount (EUR),Amount (Foreign Currency),Type Foreign Currency,Exchange Rate"),
    ("DE Ostseesparkasse Rostock checking", "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer;BLZ;Betrag;Waehrung;Info"),
    ("DE Sparkasse Südholstein", "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Glaeubiger ID;Mandatsreferenz;Kundenreferenz (End-to-End);Sammlerreferenz;Lastschrift Ursprungsbetrag;Auslagenersatz Ruecklastschrift;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC (SWIFT-Code);Betrag;Waehrung;Info"),
    ("DK Danske Bank", "Dato;Kategori;Underkategori;Tekst;Beløb;Saldo;Status;Afstemt"),
    ("IE AIB Ireland", "Posted Account, Posted Transactions Date, Description1, Description2, Description3, Debit Amount, Credit Amount,Balance,Posted Currency,Transaction Type,Local Currency Amount"),
    ("IE Bank of Ireland", "Date,Details,Debit,Credit,Balance"),
    ("IE N26", "Date,Payee,Account number,Transaction type,Payment reference,Amount (EUR),Amount (Foreign Currency),Type Foreign Currency,Exchange Rate"),
    ("IE Ulster Bank, savings", "Date, Type, Description, Value, Balance, Account Name, Account Number"),
    ("NL Bunq checking", "Date,Amount,Account,Counterparty,Name,Description"),
    ("NL ING", "Datum,Naam / Omschrijving,Rekening,Tegenrekening,Code,Af Bij,Bedrag (EUR),MutatieSoort,Mededelingen"),
    ("NL ING Checking 2020", "Datum;Naam / Omschrijving;Rekening;Tegenrekening;Code;Af Bij;Bedrag (EUR);Mutatiesoort;Mededelingen"),
    ("NL KNAB", "Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie;Boekdatum"),
    ("NL Rabobank-2018", "IBAN/BBAN,Munt,BIC,Volgnr,Datum,Rentedatum,Bedrag,Saldo na trn,Tegenrekening IBAN/BBAN,Naam tegenpartij,Naam uiteindelijke partij,Naam initiërende partij,BIC tegenpartij,Code,Batch ID,Transactiereferentie,Machtigingskenmerk,Incassant ID,Betalingskenmerk,Omschrijving-1,Omschrijving-2,Omschrijving-3,Reden retour,Oorspr bedrag,Oorspr munt,Koers"),
    ("NO DNB", "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto"),
    ("Revolut", "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"),
    ("SE Länsförsäkringar checking", "Bokföringsdatum;Transaktionsdatum;Transaktionstyp;Meddelande;Belopp"),
    ("SE SEB Skandinaviska Enskilda Banken", "Bokföringsdatum,Valutadatum,Verifikationsnummer,Text/mottagare,Belopp,Saldo"),
    ("SE Swedbank 2020", "Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo"),
    ("UK Co-operative Bank", "Date,Description,Type,Money In,Money Out,Balance"),
    ("UK Monzo checking", "id,created,amount,currency,local_amount,local_currency,category,emoji,description,address,notes,receipt"),
    ("UK first direct checking", "Date,Description,Amount,Balance"),
    ("US Bank of America Credit Card", "Posted Date,Reference Number,Payee,Address,Amount"),
    ("US Chase Credit Card 2017", "Type,Trans Date,Post Date,Description,Amount"),
    ("US Chase Credit Card 2019", "Card,Transaction Date,Post Date,Description,Category,Type,Amount"),
    ("US Schwab Checking", "Date,Type,Check #,Description,Withdrawal (-),Deposit (+),RunningBalance"),
    ("US Schwab Savings", "Date,Type,Check #,Description,Withdrawal (-),Deposit (+),RunningBalance"),
];

/// A row of the table.
struct Dialect<'a> {
    bank: &'a str,
    delimiter: &'a str,
    header_rows: usize,
    footer_rows: usize,
    date_format: &'a str,
    columns: Vec<&'a str>,
    /// The words for money in and out, where a flag says it.
    flag: Option<(&'a str, &'a str)>,
}

/// The transactions of every file: day of January 2026 and cents.
const ROWS: [(u32, i64); 5] = [(2, -1_250), (5, 200_000), (13, -399), (25, -120_050), (30, 4_500)];

impl<'a> Dialect<'a> {
    fn of(line: &'a str) -> Dialect<'a> {
        let cells: Vec<_> = line.split('\t').collect();
        // The table has `Af` and `Bij` both ways round; `Af` is money out.
        let words = cells[8].strip_prefix("sign flag ").and_then(|flag| flag.split_once(','));
        let flag = words.and_then(|(_, words)| words.split_once(','));
        let flag = flag.map(|(into, out)| if into == "Af" { (out, into) } else { (into, out) });
        Dialect {
            bank: cells[1],
            delimiter: if cells[2] == "\\t" { "\t" } else { cells[2] },
            header_rows: cells[3].parse().expect("a number of lines"),
            footer_rows: cells[4].parse().expect("a number of lines"),
            date_format: cells[5],
            columns: cells[7].split(',').map(str::trim).collect(),
            flag,
        }
    }

    fn all(&self, wanted: &str) -> Vec<usize> {
        let fits = |(_, column): &(usize, &&str)| **column == wanted;
        self.columns.iter().enumerate().filter(fits).map(|(at, _)| at).collect()
    }

    fn inflows(&self) -> Vec<usize> {
        let mut all = [self.all("Inflow"), self.all("Amount")].concat();
        all.sort_unstable();
        all
    }

    /// Bills list what is owed and nothing else.
    fn rows(&self) -> Vec<(NaiveDate, i64)> {
        let is_bill = self.inflows().is_empty();
        let rows = ROWS.iter().filter(|(_, cents)| !is_bill || *cents < 0);
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).expect("a day of January");
        rows.map(|(number, cents)| (day(*number), *cents)).collect()
    }

    fn amount(&self, cents: i64) -> String {
        let mark = if self.delimiter == "," { '.' } else { ',' };
        let sign = if cents < 0 { "-" } else { "" };
        format!("{sign}{}{mark}{:02}", cents.abs() / 100, cents.abs() % 100)
    }

    fn date(&self, day: NaiveDate) -> String {
        let format = if self.date_format.is_empty() { "%Y-%m-%d" } else { self.date_format };
        day.and_hms_opt(10, 20, 30).expect("a time").format(format).to_string()
    }

    fn headings(&self) -> Option<Vec<&'static str>> {
        let known = HEADINGS.iter().find(|(bank, _)| *bank == self.bank)?;
        Some(known.1.split(self.delimiter).collect())
    }

    fn cell(&self, column: usize, day: NaiveDate, cents: i64, balance: i64) -> String {
        let (inflows, outflows) = (self.inflows(), self.all("Outflow"));
        let is_among = |all: &[usize]| all.iter().position(|at| *at == column);
        match self.columns[column] {
            "Date" => self.date(day),
            "Payee" => format!("Payee {}", cents.abs()),
            "Memo" => format!("memo of {}", cents.abs()),
            "Category" => "Household".to_owned(),
            "Running Balance" => self.amount(balance),
            "CDFlag" => self.flag.map_or("", |(into, out)| if cents < 0 { out } else { into }).to_owned(),
            _ if is_among(&outflows).is_some() => {
                if cents < 0 {
                    self.amount(-cents)
                } else {
                    String::new()
                }
            }
            _ if is_among(&inflows).is_some() => {
                // Of two, the second has money out, with its minus.
                let is_second = is_among(&inflows) == Some(1);
                let is_alone = inflows.len() == 1 && outflows.is_empty();
                match (is_alone, is_second) {
                    (true, _) if self.flag.is_some() => self.amount(cents.abs()),
                    (true, _) => self.amount(cents),
                    _ if is_second == (cents < 0) => self.amount(cents),
                    _ => String::new(),
                }
            }
            _ => self.other(column, day),
        }
    }

    /// A cell that the table skips: days are where the headings say so, and else there is something of everything.
    fn other(&self, column: usize, day: NaiveDate) -> String {
        const DAYS: [&str; 7] = ["date", "datum", "buchungstag", "wertstellung", "buchung", "dag", "valuta"];
        match self.headings() {
            Some(names) => {
                let name = names[column].trim().to_lowercase();
                let is_day = DAYS.iter().any(|word| name.ends_with(word)) && name != "valuta";
                if is_day { self.date(day) } else { String::new() }
            }
            None => ["", "ref 77", "4711"][column % 3].to_owned(),
        }
    }

    fn file(&self) -> String {
        let mut lines: Vec<Vec<String>> = Vec::new();
        if let Some(above) = self.header_rows.checked_sub(1) {
            lines.extend((0..above).map(|line| vec![format!("Line {line}"), "of the bank".to_owned()]));
            let unknown = || (0..self.columns.len()).map(|column| format!("q{}", "x".repeat(column + 1)));
            let names = self.headings();
            lines.push(names.map_or_else(
                || unknown().collect(),
                |names| names.iter().map(|n| (*n).to_owned()).collect(),
            ));
        }
        let mut balance = 100_000;
        for (day, cents) in self.rows() {
            balance += cents;
            lines
                .push((0..self.columns.len()).map(|column| self.cell(column, day, cents, balance)).collect());
        }
        lines.extend((0..self.footer_rows).map(|_| vec!["Closing balance".to_owned(), self.amount(balance)]));
        lines.iter().map(|cells| cells.join(self.delimiter) + "\n").collect()
    }

    /// The row of the table as somebody would write it down.
    fn profile(&self) -> String {
        let numbers =
            |all: &[usize]| all.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ");
        let mut lines = vec![
            format!("delimiter = {:?}", self.delimiter),
            format!("header = {}", self.header_rows > 0),
            format!("skip = {}", self.header_rows.saturating_sub(1)),
            format!("footer = {}", self.footer_rows),
            format!("date_column = {}", self.all("Date")[0] + 1),
            format!("payee_column = [{}]", numbers(&self.all("Payee"))),
            format!("memo_column = [{}]", numbers(&self.all("Memo"))),
        ];
        if !self.date_format.is_empty() {
            lines.push(format!("date_format = {:?}", self.date_format));
        }
        let money = match (&self.inflows()[..], &self.all("Outflow")[..]) {
            ([one], []) => format!("amount_column = {}", one + 1),
            ([], [one]) => format!("debit_column = {}", one + 1),
            ([credit], [debit]) | ([credit, debit], []) => {
                format!("credit_column = {}\ndebit_column = {}", credit + 1, debit + 1)
            }
            other => panic!("{}: {other:?}", self.bank),
        };
        lines.push(money);
        if let Some((into, out)) = self.flag {
            lines.push(format!("flag_column = {}", self.all("CDFlag")[0] + 1));
            lines.push(format!("credit_words = [{into:?}]\ndebit_words = [{out:?}]"));
        }
        lines.join("\n") + "\n"
    }

    fn expected(&self) -> Vec<(NaiveDate, Decimal)> {
        self.rows().into_iter().map(|(day, cents)| (day, Decimal::new(cents, 2))).collect()
    }
}

fn read(file: &str, options: &Options) -> Result<(Layout, Vec<FileLine>), SurveyError> {
    let mut input = Cursor::new(file.as_bytes());
    let layout = formats::survey(&mut input, FormatName::Auto, options)?;
    let mut lines = Vec::new();
    for row in formats::rows(&mut input, &layout)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(rejected) => panic!("{rejected:?} in\n{file}"),
        }
    }
    Ok((layout, lines))
}

fn amounts(lines: &[FileLine]) -> Vec<(NaiveDate, Decimal)> {
    lines.iter().map(|line| (line.date, line.amount)).collect()
}

/// Whether the file is read without a word; if so, rightly, or saying that no amount has a sign.
fn is_read_by_itself(dialect: &Dialect<'_>, file: &str) -> bool {
    let Ok((layout, lines)) = read(file, &Options::default()) else { return false };
    let (found, expected) = (amounts(&lines), dialect.expected());
    if found == expected {
        return true;
    }
    let mirrored: Vec<_> = expected.iter().map(|(day, amount)| (*day, -amount)).collect();
    let is_said = layout.notes().iter().any(|note| note.starts_with("no amount has a minus"));
    assert!(is_said && found == mirrored, "{}: {found:?} of\n{file}", dialect.bank);
    false
}

fn read_by_profile(dialect: &Dialect<'_>, file: &str) {
    let bank = dialect.bank;
    let text = dialect.profile();
    let profile = Profile::parse(&text, bank).unwrap_or_else(|problem| panic!("{problem:?} in\n{text}"));
    let (_, lines) =
        read(file, &profile.options).unwrap_or_else(|error| panic!("{bank}: {error:?} of\n{file}"));
    assert_eq!(amounts(&lines), dialect.expected(), "{bank}: {text}\n{file}");
    for (line, (_, cents)) in lines.iter().zip(dialect.rows()) {
        let is_payee = line.payee == Some(format!("Payee {}", cents.abs()));
        assert_eq!(is_payee, !dialect.all("Payee").is_empty(), "{bank}: {line:?}");
        assert_eq!(line.memo.is_some(), !dialect.all("Memo").is_empty(), "{bank}: {line:?}");
    }
}

/// The table, beside the samples.
fn table() -> Option<String> {
    let path = shared::find("../cases/csv-dialects.tsv")?;
    Some(std::fs::read_to_string(path).expect("the table can be read"))
}

#[test]
fn every_dialect_of_the_table_is_read() {
    let Some(table) = table() else { return };
    let dialects: Vec<_> = table.lines().skip(1).map(Dialect::of).collect();
    let (mut by_itself, mut by_profile) = (Vec::new(), Vec::new());
    for dialect in &dialects {
        if BEYOND.iter().any(|(bank, _)| *bank == dialect.bank) {
            continue;
        }
        let file = dialect.file();
        read_by_profile(dialect, &file);
        let is_read = is_read_by_itself(dialect, &file);
        assert!(is_read || dialect.headings().is_none(), "{} has known headings:\n{file}", dialect.bank);
        if is_read { &mut by_itself } else { &mut by_profile }.push(dialect.bank);
    }
    for (bank, why) in BEYOND {
        assert!(dialects.iter().any(|dialect| dialect.bank == bank), "{bank} ({why}) is not in the table");
    }
    let known = dialects.iter().filter(|dialect| dialect.headings().is_some()).count();
    assert_eq!(known, HEADINGS.len(), "every heading belongs to a dialect");
    let counts = (dialects.len(), by_itself.len(), by_profile.len());
    assert_eq!(counts, (114, 86, 24), "by a profile alone: {by_profile:#?}");
}
