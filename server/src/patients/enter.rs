//! From a link whose secret or code was right to a browser in which it is open: past the passcode, if it has one.

use std::time::Duration;

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::links::model::PASSCODE_TRIES;
use super::links::opened::{OpenedLink, Opening, cookie_name};
use super::links::store as links;
use super::links::views::{self, View};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::cookies::{NewCookie, SameSite};
use crate::http::browser::page::Page;
use crate::http::context::RequestContext;
use crate::platform::limits::{self, Bucket, PER_NETWORK};
use crate::state::App;
use crate::{accounts, clinics};

/// How long a link stays open in a browser.
const VISIT: Duration = Duration::from_hours(12);

/// What became of somebody who had the right secret.
#[derive(Debug)]
pub(super) enum Entered {
    /// The link is open in this browser; the answer leads to its page.
    In(Response),
    /// It asks for a passcode.
    Asked(Asked),
}

/// Why a passcode is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// None was given yet.
    Missing,
    /// Another one was given; this many tries are left.
    Wrong(i64),
    /// It was tried too often: only the doctor can help.
    Locked,
}

/// Opens a link in the browser of this page, if `passcode` is the one that it asks for.
///
/// # Errors
/// 404 when it was closed meanwhile; 429 when the network has guessed too often; when the database fails.
pub(super) async fn enter(
    app: &App,
    page: &Page,
    opening: &Opening,
    passcode: &str,
) -> Result<Entered, Problem> {
    if let Some(asked) = ask(app, page.context(), opening, passcode).await? {
        return Ok(Entered::Asked(asked));
    }
    let token = admit(app, page, opening).await?.ok_or_else(OpenedLink::missing)?;
    let id = &opening.link.id;
    let mut response = Redirect::to(&format!("/p/{id}")).into_response();
    let name = cookie_name(id);
    let cookie = NewCookie { name: &name, value: &token, max_age: None, same_site: SameSite::Lax };
    let line = cookie.line(app.config.secure_cookies).ok_or_else(Problem::bad_request)?;
    response.headers_mut().append(SET_COOKIE, line);
    Ok(Entered::In(response))
}

/// What is still asked for; nothing when the passcode is right or there is none. A try is taken before the passcode is
/// looked at and given back once it was right, so that many at once cannot all pass.
async fn ask(
    app: &App,
    context: &RequestContext,
    opening: &Opening,
    typed: &str,
) -> Result<Option<Asked>, Problem> {
    let Some(passcode) = &opening.link.passcode else { return Ok(None) };
    let typed = typed.trim();
    if passcode.is_locked() {
        return Ok(Some(Asked::Locked));
    }
    if typed.is_empty() {
        return Ok(Some(Asked::Missing));
    }
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let tried = links::take_try(&mut work, &opening.link).await?;
    work.commit(act_on("link-passcode-tried", opening).unlisted()).await?;
    let Some(tried) = tried else { return Ok(Some(Asked::Locked)) };
    let verdict = match app.hasher.verify(&context.principal(), typed.into(), Some(&passcode.hash)).await {
        Ok(verdict) => verdict,
        Err(error) => {
            give_back(app, context, opening).await?;
            return Err(error.into());
        }
    };
    if verdict.is_right() {
        return Ok(None);
    }
    audit::note(context, "link-passcode-wrong", About::link(opening.link.id.as_str()));
    count_wrong(app, context).await?;
    let left = PASSCODE_TRIES - tried;
    Ok(Some(if left > 0 { Asked::Wrong(left) } else { Asked::Locked }))
}

/// A passcode that nobody could look at, since too much is going on, was no try.
async fn give_back(app: &App, context: &RequestContext, opening: &Opening) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, context.clone()).await?;
    links::give_try_back(&mut work, &opening.link).await?;
    Ok(work.commit(act_on("link-passcode-not-looked-at", opening).unlisted()).await?)
}

/// Counts a link that was opened with a wrong secret. Right ones are never counted and never refused: many patients
/// share a network, and nobody guesses 256 bits.
///
/// # Errors
/// 429 when there were too many from this network.
pub(super) async fn count_wrong(app: &App, context: &RequestContext) -> Result<(), Problem> {
    let bucket = Bucket::new(&["patient-link", context.network()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, PER_NETWORK).await?)
}

/// Remembers the browser and counts the view, unless it is a browser of the clinic.
async fn admit(app: &App, page: &Page, opening: &Opening) -> Result<Option<String>, Problem> {
    let (now, context) = (app.clock.now(), page.context());
    let token = app.random.secret();
    let view = (!is_of_clinic(app, context, opening).await?).then_some(now);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let visit = (token.fingerprint(), now.plus(VISIT));
    if !links::admit(&mut work, &opening.link, (&visit.0, visit.1), view).await? {
        return Ok(None);
    }
    if let Some(at) = view {
        views::note(&mut work, app, opening, View { at, device: context.coarse_device() }).await?;
    }
    work.commit(act_on("link-opened", opening)).await?;
    Ok(Some(token.expose().to_owned()))
}

/// An act of whoever holds a link.
fn act_on(action: &'static str, opening: &Opening) -> Act {
    Act::on_link_of(action, &opening.link.id, &opening.owner_id).in_clinic(&opening.clinic_id)
}

/// Whether somebody who works in the clinic is signed in in this browser, or was.
async fn is_of_clinic(app: &App, context: &RequestContext, opening: &Opening) -> Result<bool, Problem> {
    if context.identity().is_some_and(|identity| identity.is_member(&opening.clinic_id)) {
        return Ok(true);
    }
    for account in accounts::known_here(app, context).await? {
        if clinics::is_at_work(&app.db, &opening.clinic_id, &account).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
