//! What a stored recording is, beside its bytes.

use oxicore::notices::DateOrder;
use oxicore::{Span, time::LocalDateTime};

use super::neutral_name::neutral_name;
use crate::clinics::Doctor;
use crate::ids::{AccountId, ClinicId, PatientId, RecordingId};
use crate::patients::Shown;
use crate::platform::blobs::BlobKey;
use crate::platform::clock::Timestamp;
use crate::rows::RecordingMark;

/// Where a recording's page is.
pub fn page_address(id: &RecordingId) -> String {
    format!("/recordings/{id}")
}

/// Bytes in lower-case hexadecimal, as [`Recording::sha256`] is written.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A stored file and what the list shows of it. The numbers of its page are computed from the bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Identifier.
    pub id: RecordingId,
    /// The clinic it belongs to.
    pub clinic_id: ClinicId,
    /// The doctor it belongs to.
    pub owner_id: AccountId,
    /// The patient it was given to, if any.
    pub patient_id: Option<PatientId>,
    /// Name of the original file, for reading and for downloads.
    pub file_name: String,
    /// Size of the original file in bytes.
    pub size_bytes: u64,
    /// SHA-256 of the original file, lower-case hexadecimal.
    pub sha256: String,
    /// Where the original file lies in the object store.
    pub blob_key: BlobKey,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// How its dates are read, where a doctor has decided; else as the reader finds it.
    pub decided_dates: Option<DecidedDates>,
    /// Its numbers for the list.
    pub digest: Digest,
}

impl Recording {
    /// The recording as the list knows it.
    pub fn mark(&self) -> RecordingMark<'_> {
        RecordingMark { id: &self.id, file_name: &self.file_name }
    }

    /// The order of day and month in which its dates are read, where a doctor has decided.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.decided_dates.as_ref().map(|decided| decided.order)
    }

    /// The recording as a patient may know it, to whom a link shows it: under a name that tells device and start and
    /// nobody's name.
    pub(super) fn for_patient(self, _: &Shown) -> Self {
        let Digest { starts_at, format, .. } = self.digest;
        let is_decided = self.decided_dates.is_some();
        Self { file_name: neutral_name(&self.file_name, (starts_at, is_decided), format), ..self }
    }
}

/// How a doctor has decided that the dates of a file are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedDates {
    /// Which of the first two numbers of a date is the day.
    pub order: DateOrder,
    /// Who decided.
    pub by: AccountId,
}

/// The numbers of a night that the list shows and sorts by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digest {
    /// [`oxicore::summary::ALGORITHM_REVISION`] that computed them.
    pub algorithm_revision: u32,
    /// Kind of file: `csv`, `legacy`.
    pub format: &'static str,
    /// What the device clock showed at the first record.
    pub starts_at: LocalDateTime,
    /// Length of the recording.
    pub length: Span,
    /// Desaturations of 3 % and more per hour of valid signal; `None` when the signal is too short.
    pub odi3_per_h: Option<f64>,
    /// Desaturations of 4 % and more per hour of valid signal; `None` when the signal is too short.
    pub odi4_per_h: Option<f64>,
    /// T90, percent of valid time; `None` without an SpO2 reading.
    pub below_90_pct: Option<f64>,
    /// Lowest SpO2, percent; `None` without an SpO2 reading.
    pub min_pct: Option<u8>,
}

impl Digest {
    /// The numbers of an analysis.
    pub fn of(summary: &oxicore::Summary) -> Self {
        Self {
            algorithm_revision: summary.algorithm_revision,
            format: summary.recording.format.code(),
            starts_at: summary.recording.start_or_1970(),
            length: summary.recording.recording_s,
            odi3_per_h: summary.aasm.odi3.per_h,
            odi4_per_h: summary.aasm.odi4.per_h,
            below_90_pct: summary.spo2.as_ref().map(|spo2| spo2.below_90_pct),
            min_pct: summary.spo2.as_ref().map(|spo2| spo2.min_pct.as_pct()),
        }
    }
}

/// A file that is about to be stored.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Its identifier.
    pub id: RecordingId,
    /// Who uploads it.
    pub owner: &'a Doctor,
    /// Cleaned name.
    pub file_name: &'a str,
    /// Length in bytes.
    pub size_bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: &'a str,
    /// Where its bytes will lie.
    pub blob_key: &'a BlobKey,
    /// Its numbers for the list.
    pub digest: Digest,
    /// The moment.
    pub now: Timestamp,
}

/// What is known about bytes that an account has uploaded before.
#[derive(Debug)]
pub enum Known {
    /// They are a recording.
    Stored(RecordingId),
    /// They are announced.
    Waiting(Waiting),
    /// They are being deleted.
    Hidden(Hidden),
}

/// A row that waits for its bytes: announced now, or by an upload that did not finish.
#[derive(Debug)]
pub struct Waiting {
    pub(super) id: RecordingId,
    pub(super) blob_key: BlobKey,
}

impl Waiting {
    /// Identifier of the recording it becomes.
    pub fn id(&self) -> &RecordingId {
        &self.id
    }
}

/// A row that nobody sees any more; its bytes may be gone already.
#[derive(Debug)]
pub struct Hidden {
    pub(super) id: RecordingId,
    pub(super) blob_key: BlobKey,
}

/// How far a file has come whose bytes the program has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The row is there, the bytes may not be.
    Pending,
    /// Row and bytes are there.
    Ready,
    /// The bytes may be gone already.
    Deleting,
}

impl State {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ready => "ready",
            Self::Deleting => "deleting",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Pending, Self::Ready, Self::Deleting].into_iter().find(|state| state.as_str() == text)
    }
}
