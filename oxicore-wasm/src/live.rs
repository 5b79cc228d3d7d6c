//! The class `Live`: a night that is analysed while it is recorded.

use alloc::string::ToString;
use alloc::vec::Vec;

use js_sys::{Array, RangeError};
use oxicore::analysis::{self, LiveError, LiveMemory};
use oxicore::{Desaturation, Span, Threshold};
use wasm_bindgen::prelude::*;

use crate::{given, options, plain};

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// Interval, start and longest night of `LiveNight`. Anything else is refused.
    #[wasm_bindgen(catch, js_name = liveOf)]
    fn live_of(night: &JsValue) -> Result<Array, JsValue>;
}

/// A night that is being recorded. At any time its numbers are those of a recording that had ended with the latest record, as
/// `Recording.fromColumns` makes it of the same records. Free it with `finish()`, `free()` or `using`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Live {
    night: analysis::Live<'static>,
    listed: Threshold,
}

#[wasm_bindgen]
impl Live {
    /// Begins a night with a record every `interval` seconds, 1 to 900.
    ///
    /// @throws {RangeError} for an interval, a start, a length or an option that cannot be
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "LiveNight")] night: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "AnalysisOptions | null")] options: &JsValue,
    ) -> Result<Live, JsValue> {
        let given = live_of(night)?;
        let [interval, longest] =
            [0, 2].map(|at| Span::from_secs(given.get(at).as_f64().unwrap_or_default() as u32));
        let options = options::analysis(options)?;
        let memory = LiveMemory::owned(longest, options.filter.trim_end);
        let start = given::start(&given.get(1))?;
        let prepared = analysis::Live::prepare(interval, start, &options, memory).map_err(refused)?;
        Ok(Self { night: prepared.begin(), listed: options.listed })
    }

    /// Takes the next record, and gives the desaturations that are known with it, counted or not, of the depth that the options
    /// list: at most 10 s after their end. A record that is refused is not counted, and another may follow.
    ///
    /// @throws {RangeError} for a reading that cannot be, and for a time that does not grow, or comes more than 10 s late without `skip`
    #[wasm_bindgen(unchecked_return_type = "Desaturation[]")]
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "LiveRecord")] record: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let sample = given::sample(record, self.night.due())?;
        let mut found = Found::of(self.listed);
        self.night.push(&sample, &mut |threshold, event| found.add(threshold, event)).map_err(refused)?;
        Ok(plain::to_js(&found.events))
    }

    /// When the next record is due, seconds since the first: one interval after the latest, and the time skipped since.
    #[wasm_bindgen(getter, js_name = dueS)]
    pub fn due_s(&self) -> u32 {
        self.night.due().as_secs()
    }

    /// Announces time without records: the next one comes this many seconds later.
    ///
    /// @throws {RangeError} before the first record, and for what is no whole number of seconds
    pub fn skip(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] seconds: &JsValue,
    ) -> Result<(), JsValue> {
        self.night.skip(options::seconds("seconds", seconds)?).map_err(refused)
    }

    /// The desaturation that has begun, as it would end if the night ended here: its nadir, area and end may change, and it may
    /// still be shorter than an event is. Null while there is none.
    #[wasm_bindgen(unchecked_return_type = "Desaturation | null")]
    pub fn ongoing(&self) -> JsValue {
        plain::to_js(&self.night.ongoing(self.listed))
    }

    /// The numbers of the night so far; null before the first record.
    #[wasm_bindgen(unchecked_return_type = "Analysis | null")]
    pub fn summary(&self) -> JsValue {
        plain::to_js(&self.night.summary())
    }

    /// Ends and frees the night: its numbers, and the desaturations that were still open or waited for their pulse.
    #[wasm_bindgen(
        unchecked_return_type = "{ readonly summary: Analysis | null; readonly desaturations: Desaturation[] }"
    )]
    pub fn finish(self) -> JsValue {
        let mut found = Found::of(self.listed);
        let summary = self.night.ended(&mut |threshold, event| found.add(threshold, event));
        plain::object([("summary", plain::to_js(&summary)), ("desaturations", plain::to_js(&found.events))])
    }
}

/// Events of the depth that is listed.
struct Found {
    listed: Threshold,
    events: Vec<Desaturation>,
}

impl Found {
    const fn of(listed: Threshold) -> Self {
        Self { listed, events: Vec::new() }
    }

    fn add(&mut self, threshold: Threshold, event: Desaturation) {
        if threshold == self.listed {
            self.events.push(event);
        }
    }
}

fn refused(error: LiveError) -> JsValue {
    RangeError::new(&error.to_string()).into()
}
