//! Opening a link: the secret behind the `#` of the address becomes a cookie for that link alone.

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::access::{PatientAccess, cookie_name, while_enabled};
use super::model::Opened;
use super::store;
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::cookies::{self, NewCookie, SameSite};
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Visitor;
use crate::i18n::scripts;
use crate::ids::LinkId;
use crate::platform::limits::{self, Bucket, PER_NETWORK};
use crate::platform::random::fingerprint;
use crate::state::App;

/// How long a link stays open in a browser.
const VISIT: Duration = Duration::from_hours(12);
/// Longest text that is taken for a link or a code, in characters.
const LONGEST: usize = 600;

#[derive(Deserialize)]
pub(super) struct SecretForm {
    #[serde(default)]
    secret: String,
}

/// `POST /p/{id}/open`: the page sends the secret from its address, or the reader pasted it.
pub(super) async fn open(
    _: Visitor,
    State(app): State<App>,
    Path(link): Path<String>,
    page: Page,
    Form(form): Form<SecretForm>,
) -> Result<Response, Problem> {
    let link = LinkId::parse(&link).ok_or_else(PatientAccess::missing)?;
    let secret = form.secret.trim().rsplit('#').next().unwrap_or_default();
    match try_open(&app, &page, &link, secret).await? {
        Some(opened) => Ok(opened),
        None => closed_page(page, &link, true),
    }
}

#[derive(Deserialize)]
pub(super) struct LinkForm {
    #[serde(default)]
    link: String,
}

/// `POST /pacient`: the whole link, pasted.
pub(super) async fn open_pasted(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(form): Form<LinkForm>,
) -> Result<Response, Problem> {
    let opened = match parts_of(&form.link) {
        Some((link, secret)) => try_open(&app, &page, &link, secret).await?,
        None => {
            audit::note(page.context(), "link-refused", About::NOTHING);
            None
        }
    };
    match opened {
        Some(opened) => Ok(opened),
        None => Ok((StatusCode::NOT_FOUND, entry_page(page, true)?).into_response()),
    }
}

/// Identifier and secret of a pasted link: `https://.../p/<id>#<secret>`.
fn parts_of(text: &str) -> Option<(LinkId, &str)> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return None;
    }
    let (address, secret) = text.split_once('#')?;
    Some((LinkId::parse(address.trim_end_matches('/').rsplit('/').next()?)?, secret))
}

/// Sends the browser on to the patient's page, if link and secret are right.
async fn try_open(app: &App, page: &Page, link: &LinkId, secret: &str) -> Result<Option<Response>, Problem> {
    let found = store::find_by_secret(&app.db, link, &fingerprint(secret), app.clock.now()).await?;
    let Some(opened) = while_enabled(app, found).await? else {
        let known = store::link_exists(&app.db, link).await?.then_some(link.as_str());
        audit::note(page.context(), "link-refused", About { link_id: known, ..About::NOTHING });
        count_wrong(app, page.context()).await?;
        return Ok(None);
    };
    let mut response = Redirect::to(&format!("/p/{}", opened.link_id)).into_response();
    let token = admit(app, page, &opened).await?;
    let name = cookie_name(&opened.link_id);
    let cookie = NewCookie { name: &name, value: &token, max_age: None, same_site: SameSite::Lax };
    let line = cookie.line(app.config.secure_cookies).ok_or_else(Problem::bad_request)?;
    response.headers_mut().append(SET_COOKIE, line);
    Ok(Some(response))
}

/// Counts a link that was opened with a wrong secret. Right ones are never counted and never refused: many patients
/// share a network, and nobody guesses 256 bits.
async fn count_wrong(app: &App, context: &RequestContext) -> Result<(), Problem> {
    let bucket = Bucket::new(&["patient-link", context.network()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, PER_NETWORK).await?)
}

/// Remembers the browser and counts the view, unless somebody of the clinic is looking at the page.
async fn admit(app: &App, page: &Page, opened: &Opened) -> Result<String, Problem> {
    let now = app.clock.now();
    let is_clinics = page.account().is_some_and(|account| account.is_member(&opened.clinic_id));
    let token = app.random.secret();
    let view = (!is_clinics).then_some(now);
    let mut connection = Work::begin(&app.db, page.context().clone()).await?;
    store::admit(&mut connection, opened, &token.fingerprint(), now.plus(VISIT), view).await?;
    connection
        .commit(
            Act::on_link_of("link-opened", &opened.link_id, &opened.owner_id).in_clinic(&opened.clinic_id),
        )
        .await?;
    Ok(token.expose().to_owned())
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /p/{id}/close`: ends the visit in this browser, for computers that others use too. The link stays valid.
pub(super) async fn leave(
    access: PatientAccess,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let link = access.link_id();
    let mut connection = Work::begin(&app.db, page.context().clone()).await?;
    store::leave(&mut connection, &access).await?;
    connection
        .commit(Act::on_link_of("link-left", link, access.owner_id()).in_clinic(access.clinic_id()))
        .await?;
    let mut response = Redirect::to("/pacient").into_response();
    if let Some(line) = cookies::removal(&cookie_name(link), app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "patients/closed.html")]
struct ClosedPage<'a> {
    page: Page,
    link: &'a LinkId,
    is_refused: bool,
    messages: String,
}

/// The page of a link that is not open in this browser. It never tells whether there is such a link.
///
/// # Errors
/// When the template fails.
pub fn closed_page(page: Page, link: &LinkId, is_refused: bool) -> Result<Response, Problem> {
    let status = if is_refused { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let messages = scripts::messages(page.locale(), ["patient-opening"], &[]);
    Ok((status, render(&ClosedPage { page, link, is_refused, messages })?).into_response())
}

#[derive(Template)]
#[template(path = "patients/entry.html")]
struct EntryPage {
    page: Page,
    is_refused: bool,
}

/// `GET /pacient`: what a patient link is, and a place to paste one.
pub(super) async fn entry(_: Visitor, page: Page) -> Result<Response, Problem> {
    Ok(entry_page(page, false)?.into_response())
}

fn entry_page(page: Page, is_refused: bool) -> Result<axum::response::Html<String>, Problem> {
    render(&EntryPage { page, is_refused })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_link_gives_identifier_and_secret() {
        for text in ["https://oxi.example/p/l1#s3", " /p/l1/#s3\n", "l1#s3"] {
            assert_eq!(parts_of(text), Some((LinkId::parse("l1").unwrap(), "s3")), "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_link_gives_nothing() {
        assert_eq!(parts_of("https://oxi.example/p/l1"), None);
        assert_eq!(parts_of(&format!("l1#{}", "x".repeat(LONGEST))), None);
    }
}
