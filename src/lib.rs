//! groat: a budget tracker for people who live in a terminal. The binary is thin; everything is here, in
//! layers (see the README for the map): `cli` on top of `output`, the areas, the store and the ground.

pub mod book;
pub mod budget;
pub mod cli;
pub mod config;
pub mod db;
pub mod domain;
pub mod error;
pub mod export;
pub mod history;
pub mod import;
pub mod ledger;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod output;
pub mod report;
