//! Reports: values that are worked out from the book, for any face to show. They print nothing and change
//! nothing.

pub mod check;
pub mod overview;
pub mod spending;
