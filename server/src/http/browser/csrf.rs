//! Forms may only come from the platform's own pages: a header check for every request that changes something, and a
//! token in every form.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::identity::Identity;
use crate::http::pace::{TooSlow, comes_from};
use crate::http::routes::{Access, Operation, Packing, Reads};
use crate::state::App;

/// Name of the form field and, with `x-` in front and `-token` behind, of the header that carry the token.
pub const FIELD: &str = "csrf";
/// The header in which scripts may send the token instead.
pub const HEADER: &str = "x-csrf-token";
/// Between the secret of the token and the clinic of the form.
const BEFORE_CLINIC: char = '.';

/// The token for forms of this browser and session: of use to nobody who cannot read both cookies. Behind it stands the
/// clinic in which the reader works, so that a form never writes into another one, should that have changed in another
/// tab meanwhile.
pub fn token(context: &RequestContext) -> String {
    format!("{}{BEFORE_CLINIC}{}", secret(context), clinic_of(context))
}

fn clinic_of(context: &RequestContext) -> &str {
    context.identity().and_then(Identity::standing).map_or("", |standing| standing.clinic_id.as_str())
}

fn secret(context: &RequestContext) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(context.browser_secret().as_bytes()).expect("any key fits");
    mac.update(b"form\0");
    mac.update(context.session_token().unwrap_or_default().as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Checks form tokens that arrive by other ways than [`Form`], such as a field of a multipart upload.
#[derive(Clone, Debug)]
pub struct FormGuard {
    expected: String,
    /// The clinic that the form must be of, where the route works in one.
    clinic: Option<String>,
    header: Option<String>,
    failure: Problem,
}

impl FormGuard {
    /// Passes when `presented` is the token of this browser and session and, where the route works in a clinic, of the
    /// one in which the asker works now.
    ///
    /// # Errors
    /// [`Problem::forged`] otherwise; a browser without cookies is told so. 409 when only the clinic is another.
    pub fn check(&self, presented: &str) -> Result<(), Problem> {
        let (secret, clinic) = presented.split_once(BEFORE_CLINIC).unwrap_or((presented, ""));
        if !bool::from(self.expected.as_bytes().ct_eq(secret.as_bytes())) {
            return Err(self.failure.clone());
        }
        match &self.clinic {
            Some(active) if active != clinic => Err(Problem::new(StatusCode::CONFLICT, "other-clinic")),
            _ => Ok(()),
        }
    }

    /// Passes when the `X-CSRF-Token` header carries the token.
    ///
    /// # Errors
    /// As [`FormGuard::check`].
    pub fn check_header(&self) -> Result<(), Problem> {
        self.check(self.header.as_deref().unwrap_or_default())
    }

    /// Whether the request carries a token in its header.
    pub fn has_header(&self) -> bool {
        self.header.is_some()
    }
}

impl FromRequestParts<App> for FormGuard {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let context = RequestContext::from_request_parts(parts, app).await?;
        let header = parts.headers.get(HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let is_in_clinic = parts.extensions.get::<Access>().is_some_and(|access| access.is_in_clinic());
        let clinic = is_in_clinic.then(|| clinic_of(&context).to_owned());
        Ok(Self { expected: secret(&context), clinic, header, failure: failure(&context) })
    }
}

/// What is told when the token is not right: without the browser's cookie none could be.
fn failure(context: &RequestContext) -> Problem {
    let config = &context.app().config;
    match (context.is_new_browser(), config.secure_cookies) {
        (false, _) => Problem::forged(),
        (true, false) => Problem::new(StatusCode::FORBIDDEN, "cookie-missing"),
        (true, true) => {
            let problem = Problem::new(StatusCode::FORBIDDEN, "cookie-needs-https");
            problem.arg("address", config.app_url.as_str())
        }
    }
}

/// The fields of a form whose token was right.
#[derive(Clone, Debug)]
pub struct Form<T>(pub T);

#[derive(Deserialize)]
struct TokenField {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let guard = FormGuard::from_request_parts(&mut parts, app).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|rejection| unreadable(&rejection))?;
        if guard.has_header() {
            guard.check_header()?;
        } else {
            let TokenField { csrf } =
                serde_urlencoded::from_bytes(&body).map_err(|_| Problem::bad_request())?;
            guard.check(&csrf)?;
        }
        serde_urlencoded::from_bytes(&body).map(Self).map_err(|_| Problem::bad_request())
    }
}

impl<T: DeserializeOwned> Reads for Form<T> {
    fn read(operation: &mut Operation) {
        operation.read_form::<T>(Packing::Encoded);
    }
}

/// The token is said of every form.
impl Reads for FormGuard {
    fn read(_: &mut Operation) {}
}

fn unreadable(rejection: &BytesRejection) -> Problem {
    if comes_from::<TooSlow>(rejection) {
        return Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow");
    }
    let is_too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(rejection.status(), if is_too_large { "too-large" } else { "bad-request" })
}
