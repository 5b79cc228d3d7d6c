//! The class `Recording`: keeps the samples of a night as columns, and its latest analysis.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::cell::RefCell;

use js_sys::{RangeError, Uint8Array};
use oxicore::analysis::NightAnalysis;
use oxicore::export::{self, ExportError};
use oxicore::metrics::calc_hb::{Scored, calc_hb};
use oxicore::{AnalysisOptions, OwnedRecording, Span, Threshold};
use wasm_bindgen::prelude::*;

use crate::error::{JoinError, ParseError};
use crate::options::Said;
use crate::{chart, columns, given, options, plain};

/// One recorded night. Free it with `free()` or `using`, or both; every value it gave before stays valid, all are copies.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Recording {
    night: OwnedRecording,
    /// What a joined night was made from; it can be joined with further files.
    files: Vec<OwnedRecording>,
    /// One analysis serves all that is asked of it.
    analysed: RefCell<Option<(AnalysisOptions, NightAnalysis)>>,
}

#[wasm_bindgen]
impl Recording {
    /// Reads a file of any known format, recognised by its content: a `Uint8Array`, the `ArrayBuffer` that `file.arrayBuffer()`
    /// gives, or any other view of one. The name is only a hint for the order of day and month, and for the start of files that
    /// store none. The interval, whole seconds from 1, is for files that do not tell theirs. The options say which columns or
    /// signals to read, whether dates are day first, and the zone of the wall clock.
    ///
    /// @throws {ParseError} when the bytes are no recording; it says what is wrong and where
    /// @throws {TypeError} when there are no bytes
    /// @throws {RangeError} for a name that is no string, an interval that is none, or options that are none
    #[wasm_bindgen(js_name = parse)]
    pub fn parse(
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | ArrayBuffer | ArrayBufferView")] bytes: &JsValue,
        #[wasm_bindgen(js_name = fileName, unchecked_optional_param_type = "string | null")]
        file_name: &JsValue,
        #[wasm_bindgen(js_name = fallbackIntervalS, unchecked_optional_param_type = "number | null")]
        fallback_interval_s: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "ReadOptions | null")] options: &JsValue,
    ) -> Result<Recording, JsValue> {
        let said = Said::by(options)?;
        let bytes = options::bytes_of(bytes, file_name, fallback_interval_s)?;
        let file_name = file_name.as_string();
        let fallback_interval = fallback_interval_s.as_f64().map(|seconds| Span::from_secs(seconds as u32));
        let options = said.options(file_name.as_deref(), fallback_interval);
        let night = OwnedRecording::read(&bytes, &options).map_err(ParseError::from)?;
        Ok(Self::of(night, Vec::new()))
    }

    /// The night that lists of readings hold, one entry a record. Readings are rounded to the nearest whole number;
    /// `notices.rounded_readings` says how many of SpO2, and `hypoxicBurden` uses them as they were given.
    ///
    /// @throws {RangeError} for lists that are not equally long, a time that does not grow, a number that cannot be a reading, an
    /// interval or a start that cannot be; it says which
    #[wasm_bindgen(js_name = fromColumns)]
    pub fn from_columns(
        #[wasm_bindgen(unchecked_param_type = "GivenColumns")] columns: &JsValue,
    ) -> Result<Recording, JsValue> {
        given::night(columns).map(|night| Self::of(night, Vec::new()))
    }

    /// Kind of file: `"csv"`, `"legacy"`, `"oxyii"`, `"pod2"`, `"edf"`, `"contec"` or `"choicemmed"`; `"columns"` of `fromColumns`.
    #[wasm_bindgen(getter, unchecked_return_type = "string")]
    pub fn format(&self) -> JsValue {
        self.night.view().format().code().into()
    }

    /// First sample on the device's wall clock, ISO 8601 without a zone: `"2025-01-29T20:35:10"`.
    #[wasm_bindgen(getter, unchecked_return_type = "string")]
    pub fn start(&self) -> JsValue {
        plain::to_js(&self.night.view().start())
    }

    /// The same moment in milliseconds since 1970, the wall clock read as UTC: format it with `timeZone: "UTC"`.
    #[wasm_bindgen(getter, js_name = startMs)]
    pub fn start_ms(&self) -> f64 {
        self.night.view().start().unix_seconds() as f64 * 1_000.0
    }

    /// Sampling interval, seconds.
    #[wasm_bindgen(getter, js_name = intervalS)]
    pub fn interval_s(&self) -> u32 {
        self.night.view().interval().as_secs()
    }

    /// Number of samples, missing readings included.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.night.view().len()
    }

    /// From the first sample to the end of the last one, seconds.
    #[wasm_bindgen(getter, js_name = recordingS)]
    pub fn recording_s(&self) -> u32 {
        self.night.view().span().as_secs()
    }

    /// What was noticed while reading, for the user to see.
    #[wasm_bindgen(getter, unchecked_return_type = "Notices")]
    pub fn notices(&self) -> JsValue {
        plain::to_js(&self.night.view().notices())
    }

    /// The stretches without SpO2 that are readings below the range of the ring, in order, by the options `below_range` and
    /// `max_gap_s`: none in recordings of other makers, unless the first says so.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(js_name = belowRangeRuns, unchecked_return_type = "BelowRangeRun[]")]
    pub fn below_range_runs(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let events = options::analysis(&options)?.aasm;
        let night = self.night.view();
        let runs = night.below_range_runs(events.below_range, events.max_gap);
        Ok(plain::to_js(&runs.collect::<Vec<_>>()))
    }

    /// Every sample as typed arrays: copies, one entry a sample.
    #[wasm_bindgen(unchecked_return_type = "Columns")]
    pub fn columns(&self) -> JsValue {
        columns::to_js(&self.night.columns())
    }

    /// The numbers of the night, a plain object: the stable JSON that every binding of the project gives.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Analysis")]
    pub fn analyze(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = options::analysis(&options)?;
        Ok(self.analysed(&options, |found| plain::to_js(&found.summary)))
    }

    /// The desaturation events in order, counted or not, of profile `aasm`.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Desaturation[]")]
    pub fn desaturations(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = options::analysis(&options)?;
        Ok(self.analysed(&options, |found| plain::to_js(&found.desaturations(options.listed))))
    }

    /// The events that enter the index of a definition, whatever its profile, in order and of one shape.
    ///
    /// @throws {RangeError} for a definition that is none, and a setting that its profile does not follow; it says which
    #[wasm_bindgen(unchecked_return_type = "DefinitionEvent[]")]
    pub fn events(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DefinitionOptions")] definition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(plain::to_js(&self.night.view().events(&options::definition(definition)?)))
    }

    /// Why two definitions do not find the same desaturations: events that overlap are matched, and of every other one it says
    /// by which rule the definition that lacks it lost it. What each rule means is in ALGORITHMS.md, "Reconciliation".
    ///
    /// @throws {RangeError} for a definition that is none, and a setting that its profile does not follow; it says which
    #[wasm_bindgen(unchecked_return_type = "Reconciliation")]
    pub fn reconcile(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DefinitionOptions")] a: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "DefinitionOptions")] b: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let (a, b) = (options::definition(a)?, options::definition(b)?);
        Ok(plain::to_js(&self.night.view().reconcile(a, b)))
    }

    /// The events per hour by every definition, 3 % before 4 %, `aasm` first: how much of a figure is its definition.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Index[]")]
    pub fn compare(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = options::analysis(&options)?;
        let comparison = self.analysed(&options, |found| self.night.view().comparison(&found.summary));
        Ok(plain::to_js(&comparison.iter().collect::<Vec<_>>()))
    }

    /// Hypoxic burden of respiratory events that were scored by other means (Azarbarzin 2019, Sutherland 2022): their starts,
    /// seconds since the first sample and ascending, their durations, and whether the person sleeps, true or 1, for each second
    /// of the recording. Readings of an EDF that are finer than a percent keep their fraction. Null where no event has two
    /// minutes of readings around it, or nobody sleeps.
    ///
    /// @throws {RangeError} for lists that are not equally long, or a start, a duration or sleep that cannot be; it says which
    #[wasm_bindgen(js_name = hypoxicBurden, unchecked_return_type = "CalcHb | null")]
    pub fn hypoxic_burden(
        &self,
        #[wasm_bindgen(js_name = eventStartsS, unchecked_param_type = "ArrayLike<number>")] starts: Vec<f64>,
        #[wasm_bindgen(js_name = eventDurationsS, unchecked_param_type = "ArrayLike<number>")] durations: Vec<
            f64,
        >,
        #[wasm_bindgen(unchecked_param_type = "ArrayLike<number | boolean>")] sleep: Vec<u8>,
    ) -> Result<JsValue, JsValue> {
        let night = self.night.view();
        let sleep: Vec<bool> = sleep.into_iter().map(|asleep| asleep > 0).collect();
        let scored = Scored { event_starts_s: &starts, event_durations_s: &durations, sleep: &sleep };
        let mut memory = vec![0.0; night.span().as_secs() as usize];
        let found = calc_hb(night, scored, &mut memory);
        Ok(plain::to_js(&found.map_err(|error| RangeError::new(&error.to_string()))?))
    }

    /// Fewer points for a picture: first, lowest, highest and last reading of each of `columns` equal stretches of the time from
    /// `fromS` up to, not including, `toS` (whole seconds since the first sample; before it is at it). The lowest reading of every
    /// stretch stays, at its time; dips that fall into one stretch show as one, as deep as the deepest.
    ///
    /// @throws {RangeError} for an unknown channel, an end that is not after the start, no whole number of columns from 1 to a million
    #[wasm_bindgen(unchecked_return_type = "Reduced")]
    pub fn reduce(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"spo2\" | \"pulse\" | \"motion\"")] channel: &JsValue,
        #[wasm_bindgen(js_name = fromS)] from_s: f64,
        #[wasm_bindgen(js_name = toS)] to_s: f64,
        #[wasm_bindgen(unchecked_param_type = "number")] columns: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let (channel, columns) = options::reduction(channel, columns)?;
        let window = options::window(from_s, to_s)?;
        Ok(chart::reduced(&self.night.view().reduce(channel, window, columns)))
    }

    /// The line of a chart, which loses no event: first, lowest, highest and last reading of each of `columns` equal stretches of
    /// the time, as `reduce` has it, and the readings at onset, nadir and end of every desaturation that the options list. Join
    /// a point to the one before only where `segment` is the same.
    ///
    /// @throws {RangeError} as `reduce` does, and for options that cannot be, as in `analyze`
    #[wasm_bindgen(unchecked_return_type = "Line")]
    pub fn line(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"spo2\" | \"pulse\" | \"motion\"")] channel: &JsValue,
        #[wasm_bindgen(js_name = fromS)] from_s: f64,
        #[wasm_bindgen(js_name = toS)] to_s: f64,
        #[wasm_bindgen(unchecked_param_type = "number")] columns: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions | null")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let (channel, columns) = options::reduction(channel, columns)?;
        let window = options::window(from_s, to_s)?;
        let options = options::analysis(options)?;
        let points = self.analysed(&options, |found| {
            self.night.view().line(channel, window, columns, found.desaturations(options.listed))
        });
        Ok(chart::line(&points))
    }

    /// The night as a CSV file of the vendors' most common dialect; read again, it is the same night.
    ///
    /// @throws {RangeError} when the night is after the year 2100
    #[wasm_bindgen(js_name = toCsv)]
    pub fn to_csv(&self) -> Result<Uint8Array, JsValue> {
        let mut file = Vec::new();
        export::csv(self.night.view(), &mut file).map_err(|error| out_of_range(&error))?;
        Ok(file.as_slice().into())
    }

    /// The night as an EDF+ file, its desaturations as annotations. The patient fields say that the patient is not known.
    ///
    /// @throws {RangeError} for options that cannot be, as in `analyze`, or a time that EDF+ cannot write
    #[wasm_bindgen(js_name = toEdf)]
    pub fn to_edf(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<Uint8Array, JsValue> {
        let options = options::analysis(&options)?;
        let mut file = Vec::new();
        self.analysed(&options, |found| {
            let events = found.desaturations(options.listed);
            export::edf(self.night.view(), events, export::Gaps::Left, &mut file)
        })
        .map_err(|error| out_of_range(&error))?;
        Ok(file.as_slice().into())
    }

    /// One night from files of one device, in whatever order they come: devices stop at ten hours and go on in a new file. If one
    /// is the beginning of the other, the result is the longer. Both stay as they are; the result is a recording of its own, and
    /// can be joined with a further one.
    ///
    /// Nobody can tell from the files whether they are of one person: ask before joining.
    ///
    /// @throws {JoinError} when they are not one night; it says why
    pub fn join(&self, other: &Recording) -> Result<Recording, JoinError> {
        let files = [self.files(), other.files()].concat();
        let night = OwnedRecording::join(files.iter().map(OwnedRecording::view))?;
        Ok(Self::of(night, files))
    }
}

fn out_of_range(error: &ExportError<core::convert::Infallible>) -> JsValue {
    RangeError::new(&error.to_string()).into()
}

impl Recording {
    fn of(night: OwnedRecording, files: Vec<OwnedRecording>) -> Self {
        Self { night, files, analysed: RefCell::new(None) }
    }

    /// What an analysis by these options found; both thresholds are always in it.
    fn analysed<T>(&self, options: &AnalysisOptions, give: impl FnOnce(&NightAnalysis) -> T) -> T {
        let by = options.with_listed(Threshold::default());
        let found = match self.analysed.take() {
            Some((kept, found)) if kept == by => found,
            _ => self.night.view().analyze(&by),
        };
        let given = give(&found);
        self.analysed.replace(Some((by, found)));
        given
    }

    fn files(&self) -> &[OwnedRecording] {
        if self.files.is_empty() { core::slice::from_ref(&self.night) } else { &self.files }
    }
}
