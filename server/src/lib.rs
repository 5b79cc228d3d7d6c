//! The hosted overnight oximetry platform, room by room. A room uses only what stands before it:
//!
//! `platform <- i18n <- config, error, telemetry <- state <- ids <- http <- audit <- mail <- accounts <- clinics <- rows <- patients <-
//! recordings <- analyses <- desk, admin, contract, privacy, sharing, reports, viewer, home, health <- commands <- router <- serve`.

pub mod accounts;
pub mod admin;
pub mod analyses;
pub mod audit;
pub mod clinics;
pub mod commands;
pub mod config;
pub mod contract;
pub mod desk;
pub mod error;
pub mod health;
pub mod home;
pub mod http;
pub mod i18n;
pub mod ids;
pub mod mail;
pub mod patients;
pub mod platform;
pub mod privacy;
pub mod recordings;
pub mod reports;
pub mod router;
pub mod rows;
pub mod serve;
pub mod sharing;
pub mod state;
pub mod telemetry;
pub mod viewer;
