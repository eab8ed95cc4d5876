//! The header words of the banks: what a column is for, by its name.
//!
//! Collected from the exports of some two hundred banks (`shared/cases/csv-dialects.tsv`, and the
//! readers of csv2ofx, bank2ynab and YNAB's converters). `headers` chooses among the columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use iso_currency::Currency;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The day; rank 0 of the booking or transaction, rank 1 of the value date.
    Date,
    /// A signed amount.
    Amount,
    /// Money out.
    Debit,
    /// Money in.
    Credit,
    /// The account's balance.
    Balance,
    /// The other party by name.
    Payee,
    /// A text that says who or what.
    Text,
    /// A further text.
    Memo,
    /// The currency of the amount.
    Currency,
    /// Currency in the north, value date elsewhere: the values tell.
    Valuta,
    /// What the bank numbers transactions by.
    Id,
    /// The user's own account; rank 0 plainly so, rank 1 by a name, rank 2 only before the payee
    /// (behind it, it is the other party's), rank 3 a product.
    Account,
    /// Whether it is booked.
    Status,
    /// Whether it is money in or out.
    Flag,
}

/// A column's role, and how good a candidate it is: 0 is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it is for.
    pub role: Role,
    /// Lower ranks are preferred.
    pub rank: u8,
    /// Whether a number stands behind the word: `Description 1`.
    pub is_numbered: bool,
}

/// Folded phrases, by role and rank.
const PHRASES: &[(Role, u8, &[&str])] = &[
    (
        Role::Date,
        0,
        &[
            "date|transaction date|transactions date|trans date|txn date|tran date|posting date|post date|posted date",
            "date posted|posted transactions date|posted|booking date|booked date|booked|booked on|entry date|created",
            "effective date|date processed|processed date|process date|processed on|created on|created date|created at",
            "started date|completed date|completed on|payment date|operation date|trade date|accounting date|date time",
            "purchase date|date of transaction|date of purchase|date started|date completed|activity date|timestamp",
            "datum|buchungstag|buchungsdatum|buchung|belegdatum|transaktionsdatum|kaufdatum|umsatzdatum|umsatztag",
            "datum der buchung|datum der transaktion|abrechnungsdatum|ausfuhrungsdatum|valuta buchungstag",
            "date operation|date d operation|date de l operation|date comptable|date de comptabilisation|date transaction",
            "date de transaction|date de la transaction|date d achat|date ecriture|date d ecriture|date d execution",
            "date de comptabilite|date de l ecriture",
            "boekingsdatum|boekdatum|transactiedatum|datum transactie|uitvoeringsdatum|verwerkingsdatum|datum boeking",
            "data|data operazione|data contabile|data movimento|data registrazione|data contabilizzazione",
            "data transazione|data operacao|data mov|data do movimento|data lancamento|data lanc|data movimiento",
            "fecha|fecha operacion|fecha de operacion|fecha de la operacion|fecha contable|fecha transaccion",
            "fecha de transaccion|fecha movimiento|f operacion|f contable|fecha compra",
            "bokforingsdag|bokforingsdatum|bokford|bokfort|transaktionsdag|kopdatum|reskontradatum",
            "dato|bogforingsdato|bogfort|posteringsdato|transaktionsdato|kobsdato|bokforingsdato|bokfort dato",
            "utfort dato|transaksjonsdato|paivamaara|pvm|kirjauspaiva|kirjauspaivamaara|tapahtumapaiva|maksupaiva",
            "data operacji|data transakcji|data ksiegowania|data zaksiegowania",
            "datum provedeni|datum zauctovani|datum transakce|datum uctovani|datum a cas|datum zauctovania",
            "datum transakcie|konyveles datuma|konyvelesi datum|konyveles napja|tranzakcio datuma|tranzakcio idopontja",
            "data tranzactiei|дата|дата операции|tarih|islem tarihi|ημερομηνια",
        ],
    ),
    (
        Role::Date,
        1,
        &[
            "value date|valuation date|interest date|settlement date|wertstellung|wertstellungstag|wertstellungsdatum",
            "valutadatum|valuta datum|valutatag|date valeur|date de valeur|rentedatum|data valuta|data valor",
            "fecha valor|f valor|valutadag|valordato|rentedato|valuteringsdato|arvopaiva|data waluty|erteknap|datum valuty",
        ],
    ),
    (
        Role::Amount,
        0,
        &[
            "amount|transaction amount|amt|amount paid|paid amount|net amount|net|account amount|booked amount",
            "posted amount|payment amount|billing amount|amount in account currency|money|local currency amount",
            "betrag|umsatz|buchungsbetrag|umsatzbetrag|betrag der buchung|betrag in kontowahrung",
            "montant|montant operation|montant de l operation|montant de la transaction|montant net|somme",
            "bedrag|transactiebedrag|bedrag bij af|bedrag af bij",
            "importo|importo operazione|importo netto|ammontare|importe|importe operacion|monto|cantidad|montante|quantia",
            "belopp|transaktionsbelopp|belob|belop|maara|summa|kwota|kwota operacji|kwota transakcji",
            "castka|castka v mene uctu|zauctovana castka|objem|suma|ciastka|osszeg|konyvelt osszeg|сумма|tutar|ποσο",
        ],
    ),
    (Role::Amount, 1, &["value|valor|sum|total|wert|importancia|valeur|zahlung|price"]),
    (
        Role::Debit,
        0,
        &[
            "debit|debits|debit amount|debit amt|amount debit|withdrawal|withdrawals|withdrawal amount|withdrawn|dr",
            "paid out|paid out amount|money out|amount out|out|outflow|outgoing|spent|expense|expenses|payments out",
            "soll|sollbetrag|belastung|belastungen|belastungsbetrag|betrag belastung|lastschriften|ausgang|ausgange",
            "ausgabe|ausgaben|abgang|debits montant|montant debit|depense|depenses|sortie|sorties|retrait|retraits",
            "af|uitgaven|uitgave|debet|bedrag af|uit|addebito|addebiti|uscite|uscita|dare",
            "cargo|cargos|debe|debito|debitos|gasto|gastos|retiro|retiros|saida|saidas",
            "uttag|utgift|utgifter|haevet|udgift|ut|ut fra konto|ut av konto|belastet|uttak|otto|veloitus",
            "obciazenia|obciazenie|kwota obciazenia|terheles",
        ],
    ),
    (
        Role::Credit,
        0,
        &[
            "credit|credits|credit amount|credit amt|amount credit|deposit|deposits|deposit amount|deposited|cr",
            "paid in|paid in amount|money in|amount in|in|inflow|incoming|received|income|payments in",
            "haben|habenbetrag|gutschrift|gutschriften|gutschriftsbetrag|betrag gutschrift|eingang|eingange",
            "einnahme|einnahmen|zugang|montant credit|recette|recettes|entree|entrees|depot|depots",
            "bij|inkomsten|bedrag bij|accredito|accrediti|entrate|entrata|avere",
            "abono|abonos|haber|credito|creditos|ingreso|ingresos|deposito|depositos|entradas",
            "insattning|insattningar|inkomst|inkomster|indsat|inn|inn pa konto|innskudd|pano|hyvitys",
            "uznania|uznanie|wplata|kwota uznania|jovairas",
        ],
    ),
    (
        Role::Balance,
        0,
        &[
            "balance|running balance|account balance|available balance|ledger balance|balance after transaction|new balance",
            "balance after|current balance|closing balance|saldo|kontostand|neuer saldo|saldo nach buchung|solde",
            "solde apres operation|saldo na trn|saldo na mutatie|saldo na boeking|saldo contabile|saldo disponible",
            "saldo final|bokfort saldo|bogfort saldo|bokford saldo|saldo po operacji|saldo po transakcji|zustatek",
            "zostatok|egyenleg|konyvelt egyenleg|stan konta|остаток|bakiye|tilin saldo",
        ],
    ),
    (
        Role::Payee,
        0,
        &[
            "payee|payee name|merchant|merchant name|counterparty|counterparty name|counter party|counter party name",
            "partner name|beneficiary name|beneficiary|recipient|recipient name|remitter|vendor|name of counterparty",
            "other party|other party name|target name|paid to|receiver name|to from|from to|sender recipient|name",
            "empfanger|empfaenger|zahlungsempfanger|zahlungsempfaenger|zahlungsempfanger in|auftraggeber empfanger",
            "auftraggeber empfaenger|empfanger auftraggeber|beguenstigter zahlungspflichtiger|beguenstigter",
            "begunstigter zahlungspflichtiger|auftraggeber begunstigter|auftraggeber beguenstigter|begunstigter",
            "name zahlungsbeteiligter|zahlungsbeteiligter|gegenpartei|handler|haendler|name des partners|handlername",
            "sender empfanger|empfanger zahlungspflichtiger|sender empfaenger|absender empfanger|partner",
            "beneficiaire|tiers|contrepartie|nom de la contrepartie|nom contrepartie|nom du tiers|nom|commercant|marchand",
            "naam|naam tegenpartij|tegenpartij|naam omschrijving|begunstigde|tegenrekeninghouder|naam tegenrekening",
            "naam ontvanger|naam begunstigde|beneficiario|controparte|esercente|ordinante beneficiario|comercio|nombre",
            "contraparte|destinatario|nome|mottagare|motpart|namn|mottaker|modtager|navn|saaja maksaja|saajan nimi|nimi",
            "nazwa kontrahenta|kontrahent|odbiorca|nadawca odbiorca|nazev protistrany|protistrana|nazev protiuctu",
            "nazev obchodnika|prijemce|partner neve|partner nev|ellenoldali nev|kedvezmenyezett|контрагент|получатель",
        ],
    ),
    (
        Role::Payee,
        1,
        &[
            "auftraggeber|zahlungspflichtiger|zahlungspflichtige r|absender|sender|emetteur|ordinante|referens|avsandare",
            "afsender|betaler|maksaja|saaja|nadawca|destinataire|payer|payer name|customer name|entity",
        ],
    ),
    (
        Role::Text,
        0,
        &[
            "description|transaction description|details|transaction details|narrative|particulars|text|booking text",
            "statement description|label|notification text|transaction|item|summary",
            "beschreibung|buchungstext|bezeichnung|buchungsdetails|umsatztext|avisierungstext|vorgang verwendungszweck",
            "libelle|libelle operation|libelle de l operation|designation|intitule|operation|nature de l operation|texte",
            "omschrijving|descrizione|descrizione operazione|concepto|descripcion|detalle|movimiento|descricao|historico",
            "descritivo|beskrivning|transaktion|rubrik|specifikation|titel|tekst|beskrivelse|forklaring|selite|kuvaus",
            "opis|opis operacji|opis transakcji|popis|popis transakce|leiras|megnevezes|kozlemeny|описание|aciklama",
        ],
    ),
    (
        Role::Text,
        1,
        &[
            "original description|full description|vorgang|causale|libelle simplifie|libelle court|descrizione estesa",
            "merchant description|transaction narrative|extended description|dettagli|narration",
        ],
    ),
    (
        Role::Memo,
        0,
        &[
            "memo|note|notes|reference|payment reference|comment|comments|message|remittance information|purpose",
            "additional info|additional information|extended details|remark|remarks|transaction notes|sub description",
            "payment details|structured reference|user notes|customer reference|your reference|description 2nd",
            "verwendungszweck|vwz|zahlungsgrund|notiz|notizen|bemerkung|bemerkungen|mitteilung|zahlungszweck|kommentar",
            "zahlungsreferenz|nachricht|informationen zahlungsreferenz|referenz|buchungsinformation|buchungsinformationen",
            "communication|communications|motif|commentaire|commentaires|informations complementaires|remarque",
            "libelle complementaire|detail de l ecriture|libelle detaille|reference operation",
            "mededelingen|mededeling|opmerking|opmerkingen|betalingskenmerk|note operazione|riferimento|observaciones",
            "referencia|comentario|notas|mas datos|observacoes|meddelande|notering|besked|egen note|melding|viesti",
            "tytul|tytulem|tytul operacji|zprava|zprava pro prijemce|poznamka|megjegyzes|назначение платежа|комментарии",
        ],
    ),
    (
        Role::Currency,
        0,
        &[
            "currency|ccy|cur|curr|account currency|currency code|wahrung|waehrung|whg|kontowahrung|devise|monnaie|monn",
            "devise du compte|munt|muntsoort|divisa|moneda|moeda|waluta|mena|devizanem|valuutta|валюта|para birimi",
        ],
    ),
    (
        Role::Currency,
        1,
        &["transaction currency|posted currency|booking currency|amount currency|buchungswahrung"],
    ),
    (Role::Valuta, 0, &["valuta"]),
    (
        Role::Id,
        0,
        &[
            "id|transaction id|transaction identifier|txn id|trans id|trn id|fitid|unique id|transaction uid|payment id",
            "transaction reference|transaction ref|transaction number|transaction no|transaction nr|trn|transfer id",
            "transferwise id|wise id|entry reference|bank reference|bank transaction id|reference number|transaction hash",
            "transaktions id|transaktionsid|transaktionsnummer|transaktionsnr|transaktionsreferenz|umsatz id|buchungs id",
            "bankreferenz|buchungsreferenz|n de transaction|no de transaction|numero de transaction|num transaction",
            "id transaction|identifiant|identifiant transaction|reference de transaction|volgnr|volgnummer",
            "transactiereferentie|transactie id|id transazione|numero transazione|id transaccion|numero de transaccion",
            "id transacao|arkivreferens|arkiveringsreferens|arkivref|arkistointitunnus|archiwalny numer|id transakcji",
            "numer transakcji|id transakce|cislo transakce|id pohybu|id operace|id transakcie|tranzakcio azonosito",
            "номер операции|islem no",
        ],
    ),
    (
        Role::Account,
        0,
        &[
            "own account|posted account|account id|auftragskonto|iban auftragskonto|eigenes konto|eigen rekening|rekening",
            "eigene iban|iban eigenes konto|iban rekening|compte|cuenta|conto|rapporto",
        ],
    ),
    (
        Role::Account,
        1,
        &["account|account name|name of account|compte nom|kontoname|kontobezeichnung|kontonamn"],
    ),
    (
        Role::Account,
        2,
        &[
            "account number|account no|account nr|account iban|iban|iban bban|konto|kontonummer|kontonr|konto nr",
            "rekeningnummer|numero de compte|n de compte|no compte|numero compte|numero conto|numero de cuenta|conta",
            "numero conta|cislo uctu|numer konta|numer rachunku|szamlaszam|tilinumero|konto iban|iban konto",
        ],
    ),
    (Role::Account, 3, &["product|produit|produkt|prodotto"]),
    (
        Role::Status,
        0,
        &[
            "status|state|transaction status|booking status|payment status|statut|etat|stato|estado|buchungsstatus|info",
            "umsatzstatus|tila|situacao|stav|status transakcji|pending|allapot",
        ],
    ),
    (
        Role::Flag,
        0,
        &[
            "debit credit|credit debit|debit or credit|debit credit indicator|credit debit indicator|dr cr|cr dr|d c|c d",
            "dc|cd|soll haben|soll haben kennzeichen|s h|haben soll|af bij|bij af|plus min|debet credit|credit debet",
            "debet kredit|kredit debet|d k|k d|sens|signe|sign|dare avere|cargo abono|debito credito",
            "typ transakcji|debit kredit|kredit debit|amount type",
        ],
    ),
    (Role::Flag, 1, &["type|transaction type|typ|type de transaction|richtung|direction|tipo"]),
];

/// Words that make a date, and an amount, of a column whose name is not known as a whole.
const DATE_WORDS: &str = "date datum fecha data dato";
const AMOUNT_WORDS: &str = "amount betrag montant bedrag importo importe belopp belob belop kwota castka";
/// Words beside these that name another date, or another amount than that of the row.
const OTHER_DATES: &str =
    "value valeur valuta valor valutadatum due expiry start end from to statement birth";
const OTHER_AMOUNTS: &str = "original local foreign orig originale fee fees tax vat instructed individual einzel \
     einzelbetrag source target exchange rate currency fremdwahrung ursprungs ursprungsbetrag oorspr origin d \
     origine gebuhr cashback reward min max limit refund native in out debit credit type";

static KNOWN: LazyLock<HashMap<&str, (Role, u8)>> = LazyLock::new(|| {
    let phrases = |(role, rank, lines): &(Role, u8, &'static [&'static str])| {
        let (role, rank) = (*role, *rank);
        lines.iter().flat_map(|line| line.split('|')).map(move |phrase| (phrase, (role, rank)))
    };
    PHRASES.iter().flat_map(phrases).collect()
});

/// What a column of this name is for; none where the name says nothing.
pub fn meaning(header: &str) -> Option<Meaning> {
    if header.len() > 80 {
        return None;
    }
    let bare = without_brackets(header);
    let folded = fold(&bare);
    let numberless = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_numbered = numberless.len() < folded.len();
    let found = known(&folded).or_else(|| known(numberless)).or_else(|| known(without_currency(numberless)));
    let (role, rank) = found.or_else(|| by_words(&folded))?;
    Some(Meaning { role, rank, is_numbered })
}

fn known(folded: &str) -> Option<(Role, u8)> {
    KNOWN.get(folded).copied()
}

/// A date or an amount by a word in it, as a last choice.
fn by_words(folded: &str) -> Option<(Role, u8)> {
    let has = |list: &str| folded.split(' ').any(|word| list.split_whitespace().any(|known| known == word));
    if has(DATE_WORDS) {
        return Some((Role::Date, if has(OTHER_DATES) { 3 } else { 2 }));
    }
    (has(AMOUNT_WORDS) && !has(OTHER_AMOUNTS)).then_some((Role::Amount, 2))
}

/// `umsatz in eur` -> `umsatz`
fn without_currency(folded: &str) -> &str {
    let Some((rest, last)) = folded.rsplit_once(' ') else { return folded };
    let is_currency = last.starts_with("euro") || Currency::from_code(&last.to_ascii_uppercase()).is_some();
    if !is_currency {
        return folded;
    }
    rest.strip_suffix(" in").or_else(|| rest.strip_suffix(" en")).unwrap_or(rest)
}

/// The text without what stands in brackets, unless that is all of it.
fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = header
        .chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    if outside.trim().is_empty() { header.to_owned() } else { outside }
}

/// Lower-case letters and digits without accents, one blank between words; `AccountName` is two.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        folded(text.chars(), text.len())
    } else {
        folded(text.nfkd().filter(|c| !is_combining_mark(*c)), text.len())
    }
}

fn folded(text: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut was_lower = false;
    for c in text {
        let is_hump = was_lower && c.is_uppercase();
        was_lower = c.is_lowercase();
        if (is_hump || !c.is_alphanumeric()) && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
        if c.is_alphanumeric() {
            push_letter(&mut folded, c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Letters whose accents are part of them.
fn push_letter(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' => folded.push('d'),
        'ı' => folded.push('i'),
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        _ => folded.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(header: &str) -> Option<(Role, u8)> {
        meaning(header).map(|meaning| (meaning.role, meaning.rank))
    }

    #[test]
    fn phrases_are_folded_and_stand_once() {
        let mut seen = HashMap::new();
        for (role, rank, lines) in PHRASES {
            for phrase in lines.iter().flat_map(|line| line.split('|')) {
                assert_eq!(fold(phrase), phrase);
                assert_eq!(seen.insert(phrase, (role, rank)), None, "`{phrase}` stands twice");
            }
        }
    }

    #[test]
    fn headers_are_known_however_they_are_written() {
        let cases = [
            ("Date", Some((Role::Date, 0))),
            ("TransactionDate", Some((Role::Date, 0))),
            ("\u{feff}BOOKING DATE", Some((Role::Date, 0))),
            ("Date d'opération", Some((Role::Date, 0))),
            ("Bokföringsdag", Some((Role::Date, 0))),
            ("Date (DD/MM/YYYY)", Some((Role::Date, 0))),
            ("Wertstellung (Valuta)", Some((Role::Date, 1))),
            ("Posting Date and Time", Some((Role::Date, 2))),
            ("Umsatz in EUR", Some((Role::Amount, 0))),
            ("Amount (EUR)", Some((Role::Amount, 0))),
            ("Kwota [PLN]", Some((Role::Amount, 0))),
            ("Original Amount", None),
            ("Lastschrift Ursprungsbetrag", None),
            ("Withdrawals (SGD)", Some((Role::Debit, 0))),
            ("Inn på konto", Some((Role::Credit, 0))),
            ("RunningBalance", Some((Role::Balance, 0))),
            ("Beguenstigter/Zahlungspflichtiger", Some((Role::Payee, 0))),
            ("Naam / Omschrijving", Some((Role::Payee, 0))),
            ("N° de transaction", Some((Role::Id, 0))),
            ("Card No.", None),
            ("CheckNumber", None),
            ("IBAN/BBAN", Some((Role::Account, 2))),
            ("Partner Iban", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(role(header), expected, "{header}");
        }
        assert!(meaning("Omschrijving-2").unwrap().is_numbered);
        assert_eq!(role("VWZ14"), Some((Role::Memo, 0)));
    }
}
