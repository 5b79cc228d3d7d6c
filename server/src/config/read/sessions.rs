//! How long sessions last.

use std::time::Duration;

use crate::config::variables::{ConfigError, Variables};
use crate::platform::clock::Timestamp;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Usually.
    pub usual: SessionLimit,
    /// Of those who asked to be kept signed in.
    pub remembered: SessionLimit,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimit {
    /// Without a request.
    pub idle: Duration,
    /// In any case.
    pub whole: Duration,
}

impl SessionLimits {
    /// The limit of a session.
    pub fn of(&self, is_remembered: bool) -> SessionLimit {
        if is_remembered { self.remembered } else { self.usual }
    }
}

impl SessionLimit {
    /// Whether a session that began and was last used at these moments still lets in.
    pub fn is_within(self, began_at: Timestamp, last_seen_at: Timestamp, now: Timestamp) -> bool {
        now.since(last_seen_at) <= self.idle && now.since(began_at) <= self.whole
    }
}

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

pub(super) fn limits(variables: &Variables<'_>) -> Result<SessionLimits, ConfigError> {
    let time = |name, unit: Duration, default: u16| {
        let remedy = "give a whole number from 1 on, such as 8";
        match variables.parsed::<u16>(name, remedy)?.unwrap_or(default) {
            0 => Err(ConfigError::Unusable { name, remedy }),
            number => Ok(unit * u32::from(number)),
        }
    };
    Ok(SessionLimits {
        usual: SessionLimit {
            idle: time("SESSION_IDLE_HOURS", HOUR, 8)?,
            whole: time("SESSION_HOURS", HOUR, 24)?,
        },
        remembered: SessionLimit {
            idle: time("REMEMBERED_IDLE_DAYS", DAY, 14)?,
            whole: time("PERMANENT_SESSION_LIFETIME", DAY, 30)?,
        },
    })
}
