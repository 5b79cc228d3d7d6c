//! Blobs in a bucket of an S3 service such as Cloudflare R2.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    BehaviorVersion, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
};
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use bytes::Bytes;
use secrecy::{ExposeSecret as _, SecretString};

use super::error::BlobError;
use super::key::BlobKey;

/// Where the bucket is and how to get in.
#[derive(Clone, Debug)]
pub struct S3Settings {
    /// Address of the service, such as `https://<account>.r2.cloudflarestorage.com`.
    pub endpoint: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Public half of the key.
    pub access_key_id: String,
    /// Secret half of the key.
    pub secret_access_key: SecretString,
    /// Region; `auto` for R2.
    pub region: String,
}

#[derive(Clone, Debug)]
pub(super) struct S3 {
    client: Client,
    bucket: String,
}

const CONNECT: Duration = Duration::from_secs(2);
const ATTEMPT: Duration = Duration::from_secs(5);
const OPERATION: Duration = Duration::from_secs(10);

impl S3 {
    pub(super) fn new(settings: &S3Settings) -> Self {
        let http = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let secret = settings.secret_access_key.expose_secret();
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http)
            .endpoint_url(&settings.endpoint)
            .region(Region::new(settings.region.clone()))
            .credentials_provider(Credentials::new(&settings.access_key_id, secret, None, None, "settings"))
            .force_path_style(true)
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(time_limits())
            .build();
        Self { client: Client::from_conf(config), bucket: settings.bucket.clone() }
    }

    /// Whether the object was created; `false` when one is there already.
    pub(super) async fn create(&self, key: &BlobKey, bytes: Bytes) -> Result<bool, BlobError> {
        let put = self.client.put_object().bucket(&self.bucket).key(key.as_str()).if_none_match("*");
        match put.content_type("application/octet-stream").body(ByteStream::from(bytes)).send().await {
            Ok(_) => Ok(true),
            Err(error)
                if matches!(error.code(), Some("PreconditionFailed" | "ConditionalRequestConflict")) =>
            {
                Ok(false)
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    pub(super) async fn get(&self, key: &BlobKey) -> Result<Bytes, BlobError> {
        let get = self.client.get_object().bucket(&self.bucket).key(key.as_str()).send();
        match get.await {
            Ok(found) => {
                let body = tokio::time::timeout(OPERATION, found.body.collect()).await;
                Ok(body.map_err(BlobError::unavailable)?.map_err(BlobError::unavailable)?.into_bytes())
            }
            Err(error) if error.code() == Some("NoSuchKey") => Err(BlobError::Missing(key.clone())),
            Err(error) => Err(unavailable(error)),
        }
    }

    pub(super) async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        let delete = self.client.delete_object().bucket(&self.bucket).key(key.as_str()).send();
        match delete.await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("NoSuchKey") => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }
}

fn time_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(OPERATION)
        .build()
}

/// Keeps the service's own words; they hold no credentials.
fn unavailable<E>(error: SdkError<E>) -> BlobError
where
    E: std::error::Error + Send + Sync + ProvideErrorMetadata + 'static,
{
    BlobError::unavailable(DisplayErrorContext(error).to_string())
}
