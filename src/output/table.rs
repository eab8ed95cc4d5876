//! Tables for people: columns without lines, numbers on the right, as wide as the terminal.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, presets};

use super::Style;

/// Which side a column is aligned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table that is being put together.
pub struct Table {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new(columns: &[(&str, Side)]) -> Table {
        Table {
            columns: columns.iter().map(|(name, side)| ((*name).to_owned(), *side)).collect(),
            rows: Vec::new(),
        }
    }

    /// One more column on the right.
    pub fn column(&mut self, name: &str, side: Side) {
        self.columns.push((name.to_owned(), side));
    }

    /// One more row. Cells are safe to show already: amounts, or text made visible.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as text, each line ended.
    pub fn render(&self, style: &Style) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).force_no_tty().enforce_styling();
        match style.width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        table.set_header(self.columns.iter().map(|(name, side)| cell(&style.heading(name), *side)));
        for row in &self.rows {
            table.add_row(row.iter().zip(&self.columns).map(|(text, (_, side))| cell(text, *side)));
        }
        for (column, (_, side)) in table.column_iter_mut().zip(&self.columns) {
            column.set_padding((0, 2));
            if *side == Side::Right {
                // A number is never broken over two lines.
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        // Amounts are padded with a blank that the table does not trim.
        let text: Vec<String> =
            table.lines().map(|line| line.replace('\u{a0}', " ").trim_end().to_owned() + "\n").collect();
        text.concat()
    }
}

fn cell(text: &str, side: Side) -> Cell {
    Cell::new(text).set_alignment(match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    })
}
