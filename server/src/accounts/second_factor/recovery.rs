//! The table `recovery_codes`: codes on paper, each of which opens once when the phone is lost.

use sqlx::{Any, Executor, Transaction};

use crate::accounts::model::KnownAccount;
use crate::platform::db::DbError;
use crate::platform::random::fingerprint;
use crate::platform::signs;
use crate::state::App;

/// Codes in a set.
const CODES: usize = 10;
/// A code as it is kept: bound to its account, however it was typed.
fn hash(account: &KnownAccount, code: &str) -> String {
    fingerprint(&format!("recovery\0{}\0{}", account.as_str(), signs::plain(code)))
}

/// Makes a set in place of the one before; only hashes stay.
pub(super) async fn replace(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
) -> Result<Vec<String>, DbError> {
    remove_all(work, account).await?;
    let codes: Vec<_> = (0..CODES).map(|_| signs::code(app.random.bytes())).collect();
    for code in &codes {
        let query = sqlx::query("INSERT INTO recovery_codes (code_hash, account_id) VALUES ($1, $2)");
        query.bind(hash(account, code)).bind(account.as_str()).execute(&mut **work).await?;
    }
    Ok(codes)
}

/// Uses a code up: of two who show it at once, on whatever replicas, one succeeds.
pub(super) async fn accept(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
    code: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query("DELETE FROM recovery_codes WHERE code_hash = $1 AND account_id = $2");
    let query = query.bind(hash(account, code)).bind(account.as_str());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// How many codes of the set have not been used.
pub(super) async fn remaining<'c>(
    asked: impl Executor<'c, Database = Any>,
    account: &KnownAccount,
) -> Result<i64, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1");
    query.bind(account.as_str()).fetch_one(asked).await
}

/// Ends the set.
pub(super) async fn remove_all(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1").bind(account.as_str());
    query.execute(&mut **work).await.map(drop)
}
