//! Which attempts of signing in are counted, and how many there may be.
//!
//! Attempts count by account and network, by network, and by account. The last limit could be used to shut an owner
//! out, so it does not hold for browsers in which that owner has signed in before.

use super::store;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};
use crate::platform::limits::{self, Bucket, LONGEST_WINDOW, Limit, PER_NETWORK};
use crate::state::App;

const PER_ACCOUNT_AND_NETWORK: Limit = Limit { attempts: 5, window: LONGEST_WINDOW };
const PER_ACCOUNT: Limit = Limit { attempts: 30, window: LONGEST_WINDOW };

/// A sign-in attempt that has been counted; forgiven when it succeeds.
#[derive(Debug)]
pub(super) struct Attempt {
    bucket: Bucket,
}

/// Counts a sign-in attempt before the password is looked at.
///
/// # Errors
/// 429 when there were too many, the same for addresses with and without an account.
pub(super) async fn sign_in(app: &App, context: &RequestContext, email: &str) -> Result<Attempt, Problem> {
    let bucket = Bucket::new(&["sign-in", email, context.network()]);
    count(app, &bucket, PER_ACCOUNT_AND_NETWORK).await?;
    count(app, &Bucket::new(&["network", context.network()]), PER_NETWORK).await?;
    if !store::is_known_browser(&app.db, email, &context.browser_fingerprint()).await? {
        count(app, &Bucket::new(&["account", email]), PER_ACCOUNT).await?;
    }
    Ok(Attempt { bucket })
}

/// Counts a guess at a one-time code.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn code(app: &App, context: &RequestContext) -> Result<(), Problem> {
    count(app, &Bucket::new(&["code", context.network()]), PER_NETWORK).await
}

/// Counts a guess at the own password by somebody who sits at a signed-in browser.
///
/// # Errors
/// 429 when there were too many for this account.
pub(super) async fn own_password(app: &App, account_id: &str) -> Result<Attempt, Problem> {
    let bucket = Bucket::new(&["own-password", account_id]);
    count(app, &bucket, PER_ACCOUNT_AND_NETWORK).await?;
    Ok(Attempt { bucket })
}

impl Attempt {
    /// Takes the count back: the password was right.
    pub(super) async fn forgive(&self, db: &Db) -> Result<(), DbError> {
        limits::forgive(db, &self.bucket).await
    }
}

/// Removes counts whose window is over; called when somebody signs in.
pub(super) async fn sweep(db: &Db, now: Timestamp) -> Result<(), DbError> {
    limits::sweep(db, now).await
}

async fn count(app: &App, bucket: &Bucket, limit: Limit) -> Result<(), Problem> {
    Ok(limits::count(&app.db, app.clock.now(), bucket, limit).await?)
}
