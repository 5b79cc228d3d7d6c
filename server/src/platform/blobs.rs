//! The object store: a local folder, any S3 service, or memory.
//!
//! A blob never changes: what is put under a taken key is not stored, and whoever puts it is told so.

mod error;
mod folder;
mod key;
mod memory;
mod s3;

use std::path::PathBuf;

use bytes::Bytes;

pub use error::BlobError;
pub use key::{BadKey, BlobKey};
pub use s3::S3Settings;

/// A store of blobs. Clones share it.
#[derive(Clone, Debug)]
pub struct Blobs(Store);

#[derive(Clone, Debug)]
enum Store {
    Folder(folder::Folder),
    S3(Box<s3::S3>),
    Memory(memory::Memory),
}

/// What became of bytes that were to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "other bytes may lie under the key"]
pub enum Put {
    /// They are stored.
    Stored,
    /// They are not: there is a blob under the key, which may hold the same.
    Taken,
}

impl Blobs {
    /// Blobs as files under `root`, which is created when first needed.
    pub fn folder(root: impl Into<PathBuf>) -> Self {
        Self(Store::Folder(folder::Folder::new(root.into())))
    }

    /// Blobs in a bucket of an S3 service.
    pub fn s3(settings: &S3Settings) -> Self {
        Self(Store::S3(Box::new(s3::S3::new(settings))))
    }

    /// Blobs in memory, gone with the process: for tests.
    pub fn memory() -> Self {
        Self(Store::Memory(memory::Memory::default()))
    }

    /// Which store this is, for messages: `folder`, `S3` or `memory`.
    pub fn kind(&self) -> &'static str {
        match &self.0 {
            Store::Folder(_) => "folder",
            Store::S3(_) => "S3",
            Store::Memory(_) => "memory",
        }
    }

    /// Stores `bytes` under `key`, unless something is there. When this returns, what is there survives a crash.
    ///
    /// # Errors
    /// [`BlobError::Full`] when the store has no room, [`BlobError::Unavailable`] when it fails.
    pub async fn put(&self, key: &BlobKey, bytes: Bytes) -> Result<Put, BlobError> {
        let is_new = match &self.0 {
            Store::Folder(store) => store.create(key, bytes).await?,
            Store::S3(store) => store.create(key, bytes).await?,
            Store::Memory(store) => store.create(key, bytes),
        };
        Ok(if is_new { Put::Stored } else { Put::Taken })
    }

    /// Fetches the bytes stored under `key`.
    ///
    /// # Errors
    /// [`BlobError::Missing`] when there are none, [`BlobError::Unavailable`] when the store fails.
    pub async fn get(&self, key: &BlobKey) -> Result<Bytes, BlobError> {
        tracing::debug!(%key, "a blob is read");
        match &self.0 {
            Store::Folder(store) => store.get(key).await,
            Store::S3(store) => store.get(key).await,
            Store::Memory(store) => store.get(key),
        }
    }

    /// Removes what is stored under `key`; removing nothing is fine.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`] when the store fails.
    pub async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        match &self.0 {
            Store::Folder(store) => store.delete(key).await,
            Store::S3(store) => store.delete(key).await,
            Store::Memory(store) => {
                store.delete(key);
                Ok(())
            }
        }
    }

    /// Asks the real store for a sign of life: reads a small blob of its own, writes it if it is not there, and, where
    /// that can be asked, whether there is room for a large one.
    ///
    /// # Errors
    /// [`BlobError::Full`] when the store has no room, [`BlobError::Unavailable`] when it cannot be read or written.
    pub async fn probe(&self) -> Result<(), BlobError> {
        let key = BlobKey::probe();
        match self.get(&key).await {
            Err(BlobError::Missing(_)) => drop(self.put(&key, Bytes::from_static(PROBE)).await?),
            found => drop(found?),
        }
        match &self.0 {
            Store::Folder(store) => store.claim_room().await,
            Store::S3(_) | Store::Memory(_) => Ok(()),
        }
    }

    /// Proves that the store can be written, read and cleared, as uploads need it, and closes a folder that an older
    /// version left open to other accounts of the machine: for start-up.
    ///
    /// # Errors
    /// When one of them fails.
    pub async fn rehearse(&self) -> Result<(), BlobError> {
        if let Store::Folder(store) = &self.0 {
            store.close_to_others().await?;
        }
        self.delete(&BlobKey::probe()).await?;
        self.probe().await?;
        self.probe().await
    }

    /// Removes what crashes left half written hours ago; says how many files. Safe beside other processes.
    ///
    /// # Errors
    /// When the store cannot be read or changed.
    pub async fn tidy(&self) -> Result<u64, BlobError> {
        match &self.0 {
            Store::Folder(store) => store.forget_abandoned().await,
            Store::S3(_) | Store::Memory(_) => Ok(0),
        }
    }
}

const PROBE: &[u8] = b"oxi";
