//! The real programs' balances of own accounts, beside ours: of the samples and of our own fixtures.

use std::io::Write;
use std::process::{Command, Stdio};

use super::fixtures::{ASSIGNED, BEANCOUNT, HLEDGER, LEDGER};
use super::*;

type Balances = BTreeMap<(String, String), Decimal>;

/// What beancount has no command for: one line for each account and currency.
const SUMS: &str = "
import sys
from beancount import loader
entries, errors, options = loader.load_string(sys.stdin.read(), dedent=False)
for error in errors:
    if 'File does not exist' not in error.message and 'Balance failed' not in error.message:
        print('error', error.message.replace('\\n', ' '), file=sys.stderr)
for entry in entries:
    for posting in getattr(entry, 'postings', []):
        print(posting.account, posting.units.currency, posting.units.number, sep='\\t')
";

/// A program, fed with a journal; its lack is told, and fails where nothing may be left out.
fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests find out by the environment whether they may leave out"
    )]
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.env("LC_ALL", "C.UTF-8").spawn() else {
        assert!(!is_ci, "{program} is not there");
        writeln!(std::io::stderr(), "left out: {program} is not there").unwrap();
        return None;
    };
    // What ends before it has read anything says why.
    let written = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    if errors.contains("No module named") {
        assert!(!is_ci, "{errors}");
        writeln!(std::io::stderr(), "left out: {program} has no beancount").unwrap();
        return None;
    }
    assert!(output.status.success() && errors.is_empty(), "{program}: {errors}");
    written.unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The Python that has beancount: Debian's own, or the one in the path.
fn python() -> &'static str {
    const DEBIANS: &str = "/usr/bin/python3";
    let has_it = Command::new(DEBIANS).args(["-c", "import beancount"]).stderr(Stdio::null()).status();
    if has_it.is_ok_and(|status| status.success()) { DEBIANS } else { "python3" }
}

fn theirs(input: &[u8], dialect: Dialect) -> Option<Balances> {
    let rows = match dialect {
        Dialect::Hledger => {
            let arguments = "-f - balance --flat --real --empty --no-total --layout=bare -O csv";
            let csv = run("hledger", &arguments.split(' ').collect::<Vec<_>>(), input)?;
            csv.lines().skip(1).map(|line| line.trim_matches('"').replace("\",\"", "\t")).collect::<Vec<_>>()
        }
        Dialect::Ledger => {
            let format = "%(account)\\t%(commodity(amount))\\t%(quantity(amount))\\n";
            let arguments = ["-f", "-", "--real", "--no-pager", "csv", "--csv-format", format];
            run("ledger", &arguments, input)?.lines().map(str::to_owned).collect()
        }
        Dialect::Beancount => run(python(), &["-c", SUMS], input)?.lines().map(str::to_owned).collect(),
    };
    let mut sums = Balances::new();
    for row in rows {
        let [account, commodity, number] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let currency = match commodity.trim_matches('"') {
            "$" => "USD",
            "£" => "GBP",
            "€" => "EUR",
            other => other,
        };
        let number: Decimal = number.replace(',', "").parse().unwrap();
        *sums.entry((account.to_owned(), currency.to_owned())).or_default() += number;
    }
    sums.retain(|(account, currency), number| {
        let is_own =
            ["assets", "liabilities", "giro"].contains(&account.to_lowercase().split(':').next().unwrap());
        is_own && ["USD", "GBP", "EUR"].contains(&currency.as_str()) && !number.is_zero()
    });
    Some(sums)
}

fn ours(input: &[u8], dialect: Dialect) -> Balances {
    let outcome = try_read(input, &Options::default(), dialect).unwrap();
    check(&outcome);
    assert_eq!(reasons(&outcome), [""; 0]);
    let mut sums = Balances::new();
    for line in &outcome.lines {
        let currency = line.currency.clone().unwrap();
        let shown = line.account.as_deref().unwrap();
        let account = shown.strip_suffix(&format!(" ({currency})")).unwrap_or(shown);
        *sums.entry((account.to_owned(), currency)).or_default() += line.amount;
    }
    sums.retain(|_, number| !number.is_zero());
    sums
}

#[test]
fn own_accounts_hold_what_the_real_programs_say() {
    let fixtures = [
        (HLEDGER, Dialect::Hledger),
        (LEDGER, Dialect::Ledger),
        (ASSIGNED, Dialect::Ledger),
        (BEANCOUNT, Dialect::Beancount),
    ];
    let fixtures = fixtures.map(|(text, dialect)| (text.as_bytes().to_vec(), dialect));
    for (bytes, dialect) in super::samples::contents().into_iter().chain(fixtures) {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let Some(theirs) = theirs(&bytes, dialect) else { continue };
        assert!(!theirs.is_empty(), "{head}");
        let ours: Vec<_> = ours(&bytes, dialect).into_iter().map(|(k, v)| (k, v.normalize())).collect();
        let theirs: Vec<_> = theirs.into_iter().map(|(k, v)| (k, v.normalize())).collect();
        assert_eq!(ours, theirs, "{head}");
    }
}
