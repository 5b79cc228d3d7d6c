//! Readings from a caller's own arrays, or one record of them: NaN is none, and so is what devices write for none.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use js_sys::{Array, Float64Array, Number, RangeError};
use oxicore::columns::SampleColumns;
use oxicore::time::LocalDateTime;
use oxicore::units::Motion;
use oxicore::{OwnedRecording, PulseRate, Sample, Span, Spo2};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// Lists of time, SpO2, pulse and motion, of numbers with NaN for none, and interval and start of `GivenColumns`. Anything
    /// else is refused.
    #[wasm_bindgen(catch, js_name = columnsOf)]
    fn columns_of(columns: &JsValue) -> Result<Array, JsValue>;

    /// Time, SpO2, pulse and motion of a `LiveRecord`, NaN for none. Anything else is refused.
    #[wasm_bindgen(catch, js_name = recordOf)]
    fn record_of(record: &JsValue) -> Result<Array, JsValue>;
}

/// What readings of a channel are.
struct Kind<T> {
    name: &'static str,
    /// In words.
    range: &'static str,
    most: f64,
    /// What devices write for no reading.
    none: &'static [f64],
    reading: fn(u32) -> Option<T>,
}

const SPO2: Kind<Spo2> = Kind {
    name: "spo2",
    range: "percent, 1 to 100",
    most: 100.0,
    none: &[0.0, 127.0, 255.0],
    reading: Spo2::from_device,
};
const PULSE: Kind<PulseRate> = Kind {
    name: "pulse",
    range: "beats per minute, 1 to 300",
    most: 300.0,
    none: &[0.0, 255.0, 65_535.0],
    reading: PulseRate::from_device,
};
const MOTION: Kind<Motion> =
    Kind { name: "motion", range: "0 to 255", most: 255.0, none: &[], reading: Motion::from_device };

impl<T> Kind<T> {
    /// The nearest whole reading; the words of a refusal otherwise.
    fn reading(&self, value: f64) -> Result<Option<T>, &'static str> {
        match value {
            none if none.is_nan() || self.none.contains(&none) => Ok(None),
            known if (0.0..=self.most).contains(&known) => Ok((self.reading)((known + 0.5) as u32)),
            _ => Err(self.range),
        }
    }

    fn column(&self, values: &[f64]) -> Result<Vec<Option<T>>, JsValue> {
        let reading = |(record, &value): (usize, &f64)| {
            self.reading(value).map_err(|range| {
                let (name, record, value) = (self.name, record.to_string(), text(value));
                let place = ["columns.", name, "[", &record, "] is ", &value].concat();
                RangeError::new(&[&place, ": ", range, ", null where there is no reading"].concat()).into()
            })
        };
        values.iter().enumerate().map(reading).collect()
    }

    /// Of one record, which must be whole: nobody counts what is rounded there.
    fn one(&self, value: &JsValue) -> Result<Option<T>, JsValue> {
        let value = value.as_f64().unwrap_or(f64::NAN);
        let is_whole = value.is_nan() || f64::from(value as u32) == value;
        self.reading(value).ok().filter(|_| is_whole).ok_or_else(|| {
            let (name, value) = (self.name, text(value));
            let words = [name, " is ", &value, ": a whole number, ", self.range];
            RangeError::new(&[&words.concat(), ", null where there is no reading"].concat()).into()
        })
    }
}

/// As JavaScript writes it, without the code for it in the module.
fn text(number: f64) -> String {
    Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// A night of columns.
pub(crate) fn night(columns: &JsValue) -> Result<OwnedRecording, JsValue> {
    let given = columns_of(columns)?;
    let [time, spo2, pulse, motion] = [0, 1, 2, 3].map(|at| Float64Array::from(given.get(at)).to_vec());
    let interval = given.get(4).as_f64().map(|seconds| Span::from_secs(seconds as u32));
    let columns = SampleColumns {
        at: time.iter().map(|&seconds| Span::from_secs(seconds as u32)).collect(),
        spo2: SPO2.column(&spo2)?,
        pulse: PULSE.column(&pulse)?,
        motion: MOTION.column(&motion)?,
    };
    let is_fine = |(pct, reading): (&f64, &Option<Spo2>)| {
        reading.is_some_and(|reading| f64::from(reading.as_pct()) != *pct)
    };
    let has_fractions = spo2.iter().zip(&columns.spo2).any(is_fine);
    let start = start(&given.get(5))?;
    let night = OwnedRecording::from_columns(start, interval, columns);
    let night = night.and_then(|night| if has_fractions { night.with_fractions(spo2) } else { Ok(night) });
    night.map_err(|error| RangeError::new(&error.to_string()).into())
}

/// The wall clock from its seconds since 1970; none of nothing.
pub(crate) fn start(seconds: &JsValue) -> Result<Option<LocalDateTime>, JsValue> {
    let Some(seconds) = seconds.as_f64() else { return Ok(None) };
    match LocalDateTime::from_unix_seconds(seconds as i64) {
        None => Err(RangeError::new("start must be in the years 1970 to 2100").into()),
        known => Ok(known),
    }
}

/// A record of a night that goes on; `due` is its time if it says none.
pub(crate) fn sample(record: &JsValue, due: Span) -> Result<Sample, JsValue> {
    let given = record_of(record)?;
    let at = given.get(0).as_f64().map_or(due, |seconds| Span::from_secs(seconds as u32));
    let mut sample = Sample::new(at, SPO2.one(&given.get(1))?, PULSE.one(&given.get(2))?);
    sample.motion = MOTION.one(&given.get(3))?;
    Ok(sample)
}
