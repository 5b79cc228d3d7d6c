//! Memory is measured in a process of its own, which does one thing and tells what it took.

use std::fs;
use std::process::Command;

use oxi_benches::night::{self, INTERVAL_S, RECORDS};
use oxi_benches::picture;
use oxicore::{AnalysisOptions, Recording};

/// What the process does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Child {
    /// Draws a night; the peak of the whole process.
    Picture,
    /// Analyses so many nights in one pass; the peak beyond the file itself.
    Pass(u32),
}

/// Bytes.
pub(crate) fn of(child: Child) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let words = match child {
        Child::Picture => vec!["child".to_owned(), "picture".to_owned()],
        Child::Pass(nights) => vec!["child".to_owned(), "pass".to_owned(), nights.to_string()],
    };
    let answer = Command::new(program).args(words).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    said.parse()
        .map_err(|_| format!("the process said {said:?}: {}", String::from_utf8_lossy(&answer.stderr)))
}

/// The process itself.
pub(crate) fn run(words: &[&str]) -> Result<u64, String> {
    match words {
        ["picture"] => {
            picture::png(&night::csv(&night::night()))?;
            status("VmHWM:")
        }
        ["pass", nights] => pass(nights.parse().map_err(|_| format!("not a number: {nights}"))?),
        _ => Err("say: picture, or pass NIGHTS".to_owned()),
    }
}

fn pass(nights: u32) -> Result<u64, String> {
    let file = night::archive(&night::night(), nights * RECORDS, INTERVAL_S);
    // Forgets the peak so far.
    fs::write("/proc/self/clear_refs", "5").map_err(|error| error.to_string())?;
    let before = status("VmRSS:")?;
    let recording = Recording::parse(&file).map_err(|error| error.to_string())?;
    let mut events = 0;
    let summary = recording.analyze_each(&AnalysisOptions::default(), &mut |_, _| events += 1);
    if summary.recording.records != nights * RECORDS || events == 0 {
        return Err("the pass did not see the whole file".to_owned());
    }
    Ok(status("VmHWM:")?.saturating_sub(before))
}

/// A line of the process's own status, bytes.
fn status(name: &str) -> Result<u64, String> {
    let text = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.map(|kb| kb * 1_024).ok_or_else(|| format!("no {name} in /proc/self/status"))
}
