//! Memory of a live analysis: lent where there is no allocator, otherwise its own.

use core::ops::{Deref, DerefMut};

/// Entries in memory.
#[derive(Debug)]
pub(super) enum Room<'m, T> {
    Lent(&'m mut [T]),
    #[cfg(feature = "alloc")]
    Own(alloc::vec::Vec<T>),
}

impl<T> Default for Room<'_, T> {
    fn default() -> Self {
        Self::Lent(&mut [])
    }
}

impl<T> Deref for Room<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Lent(lent) => lent,
            #[cfg(feature = "alloc")]
            Self::Own(own) => own,
        }
    }
}

impl<T> DerefMut for Room<'_, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Self::Lent(lent) => lent,
            #[cfg(feature = "alloc")]
            Self::Own(own) => own,
        }
    }
}
