//! The columns that the user named, and what is said where they are not there.
//!
//! A column is the text of its header, else its 1-based number. `headers` takes these before it
//! chooses by words.

use super::super::Options;
use super::super::text::fold;
use super::headers::Money;
use crate::domain::invalid::Invalid;

/// The columns that the user named, where they exist, by 0-based index; see `Options` for each.
#[derive(Debug, Default)]
pub struct Said {
    pub date: Option<usize>,
    pub amount: Option<usize>,
    pub debit: Option<usize>,
    pub credit: Option<usize>,
    pub flag: Option<usize>,
    pub balance: Option<usize>,
    pub payer: Option<usize>,
    pub payee: Option<Vec<usize>>,
    pub memo: Option<Vec<usize>>,
    pub text: Option<Vec<usize>>,
    pub status: Option<usize>,
    pub id: Option<usize>,
    pub currency: Option<usize>,
    pub account: Option<usize>,
}

impl Said {
    /// Finds them among the cells of a header, or of what may be one.
    pub fn find(names: &[&str], options: &Options) -> Said {
        let find = |said: &Option<String>| column(names, said.as_deref()?);
        let find_each = |said: &Option<Vec<String>>| {
            Some(said.as_ref()?.iter().filter_map(|text| column(names, text)).collect())
        };
        Said {
            date: find(&options.date_column),
            amount: find(&options.amount_column),
            debit: find(&options.debit_column),
            credit: find(&options.credit_column),
            flag: find(&options.flag_column),
            balance: find(&options.balance_column),
            payer: find(&options.payer_column),
            payee: find_each(&options.payee_columns),
            memo: find_each(&options.memo_columns),
            text: find_each(&options.text_columns),
            status: find(&options.status_column),
            id: find(&options.id_column),
            currency: find(&options.currency_column),
            account: find(&options.account_column),
        }
    }

    /// The same, but every one that is not there is an error.
    pub fn find_all(names: &[&str], options: &Options) -> Result<Said, Invalid> {
        let missing = flags(options).filter(|(_, text)| column(names, text).is_none());
        let missing: Vec<_> = missing.map(|(flag, text)| format!("`{flag} {text}`")).collect();
        if missing.is_empty() {
            return Ok(Said::find(names, options));
        }
        Err(Invalid::new(format!("no such column: {}", missing.join(", "))).hint(listed(names)))
    }

    /// Where the amount is.
    pub fn money(&self) -> Option<Money> {
        let (debit, credit) = (self.debit, self.credit);
        match self.amount {
            Some(amount) => Some(Money::Amount(amount)),
            None => (debit.is_some() || credit.is_some()).then_some(Money::Sides { debit, credit }),
        }
    }

    /// Whether the column has been named.
    pub fn has(&self, column: usize) -> bool {
        let money = [self.amount, self.debit, self.credit, self.flag, self.balance];
        let others = [self.date, self.payer, self.id, self.currency, self.account, self.status];
        let texts = [&self.payee, &self.memo, &self.text];
        money.contains(&Some(column))
            || others.contains(&Some(column))
            || texts.into_iter().flatten().any(|columns| columns.contains(&column))
    }
}

/// How many columns the user named by a text that is among these.
pub fn count_named(names: &[&str], options: &Options) -> usize {
    flags(options).filter(|(_, text)| names.iter().any(|name| is_named(name, text))).count()
}

/// Every column that an option names, with its flag.
fn flags(options: &Options) -> impl Iterator<Item = (&'static str, &str)> {
    let one = [
        ("--date-column", &options.date_column),
        ("--amount-column", &options.amount_column),
        ("--debit-column", &options.debit_column),
        ("--credit-column", &options.credit_column),
        ("--flag-column", &options.flag_column),
        ("--balance-column", &options.balance_column),
        ("--payer-column", &options.payer_column),
        ("--id-column", &options.id_column),
        ("--currency-column", &options.currency_column),
        ("--account-column", &options.account_column),
        ("--status-column", &options.status_column),
    ];
    let several = [
        ("--payee-column", &options.payee_columns),
        ("--memo-column", &options.memo_columns),
        ("--text-column", &options.text_columns),
    ];
    let one = one.into_iter().filter_map(|(flag, text)| Some((flag, text.as_deref()?)));
    let several = several.into_iter().filter_map(|(flag, texts)| Some((flag, texts.as_ref()?)));
    one.chain(several.flat_map(|(flag, texts)| texts.iter().map(move |text| (flag, text.as_str()))))
}

/// Where the column of that text or number is.
pub fn column(names: &[&str], text: &str) -> Option<usize> {
    let by_number =
        || text.trim().parse::<usize>().ok()?.checked_sub(1).filter(|column| *column < names.len());
    names.iter().position(|name| is_named(name, text)).or_else(by_number)
}

fn is_named(name: &str, text: &str) -> bool {
    let is_same = || !fold(text).is_empty() && fold(name) == fold(text);
    !text.trim().is_empty() && (name.trim() == text.trim() || is_same())
}

/// The error for columns without date or amount, naming the flags and the columns there are.
pub fn missing(names: &[&str], is_date: bool, is_money: bool) -> Invalid {
    let (what, flags) = match (is_date, is_money) {
        (true, true) => ("date and none as its amount", "`--date-column` and `--amount-column`"),
        (true, false) => ("date", "`--date-column`"),
        _ => ("amount", "`--amount-column`, or `--debit-column` and `--credit-column`"),
    };
    Invalid::new(format!("no column of the file is known as its {what}"))
        .hint(format!("say which with {flags}, by header or number; {}", listed(names)))
}

/// The error for one column as both date and amount.
pub fn twice(names: &[&str], column: usize) -> Invalid {
    Invalid::new(format!("column {} cannot be both the date and the amount", column + 1)).hint(listed(names))
}

/// The columns with their numbers, as far as a message can hold.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 30;
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let short = |name: &str| name.trim().chars().map(plain).take(40).collect::<String>();
    let shown = (1..).zip(names).map(|(number, name)| format!("{number} `{}`", short(name)));
    let mut all: Vec<_> = shown.take(MOST).collect();
    if names.len() > MOST {
        all.push("...".to_owned());
    }
    format!("the columns are {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_found_by_header_and_else_by_number() {
        let names = ["Date", "2", "Notes and #tags"];
        assert_eq!(column(&names, "date"), Some(0));
        assert_eq!(column(&names, "2"), Some(1));
        assert_eq!(column(&names, "3"), Some(2));
        assert_eq!(column(&names, "notes and tags"), Some(2));
        for text in ["0", "4", "", "when"] {
            assert_eq!(column(&names, text), None, "{text}");
        }
    }

    #[test]
    fn all_columns_that_are_not_there_are_told_at_once() {
        let (date_column, id_column) = (Some("When".into()), Some("9".into()));
        let options = Options { date_column, id_column, ..Options::default() };
        let invalid = Said::find_all(&["Date", "Amount"], &options).unwrap_err();
        assert_eq!(invalid.message, "no such column: `--date-column When`, `--id-column 9`");
        assert_eq!(invalid.hint.as_deref(), Some("the columns are 1 `Date`, 2 `Amount`"));
    }
}
