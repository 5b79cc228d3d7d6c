//! Settings, read once from the environment. What is missing or wrong is said at start, by name, with the remedy.

mod read;
mod variables;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use secrecy::SecretString;

use crate::platform::db::DatabaseUrl;
use crate::platform::mail::MailSettings;
use crate::platform::seal::{KeySource, SecretKey};
use crate::platform::work_pool::WorkLimits;

pub use read::{SessionLimit, SessionLimits, Storage};
pub use variables::ConfigError;

/// Everything an operator can set. Holds secrets; its `Debug` form hides them.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on (`HOST`, `PORT`).
    pub listen: SocketAddr,
    /// Whether `HOST` was given: if not, IPv4 alone will do on a machine without IPv6.
    pub listen_is_chosen: bool,
    /// Bounds of the accept loop (`HEADER_TIMEOUT_SECS`, `WRITE_TIMEOUT_SECS`, `REQUEST_TIMEOUT_SECS`, `MAX_CONNECTIONS`,
    /// `MAX_CONNECTIONS_PER_ADDRESS`, `DRAIN_SECS`).
    pub listen_limits: ListenLimits,
    /// The database (`DATABASE_URL`, else a file in `DATA_DIR`).
    pub database: DatabaseUrl,
    /// Where files are kept (`S3_*`, `R2_*`, else a folder in `DATA_DIR`).
    pub storage: Storage,
    /// Most requests of one client address that are being answered at a time, half of them of clients that are not signed
    /// in (`MAX_REQUESTS_PER_ADDRESS`).
    pub requests_per_address: usize,
    /// What requests may use together (`WORK_MEMORY_MB`).
    pub work_limits: WorkLimits,
    /// How long a body may keep the platform waiting (`BODY_TIMEOUT_SECS`), see [`crate::http::pace`].
    pub body_patience: Duration,
    /// Longest recording that is taken in (`MAX_RECORDING_HOURS`).
    pub longest_recording: Duration,
    /// Who carries mails, if anybody (`BREVO_*`, `SMTP_URL` or `MAIL_FOLDER`, `SENDER_*`, `MAIL_TIMEOUT_SECS`).
    pub mail: Option<MailSettings>,
    /// Address under which people reach the platform, without a slash at the end (`APP_URL`).
    pub app_url: String,
    /// Whether cookies are only sent over HTTPS (`COOKIE_SECURE`).
    pub secure_cookies: bool,
    /// Header in which the proxy in front writes the client's address (`CLIENT_IP_HEADER`), lower case.
    pub client_header: Option<String>,
    /// The first administrator (`ADMIN_EMAIL`, `ADMIN_PASSWORD`, `ADMIN_NAME`).
    pub first_admin: Option<FirstAdmin>,
    /// The key of what the platform seals (`SECRET_KEY`, else a file in `DATA_DIR`).
    pub secret_key: KeySource,
    /// The key of before, whose seals still open (`SECRET_KEY_PREVIOUS`).
    pub previous_secret_key: Option<SecretKey>,
    /// How long sessions last (`SESSION_IDLE_HOURS`, `SESSION_HOURS`, `REMEMBERED_IDLE_DAYS`,
    /// `PERMANENT_SESSION_LIFETIME`).
    pub sessions: SessionLimits,
    /// Days a new patient link works unless its doctor says otherwise; 0: until it is closed (`LINK_DAYS`).
    pub link_days: u16,
    /// Whether strangers may ask for an account (`ALLOW_PUBLIC_SIGNUP`).
    pub is_sign_up_open: bool,
    /// Who runs the platform, and for how long copies of it are kept (`OPERATOR_NAME`, `OPERATOR_CONTACT`, `BACKUP_DAYS`).
    pub operator: Operator,
    /// What to log (`LOG`).
    pub log: String,
}

/// Bounds of the accept loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenLimits {
    /// Longest time for a request's header to arrive; also how long an idle connection is kept.
    pub header: Duration,
    /// Longest time in which a client takes nothing of its answer.
    pub write: Duration,
    /// Longest time from a request's header to the end of its answer.
    pub request: Duration,
    /// Most connections at a time.
    pub connections: usize,
    /// Most connections from one address (of IPv6 one /64); `None` behind a proxy, where all come from one.
    pub connections_per_address: Option<usize>,
    /// Longest time for running requests to finish after the stop signal.
    pub drain: Duration,
}

/// Who runs the platform, for its users. What is not set is shown as not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    /// Name and address.
    pub name: Option<String>,
    /// Where questions about data go: an address or a telephone number.
    pub contact: Option<String>,
    /// Days after which no backup holds any more what was erased.
    pub backup_days: Option<u16>,
}

/// The administrator to create when there are no accounts yet.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    /// E-mail address, lower case.
    pub email: String,
    /// Password.
    pub password: SecretString,
    /// Name.
    pub name: String,
}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// [`ConfigError`] names the variable and what to do about it.
    pub fn from_environment() -> Result<Self, ConfigError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads settings from any source of variables.
    ///
    /// # Errors
    /// [`ConfigError`] names the variable and what to do about it.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        read::config(&variables::Variables::new(&lookup))
    }
}

const DEFAULT_HOST: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
const DEFAULT_PORT: u16 = 8080;
const DEFAULT_LINK_DAYS: u16 = 90;
const DEFAULT_CONNECTIONS: usize = 1024;
/// A hospital behind one address: forty people with six connections each.
const DEFAULT_CONNECTIONS_PER_ADDRESS: usize = 256;
/// A hospital behind one address: forty people with three requests each, which take a second.
const DEFAULT_REQUESTS_PER_ADDRESS: usize = 128;
/// The slowest network that works at all moves within this time.
const DEFAULT_WRITE: Duration = Duration::from_secs(30);
/// The longest upload, and its answer.
const DEFAULT_REQUEST: Duration = Duration::from_mins(15);
const DEFAULT_BODY_PATIENCE: Duration = Duration::from_secs(15);
/// Three nights in one file, with the days between them.
const DEFAULT_LONGEST_RECORDING_HOURS: u32 = 72;
const DEFAULT_DRAIN: Duration = Duration::from_secs(25);
/// Facing clients directly: a header that takes longer is an attack.
const DIRECT_HEADER: Duration = Duration::from_secs(10);
/// Behind a proxy that keeps connections for 60 s: longer than the proxy, or it may reuse one just as it closes.
const PROXIED_HEADER: Duration = Duration::from_secs(75);
