//! The table `passkey_challenges`: what a browser has been asked to sign. Each counts once, in that browser, for minutes.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{Any, Transaction};

use crate::accounts::model::KnownAccount;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::state::App;

/// How long a browser may take: its owner looks for a key.
const LIFETIME: Duration = Duration::from_mins(5);

/// What is signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A new key.
    Add,
    /// A key that the account has.
    Show,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Show => "show",
        }
    }
}

/// Keeps what the answer will be compared with, in place of what the browser was asked before.
pub(super) async fn keep(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
    (purpose, state): (Purpose, &(impl Serialize + Sync)),
) -> Result<(), Problem> {
    let state = serde_json::to_string(state).map_err(Problem::internal)?;
    let query = sqlx::query(
        "INSERT INTO passkey_challenges (browser_hash, purpose, account_id, state, begun_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (browser_hash, purpose) DO UPDATE SET account_id = $3, state = $4, begun_at = $5",
    );
    let query = query.bind(context.browser_fingerprint()).bind(purpose.as_str()).bind(account.as_str());
    let query = query.bind(state).bind(app.clock.now().as_millis());
    Ok(query.execute(&mut **work).await.map(drop)?)
}

/// Uses up what the browser was asked for this account; `None` when it was not, or answers too late.
pub(super) async fn take<T: DeserializeOwned>(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
    purpose: Purpose,
) -> Result<Option<T>, Problem> {
    let query = sqlx::query_scalar(
        "DELETE FROM passkey_challenges WHERE browser_hash = $1 AND purpose = $2 AND account_id = $3 AND begun_at > $4
         RETURNING state",
    );
    let query = query.bind(context.browser_fingerprint()).bind(purpose.as_str()).bind(account.as_str());
    let query = query.bind(app.clock.now().minus(LIFETIME).as_millis());
    let state: Option<String> = query.fetch_optional(&mut **work).await?;
    state.map(|state| serde_json::from_str(&state).map_err(Problem::internal)).transpose()
}

/// Removes what nobody answered in time; says how many.
pub(in crate::accounts) async fn delete_outlived(
    work: &mut Transaction<'_, Any>,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM passkey_challenges WHERE begun_at <= $1");
    Ok(query.bind(now.minus(LIFETIME).as_millis()).execute(&mut **work).await?.rows_affected())
}
