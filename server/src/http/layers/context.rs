//! Makes what is known about a request, before everything else looks at it.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::browser::cookies::{NewCookie, SameSite};
use crate::http::context::{BROWSER_COOKIE, RequestContext};
use crate::http::problem;
use crate::state::App;

const BROWSER_COOKIE_AGE: Duration = Duration::from_hours(24 * 365);

/// The layer that makes the [`RequestContext`], words every failure for its reader, names the request in every answer and introduces new browsers.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let context = RequestContext::new(app, &request);
    request.extensions_mut().insert(context.clone());
    let response = next.run(request).await;
    let mut response = problem::word(&context, response);
    if let Ok(id) = HeaderValue::from_str(context.id()) {
        response.headers_mut().insert("x-request-id", id);
    }
    if context.is_new_browser() && is_html(&response) {
        let secret = context.browser_secret();
        let cookie = NewCookie {
            name: BROWSER_COOKIE,
            value: secret,
            max_age: Some(BROWSER_COOKIE_AGE),
            same_site: SameSite::Lax,
        };
        if let Some(line) = cookie.line(context.app().config.secure_cookies) {
            response.headers_mut().append(SET_COOKIE, line);
        }
    }
    response
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}
