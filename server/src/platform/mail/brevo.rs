//! Brevo's interface for single mails: `POST /v3/smtp/email`.
//!
//! The identifier of the mail goes along as `idempotencyKey`: what Brevo has accepted with it in the last quarter of an
//! hour it refuses as `duplicate_parameter`, which here means that the mail is on its way.

use axum::http::{Method, Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::message::{AUTO_SUBMITTED, message_id};
use super::model::{Mail, MailSettings, NotCarried};

/// Most that is read of an answer.
const LONGEST_ANSWER: usize = 64 * 1024;

pub(super) async fn send(
    (url, key): (&str, &SecretString),
    settings: &MailSettings,
    mail: &Mail,
) -> Result<(), NotCarried> {
    let away = |error: &dyn std::error::Error| NotCarried::for_now("mail-away", chain(error));
    let connector = HttpsConnectorBuilder::new().with_native_roots().map_err(|error| away(&error))?;
    // A connection a mail: they are few, and one that was idle for long may be dead.
    let client =
        Client::builder(TokioExecutor::new()).build(connector.https_or_http().enable_http1().build());
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{url}/v3/smtp/email"))
        .header("api-key", key.expose_secret())
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body(Full::new(Bytes::from(body(settings, mail))))
        .map_err(|error| NotCarried::for_good("mail-refused", error))?;
    let answer = client.request(request).await.map_err(|error| away(&error))?;
    let (status, body) = (answer.status(), Limited::new(answer.into_body(), LONGEST_ANSWER).collect().await);
    // What is accepted is accepted, even if the rest of the answer is lost.
    let said = body.map(|body| body.to_bytes()).unwrap_or_default();
    judge(status, &said)
}

fn body(settings: &MailSettings, mail: &Mail) -> String {
    let (sender, to) = (&settings.sender, &mail.to);
    let body = json!({
        "sender": { "name": sender.name, "email": sender.email },
        "to": [{ "name": to.name, "email": to.email }],
        "subject": mail.subject,
        "textContent": mail.text,
        "htmlContent": mail.html,
        "headers": {
            "idempotencyKey": mail.id,
            "Message-ID": message_id(settings, mail),
            (AUTO_SUBMITTED.0): AUTO_SUBMITTED.1,
        },
    });
    body.to_string()
}

/// What Brevo says when it refuses.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    code: String,
    message: String,
}

fn judge(status: StatusCode, said: &[u8]) -> Result<(), NotCarried> {
    let Refusal { code, message } = serde_json::from_slice(said).unwrap_or_default();
    if status.is_success() || (status == StatusCode::BAD_REQUEST && code == "duplicate_parameter") {
        return Ok(());
    }
    let said = format!("{} {code} {message}", status.as_u16());
    Err(match status.as_u16() {
        401 | 403 => NotCarried::for_good("mail-key-refused", said),
        402 => NotCarried::for_now("mail-no-credit", said),
        429 => NotCarried::for_now("mail-too-many", said),
        408 | 500.. => NotCarried::for_now("mail-service-failing", said),
        _ => NotCarried::for_good("mail-refused", said),
    })
}

/// The error with what is underneath it.
fn chain(error: &dyn std::error::Error) -> String {
    let under = error.source().map(|source| format!(": {}", chain(source)));
    format!("{error}{}", under.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(status: u16, said: &str) -> Option<(&'static str, bool)> {
        let judged = judge(StatusCode::from_u16(status).unwrap(), said.as_bytes());
        judged.err().map(|error| (error.code, error.is_final))
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(code(201, r#"{"messageId":"<1@x>"}"#), None);
        assert_eq!(code(400, r#"{"code":"duplicate_parameter","message":"idempotencyKey"}"#), None);
        assert_eq!(
            code(400, r#"{"code":"invalid_parameter","message":"email is not valid"}"#),
            Some(("mail-refused", true))
        );
        assert_eq!(
            code(401, r#"{"code":"unauthorized","message":"Key not found"}"#),
            Some(("mail-key-refused", true))
        );
        assert_eq!(code(402, ""), Some(("mail-no-credit", false)));
        assert_eq!(code(429, "<html>"), Some(("mail-too-many", false)));
        assert_eq!(code(503, ""), Some(("mail-service-failing", false)));
    }
}
