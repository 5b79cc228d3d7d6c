//! What an entry says, and its hash.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::ids::{AccountId, ClinicId, LinkId, PatientId, RecordingId};
use crate::platform::clock::Timestamp;

const PLATFORM: &str = "platform";

/// Which chain: a clinic's, or the one of what belongs to no clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain(String);

impl Chain {
    /// The chain of a clinic.
    pub fn of(clinic: &ClinicId) -> Self {
        Self(clinic.as_str().to_owned())
    }

    /// The chain of what belongs to no clinic: sign-ins, accounts, the platform's own work.
    pub fn platform() -> Self {
        Self(PLATFORM.to_owned())
    }

    /// The clinic whose chain it is.
    pub(super) fn clinic(&self) -> Option<&str> {
        (self.0 != PLATFORM).then_some(self.0.as_str())
    }

    /// How it stands in a row.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody with an account.
    Account(AccountId),
    /// Whoever opened this link of a patient.
    Link(LinkId),
    /// Somebody of whom nothing is known.
    Visitor,
    /// Whoever may run the program on its machine.
    Operator,
    /// The platform by itself.
    Platform(Duty),
}

impl By {
    /// What stands in a row or in the address of a page; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("account", id)) => AccountId::parse(id).map(Self::Account),
            Some(("link", id)) => LinkId::parse(id).map(Self::Link),
            Some(("platform", duty)) => Duty::of_word(duty).map(Self::Platform),
            None if text == "visitor" => Some(Self::Visitor),
            None if text == "operator" => Some(Self::Operator),
            _ => None,
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Link(id) => write!(f, "link:{id}"),
            Self::Visitor => f.write_str("visitor"),
            Self::Operator => f.write_str("operator"),
            Self::Platform(duty) => write!(f, "platform:{}", duty.as_str()),
        }
    }
}

/// What the platform does by itself, even if a request gives the occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Looking whether the journal is as it was written.
    Verification,
    /// Ending erasures that somebody asked for.
    Erasure,
}

impl Duty {
    const ALL: [Self; 8] = [
        Self::Sweep,
        Self::Rebuild,
        Self::Analysis,
        Self::Settling,
        Self::Sessions,
        Self::Mail,
        Self::Verification,
        Self::Erasure,
    ];

    /// How it stands in a row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Rebuild => "rebuild",
            Self::Analysis => "analysis",
            Self::Settling => "settling",
            Self::Sessions => "sessions",
            Self::Mail => "mail",
            Self::Verification => "verification",
            Self::Erasure => "erasure",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == word)
    }
}

/// What is acted on: a row of this kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing that has an identifier.
    Nothing,
    /// An account.
    Account(AccountId),
    /// A patient's link.
    Link(LinkId),
    /// A recording.
    Recording(RecordingId),
    /// A clinic.
    Clinic(ClinicId),
    /// A patient.
    Patient(PatientId),
}

impl Subject {
    /// What stands in a row or in the address of a page; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("account", id)) => AccountId::parse(id).map(Self::Account),
            Some(("link", id)) => LinkId::parse(id).map(Self::Link),
            Some(("recording", id)) => RecordingId::parse(id).map(Self::Recording),
            Some(("clinic", id)) => ClinicId::parse(id).map(Self::Clinic),
            Some(("patient", id)) => PatientId::parse(id).map(Self::Patient),
            None if text == "nothing" => Some(Self::Nothing),
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Link(id) => write!(f, "link:{id}"),
            Self::Recording(id) => write!(f, "recording:{id}"),
            Self::Clinic(id) => write!(f, "clinic:{id}"),
            Self::Patient(id) => write!(f, "patient:{id}"),
        }
    }
}

/// What an entry says, whatever its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub actor: String,
    pub action: String,
    pub detail: Option<String>,
    pub subject: String,
    pub amount: Option<i64>,
    pub at: Timestamp,
}

/// SHA-256 of an entry; zeros stand before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hash([u8; 32]);

impl Hash {
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What stands in a row; `None` for what no hash can be.
    pub(super) fn of_row(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Of the entry at this place, after the entry with the hash `previous`. Every text goes in with its length before it,
    /// every field that may be absent with whether it is there, so no two entries are the same bytes.
    pub(super) fn of(chain: &str, seq: i64, previous: Self, content: &Content) -> Self {
        let mut digest = Sha256::new();
        digest.update([LAYOUT]);
        digest.update(previous.0);
        digest.update(seq.to_be_bytes());
        digest.update(content.at.as_millis().to_be_bytes());
        let Content { actor, action, detail, subject, amount, at: _ } = content;
        for text in [chain, actor, action, subject] {
            digest_text(&mut digest, text);
        }
        digest.update([u8::from(detail.is_some()), u8::from(amount.is_some())]);
        digest_text(&mut digest, detail.as_deref().unwrap_or_default());
        digest.update(amount.unwrap_or_default().to_be_bytes());
        Self(digest.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Number of the way in which entries become bytes.
const LAYOUT: u8 = 1;

fn digest_text(digest: &mut Sha256, text: &str) {
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            actor: "visitor".to_owned(),
            action: "sign-in".to_owned(),
            detail: None,
            subject: "nothing".to_owned(),
            amount: None,
            at: Timestamp::from_millis(7),
        }
    }

    #[test]
    fn every_field_and_every_place_has_a_hash_of_its_own() {
        let text = |text: &str| text.to_owned();
        let contents = [
            content(),
            Content { actor: text("operator"), ..content() },
            Content { action: text("sign-out"), ..content() },
            Content { detail: Some(String::new()), ..content() },
            Content { detail: Some(text("totp")), ..content() },
            Content { subject: text("account:a"), ..content() },
            Content { amount: Some(0), ..content() },
            Content { amount: Some(1), ..content() },
            Content { at: Timestamp::from_millis(8), ..content() },
            Content { actor: text("visitorsign"), action: text("-in"), ..content() },
        ];
        let first = Hash::of("c", 1, Hash::default(), &content());
        let mut all: Vec<_> =
            contents.iter().map(|content| Hash::of("c", 1, Hash::default(), content)).collect();
        all.extend([
            Hash::of("d", 1, Hash::default(), &content()),
            Hash::of("c", 2, Hash::default(), &content()),
            Hash::of("c", 1, first, &content()),
        ]);
        for (n, hash) in all.iter().enumerate() {
            assert!(!all[..n].contains(hash), "{n}");
        }
    }

    #[test]
    fn who_and_what_are_read_as_they_were_written() {
        let (account, link) = (AccountId::parse("a").unwrap(), LinkId::parse("l").unwrap());
        let duties = Duty::ALL.into_iter().map(By::Platform);
        for by in [By::Account(account.clone()), By::Link(link.clone()), By::Visitor, By::Operator]
            .into_iter()
            .chain(duties)
        {
            assert_eq!(By::parse(&by.to_string()), Some(by));
        }
        for subject in [
            Subject::Nothing,
            Subject::Account(account),
            Subject::Link(link),
            Subject::Recording(RecordingId::parse("r").unwrap()),
            Subject::Clinic(ClinicId::parse("c").unwrap()),
            Subject::Patient(PatientId::parse("p").unwrap()),
        ] {
            assert_eq!(Subject::parse(&subject.to_string()), Some(subject));
        }
        for text in ["", "account:", "account:A", "link:a\nb", "platform:x", "nobody", "recording:r:s"] {
            assert_eq!((By::parse(text), Subject::parse(text)), (None, None), "{text:?}");
        }
    }

    #[test]
    fn the_bytes_of_an_entry_never_change() {
        let hash = Hash::of("platform", 1, Hash::default(), &content());
        assert_eq!(hash.to_string(), "be64152b4613f2bef012da61d292009a98b93ef759a26bf4a2ee0d1e07c065d4");
    }
}
