//! What the rules assign for one record: of each field the value that holds.
//!
//! Values under a condition go before those without, and of several the last one holds. What a record says by itself,
//! whatever the blocks make of it, is asked for apart: by that it is known again when the rules have changed.

use csv::StringRecord;

use super::field::{Field, Kind};
use super::rules::Rules;

/// The values for one record.
pub struct Assigned<'r> {
    rules: &'r Rules,
    record: &'r StringRecord,
    /// Blocks whose conditions hold, with what their patterns caught.
    holding: Vec<Option<Vec<String>>>,
}

impl<'r> Assigned<'r> {
    /// Tries the conditions of all blocks.
    pub fn new(rules: &'r Rules, record: &'r StringRecord) -> Assigned<'r> {
        let matched = rules.subjects.matched(record);
        let holding = rules.blocks.iter().map(|block| {
            matched.holds(block).then(|| match block.catches {
                true => rules.subjects.catches(block, &matched),
                false => Vec::new(),
            })
        });
        Assigned { rules, record, holding: holding.collect() }
    }

    /// The value that holds, without blanks around it; none where nothing assigns it.
    pub fn value(&self, field: Field) -> Option<String> {
        let values = self.rules.values.get(&field)?;
        values.iter().rev().find_map(|value| {
            let groups = match value.block {
                None => &[][..],
                Some(block) => self.holding[block].as_deref()?,
            };
            Some(value.template.fill(self.record, groups))
        })
    }

    /// The same, unless it is blank.
    pub fn filled(&self, field: Field) -> Option<String> {
        self.value(field).filter(|value| !value.is_empty())
    }

    /// The value without any condition, unless it is blank.
    pub fn unconditional(&self, field: Field) -> Option<String> {
        let values = self.rules.values.get(&field)?;
        let last = values.iter().rev().find(|value| value.block.is_none())?;
        Some(last.template.fill(self.record, &[])).filter(|value| !value.is_empty())
    }

    /// How many records are left out from this one on; none where it counts.
    pub fn skipped(&self) -> Option<u32> {
        let value = self.value(Field::of(Kind::Skip))?;
        // `parse` has made sure of constant numbers; a column in its place may hold anything.
        Some(value.parse().unwrap_or(1))
    }

    /// Whether the rows end before this record.
    pub fn ends(&self) -> bool {
        self.value(Field::of(Kind::End)).is_some()
    }
}
