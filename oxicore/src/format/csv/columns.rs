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

    /// By position; where the header names both SpO2 and pulse in known words, by these.
    pub(super) fn of_header(header: &[u8], delimiter: u8) -> Self {
        let mut words = [None; MOST];
        for (slot, cell) in words.iter_mut().zip(names(header, delimiter)) {
            *slot = word(cell);
        }
        let is_named = names_reading(&words, Role::Spo2) && names_reading(&words, Role::Pulse);
        let has = |role| words.contains(&Some(role));
        let has_reminders = has(Role::Spo2Reminder) || has(Role::PulseReminder);
        let mut roles = Self::VENDOR.0;
        for (role, word) in roles.iter_mut().zip(words) {
            *role = match (word, *role) {
                (Some(Role::Other), Role::Motion | Role::Spo2Reminder | Role::PulseReminder) => Role::Other,
                (_, by_position) if !is_named => by_position,
                (Some(named), _) => named,
                (_, Role::Motion) if !has(Role::Motion) => Role::Motion,
                (_, reminder @ (Role::Spo2Reminder | Role::PulseReminder)) if !has_reminders => reminder,
                _ => Role::Other,
            };
        }
        if let [Some(Role::Pulse), None, ..] | [None, Some(Role::Spo2), ..] = words
            && !is_named
        {
            roles.swap(0, 1);
        }
        Self(roles)
    }
}

/// Whether one word names it where readings are. Behind a word that is not known it may be its reminder's.
fn names_reading(words: &[Option<Role>; MOST], reading: Role) -> bool {
    const READINGS: usize = 3;
    let mut places = words.iter().enumerate().filter(|(_, word)| **word == Some(reading));
    let is_known = matches!(words, [Some(_), Some(_), ..]);
    places.next().is_some_and(|(at, _)| is_known || at < READINGS) && places.next().is_none()
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

type Word = (Stands, &'static [u8], Role);

/// The words that say what a column holds, the deciding ones first.
const WORDS: [Word; 31] = {
    use Stands::{Alone, Anywhere, First};
    [
        (Anywhere, b"invalid", Role::Other),
        (Anywhere, b"reserved", Role::Other),
        (Anywhere, b"step", Role::Other),
        (Anywhere, b"battery", Role::Other),
        (Anywhere, b"perfusion", Role::Other),
        (Alone, b"pi", Role::Other),
        (First, b"pi_", Role::Other),
        (First, b"pi(", Role::Other),
        (First, b"pi ", Role::Other),
        (Anywhere, b"motion", Role::Motion),
        (Anywhere, b"movement", Role::Motion),
        (Anywhere, b"movim", Role::Motion),
        (Anywhere, b"mouvement", Role::Motion),
        (Anywhere, b"bewegung", Role::Motion),
        (Anywhere, b"accel", Role::Motion),
        (Anywhere, b"spo2", Role::Spo2),
        (Anywhere, b"sao2", Role::Spo2),
        (Anywhere, b"ox", Role::Spo2),
        (Anywhere, b"sauerstoff", Role::Spo2),
        (Anywhere, b"ossig", Role::Spo2),
        (First, b"o2", Role::Spo2),
        (Anywhere, b"puls", Role::Pulse),
        (Anywhere, b"heart", Role::Pulse),
        (Anywhere, b"herz", Role::Pulse),
        (Anywhere, b"cardi", Role::Pulse),
        (Anywhere, b"bpm", Role::Pulse),
        (Anywhere, b"bmp", Role::Pulse),
        (Alone, b"pr", Role::Pulse),
        (Alone, b"hr", Role::Pulse),
        (First, b"pr(", Role::Pulse),
        (First, b"hr(", Role::Pulse),
    ]
};

/// The role that a column's name says, if it is a known word.
fn word(name: &[u8]) -> Option<Role> {
    let has = |&&(stands, word, _): &&Word| stands.has(name, word);
    if Stands::Anywhere.has(name, b"remind") || Stands::Anywhere.has(name, b"vibra") {
        let is_oxygen = Stands::First.has(name, b"vibra")
            || WORDS.iter().filter(|(.., role)| *role == Role::Spo2).any(|word| has(&word));
        return Some(if is_oxygen { Role::Spo2Reminder } else { Role::PulseReminder });
    }
    let is_romanian_motion = Stands::First.has(name, b"mi") && name.len() > 6 && name.ends_with(b"care");
    match WORDS.iter().find(has) {
        Some(&(.., Role::Spo2 | Role::Pulse)) | None if is_romanian_motion => Some(Role::Motion),
        found => found.map(|&(.., role)| role),
    }
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
            ("time;spo2;pulse;pi_pct;motion", b';', [Spo2, Pulse, Other, Motion, PulseReminder]),
            ("time\tpulse\tspo2", b'\t', [Pulse, Spo2, Motion, Spo2Reminder, PulseReminder]),
            ("Date,Time,SpO2(%),PR(bpm)", b',', [Spo2, Pulse, Motion, Spo2Reminder, PulseReminder]),
        ] {
            assert_eq!(roles(header, delimiter), expected, "{header}");
        }
    }
}
