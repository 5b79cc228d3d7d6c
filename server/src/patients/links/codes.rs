//! The table `patient_codes`: the second, typed secret of a link, on paper for people without a camera.
//!
//! The first four signs of a code find its row, all sixteen open the link. Whoever has the right start and a wrong rest
//! has five tries, after which the code opens nothing; the other twelve signs are 60 bits.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use sqlx::{Any, Row as _, Transaction};

use super::model::Link;
use crate::clinics::ClinicAdmin;
use crate::error::Problem;
use crate::ids::LinkId;
use crate::patients::held::HeldPatient;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::random::fingerprint;
use crate::platform::seal::Purpose;
use crate::platform::signs::{self, SIGNS};
use crate::state::App;

/// How long a code works.
const LASTS: Duration = Duration::from_hours(14 * 24);
/// Wrong tries after which a code opens nothing any more.
const TRIES: i64 = 5;
/// Signs by which a code is found.
const START: usize = 4;

/// A code as a doctor gets it.
#[derive(Clone, Debug)]
pub struct CodeShown {
    /// In groups of four.
    pub text: String,
    /// Until when it works.
    pub until: Timestamp,
}

/// A code as somebody typed it.
#[derive(Clone, Debug)]
pub(in crate::patients) struct Typed(String);

impl Typed {
    /// The signs of a text that could be a code.
    pub(in crate::patients) fn parse(text: &str) -> Option<Self> {
        Some(signs::plain(text)).filter(|signs| signs.len() == SIGNS).map(Self)
    }

    fn start(&self) -> &str {
        &self.0[..START]
    }

    fn hash(&self) -> String {
        fingerprint(&format!("patient-code\0{}", self.0))
    }
}

fn purpose(link: &LinkId) -> Purpose<'_> {
    Purpose::new("patient-code", link.as_str())
}

/// Makes a code for a link, in place of the one before. A copy is kept where the clinic keeps copies.
pub(super) async fn issue(
    work: &mut Transaction<'static, Any>,
    app: &App,
    link: &LinkId,
    (_, keeps_copy): (&HeldPatient, bool),
) -> Result<CodeShown, Problem> {
    let query = sqlx::query("DELETE FROM patient_codes WHERE link_id = $1").bind(link.as_str());
    query.execute(&mut **work).await?;
    let until = app.clock.now().plus(LASTS);
    loop {
        let text = signs::code(app.random.bytes());
        let code = Typed(signs::plain(&text));
        let sealed = match keeps_copy {
            true => Some(app.seal.seal(purpose(link), text.as_bytes())?),
            false => None,
        };
        let query = sqlx::query(
            "INSERT INTO patient_codes (start, link_id, code_hash, sealed, expires_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (start) DO NOTHING",
        );
        let query = query.bind(code.start()).bind(link.as_str()).bind(code.hash()).bind(sealed);
        let query = query.bind(until.as_millis());
        if query.execute(&mut **work).await?.rows_affected() == 1 {
            return Ok(CodeShown { text, until });
        }
    }
}

/// The code of a link, if one works and there is a copy of it.
pub(super) async fn current(
    work: &mut Transaction<'static, Any>,
    app: &App,
    link: &Link,
) -> Result<Option<CodeShown>, Problem> {
    let query = sqlx::query(
        "SELECT sealed, expires_at FROM patient_codes WHERE link_id = $1 AND expires_at > $2 AND wrong_tries < $3 \
         AND sealed IS NOT NULL",
    );
    let query = query.bind(link.id.as_str()).bind(app.clock.now().as_millis()).bind(TRIES);
    let Some(row) = query.fetch_optional(&mut **work).await? else { return Ok(None) };
    // A copy that the key of before sealed is not worth keeping: another code takes its place.
    let opened =
        app.seal.open(purpose(&link.id), row.try_get("sealed")?).ok().filter(|copy| !copy.is_outdated);
    let text = opened.and_then(|copy| String::from_utf8(copy.secret.expose_secret().to_vec()).ok());
    let until = Timestamp::from_millis(row.try_get("expires_at")?);
    Ok(text.map(|text| CodeShown { text, until }))
}

/// What a typed code turned out to be.
#[derive(Debug)]
pub(in crate::patients) enum Tried {
    /// No code that works begins like this.
    Unknown,
    /// One begins like this, and goes on otherwise.
    Wrong(LinkId),
    /// It is the code of this link.
    Right(LinkId),
}

/// Looks at a typed code, and counts it if it is wrong: in one statement, so that of many that come at once no more are
/// looked at than there are tries.
pub(in crate::patients) async fn try_code(
    work: &mut Transaction<'static, Any>,
    typed: &Typed,
    now: Timestamp,
) -> Result<Tried, DbError> {
    let query = sqlx::query(
        "UPDATE patient_codes SET wrong_tries = CASE WHEN code_hash = $2 THEN 0 ELSE wrong_tries + 1 END \
         WHERE start = $1 AND expires_at > $3 AND wrong_tries < $4 RETURNING link_id, wrong_tries",
    );
    let query = query.bind(typed.start()).bind(typed.hash()).bind(now.as_millis()).bind(TRIES);
    let Some(row) = query.fetch_optional(&mut **work).await? else { return Ok(Tried::Unknown) };
    let link = row.try_get("link_id")?;
    Ok(match row.try_get::<i64, _>("wrong_tries")? {
        0 => Tried::Right(link),
        _ => Tried::Wrong(link),
    })
}

/// Forgets the sealed copy of the code of a patient's link; the code goes on working.
pub(super) async fn forget_copy(
    work: &mut Transaction<'static, Any>,
    (_, link): (&ClinicAdmin, &LinkId),
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE patient_codes SET sealed = NULL WHERE link_id = $1").bind(link.as_str());
    query.execute(&mut **work).await.map(drop)
}

/// Forgets codes whose time is over; says how many.
pub(in crate::patients) async fn forget(
    work: &mut Transaction<'static, Any>,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = sqlx::query("DELETE FROM patient_codes WHERE expires_at <= $1");
    Ok(query.bind(now.as_millis()).execute(&mut **work).await?.rows_affected())
}
