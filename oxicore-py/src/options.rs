//! Keyword arguments as the options of an analysis.

use oxicore::{
    AnalysisOptions, Index, Profile, Recording, Span, Summary, Threshold,
    analysis::Within,
    artifact::MedianLength,
    below_range::BelowRange,
    compare::Comparison,
    desaturation::{Depth, aasm::Recovery},
    index::Denominator,
    units::Motion,
};
use pyo3::{
    exceptions::{PyOverflowError, PyTypeError, PyValueError},
    prelude::*,
    types::PyDict,
};

/// The profile of a name.
pub(crate) fn profile(name: &str) -> PyResult<Profile> {
    name.parse().map_err(|_| {
        let known = Profile::ALL.map(Profile::code).join(", ");
        PyValueError::new_err(format!("no profile {name:?}; there are {known}"))
    })
}

/// The threshold of a number of percent.
pub(crate) fn threshold(pct: i64) -> PyResult<Threshold> {
    match pct {
        3 => Ok(Threshold::Three),
        4 => Ok(Threshold::Four),
        _ => Err(PyValueError::new_err(format!("listed_pct must be 3 or 4, not {pct}"))),
    }
}

/// The depth of a number of percent, by a profile; the nested events are those of 4 % alone.
pub(crate) fn depth(pct: i64, profile: Profile) -> PyResult<Depth> {
    if profile == Profile::AasmNested && pct != 4 {
        let text = format!("listed_pct of profile \"aasm-nested\" is 4, not {pct}");
        return Err(PyValueError::new_err(text));
    }
    let depth = u8::try_from(pct).ok().and_then(Depth::new);
    depth.ok_or_else(|| PyValueError::new_err(format!("listed_pct must be between 2 and 10, not {pct}")))
}

/// Refuses what an index of the profile does not use: it would be that of other settings than the caller thinks.
pub(crate) fn refuse_unused(
    profile: Profile,
    settings: &Bound<'_, PyDict>,
    has_within: bool,
) -> PyResult<()> {
    let has_filter = profile.denominator() == Denominator::ValidSpo2;
    let has_geometry = matches!(profile, Profile::Aasm | Profile::AasmNested);
    let refused = |what: String, known: &str| {
        let name = profile.code();
        PyValueError::new_err(format!(
            "profile {name:?} has no {what}, its events stay the same: {known} have it"
        ))
    };
    let filtered = "aasm, aasm-nested, mean120 and mean120-analyzer";
    if has_within && !has_filter {
        return Err(refused("within".to_owned(), filtered));
    }
    for name in settings.keys() {
        let name: String = name.extract()?;
        if !has_filter && OF_FILTER.contains(&name.as_str()) {
            return Err(refused(format!("setting {name:?}"), filtered));
        }
        if !has_geometry && OF_EVENTS.contains(&name.as_str()) {
            return Err(refused(format!("setting {name:?}"), "aasm and aasm-nested"));
        }
    }
    Ok(())
}

/// Settings of which SpO2 counts.
const OF_FILTER: [&str; 6] =
    ["require_pulse", "max_motion", "slope", "spo2_range_pct", "trim_start_s", "trim_end_s"];
/// Settings of what an event of profile `aasm` is.
const OF_EVENTS: [&str; 11] = [
    "below_range",
    "look_back_s",
    "min_duration_s",
    "max_duration_s",
    "max_gap_s",
    "near_pct",
    "recovery",
    "median3",
    "median_readings",
    "include_sustained",
    "include_truncated",
];

/// The indices by every definition: of a whole night all, of parts those that know parts.
pub(crate) fn compared(
    night: Recording<'_>,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> Comparison {
    match within {
        None => night.compare(options).comparison,
        Some(within) => night.compare_within(options, within),
    }
}

/// The indices at 3 % and 4 % by one profile; `aasm` and its nested events have them already, the others are in the
/// comparison.
pub(crate) fn indices(
    summary: &Summary,
    profile: Profile,
    compared: Option<&Comparison>,
) -> [Option<Index>; 2] {
    [Threshold::Three, Threshold::Four].map(|threshold| match (profile, threshold) {
        (Profile::Aasm, _) => Some(summary.odi(threshold)),
        (Profile::AasmNested, Threshold::Three) => None,
        (Profile::AasmNested, Threshold::Four) => Some(summary.odi_nested()),
        _ => compared?.index(profile, threshold).copied(),
    })
}

/// The options that differ from the defaults, by the names of `oxicore.AnalysisSettings`.
pub(crate) fn analysis(listed_pct: i64, settings: &Bound<'_, PyDict>) -> PyResult<AnalysisOptions> {
    let mut options = AnalysisOptions::default().with_listed(threshold(listed_pct)?);
    for (name, value) in settings {
        let name: String = name.extract()?;
        let known = set_filter(&mut options, &name, &value)?
            || set_span(&mut options, &name, &value)?
            || set_event(&mut options, &name, &value)?;
        if !known {
            return Err(PyTypeError::new_err(format!("there is no setting {name:?}")));
        }
    }
    if options.aasm.min_duration == Span::ZERO {
        return Err(PyValueError::new_err("min_duration_s must be at least 1, not 0"));
    }
    let off = settings.get_item("median3")?.is_some_and(|value| value.extract().is_ok_and(|on: bool| !on));
    if off && settings.contains("median_readings")? {
        return Err(PyValueError::new_err(
            "median_readings is of a running median, and median3=False has none",
        ));
    }
    Ok(options)
}

fn set_filter(options: &mut AnalysisOptions, name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    match name {
        "require_pulse" => options.filter.require_pulse = of_kind(name, value)?,
        "slope" => options.filter.slope = of_kind(name, value)?,
        "spo2_range_pct" => options.filter.spo2_range_pct = range(name, value, (1, 100))?,
        "pulse_range_bpm" => options.filter.pulse_range_bpm = range(name, value, (1, 300))?,
        "max_motion" if value.is_none() => options.filter.max_motion = None,
        "max_motion" => options.filter.max_motion = Motion::from_device(whole(name, value, u8::MAX)?.into()),
        _ => return Ok(false),
    }
    Ok(true)
}

fn set_span(options: &mut AnalysisOptions, name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let target = match name {
        "trim_start_s" => &mut options.filter.trim_start,
        "trim_end_s" => &mut options.filter.trim_end,
        "look_back_s" => &mut options.aasm.look_back,
        "min_duration_s" => &mut options.aasm.min_duration,
        "max_duration_s" => &mut options.aasm.max_duration,
        "max_gap_s" => &mut options.aasm.max_gap,
        _ => return Ok(false),
    };
    *target = Span::from_secs(whole(name, value, u32::MAX)?);
    Ok(true)
}

fn set_event(options: &mut AnalysisOptions, name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    match name {
        "near_pct" => options.aasm.near_pct = whole(name, value, u8::MAX)?,
        "recovery" => options.aasm.recovery = recovery(&of_kind::<String>(name, value)?)?,
        "below_range" => options.aasm.below_range = below_range(&of_kind::<String>(name, value)?)?,
        "median3" => options.aasm.median3 = of_kind(name, value)?,
        "median_readings" => {
            options.aasm.median_readings = median(value)?;
            options.aasm.median3 = true;
        }
        "include_sustained" => options.aasm.include_sustained = of_kind(name, value)?,
        "include_truncated" => options.aasm.include_truncated = of_kind(name, value)?,
        "bradycardia_bpm" => options.pulse.bradycardia_bpm = whole(name, value, u16::MAX)?,
        "tachycardia_bpm" => options.pulse.tachycardia_bpm = whole(name, value, u16::MAX)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// A pair of whole numbers, the lower one first, of readings that can be.
fn range<'a, 'py, T>(name: &str, value: &'a Bound<'py, PyAny>, (least, most): (T, T)) -> PyResult<(T, T)>
where
    T: FromPyObject<'a, 'py> + std::fmt::Display + PartialOrd,
    (T, T): FromPyObject<'a, 'py>,
{
    let wrong = || {
        PyValueError::new_err(format!("{name} must be (low, high), between {least} and {most}, not {value}"))
    };
    let (low, high) = value.extract().map_err(|_| wrong())?;
    if least <= low && low < high && high <= most { Ok((low, high)) } else { Err(wrong()) }
}

/// A whole number that is not below 0 and at most `most`.
fn whole<'a, 'py, T>(name: &str, value: &'a Bound<'py, PyAny>, most: T) -> PyResult<T>
where
    T: FromPyObject<'a, 'py> + std::fmt::Display,
{
    value.extract().map_err(|error: T::Error| {
        let error: PyErr = error.into();
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            PyValueError::new_err(format!("{name} must be between 0 and {most}, not {value}"))
        } else {
            of_other_kind(name, value, &error)
        }
    })
}

fn of_kind<'a, 'py, T: FromPyObject<'a, 'py>>(name: &str, value: &'a Bound<'py, PyAny>) -> PyResult<T> {
    value.extract().map_err(|error: T::Error| of_other_kind(name, value, &error.into()))
}

fn of_other_kind(name: &str, value: &Bound<'_, PyAny>, error: &PyErr) -> PyErr {
    PyTypeError::new_err(format!("{name}: {}", error.value(value.py())))
}

fn below_range(name: &str) -> PyResult<BelowRange> {
    let known = || PyValueError::new_err(format!("below_range must be auto, bridge or gap, not {name:?}"));
    name.parse().map_err(|_| known())
}

fn median(value: &Bound<'_, PyAny>) -> PyResult<MedianLength> {
    let readings = whole("median_readings", value, u8::MAX)?;
    let wrong = || PyValueError::new_err(format!("median_readings must be 3, 5, 7 or 9, not {readings}"));
    MedianLength::new(readings).ok_or_else(wrong)
}

fn recovery(name: &str) -> PyResult<Recovery> {
    match name {
        "taha" => Ok(Recovery::Taha),
        "peak" => Ok(Recovery::Peak),
        "fraction" => Ok(Recovery::Fraction),
        _ => Err(PyValueError::new_err(format!("recovery must be taha, peak or fraction, not {name:?}"))),
    }
}
