//! The journal as it is read: newest entries first, some at a time.

use super::filter::{Filter, Place};
use super::model::{By, Chain, Subject};
use super::store::{self, Row};
use crate::ids::RecordingId;
use crate::platform::db::{Db, DbError};

/// An entry.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its place.
    pub place: Place,
    /// Who did it; `None` if another version of the program wrote it in words that this one does not know.
    pub actor: Option<By>,
    /// The word for what was done.
    pub action: String,
    /// Which of several things it was.
    pub detail: Option<String>,
    /// What it was done to; `None` as for the actor.
    pub subject: Option<Subject>,
    /// How many rows it was about, where it is not one.
    pub amount: Option<i64>,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let Row { seq, content, .. } = row;
        Self {
            place: Place { at: content.at, seq },
            actor: By::parse(&content.actor),
            action: content.action,
            detail: content.detail,
            subject: Subject::parse(&content.subject),
            amount: content.amount,
        }
    }
}

/// The newest entries of a chain that are wanted, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn journal(db: &Db, chain: &Chain, filter: &Filter, limit: usize) -> Result<Vec<Kept>, DbError> {
    let rows = store::newest(db, chain, filter, i64::try_from(limit).unwrap_or(i64::MAX)).await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// Who opened a recording and when, newest first.
///
/// # Errors
/// When the database fails.
pub async fn openings(db: &Db, chain: &Chain, recording: &RecordingId) -> Result<Vec<Kept>, DbError> {
    let filter = Filter {
        action: Some("recording-opened".to_owned()),
        subject: Some(Subject::Recording(recording.clone())),
        ..Filter::default()
    };
    journal(db, chain, &filter, MOST_OPENINGS).await
}

const MOST_OPENINGS: usize = 50;
