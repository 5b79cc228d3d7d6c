//! A number of many nights: statistics, and two groups side by side.

use alloc::string::ToString;
use alloc::vec::Vec;

use js_sys::{Array, RangeError};
use oxicore::nights::{AtCutoff, Confidence, Cutoffs, Nights, NightsError};
use wasm_bindgen::prelude::*;

use crate::plain;

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// The numbers of a list, undefined where there is none. Anything else is refused.
    #[wasm_bindgen(catch, js_name = numbersOf)]
    fn numbers_of(list: &JsValue, name: &str) -> Result<Array, JsValue>;

    /// Cut-offs, which class a number at one has, and the confidence; those that the caller may give. Anything else is refused.
    #[wasm_bindgen(catch, js_name = nightsOptionsOf)]
    fn options_of(options: &JsValue, classes: bool) -> Result<Array, JsValue>;
}

/// What many nights say together, and how often one of them would have said something else: a number of each night, null where
/// it is not defined. The interval of the median lies between two of the nights; it assumes no distribution, but that nights
/// are independent. There are no cut-offs but the caller's: one belongs to the definition that it was found with.
///
/// @throws {RangeError} for no night, a number that is negative or not finite, cut-offs that do not ascend, options that are none
#[wasm_bindgen(js_name = nightStatistics, unchecked_return_type = "NightStatistics")]
pub fn night_statistics(
    #[wasm_bindgen(unchecked_param_type = "readonly (number | null | undefined)[]")] nights: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "NightStatisticsOptions | null")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let said = options_of(options, true)?;
    let ascending: Vec<f64> =
        numbers_of(&said.get(0), "options.cutoffs")?.iter().filter_map(|c| c.as_f64()).collect();
    let at = said.get(1).as_string().and_then(|word| word.parse::<AtCutoff>().ok()).unwrap_or_default();
    let cutoffs = Cutoffs::new(&ascending).map_err(refused)?.with_at_cutoff(at);
    let nights = collect(nights, "nights")?;
    let spread = nights.spread(confidence(&said)?);
    let classified = nights.classified(cutoffs);
    Ok(plain::object([
        ("spread", plain::to_js(&spread)),
        ("classes", plain::to_js(&classified.classes)),
        ("class_of_median", plain::to_js(&classified.class_of_median)),
        ("otherwise", plain::to_js(&classified.otherwise)),
    ]))
}

/// Medians, ranges and counts of two groups of nights: before and after a treatment, say. No test and no judgement.
///
/// @throws {RangeError} as `nightStatistics` does
#[wasm_bindgen(js_name = compareNights, unchecked_return_type = "NightsCompared")]
pub fn compare_nights(
    #[wasm_bindgen(unchecked_param_type = "readonly (number | null | undefined)[]")] one: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly (number | null | undefined)[]")] other: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Pick<NightStatisticsOptions, \"confidence\"> | null")]
    options: &JsValue,
) -> Result<JsValue, JsValue> {
    let confidence = confidence(&options_of(options, false)?)?;
    let spread = |group, name| Ok::<_, JsValue>(collect(group, name)?.spread(confidence));
    Ok(plain::to_js(&spread(one, "one")?.against(&spread(other, "other")?)))
}

fn collect(list: &JsValue, name: &str) -> Result<Nights<Vec<f64>>, JsValue> {
    let numbers = numbers_of(list, name)?;
    Nights::collect(numbers.iter().map(|number| number.as_f64()))
        .map_err(|why| RangeError::new(&[name, ": ", &why.to_string()].concat()).into())
}

fn confidence(said: &Array) -> Result<Confidence, JsValue> {
    said.get(2).as_f64().map_or(Ok(Confidence::default()), |given| Confidence::new(given).map_err(refused))
}

fn refused(why: NightsError) -> JsValue {
    RangeError::new(&why.to_string()).into()
}
