//! Overnight oximetry without an allocator.
#![no_std]
