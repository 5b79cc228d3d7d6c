//! Blobs in memory, for tests.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::error::BlobError;
use super::key::BlobKey;

#[derive(Clone, Debug, Default)]
pub(super) struct Memory(Arc<Mutex<BTreeMap<BlobKey, Bytes>>>);

impl Memory {
    pub(super) fn create(&self, key: &BlobKey, bytes: Bytes) -> bool {
        match self.map().entry(key.clone()) {
            Entry::Vacant(slot) => {
                slot.insert(bytes);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    pub(super) fn get(&self, key: &BlobKey) -> Result<Bytes, BlobError> {
        self.map().get(key).cloned().ok_or_else(|| BlobError::Missing(key.clone()))
    }

    pub(super) fn delete(&self, key: &BlobKey) {
        self.map().remove(key);
    }

    fn map(&self) -> MutexGuard<'_, BTreeMap<BlobKey, Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
