//! Files that are refused as a whole: one clear error, whatever it is that is wrong with them.

use super::*;

fn refusal(text: &str) -> (String, Option<String>) {
    match try_read(text.as_bytes(), &Options::default()) {
        Err(SurveyError::Invalid(invalid)) => (invalid.message, invalid.hint),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_sound_xml_is_refused_with_its_line() {
    let entry = format!("<Ntry>{DEBIT}</Ntry>");
    let whole = file(&entry);
    let cut = &whole[..whole.find("<BookgDt>").unwrap()];
    let cases = [
        (cut.to_owned(), "line 3: the file ends inside of `Ntry`: it was cut off"),
        (
            whole.replace("</Sts>", "</Stt>"),
            "line 3: the XML is broken: expected `</Sts>`, but `</Stt>` was found",
        ),
        (whole.clone() + "</b>", "line 5: the XML is broken: close tag `</b>` does not match any open tag"),
    ];
    for (text, message) in cases {
        let (found, hint) = refusal(&text);
        assert_eq!(found, message);
        assert!(hint.unwrap().contains("download"));
    }
}

#[test]
fn definitions_and_unknown_entities_are_refused() {
    let body = file(&format!("<Ntry>{DEBIT}<AddtlNtryInf>&x;</AddtlNtryInf></Ntry>"));
    assert_eq!(refusal(&body).0, "line 3: `&x;` is not known");
    let doctype = "?>\n<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let (message, _) = refusal(&body.replacen("?>", doctype, 1));
    assert_eq!(
        message,
        "line 2: the file has a document type definition (`<!DOCTYPE`), which is not read: no bank's has one"
    );
    assert_eq!(refusal(&body.replace("&x;", "&#0;")).0, "line 3: `&#0;` is not known");
    assert_eq!(refusal(&body.replace("&x;", "&nbsp;")).0, "line 3: `&nbsp;` is not known");
}

#[test]
fn nesting_without_end_is_refused() {
    let (message, _) = refusal(&file(&"<a>".repeat(100_000)));
    assert_eq!(message, "line 3: more than 64 elements are nested");
}

#[test]
fn a_piece_without_end_is_refused() {
    let long = "x".repeat(3 << 20);
    for inner in
        [long.clone(), format!("<!--{long}-->"), format!("<a b='{long}'/>"), format!("<![CDATA[{long}]]>")]
    {
        assert!(refusal(&file(&inner)).0.ends_with(": a tag or a text has more than 1024 KiB"));
    }
    assert_eq!(refusal(&format!("<{}/>", "a".repeat(300))).0, "line 1: the name of an element is too long");
}

#[test]
fn a_file_without_statements_is_none() {
    for text in
        ["", "   ", "Date,Amount\n2026-01-01,5\n", "<a/>", "<Document><BkToCstmrStmt/></Document>", "<pain/>"]
    {
        let (message, hint) = refusal(text);
        assert!(message.starts_with("the file is no CAMT"), "{text}: {message}");
        assert!(hint.unwrap().contains("--input-format"));
    }
}

#[test]
fn more_accounts_than_anybody_has_are_refused() {
    let statement = |n: usize| format!("<Stmt><Acct><Id><IBAN>DE{n}</IBAN></Id></Acct></Stmt>");
    let text = format!("<BkToCstmrStmt>{}</BkToCstmrStmt>", (0..10_001).map(statement).collect::<String>());
    assert!(refusal(&text).0.contains("more than 10000 accounts"));
}
