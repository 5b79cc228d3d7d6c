//! A made-up night for benchmarks and for the microcontroller: always the same, shaped like a recorded one, nobody's
//! health data. No dependencies, so that a build script can include this file as well.

/// Records of the night: eight hours, one every four seconds.
pub const RECORDS: u32 = 7_200;

/// Seconds from record to record.
pub const INTERVAL_S: u32 = 4;

/// Longest archive of [`archive`], seconds: it ends before the year does, and before a recording gets too long.
pub const LONGEST_S: u32 = 336 * 86_400;

/// One record: SpO2 in percent, pulse in beats per minute, motion without unit. `None` is "no reading".
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Percent.
    pub spo2: Option<u8>,
    /// Beats per minute.
    pub pulse: Option<u8>,
    /// No unit.
    pub motion: u8,
}

/// The night: a level that wanders, a desaturation of 3 to 12 % every one to four minutes, movement now and then, a
/// sensor that is lost once and a few readings too low to be stored.
#[must_use]
pub fn night() -> Vec<Reading> {
    let mut dice = Dice(0x0DD5);
    let mut sleeper = Sleeper { level: 95, pulse: 62, into: 0, period: 30, depth: 8, restless: 0 };
    (0..RECORDS).map(|record| sleeper.reading(record, &mut dice)).collect()
}

/// The night as ViHealth exports it: nearly every row is 28 bytes long.
#[must_use]
pub fn csv(night: &[Reading]) -> Vec<u8> {
    archive(night, u32::try_from(night.len()).unwrap_or(u32::MAX), INTERVAL_S)
}

/// So many rows, one every so many seconds, in one file: the night again and again without a pause, at most until
/// [`LONGEST_S`].
#[must_use]
pub fn archive(night: &[Reading], rows: u32, interval_s: u32) -> Vec<u8> {
    let mut text = Vec::with_capacity(HEADER.len() + rows as usize * 29);
    text.extend(HEADER);
    let rows = 0..rows.min(LONGEST_S / interval_s);
    night.iter().cycle().zip(rows).for_each(|(reading, index)| row(&mut text, index * interval_s, *reading));
    text
}

/// The worst case for a reader that guesses how wide a row is: 5 % nulls, a quarter of the pulses with three digits,
/// 30 % of the motion with two or three, all at random. No recorded file looks like it.
#[must_use]
pub fn unfriendly() -> Vec<Reading> {
    let mut dice = Dice(0xBAD);
    let mut reading = || Reading {
        spo2: (dice.below(20) != 0).then(|| small(61 + dice.below(39))),
        pulse: (dice.below(20) != 0).then(|| {
            let is_fast = dice.below(4) == 0;
            small(if is_fast { 100 + dice.below(99) } else { 41 + dice.below(59) })
        }),
        motion: small(if dice.below(10) < 3 { 10 + dice.below(190) } else { dice.below(10) }),
    };
    (0..RECORDS).map(|_| reading()).collect()
}

/// The night as the ring stores it (legacy binary, version 3).
#[must_use]
pub fn legacy(night: &[Reading]) -> Vec<u8> {
    let duration_s = u16::try_from(RECORDS * INTERVAL_S).unwrap_or(u16::MAX);
    let bytes = u32::try_from(40 + 5 * night.len()).unwrap_or(u32::MAX);
    let mut file = vec![3, 0, 0xEA, 0x07, 1, START_DAY, START_HOUR, 0, 0];
    file.extend(bytes.to_le_bytes());
    file.extend(duration_s.to_le_bytes());
    file.resize(40, 0);
    for reading in night {
        let pulse = reading.pulse.map_or(u16::MAX, u16::from).to_le_bytes();
        file.extend([reading.spo2.unwrap_or(u8::MAX), pulse[0], pulse[1], reading.motion, 0]);
    }
    file
}

const HEADER: &[u8] = "\u{feff}Time,Oxygen Level,Pulse Rate,Motion\n".as_bytes();
/// January 2026, the month whose 29th no reader takes for a month.
pub(crate) const START_DAY: u8 = 29;
pub(crate) const START_HOUR: u8 = 22;
const MONTH_DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn row(text: &mut Vec<u8>, at_s: u32, reading: Reading) {
    let second = u32::from(START_HOUR) * 3_600 + at_s;
    let (mut day, mut month) = (u32::from(START_DAY) + second / 86_400, 1);
    for days in MONTH_DAYS {
        if day <= days {
            break;
        }
        (day, month) = (day - days, month + 1);
    }
    for (value, end) in [
        (second / 3_600 % 24, b':'),
        (second / 60 % 60, b':'),
        (second % 60, b' '),
        (day, b'/'),
        (month, b'/'),
    ] {
        text.extend([digit(value / 10), digit(value), end]);
    }
    text.extend(b"2026,");
    cell(text, reading.spo2);
    text.push(b',');
    cell(text, reading.pulse);
    text.push(b',');
    cell(text, Some(reading.motion));
    text.push(b'\n');
}

fn cell(text: &mut Vec<u8>, value: Option<u8>) {
    let Some(value) = value.map(u32::from) else { return text.extend(b"--") };
    if value >= 100 {
        text.push(digit(value / 100));
    }
    if value >= 10 {
        text.push(digit(value / 10));
    }
    text.push(digit(value));
}

fn digit(value: u32) -> u8 {
    b'0' + small(value % 10)
}

/// What goes on in a sleeper from record to record.
struct Sleeper {
    level: u32,
    pulse: u32,
    /// Records into the present breathing cycle.
    into: u32,
    period: u32,
    depth: u32,
    /// Records of movement left.
    restless: u32,
}

impl Sleeper {
    fn reading(&mut self, record: u32, dice: &mut Dice) -> Reading {
        if (3_600..3_607).contains(&record) {
            return Reading { spo2: None, pulse: None, motion: 0 };
        }
        self.breathe(dice);
        let spo2 = small(self.level - self.fall() + dice.below(3) / 2);
        let motion = self.movement(dice);
        // A ring does not store what lies this low.
        Reading { spo2: Some(spo2).filter(|&spo2| spo2 > 80), pulse: Some(small(self.pulse)), motion }
    }

    /// The next moment of a cycle of breath and pause.
    fn breathe(&mut self, dice: &mut Dice) {
        self.into += 1;
        if self.into >= self.period {
            (self.into, self.period, self.depth) =
                (0, 15 + dice.below(45), 2 + dice.below(7) + dice.below(8));
            self.level = (self.level + dice.below(3)).clamp(94, 97) - 1;
        }
        let beat = self.pulse + dice.below(3) + u32::from(self.into == self.period - 2) * 6;
        let rests = self.pulse > 66 && dice.below(2) == 0;
        self.pulse = (beat - 1 - u32::from(rests)).clamp(50, 99);
    }

    /// How far the pause has pulled the level down: four steps down, a while at the bottom, two steps up.
    fn fall(&self) -> u32 {
        match self.period - self.into {
            7..11 => self.depth * (11 - (self.period - self.into)) / 4,
            3..7 => self.depth,
            1..3 => self.depth * (self.period - self.into) / 3,
            _ => 0,
        }
    }

    fn movement(&mut self, dice: &mut Dice) -> u8 {
        if self.restless == 0 && dice.below(40) == 0 {
            self.restless = 1 + dice.below(9);
        }
        let is_restless = self.restless > 0;
        self.restless = self.restless.saturating_sub(1);
        match is_restless {
            true if dice.below(6) == 0 => small(10 + dice.below(137)),
            true => small(1 + dice.below(9)),
            false => 0,
        }
    }
}

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

fn small(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}
