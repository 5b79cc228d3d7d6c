//! Making links, and showing again what was made.

use std::collections::BTreeSet;

use secrecy::ExposeSecret as _;
use sqlx::{Any, Transaction};

use super::access::OwnedLink;
use super::codes::{self, CodeShown};
use super::marks::relist;
use super::model::{Lifetime, Link, Terms};
use super::store::{self, NewRow};
use crate::clinics::{self, Doctor};
use crate::error::Problem;
use crate::ids::{LinkId, RecordingId};
use crate::patients::held::HeldPatient;
use crate::platform::clock::Timestamp;
use crate::platform::seal::Purpose;
use crate::state::App;

/// A link as a doctor gets it, to copy or print: when it is made and, where the clinic keeps copies, later.
#[derive(Clone, Debug)]
pub struct LinkShown {
    /// The link.
    pub link: Link,
    secret: String,
    /// The typed code.
    pub code: CodeShown,
}

impl LinkShown {
    /// The address to give to the patient. The secret stands behind `#`, which browsers do not send.
    pub fn address(&self, app: &App) -> String {
        format!("{}/p/{}#{}", app.config.app_url, self.link.id, self.secret)
    }
}

/// What a new link is to be.
struct Order<'a> {
    terms: Terms,
    nights: &'a BTreeSet<RecordingId>,
    passcode_hash: Option<&'a str>,
    expires_at: Option<Timestamp>,
}

fn purpose(link: &LinkId) -> Purpose<'_> {
    Purpose::new("patient-link", link.as_str())
}

/// Makes a link to a patient, which shows what is usual.
///
/// # Errors
/// When the database fails.
pub async fn create_link(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (patient, owner): (&HeldPatient, &Doctor),
    lifetime: Lifetime,
) -> Result<LinkShown, Problem> {
    let keeps_copy = clinics::keeps_links(work, owner).await?;
    let expires_at = lifetime.end(app.clock.now());
    let order = Order { terms: Terms::USUAL, nights: &BTreeSet::new(), passcode_hash: None, expires_at };
    make(app, work, (patient, keeps_copy), &order).await
}

/// Makes a link in the place of another: it shows the same, asks for the same passcode and works for as long from now on;
/// the other opens nothing any more.
///
/// # Errors
/// 422 when the other is closed or over; when the database fails.
pub async fn replace_link(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (patient, old): (&HeldPatient, &OwnedLink),
) -> Result<LinkShown, Problem> {
    let (now, link) = (app.clock.now(), old.link());
    let keeps_copy = clinics::keeps_links(work, old.patient().owner()).await?;
    if !link.is_active(now) || !store::revoke(work, old, now).await? {
        return Err(Problem::refused("link-not-active"));
    }
    let order = Order {
        terms: link.terms,
        nights: &store::nights(&app.db, link).await?,
        passcode_hash: link.passcode.as_ref().map(|passcode| passcode.hash.as_str()),
        expires_at: link.expires_at.map(|end| now.plus(end.since(link.created_at))),
    };
    make(app, work, (patient, keeps_copy), &order).await
}

async fn make(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (patient, keeps_copy): (&HeldPatient, bool),
    order: &Order<'_>,
) -> Result<LinkShown, Problem> {
    let now = app.clock.now();
    let (id, secret) = (LinkId::new(app.random.id(now)), app.random.secret());
    let sealed = match keeps_copy {
        true => Some(app.seal.seal(purpose(&id), secret.expose().as_bytes())?),
        false => None,
    };
    let row = NewRow {
        id: &id,
        secret_hash: &secret.fingerprint(),
        sealed: sealed.as_deref(),
        terms: order.terms,
        passcode_hash: order.passcode_hash,
        expires_at: order.expires_at,
        now,
    };
    let link = store::create(work, patient, &row).await?;
    store::set_nights(work, &id, (patient, order.nights)).await?;
    let code = codes::issue(work, app, &id, (patient, keeps_copy)).await?;
    relist(work, patient).await?;
    Ok(LinkShown { link, secret: secret.expose().to_owned(), code })
}

/// Shows a link again, with a code that works.
///
/// # Errors
/// 422 when the link is closed or over, or nobody has a copy of it that can be read: then another link must take its
/// place.
pub async fn show_link(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (patient, owned): (&HeldPatient, &OwnedLink),
) -> Result<LinkShown, Problem> {
    let (now, link) = (app.clock.now(), owned.link());
    let keeps_copy = clinics::keeps_links(work, owned.patient().owner()).await?;
    if !link.is_active(now) {
        return Err(Problem::refused("link-not-active"));
    }
    let sealed = link.sealed.as_deref().filter(|_| keeps_copy);
    let opened = sealed.and_then(|sealed| app.seal.open(purpose(&link.id), sealed).ok());
    let opened = opened.ok_or_else(|| Problem::refused("link-no-copy"))?;
    let bytes = opened.secret.expose_secret();
    let anew = match opened.is_outdated {
        true => Some(app.seal.seal(purpose(&link.id), bytes)?),
        false => None,
    };
    store::note_shown(work, owned, anew.as_deref(), now).await?;
    let code = match codes::current(work, app, link).await? {
        Some(code) => code,
        None => codes::issue(work, app, &link.id, (patient, true)).await?,
    };
    let secret = String::from_utf8(bytes.to_vec()).map_err(Problem::internal)?;
    Ok(LinkShown { link: link.clone(), secret, code })
}
