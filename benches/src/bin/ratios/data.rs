//! Nights that take part: the made-up one, and recorded ones where `OXI_REAL_NIGHTS` names their folder.

use std::fs;
use std::path::{Path, PathBuf};

use oxi_benches::night::{self, Reading};
use oxi_benches::ours;
use oxicore::{AnalysisOptions, Recording, analyze_vec};

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

/// Points of the reductions that are raced.
pub(crate) const POINTS: [(u32, usize); 3] = [(30_000, 1_000), (300_000, 2_000), (10_000_000, 2_000)];

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
        for (points, _) in POINTS {
            let levels: Vec<u8> = levels(&self.night).take(points as usize).collect();
            self.write(&format!("levels-{points}.u8"), &levels)?;
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
        let events = analyze_vec(night, &AnalysisOptions::default()).1;
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

/// SpO2 of the night again and again; a missing reading repeats the one before.
pub(crate) fn levels(night: &[Reading]) -> impl Iterator<Item = u8> + '_ {
    night.iter().cycle().scan(96, |last, reading| {
        *last = reading.spo2.unwrap_or(*last);
        Some(*last)
    })
}

fn recorded_files() -> Result<Vec<PathBuf>, String> {
    let Some(folder) = std::env::var_os("OXI_REAL_NIGHTS").map(PathBuf::from) else { return Ok(Vec::new()) };
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "csv"));
    files.sort();
    Ok(files)
}
