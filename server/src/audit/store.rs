//! Tables `audit` and `audit_heads`. Entries are only ever added; triggers of the database refuse anything else.

use sqlx::{Any, Row as _, Transaction};

use super::model::{Chain, Content, Hash};
use crate::platform::db::DbError;

/// Where a chain ends, held: whoever writes next to the same chain waits until this transaction is over.
#[derive(Debug)]
pub(super) struct Head {
    /// The place of the next entry.
    seq: i64,
    /// The hash of the last one.
    previous: Hash,
}

/// Holds the end of a chain. It is the last thing a transaction holds, so nobody waits for each other in a circle.
pub(super) async fn hold(work: &mut Transaction<'static, Any>, chain: &Chain) -> Result<Head, DbError> {
    if let Some(head) = next(work, chain).await? {
        return Ok(head);
    }
    let query =
        sqlx::query("INSERT INTO audit_heads (chain, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING");
    query.bind(chain.as_str()).bind(Hash::default().as_bytes()).execute(&mut **work).await?;
    next(work, chain).await?.ok_or(DbError::RowNotFound)
}

async fn next(work: &mut Transaction<'static, Any>, chain: &Chain) -> Result<Option<Head>, DbError> {
    let query = sqlx::query("UPDATE audit_heads SET seq = seq + 1 WHERE chain = $1 RETURNING seq, hash");
    let row = query.bind(chain.as_str()).fetch_optional(&mut **work).await?;
    row.map(|row| Ok(Head { seq: row.try_get(0)?, previous: hash(&row.try_get::<Vec<u8>, _>(1)?)? }))
        .transpose()
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
    let Head { seq, previous } = head;
    let hash = Hash::of(chain.as_str(), seq, previous, content);
    let query = sqlx::query(
        "INSERT INTO audit (chain, seq, previous_hash, hash, actor, action, detail, subject, amount, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let query = query.bind(chain.as_str()).bind(seq).bind(previous.as_bytes()).bind(hash.as_bytes());
    let query = query.bind(&content.actor).bind(&content.action).bind(content.detail.as_deref());
    let query = query.bind(&content.subject).bind(content.amount).bind(content.at.as_millis());
    query.execute(&mut **work).await?;
    let query = sqlx::query("UPDATE audit_heads SET hash = $2 WHERE chain = $1");
    query.bind(chain.as_str()).bind(hash.as_bytes()).execute(&mut **work).await.map(drop)
}
