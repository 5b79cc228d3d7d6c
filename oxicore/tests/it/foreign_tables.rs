//! Tables of tools that nobody here has seen: a word that is not known, another time in front, rows of several people, a
//! clock that runs back.

use oxicore::{ParseError, Recording, notices::StartSource, testing, time::LocalDateTime};

const ROWS: u32 = 80;

/// SpO2 of row `i`, and its pulse.
const fn spo2(i: u32) -> u32 {
    96 - i % 5
}
const fn pulse(i: u32) -> u32 {
    58 + i % 7
}

/// The moment of row `i`, `step` seconds apart.
fn moment(i: u32, step: u32) -> String {
    let start = LocalDateTime::new((2025, 11, 13), (22, 0, 0)).unwrap().unix_seconds();
    let time = LocalDateTime::from_unix_seconds(start + i64::from(i * step)).unwrap();
    time.to_string().replace('T', " ")
}

fn table(header: &str, row: impl Fn(u32) -> String) -> String {
    (0..ROWS).fold(format!("{header}\n"), |text, i| text + &row(i) + "\n")
}

/// The night, which the general reader finds as well as the fast one.
fn read(text: &str) -> Recording<'_> {
    testing::fuzz_fast_vs_general(text.as_bytes());
    Recording::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refused(text: &str) -> ParseError {
    testing::fuzz_fast_vs_general(text.as_bytes());
    let head = text.lines().take(3).collect::<Vec<_>>().join("\n");
    Recording::parse(text.as_bytes()).map(|night| panic!("{} records: {head}", night.len())).unwrap_err()
}

/// Whether every row is there with its readings, or without a pulse.
fn assert_readings(text: &str, has_pulse: bool) {
    let found: Vec<_> = read(text)
        .samples()
        .map(|s| (s.spo2.map(|v| u32::from(v.as_pct())), s.pulse.map(|v| u32::from(v.as_bpm()))))
        .collect();
    let right: Vec<_> = (0..ROWS).map(|i| (Some(spo2(i)), has_pulse.then(|| pulse(i)))).collect();
    assert_eq!(found, right, "{}", text.lines().next().unwrap());
}

#[test]
fn a_plain_name_comes_before_one_with_a_word_that_is_not_known() {
    for beside in
        ["SpO2 set point", "Acclimation SpO2", "SpO2 previous", "SpO2-D", "ΔSpO2", "SpO2 xyz", "NOx", "Box"]
    {
        let text = table(&format!("Time,{beside},SpO2,HR xyz,HR"), |i| {
            format!("{},{},{},{},{}", moment(i, 4), 70 + i % 9, spo2(i), 99, pulse(i))
        });
        assert_readings(&text, true);
    }
}

#[test]
fn qualities_limits_extremes_and_breaths_are_known_in_the_languages_of_the_readings() {
    for (beside, pulse_name) in [
        ("Kvalita SpO2", "Tep"),
        ("SpO2 minőség", "Pulzus"),
        ("Качество SpO2", "Пульс"),
        ("血氧质量", "脉率"),
        ("SpO2 kalitesi", "Nabız"),
        ("SpO2 kwaliteit", "Pols"),
        ("SpO2品質", "脈拍"),
        ("SpO2 niedrigste", "Puls"),
        ("najniższa saturacja", "Tętno"),
        ("SpO2 más baja", "Pulso"),
        ("en düşük SpO2", "Nabız"),
        ("SpO2 Grenzwert", "Puls"),
        ("Seuil SpO2", "Pouls"),
        ("Umbral SpO2", "Pulso"),
        ("Prag SpO2", "AV"),
        ("Порог SpO2", "ЧП"),
        ("AF", "HF"),
        ("FR", "FC"),
        ("ЧД", "ЧСС"),
        ("Oddechy", "Tętno"),
    ] {
        let row = |i| format!("{};{};{};{}", moment(i, 4), 93, spo2(i), pulse(i));
        assert_readings(&table(&format!("Zeit;{beside};SpO2;{pulse_name}"), row), true);
        assert_readings(
            &table(&format!("Zeit;SpO2;{beside};{pulse_name}"), |i| {
                format!("{};{};{};{}", moment(i, 4), spo2(i), 93, pulse(i))
            }),
            true,
        );
    }
}

#[test]
fn what_is_measured_elsewhere_is_no_saturation() {
    for header in [
        "Time,Proximity,HR",
        "Time,Oxygen consumption,HR",
        "Time,Carboxyhemoglobin,HR",
        "Heure,Humidité,Température",
        "Ora,Umiditate,Temperatura",
        "Data,Glicemie,Observatii",
        "Zeit,Gewicht,BMI",
        "Zeit,Akku,Spannung",
        "Zeit,IR,ROT",
    ] {
        let text = table(header, |i| format!("{},{},{}", moment(i, 4), spo2(i), pulse(i)));
        assert_eq!(refused(&text).code(), "no-oximetry", "{header}");
    }
}

#[test]
fn a_column_that_only_its_place_calls_saturation_has_no_number_above_100() {
    let most = |i: u32| if i == 70 { 104 } else { 85 + i % 15 };
    let text = table("Zeit;Wert", |i| format!("{};{}", moment(i, 4), most(i)));
    assert_eq!(refused(&text).code(), "no-oximetry");
    let marked = |i: u32| if i == 70 { 127 } else { spo2(i) };
    let text = table("Zeit;Wert", |i| format!("{};{}", moment(i, 4), marked(i)));
    assert_eq!(read(&text).len(), ROWS as usize);
}

#[test]
fn a_day_and_a_clock_in_two_cells_have_two_names_whatever_these_are() {
    for names in [
        "Date,Time",
        "Date (UTC),Time (UTC)",
        "Date (dd/mm/yyyy),Time (hh:mm:ss)",
        "Measurement date,Measurement time",
        "Zi,Ora",
        "Jour,Heure",
        "Tag,Zeit",
        "วันที่,เวลา",
        "Gün,Saat",
        "REC_DATE,REC_TIME",
    ] {
        let two = |i| moment(i, 4).replace(' ', ",");
        let wide = |i| format!("{},{},{},{}", two(i), spo2(i), pulse(i), 24 + i % 9);
        assert_readings(&table(&format!("{names},SpO2,Pulse,Resp"), wide), true);
        let turned = |i| format!("{},{},{}", two(i), pulse(i), spo2(i));
        assert_readings(&table(&format!("{names},Puls,Oxigen"), turned), true);
    }
    let universal =
        table("Date,Time (UTC),SpO2", |i| format!("{},{}", moment(i, 4).replace(' ', ","), spo2(i)));
    assert_eq!(read(&universal).notices().start_source, StartSource::Universal);
}

#[test]
fn the_time_of_an_export_or_a_change_is_not_that_of_a_row() {
    for names in
        ["Exported at,Time", "Upload time,Measured at", "update_time,start_time", "creationDate,startDate"]
    {
        let row = |i| format!("2025-11-14 08:00:{:02},{},{},{}", i % 60, moment(i, 4), spo2(i), pulse(i));
        let text = table(&format!("{names},SpO2,Pulse"), row);
        assert_readings(&text, true);
        assert_eq!(
            (read(&text).start().to_string(), read(&text).span().as_secs()),
            ("2025-11-13T22:00:00".into(), 320)
        );
    }
    let alone = table("Created,SpO2,Pulse", |i| format!("{},{},{}", moment(i, 4), spo2(i), pulse(i)));
    assert_readings(&alone, true);
}

#[test]
fn rows_of_several_people_or_devices_are_refused() {
    for (name, others) in [
        ("User", ["A", "B"]),
        ("Device", ["O2Ring 1", "O2Ring 2"]),
        ("Subject ID", ["1", "2"]),
        ("Quelle", ["Uhr", "Ring"]),
    ] {
        let of = |changes: u32| {
            table(&format!("Time,{name},SpO2,Pulse"), |i| {
                let whose = others[(i >= changes) as usize];
                format!("{},{whose},{},{}", moment(i, 4), spo2(i), pulse(i))
            })
        };
        let error = refused(&of(40));
        assert_eq!(
            (error.code(), error.field(), error.line()),
            ("bad-row", Some("source"), Some(42)),
            "{name}"
        );
        assert_eq!(error.found(), Some(others[1]));
        assert_readings(&of(ROWS), true);
    }
    let error = refused("Time,User,SpO2\n2025-11-13 22:00:00,A,97\n2025-11-13 22:00:04,B,96\n");
    assert_eq!(error.to_string(), "rows of several people or devices, `B` at line 3, column 21");
}

#[test]
fn a_clock_that_runs_back_by_hours_or_again_and_again_is_refused() {
    let row = |i: u32, at: u32| format!("{},{},{}", moment(at, 60), spo2(i), pulse(i));
    let far =
        |by: u32| table("Time,SpO2,Pulse", move |i| row(i, if i < 70 { 200 + i } else { 200 + i - by }));
    let error = refused(&far(125));
    assert_eq!((error.code(), error.field(), error.line()), ("bad-row", Some("clock"), Some(72)));
    assert_eq!(read(&far(61)).len(), ROWS as usize, "an hour, as when summer time ends");
    let turned =
        |often: u32| table("Time,SpO2,Pulse", move |i| row(i, if i % often < 2 { i ^ 1 } else { i }));
    let error = refused(&turned(6));
    assert_eq!((error.field(), error.line()), (Some("clock"), Some(3)));
    let once = table("Time,SpO2,Pulse", |i| row(i, if i < 2 { i ^ 1 } else { i }));
    assert_eq!(read(&once).notices().rows_retimed, 79);
}

#[test]
fn a_table_of_means_beside_one_of_readings_is_refused() {
    let means = "Start,Average SpO2,Average Pulse\n2025-11-13 22:00:00,95,66\n";
    let rows = table("Time,SpO2,Pulse", |i| format!("{},{},{}", moment(i, 4), spo2(i), pulse(i)));
    for text in [format!("{means}\n{rows}"), format!("{rows}\n{means}")] {
        assert_eq!(refused(&text).field(), Some("columns"));
    }
}

#[test]
fn numbers_without_a_unit_that_are_many_a_second_are_minutes_or_hours() {
    for (step, decimals) in [(4.0 / 60.0, 4), (1.0 / 60.0, 5), (4.0 / 3_600.0, 6)] {
        let row = |i: u32| format!("{:.decimals$},{},{}", f64::from(i) * step, spo2(i), pulse(i));
        assert_eq!(refused(&table("Time,SpO2,Pulse", row)).field(), Some("clock"), "{step}");
    }
    let stated =
        table("Time (min),SpO2,Pulse", |i| format!("{:.4},{},{}", f64::from(i) / 15.0, spo2(i), pulse(i)));
    assert_readings(&stated, true);
    let half_seconds =
        table("Time,SpO2,Pulse", |i| format!("{:.1},{},{}", f64::from(i) / 2.0, spo2(i), pulse(i)));
    assert_eq!(read(&half_seconds).len(), 40);
}

#[test]
fn words_and_numbers_for_no_reading_are_none() {
    for none in
        ["-1", "-1.0", "-9999", "-32768", "None", "n.a.", "off", "?", "No finger", "Finger Out", "invalid"]
    {
        let cell = |i: u32, value: u32| if i == 30 { none.to_owned() } else { value.to_string() };
        let text = table("Time,SpO2,Pulse", |i| {
            format!("{},{},{}", moment(i, 4), cell(i, spo2(i)), cell(i, pulse(i)))
        });
        let empty = read(&text).samples().filter(|s| s.spo2.is_none() && s.pulse.is_none()).count();
        assert_eq!((empty, read(&text).len()), (1, ROWS as usize), "{none}");
    }
    for other in ["-61", "-97", "-12", "offen", "!"] {
        let text = table("Time,SpO2,Pulse", |i| format!("{},{},{other}", moment(i, 4), spo2(i)));
        assert_eq!(refused(&text).field(), Some("pulse"), "{other}");
    }
}

#[test]
fn moments_of_desktops_and_programs_are_read() {
    for (text, start) in [
        ("Nov 13, 2025 at 9:58:20 PM", "2025-11-13T21:58:20"),
        ("13.11.2025 um 21:58:20 Uhr", "2025-11-13T21:58:20"),
        ("13.11.2025, 21:58:20 Uhr", "2025-11-13T21:58:20"),
        ("13/11/2025 à 21:58:20", "2025-11-13T21:58:20"),
        ("13.11.2025 ora 21:58:20", "2025-11-13T21:58:20"),
        ("2025-11-13 - 21:58:20", "2025-11-13T21:58:20"),
        ("2025-11-13_21:58:20", "2025-11-13T21:58:20"),
        ("2025-11-13 21:58:20,250", "2025-11-13T21:58:20"),
        ("2025-11-13 21:58:20 EST", "2025-11-13T21:58:20"),
        ("2025-11-13T21:58:20+01:00[Europe/Paris]", "2025-11-13T21:58:20"),
        ("13 พฤศจิกายน 2025 21:58:20", "2025-11-13T21:58:20"),
        ("13 نوفمبر 2025 21:58:20", "2025-11-13T21:58:20"),
        ("13 נובמבר 2025 21:58:20", "2025-11-13T21:58:20"),
        ("13 lapkričio 2025 21:58:20", "2025-11-13T21:58:20"),
    ] {
        let night = format!("Time;SpO2;Pulse\n{text};97;60\n");
        assert_eq!(read(&night).start().to_string(), start, "{text}");
    }
    let cell = "Time,SpO2,Pulse\n2025-11-13 21:58:20,100,60\n";
    assert_eq!(read(cell).samples().next().and_then(|s| s.spo2).map(|v| v.as_pct()), Some(100));
}

#[test]
fn a_zone_of_america_that_changes_in_the_night_makes_no_gap() {
    let text = table("Time,SpO2,Pulse", |i| {
        let changed = if i < 40 {
            moment(i, 4) + " EDT"
        } else {
            format!("2025-11-13 21:{:02}:{:02} EST", i * 4 / 60, i * 4 % 60)
        };
        format!("{changed},{},{}", spo2(i), pulse(i))
    });
    assert_eq!((read(&text).span().as_secs(), read(&text).notices().rows_retimed), (320, 0));
}

#[test]
fn what_follows_a_time_in_its_cell_is_shown_with_it() {
    let error = refused("Time;SpO2;Pulse\n13.11.2025 21:58:20 ca.;97;60\n");
    assert_eq!((error.field(), error.found()), (Some("time"), Some("13.11.2025 21:58:20 ca.")));
}
