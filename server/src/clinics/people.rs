//! The people of a clinic: let in, named, given rights, locked out and let in again by its administrators.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::invitations::{self, Invitation, InvitationId};
use super::members::{ClinicPerson, Membership};
use super::rights::{self, Change};
use super::scope::ClinicAdmin;
use super::store;
use crate::accounts::{self, Newcomer, Person};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::browser::once::{FormId, OnlyOnce};
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::identity::ClinicRole;
use crate::http::routes::Routes;
use crate::i18n::wording::Moment;
use crate::ids::AccountId;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<ClinicAdmin, _>("/clinic/people", show)
        .post::<SteppedUp<ClinicAdmin>, _>("/clinic/people", invite)
        .post::<ClinicAdmin, _>("/clinic/people/withdraw", withdraw)
        .post::<SteppedUp<ClinicAdmin>, _>("/clinic/people/second-factor", ask_second_factor)
        .post::<SteppedUp<ClinicPerson>, _>("/clinic/people/{id}", edit)
        .post::<SteppedUp<ClinicPerson>, _>("/clinic/people/{id}/code", give_code)
        .post::<SteppedUp<ClinicPerson>, _>("/clinic/people/{id}/rights", change_rights)
}

#[derive(Template)]
#[template(path = "clinics/people.html")]
struct PeoplePage {
    page: Page,
    people: Vec<PersonRow>,
    invitations: Vec<InvitationRow>,
    handed: Option<Handed>,
    links_closed: bool,
    asks_second_factor: bool,
    failure: Option<String>,
}

/// How somebody was let in.
enum Handed {
    /// By a link to hand over, shown once.
    Link(String),
    /// By a mail to this address.
    Mail(String),
}

/// An invitation that waits for an answer.
struct InvitationRow {
    id: InvitationId,
    name: String,
    email: String,
    is_admin: bool,
    until: Moment,
}

impl InvitationRow {
    fn new(invitation: Invitation) -> Self {
        let Invitation { id, name, email, role, expires_at, .. } = invitation;
        Self { id, name, email, is_admin: role == ClinicRole::Administrator, until: Moment::new(expires_at) }
    }
}

struct PersonRow {
    id: AccountId,
    name: String,
    email: String,
    is_me: bool,
    is_admin: bool,
    is_enabled: bool,
    is_unused: bool,
    has_second_factor: bool,
    last_sign_in: Option<Moment>,
}

impl PersonRow {
    fn new(membership: &Membership, person: &Person, admin: &ClinicAdmin) -> Self {
        Self {
            id: person.id().clone(),
            name: person.name().to_owned(),
            email: person.email().to_owned(),
            is_me: person.id() == admin.account_id(),
            is_admin: membership.role == ClinicRole::Administrator,
            is_enabled: membership.is_enabled && person.is_enabled(),
            is_unused: person.is_unused(),
            has_second_factor: person.has_second_factor(),
            last_sign_in: person.last_sign_in_at().map(Moment::new),
        }
    }
}

impl PeoplePage {
    async fn load(app: &App, page: Page, admin: &ClinicAdmin) -> Result<Self, Problem> {
        let members = store::members(&app.db, admin).await?;
        let ids: Vec<_> = members.iter().map(|member| member.account_id.clone()).collect();
        let named = accounts::people(app, &ids).await?;
        let row = |member: &Membership| {
            let person = named.iter().find(|person| *person.id() == member.account_id)?;
            Some(PersonRow::new(member, person, admin))
        };
        let mut people: Vec<_> = members.iter().filter_map(row).collect();
        people.sort_by_key(|row| row.name.to_lowercase());
        let invitations =
            invitations::pending(app, admin).await?.into_iter().map(InvitationRow::new).collect();
        let asks_second_factor = admin.standing().asks_second_factor;
        let (handed, links_closed, failure) = (None, false, None);
        Ok(Self { page, people, invitations, handed, links_closed, asks_second_factor, failure })
    }

    /// Whether invitations go out by mail.
    fn is_by_mail(&self) -> bool {
        self.page.context().app().mailer.is_on()
    }

    fn others<'p>(&'p self, row: &'p PersonRow) -> impl Iterator<Item = &'p PersonRow> {
        self.people.iter().filter(|other| other.is_enabled && other.id != row.id)
    }
}

#[derive(Deserialize)]
struct ShowQuery {
    #[serde(default, rename = "links-closed")]
    links_closed: Option<String>,
}

/// `GET /clinic/people`.
async fn show(
    admin: ClinicAdmin,
    State(app): State<App>,
    Query(query): Query<ShowQuery>,
    page: Page,
) -> Result<Response, Problem> {
    let links_closed = query.links_closed.is_some();
    let shown = PeoplePage { links_closed, ..PeoplePage::load(&app, page, &admin).await? };
    Ok(render(&shown)?.into_response())
}

/// The page again with what was wrong, for people; the problem itself for programs.
///
/// # Errors
/// The problem, where no page is wanted.
pub async fn refuse_people(
    app: &App,
    page: Page,
    admin: &ClinicAdmin,
    problem: Problem,
) -> Result<Response, Problem> {
    let Some(failure) = page.mistake(&problem) else { return Err(problem) };
    let shown = PeoplePage { failure: Some(failure), ..PeoplePage::load(app, page, admin).await? };
    Ok(problem.shown_on(render(&shown)?))
}

async fn show_handed(
    app: &App,
    page: Page,
    admin: &ClinicAdmin,
    handed: Handed,
) -> Result<Response, Problem> {
    let shown = PeoplePage { handed: Some(handed), ..PeoplePage::load(app, page, admin).await? };
    Ok(render(&shown)?.into_response())
}

fn back() -> Response {
    Redirect::to("/clinic/people").into_response()
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    is_admin: Option<String>,
    #[serde(default)]
    once: FormId,
}

/// `POST /clinic/people`: a mail, or a link to hand over. Whoever is invited decides, with an account of before or a new one; the
/// answer is the same for both.
async fn invite(
    admin: SteppedUp<ClinicAdmin>,
    State(app): State<App>,
    page: Page,
    Form(named): Form<Named>,
) -> Result<Response, Problem> {
    match add(&app, &page, &admin, &named).await {
        Ok(handed) => show_handed(&app, page, &admin, handed).await,
        Err(problem) => refuse_people(&app, page, &admin, problem).await,
    }
}

async fn add(app: &App, page: &Page, admin: &ClinicAdmin, named: &Named) -> Result<Handed, Problem> {
    let who = Newcomer::parse(&named.name, &named.email)?;
    let role = if named.is_admin.is_some() { ClinicRole::Administrator } else { ClinicRole::Doctor };
    invitations::count(app, admin).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    named.once.use_up(app, &mut work).await?;
    let link = invitations::invite(app, &mut work, admin, (&who, role, page.locale())).await?;
    work.commit(Act::on_clinic("clinic-invitation-made", admin.clinic_id())).await?;
    Ok(link.map_or_else(|| Handed::Mail(who.email().to_owned()), Handed::Link))
}

#[derive(Deserialize)]
struct SecondFactor {
    #[serde(default)]
    required: Option<String>,
}

/// `POST /clinic/people/second-factor`: whether administrators of the clinic must have one.
async fn ask_second_factor(
    admin: SteppedUp<ClinicAdmin>,
    State(app): State<App>,
    context: RequestContext,
    Form(SecondFactor { required }): Form<SecondFactor>,
) -> Result<Response, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    let is_asked = required.as_deref() == Some("yes");
    store::ask_second_factor(&mut work, &admin, is_asked).await?;
    let detail = if is_asked { "required" } else { "left-open" };
    let act = Act::on_clinic("clinic-second-factor", admin.clinic_id());
    work.commit(act.with_detail(detail)).await?;
    Ok(back())
}

#[derive(Deserialize)]
struct Withdrawn {
    #[serde(default)]
    invitation: String,
}

/// `POST /clinic/people/withdraw`: the invitation and its link are no more.
async fn withdraw(
    admin: ClinicAdmin,
    State(app): State<App>,
    context: RequestContext,
    Form(Withdrawn { invitation }): Form<Withdrawn>,
) -> Result<Response, Problem> {
    let id = InvitationId::parse(&invitation).ok_or_else(Problem::not_found)?;
    let mut work = Work::begin(&app.db, context).await?;
    invitations::withdraw(&mut work, &admin, &id).await?;
    work.commit(Act::on_clinic("clinic-invitation-withdrawn", admin.clinic_id())).await?;
    Ok(back())
}

/// `POST /clinic/people/{id}/code`: another link for somebody who lost the first one and has never signed in.
async fn give_code(
    whose: SteppedUp<ClinicPerson>,
    State(app): State<App>,
    page: Page,
    Form(OnlyOnce { once }): Form<OnlyOnce>,
) -> Result<Response, Problem> {
    match another_link(&app, &page, &whose, &once).await {
        Ok(link) => show_handed(&app, page, whose.admin(), Handed::Link(link)).await,
        Err(problem) => refuse_people(&app, page, whose.admin(), problem).await,
    }
}

async fn another_link(
    app: &App,
    page: &Page,
    whose: &ClinicPerson,
    once: &FormId,
) -> Result<String, Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    once.use_up(app, &mut work).await?;
    let link = accounts::invite_again(app, &mut work, whose.person()).await?;
    work.commit(Act::on_account("code-given", whose.person().id())).await?;
    Ok(link)
}

/// `POST /clinic/people/{id}`: another name, another address. Only for an account that is this clinic's alone: with
/// the address of another's an administrator could take it over.
async fn edit(
    whose: SteppedUp<ClinicPerson>,
    State(app): State<App>,
    page: Page,
    Form(named): Form<Named>,
) -> Result<Response, Problem> {
    match rename(&app, &page, &whose, &named).await {
        Ok(()) => Ok(back()),
        Err(problem) => refuse_people(&app, page, whose.admin(), problem).await,
    }
}

async fn rename(app: &App, page: &Page, whose: &ClinicPerson, named: &Named) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    rights::only_here(&mut work, whose).await?;
    accounts::edit(app, &mut work, whose.person(), (&named.name, &named.email)).await?;
    Ok(work.commit(Act::on_account("account-edited", whose.person().id())).await?)
}

#[derive(Deserialize)]
struct Rights {
    change: Change,
}

/// `POST /clinic/people/{id}/rights`.
async fn change_rights(
    whose: SteppedUp<ClinicPerson>,
    State(app): State<App>,
    page: Page,
    Form(Rights { change }): Form<Rights>,
) -> Result<Response, Problem> {
    match rights::change(&app, &page, &whose, change).await {
        Ok(()) => Ok(back()),
        Err(problem) => refuse_people(&app, page, whose.admin(), problem).await,
    }
}
