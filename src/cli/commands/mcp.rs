//! `mcp`: the book for agents.

use clap::Args;

use crate::cli::context::Context;
use crate::error::Result;

/// Let an agent read the book, over the Model Context Protocol
#[derive(Debug, Args)]
#[command(after_help = "Read-only: nothing that an agent says can change the book. It speaks on stdin
and stdout until stdin is closed; the agent's program starts it.

Most clients take this in their settings, a few with \"servers\" in place of
\"mcpServers\":

  {
    \"mcpServers\": {
      \"groat\": { \"command\": \"groat\", \"args\": [\"mcp\"] }
    }
  }

For Claude Code: claude mcp add groat -- groat mcp

Another book: \"args\": [\"--book\", \"holiday\", \"mcp\"]. Where the client does not
know your PATH, give the whole path of groat.

Tools: query_expenses_by_category, summarize_spending, overview,
list_transactions, run_report, list_names.")]
pub struct McpArgs {}

impl McpArgs {
    /// Serves until stdin is closed.
    #[cfg(feature = "mcp")]
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        use std::io::IsTerminal;

        if std::io::stdin().is_terminal() {
            cx.out.note(
                "an agent's program is meant to speak here; `groat mcp --help` tells how, Ctrl-D ends it",
            );
        }
        crate::mcp::serve(Box::new(cx.opener()?))?;
        Ok(0)
    }

    /// Says that it cannot.
    #[cfg(not(feature = "mcp"))]
    pub fn run(self, _cx: &mut Context) -> Result<u8> {
        Err(crate::error::Problem::conflict("this groat was built without `mcp`")
            .hint("build it with the feature `mcp`, which is among the default ones")
            .into())
    }
}
