//! One `TxDtls` of an entry: what a single payment says of itself.
//!
//! An entry may have a hundred thousand of them, so one that is read keeps only what a row shows. `entry` collects them;
//! whether each becomes a row is decided in `batch`.

use rust_decimal::Decimal;

use super::super::text::amounts::Side;
use super::super::text::is_no_id;
use super::amount;
use super::leaf::{Leaf, add};
use super::parties::Parties;
use super::xml::MAX_TEXT;

/// What an entry says about its details.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The currency of its amount.
    pub currency: Option<&'a str>,
    /// Its direction, which is that of details without one.
    pub side: Option<Side>,
    /// Whether it takes back another one.
    pub is_reversal: bool,
    /// The statement's account.
    pub account: Option<&'a str>,
}

/// A payment as rows show it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The 1-based line in which it begins, and its place in the entry's text.
    pub line: u64,
    pub place: (usize, usize),
    /// Signed, in the entry's currency; none where it shows no such amount.
    pub amount: Option<Decimal>,
    /// `AcctSvcrRef`, unless it is a placeholder.
    pub reference: Option<Box<str>>,
    /// The name of the other side.
    pub payee: Option<Box<str>>,
    /// The account of the other side.
    pub other_account: Option<Box<str>>,
    /// What it was for.
    pub memo: Option<Box<str>>,
}

impl Detail {
    /// How many bytes its texts take.
    pub fn held(&self) -> usize {
        let texts = [&self.reference, &self.payee, &self.other_account, &self.memo];
        texts.iter().filter_map(|text| text.as_ref()).map(|text| text.len()).sum()
    }
}

/// Reads a detail.
#[derive(Debug, Default)]
pub struct DetailReader {
    side: Option<Side>,
    /// In the entry's currency, in the order of `AMOUNTS`.
    amounts: [Option<Decimal>; AMOUNTS.len()],
    reference: Option<Box<str>>,
    parties: Parties,
    /// Free text; references and other parts of structured text; what the bank adds.
    free: String,
    structured: String,
    additional: String,
    /// Whether a text was too long to be kept.
    pub is_cut: bool,
}

/// Where the amount in the account's currency may stand, the better places first: version 2 has no `Amt` of its own.
const AMOUNTS: [&str; 4] = ["Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt"];

impl DetailReader {
    /// Takes in an element below `TxDtls`.
    pub fn take(&mut self, leaf: Leaf<'_>, frame: Frame<'_>) {
        let Leaf { path, text, currency, .. } = leaf;
        if let Some(parties) = path.strip_prefix("RltdPties/") {
            return self.parties.take(parties, text);
        }
        if let Some(at) = AMOUNTS.iter().position(|place| *place == path) {
            let is_in_currency = currency.is_none() || currency == frame.currency;
            self.amounts[at] = if is_in_currency { amount::read(text) } else { None };
            return;
        }
        match path {
            "CdtDbtInd" => self.side = amount::side(text),
            "Refs/AcctSvcrRef" if !is_no_id(text) => self.reference = Some(text.into()),
            "RmtInf/Ustrd" => join(&mut self.free, text, &mut self.is_cut),
            "RmtInf/Strd/CdtrRefInf/Ref" | "RmtInf/Strd/RfrdDocInf/Nb" | "RmtInf/Strd/AddtlRmtInf" => {
                join(&mut self.structured, text, &mut self.is_cut);
            }
            "AddtlTxInf" => join(&mut self.additional, text, &mut self.is_cut),
            _ => {}
        }
    }

    /// The detail, whose line and place are known to the caller.
    pub fn finish(self, frame: Frame<'_>) -> Detail {
        let side = self.side.or(frame.side);
        let amount = self.amounts.into_iter().flatten().next();
        // Without a direction nobody is the other side; such an entry is rejected.
        let other =
            side.map(|side| self.parties.other(side, frame.is_reversal, frame.account)).unwrap_or_default();
        let memo = [self.free, self.structured, self.additional].into_iter().find(|text| !text.is_empty());
        Detail {
            line: 0,
            place: (0, 0),
            amount: amount.zip(side).map(|(amount, side)| amount::signed(amount, side)),
            reference: self.reference,
            payee: other.name.map(Box::from),
            other_account: other.account.map(Box::from),
            memo: memo.map(Box::from),
        }
    }
}

/// Joins a text, unless that gets too long, or the bank says that there is none.
fn join(joined: &mut String, text: &str, is_cut: &mut bool) {
    if joined.len() + text.len() > MAX_TEXT {
        *is_cut = true;
    } else if !is_no_id(text) {
        add(joined, text);
    }
}
