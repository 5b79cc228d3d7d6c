//! Bringing nights in: from the bytes of an upload to stored recordings, or to the reasons why not.

pub(super) mod intake;
pub(super) mod limits;
pub(super) mod outcome;
pub(super) mod refusal;
pub(super) mod upload;
