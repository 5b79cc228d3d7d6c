//! How far one connection is, and who waits for whom.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::{Duration, Instant};

use crate::http::kept::Kept;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The client has the word: no request has begun, or its header is on its way.
    Head,
    /// The platform works on a request.
    Work,
    /// The platform waits for more of the request's body.
    Body,
    /// The platform waits for the client to take more of the answer.
    Answer,
}

/// The state of one connection, shared by those that serve it and those that watch over it.
#[derive(Debug)]
pub(super) struct Progress {
    state: Mutex<State>,
    cut: Notify,
}

#[derive(Debug)]
struct State {
    stage: Stage,
    /// When the connection came into its stage, or last moved in it.
    since: Instant,
    /// When the present request's header had arrived.
    request: Option<Instant>,
    /// What is kept until the present answer is with the kernel.
    kept: Option<Kept>,
    /// The answer is made, but not all of it may be with the kernel.
    is_answered: bool,
}

impl Progress {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State::between_requests()), cut: Notify::new() })
    }

    /// A request's header has arrived. The request lasts until the guard is dropped and the answer is sent.
    pub(super) fn begin(self: &Arc<Self>) -> Exchange {
        let now = Instant::now();
        let next =
            State { stage: Stage::Work, since: now, request: Some(now), kept: None, is_answered: false };
        drop(std::mem::replace(&mut *self.state(), next));
        Exchange(Arc::clone(self))
    }

    /// The client is waited for; the time counts from the first of several such calls in a row.
    pub(super) fn wait_for_client(&self, stage: Stage) {
        let mut state = self.state();
        if state.stage != stage {
            (state.stage, state.since) = (stage, Instant::now());
        }
    }

    /// The client has done what it was waited for.
    pub(super) fn moved(&self) {
        let mut state = self.state();
        if state.stage != Stage::Head {
            (state.stage, state.since) = (Stage::Work, Instant::now());
        }
    }

    /// Everything written so far is with the kernel.
    pub(super) fn flushed(&self) {
        let mut state = self.state();
        if state.is_answered {
            *state = State::between_requests();
        }
    }

    /// Whether no request is being answered.
    pub(super) fn is_between_requests(&self) -> bool {
        self.state().stage == Stage::Head
    }

    /// How long the client has been waited for; `None` while the platform works.
    pub(super) fn silence(&self, now: Instant) -> Option<Duration> {
        let state = self.state();
        (state.stage != Stage::Work).then(|| now.duration_since(state.since))
    }

    /// Whether the client takes longer than it may with its answer, or the request as a whole does.
    pub(super) fn is_overdue(&self, now: Instant, answer: Duration, request: Duration) -> bool {
        let state = self.state();
        let is_stuck = state.stage == Stage::Answer && now.duration_since(state.since) > answer;
        is_stuck || state.request.is_some_and(|begun| now.duration_since(begun) > request)
    }

    /// Ends the connection.
    pub(super) fn cut(&self) {
        self.cut.notify_one();
    }

    /// Waits for [`Progress::cut`].
    pub(super) async fn until_cut(&self) {
        self.cut.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn between_requests() -> Self {
        Self { stage: Stage::Head, since: Instant::now(), request: None, kept: None, is_answered: false }
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Exchange(Arc<Progress>);

impl Exchange {
    /// Keeps something until the answer is with the kernel, or the connection ends.
    pub(super) fn keep(&self, kept: Option<Kept>) {
        self.0.state().kept = kept;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.state().is_answered = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_client_is_waited_for_before_a_request_and_with_its_body_and_answer_but_not_while_we_work() {
        let progress = Progress::new();
        tokio::time::advance(SECOND).await;
        assert_eq!(progress.silence(Instant::now()), Some(SECOND));
        let exchange = progress.begin();
        assert_eq!(progress.silence(Instant::now()), None);
        for stage in [Stage::Body, Stage::Answer] {
            progress.wait_for_client(stage);
            tokio::time::advance(SECOND).await;
            progress.wait_for_client(stage);
            assert_eq!(progress.silence(Instant::now()), Some(SECOND), "{stage:?}");
        }
        progress.moved();
        drop(exchange);
        assert!(!progress.is_between_requests(), "some of the answer may still be here");
        progress.flushed();
        assert!(progress.is_between_requests());
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_not_taken_is_overdue_as_is_one_that_is_taken_for_ever() {
        let progress = Progress::new();
        let overdue = || progress.is_overdue(Instant::now(), 3 * SECOND, 10 * SECOND);
        let _exchange = progress.begin();
        progress.wait_for_client(Stage::Answer);
        tokio::time::advance(4 * SECOND).await;
        assert!(overdue());
        progress.moved();
        assert!(!overdue());
        tokio::time::advance(7 * SECOND).await;
        assert!(overdue());
    }
}
