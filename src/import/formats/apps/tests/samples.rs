//! Mint's file of another project, as `EXPECTED.tsv` has it, and the banks' files, none of which is a program's.
//!
//! They are no part of the project: `import::shared` finds them.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::recognise;
use super::*;
use crate::import::shared;

const MINT: &str = "csv/reubano__csv2ofx/mint.csv";

/// What is expected of Mint's file, by kind; what its golden QIF says is marked so.
fn expected(folder: &Path) -> Vec<(String, String)> {
    let table = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let fields = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let mint = fields.filter(|fields| fields[0] == MINT);
    mint.map(|fields| (fields[1].replace(" (golden QIF)", ""), fields[2].to_owned())).collect()
}

#[test]
fn the_sample_loads_as_expected() {
    let Some(path) = shared::find(MINT) else { return };
    let folder = path.ancestors().nth(3).unwrap();
    let outcome = try_read(&std::fs::read(&path).unwrap(), &Options::default()).unwrap();
    let sum: Decimal = outcome.lines.iter().map(|line| line.amount).sum();
    let mut checked = 0;
    for (kind, wanted) in expected(folder) {
        let found = match &*kind {
            "records" | "transactions" => outcome.lines.len().to_string(),
            "sum" | "sum of T" => sum.to_string(),
            "first date" => outcome.lines.iter().map(|line| line.date).min().unwrap().to_string(),
            "last date" => outcome.lines.iter().map(|line| line.date).max().unwrap().to_string(),
            _ => continue,
        };
        checked += 1;
        assert_eq!(found, wanted, "{kind}");
    }
    assert_eq!((checked, outcome.rejected.len()), (6, 0));
    assert_eq!(outcome.facts.accounts, ["Savings", "Checking"]);
}

#[test]
fn no_other_sample_is_a_programs() {
    let Some(folder) = shared::find("EXPECTED.tsv") else { return };
    let table = std::fs::read_to_string(&folder).unwrap();
    let mut files: Vec<_> = table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    files.dedup();
    let files =
        files.into_iter().filter_map(|file| std::fs::read(folder.parent()?.join(file)).ok().zip(Some(file)));
    let mut count = 0;
    for (bytes, file) in files {
        let head = bytes[..bytes.len().min(16 * 1024)].iter().map(|b| char::from(b.to_ascii_lowercase()));
        let found = recognise(&head.collect::<String>()).map(Program::name);
        assert_eq!(found, (file == MINT).then_some("mint"), "{file}");
        count += 1;
    }
    assert!(count > 30, "{count}");
}
