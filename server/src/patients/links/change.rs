//! What a doctor changes about a link, and a clinic about all of them.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::access::OwnedLink;
use super::codes;
use super::marks::relist;
use super::model::Terms;
use super::store;
use crate::audit::{Act, Work};
use crate::clinics::{self, ClinicAdmin};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::ids::RecordingId;
use crate::patients::held::HeldPatient;
use crate::patients::store as patients;
use crate::platform::clock::Timestamp;
use crate::platform::text;
use crate::state::App;

/// Fewest characters of a passcode: with five tries nobody guesses four digits.
const SHORTEST: usize = 4;
/// Most characters of a passcode.
const LONGEST: usize = 64;

/// Says what a link shows from the next request on, and until when it works.
///
/// # Errors
/// 422 when the link is closed; when the database fails.
pub async fn change_terms(
    work: &mut Transaction<'static, Any>,
    (patient, owned): (&HeldPatient, &OwnedLink),
    (terms, nights): (Terms, &BTreeSet<RecordingId>),
    expires_at: Option<Timestamp>,
) -> Result<(), Problem> {
    if owned.link().revoked_at.is_some() {
        return Err(Problem::refused("link-not-active"));
    }
    store::set_terms(work, owned, terms, expires_at).await?;
    store::set_nights(work, owned.id(), (patient, nights)).await?;
    relist(work, patient).await
}

/// The nights that were chosen for a link.
///
/// # Errors
/// When the database fails.
pub async fn chosen_nights(app: &App, owned: &OwnedLink) -> Result<BTreeSet<RecordingId>, Problem> {
    Ok(store::nights(&app.db, owned.link()).await?)
}

/// A passcode as it is kept.
#[derive(Debug)]
pub struct NewPasscode(String);

/// Hashes what a doctor typed as a passcode, before anything is held.
///
/// # Errors
/// 422 when it is too short, too long or has several lines; 503 when too much is going on.
pub async fn hash_passcode(app: &App, context: &RequestContext, typed: &str) -> Result<NewPasscode, Problem> {
    let fits = text::one_line(typed, LONGEST).filter(|text| text.chars().count() >= SHORTEST);
    let passcode = fits.ok_or_else(|| Problem::refused("passcode-unfit").arg("shortest", SHORTEST))?;
    Ok(NewPasscode(app.hasher.hash(&context.principal(), passcode.into()).await?))
}

/// Gives a link another passcode, or none; whatever is open ends.
///
/// # Errors
/// When the database fails.
pub async fn set_passcode(
    work: &mut Transaction<'static, Any>,
    owned: &OwnedLink,
    passcode: Option<&NewPasscode>,
) -> Result<(), Problem> {
    Ok(store::set_passcode(work, owned, passcode.map(|passcode| passcode.0.as_str())).await?)
}

#[derive(Deserialize)]
pub(in crate::patients) struct CopiesForm {
    /// `kept` or `none`.
    copies: String,
}

/// `POST /clinic/links`: whether copies of links are kept, sealed. When they no longer are, those that are there go.
pub(in crate::patients) async fn decide_copies(
    admin: ClinicAdmin,
    State(app): State<App>,
    context: RequestContext,
    Form(CopiesForm { copies }): Form<CopiesForm>,
) -> Result<Redirect, Problem> {
    let (keeps, action) = match copies.as_str() {
        "kept" => (true, "link-copies-kept"),
        "none" => (false, "link-copies-forgotten"),
        _ => return Err(Problem::bad_request()),
    };
    let mut work = Work::begin(&app.db, context).await?;
    clinics::keep_links(&mut work, &admin, keeps).await?;
    if !keeps {
        forget_copies(&mut work, &admin).await?;
    }
    work.commit(Act::on_clinic(action, admin.clinic_id())).await?;
    Ok(Redirect::to("/clinic?saved=1"))
}

/// Whoever makes or shows a link asks the row of the clinic first, so none is sealed behind this one's back. No patient is
/// held: whoever holds one may be waiting for that row.
async fn forget_copies(work: &mut Transaction<'static, Any>, admin: &ClinicAdmin) -> Result<(), Problem> {
    for patient in patients::of_clinic(work, admin).await? {
        for link in store::forget_copies(work, (admin, &patient)).await? {
            codes::forget_copy(work, (admin, &link)).await?;
        }
    }
    Ok(())
}
