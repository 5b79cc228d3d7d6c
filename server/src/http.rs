//! From a socket to a handler and back: the accept loop, the layers every request passes, and what handlers extract.

pub mod assets;
pub mod auth;
pub mod client;
pub mod cookies;
pub mod csrf;
pub mod failure;
pub mod headers;
pub mod listen;
pub mod page;
pub mod routes;
pub mod script;
pub mod trace;
pub mod visit;
