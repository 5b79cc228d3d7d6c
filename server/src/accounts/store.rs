//! The table `accounts`.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row as _, Transaction};

use super::access::AdministeredAccount;
use super::model::{Account, Email, KnownAccount, NewAccount, PersonName, Stored, Unsettled};
use super::session_model::Session;
use crate::http::identity::Identity;
use crate::i18n::Locale;
use crate::ids::AccountId;
use crate::mail::Recipient;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

fn account(row: &AnyRow) -> Result<Account, DbError> {
    let last_sign_in_at: Option<i64> = row.try_get("last_sign_in_at")?;
    Ok(Account {
        id: row.try_get("id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        is_admin: row.try_get::<i64, _>("is_admin")? != 0,
        is_enabled: row.try_get::<i64, _>("is_enabled")? != 0,
        has_password: row.try_get::<i64, _>("has_password")? != 0,
        has_second_factor: row.try_get::<i64, _>("has_second_factor")? != 0,
        last_sign_in_at: last_sign_in_at.map(Timestamp::from_millis),
    })
}

/// Every account, by name.
pub(super) async fn all(db: &Db) -> Result<Vec<Account>, DbError> {
    let rows = sqlx::query(
        "SELECT id, email, name, is_admin, is_enabled, last_sign_in_at, has_second_factor,
                CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password
         FROM accounts WHERE removed_at IS NULL ORDER BY LOWER(name), id",
    );
    rows.fetch_all(db.read()).await?.iter().map(account).collect()
}

const FIND: &str = "SELECT id, email, name, is_admin, is_enabled, last_sign_in_at, has_second_factor,
        CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password
    FROM accounts WHERE id = $1 AND removed_at IS NULL";

/// The account with this identifier.
pub(super) async fn find(db: &Db, id: &AccountId) -> Result<Option<Account>, DbError> {
    let row = sqlx::query(FIND).bind(id.as_str()).fetch_optional(db.read()).await?;
    row.as_ref().map(account).transpose()
}

/// Most accounts that [`find_some`] finds.
pub(super) const AT_ONCE: usize = 16;

/// Those of a few accounts that are there.
pub(super) async fn find_some(db: &Db, ids: &[AccountId]) -> Result<Vec<Account>, DbError> {
    let query = sqlx::query(
        "SELECT id, email, name, is_admin, is_enabled, last_sign_in_at, has_second_factor,
                CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password
         FROM accounts WHERE removed_at IS NULL
             AND id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    );
    let wanted = (0..AT_ONCE).map(|place| ids.get(place).map_or("", AccountId::as_str));
    let query = wanted.fold(query, |query, id| query.bind(id));
    query.fetch_all(db.read()).await?.iter().map(account).collect()
}

/// The account as the transaction sees it.
pub(super) async fn find_again(
    transaction: &mut Transaction<'_, Any>,
    found: &AdministeredAccount,
) -> Result<Option<Account>, DbError> {
    let row = sqlx::query(FIND).bind(found.id().as_str()).fetch_optional(&mut **transaction).await?;
    row.as_ref().map(account).transpose()
}

/// Whether nobody has an account yet, as the database or a transaction sees it.
pub(super) async fn is_empty<'c>(asked: impl Executor<'c, Database = Any>) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts").fetch_one(asked).await?;
    Ok(count == 0)
}

/// What the account with this address opens on.
pub(super) async fn credentials(db: &Db, email: &Email) -> Result<Option<Stored>, DbError> {
    let query = sqlx::query(
        "SELECT id, password_hash, is_enabled, unlocks, last_sign_in_at FROM accounts WHERE email = $1",
    );
    let row = query.bind(email.as_str()).fetch_optional(db.read()).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Stored {
        id: row.try_get("id")?,
        password_hash: row.try_get("password_hash")?,
        is_enabled: row.try_get::<i64, _>("is_enabled")? != 0,
        unlocks: row.try_get("unlocks")?,
        has_signed_in: row.try_get::<Option<i64>, _>("last_sign_in_at")?.is_some(),
    }))
}

/// The enabled account with this address.
pub(super) async fn enabled_id(db: &Db, email: &Email) -> Result<Option<KnownAccount>, DbError> {
    sqlx::query_scalar("SELECT id FROM accounts WHERE email = $1 AND is_enabled = 1")
        .bind(email.as_str())
        .fetch_optional(db.read())
        .await
}

/// Whom a mail to an enabled account goes to; `locale` is for owners who have not chosen a language.
pub(super) async fn recipient(db: &Db, id: &AccountId, locale: Locale) -> Result<Option<Recipient>, DbError> {
    let query = sqlx::query("SELECT name, email, locale FROM accounts WHERE id = $1 AND is_enabled = 1");
    let Some(row) = query.bind(id.as_str()).fetch_optional(db.read()).await? else { return Ok(None) };
    let chosen: Option<String> = row.try_get("locale")?;
    let locale = chosen.as_deref().and_then(Locale::from_tag).unwrap_or(locale);
    Ok(Some(Recipient { name: row.try_get("name")?, email: row.try_get("email")?, locale }))
}

/// Whether the owner has signed in since an administrator last changed the address of the account, if ever one did.
pub(super) async fn has_own_address(db: &Db, id: &KnownAccount) -> Result<bool, DbError> {
    let query = sqlx::query_scalar(
        "SELECT COUNT(*) FROM accounts WHERE id = $1
         AND (email_changed_at IS NULL OR COALESCE(last_sign_in_at, 0) > email_changed_at)",
    );
    let count: i64 = query.bind(id.as_str()).fetch_one(db.read()).await?;
    Ok(count > 0)
}

/// Whether the account is there and enabled, as the database or a transaction sees it.
pub(super) async fn is_enabled<'c>(
    asked: impl Executor<'c, Database = Any>,
    id: &AccountId,
) -> Result<bool, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE id = $1 AND is_enabled = 1");
    let count: i64 = query.bind(id.as_str()).fetch_one(asked).await?;
    Ok(count > 0)
}

/// The password hash of an account.
pub(super) async fn password_hash(db: &Db, id: &KnownAccount) -> Result<Option<String>, DbError> {
    let row: Option<Option<String>> = sqlx::query_scalar("SELECT password_hash FROM accounts WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    Ok(row.flatten())
}

/// Creates an account; `None` when the address is taken.
pub(super) async fn insert(
    transaction: &mut Transaction<'_, Any>,
    id: &AccountId,
    new: &NewAccount,
    now: Timestamp,
) -> Result<Option<KnownAccount>, DbError> {
    sqlx::query_scalar(
        "INSERT INTO accounts (id, email, name, password_hash, is_admin, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING RETURNING id",
    )
    .bind(id.as_str())
    .bind(new.email.as_str())
    .bind(new.name.as_str())
    .bind(new.password_hash.as_deref())
    .bind(i64::from(new.is_admin))
    .bind(now.as_millis())
    .fetch_optional(&mut **transaction)
    .await
}

/// Holds an account until the transaction ends: before what belongs to it, as whoever disables it does.
pub(super) async fn hold(transaction: &mut Transaction<'_, Any>, id: &KnownAccount) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET created_at = created_at WHERE id = $1");
    query.bind(id.as_str()).execute(&mut **transaction).await.map(drop)
}

/// Holds an account that nobody has used yet until the transaction ends; `false` when somebody has.
pub(super) async fn hold_unused(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE accounts SET created_at = created_at
         WHERE id = $1 AND password_hash IS NULL AND last_sign_in_at IS NULL",
    );
    Ok(query.bind(id.as_str()).execute(&mut **transaction).await?.rows_affected() == 1)
}

/// Sets a password; `false` when the account is not enabled.
pub(super) async fn set_password(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    hash: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query("UPDATE accounts SET password_hash = $2 WHERE id = $1 AND is_enabled = 1");
    Ok(query.bind(id.as_str()).bind(hash).execute(&mut **transaction).await?.rows_affected() == 1)
}

/// [`set_password`], if the password is still the `verified` one.
pub(super) async fn replace_password(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    verified: &str,
    hash: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2 AND is_enabled = 1",
    );
    let query = query.bind(id.as_str()).bind(verified).bind(hash);
    Ok(query.execute(&mut **transaction).await?.rows_affected() == 1)
}

/// Says whether there is something the owner must be told.
pub(super) async fn set_has_notice(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    has_notice: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET has_notice = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(i64::from(has_notice));
    query.execute(&mut **transaction).await.map(drop)
}

/// Remembers the language of an account.
pub(super) async fn set_locale(
    transaction: &mut Transaction<'_, Any>,
    identity: &Identity,
    locale: Locale,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET locale = $2 WHERE id = $1");
    let query = query.bind(identity.account_id.as_str()).bind(locale.tag());
    query.execute(&mut **transaction).await.map(drop)
}

/// The lock under which administrators are counted and changed.
pub(super) const ADMINISTRATORS: &str = "administrators";

/// How many enabled administrators there are besides this account. Ask under [`ADMINISTRATORS`].
pub(super) async fn other_administrators(
    transaction: &mut Transaction<'_, Any>,
    account: &AdministeredAccount,
) -> Result<i64, DbError> {
    sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE is_admin = 1 AND is_enabled = 1 AND id <> $1")
        .bind(account.id().as_str())
        .fetch_one(&mut **transaction)
        .await
}

/// Makes an account an administrator's, or no longer.
pub(super) async fn set_admin(
    transaction: &mut Transaction<'_, Any>,
    account: &AdministeredAccount,
    is_admin: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET is_admin = $2 WHERE id = $1")
        .bind(account.id().as_str())
        .bind(i64::from(is_admin));
    query.execute(&mut **transaction).await.map(drop)
}

/// Enables or disables an account.
pub(super) async fn set_enabled(
    transaction: &mut Transaction<'_, Any>,
    account: &AdministeredAccount,
    is_enabled: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET is_enabled = $2 WHERE id = $1")
        .bind(account.id().as_str())
        .bind(i64::from(is_enabled));
    query.execute(&mut **transaction).await.map(drop)
}

/// Holds an account for a sign-in until the transaction ends, and says whether it has a second factor; `None` if it is no
/// longer enabled or its password no longer the `verified` one. Whoever wants to change any of these waits meanwhile.
pub(super) async fn hold_verified(
    transaction: &mut Transaction<'_, Any>,
    (id, verified): (&KnownAccount, &str),
) -> Result<Option<bool>, DbError> {
    let query = sqlx::query_scalar(
        "UPDATE accounts SET created_at = created_at WHERE id = $1 AND password_hash = $2 AND is_enabled = 1
         RETURNING has_second_factor",
    );
    let found: Option<i64> =
        query.bind(id.as_str()).bind(verified).fetch_optional(&mut **transaction).await?;
    Ok(found.map(|has| has != 0))
}

/// [`hold_verified`] for the second step of a sign-in: whoever changed the password since ended it.
pub(super) async fn hold_enabled(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
) -> Result<bool, DbError> {
    let query = sqlx::query("UPDATE accounts SET created_at = created_at WHERE id = $1 AND is_enabled = 1");
    Ok(query.bind(id.as_str()).execute(&mut **transaction).await?.rows_affected() == 1)
}

/// Notes that somebody signs in.
pub(super) async fn note_sign_in(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET last_sign_in_at = $2 WHERE id = $1");
    query.bind(id.as_str()).bind(now.as_millis()).execute(&mut **transaction).await.map(drop)
}

/// Says whether the password alone does not open the account.
pub(super) async fn set_has_second_factor(
    transaction: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    has: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET has_second_factor = $2 WHERE id = $1");
    query.bind(id.as_str()).bind(i64::from(has)).execute(&mut **transaction).await.map(drop)
}

/// Settles an account; `None` when that has been done, or there is no such account.
pub(super) async fn settle(
    transaction: &mut Transaction<'_, Any>,
    id: &AccountId,
) -> Result<Option<Unsettled>, DbError> {
    let query = sqlx::query(
        "UPDATE accounts SET is_settled = 1 WHERE id = $1 AND is_settled = 0 RETURNING id, name, is_admin, locale",
    );
    let row = query.bind(id.as_str()).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(None) };
    let locale: Option<String> = row.try_get("locale")?;
    Ok(Some(Unsettled {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        is_admin: row.try_get::<i64, _>("is_admin")? != 0,
        locale: locale.as_deref().and_then(Locale::from_tag),
    }))
}

/// Who is signed in by a session, if the account is enabled, and whether there is something the owner must be told.
pub(super) async fn signed_in(db: &Db, session: &Session) -> Result<Option<(Identity, bool)>, DbError> {
    let query = sqlx::query(
        "SELECT id, name, is_admin, locale, has_notice, is_settled, has_second_factor FROM accounts WHERE id = $1 AND is_enabled = 1",
    );
    let row = query.bind(session.account_id.as_str()).fetch_optional(db.read()).await?;
    let Some(row) = row else { return Ok(None) };
    let locale: Option<String> = row.try_get("locale")?;
    let identity = Identity {
        account_id: row.try_get("id")?,
        name: row.try_get("name")?,
        is_admin: row.try_get::<i64, _>("is_admin")? != 0,
        locale: locale.as_deref().and_then(Locale::from_tag),
        session: session.token_hash.clone(),
        has_second_factor: row.try_get::<i64, _>("has_second_factor")? != 0,
        lacks_second_factor: false,
        assurance: session.assurance,
        stepped_up_at: session.stepped_up_at,
        notice: None,
        is_settled: row.try_get::<i64, _>("is_settled")? != 0,
        chosen_clinic: session.chosen_clinic.clone(),
        standings: Vec::new(),
    };
    Ok(Some((identity, row.try_get::<i64, _>("has_notice")? != 0)))
}

/// The account with this address, as the transaction sees it.
pub(super) async fn id_of(
    work: &mut Transaction<'_, Any>,
    email: &Email,
) -> Result<Option<KnownAccount>, DbError> {
    let query = sqlx::query_scalar("SELECT id FROM accounts WHERE email = $1").bind(email.as_str());
    query.fetch_optional(&mut **work).await
}

/// Changes name and address; `false` when another account has the address.
pub(super) async fn edit(
    work: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    (name, email): (&PersonName, &Email),
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = sqlx::query(
        "UPDATE accounts SET name = $2, email = $3, \
         email_changed_at = CASE WHEN email = $3 THEN email_changed_at ELSE $4 END WHERE id = $1 AND NOT EXISTS \
         (SELECT 1 FROM accounts other WHERE other.email = $3 AND other.id <> $1)",
    );
    let query = query.bind(id.as_str()).bind(name.as_str()).bind(email.as_str()).bind(now.as_millis());
    Ok(query.execute(&mut **work).await?.rows_affected() == 1)
}

/// Counts of wrong passwords of before no longer hold.
pub(super) async fn unlock(work: &mut Transaction<'_, Any>, id: &KnownAccount) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE accounts SET unlocks = unlocks + 1 WHERE id = $1").bind(id.as_str());
    query.execute(&mut **work).await.map(drop)
}

/// Makes an account nobody's.
pub(super) async fn remove(
    work: &mut Transaction<'_, Any>,
    id: &KnownAccount,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE accounts SET email = 'removed:' || id, name = '-', password_hash = NULL, is_enabled = 0, is_admin = 0, \
         removed_at = $2 WHERE id = $1",
    );
    query.bind(id.as_str()).bind(now.as_millis()).execute(&mut **work).await.map(drop)
}
