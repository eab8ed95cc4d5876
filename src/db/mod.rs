//! The store: one file a table with named queries that answer domain types, and what they stand on. No
//! Diesel query is built outside this folder.
//!
//! Functions that read take the connection; functions that change take the `Writer`, which records what
//! they do. No function here begins a transaction: `Book` does.

pub mod account_numbers;
pub mod accounts;
pub mod batches;
pub mod book;
pub mod budget_holds;
pub mod budget_moves;
pub mod budget_targets;
pub mod carryovers;
pub mod categories;
pub mod changes;
pub mod cleared;
pub mod connection;
pub mod currencies;
pub mod dialect;
pub mod envelope_items;
pub mod envelopes;
pub mod flows;
pub mod groups;
pub mod holdings;
pub mod instrument;
pub mod labels;
pub mod lessons;
pub mod listing;
pub mod location;
pub mod migrations;
pub mod names;
pub mod operations;
pub mod origins;
pub mod other_sides;
pub mod pages;
pub mod patience;
pub mod payee_sums;
pub mod payees;
pub mod postings;
pub mod query;
pub mod register;
pub mod rules;
pub mod schema;
pub mod sources;
pub mod spending;
pub mod statement_balances;
pub mod statement_lines;
pub mod summary;
pub mod tables;
pub mod tags;
pub mod texts;
pub mod totals;
pub mod transactions;
pub mod unclaimed;
pub mod upkeep;
pub mod usage;
pub mod worth;
pub mod writer;
