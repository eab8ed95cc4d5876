//! The columns of a record by name, as `fields` lists them, and by number.

/// The names of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// In small letters; blank for a column without a name.
    names: Vec<String>,
}

/// A column has no higher number.
const MOST: usize = 1000;

impl Columns {
    /// Columns of these names.
    pub fn new(names: Vec<String>) -> Columns {
        Columns { names }
    }

    /// How many have a place in the list.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The place of the column with that name, in any case, or that 1-based number.
    pub fn find(&self, name: &str) -> Option<usize> {
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) {
            return name.parse().ok().filter(|number| (1..=MOST).contains(number)).map(|number| number - 1);
        }
        let name = name.trim().to_lowercase();
        self.names.iter().position(|known| *known == name).filter(|_| !name.is_empty())
    }
}
