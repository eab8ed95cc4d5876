//! What a single entry may look like: its day, its state, its texts, its direction.

use super::*;

#[test]
fn the_day_is_that_of_the_booking_in_the_banks_own_zone() {
    let cases = [
        ("<BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-07</Dt></ValDt>", Some("2026-03-05")),
        ("<BookgDt><DtTm>2026-03-05T23:59:59-11:00</DtTm></BookgDt>", Some("2026-03-05")),
        ("<BookgDt><DtTm>2026-03-05T00:00:00Z</DtTm></BookgDt>", Some("2026-03-05")),
        ("<ValDt><Dt>2026-03-07</Dt></ValDt>", Some("2026-03-07")),
        ("<BookgDt><Dt>2026-02-30</Dt></BookgDt><ValDt><Dt>2026-03-07</Dt></ValDt>", None),
        ("", None),
    ];
    for (dates, expected) in cases {
        let entry =
            format!("<Ntry><Amt Ccy='EUR'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{dates}</Ntry>");
        let outcome = read(&file(&entry));
        let found = outcome.lines.first().map(|line| line.date.to_string());
        assert_eq!(found.as_deref(), expected, "{dates}");
        assert_eq!(outcome.rejected.len(), usize::from(expected.is_none()), "{dates}");
    }
}

#[test]
fn the_status_decides_whether_it_is_a_row() {
    let cases = [
        ("<Sts>BOOK</Sts>", "booked"),
        ("<Sts><Cd>BOOK</Cd></Sts>", "booked"),
        ("<Sts>\n  <Cd> BOOK </Cd>\n</Sts>", "booked"),
        ("", "booked"),
        ("<Sts>PDNG</Sts>", "pending"),
        ("<Sts><Cd>FUTR</Cd></Sts>", "pending"),
        ("<Sts><Cd>INFO</Cd></Sts>", "left out"),
        ("<Sts><Prtry>MAYBE</Prtry></Sts>", "the status `MAYBE` is not known (`Sts`)"),
    ];
    for (status, expected) in cases {
        let entry = "<Amt Ccy='EUR'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-05</Dt></BookgDt>";
        let outcome = read(&file(&format!("<Ntry>{entry}{status}</Ntry>")));
        let found = match (outcome.lines.first(), outcome.reasons().first()) {
            (Some(line), _) if line.is_pending => "pending",
            (Some(_), _) => "booked",
            (None, Some((_, reason))) => reason,
            (None, None) => "left out",
        };
        assert_eq!(found, expected, "{status}");
        let is_noted = outcome.facts.notes.iter().any(|note| note.contains("for information"));
        assert_eq!(is_noted, expected == "left out", "{status}");
    }
}

#[test]
fn a_pending_entry_without_a_day_is_left_out_and_said() {
    let outcome =
        read(&file("<Ntry><Amt Ccy='EUR'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>"));
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (0, 0));
    assert_eq!(outcome.facts.notes, ["1 pending entry is left out: it has no date yet"]);
}

/// ISO 20022 on `RvslInd`: with `CRDT` the original operation was a debit, so the entry is a credit as it says.
#[test]
fn a_reversal_goes_the_way_its_indicator_says() {
    let parties = detail("<RltdPties><Dbtr><Nm>Sam</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>");
    let cases = [
        ("DBIT", "false", "-1.00", "Shop"),
        ("CRDT", "false", "1.00", "Sam"),
        ("CRDT", "true", "1.00", "Shop"),
        ("CRDT", "1", "1.00", "Shop"),
        ("DBIT", "true", "-1.00", "Sam"),
    ];
    for (side, reversal, amount, payee) in cases {
        let entry = format!(
            "<Ntry><Amt Ccy='EUR'>1.00</Amt><CdtDbtInd>{side}</CdtDbtInd><RvslInd>{reversal}</RvslInd><Sts>BOOK</Sts>\
             <BookgDt><Dt>2026-03-05</Dt></BookgDt>{parties}</Ntry>"
        );
        let line = read(&file(&entry)).lines.remove(0);
        assert_eq!(
            (line.amount.to_string().as_str(), line.payee.as_deref()),
            (amount, Some(payee)),
            "{side} {reversal}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_rejected_with_its_line_and_the_others_are_kept() {
    let rest = "<Sts>BOOK</Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt>";
    let cases = [
        ("<Amt Ccy='EUR'>1,00</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "`1,00` is not an amount (`Amt`)"),
        ("<Amt Ccy='EUR'>-1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>", "`-1.00` is not an amount (`Amt`)"),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "the entry has no amount (`Amt`)"),
        ("<Amt Ccy='EUR'>1</Amt>", "the entry does not say which way the money goes (`CdtDbtInd`)"),
        (
            "<Amt Ccy='EUR'>1</Amt><CdtDbtInd>OUT</CdtDbtInd>",
            "`OUT` is neither `CRDT` nor `DBIT` (`CdtDbtInd`)",
        ),
        ("<Amt Ccy='Euros'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "`Euros` is not a currency (`Ccy`)"),
    ];
    for (odd, reason) in cases {
        let outcome =
            read(&file(&format!("<Ntry>{DEBIT}</Ntry>\n<Ntry>{odd}{rest}</Ntry>\n<Ntry>{DEBIT}</Ntry>")));
        assert_eq!(outcome.reasons(), [(4, reason)]);
        assert_eq!(outcome.rejected[0].text, format!("<Ntry>{odd}{rest}</Ntry>"));
        assert_eq!((outcome.lines.len(), outcome.facts.row_count), (2, 3));
        assert_eq!((outcome.lines[0].line, outcome.lines[1].line), (3, 5));
    }
}

#[test]
fn the_currency_is_the_amounts_own_or_the_accounts_or_the_one_said() {
    let entry = "<Ntry><Amt>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-05</Dt></BookgDt></Ntry>";
    assert_eq!(read(&file(entry)).lines[0].currency.as_deref(), Some("EUR"));
    let bare = file(entry).replace("<Ccy>EUR</Ccy>", "");
    assert_eq!(read(&bare).lines[0].currency, None);
    let said = Options { currency: Some("CHF".to_owned()), ..Options::default() };
    assert_eq!(try_read(bare.as_bytes(), &said).unwrap().lines[0].currency.as_deref(), Some("CHF"));
    let own = file(&entry.replace("<Amt>", "<Amt Ccy=\"USD\">"));
    let outcome = try_read(own.as_bytes(), &said).unwrap();
    assert_eq!(outcome.lines[0].currency.as_deref(), Some("USD"));
    assert_eq!(outcome.facts.currencies, ["USD", "EUR"]);
}

#[test]
fn the_memo_is_the_first_of_four_texts() {
    let structured = "<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>";
    let added = "<AddtlTxInf>Card 12</AddtlTxInf>";
    let info = "<AddtlNtryInf>POS\n  payment</AddtlNtryInf>";
    let free = "<RmtInf><Ustrd>Invoice  7 </Ustrd><Ustrd>of May</Ustrd></RmtInf>";
    let cases = [
        (format!("{}{info}", detail(&format!("{free}{structured}{added}"))), Some("Invoice 7 of May")),
        (format!("{}{info}", detail(&format!("{structured}{added}"))), Some("RF18")),
        (format!("{}{info}", detail(added)), Some("Card 12")),
        (format!("{}{info}", detail("<RmtInf><Ustrd>NOTPROVIDED</Ustrd></RmtInf>")), Some("POS payment")),
        (info.to_owned(), Some("POS payment")),
        (detail("<RmtInf><Ustrd>  </Ustrd></RmtInf>"), None),
    ];
    for (more, expected) in cases {
        assert_eq!(row_of(&more).memo.as_deref(), expected, "{more}");
    }
}

#[test]
fn entities_are_resolved_once() {
    let cases = [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A &amp; B"),
        ("&lt;&gt;&quot;&apos;", "<>\"'"),
        ("caf&#233; &#xE9;", "café é"),
        ("<![CDATA[A & <B>]]>", "A & <B>"),
        ("one<!-- two --> three", "one three"),
        ("R&D", "R&D"),
        ("H & M, 5; 6", "H & M, 5; 6"),
    ];
    for (written, expected) in cases {
        let line = row_of(&detail(&format!("<RmtInf><Ustrd>{written}</Ustrd></RmtInf>")));
        assert_eq!(line.memo.as_deref(), Some(expected), "{written}");
    }
}

#[test]
fn the_bank_id_is_the_payments_reference_else_the_entrys() {
    let entry = "<AcctSvcrRef>E1</AcctSvcrRef>";
    let own = |reference: &str| detail(&format!("<Refs><AcctSvcrRef>{reference}</AcctSvcrRef></Refs>"));
    let cases = [
        (entry.to_owned(), Some("E1")),
        (format!("{entry}{}", own("D1")), Some("D1")),
        (format!("{entry}{}", own("NOTPROVIDED")), Some("E1")),
        (own(" NONREF "), None),
        ("<NtryRef>1</NtryRef>".to_owned(), None),
        (detail("<Refs><EndToEndId>X</EndToEndId></Refs>"), None),
    ];
    for (more, expected) in cases {
        assert_eq!(row_of(&more).bank_id.as_deref(), expected, "{more}");
    }
}

#[test]
fn any_prefix_and_any_envelope_will_do() {
    let plain = file(&format!("<Ntry>{DEBIT}</Ntry>"));
    let (head, body) = plain.split_once('\n').unwrap();
    let prefixed = body.replace("</", "</n:").replace('<', "<n:").replace("<n:/n:", "</n:");
    let prefixed = prefixed.replace("xmlns=", "xmlns:n=");
    let enveloped = format!("{head}\n<Envelope><AppHdr><Id>1</Id></AppHdr>{body}</Envelope>");
    for text in [format!("{head}\n{prefixed}"), enveloped] {
        let outcome = read(&text);
        assert_eq!(outcome.lines.len(), 1, "{text}");
        assert_eq!(outcome.facts.accounts, ["DE02120300000000202051"]);
        assert_eq!(outcome.facts.described[1], ("version".to_owned(), "camt.053.001.08".to_owned()));
    }
}

#[test]
fn any_encoding_will_do() {
    let text = file(&format!("<Ntry>{DEBIT}<AddtlNtryInf>Müller</AddtlNtryInf></Ntry>"));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let wide: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [latin, marked, wide] {
        let outcome = try_read(&bytes, &Options::default()).unwrap();
        assert_eq!(outcome.lines[0].memo.as_deref(), Some("Müller"));
        assert_eq!(outcome.lines[0].line, 3);
    }
}

#[test]
fn the_raw_text_is_the_element_as_it_stands() {
    let entry = format!("<Ntry >\r\n  {DEBIT}<AddtlNtryInf>A &amp; B</AddtlNtryInf>\r\n</Ntry>");
    let outcome = read(&file(&entry));
    assert_eq!(outcome.lines[0].raw, entry);
    assert_eq!(outcome.lines[0].memo.as_deref(), Some("A & B"));
}
