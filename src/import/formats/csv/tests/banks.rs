//! The header lines of banks as they publish them, and which columns are taken.

use super::super::super::Options;
use super::super::headers::{Columns, Money, choose};

/// Header, then date, amount (or out/in), payee and memo by their names.
#[rustfmt::skip]
const BANKS: &[(&str, &str)] = &[
    // Germany, Austria, Switzerland
    ("Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;Umsatztyp;IBAN;Betrag (€);Gläubiger-ID;Mandatsreferenz;Kundenreferenz",
        "Buchungsdatum|Betrag (€)|Zahlungsempfänger*in|Verwendungszweck"),
    ("Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Kontonummer;BLZ;Betrag (EUR);Gläubiger-ID;Mandatsreferenz;Kundenreferenz",
        "Buchungstag|Betrag (EUR)|Auftraggeber / Begünstigter|Verwendungszweck"),
    ("Buchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung",
        "Buchung|Betrag|Auftraggeber/Empfänger|Verwendungszweck"),
    ("Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Betrag;Soll;Haben;Währung",
        "Buchungstag|Soll/Haben|Begünstigter / Auftraggeber|Verwendungszweck"),
    ("Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung",
        "Buchungstag|Betrag|Name Zahlungsbeteiligter|Verwendungszweck"),
    ("Abschlussdatum;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3",
        "Buchungsdatum|Belastung/Gutschrift|Beschreibung1|"),
    ("Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF",
        "Datum|Lastschrift in CHF/Gutschrift in CHF|Avisierungstext|"),
    ("IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date",
        "Booked At|Credit/Debit Amount|Text|"),
    // United Kingdom, Ireland
    ("Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In",
        "Date|Money Out/Money In|Name|"),
    ("Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes",
        "Date|Amount (GBP)|Counter Party|Reference"),
    ("Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance",
        "Transaction Date|Debit Amount/Credit Amount|Transaction Description|"),
    ("Date, Type, Description, Value, Balance, Account Name, Account Number",
        "Date| Value| Description|"),
    ("Posted Account, Posted Transactions Date, Description1, Description2, Debit Amount, Credit Amount,Balance,Posted Currency,Transaction Type,Local Currency Amount",
        " Posted Transactions Date| Debit Amount/ Credit Amount| Description1|"),
    ("Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance",
        "Started Date|Amount|Description|"),
    ("TransferWise ID,Date,Date Time,Amount,Currency,Description,Payment Reference,Running Balance,Exchange To,Payer Name,Payee Name,Merchant,Note,Total fees",
        "Date|Amount|Payee Name|Payment Reference"),
    // United States, Canada, Australia, New Zealand, India
    ("Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #",
        "Posting Date|Amount|Description|"),
    ("Transaction Date,Post Date,Description,Category,Type,Amount,Memo",
        "Transaction Date|Amount|Description|Memo"),
    ("Date,Description,Amount,Running Bal.", "Date|Amount|Description|"),
    ("Status,Date,Description,Debit,Credit", "Date|Debit/Credit|Description|"),
    ("Trans. Date,Post Date,Description,Amount,Category", "Trans. Date|Amount|Description|"),
    ("Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,Subject,Balance",
        "Date|Net|Name|Subject"),
    ("First Bank Card,Transaction Type,Date Posted, Transaction Amount,Description",
        "Date Posted| Transaction Amount|Description|"),
    ("Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial",
        "Date|Debit Amount/Credit Amount|Narrative|"),
    ("Account number,Date,Memo/Description,TP ref,OP name,Amount (credit),Amount (debit),Amount,Balance",
        "Date|Amount (debit)/Amount (credit)|Memo/Description|"),
    ("Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance",
        "Date|Withdrawal Amt./Deposit Amt.|Narration|"),
    // France, Belgium, Netherlands
    ("dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance",
        "dateOp|amount|supplierFound|comment"),
    ("Date;Libellé;Débit euros;Crédit euros;", "Date|Débit euros/Crédit euros|Libellé|"),
    ("Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Debit;Credit;Date operation;Date de valeur",
        "Date de comptabilisation|Debit/Credit|Libelle operation|Reference"),
    ("Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Vrije mededeling",
        "Datum|debet/credit|Naam tegenpartij|Vrije mededeling"),
    ("Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;Naam van de tegenpartij;Mededeling;Details;Status",
        "Uitvoeringsdatum|Bedrag|Naam van de tegenpartij|Mededeling"),
    ("Datum;Naam / Omschrijving;Rekening;Tegenrekening;Code;Af Bij;Bedrag (EUR);Mutatiesoort;Mededelingen;Saldo na mutatie;Tag",
        "Datum|Bedrag (EUR)|Naam / Omschrijving|Mededelingen"),
    ("Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Referentie;Boekdatum",
        "Transactiedatum|Bedrag|Tegenrekeninghouder|"),
    // Italy, Spain, Portugal, Brazil
    ("Data;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato", "Data|Uscite/Entrate|Descrizione|"),
    ("Data contabile;Data valuta;Descrizione;Accrediti;Addebiti;Descrizione estesa", "Data contabile|Addebiti/Accrediti|Descrizione|"),
    ("F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones", "Fecha|Importe|Concepto|Observaciones"),
    ("FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO", "FECHA OPERACIÓN|IMPORTE EUR|CONCEPTO|"),
    ("Data Mov.;Data Valor;Descrição;Débito;Crédito;Saldo contabilístico", "Data Mov.|Débito/Crédito|Descrição|"),
    ("Data Lançamento;Descrição;Valor;Saldo", "Data Lançamento|Valor|Descrição|"),
    // North
    ("Bokföringsdatum;Valutadatum;Verifikationsnummer;Text/mottagare;Belopp;Saldo", "Bokföringsdatum|Belopp|Text/mottagare|"),
    ("Dato;Kategori;Underkategori;Tekst;Beløb;Saldo;Status;Afstemt", "Dato|Beløb|Tekst|"),
    ("Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto", "Dato|Ut fra konto/Inn på konto|Forklaring|"),
    ("Kirjauspäivä;Arvopäivä;Määrä EUROA;Laji;Selitys;Saaja/Maksaja;Viite;Viesti;Arkistointitunnus", "Kirjauspäivä|Määrä EUROA|Saaja/Maksaja|Viesti"),
    // East
    ("#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;#Saldo po operacji", "#Data operacji|#Kwota|#Opis operacji|"),
    ("Data transakcji;Data księgowania;Dane kontrahenta;Tytuł;Nr rachunku;Nr transakcji;Kwota transakcji (waluta rachunku);Waluta", "Data transakcji|Kwota transakcji (waluta rachunku)|Dane kontrahenta|Tytuł"),
    ("ID pohybu;Datum;Objem;Měna;Protiúčet;Název protiúčtu;Kód banky;Poznámka", "Datum|Objem|Název protiúčtu|Poznámka"),
    // Other programs
    ("Account,Flag,Date,Payee,Category Group/Category,Memo,Outflow,Inflow,Cleared", "Date|Outflow/Inflow|Payee|Memo"),
    ("journal_id,created_at,type,currency_code,amount,foreign_amount,description,date,source_name,destination_name,notes", "date|amount|destination_name|notes"),
];

/// The chosen columns by name.
fn shown(names: &[String], columns: &Columns) -> String {
    let name = |column: Option<usize>| column.map_or("", |column| names[column].as_str());
    let money = match columns.money {
        Money::Amount(column) => name(Some(column)).to_owned(),
        Money::Sides { debit, credit } => format!("{}/{}", name(debit), name(credit)),
    };
    let (date, payee, memo) = (name(Some(columns.date)), columns.payee.first(), columns.memo.first());
    format!("{date}|{money}|{}|{}", name(payee.copied()), name(memo.copied()))
}

#[test]
fn headers_of_banks_are_known() {
    let mut failures = Vec::new();
    for (header, expected) in BANKS {
        let delimiter = if header.contains(';') { ';' } else { ',' };
        let names: Vec<_> = header.split(delimiter).map(str::to_owned).collect();
        match choose(&names, None, &Options::default(), None) {
            Ok(columns) if shown(&names, &columns) == *expected => {}
            Ok(columns) => failures.push(format!("{}\n  expected {expected}", shown(&names, &columns))),
            Err(invalid) => failures.push(format!("{invalid} in {header}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
