//! EDF+ (docs/FORMATS.md, "EDF"): four signals and the annotations. -1 is "no reading".

mod blocks;
mod plan;

use super::sink::{ExportError, Sink};
use super::text::Text;
use crate::code::codes;
use crate::desaturation::{Desaturation, Outcome};
use crate::recording::Recording;
use crate::sample::Sample;
use crate::time::{LocalDateTime, MONTHS};
use crate::units::Span;
use blocks::Blocks;
use plan::Plan;

/// Label, unit, and the range, physical and stored alike.
const SIGNALS: [(&str, &str, i16, i16); 4] =
    [("SpO2", "%", -1, 100), ("Pulse", "bpm", -1, 300), ("Motion", "", -1, 255), ("Reminder", "", -1, 3)];
const ANNOTATIONS: &str = "EDF Annotations";
/// Bytes of the annotation signal for the onset of a data record, and for a desaturation.
const ONSET: usize = 16;
const EVENT: usize = 60;
/// "No reading"; of all four signals "no record".
const NOTHING: i16 = -1;

/// What stands where a recording has no records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gaps {
    /// Nothing: data records say when they were (EDF+D).
    #[default]
    Left,
    /// -1 in every signal: one stretch (EDF+C), for programs that know no other.
    Filled,
}

codes!(Gaps { Left = "left", Filled = "filled" });

/// Writes a night as EDF+ with its desaturations as annotations: continuous, or, where records are missing, with gaps
/// (EDF+D) unless these are to be [filled](Gaps::Filled). Signals: SpO2 in percent, pulse in beats per minute, motion, and
/// alarms (1 SpO2, 2 pulse, 3 both).
///
/// A data record lasts up to a minute; where the night has no record in it, all four signals are -1. Where records to be
/// filled up lie between the moments of their interval, readings are repeated at the rate at which every record has its
/// moment. Reading it back gives the same samples, unless they were repeated. The patient fields say that the patient is
/// not known.
///
/// # Errors
/// [`ExportError`] when the sink takes no more, or a time has more than eight digits.
pub fn edf<S: Sink>(
    recording: Recording<'_>,
    desaturations: &[Desaturation],
    gaps: Gaps,
    sink: &mut S,
) -> Result<(), ExportError<S::Error>> {
    let plan = Plan::of(&recording, desaturations.len(), gaps).ok_or(ExportError::OutOfRange)?;
    write_header(recording.start(), &plan, sink).ok_or(ExportError::OutOfRange)??;
    let mut blocks = Blocks::new(&recording, &plan);
    let mut events = desaturations.iter();
    while let Some((onset, block)) = blocks.next() {
        write_signals(block.get(..plan.samples as usize).unwrap_or_default(), sink)?;
        write_annotations(&plan, onset, &mut events, sink).ok_or(ExportError::OutOfRange)??;
    }
    Ok(())
}

/// The onset of the data record, then the next desaturations; the rest is zeros.
fn write_annotations<'e, S: Sink>(
    plan: &Plan,
    onset: Span,
    events: &mut impl Iterator<Item = &'e Desaturation>,
    sink: &mut S,
) -> Option<Result<(), S::Error>> {
    let mut told = Text::EMPTY;
    told.words("+").number(onset.as_secs(), 1).words("\x14\x14\0");
    let mut written = told.len;
    let mut result = sink.put(told.within(ONSET)?);
    for event in events.take(plan.events) {
        let text = annotation(event);
        written = written.saturating_add(text.len);
        result = match text.within(EVENT) {
            Some(text) => result.and_then(|()| sink.put(text)),
            None => return None,
        };
    }
    for _ in written..plan.annotation_len() {
        result = result.and_then(|()| sink.put(&[0]));
    }
    Some(result)
}

fn write_signals<S: Sink>(block: &[Option<Sample>], sink: &mut S) -> Result<(), S::Error> {
    let values: [fn(&Sample) -> Option<u16>; 4] = [
        |s| s.spo2.map(|v| v.as_pct().into()),
        |s| s.pulse.map(|v| v.as_bpm()),
        |s| s.motion.map(|v| v.as_raw().into()),
        |s| Some(u16::from(s.alarms.spo2) | (u16::from(s.alarms.pulse) << 1)),
    ];
    for (value, sample) in values.iter().flat_map(|value| block.iter().map(move |sample| (value, sample))) {
        let value = sample.as_ref().and_then(value);
        let stored = value.and_then(|v| i16::try_from(v).ok()).unwrap_or(NOTHING);
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
    fields.number(8, plan.duration())?;
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
