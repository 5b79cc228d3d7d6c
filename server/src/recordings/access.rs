//! Who may do what with a recording, as values: a handler that holds one has been through the check.

use std::ops::Deref;

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::Recording;
use super::store;
use crate::audit::{self, Act};
use crate::clinics::{Doctor, Member, Relation};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::routes::{Access, Proof};
use crate::ids::{LinkId, RecordingId};
use crate::patients::OpenedLink;
use crate::platform::work_pool::Principal;
use crate::state::App;

/// Proof that the asker may see the recording: its doctor, a colleague where the clinic shares, or its patient through
/// an open link.
#[derive(Clone, Debug)]
pub struct CanView {
    recording: Recording,
    asker: Principal,
    viewer: Viewer,
}

/// Who sees a recording.
#[derive(Clone, Debug)]
enum Viewer {
    Member(Relation),
    Patient(LinkId),
    Platform,
}

impl CanView {
    /// Keeps in the journal that the recording is opened, once an hour for whoever does; what shows anything of it begins
    /// with this. The log has a line each time that somebody other than its doctor or patient opens it.
    ///
    /// # Errors
    /// When the journal cannot be written: then nothing may be shown.
    pub async fn open(&self, context: &RequestContext) -> Result<(), Problem> {
        let act =
            Act::on_recording("recording-opened", &self.recording.id).in_clinic(&self.recording.clinic_id);
        let act = match &self.viewer {
            Viewer::Member(Relation::Own) => act.with_detail(Relation::Own.as_str()).unlisted(),
            Viewer::Member(relation) => act.with_detail(relation.as_str()),
            Viewer::Patient(link) => act.by_link(link).with_detail("patient").unlisted(),
            Viewer::Platform => return Ok(()),
        };
        Ok(audit::keep_opening(context, act).await?)
    }

    /// For whom work on the recording is done.
    pub fn asker(&self) -> &Principal {
        &self.asker
    }

    /// The recording.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// For whoever has or answers for it, as a query has found it.
    pub(super) fn of_own(recording: Recording, doctor: &Doctor) -> Self {
        let viewer = Viewer::Member(doctor.relation_to(&recording.owner_id));
        Self { recording, asker: doctor.principal(), viewer }
    }

    /// For the program itself, which recomputes list numbers.
    pub(super) fn for_maintenance(recording: Recording) -> Self {
        Self { recording, asker: Principal::platform(), viewer: Viewer::Platform }
    }
}

/// Proof that the recording is of the asker's clinic, and the asker's own or a colleague's who shares.
#[derive(Clone, Debug)]
pub struct CanRead {
    seen: CanView,
    reader: Member,
}

impl CanRead {
    /// The recording with this identifier, if there is one that the reader sees.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(app: &App, reader: &Member, id: &RecordingId) -> Result<Option<Self>, Problem> {
        let found = store::find_seen(&app.db, reader, id).await?;
        Ok(found.map(|recording| {
            let viewer = Viewer::Member(reader.relation_to(&recording.owner_id));
            let seen = CanView { recording, asker: reader.principal(), viewer };
            Self { seen, reader: reader.clone() }
        }))
    }

    /// Who asks.
    pub fn reader(&self) -> &Member {
        &self.reader
    }

    /// Whether the recording is the asker's own.
    pub fn is_own(&self) -> bool {
        matches!(self.seen.viewer, Viewer::Member(Relation::Own))
    }
}

impl Deref for CanRead {
    type Target = CanView;

    fn deref(&self) -> &CanView {
        &self.seen
    }
}

/// `/recordings/{id}`: for everybody else the recording does not exist.
impl Proof for CanRead {
    const ACCESS: Access = Access::READER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let reader = Member::prove(parts, app).await?;
        let Path(RecordingPath { id }) = path(parts, app).await?;
        Self::find(app, &reader, &id).await?.ok_or_else(Problem::not_found)
    }
}

/// Whether somebody sees the recording in the clinic.
///
/// # Errors
/// When the database fails.
pub async fn is_seen(app: &App, reader: &Member, id: &RecordingId) -> Result<bool, Problem> {
    Ok(store::find_seen(&app.db, reader, id).await?.is_some())
}

/// Proof that the asker is the doctor to whom the recording belongs.
#[derive(Clone, Debug)]
pub struct CanManage {
    seen: CanView,
    owner: Doctor,
}

impl CanManage {
    /// The doctor.
    pub fn owner(&self) -> &Doctor {
        &self.owner
    }
}

/// Who may manage may also see.
impl Deref for CanManage {
    type Target = CanView;

    fn deref(&self) -> &CanView {
        &self.seen
    }
}

#[derive(Deserialize)]
struct RecordingPath {
    id: RecordingId,
}

/// `/recordings/{id}`: for others than its doctor the recording does not exist.
impl Proof for CanManage {
    const ACCESS: Access = Access::OWNER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let owner = Doctor::prove(parts, app).await?;
        let CanRead { seen, .. } = match CanRead::prove(parts, app).await? {
            read if read.is_own() => read,
            _ => return Err(Problem::not_found()),
        };
        Ok(Self { seen, owner })
    }
}

/// Proof that the asker has an open link of the recording's patient.
#[derive(Clone, Debug)]
pub struct SharedView {
    seen: CanView,
    opened: OpenedLink,
}

impl SharedView {
    /// The open link.
    pub fn opened(&self) -> &OpenedLink {
        &self.opened
    }
}

impl Deref for SharedView {
    type Target = CanView;

    fn deref(&self) -> &CanView {
        &self.seen
    }
}

#[derive(Deserialize)]
struct SharedPath {
    rid: RecordingId,
}

/// `/p/{id}/recordings/{rid}`: without the link, or for another patient's recording, there is nothing here.
impl Proof for SharedView {
    const ACCESS: Access = Access::LINK;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let opened = OpenedLink::prove(parts, app).await?;
        let path = path(parts, app).await;
        let Path(SharedPath { rid }) = path.map_err(|_| OpenedLink::missing())?;
        let shown = opened.shows(&rid).ok_or_else(OpenedLink::missing)?;
        let recording = store::find_shared(&app.db, &shown).await?.ok_or_else(OpenedLink::missing)?;
        let asker = Principal::new("link", opened.link_id().as_str());
        let viewer = Viewer::Patient(opened.link_id().clone());
        Ok(Self { seen: CanView { recording, asker, viewer }, opened })
    }
}

/// Proof that the asker has an open link which gives the original file too.
#[derive(Clone, Debug)]
pub struct SharedFile {
    shared: SharedView,
}

impl Deref for SharedFile {
    type Target = CanView;

    fn deref(&self) -> &CanView {
        &self.shared.seen
    }
}

/// `/p/{id}/recordings/{rid}/file`: where the link gives no files, there is none here.
impl Proof for SharedFile {
    const ACCESS: Access = Access::LINK;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let shared = SharedView::prove(parts, app).await?;
        if shared.opened.terms().gives_file { Ok(Self { shared }) } else { Err(OpenedLink::missing()) }
    }
}

async fn path<T>(parts: &mut Parts, app: &App) -> Result<Path<T>, Problem>
where
    T: serde::de::DeserializeOwned + Send,
{
    Path::from_request_parts(parts, app).await.map_err(|_| Problem::not_found())
}
