//! What administrators do with a request: confirm it, or not.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::store;
use crate::accounts::access::AdministeredRequest;
use crate::accounts::model::KnownAccount;
use crate::accounts::notices::{self, Kind};
use crate::accounts::{browsers, users};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::state::App;

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /admin/requests/{id}/confirm`: the browser that asked may now set the password.
pub(super) async fn confirm(
    asked: SteppedUp<AdministeredRequest>,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    match try_confirm(&app, &page, &asked).await {
        Ok(()) => Ok(Redirect::to("/admin/users").into_response()),
        Err(problem) => users::refuse(&app, page, asked.admin(), problem).await,
    }
}

/// `POST /admin/requests/{id}/refuse`: the request ends.
pub(super) async fn refuse(
    asked: AdministeredRequest,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    store::delete(&mut work, &asked).await?;
    work.commit(Act::on_account("password-request-refused", asked.account_id()).of_platform()).await?;
    Ok(Redirect::to("/admin/users"))
}

/// Nobody confirms for themselves: neither for the own account nor for a request that comes from a browser of
/// their own. The owner is told whoever it was. The network says nothing: owner and administrator share the clinic's.
async fn try_confirm(app: &App, page: &Page, asked: &AdministeredRequest) -> Result<(), Problem> {
    let (own, browser) = (KnownAccount::from(asked.admin()), &asked.request().browser_hash);
    if *asked.account_id() == own {
        return Err(Problem::refused("own-request"));
    }
    let (now, is_here) = (app.clock.now(), *browser == page.context().browser_fingerprint());
    if is_here || browsers::is_known(&app.db, Some(&own), browser, now).await? {
        return Err(Problem::refused("request-from-own-browser"));
    }
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if !store::confirm(&mut work, asked, now).await? {
        return Err(Problem::refused("request-confirmed-already"));
    }
    notices::add(&mut work, app, asked.account_id(), Kind::RequestConfirmed).await?;
    Ok(work.commit(Act::on_account("password-request-confirmed", asked.account_id()).of_platform()).await?)
}
