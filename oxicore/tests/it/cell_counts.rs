//! Rows with more or fewer cells than the table: which cell is what cannot be known there, so no number is made of them.

use oxicore::{ParseError, Recording, testing};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// SpO2 and pulse of a row.
type Reading = (Option<u8>, Option<u16>);

/// Both readers of the library find the same.
fn read(text: &str) -> Result<Vec<Reading>, ParseError> {
    testing::fuzz_fast_vs_general(text.as_bytes());
    let night = Recording::parse(text.as_bytes())?;
    Ok(night.samples().map(|s| (s.spo2.map(|v| v.as_pct()), s.pulse.map(|v| v.as_bpm()))).collect())
}

/// `header` above ten rows of these cells behind the time, but for the sixth.
fn table(header: &str, cells: &str, sixth: &str) -> String {
    let row = |i: u32| {
        let time = format!("21:58:{:02} Nov 13 2025", i * 4);
        if i == 5 { sixth.replace("TIME", &time) } else { format!("{time}{cells}\n") }
    };
    format!("{header}\n{}", (0..10).map(row).collect::<String>())
}

fn assert_refused(text: &str, line: u32, message: &str) {
    let error = read(text).unwrap_err();
    assert_eq!((error.code(), error.field(), error.line()), ("bad-row", Some("cells"), Some(line)), "{text}");
    assert_eq!(error.to_string(), message, "{text}");
}

#[test]
fn a_decimal_comma_in_a_table_divided_by_commas_is_refused_in_every_row() {
    for (header, row, extra, column) in [
        ("Time,SpO2,Pulse", "2025-11-13 21:58:20,500,96,60", "60", 28),
        ("Time,SpO2,Pulse", "2025-11-13 21:58:20,97,5,60", "60", 26),
        ("Time,SpO2,Pulse", "2025-11-13 21:58:20,97,60,5", "5", 27),
        ("Time,SpO2,Pulse", "2025-11-13 21:58:20,97,5,--", "--", 26),
        ("Time,Pulse,SpO2,", "2025-11-13 21:58:20,60,97,5,", "5", 27),
        ("Time,SpO2,Pulse", "21:58:20,500,96,60", "60", 17),
        ("Time,Oxygen Level,Pulse Rate,Motion", "21:58:20 13/11/2025,97,5,60,0", "0", 29),
        ("Date,Time,SpO2,Pulse", "2025-11-13,21:58:20,97,5,60", "60", 26),
        ("Time;SpO2;Pulse", "2025-11-13 21:58:20;97;60;moved", "moved", 27),
    ] {
        let next = row.replace("21:58:20", "21:58:24");
        let message = format!("more cells than the header, `{extra}` at line 2, column {column}");
        assert_refused(&format!("{header}\n{row}\n{next}\n"), 2, &message);
    }
}

#[test]
fn one_row_of_more_cells_than_the_others_is_refused() {
    for (header, cells, extra) in [
        ("Time,Oxygen Level,Pulse Rate,Motion", ",97,60,0", "0"),
        ("Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder", ",97,60,0,0,0", "0"),
        ("Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder", ",97,60", "60"),
        ("Time,SpO2,Pulse,Note", ",97,60", "60"),
        ("Time,Pulse,SpO2", ",60,97", "97"),
        ("Time,SpO2", ",97", "97"),
        ("Time,Oxygen Level,Pulse Rate,Motion", ",97,60,0,0,1,", "1"),
    ] {
        for sixth in [format!("TIME,500{cells}\n"), format!("TIME,96,5{cells}\r\n")] {
            let text = table(header, cells, &sixth);
            let error = read(&text).unwrap_err();
            assert_eq!((error.field(), error.line()), (Some("cells"), Some(7)), "{text}");
            let shown = if sixth.contains("96") { error.found() } else { Some(extra) };
            assert!(error.found() == shown && shown.is_some(), "{error}");
        }
    }
    let without_names = table("21:58:00 Nov 13 2025,97,60", ",97,60", "TIME,97,5,60\n")
        .replace(":58:00 Nov 13 2025,97,60\n21:58:00", ":57:56 Nov 13 2025,97,60\n21:58:00");
    assert_eq!(read(&without_names).unwrap_err().line(), Some(7));
}

#[test]
fn a_row_that_lacks_a_cell_is_refused() {
    for (header, cells) in [
        ("Time,Oxygen Level,Pulse Rate,Motion", ",97,60,0"),
        ("Time,SpO2,Pulse,Motion,Steps", ",97,60,0,0"),
        ("Time,Motion,SpO2,Pulse", ",0,97,60"),
    ] {
        let lacking = cells.replacen(",97", "", 1);
        let text = table(header, cells, &format!("TIME{lacking}\n"));
        let error = read(&text).unwrap_err();
        assert_eq!((error.code(), error.line()), ("bad-row", Some(7)), "{text}");
        let empty = cells.replacen(",97", ",", 1);
        assert_eq!(read(&table(header, cells, &format!("TIME{empty}\n"))).unwrap()[5], (None, Some(60)));
    }
}

/// Rows of these cells, one after another.
fn rows_of(header: &str, cells: &[&str]) -> String {
    let time = |i: usize| format!("21:58:{:02} Nov 13 2025", i * 4);
    let rows = cells.iter().cycle().take(12).enumerate().map(|(i, cells)| format!("{}{cells}\n", time(i)));
    header.to_owned() + &rows.collect::<String>()
}

#[test]
fn what_a_decimal_comma_has_divided_is_no_reading_where_empty_cells_make_up_for_it() {
    for (header, cells, shown) in [
        ("Time,SpO2,Pulse,Note\n", &[",97,5,60,"][..], "5"),
        ("Time,SpO2,Pulse,Note\n", &[",97,60,", ",97,5,60,"], "5"),
        ("Time,SpO2,Pulse,Note\n", &[",97,0,60,"], "0"),
        ("Time,SpO2,Pulse,Note,\n", &[",97,5,60,"], "5"),
        ("Time,SpO2,Pulse,Motion,Note\n", &[",97,5,60"], "5"),
        ("Time,Pulse,SpO2,Note\n", &[",60,5,97,"], "5"),
        ("Time,PI,SpO2,Pulse,Note\n", &[",1,2,97,60,"], "2"),
        ("Time,Oxygen Level,Pulse Rate,Motion\n", &[",97,5,60,0,0,"], "5"),
        ("Time,Oxygen Level,Pulse Rate,Motion\n", &[",97,5,60,"], "5"),
        ("Time,Oxygen Level,Pulse Rate,Motion\n", &[",97,5,60"], "5"),
        ("Time,Oxygen Level,Pulse Rate,Motion\n", &[",97,53,60,", ",97,07,60,"], "07"),
        ("Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder,\n", &[",97,5,60,0,0,"], "5"),
        ("", &[",97,5"], "5"),
        ("", &[",97,5,"], "5"),
        ("", &[",97,5,60"], "5"),
        ("", &[",97,5,60,0"], "5"),
    ] {
        for end in ["\n", "\r\n"] {
            let text = rows_of(header, cells).replace('\n', end);
            let error = read(&text).map(|rows| format!("{rows:?}\n{text}")).unwrap_err();
            let said = (error.field(), error.found(), error.expected());
            assert_eq!(said, (Some("fraction"), Some(shown), Some("97.5")), "{text}");
        }
    }
    let text = rows_of("Time,SpO2,Pulse,Note\n", &[",97,5,60,"]);
    let message = "a reading, or what follows the decimal comma of one, `5` at line 2, column 25: expected for example `97.5`";
    assert_eq!(read(&text).unwrap_err().to_string(), message);
}

#[test]
fn decimal_commas_that_divide_no_cells_are_read() {
    for (header, cells) in [
        ("Time,SpO2,Pulse,Note\n", ",\"97,5\",\"60,2\","),
        ("Time;SpO2;Pulse\n", ";97,5;60,2"),
        ("Time;SpO2;Pulse;Note\n", ";97,5;60,2;"),
        ("Time\tSpO2\tPulse\n", "\t97,5\t60,2"),
        ("", ";97,5;60,2"),
        ("", "\t97,5\t60,2"),
    ] {
        assert_eq!(read(&rows_of(header, &[cells])), Ok(vec![(Some(98), Some(60)); 12]), "{header}{cells}");
    }
}

#[test]
fn a_pulse_that_was_lost_is_none_in_a_table_that_has_it_elsewhere() {
    for (header, cells) in [
        ("Time,SpO2,Pulse,Motion\n", [",97,60,0,", ",97,0,60,"]),
        ("Time,Oxygen Level,Pulse Rate,Motion\n", [",97,60,0,0,1,", ",97,0,60,0,0,"]),
        ("", [",97,60,0", ",97,0,60"]),
    ] {
        let rows = read(&rows_of(header, &cells)).unwrap();
        assert_eq!(rows[..2], [(Some(97), Some(60)), (Some(97), None)], "{header}");
    }
    let never = read(&rows_of("Time,SpO2,Pulse,Motion\n", &[",97,0,0,"]));
    assert_eq!(never.unwrap()[0], (Some(97), None));
}

#[test]
fn empty_cells_at_the_end_and_a_header_longer_than_all_rows_change_nothing() {
    let plain = vec![(Some(97), Some(60)); 10];
    for (header, cells, sixth) in [
        ("Time,SpO2,Pulse", ",97,60", "TIME,97,60,\n"),
        ("Time,SpO2,Pulse", ",97,60", "TIME,97,60, ,\"\",\n"),
        ("Time,SpO2,Pulse", ",97,60,", "TIME,97,60\n"),
        ("Time,SpO2,Pulse,", ",97,60,", "TIME,97,60,\n"),
        ("Time,SpO2,Pulse,", ",97,60", "TIME,97,60\r\n"),
        ("Time,SpO2,Pulse,Motion,Note", ",97,60", "TIME,97,60\n"),
        ("Time,SpO2,Pulse,Note", ",97,60,", "TIME,97,60,\"turned, woke\"\n"),
        ("Time,SpO2,Pulse,Note", ",97,60,x", "TIME,97,60,\n"),
        ("Time,Oxygen Level,Pulse Rate,Motion", ",97,60,0", "TIME,97,60,0,\n"),
        ("Time,Oxygen Level,Pulse Rate,Motion", ",97,60,0,0,1,", "TIME,97,60,0,1,0,\n"),
    ] {
        assert_eq!(read(&table(header, cells, sixth)), Ok(plain.clone()), "{header} {cells} {sixth}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_comma_too_many_anywhere_in_a_table_is_never_a_number(
        names in select(vec!["SpO2,Pulse", "Pulse,SpO2", "SpO2", "Battery,SpO2,Pulse", "Oxygen Level,Pulse Rate,Motion"]),
        row in 0..10_usize,
        place in any::<Index>(),
        part in 0..1_000_u32,
    ) {
        let count = names.split(',').count();
        let mut cells: Vec<_> = ["96", "60", "7"].iter().take(count).map(|it| (*it).to_owned()).collect();
        let plain = format!(",{}", cells.join(","));
        cells.insert(place.index(count + 1), part.to_string());
        let mut lines: Vec<_> = table(&format!("Time,{names}"), &plain, &format!("TIME{plain}\n")).lines().map(str::to_owned).collect();
        lines[row + 1] = lines[row + 1].replace(&plain, &format!(",{}", cells.join(",")));
        let text = lines.join("\n") + "\n";
        let error = read(&text).map(|rows| format!("{rows:?}\n{text}")).unwrap_err();
        prop_assert_eq!(error.line(), u32::try_from(row + 2).ok());
    }
}
