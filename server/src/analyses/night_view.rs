//! A night as a page shows it, to the doctor and to the patient alike.

use std::sync::Arc;

use oxicore::notices::{DateOrder, DateOrderRule};
use oxicore::{Desaturation, Summary, desaturation::Outcome, format::Format, time::LocalDateTime};

use super::analysis::{Events, Figures};
use super::figures::definitions::{self, DefinitionRow};
use super::figures::panel::{DESCRIBED, Panel};
use super::kept;
use super::notices::{self, Detail};
use super::reading::EitherStart;
use crate::error::Problem;
use crate::i18n::{self, Arg, Locale, scripts, wording};
use crate::platform::work_pool::Permit;
use crate::recordings::{CanView, Recording, device_number};
use crate::state::App;

/// What the keys of the words for chart, choice of definitions, table of falls and exports begin with.
const CHART_MESSAGES: [&str; 5] = ["chart-", "desaturation-", "profile-", "denominator-", "export-"];

/// Words for the chart and what belongs to it, and those whose keys begin with one of `more`.
pub fn messages(locale: Locale, more: &[&str]) -> String {
    let begins = |key: &&str| CHART_MESSAGES.iter().chain(more).any(|start| key.starts_with(start));
    scripts::messages(locale, i18n::keys(locale).iter().map(String::as_str).filter(begins), &[])
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
    /// Lowest SpO2, percent; at most so much where readings lie below the ring's range.
    pub nadir: String,
    /// From peak to nadir, percentage points; at least this there.
    pub depth: String,
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
    /// When it began.
    pub start: LocalDateTime,
    /// The same in either order of day and month, where the file does not tell which is right.
    pub either_start: Option<EitherStart>,
    /// In which order a doctor has decided that its dates are read.
    pub date_order: Option<DateOrder>,
    /// Number of the device, if the file name tells it.
    pub device: Option<String>,
    /// Address of the page, to which `/file`, `/chart.png` and `/chart.jpg` are added.
    pub base: String,
    /// Name of the original file.
    pub file_name: String,
    /// Whether the reader may have the original file, which the interactive chart needs too.
    pub gives_file: bool,
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
    /// What the page at `base` shows of a recording.
    ///
    /// # Errors
    /// As [`kept::numbers`].
    pub async fn load(app: &App, seen: &CanView, base: String, locale: Locale) -> Result<Self, Problem> {
        let room = Arc::new(app.work.hold(seen.asker(), kept::room_bytes(seen.recording())).await?);
        let (figures, events) = kept::numbers(app, seen, &room).await?;
        Ok(Self::new(locale, seen.recording(), (&figures, &events), base, room))
    }

    fn new(
        locale: Locale,
        recording: &Recording,
        (figures, events): (&Figures, &Events),
        base: String,
        room: Arc<Permit>,
    ) -> Self {
        let Figures { summary, comparison, either_start } = figures;
        let [listed, _] = &events.aasm;
        let panel = Panel::new(locale, Some(summary));
        let (start, end) = span_in_words(locale, summary);
        let ends = [("start", start.as_str().into()), ("end", end.as_str().into())];
        Self {
            heading: locale.t_args("recording-title", &ends),
            span: locale.t_args("recording-span", &ends),
            start: summary.recording.start_or_1970(),
            either_start: *either_start,
            date_order: date_order(recording, summary),
            device: device_number(&recording.file_name).map(str::to_owned),
            alt: alt(locale, &panel, &ends),
            quality: quality(locale, summary),
            warnings: warnings(locale, summary),
            notices: notices(locale, summary),
            events: listed
                .iter()
                .map(|event| EventRow::new(summary.recording.start_or_1970(), event))
                .collect(),
            definitions: definitions::rows(locale, Some(comparison)),
            messages: messages(locale, &["numbers-different"]),
            file_name: recording.file_name.clone(),
            gives_file: true,
            base,
            panel,
            room,
        }
    }
}

impl EventRow {
    fn new(start: LocalDateTime, event: &Desaturation) -> Self {
        let bound =
            |sign: &str, pct: u8| if event.below_range { format!("{sign} {pct}") } else { pct.to_string() };
        Self {
            at: wording::clock(wording::later(start, event.onset)),
            duration: wording::vendor_duration(event.duration().as_secs()),
            peak: event.peak.as_pct(),
            nadir: bound("<=", event.nadir.as_pct()),
            depth: bound(">=", event.depth_pct()),
            outcome_key: match event.outcome {
                Outcome::Complete => "desaturation-complete",
                Outcome::Sustained => "desaturation-sustained",
                Outcome::Gap => "desaturation-gap",
                Outcome::End => "desaturation-end",
            },
        }
    }
}

/// The decided order, as far as the file could be read in it.
fn date_order(recording: &Recording, summary: &Summary) -> Option<DateOrder> {
    let is_chosen = summary.notices.date_order_rule == Some(DateOrderRule::Chosen);
    recording.date_order().filter(|_| is_chosen)
}

/// Start and end of a night in words.
pub fn span_in_words(locale: Locale, summary: &Summary) -> (String, String) {
    let start = summary.recording.start_or_1970();
    let end = wording::later(start, summary.recording.recording_s);
    (wording::long(locale, start), wording::long(locale, end))
}

fn alt(locale: Locale, panel: &Panel, ends: &[(&str, Arg)]) -> String {
    let mut args = ends.to_vec();
    args.extend(DESCRIBED.iter().map(|(name, figure)| (*name, panel.text(figure).into())));
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
    let below_range = summary.quality.below_range_readings;
    let mut lines: Vec<_> = cut(locale, summary).into_iter().collect();
    if below_range > 0 {
        lines.push(locale.t_args("recording-below-range", &[("n", below_range.into())]));
    }
    if summary.quality.short_recording {
        lines.push(locale.t("recording-short"));
    }
    lines
}

/// That the end of the file is missing. Whoever reads the numbers must know that they are not of the whole night.
fn cut(locale: Locale, summary: &Summary) -> Option<String> {
    let bytes = summary.notices.truncated_bytes;
    let key = match summary.recording.format {
        Format::Csv => "recording-cut-line",
        _ => "recording-cut",
    };
    let args = [("bytes", bytes.into()), ("records", summary.recording.records.into())];
    (bytes > 0).then(|| locale.t_args(key, &args))
}

fn notices(locale: Locale, summary: &Summary) -> Vec<String> {
    let line = |(key, detail): (&str, Detail)| match detail {
        Detail::Nothing => locale.t(key),
        Detail::Rows(rows) => locale.t_args(key, &[("rows", rows.into())]),
        Detail::Label(label) => locale.t_args(key, &[("label", label.as_str().into())]),
    };
    notices::of(&summary.notices).chain(notices::labels(&summary.notices)).map(line).collect()
}
