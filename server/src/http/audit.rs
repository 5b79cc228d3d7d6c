//! Who did what, from where: one line in the log for each act that matters to security.
//!
//! A line names the request, the act, the network, and by identifier the account that acts and what the act is about.
//! Never names, addresses, what somebody typed, secrets, names of files or anything about health.

use super::context::RequestContext;
use crate::ids::{AccountId, ClinicId, LinkId, PatientId, RecordingId};
use crate::platform::work::{self, Entry};

/// The target of these lines, so that a filter or a collector can keep them apart.
pub const TARGET: &str = "oxi_server::audit";

/// What an act is about, by identifier; what is not known stays `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The account that is acted on, or that somebody tries to get into.
    pub account_id: Option<&'a str>,
    /// A patient's link.
    pub link_id: Option<&'a str>,
    /// A recording.
    pub recording_id: Option<&'a str>,
    /// A clinic.
    pub clinic_id: Option<&'a str>,
    /// A patient.
    pub patient_id: Option<&'a str>,
    /// Which of several things an act may do, such as `disable`.
    pub detail: Option<&'a str>,
}

impl<'a> About<'a> {
    /// About nothing in particular, or nothing that is known.
    pub const NOTHING: Self = Self {
        account_id: None,
        link_id: None,
        recording_id: None,
        clinic_id: None,
        patient_id: None,
        detail: None,
    };

    /// About an account.
    pub fn account(id: &'a str) -> Self {
        Self { account_id: Some(id), ..Self::NOTHING }
    }

    /// About a patient's link.
    pub fn link(id: &'a str) -> Self {
        Self { link_id: Some(id), ..Self::NOTHING }
    }

    /// About a recording.
    pub fn recording(id: &'a str) -> Self {
        Self { recording_id: Some(id), ..Self::NOTHING }
    }
}

/// Writes the line of what a request tried in vain, or only looked at; `action` is a few words in kebab-case that never change. What it did
/// is told by the [`Act`] that ends its [`Work`].
pub fn note(context: &RequestContext, action: &'static str, about: About<'_>) {
    write(Some(context), action, about);
}

fn write(context: Option<&RequestContext>, action: &'static str, about: About<'_>) {
    let by = context.and_then(RequestContext::identity).map(|identity| identity.account_id.as_str());
    let About { account_id, link_id, recording_id, clinic_id, patient_id, detail } = about;
    tracing::info!(
        target: TARGET,
        request_id = context.map(RequestContext::id),
        action,
        network = context.map(RequestContext::network),
        by,
        account_id,
        link_id,
        recording_id,
        clinic_id,
        patient_id,
        detail,
        "audit"
    );
}

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

/// What the platform does by itself, even if a request gives the occasion.
#[derive(Clone, Copy, Debug)]
pub enum Duty {
    /// Removing what is over or was left behind: visits, uploads without bytes, the rest of deletions.
    Sweep,
    /// Making lines of the list that are missing.
    Rebuild,
    /// Keeping analyses that were missing or of an older revision.
    Analysis,
    /// Giving a clinic to what has none: accounts at their first log-in, rows of a program that knows no clinics.
    Settling,
    /// Noting when a session was used last, and ending it when its time is over.
    Sessions,
    /// Sending mails, and making the codes in their links.
    Mail,
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

/// What was done.
#[derive(Clone, Debug)]
pub struct Act {
    action: &'static str,
    about: Subject,
    detail: Option<&'static str>,
    is_listed: bool,
}

/// What is acted on: a row of this kind.
#[derive(Clone, Debug)]
enum Subject {
    Nothing,
    Account(AccountId),
    Link(LinkId),
    LinkOf(LinkId, AccountId),
    Recording(RecordingId),
    Clinic(ClinicId),
    Patient(PatientId),
    Rows(u64),
}

impl Subject {
    fn about(&self) -> About<'_> {
        match self {
            Self::Account(id) => About::account(id.as_str()),
            Self::Link(id) => About::link(id.as_str()),
            Self::LinkOf(id, owner) => About { account_id: Some(owner.as_str()), ..About::link(id.as_str()) },
            Self::Recording(id) => About::recording(id.as_str()),
            Self::Clinic(id) => About { clinic_id: Some(id.as_str()), ..About::NOTHING },
            Self::Patient(id) => About { patient_id: Some(id.as_str()), ..About::NOTHING },
            Self::Nothing | Self::Rows(_) => About::NOTHING,
        }
    }

    /// How many rows of a table it is, where it is not one.
    fn rows(&self) -> Option<u64> {
        if let Self::Rows(count) = self { Some(*count) } else { None }
    }
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

    /// An act of somebody else on a link of this account.
    pub fn on_link_of(action: &'static str, id: &LinkId, owner: &AccountId) -> Self {
        Self::on(action, Subject::LinkOf(id.clone(), owner.clone()))
    }

    /// An act on a recording.
    pub fn on_recording(action: &'static str, id: &RecordingId) -> Self {
        Self::on(action, Subject::Recording(id.clone()))
    }

    /// An act on a clinic.
    pub fn on_clinic(action: &'static str, id: &ClinicId) -> Self {
        Self::on(action, Subject::Clinic(id.clone()))
    }

    /// An act on a patient.
    pub fn on_patient(action: &'static str, id: &PatientId) -> Self {
        Self::on(action, Subject::Patient(id.clone()))
    }

    /// An act on so many rows, none of which matters more than the others.
    pub fn on_rows(action: &'static str, count: u64) -> Self {
        Self::on(action, Subject::Rows(count))
    }

    fn on(action: &'static str, about: Subject) -> Self {
        Self { action, about, detail: None, is_listed: true }
    }

    /// The same act, with which of several things it was, such as `disable`.
    #[must_use]
    pub fn with_detail(self, detail: &'static str) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// The same act for the closer look alone (`debug`): it does not matter to security. Whatever the platform does by
    /// itself is told that way.
    #[must_use]
    pub fn unlisted(self) -> Self {
        Self { is_listed: false, ..self }
    }
}

impl Entry for Act {
    type Actor = Actor;

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
        write(context, self.action, About { detail: self.detail, ..self.about.about() });
    }

    fn tell_closely(&self, request_id: Option<&str>, duty: Option<Duty>) {
        let (action, duty, rows) = (self.action, duty.map(tracing::field::debug), self.about.rows());
        let About { account_id, link_id, recording_id, .. } = self.about.about();
        tracing::debug!(request_id, duty, action, account_id, link_id, recording_id, rows, "done");
    }
}
