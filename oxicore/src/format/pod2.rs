//! POD-2 and Oxysmart: 6 bytes a record and nothing else, so the file is known by its name alone.
//! Byte table: docs/FORMATS.md, "POD2".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::name;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::format::hints::ParseOptions;
use crate::notices::Notices;
use crate::sample::{Alarms, Sample};
use crate::units::{PulseRate, Span, Spo2};

const RECORD_LEN: usize = 6;
const USUAL_INTERVAL: Span = Span::from_secs(1);
/// The folders in which the phone app keeps these files.
const FOLDERS: [&[u8]; 2] = [b"/28/host/", b"\\28\\host\\"];

/// Thirteen digits for a name; outside the app's own folders the records must also be whole and look like some.
pub(crate) fn is_pod2(bytes: &[u8], file_name: Option<&str>) -> bool {
    let Some(path) = file_name else { return false };
    let (records, rest) = bytes.as_chunks::<RECORD_LEN>();
    let name = name::last_part(path);
    let is_named = name::is_epoch_ms(name.strip_suffix(b".dat").unwrap_or(name));
    is_named && (is_in_app_folder(path) || (rest.is_empty() && records.iter().all(is_plausible)))
}

fn is_in_app_folder(path: &str) -> bool {
    let path = path.as_bytes();
    let has = |folder: &[u8]| path.windows(folder.len()).any(|part| part == folder);
    FOLDERS.iter().any(|folder| has(folder) || folder.get(1..).is_some_and(|f| path.starts_with(f)))
}

/// SpO2 up to 100, perfusion up to 25 %, the zeros in their places, and a battery level in the top two bits.
const fn is_plausible(&[spo2, _, zero, perfusion, also_zero, battery]: &[u8; RECORD_LEN]) -> bool {
    spo2 <= 100 && zero == 0 && perfusion <= 250 && also_zero == 0 && battery & 0x3f == 0
}

pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Facts, ParseError> {
    let (stored, rest) = bytes.as_chunks::<RECORD_LEN>();
    if stored.is_empty() {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    let to_record_end = rest.len().next_multiple_of(RECORD_LEN).saturating_sub(rest.len());
    let truncated_bytes = u32::try_from(to_record_end).unwrap_or(0);
    let too_large = ParseError::at_byte(ParseErrorKind::TooLarge, 0);
    let records = u32::try_from(stored.len()).map_err(|_| too_large)?;
    let interval = options.interval_or(USUAL_INTERVAL)?;
    let span = records.checked_mul(interval).ok_or(too_large)?;
    let (start, start_source) = name::start(options.file_name);
    Ok(Facts {
        bytes: bytes.len(),
        start,
        interval: Span::from_secs(interval),
        span: Span::from_secs(span),
        records,
        notices: Notices { truncated_bytes, interval_assumed: true, start_source, ..Notices::default() },
        device: None,
    })
}

/// The records; perfusion and battery are read past.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    stored: core::slice::Iter<'a, [u8; RECORD_LEN]>,
    at: Span,
    interval: Span,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], interval: Span) -> Self {
        Self { stored: bytes.as_chunks().0.iter(), at: Span::ZERO, interval }
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        let &[spo2, pulse, ..] = self.stored.next()?;
        let at = self.at;
        self.at = at.plus(self.interval);
        Some(Sample {
            at,
            spo2: Spo2::from_device(spo2.into()),
            pulse: PulseRate::from_device(pulse.into()),
            motion: None,
            alarms: Alarms::default(),
        })
    }
}
