//! The invitations of whoever is signed in: accepted or declined.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::model::InvitationId;
use super::store;
use crate::accounts::{self, Person};
use crate::audit::{Act, Work};
use crate::clinics::store as clinics;
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::identity::ClinicRole;
use crate::http::routes::Routes;
use crate::i18n::wording::Moment;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _>("/account/invitations", show)
        .post::<SignedIn, _>("/account/invitations", answer)
}

#[derive(Template)]
#[template(path = "clinics/invitations.html")]
struct InvitationsPage {
    page: Page,
    email: String,
    invitations: Vec<InvitationRow>,
    done: Option<&'static str>,
}

/// An invitation as whoever is invited sees it.
struct InvitationRow {
    id: InvitationId,
    clinic: String,
    is_admin: bool,
    until: Moment,
}

#[derive(Deserialize)]
struct ShowQuery {
    done: Option<Reply>,
}

/// `GET /account/invitations`.
async fn show(
    who: SignedIn,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Response, Problem> {
    let person = own(&app, &who).await?;
    let mut rows = Vec::new();
    for invitation in store::of_person(&app.db, &person, app.clock.now()).await? {
        rows.push(InvitationRow {
            clinic: clinics::name(&app.db, &invitation).await?,
            is_admin: invitation.role == ClinicRole::Administrator,
            until: Moment::new(invitation.expires_at),
            id: invitation.id,
        });
    }
    let done = query.done.map(|reply| match reply {
        Reply::Accept => "invitation-accepted",
        Reply::Decline => "invitation-declined",
    });
    let shown = InvitationsPage { page, email: person.email().to_owned(), invitations: rows, done };
    Ok(render(&shown)?.into_response())
}

async fn own(app: &App, who: &SignedIn) -> Result<Person, Problem> {
    accounts::person(app, who.account_id()).await?.ok_or_else(Problem::not_found)
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reply {
    Accept,
    Decline,
}

#[derive(Deserialize)]
struct ReplyForm {
    #[serde(default)]
    invitation: String,
    reply: Reply,
}

/// `POST /account/invitations`: from the next request on, whoever accepts may work in the clinic.
async fn answer(
    who: SignedIn,
    State(app): State<App>,
    context: RequestContext,
    Form(ReplyForm { invitation, reply }): Form<ReplyForm>,
) -> Result<Redirect, Problem> {
    let id = InvitationId::parse(&invitation).ok_or_else(Problem::not_found)?;
    let (person, now) = (own(&app, &who).await?, app.clock.now());
    let mut work = Work::begin(&app.db, context).await?;
    let answered = store::take(&mut work, (&id, person.email()), now).await?;
    let answered = answered.ok_or_else(Problem::not_found)?;
    let (act, address) = match reply {
        Reply::Accept => {
            clinics::add_member(&mut work, &answered, person.id(), now).await?;
            ("clinic-invitation-accepted", "/account/invitations?done=accept")
        }
        Reply::Decline => ("clinic-invitation-declined", "/account/invitations?done=decline"),
    };
    work.commit(Act::on_clinic(act, &answered.clinic_id)).await?;
    Ok(Redirect::to(address))
}
