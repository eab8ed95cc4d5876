//! `groat mcp`, end to end through the real binary on both databases: what its tools answer, that nothing but the
//! protocol is on stdout, that it stays for days, and that the official clients get along with it.

#![cfg(feature = "mcp")]

mod support;

#[path = "mcp/clients.rs"]
mod clients;
#[path = "mcp/cluster.rs"]
mod cluster;
#[path = "mcp/protocol.rs"]
mod protocol;
#[path = "mcp/stays.rs"]
mod stays;
#[path = "mcp/tools.rs"]
mod tools;
#[path = "behaviour/typed.rs"]
#[allow(dead_code, reason = "the tests of behaviour use the rest")]
mod typed;

use support::Sandbox;
use typed::Typed;

/// Spends 57.70 on groceries and 3.20 on nothing in particular in January 2026, and 10.00 on groceries in December.
fn household(s: &Sandbox) {
    for line in [
        "init --currency GBP --account Checking --categories none",
        "category add Groceries --group Food",
        "category add Rent --group Home",
        "add 10 Tesco -c groceries -d 2025-12-31",
        "income 2100 Salary -d 2026-01-01",
        "add 45.60 Tesco -c groceries -d 2026-01-14 -m 'weekly shop' -t food",
        "add 12.10 Tesco -c groceries -d 2026-01-15",
        "add 3.20 coffee -c none -d 2026-01-15",
    ] {
        s.ok(line);
    }
}
