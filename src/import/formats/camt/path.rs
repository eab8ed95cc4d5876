//! Where in a document the reader stands: the local names of the open elements, from the outermost inwards.
//!
//! `xml` keeps it; whoever reads an element matches the part of it that lies below, such as `RmtInf/Ustrd`.

/// The open elements.
#[derive(Debug, Default)]
pub struct Path {
    /// The names with `/` between.
    names: String,
    /// Where each name begins.
    starts: Vec<usize>,
}

impl Path {
    /// Opens an element.
    pub fn push(&mut self, name: &str) {
        if !self.starts.is_empty() {
            self.names.push('/');
        }
        self.starts.push(self.names.len());
        self.names.push_str(name);
    }

    /// Closes the innermost element, if there is one.
    pub fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start.saturating_sub(1));
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.starts.len()
    }

    /// The name of the innermost element; empty where none is open.
    pub fn name(&self) -> &str {
        self.starts.last().map_or("", |start| &self.names[*start..])
    }

    /// The names below the element at this depth, 1 being the outermost one; empty where there are none.
    pub fn below(&self, depth: usize) -> &str {
        self.starts.get(depth).map_or("", |start| &self.names[*start..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_an_element_are_a_path() {
        let mut path = Path::default();
        assert_eq!((path.name(), path.below(0)), ("", ""));
        path.pop();
        for name in ["Ntry", "NtryDtls", "TxDtls"] {
            path.push(name);
        }
        assert_eq!((path.depth(), path.name()), (3, "TxDtls"));
        assert_eq!(
            (path.below(0), path.below(1), path.below(3)),
            ("Ntry/NtryDtls/TxDtls", "NtryDtls/TxDtls", "")
        );
        path.pop();
        path.push("Btch");
        assert_eq!(path.below(1), "NtryDtls/Btch");
        (0..3).for_each(|_| path.pop());
        path.push("Bal");
        assert_eq!(path.below(0), "Bal");
    }
}
