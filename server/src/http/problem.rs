//! Failures in the reader's language: a page for people, JSON for programs.

use askama::Template;
use axum::Json;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::audit_log::{self, About};
use super::browser::page::{Page, render};
use super::context::RequestContext;
use crate::error::Problem;

/// Replaces the body of a failure by its sentence and logs its cause; leaves every other answer as it is.
pub fn word(context: &RequestContext, mut response: Response) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>().or_else(|| unnamed(&response)) else {
        return response;
    };
    log(context, &problem);
    if problem.is_full_database() {
        context.app().probe.saw_full_database(&context.app().clock);
    }
    let mut answer = answer(context, &problem);
    problem.tell_wait(answer.headers_mut());
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != "content-length" {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

/// Failures that a library made: they have a status and at most a line of plain text.
fn unnamed(response: &Response) -> Option<Problem> {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if status.as_u16() < 400 || kind.is_some_and(|kind| !kind.starts_with("text/plain")) {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::FORBIDDEN => Problem::forged(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(status, "method-not-allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too-large"),
        StatusCode::REQUEST_TIMEOUT => Problem::new(status, "too-slow"),
        _ if status.is_client_error() => Problem::new(status, "bad-request"),
        _ => Problem::new(status, "internal"),
    })
}

fn log(context: &RequestContext, problem: &Problem) {
    let (request_id, code, status) = (context.id(), problem.code(), problem.status().as_u16());
    if problem.status() == StatusCode::FORBIDDEN {
        audit_log::note(context, "form-refused", About { detail: Some(code), ..About::NOTHING });
    }
    match problem.cause() {
        Some(cause) if status >= 500 => {
            tracing::error!(request_id, code, status, cause = %chain(cause), "failed")
        }
        Some(cause) => tracing::warn!(request_id, code, status, cause = %chain(cause), "refused"),
        None => tracing::debug!(request_id, code, status, "refused"),
    }
}

fn chain(error: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}

fn answer(context: &RequestContext, problem: &Problem) -> Response {
    let status = problem.status();
    let message = context.locale().t_args(&problem.message_key(), problem.args());
    if context.wants_json() {
        let body = json!({"error": {"code": problem.code(), "message": message, "request_id": context.id()}});
        return (status, Json(body)).into_response();
    }
    if problem.is_step_up() {
        return (StatusCode::SEE_OTHER, [(LOCATION, confirm_address(context))]).into_response();
    }
    if problem.is_second_factor() {
        return (StatusCode::SEE_OTHER, [(LOCATION, "/account/second-factor")]).into_response();
    }
    if status == StatusCode::UNAUTHORIZED {
        return (StatusCode::SEE_OTHER, [(LOCATION, sign_in_address(context))]).into_response();
    }
    let page = Page::new(context.clone());
    let shown =
        FailurePage { request_id: context.id().to_owned(), is_ours: status.is_server_error(), page, message };
    match render(&shown) {
        Ok(html) => (status, html).into_response(),
        Err(_) => (status, shown.message).into_response(),
    }
}

/// The page that asks for the password again, which leads back to the page of the action: the first two parts of its
/// path.
fn confirm_address(context: &RequestContext) -> String {
    let page: Vec<_> = context.path().split(['/', '?']).take(3).collect();
    serde_urlencoded::to_string([("next", page.join("/"))])
        .map_or_else(|_| "/account/confirm".to_owned(), |query| format!("/account/confirm?{query}"))
}

/// The sign-in page, which leads back to the page that was asked for.
fn sign_in_address(context: &RequestContext) -> String {
    let path = context.path();
    if context.method() != Method::GET || path == "/" {
        return "/login".to_owned();
    }
    serde_urlencoded::to_string([("next", path)])
        .map_or_else(|_| "/login".to_owned(), |query| format!("/login?{query}"))
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    page: Page,
    message: String,
    request_id: String,
    is_ours: bool,
}
