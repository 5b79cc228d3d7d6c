//! Every ratio of the project in one run: `ratios --out FOLDER [--page FILE] [--only GROUP]... [--numbers PYTHON]
//! [--toolbox PYTHON] [--plotly PYTHON] [--also JSON]...`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks")]

mod analysis;
mod binary;
mod csv;
mod data;
mod growth;
mod memory;
mod picture;
mod reduction;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use oxi_benches::python::Python;
use oxi_benches::ratio::Ratio;
use oxi_benches::report::{self, Setting};

use data::Data;
use words::Words;

/// What the groups measure with.
struct Run<'a> {
    data: &'a Data,
    /// numpy, scipy, pandas, tsdownsample, matplotlib.
    numbers: Option<&'a Python>,
    /// pobm.
    toolbox: Option<&'a Python>,
    /// Plotly and its browser, where they start.
    plotly: Option<&'a Python>,
}

type Measure = fn(&Run<'_>) -> Result<Vec<Ratio>, String>;

const GROUPS: [(&str, Measure); 6] = [
    ("csv", csv::measure),
    ("binary", binary::measure),
    ("analysis", analysis::measure),
    ("reduction", reduction::measure),
    ("picture", picture::measure),
    ("growth", growth::measure),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["child", rest @ ..] => memory::run(rest).map(|bytes| println!("{bytes}")),
        words => Words::read(words).and_then(|words| run(&words)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("error: {complaint}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &Words) -> Result<(), String> {
    let data = Data::prepare(&words.out)?;
    let script = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name);
    let start = |python: &Path, name| Python::start(python, &script(name), &data.folder);
    let numbers = words.numbers.as_deref().map(|python| start(python, "array_peers.py")).transpose()?;
    let toolbox = words.toolbox.as_deref().map(|python| start(python, "pobm_measures.py")).transpose()?;
    let browser = words.plotly.as_deref().filter(|_| words.wants("picture"));
    let plotly = browser.and_then(|python| {
        let said = start(python, "plotly_png.py");
        said.inspect_err(|complaint| eprintln!("Plotly is not measured: {complaint}")).ok()
    });
    let [numbers, toolbox, plotly] = [&numbers, &toolbox, &plotly].map(Option::as_ref);
    let run = Run { data: &data, numbers, toolbox, plotly };
    if data.recorded.is_empty() {
        println!("Recorded nights: left out, OXI_REAL_NIGHTS does not name their folder.");
    }
    let mut ratios = Vec::new();
    for (name, measure) in GROUPS.iter().filter(|(name, _)| words.wants(name)) {
        let measured = measure(&run).map_err(|complaint| format!("{name}: {complaint}"))?;
        measured.iter().for_each(|ratio| println!("{ratio}"));
        ratios.extend(measured);
    }
    let mut setting = setting(&run);
    for file in &words.also {
        let more = Also::read(file)?;
        setting.python.push(more.versions());
        more.ratios.iter().for_each(|ratio| println!("{ratio}"));
        ratios.extend(more.ratios);
    }
    write(words, &setting, &ratios)
}

fn setting(run: &Run<'_>) -> Setting {
    let pythons = [run.numbers, run.toolbox, run.plotly].into_iter().flatten();
    Setting {
        python: pythons.map(|python| python.versions().to_owned()).collect(),
        recorded_nights: run.data.recorded.len(),
        recorded_rows: run.data.recorded_rows(),
        ..Setting::here()
    }
}

/// What another program measured in this run: its ratios, and with what.
#[derive(serde::Deserialize)]
struct Also {
    ratios: Vec<Ratio>,
    #[serde(default)]
    versions: BTreeMap<String, String>,
    /// Of Chromium.
    browser: Option<String>,
    #[serde(default)]
    machine: BTreeMap<String, serde_json::Value>,
}

impl Also {
    fn read(file: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let also: Self =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(Self { ratios: also.ratios.into_iter().map(Ratio::completed).collect(), ..also })
    }

    fn versions(&self) -> String {
        let named: Vec<String> =
            self.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
        match (&self.browser, self.machine.get("node").and_then(|node| node.as_str())) {
            (Some(browser), _) => format!("Viewer: Chromium {browser}"),
            (None, Some(node)) => format!("npm package: Node.js {node}"),
            (None, None) => format!("Python package: {}", named.join(", ")),
        }
    }
}

fn write(words: &Words, setting: &Setting, ratios: &[Ratio]) -> Result<(), String> {
    let save = |file: &Path, text: String| {
        fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
    };
    let all = serde_json::json!({ "setting": setting, "ratios": ratios });
    save(&words.out.join("ratios.json"), format!("{all:#}\n"))?;
    words.page.as_deref().map_or(Ok(()), |page| save(page, report::page(setting, ratios)))
}
