//! `log`: what was done, newest first.

use clap::Args;

use crate::cli::context::Context;
use crate::error::Result;
use crate::history;
use crate::output::Log;

/// Show what was done, newest first
#[derive(Debug, Args)]
pub struct LogArgs {
    /// How many; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl LogArgs {
    /// Shows it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let limit = (self.limit > 0).then(|| i64::from(self.limit));
        let operations = cx.read(|conn, _| history::log(conn, limit))?;
        cx.out.answer(&Log(operations))?;
        Ok(0)
    }
}
