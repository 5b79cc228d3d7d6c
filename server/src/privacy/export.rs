//! Everything that is kept about a patient, or by a doctor in a clinic, as one ZIP archive: originals, numbers, notes and
//! links (never their secrets). It is made while it is sent, one night at a time, in memory that the pool lends.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::zip::Zip;
use crate::accounts;
use crate::analyses;
use crate::audit::{Act, Work};
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::i18n::wording::short;
use crate::patients::{self, GovernedPatient, Patient, SeenPatient};
use crate::platform::work_pool::Permit;
use crate::recordings::{self, CanView, attachment};
use crate::state::App;

/// Pieces that wait for a slow reader.
const PIECES: usize = 2;
/// Nights that are looked up at a time.
const BATCH: u32 = 100;

type Piece = Result<Bytes, Problem>;

/// What is exported.
enum Whose {
    Patient(GovernedPatient),
    Doctor(Doctor),
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /patients/{id}/export`.
pub(super) async fn of_patient(
    held: SteppedUp<GovernedPatient>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let act = Act::on_patient("patient-exported", &held.patient().id);
    let name = format!("export-{}.zip", held.patient().code.as_str());
    Work::begin(&app.db, context).await?.commit(act).await?;
    answer(&app, Whose::Patient(GovernedPatient::clone(&held)), &name)
}

/// `POST /account/export`: what is the doctor's own in the clinic.
pub(super) async fn of_doctor(
    doctor: SteppedUp<Doctor>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let act = Act::on_account("account-exported", doctor.account_id());
    Work::begin(&app.db, context).await?.commit(act).await?;
    answer(&app, Whose::Doctor(Doctor::clone(&doctor)), "export.zip")
}

fn answer(app: &App, whose: Whose, name: &str) -> Result<Response, Problem> {
    let (sender, receiver) = mpsc::channel(PIECES);
    let app = app.clone();
    tokio::spawn(async move {
        let mut archive = Archive { zip: Zip::default(), sender };
        if let Err(problem) = archive.fill(&app, &whose).await {
            tracing::error!(cause = ?problem.cause(), "an export broke off");
            // Whoever reads sees a broken download, never a whole archive with something missing.
            _ = archive.sender.send(Err(problem)).await;
        }
    });
    let disposition = HeaderValue::from_str(&attachment(name)).map_err(Problem::internal)?;
    let kind = HeaderValue::from_static("application/zip");
    let body = Body::new(Streamed(receiver));
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// The pieces as a body.
struct Streamed(mpsc::Receiver<Piece>);

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let frame = |piece: Piece| piece.map(Frame::data).map_err(|_| BrokenOff);
        self.0.poll_recv(context).map(|piece| piece.map(frame))
    }
}

/// The cause is in the log.
#[derive(Debug, thiserror::Error)]
#[error("the export broke off")]
struct BrokenOff;

/// An archive on its way.
struct Archive {
    zip: Zip,
    sender: mpsc::Sender<Piece>,
}

impl Archive {
    async fn fill(&mut self, app: &App, whose: &Whose) -> Result<(), Problem> {
        match whose {
            Whose::Patient(held) => {
                self.json("patient.json", &patient(app, &held.seen()).await?).await?;
                for night in recordings::list_governed(&app.db, held).await? {
                    self.night(app, &night).await?;
                }
            }
            Whose::Doctor(doctor) => self.doctor(app, doctor).await?,
        }
        let end = std::mem::take(&mut self.zip).end();
        self.send(end.into()).await
    }

    async fn doctor(&mut self, app: &App, doctor: &Doctor) -> Result<(), Problem> {
        self.json("account.json", &account(app, doctor).await?).await?;
        for own in patients::list_own_patients(app, doctor, u32::MAX).await? {
            let seen = SeenPatient::find(app, doctor, &own.id).await?;
            self.json(&format!("patients/{}.json", plain(own.code.as_str())), &patient(app, &seen).await?)
                .await?;
        }
        let mut after = None;
        loop {
            let nights = recordings::list_of_doctor(&app.db, doctor, after.as_ref(), BATCH).await?;
            let Some(last) = nights.last() else { return Ok(()) };
            after = Some(last.recording().id.clone());
            for night in &nights {
                self.night(app, night).await?;
            }
        }
    }

    /// The original, what is known about it, and its numbers and events.
    async fn night(&mut self, app: &App, night: &CanView) -> Result<(), Problem> {
        let recording = night.recording();
        let folder = format!("nights/{}-{}", plain(&short(recording.digest.starts_at)), recording.id);
        let room = Arc::new(self.room(app, night).await?);
        let bytes = recordings::bytes_in(app, night, Arc::clone(&room)).await?;
        let name = if recording.file_name.is_empty() { "recording" } else { &recording.file_name };
        self.file(&format!("{folder}/{}", plain(name)), bytes).await?;
        self.json(&format!("{folder}/night.json"), &about(night)).await?;
        let (figures, events) = analyses::numbers(app, night, &room).await?;
        self.json(&format!("{folder}/analysis.json"), &json!({ "figures": figures, "events": events })).await
    }

    /// Waits for memory as long as somebody reads: an export may be slow, it may not break off because others work.
    async fn room(&self, app: &App, night: &CanView) -> Result<Permit, Problem> {
        loop {
            match app.work.hold(night.asker(), analyses::room_bytes(night.recording())).await {
                Err(_) if !self.sender.is_closed() => {}
                held => return Ok(held?),
            }
        }
    }

    async fn json(&mut self, name: &str, value: &Value) -> Result<(), Problem> {
        let text = serde_json::to_vec_pretty(value).map_err(Problem::internal)?;
        self.file(name, text.into()).await
    }

    async fn file(&mut self, name: &str, bytes: Bytes) -> Result<(), Problem> {
        let header = self.zip.file(name, &bytes);
        self.send(header.into()).await?;
        self.send(bytes).await
    }

    /// Waits until the reader has read what was sent before.
    async fn send(&self, bytes: Bytes) -> Result<(), Problem> {
        self.sender.send(Ok(bytes)).await.map_err(|_| Problem::bad_request())
    }
}

/// A patient, those merged into it by name alone, and the links without secrets.
async fn patient(app: &App, seen: &SeenPatient) -> Result<Value, Problem> {
    let Patient { id, code, note, created_at, .. } = seen.patient();
    let moment = |moment: Option<crate::platform::clock::Timestamp>| moment.map(|moment| moment.to_string());
    let links = patients::list_links(app, seen).await?.into_iter().map(|link| {
        json!({
            "id": link.id.as_str(),
            "created_at": link.created_at.to_string(),
            "expires_at": moment(link.expires_at),
            "revoked_at": moment(link.revoked_at),
            "views": link.views,
            "last_viewed_at": moment(link.last_viewed_at),
        })
    });
    Ok(json!({
        "id": id.as_str(),
        "code": code.as_str(),
        "note": note.as_ref().map(|note| note.as_str()),
        "created_at": created_at.to_string(),
        "links": links.collect::<Vec<_>>(),
    }))
}

fn about(night: &CanView) -> Value {
    let recording = night.recording();
    json!({
        "id": recording.id.as_str(),
        "patient_id": recording.patient_id.as_ref().map(|id| id.as_str()),
        "file_name": recording.file_name,
        "size_bytes": recording.size_bytes,
        "sha256": recording.sha256,
        "uploaded_at": recording.created_at.to_string(),
        "date_order": recording.date_order().map(|order| order.code()),
    })
}

async fn account(app: &App, doctor: &Doctor) -> Result<Value, Problem> {
    let person = accounts::person(app, doctor.account_id()).await?.ok_or_else(Problem::not_found)?;
    Ok(json!({
        "id": person.id().as_str(),
        "name": person.name(),
        "email": person.email(),
        "last_sign_in_at": person.last_sign_in_at().map(|moment| moment.to_string()),
        "has_second_factor": person.has_second_factor(),
        "clinic": doctor.standing().clinic,
        "is_clinic_administrator": doctor.is_administrator(),
    }))
}

/// A name that leads nowhere else in an archive.
fn plain(name: &str) -> String {
    let kept = name.chars().map(|c| if matches!(c, '/' | '\\' | ':') || c.is_control() { '-' } else { c });
    let kept: String = kept.collect();
    kept.trim_start_matches('.').to_owned()
}
