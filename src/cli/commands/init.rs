//! `init`: setting a book up, by questions or by flags.

use clap::Args;

use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::domain::account::AccountKind;
use crate::domain::money::{Currency, CurrencyCode, iso_currency};
use crate::domain::name::{NameKind, clean};
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::accounts::Wanted;
use crate::ledger::setup::{Setup, set_up};
use crate::output::Plain;

/// Set a book up: currency, first account, categories
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat init --currency EUR --account Giro --categories starter

Without flags it asks, on a terminal. Nothing needs it: the first `groat add` makes a book, too.")]
pub struct InitArgs {
    /// What the book is kept in: EUR, GBP, USD, ... [default: as your locale says]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// A first account; it will be of the kind checking
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Categories to begin with: starter (a good dozen) or none [default: none]
    #[arg(long, value_name = "SET", value_parser = ["starter", "none"], hide_possible_values = true)]
    categories: Option<String>,
}

impl InitArgs {
    /// Sets the book up.
    pub fn run(mut self, cx: &mut Context) -> Result<u8> {
        if self.currency.is_none() && self.account.is_none() && self.categories.is_none() {
            self.ask(cx)?;
        }
        let code = self.currency.as_deref().map(|text| CurrencyCode::parse(text).usage()).transpose()?;
        cx.new_currency = code.map(currency).transpose()?;
        let setup = Setup {
            currency: code,
            account: self.account.map(|name| Wanted {
                name,
                kind: AccountKind::Checking,
                currency: None,
                is_off_budget: false,
                balance: None,
                date: cx.today,
            }),
            starter_categories: self.categories.as_deref() == Some("starter"),
        };
        let done = cx.write(Isolation::Alone, |w| set_up(w, &setup))?;
        if !cx.global.dry_run {
            // With nothing but a currency there may have been nothing to record: the book is to be there all the same.
            cx.make_book()?;
        }
        let location = cx.location()?.place.redacted();
        let notes =
            if done.notes.is_empty() { "the book is ready".to_owned() } else { done.notes.join("; ") };
        cx.out.answer(&Plain {
            object: serde_json::json!({"operation": done.operation, "summary": notes, "transactions": [], "url": location}),
            line: notes.clone(),
            is_confirmation: true,
        })?;
        Ok(0)
    }

    fn ask(&mut self, cx: &Context) -> Result<()> {
        let default = cx.environment.currency()?.0.code.to_string();
        if !cx.ask.can_ask() {
            // Nothing to ask and nothing asked for: an empty book, as every default says.
            return Ok(());
        }
        let code = cx.ask.text_that("Currency of the book?", Some(&default), "`--currency`", |text| {
            CurrencyCode::parse(text).usage().and_then(currency).map(|_| ())
        })?;
        self.currency = Some(code);
        let account =
            cx.ask.text_that("First account? (empty for none)", Some(""), "`--account`", |text| {
                clean(NameKind::Account, text).usage().map(|_| ())
            })?;
        self.account = Some(account).filter(|name| !name.trim().is_empty());
        let sets = vec!["starter".to_owned(), "none".to_owned()];
        self.categories = Some(cx.ask.choice("Categories to begin with?", sets, "`--categories`")?);
        Ok(())
    }
}

/// The currency of an ISO 4217 code.
///
/// # Errors
/// A code that is none.
pub(super) fn currency(code: CurrencyCode) -> Result<Currency> {
    iso_currency(code).ok_or_else(|| {
        Problem::not_found(format!("no currency has the code `{code}`"))
            .hint("codes are those of ISO 4217: EUR, GBP, USD, JPY, ...")
            .into()
    })
}
