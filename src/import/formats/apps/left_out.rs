//! What of a file is not taken over without a row being rejected, counted, and the sentences that tell it.

/// The counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Rows that their program calls reconciled.
    pub reconciled: u64,
    pub budgets: u64,
    pub bills: u64,
    /// Amounts in a currency that is not the account's.
    pub foreign: u64,
    /// Categories of transfers.
    pub transfer_categories: u64,
    /// Rows that are called a transfer and name no other account.
    pub nameless_transfers: u64,
    /// Parts that stand alone.
    pub single_parts: u64,
    /// Transactions whose parts stand alone, because they cannot be told from another's.
    pub mixed_splits: u64,
}

impl LeftOut {
    /// One sentence for each count.
    pub fn notes(&self) -> Vec<String> {
        let sentences = [
            (
                self.reconciled,
                "row is",
                "rows are",
                "reconciled in the other program, and cleared here: `groat reconcile` locks what agrees with a statement",
            ),
            (self.budgets, "row names", "rows name", "a budget: that is left out"),
            (self.bills, "row names", "rows name", "a bill: that is left out"),
            (self.foreign, "row has", "rows have", "an amount in a foreign currency, too: that is left out"),
            (self.transfer_categories, "transfer has", "transfers have", "a category: that is left out"),
            (
                self.nameless_transfers,
                "row is",
                "rows are",
                "called a transfer without the other account: what belongs together is found by day and amount",
            ),
            (
                self.single_parts,
                "part of a split is",
                "parts of splits are",
                "taken alone: the other parts are not in the file, or not of that day",
            ),
            (
                self.mixed_splits,
                "split is",
                "splits are",
                "taken as single rows: the parts cannot be told from those of another split of the day",
            ),
        ];
        let told = sentences.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, one, many, what)| format!("{count} {} {what}", if count == 1 { one } else { many }))
            .collect()
    }
}
