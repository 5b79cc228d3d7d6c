//! Everything that an account shows beside the password is removed: by an administrator or at the machine, when the owner
//! has lost it, or with the account.

use sqlx::{Any, Transaction};

use super::seeds::State as SeedState;
use super::{passkeys, recovery, seeds};
use crate::accounts::mails::{self, FactorChange, Notification};
use crate::accounts::model::{Email, KnownAccount};
use crate::accounts::notices::{self, Kind};
use crate::accounts::{renewal, store};
use crate::audit::{Act, Actor, Work};
use crate::error::{Problem, StartError};
use crate::i18n::Locale;
use crate::platform::db::DbError;
use crate::state::App;

/// Removes all factors of an account.
pub(in crate::accounts) async fn forget(
    work: &mut Transaction<'_, Any>,
    account: &KnownAccount,
) -> Result<(), DbError> {
    store::hold(work, account).await?;
    seeds::remove(work, account, SeedState::Offered).await?;
    seeds::remove(work, account, SeedState::Confirmed).await?;
    passkeys::remove_all(work, account).await?;
    recovery::remove_all(work, account).await?;
    store::set_has_second_factor(work, account, false).await
}

/// [`forget`] in somebody else's name: every way in that is open now ends, and the owner is told on every page and by
/// mail.
pub(in crate::accounts) async fn take_away(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, locale): (&KnownAccount, Locale),
) -> Result<(), Problem> {
    forget(work, account).await?;
    renewal::end_access(work, account).await?;
    notices::add(work, app, account, Kind::SecondFactorRemoved).await?;
    let notification = Notification::FactorChanged(FactorChange::Reset);
    Ok(mails::notify(work, app, (account, locale), notification).await?)
}

/// Removes them at the machine itself, for the last administrator.
///
/// # Errors
/// When no enabled account has the address, or the database fails.
pub async fn remove_second_factors(app: &App, email: &str) -> Result<(), StartError> {
    let email = Email::parse(email).ok_or("that is no e-mail address: give one like ana@clinica.ro")?;
    let account = store::enabled_id(&app.db, &email)
        .await?
        .ok_or("no account that is enabled has this address: see Admin, or ask another administrator")?;
    let mut work = Work::begin(&app.db, Actor::Operator).await?;
    let taken = take_away(&mut work, app, (&account, Locale::default())).await;
    taken
        .map_err(|problem| problem.cause().map_or_else(|| problem.code().to_owned(), ToString::to_string))?;
    Ok(work.commit(Act::on_account("second-factors-taken-away", &account)).await?)
}
