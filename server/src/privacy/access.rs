//! Who may see what was erased.

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::Erasure;
use super::store;
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::http::routes::{Access, Proof};
use crate::ids::ErasureId;
use crate::state::App;

/// Proof that the asker has asked for an erasure, or administers the clinic in which it was done.
#[derive(Clone, Debug)]
pub(super) struct SeenErasure {
    erasure: Erasure,
}

impl SeenErasure {
    /// The erasure.
    pub(super) fn erasure(&self) -> &Erasure {
        &self.erasure
    }
}

#[derive(Deserialize)]
struct ErasurePath {
    id: ErasureId,
}

/// `/erasures/{id}`: for everybody else there is none.
impl Proof for SeenErasure {
    const ACCESS: Access = Access::GOVERNOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let by = Doctor::prove(parts, app).await?;
        let path = Path::<ErasurePath>::from_request_parts(parts, app).await;
        let Path(ErasurePath { id }) = path.map_err(|_| Problem::not_found())?;
        let erasure = store::find_seen(&app.db, &by, &id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { erasure })
    }
}
