//! What administrators of the platform do with those who ask for an account.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::store::{self, SignUpId};
use crate::accounts::model::NewAccount;
use crate::accounts::newcomer::Newcomer;
use crate::accounts::store as accounts;
use crate::accounts::users;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::ids::AccountId;
use crate::state::App;

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reply {
    Approve,
    Decline,
}

#[derive(Deserialize)]
pub(super) struct ReplyForm {
    #[serde(default)]
    sign_up: String,
    reply: Reply,
}

/// `POST /admin/users/sign-ups`: with an approval there is an account, and the password that was chosen lets in.
pub(super) async fn decide(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Form(ReplyForm { sign_up, reply }): Form<ReplyForm>,
) -> Result<Response, Problem> {
    let id = SignUpId::parse(&sign_up).ok_or_else(Problem::not_found)?;
    match reply_to(&app, &page, &admin, (&id, reply)).await {
        Ok(()) => Ok(Redirect::to("/admin/users").into_response()),
        Err(problem) => users::refuse(&app, page, &admin, problem).await,
    }
}

async fn reply_to(
    app: &App,
    page: &Page,
    admin: &Admin,
    (id, reply): (&SignUpId, Reply),
) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let taken = store::take(&mut work, admin, id, now).await?;
    let (name, email, hash) = taken.ok_or_else(Problem::not_found)?;
    let act = match reply {
        Reply::Decline => Act::on_nothing("sign-up-declined"),
        Reply::Approve => {
            let Newcomer { name, email } = Newcomer::parse(&name, &email)?;
            let account = AccountId::new(app.random.id(now));
            let new = NewAccount { email, name, is_admin: false, password_hash: Some(hash) };
            if accounts::insert(&mut work, &account, &new, now).await?.is_none() {
                return Err(Problem::refused("email-taken"));
            }
            Act::on_account("account-made", &account).with_detail("sign-up")
        }
    };
    Ok(work.commit(act.of_platform()).await?)
}
