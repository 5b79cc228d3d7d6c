//! The platform from outside: every behaviour on SQLite with local files and on PostgreSQL with an S3 service.

#[macro_use]
mod support;

mod blobs;
mod counts;
mod health;
mod nights;
mod patients;
mod recordings;
mod recordings_refused;
mod reports;
