//! The language switch.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::accounts;
use crate::error::Problem;
use crate::http::browser::cookies::{NewCookie, SameSite};
use crate::http::browser::csrf::Form;
use crate::http::browser::redirect::local_path;
use crate::http::context::LANGUAGE_COOKIE;
use crate::http::routes::{Routes, Visitor};
use crate::i18n::Locale;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post::<Visitor, _>("/language", choose)
}

#[derive(Deserialize)]
struct Choice {
    lang: String,
    #[serde(default)]
    next: String,
}

const YEAR: std::time::Duration = std::time::Duration::from_hours(24 * 365);

/// Remembers the language in the browser and, for somebody who is signed in, in the account.
async fn choose(
    visitor: Visitor,
    State(app): State<App>,
    Form(choice): Form<Choice>,
) -> Result<Response, Problem> {
    let locale = Locale::from_tag(&choice.lang).ok_or_else(Problem::bad_request)?;
    accounts::set_locale(&app, visitor.context(), locale).await?;
    let cookie = NewCookie {
        name: LANGUAGE_COOKIE,
        value: locale.tag(),
        max_age: Some(YEAR),
        same_site: SameSite::Lax,
    };
    let mut response = Redirect::to(local_path(&choice.next).unwrap_or("/")).into_response();
    if let Some(line) = cookie.line(app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    Ok(response)
}
