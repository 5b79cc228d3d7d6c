//! The proof is the policy: what a handler takes first is what its route asks for.

use std::future::{Future, ready};

use axum::extract::FromRequestParts as _;
use axum::http::request::Parts;

use super::access::Access;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::state::App;

/// A value that only the guard of a route makes, once it has looked: who holds one may.
///
/// A proof is no extractor: no handler can take one on the side, and none can do without that of its route. It carries
/// what was found while looking (the account, the row), so that nothing is asked twice.
pub trait Proof: Sized + Send + 'static {
    /// Who gets it.
    const ACCESS: Access;

    /// Looks whether this request gets it.
    ///
    /// # Errors
    /// Who does not is told so by the problem: 401 to sign in, 404 where nothing exists for the asker.
    fn prove(parts: &mut Parts, app: &App) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// No proof of anything: nobody looks who asks.
#[derive(Clone, Copy, Debug)]
pub struct Anybody(());

impl Proof for Anybody {
    const ACCESS: Access = Access::OPEN;

    fn prove(_: &mut Parts, _: &App) -> impl Future<Output = Result<Self, Problem>> + Send {
        ready(Ok(Self(())))
    }
}

/// Proof that it is known who is signed in, if anybody is.
#[derive(Clone, Debug)]
pub struct Visitor {
    context: RequestContext,
}

impl Visitor {
    /// The request and who sent it.
    pub fn context(&self) -> &RequestContext {
        &self.context
    }
}

impl Proof for Visitor {
    const ACCESS: Access = Access::VISITOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self { context: RequestContext::from_request_parts(parts, app).await? })
    }
}
