//! JSON on stdout: one object, or one object a line.

use std::io::{self, Write};

use serde_json::Value;

use super::forgive_closed_pipe;
use crate::error::Result;

/// One object, indented.
pub fn one(value: &Value) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from);
    forgive_closed_pipe(written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()))
}

/// One object a line.
pub fn lines(values: &[Value]) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = values.iter().try_for_each(|value| writeln!(out, "{value}"));
    forgive_closed_pipe(written.and_then(|()| out.flush()))
}
