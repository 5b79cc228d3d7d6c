//! Blobs as files. A file appears under its name only when every byte of it is on the disk.
//!
//! Several processes may share the folder, and in containers all of them may have the same process id. So what is
//! written before it has its name, a draft, has a name drawn by chance and is created new, and a process removes the
//! drafts of others only when they are [`ABANDONED`].

mod draft;

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::error::BlobError;
use super::key::BlobKey;
use crate::platform::private;
use crate::platform::random::Random;
use draft::Draft;

#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: Arc<PathBuf>,
    random: Random,
}

/// Age at which a draft is what a crash left: writing one takes seconds.
const ABANDONED: Duration = Duration::from_hours(6);
/// There is room while a file of this many bytes, as long as the longest upload, could be written.
const ROOM: u64 = 20_000_000;

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root: Arc::new(root), random: Random::system() }
    }

    /// Whether the file was created; `false` when one is there already.
    pub(super) async fn create(&self, key: &BlobKey, bytes: Bytes) -> Result<bool, BlobError> {
        let (folder, path) = (self.clone(), self.path(key));
        blocking(move || folder.write(&path, &bytes)).await
    }

    /// Shows that a long blob could be written now, by claiming the space for one.
    pub(super) async fn claim_room(&self) -> Result<(), BlobError> {
        let folder = self.clone();
        blocking(move || folder.draft()?.claim(ROOM)).await
    }

    /// Removes what crashes left half written; says how many files.
    pub(super) async fn forget_abandoned(&self) -> Result<u64, BlobError> {
        let folder = self.clone();
        blocking(move || draft::remove_older(&folder.draft()?, ABANDONED)).await
    }

    /// Takes a folder that an older version made away from the other accounts of the machine.
    pub(super) async fn close_to_others(&self) -> Result<(), BlobError> {
        let root = Arc::clone(&self.root);
        blocking(move || absent_as_none(private::close_tree(&root))).await.map(drop)
    }

    pub(super) async fn get(&self, key: &BlobKey) -> Result<Bytes, BlobError> {
        let path = self.path(key);
        match blocking(move || absent_as_none(fs::read(path))).await? {
            Some(bytes) => Ok(bytes.into()),
            None => Err(BlobError::Missing(key.clone())),
        }
    }

    pub(super) async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        let path = self.path(key);
        blocking(move || absent_as_none(fs::remove_file(path))).await.map(drop)
    }

    /// [`BlobKey`] holds no dot and no separator besides its own, so this cannot leave the root.
    fn path(&self, key: &BlobKey) -> PathBuf {
        self.root.join(key.as_str())
    }

    fn draft(&self) -> io::Result<Draft> {
        let drafts = self.root.join(DRAFTS);
        private::create_folder(&drafts)?;
        Draft::create(&drafts.join(self.random.secret().expose()))
    }

    /// Writes a draft, makes it durable, then gives it its name; linking fails if the name is taken. Then the name is
    /// made durable too, also if it was taken: whoever took it may not have come to that yet.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        let folder = path.parent().unwrap_or(&self.root);
        private::create_folder(folder)?;
        let mut draft = self.draft()?;
        draft.write_durably(bytes)?;
        let is_new = match fs::hard_link(draft.path(), path) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
            Err(error) => return Err(error),
        };
        sync_folders(folder, &self.root).map(|()| is_new)
    }
}

/// Where drafts are; no [`BlobKey`] starts with a dot.
const DRAFTS: &str = ".drafts";

/// Makes the names durable: the file's in its folder, and each folder's in the one above, up to the root.
fn sync_folders(folder: &Path, root: &Path) -> io::Result<()> {
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(root)) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn absent_as_none<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    let done = spawn_blocking(work).await.map_err(BlobError::unavailable)?;
    done.map_err(|error| match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => BlobError::Full(error.into()),
        _ => BlobError::unavailable(error),
    })
}
