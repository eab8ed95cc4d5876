//! How the layout of a file is told: what was found out or said, what was guessed and why, and what was
//! left out.

use std::collections::HashSet;

use super::super::DateOrder;
use super::super::text::amounts::Side;
use super::headers::Money;
use super::layout::{Layout, LeftOut};

/// What was detected, as (what, value).
pub fn describe(layout: &Layout) -> Vec<(String, String)> {
    let mut told = Told { layout, lines: Vec::new() };
    told.dialect();
    told.date_and_money();
    told.others();
    told.lines
}

/// What was left out, one sentence each.
pub fn notes(layout: &Layout) -> Vec<String> {
    let LeftOut { no_rows, first, undated, void, balances, first_balance, crowded } = &layout.left_out;
    let counted = |count: u64, one: &str, many: &str| {
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
    };
    let example = |first: &Option<(u64, String)>| {
        first.as_ref().map_or(String::new(), |(line, text)| format!(", the first is line {line}: `{text}`"))
    };
    let no_rows = counted(*no_rows, "line has neither date nor amount", "lines have neither date nor amount");
    let undated = counted(
        *undated,
        "pending row has no date yet; a later file will have it",
        "pending rows have no date yet; a later file will have them",
    );
    let void = counted(
        *void,
        "row was declined or failed: no money moved",
        "rows were declined or failed: no money moved",
    );
    let balances = counted(*balances, "row is a balance, not a movement", "rows are balances, not movements");
    let guessed = (!layout.guessed.is_empty()).then(|| layout.guess_note());
    let one_sided = layout.is_one_sided.then(|| {
        "no amount has a minus, so every row counts as money in; `--invert` if these are payments".to_owned()
    });
    let no_rows = no_rows.map(|text| text + &example(first));
    let balances = balances.map(|text| text + &example(first_balance));
    let crowded = crowded.map(|column| {
        let column = layout.column(column);
        format!("{column} names too many accounts to be your own, so it is not read as those")
    });
    [guessed, one_sided, no_rows, undated, void, balances, crowded].into_iter().flatten().collect()
}

impl Layout {
    /// A column as it is shown: its number and its header.
    pub(super) fn column(&self, column: usize) -> String {
        match self.dialect.names.get(column).map(String::as_str) {
            None | Some("") => format!("column {}", column + 1),
            Some(name) => format!("column {} `{name}`", column + 1),
        }
    }

    /// The named columns that nothing of a transaction comes from.
    fn unused(&self) -> Vec<usize> {
        let columns = &self.columns;
        let money = match columns.money {
            Money::Amount(column) => [Some(column), None],
            Money::Sides { debit, credit } => [debit, credit],
        };
        let one = [Some(columns.date), columns.payer, columns.currency, columns.status, columns.balance];
        let flag = self.directions.flag.as_ref().map(|flag| flag.column);
        let used: HashSet<usize> = one
            .into_iter()
            .chain(money)
            .chain([flag])
            .flatten()
            .chain(columns.accounts.iter().map(|account| account.column))
            .chain(
                [&columns.payee, &columns.memo, &columns.texts, &columns.ids].into_iter().flatten().copied(),
            )
            .collect();
        let names = self.dialect.names.iter().enumerate();
        names.filter(|(at, name)| !name.is_empty() && !used.contains(at)).map(|(at, _)| at).collect()
    }

    fn guess_note(&self) -> String {
        let columns = |what: &str| match (what, self.columns.money) {
            ("date", _) => self.column(self.columns.date),
            (_, Money::Amount(column)) => self.column(column),
            (_, Money::Sides { debit, credit }) => {
                let shown: Vec<_> =
                    debit.into_iter().chain(credit).map(|column| self.column(column)).collect();
                shown.join(" and ")
            }
        };
        let guessed: Vec<_> = self
            .guessed
            .iter()
            .map(|(what, why)| format!("the {what} is in {} ({why})", columns(what)))
            .collect();
        format!("guessed, as no heading says it: {}", guessed.join("; "))
    }
}

/// The lines of a description as they are gathered.
struct Told<'a> {
    layout: &'a Layout,
    lines: Vec<(String, String)>,
}

impl Told<'_> {
    fn tell(&mut self, what: &str, value: impl Into<String>) {
        self.lines.push((what.to_owned(), value.into()));
    }

    fn tell_columns(&mut self, what: &str, columns: &[usize]) {
        let shown: Vec<_> = columns.iter().map(|column| self.layout.column(*column)).collect();
        if !shown.is_empty() {
            self.tell(what, shown.join(", "));
        }
    }

    fn dialect(&mut self) {
        let dialect = &self.layout.dialect;
        self.tell("format", "CSV");
        self.tell("encoding", dialect.encoded.encoding.name());
        self.tell(
            "delimiter",
            if dialect.delimiter == b'\t' {
                "tab".to_owned()
            } else {
                format!("`{}`", char::from(dialect.delimiter))
            },
        );
        self.tell("header", dialect.header_line.map_or("none".to_owned(), |line| format!("line {line}")));
        if dialect.footer > 0 {
            self.tell("footer", format!("the last {} left out", dialect.footer));
        }
        if self.layout.is_newest_first {
            self.tell("order", "newest first");
        }
    }

    /// Why a column was taken that no heading names.
    fn why(&self, what: &str) -> String {
        let guessed = self.layout.guessed.iter().find(|(guessed, _)| *guessed == what);
        guessed.map_or(String::new(), |(_, why)| format!(", a guess: {why}"))
    }

    fn date_and_money(&mut self) {
        let layout = self.layout;
        self.tell("date", layout.column(layout.columns.date) + &self.why("date"));
        match &layout.columns.date_format {
            Some(format) => self.tell("date format", format!("`{format}`")),
            None => self.tell("date order", layout.order.map_or("the same in any", DateOrder::words)),
        }
        match layout.columns.money {
            Money::Amount(column) => self.tell("amount", layout.column(column) + &self.why("amount")),
            Money::Sides { debit, credit } => {
                let told = [("money out", debit), ("money in", credit)];
                for (what, column) in told.into_iter().filter_map(|(what, side)| Some((what, side?))) {
                    self.tell(what, layout.column(column) + &self.why("amount"));
                }
            }
        }
        self.flag();
        if layout.is_inverted {
            self.tell("in or out", "upside down: a plus is money out");
        }
        if layout.is_in_cents {
            self.tell("unit", "cents");
        }
        if layout.directions.is_unmarked_debit {
            self.tell("in or out", "out, but for amounts marked `CR`");
        }
        self.tell("decimal mark", layout.decimal.map_or("none".to_owned(), |mark| format!("`{mark}`")));
    }

    fn flag(&mut self) {
        let Some(flag) = &self.layout.directions.flag else { return };
        let blank = flag.blank.map(|side| ("blank".to_owned(), side));
        let seen = flag.seen.iter().map(|(word, side)| (format!("`{word}`"), *side)).chain(blank);
        let told: Vec<_> = seen
            .map(|(word, side)| format!("{word} {}", if side == Side::Debit { "out" } else { "in" }))
            .collect();
        self.tell("in or out", format!("{}: {}", self.layout.column(flag.column), told.join(", ")));
    }

    fn others(&mut self) {
        let columns = &self.layout.columns;
        if columns.is_payee_by_words && !columns.payee.is_empty() {
            self.tell("payee", "the first text of each row, a guess");
        } else {
            self.tell_columns("payee", &columns.payee);
        }
        self.tell_columns("payee of money in", columns.payer.as_slice());
        self.tell_columns("memo", &columns.memo);
        match (columns.currency, &self.layout.currency) {
            (Some(column), _) => self.tell_columns("currency", &[column]),
            (None, Some(currency)) if currency.is_said => self.tell("currency", currency.code.clone()),
            (None, Some(currency)) => self.tell("currency", format!("{}, from the header", currency.code)),
            (None, None) => {}
        }
        let accounts: Vec<_> = columns.accounts.iter().map(|account| account.column).collect();
        self.tell_columns("account", &accounts);
        self.tell_columns("bank id", &columns.ids);
        self.tell_columns("status", columns.status.as_slice());
        self.tell_columns("balance", columns.balance.as_slice());
        self.tell_columns("not used", &self.layout.unused());
    }
}
