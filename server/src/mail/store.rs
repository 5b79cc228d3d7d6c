//! The table `outbox`.

use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::model::{MailId, Order, Queued};
use crate::i18n::Locale;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// How long a mail that was sent is remembered.
const REMEMBERED: Duration = Duration::from_hours(30 * 24);

/// Puts a mail into the outbox.
pub(super) async fn insert(
    work: &mut Transaction<'_, Any>,
    id: &MailId,
    order: Order<'_>,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO outbox (id, template, account_id, subject, detail, locale, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    let query = query.bind(id.as_str()).bind(order.template).bind(order.account_id.map(AccountId::as_str));
    let query = query.bind(order.subject).bind(order.detail).bind(order.locale.tag()).bind(now.as_millis());
    query.execute(&mut **work).await.map(drop)
}

/// Forgets the mails about a subject, sent or not; says how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(work: &mut Transaction<'_, Any>, subject: &str) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM outbox WHERE subject = $1 AND subject <> ''");
    Ok(query.bind(subject).execute(&mut **work).await?.rows_affected())
}

fn queued(row: &AnyRow) -> Result<Queued, DbError> {
    let locale: String = row.try_get("locale")?;
    Ok(Queued {
        id: row.try_get("id")?,
        template: row.try_get("template")?,
        account_id: row.try_get("account_id")?,
        subject: row.try_get("subject")?,
        detail: row.try_get("detail")?,
        locale: Locale::from_tag(&locale).unwrap_or_default(),
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        last_error: row.try_get("last_error")?,
    })
}

/// A mail that has not been sent, given the subject of its job.
pub(super) async fn find_unsent(db: &Db, id: &str) -> Result<Option<Queued>, DbError> {
    let query = sqlx::query(
        "SELECT id, template, account_id, subject, detail, locale, created_at, last_error FROM outbox \
         WHERE id = $1 AND sent_at IS NULL",
    );
    let row = query.bind(id).fetch_optional(db.read()).await?;
    row.as_ref().map(queued).transpose()
}

/// Mails that have not been sent, the oldest first; two hundred at most.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &Db) -> Result<Vec<Queued>, DbError> {
    let query = sqlx::query(
        "SELECT id, template, account_id, subject, detail, locale, created_at, last_error FROM outbox \
         WHERE sent_at IS NULL ORDER BY created_at, id LIMIT 200",
    );
    query.fetch_all(db.read()).await?.iter().map(queued).collect()
}

/// Says whom a mail is for, which was not known before.
///
/// # Errors
/// When the database fails.
pub async fn address_to(
    work: &mut Transaction<'_, Any>,
    mail: &Queued,
    account_id: &AccountId,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE outbox SET account_id = $2 WHERE id = $1");
    query.bind(mail.id.as_str()).bind(account_id.as_str()).execute(&mut **work).await.map(drop)
}

/// Mails like this one that its recipient was sent since a moment.
///
/// # Errors
/// When the database fails.
pub async fn sent_since(
    work: &mut Transaction<'_, Any>,
    mail: &Queued,
    account_id: &AccountId,
    since: Timestamp,
) -> Result<i64, DbError> {
    let query = sqlx::query_scalar(
        "SELECT COUNT(*) FROM outbox WHERE account_id = $1 AND template = $2 AND sent_at > $3",
    );
    let query = query.bind(account_id.as_str()).bind(&mail.template).bind(since.as_millis());
    query.fetch_one(&mut **work).await
}

/// The mail was handed over; those that were long ago are forgotten.
pub(super) async fn note_sent(
    work: &mut Transaction<'_, Any>,
    mail: &Queued,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE outbox SET sent_at = $2, last_error = NULL WHERE id = $1");
    query.bind(mail.id.as_str()).bind(now.as_millis()).execute(&mut **work).await?;
    let query = sqlx::query("DELETE FROM outbox WHERE sent_at <= $1");
    query.bind(now.minus(REMEMBERED).as_millis()).execute(&mut **work).await.map(drop)
}

/// The mail was not carried, and what the carrier said.
pub(super) async fn note_error(
    work: &mut Transaction<'_, Any>,
    mail: &Queued,
    said: &str,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE outbox SET last_error = $2 WHERE id = $1");
    query.bind(mail.id.as_str()).bind(said).execute(&mut **work).await.map(drop)
}

/// There is no reason for the mail any more.
pub(super) async fn remove(work: &mut Transaction<'_, Any>, mail: &Queued) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM outbox WHERE id = $1").bind(mail.id.as_str());
    query.execute(&mut **work).await.map(drop)
}

/// What was sent lately.
#[derive(Clone, Copy, Debug)]
pub struct LastSent {
    /// How many mails within the month that is remembered.
    pub count: i64,
    /// When the last one was sent.
    pub at: Option<Timestamp>,
}

/// What was sent lately.
///
/// # Errors
/// When the database fails.
pub async fn last_sent(db: &Db) -> Result<LastSent, DbError> {
    let query =
        sqlx::query("SELECT COUNT(*) AS sent, MAX(sent_at) AS last FROM outbox WHERE sent_at IS NOT NULL");
    let row = query.fetch_one(db.read()).await?;
    let at: Option<i64> = row.try_get("last")?;
    Ok(LastSent { count: row.try_get("sent")?, at: at.map(Timestamp::from_millis) })
}
