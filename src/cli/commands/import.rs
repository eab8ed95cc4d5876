//! `import`: a bank's file into the book; and the loads that were made.
//! (placeholder while formats land)
use crate::cli::context::Context;
use crate::error::Result;
use clap::Args;
/// Load a bank's file
#[derive(Debug, Args)]
pub struct ImportArgs {}
impl ImportArgs {
    /// Loads it.
    pub fn run(self, _cx: &mut Context) -> Result<u8> {
        Ok(0)
    }
}
