//! A place among the requests under way, kept until the answer is sent.

use std::sync::Arc;

use axum::response::Response;

use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::platform::under_way::Place;

/// Travels with an answer to the connection, which drops it when all of the answer is with the kernel, or when the
/// connection ends. Where there is no connection it ends with the answer.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    _place: Arc<Place>,
}

impl Kept {
    /// Hands the place to the answer.
    pub(super) fn with(place: Place, answer: &mut Response) {
        answer.extensions_mut().insert(Self { _place: Arc::new(place) });
    }

    /// The place of an answer that had to have one.
    pub(super) fn of(answer: &mut Response) -> Option<Self> {
        answer.extensions_mut().remove()
    }
}

/// Begins a request of the client's address.
///
/// # Errors
/// [`Problem::busy`] when it has too many under way.
pub(super) fn begin(context: &RequestContext) -> Result<Place, Problem> {
    context.app().under_way.begin(context.network()).ok_or_else(Problem::busy)
}
