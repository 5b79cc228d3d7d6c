//! The day of the week beside a date, in the languages of this platform's phones and desktops. Source: Unicode CLDR 44,
//! `days`, wide, abbreviated and short forms; small letters, also without marks where people leave them out.

use nom::Parser;
use nom::combinator::opt;

use super::signs::{NOTHING, Parsed, blanks, one_of, sign};
use super::words::{LONGEST, word};
use crate::time::LocalDateTime;

/// From Monday on.
const NAMES: [&[&str]; 7] = [
    &["monday", "mon", "luni", "lun", "lundi", "montag", "mo", "lunes", "lunedì", "lunedi"],
    &[
        "tuesday", "tue", "tues", "marți", "marţi", "marti", "mar", "mardi", "dienstag", "di", "martes",
        "martedì", "martedi",
    ],
    &[
        "wednesday",
        "wed",
        "miercuri",
        "mie",
        "mercredi",
        "mer",
        "mittwoch",
        "mi",
        "miércoles",
        "miercoles",
        "mié",
        "mercoledì",
        "mercoledi",
    ],
    &[
        "thursday",
        "thu",
        "thur",
        "thurs",
        "joi",
        "jeudi",
        "jeu",
        "donnerstag",
        "do",
        "jueves",
        "jue",
        "giovedì",
        "giovedi",
        "gio",
    ],
    &[
        "friday", "fri", "vineri", "vin", "vendredi", "ven", "freitag", "fr", "viernes", "vie", "venerdì",
        "venerdi",
    ],
    &[
        "saturday",
        "sat",
        "sâmbătă",
        "sambata",
        "sîmbătă",
        "sâm",
        "sam",
        "samedi",
        "samstag",
        "sonnabend",
        "sa",
        "sábado",
        "sabado",
        "sáb",
        "sab",
        "sabato",
    ],
    &[
        "sunday",
        "sun",
        "duminică",
        "duminica",
        "dum",
        "dimanche",
        "dim",
        "sonntag",
        "so",
        "domingo",
        "dom",
        "domenica",
    ],
];

/// 0 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::csv) struct Weekday(u8);

impl Weekday {
    pub(super) fn is_of(self, time: LocalDateTime) -> bool {
        const A_DAY: i64 = 86_400;
        const THURSDAY: i64 = 3; // 1970-01-01
        let days = time.unix_seconds().div_euclid(A_DAY).saturating_add(THURSDAY);
        days.rem_euclid(7) == i64::from(self.0)
    }
}

/// A day of the week, perhaps with a dot or a comma after it or in brackets, and the spaces around it.
pub(super) fn weekday(input: &[u8]) -> Parsed<'_, Weekday> {
    let (input, _) = (blanks, opt(sign(b"("))).parse(input)?;
    let mut letters = ['\0'; LONGEST];
    let (length, rest) = word(input, &mut letters);
    let letters = letters.get(..length).ok_or(NOTHING)?;
    let is_it = |name: &&str| name.chars().eq(letters.iter().copied());
    let found = NAMES.iter().zip(0_u8..).find(|(names, _)| names.iter().any(is_it));
    let (_, day) = found.ok_or(NOTHING)?;
    let (rest, _) = (opt(one_of(&[".", ")"])), opt(one_of(&[",", "\u{ff0c}"])), blanks).parse(rest)?;
    Ok((rest, Weekday(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_days() {
        for (day, names) in NAMES.iter().enumerate() {
            for name in *names {
                let read = weekday(name.as_bytes()).map(|(_, day)| usize::from(day.0));
                assert_eq!(read, Ok(day), "{name}");
            }
        }
    }

    #[test]
    fn a_day_is_a_whole_word() {
        for text in ["Monda 1", "Mondays 1", "M 1", "", "1 Mon", "noiembrie"] {
            assert!(weekday(text.as_bytes()).is_err(), "{text}");
        }
    }
}
