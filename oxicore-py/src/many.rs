//! Many nights at once, a worker a core, outside the interpreter's lock.

mod lists;

use std::{
    borrow::Cow,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use oxicore::{AnalysisOptions, Desaturation, Profile, Recording, analysis::Within, desaturation::Depth};
use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyDict};
use serde_json::json;

use crate::{
    desaturations,
    error::guarded,
    events::Events,
    hints::Hints,
    night_row::{self, Fault, Numbers},
    options, packed,
    provenance::Provenance,
    recording, skip,
    table::{Cell, Table},
    within::{self, Chosen},
};

/// How often the waiting interpreter looks whether it was interrupted.
const LOOK: Duration = Duration::from_millis(50);
/// A larger file is no night: a year at one reading a second is below it.
const LARGEST_BYTES: u64 = 2 << 30;

/// Path or name; the file's bytes, if they are here already; the night itself, if it was read; the parts that count.
type Night = (PathBuf, Option<PyBackedBytes>, Option<Py<recording::Recording>>, Option<Chosen>);
/// Place in the order given, and the rows of the night.
type Done = (usize, NightRows);

/// Rows of one night: its own, and what is listed beside it.
struct NightRows {
    row: Vec<Cell>,
    events: Vec<Vec<Cell>>,
    definitions: Vec<Vec<Cell>>,
}

/// Everything the workers share.
struct Plan {
    nights: Vec<Night>,
    hints: Hints,
    options: AnalysisOptions,
    /// Of the events that are listed.
    depth: Depth,
    profile: Profile,
    by: Provenance,
    lists_events: bool,
    lists_definitions: bool,
    skips_bad_rows: bool,
    next: AtomicUsize,
    is_stopped: AtomicBool,
}

/// What [`read_many`] gives: a row for every night that is finished, in the order given; events; indices by every
/// definition; and what ended it before all were finished.
type Cohort<'py> = (Table, Table, Table, Option<Bound<'py, PyAny>>);

/// Reads and analyses every night.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "Python names each of them")]
pub(crate) fn read_many<'py>(
    py: Python<'py>,
    nights: Vec<Night>,
    profile: &str,
    listed_pct: i64,
    settings: &Bound<'py, PyDict>,
    workers: usize,
    progress: Option<Bound<'py, PyAny>>,
    lists: (bool, bool),
    skips_bad_rows: bool,
    hints: Option<Hints>,
) -> PyResult<Cohort<'py>> {
    let (options, profile) = (options::analysis(settings)?, options::profile(profile)?);
    let depth = options::depth(listed_pct)?;
    options::refuse_unused(profile, settings, nights.iter().any(|(.., within)| within.is_some()))?;
    let (lists_events, lists_definitions) = lists;
    let (next, is_stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let by = Provenance::of(&options)?;
    let metadata = by.to_json(&[("profile", json!(profile.code())), ("listed_pct", json!(listed_pct))]);
    let plan = Plan {
        nights,
        hints: hints.unwrap_or_default(),
        options,
        depth,
        profile,
        by,
        lists_events,
        lists_definitions,
        skips_bad_rows,
        next,
        is_stopped,
    };
    let (nights, ended) = plan.run(py, workers, progress.as_ref());
    let mut rows = (Vec::new(), Vec::new(), Vec::new());
    for night in nights.into_iter().flatten() {
        rows.0.push(night.row);
        rows.1.extend(night.events);
        rows.2.extend(night.definitions);
    }
    let table = |names: &[_], rows| Table::from_rows(names, rows).made_by(metadata.clone());
    let ended = ended.err().map(|error| error.into_value(py).into_bound(py).into_any());
    let (nights, events) =
        (table(&night_row::names(), rows.0), table(&lists::event_columns(profile), rows.1));
    Ok((nights, events, table(&lists::DEFINITION, rows.2), ended))
}

impl Plan {
    /// The rows of each night, none where it was not finished; and what ended the work.
    fn run(
        &self,
        py: Python<'_>,
        workers: usize,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> (Vec<Option<NightRows>>, PyResult<()>) {
        let mut nights: Vec<_> = self.nights.iter().map(|_| None).collect();
        let ended = thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let start = |_: &usize| {
                let sender = sender.clone();
                thread::Builder::new().spawn_scoped(scope, move || self.work(&sender)).is_ok()
            };
            if (0..workers.clamp(1, self.nights.len().max(1))).take_while(start).count() == 0 {
                py.detach(|| self.work(&sender)); // the system gives no thread: this one does it all
            }
            drop(sender);
            let done = Mutex::new(receiver);
            let gathered = gather(py, &done, &mut nights, progress);
            // Whatever ended the gathering ends the work: each worker finishes the night it is at, which may be a pipe
            // that another thread of the interpreter fills.
            self.is_stopped.store(true, Ordering::Relaxed);
            py.detach(|| {
                while let Some(finished) = take(&done) {
                    keep(&mut nights, finished);
                }
            });
            gathered
        });
        (nights, ended)
    }

    fn work(&self, done: &Sender<Done>) {
        while !self.is_stopped.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(night) = self.nights.get(at) else { return };
            let rows = guarded(|| self.rows_of(at, night));
            let rows = rows.unwrap_or_else(|text| {
                self.row_alone(&night.0, &Err(Fault { code: "internal", text: text.to_owned() }))
            });
            if done.send((at, rows)).is_err() {
                return;
            }
        }
    }

    fn row_alone(&self, path: &Path, night: &Result<Numbers, Fault>) -> NightRows {
        self.row_by(path, night, &self.by)
    }

    fn row_by(&self, path: &Path, night: &Result<Numbers, Fault>, by: &Provenance) -> NightRows {
        let row = night_row::row(&path.to_string_lossy(), night, by);
        NightRows { row, events: Vec::new(), definitions: Vec::new() }
    }

    fn rows_of(&self, at: usize, (path, bytes, recording, within): &Night) -> NightRows {
        let rows = match recording {
            Some(recording) => self.of_recording(at, path, recording.get(), within.as_ref()),
            None => self.of_file(at, path, bytes.as_ref(), within.as_ref()),
        };
        rows.unwrap_or_else(|fault| self.row_alone(path, &Err(fault)))
    }

    fn of_recording(
        &self,
        at: usize,
        path: &Path,
        recording: &recording::Recording,
        within: Option<&Chosen>,
    ) -> Result<NightRows, Fault> {
        self.of_night(at, path, recording.view(), within, recording.rows_skipped())
    }

    fn of_file(
        &self,
        at: usize,
        path: &Path,
        bytes: Option<&PyBackedBytes>,
        within: Option<&Chosen>,
    ) -> Result<NightRows, Fault> {
        let (bytes, name, rows_skipped) = self.file(path, bytes)?;
        let night = Recording::parse_with(&bytes, &self.hints.options(Some(&name), None))
            .map_err(|error| Fault::of(&error))?;
        self.of_night(at, path, night, within, rows_skipped)
    }

    /// Content and name of a file, unpacked, and how many of its rows were left out.
    fn file<'b>(
        &self,
        path: &Path,
        bytes: Option<&'b PyBackedBytes>,
    ) -> Result<(Cow<'b, [u8]>, String, u32), Fault> {
        let bytes =
            bytes.map_or_else(|| file(path).map(Cow::Owned), |bytes| Ok(Cow::Borrowed(bytes.as_ref())));
        let (bytes, name) = packed::unpacked(bytes?, path.to_string_lossy().into_owned())?;
        if !self.skips_bad_rows {
            return Ok((bytes, name, 0));
        }
        let (kept, skipped) =
            skip::kept(&bytes, &self.hints.options(Some(&name), None)).map_err(|error| Fault::of(&error))?;
        Ok((Cow::Owned(kept), name, u32::try_from(skipped.len()).unwrap_or(u32::MAX)))
    }

    fn of_night(
        &self,
        at: usize,
        path: &Path,
        night: Recording<'_>,
        within: Option<&Chosen>,
        rows_skipped: u32,
    ) -> Result<NightRows, Fault> {
        let wrong_parts = |text| Fault { code: "within", text };
        let parts = within.map(|within| within.of(night)).transpose().map_err(wrong_parts)?;
        let within = within::view(parts.as_ref());
        let (summary, found) = desaturations::numbers(night, self.depth, &self.options, within);
        let others = self.lists_definitions || self.profile != Profile::Aasm;
        let compared = others.then(|| options::compared(night, &self.options, within));
        let indices = options::indices(&summary, self.profile, compared.as_ref());
        let name = path.to_string_lossy();
        let events = self.lists_events.then(|| self.events(night, within, found));
        let definitions = compared.filter(|_| self.lists_definitions);
        let numbers = Numbers { summary, profile: self.profile, indices, rows_skipped };
        let by = self.by.clone().within(parts.as_ref());
        Ok(NightRows {
            events: events.map_or_else(Vec::new, |events| lists::events(at, &name, &events)),
            definitions: lists::definitions(at, &name, definitions.as_ref()),
            ..self.row_by(path, &Ok(numbers), &by)
        })
    }

    /// The events of the profile; those of `aasm` are found already.
    fn events(&self, night: Recording<'_>, within: Option<Within<'_>>, found: Vec<Desaturation>) -> Events {
        match self.profile {
            Profile::Aasm => Events::Aasm(found),
            other => desaturations::listed(night, other, self.depth, &self.options, within),
        }
    }
}

/// Takes finished nights until there are no more, reporting how many came.
fn gather(
    py: Python<'_>,
    done: &Mutex<Receiver<Done>>,
    nights: &mut [Option<NightRows>],
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<()> {
    while let Some(finished) = py.detach(|| take(done)) {
        let count = finished.len();
        keep(nights, finished);
        if let Some(progress) = progress.filter(|_| count > 0) {
            progress.call1((count,))?;
        }
        py.check_signals()?;
    }
    Ok(())
}

fn keep(nights: &mut [Option<NightRows>], finished: Vec<Done>) {
    for (at, rows) in finished {
        if let Some(slot) = nights.get_mut(at) {
            *slot = Some(rows);
        }
    }
}

/// What has been finished by now, after a short wait; `None` once all workers are gone.
fn take(done: &Mutex<Receiver<Done>>) -> Option<Vec<Done>> {
    let done = done.lock().ok()?;
    match done.recv_timeout(LOOK) {
        Ok(first) => Some(std::iter::once(first).chain(done.try_iter()).collect()),
        Err(RecvTimeoutError::Timeout) => Some(Vec::new()),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn file(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |error: std::io::Error| Fault { code: "unreadable", text: error.to_string() };
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(Fault { code: "unreadable", text: "a folder, not a file".to_owned() });
    }
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    opened.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Fault { code: "too-large", text: "more than 2 GiB: not a recording".to_owned() });
    }
    Ok(bytes)
}
