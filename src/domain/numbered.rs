//! Names by small numbers, as they come: what is kept for many rows keeps the number.

use std::collections::HashMap;

/// Names, each once.
#[derive(Debug, Default)]
pub struct Numbered {
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

impl Numbered {
    /// The number of a name, which it is given where it has none.
    pub fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len();
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    /// The number that a name has.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The name of a number that was given.
    pub fn name(&self, number: usize) -> Option<&str> {
        self.names.get(number).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Numbered::default();
        assert_eq!(["a", "b", "a"].map(|name| names.number(name)), [0, 1, 0]);
        assert_eq!((names.find("b"), names.find("c")), (Some(1), None));
        assert_eq!((names.name(1), names.name(2)), (Some("b"), None));
    }
}
