//! The layout of a file as options: what a profile keeps, so that the next file is read in the same way.
//!
//! Every column is named, by its heading where that is enough. Left open is what another file of the same
//! bank may have otherwise: the encoding (a month without an accent looks like ASCII), lines above the
//! headings, and the texts of rows without headings, which each row shows by itself.

use super::super::text::amounts::Side;
use super::super::{Options, Signs};
use super::headers::Money;
use super::layout::Layout;
use super::said;

/// Everything that was found out or said.
pub fn options(layout: &Layout, said: &Options) -> Options {
    let columns = &layout.columns;
    let names: Vec<_> = layout.dialect.names.iter().map(String::as_str).collect();
    let name = |column: usize| name_of(&names, column);
    let each = |columns: &[usize]| Some(columns.iter().map(|column| name(*column)).collect());
    let (amount, debit, credit) = match columns.money {
        Money::Amount(column) => (Some(column), None, None),
        Money::Sides { debit, credit } => (None, debit, credit),
    };
    let unless_open = |said: &Option<Vec<String>>, all: &[usize]| {
        if columns.is_by_words { said.clone() } else { each(all) }
    };
    let currency = layout.currency.as_ref().filter(|currency| currency.is_said && columns.currency.is_none());
    Options {
        date_column: Some(name(columns.date)),
        amount_column: amount.map(name),
        debit_column: debit.map(name),
        credit_column: credit.map(name),
        flag_column: layout.directions.flag.as_ref().map(|flag| name(flag.column)),
        debit_words: words(layout, said, Side::Debit),
        credit_words: words(layout, said, Side::Credit),
        unmarked_is_debit: said.unmarked_is_debit.or(layout.directions.is_unmarked_debit.then_some(true)),
        debit_is_signed: said.debit_is_signed.or(match layout.signs() {
            Some(Signs::SignedDebits) => Some(true),
            Some(Signs::PlainDebits) => Some(false),
            _ => None,
        }),
        // What a book remembers is not the profile's.
        signs: None,
        balance_column: columns.balance.map(name),
        payee_columns: unless_open(&said.payee_columns, &columns.payee),
        payer_column: columns.payer.map(name),
        memo_columns: unless_open(&said.memo_columns, &columns.memo),
        text_columns: unless_open(&said.text_columns, &columns.texts),
        id_column: columns.ids.first().copied().map(name),
        currency_column: columns.currency.map(name),
        currency: currency.map(|currency| currency.code.clone()),
        account_column: columns.accounts.first().map(|account| name(account.column)),
        status_column: columns.status.map(name),
        pending_words: said.pending_words.clone(),
        delimiter: Some(char::from(layout.dialect.delimiter)),
        date_order: layout.order.filter(|_| columns.date_format.is_none()),
        date_format: columns.date_format.clone(),
        decimal: layout.decimal,
        in_cents: said.in_cents.or(layout.is_in_cents.then_some(true)),
        is_inverted: said.is_inverted.or(layout.is_inverted.then_some(true)),
        encoding: said.encoding.clone(),
        skip: said.skip,
        footer: said.footer,
        has_header: said.has_header.or(layout.dialect.header_line.is_none().then_some(false)),
        rules: None,
    }
}

/// The heading, where it finds the column and no other; else the number.
fn name_of(names: &[&str], column: usize) -> String {
    let number = (column + 1).to_string();
    match names.get(column) {
        Some(name) if said::column(names, name) == Some(column) => (*name).to_owned(),
        _ => number,
    }
}

/// The words for a side: those said, and those that were seen; an empty one where a blank cell means it.
fn words(layout: &Layout, said: &Options, side: Side) -> Vec<String> {
    let mut words = if side == Side::Debit { &said.debit_words } else { &said.credit_words }.clone();
    let Some(flag) = &layout.directions.flag else { return words };
    let seen = flag.seen.iter().filter(|(_, meant)| *meant == side).map(|(word, _)| word.clone());
    let blank = (flag.blank == Some(side)).then(String::new);
    for word in seen.chain(blank) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
