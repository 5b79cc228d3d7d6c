//! Whether the chains are whole: every entry is hashed again, one after the other.

use super::model::Hash;
use super::store::{self, Row};
use crate::platform::db::{Db, DbError};

/// What was found of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The clinic, or `platform`.
    pub chain: String,
    /// How many entries were read, the whole chain or up to its first damage.
    pub entries: u64,
    /// The hash of the last of them as hexadecimal digits: kept elsewhere, it tells later whether the chain was made anew.
    pub last_hash: String,
    /// Where the chain is broken first; `None`: it is whole.
    pub damage: Option<Damage>,
}

/// The first place at which a chain is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The place in the chain.
    pub seq: i64,
    /// What is wrong there.
    pub kind: Kind,
}

/// What is wrong at a place of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its entry says something else than was written, or was written by somebody else than the program.
    Changed,
    /// It has no entry, though a later place has one.
    Removed,
    /// It has the entry that was written at another place: two were swapped, or one before was removed and the rest moved up.
    Moved {
        /// Where the entry was written.
        from: i64,
    },
    /// The chain ends before it, though it once went on.
    CutOff,
    /// It lies behind the end that is noted, or the end of the chain is not noted at all.
    Beyond,
}

/// Rows that are read at once.
const ROWS: i64 = 2_000;

/// Reads every chain from end to end.
///
/// Not found is what also makes the noted end anew: whoever may write to the database without the program can cut the end
/// off and say that the chain ends there, or write a chain of their own. An earlier [`Verified::last_hash`] tells.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> Result<Vec<Verified>, DbError> {
    let mut verified = Vec::new();
    let mut last = String::new();
    while let Some(chain) = store::next_chain(db, &last).await? {
        verified.push(verify_chain(db, &chain).await?);
        last = chain;
    }
    Ok(verified)
}

/// How far a chain is as it was written.
#[derive(Default)]
struct Walk {
    seq: i64,
    hash: Hash,
}

/// The noted end is read before the rows each time: whatever is written meanwhile, it is never ahead of rows that are read
/// after it, nor behind those that were read before.
async fn verify_chain(db: &Db, chain: &str) -> Result<Verified, DbError> {
    let mut walk = Walk::default();
    let damage = loop {
        let noted = store::noted_end(db, chain).await?;
        let rows = store::rows_after(db, chain, walk.seq, ROWS).await?;
        if rows.is_empty() {
            break walk.damage_at_end(noted);
        }
        if let Some(row) = rows.iter().find(|row| !walk.goes_on(chain, row)) {
            break Some(walk.damage(db, chain, row).await?);
        }
    };
    Ok(Verified {
        chain: chain.to_owned(),
        entries: u64::try_from(walk.seq).unwrap_or_default(),
        last_hash: walk.hash.to_string(),
        damage,
    })
}

impl Walk {
    /// Takes the next entry, unless it is not the one that was written here.
    fn goes_on(&mut self, chain: &str, row: &Row) -> bool {
        let is_next = row.seq == self.seq + 1
            && row.previous == Some(self.hash)
            && row.hash == Some(Hash::of(chain, row.seq, self.hash, &row.content));
        if let (true, Some(hash)) = (is_next, row.hash) {
            *self = Self { seq: row.seq, hash };
        }
        is_next
    }

    async fn damage(&self, db: &Db, chain: &str, row: &Row) -> Result<Damage, DbError> {
        let seq = self.seq + 1;
        if row.seq != seq {
            return Ok(Damage { seq, kind: Kind::Removed });
        }
        let from = origin(db, chain, row).await?;
        Ok(Damage { seq, kind: from.map_or(Kind::Changed, |from| Kind::Moved { from }) })
    }

    fn damage_at_end(&self, noted: Option<(i64, Option<Hash>)>) -> Option<Damage> {
        match noted {
            Some((seq, hash)) if seq == self.seq => {
                (hash != Some(self.hash)).then_some(Damage { seq, kind: Kind::Changed })
            }
            Some((seq, _)) if seq > self.seq => Some(Damage { seq: self.seq + 1, kind: Kind::CutOff }),
            Some((seq, _)) => Some(Damage { seq: seq + 1, kind: Kind::Beyond }),
            None => Some(Damage { seq: 1, kind: Kind::Beyond }),
        }
    }
}

/// Where the entry of a damaged place was written: the place for which its own hash is right, or at which its content has
/// the hash that stands there.
async fn origin(db: &Db, chain: &str, damaged: &Row) -> Result<Option<i64>, DbError> {
    let is_written_at = |seq, previous: Option<Hash>, hash: Option<Hash>| {
        previous.is_some_and(|previous| hash == Some(Hash::of(chain, seq, previous, &damaged.content)))
    };
    let mut last = damaged.seq;
    for from in 1..=last + 1 {
        if from != damaged.seq && is_written_at(from, damaged.previous, damaged.hash) {
            return Ok(Some(from));
        }
    }
    loop {
        let rows = store::rows_after(db, chain, last, ROWS).await?;
        let Some(end) = rows.last() else { return Ok(None) };
        last = end.seq;
        let found = rows.iter().find(|row| {
            is_written_at(row.seq, damaged.previous, damaged.hash)
                || is_written_at(row.seq, row.previous, row.hash)
        });
        if let Some(row) = found {
            return Ok(Some(row.seq));
        }
    }
}
