//! `export -O csv`, `json` and `jsonl`: what `list` answers, oldest first, whatever the size.

use serde_json::Value;

use crate::export_books::{demo, nasty, objects};
use crate::support::{Sandbox, on_both_databases};
use crate::typed::Typed;

fn agree(s: &Sandbox, book: &str, query: &str) {
    let list = format!("{book} list {query} -L 0 --sort -date");
    let export = format!("{book} export {query} -O");
    assert_eq!(s.ok(&format!("{export} csv")).stdout, s.ok(&format!("{list} --csv")).stdout, "{query}");
    assert_eq!(s.ok(&format!("{export} jsonl")).stdout, s.ok(&format!("{list} -O jsonl")).stdout, "{query}");
    let listed = s.json(&list)["transactions"].clone();
    let exported: Value = serde_json::from_str(&s.ok(&format!("{export} json")).stdout).expect("JSON");
    assert_eq!(exported, serde_json::json!({ "transactions": listed }), "{query}");
    assert!(objects(&listed).len() > 0, "{query}");
}

on_both_databases! {
    fn rows_and_objects_are_those_of_list(s: &Sandbox) {
        let book = demo(s);
        for query in ["", "cat:food", "'amt:>50' not is:transfer or tag:shared", "is:split date:2025"] {
            agree(s, &book, query);
        }
    }

    fn whatever_texts_hold(s: &Sandbox) {
        nasty(s);
        agree(s, "", "");
        let csv = s.ok("export -O csv").stdout;
        for cell in [",'=HYPERLINK(1),'@x,", r#""Bar & <Grill> ""x"" [y]""#, "'=1+1"] {
            assert_eq!(csv.contains(cell), cell != "'=1+1", "{cell} in {csv}");
        }
    }
}
