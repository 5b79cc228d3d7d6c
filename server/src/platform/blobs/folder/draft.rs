//! A file before it has its name.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;

use crate::platform::private;

/// A half-written file, gone when this is dropped: whatever failed, a full disk too, leaves nothing behind.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    file: File,
}

impl Draft {
    /// Creates the file; fails if it is there, so that two drafts never share one.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: private::create_file(path)?, path: path.to_owned() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn write_durably(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_all()
    }

    /// Claims space without writing; where the file system cannot promise space, a little is written instead.
    pub(super) fn claim(&mut self, bytes: u64) -> io::Result<()> {
        match fallocate(&self.file, FallocateFlags::empty(), 0, bytes) {
            Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => self.file.write_all(&[0; 64 << 10]),
            claimed => Ok(claimed?),
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "a draft could not be removed; the sweep will try again");
        }
    }
}

/// Removes the files beside `now` that are older than it by `age`. Both times are the file system's, whatever the
/// clocks of the machines that share it say.
pub(super) fn remove_older(now: &Draft, age: Duration) -> io::Result<u64> {
    let (now_is, mut removed) = (now.file.metadata()?.modified()?, 0);
    let Some(folder) = now.path.parent() else { return Ok(0) };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_old = match entry.metadata() {
            Ok(found) => now_is.duration_since(found.modified()?).is_ok_and(|old| old >= age),
            Err(error) if error.kind() == ErrorKind::NotFound => false, // finished meanwhile
            Err(error) => return Err(error),
        };
        if is_old {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_drafts_never_share_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft");
        let mut first = Draft::create(&path).unwrap();
        first.write_durably(b"night").unwrap();
        let taken = Draft::create(&path).unwrap_err();
        assert_eq!((taken.kind(), fs::read(&path).unwrap()), (ErrorKind::AlreadyExists, b"night".to_vec()));
    }
}
