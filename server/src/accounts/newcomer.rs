//! Somebody who gets an account: name and address as they were typed, then a password of their own.

use secrecy::SecretString;
use sqlx::{Any, Transaction};

use super::model::{Email, KnownAccount, NewAccount, PersonName};
use super::notices::{self, Kind};
use super::session::{self, Entrance, Manner};
use super::{password, store, throttle};
use crate::audit::{self, About};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::ids::AccountId;
use crate::state::App;

/// Name and address of somebody, who may have an account or not.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub(super) name: PersonName,
    pub(super) email: Email,
}

impl Newcomer {
    /// Name and address as they were typed.
    ///
    /// # Errors
    /// 422 for what can be no name or address.
    pub fn parse(name: &str, email: &str) -> Result<Self, Problem> {
        let email = Email::parse(email).ok_or_else(|| Problem::refused("bad-email"))?;
        let name = PersonName::parse(name).ok_or_else(|| Problem::refused("bad-name"))?;
        Ok(Self { name, email })
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The e-mail address.
    pub fn email(&self) -> &str {
        self.email.as_str()
    }

    /// The password as it is kept.
    ///
    /// # Errors
    /// 422 for one that is too short, too long or easy to guess; 503 when too much is going on.
    pub async fn hash(
        &self,
        app: &App,
        context: &RequestContext,
        password: SecretString,
    ) -> Result<String, Problem> {
        password::check(&password, password::CHOSEN, &[self.email(), self.name()])?;
        Ok(app.hasher.hash(&context.principal(), password).await?)
    }

    /// Makes the account, which belongs to no clinic yet, and begins a session in this browser. `None`, and nothing may
    /// be committed, when the address has an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        self,
        app: &App,
        work: &mut Transaction<'static, Any>,
        context: &RequestContext,
        hash: &str,
    ) -> Result<Option<(AccountId, Entrance)>, Problem> {
        let now = app.clock.now();
        let id = AccountId::new(app.random.id(now));
        let Self { name, email } = self;
        let new = NewAccount { email, name, is_admin: false, password_hash: Some(hash.to_owned()) };
        let Some(id) = store::insert(work, &id, &new, now).await? else { return Ok(None) };
        store::settle(work, &id).await?;
        let session = session::begin(work, app, (&id, hash), context, Manner::default()).await?;
        Ok(session.map(|session| (AccountId::clone(&id), session)))
    }
}

/// The account that has the address of somebody, if any.
///
/// # Errors
/// When the database fails.
pub async fn with_address(
    work: &mut Transaction<'static, Any>,
    who: &Newcomer,
) -> Result<Option<KnownAccount>, Problem> {
    Ok(store::id_of(work, &who.email).await?)
}

/// Tells the owner of an account that an invitation waits for an answer.
///
/// # Errors
/// When the database fails.
pub async fn tell_invited(
    app: &App,
    work: &mut Transaction<'static, Any>,
    id: &KnownAccount,
) -> Result<(), Problem> {
    Ok(notices::add(work, app, id, Kind::Invited).await?)
}

/// What is answered to a one-time code that opens nothing, which counts against its network.
pub async fn refuse_code(app: &App, context: &RequestContext) -> Problem {
    audit::note(context, "code-refused", About::NOTHING);
    match throttle::wrong_code(app, context).await {
        Ok(()) => Problem::refused("code-invalid"),
        Err(problem) => problem,
    }
}
