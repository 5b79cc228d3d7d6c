//! Sorts of mails.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::letter::Letter;
use super::model::Queued;
use crate::error::Problem;
use crate::state::App;

/// A sort of mail: it stands in the room that has the reason for it.
#[derive(Clone, Copy)]
pub struct Template {
    /// Its word, in kebab-case.
    pub name: &'static str,
    /// What it says now; `None` when the reason for it is gone.
    pub compose: fn(App, Queued) -> Composing,
}

/// A mail that is being composed.
pub type Composing = Pin<Box<dyn Future<Output = Result<Option<Letter>, Problem>> + Send>>;

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template").field("name", &self.name).finish_non_exhaustive()
    }
}
