//! From rows of the tables of links to what they say.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::model::{Link, Passcode, Terms};
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::rows::Links;

/// What [`link`] reads.
macro_rules! columns {
    () => {
        "id, patient_id, number, created_at, expires_at, revoked_at, shown_at, views, last_viewed_at, shows_all, \
         gives_file, gives_text, passcode_hash, passcode_tries, sealed"
    };
}

pub(super) use columns;

pub(super) fn link(row: &AnyRow) -> Result<Link, DbError> {
    let moment = |column: &str| -> Result<Option<Timestamp>, DbError> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
    };
    let flag = |column: &str| -> Result<bool, DbError> { Ok(row.try_get::<i32, _>(column)? != 0) };
    let number: Option<i64> = row.try_get("number")?;
    let (hash, tries): (Option<String>, _) = (row.try_get("passcode_hash")?, row.try_get("passcode_tries")?);
    Ok(Link {
        id: row.try_get("id")?,
        patient_id: row.try_get("patient_id")?,
        number: number.and_then(|number| u64::try_from(number).ok()),
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        expires_at: moment("expires_at")?,
        revoked_at: moment("revoked_at")?,
        shown_at: moment("shown_at")?,
        views: u64::try_from(row.try_get::<i64, _>("views")?).unwrap_or(0),
        last_viewed_at: moment("last_viewed_at")?,
        terms: Terms {
            shows_all: flag("shows_all")?,
            gives_file: flag("gives_file")?,
            gives_text: flag("gives_text")?,
        },
        passcode: hash.map(|hash| Passcode { hash, tries }),
        sealed: row.try_get("sealed")?,
    })
}

pub(super) fn at_a_glance(rows: &[AnyRow]) -> Result<Links, DbError> {
    let mut links = Links { has_any: !rows.is_empty(), end_at: None };
    for row in rows {
        let expires_at: Option<i64> = row.try_get("expires_at")?;
        if row.try_get::<Option<i64>, _>("revoked_at")?.is_none() {
            links.end_at = links.end_at.max(Some(expires_at.map_or(Links::NEVER, Timestamp::from_millis)));
        }
    }
    Ok(links)
}
