//! What administrators may act on, as values: a handler that holds one has been through the check.

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::model::{Account, KnownAccount};
use super::requests::{self, Request, RequestId};
use super::store;
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::routes::{Access, Proof};
use crate::ids::AccountId;
use crate::state::App;

/// Proof that an administrator asks about an account that is there.
#[derive(Clone, Debug)]
pub struct AdministeredAccount {
    account: Account,
    admin: Admin,
}

impl AdministeredAccount {
    /// Identifier of the account.
    pub fn id(&self) -> &AccountId {
        &self.account.id
    }

    /// The administrator who asks.
    pub fn admin(&self) -> &Admin {
        &self.admin
    }

    /// The account as it was found.
    pub(super) fn account(&self) -> &Account {
        &self.account
    }
}

#[derive(Deserialize)]
struct AccountPath {
    id: AccountId,
}

/// `/admin/users/{id}`: for others than administrators nothing is here, and for them only accounts that exist.
impl Proof for AdministeredAccount {
    const ACCESS: Access = Access::ADMINISTERED;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let admin = Admin::prove(parts, app).await?;
        let AccountPath { id } = path(parts, app).await?;
        let account = store::find(&app.db, &id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { account, admin })
    }
}

/// Proof that an administrator asks about a request for a new password that has not ended.
#[derive(Clone, Debug)]
pub(super) struct AdministeredRequest {
    request: Request,
    account_id: KnownAccount,
    admin: Admin,
}

impl AdministeredRequest {
    /// The request as it was found.
    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    /// The account whose password it is about.
    pub(super) fn account_id(&self) -> &KnownAccount {
        &self.account_id
    }

    /// The administrator who asks.
    pub(super) fn admin(&self) -> &Admin {
        &self.admin
    }
}

#[derive(Deserialize)]
struct RequestPath {
    id: RequestId,
}

/// `/admin/requests/{id}`: like accounts. What was asked for an address without an account is not here either.
impl Proof for AdministeredRequest {
    const ACCESS: Access = Access::ADMINISTERED;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let admin = Admin::prove(parts, app).await?;
        let RequestPath { id } = path(parts, app).await?;
        let found = requests::find(&app.db, &admin, (&id, app.clock.now())).await?;
        let request = found.ok_or_else(Problem::not_found)?;
        let account_id = request.account_id.clone().ok_or_else(Problem::not_found)?;
        Ok(Self { request, account_id, admin })
    }
}

async fn path<T: DeserializeOwned + Send>(parts: &mut Parts, app: &App) -> Result<T, Problem> {
    Path::from_request_parts(parts, app).await.map(|Path(path)| path).map_err(|_| Problem::not_found())
}
