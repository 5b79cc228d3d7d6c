//! Nights that take part: the made-up one, and recorded ones where `OXI_REAL_NIGHTS` names their folder.

use std::fs;
use std::path::{Path, PathBuf};

use oxi_benches::night::{self, Reading};
use oxi_benches::ours;
use oxicore::{AnalysisOptions, Recording};

/// Bytes of everything that is measured, and a folder for the Python peers.
pub(crate) struct Data {
    pub(crate) night: Vec<Reading>,
    /// The made-up night as text.
    pub(crate) csv: Vec<u8>,
    /// Recorded nights, text.
    pub(crate) recorded: Vec<Vec<u8>>,
    /// Their files.
    pub(crate) recorded_files: Vec<PathBuf>,
    pub(crate) folder: PathBuf,
}

/// A recording to reduce: the made-up night again and again or once, a point a second.
#[derive(Clone, Copy)]
pub(crate) struct Signal {
    pub(crate) points: u32,
    /// Points the peer keeps.
    pub(crate) kept: usize,
    /// How often the night comes in it.
    pub(crate) nights: u32,
}

/// One night, recorded so finely that it has so many points, and as many points of nights one after the other.
pub(crate) const SIGNALS: [Signal; 6] = [
    Signal { points: 30_000, kept: 1_000, nights: 1 },
    Signal { points: 300_000, kept: 2_000, nights: 1 },
    Signal { points: 10_000_000, kept: 2_000, nights: 1 },
    Signal { points: 30_000, kept: 1_000, nights: 4 },
    Signal { points: 300_000, kept: 2_000, nights: 42 },
    Signal { points: 10_000_000, kept: 2_000, nights: 1_389 },
];

impl Signal {
    /// As the Python peers know it.
    pub(crate) fn name(self) -> String {
        format!("points-{}-{}-{}", self.kept, self.points, self.nights)
    }

    /// SpO2; a missing reading repeats the one before.
    pub(crate) fn levels(self, night: &[Reading]) -> Vec<u8> {
        let known: Vec<u8> = night
            .iter()
            .scan(96, |last, reading| {
                *last = reading.spo2.unwrap_or(*last);
                Some(*last)
            })
            .collect();
        let (records, points) = (known.len() as u64 * u64::from(self.nights), u64::from(self.points));
        let record = |point: u64| (point * records / points) as usize % known.len();
        (0..points).map(|point| known[record(point)]).collect()
    }
}

impl Data {
    /// Reads and makes everything, and writes what the Python peers need into `folder`.
    pub(crate) fn prepare(folder: &Path) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let night = night::night();
        let recorded_files = recorded_files()?;
        let read = |file: &PathBuf| fs::read(file).map_err(|error| format!("{}: {error}", file.display()));
        let data = Self {
            csv: night::csv(&night),
            recorded: recorded_files.iter().map(read).collect::<Result<_, _>>()?,
            recorded_files,
            night,
            folder: folder.to_owned(),
        };
        data.write_levels()?;
        Ok(data)
    }

    /// Rows of all recorded nights.
    pub(crate) fn recorded_rows(&self) -> usize {
        self.recorded.iter().map(|file| Recording::parse(file).map_or(0, |night| night.len())).sum()
    }

    fn write_levels(&self) -> Result<(), String> {
        let rows = ours::rows(&self.csv).map_err(|error| error.to_string())?;
        self.write("night.u8", &rows.spo2)?;
        self.write("night.csv", &self.csv)?;
        self.write("events.txt", self.events()?.as_bytes())?;
        for signal in SIGNALS {
            self.write(&format!("{}.u8", signal.name()), &signal.levels(&self.night))?;
        }
        for (index, file) in self.recorded.iter().enumerate() {
            let rows = ours::rows(file).map_err(|error| error.to_string())?;
            self.write(&format!("recorded-night-{index}.u8"), &rows.spo2)?;
        }
        Ok(())
    }

    /// Onset and end of every event, a line each.
    fn events(&self) -> Result<String, String> {
        let night = Recording::parse(&self.csv).map_err(|error| error.to_string())?;
        let events = night.analyze(&AnalysisOptions::default()).desaturations3;
        Ok(events
            .iter()
            .map(|event| format!("{} {}\n", event.onset.as_secs(), event.end.as_secs()))
            .collect())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let file = self.folder.join(name);
        fs::write(&file, bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }
}

impl Drop for Data {
    /// Recorded nights are health data: nothing of them stays behind.
    fn drop(&mut self) {
        for index in 0..self.recorded.len() {
            let _ = fs::remove_file(self.folder.join(format!("recorded-night-{index}.u8")));
        }
    }
}

fn recorded_files() -> Result<Vec<PathBuf>, String> {
    let Some(folder) = std::env::var_os("OXI_REAL_NIGHTS").map(PathBuf::from) else { return Ok(Vec::new()) };
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "csv"));
    files.sort();
    Ok(files)
}
