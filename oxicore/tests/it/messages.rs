//! What an error says: the cell as it was read, its place, and a form that would do.

use oxicore::{ParseError, Recording};

fn error(text: &str) -> ParseError {
    Recording::parse(text.as_bytes()).map(|night| night.len()).unwrap_err()
}

#[test]
fn an_error_names_the_cell_its_place_and_a_form_that_would_do() {
    for (text, message) in [
        (
            "Time,SpO2,Pulse\n9:58:20 x. m. 13/11/2025,97,60\n",
            "unreadable time `9:58:20 x. m. 13/11/2025` at line 2, column 1: expected for example `21:58:20 13/11/2025`",
        ),
        (
            "Time;SpO2;Pulse\n21:58:20 Nov 13 2025;97%%;60\n",
            "unreadable spo2 `97%%` at line 2, column 22: expected for example `97`",
        ),
        (
            "Time,SpO2,Pulse\n21:58:20 Nov 13 2025,97,sixty\n",
            "unreadable pulse `sixty` at line 2, column 25: expected for example `62`",
        ),
        (
            "Time,SpO2,Pulse\n21:58:20 Nov 13 2025,97\n",
            "missing pulse at line 2, column 24: expected for example `62`",
        ),
        (
            "Time,SpO2,Pulse\n,97,60\n",
            "missing time at line 2, column 1: expected for example `21:58:20 13/11/2025`",
        ),
        (
            "Time,SpO2,Pulse\n21:58:20 30/02/2025,97,60\n",
            "unreadable date `21:58:20 30/02/2025` at line 2, column 1: expected for example `21:58:20 13/11/2025`",
        ),
        (
            "Time,SpO2,Pulse\n21:58:20 13/11/2025,97,60\n21:58:24 11/13/2025,97,60\n",
            "dates fit neither day-first nor month-first: `21:58:24 11/13/2025` at line 3, column 1: expected for example `2025-11-13 21:58:20`",
        ),
        (
            "Time,Heart Rate,Motion\n21:58:20 Nov 13 2025,60,0\n",
            "no SpO2 among `Time, Heart Rate, Motion` at line 1, column 1: expected for example `SpO2`",
        ),
        (
            "Time,SpO2,Pulse,Nume pacient\n21:58:20 Nov 13 2025,97,60,Ion\n",
            "a column with names or numbers of people, `Nume pacient` at line 1, column 17",
        ),
    ] {
        assert_eq!(error(text).to_string(), message);
    }
}

#[test]
fn the_parts_of_an_error_are_data() {
    let error = error("Time,SpO2,Pulse\n9:58:20 x. m.,97,60\n");
    assert_eq!((error.code(), error.field()), ("bad-row", Some("time")));
    assert_eq!((error.line(), error.column(), error.offset()), (Some(2), Some(1), 16));
    assert_eq!((error.found(), error.expected()), (Some("9:58:20 x. m."), Some("21:58:20 13/11/2025")));
}

#[test]
fn a_long_cell_is_shown_by_its_beginning_and_never_in_a_log() {
    let cell = "7 Ion Popescu ".repeat(40);
    let error = error(&format!("Time,SpO2,Pulse\n{cell},97,60\n"));
    let found = error.found().unwrap();
    assert!(
        found.len() <= 56 && found.starts_with("7 Ion Popescu 7 Ion") && found.ends_with('\u{2026}'),
        "{found}"
    );
    assert!(!format!("{error:?}").contains("Ion"), "{error:?}");
}

#[test]
fn a_header_cell_in_another_encoding_is_shown_as_far_as_it_can_be() {
    let night = b"Time,SpO2,Pulse\n21:58:20 13 d\xe9c. 2025,97,60\n";
    let error = Recording::parse(night).map(|night| night.len()).unwrap_err();
    assert_eq!(error.found(), Some("21:58:20 13 d\u{fffd}c. 2025"));
}

#[test]
fn a_table_of_people_is_refused_for_that_reason() {
    for header in [
        "Nume,Prenume,CNP,Data na\u{219}terii",
        "Pacient;SpO2;Puls",
        "Time,SpO2,Pulse,Patient name",
        "time,spo2,pulse,SSN",
        "Fecha,SpO2,Pulso,NIF",
        "Heure,SpO2,Pouls,Nom,Pr\u{e9}nom",
        "Zeit;SpO2;Puls;Nachname;Geburtsdatum",
        "Name,Time,SpO2,PR",
        "firstName,lastName,time,spo2,pulse",
        "Time,SpO2,Pulse,DOB",
    ] {
        for row in ["Ion,1,2,3", "21:58:20 Nov 13 2025,97,60,x,y", "1;2;3;4;5"] {
            let row = if header.contains(';') { row.replace(',', ";") } else { row.to_owned() };
            let error = error(&format!("{header}\n{row}\n{row}\n"));
            assert_eq!(error.code(), "personal-data", "{header}\n{row}: {error}");
            assert!(header.contains(error.found().unwrap()), "{error}");
        }
    }
}

#[test]
fn lines_about_a_person_above_a_recording_are_titles_and_passed_over() {
    let titles = "Patient name,Ion Popescu\nDate of birth,1.2.1970\n\n";
    let table = "Time,SpO2,Pulse,Device name,File name\n21:58:20 Nov 13 2025,97,60,O2Ring,a.csv\n";
    let night = format!("{titles}{table}");
    assert_eq!(Recording::parse(night.as_bytes()).map(|night| night.len()), Ok(1));
}

#[test]
fn a_mistake_in_a_file_with_titles_about_a_person_is_told_as_such() {
    let error = error("Patient,Ion\nTime,SpO2,Pulse\n9:58:20 x. m. 13/11/2025,97,60\n");
    assert_eq!((error.code(), error.line()), ("bad-row", Some(3)));
}
