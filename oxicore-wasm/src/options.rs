//! Arguments from JavaScript, turned into the core's types or refused.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, RangeError};
use oxicore::chart::{Channel, Window};
use oxicore::{
    AnalysisOptions, ParseOptions, Profile, Span,
    desaturation::Depth,
    format::{ColumnChoice, ColumnName},
    notices::DateOrder,
    reconcile::Definition,
    settings::{Setting, Value},
    time::UtcOffset,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    /// A copy of the bytes of an `ArrayBuffer`, or of those that a view shows of one. Anything else is refused, as are a name that
    /// is no string and an interval that is none.
    #[wasm_bindgen(catch, js_name = bytesOf)]
    pub(crate) fn bytes_of(
        file: &JsValue,
        file_name: &JsValue,
        interval: &JsValue,
    ) -> Result<Vec<u8>, JsValue>;

    /// The columns of time, SpO2, pulse and motion, the order of dates and the zone of `ReadOptions`; none of nothing. Anything else
    /// is refused.
    #[wasm_bindgen(catch, js_name = saidOf)]
    fn said_of(options: &JsValue) -> Result<Array, JsValue>;

    /// Name, value, name, value … of an object, those in the objects that settings have too; none of nothing. Anything else is
    /// refused.
    #[wasm_bindgen(catch, js_name = entriesOf)]
    fn entries_of(options: &JsValue, of: &str) -> Result<Array, JsValue>;
}

/// What is said of a file.
pub(crate) struct Said {
    columns: [Option<Column>; 4],
    date_order: Option<DateOrder>,
    zone: Option<UtcOffset>,
}

/// A column by number, from 1, or by name.
enum Column {
    Number(u16),
    Name(String),
}

impl Said {
    /// Nothing, or an object of `ReadOptions`.
    pub(crate) fn by(options: &JsValue) -> Result<Self, JsValue> {
        let said = said_of(options)?;
        let zone = said.get(5);
        let offset = zone.as_string().as_deref().and_then(UtcOffset::from_text);
        if offset.is_none() && !(zone.is_undefined() || zone.is_null()) {
            return Err(refusal("options.", "zone", "an offset such as \"+02:00\""));
        }
        let date_order = said.get(4).as_string().as_deref().and_then(|order| order.parse::<DateOrder>().ok());
        Ok(Self { columns: [0, 1, 2, 3].map(|at| column(&said.get(at))), date_order, zone: offset })
    }

    /// With the name of the file and the interval of one that does not tell.
    pub(crate) fn options<'a>(
        &'a self,
        file_name: Option<&'a str>,
        interval: Option<Span>,
    ) -> ParseOptions<'a> {
        let [time, spo2, pulse, motion] = self.columns.each_ref().map(|column| match column {
            Some(Column::Number(number)) => Some(ColumnName::Number(*number)),
            Some(Column::Name(name)) => Some(ColumnName::Name(name)),
            None => None,
        });
        let mut columns = ColumnChoice::default();
        (columns.time, columns.spo2, columns.pulse, columns.motion) = (time, spo2, pulse, motion);
        let mut options = ParseOptions::default().with_columns(columns);
        options.file_name = file_name;
        options.fallback_interval = interval;
        (options.date_order, options.zone) = (self.date_order, self.zone);
        options
    }
}

fn column(value: &JsValue) -> Option<Column> {
    let number = whole(value, u16::MAX.into()).and_then(|number| u16::try_from(number).ok());
    number.map(Column::Number).or_else(|| value.as_string().map(Column::Name))
}

/// Nothing, or an object of `AnalysisOptions`. A name that is none of its names is refused: a misspelt setting would give the
/// numbers of another definition.
pub(crate) fn analysis(given: &JsValue) -> Result<AnalysisOptions, JsValue> {
    let mut options = AnalysisOptions::default();
    each("options", given, &mut |name, value| set(&mut options, name, value))?;
    Ok(options)
}

/// An object of `DefinitionOptions`. A setting that the profile does not follow is refused: its events would stay the same.
pub(crate) fn definition(given: &JsValue) -> Result<Definition, JsValue> {
    let (mut profile, mut depth) = (None, None);
    let mut options = AnalysisOptions::default();
    const OF: &str = "definition";
    each(OF, given, &mut |name, value| match name {
        "profile" => {
            profile = value.as_string().and_then(|word| word.parse::<Profile>().ok());
            profile.map(drop).ok_or(PROFILES)
        }
        "depth_pct" => {
            let pct = whole(value, u8::MAX.into()).and_then(|pct| u8::try_from(pct).ok());
            depth = pct.and_then(Depth::new);
            depth.map(drop).ok_or(DEPTHS)
        }
        _ => Ok(()),
    })?;
    let profile = profile.ok_or_else(|| refusal("definition.", "profile", PROFILES))?;
    let depth = depth.ok_or_else(|| refusal("definition.", "depth_pct", DEPTHS))?;
    each(OF, given, &mut |name, value| match name {
        "profile" | "depth_pct" => Ok(()),
        "listed" => Err("left out: depth_pct says it"),
        _ => match name.parse::<Setting>() {
            Ok(setting) if !setting.is_followed_by(profile) => {
                Err("left out: the profile has no such setting")
            }
            _ => set(&mut options, name, value),
        },
    })?;
    Ok(Definition::new(profile, depth, &options))
}

const PROFILES: Expected = "aasm, aasm-nested, viatom, pobm, mean120 or mean120-analyzer";
const DEPTHS: Expected = "a whole number between 2 and 10";

/// Every name with its value; what cannot be is refused by its name.
fn each(
    of: &str,
    given: &JsValue,
    take: &mut dyn FnMut(&str, &JsValue) -> Result<(), Expected>,
) -> Result<(), JsValue> {
    let entries = entries_of(given, of)?;
    for pair in 0..entries.length() / 2 {
        let name = entries.get(2 * pair).as_string().unwrap_or_default();
        take(&name, &entries.get(2 * pair + 1))
            .map_err(|expected| refusal(&[of, "."].concat(), &name, expected))?;
    }
    Ok(())
}

fn refusal(of: &str, name: &str, expected: Expected) -> JsValue {
    RangeError::new(&[of, name, " must be ", expected].concat()).into()
}

/// What was expected, where it is something else.
type Expected = &'static str;

fn set(options: &mut AnalysisOptions, name: &str, value: &JsValue) -> Result<(), Expected> {
    let setting: Setting = name.parse().map_err(|_| "left out: there is no such option")?;
    let word = value.as_string();
    let plain = match () {
        () if value.is_null() => Some(Value::Nothing),
        () if word.is_some() => word.as_deref().map(Value::Word),
        () => (value.as_bool().map(Value::Flag))
            .or_else(|| whole(value, u32::MAX).map(Value::Whole))
            .or_else(|| range(value)),
    };
    plain.and_then(|plain| options.set(setting, plain).ok()).ok_or(setting.expected())
}

/// A list of two whole numbers.
fn range(value: &JsValue) -> Option<Value<'static>> {
    let bounds = value.dyn_ref::<Array>().filter(|bounds| bounds.length() == 2)?;
    Some(Value::Range(whole(&bounds.get(0), u32::MAX)?, whole(&bounds.get(1), u32::MAX)?))
}

fn whole(value: &JsValue, most: u32) -> Option<u32> {
    let number = value.as_f64()?;
    let whole = number as u32;
    (f64::from(whole) == number && whole <= most).then_some(whole)
}

/// A whole number of seconds.
pub(crate) fn seconds(name: &str, given: &JsValue) -> Result<Span, JsValue> {
    let seconds = whole(given, u32::MAX).ok_or_else(|| refusal("", name, "a whole number of seconds"))?;
    Ok(Span::from_secs(seconds))
}

/// The channel, and the number of columns, which memory must hold.
pub(crate) fn reduction(channel: &JsValue, columns: &JsValue) -> Result<(Channel, usize), JsValue> {
    let channel = channel.as_string().unwrap_or_default().parse();
    let channel = channel.map_err(|_| refusal("", "channel", "\"spo2\", \"pulse\" or \"motion\""))?;
    let columns = whole(columns, 1_000_000).filter(|&columns| columns > 0);
    let columns = columns.ok_or_else(|| refusal("", "columns", "a whole number from 1 to 1000000"))?;
    Ok((channel, columns as usize))
}

/// Times before the first sample are at it, parts of a second are left out.
pub(crate) fn window(from_s: f64, to_s: f64) -> Result<Window, JsValue> {
    if from_s < to_s && to_s <= u32::MAX.into() {
        let span = |time: f64| Span::from_secs(time as u32);
        return Ok(Window { from: span(from_s), to: span(to_s) });
    }
    Err(refusal("", "toS", "after fromS"))
}
