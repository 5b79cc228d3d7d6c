//! The sessions of the own account: where one is signed in, and ending it there.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;

use super::session_access::OwnSession;
use super::session_model::OpenSession;
use super::session_store;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::http::identity::Assurance;
use crate::http::routes::Routes;
use crate::i18n::{Locale, wording};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post::<OwnSession, _>("/account/sessions/{id}/end", end)
        .post::<SignedIn, _>("/account/sessions/end-others", end_others)
}

/// A session as the page shows it.
pub(super) struct SessionLine {
    pub(super) session: OpenSession,
    pub(super) device: String,
}

impl SessionLine {
    /// The sessions of the account that still let in, the one last used first.
    pub(super) async fn all(app: &App, who: &SignedIn, locale: Locale) -> Result<Vec<Self>, Problem> {
        let (now, limits) = (app.clock.now(), &app.config.sessions);
        let lives = |session: &OpenSession| {
            let OpenSession { created_at, last_seen_at, is_remembered, .. } = session;
            limits.of(*is_remembered).is_within(*created_at, *last_seen_at, now)
        };
        let sessions = session_store::list(&app.db, who).await?.into_iter().filter(lives);
        Ok(sessions.map(|session| Self { device: session.device.words(locale), session }).collect())
    }

    /// When it began, in words.
    pub(super) fn began(&self) -> String {
        wording::stamp(self.session.created_at)
    }

    /// When it was last used, in words.
    pub(super) fn last_seen(&self) -> String {
        wording::stamp(self.session.last_seen_at)
    }

    /// By what its owner was known, and when last, in words.
    pub(super) fn known(&self, locale: Locale) -> String {
        let key = match self.session.assurance {
            Assurance::Password => "sessions-known-by-password",
            Assurance::SecondFactor => "sessions-known-by-second-factor",
        };
        locale.t_args(key, &[("time", wording::stamp(self.session.stepped_up_at).into())])
    }

    /// Where the button that ends it leads; none for the session in which the page is shown, which ends by signing out.
    pub(super) fn end_address(&self) -> Option<String> {
        let id = self.session.id.as_ref().filter(|_| !self.session.is_here)?;
        Some(format!("/account/sessions/{id}/end"))
    }
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /account/sessions/{id}/end`: from the next request on, that browser is signed out.
async fn end(
    ended: OwnSession,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    session_store::delete_own(&mut work, &ended).await?;
    work.commit(Act::on_account("session-ended", ended.owner().account_id())).await?;
    Ok(Redirect::to("/account#sessions"))
}

/// `POST /account/sessions/end-others`: every browser but this one is signed out.
async fn end_others(
    who: SignedIn,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    session_store::delete_others(&mut work, &who).await?;
    work.commit(Act::on_account("sessions-ended", who.account_id())).await?;
    Ok(Redirect::to("/account#sessions"))
}
