//! The layers every request passes, from the outside in: headers, request context, log.

pub mod context;
pub mod headers;
pub mod trace;
