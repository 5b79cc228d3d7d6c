//! What a line of the list shows, and what of it can change.

use oxicore::{Span, time::LocalDateTime};

use crate::ids::{AccountId, ClinicId, PatientId, RecordingId};
use crate::platform::clock::Timestamp;

/// A recording as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskRow {
    /// The recording.
    pub recording_id: RecordingId,
    /// The doctor it belongs to.
    pub owner_id: AccountId,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// Number of the device, where the name of the file tells it.
    pub device: Option<String>,
    /// The patient, if any.
    pub patient: Option<PatientMark>,
    /// Its numbers.
    pub figures: Figures,
}

/// A recording, as far as a list tells: what its row says, lent by the room that owns the row.
#[derive(Clone, Copy, Debug)]
pub struct RecordingMark<'a> {
    /// The recording.
    pub id: &'a RecordingId,
    /// Name of the original file, which is searched.
    pub file_name: &'a str,
}

/// A recording that enters the list.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// The recording.
    pub recording: RecordingMark<'a>,
    /// The clinic it belongs to.
    pub clinic_id: &'a ClinicId,
    /// The doctor it belongs to.
    pub owner_id: &'a AccountId,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// Number of the device, where the name of the file tells it.
    pub device: Option<&'a str>,
    /// The patient, if any.
    pub patient: Option<&'a PatientMark>,
    /// Its numbers.
    pub figures: &'a Figures,
}

/// A patient, as far as a list tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientMark {
    /// The patient.
    pub id: PatientId,
    /// What the clinic calls the patient.
    pub code: String,
    /// What the doctor noted about the patient: searched, not shown.
    pub note: Option<String>,
    /// The patient's links.
    pub links: Links,
}

/// The links of a patient, as far as a list tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Whether there are any, open or not.
    pub has_any: bool,
    /// When the last one that is not revoked closes by itself, [`Links::NEVER`] at the latest; `None` when all are
    /// revoked.
    pub end_at: Option<Timestamp>,
}

/// Whether a patient can see a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinksState {
    /// A link opens.
    Active,
    /// There are links, none of them opens any more.
    Closed,
    /// There is no link.
    Without,
}

impl Links {
    /// The end of a link that works until it is revoked.
    pub const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

    /// Whether a link opens at `now`.
    pub fn state(&self, now: Timestamp) -> LinksState {
        match (self.has_any, self.end_at) {
            (false, _) => LinksState::Without,
            (true, Some(end)) if end > now => LinksState::Active,
            (true, _) => LinksState::Closed,
        }
    }
}

/// What made an analysis: of two rows about the same bytes the one of higher revisions is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revisions {
    /// [`oxicore::summary::ALGORITHM_REVISION`].
    pub algorithm: u32,
    /// [`oxicore::summary::READER_REVISION`].
    pub reader: u32,
    /// How the analysis is laid out in its row.
    pub layout: u32,
}

impl Revisions {
    /// Older than every analysis: the row waits for one.
    pub const NONE: Self = Self { algorithm: 0, reader: 0, layout: 0 };
}

/// The numbers of a night that the list shows and sorts by.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
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
    /// T90 with the records below the ring's range as readings below 90 %; `None` without an SpO2 reading, and until the
    /// night is analysed anew.
    pub below_90_pct_with_below_range: Option<f64>,
    /// Lowest SpO2, percent; `None` without an SpO2 reading.
    pub min_pct: Option<u8>,
    /// How much of the signal is valid; `None` until the night is analysed anew.
    pub signal: Option<Signal>,
    /// What a reader is warned of; `None` until the night is analysed anew.
    pub flags: Option<Flags>,
    /// The night in a few readings; `None` until the night is analysed anew.
    pub strip: Option<Strip>,
    /// What they were computed by.
    pub revisions: Revisions,
}

/// How much of a night's signal is valid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Seconds.
    pub valid_s: u32,
    /// Percent of all readings.
    pub valid_pct: f64,
}

/// What the page of a night warns of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Less than four hours of valid signal.
    pub is_short: bool,
    /// Readings below the ring's range: the lowest SpO2 is an upper bound.
    pub is_below_range: bool,
    /// Something was noticed while the file was read.
    pub has_notices: bool,
    /// The end of the file is missing; the figures are of what is there.
    pub is_cut: bool,
    /// Readings are too far apart for an index.
    pub is_too_coarse: bool,
}

/// The night in a few equal parts: the lowest SpO2 of each, percent, or 0 for a part without a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip(pub Vec<u8>);

impl Strip {
    /// Parts of a strip.
    pub const PARTS: usize = 96;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_active_until_the_last_one_closes() {
        let links = |has_any, end: Option<i64>| Links { has_any, end_at: end.map(Timestamp::from_millis) };
        let at = |links: Links| [9, 10].map(|now| links.state(Timestamp::from_millis(now)));
        assert_eq!(at(links(true, Some(10))), [LinksState::Active, LinksState::Closed]);
        assert_eq!(at(links(true, None)), [LinksState::Closed; 2]);
        assert_eq!(at(links(false, None)), [LinksState::Without; 2]);
        assert_eq!(at(Links { has_any: true, end_at: Some(Links::NEVER) }), [LinksState::Active; 2]);
    }
}
