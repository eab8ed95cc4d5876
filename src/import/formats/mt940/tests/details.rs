//! What the banks write into `:86:`, as cases.

use super::super::details::{Details, read};

/// The details as `payee | memo | other account`.
fn shown(details: &Details) -> String {
    let texts = [&details.payee, &details.memo, &details.other_account];
    texts.map(|text| text.as_deref().unwrap_or("-")).join(" | ")
}

#[test]
fn each_bank_has_its_own_way() {
    let cases = [
        // German subfields.
        (
            "020?00SEPA ÜBERWEISUNG?20Rechnung 4711?32Firma Müller",
            "Firma Müller | Rechnung 4711 SEPA ÜBERWEISUNG | -",
        ),
        (
            "166?00GUTSCHRIFT?20EREF+EndToEndId TFNR 22 004?21 00001?22SVWZ+Verw CTSc-01 BC-PPP TF?23Nr 22 004\
             ?31DE14508800500194785000?32KARL?33        KAUFMANN",
            "KARL KAUFMANN | Verw CTSc-01 BC-PPP TFNr 22 004 GUTSCHRIFT | DE14508800500194785000",
        ),
        ("159?00RETOURE?20EREF+1?21MTLG:Reject?34914", "- | EREF+1 MTLG:Reject RETOURE | -"),
        ("020?20IBAN+DE12 BIC+X SVWZ+Why? 20% off?32Shop", "Shop | Why? 20% off | DE12"),
        ("020?20Miete?60 und Heizung?3010020030?31234567?380000", "- | Miete und Heizung | 234567"),
        ("835<00Przelew<20Za prad<32ZAKLAD", "ZAKLAD | Za prad Przelew | -"),
        ("?20only a purpose?32?31", "- | only a purpose | -"),
        ("020?00A?2\n0B?\n32C", "C | B A | -"),
        ("20?00A", "- | 20?00A | -"),
        ("999PN5477SCHECK-NR. 1", "- | 999PN5477SCHECK-NR. 1 | -"),
        // Dutch keys.
        (
            "/TRTP/SEPA OVERBOEKING/IBAN/NL12RABO0123456789/BIC/RABONL2U/NAME/J JANSEN/REMI/Rent May/EREF/NOTPROVIDED",
            "J JANSEN | Rent May | NL12RABO0123456789",
        ),
        (
            "/EREF/X//CNTP/NL08ABNA9999999999/ABNANL2A/ONTVANGER/CITY//REMI/USTD//EV10001REP1000000T1000/",
            "ONTVANGER | EV10001REP1000000T1000 | NL08ABNA9999999999",
        ),
        ("/BENM//NAME/JOHN DOE/REMI//ISDT/2013-01-02", "JOHN DOE | - | -"),
        ("/TRTP/iDEAL/NAME/SHOP", "SHOP | iDEAL | -"),
        ("/REMI/Rent and/or heat", "- | Rent and/or heat | -"),
        ("/WHAT/ever", "- | /WHAT/ever | -"),
        // ABN's columns.
        (
            "GIRO   428428 KPN - DIGITENNE  BETALINGSKENM.",
            "KPN - DIGITENNE | GIRO 428428 KPN - DIGITENNE BETALINGSKENM. | 428428",
        ),
        (
            "GIRO   1234567 AAAAAAAAAAAAAAAAABBETREFT",
            "AAAAAAAAAAAAAAAAA | GIRO 1234567 AAAAAAAAAAAAAAAAABBETREFT | 1234567",
        ),
        ("52.89.39.882      MYCOM DEN HAAG", "MYCOM DEN HAAG | 52.89.39.882 MYCOM DEN HAAG | 52.89.39.882"),
        ("BEA   NR:X1   21.05.11/12.54 DIRX,PAS999", "DIRX | BEA NR:X1 21.05.11/12.54 DIRX,PAS999 | -"),
        ("GIRO X", "- | GIRO X | -"),
        ("BEA NR:1", "- | BEA NR:1 | -"),
        // Labels, codes and plain words.
        ("FACTUUR 1\nREK: NL65INGB0123456789/NAAM: PICQER", "PICQER | FACTUUR 1 | NL65INGB0123456789"),
        ("A44?Librairie Gibert Joseph\nVirement en ligne", "Librairie Gibert Joseph | Virement en ligne | -"),
        ("  two\n\n  lines\there ", "- | two lines here | -"),
        ("", "- | REF 1 | -"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(&read(text, "REF 1", "")), expected, "{text}");
    }
}

#[test]
fn the_entry_may_name_the_other_side() {
    let cases = [
        ("x", "EREF", "NL70ABNA0987654321", "- | x | NL70ABNA0987654321"),
        ("x", "NONREF", "Card transaction", "- | x Card transaction | -"),
        ("Card transaction 7", "NONREF", "Card transaction", "- | Card transaction 7 | -"),
        ("x", "NONREF", "/OCMT/EUR4,5/", "- | x | -"),
        (
            "B32?TREMBLAY, MARIE Paiement mobile",
            "NONREF",
            "Paiement mobile",
            "TREMBLAY, MARIE | Paiement mobile | -",
        ),
        ("0987654321 marechal s\n\ndit is", "0987654321", "marechal s", "marechal s | dit is | 0987654321"),
        ("0987654321 marechal senior", "0987654321", "marechal s", "- | 0987654321 marechal senior | -"),
        ("", "NONREF", "", "- | - | -"),
    ];
    for (text, reference, extra, expected) in cases {
        assert_eq!(shown(&read(text, reference, extra)), expected, "{text}");
    }
}
