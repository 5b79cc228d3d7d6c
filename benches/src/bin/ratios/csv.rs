//! Text to columns: against readers one writes with what is on the shelf, and against loops that only copy.

use std::hint::black_box;

use oxi_benches::dialects::Dialect;
use oxi_benches::gate::Counts;
use oxi_benches::night::{self, INTERVAL_S, RECORDS};
use oxi_benches::ours::{self, Memory};
use oxi_benches::peers::{READERS, copies};
use oxi_benches::race::{Race, Times};
use oxi_benches::ratio::Ratio;
use oxi_benches::rows::Rows;
use oxi_benches::stage::Stage;

use crate::Run;
use crate::data::Data;

const GROUP: &str = "csv";
const ROUNDS: u32 = 15;
/// 100 MB.
const ARCHIVE_ROWS: u32 = 500 * RECORDS;
const LIMIT: &str = "read 28, write 8";

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let data = run.data;
    let mut ratios = small("made-up night", std::slice::from_ref(&data.csv))?;
    if !data.recorded.is_empty() {
        ratios.extend(small("recorded nights", &data.recorded)?);
    }
    ratios.extend(large(data)?);
    ratios.push(unfriendly(data)?);
    for dialect in Dialect::ALL {
        ratios.push(other(data, dialect)?);
    }
    ratios.extend(instructions(data)?);
    Ok(ratios)
}

/// Nights that fit into the caches.
fn small(what: &str, files: &[Vec<u8>]) -> Result<Vec<Ratio>, String> {
    let rows = checked(files)?;
    let mut out = Rows::with_capacity(20_000);
    let race = with_ours(Race::new(), files).lane(LIMIT, || {
        for file in files {
            copies::read_28_write_8(black_box(file), &mut out);
            assert!(!out.is_empty());
        }
    });
    let times = with_readers(race, files).run(ROUNDS)?;
    let goals = [Some(12.0), Some(15.0), None, None];
    let readers = READERS.iter().zip(goals).map(|((peer, _), goal)| {
        let ratio = faster(&times, rows, &format!("{what}: {peer}"), peer);
        goal.map_or(ratio.clone(), |goal| ratio.at_least(goal))
    });
    let limit = faster(&times, rows, &format!("{what}: share of a loop that only moves the bytes"), LIMIT);
    Ok(readers.chain([limit]).collect())
}

/// 100 MB in memory, far more than the caches hold.
fn large(data: &Data) -> Result<Vec<Ratio>, String> {
    let file = night::archive(&data.night, ARCHIVE_ROWS, INTERVAL_S);
    let mut copy = vec![0; file.len()];
    let mut race = with_ours(Race::new(), std::slice::from_ref(&file)).lane("memcpy", || {
        copies::memcpy(black_box(&file), &mut copy);
        assert_eq!(copy.last(), file.last());
    });
    for (name, read) in READERS.iter().take(2) {
        let (mut out, file) = (Rows::with_capacity(ARCHIVE_ROWS as usize), &file);
        race = race.lane(name, move || assert!(read(black_box(file), &mut out).is_some()));
    }
    let times = race.run(7)?;
    let readers = READERS.iter().zip([12.0, 15.0]).map(|((peer, _), goal)| {
        faster(&times, f64::from(ARCHIVE_ROWS), &format!("100 MB: {peer}"), peer).at_least(goal)
    });
    let memcpy = faster(&times, f64::from(ARCHIVE_ROWS), "100 MB: share of memcpy's speed", "memcpy");
    Ok(readers.chain([memcpy.at_least(0.6)]).collect())
}

/// Widths that nobody can guess.
fn unfriendly(data: &Data) -> Result<Ratio, String> {
    let wild = [night::csv(&night::unfriendly())];
    checked(&wild)?;
    let rows = RECORDS as usize;
    let (mut a, mut b) = (Memory::for_rows(rows), Memory::for_rows(rows));
    let times = Race::new()
        .lane("usual", || assert_eq!(a.read(black_box(&data.csv)), Some(rows)))
        .lane("wild", || assert_eq!(b.read(black_box(&wild[0])), Some(rows)))
        .run(ROUNDS)?;
    let (rows, name) = (f64::from(RECORDS), "unfriendly rows: times as long as usual rows");
    Ok(times.slower(GROUP, name, [("wild", rows), ("usual", rows)], "ns/row").at_most(4.0))
}

/// As other tools write a night.
fn other(data: &Data, dialect: Dialect) -> Result<Ratio, String> {
    let (text, name) = (dialect.text(&data.night), Stage::Other(dialect).name());
    let (rows, mut memory) = (RECORDS as usize, Memory::for_rows(RECORDS as usize));
    let mut out = Rows::with_capacity(rows);
    let expected = ours::rows(&text).map_err(|error| error.to_string())?;
    if dialect.read_with_csv(&text, &mut out).is_none() || !ours::same(&out, &expected) {
        return Err(format!("csv and oxicore do not find the same rows of dialect {name}"));
    }
    let times = Race::new()
        .lane("oxicore", || assert_eq!(memory.read(black_box(&text)), Some(rows)))
        .lane("csv", || assert!(dialect.read_with_csv(black_box(&text), &mut out).is_some()))
        .run(ROUNDS)?;
    let name = format!("dialect {name}: csv 1.4, ByteRecord");
    Ok(faster(&times, f64::from(RECORDS), &name, "csv").at_least(1.0))
}

/// Instructions a row, which no neighbour disturbs.
fn instructions(data: &Data) -> Result<Vec<Ratio>, String> {
    let counter = std::env::current_exe().map_err(|error| error.to_string())?.with_file_name("gate");
    let count = |file: &std::path::Path| {
        let counts = Counts::measure(&[Stage::Columns], &counter, file)?;
        Ok::<_, String>(counts.of(&Stage::Columns.name()).unwrap_or_default() as f64)
    };
    let made_up = count("made-up".as_ref())? / f64::from(RECORDS);
    let mut ratios =
        vec![Ratio::figure(GROUP, "made-up night: instructions a row", Some(made_up), "instr/row")];
    if !data.recorded.is_empty() {
        let all: Result<Vec<f64>, String> = data.recorded_files.iter().map(|file| count(file)).collect();
        let a_row = all?.iter().sum::<f64>() / data.recorded_rows() as f64;
        let name = "recorded nights: instructions a row";
        ratios.push(Ratio::figure(GROUP, name, Some(a_row), "instr/row").at_most(70.0));
    }
    Ok(ratios)
}

/// Every reader finds the same in every file; the number of rows.
fn checked(files: &[Vec<u8>]) -> Result<f64, String> {
    let mut rows = 0;
    for file in files {
        let memory = ours::columns(file).map_err(|error| error.to_string())?;
        let expected = ours::rows(file).map_err(|error| error.to_string())?;
        let is_read = ours::same(&memory.rows(), &expected);
        rows += expected.len();
        for (peer, read) in READERS {
            let mut found = Rows::default();
            if !is_read || read(file, &mut found).is_none() || !ours::same(&found, &expected) {
                return Err(format!("{peer} and oxicore do not find the same rows"));
            }
        }
    }
    Ok(rows as f64)
}

fn with_ours<'a>(race: Race<'a>, files: &'a [Vec<u8>]) -> Race<'a> {
    let rows = files.iter().map(Vec::len).max().unwrap_or(0) / 26;
    let mut memory = Memory::for_rows(rows);
    race.lane("oxicore", move || {
        for file in files {
            assert!(memory.read(black_box(file)).is_some_and(|rows| rows > 0));
        }
    })
}

fn with_readers<'a>(mut race: Race<'a>, files: &'a [Vec<u8>]) -> Race<'a> {
    for (name, read) in READERS {
        let mut out = Rows::with_capacity(20_000);
        race = race.lane(name, move || {
            for file in files {
                assert!(read(black_box(file), &mut out).is_some() && !out.is_empty());
            }
        });
    }
    race
}

fn faster(times: &Times, rows: f64, name: &str, peer: &str) -> Ratio {
    times.faster(GROUP, name, [("oxicore", rows), (peer, rows)], "ns/row")
}
