//! The memory and the cores that requests may use together, shared out fairly.
//!
//! Every work that needs megabytes or a core asks here first, so that what the process uses at its worst is a setting
//! and not a matter of how many ask at once. There are two lanes, each with half of the memory:
//!
//! * **Holding** ([`WorkPool::hold`]): what stays in memory while a client sends or reads, such as the body of an upload.
//!   How long that takes is up to the client.
//! * **Running** ([`WorkPool::run`]): analysing, drawing, hashing. It takes a core, and it ends by itself.
//!
//! Clients that hold memory for long can thus keep nobody from signing in. Whoever needs both holds first and runs then;
//! work that runs asks for nothing further, so no two requests can wait for each other.
//!
//! In each lane one [`Principal`] has at most half of the memory, and principals that wait are served in turn. Whoever
//! cannot be served within seconds is told so ([`Busy`]). Work that knows what it takes and cannot take less
//! ([`WorkPool::run_whole`]) may take more than that half, if its principal has nothing else.

mod lane;

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::task::JoinError;

use lane::{Capacity, Grant, Lane, Ticket};

/// For whom work is done, as far as sharing goes: an account, a patient link, or a network of strangers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Principal(Arc<str>);

impl Principal {
    /// The principal `id` among those of its `kind`, such as `account`.
    pub fn new(kind: &str, id: &str) -> Self {
        Self(format!("{kind} {id}").into())
    }

    /// The program itself, for work that no request asked for.
    pub fn platform() -> Self {
        Self::new("platform", "")
    }
}

/// How much a [`WorkPool`] gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkLimits {
    /// Memory of both lanes together, in bytes.
    pub memory_bytes: u64,
    /// Most work that runs at the same time.
    pub cores: usize,
    /// Longest time in the queue.
    pub wait: Duration,
}

impl WorkLimits {
    /// The default of `memory_bytes`: leaves half of a machine with 512 MB to everything else.
    pub const DEFAULT_MEMORY_BYTES: u64 = 256_000_000;
    /// The default of `wait`.
    pub const DEFAULT_WAIT: Duration = Duration::from_secs(5);

    /// Limits for this machine: as many cores as the process may use.
    pub fn with_memory(memory_bytes: u64) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { memory_bytes, cores, wait: Self::DEFAULT_WAIT }
    }
}

/// There is no room, and there was none within the time one may wait; asking again in a while makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the work pool is full")]
pub struct Busy;

/// Why work has no result.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// It never began.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The pool can never give what it takes.
    #[error("work takes {needed_bytes} bytes, of {most_bytes} that can be given: raise WORK_MEMORY_MB")]
    TooLarge {
        /// What it takes.
        needed_bytes: u64,
        /// What a lane has.
        most_bytes: u64,
    },
    /// It panicked, or the process is stopping.
    #[error("work ended early")]
    Failed(#[source] JoinError),
}

/// Gives out memory and cores. Clones share them.
#[derive(Clone, Debug)]
pub struct WorkPool {
    holding: Queue,
    running: Queue,
}

impl WorkPool {
    /// A pool from which nothing is taken yet.
    pub fn new(limits: WorkLimits) -> Self {
        let lane = |slots| Queue::new(Capacity::halved(limits.memory_bytes / 2, slots), limits.wait);
        Self { holding: lane(usize::MAX), running: lane(limits.cores.max(1)) }
    }

    /// Waits for `bytes` to hold while a client sends or reads; they are free again when what is returned is dropped.
    ///
    /// Asking for more than one principal may have asks for all of that.
    ///
    /// # Errors
    /// [`Busy`] when the queue is full or the wait too long.
    pub async fn hold(&self, principal: &Principal, bytes: u64) -> Result<Permit, Busy> {
        self.holding.take(principal, bytes).await
    }

    /// Runs `work`, which uses up to `bytes`, beside the threads that answer requests. Once begun it keeps its core and
    /// its memory until it ends, even when nobody waits for the result any more.
    ///
    /// # Errors
    /// [`WorkError::Busy`] when the queue is full or the wait too long; [`WorkError::Failed`] when `work` panics.
    pub async fn run<T: Send + 'static>(
        &self,
        principal: &Principal,
        bytes: u64,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        let permit = self.running.take(principal, bytes).await?;
        run_with(permit, work).await
    }

    /// [`WorkPool::run`] for work that uses exactly `bytes`, however much that is.
    ///
    /// # Errors
    /// As [`WorkPool::run`], and [`WorkError::TooLarge`] when the pool has less than that.
    pub async fn run_whole<T: Send + 'static>(
        &self,
        principal: &Principal,
        bytes: u64,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        let most_bytes = self.running.locked().bytes();
        if bytes > most_bytes {
            return Err(WorkError::TooLarge { needed_bytes: bytes, most_bytes });
        }
        let permit = self.running.take_whole(principal, bytes).await?;
        run_with(permit, work).await
    }
}

/// Runs `work` beside the threads that answer requests.
async fn run_with<T: Send + 'static>(
    permit: Permit,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, WorkError> {
    let running = tokio::task::spawn_blocking(move || {
        let result = work();
        drop(permit);
        result
    });
    running.await.map_err(WorkError::Failed)
}

/// Memory, and in the running lane a core, until it is dropped.
#[derive(Debug)]
#[must_use = "dropping it gives the memory back"]
pub struct Permit {
    queue: Queue,
    principal: Principal,
    bytes: AtomicU64,
}

impl Permit {
    /// Ties the permit to what it was taken for: it is given back when the last clone of `bytes` is gone, wherever that
    /// is, and not when the request that took it ends.
    pub fn keep_with(self: Arc<Self>, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Kept { bytes, _permit: self })
    }

    /// Gives back what is not needed any more: only `bytes` remain.
    pub fn shrink_to(&self, bytes: usize) {
        let bytes = bytes as u64;
        let before = self.bytes.fetch_min(bytes, Ordering::Relaxed);
        self.queue.change(|lane| lane.give_back(&self.principal, before.saturating_sub(bytes)));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let bytes = *self.bytes.get_mut();
        self.queue.change(|lane| lane.release(&self.principal, bytes));
    }
}

/// Bytes and the permit they need.
struct Kept {
    bytes: Bytes,
    _permit: Arc<Permit>,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A lane and the channels to those who wait in it.
#[derive(Clone, Debug)]
struct Queue {
    lane: Arc<Mutex<Lane<oneshot::Sender<Permit>>>>,
    wait: Duration,
}

impl Queue {
    fn new(capacity: Capacity, wait: Duration) -> Self {
        Self { lane: Arc::new(Mutex::new(Lane::new(capacity))), wait }
    }

    async fn take(&self, principal: &Principal, bytes: u64) -> Result<Permit, Busy> {
        self.wait_for(|lane, tell| lane.enter(principal, bytes, tell)).await
    }

    async fn take_whole(&self, principal: &Principal, bytes: u64) -> Result<Permit, Busy> {
        self.wait_for(|lane, tell| lane.enter_whole(principal, bytes, tell)).await
    }

    async fn wait_for(
        &self,
        enter: impl FnOnce(&mut Lane<oneshot::Sender<Permit>>, oneshot::Sender<Permit>) -> Option<Ticket>,
    ) -> Result<Permit, Busy> {
        let (tell, told) = oneshot::channel();
        let entered = self.change(|lane| enter(lane, tell));
        let _place = Place { queue: self, ticket: entered.ok_or(Busy)? };
        match tokio::time::timeout(self.wait, told).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(Busy),
        }
    }

    /// Changes the lane, then hands out what that made possible. A permit nobody takes any more goes back by its drop,
    /// which must not happen under the lock.
    fn change<T>(&self, change: impl FnOnce(&mut Lane<oneshot::Sender<Permit>>) -> T) -> T {
        let (result, grants) = {
            let mut lane = self.locked();
            (change(&mut lane), lane.admit())
        };
        for Grant { principal, bytes, tell } in grants {
            let permit = Permit { queue: self.clone(), principal, bytes: bytes.into() };
            drop(tell.send(permit));
        }
        result
    }

    fn locked(&self) -> MutexGuard<'_, Lane<oneshot::Sender<Permit>>> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue; leaving it, served or not, leaves nothing behind.
struct Place<'q> {
    queue: &'q Queue,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.change(|lane| lane.leave(&self.ticket));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MB: u64 = 1_000_000;

    fn pool(megabytes: u64, cores: usize) -> WorkPool {
        let limits = WorkLimits { memory_bytes: megabytes * MB, cores, wait: WorkLimits::DEFAULT_WAIT };
        WorkPool::new(limits)
    }

    fn ana() -> Principal {
        Principal::new("account", "ana")
    }

    fn dan() -> Principal {
        Principal::new("account", "dan")
    }

    fn is_idle(pool: &WorkPool) -> bool {
        pool.holding.locked().is_idle() && pool.running.locked().is_idle()
    }

    #[tokio::test(start_paused = true)]
    async fn one_principal_has_half_of_a_lane_and_the_next_is_served_at_once() {
        let pool = pool(80, 2);
        let first = pool.hold(&ana(), 20 * MB).await.unwrap();
        assert_eq!(pool.hold(&ana(), MB).await.unwrap_err(), Busy);
        let other = pool.hold(&dan(), 20 * MB).await.unwrap();
        drop((first, other));
        assert!(is_idle(&pool));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_cannot_be_served_is_told_after_the_wait_and_leaves_nothing_behind() {
        let pool = pool(80, 2);
        let held = pool.hold(&ana(), 20 * MB).await.unwrap();
        let begun = tokio::time::Instant::now();
        assert_eq!(pool.hold(&ana(), MB).await.unwrap_err(), Busy);
        assert_eq!(begun.elapsed(), WorkLimits::DEFAULT_WAIT);
        drop(held);
        assert!(is_idle(&pool));
    }

    #[tokio::test(start_paused = true)]
    async fn memory_that_comes_free_goes_to_who_waits() {
        let pool = pool(80, 2);
        let held = pool.hold(&ana(), 20 * MB).await.unwrap();
        let waiting = tokio::spawn({
            let pool = pool.clone();
            async move { pool.hold(&ana(), 20 * MB).await.is_ok() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(held);
        assert!(waiting.await.unwrap());
        assert!(is_idle(&pool));
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gives_up_lets_those_behind_it_go() {
        let pool = pool(40, 2);
        let _held = pool.hold(&ana(), 10 * MB).await.unwrap();
        let _other = pool.hold(&dan(), 5 * MB).await.unwrap();
        let large = tokio::spawn({
            let pool = pool.clone();
            async move { pool.hold(&Principal::new("link", "a"), 10 * MB).await.is_ok() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        let small = tokio::spawn({
            let pool = pool.clone();
            async move { pool.hold(&Principal::new("link", "b"), 5 * MB).await.is_ok() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        large.abort();
        assert!(small.await.unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn memory_stays_taken_while_a_clone_of_what_is_in_it_lives() {
        let pool = pool(80, 2);
        let permit = Arc::new(pool.hold(&ana(), 20 * MB).await.unwrap());
        let bytes = permit.keep_with(Bytes::from_static(b"night"));
        let slice = bytes.slice(1..3);
        drop(bytes);
        assert_eq!((&slice[..], pool.hold(&ana(), MB).await.unwrap_err()), (&b"ig"[..], Busy));
        drop(slice);
        assert!(is_idle(&pool));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_given_back_early_is_free_at_once_and_counted_once() {
        let pool = pool(80, 2);
        let permit = pool.hold(&ana(), 20 * MB).await.unwrap();
        permit.shrink_to(5_000_000);
        permit.shrink_to(9_000_000);
        let second = pool.hold(&ana(), 15 * MB).await.unwrap();
        drop((permit, second));
        assert!(is_idle(&pool));
    }

    #[tokio::test]
    async fn work_keeps_its_core_until_it_ends_although_nobody_waits_for_it() {
        let pool = pool(80, 1);
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let work = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(&ana(), MB, move || gone.recv().is_ok()).await.is_ok() }
        });
        while pool.running.locked().is_idle() {
            tokio::task::yield_now().await;
        }
        work.abort();
        _ = work.await;
        assert!(!pool.running.locked().is_idle(), "the work still runs");
        go.send(()).unwrap();
        assert_eq!(pool.run(&dan(), MB, || 7).await.unwrap(), 7);
        assert!(is_idle(&pool));
    }

    #[tokio::test]
    async fn no_more_work_runs_than_there_are_cores() {
        let wait = Duration::from_millis(50);
        let pool = WorkPool::new(WorkLimits { memory_bytes: 80 * MB, cores: 1, wait });
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let work = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(&ana(), MB, move || gone.recv().is_ok()).await.is_ok() }
        });
        while pool.running.locked().is_idle() {
            tokio::task::yield_now().await;
        }
        assert!(matches!(pool.run(&dan(), MB, || ()).await, Err(WorkError::Busy(Busy))));
        go.send(()).unwrap();
        assert!(work.await.unwrap() && pool.run(&dan(), MB, || ()).await.is_ok());
    }

    #[tokio::test]
    async fn work_may_take_more_than_a_share_and_what_nobody_could_give_is_refused() {
        let pool = pool(80, 2);
        let inside = pool.clone();
        let free = pool.run_whole(&ana(), 38 * MB, move || inside.running.locked().free()).await.unwrap();
        assert_eq!(free, 2 * MB);
        let vast = pool.run_whole(&ana(), 41 * MB, || ()).await;
        assert!(
            matches!(vast, Err(WorkError::TooLarge { needed_bytes, most_bytes }) if needed_bytes == 41 * MB && most_bytes == 40 * MB)
        );
        assert!(is_idle(&pool));
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_core_back() {
        let pool = pool(80, 1);
        let failed = pool.run(&ana(), MB, || panic!("as wished")).await;
        assert!(matches!(failed, Err::<(), _>(WorkError::Failed(_))));
        assert!(is_idle(&pool));
    }

    /// Many at once, some of which give up: none has more than there is, and nothing is left over.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_crowd_that_comes_and_goes_leaves_the_pool_as_it_was() {
        let pool = pool(40, 2);
        let crowd: Vec<_> = (0..400_u64)
            .map(|n| {
                let (pool, principal) = (pool.clone(), Principal::new("account", &(n % 7).to_string()));
                let task = tokio::spawn(async move {
                    let _held = pool.hold(&principal, (n % 13) * MB).await?;
                    let work = move || std::thread::sleep(Duration::from_micros(n % 500));
                    pool.run(&principal, (n % 11) * MB, work).await
                });
                (n, task)
            })
            .collect();
        for (n, task) in crowd {
            if n % 5 == 0 {
                task.abort();
            }
            _ = task.await;
        }
        while !is_idle(&pool) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
