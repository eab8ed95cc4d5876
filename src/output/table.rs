//! Tables for people: columns without lines, numbers on the right, as wide as the terminal; or Markdown's.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, presets};
use unicode_width::UnicodeWidthStr;

use super::Style;
use super::markdown;

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
    rows: Vec<Row>,
    is_folding: bool,
}

struct Row {
    cells: Vec<String>,
    is_bold: bool,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// Letters of a word that is shorter than what breaking it would save.
const SHORT: usize = 4;

impl Table {
    /// A table with these columns.
    pub fn new(columns: &[(&str, Side)]) -> Table {
        Table {
            columns: columns.iter().map(|(name, side)| ((*name).to_owned(), *side)).collect(),
            rows: Vec::new(),
            is_folding: false,
        }
    }

    /// The same, but when it is wider than the terminal it goes on below, beginning with the first column again. For
    /// tables with a first column of names and any number of narrow ones.
    #[must_use]
    pub fn folding(mut self) -> Table {
        self.is_folding = true;
        self
    }

    /// One more column on the right.
    pub fn column(&mut self, name: &str, side: Side) {
        self.columns.push((name.to_owned(), side));
    }

    /// One more row. Cells are safe to show already: amounts, or text made visible.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(Row { cells, is_bold: false });
    }

    /// A row that sums up, or stands over others: its first cell is set off, in Markdown all of them.
    pub fn total(&mut self, mut cells: Vec<String>, style: &Style) {
        if let Some(first) = cells.first_mut() {
            *first = style.heading(first);
        }
        self.rows.push(Row { cells, is_bold: true });
    }

    /// The table as text, each line ended.
    pub fn render(&self, style: &Style) -> String {
        let blocks = self.blocks(style.width.map(usize::from));
        let blocks: Vec<String> = blocks.iter().map(|columns| self.block(columns, style)).collect();
        blocks.join("\n")
    }

    /// Which columns stand beside each other.
    fn blocks(&self, width: Option<usize>) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let Some(width) = width.filter(|_| self.is_folding) else { return vec![all] };
        let mut blocks = vec![vec![0]];
        let mut used = self.width_of(0) + GAP;
        for column in 1..self.columns.len() {
            let wide = self.width_of(column) + GAP;
            match blocks.last_mut() {
                Some(block) if block.len() == 1 || used + wide <= width => {
                    block.push(column);
                    used += wide;
                }
                _ => {
                    blocks.push(vec![0, column]);
                    used = self.width_of(0) + GAP + wide;
                }
            }
        }
        blocks
    }

    /// The widest cell of a column, colours not counted.
    fn width_of(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        let heading = self.columns.get(column).map(|(name, _)| name);
        cells.chain(heading).map(|text| shown_width(text)).max().unwrap_or(0)
    }

    /// Whether every cell is a day, an instant, a number or a short word such as a currency.
    fn is_unbreakable(&self, column: usize) -> bool {
        let is_figure = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "-:., ".contains(c));
        let mut cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        cells.all(|text| is_figure(text) || shown_width(text) <= SHORT)
    }

    fn block(&self, columns: &[usize], style: &Style) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).force_no_tty().enforce_styling();
        match style.width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        let shown = || columns.iter().map(|column| (*column, &self.columns[*column]));
        table.set_header(shown().map(|(_, (name, side))| cell(&style.heading(name), *side)));
        for row in &self.rows {
            let text = |column: usize| row.cells.get(column).map_or("", String::as_str);
            table.add_row(shown().map(|(column, (_, side))| cell(text(column), *side)));
        }
        for (shown, (column, (_, side))) in table.column_iter_mut().zip(shown()) {
            shown.set_padding((0, GAP as u16));
            if *side == Side::Right || self.is_unbreakable(column) {
                // A number or a day is never broken over two lines.
                shown.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        // Amounts are padded with a blank that the table does not trim.
        let text: Vec<String> =
            table.lines().map(|line| line.replace('\u{a0}', " ").trim_end().to_owned() + "\n").collect();
        text.concat()
    }

    /// The table as Markdown has them, each line ended; made for a `Style` without colour.
    pub fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let heading = self.columns.iter().map(|(name, _)| markdown::cell(name, false)).collect();
        let sides = self.columns.iter().map(|(_, side)| match side {
            Side::Left => "---".to_owned(),
            Side::Right => "---:".to_owned(),
        });
        let mut text = line(heading) + &line(sides.collect());
        for row in &self.rows {
            let cells = (0..self.columns.len()).map(|column| {
                row.cells.get(column).map_or(String::new(), |c| markdown::cell(c, row.is_bold))
            });
            text.push_str(&line(cells.collect()));
        }
        text
    }
}

/// How many places a text takes on a terminal; colours take none, letters of East Asian scripts two.
fn shown_width(text: &str) -> usize {
    let mut is_colour = false;
    let seen = text.chars().filter(|c| {
        let is_seen = !is_colour && *c != '\u{1b}';
        is_colour = *c == '\u{1b}' || is_colour && *c != 'm';
        is_seen
    });
    seen.collect::<String>().width()
}

fn cell(text: &str, side: Side) -> Cell {
    Cell::new(text).set_alignment(match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_too_wide_goes_on_below() {
        let columns =
            [("Month", Side::Left), ("Jan", Side::Right), ("Feb", Side::Right), ("Mar", Side::Right)];
        let mut table = Table::new(&columns).folding();
        table.row(["rent", "600.00", "600.00", "\u{1b}[31m-1.00\u{1b}[0m"].map(str::to_owned).to_vec());
        let at = |width| table.render(&Style { is_coloured: false, width, height: 99 });
        let plain = |text: String| text.replace("\u{1b}[31m", "").replace("\u{1b}[0m", "");
        assert_eq!(
            plain(at(Some(23))),
            "Month     Jan     Feb\nrent   600.00  600.00\n\nMonth    Mar\nrent   -1.00\n"
        );
        for width in [None, Some(80)] {
            assert_eq!(plain(at(width)), "Month     Jan     Feb    Mar\nrent   600.00  600.00  -1.00\n");
        }
        // One that holds a single number beside the name gets them one by one.
        assert_eq!(at(Some(16)).matches("rent").count(), 3);
    }

    #[test]
    fn letters_that_take_two_places_are_counted_so() {
        for (text, width) in
            [("", 0), ("rent", 4), ("食費", 4), ("cafe\u{301}", 4), ("\u{1b}[31m-1.00\u{1b}[0m", 5)]
        {
            assert_eq!(shown_width(text), width, "{text}");
        }
    }

    #[test]
    fn names_give_way_before_days_and_numbers_are_broken() {
        let columns = [
            ("Id", Side::Right),
            ("Date", Side::Left),
            ("Payee", Side::Left),
            ("Category", Side::Left),
            ("Amount", Side::Right),
            ("", Side::Left),
        ];
        let mut table = Table::new(&columns);
        let cells = ["12", "2026-11-21", "Mercado de São Bento", "Eating out", "-1,234.56", "EUR"];
        table.row(cells.map(str::to_owned).to_vec());
        let shown = table.render(&Style { is_coloured: false, width: Some(52), height: 99 });
        for whole in ["2026-11-21", "-1,234.56", "EUR", "Mercado"] {
            assert!(shown.contains(whole), "{whole} is broken:\n{shown}");
        }
        assert!(shown.lines().all(|line| line.chars().count() <= 52), "{shown}");
    }
}
