//! What the numbers mean and what the files look like: pages of the documentation, without code.

#[doc = include_str!("../ALGORITHMS.md")]
pub mod algorithms {}

#[doc = include_str!("../FORMATS.md")]
pub mod formats {}

#[cfg(all(doctest, feature = "alloc"))]
#[doc = include_str!("../README.md")]
struct Readme;
