//! Doing jobs, one after the other, for as long as the process runs.

use std::time::Duration;

use tokio::task::JoinSet;

use super::store::{self, Claimed};
use super::{Failure, Kind, LEASE, MOST_ATTEMPTS, back_off};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Db, DbError};
use crate::platform::drain::Drain;
use crate::platform::random::Random;

/// Time between two looks for jobs when there were none.
const PAUSE: Duration = Duration::from_secs(5);
/// Time between two looks whether the lease is to be renewed, or the process is to end.
const TICK: Duration = Duration::from_millis(250);
/// The lease is renewed so often.
const RENEWAL: Duration = Duration::from_secs(LEASE.as_secs() / 3);

/// Does jobs of some kinds, one at a time. After each job every kind is looked at in turn: no sweep waits behind a long
/// row of others.
#[derive(Debug)]
pub struct Worker<C> {
    db: Db,
    clock: Clock,
    random: Random,
    drain: Drain,
    kinds: Vec<Kind<C>>,
    context: C,
}

/// How an attempt ended.
enum Ended {
    Well,
    Badly(Failure),
    /// Somebody else holds the lease, or soon may.
    Lost,
    /// The process is to end.
    Stopped,
}

impl<C: Clone + Send + Sync + 'static> Worker<C> {
    /// A worker that hands `context` to its jobs.
    pub fn new(
        (db, clock, random, drain): (&Db, &Clock, &Random, &Drain),
        kinds: Vec<Kind<C>>,
        context: C,
    ) -> Self {
        let (db, clock, random, drain) = (db.clone(), clock.clone(), random.clone(), drain.clone());
        Self { db, clock, random, drain, kinds, context }
    }

    /// Works until the process is to end. What is under way then is given back.
    pub async fn run(&self) {
        while !self.drain.is_draining() {
            if let Err(error) = self.work_off().await {
                tracing::error!(%error, "jobs cannot be done: the database does not answer");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Puts what is done again and again on the schedule, then does whatever is due until nothing is; says how many
    /// jobs were begun.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work_off(&self) -> Result<u64, DbError> {
        for kind in self.kinds.iter().filter(|kind| kind.every.is_some()) {
            store::schedule(&self.db, kind.name, self.clock.now()).await?;
        }
        let mut all = 0;
        loop {
            let mut begun = 0;
            for kind in &self.kinds {
                begun += u64::from(!self.drain.is_draining() && self.step(*kind).await?);
            }
            all += begun;
            if begun == 0 {
                return Ok(all);
            }
        }
    }

    /// Does one job of the kind, if one is due.
    async fn step(&self, kind: Kind<C>) -> Result<bool, DbError> {
        let Some((job, until)) = self.claim(kind).await? else { return Ok(false) };
        let ended = if kind.every.is_none() && job.attempts > MOST_ATTEMPTS {
            Ended::Badly(Failure::new("job-died", "its worker died each time"))
        } else {
            self.attempt(kind, &job, until).await
        };
        self.settle(kind, &job, ended).await?;
        Ok(true)
    }

    /// A job that is due, with the end of its lease. Whoever loses a race for one asks again.
    async fn claim(&self, kind: Kind<C>) -> Result<Option<(Claimed, Timestamp)>, DbError> {
        loop {
            let now = self.clock.now();
            if !store::is_due(&self.db, kind.name, now).await? {
                return Ok(None);
            }
            let (lease, until) = (self.random.id(now).to_string(), now.plus(LEASE));
            if let Some(job) = store::claim(&self.db, kind.name, &lease, (now, until)).await? {
                return Ok(Some((job, until)));
            }
        }
    }

    /// Does the job while the lease is held. One that panics fails like others.
    async fn attempt(&self, kind: Kind<C>, job: &Claimed, until: Timestamp) -> Ended {
        let mut running = JoinSet::new();
        running.spawn((kind.run)(self.context.clone(), job.subject.clone()));
        let ended = tokio::select! {
            done = running.join_next() => match done {
                Some(Ok(Ok(()))) => Ended::Well,
                Some(Ok(Err(failure))) => Ended::Badly(failure),
                Some(Err(error)) => Ended::Badly(Failure::new("job-panicked", error)),
                None => Ended::Lost,
            },
            ended = self.hold(job, until) => ended,
        };
        running.shutdown().await;
        ended
    }

    /// Holds the lease; ends when it is lost, or cannot be renewed in time.
    async fn hold(&self, job: &Claimed, mut until: Timestamp) -> Ended {
        loop {
            tokio::time::sleep(TICK).await;
            if self.drain.is_draining() {
                return Ended::Stopped;
            }
            let now = self.clock.now();
            if until.since(now) > LEASE - RENEWAL {
                continue;
            }
            match store::renew(&self.db, job, now.plus(LEASE)).await {
                Ok(true) => until = now.plus(LEASE),
                Ok(false) => return Ended::Lost,
                Err(_) if until.since(self.clock.now()) < RENEWAL => return Ended::Lost,
                Err(_) => {}
            }
        }
    }

    async fn settle(&self, kind: Kind<C>, job: &Claimed, ended: Ended) -> Result<(), DbError> {
        let now = self.clock.now();
        match ended {
            Ended::Well => {
                tracing::debug!(kind = kind.name, subject = job.subject, "job done");
                match kind.every {
                    Some(every) => store::rest(&self.db, job, (now, now.plus(every))).await,
                    None => store::remove(&self.db, job).await,
                }
            }
            Ended::Badly(failure) => self.put_off(kind, job, &failure, now).await,
            Ended::Lost => {
                tracing::warn!(kind = kind.name, subject = job.subject, "job stopped: its lease is lost");
                Ok(())
            }
            Ended::Stopped => store::release(&self.db, job).await,
        }
    }

    async fn put_off(
        &self,
        kind: Kind<C>,
        job: &Claimed,
        failure: &Failure,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let is_dead = kind.every.is_none() && (failure.is_final || job.attempts >= MOST_ATTEMPTS);
        let (name, subject, attempts) = (kind.name, &job.subject, job.attempts);
        let (code, cause) = (&failure.code, &failure.cause);
        if is_dead {
            tracing::error!(kind = name, subject, attempts, code, cause, "job failed for good");
        } else {
            tracing::warn!(kind = name, subject, attempts, code, cause, "job failed; it is tried again");
        }
        let wait = kind.every.map_or(back_off(job.attempts), |every| every.min(back_off(job.attempts)));
        store::fail(&self.db, job, failure, (now.plus(wait), is_dead.then_some(now))).await
    }
}
