//! Who may use a route, as the table prints it. A route has the access of its proof, see [`super::Proof`].

use std::fmt;

/// What a proof asks of whoever sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Access {
    /// As whom the asker comes.
    pub realm: Realm,
    /// What the asker must be beside that.
    pub role: Role,
    /// How the thing that the path names must stand to the asker; if it does not, it does not exist.
    pub scope: Scope,
    /// Whether the asker must have shown lately that the account is theirs.
    pub is_stepped_up: bool,
}

/// As whom somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Realm {
    /// Anybody; nobody looks who it is, and it works while the database is away. Health and built files.
    Open,
    /// Anybody; it is known who is signed in.
    Visitor,
    /// A signed-in account that is enabled.
    Account,
    /// A browser that has opened a link which still opens.
    Link,
}

/// What somebody must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nothing in particular.
    Any,
    /// Somebody who works in a clinic, or whom it has let in to look.
    Member,
    /// A doctor of a clinic.
    Doctor,
    /// An administrator of a clinic; for others the route does not exist.
    ClinicAdministrator,
    /// An administrator of the platform; for others the route does not exist.
    Administrator,
}

/// How a thing stands to whoever asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The path names nothing that belongs to anybody.
    Nothing,
    /// It belongs to the account in the clinic, or to the patient of the link.
    Own,
    /// It belongs to the account, or to a colleague where the clinic shares.
    Shared,
    /// It belongs to the account, or the account administers the clinic it belongs to.
    Governed,
    /// It belongs to the clinic.
    Clinic,
    /// It is on the platform, whosever it is.
    Platform,
}

impl Access {
    /// What nobody is asked for.
    pub const OPEN: Self =
        Self { realm: Realm::Open, role: Role::Any, scope: Scope::Nothing, is_stepped_up: false };
    /// What anybody may see, signed in or not.
    pub const VISITOR: Self = Self { realm: Realm::Visitor, ..Self::OPEN };
    /// What doctors and administrators may do once they are signed in.
    pub const SIGNED_IN: Self = Self { realm: Realm::Account, ..Self::OPEN };
    /// What an account does with a thing of its own, whatever it is in clinics.
    pub const OWN_ACCOUNT: Self = Self { scope: Scope::Own, ..Self::SIGNED_IN };
    /// What whoever may look into a clinic does there.
    pub const MEMBER: Self = Self { role: Role::Member, ..Self::SIGNED_IN };
    /// What may be seen of a thing in a clinic by whoever may look into it.
    pub const READER: Self = Self { scope: Scope::Shared, ..Self::MEMBER };
    /// What doctors do in their clinic.
    pub const DOCTOR: Self = Self { role: Role::Doctor, ..Self::SIGNED_IN };
    /// What a doctor does with a thing of the own.
    pub const OWNER: Self = Self { scope: Scope::Own, ..Self::DOCTOR };
    /// What is done by whoever answers for a thing: its doctor, or an administrator of its clinic.
    pub const GOVERNOR: Self = Self { scope: Scope::Governed, ..Self::DOCTOR };
    /// What administrators of a clinic do.
    pub const CLINIC: Self = Self { role: Role::ClinicAdministrator, ..Self::SIGNED_IN };
    /// What administrators of a clinic do with a thing of it, such as a colleague's account.
    pub const OF_CLINIC: Self = Self { scope: Scope::Clinic, ..Self::CLINIC };
    /// What administrators of the platform do.
    pub const ADMINISTRATOR: Self = Self { role: Role::Administrator, ..Self::SIGNED_IN };
    /// What administrators do with a thing of the platform, such as an account.
    pub const ADMINISTERED: Self = Self { scope: Scope::Platform, ..Self::ADMINISTRATOR };
    /// What a patient sees through an open link.
    pub const LINK: Self = Self { realm: Realm::Link, scope: Scope::Own, ..Self::OPEN };

    /// Whether it is about the clinic in which the asker works.
    pub fn is_in_clinic(self) -> bool {
        matches!(self.role, Role::Member | Role::Doctor | Role::ClinicAdministrator)
    }

    /// Whether anybody on the internet passes.
    pub fn is_for_anybody(self) -> bool {
        matches!(self.realm, Realm::Open | Realm::Visitor)
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let realm = match self.realm {
            Realm::Open => "open",
            Realm::Visitor => "visitor",
            Realm::Account => "account",
            Realm::Link => "link",
        };
        f.write_str(realm)?;
        f.write_str(match self.role {
            Role::Any => "",
            Role::Member => ", member",
            Role::Doctor => ", doctor",
            Role::ClinicAdministrator => ", clinic administrator",
            Role::Administrator => ", administrator",
        })?;
        f.write_str(match self.scope {
            Scope::Nothing => "",
            Scope::Own => ", own",
            Scope::Shared => ", own or shared",
            Scope::Governed => ", own or administered",
            Scope::Clinic => ", clinic",
            Scope::Platform => ", platform",
        })?;
        f.write_str(if self.is_stepped_up { ", password again" } else { "" })
    }
}
