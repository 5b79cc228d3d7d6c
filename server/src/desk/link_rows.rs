//! The table of a patient's links, on the pages of the patient and of each of its nights.

use crate::i18n::Locale;
use crate::i18n::wording::Moment;
use crate::patients::{Link, LinkState};
use crate::platform::clock::Timestamp;

/// A line of the table of links.
pub(super) struct LinkRow {
    pub(super) id: String,
    pub(super) called: String,
    pub(super) created: Moment,
    pub(super) expires: Option<Moment>,
    pub(super) views: u64,
    pub(super) last_viewed: Option<Moment>,
    pub(super) state_key: &'static str,
    pub(super) is_open: bool,
}

impl LinkRow {
    pub(super) fn new(locale: Locale, link: &Link, now: Timestamp) -> Self {
        let state = link.state(now);
        Self {
            id: link.id.as_str().to_owned(),
            called: link.called(locale),
            created: Moment::new(link.created_at),
            expires: link.expires_at.map(Moment::new),
            views: link.views,
            last_viewed: link.last_viewed_at.map(Moment::new),
            state_key: match state {
                LinkState::Active => "links-active",
                LinkState::Expired => "links-expired",
                LinkState::Revoked => "links-revoked",
            },
            is_open: state == LinkState::Active,
        }
    }
}
