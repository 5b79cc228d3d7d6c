//! What the caller says of a file: columns and signals, the order of dates, the zone.

use oxicore::{
    ParseError, ParseOptions, Recording, Span,
    format::{ColumnChoice, ColumnName},
    notices::{DateOrder, DateOrderRule, StartSource},
    recording::read_columns,
    time::UtcOffset,
};

use crate::fixtures::fixture;

const TWO: &str = "Time,SpO2 A,SpO2 B,Pulse\n21:58:20 03/04/2026,97,88,60\n21:58:24 03/04/2026,97,87,61\n";

fn by(columns: ColumnChoice<'_>) -> ParseOptions<'_> {
    ParseOptions::default().with_columns(columns)
}

fn spo2<'a>(name: ColumnName<'a>) -> ParseOptions<'a> {
    by(ColumnChoice::default().with_spo2(name))
}

fn first(bytes: &[u8], options: &ParseOptions<'_>) -> (Option<u8>, Option<u16>) {
    let (night, columns) = read_columns(bytes, options).unwrap();
    let sample = night.samples().next().unwrap();
    assert_eq!(columns.spo2.first(), Some(&sample.spo2), "one pass and the rows read in place");
    (sample.spo2.map(|spo2| spo2.as_pct()), sample.pulse.map(|pulse| pulse.as_bpm()))
}

fn refused(bytes: &[u8], options: &ParseOptions<'_>) -> ParseError {
    Recording::parse_with(bytes, options).map(|night| night.len()).unwrap_err()
}

#[test]
fn the_column_that_was_read_is_named_unless_the_makers_apps_always_write_it() {
    let labels = |text: &str| {
        let notices = Recording::parse(text.as_bytes()).unwrap().notices();
        [notices.spo2_label, notices.pulse_label].map(|label| label.map(|label| label.to_string()))
    };
    let row = "21:58:20 Nov 13 2025,97,60,0\n";
    assert_eq!(labels(&format!("Time,Oxygen Level,Pulse Rate,Motion\n{row}")), [None, None]);
    let of_app = "Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder,";
    assert_eq!(labels(&format!("{of_app}\n21:58:20 Nov 13 2025,97,60,0,0,0,\n")), [None, None]);
    assert_eq!(labels(row), [None, None]);
    let named = |a: &str, b: &str| [Some(a.to_owned()), Some(b.to_owned())];
    let row = "21:58:20 Nov 13 2025,97,60\n";
    assert_eq!(labels(&format!("Heure,Saturation,Pouls\n{row}")), named("Saturation", "Pouls"));
    assert_eq!(labels(&format!("Zeit,Wert A,Wert B\n{row}")), named("Wert A", "Wert B"));
    assert_eq!(labels("Time,SpO2,Steps\n21:58:20 Nov 13 2025,97,60\n"), [Some("SpO2".into()), None]);
}

#[test]
fn columns_are_chosen_by_name_or_number() {
    assert_eq!(first(TWO.as_bytes(), &ParseOptions::default()), (Some(97), Some(60)));
    for name in [ColumnName::Name("spo2 b"), ColumnName::Number(3)] {
        let options = spo2(name);
        assert_eq!(first(TWO.as_bytes(), &options), (Some(88), Some(60)));
        let night = Recording::parse_with(TWO.as_bytes(), &options).unwrap();
        assert_eq!(night.notices().spo2_label.unwrap().as_str(), "SpO2 B");
        let kept = Recording::from_layout(TWO.as_bytes(), night.layout()).unwrap();
        assert_eq!(kept.samples().next(), night.samples().next());
    }
    let bare = "21:58:20 Nov 13 2025,60,97\n";
    let swapped = ColumnChoice::default().with_spo2(ColumnName::Number(3)).with_pulse(ColumnName::Number(2));
    assert_eq!(first(bare.as_bytes(), &by(swapped)), (Some(97), Some(60)));
}

#[test]
fn a_choice_that_is_not_there_is_an_error_that_names_what_is() {
    let error = refused(TWO.as_bytes(), &spo2(ColumnName::Name("SpO2 C")));
    assert_eq!((error.code(), error.field(), error.line()), ("no-such-column", Some("spo2"), Some(1)));
    assert_eq!(
        error.to_string(),
        "spo2: no such column or signal; there are `Time, SpO2 A, SpO2 B, Pulse` at line 1, column 1"
    );
    let edf = fixture("therapy_20260102235930_SAD.edf");
    let error = refused(&edf, &spo2(ColumnName::Name("SpO2 B")));
    assert_eq!((error.code(), error.field()), ("no-such-column", Some("spo2")));
    assert!(error.found().unwrap().contains("SpO2"), "{error}");
    let ring = fixture("legacy_v3_4s_20260102235930");
    let error = refused(&ring, &spo2(ColumnName::Number(2)));
    assert_eq!((error.code(), error.field(), error.found()), ("no-such-column", Some("columns"), None));
}

#[test]
fn signals_of_an_edf_are_chosen_by_label_or_number() {
    let edf = fixture("therapy_20260102235930_SAD.edf");
    let night = Recording::parse(&edf).unwrap();
    let label = night.notices().spo2_label.unwrap();
    let same = Recording::parse_with(&edf, &spo2(ColumnName::Name(label.as_str()))).unwrap();
    assert!(night.samples().eq(same.samples()));
    let pulse = night.notices().pulse_label.unwrap();
    let other = Recording::parse_with(&edf, &spo2(ColumnName::Name(pulse.as_str()))).unwrap();
    assert_eq!(other.notices().spo2_label, Some(pulse));
    let read: Vec<_> = other.samples().take(5).map(|s| s.spo2.map(|v| u16::from(v.as_pct()))).collect();
    let beats: Vec<_> =
        night.samples().take(5).map(|s| s.pulse.map(|v| v.as_bpm()).filter(|v| *v <= 100)).collect();
    assert_eq!(read, beats, "the signal that was named, whatever its label says");
}

#[test]
fn the_order_of_dates_is_the_callers() {
    for (order, start) in
        [(DateOrder::DayFirst, "2026-04-03T21:58:20"), (DateOrder::MonthFirst, "2026-03-04T21:58:20")]
    {
        let options = ParseOptions::default().with_date_order(order);
        let night = Recording::parse_with(TWO.as_bytes(), &options).unwrap();
        assert_eq!(night.start().to_string(), start);
        assert_eq!(night.notices().date_order_rule, Some(DateOrderRule::Chosen));
    }
    let options = ParseOptions::default().with_date_order(DateOrder::MonthFirst);
    let error = refused(b"Time,SpO2,PR\n21:58:20 13/04/2026,97,60\n", &options);
    assert_eq!((error.code(), error.field(), error.line()), ("bad-row", Some("date"), Some(2)));
}

#[test]
fn a_zone_makes_the_wall_clock_of_universal_time_and_moves_no_reading() {
    let zone = UtcOffset::from_text("+02:00").unwrap();
    let options = ParseOptions::default().with_zone(zone);
    let rows = |zone: &str| {
        format!(
            "Time,SpO2,PR\n2025-11-13T22:58:20{zone},97,60\n2025-11-13T22:58:24{zone},96,61\n2025-11-13T22:58:28{zone},95,61\n"
        )
    };
    for (written, start, source) in [
        ("Z", "2025-11-14T00:58:20", StartSource::Converted),
        ("+01:00", "2025-11-13T23:58:20", StartSource::Recorded),
        ("", "2025-11-13T22:58:20", StartSource::Recorded),
    ] {
        let text = rows(written);
        let night = Recording::parse_with(text.as_bytes(), &options).unwrap();
        assert_eq!(
            (night.start().to_string().as_str(), night.notices().start_source),
            (start, source),
            "{written}"
        );
        let kept = Recording::from_layout(text.as_bytes(), night.layout()).unwrap();
        assert_eq!(kept.samples().map(|s| s.at.as_secs()).collect::<Vec<_>>(), [0, 4, 8], "{written}");
    }
    let header = rows("").replace("Time", "Time (UTC)");
    let night = Recording::parse_with(header.as_bytes(), &options).unwrap();
    assert_eq!(night.start().to_string(), "2025-11-14T00:58:20");
    let named = ParseOptions::default().with_file_name("28/host/1767394770000.dat").with_zone(zone);
    let pod = fixture("28/host/1767394770000.dat");
    let night = Recording::parse_with(&pod, &named).unwrap();
    assert_eq!(
        (night.start().to_string().as_str(), night.notices().start_source),
        ("2026-01-03T00:59:30", StartSource::Converted)
    );
}

#[test]
fn the_column_of_the_time_is_chosen_by_name_or_number() {
    let text = "Upload,Recorded,SpO2,PR\n2026-01-05 08:00:00,2026-01-02 22:00:00,97,60\n2026-01-05 08:00:00,2026-01-02 22:00:04,96,61\n";
    for time in [ColumnName::Name("recorded"), ColumnName::Number(2)] {
        let options = by(ColumnChoice::default().with_time(time));
        let night = Recording::parse_with(text.as_bytes(), &options).unwrap();
        assert_eq!(
            (night.start().to_string().as_str(), night.interval().as_secs()),
            ("2026-01-02T22:00:00", 4)
        );
        assert_eq!(first(text.as_bytes(), &options), (Some(97), Some(60)));
    }
    let counted = "A,B,SpO2,PR\n1,0,97,60\n2,4,96,61\n3,8,95,62\n";
    let options = by(ColumnChoice::default().with_time(ColumnName::Name("B")));
    let night = Recording::parse_with(counted.as_bytes(), &options).unwrap();
    assert_eq!((night.interval().as_secs(), night.notices().start_source), (4, StartSource::Unknown));
    let none = by(ColumnChoice::default().with_time(ColumnName::Name("C")));
    let error = refused(counted.as_bytes(), &none);
    assert_eq!((error.code(), error.field()), ("no-such-column", Some("time")));
    let epoch = "Timestamp,SpO2,PR\n1763071100,97,60\n1763071104,96,61\n";
    let zone = ParseOptions::default().with_zone(UtcOffset::from_text("+02:00").unwrap());
    let night = Recording::parse_with(epoch.as_bytes(), &zone).unwrap();
    assert_eq!(
        (night.start().to_string().as_str(), night.notices().start_source),
        ("2025-11-13T23:58:20", StartSource::Converted)
    );
    assert_eq!(first(epoch.as_bytes(), &zone), (Some(97), Some(60)));
}

/// A file whose interval nothing tells: a text of one row, and the formats that store none.
#[test]
fn an_interval_in_milliseconds_is_refused_where_it_would_be_used() {
    let pod = "28/host/1767394770000.dat";
    let files = [
        ("night.csv", b"Time,SpO2,PR\n21:58:20 13/11/2025,97,60\n".to_vec()),
        (pod, fixture(pod)),
        ("20260102235930.dat", fixture("oxyii_1s_unfinalised_20260102235930.dat")),
    ];
    for (name, file) in files {
        let given = |seconds| {
            ParseOptions::default().with_file_name(name).with_fallback_interval(Span::from_secs(seconds))
        };
        let night = Recording::parse_with(&file, &given(900)).unwrap();
        assert_eq!(night.interval().as_secs(), 900, "{name}");
        let error = refused(&file, &given(4_000));
        assert_eq!(
            (error.code(), error.field(), error.found()),
            ("bad-setting", Some("interval"), Some("4000"))
        );
        assert_eq!(
            error.to_string(),
            "too many seconds given as interval `4000` at byte 0: expected for example `4`"
        );
    }
    let told = b"Time,SpO2,PR\n21:58:20 13/11/2025,97,60\n21:58:24 13/11/2025,97,60\n";
    let options = ParseOptions::default().with_fallback_interval(Span::from_secs(4_000));
    assert_eq!(Recording::parse_with(told, &options).unwrap().interval().as_secs(), 4);
}
