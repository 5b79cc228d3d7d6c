//! `docs/BENCHMARKS.md` from a run.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::ratio::{Ratio, short};

/// Where and with what a run was made.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Setting {
    /// Processor, number of cores.
    pub machine: String,
    /// The compiler.
    pub compiler: String,
    /// Crates that were raced.
    pub crates: String,
    /// Python and its packages; empty without them.
    pub python: Vec<String>,
    /// Recorded nights that took part beside the made-up one.
    pub recorded_nights: usize,
    /// Their rows.
    pub recorded_rows: usize,
}

impl Setting {
    /// This machine.
    #[must_use]
    pub fn here() -> Self {
        let answer = Command::new("rustc").arg("--version").output();
        let compiler = answer.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
        Self {
            machine: machine(),
            compiler: compiler.unwrap_or_default(),
            crates: ["nom", "csv", "csv-core", "lttb", "plotters"].map(locked).join(", "),
            ..Self::default()
        }
    }
}

fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores shared with other work", model.map_or("unknown processor", |(_, name)| name))
}

/// Name and version of a crate as this one uses it: where there are several of a name, its list of dependencies says which.
fn locked(name: &str) -> String {
    let lock = include_str!("../../Cargo.lock");
    let package = |name: &str| {
        let name = format!("name = \"{name}\"\n");
        lock.split("[[package]]").find(|package| package.contains(&name)).unwrap_or_default()
    };
    let several = format!("\"{name} ");
    let used = package(env!("CARGO_PKG_NAME")).split_once(&several);
    let only = || package(name).split_once("version = \"");
    let version = used.or_else(only).and_then(|(_, after)| after.split_once('"'));
    format!("{name} {}", version.map_or("of unknown version", |(version, _)| version))
}

/// The whole page.
#[must_use]
pub fn page(setting: &Setting, ratios: &[Ratio]) -> String {
    let mut page = String::from(HEAD);
    // Writing into a String cannot fail.
    let _ = write!(page, "{}", facts(setting));
    let mut group = "";
    for ratio in ratios {
        if ratio.group != group {
            group = &ratio.group;
            let _ = write!(page, "\n## {}\n\n{TABLE}", title(group));
        }
        page.push_str(&row(ratio));
    }
    let counted = ratios.iter().filter_map(|ratio| ratio.pass);
    let (reached, missed): (Vec<bool>, Vec<bool>) = counted.partition(|pass| *pass);
    let _ = write!(
        page,
        "\n{} goals reached, {} missed, {} not measured in this run.\n",
        reached.len(),
        missed.len(),
        ratios.iter().filter(|ratio| ratio.goal.is_some() && ratio.pass.is_none()).count()
    );
    page + TAIL
}

fn facts(setting: &Setting) -> String {
    let python = if setting.python.is_empty() {
        "* Python peers: left out of this run.\n".to_owned()
    } else {
        setting.python.iter().map(|versions| format!("* {versions}\n")).collect()
    };
    let recorded = match setting.recorded_nights {
        0 => "no recorded night took part".to_owned(),
        nights => {
            format!("{nights} recorded nights, {} rows (not part of the repository)", setting.recorded_rows)
        }
    };
    format!(
        "* Machine: {}.\n* {}; {}.\n{python}* Data: a made-up night of 7,200 rows that is always the same; {recorded}.\n",
        setting.machine, setting.compiler, setting.crates
    )
}

fn row(ratio: &Ratio) -> String {
    let cell = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), short);
    let Ratio { name, unit, .. } = ratio;
    format!(
        "| {name} | {} | {} | {unit} | {} | {} | {} |\n",
        cell(ratio.ours),
        cell(ratio.peer),
        cell(ratio.ratio),
        ratio.wanted(),
        ratio.verdict()
    )
}

fn title(group: &str) -> &str {
    match group {
        "csv" => "CSV to columns",
        "binary" => "Binary to columns",
        "analysis" => "Analysis",
        "reduction" => "Reduction for a chart",
        "picture" => "A night to a PNG",
        "growth" => "Growth and memory",
        "python-csv" => "Python: reading",
        "python-analysis" => "Python: analysis",
        "python-reduce" => "Python: reduction",
        "python-plot" => "Python: pictures",
        "web" => "npm package",
        "viewer" => "Viewer in Chromium",
        other => other,
    }
}

const TABLE: &str = "| What | oxicore | peer | unit | ratio | goal | |\n|---|---:|---:|---|---:|---:|---|\n";

const HEAD: &str = "\
# Benchmarks

Written by `cargo xtask bench --python` from one run; nothing here is typed by hand. Every time is CPU time of one thread, the median of interleaved rounds, and every lane was
checked to find the same values first. Times move by tens of percent between runs on a shared machine; the ratio of two lanes of one round moves far less. So read the ratios.

A ratio is the peer's time by oxicore's (more is better), the median of the rounds' own ratios, except where the line says otherwise. `for information` has no goal.

";

const TAIL: &str = "
## What is not claimed

* No wall-clock time, and no time on another machine. In continuous integration instructions are counted instead (`cargo xtask gate`), because counts do not depend on the neighbours.
* The peers read one dialect, refuse nothing and report nothing; oxicore recognises the format, checks every row and keeps account of what it left out. They are general tools, good at
  far more than this file.
* Python packages are measured in their own process by `time.process_time`, a call each. Where a line says so, the Rust side has no Python call in its time.
* Reading in Python: the peers give numbers with NaN where there is no reading, and so does oxicore's lane, `to_numpy(missing=\"nan\")`. Its columns are masked whole numbers otherwise; numpy takes a
  quarter of the time of that lane to make three masked arrays, which no peer makes.
* Measures with the same name are not always the same measure: numpy cannot express the event rules, so its lane counts falls below a moving maximum.
* Reduction: the peer is given as many points to keep, and no events. One night is recorded so finely that it has so many points; many nights follow one another, and the points of their
  events come on top of the line's.
* Plotly's time is that of its process and of all processes of its browser. It depends on what is asked: a curve without holes in the colours of its levels, which takes many markers, and
  a browser of its own for each picture; or a marker a reading from a browser that runs already.
* The npm package and the viewer are measured by wall clock, in Node.js and in Chromium, as what a person waits for.
* Multi-threading: none in the core, one thread everywhere.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_counts_what_was_reached_missed_and_left_out() {
        let ratios = [
            Ratio::figure("csv", "a", Some(9.0), "ns").at_most(10.0),
            Ratio::figure("csv", "b", Some(11.0), "ns").at_most(10.0),
            Ratio::figure("picture", "c", None, "ns").at_most(10.0),
        ];
        let page = page(&Setting::default(), &ratios);
        assert!(page.contains("1 goals reached, 1 missed, 1 not measured"), "{page}");
        assert!(page.contains("## A night to a PNG"), "{page}");
    }

    #[test]
    fn a_crate_is_named_with_its_locked_version() {
        for (name, start) in [
            ("nom", "nom 8."),
            ("csv", "csv 1."),
            ("csv-core", "csv-core 0."),
            ("none", "none of unknown version"),
        ] {
            assert!(locked(name).starts_with(start), "{}", locked(name));
        }
    }
}
