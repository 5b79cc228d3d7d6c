//! What each cell of a row holds. The order is the same in every vendor dialect, and the words are translated, so the
//! position decides; words that are known correct it for files of other tools. Source: docs/FORMATS.md, "Columns".

use super::cells::Cells;

/// What a cell after the time holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Spo2,
    Pulse,
    Motion,
    Spo2Reminder,
    PulseReminder,
    Other,
}

const MOST: usize = 16;

/// The roles of the cells after the time, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns([Role; MOST]);

impl Columns {
    /// Time, SpO2, pulse, motion, two reminders.
    pub(super) const VENDOR: Self = {
        let mut roles = [Role::Other; MOST];
        roles[0] = Role::Spo2;
        roles[1] = Role::Pulse;
        roles[2] = Role::Motion;
        roles[3] = Role::Spo2Reminder;
        roles[4] = Role::PulseReminder;
        Self(roles)
    };

    /// The role of the cell so many cells after the time.
    pub(super) fn role(&self, index: usize) -> Role {
        self.0.get(index).copied().unwrap_or(Role::Other)
    }

    /// Whether some column holds SpO2.
    pub(super) fn has_spo2(&self) -> bool {
        self.0.contains(&Role::Spo2)
    }

    /// Whether some column holds the pulse; a text without one is read without it.
    pub(super) fn has_pulse(&self) -> bool {
        self.0.contains(&Role::Pulse)
    }

    /// By the words of the header, which no position overrules; by position where words are not known, as in the many
    /// languages of the vendors' apps.
    pub(super) fn of_header(header: &[u8], delimiter: u8) -> Self {
        let mut words = [Word::Absent; MOST];
        for (slot, cell) in words.iter_mut().zip(names(header, delimiter)) {
            *slot = Word::of(cell);
        }
        let mut roles = [Role::Other; MOST];
        let [spo2, pulse] = readings(&words);
        for (role, reading) in [(Role::Spo2, spo2), (Role::Pulse, pulse)] {
            if let Some(slot) = reading.and_then(|at| roles.get_mut(at)) {
                *slot = role;
            }
        }
        companions(&words, &mut roles);
        Self(roles)
    }
}

/// Where SpO2 and pulse are: at their plainest names; else, of the first two columns, where no word says otherwise.
fn readings(words: &[Word; MOST]) -> [Option<usize>; 2] {
    let named = [Role::Spo2, Role::Pulse].map(|role| plainest(words, role));
    let [first, second, ..] = words;
    let free = |at: usize| [first, second].get(at).is_some_and(|word| matches!(word, Word::Unknown));
    match named {
        [Some(spo2), None] => [Some(spo2), [1, 0].into_iter().find(|&at| at != spo2 && spo2 < 2 && free(at))],
        [None, Some(pulse)] => [[0, 1].into_iter().find(|&at| at != pulse && free(at)), Some(pulse)],
        [None, None] if matches!(first, Word::Absent) => [Some(0), Some(1)],
        [None, None] => [Some(0).filter(|&at| free(at)), Some(1).filter(|&at| free(at))],
        both => both,
    }
}

/// The column whose name says the reading most plainly, the first of several. A short word such as `O2` behind the
/// third column names a reminder, unless the first two columns are known.
fn plainest(words: &[Word; MOST], reading: Role) -> Option<usize> {
    const READINGS: usize = 3;
    let are_known = !words.iter().take(2).any(|word| matches!(word, Word::Unknown));
    let named = words.iter().enumerate().filter_map(|(at, word)| match *word {
        Word::Reading(role, plainness) if role == reading => {
            let counts = plainness != Plainness::Short || at < READINGS || are_known;
            counts.then_some((plainness, at))
        }
        _ => None,
    });
    named.min().map(|(_, at)| at)
}

/// Motion and reminders: by name, else in the vendors' places.
fn companions(words: &[Word; MOST], roles: &mut [Role; MOST]) {
    let has = |role| words.contains(&Word::Known(role));
    let has_reminders = has(Role::Spo2Reminder) || has(Role::PulseReminder);
    for ((role, word), by_position) in roles.iter_mut().zip(words).zip(Columns::VENDOR.0) {
        let is_reminder = matches!(by_position, Role::Spo2Reminder | Role::PulseReminder);
        let is_open = match by_position {
            Role::Motion => !has(Role::Motion),
            _ => is_reminder && !has_reminders,
        };
        match (*role, *word) {
            (Role::Other, Word::Known(known)) => *role = known,
            (Role::Other, Word::Unknown | Word::Absent) if is_open => *role = by_position,
            (Role::Other, Word::Reading(_, Plainness::Short)) if is_reminder => *role = by_position,
            _ => {}
        }
    }
}

/// What the name of a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// The header has no such column.
    Absent,
    /// A word of a language that is not known here.
    Unknown,
    /// Something beside the readings; [`Role::Other`] for what is of no use.
    Known(Role),
    /// SpO2 or pulse.
    Reading(Role, Plainness),
}

/// How plainly a column's name says that it holds the readings themselves; plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Plainness {
    Plain,
    /// `O2`, `PR`, `HR`: also used for reminders.
    Short,
    /// A mean over some time.
    Mean,
}

/// The names after the time column; a date may have a column of its own.
fn names(header: &[u8], delimiter: u8) -> impl Iterator<Item = &[u8]> {
    let mut cells = Cells::of_line(header, delimiter);
    let first = cells.next_cell().unwrap_or_default();
    let mut second = cells.clone();
    let is_split = second.next_cell().is_some_and(|cell| is_date_and_time(first, cell));
    let mut rest = if is_split { second } else { cells };
    core::iter::from_fn(move || rest.next_cell())
}

fn is_date_and_time(a: &[u8], b: &[u8]) -> bool {
    let is = |cell: &[u8], word: &[u8]| cell.eq_ignore_ascii_case(word);
    (is(a, b"date") && is(b, b"time")) || (is(a, b"time") && is(b, b"date"))
}

/// Where in a column's name a word stands.
#[derive(Clone, Copy)]
enum Stands {
    Anywhere,
    First,
    Alone,
}

/// Names of what is no reading, or is made of readings: quality, alarms, amplitudes, extremes, counters.
const BESIDE: [(Stands, &[u8]); 54] = {
    use Stands::{Alone, Anywhere, First};
    [
        (Anywhere, b"invalid"),
        (Anywhere, b"reserved"),
        (Anywhere, b"step"),
        (Anywhere, b"batter"),
        (Anywhere, b"perfusion"),
        (Alone, b"pi"),
        (First, b"pi_"),
        (First, b"pi("),
        (First, b"pi "),
        (Anywhere, b"quality"),
        (Anywhere, b"qualit\xc3"),
        (Anywhere, b"calitate"),
        (Anywhere, b"alarm"),
        (Anywhere, b"amplitud"),
        (Anywhere, b"wave"),
        (Anywhere, b"pleth"),
        (Anywhere, b"bargraph"),
        (Anywhere, b"signal"),
        (Anywhere, b"strength"),
        (Anywhere, b"confiden"),
        (Anywhere, b"status"),
        (Anywhere, b"drop"),
        (Anywhere, b"error"),
        (Anywhere, b"event"),
        (Anywhere, b"limit"),
        (Anywhere, b"threshold"),
        (Anywhere, b"baseline"),
        (Anywhere, b"variab"),
        (Alone, b"hrv"),
        (Anywhere, b"finger"),
        (Anywhere, b"probe"),
        (Anywhere, b"search"),
        (Anywhere, b"beep"),
        (Anywhere, b"elapsed"),
        (Anywhere, b"index"),
        (Anywhere, b"sample"),
        (Alone, b"count"),
        (Alone, b"id"),
        (Alone, b"no."),
        (Alone, b"nr"),
        (Anywhere, b"second"),
        (Anywhere, b"breath"),
        (Anywhere, b"resp"),
        (Anywhere, b"atem"),
        (Anywhere, b"temp"),
        (Anywhere, b"pressure"),
        (Anywhere, b"flow"),
        (Anywhere, b"snor"),
        (Anywhere, b"position"),
        (Anywhere, b"minim"),
        (Anywhere, b"maxim"),
        (Alone, b"user"),
        (Alone, b"device"),
        (Alone, b"note"),
    ]
};

/// Words of a name, divided by anything that is no letter, that make an extreme of a reading.
const EXTREMES: [&[u8]; 6] = [b"min", b"max", b"low", b"high", b"sd", b"std"];
/// Beginnings of names for a mean.
const MEANS: [&[u8]; 5] = [b"avg", b"average", b"mean", b"median", b"medie"];

/// The words that say what a column holds, the deciding ones first.
const WORDS: [(Stands, &[u8], Role, Plainness); 28] = {
    use Plainness::{Plain, Short};
    use Stands::{Alone, Anywhere, First};
    [
        (Anywhere, b"motion", Role::Motion, Plain),
        (Anywhere, b"movement", Role::Motion, Plain),
        (Anywhere, b"movim", Role::Motion, Plain),
        (Anywhere, b"mouvement", Role::Motion, Plain),
        (Anywhere, b"bewegung", Role::Motion, Plain),
        (Anywhere, b"accel", Role::Motion, Plain),
        (Anywhere, b"spo2", Role::Spo2, Plain),
        (Anywhere, b"sao2", Role::Spo2, Plain),
        (Anywhere, b"sato2", Role::Spo2, Plain),
        (Anywhere, b"satur", Role::Spo2, Plain),
        (Anywhere, b"ox", Role::Spo2, Plain),
        (Anywhere, b"sauerstoff", Role::Spo2, Plain),
        (Anywhere, b"ossig", Role::Spo2, Plain),
        (First, b"o2", Role::Spo2, Short),
        (Anywhere, b"puls", Role::Pulse, Plain),
        (Anywhere, b"heart", Role::Pulse, Plain),
        (Anywhere, b"herz", Role::Pulse, Plain),
        (Anywhere, b"cardi", Role::Pulse, Plain),
        (Anywhere, b"bpm", Role::Pulse, Plain),
        (Anywhere, b"bmp", Role::Pulse, Plain),
        (Alone, b"pr", Role::Pulse, Short),
        (Alone, b"hr", Role::Pulse, Short),
        (First, b"pr(", Role::Pulse, Short),
        (First, b"hr(", Role::Pulse, Short),
        (First, b"pr ", Role::Pulse, Short),
        (First, b"hr ", Role::Pulse, Short),
        (First, b"pr_", Role::Pulse, Short),
        (First, b"hr_", Role::Pulse, Short),
    ]
};

impl Word {
    fn of(name: &[u8]) -> Self {
        let has = |(stands, word): (Stands, &[u8])| stands.has(name, word);
        let is_oxygen =
            || WORDS.iter().any(|&(stands, word, role, _)| role == Role::Spo2 && has((stands, word)));
        if has((Stands::Anywhere, b"remind")) || has((Stands::Anywhere, b"vibra")) {
            let is_spo2 = has((Stands::First, b"vibra")) || is_oxygen();
            return Self::Known(if is_spo2 { Role::Spo2Reminder } else { Role::PulseReminder });
        }
        if is_extreme(name) || BESIDE.into_iter().any(has) {
            return Self::Known(Role::Other);
        }
        let is_romanian_motion = Stands::First.has(name, b"mi") && name.len() > 6 && name.ends_with(b"care");
        let is_mean = MEANS.iter().any(|word| Stands::Anywhere.has(name, word));
        match WORDS.iter().find(|&&(stands, word, ..)| has((stands, word))) {
            Some(&(.., Role::Spo2 | Role::Pulse, _)) | None if is_romanian_motion => {
                Self::Known(Role::Motion)
            }
            Some(&(_, _, reading @ (Role::Spo2 | Role::Pulse), _)) if is_mean => {
                Self::Reading(reading, Plainness::Mean)
            }
            Some(&(_, _, reading @ (Role::Spo2 | Role::Pulse), plainness)) => {
                Self::Reading(reading, plainness)
            }
            Some(&(_, _, role, _)) => Self::Known(role),
            None => Self::Unknown,
        }
    }
}

/// Whether a word of it makes an extreme; `min` in a unit such as `1/min` is a minute.
fn is_extreme(name: &[u8]) -> bool {
    let is_rate =
        [&b"/min"[..], b"per min", b"min-1"].into_iter().any(|unit| Stands::Anywhere.has(name, unit));
    let mut parts = name.split(|byte| !byte.is_ascii_alphabetic());
    let is = |part: &[u8], word: &[u8]| part.eq_ignore_ascii_case(word) && !(is_rate && word == b"min");
    parts.any(|part| EXTREMES.iter().any(|word| is(part, word)))
}

impl Stands {
    /// In letters of any case.
    fn has(self, name: &[u8], word: &[u8]) -> bool {
        let is = |part: &[u8]| part.eq_ignore_ascii_case(word);
        match self {
            Self::Anywhere => name.windows(word.len()).any(is),
            Self::First => name.get(..word.len()).is_some_and(is),
            Self::Alone => is(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Role::{Motion, Other, Pulse, PulseReminder, Spo2, Spo2Reminder};
    use super::*;

    fn roles<const N: usize>(header: &str, delimiter: u8) -> [Role; N] {
        let columns = Columns::of_header(header.as_bytes(), delimiter);
        core::array::from_fn(|index| columns.role(index))
    }

    #[test]
    fn vendor_headers_mean_their_positions() {
        let all = [Spo2, Pulse, Motion, Spo2Reminder, PulseReminder];
        for header in [
            "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder",
            "Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder,",
            "Time,Oxygen Level(%),Pulse Rate(bpm),Motion,Oxygen Level Reminder,PR Reminder,",
            "Zeit,Wert A,Wert B,Wert C,Wert D,Wert E",
        ] {
            assert_eq!(roles(header, b','), all, "{header}");
        }
        assert_eq!(roles("Timp,Nivel de oxigen,Puls cardiac,Mi\u{15f}care", b','), [Spo2, Pulse, Motion]);
        let spanish = "Time,SpO2(%),Pulse Rate(bmp),Movimiento,Vibraci\u{f3}n";
        assert_eq!(roles(spanish, b','), [Spo2, Pulse, Motion, Spo2Reminder, Other]);
    }

    #[test]
    fn words_of_a_language_that_is_half_known_do_not_move_readings() {
        for header in [
            "Tid,Syreniv\u{e5},Puls,R\u{f6}relse,O2-p\u{e5}minnelse,PR-p\u{e5}minnelse",
            "Zeit,S\u{e4}ttigung,Puls,Bewegung,O2-Hinweis,PF-Hinweis",
            "Time,Saturation,Pulse Rate,Motion,O2 Alert,PR Alert",
            "Zaman,Oksijen Seviyesi,Nab\u{131}z,Hareket,O2,PR",
            "Tid,SpO2(%),Hj\u{e4}rtslag,R\u{f6}relse,Vibration,PR",
            "Zeit,SpO2,Puls,Bewegung,O2-Vibration,PR-Vibration",
        ] {
            assert_eq!(roles(header, b','), [Spo2, Pulse, Motion, Spo2Reminder, PulseReminder], "{header}");
        }
        assert_eq!(roles("Tid,Puls,Syreniv\u{e5},Motion", b','), [Pulse, Spo2, Motion]);
        assert_eq!(roles("Tid,Hj\u{e4}rtslag,SpO2", b','), [Pulse, Spo2]);
        assert_eq!(roles("Time,Count,SpO2,Pulse Rate", b','), [Other, Spo2, Pulse]);
        assert_eq!(roles("Time,Battery,Motion,SpO2,HR", b','), [Other, Motion, Spo2, Pulse]);
    }

    #[test]
    fn columns_of_other_tools_are_told_by_their_names() {
        for (header, delimiter, expected) in [
            (
                "Time,SpO2(%),Pulse Rate(bpm),Motion,Vibration,Invalid",
                b',',
                [Spo2, Pulse, Motion, Spo2Reminder, Other],
            ),
            (
                "Time,SpO2(%),Pulse Rate(bpm),Acceleration,Reserved",
                b',',
                [Spo2, Pulse, Motion, Other, PulseReminder],
            ),
            ("Time,Oxygen Level,Pulse Rate,Steps", b',', [Spo2, Pulse, Other, Spo2Reminder, PulseReminder]),
            ("Time,Pulse,SpO2,Pulse Amplitude", b',', [Pulse, Spo2, Other, Spo2Reminder, PulseReminder]),
            (
                "Time,SpO2 (%),Puls (1/min),SpO2 min,SpO2 max,x",
                b',',
                [Spo2, Pulse, Other, Other, PulseReminder],
            ),
            ("Time,SpO2 avg,SpO2 min,SpO2 max,Pulse", b',', [Spo2, Other, Other, Pulse, PulseReminder]),
            ("Time,SpO2 avg,SpO2,Pulse avg,Pulse", b',', [Other, Spo2, Other, Pulse, PulseReminder]),
            ("Time,O2,Pulse,SpO2", b',', [Other, Pulse, Spo2, Spo2Reminder, PulseReminder]),
            (
                "time_iso,elapsed_s,sample_index,spo2,pulse_rate",
                b',',
                [Other, Other, Spo2, Pulse, PulseReminder],
            ),
            ("Time,SpO2(%),Motion,Steps,Breaths", b',', [Spo2, Motion, Other, Other, PulseReminder]),
            ("Time,Heart Rate,Motion,HRV,Confidence", b',', [Pulse, Motion, Other, Other, PulseReminder]),
            ("time;spo2;pulse;pi_pct;motion", b';', [Spo2, Pulse, Other, Motion, PulseReminder]),
            ("time\tpulse\tspo2", b'\t', [Pulse, Spo2, Motion, Spo2Reminder, PulseReminder]),
            ("Date,Time,SpO2(%),PR(bpm)", b',', [Spo2, Pulse, Motion, Spo2Reminder, PulseReminder]),
        ] {
            assert_eq!(roles(header, delimiter), expected, "{header}");
        }
    }
}
