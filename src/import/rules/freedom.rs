//! How much of a transaction the rules may change: what the user chose stays theirs. The history tells.

use std::collections::HashMap;

use crate::db::connection::DbConn;
use crate::db::tables::Imaged;
use crate::db::transactions::TransactionImage;
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::import::unmatching::{End, follow};

/// How much the rules may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// All that a rule says: an import made it, and nobody has touched it since.
    Whole,
    /// Its category, which the user did not choose; of the rest what is empty.
    Category,
    /// Nothing: the user chose its category.
    None,
}

/// What the rules may change of each transaction.
///
/// # Errors
/// What the database says.
pub fn of(conn: &mut DbConn, ids: &[TransactionId]) -> Result<HashMap<TransactionId, Freedom>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let images = TransactionImage::find_many(conn, &numbers)?;
    let mut ends = follow(conn, &images, &HashMap::new())?;
    let mut freedom = |image: &TransactionImage| match ends.remove(&image.id()) {
        Some(End::Imported) => Freedom::Whole,
        // As the user left it, seen through what imports and rules did since.
        Some(End::Left { before: Some(left), .. }) => of_users(&left),
        Some(End::Left { before: None, .. } | End::Lost) | None => of_users(image),
    };
    Ok(images.iter().map(|image| (TransactionId(image.id()), freedom(image))).collect())
}

fn of_users(image: &TransactionImage) -> Freedom {
    if image.is_uncategorised() { Freedom::Category } else { Freedom::None }
}
