//! A figure of an analysis: its value, and its path in the stable JSON, which the browser's scripts know it by.

use oxicore::{PulseRate, Span, Spo2, Summary};

/// A number of an analysis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// A whole one.
    Whole(u32),
    /// A quotient.
    Real(f64),
}

impl Number {
    /// The unrounded number as the stable JSON writes it.
    pub(super) fn raw(self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => serde_json::Value::from(number).to_string(),
        }
    }

    pub(super) fn as_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number.into(),
            Self::Real(number) => number,
        }
    }
}

/// What an analysis may say as a number; `None` is undefined.
pub(super) trait Measured {
    fn number(self) -> Option<Number>;
}

macro_rules! measured {
    ($($kind:ty => |$value:ident| $number:expr),* $(,)?) => {
        $(impl Measured for $kind {
            fn number(self) -> Option<Number> {
                let $value = self;
                Some($number)
            }
        })*
    };
}

measured! {
    u32 => |number| Number::Whole(number),
    f64 => |number| Number::Real(number),
    Span => |span| Number::Whole(span.as_secs()),
    Spo2 => |spo2| Number::Whole(spo2.as_pct().into()),
    PulseRate => |pulse| Number::Whole(pulse.as_bpm().into()),
}

impl<T: Measured> Measured for Option<T> {
    fn number(self) -> Option<Number> {
        self.and_then(T::number)
    }
}

/// A figure: where the stable JSON has it, and its value.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Its path in the stable JSON.
    pub path: &'static str,
    /// Its value; `None` where it is undefined.
    pub(super) of: fn(&Summary) -> Option<Number>,
}

/// Path and value from the same words: `figure!(aasm.odi3.count)`, or `figure!(spo2? min_pct)` in a part that a night
/// may lack.
macro_rules! figure {
    ($part:ident? $field:ident) => {
        Figure {
            path: concat!(stringify!($part), ".", stringify!($field)),
            of: |summary| summary.$part.as_ref().and_then(|part| part.$field.number()),
        }
    };
    ($first:ident $(.$step:ident)*) => {
        Figure {
            path: concat!(stringify!($first) $(, ".", stringify!($step))*),
            of: |summary| summary.$first $(.$step)*.number(),
        }
    };
}

pub(super) use figure;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_named_by_the_way_to_it() {
        assert_eq!(figure!(aasm.odi3.per_h).path, "aasm.odi3.per_h");
        assert_eq!(figure!(spo2? min_pct).path, "spo2.min_pct");
    }

    #[test]
    fn numbers_are_written_as_in_the_json() {
        let numbers = [4.0, 100.0 / 3.0, 1e-9, 1e21];
        let json = numbers.map(|number| serde_json::to_string(&number).unwrap());
        assert_eq!(numbers.map(|number| Number::Real(number).raw()), json);
        assert_eq!(json[..2], ["4.0", "33.333333333333336"]);
        assert_eq!(Number::Whole(9_001).raw(), "9001");
        assert_eq!((None::<f64>.number(), Span::from_secs(4).number()), (None, Some(Number::Whole(4))));
    }
}
