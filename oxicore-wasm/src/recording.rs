//! The class `Recording`: keeps the bytes of its files and what reading learned; every call looks at them anew.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use js_sys::{RangeError, Uint8Array};
use oxicore::export::{self, ExportError};
use oxicore::metrics::calc_hb::{Scored, calc_hb};
use oxicore::{
    Desaturation, OwnedRecording, ParseOptions, Span,
    columns::{SampleColumns, SampleColumnsMut},
    recording::ReadError,
};
use wasm_bindgen::prelude::*;

use crate::error::{JoinError, ParseError};
use crate::options::Said;
use crate::{columns, options, plain, reduced};

/// One recorded night. Free it with `free()` or `using`, or both; every value it gave before stays valid, all are copies.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Recording {
    night: OwnedRecording,
    columns: SampleColumns,
    /// What a joined night was made from; it can be joined with further files.
    files: Vec<OwnedRecording>,
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
        let (night, columns) = read(&bytes, &options).map_err(ParseError::from)?;
        Ok(Self { night, columns, files: Vec::new() })
    }

    /// Kind of file: `"csv"`, `"legacy"`, `"oxyii"`, `"pod2"`, `"edf"`, `"contec"` or `"choicemmed"`.
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
        columns::to_js(&self.columns)
    }

    /// The numbers of the night, a plain object: the stable JSON that every binding of the project gives.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Analysis")]
    pub fn analyze(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let summary = self.night.view().summary(&options::analysis(&options)?);
        Ok(plain::to_js(&summary))
    }

    /// The desaturation events in order, counted or not, of profile `aasm`.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Desaturation[]")]
    pub fn desaturations(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let events = self.events(&options)?;
        Ok(plain::to_js(&events))
    }

    /// The events per hour by every definition, 3 % before 4 %, `aasm` first: how much of a figure is its definition.
    ///
    /// @throws {RangeError} for options that are no object, an option that does not exist, or a value it cannot have
    #[wasm_bindgen(unchecked_return_type = "Index[]")]
    pub fn compare(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let comparison = self.night.view().compare(&options::analysis(&options)?).comparison;
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
        Ok(reduced::to_js(&self.night.view().reduce(channel, window, columns)))
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
        let events = self.events(&options)?;
        let mut file = Vec::new();
        let view = self.night.view();
        export::edf(view, &events, export::Gaps::Left, &mut file).map_err(|error| out_of_range(&error))?;
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
        let columns = SampleColumns::of(night.view());
        Ok(Self { night, columns, files })
    }
}

fn out_of_range(error: &ExportError<core::convert::Infallible>) -> JsValue {
    RangeError::new(&error.to_string()).into()
}

impl Recording {
    #[inline(never)]
    fn events(&self, options: &JsValue) -> Result<Vec<Desaturation>, JsValue> {
        let options = options::analysis(options)?;
        Ok(self.night.view().analyze(&options).into_desaturations(options.listed))
    }

    fn files(&self) -> &[OwnedRecording] {
        if self.files.is_empty() { core::slice::from_ref(&self.night) } else { &self.files }
    }
}

/// Fewest bytes of a row in the texts of the makers.
const USUAL_ROW: usize = 26;

/// One pass over most files; two where the first guess of the number of rows was too low.
fn read(
    bytes: &[u8],
    options: &ParseOptions<'_>,
) -> Result<(OwnedRecording, SampleColumns), oxicore::ParseError> {
    let mut records = bytes.len() / USUAL_ROW + 1;
    loop {
        let mut columns = SampleColumns {
            at: vec![Span::ZERO; records],
            spo2: vec![None; records],
            pulse: vec![None; records],
            motion: vec![None; records],
        };
        let SampleColumns { at, spo2, pulse, motion } = &mut columns;
        match oxicore::recording::read_into(bytes, options, SampleColumnsMut { at, spo2, pulse, motion }) {
            Ok(night) => {
                let records = night.len();
                columns.at.truncate(records);
                columns.spo2.truncate(records);
                columns.pulse.truncate(records);
                columns.motion.truncate(records);
                return Ok((night.into_owned(), columns));
            }
            Err(ReadError::Columns(short)) => records = short.needed,
            Err(ReadError::Parse(error)) => return Err(error),
        }
    }
}
