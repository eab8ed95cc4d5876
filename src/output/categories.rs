//! Categories, groups, payees and tags.

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::{counted, visible};
use super::{Answer, Document, Sheet, Style};
use crate::db::payees::Payee;
use crate::db::tags::Tag;
use crate::domain::category::{Category, Group};
use crate::domain::ids::OperationId;
use crate::error::Result;

fn object(category: &Category) -> Value {
    json!({
        "id": category.id,
        "name": category.name,
        "slug": category.slug,
        "group": category.group_name,
        "kind": category.kind,
        "hidden": category.is_hidden,
    })
}

fn sheet_of(categories: &[Category]) -> Sheet {
    let mut sheet = Sheet::new(&["id", "name", "slug", "group", "kind", "hidden"]);
    for category in categories {
        sheet.rows.push(vec![
            category.id.to_string(),
            category.name.clone(),
            category.slug.clone(),
            category.group_name.clone(),
            category.kind.as_str().to_owned(),
            category.is_hidden.to_string(),
        ]);
    }
    sheet
}

/// Every category.
pub struct CategoryList(pub Vec<Category>);

impl Answer for CategoryList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"categories": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet_of(&self.0))
    }

    fn document(&self, style: &Style) -> Document {
        let mut table = Table::new(&[
            ("Category", Side::Left),
            ("Slug", Side::Left),
            ("Kind", Side::Left),
            ("", Side::Left),
        ]);
        let mut group = None;
        for category in &self.0 {
            if group != Some(category.group) {
                group = Some(category.group);
                table.total(vec![visible(&category.group_name).into_owned()], style);
            }
            table.row(vec![
                format!("\u{a0}\u{a0}{}", visible(&category.name)),
                category.slug.clone(),
                category.kind.as_str().to_owned(),
                if category.is_hidden { "hidden".to_owned() } else { String::new() },
            ]);
        }
        table.into()
    }
}

/// One category after it was changed.
pub struct CategoryObject<'a> {
    /// As it is now.
    pub category: &'a Category,
    /// What was done.
    pub summary: &'a str,
    /// The operation.
    pub operation: OperationId,
}

impl Answer for CategoryObject<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = object(self.category);
        value["operation"] = json!(self.operation);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet_of(std::slice::from_ref(self.category)))
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        format!("{} ({}, {})\n", visible(self.summary), self.category.slug, self.category.kind.as_str())
    }
}

/// Every group.
pub struct GroupList(pub Vec<Group>);

fn group_object(group: &Group) -> Value {
    json!({"id": group.id, "name": group.name, "slug": group.key})
}

impl Answer for GroupList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"groups": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self.0.iter().map(group_object).collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["id", "name", "slug"]);
        sheet.rows = self.0.iter().map(|g| vec![g.id.to_string(), g.name.clone(), g.key.clone()]).collect();
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        self.0.iter().map(|group| format!("{}\n", visible(&group.name))).collect()
    }
}

/// One group after it was changed.
pub struct GroupObject<'a> {
    /// As it is now.
    pub group: &'a Group,
    /// What was done: "added", "renamed".
    pub verb: &'a str,
    /// The operation.
    pub operation: OperationId,
}

impl Answer for GroupObject<'_> {
    fn json(&self) -> Result<Value> {
        let mut value = group_object(self.group);
        value["operation"] = json!(self.operation);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(Sheet::of_object(&group_object(self.group)))
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        format!("{} group {}\n", self.verb, visible(&self.group.name))
    }
}

/// Every payee.
pub struct PayeeList(pub Vec<Payee>);

impl Answer for PayeeList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"payees": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self
            .0
            .iter()
            .map(|payee| {
                json!({"id": payee.id, "name": payee.name, "aliases": payee.aliases, "transactions": payee.transactions})
            })
            .collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["id", "name", "aliases", "transactions"]);
        for payee in &self.0 {
            sheet.rows.push(vec![
                payee.id.to_string(),
                payee.name.clone(),
                payee.aliases.join("; "),
                payee.transactions.to_string(),
            ]);
        }
        Ok(sheet)
    }

    fn document(&self, _style: &Style) -> Document {
        if self.0.is_empty() {
            return "no payees yet\n".to_owned().into();
        }
        let mut table = Table::new(&[
            ("Payee", Side::Left),
            ("Transactions", Side::Right),
            ("Also known as", Side::Left),
        ]);
        for payee in &self.0 {
            table.row(vec![
                visible(&payee.name).into_owned(),
                payee.transactions.to_string(),
                visible(&payee.aliases.join(", ")).into_owned(),
            ]);
        }
        table.into()
    }
}

/// Every tag.
pub struct TagList(pub Vec<Tag>);

impl Answer for TagList {
    fn json(&self) -> Result<Value> {
        Ok(json!({"tags": self.items()?}))
    }

    fn items(&self) -> Result<Vec<Value>> {
        Ok(self
            .0
            .iter()
            .map(|tag| json!({"id": tag.id, "name": tag.name, "transactions": tag.transactions}))
            .collect())
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["id", "name", "transactions"]);
        sheet.rows = self
            .0
            .iter()
            .map(|t| vec![t.id.to_string(), t.name.clone(), t.transactions.to_string()])
            .collect();
        Ok(sheet)
    }

    fn text(&self, _style: &Style) -> String {
        if self.0.is_empty() {
            return "no tags yet\n".to_owned();
        }
        let line = |tag: &Tag| {
            format!("{} ({})\n", visible(&tag.name), counted(tag.transactions, "transaction", "transactions"))
        };
        self.0.iter().map(line).collect()
    }
}
