//! Categories that are learned from the book itself: naive Bayes over the words of what the bank says, the account, the
//! way the money went and the size of the amount. What is learned is only suggested, with its words; where it is not
//! nearly certain nothing is guessed.

mod model;
mod words;

use crate::db::connection::DbConn;
use crate::db::lessons;
use crate::domain::ids::{AccountId, CategoryId, OperationId};
use crate::domain::money::Minor;
use crate::error::Result;

pub use model::{Model, Sample, Suggestion};
pub use words::words;

/// So many transactions are learned from, the newest: habits change, and reading more takes time.
pub const NEWEST: u32 = 20_000;

/// What is learned of the book as it was before an operation; none where there is nothing to learn.
///
/// # Errors
/// What the database says.
pub fn learn(conn: &mut DbConn, except: OperationId) -> Result<Option<Model>> {
    let mut samples: Vec<(i64, Sample)> = Vec::new();
    for lesson in lessons::newest(conn, NEWEST, Some(except))? {
        let texts = [&lesson.payee, &lesson.note, &lesson.bank_payee, &lesson.bank_memo];
        let new = words(texts.into_iter().filter_map(Option::as_deref));
        match samples.last_mut() {
            // Another row of a bank that the same transaction is.
            Some((id, sample)) if *id == lesson.id => sample.words.extend(new),
            _ => samples.push((
                lesson.id,
                Sample {
                    category: CategoryId(lesson.category_id),
                    account: AccountId(lesson.account_id),
                    amount: Minor(lesson.amount),
                    words: new,
                },
            )),
        }
    }
    Ok(Model::new(samples.into_iter().map(|(_, sample)| sample)))
}
