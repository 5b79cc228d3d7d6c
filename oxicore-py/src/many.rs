//! Many nights at once, a worker a core, outside the interpreter's lock.

use std::{
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

use oxicore::{AnalysisOptions, ParseOptions, Profile, Recording, Span, analyze_vec};
use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyDict};

use crate::{
    error::guarded,
    night_row::{self, Fault, Numbers},
    notices, options,
    table::{Cell, Table},
};

/// How often the waiting interpreter looks whether it was interrupted.
const LOOK: Duration = Duration::from_millis(50);
/// A larger file is no night: a year at one reading a second is below it.
const LARGEST_BYTES: u64 = 2 << 30;

/// Path or name; the file's bytes, if they are here already; the interval, for a file that does not tell, seconds; of a
/// part of a night the notices of its file.
type Night = (PathBuf, Option<PyBackedBytes>, Option<u32>, Option<String>);
/// Place in the order given, and the row.
type Done = (usize, Vec<Cell>);

/// Everything the workers share.
struct Plan {
    nights: Vec<Night>,
    options: AnalysisOptions,
    profile: Profile,
    next: AtomicUsize,
    is_stopped: AtomicBool,
}

/// A table with a row for every night, in the order given.
#[pyfunction]
pub(crate) fn read_many(
    py: Python<'_>,
    nights: Vec<Night>,
    profile: &str,
    settings: &Bound<'_, PyDict>,
    workers: usize,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let (options, profile) = (options::analysis(3, settings)?, options::profile(profile)?);
    let (next, is_stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let plan = Plan { nights, options, profile, next, is_stopped };
    let rows = plan.run(py, workers, progress.as_ref())?;
    let names: Vec<_> = night_row::COLUMNS.iter().map(|&(name, kind, _)| (name, kind)).collect();
    Ok(Table::from_rows(&names, rows))
}

impl Plan {
    fn run(
        &self,
        py: Python<'_>,
        workers: usize,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Vec<Cell>>> {
        let mut rows = vec![Vec::new(); self.nights.len()];
        thread::scope(|scope| {
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
            let gathered = gather(py, &done, &mut rows, progress);
            // Whatever ended the gathering ends the work: each worker finishes the night it is at, which may be a pipe
            // that another thread of the interpreter fills.
            self.is_stopped.store(true, Ordering::Relaxed);
            py.detach(|| while take(&done).is_some() {});
            gathered
        })?;
        Ok(rows)
    }

    fn work(&self, done: &Sender<Done>) {
        while !self.is_stopped.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(night) = self.nights.get(at) else { return };
            let path = &night.0;
            let night = guarded(|| self.numbers(night));
            let night = night.unwrap_or_else(|text| Err(Fault { code: "internal", text: text.to_owned() }));
            let row = night_row::row(&path.to_string_lossy(), night);
            if done.send((at, row)).is_err() {
                return;
            }
        }
    }

    fn numbers(&self, (path, bytes, interval_s, part_of): &Night) -> Result<Numbers, Fault> {
        let read;
        let bytes = match bytes {
            Some(bytes) => bytes.as_ref(),
            None => {
                read = file(path)?;
                read.as_slice()
            }
        };
        let name = path.to_string_lossy();
        let interval_if_untold = interval_s.map(Span::from_secs);
        let hints = ParseOptions { file_name: Some(&name), interval_if_untold };
        let night = Recording::parse_with(bytes, &hints)
            .map_err(|error| Fault { code: error.code(), text: error.to_string() })?;
        let (mut summary, _) = analyze_vec(night, &self.options);
        summary.notices = notices::of_text(summary.notices, part_of.as_deref())
            .map_err(|error| Fault { code: "internal", text: error.to_string() })?;
        let indices = options::indices(night, &self.options, self.profile, &summary);
        Ok(Numbers { summary, profile: self.profile, indices })
    }
}

/// Takes finished nights until there are no more, telling how many came.
fn gather(
    py: Python<'_>,
    done: &Mutex<Receiver<Done>>,
    rows: &mut [Vec<Cell>],
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<()> {
    while let Some(finished) = py.detach(|| take(done)) {
        let count = finished.len();
        for (at, row) in finished {
            if let Some(slot) = rows.get_mut(at) {
                *slot = row;
            }
        }
        if let Some(progress) = progress.filter(|_| count > 0) {
            progress.call1((count,))?;
        }
        py.check_signals()?;
    }
    Ok(())
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
