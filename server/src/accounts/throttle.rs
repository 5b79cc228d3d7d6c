//! How guessing at passwords is slowed down without shutting out those who know theirs.
//!
//! Only failures count, in windows of 15 minutes:
//!
//! * **A known browser**, in which the owner of the account has signed in before, has ten of its own and is touched by
//!   nothing else, whatever happens around it: nobody else holds its secret.
//! * **An account** may be guessed at five times from one network and 30 times from all of them together, from browsers
//!   that are not known. Beyond that a password is not even looked at, so a right one tells nothing either. These two
//!   are what stops guessing.
//! * **A network** with 50 failures is over its limit but not locked, since many people share one: a right password still
//!   passes. A wrong one is told to wait (429) instead of being called wrong. An account may be guessed at only twice
//!   from such a network, and its attempts are looked at one at a time with a pause before each: at most ten a second,
//!   whatever it sends.
//!
//! Attempts on one account are looked at one after another, so that many at once cannot all pass before the first is
//! counted; `n` replicas let at most `n - 1` more pass. The network is asked before anything else, and a row is written
//! only after a password was looked at and was wrong: there are never more rows than three for each password that
//! could be checked within 15 minutes, which the work pool bounds. An address without an account is treated alike in
//! everything.

use std::time::Duration;

use super::browsers;
use super::model::KnownAccount;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::platform::limits::{self, Bucket, LONGEST_WINDOW, Limit, LimitError, PER_NETWORK};
use crate::platform::turns::Turn;
use crate::platform::work_pool::Principal;
use crate::state::App;

const fn failures(attempts: i64) -> Limit {
    Limit { attempts, window: LONGEST_WINDOW }
}

const IN_KNOWN_BROWSER: Limit = failures(10);
const PER_ACCOUNT: Limit = failures(30);
/// Codes have six digits, and three fit at a time. Whoever knows the password and guesses on needs most of a year; the
/// owner is told after the first.
const CODES_PER_ACCOUNT: Limit = failures(10);
const PER_ACCOUNT_AND_NETWORK: Limit = failures(5);
const PER_ACCOUNT_AND_CROWDED_NETWORK: Limit = failures(2);
const OWN_PASSWORD: Limit = failures(5);
/// Requests for a new password or for an account from one network, whatever becomes of them.
const REQUESTS: Limit = Limit { attempts: 10, window: LONGEST_WINDOW };

/// Longest wait for a turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Before each look at a password from a network that is over its limit.
const PAUSE: Duration = Duration::from_millis(100);

/// An attempt at a password that may be looked at now. Others on the same account wait until it is dropped.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The counts a failure raises; a success clears the first.
    counts: Vec<(Bucket, Limit)>,
    /// How long the network is over its limit, if it is.
    crowded: Option<Duration>,
    /// Whether the owner has signed in from this browser before.
    pub(super) is_known_browser: bool,
    /// For whom the password is looked at: a known browser does not share with the strangers of its network.
    pub(super) principal: Principal,
    _turns: Vec<Turn>,
}

/// Asks for a log-in to be looked at. `address` is what was typed, in lower case; `account_id` is whose it is, if
/// anybody's.
///
/// # Errors
/// 429 when it may not, the same for addresses with and without an account; 503 when its turn does not come in time.
pub(super) async fn sign_in(
    app: &App,
    context: &RequestContext,
    address: &str,
    account_id: Option<&KnownAccount>,
) -> Result<Attempt, Problem> {
    guess(app, context, &PASSWORDS, (address, account_id)).await
}

/// Asks for the second factor of a sign-in to be looked at: counted apart from passwords, alike otherwise.
///
/// # Errors
/// As [`sign_in`].
pub(super) async fn second_step(
    app: &App,
    context: &RequestContext,
    account_id: &KnownAccount,
) -> Result<Attempt, Problem> {
    guess(app, context, &CODES, (account_id.as_str(), Some(account_id))).await
}

/// The names of what is counted, and how often an account may be guessed at from everywhere.
struct Guesses {
    in_known_browser: &'static str,
    here: &'static str,
    everywhere: &'static str,
    most: Limit,
}

const PASSWORDS: Guesses =
    Guesses { in_known_browser: "known-browser", here: "sign-in", everywhere: "account", most: PER_ACCOUNT };
const CODES: Guesses = Guesses {
    in_known_browser: "second-step-known-browser",
    here: "second-step",
    everywhere: "second-step-account",
    most: CODES_PER_ACCOUNT,
};

async fn guess(
    app: &App,
    context: &RequestContext,
    guesses: &Guesses,
    (address, account_id): (&str, Option<&KnownAccount>),
) -> Result<Attempt, Problem> {
    let browser = context.browser_fingerprint();
    let owner = account_id.map_or("", |id| id.as_str());
    if browsers::is_known(&app.db, account_id, &browser, app.clock.now()).await? {
        let bucket = Bucket::new(&[guesses.in_known_browser, owner, &browser]);
        return Attempt::one(app, bucket, IN_KNOWN_BROWSER, Principal::new("browser", &browser)).await;
    }
    let network = Bucket::new(&["network", context.network()]);
    let crowded = crowded(app, &network).await?;
    let mut turns = Vec::new();
    if crowded.is_some() {
        turns.push(app.network_turns.take(context.network(), PATIENCE).await.ok_or_else(crowd)?);
        tokio::time::sleep(PAUSE).await;
    }
    turns.push(app.account_turns.take(address, PATIENCE).await.ok_or_else(Problem::busy)?);
    let here = if crowded.is_some() { PER_ACCOUNT_AND_CROWDED_NETWORK } else { PER_ACCOUNT_AND_NETWORK };
    let counts = vec![
        (Bucket::new(&[guesses.here, address, context.network()]), here),
        (Bucket::new(&[guesses.everywhere, address]), guesses.most),
        (network, PER_NETWORK),
    ];
    for (bucket, limit) in counts.iter().take(2) {
        limits::check(&app.db, app.clock.now(), bucket, *limit).await?;
    }
    Ok(Attempt { counts, crowded, is_known_browser: false, principal: context.principal(), _turns: turns })
}

/// Asks for a look at the own password, typed by somebody who sits at a signed-in browser. Failures count for the
/// session: a thief's do not keep the owner from changing the password elsewhere.
///
/// # Errors
/// 429 when there were too many.
pub(super) async fn own_password(
    app: &App,
    context: &RequestContext,
    session: &str,
) -> Result<Attempt, Problem> {
    let bucket = Bucket::new(&["own-password", session]);
    Attempt::one(app, bucket, OWN_PASSWORD, context.principal()).await
}

/// Counts a wrong one-time code. Right ones never count and are never refused: nobody guesses 256 bits.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn wrong_code(app: &App, context: &RequestContext) -> Result<(), Problem> {
    let bucket = Bucket::new(&["code", context.network()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, PER_NETWORK).await?)
}

/// Counts a request for a new password.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn request(app: &App, context: &RequestContext) -> Result<(), Problem> {
    let bucket = Bucket::new(&["password-request", context.network()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, REQUESTS).await?)
}

/// Counts somebody who asks for an account.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn sign_up(app: &App, context: &RequestContext) -> Result<(), Problem> {
    let bucket = Bucket::new(&["sign-up", context.network()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, REQUESTS).await?)
}

impl Attempt {
    /// An attempt with one count of its own.
    async fn one(app: &App, bucket: Bucket, limit: Limit, principal: Principal) -> Result<Self, Problem> {
        let turn = app.account_turns.take(bucket.as_str(), PATIENCE).await.ok_or_else(Problem::busy)?;
        limits::check(&app.db, app.clock.now(), &bucket, limit).await?;
        Ok(Self {
            counts: vec![(bucket, limit)],
            crowded: None,
            is_known_browser: true,
            principal,
            _turns: vec![turn],
        })
    }

    /// Counts the failure: the password was wrong.
    ///
    /// # Errors
    /// 429 instead of an answer when the network is over its limit.
    pub(super) async fn failed(self, app: &App) -> Result<(), Problem> {
        for (bucket, limit) in &self.counts {
            match limits::count(&app.db, app.clock.now(), bucket, *limit).await {
                Ok(()) | Err(LimitError::TooMany(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.crowded.map_or(Ok(()), |wait| Err(Problem::too_many(wait)))
    }

    /// Forgets earlier slips of the same kind: the password was right.
    pub(super) async fn succeeded(self, app: &App) -> Result<(), Problem> {
        if let Some((bucket, _)) = self.counts.first() {
            limits::forgive(&app.db, bucket).await?;
        }
        Ok(())
    }
}

/// How long the network is over its limit, if it is.
async fn crowded(app: &App, network: &Bucket) -> Result<Option<Duration>, Problem> {
    match limits::check(&app.db, app.clock.now(), network, PER_NETWORK).await {
        Ok(()) => Ok(None),
        Err(LimitError::TooMany(wait)) => Ok(Some(wait)),
        Err(error) => Err(error.into()),
    }
}

/// More attempts wait in a network over its limit than can be looked at soon.
fn crowd() -> Problem {
    Problem::too_many(PATIENCE)
}
