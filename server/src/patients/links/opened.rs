//! Proofs of what a patient may see: the link that was opened in this browser, and the nights that it shows.
//!
//! Both are made anew in every request from the row of the link, so whatever a doctor changes counts from the next
//! request on, on every replica.

use std::collections::BTreeSet;

use axum::extract::{FromRequestParts as _, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::{Link, Terms};
use super::store;
use crate::error::Problem;
use crate::http::browser::cookies;
use crate::http::routes::{Access, Proof};
use crate::ids::{AccountId, ClinicId, LinkId, PatientId, RecordingId};
use crate::patients::store as patients;
use crate::platform::clock::Timestamp;
use crate::platform::random::fingerprint;
use crate::state::App;
use crate::{accounts, clinics};

/// A link that opens now: neither closed nor over, and its doctor's account is enabled and works in the clinic.
#[derive(Clone, Debug)]
pub(in crate::patients) struct Opening {
    pub(in crate::patients) link: Link,
    pub(in crate::patients) owner_id: AccountId,
    pub(in crate::patients) clinic_id: ClinicId,
}

impl Opening {
    /// The link that was found, if it opens now.
    pub(in crate::patients) async fn of(app: &App, found: Option<Link>) -> Result<Option<Self>, Problem> {
        let Some(link) = found.filter(|link| link.is_active(app.clock.now())) else { return Ok(None) };
        let (clinic_id, owner_id) = patients::behind(&app.db, &link).await?;
        let is_at_work = accounts::is_enabled(app, &owner_id).await?
            && clinics::is_at_work(&app.db, &clinic_id, &owner_id).await?;
        Ok(is_at_work.then_some(Self { link, owner_id, clinic_id }))
    }
}

/// Proof that the request comes from a browser that has opened a link which still opens.
#[derive(Clone, Debug)]
pub struct OpenedLink {
    opening: Opening,
    nights: Nights,
    visit: String,
}

/// Which nights of its patient a link shows.
#[derive(Clone, Debug)]
enum Nights {
    All,
    Chosen(BTreeSet<RecordingId>),
}

/// Proof that an opened link shows a night, provided it is its patient's; only [`OpenedLink::shows`] makes it.
#[derive(Clone, Debug)]
pub struct Shown {
    patient_id: PatientId,
    recording_id: RecordingId,
}

impl Shown {
    /// The patient of the link.
    pub fn patient_id(&self) -> &PatientId {
        &self.patient_id
    }

    /// The night.
    pub fn recording_id(&self) -> &RecordingId {
        &self.recording_id
    }
}

impl OpenedLink {
    /// The link that was opened.
    pub fn link_id(&self) -> &LinkId {
        &self.opening.link.id
    }

    /// The patient whose page it is.
    pub fn patient_id(&self) -> &PatientId {
        &self.opening.link.patient_id
    }

    /// When the link stops working by itself.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.opening.link.expires_at
    }

    /// The clinic to which the patient belongs.
    pub fn clinic_id(&self) -> &ClinicId {
        &self.opening.clinic_id
    }

    /// What it shows.
    pub fn terms(&self) -> Terms {
        self.opening.link.terms
    }

    /// Whether it shows a night, as a proof.
    pub fn shows(&self, recording: &RecordingId) -> Option<Shown> {
        let is_shown = match &self.nights {
            Nights::All => true,
            Nights::Chosen(chosen) => chosen.contains(recording),
        };
        let proof = || Shown { patient_id: self.patient_id().clone(), recording_id: recording.clone() };
        is_shown.then(proof)
    }

    /// The account of the patient's doctor.
    pub(in crate::patients) fn owner_id(&self) -> &AccountId {
        &self.opening.owner_id
    }

    /// Fingerprint of the secret that keeps the link open in this browser.
    pub(super) fn visit(&self) -> &str {
        &self.visit
    }

    /// The answer to everybody without a working link, whatever the reason.
    pub fn missing() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "link-unavailable")
    }
}

/// Name of the cookie that keeps one link open, without prefix.
pub(in crate::patients) fn cookie_name(link: &LinkId) -> String {
    format!("p-{link}")
}

#[derive(Deserialize)]
struct LinkPath {
    id: LinkId,
}

/// `/p/{id}`: the link must have been opened in this browser and must still open.
impl Proof for OpenedLink {
    const ACCESS: Access = Access::LINK;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match AnyLink::prove(parts, app).await? {
            AnyLink::Open(opened) => Ok(*opened),
            AnyLink::Closed { .. } => Err(Self::missing()),
        }
    }
}

/// What stands behind `/p/{id}` for this browser.
#[derive(Clone, Debug)]
pub enum AnyLink {
    /// The link has been opened here.
    Open(Box<OpenedLink>),
    /// It has not, or no longer opens.
    Closed {
        /// The identifier in the address, whether there is such a link or not.
        link: LinkId,
        /// Whether it had been opened here before.
        was_open: bool,
    },
}

/// Anybody may knock.
impl Proof for AnyLink {
    const ACCESS: Access = Access::VISITOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path = Path::<LinkPath>::from_request_parts(parts, app).await;
        let Path(LinkPath { id: link }) = path.map_err(|_| OpenedLink::missing())?;
        let name = cookies::wire_name(&cookie_name(&link), app.config.secure_cookies);
        let Some(token) = cookies::read(&parts.headers, &name) else {
            return Ok(Self::Closed { link, was_open: false });
        };
        let visit = fingerprint(token);
        let found = store::find_by_visit(&app.db, &link, &visit, app.clock.now()).await?;
        let Some(opening) = Opening::of(app, found).await? else {
            return Ok(Self::Closed { link, was_open: true });
        };
        let nights = match opening.link.terms.shows_all {
            true => Nights::All,
            false => Nights::Chosen(store::nights(&app.db, &opening.link).await?),
        };
        Ok(Self::Open(Box::new(OpenedLink { opening, nights, visit })))
    }
}
