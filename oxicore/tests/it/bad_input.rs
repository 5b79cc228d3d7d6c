//! Files that are no recordings: a clear error with its place; broken ones: never a panic, never invented samples.

use oxicore::testing::{fuzz_fast_vs_general, fuzz_parse, fuzz_roundtrip};
use oxicore::{ParseError, Recording};

use crate::fixtures::{READABLE, fixture};

fn error(bytes: &[u8]) -> ParseError {
    Recording::parse(bytes).map(|r| r.len()).unwrap_err()
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    let error = error(b"");
    assert_eq!((error.code(), error.offset()), ("empty-file", 0));
    assert_eq!(error.to_string(), "empty file at byte 0");
}

#[test]
fn a_picture_with_the_name_of_a_csv_is_not_a_recording() {
    let error = error(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xd0\x08\x02");
    assert_eq!(error.code(), "picture-file");
}

#[test]
fn ten_megabytes_of_zeros_are_not_a_recording() {
    assert_eq!(error(&vec![0; 10 << 20]).code(), "unknown-format");
}

#[test]
fn a_header_alone_has_no_samples() {
    let text = b"Time,Oxygen Level,Pulse Rate,Motion\n";
    let error_of_text = error(text);
    assert_eq!((error_of_text.code(), error_of_text.offset()), ("no-samples", text.len() as u64));
    let binary = fixture("legacy_v3_header_only_20260102235930");
    assert_eq!((error(&binary).code(), error(&binary).offset()), ("no-samples", 40));
}

#[test]
fn a_binary_cut_inside_its_header_tells_where_it_ends() {
    let file = fixture("legacy_v3_4s_20260102235930");
    for length in 4..40 {
        let error = error(&file[..length]);
        assert_eq!((error.code(), error.offset()), ("truncated", length as u64));
    }
}

#[test]
fn a_binary_with_an_impossible_clock_names_the_field_and_its_byte() {
    let file = fixture("legacy_v3_4s_20260102235930");
    for (offset, value, name) in
        [(4, 13, "month"), (5, 0, "day"), (6, 24, "hour"), (7, 60, "minute"), (8, 60, "second")]
    {
        let mut broken = file.clone();
        broken[offset] = value;
        let error = error(&broken);
        assert_eq!((error.code(), error.field(), error.offset()), ("bad-field", Some(name), offset as u64));
    }
}

#[test]
fn an_unreadable_row_is_named_by_line_and_column() {
    let error_in = |row: &str| {
        error(
            format!("Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,96,58,0\n{row}\n").as_bytes(),
        )
    };
    let place = |e: ParseError| (e.code(), e.field(), e.line(), e.column());
    assert_eq!(place(error_in("22:00:04 Jan 32,97,58,0")), ("bad-row", Some("time"), Some(3), Some(1)));
    assert_eq!(place(error_in("22:00:04 Jan 02 2026,9x,58,0")), ("bad-row", Some("spo2"), Some(3), Some(22)));
    assert_eq!(place(error_in("22:00:04 Jan 02 2026,97")), ("bad-row", Some("pulse"), Some(3), Some(24)));
    assert_eq!(place(error_in("22:00:04 Feb 30 2026,97,58,0")), ("bad-row", Some("date"), Some(3), Some(1)));
}

#[test]
fn dates_that_need_both_orders_are_refused_at_the_first_that_needs_the_other() {
    let error_in = |rows: &str| error(format!("Time,Oxygen Level,Pulse Rate,Motion\n{rows}").as_bytes());
    let place = |e: ParseError| (e.code(), e.line(), e.column(), e.offset());
    let rows = "22:00:00 13/04/2026,96,58,0\n22:00:04 13/04/2026,96,58,0\n22:00:08 04/13/2026,96,58,0\n";
    assert_eq!(place(error_in(rows)), ("contradictory-dates", Some(4), Some(1), 92));
    let again = format!("{rows}22:00:12 13/04/2026,96,58,0\n");
    assert_eq!(place(error_in(&again)), ("contradictory-dates", Some(4), Some(1), 92));
}

#[test]
fn some_other_table_is_refused_at_its_first_row() {
    let other = error(b"river,length,town\nPrut,742,Iasi\n7,8,9\n");
    assert_eq!((other.code(), other.line()), ("bad-row", Some(3)));
    for without_spo2 in [
        &b"Time,Heart Rate,Motion\n22:00:04 Jan 02 2026,60,0\n"[..],
        b"Time,Pulse,Steps,Respiration rate\n22:00:04 Jan 02 2026,60,12,15\n",
        b"Time,SpO2 min,SpO2 max,Pulse\n22:00:04 Jan 02 2026,94,98,60\n",
    ] {
        assert_eq!(error(without_spo2).code(), "no-oximetry");
    }
}

#[test]
fn a_text_without_rows_of_three_cells_is_not_a_recording() {
    let texts: [&[u8]; 4] = [
        b"hello",
        b"{\n  \"nights\": 3,\n  \"device\": \"ring\"\n}\n",
        b"# Report\nThe night of 3 May, read at 07:10\n",
        b"\xff\xfeh\0e\0l\0l\0o\0\n\0\x31\0",
    ];
    for text in texts {
        let error = error(text);
        assert_eq!((error.code(), error.offset()), ("unknown-format", 0), "{}", text.escape_ascii());
    }
}

#[test]
fn files_of_other_kinds_are_called_what_they_are() {
    for (bytes, code, words) in [
        (&b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"[..], "pdf-file", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture-file", "a picture"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "spreadsheet-file", "a spreadsheet"),
        (b"PK\x03\x04\x14\0\x06\0night.csv", "archive-file", "an archive"),
    ] {
        let error = error(bytes);
        assert_eq!((error.code(), error.field()), (code, None));
        assert!(error.to_string().starts_with(&format!("no oximeter file but {words}")), "{error}");
    }
}

#[test]
fn a_last_line_cut_off_is_left_out_and_reported() {
    let whole = "22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,97,58,0\n";
    for cut in ["22:00:0", "22:00:08 Jan 02 2026,", "22:00:08 Jan 02 2026,96,5"] {
        let file = format!("{whole}{cut}");
        let recording = Recording::parse(file.as_bytes()).unwrap();
        assert_eq!((recording.len(), recording.samples().count()), (2, 2), "{cut:?}");
        assert_eq!(recording.notices().truncated_bytes as usize, cut.len(), "{cut:?}");
        assert_eq!(recording.span().as_secs(), 8, "{cut:?}");
    }
}

#[test]
fn a_clock_that_runs_back_keeps_every_row_and_is_reported() {
    let file = b"02:59:52 Mar 29 2026,96,58,0\n02:59:56 Mar 29 2026,95,58,0\n02:00:00 Mar 29 2026,94,58,0\n02:00:04 Mar 29 2026,93,58,0\n";
    let recording = Recording::parse(file).unwrap();
    let times: Vec<_> = recording.samples().map(|s| s.at.as_secs()).collect();
    assert_eq!(times, [0, 4, 8, 12]);
    assert_eq!(recording.notices().rows_retimed, 2);
}

#[test]
fn a_header_repeated_inside_the_file_is_passed_over_and_counted() {
    let file = b"Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,96,58,0\n\nTime,Oxygen Level,Pulse Rate,Motion\n22:00:04 Jan 02 2026,95,58,0\n";
    let recording = Recording::parse(file).unwrap();
    assert_eq!((recording.len(), recording.notices().rows_dropped), (2, 1));
}

/// `OXI_THOROUGH=1` tries every length and a million mutants; without it, enough to notice a new mistake.
fn is_thorough() -> bool {
    std::env::var_os("OXI_THOROUGH").is_some()
}

fn break_no_promise(bytes: &[u8]) {
    fuzz_parse(bytes);
    fuzz_fast_vs_general(bytes);
}

#[test]
fn no_truncation_of_any_fixture_breaks_a_promise() {
    for fixture_of in READABLE {
        let file = fixture(fixture_of.name);
        let step = if is_thorough() || file.len() < 1_600 { 1 } else { 41 };
        (0..file.len()).step_by(step).for_each(|end| break_no_promise(&file[..end]));
    }
}

/// Rows of dialects that the short way reads, the clock first, quoted, and last.
const PLAIN: [&str; 6] = [
    "22:00:00 02/01/2026,96,60,1",
    "22:00:00 Jan 02 2026,96,60,1,0,0",
    "\"10:00:00PM Jan 02, 2026\",96,60,1,0,0,",
    "2026-01-02T22:00:00+01:00,96,60,1",
    "10:00:00 PM Jan 02 2026,96,60,1",
    "2026-1-2 22:00:00,96,60,1",
];

/// Rows that look plain and are not, or not quite.
const ODD: [&str; 31] = [
    "22:00:04 02/01/2026,255,65535,300,1,0",
    "22:00:04 02/01/2026,0,999999,1",
    "22:00:04 02/01/2026, 96,60,1",
    "22:00:04 02/01/2026,96,60,1 ",
    "22:00:04 02/01/2026,96,60,1,2,3,4,5",
    "22:00:04 02/01/2026,96,60,1,",
    "22:00:04 02/01/2026,96",
    "22:00:04 02/01/2026,--,60,1",
    "22:00:04 02/01/2026,96,60,x",
    "22:00:04 02/01/2026,96,60,12Time,Oxygen Level,Pulse Rate",
    "22:00:64 02/01/2026,96,60,1",
    "2:00:04 02/01/2026,96,60,1",
    "22:00:04  02/01/2026,96,60,1",
    "22:00:04 31/02/2026,96,60,1",
    "22:00:04 02/01/1970,96,60,1",
    "22:00:04 02/01/20266,96,60,1",
    "22:00:04 02/01/2026",
    "",
    "   ",
    "Time,A,B,C",
    "22:00:04 Jan 02 2026,96,60,12,0,0",
    "22:00:04 Jan 02 2026,96,60,1,1,0",
    "\"10:00:04PM Jan 02, 2026\",255,65535,0,0,0,",
    "\"10:00:04PM Jan 02, 2026\",96,60,1,0,0,,",
    "\"13:00:04PM Jan 02, 2026\",96,60,1,0,0,",
    "\"12:00:04AM Jan 03, 2026\",96,60,1,0,0,",
    "2026-01-02T22:00:04+02:00,96,60,1",
    "2026-01-02T24:00:04+01:00,96,60,1",
    "10:00:4  PM Jan 02 2026,96,60,1",
    "10:00:04 AM Jan 02 2026,96,60,1",
    "2026-1-2 22:00:4,96,60,1",
];

#[test]
fn the_short_way_for_plain_rows_finds_what_the_general_reader_finds() {
    for (first, second) in ODD.iter().flat_map(|first| ODD.map(|second| (first, second))) {
        for (plain, end) in PLAIN.iter().flat_map(|plain| ["\n", "\r\n", "\r"].map(|end| (plain, end))) {
            fuzz_fast_vs_general([plain, first, plain, second, plain, ""].join(end).as_bytes());
        }
    }
}

#[test]
fn mutations_break_no_promise() {
    let files: Vec<_> = READABLE.iter().map(|f| fixture(f.name)).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for round in 0..if is_thorough() { 1_000_000 } else { 20_000 } {
        let file = &files[next(files.len())];
        let mut mutant = file[..file.len().min(200 + next(400))].to_vec();
        for _ in 0..=next(6) {
            let at = next(mutant.len());
            mutant[at] = next(256) as u8;
        }
        break_no_promise(&mutant);
        if round % 8 == 0 {
            fuzz_roundtrip(&mutant);
        }
    }
}

#[test]
fn a_clock_that_leaps_over_more_than_a_month_is_refused() {
    let rows = |date: &str| {
        format!("22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n22:00:04 {date},95,58,0\n")
    };
    for date in ["Feb 02 2026", "Jan 02 2027", "Jan 02 2028"] {
        assert_eq!(error(rows(date).as_bytes()).code(), "too-large", "{date}");
    }
    assert_eq!(Recording::parse(rows("Feb 01 2026").as_bytes()).unwrap().len(), 3);
    // As this crate itself writes a night of several parts.
    let header = "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder\n";
    let written = |date: &str| header.to_owned() + &rows(date).replace(",0\n", ",0,0,0\n");
    assert_eq!(Recording::parse(written("Jan 02 2027").as_bytes()).unwrap().len(), 3);
    assert_eq!(error(written("Jan 04 2027").as_bytes()).code(), "too-large");
}

/// A line without an end, of whatever the file repeats, is refused where it stops being a row.
#[test]
fn one_very_long_line_ends_with_its_place() {
    let rows = "Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,96,58,0\n";
    for part in ["1,", "9", "x1,", "22:00:04 Jan 02 2026,96,58,0,", "96;"] {
        let line = part.repeat((4 << 20) / part.len());
        let file = format!("{rows}{line}\n22:00:08 Jan 02 2026,96,58,0\n");
        let Err(error) = Recording::parse(file.as_bytes()) else { panic!("{part:?} is read") };
        assert_eq!(error.line(), Some(3), "{part:?}: {error}");
        assert!(error.found().is_none_or(|found| found.len() <= 60), "{part:?}");
        assert!(error.to_string().len() < 250, "{part:?}");
    }
}
