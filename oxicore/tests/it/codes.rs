//! Words for the values of enums: the same in code, text and JSON.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use oxicore::chart::Channel;
use oxicore::desaturation::aasm::Recovery;
use oxicore::export::Gaps;
use oxicore::{
    Profile, Threshold,
    desaturation::Outcome,
    error::UnknownCode,
    format::Format,
    index::{Denominator, Severity},
    join::Apart,
    notices::{DateOrder, DateOrderRule, StartSource},
    reconcile::{Rule, Side},
};

/// A word, and the value it stands for.
fn assert_word<T: Copy + Debug + Display + PartialEq + FromStr<Err = UnknownCode>>(value: T, code: &str) {
    assert_eq!(value.to_string(), code);
    assert_eq!(code.parse(), Ok(value));
    assert!(code.to_uppercase().parse::<T>().is_err() && "".parse::<T>().is_err());
}

macro_rules! assert_words {
    ($($name:ident: $count:literal),+) => {
        $(
            assert_eq!($name::ALL.len(), $count);
            for value in $name::ALL {
                assert_word(value, value.code());
                assert_eq!(serde_json::to_value(value).unwrap(), value.code(), "{value:?}");
                assert_eq!(serde_json::from_value::<$name>(value.code().into()).unwrap(), value);
            }
        )+
    };
}

#[test]
fn the_word_of_a_value_is_that_of_its_json() {
    assert_words!(
        Profile: 6, Denominator: 3, Severity: 4, Format: 7, StartSource: 6, DateOrder: 2, DateOrderRule: 7,
        Threshold: 2, Outcome: 4, Recovery: 3, Rule: 9, Side: 2
    );
    assert_word(Format::Columns, "columns");
}

#[test]
fn what_is_in_no_result_has_words_without_json() {
    Channel::ALL.into_iter().for_each(|channel| assert_word(channel, channel.code()));
    Gaps::ALL.into_iter().for_each(|gaps| assert_word(gaps, gaps.code()));
}

#[test]
fn an_unknown_word_is_told_the_known_ones() {
    let error = "median".parse::<Recovery>().unwrap_err();
    assert_eq!(error.to_string(), "not one of taha, peak, fraction");
    assert_eq!(error.known(), ["taha", "peak", "fraction"]);
}

#[test]
fn thresholds_are_found_by_their_percent() {
    assert_eq!(
        Threshold::ALL.map(|threshold| Threshold::from_pct(threshold.as_pct())),
        Threshold::ALL.map(Some)
    );
    assert_eq!([2, 5].map(Threshold::from_pct), [None, None]);
}

#[test]
fn why_recordings_are_apart_is_a_sentence() {
    for why in Apart::ALL {
        assert_eq!(why.code().parse(), Ok(why));
        assert!(why.to_string().contains(' ') && !why.to_string().ends_with('.'), "{why}");
    }
    assert_eq!(
        (Apart::TooFar.code(), Apart::TooFar.to_string().as_str()),
        ("too-far", "more than 300 s lie between them")
    );
}
