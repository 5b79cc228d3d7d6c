//! Who did what, from where: one line in the log for each act that matters to security.
//!
//! A line names the request, the act, the network, and by identifier the account that acts and what the act is about.
//! Never names, addresses, what somebody typed, secrets, names of files or anything about health.

use super::context::RequestContext;
use crate::ids::{AccountId, LinkId, RecordingId};
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
    /// Which of several things an act may do, such as `disable`.
    pub detail: Option<&'a str>,
}

impl<'a> About<'a> {
    /// About nothing in particular, or nothing that is known.
    pub const NOTHING: Self = Self { account_id: None, link_id: None, recording_id: None, detail: None };

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

/// Writes the line of an act; `action` is a few words in kebab-case that never change.
pub fn note(context: &RequestContext, action: &'static str, about: About<'_>) {
    let by = context.identity().map(|identity| identity.account_id.as_str());
    let About { account_id, link_id, recording_id, detail } = about;
    tracing::info!(
        target: TARGET,
        request_id = context.id(),
        action,
        network = context.network(),
        by,
        account_id,
        link_id,
        recording_id,
        detail,
        "audit"
    );
}

/// A transaction in the name of a request, which ends with the line of its act.
pub type Work = work::Work<Act>;

/// What a request did.
#[derive(Clone, Debug)]
pub struct Act {
    action: &'static str,
    about: Subject,
}

/// What is acted on: a row of this kind.
#[derive(Clone, Debug)]
enum Subject {
    Account(AccountId),
    Link(LinkId),
    Recording(RecordingId),
}

impl Act {
    /// An act on an account.
    pub fn on_account(action: &'static str, id: &AccountId) -> Self {
        Self { action, about: Subject::Account(id.clone()) }
    }

    /// An act on a link.
    pub fn on_link(action: &'static str, id: &LinkId) -> Self {
        Self { action, about: Subject::Link(id.clone()) }
    }

    /// An act on a recording.
    pub fn on_recording(action: &'static str, id: &RecordingId) -> Self {
        Self { action, about: Subject::Recording(id.clone()) }
    }
}

impl Entry for Act {
    type Actor = RequestContext;

    fn tell(self, context: &RequestContext) {
        let about = match &self.about {
            Subject::Account(id) => About::account(id.as_str()),
            Subject::Link(id) => About::link(id.as_str()),
            Subject::Recording(id) => About::recording(id.as_str()),
        };
        note(context, self.action, about);
    }
}
