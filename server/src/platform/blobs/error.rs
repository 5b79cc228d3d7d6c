//! Why a store fails.

use super::key::BlobKey;

/// Why a blob could not be stored or fetched.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Nothing is stored under the key.
    #[error("no blob {0}")]
    Missing(BlobKey),
    /// The store has no room left.
    #[error("the object store is full: {0}")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The store does not answer or refuses.
    #[error("the object store failed: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl BlobError {
    pub(super) fn unavailable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(error.into())
    }
}
