//! The general reader's passes over a text: nothing is taken for granted.

pub(super) mod survey;
pub(super) mod walk;
