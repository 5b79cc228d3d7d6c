//! What the program does when it is not serving.

mod migrate;
mod reset;
mod verify_audit;

pub use migrate::migrate;
pub use reset::reset;
pub use verify_audit::verify_audit;
