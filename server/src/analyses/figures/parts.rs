//! Halves and hours of the night, as rows of a table.

use oxicore::{Summary, metrics::splits::Part};

use super::figure::{Measured as _, Number};
use super::panel::{Print, Shown, Writer};
use crate::i18n::wording::{clock_to_minute, later};

/// Hours the analysis splits a night into, at most.
const MOST_HOURS: usize = 24;

/// A row of the table of halves and hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPart {
    /// Which hour it is, from 0; `None` for a half.
    pub hour: Option<usize>,
    /// What the row is called: the half, or the clock times of the hour.
    pub name: String,
    /// Valid time, counts and indices.
    pub numbers: Vec<Shown>,
}

/// The rows of an analysis, or without one all rows a night can have, for a script to fill.
pub(super) fn all(writer: &Writer<'_>) -> Vec<ShownPart> {
    let halves = ["part-first-half", "part-second-half"].into_iter().enumerate();
    let halves = halves.map(|(at, key)| ShownPart {
        hour: None,
        name: writer.locale.t(key),
        numbers: numbers(
            writer,
            &format!("halves.{at}"),
            writer.summary.and_then(|summary| summary.halves.as_ref()?.get(at)),
        ),
    });
    let of_night = writer.summary.map(|summary| summary.hours.as_slice());
    let hours = (0..of_night.map_or(MOST_HOURS, <[_]>::len)).map(|hour| ShownPart {
        hour: Some(hour),
        name: writer.summary.map_or_else(String::new, |summary| hour_name(summary, hour)),
        numbers: numbers(writer, &format!("hours.{hour}"), of_night.and_then(|hours| hours.get(hour))),
    });
    halves.chain(hours).collect()
}

/// `22:15–23:15` on the device's clock.
fn hour_name(summary: &Summary, hour: usize) -> String {
    let (start, length) = (summary.recording.start_or_1970(), summary.recording.recording_s);
    let seconds = |hours: usize| oxicore::Span::from_secs(u32::try_from(hours * 3_600).unwrap_or(u32::MAX));
    let ends =
        [seconds(hour), seconds(hour + 1).min(length)].map(|after| clock_to_minute(later(start, after)));
    ends.join("–")
}

fn numbers(writer: &Writer<'_>, path: &str, part: Option<&Part>) -> Vec<Shown> {
    let number = |name: &str, number: Option<Number>, print, missing| {
        writer.value(format!("{path}.{name}"), number, print, missing)
    };
    vec![
        number("valid_s", part.and_then(|part| part.valid_s.number()), Print::Duration, "no-reading"),
        number("odi3_count", part.and_then(|part| part.odi3_count.number()), Print::Int, "no-reading"),
        number("odi3_per_h", part.and_then(|part| part.odi3_per_h.number()), Print::Fixed1, "too-short"),
        number("odi4_count", part.and_then(|part| part.odi4_count.number()), Print::Int, "no-reading"),
        number("odi4_per_h", part.and_then(|part| part.odi4_per_h.number()), Print::Fixed1, "too-short"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::panel::Panel;
    use super::*;
    use crate::i18n::Locale;

    fn night(rows: u32) -> Summary {
        let mut file = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
        for at in (0..rows).map(|row| row * 4) {
            file +=
                &format!("{:02}:{:02}:{:02} Jan 02 2026,96,60,0\n", 20 + at / 3_600, at / 60 % 60, at % 60);
        }
        let recording = oxicore::Recording::parse(file.as_bytes()).unwrap();
        recording.analyze(&oxicore::AnalysisOptions::default()).summary
    }

    #[test]
    fn the_last_hour_ends_with_the_night() {
        let panel = Panel::new(Locale::En, Some(&night(1_350)));
        let names: Vec<_> = panel.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["First half", "Second half", "20:00–21:00", "21:00–21:30"]);
    }

    #[test]
    fn an_hour_too_short_for_an_index_says_so() {
        let panel = Panel::new(Locale::En, Some(&night(60)));
        assert_eq!(panel.parts[2].numbers[2].text, "— under 10 min of valid signal");
    }

    #[test]
    fn the_viewers_table_has_room_for_every_hour_of_a_day() {
        let hours = Panel::new(Locale::Ro, None).parts.into_iter().filter_map(|part| part.hour);
        assert_eq!(hours.collect::<Vec<_>>(), (0..24).collect::<Vec<_>>());
    }
}
