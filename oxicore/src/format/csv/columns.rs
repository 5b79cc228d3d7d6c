//! What each cell of a row holds: what the words of its [name](super::names) say, which no position overrules. The order is the
//! same in every vendor dialect, and no list of their translations is whole, so the position decides where words are not
//! known. Source: docs/FORMATS.md, "Columns".

use super::cells::Cells;
use super::names::{Plainness, Word, is_day_and_clock, is_english};
use super::time_column::TimeColumn;
use crate::format::hints::ColumnChoice;
use crate::label::Label;

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

const MOST: usize = 32;
/// Behind the roles of the cells after the time come those of the cells before it, which are known by their names alone.
const LEFT: usize = 24;

/// The roles of the cells after the time, from left to right, and before it.
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

    /// The role of the cell with this number, counted from the first, before the time.
    pub(super) fn left(&self, index: u8) -> Role {
        self.role(usize::from(index).saturating_add(LEFT))
    }

    /// Whether some reading stands before the time.
    pub(super) fn has_left(&self) -> bool {
        self.0.iter().skip(LEFT).any(|role| *role != Role::Other)
    }

    /// Whether some column holds SpO2.
    pub(super) fn has_spo2(&self) -> bool {
        self.0.contains(&Role::Spo2)
    }

    /// Whether some column holds the pulse; a text without one is read without it.
    pub(super) fn has_pulse(&self) -> bool {
        self.0.contains(&Role::Pulse)
    }

    /// What the caller chose; else by the words of the header, which no position overrules; by position where words are not
    /// known, as in the many languages of the vendors' apps, or where there is no header. Of the columns before the time
    /// only the readings count.
    ///
    /// # Errors
    /// The name of the choice that is no column behind the time.
    pub(super) fn of_header(
        header: &[u8],
        delimiter: u8,
        time: TimeColumn,
        choice: &ColumnChoice<'_>,
    ) -> Result<Self, &'static str> {
        let mut words = [Word::Absent; MOST];
        for (at, name) in places(header, delimiter, time) {
            if let Some(slot) = words.get_mut(at) {
                *slot = Word::of(name);
            }
        }
        if *choice != ColumnChoice::NONE {
            choose(header, delimiter, time, choice, &mut words)?;
        }
        let mut roles = [Role::Other; MOST];
        let name = Cells::of_line(header, delimiter).nth_cell(time.before).unwrap_or_default();
        let [spo2, pulse] = readings(&words, is_english(name));
        for (role, reading) in [(Role::Spo2, spo2), (Role::Pulse, pulse)] {
            if let Some(slot) = reading.and_then(|at| roles.get_mut(at)) {
                *slot = role;
            }
        }
        companions(&words, &mut roles);
        Ok(Self(roles))
    }

    /// Whether a header among the rows, if the line is one, has SpO2 and pulse in the same places.
    pub(super) fn are_of(&self, header: &[u8], delimiter: u8, time: TimeColumn) -> bool {
        if !names(header, delimiter, time).any(is_reading) {
            return true;
        }
        let place = |columns: &Self, role| columns.0.iter().position(|found| *found == role);
        let found = Self::of_header(header, delimiter, time, &ColumnChoice::NONE);
        found.is_ok_and(|found| {
            [Role::Spo2, Role::Pulse].iter().all(|&role| place(&found, role) == place(self, role))
        })
    }

    /// The names of the columns of SpO2 and pulse.
    pub(super) fn labels(&self, header: &[u8], delimiter: u8, time: TimeColumn) -> [Option<Label>; 2] {
        [Role::Spo2, Role::Pulse].map(|role| {
            let mut named = places(header, delimiter, time);
            named.find(|(at, _)| self.role(*at) == role).and_then(|(_, name)| Label::new(name))
        })
    }
}

/// Lets the chosen columns be what they were chosen for, and no other.
fn choose(
    header: &[u8],
    delimiter: u8,
    time_column: TimeColumn,
    choice: &ColumnChoice<'_>,
    words: &mut [Word; MOST],
) -> Result<(), &'static str> {
    let all = || {
        let mut cells = Cells::of_line(header, delimiter);
        core::iter::from_fn(move || cells.next_cell())
    };
    let is_there = |at: &usize| header.is_empty() || *at < all().count();
    if choice.time.is_some_and(|time| time.place(all()).filter(is_there).is_none()) {
        return Err("time");
    }
    let before = if header.is_empty() {
        usize::from(time_column.before).saturating_add(1)
    } else {
        all().count().saturating_sub(names(header, delimiter, time_column).count())
    };
    for (name, column, meaning) in [
        ("spo2", choice.spo2, Word::Reading(Role::Spo2, Plainness::Plain)),
        ("pulse", choice.pulse, Word::Reading(Role::Pulse, Plainness::Plain)),
        ("motion", choice.motion, Word::Known(Role::Motion)),
    ] {
        let Some(column) = column else { continue };
        words.iter_mut().filter(|word| word.is_of(meaning)).for_each(|word| *word = Word::Known(Role::Other));
        let place = column.place(all()).filter(is_there);
        let is_left = |at: usize| at < usize::from(time_column.before) && !header.is_empty();
        let index =
            |at: usize| if is_left(at) { Some(at.saturating_add(LEFT)) } else { at.checked_sub(before) };
        let slot = place.and_then(|at| words.get_mut(index(at)?));
        *slot.ok_or(name)? = meaning;
    }
    Ok(())
}

/// Where SpO2 and pulse are: at their plainest names; else, of the first two columns, where no word says otherwise. English
/// is known well enough: there a name that is not known is that of something else.
fn readings(words: &[Word; MOST], is_english: bool) -> [Option<usize>; 2] {
    let named = [Role::Spo2, Role::Pulse].map(|role| plainest(words, role, is_english));
    let [first, second, ..] = words;
    let is_named = named.iter().any(Option::is_some);
    let free = |at: usize| match [first, second].get(at) {
        Some(Word::Unknown) => !is_english,
        Some(Word::Illegible) => is_named && !is_english,
        _ => false,
    };
    match named {
        [Some(spo2), None] => [Some(spo2), [1, 0].into_iter().find(|&at| at != spo2 && spo2 < 2 && free(at))],
        [None, Some(pulse)] => [Some(0).filter(|&at| pulse == 1 && free(at)), Some(pulse)],
        [None, None] if matches!(first, Word::Absent) => [Some(0), Some(1)],
        [None, None] => [Some(0).filter(|&at| free(at)), Some(1).filter(|&at| free(at))],
        both => both,
    }
}

/// The column whose name says the reading most plainly, the first of several. A short word such as `O2` behind the
/// third column names a reminder, unless the first two columns are known.
fn plainest(words: &[Word; MOST], reading: Role, is_english: bool) -> Option<usize> {
    const READINGS: usize = 3;
    let are_known =
        is_english || !words.iter().take(2).any(|word| matches!(word, Word::Unknown | Word::Illegible));
    let named = words.iter().enumerate().filter_map(|(at, word)| match *word {
        Word::Reading(role, plainness) if role == reading => {
            let is_short = matches!(plainness, Plainness::Short | Plainness::Longer);
            let counts = !is_short || at < READINGS || are_known;
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
            (Role::Other, Word::Unknown | Word::Illegible | Word::Absent) if is_open => *role = by_position,
            (Role::Other, Word::Reading(_, Plainness::Short | Plainness::Longer)) if is_reminder => {
                *role = by_position;
            }
            _ => {}
        }
    }
}

/// The names after the time column; a date may have a column of its own.
fn names(header: &[u8], delimiter: u8, time: TimeColumn) -> impl Iterator<Item = &[u8]> {
    let mut cells = Cells::of_line(header, delimiter);
    for _ in 0..time.before {
        cells.next_cell();
    }
    let first = cells.next_cell().unwrap_or_default();
    let mut second = cells.clone();
    let is_split = second.next_cell().is_some_and(|cell| time.is_split || is_day_and_clock(first, cell));
    let mut rest = if is_split { second } else { cells };
    core::iter::from_fn(move || rest.next_cell())
}

/// The names after the time and before it, each with the place of its role.
fn places(header: &[u8], delimiter: u8, time: TimeColumn) -> impl Iterator<Item = (usize, &[u8])> {
    let mut cells = Cells::of_line(header, delimiter);
    let left = core::iter::from_fn(move || cells.next_cell()).take(time.before.into());
    names(header, delimiter, time).take(LEFT).enumerate().chain((LEFT..MOST).zip(left))
}

/// Cells after the time up to the last one that has a name. The maker's apps have one column of the time, which needs no
/// look at its words.
pub(super) fn named(header: &[u8], delimiter: u8, time: TimeColumn, is_ring: bool) -> usize {
    let mut of_ring = Cells::of_line(header, delimiter);
    let count = |names: &mut dyn Iterator<Item = &[u8]>| {
        let last = names.enumerate().filter(|(_, name)| !name.is_empty()).last();
        last.map_or(0, |(at, _)| at.saturating_add(1))
    };
    if is_ring {
        count(&mut core::iter::from_fn(|| of_ring.next_cell()).skip(1))
    } else {
        count(&mut names(header, delimiter, time))
    }
}

/// Whether the name of a column says that it holds SpO2 or the pulse.
pub(super) fn is_reading(name: &[u8]) -> bool {
    matches!(Word::of(name), Word::Reading(..))
}

/// Whether it says that it holds SpO2.
pub(super) fn is_spo2(name: &[u8]) -> bool {
    matches!(Word::of(name), Word::Reading(Role::Spo2, _))
}

#[cfg(test)]
mod tests {
    use super::Role::{Motion, Other, Pulse, PulseReminder, Spo2, Spo2Reminder};
    use super::*;

    fn roles<const N: usize>(header: &str, delimiter: u8) -> [Role; N] {
        let columns =
            Columns::of_header(header.as_bytes(), delimiter, TimeColumn::USUAL, &ColumnChoice::NONE).unwrap();
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

    #[test]
    fn known_words_of_many_languages_are_never_overruled_by_position() {
        for header in [
            "时间,脉率,血氧",
            "時刻,脈拍数,酸素飽和度",
            "시간,맥박,산소포화도",
            "Время,Пульс,Сатурация",
            "Час,ЧСС,Сатурація",
            "Heure,Pouls,Saturation",
            "Heure,Fréquence cardiaque,Oxygène",
            "Hora,Frecuencia cardíaca,Saturación",
            "Hora,FC,SatO2",
            "Hora,Batimentos,Oxigênio",
            "Ora,Polso,Ossigeno",
            "Ora,Frecvență cardiacă,Saturație",
            "Tijd,Hartslag,Zuurstof",
            "Tid,Hjärtfrekvens,Syrenivå",
            "Tid,Hjerterytme,Oksygen",
            "Tid,Puls,Iltmætning",
            "Aika,Syke,Happi",
            "Czas,Tętno,Natlenienie",
            "Čas,Tep,Kyslík",
            "Idő,Pulzus,Véroxigén",
            "Saat,Nabız,Oksijen",
            "Ώρα,Σφυγμός,Κορεσμός",
            "Time,Oximeter pulse,SpO2",
            "Time,Oximeter heart rate,Oximeter saturation",
            "Time,SpO2 PR (bpm),SpO2 (%)",
            "Time,PULSE_RATE,SPO2",
            "Time,pulseRate,spo2Value",
            "Time,PulseRate,SpO\u{2082}",
            "Time,HR [1/min],Sat [%]",
            "Time,Ring HR,Blood O2",
        ] {
            assert_eq!(roles(header, b','), [Pulse, Spo2], "{header}");
            let (time, names) = header.split_once(',').unwrap();
            let (pulse, spo2) = names.split_once(',').unwrap();
            assert_eq!(roles(&std::format!("{time},{spo2},{pulse}"), b','), [Spo2, Pulse], "{header}");
            assert_eq!(
                roles(&std::format!("{time},Steps,Battery,{spo2},{pulse}"), b','),
                [Other, Other, Spo2, Pulse],
                "{header}"
            );
        }
    }

    #[test]
    fn companions_of_other_spellings_are_no_readings() {
        for companion in [
            "PulseMin",
            "SpO2Max",
            "spo2min",
            "SpO2 < 90",
            "SpO2 5th percentile",
            "Pulse valid",
            "Desaturation",
            "SpO2 mínimo",
            "Herzfrequenz max",
            "SpO2 signal",
            "脉率最低",
            "Pulse interval",
            "Heart beats count",
        ] {
            let header = std::format!("Time,{companion},SpO2,Pulse");
            assert_eq!(roles(&header, b','), [Other, Spo2, Pulse], "{header}");
        }
    }

    #[test]
    fn names_in_an_unknown_encoding_give_no_place_away_where_none_is_known() {
        let of = |header: &[u8]| {
            let columns = Columns::of_header(header, b',', TimeColumn::USUAL, &ColumnChoice::NONE).unwrap();
            [columns.has_spo2(), columns.has_pulse()]
        };
        assert_eq!(of(b"\xca\xb1\xbc\xe4,\xc2\xf6\xc2\xca,\xd1\xaa\xd1\xf5"), [false, false]);
        assert_eq!(of(b"Czas,SpO2,T\xeatno"), [true, true]);
    }

    #[test]
    fn a_day_and_a_clock_may_be_two_columns_in_many_languages() {
        for header in
            ["Date,Time,SpO2,PR", "Data,Ora,SpO2,Puls", "Uhrzeit;Datum;SpO2;Puls", "Fecha,Hora,SpO2,Pulso"]
        {
            let delimiter = if header.contains(';') { b';' } else { b',' };
            assert_eq!(roles(header, delimiter), [Spo2, Pulse], "{header}");
        }
    }

    #[test]
    fn chosen_columns_are_what_they_were_chosen_for() {
        use crate::format::hints::ColumnName::{Name, Number};
        let of = |header: &str, choice: ColumnChoice<'_>| {
            let columns = Columns::of_header(header.as_bytes(), b',', TimeColumn::USUAL, &choice)?;
            Ok(core::array::from_fn::<_, 4, _>(|index| columns.role(index)))
        };
        let none = ColumnChoice::NONE;
        let two = "Time,SpO2 A,SpO2 B,Pulse";
        assert_eq!(of(two, none), Ok([Spo2, Other, Pulse, Spo2Reminder]));
        for spo2 in [Name(" spo2 b "), Number(3)] {
            assert_eq!(
                of(two, ColumnChoice { spo2: Some(spo2), ..none }),
                Ok([Other, Spo2, Pulse, Spo2Reminder])
            );
        }
        let both = ColumnChoice { spo2: Some(Name("x")), pulse: Some(Name("SpO2")), ..none };
        assert_eq!(of("Time,x,SpO2", both), Ok([Spo2, Pulse, Motion, Spo2Reminder]));
        let by_day = ColumnChoice { spo2: Some(Number(4)), motion: Some(Name("z")), ..none };
        assert_eq!(of("Date,Time,z,SpO2 max,Pulse", by_day), Ok([Motion, Spo2, Pulse, Spo2Reminder]));
        assert_eq!(
            of("", ColumnChoice { spo2: Some(Number(3)), ..none }),
            Ok([Other, Spo2, Motion, Spo2Reminder])
        );
        for wrong in [Name("SpO2 C"), Name(""), Number(0), Number(1), Number(5)] {
            assert_eq!(of(two, ColumnChoice { pulse: Some(wrong), ..none }), Err("pulse"), "{wrong:?}");
        }
    }

    #[test]
    fn a_name_that_is_not_known_is_no_reading_in_english() {
        for (header, expected) in [
            ("Time,Leak,Pulse", [Other, Pulse]),
            ("Time,Pulse,Volume", [Pulse, Other]),
            ("Time,Leak,SpO2", [Other, Spo2]),
            ("Timestamp,SpO2,Volume", [Spo2, Other]),
            ("Time,Red,IR", [Other, Other]),
            ("Date,Red,IR", [Other, Other]),
            ("Zeit,Leck,Puls", [Spo2, Pulse]),
            ("Zeit,Puls,Leck", [Pulse, Other]),
        ] {
            assert_eq!(roles(header, b','), expected, "{header}");
        }
        assert_eq!(roles("Time,PVi,PI,SpO2,PR", b','), [Other, Other, Spo2, Pulse]);
        assert_eq!(roles("Time,PulseBar,PulseRate,SpO2", b','), [Other, Pulse, Spo2]);
        assert_eq!(roles("Time,SpO2 (Finger),Finger,PUL", b','), [Spo2, Other, Pulse]);
        for beside in
            ["Resting heart rate", "Target SpO2", "SpO2 dips", "Pulse Transit Time", "FiO2", "VO2", "SvO2"]
        {
            let header = std::format!("Zeit,{beside},SpO2,Puls");
            assert_eq!(roles(&header, b','), [Other, Spo2, Pulse], "{header}");
        }
    }
}
