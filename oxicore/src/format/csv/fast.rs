//! Everything about texts that is only speed.
//!
//! **Why.** A night is a text of a megabyte, read in a browser while somebody waits, and 95 to 98 of 100 of its lines have
//! one shape: the date of the line before, letter by letter, mostly its minute too, and small numbers. Such a line is
//! judged eight bytes at a time ([`rows`]), and a text of which every line lets itself be read in order is read in one
//! pass ([`one_pass`]) instead of three. That is ten times as fast as cell by cell.
//!
//! **How.** [`Fast`] learns the shape of a row that the general reader has read ([`head`]: what stands around the clock,
//! [`clock`]: the minute, [`number`]: a time that is counted, [`usual`]: widths and reminders) and reads rows of the same shape by
//! arithmetic on words ([`digits`], [`values`]; of other columns, signs between them, quotes or units, cell by cell: [`table`]). What
//! does not have it to the last byte goes back to the general reader.
//!
//! **What holds it equal.** The general reader is the definition: `csv::general_layout` reads without anything of this
//! folder. Fuzz target `fast_vs_general` compares start, interval, span, every sample and every notice, or the error, of
//! both on whatever bytes; the tests do so on every fixture, generated dialect and file that fuzzing has found. Nothing
//! outside this folder changes its result when `Dialect::is_fast` is not set.

pub(super) mod clock;
mod digits;
mod head;
mod number;
pub(super) mod one_pass;
pub(super) mod rows;
mod table;
mod usual;
mod values;

pub(super) use rows::{Fast, SameDay};

/// Says that a branch is rare, as `core::hint::cold_path` of newer Rust does.
#[cold]
#[inline]
const fn cold_path() {}
