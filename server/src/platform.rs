//! What the platform stands on: time, randomness, database, object store. Knows no domain.

pub mod blobs;
pub mod clock;
pub mod db;
pub mod drain;
pub mod hasher;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod private;
pub mod probe;
pub mod qr;
pub mod random;
pub mod seal;
pub mod signs;
pub mod text;
pub mod turns;
pub mod under_way;
pub mod used_forms;
pub mod work;
pub mod work_pool;
