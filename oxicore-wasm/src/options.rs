//! Arguments from JavaScript, turned into the core's types or refused.

use js_sys::{RangeError, Reflect};
use oxicore::chart::{Channel, Window};
use oxicore::{AnalysisOptions, Span, Threshold};
use wasm_bindgen::prelude::*;

/// `undefined`, or `{ listed?: 3 | 4 }`.
pub(crate) fn analysis(given: &JsValue) -> Result<AnalysisOptions, JsValue> {
    let mut options = AnalysisOptions::default();
    if given.is_undefined() {
        return Ok(options);
    }
    let listed = Reflect::get(given, &"listed".into())?;
    if !listed.is_undefined() {
        options.listed = threshold(&listed)?;
    }
    Ok(options)
}

fn threshold(given: &JsValue) -> Result<Threshold, JsValue> {
    [Threshold::Three, Threshold::Four]
        .into_iter()
        .find(|threshold| given.as_f64() == Some(f64::from(threshold.as_pct())))
        .ok_or_else(|| RangeError::new("options.listed must be 3 or 4").into())
}

pub(crate) fn channel(given: &str) -> Result<Channel, JsValue> {
    match given {
        "spo2" => Ok(Channel::Spo2),
        "pulse" => Ok(Channel::Pulse),
        "motion" => Ok(Channel::Motion),
        _ => Err(RangeError::new("channel must be \"spo2\", \"pulse\" or \"motion\"").into()),
    }
}

pub(crate) const fn window(from_s: u32, to_s: u32) -> Window {
    Window { from: Span::from_secs(from_s), to: Span::from_secs(to_s) }
}
