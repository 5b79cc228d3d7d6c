//! Who is signed in, as found for the session cookie of a request.

use super::device::Device;
use crate::i18n::{Arg, Locale, wording};
use crate::ids::{AccountId, ClinicId};
use crate::platform::clock::Timestamp;

/// By what somebody has shown that an account is theirs; each is surer than those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// By the password.
    Password,
    /// By the password, and by a one-time code or a passkey.
    SecondFactor,
}

impl Assurance {
    /// How it stands in a row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecondFactor => "second-factor",
        }
    }

    /// What stands in a row; what a newer program wrote counts as no more than a password.
    pub fn of(text: Option<&str>) -> Self {
        if text == Some(Self::SecondFactor.as_str()) { Self::SecondFactor } else { Self::Password }
    }
}

/// A signed-in account, as found for the session cookie of a request.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Identifier of the account.
    pub account_id: AccountId,
    /// Name, as shown in the page header.
    pub name: String,
    /// Whether the account is an administrator's.
    pub is_admin: bool,
    /// The account's language, if chosen.
    pub locale: Option<Locale>,
    /// Fingerprint of the session's secret.
    pub session: String,
    /// Whether the password alone does not open the account.
    pub has_second_factor: bool,
    /// Whether one is asked of the account, which has none: until it does, it reaches nothing else.
    pub lacks_second_factor: bool,
    /// By what the owner was known in this session.
    pub assurance: Assurance,
    /// When the owner was last known by it.
    pub stepped_up_at: Timestamp,
    /// The newest thing the owner must be told and has not read.
    pub notice: Option<Notice>,
    /// Whether it has been decided which clinics the account belongs to.
    pub is_settled: bool,
    /// The clinic that was chosen in this session.
    pub chosen_clinic: Option<ClinicId>,
    /// The clinics the account may work in now, the own ones first.
    pub standings: Vec<Standing>,
}

impl Identity {
    /// The clinic in which the account works: the chosen one, else the first of its own.
    pub fn standing(&self) -> Option<&Standing> {
        let chosen =
            self.standings.iter().find(|standing| Some(&standing.clinic_id) == self.chosen_clinic.as_ref());
        chosen.or_else(|| self.standings.iter().find(|standing| !standing.is_guest()))
    }

    /// Whether the account belongs to the clinic.
    pub fn is_member(&self, clinic: &ClinicId) -> bool {
        self.standings.iter().any(|standing| standing.clinic_id == *clinic && !standing.is_guest())
    }
}

/// What an account is in a clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The clinic.
    pub clinic_id: ClinicId,
    /// Its name.
    pub clinic: String,
    /// What the account is there.
    pub role: ClinicRole,
    /// Whether its administrators must have a second factor.
    pub asks_second_factor: bool,
    /// Whether its doctors see each other's patients.
    pub is_shared: bool,
}

impl Standing {
    /// Whether the clinic has only let somebody in.
    pub fn is_guest(&self) -> bool {
        self.role == ClinicRole::Guest
    }
}

/// What somebody is in a clinic; each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClinicRole {
    /// An administrator of the platform whom the clinic has let in: looks, and changes nothing.
    Guest,
    /// Works with patients.
    Doctor,
    /// A doctor who also administers the clinic.
    Administrator,
}

/// Something the owner of an account must be told.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The key of its sentence.
    pub message_key: &'static str,
    /// When it happened.
    pub at: Timestamp,
    /// The device it happened on, where that matters.
    pub device: Option<Device>,
}

impl Notice {
    /// Its sentence.
    pub fn text(&self, locale: Locale) -> String {
        let device = self.device.map(|device| ("device", Arg::from(device.words(locale))));
        locale.t_args(self.message_key, device.as_slice())
    }

    /// When it happened, in words.
    pub fn time(&self) -> String {
        wording::stamp(self.at)
    }
}
