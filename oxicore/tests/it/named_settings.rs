//! Settings one by one, by name.

use oxicore::settings::{Kind, Setting, Value};
use oxicore::{AnalysisOptions, Profile, Threshold};
use serde_json::{Value as Json, json};

/// A value that the setting may have and that is not the usual one, and its JSON.
fn other(setting: Setting) -> (Value<'static>, Json) {
    let word = match setting {
        Setting::Recovery => "peak",
        _ => "bridge",
    };
    match setting.kind() {
        Kind::Flag => (Value::Flag(setting != Setting::Slope), json!(setting != Setting::Slope)),
        Kind::Whole if setting == Setting::MedianReadings => (Value::Whole(7), json!(7)),
        Kind::Whole => (Value::Whole(4), json!(4)),
        Kind::Range => (Value::Range(60, 90), json!([60, 90])),
        Kind::Word => (Value::Word(word), json!(word)),
    }
}

/// The options as JSON has them, in whichever part there is such a name.
fn from_json(name: &str, value: &Json) -> Option<AnalysisOptions> {
    let whole = ["filter", "aasm", "pulse"].map(|part| json!({part: {name: value}}));
    whole.into_iter().find_map(|options| serde_json::from_value(options).ok())
}

#[test]
fn a_setting_has_the_name_and_the_effect_that_it_has_in_json() {
    for setting in Setting::ALL.into_iter().filter(|&setting| setting != Setting::Listed) {
        let (value, json) = other(setting);
        let mut options = AnalysisOptions::default();
        assert_eq!(options.set(setting, value), Ok(()), "{setting}");
        let mut expected = from_json(setting.code(), &json).unwrap();
        expected.aasm.median3 |= setting == Setting::MedianReadings;
        assert_eq!(options, expected, "{setting}");
        assert_ne!(options, AnalysisOptions::default(), "{setting}");
    }
    let mut options = AnalysisOptions::default();
    assert_eq!(options.set(Setting::Listed, Value::Whole(4)), Ok(()));
    assert_eq!(options, AnalysisOptions::default().with_listed(Threshold::Four));
}

#[test]
fn every_setting_of_json_has_a_name_of_its_own() {
    let options = serde_json::to_value(AnalysisOptions::default()).unwrap();
    let parts = ["filter", "aasm", "pulse"].map(|part| options[part].as_object().unwrap().keys().cloned());
    for name in parts.into_iter().flatten() {
        assert!(name.parse::<Setting>().is_ok(), "{name}");
    }
}

#[test]
fn what_a_setting_cannot_be_changes_nothing_and_is_refused_by_name() {
    let values = [
        Value::Nothing,
        Value::Flag(true),
        Value::Whole(0),
        Value::Whole(5_000),
        Value::Word("soon"),
        Value::Range(0, 90),
        Value::Range(90, 90),
        Value::Range(95, 90),
        Value::Range(60, 301),
    ];
    let mut refused = 0;
    for (setting, value) in Setting::ALL.into_iter().flat_map(|setting| values.map(|value| (setting, value)))
    {
        let mut options = AnalysisOptions::default();
        if let Err(wrong) = options.set(setting, value) {
            let text = format!("{} must be {}", setting.code(), setting.expected());
            assert_eq!((wrong.to_string(), options), (text, AnalysisOptions::default()), "{value:?}");
            refused += 1;
        }
        let is_kind = match value {
            Value::Nothing => setting == Setting::MaxMotion,
            Value::Flag(_) => setting.kind() == Kind::Flag,
            Value::Whole(_) => setting.kind() == Kind::Whole,
            Value::Range(..) => false,
            Value::Word(_) => false,
        };
        assert!(is_kind || AnalysisOptions::default().set(setting, value).is_err(), "{setting} {value:?}");
    }
    assert!(refused > 150, "{refused}");
    let at_least_one = AnalysisOptions::default().set(Setting::MinDurationS, Value::Whole(0)).unwrap_err();
    assert_eq!(at_least_one.to_string(), "min_duration_s must be a whole number, at least 1");
}

#[test]
fn the_index_of_a_profile_follows_the_settings_that_its_definition_has() {
    let followed = |profile: Profile| Setting::ALL.into_iter().filter(|s| s.is_followed_by(profile)).count();
    let counts = Profile::ALL.map(followed);
    assert_eq!(counts, [21, 21, 4, 4, 10, 10]);
}
