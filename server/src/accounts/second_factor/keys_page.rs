//! Passkeys of the own account: added with a name, removed.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use webauthn_rs::prelude::CreationChallengeResponse;

use super::changes::{gained, lost};
use super::manage::{OVERVIEW, shown_codes};
use super::passkeys::{self, KeyId};
use crate::accounts::mails::FactorChange;
use crate::accounts::model::KnownAccount;
use crate::accounts::store;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::{SettingUp, SteppedUp};
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/passkeys/challenge", challenge)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/passkeys", add)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/passkeys/remove", remove)
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /account/second-factor/passkeys/challenge`: what the browser hands to the device, as JSON.
async fn challenge(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Json<CreationChallengeResponse>, Problem> {
    let account = store::find(&app.db, who.account_id()).await?.ok_or_else(Problem::not_found)?;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let challenge = passkeys::ask_to_add(&mut work, &app, &account, &context).await?;
    work.commit(Act::on_account("passkey-asked", &account.id).unlisted()).await?;
    Ok(Json(challenge))
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    name: String,
    passkey: String,
}

/// `POST /account/second-factor/passkeys`: the device's answer.
async fn add(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let (account, context) = (KnownAccount::from(&**who), page.context().clone());
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::hold(&mut work, &account).await?;
    let answer = (given.name.as_str(), given.passkey.as_str());
    if !passkeys::add(&mut work, &app, (&account, &context), answer).await? {
        return Err(Problem::refused("passkey-refused"));
    }
    let codes = gained(&mut work, &app, &who, (&context, FactorChange::PasskeyAdded)).await?;
    work.commit(Act::on_account("second-factor-added", &account).with_detail("passkey")).await?;
    match codes {
        Some(codes) => shown_codes(page, codes),
        None => Ok(Redirect::to(OVERVIEW).into_response()),
    }
}

#[derive(Deserialize)]
struct Removed {
    key: String,
}

/// `POST /account/second-factor/passkeys/remove`.
async fn remove(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    context: RequestContext,
    Form(Removed { key }): Form<Removed>,
) -> Result<Redirect, Problem> {
    let id = KeyId::parse(&key).ok_or_else(Problem::not_found)?;
    let account = KnownAccount::from(&**who);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::hold(&mut work, &account).await?;
    if !passkeys::remove(&mut work, &account, id.as_str()).await? {
        return Err(Problem::not_found());
    }
    lost(&mut work, &app, &account, (&context, FactorChange::PasskeyRemoved)).await?;
    work.commit(Act::on_account("second-factor-removed", &account).with_detail("passkey")).await?;
    Ok(Redirect::to(OVERVIEW))
}
