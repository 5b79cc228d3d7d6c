//! What every handler shares. Knows no route.

use std::ops::Deref;
use std::sync::Arc;

use crate::config::{Config, Storage};
use crate::error::StartError;
use crate::platform::blobs::Blobs;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::drain::Drain;
use crate::platform::hasher::Hasher;
use crate::platform::mail::Mailer;
use crate::platform::probe::Probe;
use crate::platform::random::Random;
use crate::platform::seal::Seal;
use crate::platform::turns::Turns;
use crate::platform::under_way::UnderWay;
use crate::platform::work_pool::WorkPool;

/// What every handler shares. Clones share it.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The object store.
    pub blobs: Blobs,
    /// The time of day.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// Settings.
    pub config: Config,
    /// Hands mails over, if anybody carries them.
    pub mailer: Mailer,
    /// Memory and cores for what requests do.
    pub work: WorkPool,
    /// Small secrets that must be read again.
    pub seal: Seal,
    /// Passwords.
    pub hasher: Hasher,
    /// Whose password is looked at: one attempt on an account at a time.
    pub account_turns: Turns,
    /// Of networks that are over their limit: one attempt at a time.
    pub network_turns: Turns,
    /// Requests that are being answered, by client address.
    pub under_way: UnderWay,
    /// Whether the process is on its way out.
    pub drain: Drain,
    /// What the last look at the store found.
    pub probe: Probe,
}

impl App {
    /// Puts the parts together.
    pub fn new(config: Config, db: Db, blobs: Blobs, seal: Seal, (clock, random): (Clock, Random)) -> Self {
        let db = db.with_clock(clock.clone());
        let work = WorkPool::new(config.work_limits);
        let hasher = Hasher::new(work.clone(), random.clone());
        let under_way = UnderWay::new(config.requests_per_address);
        let mailer = Mailer::new(config.mail.clone());
        let (drain, probe) = (Drain::default(), Probe::default());
        let (account_turns, network_turns) = (Turns::default(), Turns::default());
        Self(Arc::new(Parts {
            db,
            blobs,
            clock,
            random,
            config,
            mailer,
            work,
            seal,
            hasher,
            account_turns,
            network_turns,
            under_way,
            drain,
            probe,
        }))
    }

    /// Connects to what `config` names, with the machine's clock and randomness.
    ///
    /// # Errors
    /// When the secret key can be neither read nor made, or the database cannot be opened.
    pub async fn connect(config: Config) -> Result<Self, StartError> {
        let random = Random::system();
        let seal = Seal::new(&config.secret_key, config.previous_secret_key.clone(), random.clone())?;
        let db = Db::open(&config.database).await?;
        let blobs = match &config.storage {
            Storage::Folder(root) => Blobs::folder(root),
            Storage::S3(settings) => Blobs::s3(settings),
        };
        Ok(Self::new(config, db, blobs, seal, (Clock::system(), random)))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
