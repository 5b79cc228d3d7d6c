//! Pictures of nights: what must be seen in them, and the scene that every binding must give.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own data must fail")]

mod browser;
mod golden;
mod odd_nights;
mod seen;
mod support;
