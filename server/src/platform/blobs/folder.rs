//! Blobs as files. A file appears under its name only when every byte of it is on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::error::BlobError;
use super::key::BlobKey;

#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: Arc<PathBuf>,
    writes: Arc<AtomicU64>,
}

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root: Arc::new(root), writes: Arc::default() }
    }

    /// Whether the file was created; `false` when one is there already.
    pub(super) async fn create(&self, key: &BlobKey, bytes: Bytes) -> Result<bool, BlobError> {
        let (root, path) = (Arc::clone(&self.root), self.path(key));
        let turn = self.writes.fetch_add(1, Ordering::Relaxed);
        let draft = root.join(DRAFTS).join(format!("{}-{turn}", std::process::id()));
        blocking(move || create(&root, &draft, &path, &bytes)).await
    }

    /// Removes what a crash left half written: for start-up, before anything is put.
    pub(super) async fn forget_drafts(&self) -> Result<(), BlobError> {
        let drafts = self.root.join(DRAFTS);
        blocking(move || absent_as_none(fs::remove_dir_all(drafts))).await.map(drop)
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
}

/// Where files are written before they have their name; no [`BlobKey`] starts with a dot.
const DRAFTS: &str = ".drafts";

/// Writes a draft, makes it durable, then gives it its name; linking fails if the name is taken.
fn create(root: &Path, draft: &Path, path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    fs::create_dir_all(root.join(DRAFTS))?;
    write_durably(draft, bytes)?;
    let linked = fs::hard_link(draft, path);
    fs::remove_file(draft)?;
    match linked {
        Ok(()) => sync_folders(folder, root).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes the names durable: the file's in its folder, and each folder's in the one above, up to the root.
fn sync_folders(folder: &Path, root: &Path) -> io::Result<()> {
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(root)) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write_durably(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
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
    spawn_blocking(work).await.map_err(BlobError::unavailable)?.map_err(BlobError::unavailable)
}
