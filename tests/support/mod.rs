//! What the end-to-end tests share: a hermetic `groat` on a book of its own ([`Sandbox`]), what one run of it
//! gave ([`Run`]), a look into the book behind its back ([`inspect`]), a wire to PostgreSQL that counts, delays
//! and breaks ([`proxy`]), a pseudo-terminal ([`terminal`]), a client of `groat mcp` ([`agent`]), and files as banks and
//! other programs write them ([`writers`]). Every file in `tests/` that runs the binary says `mod support;`. Nothing here
//! knows what groat's commands mean.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each file in tests/ is a program of its own and uses a part of this"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the harness reads the environment: it stands outside the layers"
)]

pub mod agent;
pub mod inspect;
pub mod postgres;
pub mod programs;
pub mod proxy;
pub mod run;
pub mod sandbox;
pub mod terminal;
pub mod writers;

pub use agent::Agent;
pub use proxy::{Cut, Proxy};
pub use run::{Run, Running};
pub use sandbox::Sandbox;
pub use terminal::{Terminal, keys};

/// Makes of each `fn name(s: &Sandbox) { .. }` two tests, `name::sqlite` and `name::postgres`.
///
/// The body is compiled into both, so that an inline snapshot (`@"..."`) must hold on both databases. A snapshot
/// in a file needs a name of its own (`assert_snapshot!("name", ..)`): then both are held against one file, while
/// an unnamed one gives a file for each, and a difference between the databases would go unseen.
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* fn $name:ident($sandbox:ident: &Sandbox) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a body may need nothing of its file")]
            use super::*;

            $(#[$meta])*
            #[test]
            fn sqlite() {
                let $sandbox = &$crate::support::Sandbox::sqlite();
                $body
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                let Some(sandbox) = $crate::support::Sandbox::postgres() else { return };
                let $sandbox = &sandbox;
                $body
            }
        }
    )+};
}
pub(crate) use on_both_databases;
