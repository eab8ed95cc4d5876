//! The words inside rows: booked or pending, money in or out, footers and balances.
//!
//! Compared by their folded form. `cells` and `survey` ask; header words are in `words`.

use super::super::text::amounts::Side;
use super::super::text::fold;

/// How far the bank is with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booking {
    /// Booked, or nothing said.
    Booked,
    /// Not yet.
    Pending,
    /// Never: declined or failed, no money moved.
    Void,
}

#[rustfmt::skip]
const PENDING: &[&str] = &[
    "pending", "vorgemerkt", "vorgemerkte", "en attente", "en cours", "a venir", "in behandeling",
    "gereserveerd", "reserverad", "reserveret", "reservert", "reservation", "pendiente", "pendente",
    "in sospeso", "in attesa", "non contabilizzato", "nicht gebucht", "noch nicht gebucht", "ausstehend",
    "offen", "in bearbeitung", "authorised", "authorized", "authorisation", "authorization", "on hold",
    "unposted", "not posted", "not booked", "uncleared", "in progress", "processing", "varaus",
    "oczekujaca", "oczekuje", "venter", "afventer", "venter", "afventer", "blokada", "blokace", "ceka na zauctovani", "nezauctovano", "fuggo",
    "konyveletlen",
];

#[rustfmt::skip]
const VOID: &[&str] = &[
    "declined", "failed", "rejected", "cancelled", "canceled", "denied", "expired", "voided", "reverted",
    "abgelehnt", "fehlgeschlagen", "storniert und nicht gebucht", "refuse", "refusee", "annule", "annulee",
    "echoue", "geweigerd", "geannuleerd", "mislukt", "rifiutato", "annullato", "rechazado", "rechazada",
    "cancelado", "cancelada", "odrzucona", "anulowana", "zamitnuto",
];

#[rustfmt::skip]
const DEBIT: &[&str] = &[
    "debit", "debits", "dr", "d", "db", "dbit", "s", "soll", "af", "debet", "out", "debito", "addebito",
    "dare", "cargo", "debe", "belastung", "lastschrift", "withdrawal", "expense", "uit", "ut", "sortie",
    "wydatek", "obciazenie", "uscita", "money out", "paid out", "outgoing", "gasto",
];

#[rustfmt::skip]
const CREDIT: &[&str] = &[
    "credit", "credits", "cr", "c", "crdt", "h", "haben", "bij", "kredit", "k", "in", "credito",
    "accredito", "avere", "abono", "haber", "gutschrift", "deposit", "income", "inn", "entree", "uznanie",
    "entrata", "money in", "paid in", "incoming", "ingreso",
];

#[rustfmt::skip]
const BALANCES: &[&str] = &[
    "opening balance", "closing balance", "beginning balance", "ending balance", "balance brought forward",
    "balance carried forward", "brought forward", "carried forward", "previous balance", "anfangssaldo",
    "endsaldo", "saldovortrag", "alter kontostand", "neuer kontostand", "alter saldo", "neuer saldo",
    "solde initial", "solde final", "ancien solde", "nouveau solde", "beginsaldo", "eindsaldo",
    "saldo iniziale", "saldo finale", "saldo inicial", "saldo final", "saldo anterior", "ingaende saldo",
    "utgaende saldo", "saldo poczatkowe", "saldo koncowe", "pocatecni zustatek", "konecny zustatek",
    "turnover",
];

#[rustfmt::skip]
const FOOTERS: &[&str] = &[
    "total", "totals", "sum", "summe", "summa", "somme", "gesamt", "totaal", "totale", "totaux", "balance",
    "saldo", "solde", "kontostand", "grand total", "subtotal", "zwischensumme", "opening balance",
    "closing balance", "anfangssaldo", "endsaldo", "alter kontostand", "neuer kontostand",
    "beginning balance", "ending balance", "end of file", "zustatek", "razem", "celkem",
];

/// Whether the text begins with a phrase, as whole words.
fn begins_with(phrases: &[&str], folded: &str) -> bool {
    let is_whole = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    phrases.iter().any(|phrase| folded.strip_prefix(phrase).is_some_and(is_whole))
}

/// Whether a phrase stands anywhere in the text, as whole words.
fn has(phrases: &[&str], folded: &str) -> bool {
    let later = folded.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(later).any(|at| begins_with(phrases, &folded[at..]))
}

/// What a cell of a status column says; the phrase may stand among others, as in `Umsatz vorgemerkt`.
pub fn booking(text: &str) -> Booking {
    let folded = fold(text);
    if has(VOID, &folded) {
        Booking::Void
    } else if has(PENDING, &folded) {
        Booking::Pending
    } else {
        Booking::Booked
    }
}

/// Whether the text in place of a date says that there is none yet.
pub fn is_pending(text: &str) -> bool {
    PENDING.contains(&fold(text).as_str())
}

/// Whether a text is the name of a balance and nothing else.
pub fn is_balance(text: &str) -> bool {
    may_be_balance(text) && BALANCES.contains(&fold(text).as_str())
}

/// Saves folding nearly every payee, which would be felt: balances begin with these letters.
fn may_be_balance(text: &str) -> bool {
    let [a, b, ..] = text.as_bytes() else { return false };
    let start = [a.to_ascii_lowercase(), b.to_ascii_lowercase()];
    text.len() < 30
        && matches!(
            &start,
            b"al"
                | b"an"
                | b"ba"
                | b"be"
                | b"br"
                | b"ca"
                | b"cl"
                | b"ei"
                | b"en"
                | b"in"
                | b"ko"
                | b"ne"
                | b"no"
                | b"op"
                | b"po"
                | b"pr"
                | b"sa"
                | b"so"
                | b"tu"
                | b"ut"
        )
}

/// Whether a text begins with the name of a balance: `Beginning balance as of 01/01/2026`.
pub fn begins_as_balance(text: &str) -> bool {
    begins_with(BALANCES, &fold(text))
}

/// Whether a text is the name of a line below the rows and nothing else.
pub fn is_footer(text: &str) -> bool {
    FOOTERS.contains(&fold(text).as_str())
}

/// Whether a text begins as lines below the rows do.
pub fn begins_as_footer(text: &str) -> bool {
    begins_with(FOOTERS, &fold(text))
}

/// Whether money goes in or out, by the word of a flag column; none for other words.
pub fn side(text: &str) -> Option<Side> {
    let folded = fold(text);
    match text {
        "+" => Some(Side::Credit),
        "-" | "\u{2212}" => Some(Side::Debit),
        _ if DEBIT.contains(&folded.as_str()) => Some(Side::Debit),
        _ if CREDIT.contains(&folded.as_str()) => Some(Side::Credit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_folded() {
        for phrases in [PENDING, VOID, DEBIT, CREDIT, BALANCES, FOOTERS] {
            for phrase in phrases {
                assert_eq!(fold(phrase), *phrase);
            }
        }
    }

    #[test]
    fn statuses_are_read() {
        let cases = [
            ("Pending", Booking::Pending),
            ("Umsatz vorgemerkt", Booking::Pending),
            ("En attente", Booking::Pending),
            ("Umsatz gebucht", Booking::Booked),
            ("Posted", Booking::Booked),
            ("COMPLETED", Booking::Booked),
            ("DECLINED", Booking::Void),
            ("", Booking::Booked),
        ];
        for (text, expected) in cases {
            assert_eq!(booking(text), expected, "{text}");
        }
    }

    #[test]
    fn sides_and_footers_are_read() {
        assert_eq!(side("Af"), Some(Side::Debit));
        assert_eq!(side("Crédit"), Some(Side::Credit));
        assert_eq!(side("Visa"), None);
        assert!(begins_as_footer("Total:") && !begins_as_footer("Totalenergies"));
        assert!(BALANCES.iter().all(|phrase| may_be_balance(phrase)));
        assert!(is_balance("Opening Balance") && !is_balance("Opening Balance Ltd"));
    }
}
