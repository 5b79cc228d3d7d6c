//! The table `password_requests`.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use crate::accounts::access::AdministeredRequest;
use crate::accounts::model::KnownAccount;
use crate::http::auth::Admin;
use crate::ids::Id;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// Requests of one account that are kept beside a new one: somebody else's do not push the owner's own out at once.
const OTHERS_OF_ONE: i64 = 4;
/// Requests for addresses without an account that are kept beside a new one.
const OTHERS_OF_NOBODY: i64 = 99;

/// Identifier of a request.
pub(in crate::accounts) type RequestId = Id<PasswordRequest>;

/// Marks what belongs to requests for a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::accounts) enum PasswordRequest {}

/// A request to keep.
#[derive(Clone, Debug)]
pub(super) struct NewRequest {
    pub(super) id: RequestId,
    pub(super) account_id: Option<KnownAccount>,
    pub(super) secret_hash: String,
    pub(super) number: String,
    pub(super) browser_hash: String,
    pub(super) asked_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// A request that has not ended.
#[derive(Clone, Debug)]
pub(in crate::accounts) struct Request {
    pub(in crate::accounts) id: RequestId,
    pub(in crate::accounts) account_id: Option<KnownAccount>,
    pub(in crate::accounts) number: String,
    pub(in crate::accounts) asked_at: Timestamp,
    pub(in crate::accounts) is_confirmed: bool,
    /// The browser that asked.
    pub(super) browser_hash: String,
}

fn request(row: &AnyRow) -> Result<Request, DbError> {
    Ok(Request {
        id: row.try_get("id")?,
        account_id: row.try_get("account_id")?,
        number: row.try_get("number")?,
        asked_at: Timestamp::from_millis(row.try_get("asked_at")?),
        is_confirmed: row.try_get::<Option<i64>, _>("confirmed_at")?.is_some(),
        browser_hash: row.try_get("browser_hash")?,
    })
}

/// Keeps a request in place of the `earlier` one of the same browser, and forgets what has ended or is too much.
pub(super) async fn insert(
    transaction: &mut Transaction<'_, Any>,
    new: &NewRequest,
    earlier: Option<&str>,
) -> Result<(), DbError> {
    sqlx::query("DELETE FROM password_requests WHERE expires_at <= $1 OR secret_hash = $2")
        .bind(new.asked_at.as_millis())
        .bind(earlier)
        .execute(&mut **transaction)
        .await?;
    match &new.account_id {
        Some(account_id) => prune(transaction, account_id).await?,
        None => prune_nobodys(transaction).await?,
    }
    sqlx::query(
        "INSERT INTO password_requests (id, account_id, secret_hash, number, browser_hash, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id.as_str())
    .bind(new.account_id.as_ref().map(|id| id.as_str()))
    .bind(&new.secret_hash)
    .bind(&new.number)
    .bind(&new.browser_hash)
    .bind(new.asked_at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(&mut **transaction)
    .await
    .map(drop)
}

async fn prune(transaction: &mut Transaction<'_, Any>, account_id: &KnownAccount) -> Result<(), DbError> {
    let query = sqlx::query(
        "DELETE FROM password_requests WHERE account_id = $1 AND id NOT IN
             (SELECT id FROM password_requests WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2)",
    );
    query.bind(account_id.as_str()).bind(OTHERS_OF_ONE).execute(&mut **transaction).await.map(drop)
}

async fn prune_nobodys(transaction: &mut Transaction<'_, Any>) -> Result<(), DbError> {
    let query = sqlx::query(
        "DELETE FROM password_requests WHERE account_id IS NULL AND id NOT IN
             (SELECT id FROM password_requests WHERE account_id IS NULL ORDER BY asked_at DESC, id DESC LIMIT $1)",
    );
    query.bind(OTHERS_OF_NOBODY).execute(&mut **transaction).await.map(drop)
}

/// The request of the browser that holds this secret.
pub(super) async fn of_secret(
    db: &Db,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Request>, DbError> {
    let query = sqlx::query(
        "SELECT id, account_id, number, browser_hash, asked_at, confirmed_at FROM password_requests
         WHERE secret_hash = $1 AND expires_at > $2",
    );
    let row = query.bind(secret_hash).bind(now.as_millis()).fetch_optional(db.read()).await?;
    row.as_ref().map(request).transpose()
}

/// Every request for an account, oldest first.
pub(in crate::accounts) async fn pending(db: &Db, now: Timestamp) -> Result<Vec<Request>, DbError> {
    let query = sqlx::query(
        "SELECT id, account_id, number, browser_hash, asked_at, confirmed_at FROM password_requests
         WHERE account_id IS NOT NULL AND expires_at > $1 ORDER BY asked_at, id",
    );
    query.bind(now.as_millis()).fetch_all(db.read()).await?.iter().map(request).collect()
}

/// The request, if it is for an account and has not ended.
pub(in crate::accounts) async fn find(
    db: &Db,
    _: &Admin,
    (id, now): (&RequestId, Timestamp),
) -> Result<Option<Request>, DbError> {
    let query = sqlx::query(
        "SELECT id, account_id, number, browser_hash, asked_at, confirmed_at FROM password_requests
         WHERE id = $1 AND account_id IS NOT NULL AND expires_at > $2",
    );
    let row = query.bind(id.as_str()).bind(now.as_millis()).fetch_optional(db.read()).await?;
    row.as_ref().map(request).transpose()
}

/// Whose request it is; `None` for nobody's, and one that has ended.
pub(super) async fn owner(db: &Db, id: &RequestId, now: Timestamp) -> Result<Option<KnownAccount>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT account_id FROM password_requests WHERE id = $1 AND account_id IS NOT NULL AND expires_at > $2",
    );
    query.bind(id.as_str()).bind(now.as_millis()).fetch_optional(db.read()).await
}

/// Says that an administrator has confirmed; `false` if the request has ended or was confirmed already.
pub(super) async fn confirm(
    transaction: &mut Transaction<'_, Any>,
    asked: &AdministeredRequest,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE password_requests SET confirmed_at = $3, confirmed_by = $2
         WHERE id = $1 AND confirmed_at IS NULL AND expires_at > $3",
    );
    let query = query
        .bind(asked.request().id.as_str())
        .bind(asked.admin().account_id().as_str())
        .bind(now.as_millis());
    Ok(query.execute(&mut **transaction).await?.rows_affected() == 1)
}

/// Ends a request.
pub(super) async fn delete(
    transaction: &mut Transaction<'_, Any>,
    asked: &AdministeredRequest,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM password_requests WHERE id = $1");
    let query = query.bind(asked.request().id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}

/// Uses a confirmed request up: the account it was for.
pub(super) async fn take(
    transaction: &mut Transaction<'_, Any>,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<KnownAccount>, DbError> {
    let query = sqlx::query_scalar(
        "DELETE FROM password_requests WHERE secret_hash = $1 AND confirmed_at IS NOT NULL AND expires_at > $2
         RETURNING account_id",
    );
    let taken: Option<Option<KnownAccount>> =
        query.bind(secret_hash).bind(now.as_millis()).fetch_optional(&mut **transaction).await?;
    Ok(taken.flatten())
}

/// Ends every request for an account.
pub(in crate::accounts) async fn withdraw_of(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM password_requests WHERE account_id = $1").bind(account_id.as_str());
    query.execute(&mut **transaction).await.map(drop)
}
