//! What is told of the SQL that runs: every statement (`-vv`, `GROAT_LOG`), or only those that took long.
//!
//! A Diesel instrumentation that writes through `tracing`; set on a connection when it is opened.

use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent};

/// Which statements are told.
#[derive(Debug, Clone, Default)]
pub struct Echo {
    /// Every statement, with its duration.
    pub every_statement: bool,
    /// Those that took at least this long, as warnings.
    pub slower_than: Option<Duration>,
}

impl Echo {
    /// The instrumentation for a connection; none when nothing is to be told.
    pub fn instrumentation(&self) -> Option<impl Instrumentation + use<>> {
        if !self.every_statement && self.slower_than.is_none() {
            return None;
        }
        let echo = self.clone();
        let mut started: Option<Instant> = None;
        Some(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { .. } => started = Some(Instant::now()),
            InstrumentationEvent::FinishQuery { query, .. } => {
                if let Some(began) = started.take() {
                    echo.tell(began.elapsed(), || query.to_string());
                }
            }
            _ => {}
        })
    }

    fn tell(&self, took: Duration, query: impl Fn() -> String) {
        if self.slower_than.is_some_and(|limit| took >= limit) {
            tracing::warn!(target: "groat::sql", ms = took.as_millis(), "slow query: {}", query());
        } else if self.every_statement {
            tracing::debug!(target: "groat::sql", us = took.as_micros(), "{}", query());
        }
    }
}
