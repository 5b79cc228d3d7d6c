//! What people may do in a clinic. Whoever changes it holds the rights of the whole platform meanwhile, so that two who
//! act at once, on whatever replicas, never leave a clinic without an administrator.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::members::ClinicPerson;
use super::store;
use crate::accounts::{self, AdministeredAccount};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::http::identity::ClinicRole;
use crate::http::routes::Routes;
use crate::ids::AccountId;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post::<SteppedUp<AdministeredAccount>, _>("/admin/users/{id}/rights", change_on_platform)
}

/// What to change: one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    Enable,
    Disable,
    MakeAdmin,
    RemoveAdmin,
    Unlock,
    RemoveSecondFactor,
}

impl Change {
    const fn action(self) -> &'static str {
        match self {
            Self::Enable => "clinic-member-enabled",
            Self::Disable => "clinic-member-disabled",
            Self::MakeAdmin => "clinic-administrator-made",
            Self::RemoveAdmin => "clinic-administrator-unmade",
            Self::Unlock => "account-unlocked",
            Self::RemoveSecondFactor => "second-factors-taken-away",
        }
    }
}

/// Changes what somebody may do in the clinic. The last administrator keeps the rights; whoever is disabled is out at
/// once.
pub(super) async fn change(
    app: &App,
    page: &Page,
    whose: &ClinicPerson,
    change: Change,
) -> Result<(), Problem> {
    let id = whose.person().id();
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    accounts::hold_rights(&mut work).await?;
    if matches!(change, Change::Disable | Change::RemoveAdmin) {
        keep_an_administrator(&mut work, whose).await?;
    }
    match change {
        Change::Enable => store::set_enabled(&mut work, whose, true).await?,
        Change::Disable => {
            store::set_enabled(&mut work, whose, false).await?;
            accounts::end_access(&mut work, whose.person()).await?;
        }
        Change::MakeAdmin => store::set_role(&mut work, whose, ClinicRole::Administrator).await?,
        Change::RemoveAdmin => store::set_role(&mut work, whose, ClinicRole::Doctor).await?,
        Change::Unlock => accounts::unlock(&mut work, whose.person()).await?,
        Change::RemoveSecondFactor => {
            only_here(&mut work, whose).await?;
            let person = (whose.person(), page.locale());
            accounts::take_second_factors_away(app, &mut work, person).await?;
        }
    }
    Ok(work.commit(Act::on_account(change.action(), id)).await?)
}

/// Takes somebody out of the clinic, within a transaction that holds the rights; the account, if it belongs nowhere
/// else, becomes nobody's.
///
/// # Errors
/// 422 for the last administrator of the clinic.
pub async fn take_out(
    app: &App,
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<(), Problem> {
    accounts::hold_rights(work).await?;
    keep_an_administrator(work, whose).await?;
    let (person, is_only_here) = (whose.person(), only_here(work, whose).await.is_ok());
    store::remove_member(work, whose).await?;
    if is_only_here {
        accounts::remove(app, work, person).await?;
    } else {
        accounts::end_access(work, person).await?;
    }
    Ok(())
}

/// Whether the account belongs to this clinic alone and does not administer the platform.
///
/// # Errors
/// 422 when it is also somebody else's to decide about.
pub(super) async fn only_here(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<(), Problem> {
    let is_elsewhere = store::count_clinics(work, whose).await? > 1;
    if is_elsewhere || whose.person().is_platform_admin() {
        return Err(Problem::refused("account-elsewhere"));
    }
    Ok(())
}

/// Somebody else must go on administering the clinic. Asked while the rights are held.
async fn keep_an_administrator(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<(), Problem> {
    let (clinic, id) = (whose.admin().clinic_id(), whose.person().id());
    let heads = store::administrators(work, clinic).await?;
    if !heads.contains(id) || any_enabled(work, heads.iter().filter(|head| *head != id)).await? {
        return Ok(());
    }
    Err(Problem::refused("last-clinic-administrator"))
}

async fn any_enabled<'a>(
    work: &mut Transaction<'static, Any>,
    accounts: impl Iterator<Item = &'a AccountId>,
) -> Result<bool, Problem> {
    for account in accounts {
        if accounts::is_enabled_in(work, account).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Deserialize)]
struct OnPlatform {
    change: accounts::Change,
}

/// `POST /admin/users/{id}/rights`: what an administrator of the platform changes. An account is not disabled while
/// people work in a clinic that only it administers.
async fn change_on_platform(
    whose: SteppedUp<AdministeredAccount>,
    State(app): State<App>,
    page: Page,
    Form(OnPlatform { change }): Form<OnPlatform>,
) -> Result<Response, Problem> {
    match apply_on_platform(&app, &page, &whose, change).await {
        Ok(()) => Ok(Redirect::to("/admin/users").into_response()),
        Err(problem) => accounts::refuse(&app, page, whose.admin(), problem).await,
    }
}

async fn apply_on_platform(
    app: &App,
    page: &Page,
    whose: &AdministeredAccount,
    change: accounts::Change,
) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    accounts::change_rights(&mut work, whose, change).await?;
    if change == accounts::Change::Disable {
        leave_no_clinic_alone(&mut work, whose).await?;
    }
    let act = Act::on_account("rights-changed", whose.id()).with_detail(change.as_str());
    Ok(work.commit(act.of_platform()).await?)
}

/// Clinics that the account administers must have another administrator, or nobody else who works there.
async fn leave_no_clinic_alone(
    work: &mut Transaction<'static, Any>,
    whose: &AdministeredAccount,
) -> Result<(), Problem> {
    let id = whose.id();
    for clinic in store::administered_by(work, whose).await? {
        let heads = store::administrators(work, &clinic).await?;
        let others = store::at_work(work, &clinic).await?;
        let is_alone = !any_enabled(work, others.iter().filter(|other| *other != id)).await?;
        if !is_alone && !any_enabled(work, heads.iter().filter(|head| *head != id)).await? {
            return Err(Problem::refused("last-clinic-administrator"));
        }
    }
    Ok(())
}
