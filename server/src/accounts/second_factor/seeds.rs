//! The table `totp_seeds`.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretSlice};
use sqlx::{Any, Executor, Row as _, Transaction};

use super::totp::{self, SEED_BYTES};
use crate::accounts::model::KnownAccount;
use crate::error::Problem;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::seal::Purpose;
use crate::state::App;

/// How long a seed that is shown waits for its first code.
const OFFERED_FOR: Duration = Duration::from_mins(30);

/// Whether a seed counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is shown to the owner, and no code of it was given yet.
    Offered,
    /// Its codes count.
    Confirmed,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Confirmed => "confirmed",
        }
    }
}

/// A seed as it was found.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) bytes: SecretSlice<u8>,
    is_outdated: bool,
}

fn purpose(account: &KnownAccount) -> Purpose<'_> {
    Purpose::new("totp-seed", account.as_str())
}

/// Makes a seed to show, in place of one that was shown and never confirmed.
pub(super) async fn offer(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
) -> Result<(), Problem> {
    let sealed = app.seal.seal(purpose(account), &app.random.bytes()[..SEED_BYTES])?;
    let query = sqlx::query(
        "INSERT INTO totp_seeds (account_id, state, sealed, last_step, made_at) VALUES ($1, $2, $3, 0, $4)
         ON CONFLICT (account_id, state) DO UPDATE SET sealed = $3, made_at = $4",
    );
    let query = query.bind(account.as_str()).bind(State::Offered.as_str()).bind(sealed);
    Ok(query.bind(app.clock.now().as_millis()).execute(&mut **work).await.map(drop)?)
}

/// The seed of an account, if it has one of this kind; an old offer is none.
pub(super) async fn find<'c>(
    asked: impl Executor<'c, Database = Any>,
    app: &App,
    account: &KnownAccount,
    state: State,
) -> Result<Option<Seed>, Problem> {
    let query = sqlx::query("SELECT sealed, made_at FROM totp_seeds WHERE account_id = $1 AND state = $2");
    let Some(row) = query.bind(account.as_str()).bind(state.as_str()).fetch_optional(asked).await? else {
        return Ok(None);
    };
    let made_at = Timestamp::from_millis(row.try_get("made_at")?);
    if state == State::Offered && app.clock.now().since(made_at) > OFFERED_FOR {
        return Ok(None);
    }
    let opened = app.seal.open(purpose(account), row.try_get("sealed")?)?;
    Ok(Some(Seed { bytes: opened.secret, is_outdated: opened.is_outdated }))
}

/// When the codes of an account began to count, if they do.
pub(super) async fn confirmed_at<'c>(
    asked: impl Executor<'c, Database = Any>,
    account: &KnownAccount,
) -> Result<Option<Timestamp>, DbError> {
    let query = sqlx::query_scalar("SELECT made_at FROM totp_seeds WHERE account_id = $1 AND state = $2");
    let query = query.bind(account.as_str()).bind(State::Confirmed.as_str());
    Ok(query.fetch_optional(asked).await?.map(Timestamp::from_millis))
}

/// Whether `code` is one of the seed that counts, and uses its step up: of two who show it at once one succeeds.
pub(super) async fn accept(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    code: &str,
) -> Result<bool, Problem> {
    let Some(seed) = find(&mut **work, app, account, State::Confirmed).await? else { return Ok(false) };
    let Some(step) = totp::step_of(seed.bytes.expose_secret(), code, app.clock.now()) else {
        return Ok(false);
    };
    let query = sqlx::query(
        "UPDATE totp_seeds SET last_step = $3 WHERE account_id = $1 AND state = $2 AND last_step < $3",
    );
    let query = query.bind(account.as_str()).bind(State::Confirmed.as_str()).bind(step);
    let is_first = query.execute(&mut **work).await?.rows_affected() == 1;
    if is_first && seed.is_outdated {
        seal_anew(work, app, account, &seed).await?;
    }
    Ok(is_first)
}

/// Before the key of before is forgotten.
async fn seal_anew(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    seed: &Seed,
) -> Result<(), Problem> {
    let sealed = app.seal.seal(purpose(account), seed.bytes.expose_secret())?;
    let query = sqlx::query("UPDATE totp_seeds SET sealed = $3 WHERE account_id = $1 AND state = $2");
    let query = query.bind(account.as_str()).bind(State::Confirmed.as_str()).bind(sealed);
    Ok(query.execute(&mut **work).await.map(drop)?)
}

/// Makes the seed that is shown the one that counts, if `code` is one of its; `false` otherwise.
pub(super) async fn confirm(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    code: &str,
) -> Result<bool, Problem> {
    let Some(seed) = find(&mut **work, app, account, State::Offered).await? else { return Ok(false) };
    let Some(step) = totp::step_of(seed.bytes.expose_secret(), code, app.clock.now()) else {
        return Ok(false);
    };
    remove(work, account, State::Confirmed).await?;
    let query = sqlx::query(
        "UPDATE totp_seeds SET state = $2, last_step = $4, made_at = $5 WHERE account_id = $1 AND state = $3",
    );
    let query =
        query.bind(account.as_str()).bind(State::Confirmed.as_str()).bind(State::Offered.as_str()).bind(step);
    let query = query.bind(app.clock.now().as_millis());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// Removes a seed.
pub(super) async fn remove(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
    state: State,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM totp_seeds WHERE account_id = $1 AND state = $2");
    query.bind(account.as_str()).bind(state.as_str()).execute(&mut **work).await.map(drop)
}
