//! Arguments from JavaScript, turned into the core's types or refused.

use alloc::format;

use js_sys::{Object, RangeError, Reflect};
use oxicore::chart::{Channel, Window};
use oxicore::desaturation::aasm::{MIN_DURATION, Recovery};
use oxicore::{AnalysisOptions, Motion, Span, Threshold};
use wasm_bindgen::prelude::*;

/// `undefined`, or an object of `AnalysisOptions`. A name that is none of its names is refused: a misspelt setting would give the
/// numbers of another definition.
pub(crate) fn analysis(given: &JsValue) -> Result<AnalysisOptions, JsValue> {
    let mut options = AnalysisOptions::default();
    let Some(given) = given.dyn_ref::<Object>() else { return Ok(options) };
    for name in Object::keys(given) {
        let value = Reflect::get(given, &name)?;
        if value.is_undefined() {
            continue;
        }
        let name = name.as_string().unwrap_or_default();
        set(&mut options, &name, &value).map_err(|expected| refusal(&name, expected))?;
    }
    Ok(options)
}

fn refusal(name: &str, expected: &str) -> JsValue {
    RangeError::new(&format!("options.{name} must be {expected}")).into()
}

/// What was expected, where it is something else.
type Expected = &'static str;

const WHOLE: Expected = "a whole number";

fn set(options: &mut AnalysisOptions, name: &str, value: &JsValue) -> Result<(), Expected> {
    if let Some(flag) = flag(options, name) {
        *flag = value.as_bool().ok_or("true or false")?;
        return Ok(());
    }
    if let Some(span) = span(options, name) {
        *span = Span::from_secs(whole(value, u32::MAX).ok_or(WHOLE)?);
        return shortest(options);
    }
    match name {
        "listed" => options.listed = threshold(value)?,
        "max_motion" => options.filter.max_motion = motion(value)?,
        "near_pct" => options.aasm.near_pct = whole(value, 100).ok_or("a whole number up to 100")? as u8,
        "recovery" => options.aasm.recovery = recovery(value)?,
        "bradycardia_bpm" => options.pulse.bradycardia_bpm = pulse(value)?,
        "tachycardia_bpm" => options.pulse.tachycardia_bpm = pulse(value)?,
        _ => return Err("left out: there is no such option"),
    }
    Ok(())
}

fn flag<'o>(options: &'o mut AnalysisOptions, name: &str) -> Option<&'o mut bool> {
    Some(match name {
        "require_pulse" => &mut options.filter.require_pulse,
        "slope" => &mut options.filter.slope,
        "median3" => &mut options.aasm.median3,
        "include_sustained" => &mut options.aasm.include_sustained,
        "include_truncated" => &mut options.aasm.include_truncated,
        _ => return None,
    })
}

fn span<'o>(options: &'o mut AnalysisOptions, name: &str) -> Option<&'o mut Span> {
    Some(match name {
        "trim_start_s" => &mut options.filter.trim_start,
        "trim_end_s" => &mut options.filter.trim_end,
        "look_back_s" => &mut options.aasm.look_back,
        "min_duration_s" => &mut options.aasm.min_duration,
        "max_duration_s" => &mut options.aasm.max_duration,
        "max_gap_s" => &mut options.aasm.max_gap,
        _ => return None,
    })
}

fn shortest(options: &AnalysisOptions) -> Result<(), Expected> {
    if options.aasm.min_duration < MIN_DURATION { Err("at least 10") } else { Ok(()) }
}

fn threshold(value: &JsValue) -> Result<Threshold, Expected> {
    match whole(value, 4) {
        Some(3) => Ok(Threshold::Three),
        Some(4) => Ok(Threshold::Four),
        _ => Err("3 or 4"),
    }
}

fn motion(value: &JsValue) -> Result<Option<Motion>, Expected> {
    if value.is_null() {
        return Ok(None);
    }
    whole(value, 255).and_then(Motion::from_device).map(Some).ok_or("a whole number up to 255, or null")
}

fn recovery(value: &JsValue) -> Result<Recovery, Expected> {
    match value.as_string().as_deref() {
        Some("taha") => Ok(Recovery::Taha),
        Some("peak") => Ok(Recovery::Peak),
        Some("fraction") => Ok(Recovery::Fraction),
        _ => Err("\"taha\", \"peak\" or \"fraction\""),
    }
}

fn pulse(value: &JsValue) -> Result<u16, Expected> {
    Ok(whole(value, 300).ok_or("a whole number up to 300")? as u16)
}

fn whole(value: &JsValue, most: u32) -> Option<u32> {
    let number = value.as_f64()?;
    let whole = number as u32;
    (f64::from(whole) == number && whole <= most).then_some(whole)
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
