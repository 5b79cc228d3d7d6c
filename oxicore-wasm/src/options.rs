//! Arguments from JavaScript, turned into the core's types or refused.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, RangeError};
use oxicore::artifact::MedianLength;
use oxicore::chart::{Channel, Window};
use oxicore::desaturation::aasm::{self, Recovery};
use oxicore::{
    AnalysisOptions, ParseOptions, Span, Threshold,
    below_range::BelowRange,
    format::{ColumnChoice, ColumnName},
    notices::DateOrder,
    time::UtcOffset,
    units::Motion,
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
    fn entries_of(options: &JsValue) -> Result<Array, JsValue>;
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
    let entries = entries_of(given)?;
    for pair in 0..entries.length() / 2 {
        let name = entries.get(2 * pair).as_string().unwrap_or_default();
        let value = entries.get(2 * pair + 1);
        set(&mut options, &name, &value).map_err(|expected| refusal("options.", &name, expected))?;
    }
    Ok(options)
}

fn refusal(of: &str, name: &str, expected: Expected) -> JsValue {
    RangeError::new(&[of, name, " must be ", expected].concat()).into()
}

/// What was expected, where it is something else.
type Expected = &'static str;

/// The place of an option, by the kind of its value.
enum Place<'o> {
    Flag(&'o mut bool),
    Time(&'o mut Span),
    Rate(&'o mut u16),
    Level(&'o mut u8),
    Listed(&'o mut Threshold),
    Motion(&'o mut Option<Motion>),
    Recovery(&'o mut Recovery),
    BelowRange(&'o mut BelowRange),
    Median(&'o mut aasm::Config),
}

/// An option's name, and its place.
type Named = (&'static str, fn(&mut AnalysisOptions) -> Place<'_>);

const NAMED: [Named; 19] = [
    ("listed", |options| Place::Listed(&mut options.listed)),
    ("max_motion", |options| Place::Motion(&mut options.filter.max_motion)),
    ("require_pulse", |options| Place::Flag(&mut options.filter.require_pulse)),
    ("slope", |options| Place::Flag(&mut options.filter.slope)),
    ("trim_start_s", |options| Place::Time(&mut options.filter.trim_start)),
    ("trim_end_s", |options| Place::Time(&mut options.filter.trim_end)),
    ("recovery", |options| Place::Recovery(&mut options.aasm.recovery)),
    ("below_range", |options| Place::BelowRange(&mut options.aasm.below_range)),
    ("near_pct", |options| Place::Level(&mut options.aasm.near_pct)),
    ("median3", |options| Place::Flag(&mut options.aasm.median3)),
    ("median_readings", |options| Place::Median(&mut options.aasm)),
    ("include_sustained", |options| Place::Flag(&mut options.aasm.include_sustained)),
    ("include_truncated", |options| Place::Flag(&mut options.aasm.include_truncated)),
    ("look_back_s", |options| Place::Time(&mut options.aasm.look_back)),
    ("min_duration_s", |options| Place::Time(&mut options.aasm.min_duration)),
    ("max_duration_s", |options| Place::Time(&mut options.aasm.max_duration)),
    ("max_gap_s", |options| Place::Time(&mut options.aasm.max_gap)),
    ("bradycardia_bpm", |options| Place::Rate(&mut options.pulse.bradycardia_bpm)),
    ("tachycardia_bpm", |options| Place::Rate(&mut options.pulse.tachycardia_bpm)),
];

impl Place<'_> {
    fn put(self, value: &JsValue) -> Result<(), Expected> {
        match self {
            Self::Flag(place) => *place = value.as_bool().ok_or("true or false")?,
            Self::Time(place) => {
                *place = Span::from_secs(whole(value, u32::MAX).ok_or("a whole number, not negative")?)
            }
            Self::Rate(place) => *place = whole(value, 300).ok_or("a whole number up to 300")? as u16,
            Self::Level(place) => *place = whole(value, 100).ok_or("a whole number up to 100")? as u8,
            Self::Listed(place) => *place = threshold(value).ok_or("3 or 4")?,
            Self::Motion(place) => *place = motion(value).ok_or("a whole number up to 255, or null")?,
            Self::BelowRange(place) => {
                *place = word(value).ok_or("\"auto\", \"bridge\" or \"gap\"")?;
            }
            Self::Recovery(place) => *place = word(value).ok_or("\"taha\", \"peak\" or \"fraction\"")?,
            Self::Median(config) => {
                config.median_readings = median(value).ok_or("3, 5, 7 or 9")?;
                config.median3 = true;
            }
        }
        Ok(())
    }
}

fn set(options: &mut AnalysisOptions, name: &str, value: &JsValue) -> Result<(), Expected> {
    let named = NAMED.iter().find(|(known, _)| *known == name);
    let (_, place) = named.ok_or("left out: there is no such option")?;
    place(options).put(value)?;
    if options.aasm.min_duration == Span::ZERO { Err("at least 1") } else { Ok(()) }
}

fn median(value: &JsValue) -> Option<MedianLength> {
    whole(value, u8::MAX.into()).and_then(|readings| MedianLength::new(readings as u8))
}

fn threshold(value: &JsValue) -> Option<Threshold> {
    whole(value, 4).and_then(|pct| Threshold::from_pct(pct as u8))
}

/// The outer `None` is no motion at all, the inner one is null: motion does not matter.
fn motion(value: &JsValue) -> Option<Option<Motion>> {
    if value.is_null() { Some(None) } else { whole(value, 255).and_then(Motion::from_device).map(Some) }
}

fn word<T: core::str::FromStr>(value: &JsValue) -> Option<T> {
    value.as_string()?.parse().ok()
}

fn whole(value: &JsValue, most: u32) -> Option<u32> {
    let number = value.as_f64()?;
    let whole = number as u32;
    (f64::from(whole) == number && whole <= most).then_some(whole)
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
