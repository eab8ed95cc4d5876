//! One change to a book, chosen at random: from few names, so that they are used again, clash and fit several; often
//! one that is refused. What is tested of it stands in `undo`.

use chrono::{Duration, NaiveDate};
use groat::db::cleared;
use groat::domain::account::AccountKind;
use groat::domain::category::CategoryKind;
use groat::domain::ids::{OperationId, TransactionId};
use groat::domain::money::{CurrencyCode, Minor};
use groat::domain::transaction::Status;
use groat::error::{OrUsage, Result};
use groat::history;
use groat::ledger::record::{Entry, record};
use groat::ledger::setup::{Setup, set_up};
use groat::ledger::transfer::{Transfer, transfer};
use groat::ledger::{accounts, categories, delete, edit, payees, reconcile, tags};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::giving::{Giving, any_giving};
use crate::shelf::{Shelf, amount, today};
use crate::statements::{self, Statement};

type Text = &'static str;

pub const PEOPLE: [Text; 2] = ["ann", "bob"];
const ACCOUNTS: [Text; 6] = ["Cash", "Bank", "Card", "Euros", "BANK", "Spare"];
const CATEGORIES: [Text; 8] =
    ["Groceries", "Fuel", "groceries", "Fun/Groceries", "Fun/Cinema", "Salary", "Income", "none"];
const GROUPS: [Text; 5] = ["General", "Fun", "FUN", "Income", "Food"];
const PAYEES: [Text; 5] = ["Tesco", "TESCO", "Shell", "Boots", "Lidl"];
const TAGS: [Text; 4] = ["trip", "Trip", "home", "work"];
const AMOUNTS: [Text; 6] = ["3.20", "12.50", "0.01", "-4", "+7", "0"];
/// Two of these in one month of one account, or under one category, are more than can be counted. Only for
/// spending: of both signs, a sum in any other order than that of recording might pass the limit on its way.
const HUGE: Text = "90000000000000000";

#[derive(Debug, Clone)]
pub enum Step {
    Add(Add),
    Transfer {
        from: Text,
        to: Text,
        amount: Text,
        received: Option<Text>,
        category: Option<Text>,
        day: i64,
    },
    Edit {
        which: Vec<usize>,
        change: Change,
        is_forced: bool,
    },
    Move {
        which: Vec<usize>,
        category: Text,
    },
    Delete {
        which: Vec<usize>,
        is_forced: bool,
    },
    /// With what is cleared, or with something else by force; what is pending may be seen on the statement.
    Reconcile {
        account: Text,
        day: i64,
        is_forced: bool,
        sees: bool,
    },
    Duplicate {
        which: usize,
        day: i64,
    },
    AddAccount {
        name: Text,
        kind: AccountKind,
        currency: Option<Text>,
        off_budget: bool,
        balance: Option<Text>,
    },
    EditAccount {
        name: Text,
        edit: AccountEdit,
    },
    CloseAccount {
        name: Text,
        to: Option<Text>,
    },
    ReopenAccount(Text),
    DeleteAccount(Text),
    AddCategory {
        name: Text,
        group: Option<Text>,
        is_income: bool,
    },
    EditCategory {
        name: Text,
        edit: CategoryEdit,
    },
    MergeCategories {
        from: Text,
        into: Text,
    },
    DeleteCategory(Text),
    AddGroup(Text),
    RenameGroup {
        name: Text,
        to: Text,
    },
    DeleteGroup(Text),
    RenamePayee {
        name: Text,
        to: Text,
    },
    MergePayees {
        from: Text,
        into: Text,
    },
    RenameTag {
        name: Text,
        to: Text,
    },
    DeleteTag(Text),
    SetUp {
        currency: Option<Text>,
        starter: bool,
    },
    Import(Statement),
    TakeBack(usize),
    Give(Giving),
    /// The second leg of a transfer is dated as a bank might, behind groat's back.
    DateLeg {
        which: usize,
        day: i64,
    },
    Undo,
    UndoOperation(usize),
    Redo,
}

#[derive(Debug, Clone)]
pub struct Add {
    is_income: bool,
    amount: Text,
    payee: Option<Text>,
    category: Option<Text>,
    account: Option<Text>,
    day: i64,
    tags: Vec<Text>,
    split: Option<(Text, Text)>,
    value: Option<Text>,
}

#[derive(Debug, Clone)]
pub enum Change {
    Amount(Text),
    Value(Text),
    Payee(Option<Text>),
    Category(Option<Text>),
    Account(Text),
    Day(i64),
    Note(Option<Text>),
    Tag(Text),
    Untag(Text),
    Split(Text, Text),
    Status(Status),
    Everything,
}

#[derive(Debug, Clone)]
pub enum AccountEdit {
    Name(Text),
    Kind(AccountKind),
    Currency(Text),
    OnBudget(bool),
}

#[derive(Debug, Clone)]
pub enum CategoryEdit {
    Name(Text),
    Group(Text),
    Kind(CategoryKind),
    Hidden(bool),
    NameAndGroup(Text, Text),
}

/// Accounts on and off budget, one in another currency, and something in most of them.
pub fn household() -> Vec<Step> {
    let account = |name, kind, currency, off_budget, balance| Step::AddAccount {
        name,
        kind,
        currency,
        off_budget,
        balance: Some(balance),
    };
    let add = |amount, payee, category, account, tags: &[Text]| {
        Step::Add(Add {
            is_income: false,
            amount,
            payee: Some(payee),
            category: Some(category),
            account: Some(account),
            day: 0,
            tags: tags.to_vec(),
            split: None,
            value: None,
        })
    };
    vec![
        account("Cash", AccountKind::Cash, None, false, "20"),
        account("Bank", AccountKind::Checking, None, false, "500"),
        account("Card", AccountKind::Card, None, true, "-35.50"),
        account("Euros", AccountKind::Savings, Some("EUR"), false, "0"),
        add("12.50", "Tesco", "Groceries", "Cash", &["home"]),
        add("40", "Shell", "Fuel", "Bank", &["trip", "work"]),
        add("7", "Boots", "Fun/Cinema", "Card", &[]),
        add("9", "Lidl", "none", "Euros", &["trip"]),
        Step::Transfer { from: "Bank", to: "Card", amount: "30", received: None, category: None, day: -20 },
    ]
}

/// A step of any sort.
pub fn any_step() -> BoxedStrategy<Step> {
    prop_oneof![
        9 => any_change(),
        2 => Just(Step::Undo),
        4 => number().prop_map(Step::UndoOperation),
        2 => Just(Step::Redo),
    ]
    .boxed()
}

/// A step that is not about the history.
pub fn any_change() -> BoxedStrategy<Step> {
    let which = || proptest::collection::vec(number(), 1..3);
    prop_oneof![
        8 => add().prop_map(Step::Add),
        3 => transfer_step(),
        5 => (which(), change(), any::<bool>())
            .prop_map(|(which, change, is_forced)| Step::Edit { which, change, is_forced }),
        2 => (which(), text(&CATEGORIES)).prop_map(|(which, category)| Step::Move { which, category }),
        2 => (which(), any::<bool>()).prop_map(|(which, is_forced)| Step::Delete { which, is_forced }),
        4 => (text(&ACCOUNTS), day(), any::<bool>(), any::<bool>())
            .prop_map(|(account, day, is_forced, sees)| Step::Reconcile { account, day, is_forced, sees }),
        1 => (number(), day()).prop_map(|(which, day)| Step::Duplicate { which, day }),
        6 => account_step(),
        6 => category_step(),
        3 => pair(&PAYEES).prop_map(|(name, to)| Step::RenamePayee { name, to }),
        4 => pair(&PAYEES).prop_map(|(from, into)| Step::MergePayees { from, into }),
        2 => pair(&TAGS).prop_map(|(name, to)| Step::RenameTag { name, to }),
        1 => text(&TAGS).prop_map(Step::DeleteTag),
        5 => statement().prop_map(Step::Import),
        2 => (0_usize..3).prop_map(Step::TakeBack),
        10 => any_giving().prop_map(Step::Give),
        1 => (option::of(select(&["EUR", "JPY", "USD"])), any::<bool>())
            .prop_map(|(currency, starter)| Step::SetUp { currency, starter }),
    ]
    .boxed()
}

fn statement() -> impl Strategy<Value = Statement> {
    let account = prop_oneof![3 => Just("Bank"), 1 => text(&ACCOUNTS)];
    (account, 0_usize..5, any::<bool>(), option::weighted(0.2, Just(()))).prop_map(
        |(account, file, with_pending, restores)| Statement {
            account,
            file,
            with_pending,
            restores_deleted: restores.is_some(),
        },
    )
}

/// Which of the transactions or operations.
fn number() -> impl Strategy<Value = usize> {
    // The newest are the most likely to have something built upon them.
    prop_oneof![2 => 0_usize..4, 1 => 0_usize..12]
}

fn text(all: &'static [Text]) -> impl Strategy<Value = Text> {
    select(all)
}

fn pair(all: &'static [Text]) -> impl Strategy<Value = (Text, Text)> {
    (text(all), text(all))
}

fn day() -> impl Strategy<Value = i64> {
    // Three months.
    select(&[0_i64, 0, -1, -20, -40, 20])
}

fn add() -> impl Strategy<Value = Add> {
    let amounts = prop_oneof![
        9 => (any::<bool>(), text(&AMOUNTS)),
        1 => Just((false, HUGE)),
    ];
    (
        amounts,
        option::of(text(&PAYEES)),
        option::of(text(&CATEGORIES)),
        option::weighted(0.8, text(&ACCOUNTS)),
        day(),
        proptest::collection::vec(text(&TAGS), 0..3),
        option::weighted(0.2, pair(&CATEGORIES)),
        option::weighted(0.2, text(&AMOUNTS)),
    )
        .prop_map(|((is_income, amount), payee, category, account, day, tags, split, value)| Add {
            is_income,
            amount,
            payee,
            category,
            account,
            day,
            tags,
            split,
            value,
        })
}

fn transfer_step() -> impl Strategy<Value = Step> {
    let category = option::weighted(0.2, text(&CATEGORIES));
    (pair(&ACCOUNTS), text(&["5", "7.50", "0", "-1"]), option::of(text(&["4", "7.50"])), category, day())
        .prop_map(|((from, to), amount, received, category, day)| Step::Transfer {
            from,
            to,
            amount,
            received,
            category,
            day,
        })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        text(&AMOUNTS).prop_map(Change::Amount),
        text(&AMOUNTS).prop_map(Change::Value),
        option::of(text(&PAYEES)).prop_map(Change::Payee),
        option::of(text(&CATEGORIES)).prop_map(Change::Category),
        text(&ACCOUNTS).prop_map(Change::Account),
        day().prop_map(Change::Day),
        option::of(text(&["lunch", "late"])).prop_map(Change::Note),
        text(&TAGS).prop_map(Change::Tag),
        text(&TAGS).prop_map(Change::Untag),
        pair(&CATEGORIES).prop_map(|(one, other)| Change::Split(one, other)),
        select(&[Status::Pending, Status::Cleared]).prop_map(Change::Status),
        Just(Change::Everything),
    ]
}

fn account_step() -> impl Strategy<Value = Step> {
    let kind = || select(&[AccountKind::Cash, AccountKind::Checking, AccountKind::Card]);
    let currency = || option::weighted(0.3, text(&["EUR", "JPY", "USD"]));
    let edit = prop_oneof![
        2 => text(&ACCOUNTS).prop_map(AccountEdit::Name),
        1 => kind().prop_map(AccountEdit::Kind),
        1 => text(&["EUR", "JPY", "USD"]).prop_map(AccountEdit::Currency),
        4 => any::<bool>().prop_map(AccountEdit::OnBudget),
    ];
    prop_oneof![
        2 => (text(&ACCOUNTS), kind(), currency(), any::<bool>(), option::of(text(&AMOUNTS))).prop_map(
            |(name, kind, currency, off_budget, balance)| Step::AddAccount { name, kind, currency, off_budget, balance }
        ),
        4 => (text(&ACCOUNTS), edit).prop_map(|(name, edit)| Step::EditAccount { name, edit }),
        2 => (text(&ACCOUNTS), option::weighted(0.8, text(&ACCOUNTS)))
            .prop_map(|(name, to)| Step::CloseAccount { name, to }),
        1 => text(&ACCOUNTS).prop_map(Step::ReopenAccount),
        1 => text(&ACCOUNTS).prop_map(Step::DeleteAccount),
    ]
}

fn category_step() -> impl Strategy<Value = Step> {
    let edit = prop_oneof![
        text(&CATEGORIES).prop_map(CategoryEdit::Name),
        text(&GROUPS).prop_map(CategoryEdit::Group),
        select(&[CategoryKind::Expense, CategoryKind::Income]).prop_map(CategoryEdit::Kind),
        any::<bool>().prop_map(CategoryEdit::Hidden),
        (text(&CATEGORIES), text(&GROUPS)).prop_map(|(name, group)| CategoryEdit::NameAndGroup(name, group)),
    ];
    prop_oneof![
        2 => (text(&CATEGORIES), option::of(text(&GROUPS)), any::<bool>())
            .prop_map(|(name, group, is_income)| Step::AddCategory { name, group, is_income }),
        3 => (text(&CATEGORIES), edit).prop_map(|(name, edit)| Step::EditCategory { name, edit }),
        3 => pair(&CATEGORIES).prop_map(|(from, into)| Step::MergeCategories { from, into }),
        1 => text(&CATEGORIES).prop_map(Step::DeleteCategory),
        1 => text(&GROUPS).prop_map(Step::AddGroup),
        2 => pair(&GROUPS).prop_map(|(name, to)| Step::RenameGroup { name, to }),
        1 => text(&GROUPS).prop_map(Step::DeleteGroup),
    ]
}

impl Step {
    pub fn is_about_history(&self) -> bool {
        matches!(self, Self::Undo | Self::UndoOperation(_) | Self::Redo)
    }

    /// Does it as somebody.
    ///
    /// # Errors
    /// Those of the operation: that it is refused is no failure.
    pub fn take(&self, shelf: &Shelf, actor: &str) -> Result<()> {
        let ids = |which: &[usize]| -> Vec<TransactionId> {
            let all = shelf.transactions();
            which.iter().map(|number| TransactionId(one_of(&all, *number))).collect()
        };
        match self {
            Self::Add(add) => {
                let entry = add.entry();
                shelf.write(actor, |w| record(w, &entry)).map(drop)
            }
            Self::Transfer { .. } => {
                let wanted = self.transfer();
                shelf.write(actor, |w| transfer(w, &wanted)).map(drop)
            }
            Self::Edit { which, change, is_forced } => {
                let (ids, edit) = (ids(which), edit::Edit { is_forced: *is_forced, ..change.edit() });
                shelf.write(actor, |w| edit::edit(w, &ids, &edit)).map(drop)
            }
            Self::Move { which, category } => {
                let ids = ids(which);
                shelf.write(actor, |w| edit::recategorise(w, &ids, category)).map(drop)
            }
            Self::Delete { which, is_forced } => {
                let ids = ids(which);
                shelf.write(actor, |w| delete::delete(w, &ids, *is_forced)).map(drop)
            }
            Self::Reconcile { .. } => self.reconcile(shelf, actor),
            Self::Duplicate { which, day } => {
                let id = ids(&[*which])[0];
                shelf.write(actor, |w| delete::duplicate(w, id, date(*day))).map(drop)
            }
            Self::Import(statement) => statement.import(shelf, actor),
            Self::TakeBack(place) => statements::take_back(shelf, actor, *place),
            Self::Give(giving) => giving.take(shelf, actor),
            Self::DateLeg { which, day } => shelf.date_leg(ids(&[*which])[0], date(*day)),
            Self::UndoOperation(which) => {
                let id = OperationId(one_of(&shelf.operations(), *which));
                shelf.write(actor, |w| history::undo(w, Some(id))).map(drop)
            }
            Self::Undo => shelf.write(actor, |w| history::undo(w, None)).map(drop),
            Self::Redo => shelf.write(actor, history::redo).map(drop),
            _ => self.take_on_names(shelf, actor),
        }
    }

    fn take_on_names(&self, shelf: &Shelf, actor: &str) -> Result<()> {
        match self {
            Self::AddAccount { .. } => {
                let wanted = self.account();
                shelf.write(actor, |w| accounts::add(w, &wanted)).map(drop)
            }
            Self::EditAccount { name, edit } => {
                let edit = edit.edit();
                shelf.write(actor, |w| accounts::edit(w, name, &edit)).map(drop)
            }
            Self::CloseAccount { name, to } => {
                shelf.write(actor, |w| accounts::close(w, name, *to, today())).map(drop)
            }
            Self::ReopenAccount(name) => shelf.write(actor, |w| accounts::reopen(w, name)).map(drop),
            Self::DeleteAccount(name) => shelf.write(actor, |w| accounts::delete(w, name)).map(drop),
            Self::AddCategory { name, group, is_income } => {
                let kind = is_income.then_some(CategoryKind::Income);
                shelf.write(actor, |w| categories::add(w, name, *group, kind)).map(drop)
            }
            Self::EditCategory { name, edit } => {
                let edit = edit.edit();
                shelf.write(actor, |w| categories::edit(w, name, &edit)).map(drop)
            }
            Self::MergeCategories { from, into } => {
                shelf.write(actor, |w| categories::merge(w, from, into)).map(drop)
            }
            Self::DeleteCategory(name) => shelf.write(actor, |w| categories::delete(w, name)).map(drop),
            Self::AddGroup(name) => shelf.write(actor, |w| categories::add_group(w, name)).map(drop),
            Self::RenameGroup { name, to } => {
                shelf.write(actor, |w| categories::rename_group(w, name, to)).map(drop)
            }
            Self::DeleteGroup(name) => shelf.write(actor, |w| categories::delete_group(w, name)).map(drop),
            Self::RenamePayee { name, to } => shelf.write(actor, |w| payees::rename(w, name, to)).map(drop),
            Self::MergePayees { from, into } => {
                shelf.write(actor, |w| payees::merge(w, from, into)).map(drop)
            }
            Self::RenameTag { name, to } => shelf.write(actor, |w| tags::rename(w, name, to)).map(drop),
            Self::DeleteTag(name) => shelf.write(actor, |w| tags::delete(w, name)).map(drop),
            Self::SetUp { currency, starter } => {
                let setup =
                    Setup { currency: currency.map(code), account: None, starter_categories: *starter };
                shelf.write(actor, |w| set_up(w, &setup)).map(drop)
            }
            _ => unreachable!("`take` does the others"),
        }
    }

    fn reconcile(&self, shelf: &Shelf, actor: &str) -> Result<()> {
        let Self::Reconcile { account, day, is_forced, sees } = self else {
            unreachable!("asked of a reconciliation alone");
        };
        let date = date(*day);
        shelf
            .write(actor, |w| {
                let (found, _) = reconcile::begin(w.conn(), account, today(), None)?;
                let pending = reconcile::pending(w.conn(), &found, date)?;
                let seen: Vec<_> = pending.into_iter().take(if *sees { 2 } else { 0 }).collect();
                let cleared = cleared::sums(w.conn(), found.id, date)?.cleared;
                let there =
                    Minor::checked_sum(seen.iter().map(|row| row.amount).chain([Minor(cleared)])).usage()?;
                let said = if *is_forced { Minor(7) } else { there };
                let request = reconcile::Request {
                    account: (*account).to_owned(),
                    statement: reconcile::Statement::Filed(said, "bank.csv".to_owned()),
                    date,
                    seen: seen.iter().map(|row| row.transaction).collect(),
                    is_forced: *is_forced,
                };
                reconcile::reconcile(w, &request)
            })
            .map(drop)
    }

    fn transfer(&self) -> Transfer {
        let Self::Transfer { from, to, amount: wanted, received, category, day } = self else {
            unreachable!("asked of a transfer alone");
        };
        Transfer {
            amount: amount(wanted),
            received: received.map(amount),
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            category: category.map(str::to_owned),
            date: date(*day),
            note: None,
        }
    }

    fn account(&self) -> accounts::Wanted {
        let Self::AddAccount { name, kind, currency, off_budget, balance } = self else {
            unreachable!("asked of a new account alone");
        };
        accounts::Wanted {
            name: (*name).to_owned(),
            kind: *kind,
            currency: currency.map(code),
            is_off_budget: *off_budget,
            balance: balance.map(amount),
            date: date(-20),
        }
    }
}

/// What was spent, at somebody, from an account; uncategorised.
pub fn expense(amount: Text, payee: Text, account: Text) -> Entry {
    let add = Add {
        is_income: false,
        amount,
        payee: Some(payee),
        category: Some("none"),
        account: Some(account),
        day: 0,
        tags: Vec::new(),
        split: None,
        value: None,
    };
    add.entry()
}

impl Add {
    fn entry(&self) -> Entry {
        let split = self.split.map(|(one, other)| {
            // Halves of 12.50; of other amounts they do not sum, which is refused.
            vec![(one.to_owned(), amount("6.25")), (other.to_owned(), amount("6.25"))]
        });
        Entry {
            is_income: self.is_income,
            amount: amount(self.amount),
            payee: self.payee.map(str::to_owned),
            category: self.category.filter(|_| split.is_none()).map(str::to_owned),
            account: self.account.map(str::to_owned),
            date: date(self.day),
            note: None,
            tags: self.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            split: split.unwrap_or_default(),
            value: self.value.map(amount),
            status: None,
            is_strict: false,
            configured_account: None,
        }
    }
}

impl Change {
    fn edit(&self) -> edit::Edit {
        let nothing = edit::Edit::default();
        match self {
            Self::Amount(text) => edit::Edit { amount: Some(amount(text)), ..nothing },
            Self::Value(text) => edit::Edit { value: Some(amount(text)), ..nothing },
            Self::Payee(name) => edit::Edit { payee: Some(name.map(str::to_owned)), ..nothing },
            Self::Category(name) => edit::Edit { category: Some(name.map(str::to_owned)), ..nothing },
            Self::Account(name) => edit::Edit { account: Some((*name).to_owned()), ..nothing },
            Self::Day(day) => edit::Edit { date: Some(date(*day)), ..nothing },
            Self::Note(note) => edit::Edit { note: Some(note.map(str::to_owned)), ..nothing },
            Self::Tag(name) => edit::Edit { tags: vec![(*name).to_owned()], ..nothing },
            Self::Untag(name) => edit::Edit { untags: vec![(*name).to_owned()], ..nothing },
            Self::Split(one, other) => edit::Edit {
                amount: Some(amount("-10")),
                split: vec![((*one).to_owned(), amount("4")), ((*other).to_owned(), amount("6"))],
                ..nothing
            },
            Self::Status(status) => edit::Edit { status: Some(*status), ..nothing },
            Self::Everything => edit::Edit {
                amount: Some(amount("-9.99")),
                payee: Some(Some("Corner shop".to_owned())),
                category: Some(Some("Fun/Odds".to_owned())),
                date: Some(date(-33)),
                note: Some(Some("all at once".to_owned())),
                tags: vec!["new".to_owned()],
                status: Some(Status::Cleared),
                ..nothing
            },
        }
    }
}

impl AccountEdit {
    fn edit(&self) -> accounts::Edit {
        let nothing = accounts::Edit::default();
        match self {
            Self::Name(name) => accounts::Edit { name: Some((*name).to_owned()), ..nothing },
            Self::Kind(kind) => accounts::Edit { kind: Some(*kind), ..nothing },
            Self::Currency(currency) => accounts::Edit { currency: Some(code(currency)), ..nothing },
            Self::OnBudget(is_on_budget) => accounts::Edit { is_on_budget: Some(*is_on_budget), ..nothing },
        }
    }
}

impl CategoryEdit {
    fn edit(&self) -> categories::Edit {
        let nothing = categories::Edit::default();
        // A bare name: with a group before it, it is refused as such.
        let bare = |name: Text| Some(name.rsplit('/').next().unwrap_or(name).to_owned());
        match self {
            Self::Name(name) => categories::Edit { name: bare(name), ..nothing },
            Self::Group(group) => categories::Edit { group: Some((*group).to_owned()), ..nothing },
            Self::Kind(kind) => categories::Edit { kind: Some(*kind), ..nothing },
            Self::Hidden(is_hidden) => categories::Edit { is_hidden: Some(*is_hidden), ..nothing },
            Self::NameAndGroup(name, group) => {
                categories::Edit { name: bare(name), group: Some((*group).to_owned()), ..nothing }
            }
        }
    }
}

fn date(days: i64) -> NaiveDate {
    today() + Duration::days(days)
}

/// Returns a currency's code.
pub fn code(text: &str) -> CurrencyCode {
    CurrencyCode::parse(text).expect("the test's currency is one")
}

/// One of these ids, counted from the newest; one that nothing bears where there are none.
fn one_of(all: &[i64], number: usize) -> i64 {
    if all.is_empty() { 1 } else { all[all.len() - 1 - number % all.len()] }
}
