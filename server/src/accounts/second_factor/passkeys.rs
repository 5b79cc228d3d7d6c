//! The table `passkeys`: keys that stay in a device, and sign what they are asked to for this platform's address alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sqlx::{Any, Executor, Row as _, Transaction};
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse, Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::challenges::{self, Purpose};
use crate::accounts::model::{Account, KnownAccount};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::i18n::wording::Moment;
use crate::ids::Id;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::text;
use crate::state::App;

/// Identifier of a key: how its page names it.
pub(super) type KeyId = Id<KeyRow>;

/// Marks what belongs to keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyRow {}

/// A key as its owner sees it.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) made: Moment,
    pub(super) used: Option<Moment>,
}

/// Whom keys sign for: the address of the settings, never the one that a request names. `None` where browsers have no
/// passkeys: over plain http, but for `localhost`, and at addresses without a name.
pub(super) fn relying_party(app: &App) -> Option<Webauthn> {
    let origin = Url::parse(&app.config.app_url).ok()?;
    let name = origin.domain()?.to_owned();
    let has_passkeys = origin.scheme() == "https" || name == "localhost";
    has_passkeys.then(|| WebauthnBuilder::new(&name, &origin).ok()?.rp_name(&name).build().ok()).flatten()
}

fn party(app: &App) -> Result<Webauthn, Problem> {
    relying_party(app).ok_or_else(|| Problem::refused("passkeys-unavailable"))
}

/// The keys of an account, the oldest first.
pub(super) async fn list<'c>(
    asked: impl Executor<'c, Database = Any>,
    account: &KnownAccount,
) -> Result<Vec<Key>, DbError> {
    let query = sqlx::query(
        "SELECT id, name, made_at, used_at FROM passkeys WHERE account_id = $1 ORDER BY made_at, id",
    );
    let rows = query.bind(account.as_str()).fetch_all(asked).await?;
    let moment = |millis| Moment::new(Timestamp::from_millis(millis));
    rows.iter()
        .map(|row| {
            Ok(Key {
                id: row.try_get("id")?,
                name: row.try_get("name")?,
                made: moment(row.try_get("made_at")?),
                used: row.try_get::<Option<i64>, _>("used_at")?.map(moment),
            })
        })
        .collect()
}

/// How many keys an account has.
pub(super) async fn count<'c>(
    asked: impl Executor<'c, Database = Any>,
    account: &KnownAccount,
) -> Result<i64, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM passkeys WHERE account_id = $1");
    query.bind(account.as_str()).fetch_one(asked).await
}

async fn credentials(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
) -> Result<Vec<Passkey>, Problem> {
    let query =
        sqlx::query_scalar("SELECT credential FROM passkeys WHERE account_id = $1 ORDER BY made_at, id");
    let rows: Vec<String> = query.bind(account.as_str()).fetch_all(&mut **work).await?;
    rows.iter().map(|row| serde_json::from_str(row).map_err(Problem::internal)).collect()
}

/// Asks the browser for a new key of the account.
pub(super) async fn ask_to_add(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &Account,
    context: &RequestContext,
) -> Result<CreationChallengeResponse, Problem> {
    let known = credentials(work, &account.id).await?.iter().map(|key| key.cred_id().clone()).collect();
    let id = Uuid::parse_str(account.id.as_str()).map_err(Problem::internal)?;
    let asked = party(app)?.start_passkey_registration(id, &account.email, &account.name, Some(known));
    let (challenge, state) = asked.map_err(Problem::internal)?;
    challenges::keep(work, app, (&account.id, context), (Purpose::Add, &state)).await?;
    Ok(challenge)
}

/// Keeps a new key; `false` when the answer is not what was asked for, or the key is somebody's already.
pub(super) async fn add(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
    (name, answer): (&str, &str),
) -> Result<bool, Problem> {
    let who = (account, context);
    let state: Option<PasskeyRegistration> = challenges::take(work, app, who, Purpose::Add).await?;
    let (Some(state), Ok(answer)) = (state, serde_json::from_str::<RegisterPublicKeyCredential>(answer))
    else {
        return Ok(false);
    };
    let Ok(key) = party(app)?.finish_passkey_registration(&answer, &state) else { return Ok(false) };
    let device = || context.device().words(context.locale());
    let name = text::one_line(name, 60).map_or_else(device, str::to_owned);
    let now = app.clock.now();
    let query = sqlx::query(
        "INSERT INTO passkeys (id, account_id, credential_id, credential, name, made_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (credential_id) DO NOTHING",
    );
    let query = query.bind(app.random.id(now).to_string()).bind(account.as_str()).bind(name_of(&key));
    let query = query.bind(json(&key)?).bind(name).bind(now.as_millis());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// Asks the browser for a key that the account has.
pub(super) async fn ask_to_show(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
) -> Result<RequestChallengeResponse, Problem> {
    let known = credentials(work, account).await?;
    if known.is_empty() {
        return Err(Problem::not_found());
    }
    let asked = party(app)?.start_passkey_authentication(&known);
    let (challenge, state) = asked.map_err(Problem::internal)?;
    challenges::keep(work, app, (account, context), (Purpose::Show, &state)).await?;
    Ok(challenge)
}

/// Whether the answer is signed by a key of the account, as this browser was asked to.
pub(super) async fn accept(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
    answer: &str,
) -> Result<bool, Problem> {
    let who = (account, context);
    let state: Option<PasskeyAuthentication> = challenges::take(work, app, who, Purpose::Show).await?;
    let (Some(state), Ok(answer)) = (state, serde_json::from_str::<PublicKeyCredential>(answer)) else {
        return Ok(false);
    };
    let Ok(shown) = party(app)?.finish_passkey_authentication(&answer, &state) else { return Ok(false) };
    let Some(mut key) =
        credentials(work, account).await?.into_iter().find(|key| key.cred_id() == shown.cred_id())
    else {
        return Ok(false);
    };
    key.update_credential(&shown);
    let query = sqlx::query(
        "UPDATE passkeys SET credential = $3, used_at = $4 WHERE credential_id = $1 AND account_id = $2",
    );
    let query = query.bind(name_of(&key)).bind(account.as_str()).bind(json(&key)?);
    Ok(query.bind(app.clock.now().as_millis()).execute(&mut **work).await?.rows_affected() == 1)
}

fn name_of(key: &Passkey) -> String {
    URL_SAFE_NO_PAD.encode(key.cred_id())
}

fn json(key: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(key).map_err(Problem::internal)
}

/// Removes a key of the account; `false` when it has no such key.
pub(super) async fn remove(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
    id: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query("DELETE FROM passkeys WHERE id = $1 AND account_id = $2");
    Ok(query.bind(id).bind(account.as_str()).execute(&mut **work).await?.rows_affected() == 1)
}

/// Removes all keys of an account.
pub(super) async fn remove_all(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM passkeys WHERE account_id = $1").bind(account.as_str());
    query.execute(&mut **work).await.map(drop)
}
