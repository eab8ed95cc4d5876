//! Rules asked again of what is in the book: which takes which transaction, and transactions that become what the rules
//! say by now; and rules for what the user
//! keeps doing. Asked is the bank's row that a transaction came from, where there is one.

mod applying;
mod changing;
mod freedom;
mod proposing;
mod raw;
mod testing;

pub use applying::{Applied, Change, Said, apply};
pub use proposing::{Learned, learn, propose};
pub use testing::{Tested, TestedRow, Text, test};
