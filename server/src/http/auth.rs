//! Proofs of who is asking. Their fields are private: whoever holds one got it from the request.

use std::ops::Deref;
use std::time::Duration;

use axum::extract::FromRequestParts as _;
use axum::http::request::Parts;

use super::context::RequestContext;
use super::identity::{Assurance, Identity};
use super::routes::{Access, Proof};
use crate::error::Problem;
use crate::ids::AccountId;
use crate::platform::work_pool::Principal;
use crate::state::App;

/// Proof that the request comes from a doctor (or administrator) who is signed in and enabled.
#[derive(Clone, Debug)]
pub struct SignedIn {
    identity: Identity,
}

impl SignedIn {
    /// Identifier of the account: the owner of what this request creates.
    pub fn account_id(&self) -> &AccountId {
        &self.identity.account_id
    }

    /// The account, as far as sharing memory and cores goes.
    pub fn principal(&self) -> Principal {
        Principal::new("account", self.account_id().as_str())
    }

    /// Everything known about the account.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// An administrator without the second factor that is asked for is led to where it is set up, from everywhere.
impl Proof for SignedIn {
    const ACCESS: Access = Access::SIGNED_IN;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let SettingUp { signed_in } = SettingUp::prove(parts, app).await?;
        let is_ready = !signed_in.identity.lacks_second_factor;
        if is_ready { Ok(signed_in) } else { Err(Problem::second_factor_needed()) }
    }
}

/// Proof that the request comes from an account that is signed in, even where it lacks the second factor that is asked of
/// it: for what leads to one, and for nothing else.
#[derive(Clone, Debug)]
pub struct SettingUp {
    signed_in: SignedIn,
}

impl Deref for SettingUp {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl Proof for SettingUp {
    const ACCESS: Access = Access::SIGNED_IN;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let context = RequestContext::from_request_parts(parts, app).await?;
        let identity = context.identity().cloned().ok_or_else(Problem::sign_in_needed)?;
        Ok(Self { signed_in: SignedIn { identity } })
    }
}

/// Proof that the request comes from an administrator. To anybody else the page does not exist.
#[derive(Clone, Debug)]
pub struct Admin {
    signed_in: SignedIn,
}

impl Admin {
    /// Identifier of the administrator's account.
    pub fn account_id(&self) -> &AccountId {
        self.signed_in.account_id()
    }
}

impl Proof for Admin {
    const ACCESS: Access = Access::ADMINISTRATOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed_in = SignedIn::prove(parts, app).await?;
        if signed_in.identity.is_admin { Ok(Self { signed_in }) } else { Err(Problem::not_found()) }
    }
}

/// How long the owner of an account counts as known, for what reaches other people.
const KNOWN_FOR: Duration = Duration::from_mins(10);

/// The proof `P`, by somebody who has shown within the last ten minutes that the account is theirs, by its second factor if
/// it has one, else by the password: for what reaches other people, such as giving rights, and for the second factor
/// itself. Whoever finds a browser open does not get it.
#[derive(Clone, Debug)]
pub struct SteppedUp<P> {
    proof: P,
}

impl<P> Deref for SteppedUp<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.proof
    }
}

/// Asked last: whoever does not get `P` learns nothing else.
impl<P: Proof> Proof for SteppedUp<P> {
    const ACCESS: Access = Access { is_stepped_up: true, ..P::ACCESS };

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let proof = P::prove(parts, app).await?;
        let identity = SettingUp::prove(parts, app).await?.signed_in.identity;
        let is_known = app.clock.now().since(identity.stepped_up_at) <= KNOWN_FOR;
        let is_sure = identity.assurance == Assurance::SecondFactor || !identity.has_second_factor;
        if is_known && is_sure { Ok(Self { proof }) } else { Err(Problem::step_up_needed()) }
    }
}
