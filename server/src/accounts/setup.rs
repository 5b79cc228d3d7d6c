//! The first log-in of a new platform: whoever holds the printed code becomes its administrator.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::arrival::{HOME, enter};
use super::links::{self, Purpose};
use super::model::{KnownAccount, NewAccount};
use super::newcomer::{Newcomer, refuse_code};
use super::session::{Entrance, Manner};
use super::{session, store};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::{Routes, Visitor};
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/setup", show).post::<Visitor, _>("/setup", make)
}

#[derive(Template)]
#[template(path = "accounts/setup.html")]
struct SetupPage {
    page: Page,
    given: Given,
    failure: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
struct Given {
    code: String,
    email: String,
    name: String,
    password: SecretString,
}

/// On a platform that has accounts this page does not exist.
async fn show(_: Visitor, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    if !store::is_empty(app.db.read()).await? {
        return Err(Problem::not_found());
    }
    Ok(render(&SetupPage { page, given: Given::default(), failure: None })?.into_response())
}

async fn make(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    if !store::is_empty(app.db.read()).await? {
        return Err(Problem::not_found());
    }
    match first_administrator(&app, page.context(), &given).await {
        Ok(session) => Ok(enter(&app, &session, HOME)),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            Ok(problem.shown_on(render(&SetupPage { page, given, failure: Some(failure) })?))
        }
    }
}

async fn first_administrator(
    app: &App,
    context: &RequestContext,
    given: &Given,
) -> Result<Entrance, Problem> {
    if !links::is_live(&app.db, app.clock.now(), Purpose::Setup, &given.code).await? {
        return Err(refuse_code(app, context).await);
    }
    let newcomer = Newcomer::parse(&given.name, &given.email)?;
    let hash = newcomer.hash(app, context, given.password.clone()).await?;
    let Newcomer { name, email } = newcomer;
    let new = NewAccount { email, name, is_admin: true, password_hash: Some(hash.clone()) };
    let (now, id) = (app.clock.now(), AccountId::new(app.random.id(app.clock.now())));
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let id = insert(&mut work, (&id, now), &new, &given.code).await?;
    let begun = session::begin(&mut work, app, (&id, &hash), context, Manner::default()).await?;
    let session = begun.ok_or_else(invalid)?;
    work.commit(Act::on_account("first-administrator-made", &id).by_account(&id)).await?;
    Ok(session)
}

/// Makes the account, unless somebody else was first: each start of a platform without accounts prints a code.
async fn insert(
    transaction: &mut Transaction<'_, Any>,
    (id, now): (&AccountId, Timestamp),
    new: &NewAccount,
    code: &str,
) -> Result<KnownAccount, Problem> {
    db::lock(transaction, store::ADMINISTRATORS).await?;
    let is_first = store::is_empty(&mut **transaction).await?;
    if !is_first || !links::take(transaction, now, Purpose::Setup, code).await? {
        return Err(invalid());
    }
    links::withdraw(transaction, Purpose::Setup).await?;
    store::insert(transaction, id, new, now).await?.ok_or_else(invalid)
}

fn invalid() -> Problem {
    Problem::refused("code-invalid")
}
