//! A way back in for the last administrator: whoever may run the program on its machine may make a link.

use super::links::{self, Purpose};
use super::model::Email;
use super::notices::{self, Kind};
use super::store;
use crate::audit::{Act, Actor, Work};
use crate::error::StartError;
use crate::state::App;

/// Makes a link by which the owner of this address can choose a new password: it works once, for 72 hours. Until it is
/// used nothing ends; the owner is told at the next sign-in.
///
/// # Errors
/// When no enabled account has the address, or the database fails.
pub async fn reset_link(app: &App, email: &str) -> Result<String, StartError> {
    let email = Email::parse(email).ok_or("that is no e-mail address: give one like ana@clinica.ro")?;
    let account_id = store::enabled_id(&app.db, &email)
        .await?
        .ok_or("no account that is enabled has this address: see Admin, or ask another administrator")?;
    let mut work = Work::begin(&app.db, Actor::Operator).await?;
    let code = links::make(&mut work, app, Purpose::Password, Some(&account_id)).await?;
    notices::add(&mut work, app, &account_id, Kind::ResetLinkMade).await?;
    work.commit(Act::on_account("reset-link-made", &account_id)).await?;
    Ok(links::password_address(app, &code))
}
