//! How somebody comes in: what ends and what is told then, and where the browser goes.

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use sqlx::{Any, Transaction};

use super::mails::{self, Notification};
use super::model::KnownAccount;
use super::session::{self, Entrance};
use super::{notices, requests};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::state::App;

/// Where people land after signing in.
pub(super) const HOME: &str = "/recordings";
/// The page that asks for the second factor.
pub(super) const SECOND_STEP: &str = "/login/second-step";

/// What ends and what is told as somebody comes in: who signs in with the password needs no other, so requests for a new
/// one end; so does whatever session the browser had.
pub(super) async fn arrive(
    work: &mut Transaction<'static, Any>,
    app: &App,
    (account_id, is_new_device): (&KnownAccount, bool),
    context: &RequestContext,
) -> Result<(), Problem> {
    requests::withdraw_of(work, account_id).await?;
    if is_new_device {
        notices::add_new_device(work, app, account_id, context).await?;
        let notification = Notification::NewDevice(context.device());
        mails::notify(work, app, (account_id, context.locale()), notification).await?;
    }
    if let Some(old) = context.session_token() {
        session::end(work, old).await?;
    }
    Ok(())
}

/// Sends the browser on with the cookie of its new session, or to the page that asks for the second factor.
pub fn enter(app: &App, entrance: &Entrance, to: &str) -> Response {
    let Entrance::Session(session) = entrance else {
        return Redirect::to(&second_step(to)).into_response();
    };
    let mut response = Redirect::to(to).into_response();
    if let Some(line) = session.cookie(app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

/// The page that asks for the second factor and leads on to `next`.
fn second_step(next: &str) -> String {
    serde_urlencoded::to_string([("next", next)])
        .map_or_else(|_| SECOND_STEP.to_owned(), |query| format!("{SECOND_STEP}?{query}"))
}
