//! What the files of other programs say that rows were for: categories, tags and own accounts by name, found in the
//! book, or made before the first row is written that is new and names them. `apply` asks for a row's postings; banks'
//! files say none of it.

mod categories;
mod fuller;
mod naming;
mod one_sided;
mod parts;

use std::collections::{BTreeSet, HashMap, HashSet};

use fuller::FullerRows;
use naming::Named;
use one_sided::OneSided;
use parts::{Part, Value, amounts, transfers};

use super::formats::text::currency;
use super::formats::{FileLine, FilePart, Layout, ReadSeek};
use super::plan::{Fitted, Request, fitted, minor};
use super::standing::Standing;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, CategoryId, TagId};
use crate::domain::money::{CurrencyCode, Minor};
use crate::domain::name::clean_from_file;
use crate::domain::transaction::{NewPosting, Status};
use crate::error::Result;
use crate::ledger::lookup;

/// What the names of a file are in the book.
#[derive(Debug)]
pub struct Given {
    named: Named,
    categories: HashMap<String, CategoryId>,
    tags: HashMap<String, TagId>,
    /// Own accounts, as the file names them.
    accounts: HashMap<String, Account>,
    /// Accounts whose own rows are in: nothing more is put beside those.
    done: HashSet<AccountId>,
    /// What stands already where a transfer's other leg would.
    standing: Standing,
    /// How many transfers lost the category that the file gives them.
    dropped: usize,
    /// Own accounts that new rows name and the book has not.
    missing: BTreeSet<String>,
    /// What was taken over so far.
    taken_over: TakenOver,
    /// Rows that say more of a transfer than its other side's row.
    fuller: FullerRows,
    /// Transfers that the file shows in one of their accounts alone.
    one_sided: OneSided,
    /// The currency that the book is kept in, and how many decimals it has.
    book: CurrencyCode,
    exponent: u32,
}

/// A row that says more than the other side's, with its amount and where it goes.
#[derive(Debug)]
pub struct Fuller {
    /// The row.
    pub line: FileLine,
    /// In minor units of its account.
    pub amount: Minor,
    /// Its account.
    pub account: Account,
}

/// What was taken over of a file that says what its rows were for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// The categories that were made, by name.
    pub categories: Vec<String>,
    /// How many tags new transactions bear.
    pub tags: usize,
    /// How many new transactions have several parts.
    pub splits: usize,
    /// How many parts of new transactions are transfers whose other leg was made with them.
    pub transfers: usize,
}

impl Given {
    fn new(book: CurrencyCode, exponent: u32) -> Given {
        Given {
            named: Named::default(),
            categories: HashMap::new(),
            tags: HashMap::new(),
            accounts: HashMap::new(),
            done: HashSet::new(),
            standing: Standing::default(),
            dropped: 0,
            missing: BTreeSet::new(),
            taken_over: TakenOver::default(),
            fuller: FullerRows::default(),
            one_sided: OneSided::default(),
            book,
            exponent,
        }
    }

    /// Finds what rows of the file name: nothing for formats that say no purposes.
    ///
    /// # Errors
    /// What the database says; a file that can no longer be read.
    pub fn gather(
        w: &mut Writer<'_>,
        input: &mut dyn ReadSeek,
        layout: &Layout,
        requests: &[Request],
    ) -> Result<Given> {
        let mut given = Given::new(w.currency.code, w.currency.exponent);
        if !layout.names_categories() {
            return Ok(given);
        }
        given.named = Named::of(layout);
        for request in requests {
            for row in fitted(input, layout, request)? {
                if let Fitted::Line(line, _) = row? {
                    given.named.see(&line);
                    given.fuller.see(&line);
                    given.one_sided.see(&line);
                }
            }
        }
        given.one_sided.settle();
        if layout.says_purposes() {
            given.find_accounts(w, layout, requests)?;
        }
        Ok(given)
    }

    /// The other account's row of the transfer that a new row is, where it says more and its account's rows are not in
    /// yet: the transaction is made of that one, in its account.
    pub fn fuller(&mut self, line: &FileLine) -> Option<Fuller> {
        let fuller = self.fuller.take(line)?;
        let account = self.accounts.get(fuller.account.as_ref()?)?;
        if account.is_closed || self.done.contains(&account.id) {
            return None;
        }
        let amount = minor(fuller.amount, account.exponent)?;
        Some(Fuller { line: fuller, amount, account: account.clone() })
    }

    /// Looks where these rows' accounts have them already, and answers which do not.
    ///
    /// # Errors
    /// What the database says.
    pub fn not_there(&mut self, w: &mut Writer<'_>, rows: &[&Fuller]) -> Result<Vec<bool>> {
        let wanted = rows.iter().map(|row| (row.account.id, row.line.date, row.amount)).collect();
        self.standing.look_at(w, wanted)?;
        let standing = &mut self.standing;
        let not_there = |row: &&Fuller| !standing.take(row.account.id, row.line.date, row.amount);
        Ok(rows.iter().map(not_there).collect())
    }

    /// The tags of a row.
    pub fn tags(&self, line: &FileLine) -> Vec<TagId> {
        let tags = line.purpose.iter().flat_map(|purpose| &purpose.tags);
        tags.filter_map(|tag| self.tags.get(tag).copied()).collect()
    }

    /// Looks what stands already where these rows' transfers would put their other legs.
    ///
    /// # Errors
    /// What the database says.
    pub fn look_at<'r>(
        &mut self,
        w: &mut Writer<'_>,
        account: &Account,
        rows: impl Iterator<Item = (&'r FileLine, Minor)>,
    ) -> Result<()> {
        if self.accounts.is_empty() {
            return Ok(());
        }
        let mut wanted = Vec::new();
        for (line, amount) in rows {
            for part in transfers(line) {
                if let Some((other, leg)) = self.leg((account, line), part, amount) {
                    wanted.push((other.id, part.other_date.unwrap_or(line.date), leg));
                }
            }
        }
        self.standing.look_at(w, wanted)
    }

    /// The account that a part's money went to or came from, where its other leg is not in yet, and what it has of it.
    fn leg(
        &self,
        (account, line): (&Account, &FileLine),
        part: Part<'_>,
        whole: Minor,
    ) -> Option<(&Account, Minor)> {
        let other = self.accounts.get(part.other?)?;
        if other.id == account.id || other.is_closed {
            return None;
        }
        // That account's rows are in, and one of them is this one's other side.
        if self.done.contains(&other.id) && !self.one_sided.has(line, part) {
            return None;
        }
        let amount = match (part.of_file, part.other_amount) {
            (_, Some((_, Some(code)))) if !currency::may_be(code, other.currency.as_str()) => return None,
            (_, Some((amount, _))) => minor(*amount, other.exponent)?,
            _ if other.currency != account.currency => return None,
            (Some(of_file), None) if of_file.amount.is_zero() => return None,
            (Some(of_file), None) => minor(of_file.amount, account.exponent)?.checked_neg().ok()?,
            (None, None) => whole.checked_neg().ok()?,
        };
        Some((other, amount))
    }

    /// The account that all of a row's money went to or came from.
    pub fn other(&self, account: &Account, line: &FileLine, amount: Minor) -> Option<&Account> {
        match transfers(line).as_slice() {
            [only] if line.purpose.as_ref().is_none_or(|purpose| purpose.parts.len() < 2) => {
                self.leg((account, line), *only, amount).map(|(other, _)| other)
            }
            _ => None,
        }
    }

    /// The categories that the file gives a row, with their parts of the amount; those of nothing are left out.
    pub fn parts(&self, line: &FileLine, exponent: u32) -> Vec<(Option<CategoryId>, Minor)> {
        let parts = amounts(line, exponent).into_iter();
        parts.map(|(part, amount)| (self.category(part), amount)).collect()
    }

    fn category(&self, part: &FilePart) -> Option<CategoryId> {
        part.category.as_ref().and_then(|text| self.categories.get(text)).copied()
    }

    /// Whether the file says what a row was for.
    pub fn says(&self, line: &FileLine) -> bool {
        let has_parts = line.purpose.as_ref().is_some_and(|purpose| !purpose.parts.is_empty());
        has_parts || line.other_account.as_ref().is_some_and(|name| self.accounts.contains_key(name))
    }

    /// The postings of a new row, by what the file says of it; where it says nothing they are `guessed`. Those of the
    /// row's account come first: what another has of it, by a transfer, behind them.
    pub fn postings(
        &mut self,
        line: &FileLine,
        whole: NewPosting,
        guessed: Vec<NewPosting>,
        account: &Account,
    ) -> Vec<NewPosting> {
        let (mut own, mut legs) = (Vec::new(), Vec::new());
        let whole = self.with_value(line, whole);
        let mut value = Value::of(&whole);
        for (part, amount) in amounts(line, account.exponent) {
            self.missing
                .extend(part.other_account.iter().filter(|name| !self.accounts.contains_key(*name)).cloned());
            let mut posting = NewPosting {
                category: self.category(part),
                amount,
                value: value.of_next(amount),
                memo: part.memo.as_deref().and_then(clean_from_file),
                ..whole.clone()
            };
            legs.extend(self.other_leg((account, line), Part::of(part), &mut posting));
            own.push(posting);
        }
        if own.is_empty()
            && let Some(part) = transfers(line).first()
        {
            let mut posting = whole.clone();
            if let Some(leg) = self.other_leg((account, line), *part, &mut posting) {
                return vec![posting, leg];
            }
        }
        self.taken_over.splits += usize::from(own.len() > 1);
        let mut postings = if own.is_empty() { guessed } else { own };
        if postings.is_empty() {
            postings.push(whole);
        }
        postings.append(&mut legs);
        postings
    }

    /// The row with its value, where the file says what it is worth in the book's currency.
    fn with_value(&self, line: &FileLine, whole: NewPosting) -> NewPosting {
        let worth = line.purpose.as_ref().and_then(|purpose| purpose.worth.as_ref());
        let said = worth.filter(|(_, code)| *code == self.book.as_str());
        let value = said.and_then(|(worth, _)| minor(*worth, self.exponent));
        NewPosting { value: whole.value.or(value), ..whole }
    }

    /// What the other account has of a part that is a transfer, unless it stands there. Both legs have one value.
    fn other_leg(
        &mut self,
        (account, line): (&Account, &FileLine),
        part: Part<'_>,
        posting: &mut NewPosting,
    ) -> Option<NewPosting> {
        let (other, amount) = self.leg((account, line), part, posting.amount)?;
        let (id, is_on_budget, name) = (other.id, other.is_on_budget, other.name.clone());
        let is_in_book_currency = other.currency == self.book;
        let date = part.other_date.unwrap_or(posting.date);
        if self.standing.take(id, date, amount) {
            return None;
        }
        self.one_sided.tell(line, part, &name);
        // Only money that leaves the budget is spent by a transfer.
        if posting.category.is_some() && (!account.is_on_budget || is_on_budget) {
            self.dropped += 1;
            posting.category = None;
        }
        if is_in_book_currency && posting.value.is_none() {
            posting.value = amount.checked_neg().ok();
        }
        let value = posting.value.and_then(|value| value.checked_neg().ok());
        self.taken_over.transfers += 1;
        let memo = part.other_memo.and_then(|memo| clean_from_file(memo));
        Some(NewPosting { account: id, category: None, date, amount, value, memo, ..posting.clone() })
    }

    /// What of the file's words could not be kept, for people.
    pub fn notes(&mut self) -> Vec<String> {
        let mut notes = Vec::new();
        let dropped = std::mem::take(&mut self.dropped);
        if dropped > 0 {
            let what = match dropped {
                1 => "1 transfer between accounts on budget has a category, which".to_owned(),
                many => format!("{many} transfers between accounts on budget have categories, which"),
            };
            notes.push(format!(
                "{what} is not kept: where they were spent, `groat import undo`, make the account first with \
                 `groat account add NAME --off-budget`, then import again"
            ));
        }
        let missing = std::mem::take(&mut self.missing);
        if !missing.is_empty() {
            let (listed, them) = (
                lookup::listed(missing.iter().map(String::as_str)),
                if missing.len() == 1 { "it is" } else { "they are" },
            );
            notes.push(format!(
                "transfers name what is no account of the book, and stand without their other side: {listed}; where \
                 {them} yours, `groat import undo`, `groat account add NAME`, then import again"
            ));
        }
        notes
    }

    /// What was added to the whole file, for people.
    pub fn added(&self) -> Option<String> {
        self.one_sided.note()
    }

    /// What was taken over of the whole file.
    pub fn taken_over(self) -> TakenOver {
        let mut categories = self.taken_over.categories;
        categories.sort_unstable();
        TakenOver { tags: self.tags.len(), categories, ..self.taken_over }
    }

    /// The rows of an account are in.
    pub fn done_with(&mut self, account: AccountId) {
        self.done.insert(account);
    }
}

/// How far a row is confirmed when it comes in.
pub fn status(line: &FileLine) -> Status {
    if is_confirmed(line) { Status::Cleared } else { Status::Pending }
}

/// Whether the bank has booked a row, or another program's user has confirmed it.
pub fn is_confirmed(line: &FileLine) -> bool {
    !line.is_pending && line.purpose.as_ref().is_none_or(|purpose| !purpose.is_unconfirmed)
}
