//! Tables `audit` and `audit_heads`. Entries are only ever added; triggers of the database refuse anything else.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row as _, Transaction};

use super::filter::{Filter, Place};
use super::model::{By, Chain, Content, Hash, Subject};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// Where a chain ends, held: whoever writes next to the same chain waits until this transaction is over.
#[derive(Debug)]
pub(super) struct Head {
    /// The place of the last entry.
    seq: i64,
    /// Its hash.
    hash: Hash,
}

/// Holds the end of a chain. It is the last thing a transaction holds, so nobody waits for each other in a circle.
pub(super) async fn hold(work: &mut Transaction<'static, Any>, chain: &Chain) -> Result<Head, DbError> {
    if let Some(head) = held(work, chain).await? {
        return Ok(head);
    }
    let query =
        sqlx::query("INSERT INTO audit_heads (chain, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING");
    query.bind(chain.as_str()).bind(Hash::default().as_bytes()).execute(&mut **work).await?;
    held(work, chain).await?.ok_or(DbError::RowNotFound)
}

/// The row of the end, which an update that changes nothing holds in both databases.
async fn held(work: &mut Transaction<'static, Any>, chain: &Chain) -> Result<Option<Head>, DbError> {
    let query = sqlx::query("UPDATE audit_heads SET seq = seq WHERE chain = $1 RETURNING seq, hash");
    let row = query.bind(chain.as_str()).fetch_optional(&mut **work).await?;
    row.map(|row| Ok(Head { seq: row.try_get(0)?, hash: hash(&row.try_get::<Vec<u8>, _>(1)?)? })).transpose()
}

fn hash(bytes: &[u8]) -> Result<Hash, DbError> {
    Hash::of_row(bytes).ok_or_else(|| DbError::Decode("a hash of the audit has not 32 bytes".into()))
}

/// Adds an entry at the end that is held.
pub(super) async fn append(
    work: &mut Transaction<'static, Any>,
    chain: &Chain,
    head: Head,
    content: &Content,
) -> Result<(), DbError> {
    let (seq, previous) = (head.seq + 1, head.hash);
    let hash = Hash::of(chain.as_str(), seq, previous, content);
    let query = sqlx::query(
        "INSERT INTO audit (chain, seq, previous_hash, hash, actor, action, detail, subject, amount, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let query = query.bind(chain.as_str()).bind(seq).bind(previous.as_bytes()).bind(hash.as_bytes());
    let query = query.bind(&content.actor).bind(&content.action).bind(content.detail.as_deref());
    let query = query.bind(&content.subject).bind(content.amount).bind(content.at.as_millis());
    query.execute(&mut **work).await?;
    let query = sqlx::query("UPDATE audit_heads SET seq = $2, hash = $3 WHERE chain = $1");
    query.bind(chain.as_str()).bind(seq).bind(hash.as_bytes()).execute(&mut **work).await.map(drop)
}

/// Whether a chain has the same entry since a moment, whenever exactly it was written.
pub(super) async fn is_noted(
    connection: impl Executor<'_, Database = Any>,
    chain: &Chain,
    content: &Content,
    since: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "SELECT seq FROM audit WHERE chain = $1 AND subject = $2 AND at >= $3 AND actor = $4 AND action = $5 LIMIT 1",
    );
    let query = query.bind(chain.as_str()).bind(&content.subject).bind(since.as_millis());
    let query = query.bind(&content.actor).bind(&content.action);
    Ok(query.fetch_optional(connection).await?.is_some())
}

/// An entry as it stands in its row, whatever somebody made of it.
#[derive(Debug)]
pub(super) struct Row {
    pub seq: i64,
    pub previous: Option<Hash>,
    pub hash: Option<Hash>,
    pub content: Content,
}

/// The first chain after `last` in the order of their names that has an entry or a noted end.
pub(super) async fn next_chain(db: &Db, last: &str) -> Result<Option<String>, DbError> {
    let query = sqlx::query_scalar::<_, Option<String>>(
        "SELECT MIN(chain) FROM (SELECT MIN(chain) AS chain FROM audit WHERE chain > $1
         UNION ALL SELECT MIN(chain) FROM audit_heads WHERE chain > $1) AS chains",
    );
    query.bind(last).fetch_one(db.read()).await
}

/// Where a chain is noted to end.
pub(super) async fn noted_end(db: &Db, chain: &str) -> Result<Option<(i64, Option<Hash>)>, DbError> {
    let query = sqlx::query("SELECT seq, hash FROM audit_heads WHERE chain = $1");
    let row = query.bind(chain).fetch_optional(db.read()).await?;
    row.map(|row| Ok((row.try_get(0)?, Hash::of_row(&row.try_get::<Vec<u8>, _>(1)?)))).transpose()
}

/// The next entries of a chain in its order.
pub(super) async fn rows_after(db: &Db, chain: &str, seq: i64, limit: i64) -> Result<Vec<Row>, DbError> {
    let query = sqlx::query(
        "SELECT seq, previous_hash, hash, actor, action, detail, subject, amount, at FROM audit
         WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    );
    let rows = query.bind(chain).bind(seq).bind(limit).fetch_all(db.read()).await?;
    rows.iter().map(row).collect()
}

fn row(row: &AnyRow) -> Result<Row, DbError> {
    Ok(Row {
        seq: row.try_get(0)?,
        previous: Hash::of_row(&row.try_get::<Vec<u8>, _>(1)?),
        hash: Hash::of_row(&row.try_get::<Vec<u8>, _>(2)?),
        content: Content {
            actor: row.try_get(3)?,
            action: row.try_get(4)?,
            detail: row.try_get(5)?,
            subject: row.try_get(6)?,
            amount: row.try_get(7)?,
            at: Timestamp::from_millis(row.try_get(8)?),
        },
    })
}

/// The text of a query for the newest entries; `condition` is the filter by which they are found.
macro_rules! newest {
    ($condition:literal) => {
        concat!(
            "SELECT seq, previous_hash, hash, actor, action, detail, subject, amount, at FROM audit ",
            "WHERE chain = $1 AND at >= $2 AND at < $3 AND (at < $4 OR (at = $4 AND seq < $5)) AND ",
            $condition,
            " AND ($6 = '' OR subject = $6) AND ($7 = '' OR actor = $7) AND ($8 = '' OR action = $8) ",
            "ORDER BY at DESC, seq DESC LIMIT $9"
        )
    };
}

/// The newest entries of a chain that a filter lets through, found by its rarest part.
pub(super) async fn newest(db: &Db, chain: &Chain, filter: &Filter, limit: i64) -> Result<Vec<Row>, DbError> {
    let text = |part: Option<String>| part.unwrap_or_default();
    let subject = text(filter.subject.as_ref().map(Subject::to_string));
    let actor = text(filter.actor.as_ref().map(By::to_string));
    let action = text(filter.action.clone());
    let sql = match (subject.is_empty(), actor.is_empty(), action.is_empty()) {
        (false, ..) => newest!("subject = $6"),
        (true, false, _) => newest!("actor = $7"),
        (true, true, false) => newest!("action = $8"),
        (true, true, true) => newest!("$6 = ''"),
    };
    let (least, most) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    let before = filter.before.unwrap_or(Place { at: most, seq: i64::MAX });
    let query = sqlx::query(sql).bind(chain.as_str());
    let query =
        query.bind(filter.from.unwrap_or(least).as_millis()).bind(filter.until.unwrap_or(most).as_millis());
    let query = query.bind(before.at.as_millis()).bind(before.seq).bind(subject).bind(actor).bind(action);
    query.bind(limit).fetch_all(db.read()).await?.iter().map(row).collect()
}
