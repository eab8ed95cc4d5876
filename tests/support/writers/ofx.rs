//! OFX 1 and 2: the id is `FITID`, which some banks leave out and others fill with `0`.

use super::{Line, decimal};

pub fn sgml(lines: &[Line]) -> String {
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n{}",
        statement(lines, |tag, text| format!("<{tag}>{text}\n"))
    )
}

pub fn xml(lines: &[Line]) -> String {
    let element = |tag: &str, text: &str| format!("<{tag}>{text}</{tag}>");
    format!(
        "<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\"?>\n{}",
        statement(lines, element)
    )
}

fn statement(lines: &[Line], element: impl Fn(&str, &str) -> String) -> String {
    let rows: String = lines.iter().map(|line| row(line, &element)).collect();
    let account = element("BANKID", "121") + &element("ACCTID", "4711") + &element("ACCTTYPE", "CHECKING");
    format!(
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>{}<BANKACCTFROM>{account}</BANKACCTFROM>\
         <BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
        element("CURDEF", "USD")
    )
}

fn row(line: &Line, element: impl Fn(&str, &str) -> String) -> String {
    let kind = if line.is_in() { "CREDIT" } else { "DEBIT" };
    let id = match (&line.id, line.variant) {
        (Some(id), _) => element("FITID", id),
        (None, 0) => String::new(),
        (None, _) => element("FITID", "0"),
    };
    let name = if line.payee.is_empty() { String::new() } else { element("NAME", &line.payee) };
    let (day, amount) = (line.date.format("%Y%m%d").to_string(), decimal(line.minor));
    let fields = element("TRNTYPE", kind) + &element("DTPOSTED", &day) + &element("TRNAMT", &amount);
    format!("<STMTTRN>{fields}{id}{name}</STMTTRN>\n")
}
