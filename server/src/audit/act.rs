//! What ends a piece of work: its entry in the journal, and its line in the log.

use std::time::Duration;

use super::model::{By, Chain, Content, Duty, Subject};
use super::store;
use crate::http::audit_log::{self, About};
use crate::http::context::RequestContext;
use crate::http::identity::Identity;
use crate::ids::{AccountId, ClinicId, LinkId, PatientId, RecordingId};
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::work::{self, Entry, Open};

/// A transaction in somebody's name, which ends with what was done.
pub type Work = work::Work<Act>;

/// Who works.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Whoever sent this request.
    Request(RequestContext),
    /// Whoever may run the program on its machine: by a command, by the settings of a first start.
    Operator,
    /// The platform by itself.
    Platform(Duty),
}

impl Actor {
    fn identity(&self) -> Option<&Identity> {
        if let Self::Request(context) = self { context.identity() } else { None }
    }

    fn by(&self) -> By {
        match self {
            Self::Request(context) => {
                let account = context.identity().map(|identity| By::Account(identity.account_id.clone()));
                account.unwrap_or(By::Visitor)
            }
            Self::Operator => By::Operator,
            Self::Platform(duty) => By::Platform(*duty),
        }
    }
}

impl From<RequestContext> for Actor {
    fn from(context: RequestContext) -> Self {
        Self::Request(context)
    }
}

impl From<Duty> for Actor {
    fn from(duty: Duty) -> Self {
        Self::Platform(duty)
    }
}

/// What was done. It is written into the chain of the clinic in which whoever did it works, unless the act says another:
/// an act on a clinic is in the chain of that clinic, and where no clinic is known, in the platform's.
#[derive(Clone, Debug)]
pub struct Act {
    action: &'static str,
    subject: Subject,
    /// The account of the subject, for the log alone.
    owner: Option<AccountId>,
    detail: Option<&'static str>,
    amount: Option<u64>,
    chain: Option<Chain>,
    by: Option<By>,
    is_listed: bool,
    keeping: Keeping,
}

/// Whether an act has an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeping {
    /// One each time.
    Always,
    /// One an hour for the same actor and subject.
    Hourly,
    /// None.
    Never,
}

impl Act {
    /// An act on nothing that has an identifier.
    pub fn on_nothing(action: &'static str) -> Self {
        Self::on(action, Subject::Nothing)
    }

    /// An act on an account.
    pub fn on_account(action: &'static str, id: &AccountId) -> Self {
        Self::on(action, Subject::Account(id.clone()))
    }

    /// An act on a link.
    pub fn on_link(action: &'static str, id: &LinkId) -> Self {
        Self::on(action, Subject::Link(id.clone()))
    }

    /// An act of whoever holds a link of this account's patient.
    pub fn on_link_of(action: &'static str, id: &LinkId, owner: &AccountId) -> Self {
        Self { owner: Some(owner.clone()), ..Self::on_link(action, id).by_link(id) }
    }

    /// An act on a recording.
    pub fn on_recording(action: &'static str, id: &RecordingId) -> Self {
        Self::on(action, Subject::Recording(id.clone()))
    }

    /// An act on a clinic.
    pub fn on_clinic(action: &'static str, id: &ClinicId) -> Self {
        Self::on(action, Subject::Clinic(id.clone())).in_clinic(id)
    }

    /// An act on a patient.
    pub fn on_patient(action: &'static str, id: &PatientId) -> Self {
        Self::on(action, Subject::Patient(id.clone()))
    }

    /// An act on this many rows, none of which matters more than the others; on none it is nothing to keep.
    pub fn on_rows(action: &'static str, count: u64) -> Self {
        let keeping = if count > 0 { Keeping::Always } else { Keeping::Never };
        Self { amount: Some(count), keeping, ..Self::on(action, Subject::Nothing) }
    }

    fn on(action: &'static str, subject: Subject) -> Self {
        Self {
            action,
            subject,
            owner: None,
            detail: None,
            amount: None,
            chain: None,
            by: None,
            is_listed: true,
            keeping: Keeping::Always,
        }
    }

    /// The same act, with which of several things it was, such as `disable`.
    #[must_use]
    pub fn with_detail(self, detail: &'static str) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// The same act in the chain of a clinic, whoever does it.
    #[must_use]
    pub fn in_clinic(self, clinic: &ClinicId) -> Self {
        Self { chain: Some(Chain::of(clinic)), ..self }
    }

    /// The same act in the chain of the platform, wherever its administrator works besides.
    #[must_use]
    pub fn of_platform(self) -> Self {
        Self { chain: Some(Chain::platform()), ..self }
    }

    /// The same act of an account whose owner has only just been known: signing in, setting a password.
    #[must_use]
    pub fn by_account(self, id: &AccountId) -> Self {
        Self { by: Some(By::Account(id.clone())), ..self }
    }

    /// The same act of whoever has opened a link, should nobody be signed in.
    #[must_use]
    pub fn by_link(self, id: &LinkId) -> Self {
        Self { by: Some(By::Link(id.clone())), ..self }
    }

    /// The same act for the closer look alone (`debug`) in the log: it does not matter to security. Whatever the platform
    /// does by itself is logged that way. The journal has it all the same.
    #[must_use]
    pub fn unlisted(self) -> Self {
        Self { is_listed: false, ..self }
    }

    /// The same act without an entry: nobody's act, of which nothing can be asked later. `tests/api/source.rs` lists them.
    #[must_use]
    pub fn without_entry(self) -> Self {
        Self { keeping: Keeping::Never, ..self }
    }

    /// Whose act it is: whoever is signed in, else whoever the act knows.
    fn by(&self, actor: &Actor) -> By {
        match (actor.by(), &self.by) {
            (By::Visitor, Some(known)) => known.clone(),
            (by, _) => by,
        }
    }

    fn chain(&self, actor: &Actor) -> Chain {
        let of_actor = || actor.identity()?.standing().map(|standing| Chain::of(&standing.clinic_id));
        self.chain.clone().or_else(of_actor).unwrap_or_else(Chain::platform)
    }

    fn content(&self, actor: &Actor, at: Timestamp) -> Content {
        Content {
            actor: self.by(actor).to_string(),
            action: self.action.to_owned(),
            detail: self.detail.map(str::to_owned),
            subject: self.subject.to_string(),
            amount: self.amount.map(|amount| i64::try_from(amount).unwrap_or(i64::MAX)),
            at,
        }
    }
}

/// Keeps that something is being opened, one entry an hour for the same actor and subject, in a short transaction of its own. What
/// cannot be kept must not be shown. An act that is listed is logged each time.
///
/// # Errors
/// When the database fails: then nothing is kept.
pub async fn keep_opening(context: &RequestContext, opening: Act) -> Result<(), DbError> {
    let (db, at) = (&context.app().db, context.app().clock.now());
    let actor = Actor::from(context.clone());
    let (chain, content) = (opening.chain(&actor), opening.content(&actor, at));
    if !store::is_noted(db.read(), &chain, &content, hour_of(at)).await? {
        let hourly = Act { keeping: Keeping::Hourly, ..opening.clone().unlisted() };
        Work::begin(db, actor.clone()).await?.commit(hourly).await?;
    }
    if opening.is_listed {
        opening.tell(&actor);
    }
    Ok(())
}

/// When the hour of a moment began.
fn hour_of(at: Timestamp) -> Timestamp {
    at.minus(Duration::from_millis(u64::try_from(at.as_millis().rem_euclid(HOUR_MS)).unwrap_or_default()))
}

const HOUR_MS: i64 = 3_600_000;

impl Entry for Act {
    type Actor = Actor;

    async fn write(&self, transaction: &mut Open, actor: &Actor, at: Timestamp) -> Result<(), DbError> {
        if self.keeping == Keeping::Never {
            return Ok(());
        }
        let (chain, content) = (self.chain(actor), self.content(actor, at));
        let head = store::hold(transaction, &chain).await?;
        let is_hourly = self.keeping == Keeping::Hourly;
        if is_hourly && store::is_noted(&mut **transaction, &chain, &content, hour_of(at)).await? {
            return Ok(());
        }
        store::append(transaction, &chain, head, &content).await
    }

    fn tell(self, actor: &Actor) {
        match actor {
            Actor::Request(context) if self.is_listed => self.list(Some(context)),
            Actor::Request(context) => self.tell_closely(Some(context.id()), None),
            Actor::Operator => self.list(None),
            Actor::Platform(duty) => self.tell_closely(None, Some(*duty)),
        }
    }
}

impl Act {
    fn list(&self, context: Option<&RequestContext>) {
        audit_log::write(context, self.action, About { detail: self.detail, ..self.about() });
    }

    fn tell_closely(&self, request_id: Option<&str>, duty: Option<Duty>) {
        let (action, duty, rows) = (self.action, duty.map(Duty::as_str), self.amount);
        let About { account_id, link_id, recording_id, .. } = self.about();
        tracing::debug!(request_id, duty, action, account_id, link_id, recording_id, rows, "done");
    }

    fn about(&self) -> About<'_> {
        let clinic_id = self.chain.as_ref().and_then(Chain::clinic);
        let account_id = self.owner.as_ref().map(AccountId::as_str);
        let about = About { account_id, clinic_id, ..About::NOTHING };
        match &self.subject {
            Subject::Nothing => about,
            Subject::Account(id) => About { account_id: Some(id.as_str()), ..about },
            Subject::Link(id) => About { link_id: Some(id.as_str()), ..about },
            Subject::Recording(id) => About { recording_id: Some(id.as_str()), ..about },
            Subject::Clinic(id) => About { clinic_id: Some(id.as_str()), ..about },
            Subject::Patient(id) => About { patient_id: Some(id.as_str()), ..about },
        }
    }
}
