//! From a socket to a handler and back: the accept loop, the layers every request passes, and what handlers extract.

pub mod audit_log;
pub mod auth;
pub mod browser;
pub mod client_ip;
pub mod context;
pub mod device;
pub mod identity;
mod kept;
pub mod layers;
pub mod listen;
pub mod multipart;
pub mod pace;
pub mod problem;
pub mod routes;
