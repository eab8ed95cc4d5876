//! One file a command: its arguments and what it does with them.

pub mod account;
pub mod add;
pub mod balance;
pub mod budget;
pub mod category;
pub mod check;
pub mod completions;
pub mod config;
pub mod db;
pub mod delete;
pub mod demo;
pub mod duplicate;
pub mod edit;
pub mod export;
pub mod help;
pub mod import;
pub mod init;
mod layout;
pub mod list;
pub mod log;
pub mod man;
pub mod mcp;
pub mod moving;
mod overview;
pub mod payee;
mod profile;
pub mod reconcile;
pub mod report;
pub mod rule;
pub mod schema;
pub mod show;
pub mod tag;
pub mod transfer;
pub mod undo;

use super::args::Command;
use super::context::Context;
use crate::error::{Problem, Result};

/// Runs a command and answers the exit code of its success.
pub fn run(command: Option<Command>, cx: &mut Context) -> Result<u8> {
    if cx.global.export_format().is_some() && !matches!(command, Some(Command::Export(_))) {
        return Err(Problem::usage("that format is one of `groat export` alone")
            .hint("answers are table, json, jsonl, csv, tsv or markdown")
            .into());
    }
    match command {
        None => overview::run(cx),
        Some(Command::Init(args)) => args.run(cx),
        Some(Command::Demo(args)) => args.run(cx),
        Some(Command::Add(args)) => args.run(cx),
        Some(Command::Income(args)) => args.run(cx),
        Some(Command::Transfer(args)) => args.run(cx),
        Some(Command::List(args)) => args.run(cx),
        Some(Command::Show(args)) => args.run(cx),
        Some(Command::Edit(args)) => args.run(cx),
        Some(Command::Delete(args)) => args.run(cx),
        Some(Command::Duplicate(args)) => args.run(cx),
        Some(Command::Move(args)) => args.run(cx),
        Some(Command::Undo(args)) => args.run(cx),
        Some(Command::Redo(args)) => args.run(cx),
        Some(Command::Log(args)) => args.run(cx),
        Some(Command::Balance(args)) => args.run(cx),
        Some(Command::Budget(args)) => args.run(cx),
        Some(Command::Account(args)) => args.run(cx),
        Some(Command::Category(args)) => args.run(cx),
        Some(Command::Payee(args)) => args.run(cx),
        Some(Command::Tag(args)) => args.run(cx),
        Some(Command::Report(args)) => args.run(cx),
        Some(Command::Check(args)) => args.run(cx),
        Some(Command::Import(args)) => args.run(cx),
        Some(Command::Reconcile(args)) => args.run(cx),
        Some(Command::Rule(args)) => args.run(cx),
        Some(Command::Export(args)) => args.run(cx),
        Some(Command::Mcp(args)) => args.run(cx),
        Some(Command::Config(args)) => args.run(cx),
        Some(Command::Db(args)) => args.run(cx),
        Some(Command::Completions(args)) => args.run(cx),
        Some(Command::Man(args)) => args.run(cx),
        Some(Command::Schema(args)) => args.run(cx),
        Some(Command::Help(args)) => args.run(cx),
    }
}
