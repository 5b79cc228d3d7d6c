//! Forms with files, read piece by piece within bounds: how many parts, how long their headers, how long all of it.
//!
//! The parser underneath bounds neither the number of parts nor the length of what stands between them (it searches all
//! of it again with every piece that comes), so the bytes pass a gate on their way to it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest as _, Request};
use axum::http::StatusCode;
use hyper::body::{Frame, SizeHint};

use super::pace::{TooSlow, comes_from};
use crate::error::Problem;

/// Most bytes between the end of one part's content and the begin of the next one's.
const HEADER_BYTES: usize = 16 << 10;

/// Why a form cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// It has more parts than it may.
    TooManyParts,
    /// It is longer than it may be.
    TooLong,
    /// It came too slowly.
    TooSlow,
    /// It breaks off, or is not what it says it is.
    Broken,
}

/// The parts of a form, in the order in which they come.
#[derive(Debug)]
pub struct Parts {
    inner: Multipart,
    gate: Gate,
    left: usize,
}

/// One part; read it to its end before asking for the next one.
#[derive(Debug)]
pub struct Part<'p> {
    field: Field<'p>,
    gate: Gate,
}

impl Parts {
    /// The parts of a request's form, at most `most` of them.
    ///
    /// # Errors
    /// [`Problem::bad_request`] when the request carries no such form.
    pub async fn of(request: Request, most: usize) -> Result<Self, Problem> {
        let gate = Gate::default();
        let request = request.map(|body| Body::new(Gated { body, gate: gate.clone(), is_yielding: false }));
        let inner = Multipart::from_request(request, &()).await.map_err(|_| Problem::bad_request())?;
        Ok(Self { inner, gate, left: most })
    }

    /// The next part; `None` at the end of the form.
    ///
    /// # Errors
    /// See [`FormError`]; nothing is read after one.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, FormError> {
        self.gate.narrow();
        let Some(field) = self.inner.next_field().await? else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(FormError::TooManyParts)?;
        self.gate.open();
        Ok(Some(Part { field, gate: self.gate.clone() }))
    }
}

impl Part<'_> {
    /// The name of the form's field.
    pub fn name(&self) -> Option<&str> {
        self.field.name()
    }

    /// The name of the file, as the client gave it.
    pub fn file_name(&self) -> Option<&str> {
        self.field.file_name()
    }

    /// The next piece of the content; `None` at its end.
    ///
    /// # Errors
    /// See [`FormError`]; nothing is read after one.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, FormError> {
        self.gate.open();
        Ok(self.field.chunk().await?)
    }
}

impl From<MultipartError> for FormError {
    fn from(error: MultipartError) -> Self {
        if comes_from::<TooSlow>(&error) {
            Self::TooSlow
        } else if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLong
        } else {
            Self::Broken
        }
    }
}

/// How many bytes may pass before the next part's content begins.
#[derive(Clone, Debug, Default)]
struct Gate(Arc<AtomicUsize>);

impl Gate {
    const OPEN: usize = usize::MAX;

    /// From here on come boundary and headers.
    fn narrow(&self) {
        self.0.store(HEADER_BYTES, Ordering::Relaxed);
    }

    /// From here on comes content, which is counted elsewhere.
    fn open(&self) {
        self.0.store(Self::OPEN, Ordering::Relaxed);
    }

    /// Whether more may be read; the piece that reaches the bound still passes, since content may follow in it.
    fn is_closed(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    fn pass(&self, bytes: usize) {
        let left = self.0.load(Ordering::Relaxed);
        if left != Self::OPEN {
            self.0.store(left.saturating_sub(bytes), Ordering::Relaxed);
        }
    }
}

/// What stands before a part's content is longer than [`HEADER_BYTES`].
#[derive(Debug, thiserror::Error)]
#[error("the headers of a part are too long")]
struct LongHeaders;

/// A body whose pieces pass a gate, one at each look: the parser would otherwise collect all that is there.
struct Gated {
    body: Body,
    gate: Gate,
    is_yielding: bool,
}

impl HttpBody for Gated {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if std::mem::take(&mut self.is_yielding) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.gate.is_closed() {
            return Poll::Ready(Some(Err(LongHeaders.into())));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(data) = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()) {
            self.gate.pass(data.len());
            self.is_yielding = true;
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::CONTENT_TYPE;
    use futures_util::StreamExt as _;

    /// A form whose bytes come in `pieces`; also counts how many pieces were taken.
    async fn form(
        pieces: impl Iterator<Item = Vec<u8>> + Send + 'static,
        most: usize,
    ) -> (Parts, Arc<AtomicUsize>) {
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&taken);
        let stream = futures_util::stream::iter(pieces).map(move |piece| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from(piece))
        });
        let request = Request::builder().header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        (Parts::of(request.body(Body::from_stream(stream)).unwrap(), most).await.unwrap(), taken)
    }

    fn part(name: &str, content: &str) -> Vec<u8> {
        format!("--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\r\n{content}\r\n")
            .into()
    }

    async fn content(part: &mut Part<'_>) -> Vec<u8> {
        let mut all = Vec::new();
        while let Some(chunk) = part.chunk().await.unwrap() {
            all.extend_from_slice(&chunk);
        }
        all
    }

    #[tokio::test]
    async fn parts_come_whole_however_the_bytes_are_cut() {
        let long = "y".repeat(100_000);
        let whole = [part("a", "1"), part("b", ""), part("c", &long), b"--x--\r\n".to_vec()].concat();
        for piece in [1, 7, 1_000, 1 << 20] {
            let pieces: Vec<_> = whole.chunks(piece).map(<[u8]>::to_vec).collect();
            let (mut parts, _) = form(pieces.into_iter(), 3).await;
            let mut found = Vec::new();
            while let Some(mut part) = parts.next().await.unwrap() {
                let name = part.file_name().unwrap().to_owned();
                found.push((name, content(&mut part).await.len()));
            }
            assert_eq!(found, [("a".to_owned(), 1), ("b".to_owned(), 0), ("c".to_owned(), 100_000)]);
        }
    }

    #[tokio::test]
    async fn headers_without_an_end_are_read_no_further_than_their_bound() {
        let head = b"--x\r\nContent-Disposition: form-data; name=\"".to_vec();
        let (mut parts, taken) = form([head].into_iter().chain(std::iter::repeat(vec![b'n'; 100])), 3).await;
        assert_eq!(parts.next().await.err(), Some(FormError::Broken));
        assert!(taken.load(Ordering::Relaxed) <= HEADER_BYTES / 100 + 2, "{taken:?}");
    }

    #[tokio::test]
    async fn what_stands_before_the_first_part_or_pads_a_boundary_is_bounded_too() {
        for head in [&b""[..], b"--x"] {
            let (mut parts, taken) =
                form([head.to_vec()].into_iter().chain(std::iter::repeat(vec![b' '; 100])), 3).await;
            assert_eq!(parts.next().await.err(), Some(FormError::Broken));
            assert!(taken.load(Ordering::Relaxed) <= HEADER_BYTES / 100 + 2, "{taken:?}");
        }
    }

    #[tokio::test]
    async fn nothing_is_read_after_the_first_part_too_many() {
        let (mut parts, taken) = form((0..1_000).map(|_| part("", "")), 3).await;
        for _ in 0..3 {
            let mut part = parts.next().await.unwrap().unwrap();
            assert!(content(&mut part).await.is_empty());
        }
        assert_eq!(parts.next().await.err(), Some(FormError::TooManyParts));
        assert!(taken.load(Ordering::Relaxed) <= 2 * 4, "{taken:?}");
    }

    #[tokio::test]
    async fn the_parser_holds_one_piece_at_a_time() {
        let whole = part("a", &"y".repeat(1_000_000));
        let pieces: Vec<_> = whole.chunks(1_000).map(<[u8]>::to_vec).collect();
        let (mut parts, taken) = form(pieces.into_iter(), 3).await;
        let mut part = parts.next().await.unwrap().unwrap();
        _ = part.chunk().await.unwrap();
        assert!(taken.load(Ordering::Relaxed) <= 4, "{taken:?}");
    }
}
