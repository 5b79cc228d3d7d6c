//! The hosted overnight oximetry platform.
//!
//! Domains stand on each other in one direction: `reports -> recordings -> patients -> accounts -> http, platform`.

pub mod accounts;
pub mod app;
pub mod config;
pub mod error;
pub mod health;
pub mod home;
pub mod http;
pub mod i18n;
pub mod patients;
pub mod platform;
pub mod recordings;
pub mod reports;
pub mod start;
pub mod telemetry;
