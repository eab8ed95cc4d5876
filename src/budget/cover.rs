//! Covering what is overspent: as much as the source has, and no more; what is still missing is said.

use super::changed::Changed;
use super::envelopes::{Envelopes, Place, has};
use super::moving::{human, store};
use crate::db::writer::Writer;
use crate::domain::when::Month;
use crate::error::{Problem, Result};

/// Covers an overspent envelope, or a negative `tbb`, from another place; from what is to be budgeted if none is said.
///
/// # Errors
/// An unknown place; one that is not overspent; a source that has nothing.
pub fn cover(w: &mut Writer<'_>, month: Month, place: &str, from: Option<&str>) -> Result<Changed> {
    let envelopes = Envelopes::load(w.conn())?;
    let place = envelopes.place(place)?;
    let source = match from {
        Some(text) => envelopes.place(text)?,
        None if place == Place::ToBeBudgeted => {
            return Err(Problem::usage("what is to be budgeted is covered from an envelope")
                .hint("`groat budget cover tbb --from CATEGORY`")
                .into());
        }
        None => Place::ToBeBudgeted,
    };
    if source == place {
        return Err(Problem::usage(format!("`{}` cannot cover itself", envelopes.name(place))).into());
    }
    let state = envelopes.at(month)?;
    let (missing, there) = (-i128::from(has(&state, place).min(0)), i128::from(has(&state, source).max(0)));
    if missing == 0 {
        return Err(Problem::conflict(format!("{} is not overspent in {month}", envelopes.name(place)))
            .hint("`groat budget` marks what is; `groat budget move` moves money anyway")
            .into());
    }
    if there == 0 {
        return Err(Problem::conflict(format!(
            "{} has nothing to cover it with in {month}",
            envelopes.name(source)
        ))
        .hint("`groat budget` shows who has; name it with `--from`")
        .into());
    }
    let amount = i64::try_from(missing.min(there))?;
    let code = w.currency.code;
    let summary = format!(
        "covered {} with {} {code} from {} in {month}",
        envelopes.name(place),
        human(amount, w.currency),
        envelopes.name(source)
    );
    let left = i64::try_from(missing - i128::from(amount))?;
    let notes = if left == 0 {
        Vec::new()
    } else {
        vec![format!("{} {code} is still missing", human(left, w.currency))]
    };
    w.begin(&summary)?;
    store(w, &envelopes, month, &[(source, place, amount)])?;
    Changed::tell(w, &envelopes, month, &[source, place], summary, notes)
}
