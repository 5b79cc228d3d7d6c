//! Variables of the environment, as they are given.

use std::str::FromStr;
use std::time::Duration;

/// A setting that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The variable has a value the platform cannot use.
    #[error("{name} is set to something unusable: {remedy}")]
    Unusable {
        /// The variable.
        name: &'static str,
        /// What to set instead.
        remedy: &'static str,
    },
    /// The variable belongs to others that are set.
    #[error("{name} is not set, but {because} is: {remedy}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// The variable that asks for it.
        because: &'static str,
        /// What to do.
        remedy: &'static str,
    },
}

/// Variables of the environment; empty ones count as not set.
pub(super) struct Variables<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Variables<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup }
    }

    /// The first of several spellings that is set.
    pub(super) fn text(&self, names: &[&'static str]) -> Option<String> {
        self.named(names).map(|(_, value)| value)
    }

    pub(super) fn named(&self, names: &[&'static str]) -> Option<(&'static str, String)> {
        names.iter().find_map(|&name| {
            let value = (self.lookup)(name)?.trim().to_owned();
            (!value.is_empty()).then_some((name, value))
        })
    }

    pub(super) fn parsed<T: FromStr>(
        &self,
        name: &'static str,
        remedy: &'static str,
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.text(&[name]) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| ConfigError::Unusable { name, remedy })
    }

    pub(super) fn seconds(&self, name: &'static str, default: Duration) -> Result<Duration, ConfigError> {
        let seconds = self.parsed(name, "give a whole number of seconds, such as 25")?;
        Ok(seconds.map_or(default, Duration::from_secs))
    }

    /// How many of something at once: at least one.
    pub(super) fn count(&self, name: &'static str, default: usize) -> Result<usize, ConfigError> {
        let number: Option<usize> = self.parsed(name, "give a number such as 256")?;
        Ok(number.unwrap_or(default).max(1))
    }

    pub(super) fn flag(&self, names: &[&'static str], default: bool) -> Result<bool, ConfigError> {
        let Some((name, value)) = self.named(names) else { return Ok(default) };
        match value.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err(ConfigError::Unusable { name, remedy: "give true or false" }),
        }
    }
}
