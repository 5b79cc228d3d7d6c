//! The table of routes. A route is declared with the proof that its handler takes; the guard makes the proof before the
//! handler runs, the table prints what the proof asks for, and tests walk it.

mod access;
mod endpoint;
mod fields;
mod operation;
mod proof;

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_request_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::timeout::TimeoutLayer;

use super::context::RequestContext;
use super::identity::Identity;
use super::kept::{self, Kept};
use super::pace;
use crate::error::Problem;
use crate::platform::under_way::Place;
use crate::state::App;

pub use access::{Access, Realm, Role, Scope};
pub use endpoint::Endpoint;
pub use fields::{Field, Kind, fields_of};
pub use operation::{Answers, Form, Operation, Packing, Reads, Reply};
pub use proof::{Anybody, Proof, Visitor};

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

    /// Refuses a body that announces itself as too long before a byte of it is read.
    fn fit(self, headers: &HeaderMap) -> Result<(), Problem> {
        let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let too_long = length.is_some_and(|length: u64| length > self.body_bytes as u64);
        if too_long { Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")) } else { Ok(()) }
    }
}

/// One route: what the table knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// Path with its places, such as `/recordings/{id}`.
    pub path: &'static str,
    /// Who may use it: what its proof asks for.
    pub access: Access,
    /// What a request may cost.
    pub limits: Limits,
    /// What its handler reads and answers.
    pub operation: Operation,
}

/// As a line of a table: `GET /recordings/{id}: account, own`.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.method, self.path, self.access)
    }
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

    /// Adds a page or download: must change nothing. Its handler takes the proof `P` first.
    ///
    /// ```
    /// use oxi_server::http::auth::SignedIn;
    /// use oxi_server::http::routes::Routes;
    ///
    /// async fn page(_: SignedIn) -> &'static str {
    ///     "for doctors alone"
    /// }
    /// let routes = Routes::new().get::<SignedIn, _>("/page", page);
    /// assert_eq!(routes.table()[0].to_string(), "GET /page: account");
    /// ```
    ///
    /// A handler that does without the proof of its route does not compile:
    ///
    /// ```compile_fail,E0277
    /// use oxi_server::http::auth::SignedIn;
    /// use oxi_server::http::routes::Routes;
    ///
    /// async fn page() -> &'static str {
    ///     "for doctors alone"
    /// }
    /// let routes = Routes::new().get::<SignedIn, _>("/page", page);
    /// ```
    ///
    /// Nor does one that takes another:
    ///
    /// ```compile_fail,E0277
    /// use oxi_server::http::auth::{Admin, SignedIn};
    /// use oxi_server::http::routes::Routes;
    ///
    /// async fn page(_: SignedIn) -> &'static str {
    ///     "for administrators alone"
    /// }
    /// let routes = Routes::new().get::<Admin, _>("/page", page);
    /// ```
    #[must_use]
    pub fn get<P: Proof, T: 'static>(self, path: &'static str, handler: impl Endpoint<P, T>) -> Self {
        self.add::<P, T, _>((Method::GET, MethodFilter::GET), path, Limits::FORM, handler)
    }

    /// Adds an action. Its handler takes the proof `P` first.
    #[must_use]
    pub fn post<P: Proof, T: 'static>(self, path: &'static str, handler: impl Endpoint<P, T>) -> Self {
        self.post_within::<P, T>(Limits::FORM, path, handler)
    }

    /// Adds an action with its own limits, such as an upload.
    #[must_use]
    pub fn post_within<P: Proof, T: 'static>(
        self,
        limits: Limits,
        path: &'static str,
        handler: impl Endpoint<P, T>,
    ) -> Self {
        self.add::<P, T, _>((Method::POST, MethodFilter::POST), path, limits, handler)
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

    /// The router: every handler behind its proof and limits.
    pub fn into_router(self, app: &App, identify: Identify) -> Router<App> {
        self.0.into_iter().fold(Router::new(), |router, (route, handler)| {
            let Route { path, access, limits, .. } = route;
            let handler = handler
                .layer::<_, Infallible>(DefaultBodyLimit::max(limits.body_bytes))
                .layer::<_, Infallible>(map_request_with_state(app.config.body_patience, pace_body))
                .layer::<_, Infallible>(TimeoutLayer::with_status_code(
                    StatusCode::REQUEST_TIMEOUT,
                    limits.time,
                ));
            let introduction = Introduction { app: app.clone(), identify };
            let handler = match access.realm {
                Realm::Open => handler,
                _ => handler.layer(from_fn_with_state(introduction, introduce)),
            };
            router.route(path, handler)
        })
    }

    fn add<P: Proof, T: 'static, E: Endpoint<P, T>>(
        mut self,
        (method, filter): (Method, MethodFilter),
        path: &'static str,
        limits: Limits,
        endpoint: E,
    ) -> Self {
        let handler = async move |State(app): State<App>, request: Request| {
            guarded(endpoint, limits, app, request).await
        };
        let route = Route { method, path, access: P::ACCESS, limits, operation: E::operation() };
        self.0.push((route, on(filter, handler)));
        self
    }
}

async fn pace_body(State(patience): State<Duration>, request: Request) -> Request {
    pace::paced(request, patience)
}

/// Runs a handler with the proof of its route, or answers why there is none.
async fn guarded<P: Proof, T>(
    endpoint: impl Endpoint<P, T>,
    limits: Limits,
    app: App,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(P::ACCESS);
    let proven = P::prove(&mut parts, &app).await;
    let admitted = proven.and_then(|proof| limits.fit(&parts.headers).map(|()| proof));
    match admitted {
        Ok(proof) => endpoint.answer(proof, Request::from_parts(parts, body), app).await,
        Err(problem) => problem.into_response(),
    }
}

/// Looks who sent a request, where a proof will ask, and whether their address has not too many under way.
#[derive(Clone)]
struct Introduction {
    app: App,
    identify: Identify,
}

async fn introduce(
    State(known): State<Introduction>,
    context: RequestContext,
    request: Request,
    next: Next,
) -> Response {
    let place = match admitted(&known, &context).await {
        Ok(place) => place,
        Err(problem) => return problem.into_response(),
    };
    let mut answer = next.run(request).await;
    Kept::with(place, &mut answer);
    answer
}

async fn admitted(known: &Introduction, context: &RequestContext) -> Result<Place, Problem> {
    let place = kept::begin(context)?;
    if let Some(token) = context.session_token() {
        context.identify((known.identify)(known.app.clone(), token.to_owned()).await?);
    }
    if context.identity().is_some() { Ok(place) } else { place.of_stranger().ok_or_else(Problem::busy) }
}
