//! EDF+ (docs/FORMATS.md, "EDF"): four signals and the annotations. -1 is "no reading".

use super::sink::{ExportError, Sink};
use super::text::Text;
use crate::desaturation::{Desaturation, Outcome};
use crate::recording::Recording;
use crate::sample::Sample;
use crate::time::{LocalDateTime, MONTHS};

/// Label, unit, and the range, physical and stored alike.
const SIGNALS: [(&str, &str, i16, i16); 4] =
    [("SpO2", "%", -1, 100), ("Pulse", "bpm", -1, 300), ("Motion", "", -1, 255), ("Reminder", "", 0, 3)];
const ANNOTATIONS: &str = "EDF Annotations";
/// Bytes of the annotation signal for the onset of a data record, and for a desaturation.
const ONSET: usize = 16;
const EVENT: usize = 60;
/// A data record holds so many samples at most.
const MOST_SAMPLES: u32 = 60;
/// The widest number of a header field.
const EIGHT_DIGITS: u32 = 99_999_999;

/// Writes a night as EDF+ with its desaturations as annotations: continuous, or, where records are missing, with gaps
/// (EDF+D). Signals: SpO2 in percent, pulse in beats per minute, motion, and reminders (1 SpO2, 2 pulse, 3 both).
///
/// Reading it back gives the same samples. The patient fields say that the patient is not known.
///
/// # Errors
/// [`ExportError`] when the sink takes no more, or a time has more than eight digits.
pub fn edf<S: Sink>(
    recording: Recording<'_>,
    desaturations: &[Desaturation],
    sink: &mut S,
) -> Result<(), ExportError<S::Error>> {
    let plan = Plan::of(&recording, desaturations.len()).ok_or(ExportError::OutOfRange)?;
    write_header(recording.start(), &plan, sink).ok_or(ExportError::OutOfRange)??;
    let mut samples = recording.samples();
    let mut events = desaturations.iter();
    let mut waiting = samples.next();
    while let Some(first) = waiting {
        let mut block = [first; MOST_SAMPLES as usize];
        let mut filled = 1_usize;
        for slot in block.iter_mut().take(plan.samples as usize).skip(1) {
            *slot = samples.next().unwrap_or(first);
            filled = filled.saturating_add(1);
        }
        write_signals(block.get(..filled).unwrap_or_default(), sink)?;
        plan.write_annotations(first, &mut events, sink).ok_or(ExportError::OutOfRange)??;
        waiting = samples.next();
    }
    Ok(())
}

/// How the night is divided into data records of equal length.
struct Plan {
    records: u32,
    /// Samples of each signal in a data record.
    samples: u32,
    interval: u32,
    is_continuous: bool,
    /// Desaturations that each data record has room for.
    events: usize,
}

/// A value that stands for longer is a summary of a night to all who read the format, this crate among them.
const LONGEST_INTERVAL: u32 = 60;

impl Plan {
    /// As many samples a data record as divide every stretch without a gap; `None` when numbers get too wide.
    fn of(recording: &Recording<'_>, events: usize) -> Option<Self> {
        let interval =
            Some(recording.interval().as_secs()).filter(|&interval| interval <= LONGEST_INTERVAL)?;
        let (mut stretch, mut divisor, mut is_continuous) = (0_u32, 0, true);
        let mut previous = None;
        for sample in recording.samples() {
            if previous.is_some_and(|p: Sample| sample.at.since(p.at).as_secs() != interval) {
                divisor = greatest_common_divisor(divisor, stretch);
                (stretch, is_continuous) = (0, false);
            }
            stretch = stretch.checked_add(1)?;
            previous = Some(sample);
        }
        let common = greatest_common_divisor(divisor, stretch);
        let fits = |n: &u32| common.is_multiple_of(*n) && n.saturating_mul(interval) <= EIGHT_DIGITS;
        let samples = (1..=MOST_SAMPLES).rev().find(fits)?;
        let records =
            u32::try_from(recording.len()).ok()?.checked_div(samples).filter(|&n| n <= EIGHT_DIGITS)?;
        let events = events.div_ceil(usize::try_from(records).ok()?.max(1));
        Some(Self { records, samples, interval, is_continuous, events })
    }

    /// Bytes of the annotation signal in a data record.
    fn annotation_len(&self) -> usize {
        self.events.saturating_mul(EVENT).saturating_add(ONSET)
    }

    /// The onset of the data record, then the next desaturations; the rest is zeros.
    fn write_annotations<'e, S: Sink>(
        &self,
        first: Sample,
        events: &mut impl Iterator<Item = &'e Desaturation>,
        sink: &mut S,
    ) -> Option<Result<(), S::Error>> {
        let mut onset = Text::EMPTY;
        onset.words("+").number(first.at.as_secs(), 1).words("\x14\x14\0");
        let mut written = onset.len;
        let mut result = sink.put(onset.within(ONSET)?);
        for event in events.take(self.events) {
            let text = annotation(event);
            written = written.saturating_add(text.len);
            result = match text.within(EVENT) {
                Some(text) => result.and_then(|()| sink.put(text)),
                None => return None,
            };
        }
        for _ in written..self.annotation_len() {
            result = result.and_then(|()| sink.put(&[0]));
        }
        Some(result)
    }
}

const fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

fn write_signals<S: Sink>(block: &[Sample], sink: &mut S) -> Result<(), S::Error> {
    let values: [fn(&Sample) -> Option<u16>; 4] = [
        |s| s.spo2.map(|v| v.as_pct().into()),
        |s| s.pulse.map(|v| v.as_bpm()),
        |s| s.motion.map(|v| v.as_raw().into()),
        |s| Some(u16::from(s.reminders.spo2) | (u16::from(s.reminders.pulse) << 1)),
    ];
    for (value, sample) in values.iter().flat_map(|value| block.iter().map(move |sample| (value, sample))) {
        let stored = value(sample).and_then(|v| i16::try_from(v).ok()).unwrap_or(-1);
        sink.put(&stored.to_le_bytes())?;
    }
    Ok(())
}

/// `None` when a number is wider than its field, which [`Plan::of`] has excluded.
fn write_header<S: Sink>(start: LocalDateTime, plan: &Plan, sink: &mut S) -> Option<Result<(), S::Error>> {
    let count = SIGNALS.len().saturating_add(1) as u32;
    let mut fields = Fields { sink, result: Ok(()), text: Text::EMPTY };
    fields.words(8, "0")?;
    fields.words(80, "X X X X")?;
    fields.start(start)?;
    fields.number(8, count.saturating_add(1).saturating_mul(256))?;
    fields.words(44, if plan.is_continuous { "EDF+C" } else { "EDF+D" })?;
    fields.number(8, plan.records)?;
    fields.number(8, plan.samples.saturating_mul(plan.interval))?;
    fields.number(4, count)?;
    fields.signals(plan)?;
    Some(fields.result)
}

/// Header fields: text, filled with spaces.
struct Fields<'s, S: Sink> {
    sink: &'s mut S,
    result: Result<(), S::Error>,
    /// Of the field being written.
    text: Text,
}

impl<S: Sink> Fields<'_, S> {
    /// Ends the field, if it is not wider than this.
    #[inline(never)]
    fn end(&mut self, width: usize) -> Option<()> {
        let Text { mut bytes, len } = core::mem::replace(&mut self.text, Text::EMPTY);
        bytes.get_mut(len..)?.fill(b' ');
        let field = bytes.get(..width).filter(|_| len <= width)?;
        if self.result.is_ok() {
            self.result = self.sink.put(field);
        }
        Some(())
    }

    fn words(&mut self, width: usize, words: &str) -> Option<()> {
        self.text.words(words);
        self.end(width)
    }

    fn number(&mut self, width: usize, number: u32) -> Option<()> {
        self.text.number(number, 1);
        self.end(width)
    }

    fn limit(&mut self, limit: i16) -> Option<()> {
        self.text.words(if limit < 0 { "-" } else { "" });
        self.number(8, limit.unsigned_abs().into())
    }

    /// The recording field, then date and clock in short.
    fn start(&mut self, start: LocalDateTime) -> Option<()> {
        let ((year, month, day), (hour, minute, second)) = (start.date(), start.time());
        let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        self.text.words("Startdate ").number(day, 2).words("-").words(name);
        self.text.bytes.get_mut("Startdate".len()..)?.make_ascii_uppercase();
        self.text.words("-").number(year, 4).words(" X X X");
        self.end(80)?;
        self.text.number(day, 2).words(".").number(month, 2).words(".");
        match year {
            1985..=2084 => self.text.number(year.wrapping_rem(100), 2),
            _ => self.text.words("yy"),
        };
        self.end(8)?;
        self.text.number(hour, 2).words(".").number(minute, 2).words(".").number(second, 2);
        self.end(8)
    }

    /// Property by property, each for all signals.
    fn signals(&mut self, plan: &Plan) -> Option<()> {
        let [spo2, pulse, motion, reminder] = SIGNALS;
        let all = [spo2, pulse, motion, reminder, (ANNOTATIONS, "", i16::MIN, i16::MAX)];
        all.iter().try_for_each(|(label, ..)| self.words(16, label))?;
        all.iter().try_for_each(|_| self.words(80, ""))?;
        all.iter().try_for_each(|(_, unit, ..)| self.words(8, unit))?;
        for _physical_then_digital in 0..2 {
            all.iter().try_for_each(|&(_, _, low, _)| self.limit(low))?;
            all.iter().try_for_each(|&(_, _, _, high)| self.limit(high))?;
        }
        all.iter().try_for_each(|_| self.words(80, ""))?;
        SIGNALS.iter().try_for_each(|_| self.number(8, plan.samples))?;
        self.number(8, u32::try_from(plan.annotation_len().div_euclid(2)).ok()?)?;
        all.iter().try_for_each(|_| self.words(32, ""))
    }
}

/// Onset, duration and text of a desaturation, with the marks of EDF+.
fn annotation(event: &Desaturation) -> Text {
    let mut text = Text::EMPTY;
    text.words("+").number(event.onset.as_secs(), 1).words("\x15").number(event.duration().as_secs(), 1);
    text.words("\x14Desaturation ").number(event.peak.as_pct(), 1).words("-").number(event.nadir.as_pct(), 1);
    text.words(match event.outcome {
        Outcome::Complete => " %\x14\0",
        Outcome::Sustained => " % sustained\x14\0",
        Outcome::Gap => " % gap\x14\0",
        Outcome::End => " % end\x14\0",
    });
    text
}
