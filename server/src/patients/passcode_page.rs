//! The page that asks for the passcode of a link. It carries what was shown already, so that it works without a script
//! and nothing is remembered in between.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::enter::Asked;
use crate::error::Problem;
use crate::http::browser::page::{Page, render};

#[derive(Template)]
#[template(path = "patients/passcode.html")]
struct PasscodePage<'a> {
    page: Page,
    action: &'a str,
    field: &'static str,
    shown: &'a str,
    failure: Option<String>,
    is_locked: bool,
}

/// The page whose form goes to `action`, with what was `shown` in the field of this name.
///
/// # Errors
/// When the template fails.
pub(super) fn passcode_page(
    page: Page,
    (action, field, shown): (&str, &'static str, &str),
    asked: Asked,
) -> Result<Response, Problem> {
    let (status, failure) = match asked {
        Asked::Missing => (StatusCode::OK, None),
        Asked::Wrong(left) => (StatusCode::FORBIDDEN, Some(page.t_n("patient-passcode-wrong", left))),
        Asked::Locked => (StatusCode::FORBIDDEN, Some(page.t("patient-passcode-locked"))),
    };
    let is_locked = asked == Asked::Locked;
    Ok((status, render(&PasscodePage { page, action, field, shown, failure, is_locked })?).into_response())
}
