//! Many samples at once.
//!
//! **Why.** Nearly all records of a night need no judgement: both readings are there, no alarm was given, no time is
//! missing. Taking 64 of them at a time lets the compiler turn loops over columns of bytes into vectors, and each machine
//! keeps its state in registers over a whole stretch. A night is analysed in a third of the time; a build for small size
//! leaves feature `blocks` out and takes every sample by itself.
//!
//! **How.** A reader hands [`Block`]s to a [`SampleSink`] ([`sink`]); what feeds machines cuts them into [`Stretch`]es
//! of samples that the filter accepts ([`stretch`]); `analysis/analyzer/feeding.rs` gives these to all machines of an analysis.
//!
//! **What holds it equal.** The definition of every number is what a machine does with samples one by one. Fuzz target
//! `fast_vs_general` and its body in `testing.rs` (`assert_many_at_once_equal_one_by_one`) compare both ways on whatever
//! bytes: samples, notices, columns, the analysis, its events and all profiles. The tests run it over every fixture, every
//! generated night and every file that fuzzing has found.

pub(crate) mod sink;
pub(crate) mod stretch;

pub(crate) use sink::{BLOCK, Block, Each, Gathered, Nowhere, SampleSink, hand_over};
pub(crate) use stretch::{Machine, Run, Stretch, feed};
