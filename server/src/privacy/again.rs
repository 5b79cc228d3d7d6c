//! What was erased and has come back with a backup is erased again.
//!
//! The marks of tombstones tell it: those in the database, those beside the files in the object store (a database of before
//! an erasure does not know of it), and those of certificates that are handed over as text.

use std::collections::BTreeSet;

use super::erase::{MARKS, Order, erase_night, erase_patient};
use super::job;
use super::model::{PATIENT, RECORDING, Reason};
use super::store;
use crate::audit::{Act, Actor, Work};
use crate::error::Problem;
use crate::patients;
use crate::platform::seal::Purpose;
use crate::recordings;
use crate::state::App;

/// What came back, and is gone again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Patients.
    pub patients: u64,
    /// Nights that were nobody's or somebody else's in the backup.
    pub recordings: u64,
    /// Files in the object store of which the database knows nothing.
    pub files: u64,
}

/// Marks of what must not be there.
#[derive(Debug, Default)]
struct Known(BTreeSet<String>);

impl Known {
    /// Takes the marks of tombstones from a text, whatever else stands in it.
    fn read(&mut self, text: &str) {
        let kinds = [PATIENT, RECORDING];
        let marks = text.lines().filter_map(|line| line.trim().split_once(' '));
        self.0.extend(marks.filter(|(kind, _)| kinds.contains(kind)).map(|(_, mark)| mark.to_owned()));
    }

    fn has(&self, app: &App, id: &str) -> Result<bool, Problem> {
        let marks = app.seal.marks(Purpose::new(MARKS, id)).map_err(Problem::internal)?;
        Ok(marks.iter().any(|mark| self.0.contains(mark)))
    }
}

/// Erases whatever the marks of tombstones know again; `certificates` are texts with more of them.
///
/// # Errors
/// When the database or the object store is away; what was done stays done.
pub async fn erase_again(app: &App, certificates: &[String]) -> Result<Again, Problem> {
    let known = known(app, certificates).await?;
    let mut again = Again::default();
    for patient in patients::all(&app.db).await? {
        if known.has(app, patient.id.as_str())? {
            again.patients += u64::from(patient_again(app, &patient).await?);
        }
    }
    for night in recordings::all(&app.db).await? {
        if known.has(app, night.id.as_str())? {
            again.recordings += u64::from(night_again(app, &night).await?);
        }
    }
    for erasure in store::unfinished(&app.db).await? {
        job::finish(app, erasure.as_str()).await?;
    }
    for key in app.blobs.list("recordings").await? {
        let id = key.as_str().rsplit('/').next().unwrap_or_default();
        if known.has(app, id)? && app.blobs.get(&key).await.is_ok() {
            app.blobs.delete(&key).await?;
            again.files += 1;
        }
    }
    Ok(again)
}
