//! Reading and checking variables, including the spellings older deployments use.

mod mail;
mod secret_key;
mod sessions;
mod storage;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::variables::{ConfigError, Variables};
use super::{
    Config, DEFAULT_BODY_PATIENCE, DEFAULT_CONNECTIONS, DEFAULT_CONNECTIONS_PER_ADDRESS, DEFAULT_DRAIN,
    DEFAULT_HOST, DEFAULT_LINK_DAYS, DEFAULT_LONGEST_RECORDING_HOURS, DEFAULT_PORT, DEFAULT_REQUEST,
    DEFAULT_REQUESTS_PER_ADDRESS, DEFAULT_WRITE, DIRECT_HEADER, FirstAdmin, ListenLimits, Operator,
    PROXIED_HEADER,
};
use crate::platform::db::{DatabaseUrl, Tls};
use crate::platform::work_pool::WorkLimits;

pub use sessions::{SessionLimit, SessionLimits};
pub use storage::Storage;

pub(super) fn config(variables: &Variables<'_>) -> Result<Config, ConfigError> {
    let on_railway = variables.named(&["RAILWAY_ENVIRONMENT_NAME", "RAILWAY_ENVIRONMENT"]).is_some();
    let host: Option<IpAddr> = variables.parsed("HOST", "give an address such as 127.0.0.1 or ::")?;
    let port = variables.parsed("PORT", "give a number from 0 to 65535")?.unwrap_or(DEFAULT_PORT);
    let app_url = app_url(variables, port)?;
    let secure_by_default = on_railway || app_url.starts_with("https://");
    let client_header = variables.text(&["CLIENT_IP_HEADER"]).or(on_railway.then(|| "x-real-ip".to_owned()));
    let client_header = client_header.map(|name| name.to_ascii_lowercase());
    let link_days =
        variables.parsed("LINK_DAYS", "give a whole number of days, such as 90, or 0 for no end")?;
    let data = variables.text(&["DATA_DIR"]).unwrap_or_else(|| "data".to_owned());
    Ok(Config {
        listen: SocketAddr::new(host.unwrap_or(DEFAULT_HOST), port),
        listen_is_chosen: host.is_some(),
        listen_limits: listen_limits(variables, client_header.is_some())?,
        database: database(variables, &data, on_railway)?,
        storage: storage::storage(variables, &data)?,
        requests_per_address: variables.count("MAX_REQUESTS_PER_ADDRESS", DEFAULT_REQUESTS_PER_ADDRESS)?,
        work_limits: work_limits(variables)?,
        body_patience: variables.seconds("BODY_TIMEOUT_SECS", DEFAULT_BODY_PATIENCE)?,
        longest_recording: longest_recording(variables)?,
        mail: mail::mail(variables, &app_url)?,
        app_url,
        secure_cookies: variables.flag(&["COOKIE_SECURE", "SESSION_COOKIE_SECURE"], secure_by_default)?,
        client_header,
        first_admin: first_admin(variables)?,
        secret_key: secret_key::current(variables, &data, production(variables, on_railway))?,
        previous_secret_key: secret_key::previous(variables)?,
        sessions: sessions::limits(variables)?,
        link_days: link_days.unwrap_or(DEFAULT_LINK_DAYS),
        is_sign_up_open: variables.flag(&["ALLOW_PUBLIC_SIGNUP"], false)?,
        operator: operator(variables)?,
        log: log(variables)?,
    })
}

fn operator(variables: &Variables<'_>) -> Result<Operator, ConfigError> {
    Ok(Operator {
        name: variables.text(&["OPERATOR_NAME"]),
        contact: variables.text(&["OPERATOR_CONTACT"]),
        backup_days: variables.parsed("BACKUP_DAYS", "give a whole number of days, such as 35")?,
    })
}

fn log(variables: &Variables<'_>) -> Result<String, ConfigError> {
    let Some((name, value)) = variables.named(&["LOG", "RUST_LOG"]) else { return Ok("info".to_owned()) };
    let remedy = "give a level such as info or debug, or levels by part such as warn,oxi=debug";
    EnvFilter::try_new(&value).map(|_| value).map_err(|_| ConfigError::Unusable { name, remedy })
}

fn listen_limits(variables: &Variables<'_>, is_proxied: bool) -> Result<ListenLimits, ConfigError> {
    let per_address = variables.count("MAX_CONNECTIONS_PER_ADDRESS", DEFAULT_CONNECTIONS_PER_ADDRESS)?;
    let header = if is_proxied { PROXIED_HEADER } else { DIRECT_HEADER };
    Ok(ListenLimits {
        header: variables.seconds("HEADER_TIMEOUT_SECS", header)?,
        write: variables.seconds("WRITE_TIMEOUT_SECS", DEFAULT_WRITE)?,
        request: variables.seconds("REQUEST_TIMEOUT_SECS", DEFAULT_REQUEST)?,
        connections: variables.count("MAX_CONNECTIONS", DEFAULT_CONNECTIONS)?,
        connections_per_address: (!is_proxied).then_some(per_address),
        drain: variables.seconds("DRAIN_SECS", DEFAULT_DRAIN)?,
    })
}

/// Less memory than this could not hold the body of one upload and draw one picture.
const LEAST_WORK_MEMORY_MB: u64 = 96;

fn work_limits(variables: &Variables<'_>) -> Result<WorkLimits, ConfigError> {
    let (name, remedy) = ("WORK_MEMORY_MB", "give a whole number of megabytes from 96 on, such as 256");
    let megabytes: Option<u64> = variables.parsed(name, remedy)?;
    match megabytes.map(|megabytes| megabytes.checked_mul(1_000_000)) {
        None => Ok(WorkLimits::with_memory(WorkLimits::DEFAULT_MEMORY_BYTES)),
        Some(Some(bytes)) if bytes >= LEAST_WORK_MEMORY_MB * 1_000_000 => Ok(WorkLimits::with_memory(bytes)),
        Some(_) => Err(ConfigError::Unusable { name, remedy }),
    }
}

fn longest_recording(variables: &Variables<'_>) -> Result<Duration, ConfigError> {
    let (name, remedy) = ("MAX_RECORDING_HOURS", "give a whole number of hours from 1 on, such as 72");
    let hours: u32 = variables.parsed(name, remedy)?.unwrap_or(DEFAULT_LONGEST_RECORDING_HOURS);
    if hours == 0 {
        return Err(ConfigError::Unusable { name, remedy });
    }
    Ok(Duration::from_hours(hours.into()))
}

/// The public address as browsers write an origin, with which it is compared: in lower case, without the usual port.
fn app_url(variables: &Variables<'_>, port: u16) -> Result<String, ConfigError> {
    let domain = || variables.text(&["RAILWAY_PUBLIC_DOMAIN"]).map(|domain| format!("https://{domain}"));
    let url =
        variables.text(&["APP_URL"]).or_else(domain).unwrap_or_else(|| format!("http://localhost:{port}"));
    let url = url.trim_end_matches('/').to_lowercase();
    let usual_port = if url.starts_with("https://") { ":443" } else { ":80" };
    let url = url.strip_suffix(usual_port).unwrap_or(&url);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' '])) {
        return Ok(url.to_owned());
    }
    let remedy = "give the public address without a path, such as https://oxi.example.ro";
    Err(ConfigError::Unusable { name: "APP_URL", remedy })
}

fn database(variables: &Variables<'_>, data: &str, on_railway: bool) -> Result<DatabaseUrl, ConfigError> {
    let name = "DATABASE_URL";
    let Some(url) = variables.text(&[name]) else {
        if on_railway {
            let remedy = "add a PostgreSQL service and reference its DATABASE_URL; local files are lost at each deploy";
            return Err(ConfigError::Missing { name, because: "RAILWAY_ENVIRONMENT_NAME", remedy });
        }
        return Ok(DatabaseUrl::Sqlite(format!("{data}/oxi.db")));
    };
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return postgres(variables, &url, on_railway);
    }
    match url.strip_prefix("sqlite:") {
        Some(path) => Ok(DatabaseUrl::Sqlite(path.trim_start_matches("//").to_owned())),
        None => Err(ConfigError::Unusable {
            name,
            remedy: "give postgres://user:password@host/name or sqlite:file",
        }),
    }
}

/// The variable that says that this is production, if any does.
fn production(variables: &Variables<'_>, on_railway: bool) -> Option<&'static str> {
    let is_flask = variables.text(&["FLASK_ENV"]).as_deref() == Some("production");
    on_railway.then_some("RAILWAY_ENVIRONMENT_NAME").or(is_flask.then_some("FLASK_ENV"))
}

/// In production the connection is protected unless the operator says otherwise.
fn postgres(variables: &Variables<'_>, url: &str, on_railway: bool) -> Result<DatabaseUrl, ConfigError> {
    let remedy = "give disable, prefer, require, verify-ca or verify-full";
    let tls: Option<Tls> = variables.parsed("DATABASE_TLS", remedy)?;
    let in_production = production(variables, on_railway).is_some();
    let is_chosen_elsewhere = variables.text(&["PGSSLMODE"]).is_some();
    Ok(DatabaseUrl::postgres(url, tls, in_production && !is_chosen_elsewhere))
}

fn first_admin(variables: &Variables<'_>) -> Result<Option<FirstAdmin>, ConfigError> {
    let email = variables.text(&["ADMIN_EMAIL"]);
    let password = variables.text(&["ADMIN_PASSWORD"]);
    let remedy = "set both or neither";
    match (email, password) {
        (None, None) => Ok(None),
        (Some(_), None) => {
            Err(ConfigError::Missing { name: "ADMIN_PASSWORD", because: "ADMIN_EMAIL", remedy })
        }
        (None, Some(_)) => {
            Err(ConfigError::Missing { name: "ADMIN_EMAIL", because: "ADMIN_PASSWORD", remedy })
        }
        (Some(email), Some(password)) => {
            let name = variables.text(&["ADMIN_NAME"]).unwrap_or_else(|| "Administrator".to_owned());
            Ok(Some(FirstAdmin { email: email.to_lowercase(), password: password.into(), name }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let lookup =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(lookup)
    }

    const KEY_GIVEN: (&str, &str) =
        ("SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    #[test]
    fn without_any_variable_everything_is_local() {
        let config = read(&[]).unwrap();
        assert!(
            matches!(config.storage, Storage::Folder(_)) && matches!(config.database, DatabaseUrl::Sqlite(_))
        );
        assert_eq!((config.listen.to_string().as_str(), config.secure_cookies), ("[::]:8080", false));
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        assert!(matches!(read(&[("S3_ENDPOINT", " ")]).unwrap().storage, Storage::Folder(_)));
    }

    #[test]
    fn the_spellings_of_older_deployments_are_understood() {
        let config = read(&[
            ("R2_ACCOUNT_ID", "abc"),
            ("R2_ACCESS_KEY_ID", "id"),
            ("R2_SECRET_ACCESS_KEY", "secret"),
            ("R2_BUCKET_NAME", "nights"),
            ("SESSION_COOKIE_SECURE", "True"),
        ]);
        let config = config.unwrap();
        let Storage::S3(s3) = config.storage else { panic!("storage should be S3") };
        assert_eq!(
            (s3.endpoint.as_str(), s3.bucket.as_str()),
            ("https://abc.r2.cloudflarestorage.com", "nights")
        );
        assert!(config.secure_cookies);
    }

    #[test]
    fn half_a_set_of_storage_variables_names_the_missing_one() {
        let error = read(&[("S3_ENDPOINT", "http://s3"), ("S3_BUCKET_NAME", "b"), ("S3_ACCESS_KEY_ID", "k")]);
        assert!(error.unwrap_err().to_string().starts_with("S3_SECRET_ACCESS_KEY is not set"));
    }

    #[test]
    fn one_half_of_the_first_administrator_names_the_other() {
        let error = read(&[("ADMIN_EMAIL", "a@example.ro")]).unwrap_err();
        assert!(error.to_string().starts_with("ADMIN_PASSWORD is not set"));
    }

    #[test]
    fn unusable_values_are_named_with_a_remedy() {
        for (name, value) in [
            ("PORT", "eighty"),
            ("HOST", "here"),
            ("DATABASE_URL", "mysql://x"),
            ("APP_URL", "nowhere"),
            ("COOKIE_SECURE", "maybe"),
            ("DRAIN_SECS", "-1"),
            ("LINK_DAYS", "soon"),
            ("MAX_CONNECTIONS", "many"),
            ("LOG", "louder==="),
            ("BODY_TIMEOUT_SECS", "soon"),
            ("WORK_MEMORY_MB", "95"),
            ("MAX_RECORDING_HOURS", "0"),
            ("MAX_CONNECTIONS_PER_ADDRESS", "few"),
            ("WRITE_TIMEOUT_SECS", "soon"),
            ("SESSION_HOURS", "0"),
            ("PERMANENT_SESSION_LIFETIME", "for ever"),
            ("SECRET_KEY", "dev-"),
            ("SECRET_KEY_PREVIOUS", "00000000000000000000000000000000"),
        ] {
            let error = read(&[(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with(name) && !error.contains(value), "{error}");
        }
    }

    #[test]
    fn on_railway_cookies_are_secure_and_local_data_is_refused() {
        let railway = ("RAILWAY_ENVIRONMENT_NAME", "production");
        assert!(read(&[railway]).unwrap_err().to_string().starts_with("DATABASE_URL is not set"));
        let database = ("DATABASE_URL", "postgres://u:p@h/d");
        let config = read(&[railway, database, KEY_GIVEN]).unwrap();
        assert!(config.secure_cookies && config.client_header.as_deref() == Some("x-real-ip"));
    }

    #[test]
    fn the_public_address_is_written_as_browsers_write_it() {
        for (given, read_as) in [
            ("https://oxi.example.ro/", "https://oxi.example.ro"),
            ("HTTPS://Oxi.Example.RO:443", "https://oxi.example.ro"),
            ("http://oxi.lan:80/", "http://oxi.lan"),
            ("http://oxi.lan:443", "http://oxi.lan:443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(read(&[("APP_URL", given)]).unwrap().app_url, read_as, "{given}");
        }
    }

    #[test]
    fn in_production_a_database_elsewhere_needs_tls_unless_the_operator_says_otherwise() {
        use secrecy::ExposeSecret as _;
        let tls = |variables: &[(&str, &str)], url: &str| {
            let all = [variables, &[("DATABASE_URL", url), KEY_GIVEN]].concat();
            let DatabaseUrl::Postgres(address) = read(&all).unwrap().database else { panic!("{url}") };
            address.expose_secret().strip_prefix(url).unwrap().to_owned()
        };
        let (away, here) = ("postgres://u:p@db/d", "postgres://u:p@localhost/d");
        let productions =
            [("RAILWAY_ENVIRONMENT", "x"), ("RAILWAY_ENVIRONMENT_NAME", "x"), ("FLASK_ENV", "production")];
        for production in productions {
            assert_eq!(tls(&[production], away), "?sslmode=require", "{production:?}");
            assert_eq!(tls(&[production], here), "", "{production:?}");
            assert_eq!(tls(&[production], "postgres://u:p@db/d?sslmode=prefer"), "");
            assert_eq!(tls(&[production, ("DATABASE_TLS", "disable")], away), "?sslmode=disable");
            assert_eq!(tls(&[production, ("PGSSLMODE", "verify-full")], away), "");
        }
        assert_eq!(tls(&[], away), "");
        assert_eq!(tls(&[("FLASK_ENV", "development")], away), "");
        assert_eq!(tls(&[("DATABASE_TLS", "VERIFY-FULL")], here), "?sslmode=verify-full");
    }

    #[test]
    fn an_unusable_protection_of_the_database_is_named() {
        let error = read(&[("DATABASE_URL", "postgres://u@db/d"), ("DATABASE_TLS", "yes")]).unwrap_err();
        assert!(error.to_string().starts_with("DATABASE_TLS is set to something unusable"), "{error}");
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let config = read(&[
            ("DATABASE_URL", "postgres://u:hunter2@h/d"),
            ("S3_ENDPOINT", "http://s3"),
            ("S3_BUCKET_NAME", "b"),
            ("S3_ACCESS_KEY_ID", "k"),
            ("S3_SECRET_ACCESS_KEY", "hunter2"),
            ("ADMIN_EMAIL", "a@example.ro"),
            ("ADMIN_PASSWORD", "hunter2"),
            ("SECRET_KEY", "hunter2 and thirty other characters"),
        ]);
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
