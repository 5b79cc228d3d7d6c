//! The platform from outside: every behaviour on SQLite with local files and on PostgreSQL with an S3 service.

#![expect(unreachable_pub, reason = "everything in a test program is private to it")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "counts and skipped checks are told to whoever runs the tests")]

#[macro_use]
mod support;

mod accounts;
mod analyses;
mod audit;
mod authorisation;
mod authorisation_matrix;
mod blobs;
mod clinics;
mod clinics_migration;
mod connections;
mod contract;
mod counts;
mod dates;
mod defences;
mod deploy;
mod desk_rows;
mod health;
mod http;
mod jobs;
mod journal;
mod journal_pages;
mod link_codes;
mod link_endings;
mod link_replicas;
mod link_terms;
mod link_views;
mod links;
mod load;
mod mail;
mod mail_carriers;
mod nights;
mod odd_texts;
mod password_requests;
mod patients;
mod patients_merged;
mod people;
mod plans;
mod privacy;
mod privacy_map;
mod process;
mod recordings;
mod recordings_refused;
mod reports;
mod second_factor;
mod session_races;
mod sessions;
mod sign_up;
mod source;
mod throttling;
mod timing;
mod users;
mod viewer;
mod words;
mod work_pool;
