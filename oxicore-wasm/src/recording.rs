//! The class `Recording`: keeps the file's bytes and what parsing learned; every call rebuilds the borrowed view.

use oxicore::{Layout, ParseOptions, analyze_vec, chart::reduce_vec};
use wasm_bindgen::prelude::*;

use crate::{columns, error, options, plain, reduced};

/// One recorded night. Free it with `free()` or `using`; every value it gave before stays valid, all are copies.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Recording {
    bytes: Vec<u8>,
    layout: Layout,
}

#[wasm_bindgen]
impl Recording {
    /// Reads a file of any known format, recognised by its content. The name is only a hint for the order of day and month.
    ///
    /// @throws {ParseError} when the bytes are no recording; it says what is wrong and where
    #[wasm_bindgen(js_name = parse)]
    pub fn parse(
        bytes: Vec<u8>,
        #[wasm_bindgen(js_name = fileName)] file_name: Option<String>,
    ) -> Result<Recording, error::ParseError> {
        let options = ParseOptions { file_name: file_name.as_deref(), ..ParseOptions::default() };
        let layout = oxicore::Recording::parse_with(&bytes, &options)?.layout();
        Ok(Self { bytes, layout })
    }

    /// Kind of file: `"csv"` or `"legacy"`.
    #[wasm_bindgen(getter)]
    pub fn format(&self) -> Result<String, JsError> {
        Ok(self.view()?.format().name().to_owned())
    }

    /// First sample on the device's wall clock, ISO 8601 without a zone: `"2025-01-29T20:35:10"`.
    #[wasm_bindgen(getter)]
    pub fn start(&self) -> Result<String, JsError> {
        Ok(self.view()?.start().to_string())
    }

    /// The same moment in milliseconds since 1970, the wall clock read as UTC: format it with `timeZone: "UTC"`.
    #[wasm_bindgen(getter, js_name = startMs)]
    pub fn start_ms(&self) -> Result<f64, JsError> {
        Ok(self.view()?.start().unix_seconds() as f64 * 1_000.0)
    }

    /// Sampling interval, seconds.
    #[wasm_bindgen(getter, js_name = intervalS)]
    pub fn interval_s(&self) -> Result<u32, JsError> {
        Ok(self.view()?.interval().as_secs())
    }

    /// Number of samples, missing readings included.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> Result<u32, JsError> {
        Ok(u32::try_from(self.view()?.len())?)
    }

    /// From the first sample to the end of the last one, seconds.
    #[wasm_bindgen(getter, js_name = recordingS)]
    pub fn recording_s(&self) -> Result<u32, JsError> {
        Ok(self.view()?.span().as_secs())
    }

    /// Every sample as typed arrays: copies, one entry a sample.
    #[wasm_bindgen(unchecked_return_type = "Columns")]
    pub fn columns(&self) -> Result<JsValue, JsError> {
        Ok(columns::to_js(&oxicore::columns(self.view()?)))
    }

    /// The numbers of the night, a plain object: the stable JSON that every door of the project gives.
    #[wasm_bindgen(unchecked_return_type = "Analysis")]
    pub fn analyze(&self) -> Result<JsValue, JsError> {
        let (summary, _) = analyze_vec(self.view()?, &oxicore::AnalysisOptions::default());
        plain::to_js(&summary)
    }

    /// The desaturation events in order, counted or not, of profile `aasm`.
    ///
    /// @throws {RangeError} when `options.listed` is neither 3 nor 4
    #[wasm_bindgen(unchecked_return_type = "Desaturation[]")]
    pub fn desaturations(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = options::analysis(&options)?;
        let (_, events) = analyze_vec(self.view()?, &options);
        Ok(plain::to_js(&events)?)
    }

    /// Fewer points for a picture, without losing a dip: first, lowest, highest and last reading of each of `columns` equal
    /// stretches of the time from `fromS` up to, not including, `toS` (seconds since the first sample).
    ///
    /// @throws {RangeError} for an unknown channel
    #[wasm_bindgen(unchecked_return_type = "Reduced")]
    pub fn reduce(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"spo2\" | \"pulse\" | \"motion\"")] channel: &str,
        #[wasm_bindgen(js_name = fromS)] from_s: u32,
        #[wasm_bindgen(js_name = toS)] to_s: u32,
        columns: u32,
    ) -> Result<JsValue, JsValue> {
        let channel = options::channel(channel)?;
        let window = options::window(from_s, to_s);
        Ok(reduced::to_js(&reduce_vec(self.view()?, channel, window, columns as usize)))
    }
}

impl Recording {
    /// Bytes and layout were made from each other, so this does not fail.
    fn view(&self) -> Result<oxicore::Recording<'_>, JsError> {
        Ok(oxicore::Recording::from_layout(&self.bytes, self.layout)?)
    }
}
