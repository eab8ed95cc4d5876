//! What taking an import back did: how many transactions went, and why others stay.

use serde_json::{Value, json};

use super::text::{counted, visible};
use super::{Answer, Many, Sheet, Style};
use crate::error::Result;
use crate::import::batches::Undone;

/// What taking an import back did.
pub struct ImportUndone<'a>(pub &'a Undone);

/// How many, as people read it: `3 transactions removed`.
fn count<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}

impl ImportUndone<'_> {
    /// What stays and how it would go; nothing when no other batch holds anything.
    fn held(&self) -> Option<String> {
        let Undone { held, holders, .. } = self.0;
        let stay = match count(held) {
            0 => return None,
            1 => "1 stays".to_owned(),
            many => format!("{many} stay"),
        };
        let those = if held.len() == 1 { "it" } else { "them" };
        let numbers: Vec<String> = holders.iter().map(ToString::to_string).collect();
        let commands: Vec<String> =
            holders.iter().map(|batch| format!("`groat import undo {batch}`")).collect();
        let batches = match numbers.as_slice() {
            [one] => format!("batch {one} holds"),
            several => format!("batches {} hold", several.join(", ")),
        };
        Some(format!("{stay} as {batches} {those} too: {}", commands.join(", ")))
    }
}

impl Answer for ImportUndone<'_> {
    fn json(&self) -> Result<Value> {
        let undone = self.0;
        let mut value = Many { done: &undone.done }.json()?;
        value["removed"] = json!(undone.removed);
        value["restored"] = json!(undone.restored);
        value["edited"] = json!(undone.kept);
        value["held"] = json!(undone.held);
        value["held_by"] = json!(undone.holders);
        Ok(value)
    }

    fn sheet(&self) -> Result<Sheet> {
        Many { done: &self.0.done }.sheet()
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        let undone = self.0;
        let removed = counted(count(&undone.removed), "transaction", "transactions");
        let mut parts = vec![format!("{removed} removed")];
        let others = [(&undone.restored, "as it was before", "as they were before")];
        for (which, one, many) in others {
            match count(which) {
                0 => {}
                1 => parts.push(format!("1 {one}")),
                several => parts.push(format!("{several} {many}")),
            }
        }
        parts.extend(self.held());
        format!("{}: {}\n", visible(&undone.done.summary), parts.join(", "))
    }
}
