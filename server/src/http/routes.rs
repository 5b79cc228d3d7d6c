//! The table of routes. A route cannot be declared without saying who may use it; the table enforces that before the
//! handler runs, and tests walk it.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_request_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::timeout::TimeoutLayer;

use super::context::RequestContext;
use super::identity::Identity;
use super::pace;
use crate::error::Problem;
use crate::state::App;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Anybody; nobody looks who it is, and it works while the database is away. Health and static files.
    Open,
    /// Anybody; the page shows who is signed in.
    Anyone,
    /// Doctors who are signed in.
    SignedIn,
    /// The signed-in doctor who owns what the path names; for others it does not exist.
    Owner,
    /// Administrators; for others it does not exist.
    Admin,
    /// Whoever has opened the patient link that the path names; for others it does not exist.
    PatientLink,
}

/// How much one request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest body in bytes.
    pub body_bytes: usize,
    /// Longest time from the request's header to the answer's.
    pub time: Duration,
}

impl Limits {
    /// For pages and forms: 64 KiB and 30 seconds.
    pub const FORM: Self = Self { body_bytes: 64 << 10, time: Duration::from_secs(30) };
}

/// One route: what the table knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// Path with its places, such as `/recordings/{id}`.
    pub path: &'static str,
    /// Who may use it.
    pub policy: Policy,
    /// What a request may cost.
    pub limits: Limits,
}

/// Routes and their handlers.
#[derive(Clone, Debug, Default)]
pub struct Routes(Vec<(Route, MethodRouter<App>)>);

/// Finds the account of a session secret: given to the table by the application.
pub type Identify =
    fn(App, String) -> Pin<Box<dyn Future<Output = Result<Option<Identity>, Problem>> + Send>>;

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page or download: must change nothing.
    #[must_use]
    pub fn get<T: 'static>(self, path: &'static str, policy: Policy, handler: impl Handler<T, App>) -> Self {
        self.add(Method::GET, path, policy, Limits::FORM, on(MethodFilter::GET, handler))
    }

    /// Adds an action.
    #[must_use]
    pub fn post<T: 'static>(self, path: &'static str, policy: Policy, handler: impl Handler<T, App>) -> Self {
        self.post_within(Limits::FORM, path, policy, handler)
    }

    /// Adds an action with its own limits, such as an upload.
    #[must_use]
    pub fn post_within<T: 'static>(
        self,
        limits: Limits,
        path: &'static str,
        policy: Policy,
        handler: impl Handler<T, App>,
    ) -> Self {
        self.add(Method::POST, path, policy, limits, on(MethodFilter::POST, handler))
    }

    /// Adds all routes of `other`.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// What the table knows about each route.
    pub fn table(&self) -> Vec<Route> {
        self.0.iter().map(|(route, _)| route.clone()).collect()
    }

    /// How many routes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The router: every handler behind its policy and limits.
    pub fn into_router(self, app: &App, identify: Identify) -> Router<App> {
        self.0.into_iter().fold(Router::new(), |router, (route, handler)| {
            let Route { path, policy, limits, .. } = route;
            let guard = Guard { app: app.clone(), policy, limits, identify };
            let handler = handler
                .layer::<_, Infallible>(DefaultBodyLimit::max(limits.body_bytes))
                .layer::<_, Infallible>(map_request_with_state(app.config.body_patience, pace_body))
                .layer::<_, Infallible>(TimeoutLayer::with_status_code(
                    StatusCode::REQUEST_TIMEOUT,
                    limits.time,
                ))
                .layer(from_fn_with_state(guard, check));
            router.route(path, handler)
        })
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        policy: Policy,
        limits: Limits,
        handler: MethodRouter<App>,
    ) -> Self {
        self.0.push((Route { method, path, policy, limits }, handler));
        self
    }
}

#[derive(Clone)]
struct Guard {
    app: App,
    policy: Policy,
    limits: Limits,
    identify: Identify,
}

async fn pace_body(State(patience): State<Duration>, request: Request) -> Request {
    pace::paced(request, patience)
}

async fn check(
    State(guard): State<Guard>,
    context: RequestContext,
    request: Request,
    next: Next,
) -> Response {
    let fits = guard.fits(request.headers());
    match guard.admit(&context).await.and(fits) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

impl Guard {
    async fn admit(&self, context: &RequestContext) -> Result<(), Problem> {
        if self.policy == Policy::Open {
            return Ok(());
        }
        if let Some(token) = context.session_token() {
            context.identify((self.identify)(self.app.clone(), token.to_owned()).await?);
        }
        match self.policy {
            Policy::Open | Policy::Anyone | Policy::PatientLink => Ok(()),
            Policy::SignedIn | Policy::Owner => signed_in(context).map(drop),
            Policy::Admin if signed_in(context)?.is_admin => Ok(()),
            Policy::Admin => Err(Problem::not_found()),
        }
    }

    /// Refuses a body that announces itself as too long before a byte of it is read.
    fn fits(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let too_long = length.is_some_and(|length: u64| length > self.limits.body_bytes as u64);
        if too_long { Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")) } else { Ok(()) }
    }
}

fn signed_in(context: &RequestContext) -> Result<&Identity, Problem> {
    context.identity().ok_or_else(Problem::sign_in_needed)
}
