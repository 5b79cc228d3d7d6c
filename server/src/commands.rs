//! What the program does when it is not serving.

mod migrate;
mod reset;

pub use migrate::migrate;
pub use reset::reset;
