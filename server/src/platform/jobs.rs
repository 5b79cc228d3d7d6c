//! What is done beside the requests: once, later, by whichever replica comes first, and seen when it fails.
//!
//! A job is a row of one table. It is of a [`Kind`] and about a subject, and both make its identifier, so that it is
//! there once however often it is asked for, on however many replicas: that is also how a schedule does not double.
//!
//! * **Lease.** Whoever begins a job holds its lease for a minute and renews it while it works. Of two who want it at
//!   once one finds the row taken. A worker that dies lets the lease run out, and somebody else begins anew; one that
//!   cannot renew it stops at once, so that nothing is done twice at the same time. The replicas' clocks may differ by
//!   less than a renewal ([`LEASE`] / 3).
//! * **Again.** What failed is tried again after half a minute, then after twice as long each time, at most after an
//!   hour. What has failed [`MOST_ATTEMPTS`] times, or once [for good](Failure::for_good), is dead until an administrator
//!   has it tried again; so is what never came to an end because its worker died each time. What is on a schedule never dies.
//! * **Exactly once** is nobody's to give: a worker may die between the work and its last word. Whatever runs here must
//!   bear being done again.
//!
//! The table's own changes are no act of anybody, as the counts of [`super::limits`] are not; what a job does is.

mod store;
mod worker;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

pub use store::{
    Failing, JobState, Scheduled, enqueue, failing, failing_of, find_failing, forget, scheduled, try_again,
};
pub use worker::Worker;

/// How long a lease lasts if it is not renewed.
pub const LEASE: Duration = Duration::from_mins(1);
/// A job that has failed so often is dead.
pub const MOST_ATTEMPTS: i64 = 8;

/// A sort of job: each stands in a file of its own, in the room whose work it is.
pub struct Kind<C> {
    /// Its word, in kebab-case: part of the identifier of each job.
    pub name: &'static str,
    /// How long after it ended well it is due again; `None` for what is done once when somebody asks for it.
    pub every: Option<Duration>,
    /// Does it, given what everybody shares and what it is about.
    pub run: fn(C, String) -> Running,
}

/// A job under way. It stops where it is when its lease is lost.
pub type Running = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

impl<C> Clone for Kind<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Kind<C> {}

impl<C> fmt::Debug for Kind<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kind").field("name", &self.name).field("every", &self.every).finish_non_exhaustive()
    }
}

/// Why a job failed: a code, which the administrator is shown the sentence `error-<code>` for and which is kept, and
/// what went wrong underneath, for the log alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    code: String,
    cause: String,
    is_final: bool,
}

impl Failure {
    /// A code in kebab-case, and the cause.
    pub fn new(code: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self { code: code.into(), cause: cause.to_string(), is_final: false }
    }

    /// The same failure of what would fail in the same way again: it is not tried again by itself.
    #[must_use]
    pub fn for_good(self) -> Self {
        Self { is_final: true, ..self }
    }
}

/// Wait before the next attempt after this number of failures.
fn back_off(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 7)).unwrap_or(7);
    (FIRST_WAIT * 2_u32.pow(doublings)).min(LONGEST_WAIT)
}

const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_hours(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_an_hour() {
        let seconds = [1, 2, 3, 7, 8, 9, 1_000, i64::MAX].map(|attempts| back_off(attempts).as_secs());
        assert_eq!(seconds, [30, 60, 120, 1_920, 3_600, 3_600, 3_600, 3_600]);
    }
}
