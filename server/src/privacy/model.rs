//! What is known about something that is gone.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::ids::{AccountId, ClinicId, ErasureId};
use crate::platform::clock::Timestamp;
use crate::recordings::hex;

/// Why something was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Its doctor or an administrator of the clinic asked for it.
    Request,
}

impl Reason {
    const ALL: [Self; 1] = [Self::Request];

    /// Its word, in kebab-case.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
        }
    }

    /// The reason of a word.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// The patient, and those who had turned out to be the same.
    pub(super) patients: u64,
    /// Nights.
    pub(super) recordings: u64,
    /// Length of their files together.
    pub(super) file_bytes: u64,
    /// Analyses.
    pub(super) analyses: u64,
    /// Links of patients.
    pub(super) links: u64,
    /// Mails of the outbox.
    pub(super) mails: u64,
}

/// By what is known again what was erased: marks of its identifiers, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) patients: Vec<String>,
    pub(super) recordings: Vec<String>,
}

/// An erasure, done or on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Erasure {
    pub(super) id: ErasureId,
    pub(super) clinic_id: ClinicId,
    pub(super) reason: Reason,
    /// `None`: nobody in particular.
    pub(super) asked_by: Option<AccountId>,
    pub(super) asked_at: Timestamp,
    /// When the last byte was gone; `None` while files still lie in the object store.
    pub(super) done_at: Option<Timestamp>,
    pub(super) counts: Counts,
    /// SHA-256 of the [`tombstone`], lower-case hexadecimal.
    pub(super) digest: String,
}

/// What stays for ever: identifiers of the erasure and its clinic, and marks. It is kept beside the database too, so that a
/// database that comes back from a backup learns what was erased since.
pub(super) fn tombstone((id, clinic): (&ErasureId, &ClinicId), asked_at: Timestamp, marks: &Marks) -> String {
    let mut text = format!("{HEADING}\nid {id}\nclinic {clinic}\nasked-at {asked_at}\n");
    let patients = marks.patients.iter().map(|mark| (PATIENT, mark));
    for (kind, mark) in patients.chain(marks.recordings.iter().map(|mark| (RECORDING, mark))) {
        // Writing to a text cannot fail.
        _ = writeln!(text, "{kind} {mark}");
    }
    text
}

/// The first line of a tombstone.
pub(super) const HEADING: &str = "oxi-erasure 1";
/// Marks of patients.
pub(super) const PATIENT: &str = "patient";
/// Marks of recordings.
pub(super) const RECORDING: &str = "recording";

/// SHA-256 of a tombstone, lower-case hexadecimal.
pub(super) fn digest(tombstone: &str) -> String {
    hex(&Sha256::digest(tombstone.as_bytes()))
}
