//! What is known about one request: language, browser, account. Made once, shared by everything that answers it.

use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, Request};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use super::browser::cookies;
use super::client_ip;
use super::device::{CoarseDevice, Device};
use super::identity::Identity;
use crate::error::Problem;
use crate::i18n::{self, Locale};
use crate::platform::random::fingerprint;
use crate::platform::work_pool::Principal;
use crate::state::App;

/// One request and what is known about who sent it. Clones share it.
#[derive(Clone, Debug)]
pub struct RequestContext(Arc<Known>);

#[derive(Debug)]
struct Known {
    id: String,
    method: Method,
    path: String,
    wants_json: bool,
    session_token: Option<String>,
    browser: Browser,
    device: Device,
    coarse_device: CoarseDevice,
    chosen_locale: Option<Locale>,
    accepted_locale: Option<Locale>,
    network: String,
    identity: OnceLock<Option<Identity>>,
    app: App,
}

/// The browser's own secret: form tokens are made from it, and it tells a known browser from a new one.
#[derive(Debug)]
struct Browser {
    secret: String,
    is_new: bool,
}

/// Name of the session cookie, without prefix.
pub const SESSION_COOKIE: &str = "sid";
/// Name of the language cookie, without prefix.
pub const LANGUAGE_COOKIE: &str = "lang";
/// Name of the cookie that keeps the browser's own secret, without prefix.
pub(super) const BROWSER_COOKIE: &str = "browser";

impl RequestContext {
    pub(super) fn new(app: App, request: &Request) -> Self {
        let headers = request.headers();
        let secure = app.config.secure_cookies;
        let cookie = |name| cookies::read(headers, &cookies::wire_name(name, secure)).map(str::to_owned);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let known = Known {
            id: app.random.id(app.clock.now()).to_string(),
            method: request.method().clone(),
            wants_json: wants_json(headers),
            session_token: cookie(SESSION_COOKIE),
            browser: Browser::of(cookie(BROWSER_COOKIE), &app),
            device: Device::of(headers),
            coarse_device: CoarseDevice::of(headers),
            chosen_locale: cookie(LANGUAGE_COOKIE).as_deref().and_then(Locale::from_tag),
            accepted_locale: header(headers, ACCEPT_LANGUAGE.as_str()).and_then(i18n::from_accept_language),
            network: client_ip::network(headers, request.extensions(), app.config.client_header.as_deref()),
            identity: OnceLock::new(),
            path,
            app,
        };
        Self(Arc::new(known))
    }

    /// The request's identifier: in the log, in the answer's `X-Request-Id`, on the error page.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The request's method.
    pub fn method(&self) -> &Method {
        &self.0.method
    }

    /// Path and query of the request.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Whether the answer should be JSON rather than a page.
    pub fn wants_json(&self) -> bool {
        self.0.wants_json
    }

    /// The network the request comes from, see [`client_ip::network`].
    pub fn network(&self) -> &str {
        &self.0.network
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The secret of the session cookie, if one was sent.
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_deref()
    }

    /// The browser's own secret.
    pub fn browser_secret(&self) -> &str {
        &self.0.browser.secret
    }

    /// Whether this browser has no secret of its own yet.
    pub(super) fn is_new_browser(&self) -> bool {
        self.0.browser.is_new
    }

    /// What stands for this browser in the database.
    pub fn browser_fingerprint(&self) -> String {
        fingerprint(self.browser_secret())
    }

    /// What the browser says it is.
    pub fn device(&self) -> Device {
        self.0.device
    }

    /// [`RequestContext::device`], as little of it as a log of visits keeps.
    pub fn coarse_device(&self) -> CoarseDevice {
        self.0.coarse_device
    }

    /// For whom the request's work is done: the account that is signed in, else the network.
    pub fn principal(&self) -> Principal {
        match self.identity() {
            Some(identity) => Principal::new("account", identity.account_id.as_str()),
            None => Principal::new("network", self.network()),
        }
    }

    /// Who is signed in; `None` before [`RequestContext::identify`] and for everybody else.
    pub fn identity(&self) -> Option<&Identity> {
        self.0.identity.get().and_then(Option::as_ref)
    }

    /// Says who is signed in; only the first call counts.
    pub fn identify(&self, identity: Option<Identity>) {
        _ = self.0.identity.set(identity);
    }

    /// The reader's language: chosen by hand, else the account's, else the browser's, else Romanian.
    pub fn locale(&self) -> Locale {
        let account = || self.identity().and_then(|identity| identity.locale);
        self.0.chosen_locale.or_else(account).or(self.0.accepted_locale).unwrap_or_default()
    }
}

impl Browser {
    fn of(cookie: Option<String>, app: &App) -> Self {
        match cookie.filter(|value| value.len() == 43) {
            Some(secret) => Self { secret, is_new: false },
            None => Self { secret: app.random.secret().expose().to_owned(), is_new: true },
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn wants_json(headers: &HeaderMap) -> bool {
    header(headers, ACCEPT.as_str()).is_some_and(|accept| {
        let json = accept.find("application/json");
        let html = accept.find("text/html");
        json.is_some_and(|json| html.is_none_or(|html| json < html))
    })
}

impl<S: Sync> FromRequestParts<S> for RequestContext {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::internal("the route is outside the context layer"))
    }
}

impl<S: Sync> FromRequestParts<S> for Locale {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(RequestContext::from_request_parts(parts, state).await?.locale())
    }
}
