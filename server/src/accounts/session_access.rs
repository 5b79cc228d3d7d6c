//! The own sessions as values: a handler that holds one has been through the check.

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::session_model::SessionId;
use super::session_store;
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::routes::{Access, Proof};
use crate::state::App;

/// Proof that a session is the asker's own.
#[derive(Clone, Debug)]
pub(super) struct OwnSession {
    id: SessionId,
    owner: SignedIn,
}

impl OwnSession {
    /// Identifier of the session.
    pub(super) fn id(&self) -> &SessionId {
        &self.id
    }

    /// Whose it is.
    pub(super) fn owner(&self) -> &SignedIn {
        &self.owner
    }
}

#[derive(Deserialize)]
struct SessionPath {
    id: SessionId,
}

/// `/account/sessions/{id}`: for others than its owner the session does not exist.
impl Proof for OwnSession {
    const ACCESS: Access = Access::OWN_ACCOUNT;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let owner = SignedIn::prove(parts, app).await?;
        let path = Path::<SessionPath>::from_request_parts(parts, app).await;
        let Path(SessionPath { id }) = path.map_err(|_| Problem::not_found())?;
        let sessions = session_store::list(&app.db, &owner).await?;
        let is_own = sessions.iter().any(|session| session.id.as_ref() == Some(&id));
        if is_own { Ok(Self { id, owner }) } else { Err(Problem::not_found()) }
    }
}
