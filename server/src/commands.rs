//! What the program does when it is not serving.

mod migrate;

pub use migrate::migrate;
