//! Values of assignments: text with columns of the record (`%name`, `%3`, `%(name)`) and what the pattern of the
//! block caught (`\1`) in it.
//!
//! `parse` makes them once all columns are known, `assigned` fills them for each record.

use csv::StringRecord;

use super::columns::Columns;

/// A value of an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A column by its place.
    Column(usize),
    /// What a pattern caught, by its number from 1 on.
    Group(usize),
}

impl Template {
    /// The value of one column.
    pub fn column(place: usize) -> Template {
        Template { pieces: vec![Piece::Column(place)] }
    }

    /// Reads a value. A name that no column has stays as it stands, as in hledger.
    pub fn read(text: &str, columns: &Columns) -> Template {
        let mut template = Template { pieces: Vec::new() };
        let mut rest = text;
        while let Some(at) = rest.find(['%', '\\']) {
            let (before, mark) = rest.split_at(at);
            template.push_text(before);
            let read = if mark.starts_with('%') { reference(mark, columns) } else { escape(mark) };
            let (piece, length) = read.unwrap_or((Piece::Text(mark[..1].to_owned()), 1));
            match piece {
                Piece::Text(text) => template.push_text(&text),
                piece => template.pieces.push(piece),
            }
            rest = &mark[length..];
        }
        template.push_text(rest);
        template
    }

    fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Whether it needs what patterns caught.
    pub fn has_groups(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Group(_)))
    }

    /// The template with columns by their numbers, whatever they are called.
    pub fn shown(&self) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Column(place) => format!("%{}", place + 1),
            Piece::Group(number) => format!("\\{number}"),
        };
        self.pieces.iter().map(show).collect()
    }

    /// The places of the columns in it.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Column(place) => Some(*place),
            _ => None,
        })
    }

    /// The value for one record, without blanks around it; cells that it has not are blank.
    pub fn fill(&self, record: &StringRecord, groups: &[String]) -> String {
        let mut value = String::new();
        for piece in &self.pieces {
            value.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Column(place) => record.get(*place).unwrap_or_default().trim(),
                Piece::Group(number) => groups.get(*number - 1).map_or("", String::as_str),
            });
        }
        match value.trim() {
            trimmed if trimmed.len() == value.len() => value,
            trimmed => trimmed.to_owned(),
        }
    }
}

/// `%name`, `%3` or `%(name)` with its length.
fn reference(text: &str, columns: &Columns) -> Option<(Piece, usize)> {
    let bare = text.strip_prefix('%')?;
    if let Some(inner) = bare.strip_prefix('(') {
        let end = inner.find(')')?;
        return Some((Piece::Column(columns.find(&inner[..end])?), end + 3));
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = bare.find(|c| !is_name(c)).unwrap_or(bare.len());
    Some((Piece::Column(columns.find(&bare[..end])?), end + 1))
}

/// `\1` to `\9`, and `\n` for a line's end.
fn escape(text: &str) -> Option<(Piece, usize)> {
    match text.as_bytes().get(1)? {
        b'n' => Some((Piece::Text("\n".to_owned()), 2)),
        digit @ b'1'..=b'9' => Some((Piece::Group(usize::from(digit - b'0')), 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_groups_are_put_in() {
        let columns = Columns::new(vec!["date".into(), "what it is".into(), "größe".into()]);
        let record = StringRecord::from(vec!["2026-01-02", " coffee ", "5"]);
        let groups = ["bar".to_owned()];
        let cases = [
            ("plain", "plain"),
            ("%date", "2026-01-02"),
            ("%Date!", "2026-01-02!"),
            ("%(what it is)s at %1", "coffees at 2026-01-02"),
            ("%2x", "%2x"),
            ("%(2)x", "coffeex"),
            ("-%größe", "-5"),
            ("%9.", "."),
            ("100% off %foo", "100% off %foo"),
            ("the \\1, \\2.", "the bar, ."),
            ("a\\nb \\x", "a\nb \\x"),
            ("  %3  ", "5"),
        ];
        for (text, expected) in cases {
            assert_eq!(Template::read(text, &columns).fill(&record, &groups), expected, "{text}");
        }
    }
}
