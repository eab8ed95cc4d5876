//! What groat promises in its contract, end to end through the real binary: every command, its defaults, its JSON
//! and exit codes, and what it does with bad input, bad places and no terminal.
//!
//! One program, as each one links SQLite and libpq anew. Every test that is about books runs on both databases; those
//! about files, folders and terminals run on SQLite alone. `typed` has the helpers. The numbers were worked out by
//! hand.

mod support;

#[path = "behaviour/accounts.rs"]
mod accounts;
#[path = "behaviour/add.rs"]
mod add;
#[path = "behaviour/amounts.rs"]
mod amounts;
#[path = "behaviour/bad_input.rs"]
mod bad_input;
#[path = "behaviour/balance.rs"]
mod balance;
#[path = "behaviour/budget.rs"]
mod budget;
#[path = "behaviour/budget_cases.rs"]
mod budget_cases;
#[path = "behaviour/budget_report.rs"]
mod budget_report;
#[path = "behaviour/budget_told.rs"]
mod budget_told;
#[path = "behaviour/budget_year.rs"]
mod budget_year;
#[path = "behaviour/categories.rs"]
mod categories;
#[path = "behaviour/completions.rs"]
mod completions;
#[path = "behaviour/config.rs"]
mod config;
#[path = "behaviour/dates.rs"]
mod dates;
#[path = "behaviour/db.rs"]
mod db;
#[path = "behaviour/demo.rs"]
mod demo;
#[path = "behaviour/edit.rs"]
mod edit;
#[path = "behaviour/export.rs"]
mod export;
#[path = "behaviour/export_back.rs"]
mod export_back;
#[path = "behaviour/export_books.rs"]
mod export_books;
#[path = "behaviour/export_hledger.rs"]
mod export_hledger;
#[path = "behaviour/export_journals.rs"]
mod export_journals;
#[path = "behaviour/export_rows.rs"]
mod export_rows;
#[path = "behaviour/export_statements.rs"]
mod export_statements;
#[path = "behaviour/first_day.rs"]
mod first_day;
#[path = "behaviour/formats.rs"]
mod formats;
#[path = "behaviour/init.rs"]
mod init;
#[path = "behaviour/list.rs"]
mod list;
#[path = "behaviour/lock.rs"]
mod lock;
#[path = "behaviour/man.rs"]
mod man;
#[path = "behaviour/markdown.rs"]
mod markdown;
#[path = "behaviour/output.rs"]
mod output;
#[path = "behaviour/payees_tags.rs"]
mod payees_tags;
#[path = "behaviour/places.rs"]
mod places;
#[path = "behaviour/profiles.rs"]
mod profiles;
#[path = "behaviour/prompts.rs"]
mod prompts;
#[path = "behaviour/query.rs"]
mod query;
#[path = "behaviour/reconcile.rs"]
mod reconcile;
#[path = "behaviour/reconcile_check.rs"]
mod reconcile_check;
#[path = "behaviour/report.rs"]
mod report;
#[path = "behaviour/reports.rs"]
mod reports;
#[path = "behaviour/rules.rs"]
mod rules;
#[path = "behaviour/rules_apply.rs"]
mod rules_apply;
#[path = "behaviour/rules_imports.rs"]
mod rules_imports;
#[path = "behaviour/rules_learn.rs"]
mod rules_learn;
#[path = "behaviour/secrets.rs"]
mod secrets;
#[path = "behaviour/suggestions.rs"]
mod suggestions;
#[path = "behaviour/targets.rs"]
mod targets;
#[path = "behaviour/transfer.rs"]
mod transfer;
#[path = "behaviour/typed.rs"]
mod typed;
#[path = "behaviour/undo.rs"]
mod undo;
#[path = "behaviour/usage.rs"]
mod usage;
