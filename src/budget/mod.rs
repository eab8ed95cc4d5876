//! Envelope budgeting: what stands between the stored facts and the faces. `plan` is what targets ask for.

pub mod plan;
