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
    /// An administrator; for others the route does not exist.
    Administrator,
}

/// How a thing stands to whoever asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The path names nothing that belongs to anybody.
    Nothing,
    /// It belongs to the account, or to the patient of the link.
    Own,
    /// It is on the platform, whosever it is.
    Platform,
}

impl Access {
    /// What nobody is asked for.
    pub const OPEN: Self = Self { realm: Realm::Open, role: Role::Any, scope: Scope::Nothing };
    /// What anybody may see, signed in or not.
    pub const VISITOR: Self = Self { realm: Realm::Visitor, ..Self::OPEN };
    /// What doctors and administrators may do once they are signed in.
    pub const SIGNED_IN: Self = Self { realm: Realm::Account, ..Self::OPEN };
    /// What the account does with a thing of its own.
    pub const OWNER: Self = Self { scope: Scope::Own, ..Self::SIGNED_IN };
    /// What administrators do.
    pub const ADMINISTRATOR: Self = Self { role: Role::Administrator, ..Self::SIGNED_IN };
    /// What administrators do with a thing of the platform, such as an account.
    pub const ADMINISTERED: Self = Self { scope: Scope::Platform, ..Self::ADMINISTRATOR };
    /// What a patient sees through an open link.
    pub const LINK: Self = Self { realm: Realm::Link, scope: Scope::Own, ..Self::OPEN };

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
        if self.role == Role::Administrator {
            f.write_str(", administrator")?;
        }
        match self.scope {
            Scope::Nothing => Ok(()),
            Scope::Own => f.write_str(", own"),
            Scope::Platform => f.write_str(", platform"),
        }
    }
}
