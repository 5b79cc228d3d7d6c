//! Bodies that come too slowly are given up: a client that sends a byte now and then must not hold what its request
//! holds.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// Slowest average pace of a body, in bytes per second.
pub const SLOWEST_PER_S: u32 = 8 << 10;

/// The body came more slowly than [`SLOWEST_PER_S`] for longer than the patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// Whether an error that reading a body led to is, or comes from, `E`.
pub fn comes_from<E: std::error::Error + 'static>(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<E>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// Gives the request's body a pace: it may keep its reader waiting for `patience` in total; bytes earn the time
/// back that they take at [`SLOWEST_PER_S`], up to `patience` again. Time in which nobody reads does not count.
pub fn paced(request: Request<Body>, patience: Duration) -> Request<Body> {
    request.map(|body| Body::new(Paced { body, patience, left: patience, waiting: None }))
}

struct Paced {
    body: Body,
    patience: Duration,
    left: Duration,
    /// Since when the reader waits, and the end of its patience.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Paced {
    fn earn(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waiting.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        let earned = Duration::from_secs_f64(bytes as f64 / f64::from(SLOWEST_PER_S));
        self.left = (self.left + earned).min(self.patience);
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            let bytes =
                frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
            self.earn(bytes);
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let left = self.left;
        let (_, end) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        ready!(end.as_mut().poll(context));
        Poll::Ready(Some(Err(TooSlow.into())))
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
    use futures_util::StreamExt as _;
    use http_body_util::BodyExt as _;

    const PATIENCE: Duration = Duration::from_secs(15);

    /// A body of `count` pieces of `bytes`, one every `every`.
    fn pieces(count: usize, bytes: usize, every: Duration) -> Body {
        let piece = move |_| async move {
            tokio::time::sleep(every).await;
            Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; bytes]))
        };
        Body::from_stream(futures_util::stream::iter(0..count).then(piece))
    }

    async fn read(body: Body) -> Result<usize, axum::Error> {
        let body = paced(Request::new(body), PATIENCE).into_body();
        body.collect().await.map(|body| body.to_bytes().len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_but_steady_body_is_read_to_its_end() {
        let slow = pieces(100, 20 << 10, Duration::from_secs(2));
        assert_eq!(read(slow).await.unwrap(), 100 * (20 << 10));
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_now_and_then_is_cut_off() {
        let begun = Instant::now();
        let error = read(pieces(10_000, 1, Duration::from_secs(1))).await.unwrap_err();
        assert!(comes_from::<TooSlow>(&error));
        assert!(begun.elapsed() <= PATIENCE + Duration::from_secs(2), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_last_byte_that_does_not_come_is_not_waited_for_however_much_came_before() {
        let fast = pieces(100, 1 << 20, Duration::ZERO).into_data_stream();
        let begun = Instant::now();
        let error = read(Body::from_stream(fast.chain(futures_util::stream::pending()))).await.unwrap_err();
        assert!(comes_from::<TooSlow>(&error));
        assert!(begun.elapsed() <= PATIENCE, "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_the_server_does_not_read_is_not_the_clients() {
        let mut body = paced(Request::new(pieces(3, 1, Duration::from_secs(1))), PATIENCE).into_body();
        while let Some(frame) = body.frame().await {
            assert!(frame.is_ok());
            tokio::time::sleep(PATIENCE * 10).await;
        }
    }
}
