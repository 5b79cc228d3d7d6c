//! Where the files are kept.

use std::path::{Path, PathBuf};

use crate::config::variables::{ConfigError, Variables};
use crate::platform::blobs::S3Settings;

/// Where uploaded files are kept.
#[derive(Clone, Debug)]
pub enum Storage {
    /// In a local folder.
    Folder(PathBuf),
    /// In a bucket of an S3 service.
    S3(S3Settings),
}

const ENDPOINT: [&str; 3] = ["S3_ENDPOINT", "R2_ENDPOINT", "R2_ENDPOINT_URL"];
const BUCKET: [&str; 2] = ["S3_BUCKET_NAME", "R2_BUCKET_NAME"];
const KEY: [&str; 2] = ["S3_ACCESS_KEY_ID", "R2_ACCESS_KEY_ID"];
const SECRET: [&str; 2] = ["S3_SECRET_ACCESS_KEY", "R2_SECRET_ACCESS_KEY"];
const REGION: [&str; 2] = ["S3_REGION", "R2_REGION"];
const ACCOUNT: [&str; 1] = ["R2_ACCOUNT_ID"];

/// S3 as soon as any of its variables is set; half a set is a mistake and must not end in a local folder.
pub(super) fn storage(variables: &Variables<'_>, data: &str) -> Result<Storage, ConfigError> {
    let asking = [&ENDPOINT[..], &BUCKET, &KEY, &SECRET, &ACCOUNT].into_iter();
    let Some((because, _)) = asking.filter_map(|names| variables.named(names)).next() else {
        return Ok(Storage::Folder(Path::new(data).join("files")));
    };
    let need = |names: &[&'static str]| {
        let missing = ConfigError::Missing {
            name: names[0],
            because,
            remedy: "set it, or remove the other S3_*/R2_* variables",
        };
        variables.text(names).ok_or(missing)
    };
    let account = variables.text(&ACCOUNT).map(|id| format!("https://{id}.r2.cloudflarestorage.com"));
    let endpoint = variables.text(&ENDPOINT).or(account).map_or_else(|| need(&ENDPOINT), Ok)?;
    if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
        let remedy = "give an address such as https://<account>.r2.cloudflarestorage.com";
        return Err(ConfigError::Unusable { name: "S3_ENDPOINT", remedy });
    }
    Ok(Storage::S3(S3Settings {
        endpoint,
        bucket: need(&BUCKET)?,
        access_key_id: need(&KEY)?,
        secret_access_key: need(&SECRET)?.into(),
        region: variables.text(&REGION).unwrap_or_else(|| "auto".to_owned()),
    }))
}
