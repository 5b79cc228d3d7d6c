//! What the administrators of clinics do with the accounts of those who work there. Which clinic an account belongs to
//! is none of this room's business.

use sqlx::{Any, Transaction};

use super::links::{self, Purpose};
use super::model::{Account, KnownAccount};
use super::newcomer::Newcomer;
use super::second_factor::removal;
use super::{browsers, renewal, store};
use crate::error::Problem;
use crate::i18n::Locale;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db;
use crate::state::App;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    account: Account,
}

impl Person {
    /// Identifier of the account.
    pub fn id(&self) -> &AccountId {
        &self.account.id
    }

    /// Name.
    pub fn name(&self) -> &str {
        &self.account.name
    }

    /// E-mail address.
    pub fn email(&self) -> &str {
        &self.account.email
    }

    /// Whether the platform has not disabled the account.
    pub fn is_enabled(&self) -> bool {
        self.account.is_enabled
    }

    /// Whether it administers the platform.
    pub fn is_platform_admin(&self) -> bool {
        self.account.is_admin
    }

    /// Whether nobody has signed in or chosen a password yet.
    pub fn is_unused(&self) -> bool {
        self.account.is_unused()
    }

    /// Whether the password alone does not open the account.
    pub fn has_second_factor(&self) -> bool {
        self.account.has_second_factor
    }

    /// When the person last signed in.
    pub fn last_sign_in_at(&self) -> Option<Timestamp> {
        self.account.last_sign_in_at
    }
}

/// Somebody with an account; `None` when there is no such account.
///
/// # Errors
/// When the database fails.
pub async fn person(app: &App, id: &AccountId) -> Result<Option<Person>, Problem> {
    Ok(store::find(&app.db, id).await?.map(|account| Person { account }))
}

/// Those of several accounts that are there, asked for some at a time.
///
/// # Errors
/// When the database fails.
pub async fn people(app: &App, ids: &[AccountId]) -> Result<Vec<Person>, Problem> {
    let mut found = Vec::new();
    for some in ids.chunks(store::AT_ONCE) {
        found.extend(store::find_some(&app.db, some).await?.into_iter().map(|account| Person { account }));
    }
    Ok(found)
}

/// Another link for somebody who lost the first one before using it.
///
/// # Errors
/// 422 when the account has been used.
pub async fn invite_again(
    app: &App,
    work: &mut Transaction<'static, Any>,
    person: &Person,
) -> Result<String, Problem> {
    if !store::hold_unused(work, &person.account.id).await? {
        return Err(Problem::refused("code-account-in-use"));
    }
    link(app, work, &person.account.id).await
}

async fn link(app: &App, work: &mut Transaction<'static, Any>, id: &KnownAccount) -> Result<String, Problem> {
    let code = links::make(work, app, Purpose::Password, Some(id)).await?;
    Ok(links::password_address(app, &code))
}

/// Changes name and address. To a new address no link for a new password goes by mail before the owner has signed in.
///
/// # Errors
/// 422 for what can be no name or address, or when another account has the address.
pub async fn edit(
    app: &App,
    work: &mut Transaction<'static, Any>,
    person: &Person,
    (name, email): (&str, &str),
) -> Result<(), Problem> {
    let Newcomer { name, email } = Newcomer::parse(name, email)?;
    if store::edit(work, &person.account.id, (&name, &email), app.clock.now()).await? {
        Ok(())
    } else {
        Err(Problem::refused("email-taken"))
    }
}

/// Lifts the lock that wrong passwords put on the account, whatever network they came from.
///
/// # Errors
/// When the database fails.
pub async fn unlock(work: &mut Transaction<'static, Any>, person: &Person) -> Result<(), Problem> {
    browsers::forget_all(work, &person.account.id).await?;
    Ok(store::unlock(work, &person.account.id).await?)
}

/// Removes the second factors of somebody who has lost them, and ends every way in that is open now. `locale` is for
/// owners who have not chosen a language.
///
/// # Errors
/// When the database fails.
pub async fn take_second_factors_away(
    app: &App,
    work: &mut Transaction<'static, Any>,
    (person, locale): (&Person, Locale),
) -> Result<(), Problem> {
    removal::take_away(work, app, (&person.account.id, locale)).await
}

/// Ends every way into the account that is open now.
///
/// # Errors
/// When the database fails.
pub async fn end_access(work: &mut Transaction<'static, Any>, person: &Person) -> Result<(), Problem> {
    Ok(renewal::end_access(work, &person.account.id).await?)
}

/// Makes the account nobody's: name, address and password are gone. What it uploaded stays.
///
/// # Errors
/// When the database fails.
pub async fn remove(app: &App, work: &mut Transaction<'static, Any>, person: &Person) -> Result<(), Problem> {
    end_access(work, person).await?;
    removal::forget(work, &person.account.id).await?;
    Ok(store::remove(work, &person.account.id, app.clock.now()).await?)
}

/// Makes whoever changes rights wait for each other until the transaction ends, on every replica, so that two who act at
/// once never leave nobody.
///
/// # Errors
/// When the database fails.
pub async fn hold_rights(work: &mut Transaction<'static, Any>) -> Result<(), Problem> {
    Ok(db::lock(work, store::ADMINISTRATORS).await?)
}

/// Whether an account is enabled, as the transaction sees it.
///
/// # Errors
/// When the database fails.
pub async fn is_enabled_in(work: &mut Transaction<'static, Any>, id: &AccountId) -> Result<bool, Problem> {
    Ok(store::is_enabled(&mut **work, id).await?)
}
