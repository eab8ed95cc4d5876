//! Which column is what: what the user said, else the best of what the header words mean.
//!
//! `dialect` asks `known` to find the header line, `survey` asks `choose` for the columns. Where
//! several columns would do (ids, accounts, flags), all are kept and their values decide.

use csv::StringRecord;

use super::super::text::dates::{self, DateText};
use super::super::text::fold;
use super::super::{Options, Signs};
use super::cells::cell;
use super::guess::Guess;
use super::phrases::{self, Booking};
use super::said::{self, Said};
use super::words::{Meaning, Role, meaning};
use crate::domain::invalid::Invalid;

/// Where the amount of a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// In one column, with its sign or with a flag elsewhere.
    Amount(usize),
    /// In a column for money out and one for money in, or in one of these alone.
    Sides {
        /// Money out.
        debit: Option<usize>,
        /// Money in.
        credit: Option<usize>,
    },
}

/// Which column is what, by 0-based index.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The day.
    pub date: usize,
    /// Value dates and the like: written as the date is, so they help to settle its order.
    pub other_dates: Vec<usize>,
    /// The amount.
    pub money: Money,
    /// The balance after the row.
    pub balance: Option<usize>,
    /// Who sent the money, where that has a column beside who received it.
    pub payer: Option<usize>,
    /// Where the payee is looked for, in this order, until a cell is filled.
    pub payee: Vec<usize>,
    /// Further texts, joined; where all are blank, those of `texts` that are not the payee.
    pub memo: Vec<usize>,
    /// Texts that say who or what.
    pub texts: Vec<usize>,
    /// The currency of the row.
    pub currency: Option<usize>,
    /// Candidates for the bank's id; their values decide, and then it is one at most.
    pub ids: Vec<usize>,
    /// Candidates for the user's account, likewise.
    pub accounts: Vec<AccountColumn>,
    /// Whether the row is booked.
    pub status: Option<usize>,
    /// Candidates for the direction of money.
    pub flags: Vec<FlagColumn>,
    /// How dates are written, where that was said.
    pub date_format: Option<String>,
    /// Folded words for what is not booked yet, beside those known.
    pub pending_words: Vec<String>,
    /// There are no headings: of `texts`, a row's are those that have words in them.
    pub is_by_words: bool,
    /// Likewise of `payee`.
    pub is_payee_by_words: bool,
}

impl Columns {
    /// What a cell says as a date.
    pub fn read_date(&self, text: &str) -> Option<DateText> {
        match &self.date_format {
            None => dates::read(text),
            Some(format) => dates::read_as(text, format),
        }
    }

    /// How far the bank is with a row, by its status.
    pub fn booking(&self, text: &str) -> Booking {
        if self.is_pending_word(text) { Booking::Pending } else { phrases::booking(text) }
    }

    /// Whether a text in place of a date, or a status, says that the row is not booked yet.
    pub fn is_pending_word(&self, text: &str) -> bool {
        !self.pending_words.is_empty() && self.pending_words.contains(&fold(text))
    }
}

/// A column that may name the user's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountColumn {
    /// Its index.
    pub column: usize,
    /// A name rather than a number.
    pub is_name: bool,
}

/// A column that may say whether money goes in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagColumn {
    /// Its index.
    pub column: usize,
    /// Its header says that it is one.
    pub is_named: bool,
}

/// What a record shows of being the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// How much of date and amount is there: 2 is enough to read rows.
    pub essentials: u8,
    /// How many cells are header words.
    pub words: usize,
}

/// What of a header the record has; none where a cell is a date, as in every row, or there is one cell.
pub fn known(record: &StringRecord, options: &Options) -> Option<Known> {
    if record.len() < 2 || record.iter().any(|cell| dates::read(cell).is_some()) {
        return None;
    }
    let cells: Vec<_> = record.iter().collect();
    let said = Said::find(&cells, options);
    let meanings: Vec<_> = record.iter().map(meaning).collect();
    let has = |roles: &[Role]| meanings.iter().flatten().any(|meaning| roles.contains(&meaning.role));
    let has_date = said.date.is_some() || has(&[Role::Date, Role::Valuta]);
    let has_money = said.money().is_some() || has(&[Role::Amount, Role::Debit, Role::Credit]);
    let words = meanings.iter().flatten().count() + said::count_named(&cells, options);
    (words > 0).then_some(Known { essentials: u8::from(has_date) + u8::from(has_money), words })
}

/// Chooses the columns; `first` is the first row, which tells what ambiguous names mean, and `guess` is
/// what the cells themselves show where names say nothing.
///
/// # Errors
/// For an option that names a column that is not there, and where date or amount have none.
pub fn choose(
    names: &[String],
    first: Option<&StringRecord>,
    options: &Options,
    guess: Option<&Guess>,
) -> Result<Columns, Invalid> {
    let cells: Vec<_> = names.iter().map(String::as_str).collect();
    let said = Said::find_all(&cells, options)?;
    let choice = Choice::new(names, first, &said);
    let date = said.date.or_else(|| choice.best(Role::Date)).or_else(|| guess?.date);
    let money = said.money().or_else(|| choice.money()).or_else(|| guess?.money);
    let (Some(date), Some(money)) = (date, money) else {
        return Err(said::missing(&cells, date.is_none(), money.is_none()));
    };
    let is_money = match money {
        Money::Amount(column) => column == date,
        Money::Sides { debit, credit } => debit == Some(date) || credit == Some(date),
    };
    if is_money {
        return Err(said::twice(&cells, date));
    }
    let mut columns = choice.columns(date, money, &said);
    if let Some(guess) = guess {
        guess.complete(&mut columns);
    }
    choice.take_texts(&mut columns, &said);
    if let Some(Signs::Words { column, .. }) = options.signs
        && column < names.len()
        && columns.flags.iter().all(|flag| flag.column != column)
    {
        columns.flags.push(FlagColumn { column, is_named: true });
    }
    columns.date_format = options.date_format.clone();
    columns.pending_words = options.pending_words.iter().map(|word| fold(word)).collect();
    Ok(columns)
}

/// The meanings of the columns that the user did not name.
struct Choice {
    meanings: Vec<Option<Meaning>>,
    is_free: Vec<bool>,
    has_first_text: bool,
    has_names: bool,
}

impl Choice {
    fn new(names: &[String], first: Option<&StringRecord>, said: &Said) -> Choice {
        let is_free = (0..names.len()).map(|column| !said.has(column)).collect();
        let mut meanings: Vec<_> = names.iter().map(|name| meaning(name)).collect();
        for (column, meaning) in meanings.iter_mut().enumerate() {
            if let Some(meaning) = meaning.as_mut().filter(|meaning| meaning.role == Role::Valuta) {
                let is_date = first.is_some_and(|row| dates::read(cell(row, column)).is_some());
                (meaning.role, meaning.rank) = if is_date { (Role::Date, 2) } else { (Role::Currency, 0) };
            }
        }
        let is_first_text = |(name, meaning): (&String, &Option<Meaning>)| {
            meaning.is_some_and(|meaning| meaning.role == Role::Text && meaning.is_numbered)
                && name.trim().ends_with('1')
        };
        let has_first_text = names.iter().zip(&meanings).any(is_first_text);
        let has_names = names.iter().any(|name| !name.is_empty());
        Choice { meanings, is_free, has_first_text, has_names }
    }

    /// Free columns of a role as (rank, column), best first.
    fn ranked(&self, role: Role) -> Vec<(u8, usize)> {
        let mut found: Vec<_> = self
            .free()
            .filter_map(|(column, m)| m.filter(|m| m.role == role).map(|m| (m.rank, column)))
            .collect();
        found.sort_unstable();
        found
    }

    fn free(&self) -> impl Iterator<Item = (usize, Option<Meaning>)> {
        self.meanings.iter().copied().enumerate().filter(|(column, _)| self.is_free[*column])
    }

    fn all(&self, role: Role) -> Vec<usize> {
        self.ranked(role).into_iter().map(|(_, column)| column).collect()
    }

    fn best(&self, role: Role) -> Option<usize> {
        self.all(role).first().copied()
    }

    /// Two columns leave no doubt about the sign, so they go before one.
    fn money(&self) -> Option<Money> {
        let (debit, credit) = (self.best(Role::Debit), self.best(Role::Credit));
        let amount = self.best(Role::Amount).map(Money::Amount);
        match (debit, credit) {
            (Some(_), Some(_)) => Some(Money::Sides { debit, credit }),
            (None, None) => amount,
            _ => amount.or(Some(Money::Sides { debit, credit })),
        }
    }

    fn columns(&self, date: usize, money: Money, said: &Said) -> Columns {
        let texts = self.texts();
        let payees = self.ranked(Role::Payee);
        let payer = payees.iter().find(|(rank, _)| *rank == 2 && payees[0].0 < 2).map(|(_, column)| *column);
        let payee: Vec<_> =
            payees.into_iter().map(|(_, column)| column).chain(texts.iter().copied()).collect();
        let other_dates = self.all(Role::Date).into_iter().filter(|column| *column != date).collect();
        Columns {
            date,
            other_dates,
            money,
            balance: said.balance.or_else(|| self.best(Role::Balance)),
            payer: said.payer.or(payer.filter(|_| said.payee.is_none())),
            accounts: said.account.map_or_else(
                || self.accounts(payee.first().copied()),
                |column| vec![AccountColumn { column, is_name: false }],
            ),
            payee: said.payee.clone().unwrap_or(payee),
            memo: said.memo.clone().unwrap_or_else(|| self.memos()),
            texts: match (&said.text, &said.memo) {
                (Some(said), _) => said.clone(),
                (None, Some(_)) => Vec::new(),
                (None, None) => texts,
            },
            currency: said.currency.or_else(|| self.best(Role::Currency)),
            ids: said.id.map_or_else(|| self.all(Role::Id), |column| vec![column]),
            status: said.status.or_else(|| self.best(Role::Status)),
            flags: said
                .flag
                .map_or_else(|| self.flags(), |column| vec![FlagColumn { column, is_named: true }]),
            date_format: None,
            pending_words: Vec::new(),
            is_by_words: false,
            is_payee_by_words: false,
        }
    }

    /// Where no heading is known as a text, any column that is nothing else may hold one: each row shows it.
    fn take_texts(&self, columns: &mut Columns, said: &Said) {
        let is_known =
            [Role::Payee, Role::Text, Role::Memo].into_iter().any(|role| self.best(role).is_some());
        if is_known || said.memo.is_some() || said.text.is_some() || (said.payee.is_some() && self.has_names)
        {
            return;
        }
        let money = match columns.money {
            Money::Amount(column) => [Some(column), None],
            Money::Sides { debit, credit } => [debit, credit],
        };
        let used =
            [Some(columns.date), columns.balance, columns.currency, columns.status, money[0], money[1]];
        let is_account = |column: usize| columns.accounts.iter().any(|account| account.column == column);
        let nameless = self.free().filter(|(column, meaning)| meaning.is_none() && !is_account(*column));
        let texts = nameless.map(|(column, _)| column).filter(|column| !used.contains(&Some(*column)));
        columns.texts = texts.collect();
        columns.is_by_words = true;
        if said.payee.is_none() {
            columns.is_payee_by_words = true;
            columns.payee.clone_from(&columns.texts);
        }
    }

    /// `Description` beside `Description 1` and `2` is another thing, of the product for example.
    fn texts(&self) -> Vec<usize> {
        let is_text =
            |column: &usize| !self.has_first_text || self.meanings[*column].is_some_and(|m| m.is_numbered);
        self.all(Role::Text).into_iter().filter(is_text).collect()
    }

    fn memos(&self) -> Vec<usize> {
        let mut memos = self.all(Role::Memo);
        memos.sort_unstable();
        memos
    }

    /// Plain ones first, then numbers, names and products. A number behind the payee is the other party's,
    /// unless the own account has a name as well.
    fn accounts(&self, payee: Option<usize>) -> Vec<AccountColumn> {
        let ranked = self.ranked(Role::Account);
        let has_name = ranked.iter().any(|(rank, _)| *rank <= 1);
        let is_own = |column: usize| has_name || payee.is_none_or(|payee| column < payee);
        let of = |wanted: u8| {
            let fits =
                move |(rank, column): &&(u8, usize)| *rank == wanted && (wanted != 2 || is_own(*column));
            let account =
                move |(_, column): &(u8, usize)| AccountColumn { column: *column, is_name: wanted == 1 };
            ranked.iter().filter(fits).map(account)
        };
        [0, 2, 1, 3].into_iter().flat_map(of).collect()
    }

    /// Columns that are called flags, then those without a name or with one that says nothing.
    fn flags(&self) -> Vec<FlagColumn> {
        let named = self.all(Role::Flag).into_iter().map(|column| FlagColumn { column, is_named: true });
        let others = self.free().filter(|(_, meaning)| meaning.is_none());
        named.chain(others.map(|(column, _)| FlagColumn { column, is_named: false })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(header: &str) -> Vec<String> {
        header.split(',').map(str::to_owned).collect()
    }

    fn columns(header: &str) -> Columns {
        choose(&names(header), None, &Options::default(), None).unwrap()
    }

    #[test]
    fn booking_goes_before_value_date_and_amount_before_balance() {
        let columns = columns(
            "Value date,Booking date,Balance,Original amount,Amount (EUR),Name,Description,Reference",
        );
        assert_eq!((columns.date, columns.money, columns.balance), (1, Money::Amount(4), Some(2)));
        assert_eq!((&columns.payee[..], &columns.memo[..]), (&[5, 6][..], &[7][..]));
        assert_eq!(columns.other_dates, [0]);
    }

    #[test]
    fn two_money_columns_go_before_one() {
        assert_eq!(
            columns("Date,Amount,Debit,Credit").money,
            Money::Sides { debit: Some(2), credit: Some(3) }
        );
        assert_eq!(columns("Date,Amount,Debit").money, Money::Amount(1));
        assert_eq!(columns("Date,Debit").money, Money::Sides { debit: Some(1), credit: None });
    }

    #[test]
    fn accounts_behind_the_payee_are_the_other_partys() {
        let accounts = |header| columns(header).accounts.iter().map(|a| a.column).collect::<Vec<_>>();
        assert_eq!(accounts("IBAN,Date,Amount,Name"), [0]);
        assert_eq!(accounts("Date,Amount,Name,IBAN"), [0; 0]);
        assert_eq!(accounts("Date,Amount,Name,AccountName,AccountNumber"), [4, 3]);
    }

    #[test]
    fn numbered_texts_go_before_the_plain_one() {
        let columns = columns("Date,Amount,Description,Description 1,Description 2");
        assert_eq!((&columns.payee[..], &columns.texts[..]), (&[3, 4][..], &[3, 4][..]));
    }

    #[test]
    fn valuta_is_what_its_values_are() {
        let first = StringRecord::from(vec!["2026-03-01", "5", "2026-03-02"]);
        assert_eq!(
            choose(&names("Datum,Betrag,Valuta"), Some(&first), &Options::default(), None).unwrap().currency,
            None
        );
        assert_eq!(columns("Datum,Belopp,Valuta").currency, Some(2));
    }

    #[test]
    fn what_is_said_wins() {
        let (date_column, amount_column) = (Some("wann".into()), Some("3".into()));
        let options = Options { date_column, amount_column, ..Options::default() };
        let chosen = choose(&names("Date,Wann,Foo"), None, &options, None).unwrap();
        assert_eq!((chosen.date, chosen.money), (1, Money::Amount(2)));
    }

    #[test]
    fn a_header_without_an_amount_names_the_flags() {
        let invalid = choose(&names("Date,Foo"), None, &Options::default(), None).unwrap_err();
        assert_eq!(invalid.message, "no column of the file is known as its amount");
    }
}
