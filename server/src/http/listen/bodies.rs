//! The bodies of a request and its answer, as the connection sees them.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::{HeaderValue, Request};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};

use super::progress::{Exchange, Progress, Stage};

/// A request's body on loan to a handler. What the handler leaves unread comes back, see [`Loan::settle`].
struct RequestBody {
    incoming: Option<Incoming>,
    /// Somebody has asked for it: then a client that waits to be told to go on has been told.
    is_asked_for: bool,
    progress: Arc<Progress>,
    returned: Arc<Mutex<Option<Rest>>>,
}

/// What a handler left unread.
struct Rest {
    incoming: Incoming,
    is_asked_for: bool,
}

impl hyper::body::Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        self.is_asked_for = true;
        let Some(incoming) = &mut self.incoming else { return Poll::Ready(None) };
        let frame = Pin::new(incoming).poll_frame(cx);
        match &frame {
            Poll::Pending => self.progress.wait_for_client(Stage::Body),
            Poll::Ready(Some(Ok(_))) => self.progress.moved(),
            Poll::Ready(None | Some(Err(_))) => {
                self.progress.moved();
                self.incoming = None;
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.as_ref().is_none_or(|incoming| incoming.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.as_ref().map_or_else(|| SizeHint::with_exact(0), |incoming| incoming.size_hint())
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        if let Some(incoming) = self.incoming.take().filter(|incoming| !incoming.is_end_stream()) {
            let rest = Rest { incoming, is_asked_for: self.is_asked_for };
            *self.returned.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
        }
    }
}

/// The platform's side of a body on loan.
pub(super) struct Loan {
    progress: Arc<Progress>,
    returned: Arc<Mutex<Option<Rest>>>,
    /// The client sends the body only when it is told to go on.
    waits_to_be_asked: bool,
}

/// So much of an unread body is read and thrown away before the answer, in this time, to keep the connection.
const SMALL: u64 = 256 << 10;
const SHORT: Duration = Duration::from_millis(500);
/// So long a client may go on sending what nobody reads; it may not look at the answer before it has sent all.
const LINGER: Duration = Duration::from_secs(30);
/// So long it may pause then.
const PAUSE: Duration = Duration::from_secs(3);

/// Lends a request's body to whatever will answer the request.
pub(super) fn lend(request: Request<Incoming>, progress: &Arc<Progress>) -> (Request<Body>, Loan) {
    let loan = Loan {
        progress: Arc::clone(progress),
        returned: Arc::default(),
        waits_to_be_asked: request.headers().contains_key(EXPECT),
    };
    (request.map(|incoming| Body::new(loan.body(incoming))), loan)
}

impl Loan {
    /// Takes back what the handler left unread. A small rest is thrown away and the connection lives on; otherwise the
    /// answer says that the connection ends, and more is thrown away beside it, so that the client comes to read it.
    /// Without this the connection would just be closed, and whoever sends the next request on it gets no answer.
    pub(super) async fn settle(self, answer: &mut Response) {
        let Some(rest) = self.returned.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let is_coming = rest.is_asked_for || !self.waits_to_be_asked;
        let is_small = rest.incoming.size_hint().lower() <= SMALL;
        let mut rest = self.body(rest.incoming);
        if is_coming && is_small && rest.is_discarded_within(SMALL, SHORT).await {
            return;
        }
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        if is_coming {
            tokio::spawn(async move { rest.is_discarded_within(u64::MAX, LINGER).await });
        }
    }

    fn body(&self, incoming: Incoming) -> RequestBody {
        let (progress, returned) = (Arc::clone(&self.progress), Arc::clone(&self.returned));
        RequestBody { incoming: Some(incoming), is_asked_for: false, progress, returned }
    }
}

impl RequestBody {
    /// Reads and throws away; says whether the end was reached within the limits.
    async fn is_discarded_within(&mut self, bytes: u64, time: Duration) -> bool {
        let discard = async {
            let mut discarded = 0;
            while discarded <= bytes {
                match tokio::time::timeout(PAUSE, self.frame()).await {
                    Ok(Some(Ok(frame))) => discarded += frame.data_ref().map_or(0, |data| data.len() as u64),
                    Ok(None) => return true,
                    Ok(Some(Err(_))) | Err(_) => return false,
                }
            }
            false
        };
        tokio::time::timeout(time, discard).await.unwrap_or(false)
    }
}

/// An answer's body that ends its [`Exchange`] with itself.
pub(super) struct AnswerBody {
    body: Body,
    _exchange: Exchange,
}

impl AnswerBody {
    pub(super) fn new(body: Body, exchange: Exchange) -> Self {
        Self { body, _exchange: exchange }
    }
}

impl hyper::body::Body for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
