//! What people read, put together from titles, lines and tables: shown on a terminal, or as Markdown for mails and
//! notes. Answers make one (`Answer::document`); only `output/` knows which of the two comes of it.

use super::Style;
use super::markdown::escaped;
use super::table::Table;

/// Titles, lines and tables, from top to bottom.
#[derive(Default)]
pub struct Document {
    parts: Vec<Part>,
}

enum Part {
    Title(String),
    Lines(String),
    Table(Table),
    Gap,
}

impl Document {
    /// An empty one.
    pub fn new() -> Document {
        Document::default()
    }

    /// What follows is about this. The text is safe to show already, as all that is put in here.
    #[must_use]
    pub fn title(self, text: impl Into<String>) -> Document {
        self.with(Part::Title(text.into()))
    }

    /// Lines, each ended.
    #[must_use]
    pub fn lines(self, text: impl Into<String>) -> Document {
        self.with(Part::Lines(text.into()))
    }

    /// A table.
    #[must_use]
    pub fn table(self, table: Table) -> Document {
        self.with(Part::Table(table))
    }

    /// An empty line.
    #[must_use]
    pub fn gap(self) -> Document {
        self.with(Part::Gap)
    }

    /// What another one holds, below.
    #[must_use]
    pub fn and(mut self, other: Document) -> Document {
        self.parts.extend(other.parts);
        self
    }

    fn with(mut self, part: Part) -> Document {
        self.parts.push(part);
        self
    }

    /// As a terminal shows it, each line ended.
    pub fn render(&self, style: &Style) -> String {
        let shown = self.parts.iter().map(|part| match part {
            Part::Title(text) => format!("{}\n", style.heading(text)),
            Part::Lines(text) => text.clone(),
            Part::Table(table) => table.render(style),
            Part::Gap => "\n".to_owned(),
        });
        shown.collect()
    }

    /// As Markdown with tables (GitHub's, pandoc's `pipe_tables`), each line ended. It was made for a `Style`
    /// without colour.
    pub fn markdown(&self) -> String {
        let parts = self.parts.iter().filter_map(|part| match part {
            Part::Title(text) => Some(format!("## {}\n", escaped(text))),
            Part::Lines(text) => Some(list(text)).filter(|text| !text.is_empty()),
            Part::Table(table) => Some(table.markdown()),
            Part::Gap => None,
        });
        parts.collect::<Vec<String>>().join("\n")
    }
}

impl From<Table> for Document {
    fn from(table: Table) -> Document {
        Document::new().table(table)
    }
}

impl From<String> for Document {
    fn from(lines: String) -> Document {
        Document::new().lines(lines)
    }
}

/// One line is a paragraph, several are a list: Markdown would run them together.
fn list(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .map(|line| escaped(&line))
        .collect();
    match lines.as_slice() {
        [one] => format!("{one}\n"),
        several => several.iter().map(|line| format!("- {line}\n")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Side;
    use super::*;

    const PLAIN: Style = Style { is_coloured: false, width: None, height: usize::MAX };

    #[test]
    fn a_document_is_text_or_markdown() {
        let mut table = Table::new(&[("Payee", Side::Left), ("Amount", Side::Right)]);
        table.row(vec!["a | b".to_owned(), "-1.50".to_owned()]);
        table.total(vec!["Total".to_owned(), "-1.50".to_owned()], &PLAIN);
        let document = Document::new().title("A_month_").lines("  in   1\n  out  2\n").gap().table(table);
        assert_eq!(
            document.render(&PLAIN),
            "A_month_\n  in   1\n  out  2\n\nPayee  Amount\na | b   -1.50\nTotal   -1.50\n"
        );
        assert_eq!(
            document.markdown(),
            "## A\\_month\\_\n\n- in 1\n- out 2\n\n| Payee | Amount |\n| --- | ---: |\n| a \\| b | -1.50 |\n\
             | **Total** | **-1.50** |\n"
        );
        assert_eq!(Document::from("no payees yet\n".to_owned()).markdown(), "no payees yet\n");
    }
}
