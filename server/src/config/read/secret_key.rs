//! The key of what the platform seals, and the one of before.

use std::path::Path;

use crate::config::variables::{ConfigError, Variables};
use crate::platform::seal::{KeySource, SecretKey};

const SECRET_KEY: &str = "SECRET_KEY";

/// In production a file would be lost at a deploy, or differ between replicas, and all that it sealed with it;
/// `production` is the variable that says so, if any does.
pub(super) fn current(
    variables: &Variables<'_>,
    data: &str,
    production: Option<&'static str>,
) -> Result<KeySource, ConfigError> {
    match (key(variables, SECRET_KEY)?, production) {
        (Some(given), _) => Ok(KeySource::Given(given)),
        (None, None) => Ok(KeySource::File(Path::new(data).join("secret-key"))),
        (None, Some(because)) => {
            let remedy = "set it to 64 hexadecimal digits, such as `openssl rand -hex 32` prints, the same for all replicas";
            Err(ConfigError::Missing { name: SECRET_KEY, because, remedy })
        }
    }
}

pub(super) fn previous(variables: &Variables<'_>) -> Result<Option<SecretKey>, ConfigError> {
    key(variables, "SECRET_KEY_PREVIOUS")
}

fn key(variables: &Variables<'_>, name: &'static str) -> Result<Option<SecretKey>, ConfigError> {
    let Some(text) = variables.text(&[name]) else { return Ok(None) };
    let remedy = "give 64 hexadecimal digits, such as `openssl rand -hex 32` prints, or 32 other random characters or more";
    SecretKey::parse(&text).map(Some).ok_or(ConfigError::Unusable { name, remedy })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn source(variables: &[(&str, &str)]) -> Result<KeySource, ConfigError> {
        let lookup =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(lookup).map(|config| config.secret_key)
    }

    #[test]
    fn in_production_the_secret_key_must_be_given_and_elsewhere_it_is_a_file() {
        let database = ("DATABASE_URL", "postgres://u:p@h/d");
        let given = ("SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        for production in [("RAILWAY_ENVIRONMENT_NAME", "production"), ("FLASK_ENV", "production")] {
            let error = source(&[production, database]).unwrap_err().to_string();
            assert!(
                error.starts_with("SECRET_KEY is not set") && error.contains("openssl rand -hex 32"),
                "{error}"
            );
            let key = source(&[production, database, given]).unwrap();
            assert!(matches!(key, KeySource::Given(_)), "{production:?}");
        }
        let KeySource::File(path) = source(&[("DATA_DIR", "/srv/oxi")]).unwrap() else {
            panic!("elsewhere a file");
        };
        assert_eq!(path, Path::new("/srv/oxi/secret-key"));
    }
}
