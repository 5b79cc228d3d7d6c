//! Who did what, from where: one line in the log for each act that matters to security.
//!
//! A line names the request, the act, the network, and by identifier the account that acts and what the act is about.
//! Never names, addresses, what somebody typed, secrets, names of files or anything about health.

use super::context::RequestContext;

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

/// Writes the line of what a request tried in vain; `action` is a few words in kebab-case that never change. What it did is logged by
/// the act that ends its work.
pub fn note(context: &RequestContext, action: &'static str, about: About<'_>) {
    write(Some(context), action, about);
}

/// Writes a line; `None`: no request asked for it.
pub fn write(context: Option<&RequestContext>, action: &'static str, about: About<'_>) {
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
