//! `oxi audit verify`.

use crate::audit::{self, Damage, Kind, Verified};
use crate::config::Config;
use crate::error::StartError;
use crate::platform::db::Db;
use crate::telemetry::say;

/// Reads the journal from end to end and says, a line a chain, whether it is as it was written.
///
/// # Errors
/// When a chain is broken, or the database cannot be read.
pub async fn verify_audit(config: &Config) -> Result<(), StartError> {
    let db = Db::open(&config.database).await?;
    db.migrate().await?;
    let verified = audit::verify(&db).await;
    db.close().await;
    let verified = verified?;
    verified.iter().for_each(|chain| say(&line(chain)));
    match verified.iter().filter(|chain| chain.damage.is_some()).count() {
        0 => Ok(()),
        broken => {
            Err(format!("the journal is not as it was written: {broken} broken of {}", verified.len()).into())
        }
    }
}

fn line(verified: &Verified) -> String {
    let Verified { chain, entries, last_hash, damage } = verified;
    match damage {
        None => format!("{chain}: whole, entries 1 to {entries}, the last with the hash {last_hash}"),
        Some(damage) => format!("{chain}: broken, {}; whole up to entry {entries}", sentence(*damage)),
    }
}

fn sentence(Damage { seq, kind }: Damage) -> String {
    match kind {
        Kind::Changed => format!("entry {seq} was changed"),
        Kind::Removed => format!("entry {seq} was removed"),
        Kind::Moved { from } => format!("entry {seq} is the one that was written as entry {from}"),
        Kind::CutOff => format!("the end was cut off from entry {seq} on"),
        Kind::Beyond => format!("entry {seq} lies behind the end that is noted"),
    }
}
