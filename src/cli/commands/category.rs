//! `category` and `category group`: looking after categories.

use clap::{Args, Subcommand};

use crate::budget::standing;
use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::db::{categories as category_rows, groups as group_rows};
use crate::domain::category::CategoryKind;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::categories::{self, Changed, Edit};
use crate::output::{CategoryList, CategoryObject, GroupList, GroupObject, Many};

/// Add, list, edit, merge, hide or delete categories and groups
#[derive(Debug, Args)]
pub struct CategoryArgs {
    #[command(subcommand)]
    command: CategoryCommand,
}

#[derive(Debug, Subcommand)]
enum CategoryCommand {
    /// Make a category
    #[command(after_help = "Examples:
  $ groat category add pets
  $ groat category add food/snacks
  $ groat category add royalties --kind income --group income")]
    Add {
        /// What it is called: NAME, or GROUP/NAME
        #[arg(value_name = "NAME")]
        name: String,
        /// Its heading, made if it is new [default: General]
        #[arg(long, value_name = "GROUP")]
        group: Option<String>,
        /// expense or income [default: expense]
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
    },
    /// List the categories
    List,
    /// Change a category
    Edit(EditArgs),
    /// Merge one category into another
    Merge {
        /// The one that goes
        #[arg(value_name = "FROM")]
        from: String,
        /// The one that stays, with all that both have
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Leave a category out of pick lists and the budget
    Hide {
        /// Its name, or group/name
        #[arg(value_name = "CAT")]
        category: String,
    },
    /// Delete a category that nothing uses
    Delete {
        /// Its name, or group/name
        #[arg(value_name = "CAT")]
        category: String,
    },
    /// Add, list, edit or delete groups
    Group(GroupArgs),
}

#[derive(Debug, Args)]
struct EditArgs {
    /// Its name, or group/name
    #[arg(value_name = "CAT")]
    category: String,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its new heading, made if it is new
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// expense or income
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Show it again after `hide`
    #[arg(long)]
    unhide: bool,
}

#[derive(Debug, Args)]
struct GroupArgs {
    #[command(subcommand)]
    command: GroupCommand,
}

#[derive(Debug, Subcommand)]
enum GroupCommand {
    /// List the groups
    List,
    /// Make a group
    Add {
        /// What it is called
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Give a group another name
    Edit {
        /// Its name
        #[arg(value_name = "GROUP")]
        group: String,
        /// What it is to be called
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Delete a group that holds no category
    Delete {
        /// Its name
        #[arg(value_name = "GROUP")]
        group: String,
    },
}

impl CategoryArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            CategoryCommand::List => {
                let all = cx.read(|conn, _| category_rows::list(conn))?;
                cx.out.answer(&CategoryList(all))?;
                Ok(0)
            }
            CategoryCommand::Add { name, group, kind } => {
                let kind = kind.as_deref().map(|word| CategoryKind::parse(word).usage()).transpose()?;
                changed(cx, |w| categories::add(w, &name, group.as_deref(), kind))
            }
            CategoryCommand::Edit(args) => {
                let edit = args.edit()?;
                changed(cx, |w| categories::edit(w, &args.category, &edit))
            }
            CategoryCommand::Hide { category } => {
                let edit = Edit { is_hidden: Some(true), ..Edit::default() };
                changed(cx, |w| categories::edit(w, &category, &edit))
            }
            CategoryCommand::Merge { from, into } => {
                let current = Month::of(cx.today);
                let (done, notes) =
                    cx.write(Isolation::Budgeting, |w| standing::merge_categories(w, current, &from, &into))?;
                cx.out.answer(&Many { done: &done })?;
                notes.iter().for_each(|note| cx.out.note(note));
                Ok(0)
            }
            CategoryCommand::Delete { category } => many(cx, |w| categories::delete(w, &category)),
            CategoryCommand::Group(args) => args.run(cx),
        }
    }
}

impl GroupArgs {
    fn run(self, cx: &Context) -> Result<u8> {
        match self.command {
            GroupCommand::List => {
                let all = cx.read(|conn, _| group_rows::list(conn))?;
                cx.out.answer(&GroupList(all))?;
            }
            GroupCommand::Add { name } => {
                let (group, operation) =
                    cx.write(Isolation::Deciding, |w| categories::add_group(w, &name))?;
                cx.out.answer(&GroupObject { group: &group, verb: "added", operation })?;
            }
            GroupCommand::Edit { group, name } => {
                let (group, operation) =
                    cx.write(Isolation::Deciding, |w| categories::rename_group(w, &group, &name))?;
                cx.out.answer(&GroupObject { group: &group, verb: "renamed", operation })?;
            }
            GroupCommand::Delete { group } => return many(cx, |w| categories::delete_group(w, &group)),
        }
        Ok(0)
    }
}

fn changed(
    cx: &Context,
    work: impl FnMut(&mut crate::db::writer::Writer<'_>) -> Result<Changed>,
) -> Result<u8> {
    let changed = cx.write(Isolation::Deciding, work)?;
    cx.out.answer(&CategoryObject {
        category: &changed.category,
        summary: &changed.summary,
        operation: changed.operation,
    })?;
    Ok(0)
}

/// Answers an operation that gives no object.
pub fn many(
    cx: &Context,
    work: impl FnMut(&mut crate::db::writer::Writer<'_>) -> Result<crate::ledger::Done>,
) -> Result<u8> {
    let done = cx.write(Isolation::Deciding, work)?;
    cx.out.answer(&Many { done: &done })?;
    Ok(0)
}

impl EditArgs {
    fn edit(&self) -> Result<Edit> {
        if self.name.is_none() && self.group.is_none() && self.kind.is_none() && !self.unhide {
            return Err(Problem::usage("nothing to change was given")
                .hint("`groat category edit --help` shows what can be")
                .into());
        }
        Ok(Edit {
            name: self.name.clone(),
            group: self.group.clone(),
            kind: self.kind.as_deref().map(|word| CategoryKind::parse(word).usage()).transpose()?,
            is_hidden: self.unhide.then_some(false),
        })
    }
}
