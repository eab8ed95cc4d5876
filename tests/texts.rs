//! What groat says for others to rely on: every answer fits its JSON Schema, every command explains itself, and every
//! example in a help text does what it claims. On SQLite alone: that both databases give the same answers is tested
//! elsewhere.

mod support;

#[path = "texts/docs.rs"]
mod docs;
#[path = "texts/examples.rs"]
mod examples;
#[path = "texts/help.rs"]
mod help;
#[path = "texts/pattern.rs"]
mod pattern;
#[path = "texts/schemas.rs"]
mod schemas;
#[path = "texts/topics.rs"]
mod topics;
#[path = "texts/validator.rs"]
mod validator;
