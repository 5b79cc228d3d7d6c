//! The own account: who one is, where one is signed in, and another password.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::arrival::enter;
use super::mails::{self, Notification};
use super::model::{Account, KnownAccount};
use super::session::{Entrance, NewSession};
use super::session_model::Known;
use super::sessions_page::SessionLine;
use super::{notices, password, renewal, store, throttle};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::identity::{Assurance, Notice};
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<SignedIn, _>("/account", show).post::<SignedIn, _>("/account", change)
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    page: Page,
    account: Account,
    notices: Vec<Notice>,
    sessions: Vec<SessionLine>,
    failure: Option<String>,
}

impl AccountPage {
    async fn load(app: &App, who: &SignedIn, page: Page, account: Account) -> Result<Self, Problem> {
        let browser = page.context().browser_fingerprint();
        let notices = notices::unread(&app.db, &account.id, &browser, app.clock.now()).await?;
        let sessions = SessionLine::all(app, who, page.locale()).await?;
        Ok(Self { page, account, notices, sessions, failure: None })
    }
}

async fn show(who: SignedIn, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let account = own(&app, &who).await?;
    Ok(render(&AccountPage::load(&app, &who, page, account).await?)?.into_response())
}

async fn own(app: &App, who: &SignedIn) -> Result<Account, Problem> {
    store::find(&app.db, who.account_id()).await?.ok_or_else(Problem::not_found)
}

#[derive(Deserialize)]
struct Given {
    current: SecretString,
    password: SecretString,
}

async fn change(
    who: SignedIn,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let account = own(&app, &who).await?;
    match replace(&app, &page, &who, &account, given).await {
        Ok(session) => Ok(enter(&app, &Entrance::Session(session), "/account")),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let shown = AccountPage::load(&app, &who, page, account).await?;
            Ok(problem.shown_on(render(&AccountPage { failure: Some(failure), ..shown })?))
        }
    }
}

/// The own password as it is kept, for whoever typed it right.
pub(super) async fn verify_own(
    app: &App,
    page: &Page,
    who: &SignedIn,
    typed: SecretString,
) -> Result<String, Problem> {
    let attempt = throttle::own_password(app, page.context(), &who.identity().session).await?;
    let stored = store::password_hash(&app.db, &KnownAccount::from(who)).await?.unwrap_or_default();
    if !app.hasher.verify(&attempt.principal, typed, Some(&stored)).await?.is_right() {
        audit::note(page.context(), "own-password-wrong", About::account(who.account_id().as_str()));
        attempt.failed(app).await?;
        return Err(Problem::refused("wrong-current-password"));
    }
    attempt.succeeded(app).await?;
    Ok(stored)
}

/// Checks the old password, sets the new one, ends what the old one let in and begins a session here.
async fn replace(
    app: &App,
    page: &Page,
    who: &SignedIn,
    account: &Account,
    given: Given,
) -> Result<NewSession, Problem> {
    let stored = verify_own(app, page, who, given.current).await?;
    password::check(&given.password, password::CHOSEN, &[&account.email, &account.name])?;
    let hash = app.hasher.hash(&page.context().principal(), given.password).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let replaced = (stored.as_str(), hash.as_str());
    let identity = who.identity();
    let known = match identity.assurance {
        Assurance::Password => Known { assurance: Assurance::Password, at: app.clock.now() },
        Assurance::SecondFactor => Known { assurance: Assurance::SecondFactor, at: identity.stepped_up_at },
    };
    let begun = renewal::replace(&mut work, app, &account.id, replaced, (page.context(), known)).await?;
    let session = begun.ok_or_else(|| Problem::refused("wrong-current-password"))?;
    mails::notify(&mut work, app, (&account.id, page.locale()), Notification::PasswordChanged).await?;
    work.commit(Act::on_account("password-changed", &account.id)).await?;
    Ok(session)
}
