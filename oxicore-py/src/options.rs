//! Keyword arguments as the options of an analysis.

use oxicore::{
    AnalysisOptions, Index, Profile, Recording, Summary, Threshold,
    analysis::Within,
    compare::Comparison,
    desaturation::Depth,
    index::Denominator,
    settings::{Kind, Setting, Value},
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

/// The depth of a number of percent.
pub(crate) fn depth(pct: i64) -> PyResult<Depth> {
    let depth = u8::try_from(pct).ok().and_then(Depth::new);
    depth.ok_or_else(|| PyValueError::new_err(format!("listed_pct must be between 2 and 10, not {pct}")))
}

/// The depth of the events of a profile; the nested ones are those of 4 % alone.
pub(crate) fn depth_of(profile: Profile, pct: i64) -> PyResult<Depth> {
    if profile == Profile::AasmNested && pct != 4 {
        let text = format!("listed_pct of profile \"aasm-nested\" is 4, not {pct}");
        return Err(PyValueError::new_err(text));
    }
    depth(pct)
}

/// Refuses what an index of the profile does not follow: it would be that of other settings than the caller thinks.
pub(crate) fn refuse_unused(
    profile: Profile,
    settings: &Bound<'_, PyDict>,
    has_within: bool,
) -> PyResult<()> {
    let refused = |what: String, is_known: &dyn Fn(Profile) -> bool| {
        let (name, known) = (profile.code(), Profile::ALL.into_iter().filter(|&known| is_known(known)));
        let known = known.map(Profile::code).collect::<Vec<_>>().join(", ");
        PyValueError::new_err(format!(
            "profile {name:?} has no {what}, its events stay the same: {known} have it"
        ))
    };
    let knows_parts = |profile: Profile| profile.denominator() == Denominator::ValidSpo2;
    if has_within && !knows_parts(profile) {
        return Err(refused("within".to_owned(), &knows_parts));
    }
    for name in settings.keys() {
        let setting = setting(&name.extract::<String>()?)?;
        if !setting.is_followed_by(profile) {
            let name = format!("setting {:?}", setting.code());
            return Err(refused(name, &|profile| setting.is_followed_by(profile)));
        }
    }
    Ok(())
}

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
pub(crate) fn analysis(settings: &Bound<'_, PyDict>) -> PyResult<AnalysisOptions> {
    let mut options = AnalysisOptions::default();
    for (name, value) in settings {
        let setting = setting(&name.extract::<String>()?)?;
        set(&mut options, setting, &value)?;
    }
    let off = settings.get_item("median3")?.is_some_and(|value| value.extract().is_ok_and(|on: bool| !on));
    if off && settings.contains("median_readings")? {
        return Err(PyValueError::new_err(
            "median_readings is of a running median, and median3=False has none",
        ));
    }
    Ok(options)
}

/// The setting of a name; what is listed is no setting here, but `listed_pct`.
fn setting(name: &str) -> PyResult<Setting> {
    let known = name.parse().ok().filter(|&setting| setting != Setting::Listed);
    known.ok_or_else(|| PyTypeError::new_err(format!("there is no setting {name:?}")))
}

fn set(options: &mut AnalysisOptions, setting: Setting, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let wrong = || {
        let (name, expected) = (setting.code(), setting.expected());
        PyValueError::new_err(format!("{name} must be {expected}, not {value}"))
    };
    let other_kind = |error: PyErr| {
        let is_out_of_range = error.is_instance_of::<PyOverflowError>(value.py());
        let text = || format!("{}: {}", setting.code(), error.value(value.py()));
        if is_out_of_range { wrong() } else { PyTypeError::new_err(text()) }
    };
    let word: String;
    let plain = match setting.kind() {
        _ if value.is_none() => Value::Nothing,
        Kind::Flag => Value::Flag(value.extract().map_err(other_kind)?),
        Kind::Whole => Value::Whole(value.extract().map_err(other_kind)?),
        Kind::Range => {
            let (low, high) = value.extract().map_err(|_: PyErr| wrong())?;
            Value::Range(low, high)
        }
        Kind::Word => {
            word = value.extract().map_err(other_kind)?;
            Value::Word(&word)
        }
    };
    options.set(setting, plain).map_err(|_| wrong())
}
