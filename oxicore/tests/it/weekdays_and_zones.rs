//! What phones and desktops write beside a clock and a date: the day of the week, the half of the day, a zone, the years of
//! another calendar. Each is read right, or refused for its own reason.

use oxicore::notices::{DateOrderRule, StartSource};
use oxicore::time::UtcOffset;
use oxicore::{ParseError, ParseOptions, Recording};

fn text(moment: &str) -> String {
    format!("Time,Oxygen Level,Pulse Rate,Motion\n{moment},96,60,0\n")
}

fn start(moment: &str) -> String {
    let text = text(moment);
    let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{moment}: {error}"));
    assert_eq!(night.samples().filter(|sample| sample.spo2.is_some()).count(), 1, "{moment}");
    night.start().to_string()
}

fn error(moment: &str) -> ParseError {
    Recording::parse(text(moment).as_bytes()).map(|night| night.start()).unwrap_err()
}

#[test]
fn a_day_of_the_week_may_stand_beside_the_date() {
    for moment in [
        "Thursday, November 13, 2025 9:58:20 PM",
        "Thu, 13 Nov 2025 21:58:20 +0200",
        "Thu 13 Nov 2025 21:58:20",
        "\"Thu, 13 Nov 2025 21:58:20\"",
        "Thu Nov 13 21:58:20 2025",
        "Thu Nov 13 21:58:20 EET 2025",
        "Thu Nov 13 2025 21:58:20 GMT+0200 (Eastern European Standard Time)",
        "2025-11-13 Thu 21:58:20",
        "21:58:20 Thu 13/11/2025",
        "joi, 13 noiembrie 2025 21:58:20",
        "joi 13.11.2025, 21:58:20",
        "13.11.2025 (joi) 21:58:20",
        "jeu. 13 nov. 2025 21:58:20",
        "jeudi 13 novembre 2025 21:58:20",
        "Do, 13.11.2025 21:58:20",
        "Do. 13. Nov. 2025 21:58:20",
        "Donnerstag, 13. November 2025, 21:58:20",
        "jueves, 13 de noviembre de 2025 21:58:20",
        "jue 13/11/2025 21:58:20",
        "gio 13/11/2025 21:58:20",
        "giovedì 13 novembre 2025 21:58:20",
    ] {
        assert_eq!(start(moment), "2025-11-13T21:58:20", "{moment}");
    }
}

#[test]
fn a_short_word_for_tuesday_is_not_taken_for_march() {
    for moment in ["mar 11/11/2025 21:58:20", "mar. 11 nov. 2025 21:58:20", "mar, 11 noiembrie 2025 21:58:20"]
    {
        assert_eq!(start(moment), "2025-11-11T21:58:20", "{moment}");
    }
    assert_eq!(start("mar 11 2025 21:58:20"), "2025-03-11T21:58:20");
}

#[test]
fn every_day_of_the_week_is_known_in_six_languages() {
    let days = [
        ["Mon", "lun.", "lun.", "Mo", "lun", "lun"],
        ["Tue", "mar.", "mar.", "Di", "mar", "mar"],
        ["Wed", "mie.", "mer.", "Mi", "mié", "mer"],
        ["Thu", "joi", "jeu.", "Do", "jue", "gio"],
        ["Fri", "vin.", "ven.", "Fr", "vie", "ven"],
        ["Sat", "sâm.", "sam.", "Sa", "sáb", "sab"],
        ["Sun", "dum.", "dim.", "So", "dom", "dom"],
        ["Monday", "Luni", "Lundi", "Montag", "Lunes", "Lunedì"],
        ["TUESDAY", "MARȚI", "MARDI", "DIENSTAG", "MARTES", "MARTEDÌ"],
        ["Wednesday", "miercuri", "mercredi", "Mittwoch", "miércoles", "mercoledì"],
        ["Thursday", "joi", "jeudi", "Donnerstag", "jueves", "giovedì"],
        ["Friday", "vineri", "vendredi", "Freitag", "viernes", "venerdì"],
        ["Saturday", "sâmbătă", "samedi", "Samstag", "sábado", "sabato"],
        ["Sunday", "duminică", "dimanche", "Sonntag", "domingo", "domenica"],
    ];
    for (at, names) in days.iter().enumerate() {
        let day = 10 + at % 7; // the 10th of November 2025 was a Monday
        for name in names {
            assert_eq!(
                start(&format!("{name} {day}.11.2025 21:58:20")),
                format!("2025-11-{day}T21:58:20"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_day_of_the_week_tells_the_order_of_a_date() {
    let rule = |moment: &str| {
        let text = text(moment);
        let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{moment}: {error}"));
        (night.start().to_string(), night.notices().date_order_rule)
    };
    let sure = Some(DateOrderRule::Unambiguous);
    assert_eq!(rule("Thu 11/12/2025 21:58:20"), ("2025-12-11T21:58:20".into(), sure));
    assert_eq!(rule("Wed 11/12/2025 21:58:20"), ("2025-11-12T21:58:20".into(), sure));
    let assumed = Some(DateOrderRule::AssumedDayFirst);
    assert_eq!(rule("11/12/2025 21:58:20"), ("2025-12-11T21:58:20".into(), assumed));
}

#[test]
fn a_day_of_the_week_that_the_date_is_not_on_is_refused_for_that_reason() {
    for moment in ["Fri, 13 Nov 2025 21:58:20", "luni 13.11.2025 21:58:20", "Fri 11/12/2025 21:58:20"] {
        let error = error(moment);
        assert_eq!((error.code(), error.field()), ("bad-row", Some("weekday")), "{moment}");
        assert!(error.to_string().starts_with("a date on another day of the week, `"), "{error}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_no_header_because_a_day_of_the_week_begins_it() {
    let night = text("Thu, 13 Nov 2025 21:58:20") + "Thu, 13 Nov 2025 21:58:24,x,60,0\n";
    let error = Recording::parse(night.as_bytes()).map(|night| night.len()).unwrap_err();
    assert_eq!((error.field(), error.line()), (Some("spo2"), Some(3)));
}

#[test]
fn halves_of_the_day_are_known_in_further_languages() {
    for moment in [
        "9:58:20 CH 13/11/2025",
        "13/11/2025 9:58:20 CH",
        "2025-11-13 9:58:20 em",
        "13.11.2025 9.58.20 ip.",
        "13. 11. 2025 9:58:20 odp.",
        "13. 11. 2025 9:58:20 pop.",
        "13.11.2025 9:58:20 сл.об.",
        "13.11.2025 9:58:20 пп",
        "2025-11-13 9:58:20 popiet",
        "13.11.2025 9:58:20 e.h.",
        "13/11/2025 9:58:20 หลังเที่ยง",
        "13/11/2025 अपराह्न 9:58:20",
        "2025/11/13 晚上9:58:20",
    ] {
        assert_eq!(start(moment), "2025-11-13T21:58:20", "{moment}");
    }
    for moment in [
        "9:58:20 SA 13/11/2025",
        "2025-11-13 9:58:20 fm",
        "13.11.2025 9.58.20 ap.",
        "13. 11. 2025 9:58:20 dop.",
        "13.11.2025 9:58:20 дп",
        "13/11/2025 9:58:20 ก่อนเที่ยง",
        "2025/11/13 早上9:58:20",
    ] {
        assert_eq!(start(moment), "2025-11-13T09:58:20", "{moment}");
    }
}

#[test]
fn a_vietnamese_morning_is_not_a_german_saturday() {
    assert_eq!(start("9:58:20 Sa 15.11.2025"), "2025-11-15T09:58:20");
    assert_eq!(start("9:58:20 CH Sa 15.11.2025"), "2025-11-15T21:58:20");
    assert_eq!(start("SA 9:58:20 15/11/2025"), "2025-11-15T09:58:20");
}

#[test]
fn twelve_in_the_evening_could_be_noon_or_midnight_and_is_refused() {
    for moment in ["2025/11/13 晚上12:05:00", "2025/11/13 傍晚12:05:00"] {
        assert_eq!(error(moment).field(), Some("time"), "{moment}");
    }
    assert_eq!(start("2025/11/13 凌晨12:05:00"), "2025-11-13T00:05:00");
    assert_eq!(start("2025/11/13 下午12:05:00"), "2025-11-13T12:05:00");
}

#[test]
fn a_zone_of_one_meaning_is_an_offset() {
    let bucharest = UtcOffset::from_minutes(120).unwrap();
    for (moment, source, in_bucharest) in [
        ("21:58:20 13/11/2025 EET", StartSource::Recorded, "2025-11-13T21:58:20"),
        ("2025-11-13 21:58:20 EET", StartSource::Recorded, "2025-11-13T21:58:20"),
        ("21:58:20 CET 13/11/2025", StartSource::Recorded, "2025-11-13T22:58:20"),
        ("13.11.2025 21:58:20 MEZ", StartSource::Recorded, "2025-11-13T22:58:20"),
        ("2025-11-13 21:58:20 GMT+01:00", StartSource::Recorded, "2025-11-13T22:58:20"),
        ("21:58:20 13/11/2025 UTC", StartSource::Universal, "2025-11-13T23:58:20"),
        ("21:58:20 13/11/2025 Z", StartSource::Universal, "2025-11-13T23:58:20"),
        ("Thu Nov 13 21:58:20 UTC 2025", StartSource::Universal, "2025-11-13T23:58:20"),
    ] {
        let text = text(moment);
        let night = Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{moment}: {error}"));
        assert_eq!(
            (night.start().to_string().as_str(), night.notices().start_source),
            ("2025-11-13T21:58:20", source),
            "{moment}"
        );
        let options = ParseOptions::default().with_zone(bucharest);
        let night = Recording::parse_with(text.as_bytes(), &options).unwrap();
        assert_eq!(night.start().to_string(), in_bucharest, "{moment}");
    }
}

#[test]
fn a_zone_that_changes_with_the_season_makes_no_gap() {
    let night = "Time,SpO2,Pulse\n26.10.2025 03:59:56 EEST,96,60\n26.10.2025 03:00:00 EET,95,61\n26.10.2025 03:00:04 EET,94,62\n";
    let night = Recording::parse(night.as_bytes()).unwrap();
    let at: Vec<_> = night.samples().map(|sample| sample.at.as_secs()).collect();
    assert_eq!(at, [0, 4, 8]);
    assert_eq!(night.notices().rows_retimed, 0);
}

#[test]
fn a_zone_of_several_meanings_is_refused_for_that_reason() {
    for moment in [
        "21:58:20 13/11/2025 IST",
        "2025-11-13 21:58:20 CST",
        "\"2025-11-13 21:58:20 BST\"",
        "21:58:20 IST 13/11/2025",
        "Thu Nov 13 21:58:20 CST 2025",
    ] {
        let error = error(moment);
        assert_eq!((error.code(), error.field()), ("bad-row", Some("zone")), "{moment}: {error}");
        assert_eq!(error.expected(), Some("2025-11-13 21:58:20 +02:00"));
        assert_eq!(error.found(), Some(moment.trim_matches('"')));
    }
}

#[test]
fn a_month_in_capitals_is_no_zone() {
    for moment in ["21:58:20 NOV 13 2025", "21:58:20 NOV 13, 2025", "13 NOV 2025 21:58:20"] {
        assert_eq!(start(moment), "2025-11-13T21:58:20", "{moment}");
    }
}

#[test]
fn years_of_another_calendar_are_refused_for_that_reason() {
    for moment in [
        "21:58:20 13/11/2568",
        "2568-11-13 21:58:20",
        "21:58:20 13/11/68",
        "21:58:20 13 Nov 68",
        "1404/08/22 21:58:20",
        "21:58:20 22/05/1447",
    ] {
        let error = error(moment);
        assert_eq!((error.code(), error.field()), ("bad-row", Some("calendar")), "{moment}: {error}");
        assert!(error.to_string().contains("Buddhist 2568 is 2025"), "{error}");
    }
    assert_eq!(error("21:58:20 31/02/2025").field(), Some("date"));
    assert_eq!(start("21:58:20 13/11/59"), "2059-11-13T21:58:20");
}
