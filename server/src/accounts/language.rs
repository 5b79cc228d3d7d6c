//! The language switch.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::sign_in::local_path;
use super::store;
use crate::app::App;
use crate::error::Problem;
use crate::http::cookies::{NewCookie, SameSite};
use crate::http::csrf::Form;
use crate::http::routes::{Policy, Routes};
use crate::http::visit::{LANGUAGE_COOKIE, Visit};
use crate::i18n::Locale;

pub(super) fn routes() -> Routes {
    Routes::new().post("/language", Policy::Anyone, choose)
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
    State(app): State<App>,
    visit: Visit,
    Form(choice): Form<Choice>,
) -> Result<Response, Problem> {
    let locale = Locale::from_tag(&choice.lang).ok_or_else(Problem::bad_request)?;
    if let Some(identity) = visit.identity() {
        store::set_locale(&app.db, &identity.account_id, locale).await?;
    }
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
