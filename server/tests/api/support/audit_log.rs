//! What the platform logs, while tests of many platforms run in one process.

use std::io::{self, Write};
use std::sync::{Mutex, Once};

use oxi_server::http::audit_log::TARGET;
use serde_json::Value;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Every audit line of every platform of this process.
static AUDIT: Mutex<Vec<Value>> = Mutex::new(Vec::new());

/// Every act that was committed for a request, listed in the log or not: the request and the act.
static ACTS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// The target of acts that are for the closer look alone.
const CLOSER: &str = "oxi_server::audit::act";

struct Ledger;

impl Write for Ledger {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let told: Value = serde_json::from_slice(line)?;
        if let (Some(request), Some(act)) = (told["request_id"].as_str(), told["action"].as_str()) {
            ACTS.lock().unwrap().push((request.to_owned(), act.to_owned()));
        }
        if told["target"] == TARGET {
            AUDIT.lock().unwrap().push(told);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Prints the platform's errors where a test prints, which `cargo test` shows when it fails, and keeps audit lines.
pub fn listen() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let errors = layer().with_ansi(false).with_test_writer().with_filter(LevelFilter::ERROR);
        let audit = layer().json().flatten_event(true).with_writer(|| Ledger);
        let audit = audit.with_filter(filter_fn(|metadata| [TARGET, CLOSER].contains(&metadata.target())));
        tracing_subscriber::registry().with(errors).with(audit).init();
    });
}

/// The audit lines of one request.
pub fn audit_lines(request_id: &str) -> Vec<Value> {
    assert!(!request_id.is_empty(), "the answer names its request");
    let all = AUDIT.lock().unwrap();
    all.iter().filter(|line| line["request_id"] == request_id).cloned().collect()
}

/// What was done for a request.
pub fn acts_logged(request_id: &str) -> Vec<String> {
    let all = ACTS.lock().unwrap();
    all.iter().filter(|(request, _)| request == request_id).map(|(_, act)| act.clone()).collect()
}
