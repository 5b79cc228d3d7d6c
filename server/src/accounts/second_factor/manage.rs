//! The own second factor: set up, shown, changed and removed, by its owner alone.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::changes::{gained, lost, tell};
use super::passkeys::{self, Key};
use super::seeds::{self, State as SeedState};
use super::{recovery, totp};
use crate::accounts::mails::FactorChange;
use crate::accounts::model::KnownAccount;
use crate::accounts::{store, throttle};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::{SettingUp, SignedIn, SteppedUp};
use crate::http::browser::csrf::Form;
use crate::http::browser::once::OnlyOnce;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::i18n::wording::Moment;
use crate::platform::qr;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<SettingUp, _>(OVERVIEW, show)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/totp", offer)
        .get::<SteppedUp<SettingUp>, _>("/account/second-factor/totp", show_offer)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/totp/confirm", confirm)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/totp/remove", remove_totp)
        .post::<SteppedUp<SettingUp>, _>("/account/second-factor/recovery-codes", make_codes)
}

pub(super) const OVERVIEW: &str = "/account/second-factor";

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct OverviewPage {
    page: Page,
    /// Since when the codes of an app count, if they do.
    totp_since: Option<Moment>,
    /// `None` where browsers have no passkeys for the platform's address.
    keys: Option<Vec<Key>>,
    codes_remaining: i64,
}

/// `GET /account/second-factor`.
async fn show(who: SettingUp, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let account = KnownAccount::from(&*who);
    let totp_since = seeds::confirmed_at(app.db.read(), &account).await?.map(Moment::new);
    let codes_remaining = recovery::remaining(app.db.read(), &account).await?;
    let keys = passkeys::list(app.db.read(), &account).await?;
    let keys = (!keys.is_empty() || passkeys::relying_party(&app).is_some()).then_some(keys);
    Ok(render(&OverviewPage { page, totp_since, keys, codes_remaining })?.into_response())
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /account/second-factor/totp`: a new seed to show. The one that counts goes on counting.
async fn offer(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    seeds::offer(&mut work, &app, &KnownAccount::from(&**who)).await?;
    work.commit(Act::on_account("second-factor-offered", who.account_id()).unlisted()).await?;
    Ok(Redirect::to("/account/second-factor/totp"))
}

#[derive(Template)]
#[template(path = "accounts/totp.html")]
struct TotpPage {
    page: Page,
    drawing: qr::Drawing,
    seed: String,
    address: String,
    failure: Option<String>,
}

impl TotpPage {
    /// `None` when nothing is offered, or not any more.
    async fn load(app: &App, who: &SignedIn, page: Page) -> Result<Option<Self>, Problem> {
        let account = KnownAccount::from(who);
        let Some(seed) = seeds::find(app.db.read(), app, &account, SeedState::Offered).await? else {
            return Ok(None);
        };
        let found = store::find(&app.db, &account).await?.ok_or_else(Problem::not_found)?;
        let (seed, issuer) = (seed.bytes.expose_secret(), page.t("platform-title"));
        let address = totp::address(&issuer, &found.email, seed);
        let drawing = qr::draw(&address).map_err(Problem::internal)?;
        Ok(Some(Self { page, drawing, seed: totp::seed_text(seed), address, failure: None }))
    }
}

/// `GET /account/second-factor/totp`: the seed as a picture and as letters.
async fn show_offer(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    page: Page,
) -> Result<Response, Problem> {
    match TotpPage::load(&app, &who, page).await? {
        Some(shown) => Ok(render(&shown)?.into_response()),
        None => Ok(Redirect::to(OVERVIEW).into_response()),
    }
}

#[derive(Deserialize)]
struct Given {
    code: SecretString,
}

/// `POST /account/second-factor/totp/confirm`: from the first right code on, the seed counts.
async fn confirm(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match take_up(&app, &who, page.context(), &given.code).await {
        Ok(Some(codes)) => shown_codes(page, codes),
        Ok(None) => Ok(Redirect::to(OVERVIEW).into_response()),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let Some(shown) = TotpPage::load(&app, &who, page).await? else {
                return Ok(Redirect::to(OVERVIEW).into_response());
            };
            Ok(problem.shown_on(render(&TotpPage { failure: Some(failure), ..shown })?))
        }
    }
}

async fn take_up(
    app: &App,
    who: &SignedIn,
    context: &RequestContext,
    code: &SecretString,
) -> Result<Option<Vec<String>>, Problem> {
    let attempt = throttle::own_password(app, context, &who.identity().session).await?;
    let code: String = code.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
    let account = KnownAccount::from(who);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::hold(&mut work, &account).await?;
    if !seeds::confirm(&mut work, app, &account, &code).await? {
        drop(work);
        attempt.failed(app).await?;
        return Err(Problem::refused("wrong-second-step"));
    }
    let codes = gained(&mut work, app, who, (context, FactorChange::TotpAdded)).await?;
    work.commit(Act::on_account("second-factor-added", &account).with_detail("totp")).await?;
    attempt.succeeded(app).await?;
    Ok(codes)
}

/// `POST /account/second-factor/totp/remove`.
async fn remove_totp(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let account = KnownAccount::from(&**who);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::hold(&mut work, &account).await?;
    seeds::remove(&mut work, &account, SeedState::Confirmed).await?;
    lost(&mut work, &app, &account, (&context, FactorChange::TotpRemoved)).await?;
    work.commit(Act::on_account("second-factor-removed", &account).with_detail("totp")).await?;
    Ok(Redirect::to(OVERVIEW))
}

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

/// The page that shows codes on paper, this once.
pub(super) fn shown_codes(page: Page, codes: Vec<String>) -> Result<Response, Problem> {
    Ok(render(&CodesPage { page, codes })?.into_response())
}

/// `POST /account/second-factor/recovery-codes`: another set, shown once; the one before opens nothing any more.
async fn make_codes(
    who: SteppedUp<SettingUp>,
    State(app): State<App>,
    page: Page,
    Form(OnlyOnce { once }): Form<OnlyOnce>,
) -> Result<Response, Problem> {
    if !who.identity().has_second_factor {
        return Ok(Redirect::to(OVERVIEW).into_response());
    }
    let account = KnownAccount::from(&**who);
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    once.use_up(&app, &mut work).await?;
    store::hold(&mut work, &account).await?;
    let codes = recovery::replace(&mut work, &app, &account).await?;
    tell(&mut work, &app, &account, (page.context(), FactorChange::CodesMade)).await?;
    work.commit(Act::on_account("recovery-codes-made", &account)).await?;
    shown_codes(page, codes)
}
