//! Tables for people: columns without lines, numbers on the right, as wide as the terminal; or Markdown's.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
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
    /// Columns that are left out where there is no room for all.
    yielding: Vec<usize>,
}

struct Row {
    cells: Vec<String>,
    is_bold: bool,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// Letters of a word that is shorter than what breaking it would save.
const SHORT: usize = 4;
/// Letters of a word that is broken rather than that a table grows too wide.
const LONG: usize = 10;
/// Cells in which words can still be read, line below line.
const NARROWEST: usize = 16;

impl Table {
    /// A table with these columns.
    pub fn new(columns: &[(&str, Side)]) -> Table {
        Table {
            columns: columns.iter().map(|(name, side)| ((*name).to_owned(), *side)).collect(),
            rows: Vec::new(),
            is_folding: false,
            yielding: Vec::new(),
        }
    }

    /// The same, but when it is wider than the terminal it goes on below, beginning with the first column again. For
    /// tables with a first column of names and any number of narrow ones.
    #[must_use]
    pub fn folding(mut self) -> Table {
        self.is_folding = true;
        self
    }

    /// The same, but these columns are left out, one after the other, where the terminal is too narrow for all: by their
    /// places from 0. What they hold can be seen from the others, or is in every other format.
    #[must_use]
    pub fn yielding(mut self, columns: &[usize]) -> Table {
        self.yielding = columns.to_vec();
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
        let all = self.kept(width);
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

    /// The columns that are shown.
    fn kept(&self, width: Option<usize>) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..self.columns.len()).collect();
        let mut yielding = self.yielding.iter();
        let needed = |kept: &[usize]| kept.iter().map(|column| self.narrowest(*column) + GAP).sum::<usize>();
        while width.is_some_and(|width| needed(&kept) > width + GAP) {
            match yielding.next() {
                Some(column) => kept.retain(|other| other != column),
                None => break,
            }
        }
        kept
    }

    /// How narrow a column can be: numbers stay whole, words can be folded.
    fn narrowest(&self, column: usize) -> usize {
        let width = self.width_of(column);
        if self.is_whole(column) { width } else { width.min(NARROWEST).max(self.widest_figure(column)) }
    }

    /// Whether the cells of a column are never broken over several lines.
    fn is_whole(&self, column: usize) -> bool {
        self.columns[column].1 == Side::Right || self.is_unbreakable(column)
    }

    /// The widest word with a digit, such as a number or a day among other words.
    fn widest_figure(&self, column: usize) -> usize {
        self.widest_word(column, |word| word.contains(|c: char| c.is_ascii_digit()))
    }

    fn widest_word(&self, column: usize, is_counted: impl Fn(&str) -> bool) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        let heading = self.columns.get(column).map(|(name, _)| name);
        let words = cells.chain(heading).flat_map(|text| text.split(' '));
        words.filter(|word| is_counted(word)).map(shown_width).max().unwrap_or(0)
    }

    /// How wide the columns are at least, if they stand beside each other: numbers and days stay whole, and so do words
    /// that are not too long, where there is room for those of all columns.
    fn least(&self, columns: &[usize], width: Option<u16>) -> Vec<usize> {
        let least = |column: &usize, word: usize| match self.is_whole(*column) {
            true => self.width_of(*column),
            false => self.widest_word(*column, |_| true).min(word).max(self.widest_figure(*column)),
        };
        let with_words: Vec<usize> = columns.iter().map(|column| least(column, LONG)).collect();
        let needed = with_words.iter().map(|least| least + GAP).sum::<usize>();
        if width.is_none_or(|width| needed <= usize::from(width) + GAP) {
            return with_words;
        }
        columns.iter().map(|column| least(column, 0)).collect()
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
        let least = self.least(columns, style.width);
        for ((shown, column), least) in table.column_iter_mut().zip(columns).zip(least) {
            shown.set_padding((0, GAP as u16));
            // A number or a day is never broken over two lines.
            if self.is_whole(*column) {
                shown.set_constraint(ColumnConstraint::ContentWidth);
            } else if let Ok(least) = u16::try_from(least + GAP) {
                shown.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
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
    fn columns_give_way_one_by_one_where_there_is_no_room_for_all() {
        let columns =
            [("Envelope", Side::Left), ("Spent", Side::Right), ("Left", Side::Right), ("", Side::Left)];
        let mut table = Table::new(&columns).yielding(&[3, 1]);
        table.row(["rent", "600.00", "40.00", "██████████"].map(str::to_owned).to_vec());
        let at = |width| table.render(&Style { is_coloured: false, width, height: 99 });
        let whole = "Envelope   Spent   Left\nrent      600.00  40.00  ██████████\n";
        assert_eq!(at(None), whole);
        assert_eq!(at(Some(35)), whole);
        assert_eq!(at(Some(34)), "Envelope   Spent   Left\nrent      600.00  40.00\n");
        assert_eq!(at(Some(22)), "Envelope   Left\nrent      40.00\n");
    }

    #[test]
    fn days_and_numbers_among_words_are_not_broken() {
        let columns = [("Target", Side::Left), ("Asks", Side::Right), ("", Side::Left)];
        let mut table = Table::new(&columns);
        let line = "1234567.00 every 2 weeks starting 2026-01-01";
        let reason = "1,234,567.00 missing for 2026-12, over 12 months";
        table.row([line, "1,234,567.00", reason].map(str::to_owned).to_vec());
        for width in [20, 38, 50, 80] {
            let shown = table.render(&Style { is_coloured: false, width: Some(width), height: 99 });
            for whole in ["1234567.00", "2026-01-01", "1,234,567.00", "2026-12,"] {
                assert!(shown.contains(whole), "{whole} is broken:\n{shown}");
            }
        }
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
