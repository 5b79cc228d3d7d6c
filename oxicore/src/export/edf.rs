//! EDF+ (docs/FORMATS.md, "EDF"): four signals and the annotations. -1 is "no reading".

use core::fmt;

use super::{ExportError, Sink, Text};
use crate::desaturation::{Desaturation, Outcome};
use crate::recording::{Recording, Sample};
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

impl Plan {
    /// As many samples a data record as divide every stretch without a gap; `None` when numbers get too wide.
    fn of(recording: &Recording<'_>, events: usize) -> Option<Self> {
        let interval = recording.interval().as_secs();
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
        let onset = Text::<ONSET>::of(format_args!("+{}\x14\x14\0", first.at.as_secs()))?;
        let mut written = onset.as_bytes().len();
        let mut result = sink.put(onset.as_bytes());
        for event in events.take(self.events) {
            let text = Text::<EVENT>::of(format_args!("{}", Annotation(event)))?;
            written = written.saturating_add(text.as_bytes().len());
            result = result.and_then(|()| sink.put(text.as_bytes()));
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
    let ((year, month, day), (hour, minute, second)) = (start.date(), start.time());
    let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
    let capitals = Text::<3>::of(format_args!("{name}"))?.bytes.map(|letter| letter.to_ascii_uppercase());
    let capitals = core::str::from_utf8(&capitals).ok()?;
    let count = SIGNALS.len().saturating_add(1);
    let kind = if plan.is_continuous { "EDF+C" } else { "EDF+D" };
    let mut fields = Fields { sink, result: Ok(()) };
    fields.put(8, format_args!("0"))?;
    fields.put(80, format_args!("X X X X"))?;
    fields.put(80, format_args!("Startdate {day:02}-{capitals}-{year:04} X X X"))?;
    match year {
        1985..=2084 => fields.put(8, format_args!("{day:02}.{month:02}.{:02}", year.wrapping_rem(100)))?,
        _ => fields.put(8, format_args!("{day:02}.{month:02}.yy"))?,
    }
    fields.put(8, format_args!("{hour:02}.{minute:02}.{second:02}"))?;
    fields.put(8, format_args!("{}", count.saturating_add(1).saturating_mul(256)))?;
    fields.put(44, format_args!("{kind}"))?;
    fields.put(8, format_args!("{}", plan.records))?;
    fields.put(8, format_args!("{}", plan.samples.saturating_mul(plan.interval)))?;
    fields.put(4, format_args!("{count}"))?;
    fields.put_signals(plan)?;
    Some(fields.result)
}

/// Header fields: text, filled with spaces.
struct Fields<'s, S: Sink> {
    sink: &'s mut S,
    result: Result<(), S::Error>,
}

impl<S: Sink> Fields<'_, S> {
    fn put(&mut self, width: usize, text: fmt::Arguments<'_>) -> Option<()> {
        let mut field = Text::<80>::of(text).filter(|text| text.len <= width)?;
        field.bytes.get_mut(field.len..)?.fill(b' ');
        if self.result.is_ok() {
            self.result = self.sink.put(field.bytes.get(..width)?);
        }
        Some(())
    }

    /// Property by property, each for all signals.
    fn put_signals(&mut self, plan: &Plan) -> Option<()> {
        let annotation_values = plan.annotation_len().div_euclid(2);
        let all = || SIGNALS.into_iter().chain([(ANNOTATIONS, "", i16::MIN, i16::MAX)]);
        all().try_for_each(|(label, ..)| self.put(16, format_args!("{label}")))?;
        all().try_for_each(|_| self.put(80, format_args!("")))?;
        all().try_for_each(|(_, unit, ..)| self.put(8, format_args!("{unit}")))?;
        for _physical_then_digital in 0..2 {
            all().try_for_each(|(_, _, low, _)| self.put(8, format_args!("{low}")))?;
            all().try_for_each(|(_, _, _, high)| self.put(8, format_args!("{high}")))?;
        }
        all().try_for_each(|_| self.put(80, format_args!("")))?;
        SIGNALS.iter().try_for_each(|_| self.put(8, format_args!("{}", plan.samples)))?;
        self.put(8, format_args!("{annotation_values}"))?;
        all().try_for_each(|_| self.put(32, format_args!("")))
    }
}

/// Onset, duration and text of a desaturation, with the marks of EDF+.
struct Annotation<'e>(&'e Desaturation);

impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.0;
        let (onset, duration) = (event.onset.as_secs(), event.duration().as_secs());
        let (peak, nadir) = (event.peak.as_pct(), event.nadir.as_pct());
        let outcome = match event.outcome {
            Outcome::Complete => "",
            Outcome::Sustained => " sustained",
            Outcome::Gap => " gap",
            Outcome::End => " end",
        };
        write!(f, "+{onset}\x15{duration}\x14Desaturation {peak}-{nadir} %{outcome}\x14\0")
    }
}
