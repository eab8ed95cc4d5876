//! Mint's transactions: amounts without a sign beside `debit` or `credit`, single categories, and of transfers only the
//! word: which account is on the other side is not said.

use super::super::text::fold;
use super::category;
use super::columns::Column;
use super::entry::{Entry, negated};
use super::fields::{Fields, joined, one_line};
use super::left_out::LeftOut;
use super::reading::Reading;

/// Categories under Mint's `Income`, and what people call their own.
const INCOME: [&str; 10] = [
    "income",
    "paycheck",
    "salary",
    "bonus",
    "interest",
    "interest income",
    "rental income",
    "reimbursement",
    "dividend",
    "dividend cap gains",
];

/// Categories of money that only moved.
const TRANSFERS: [&str; 3] = ["transfer", "credit card payment", "transfer for cash spending"];

/// Reads one record.
///
/// # Errors
/// One lower-case sentence.
pub fn read(fields: &Fields<'_>, reading: &Reading, left_out: &mut LeftOut) -> Result<Entry, String> {
    let text = fields.get(Column::Amount);
    let (amount, currency) = reading.amount(text)?;
    let side = fields.get(Column::Type);
    if amount.is_sign_negative() {
        return Err(format!("the amount `{text}` has a sign, but `{side}` beside it says which way it went"));
    }
    let amount = match &*fold(side) {
        "debit" => negated(amount),
        "credit" => amount,
        _ => return Err(format!("the transaction type `{side}` is neither `debit` nor `credit`")),
    };
    let date = reading.date(fields.get(Column::Date))?;
    let mut entry = Entry::new(fields.account()?, date, amount);
    entry.currency = currency.map(str::to_owned);
    entry.payee = fields.text(Column::Description);
    let original = fields
        .text(Column::Original)
        .filter(|original| entry.payee.as_ref().is_none_or(|payee| !payee.eq_ignore_ascii_case(original)));
    entry.memo = joined([original, fields.text(Column::Memo)]);
    entry.tags = labels(fields.get(Column::Labels));
    let name = fields.get(Column::Category);
    let word = fold(name);
    if TRANSFERS.contains(&&*word) {
        left_out.nameless_transfers += 1;
    } else {
        entry.category =
            if INCOME.contains(&&*word) { category::income(name) } else { category::path("", name) };
    }
    Ok(entry)
}

/// Labels are parted by blanks; only Mint's own one has a blank in it.
fn labels(text: &str) -> Vec<String> {
    const OWN: &str = "Tax Related";
    let own = text.contains(OWN).then(|| OWN.to_owned());
    let others = text.replace(OWN, " ");
    let others = others.split([' ', ',']).filter_map(one_line);
    let mut labels: Vec<String> = Vec::new();
    for label in own.into_iter().chain(others) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
