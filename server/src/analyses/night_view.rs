//! A night as a page shows it, to the doctor and to the patient alike.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use oxicore::{Comparison, DateOrderRule, Desaturation, LocalDateTime, Outcome, StartSource, Summary};

use super::figures::definitions::{self, DefinitionRow};
use super::figures::panel::Panel;
use super::night::{Night, analyse, compared};
use crate::error::Problem;
use crate::i18n::{self, Arg, Locale, scripts, wording};
use crate::platform::work_pool::Permit;
use crate::recordings::{self, CanView, Recording, device_number};
use crate::state::App;

/// What the keys of the words for chart, choice of definitions, table of falls and exports begin with.
const CHART_MESSAGES: [&str; 5] = ["chart-", "desaturation-", "profile-", "denominator-", "export-"];

/// Words for the chart and what belongs to it, and those whose keys begin with one of `more`.
pub fn messages(locale: Locale, more: &[&str]) -> String {
    let begins = |key: &&str| CHART_MESSAGES.iter().chain(more).any(|start| key.starts_with(start));
    scripts::messages(locale, i18n::keys(locale).iter().map(String::as_str).filter(begins), &[])
}

/// The recording's numbers and events, computed from its bytes.
///
/// # Errors
/// When the bytes cannot be fetched or, after an upload passed, no longer be read.
pub async fn night(app: &App, seen: &CanView) -> Result<Night, Problem> {
    stored(app, seen, recordings::bytes(app, seen).await?).await
}

/// Analyses what is stored, however long it is: another limit may have held when it came.
async fn stored(app: &App, seen: &CanView, bytes: Bytes) -> Result<Night, Problem> {
    let name = seen.recording().file_name.clone();
    analyse(app, seen.asker(), bytes, name, Duration::MAX).await?.map_err(Problem::internal)
}

/// A line of the table of desaturations.
#[derive(Debug)]
pub struct EventRow {
    /// When it began, on the device's clock.
    pub at: String,
    /// How long it took.
    pub duration: String,
    /// SpO2 before it, percent.
    pub peak: u8,
    /// Lowest SpO2, percent.
    pub nadir: u8,
    /// From peak to nadir, percentage points.
    pub depth: u8,
    /// Message key of how it ended.
    pub outcome_key: &'static str,
}

/// What the page of a night shows.
#[derive(Debug)]
pub struct NightView {
    /// Heading of the page.
    pub heading: String,
    /// From when to when, in words.
    pub span: String,
    /// Number of the device, if the file name tells it.
    pub device: Option<String>,
    /// Address of the page, to which `/file`, `/chart.png` and `/chart.jpg` are added.
    pub base: String,
    /// Name of the original file.
    pub file_name: String,
    /// The picture in words.
    pub alt: String,
    /// What was analysed and what was not, in words.
    pub quality: String,
    /// What a reader must know before using the numbers.
    pub warnings: Vec<String>,
    /// What parsing had to settle.
    pub notices: Vec<String>,
    /// The numbers.
    pub panel: Panel,
    /// The indices by every definition.
    pub definitions: Vec<DefinitionRow>,
    /// The desaturations.
    pub events: Vec<EventRow>,
    /// Words for the scripts.
    pub messages: String,
    /// What making the page may use.
    pub room: Arc<Permit>,
}

impl NightView {
    /// Reads and analyses a recording for the page at `base`.
    ///
    /// # Errors
    /// As [`night`].
    pub async fn load(app: &App, seen: &CanView, base: String, locale: Locale) -> Result<Self, Problem> {
        let room = Arc::new(app.work.hold(seen.asker(), room_bytes(seen.recording())).await?);
        let bytes = recordings::bytes_in(app, seen, Arc::clone(&room)).await?;
        let night = stored(app, seen, bytes).await?;
        let comparison = compared(app, seen.asker(), &night).await?;
        Ok(Self::new(locale, seen.recording(), (&night, &comparison), base, room))
    }

    fn new(
        locale: Locale,
        recording: &Recording,
        (night, comparison): (&Night, &Comparison),
        base: String,
        room: Arc<Permit>,
    ) -> Self {
        let summary = &night.summary;
        let panel = Panel::new(locale, Some(summary));
        let (start, end) = span_in_words(locale, summary);
        let ends = [("start", start.as_str().into()), ("end", end.as_str().into())];
        Self {
            heading: locale.t_args("recording-title", &ends),
            span: locale.t_args("recording-span", &ends),
            device: device_number(&recording.file_name).map(str::to_owned),
            alt: alt(locale, &panel, &ends),
            quality: quality(locale, summary),
            warnings: warnings(locale, summary),
            notices: notices(locale, summary),
            events: night
                .desaturations
                .iter()
                .map(|event| EventRow::new(summary.recording.start, event))
                .collect(),
            definitions: definitions::rows(locale, Some(comparison)),
            messages: messages(locale, &["numbers-different"]),
            file_name: recording.file_name.clone(),
            base,
            panel,
            room,
        }
    }
}

impl EventRow {
    fn new(start: LocalDateTime, event: &Desaturation) -> Self {
        Self {
            at: wording::clock(wording::later(start, event.onset)),
            duration: wording::vendor_duration(event.duration().as_secs()),
            peak: event.peak.as_pct(),
            nadir: event.nadir.as_pct(),
            depth: event.depth_pct(),
            outcome_key: match event.outcome {
                Outcome::Complete => "desaturation-complete",
                Outcome::Sustained => "desaturation-sustained",
                Outcome::Gap => "desaturation-gap",
                Outcome::End => "desaturation-end",
            },
        }
    }
}

/// What making the page of a recording takes, in bytes: the file, and for each desaturation there can be its line.
fn room_bytes(recording: &Recording) -> u64 {
    let desaturations = u64::from(recording.digest.length.as_secs()) / SHORTEST_EVENT_S;
    recording.size_bytes + PAGE_BYTES + desaturations * LINE_BYTES
}

/// A page without lines of desaturations.
const PAGE_BYTES: u64 = 200_000;
/// The line of a desaturation: its words, and its HTML.
const LINE_BYTES: u64 = 500;
/// Desaturations are seldom closer together.
const SHORTEST_EVENT_S: u64 = 10;

/// Start and end of a night in words.
pub fn span_in_words(locale: Locale, summary: &Summary) -> (String, String) {
    let start = summary.recording.start;
    let end = wording::later(start, summary.recording.recording_s);
    (wording::long(locale, start), wording::long(locale, end))
}

fn alt(locale: Locale, panel: &Panel, ends: &[(&str, Arg)]) -> String {
    let mut args = ends.to_vec();
    let paths = [("min", "spo2.min_pct"), ("t90", "spo2.below_90_pct"), ("odi3", "aasm.odi3.per_h")];
    args.extend(paths.map(|(name, path)| (name, panel.text(path).into())));
    locale.t_args("recording-picture-alt", &args)
}

fn quality(locale: Locale, summary: &Summary) -> String {
    let quality = &summary.quality;
    locale.t_args(
        "recording-quality",
        &[
            ("records", summary.recording.records.into()),
            ("analysed", quality.analysed.into()),
            ("missing", quality.missing_spo2.into()),
            ("with_pulse", quality.missing_spo2_with_pulse.into()),
            ("range", quality.spo2_out_of_range.into()),
            ("slope", quality.spo2_slope.into()),
        ],
    )
}

fn warnings(locale: Locale, summary: &Summary) -> Vec<String> {
    let below_range = summary.notices.sub_range_readings;
    let mut lines = Vec::new();
    if below_range > 0 {
        lines.push(locale.t_args("recording-below-range", &[("n", below_range.into())]));
    }
    if summary.quality.short_recording {
        lines.push(locale.t("recording-short"));
    }
    lines
}

fn notices(locale: Locale, summary: &Summary) -> Vec<String> {
    let found = &summary.notices;
    let counted = [
        ("notice-rows-dropped", found.rows_dropped),
        ("notice-rows-retimed", found.rows_retimed),
        ("notice-clock-unset", found.clock_unset_rows),
        ("notice-duplicates-removed", found.duplicates_removed),
        ("notice-readings-skipped", found.readings_skipped),
        ("notice-countdown", found.countdown_records),
        ("notice-rows-spread", found.rows_spread),
        ("notice-rows-without-time", found.rows_without_time),
        ("notice-lines-skipped", found.lines_skipped),
        ("notice-unread-bytes", found.unread_bytes),
        ("notice-signals-left-out", found.signals_left_out),
    ];
    let stated = [
        ("notice-interval-assumed", found.interval_assumed),
        ("notice-date-order-unsure", found.date_order_rule == Some(DateOrderRule::AssumedDayFirst)),
        ("notice-date-order-month", found.date_order_rule == Some(DateOrderRule::AssumedMonthFirst)),
        ("notice-start-universal", found.start_source == StartSource::Universal),
        ("notice-start-from-name", found.start_source == StartSource::FileName),
        ("notice-start-from-name-utc", found.start_source == StartSource::FileNameUtc),
        ("notice-start-unknown", found.start_source == StartSource::Unknown),
        ("notice-not-finalised", found.not_finalised),
        ("notice-checksum-mismatch", found.checksum_mismatch),
        ("notice-spo2-like-pulse", found.spo2_like_pulse),
        ("notice-record-size-doubtful", found.record_size_doubtful),
        ("notice-start-doubtful", found.start_doubtful),
    ];
    let counted = counted.into_iter().filter(|(_, rows)| *rows > 0);
    let counted = counted.map(|(key, rows)| locale.t_args(key, &[("rows", rows.into())]));
    let stated = stated.into_iter().filter(|(_, is_so)| *is_so).map(|(key, _)| locale.t(key));
    let named = [("notice-spo2-label", found.spo2_label), ("notice-pulse-label", found.pulse_label)];
    let named = named.into_iter().filter_map(|(key, label)| {
        label.map(|label| locale.t_args(key, &[("label", label.as_str().to_owned().into())]))
    });
    counted.chain(stated).chain(named).collect()
}
