//! Which category of the book a text of a file means, or which is to be made of it.

use crate::db::names;
use crate::domain::category::{CategoryKind, Role};
use crate::domain::name::{clean_from_file, fold, split_category};
use crate::ledger::lookup::{self, Match, Outcome};
use crate::ledger::resolve::{self, CategoryChoice};

/// Stands before the name of an income category in what formats answer.
const INCOME: &str = "income:";
/// Where income categories are made that name no group.
const INCOME_GROUP: &str = "Income";
/// The group of categories that name none.
const DEFAULT_GROUP: &str = "General";

/// The category that a text of a file means: one that is there, or one to be made; none for a text without a name.
/// `comes_in` tells income from spending where the file does not.
pub fn choice(known: &names::Names, text: &str, comes_in: bool) -> Option<CategoryChoice> {
    if fold(text) == fold("Starting balances") {
        return resolve::built_in(known, Role::StartingBalances).map(CategoryChoice::There);
    }
    let (bare, is_income) = match text.strip_prefix(INCOME) {
        Some(bare) => (bare, true),
        None => (text, false),
    };
    let (group, name) = split_category(bare);
    let name = clean_from_file(&name.replace([':', '/'], " "))?;
    let group = group.and_then(clean_from_file);
    let wanted = group.as_ref().map_or_else(|| name.clone(), |group| format!("{group}/{name}"));
    match lookup::category(known, &wanted) {
        Outcome::One(Match { found, by_prefix: false }) => return Some(CategoryChoice::There(found.clone())),
        Outcome::Several(all) if all.iter().all(|category| category.key == fold(&name)) => {
            return all.first().map(|category| CategoryChoice::There((*category).clone()));
        }
        _ => {}
    }
    let is_income = is_income || comes_in;
    let kind = if is_income { CategoryKind::Income } else { CategoryKind::Expense };
    let default = if is_income { INCOME_GROUP } else { DEFAULT_GROUP };
    let group = group.unwrap_or_else(|| default.to_owned());
    let of_group = |category: &&crate::domain::category::Category| lookup::group_of(category) == fold(&group);
    let known_group = known.categories.iter().find(of_group).map(|category| category.group_name.clone());
    let capital = crate::domain::name::capitalise_first;
    Some(CategoryChoice::New {
        group: known_group.unwrap_or_else(|| capital(&group)),
        name: capital(&name),
        kind,
    })
}
