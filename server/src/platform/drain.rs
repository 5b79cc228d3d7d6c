//! The flag that says the process is on its way out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Raised once when the process is asked to stop; clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Drain(Arc<AtomicBool>);

impl Drain {
    /// Says that no new work should come here.
    pub fn begin(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the process is finishing its last requests.
    pub fn is_draining(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
