//! Who works in a clinic, as proofs and rows.

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::scope::ClinicAdmin;
use super::store;
use crate::accounts::{self, Person};
use crate::error::Problem;
use crate::http::identity::ClinicRole;
use crate::http::routes::{Access, Proof};
use crate::ids::AccountId;
use crate::state::App;

/// Somebody's place in a clinic.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The account.
    pub account_id: AccountId,
    /// What it is there.
    pub role: ClinicRole,
    /// Whether it may work there now.
    pub is_enabled: bool,
}

/// Proof that an administrator of a clinic asks about somebody who works, or has worked, there.
#[derive(Clone, Debug)]
pub struct ClinicPerson {
    admin: ClinicAdmin,
    membership: Membership,
    person: Person,
}

impl ClinicPerson {
    /// The administrator who asks.
    pub fn admin(&self) -> &ClinicAdmin {
        &self.admin
    }

    /// The place in the clinic, as it was found.
    pub fn membership(&self) -> &Membership {
        &self.membership
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The account of somebody of the administrator's clinic.
    ///
    /// # Errors
    /// [`Problem::not_found`] for everybody else.
    pub async fn find(app: &App, admin: &ClinicAdmin, id: &AccountId) -> Result<Self, Problem> {
        let membership = store::member(&app.db, admin, id).await?.ok_or_else(Problem::not_found)?;
        let person = accounts::person(app, id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { admin: admin.clone(), membership, person })
    }
}

#[derive(Deserialize)]
struct PersonPath {
    id: AccountId,
}

/// `/clinic/people/{id}`: for others than administrators nothing is here, and for them only people of their clinic.
impl Proof for ClinicPerson {
    const ACCESS: Access = Access::OF_CLINIC;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let admin = ClinicAdmin::prove(parts, app).await?;
        let path = Path::<PersonPath>::from_request_parts(parts, app).await;
        let Path(PersonPath { id }) = path.map_err(|_| Problem::not_found())?;
        Self::find(app, &admin, &id).await
    }
}
