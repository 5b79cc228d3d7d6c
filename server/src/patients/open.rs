//! Opening a link: the secret behind the `#` of the address becomes a cookie for that link alone.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::enter::{Entered, count_wrong, enter};
use super::links::opened::{OpenedLink, Opening, cookie_name};
use super::links::store as links;
use super::passcode_page::passcode_page;
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::cookies;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Visitor;
use crate::i18n::scripts;
use crate::ids::LinkId;
use crate::platform::random::fingerprint;
use crate::state::App;

/// Longest text that is taken for a link or a code, in characters.
const LONGEST: usize = 600;

#[derive(Deserialize)]
pub(super) struct SecretForm {
    #[serde(default)]
    secret: String,
    #[serde(default)]
    passcode: String,
}

/// `POST /p/{id}/open`: the page sends the secret from its address, or the reader pasted it.
pub(super) async fn open(
    _: Visitor,
    State(app): State<App>,
    Path(link): Path<String>,
    page: Page,
    Form(form): Form<SecretForm>,
) -> Result<Response, Problem> {
    let link = LinkId::parse(&link).ok_or_else(OpenedLink::missing)?;
    let secret = form.secret.trim().rsplit('#').next().unwrap_or_default();
    match find(&app, page.context(), &link, secret).await? {
        Some(opening) => go_on(&app, page, &opening, (secret, &form.passcode)).await,
        None => closed_page(page, &link, true),
    }
}

/// In with the browser, or to the page that asks for the passcode.
async fn go_on(
    app: &App,
    page: Page,
    opening: &Opening,
    (secret, passcode): (&str, &str),
) -> Result<Response, Problem> {
    match enter(app, &page, opening, passcode).await? {
        Entered::In(response) => Ok(response),
        Entered::Asked(asked) => {
            let action = format!("/p/{}/open", opening.link.id);
            passcode_page(page, (&action, "secret", secret), asked)
        }
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
    let found = match parts_of(&form.link) {
        Some((link, secret)) => find(&app, page.context(), &link, secret).await?.map(|found| (found, secret)),
        None => {
            audit::note(page.context(), "link-refused", About::NOTHING);
            None
        }
    };
    match found {
        Some((opening, secret)) => go_on(&app, page, &opening, (secret, "")).await,
        None => refused_entry(page),
    }
}

fn refused_entry(page: Page) -> Result<Response, Problem> {
    Ok((StatusCode::NOT_FOUND, entry_page(page, true)?).into_response())
}

/// `GET /?token=...`: a link of the old platform. Its secret goes behind the `#` of the link that took its place, at each
/// opening until that is closed or replaced; nothing changes here, so that whoever only looks at addresses opens nothing.
///
/// # Errors
/// 429 when there were too many unknown ones from this network; when the database fails.
pub async fn follow_old(app: &App, page: Page, token: &str) -> Result<Response, Problem> {
    let found = links::find_by_old_token(&app.db, &fingerprint(token)).await?;
    match Opening::of(app, found).await? {
        Some(opening) => Ok(Redirect::to(&format!("/p/{}#{token}", opening.link.id)).into_response()),
        None => {
            audit::note(page.context(), "link-refused", About::NOTHING);
            count_wrong(app, page.context()).await?;
            Ok(Redirect::to(CLOSED).into_response())
        }
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

/// The link, if it opens and the secret is right.
async fn find(
    app: &App,
    context: &RequestContext,
    link: &LinkId,
    secret: &str,
) -> Result<Option<Opening>, Problem> {
    let found = links::find_by_secret(&app.db, link, &fingerprint(secret)).await?;
    let opening = Opening::of(app, found).await?;
    if opening.is_none() {
        let known = links::find(&app.db, link).await?.is_some().then_some(link.as_str());
        audit::note(context, "link-refused", About { link_id: known, ..About::NOTHING });
        count_wrong(app, context).await?;
    }
    Ok(opening)
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /p/{id}/close`: ends the visit in this browser, for computers that others use too. The link stays valid.
pub(super) async fn leave(
    opened: OpenedLink,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let link = opened.link_id();
    let mut connection = Work::begin(&app.db, page.context().clone()).await?;
    links::leave(&mut connection, &opened).await?;
    let act = Act::on_link_of("link-left", link, opened.owner_id()).in_clinic(opened.clinic_id());
    connection.commit(act).await?;
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

/// Where an address of the old platform leads that opens nothing any more: its secret leaves the address bar.
const CLOSED: &str = "/pacient?closed=1";

#[derive(Deserialize)]
pub(super) struct EntryQuery {
    /// Present when a link of the old platform led here.
    closed: Option<String>,
}

/// `GET /pacient`: what a patient link is, and a place to paste one.
pub(super) async fn entry(
    _: Visitor,
    Query(query): Query<EntryQuery>,
    page: Page,
) -> Result<Response, Problem> {
    match query.closed {
        Some(_) => refused_entry(page),
        None => Ok(entry_page(page, false)?.into_response()),
    }
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
