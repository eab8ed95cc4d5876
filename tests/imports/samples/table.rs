//! The sixty sample files: what a user has to say of each, and what comes of it. Counts and sums are held against the
//! list of expectations beside the samples too, unless `policy` says why they differ.

/// A file and what comes of it.
pub struct Sample {
    pub file: &'static str,
    /// What the book is kept in.
    pub currency: &'static str,
    /// The accounts that the book has.
    pub accounts: &'static [&'static str],
    pub flags: &'static [&'static str],
    pub exit: i32,
    pub rows: Rows,
    /// What is in each account then; those that are not named have nothing.
    pub balances: &'static [(&'static str, &'static str)],
    /// Why it is not what the list says, where it is not.
    pub policy: Option<&'static str>,
}

/// How many rows become what.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub new: usize,
    /// The other legs of transfers.
    pub matched: usize,
    pub pending: usize,
    pub rejected: usize,
}

const fn new(new: usize) -> Rows {
    Rows { new, matched: 0, pending: 0, rejected: 0 }
}

/// A bank's file of one account, of which nothing has to be said but that account.
const fn bank(
    file: &'static str,
    currency: &'static str,
    count: usize,
    balances: &'static [(&'static str, &'static str)],
) -> Sample {
    Sample {
        file,
        currency,
        accounts: &["Checking"],
        flags: &["-a", "checking"],
        exit: 0,
        rows: new(count),
        balances,
        policy: None,
    }
}

/// Another program's file, whose accounts are made.
const fn program(
    file: &'static str,
    currency: &'static str,
    rows: Rows,
    balances: &'static [(&'static str, &'static str)],
) -> Sample {
    Sample { accounts: &[], flags: &["-y"], rows, ..bank(file, currency, 0, balances) }
}

const TWO: &[&str] = &["Checking", "Savings"];

pub const OFX: [Sample; 17] = [
    bank("ofx/jseutter__ofxparse/bank_medium.ofx", "CAD", 3, &[("Checking", "-345.27")]),
    Sample {
        accounts: TWO,
        flags: &["--map", "9100=checking", "--map", "9200=savings"],
        ..bank("ofx/jseutter__ofxparse/multiple_accounts2.ofx", "USD", 0, &[])
    },
    bank("ofx/jseutter__ofxparse/suncorp.ofx", "AUD", 1, &[("Checking", "-16.85")]),
    bank("ofx/jseutter__ofxparse/anzcc.ofx", "AUD", 1, &[("Checking", "-5.50")]),
    bank("ofx/jseutter__ofxparse/checking.ofx", "USD", 3, &[("Checking", "-59.50")]),
    Sample {
        exit: 6,
        rows: Rows { rejected: 3, ..new(1) },
        policy: Some("fractions of a cent are no amount of an account, and nothing is rounded"),
        ..bank("ofx/jseutter__ofxparse/fidelity-savings.ofx", "USD", 1, &[("Checking", "-1500.00")])
    },
    // Trades and holdings alone: they are left out with a message.
    bank("ofx/jseutter__ofxparse/vanguard.ofx", "USD", 0, &[]),
    Sample {
        exit: 6,
        rows: Rows { rejected: 3, ..new(0) },
        policy: Some("a row without a day is none"),
        ..bank("ofx/jseutter__ofxparse/date_missing.ofx", "USD", 0, &[])
    },
    bank("ofx/jseutter__ofxparse/empty_balance.ofx", "CAD", 1, &[("Checking", "120.00")]),
    bank("ofx/jseutter__ofxparse/ofx-v102-empty-tags.ofx", "AUD", 1, &[("Checking", "12.34")]),
    bank("ofx/annacruz__ofx/sample.ofx", "BRL", 36, &[("Checking", "-3896.56")]),
    bank("ofx/annacruz__ofx/santander.ofx", "BRL", 4, &[("Checking", "0.00")]),
    bank("ofx/asgrim__ofxparser/ofxdata-xml.ofx", "USD", 3, &[("Checking", "250.00")]),
    bank("ofx/asgrim__ofxparser/ofxdata-memoWithAmpersand.ofx", "BRL", 16, &[("Checking", "393.82")]),
    bank("ofx/skyengpro__actualbudget/8859-1.qfx", "CAD", 1, &[("Checking", "-20.00")]),
    bank("ofx/skyengpro__actualbudget/html-vals.qfx", "CAD", 2, &[("Checking", "-2.00")]),
    bank("ofx/skyengpro__actualbudget/data.ofx", "USD", 10, &[("Checking", "-364.41")]),
];

pub const QIF: [Sample; 9] = [
    bank("qif/jemmyw__Qif/3_records_ddmmyy.qif", "USD", 3, &[("Checking", "0.00")]),
    bank("qif/jemmyw__Qif/3_records_mmddyyyy.qif", "USD", 3, &[("Checking", "0.00")]),
    bank("qif/jemmyw__Qif/3_records_spaced.qif", "USD", 3, &[("Checking", "0.00")]),
    bank("qif/jemmyw__Qif/3_records_separator.qif", "USD", 3, &[("Checking", "-31000.00")]),
    Sample {
        // Every date can be read in two ways.
        flags: &["-a", "checking", "--date-order", "mdy"],
        exit: 6,
        rows: Rows { rejected: 2, ..new(0) },
        policy: Some("splits that are no numbers, or that do not sum to their total, are no record"),
        ..bank("qif/jemmyw__Qif/splits.qif", "USD", 0, &[])
    },
    program("qif/isaacharrisholt__quiffen/test.qif", "USD", new(6), &[("TestExport", "-35.50")]),
    bank("qif/isaacharrisholt__quiffen/test_split.qif", "USD", 1, &[("Checking", "-10.00")]),
    bank("qif/isaacharrisholt__quiffen/test_category_override.qif", "USD", 4, &[("Checking", "2077.44")]),
    bank("qif/lelemm__actual/data.qif", "USD", 18, &[("Checking", "394.06")]),
];

pub const CAMT: [Sample; 5] = [
    bank("camt/genkgo__camt/camt053.v2.minimal.xml", "EUR", 1, &[("Checking", "8.85")]),
    bank("camt/genkgo__camt/camt053.v4.xml", "EUR", 1, &[("Checking", "8.85")]),
    bank("camt/genkgo__camt/camt053.v2.multi.statement.xml", "EUR", 2, &[("Checking", "1.85")]),
    bank("camt/viafintech__camt_parser/valid_example.xml", "EUR", 5, &[("Checking", "-10.00")]),
    bank("camt/skyengpro__actualbudget/camt.053.xml", "EUR", 7, &[("Checking", "-164.10")]),
];

pub const MT940: [Sample; 8] = [
    bank("mt940/wolph__mt940/jejik-abnamro.sta", "EUR", 10, &[("Checking", "-345.93")]),
    bank("mt940/wolph__mt940/jejik-ing.sta", "EUR", 7, &[("Checking", "-45.59")]),
    bank("mt940/wolph__mt940/jejik-rabobank-iban.sta", "EUR", 4, &[("Checking", "-70.00")]),
    bank("mt940/wolph__mt940/jejik-sns.sta", "EUR", 2, &[("Checking", "-25.00")]),
    Sample {
        exit: 6,
        rows: Rows { rejected: 14, ..new(2) },
        policy: Some(
            "rows in the mark, a currency of the past, and in zloty do not go into an account in euros",
        ),
        ..bank("mt940/wolph__mt940/cmxl-mt940.sta", "EUR", 2, &[("Checking", "2200.00")])
    },
    Sample {
        accounts: TWO,
        flags: &["--map", "50880050/0194787400888=checking", "--map", "50880050/0194791600888=savings"],
        ..bank(
            "mt940/wolph__mt940/betterplace-sepa_snippet.sta",
            "EUR",
            11,
            &[("Checking", "358593.91"), ("Savings", "-2501917.30")],
        )
    },
    bank("mt940/wolph__mt940/self-provided-multiline.sta", "EUR", 2, &[("Checking", "114.00")]),
    bank("mt940/sandermarechal__jejik-mt940/knab.txt", "EUR", 3, &[("Checking", "-6260.00")]),
];

pub const CSV: [Sample; 16] = [
    Sample {
        accounts: &["Checking", "Cash"],
        flags: &["--map", "Checking=checking", "--map", "Cash=cash"],
        ..bank(
            "csv/reubano__csv2ofx/default.csv",
            "EUR",
            8,
            &[("Checking", "370000.00"), ("Cash", "95000.00")],
        )
    },
    Sample {
        accounts: TWO,
        flags: &["--map", "Checking=checking", "--map", "Savings=savings"],
        ..bank(
            "csv/reubano__csv2ofx/mint.csv",
            "USD",
            4,
            &[("Checking", "-2000.00"), ("Savings", "-1000.00")],
        )
    },
    bank("csv/reubano__csv2ofx/capitalone.csv", "USD", 2, &[("Checking", "0.00")]),
    bank("csv/reubano__csv2ofx/gls.csv", "EUR", 1, &[("Checking", "-98.76")]),
    bank("csv/reubano__csv2ofx/n26-fr.csv", "EUR", 2, &[("Checking", "0.00")]),
    bank("csv/reubano__csv2ofx/schwab-checking.csv", "USD", 4, &[("Checking", "-215.27")]),
    bank("csv/reubano__csv2ofx/ubs-ch-fr_trimmed.csv", "CHF", 3, &[("Checking", "30.00")]),
    bank(
        "csv/bank2ynab__bank2ynab/2018-04-14_10-52-13_bunq-transactieoverzicht.csv",
        "EUR",
        3,
        &[("Checking", "728.54")],
    ),
    bank("csv/bank2ynab__bank2ynab/CSV_A_20180414_112204.csv", "EUR", 3, &[("Checking", "-1037.49")]),
    // Three rows more are pending and have no day yet: they are told and not counted.
    bank(
        "csv/bank2ynab__bank2ynab/MS_JANE_SMITH_01-12-2019_14-12-2019.csv",
        "GBP",
        10,
        &[("Checking", "-285.80")],
    ),
    bank(
        "csv/bank2ynab__bank2ynab/TransactionHistory_20180418043121.csv",
        "SGD",
        8,
        &[("Checking", "-173.28")],
    ),
    bank(
        "csv/bank2ynab__bank2ynab/MonzoDataExport_February2018_2018-02-26_174335.csv",
        "GBP",
        1,
        &[("Checking", "-10.00")],
    ),
    bank(
        "csv/leolabs__you-need-a-parser/umsaetze_1182395341_20190403-2324.csv",
        "EUR",
        3,
        &[("Checking", "0.05")],
    ),
    bank(
        "csv/leolabs__you-need-a-parser/Transaktioner_2019-10-12_14-57-29.csv",
        "SEK",
        28,
        &[("Checking", "-8138.86")],
    ),
    Sample {
        accounts: TWO,
        flags: &["--map", "Online Savings Account=checking", "--map", "Online Savings Account 2=savings"],
        ..bank(
            "csv/leolabs__you-need-a-parser/Transactions_[Account_Number]_2019-06-12_13_40.csv",
            "GBP",
            4,
            &[("Checking", "589.88"), ("Savings", "975.80")],
        )
    },
    Sample {
        rows: Rows { pending: 1, ..new(17) },
        policy: Some("what the bank has only noted is listed, and booked when a later file has it"),
        ..bank(
            "csv/omarkohl__ofxstatement-sparkasse-freiburg/simple2.csv",
            "EUR",
            17,
            &[("Checking", "129.76")],
        )
    },
];

/// The list states their balances in words: of assets and liabilities in currencies these are they, but for what rules
/// and payees' accounts add. The second legs of transfers are matched.
pub const JOURNALS: [Sample; 5] = [
    program(
        "journal/ledger__ledger/drewr3.dat",
        "USD",
        Rows { matched: 3, ..new(12) },
        &[
            ("Checking", "1366.00"),
            ("Business", "30.00"),
            ("MasterCard", "-20.00"),
            ("Principal", "200.00"),
            ("Savings", "0.00"),
        ],
    ),
    program(
        "journal/ledger__ledger/sample.dat",
        "USD",
        Rows { matched: 1, ..new(4) },
        &[("Checking", "980.00"), ("Checking (EUR)", "500.00"), ("MasterCard", "-70.00")],
    ),
    program(
        "journal/beancount__fava/long-example.beancount",
        "USD",
        Rows { matched: 38, ..new(966) },
        &[("Checking", "1632.79"), ("Cash", "641.76"), ("Vanguard Cash", "0.02"), ("Slate", "-2935.65")],
    ),
    program(
        "journal/beancount__fava/example.beancount",
        "EUR",
        new(7),
        &[("Account1", "-70.00"), ("Account2", "-280.00")],
    ),
    program(
        "journal/adept__full-fledged-hledger/fullfledged-2017-all.journal",
        "GBP",
        new(23),
        &[("Current", "4058.83"), ("Savings", "1500.00"), ("Cash", "150.00")],
    ),
];
