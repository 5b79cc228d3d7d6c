//! The first administrator: from the settings, else by a log-in that is printed once.

use super::links::{self, Purpose};
use super::model::{Email, NewAccount, PersonName};
use super::{password, store};
use crate::audit::{Act, Actor, Work};
use crate::config::FirstAdmin;
use crate::error::StartError;
use crate::i18n::Locale;
use crate::ids::AccountId;
use crate::platform::work_pool::Principal;
use crate::state::App;

/// On a platform without accounts: makes the administrator the settings name, or returns the link of a log-in that
/// works once. On every other platform: nothing.
///
/// # Errors
/// When the database fails, or the settings name an administrator who cannot be made.
pub async fn first_log_in(app: &App) -> Result<Option<String>, StartError> {
    if !store::is_empty(app.db.read()).await? {
        return Ok(None);
    }
    if let Some(first) = &app.config.first_admin {
        make(app, first).await?;
        return Ok(None);
    }
    let mut work = Work::begin(&app.db, Actor::Operator).await?;
    let code = links::make(&mut work, app, Purpose::Setup, None).await?;
    work.commit(Act::on_nothing("setup-code-made")).await?;
    Ok(Some(format!("{}/setup#{}", app.config.app_url, code.expose())))
}

async fn make(app: &App, first: &FirstAdmin) -> Result<(), StartError> {
    let email =
        Email::parse(&first.email).ok_or("ADMIN_EMAIL is no e-mail address: give one like ana@clinica.ro")?;
    let name = PersonName::parse(&first.name).ok_or("ADMIN_NAME is too long: give at most 100 characters")?;
    password::check(&first.password, password::OF_SETTINGS, &[email.as_str(), name.as_str()]).map_err(
        |problem| {
            let reason = Locale::En.t_args(&problem.message_key(), problem.args());
            format!("ADMIN_PASSWORD cannot be used: {reason}")
        },
    )?;
    let password_hash = Some(app.hasher.hash(&Principal::platform(), first.password.clone()).await?);
    let (id, now) = (AccountId::new(app.random.id(app.clock.now())), app.clock.now());
    let new = NewAccount { email, name, is_admin: true, password_hash };
    let mut work = Work::begin(&app.db, Actor::Operator).await?;
    if store::insert(&mut work, &id, &new, now).await?.is_some() {
        work.commit(Act::on_account("first-administrator-made", &id).with_detail("settings")).await?;
    }
    Ok(())
}
