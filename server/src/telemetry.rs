//! Logs: JSON lines where a platform collects them, readable lines in a terminal. Never names, addresses or secrets.

use std::io::{IsTerminal as _, Write as _};

use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Starts writing logs to standard output; `LOG` chooses what (default `info`).
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    let started = if std::io::stdout().is_terminal() {
        lines.with_target(false).try_init()
    } else {
        lines.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
    };
    if started.is_err() {
        tracing::debug!("logging is running already");
    }
}

/// Writes a line for the person who started the program, whatever the log settings are.
pub fn say(line: &str) {
    _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Writes why the program stops.
pub fn last_words(line: &str) {
    _ = writeln!(std::io::stderr().lock(), "oxi: {line}");
}
